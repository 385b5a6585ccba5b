#include "ingest/csv_pieces.h"

#include <cstring>

#include "ingest/csv_reader.h"

namespace stocktake {

CsvPieces::CsvPieces(ByteSource& source, char delimiter) : source_(source), delimiter_(delimiter) {
  const std::string_view head = source.head();
  CsvReader::check_text(head, source.name());
  carry_ = source.next();
  if (head.starts_with("\xEF\xBB\xBF")) carry_.erase(0, 3);
}

// Goes from quote to quote: a newline between them ends a row.
void CsvPieces::look(std::string_view text) {
  while (looked_at_ < text.size()) {
    const char* const from = text.data() + looked_at_;
    const std::size_t left = text.size() - looked_at_;
    const auto* const quote = static_cast<const char*>(std::memchr(from, '"', left));
    const std::size_t plain = quote == nullptr ? left : static_cast<std::size_t>(quote - from);
    if (const void* const newline = ::memrchr(from, '\n', plain); newline != nullptr)
      row_end_ = static_cast<std::size_t>(static_cast<const char*>(newline) - text.data()) + 1;
    looked_at_ += plain;
    if (quote == nullptr) return;
    const char before = looked_at_ == 0 ? '\n' : text[looked_at_ - 1];
    if (before == delimiter_ || before == '\n') {
      const std::size_t closing = csv_closing_quote(text, looked_at_ + 1, delimiter_, ended_);
      if (closing == std::string::npos) return;
      looked_at_ = closing;
    }
    ++looked_at_;
  }
}

CsvPieces::Found CsvPieces::next(std::string& piece, std::size_t least) {
  piece.swap(carry_);
  carry_.clear();
  looked_at_ = row_end_ = 0;
  std::size_t wanted = least;
  while (true) {
    if (piece.size() >= wanted) {
      look(piece);
      if (row_end_ >= least || (row_end_ > 0 && piece.size() - row_end_ > CsvReader::max_row_bytes)) {
        carry_.assign(piece, row_end_);
        piece.resize(row_end_);
        return Found::piece;
      }
      if (piece.size() - row_end_ > CsvReader::max_row_bytes) return Found::row_too_long;
      wanted = piece.size() + piece.size() / 4;  // a long quoted text is not looked through again for each block
    }
    if (ended_) return piece.empty() ? Found::end : Found::piece;
    const std::string_view block = source_.next();
    ended_ = block.empty();
    piece.append(block);
    if (ended_) wanted = 0;
  }
}

}  // namespace stocktake
