// Reads XML as a stream of tags and texts, in bounded memory and as fast as its bytes can be looked at. Well-formedness is
// checked: tags match, attributes are quoted and not given twice, characters and references are XML's own. Document types are
// refused, so nothing is ever expanded or fetched. Namespaces are not resolved: names are as written, local() is without prefix.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/byte_source.h"
#include "ingest/xml/utf8_text.h"

namespace stocktake::xml {

struct Attribute {
  std::string_view name, value;  // the value with its references resolved
};

// Without the prefix.
inline std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class Reader {
 public:
  enum class Event : std::uint8_t { open, close, text, end };
  static constexpr std::size_t deepest = 256;        // elements within each other
  static constexpr std::size_t longest = 64U << 20;  // bytes of one tag or text

  // Throws Error(input) for an encoding that is not known.
  explicit Reader(ByteSource& source);

  // The next thing. Views are valid until the next call. Texts that are only blanks are passed over; a text may come in several
  // parts (comments and CDATA sections divide it). No close follows an open that is_empty(). Throws Error(input) with the line.
  Event next();

  std::string_view name() const { return name_; }  // of an open or close
  std::string_view local() const { return local_name(name_); }
  const std::vector<Attribute>& attributes() const { return attributes_; }
  // An attribute by its local name; "" when it is not there.
  std::string_view attribute(std::string_view local) const;
  bool is_empty() const { return empty_; }  // <a/>
  std::string_view text() const { return text_; }
  std::size_t depth() const { return open_ends_.size(); }  // open elements
  std::uint64_t line();                                    // where the tag or text begins, from 1

  // After an open: to the end of that element.
  void skip();
  // After an open: the texts directly and deeper in it, to its end; without the blanks around it.
  std::string content();

  [[noreturn]] void refuse(const std::string& problem, const std::string& remedy = {});

 private:
  enum class Step : std::uint8_t { done, more, skipped };
  Step token(Event& event);
  Step markup(const char* from, Event& event);
  Step open_tag(const char* from);
  Step close_tag(const char* from);
  Step declaration(const char* from, Event& event);
  Step character_data(const char* from, Event& event);
  const char* end_of_value(const char* from, char quote);
  bool refill();
  void check_twice();
  void decode_attributes();
  std::string_view decode(std::string_view text, bool attribute);
  std::uint64_t line_at(const char* at);
  [[noreturn]] void refuse_at(const char* at, const std::string& problem, const std::string& remedy);
  [[noreturn]] void ends_early();

  ByteSource& source_;
  Utf8Text utf8_;
  std::string_view block_;    // not yet copied
  std::vector<char> buffer_;  // with zeros behind the end
  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  const char* at_ = nullptr;       // read so far
  const char* token_ = nullptr;    // of the thing last given
  const char* checked_ = nullptr;  // characters checked so far
  const char* counted_ = nullptr;  // lines counted so far
  std::uint64_t line_ = 1;         // of counted_
  std::uint64_t token_line_ = 0;   // 0: not yet asked for
  bool last_ = false, empty_ = false, root_seen_ = false;
  std::string_view name_, text_;
  std::vector<Attribute> attributes_;
  std::vector<std::uint32_t> coded_;  // attributes with references or line ends, of this tag
  std::string open_names_;            // of the open elements, one after the other
  std::vector<std::size_t> open_ends_;
};

}  // namespace stocktake::xml
