#include "ingest/csv_pieces.h"

#include <gtest/gtest.h>

#include "ingest/csv_reader.h"
#include "ingest/importing.h"

namespace stocktake {
namespace {

std::string rows_of(CsvReader& reader) {
  std::vector<std::string_view> fields;
  std::string out;
  while (reader.next(fields)) {
    for (const std::string_view field : fields) out.append(field) += '\x1f';
    out += '\x1e';
  }
  return out;
}

// The rows of the pieces, each of at least so many bytes, one after the other.
std::string rows_of_pieces(const std::string& text, std::size_t least, std::size_t& count) {
  const auto source = ByteSource::from_bytes(text, "x.csv");
  CsvPieces pieces(*source, ',');
  CsvReader reader("x.csv", ',');
  std::string out, piece;
  count = 0;
  while (pieces.next(piece, least) == CsvPieces::Found::piece) {
    ++count;
    reader.restart(piece);
    out += rows_of(reader);
  }
  return out;
}

// Whatever the quotes, pieces of any size give the rows that a reader of the whole text gives.
TEST(CsvPieces, GiveTheRowsOfTheText) {
  const std::string some =
      "a,\"b\nc\",d\r\n\"x \"\"y\"\"\n\n\",\"\",z\nin\"side,\"lenient\" quote\",e\n\n,\"\r\n\",\n\"it's \"no\" end\",q,\"\"\n";
  std::string text;
  for (int i = 0; i < 20000; ++i) text += std::to_string(i) + some.substr(static_cast<std::size_t>(i) % 2 == 0 ? 1 : 0);
  for (const std::string& one : {text, text + "last,\"row\nwithout\"", "\xEF\xBB\xBF\"x\",\"y\"\n" + text}) {
    const auto source = ByteSource::from_bytes(one, "x.csv");
    CsvReader whole(*source, ',');
    const std::string expected = rows_of(whole);
    for (const std::size_t least : {1UL, 100UL, 1000UL, 300000UL, 100000000UL}) {
      std::size_t count = 0;
      EXPECT_EQ(rows_of_pieces(one, least, count), expected) << least;
      EXPECT_EQ(count > 1, least < one.size()) << least;
    }
  }
}

TEST(CsvPieces, ARowThatIsTooLong) {
  const auto source = ByteSource::from_bytes("a,b\n\"" + std::string(CsvReader::max_row_bytes + 3000000, 'x'), "x.csv");
  CsvPieces pieces(*source, ',');
  std::string piece;
  EXPECT_EQ(pieces.next(piece, 1), CsvPieces::Found::piece);
  EXPECT_EQ(piece, "a,b\n");
  EXPECT_EQ(pieces.next(piece, 1), CsvPieces::Found::row_too_long);
}

TEST(CsvPieces, NothingAtAll) {
  const auto source = ByteSource::from_bytes("", "x.csv");
  CsvPieces pieces(*source, ',');
  std::string piece;
  EXPECT_EQ(pieces.next(piece, 1), CsvPieces::Found::end);
}

}  // namespace
}  // namespace stocktake
