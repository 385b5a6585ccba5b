// JSON read value by value from blocks of text, without a tree: memory is bounded by the longest string. RFC 8259; lenient
// in one thing: NaN, Infinity and -Infinity, which common writers put out, are numbers.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "ingest/sdmx/spool.h"

namespace stocktake::sdmx {

class JsonTokens {
 public:
  static constexpr std::size_t max_string_bytes = std::size_t{16} << 20;
  static constexpr std::size_t max_depth = 512;
  using Blocks = std::function<std::string_view()>;  // the next block, empty at the end
  enum class Kind : std::uint8_t { object, array, string, number, boolean, null, end };

  // `name` stands in messages, `line` is that of the first byte.
  JsonTokens(Blocks blocks, std::string name, std::uint64_t line = 1);

  // Of the value that comes next. Throws Error(input) where no value can start, and so do all functions below where the text
  // is no JSON: with line and column.
  Kind kind();
  void begin_object() { begin('{'); }
  // The next key of the object, its value comes next; false at the object's end, which is passed.
  bool key(std::string_view& text);
  void begin_array() { begin('['); }
  bool item();  // whether a value comes next; false at the array's end, which is passed
  // Texts hold until the next call of any function.
  std::string_view string();  // without escapes
  std::string_view number();  // as written
  bool boolean();
  void null();
  void skip();              // the value that comes next, whatever it is
  void copy(Spool& spool);  // the same, with its text
  bool at_end();            // whether only blanks follow

  // A member as most are, written without blanks: "0:12":[13.8,null,3]. The views hold until the next call of any function.
  struct Plain {
    std::string_view key;
    std::array<std::string_view, 16> items;  // empty: null
    std::size_t count = 0;
  };
  // Passes the member that comes next where it is such a one; else nothing is done, and key() goes on.
  bool plain_member(Plain& member);

  // Some members of an object, apart from the rest: their text, and where it starts.
  struct Members {
    std::string text;
    std::uint64_t offset = 0, line = 1, line_start = 0;
  };
  // Where a key of an object or its end comes next: takes whole members of about `least` bytes, or all that are left. False
  // where the object ends, or a member is longer than max_string_bytes: then key() goes on.
  bool take(Members& members, std::size_t least);
  // Goes on with such members, the keys of which come next, as of an object of their own. Swaps the text.
  void restart(Members& members);

  std::uint64_t line() const { return line_; }
  const std::string& name() const { return name_; }
  Error error(const std::string& problem, const std::string& remedy = {}) const;

 private:
  static constexpr std::size_t padding = 32;  // zeros behind the text: what looks at 16 bytes a time needs no other bound
  void begin(char opening);
  char peek();  // the next byte that is no blank, 0 at the end
  std::string_view scan_string();
  std::string_view unescaped(std::string_view raw);
  void unread(std::string_view text);
  bool refill();  // keeps what is from at_ on; false at the end of the text
  void literal(std::string_view word);

  Blocks blocks_;
  std::string name_;
  std::string buffer_;         // text, then padding
  const char* at_ = nullptr;   // in buffer_
  const char* end_ = nullptr;  // of the text; a 0 stands there
  std::uint64_t before_ = 0;   // bytes before the buffer
  std::uint64_t line_;
  std::uint64_t line_start_ = 0;  // offset of the line's first byte
  bool first_ = false;            // a container was just begun: no comma is due
  bool ended_ = false;
  Spool* copying_ = nullptr;
  const char* copied_ = nullptr;  // up to here
  std::string scratch_;
};

}  // namespace stocktake::sdmx
