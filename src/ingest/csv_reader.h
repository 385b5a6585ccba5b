// A streaming CSV reader: any one-byte delimiter, RFC 4180 quotes (newlines inside too), LF or CRLF, UTF-8 with or without
// a byte order mark. Fields are views into the reader's buffer: no allocation for a row without quotes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/byte_source.h"

namespace stocktake {

// Guesses the delimiter of a text from its first lines: the one of , ; tab | that gives the most equal field counts.
char guess_delimiter(std::string_view head);

// The quote that ends the quoted text starting at `position`: one before a delimiter, a line end or the end of the text. npos
// when there is none. `whole`: nothing follows the text.
std::size_t csv_closing_quote(std::string_view text, std::size_t position, char delimiter, bool whole);

class CsvReader {
 public:
  static constexpr std::size_t max_row_bytes = std::size_t{16} << 20;

  // Throws Error(input) for UTF-16 text and for a text with NUL bytes (a spreadsheet or an archive).
  CsvReader(ByteSource& source, char delimiter);
  // Reads texts of whole rows: those that restart() is given. Lines are counted from 1 in each.
  CsvReader(std::string name, char delimiter);
  void restart(std::string& text);  // swaps; the text may lie anywhere in memory afterwards

  // The next row; false at the end. Rows without any byte are skipped. The views hold until the next call.
  // Throws Error(input) with the line for a row longer than max_row_bytes and for a quote that is never closed.
  // Lenient where real files are: a quote within a field, or within quotes but before no delimiter, stands for itself.
  bool next(std::vector<std::string_view>& fields);
  // Of the row last read: the line it starts on (1-based), and its text as in the file.
  std::uint64_t line() const { return row_line_; }
  std::string_view row_text() const { return {buffer_.data() + row_start_, row_end_ - row_start_}; }
  // What is behind the row last read, as far as it is at hand, and the line that it starts on.
  std::string_view rest() const { return {buffer_.data() + at_, size_ - at_}; }
  std::uint64_t next_line() const { return line_; }

  // Throws as the first constructor does. `head`: the first bytes of a text.
  static void check_text(std::string_view head, const std::string& name);

 private:
  bool refill();  // false when the source is at its end
  bool scan(std::vector<std::string_view>& fields);
  void look_at(std::size_t position);
  void unescape(std::vector<std::string_view>& fields);

  ByteSource* source_ = nullptr;
  std::string name_;
  char delimiter_;
  std::string buffer_;    // text, then 64 bytes of padding
  std::size_t size_ = 0;  // text in it
  std::size_t at_ = 0;    // where the next row starts
  std::size_t base_ = 0;  // of the 64 bytes last looked at, with a bit for each delimiter, newline and quote not yet passed
  std::uint64_t mask_ = 0;
  std::size_t row_start_ = 0, row_end_ = 0;
  std::uint64_t line_ = 1, row_line_ = 1;
  bool ended_ = false;
  std::vector<std::size_t> escaped_;  // fields with doubled quotes
  std::string scratch_;
};

}  // namespace stocktake
