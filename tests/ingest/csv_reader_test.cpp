#include "ingest/csv_reader.h"

#include <gtest/gtest.h>

#include "ingest/gzip.h"
#include "ingest/importing.h"

namespace stocktake {
using namespace std::string_literals;

namespace {

using testing::expect_in;

// Rows as "field|field", one a line, each with the line it starts on: "1: a|b". A bar within a field is shown as it is.
std::string rows_of(const std::string& text, char delimiter = ',') {
  const auto source = ByteSource::from_bytes(text, "x.csv");
  CsvReader reader(*source, delimiter);
  std::vector<std::string_view> fields;
  std::string out;
  while (reader.next(fields)) {
    out += std::to_string(reader.line()) + ":";
    for (std::size_t i = 0; i < fields.size(); ++i) out += (i == 0 ? " " : "|") + std::string(fields[i]);
    out += "\n";
  }
  return out;
}

Error fault_of(const std::string& text, char delimiter = ',') {
  try {
    rows_of(text, delimiter);
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "read without a fault";
  return {ErrorKind::internal, ""};
}

TEST(CsvReader, PlainRows) { EXPECT_EQ(rows_of("a,b\n1,2\n"), "1: a|b\n2: 1|2\n"); }
TEST(CsvReader, WithoutFinalNewline) { EXPECT_EQ(rows_of("a,b\n1,2"), "1: a|b\n2: 1|2\n"); }
TEST(CsvReader, CarriageReturns) { EXPECT_EQ(rows_of("a,b\r\n1,2\r\n"), "1: a|b\n2: 1|2\n"); }
TEST(CsvReader, ByteOrderMark) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBF"
                    "a,b\n1,2\n"),
            "1: a|b\n2: 1|2\n");
}
TEST(CsvReader, ByteOrderMarkBeforeAQuote) { EXPECT_EQ(rows_of("\xEF\xBB\xBF\"a\",b\n"), "1: a|b\n"); }
TEST(CsvReader, EmptyFields) { EXPECT_EQ(rows_of(",,\na,,\n,,b"), "1: ||\n2: a||\n3: ||b\n"); }
TEST(CsvReader, EmptyLinesAreSkippedAndCounted) { EXPECT_EQ(rows_of("\na\n\r\n\n\nb\n\n"), "2: a\n6: b\n"); }
TEST(CsvReader, OneColumn) { EXPECT_EQ(rows_of("a\nb\n \n"), "1: a\n2: b\n3:  \n"); }
TEST(CsvReader, Nothing) {
  EXPECT_EQ(rows_of(""), "");
  EXPECT_EQ(rows_of("\xEF\xBB\xBF"), "");
  EXPECT_EQ(rows_of("\n\r\n"), "");
}
TEST(CsvReader, OtherDelimiters) {
  EXPECT_EQ(rows_of("a;b,c\n", ';'), "1: a|b,c\n");
  EXPECT_EQ(rows_of("a\tb\n", '\t'), "1: a|b\n");
  EXPECT_EQ(rows_of("a|b\n", '|'), "1: a|b\n");
}

TEST(CsvReader, Quotes) {
  EXPECT_EQ(rows_of("\"a,b\",c\n"), "1: a,b|c\n");
  EXPECT_EQ(rows_of("\"a\"\"b\",\"\"\"\"\n"), "1: a\"b|\"\n");
  EXPECT_EQ(rows_of("\"\",\"\"\n"), "1: |\n");
  EXPECT_EQ(rows_of("\"a\r\n\"\r\nb\n"), "1: a\r\n\n3: b\n");
  EXPECT_EQ(rows_of("\"a\nb\nc\",d\ne,f\n"), "1: a\nb\nc|d\n4: e|f\n");
  EXPECT_EQ(rows_of("a,\"b\""), "1: a|b\n");
  EXPECT_EQ(rows_of("\"\"\n"), "1: \n");  // a row of one empty field, not an empty line
}

TEST(CsvReader, LoneQuotesStandForThemselves) {
  EXPECT_EQ(rows_of("5\" pipe,a\n"), "1: 5\" pipe|a\n");
  EXPECT_EQ(rows_of("a\"b\"c,d\n"), "1: a\"b\"c|d\n");
  EXPECT_EQ(rows_of("\"the \"big\" one\",a\n"), "1: the \"big\" one|a\n");
  EXPECT_EQ(rows_of(" \"a\",b\n"), "1:  \"a\"|b\n");
}

// A quote before a carriage return ends a field only at the end of a line: text behind it is not lost.
TEST(CsvReader, CarriageReturnAfterAQuote) {
  EXPECT_EQ(rows_of("\"a\"\rb\",c\nd\n"), "1: a\"\rb|c\n2: d\n");
  EXPECT_EQ(rows_of("\"a\"\r\nb\n"), "1: a\n2: b\n");
  EXPECT_EQ(rows_of("x\n\"a\"\r"), "1: x\n2: a\n");
}

