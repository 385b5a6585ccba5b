// A CSV text cut into pieces of whole rows, for readers that work on several threads. Sees quotes as CsvReader does, so that the
// pieces read one after the other give the rows of the text. Memory is bounded by a piece or a row.
#pragma once

#include <string>

#include "ingest/byte_source.h"

namespace stocktake {

class CsvPieces {
 public:
  enum class Found { piece, end, row_too_long };
  // Throws as CsvReader's constructor does. A byte order mark is passed over.
  CsvPieces(ByteSource& source, char delimiter);
  // A piece of at least so many bytes, or what is left. row_too_long: the row that starts behind the pieces given so far is
  // longer than CsvReader::max_row_bytes. Throws what the source throws.
  Found next(std::string& piece, std::size_t least);

 private:
  void look(std::string_view text);
  ByteSource& source_;
  char delimiter_;
  std::string carry_;          // behind the last piece
  std::size_t looked_at_ = 0;  // of the piece; what is before is outside quotes
  std::size_t row_end_ = 0;    // behind the last row that is whole
  bool ended_ = false;
};

}  // namespace stocktake
