// Cuts a stream of XML into whole <iati-activity> elements, so that one activity at a time is in memory and several can be read
// at once. It knows comments, CDATA sections, processing instructions and quoted attribute values; whether an activity is
// well-formed is for its reader to judge. One that is not closed ends where the next one, or the end of the list, begins: the
// rest of the file is not lost with it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake::iati {

struct Slice {
  std::size_t begin = 0, end = 0;  // in the batch's text
  std::uint64_t line = 0;          // of its first byte, from 1
};

// Some activities with their text.
struct Batch {
  std::string text;
  std::vector<Slice> slices;
  std::string_view of(const Slice& slice) const { return std::string_view(text).substr(slice.begin, slice.end - slice.begin); }
};

class Splitter {
 public:
  // An activity of more bytes than `longest` is left out and told as a fault: memory stays bounded.
  explicit Splitter(std::string name, std::size_t batch_bytes = 1 << 20, std::size_t longest = 48U << 20);

  // Takes text; true when a batch is ready to be taken. Throws Error(input) with file and line for a document type declaration
  // with an internal subset (entities: refused), and where the first element is no list of activities. What must be refused
  // behind an activity ends the file there: broken().
  bool feed(std::string_view text);
  // After the end: what is left. An activity that was not closed, or a list that was not, is a fault (broken()).
  bool finish();
  Batch take();

  std::uint64_t activities() const { return activities_; }
  const std::string& version() const { return version_; }  // attribute of the root, "" when it has none
  bool has_version() const { return has_version_; }
  // Why the file ends too early, or what follows its end; "" when it is whole.
  const std::string& broken() const { return broken_; }
  std::uint64_t broken_line() const { return broken_line_; }
  struct Oversize {
    std::uint64_t line;
    std::size_t bytes;
  };
  const std::vector<Oversize>& oversize() const { return oversize_; }

 private:
  enum class State : std::uint8_t { text, comment, cdata, instruction, doctype, tag };
  void scan(bool last);
  bool markup(bool last);           // at '<'; false: more text is needed
  void tag_end(std::size_t after);  // the '>' of a tag that matters
  void complete(std::size_t end);   // the activity that is read
  void root_tag(std::string_view tag);
  void drop_before(std::size_t at);
  std::uint64_t line_at(std::size_t at);
  [[noreturn]] void refuse(const std::string& what, const std::string& remedy, std::size_t at);

  std::string name_;
  std::size_t batch_bytes_, longest_;
  std::string buffer_;
  std::vector<Slice> slices_;
  std::size_t at_ = 0;       // scanned so far
  std::size_t counted_ = 0;  // lines counted up to here
  std::uint64_t line_ = 1;   // of counted_
  State state_ = State::text;
  char quote_ = 0;
  enum class Tag : std::uint8_t { root, open, close, root_close } tag_ = Tag::root;
  std::size_t tag_begin_ = 0;
  bool in_activity_ = false, too_long_ = false, stopped_ = false, wrapped_ = false, root_seen_ = false, root_closed_ = false,
       bare_root_ = false;
  Slice current_;
  std::uint64_t activities_ = 0;
  std::string version_;
  bool has_version_ = false;
  // wrapped_: the list stands within <result>, as answers of the IATI Datastore have it.
  std::string opening_;  // the file's first bytes that are not blank, for messages
  std::string broken_;
  std::uint64_t broken_line_ = 0;
  std::vector<Oversize> oversize_;
  std::size_t too_long_bytes_ = 0;
};

}  // namespace stocktake::iati