TEST(CsvReader, UnclosedQuote) {
  const Error error = fault_of("a,b\n1,\"2\n3,4\n5,6\n");
  EXPECT_EQ(error.kind(), ErrorKind::input);
  EXPECT_EQ(error.where().line, 2U);  // where the row starts
  expect_in(error.what(), {"x.csv:2", "not closed", "Close it"});
}

TEST(CsvReader, WhatIsNoUtf8Text) {
  expect_in(fault_of("\xFF\xFE"
                     "a\0,\0"s)
                .what(),
            {"x.csv:1", "UTF-16", "expected UTF-8", "CSV UTF-8"});
  expect_in(fault_of("\xFE\xFF\0a"s).what(), {"UTF-16"});
  expect_in(fault_of("a\0,\0b\0\n\0"s).what(), {"binary file", "expected text"});  // UTF-16 without a mark
  expect_in(fault_of("PK\x03\x04rest").what(), {"ZIP", "spreadsheet", "save the sheet as CSV"});
  expect_in(fault_of("a,b\r1,2\r3,4\r").what(), {"CR alone", "expected LF or CRLF"});
}

// Rows that cross the border between two blocks of the source (256 KiB), at every place within the row.
TEST(CsvReader, RowsAcrossBlockBorders) {
  const std::string special = "\"a\"\"b\",\"c\r\nd\",e\"f,\"\"\r\n";
  constexpr std::size_t border = 1 << 18;
  for (std::size_t before = 0; before <= special.size() + 1; ++before) {
    std::string text;
    while (text.size() + 64 < border - before) text += std::string(60, 'x') + ",y\n";
    text += std::string(border - before - text.size() - 1, 'z') + "\n";
    const std::string head = rows_of(text);
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    ASSERT_EQ(rows_of(text + special + "g\n"),
              head + std::to_string(lines + 1) + ": a\"b|c\r\nd|e\"f|\n" + std::to_string(lines + 3) + ": g\n")
        << before << " bytes before the border";
  }
}

// The same when the row ends the file, without a newline.
TEST(CsvReader, LastRowAtABlockBorder) {
  for (std::size_t size = (1 << 18) - 3; size <= (1 << 18) + 3; ++size) {
    std::string text = "a,b\n" + std::string(size - 8, 'x') + ",\"y\"";
    const std::string rows = rows_of(text);
    EXPECT_TRUE(rows.ends_with("|y\n")) << size;
    EXPECT_EQ(rows_of(text + "\r\n"), rows);
  }
}

TEST(CsvReader, InflatedRowsAcrossBlockBorders) {
  std::string text, expected;
  for (int i = 0; i < 120000; ++i) {
    text += std::to_string(i) + ",\"q\"\"" + std::string(static_cast<std::size_t>(i % 40), 'n') + "\"\n";
    expected +=
        std::to_string(i + 1) + ": " + std::to_string(i) + "|q\"" + std::string(static_cast<std::size_t>(i % 40), 'n') + "\n";
  }
  EXPECT_EQ(rows_of(testing::gzip(text)), expected);
}

TEST(CsvReader, RowTextIsTheFilesOwn) {
  const auto source = ByteSource::from_bytes("a,\"b\"\"c\"\r\n", "x.csv");
  CsvReader reader(*source, ',');
  std::vector<std::string_view> fields;
  ASSERT_TRUE(reader.next(fields));
  EXPECT_EQ(fields[1], "b\"c");
  EXPECT_EQ(reader.row_text(), "a,\"b\"\"c\"");
}

TEST(CsvReader, RowsUpToSixteenMebibytes) {
  const std::string row(CsvReader::max_row_bytes - 100, 'x');
  EXPECT_EQ(rows_of("a\n" + row + "\nb\n"), "1: a\n2: " + row + "\n3: b\n");
  const Error error = fault_of("a\n" + std::string(2 * CsvReader::max_row_bytes, 'x') + "\nb\n");
  EXPECT_EQ(error.where().line, 2U);
  expect_in(error.what(), {"x.csv:2", "longer than 16 MiB", "quote not closed"});
}

TEST(GuessDelimiter, FromTheFirstLines) {
  EXPECT_EQ(guess_delimiter("a,b,c\n1,2,3\n"), ',');
  EXPECT_EQ(guess_delimiter("a;b;c\n1,5;2,5;3,5\n"), ';');
  EXPECT_EQ(guess_delimiter("a\tb\n1,2\t3\n4\t5\n"), '\t');
  EXPECT_EQ(guess_delimiter("a|b\n1|2\n"), '|');
  EXPECT_EQ(guess_delimiter("\"a;b;c\",d\n\"e;f;g\",h\n"), ',');
  EXPECT_EQ(guess_delimiter("a;b"), ';');
  EXPECT_EQ(guess_delimiter("abc\ndef\n"), ',');
  EXPECT_EQ(guess_delimiter(""), ',');
}

}  // namespace
}  // namespace stocktake
