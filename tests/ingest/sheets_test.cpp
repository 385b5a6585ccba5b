// Cells of workbooks as texts, row by row, and workbooks that are refused.
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "ingest/importing.h"
#include "ingest/sheets/workbook.h"
#include "ingest/zipped.h"

namespace stocktake {
namespace {

using testing::expect_in;
using testing::MadeBook;
using testing::ods;
using testing::xlsx;
using testing::zipped;

std::unique_ptr<sheets::Workbook> opened(std::string bytes) {
  return sheets::open_workbook(std::make_unique<sheets::Archive>(std::move(bytes), "book"));
}
// "1: a|b" a row.
std::string rows_of(std::string bytes, std::size_t sheet = 0) {
  std::string text;
  opened(std::move(bytes))->read(sheet, [&](std::uint64_t number, std::vector<std::string>& cells) {
    text += std::to_string(number) + ": " + joined(cells, "|") + "\n";
    return true;
  });
  return text;
}
std::string fault_of(std::string bytes) {
  try {
    rows_of(std::move(bytes));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    return error.what();
  }
  return "accepted";
}
std::string one_sheet(const std::string& rows, MadeBook book = {}) {
  book.sheets = {{"A", "<sheetData>" + rows + "</sheetData>"}};
  return xlsx(book);
}

TEST(Xlsx, CellsOfEveryType) {
  MadeBook book;
  book.strings =
      "<si><t>shared</t></si><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>reading</t></rPh></si><si><t "
      "xml:space=\"preserve\"> a\nb </t></si>";
  book.styles =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/><numFmt numFmtId=\"165\" "
      "formatCode=\"[$-409]d\\-mmm\\-yy\"/></numFmts>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf "
      "numFmtId=\"22\"/></cellXfs>";
  EXPECT_EQ(
      rows_of(one_sheet(
          "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"C2\" t=\"s\"><v>2</v></c>"
          "<c r=\"D2\" t=\"inlineStr\"><is><t>in line</t></is></c><c r=\"E2\" t=\"str\"><f>A1&amp;B1</f><v>joined</v></c></row>",
          book)),
      "2: shared|rich text| a b |in line|joined\n");
  EXPECT_EQ(rows_of(one_sheet("<row r=\"1\"><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c "
                              "t=\"e\"><v>#N/A</v></c><c><f>1/3</f><v>0.33333333333333331</v></c>"
                              "<c><v>8.3000000000000007</v></c><c><v>1E+3</v></c><c><v>-0</v></c></row>")),
            "1: TRUE|FALSE|#N/A|0.3333333333333333|8.3|1000|0\n");
  // 43909 is 2020-03-19; 60 the day that never was; .5 is noon.
  EXPECT_EQ(
      rows_of(one_sheet(
          "<row r=\"1\"><c s=\"1\"><v>43909</v></c><c s=\"2\"><v>43909</v></c><c s=\"3\"><v>43909</v></c><c "
          "s=\"4\"><v>43909.5</v></c>"
          "<c s=\"1\"><v>61</v></c><c s=\"1\"><v>59</v></c><c s=\"9\"><v>43909</v></c><c t=\"d\"><v>2020-03-19</v></c></row>",
          book)),
      "1: 2020-03-19|2020|2020-03-19|2020-03-19T12:00:00|1900-03-01|1900-02-28|43909|2020-03-19\n");
  book.properties = "<workbookPr date1904=\"1\"/>";
  EXPECT_EQ(rows_of(one_sheet("<row r=\"1\"><c s=\"1\"><v>42447</v></c><c s=\"1\"><v>0</v></c></row>", book)),
            "1: 2020-03-19|1904-01-01\n");
}

TEST(Xlsx, PlacesMergesAndEmptyRows) {
  EXPECT_EQ(rows_of(one_sheet("<row r=\"1\"/><row r=\"3\"><c r=\"C3\"><v>1</v></c></row><row><c><v>2</v></c></row><row "
                              "r=\"7\"><c r=\"XFD7\"><v>3</v></c></row>"))
                .substr(0, 18),
            "3: ||1\n4: 2\n7: |||");
  MadeBook book;
  book.sheets = {
      {"A",
       "<sheetData><row r=\"1\"><c r=\"A1\"><v>5</v></c><c r=\"B1\"><v>1</v></c></row><row r=\"2\"><c r=\"B2\"><v>2</v></c></row>"
       "<row r=\"3\"><c r=\"B3\"><v>3</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"C1:D1\"/>"
       "<mergeCell ref=\"nonsense\"/></mergeCells>"}};
  EXPECT_EQ(rows_of(xlsx(book)), "1: 5|1\n2: 5|2\n3: |3\n");
}

TEST(Xlsx, SheetsHiddenAndOthers) {
  MadeBook book;
  book.sheets = {{"Seen", "<sheetData/>"}, {"Unseen", "<sheetData/>"}};
  book.hidden = "Unseen";
  const auto workbook = opened(xlsx(book));
  ASSERT_EQ(workbook->sheets().size(), 2U);
  EXPECT_FALSE(workbook->sheets()[0].hidden);
  EXPECT_TRUE(workbook->sheets()[1].hidden);
  EXPECT_EQ(workbook->format(), "xlsx");
}

TEST(Xlsx, Refused) {
  expect_in(fault_of(one_sheet("<row r=\"5\"/><row r=\"2\"/>")), {"after row 5"});
  expect_in(fault_of(one_sheet("<row r=\"1\"><c t=\"s\"><v>7</v></c></row>")), {"refers to text 7", "there are 0"});
  expect_in(fault_of(one_sheet("<row r=\"1\"><c t=\"s\"><v>x</v></c></row>")), {"refers to text"});
  expect_in(fault_of(one_sheet("<row>")), {"not well-formed"});
  expect_in(fault_of(one_sheet(std::string(60'000'000, ' '))), {"unpacks to"});  // a bomb: 1,000 to 1
  expect_in(fault_of(one_sheet("<row r=\"1\"><c><v>" + std::string(1'100'000, '1') + "</v></c></row>")),
            {"more than a million bytes"});
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<a>";
  expect_in(fault_of(one_sheet(deep)), {"nested deeper"});
  expect_in(fault_of(zipped({{"xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"}})), {"document type"});
  expect_in(fault_of(zipped({{"xl/workbook.bin", ""}})), {".xlsb", "Save it as .xlsx"});
  expect_in(fault_of(zipped({{"mimetype", "application/vnd.oasis.opendocument.text"}})), {"no workbook"});
  const std::string whole = one_sheet("<row r=\"1\"><c><v>1</v></c></row>");
  expect_in(fault_of(whole.substr(0, whole.size() / 2)), {"cannot be opened"});
  std::string damaged = whole;
  for (std::size_t at = 40; at < 120; ++at) damaged[at] = '\x55';
  EXPECT_NE(fault_of(damaged), "accepted");
}

TEST(Ods, CellsOfEveryType) {
  const std::string cells =
      "<table:table table:name=\"T\"><table:table-row>"
      "<table:table-cell office:value-type=\"float\" office:value=\"83858\"><text:p>83,858</text:p></table:table-cell>"
      "<table:table-cell office:value-type=\"percentage\" office:value=\"0.125\"><text:p>12.5%</text:p></table:table-cell>"
      "<table:table-cell office:value-type=\"date\" office:date-value=\"2020-03-19T00:00:00\"/>"
      "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"/>"
      "<table:table-cell table:number-columns-repeated=\"2\"><text:p>a<text:s "
      "text:c=\"2\"/>b</text:p><text:p>c</text:p></table:table-cell>"
      "<table:table-cell><office:annotation><text:p>a note</text:p></office:annotation><text:p>seen</text:p></table:table-cell>"
      "</table:table-row><table:table-row table:number-rows-repeated=\"3\"><table:table-cell "
      "table:number-columns-repeated=\"16384\"/></table:table-row>"
      "<table:table-row "
      "table:number-rows-repeated=\"2\"><table:table-cell><text:p>r</text:p></table:table-cell></table:table-row></table:table>";
  EXPECT_EQ(rows_of(ods(cells)), "1: 83858|0.125|2020-03-19|TRUE|a  b c|a  b c|seen\n5: r\n6: r\n");
}

TEST(Ods, MergedRowsAndHiddenTables) {
  const std::string tables =
      "<table:table table:name=\"Away\" table:style-name=\"h\"/><table:table table:name=\"T\"><table:table-row>"
      "<table:table-cell "
      "table:number-rows-spanned=\"2\"><text:p>m</text:p></table:table-cell><table:table-cell><text:p>1</text:p></"
      "table:table-cell>"
      "</table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>2</text:p></table:table-cell></"
      "table:table-row></table:table>";
  const std::string styles = "<style:style style:name=\"h\"><style:table-properties table:display=\"false\"/></style:style>";
  const auto book = opened(ods(tables, styles));
  ASSERT_EQ(book->sheets().size(), 2U);
  EXPECT_TRUE(book->sheets()[0].hidden);
  EXPECT_EQ(rows_of(ods(tables, styles), 1), "1: m|1\n2: m|2\n");
}

TEST(Ods, Refused) {
  expect_in(fault_of(ods("<table:table>")), {"not well-formed"});
  expect_in(fault_of(zipped({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})), {"content.xml"});
  expect_in(fault_of(zipped({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                             {"META-INF/manifest.xml", "<encryption-data/>"},
                             {"content.xml", "<a/>"}})),
            {"encrypted", "without a password"});
  expect_in(
      fault_of(ods("<table:table><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell><text:p>x</text:p>"
                   "</table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>y</text:p></table:table-cell>"
                   "</table:table-row></table:table>")),
      {"more than 1048576 rows"});
}

TEST(NumberFormats, WhatTheyShow) {
  using sheets::kind_of_format;
  using sheets::NumberKind;
  EXPECT_EQ(kind_of_format(14, ""), NumberKind::date);
  EXPECT_EQ(kind_of_format(2, ""), NumberKind::number);
  EXPECT_EQ(kind_of_format(170, "yyyy"), NumberKind::year);
  EXPECT_EQ(kind_of_format(170, "0.00\"days\""), NumberKind::number);
  EXPECT_EQ(kind_of_format(170, "[h]:mm"), NumberKind::date);
  EXPECT_EQ(kind_of_format(170, "[Red]#,##0;yyyy"), NumberKind::number);
  EXPECT_EQ(kind_of_format(170, "\"unclosed"), NumberKind::number);
}

using Books = testing::Importing;

TEST_F(Books, TheSheetOfFiguresIsFound) {
  const auto text = [](const char* value) { return "<c t=\"inlineStr\"><is><t>" + std::string(value) + "</t></is></c>"; };
  MadeBook book;
  book.sheets = {{"Notes", "<sheetData><row r=\"1\">" + text("A note") + "</row></sheetData>"},
                 {"Data", "<sheetData><row r=\"2\">" + text("Title") + "</row><row r=\"4\">" + text("Country") + text("2000") +
                              text("2001") + "</row><row r=\"5\">" + text("China") + "<c><v>1.5</v></c>" + text("..") +
                              "</row><row r=\"6\">" + text("Atlantis") + "<c><v>2</v></c></row></sheetData>"}};
  const ImportResult result = import(xlsx(book));
  expect_counts(result, 1, 1, 2);
  EXPECT_EQ(result.vintage.format, "wide (xlsx)");
  EXPECT_EQ(figures(), "DATA CHN   2000 1.5 \n");
  EXPECT_EQ(result.first_rejects.at(0).line, 6);
  EXPECT_EQ(result.first_rejects.at(0).column, "Data!ref_area");
}

}  // namespace
}  // namespace stocktake
