#include "base/table.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/error.h"

namespace stocktake {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Table sample() {
  Table table;
  table.add_texts("name") = {"\u4E2D\u56FD", "a \"b\", c", ""};
  table.add_numbers("value", 1) = {1.25, nan, -0.04};
  table.add_integers("year") = {2005, Table::no_integer, 1990};
  return table;
}

TEST(Tables, Csv) { EXPECT_EQ(to_csv(sample()), "name,value,year\n\u4E2D\u56FD,1.25,2005\n\"a \"\"b\"\", c\",,\n,-0.04,1990\n"); }

TEST(Tables, Json) {
  EXPECT_EQ(to_json(sample()),
            "[\n{\"name\":\"\u4E2D\u56FD\",\"value\":1.25,\"year\":2005},\n{\"name\":\"a \\\"b\\\", "
            "c\",\"value\":null,\"year\":null},\n"
            "{\"name\":\"\",\"value\":-0.04,\"year\":1990}\n]\n");
  Table table;
  table.add_texts("t") = {"a\\\n\r\t\x01"};
  table.add_numbers("n") = {std::numeric_limits<double>::infinity()};
  EXPECT_EQ(to_json(table), "[\n{\"t\":\"a\\\\\\n\\r\\t\\u0001\",\"n\":null}\n]\n");
  EXPECT_EQ(to_json(Table{}), "[]\n");
}

// A Chinese character takes two columns; numbers stand to the right and are rounded.
TEST(Tables, Text) {
  EXPECT_EQ(to_text(sample()),
            "name      value  year\n"
            "\u4E2D\u56FD        1.2  2005\n"
            "a \"b\", c\n"
            "            0.0  1990\n");
}

TEST(Tables, TextIsCutToAWidth) {
  Table table;
  table.add_texts("name") = {std::string(40, 'x'), "\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D"};
  table.add_integers("year") = {2005, 2006};
  EXPECT_EQ(to_text(table, 26),
            "name                  year\nxxxxxxxxxxxxxxxxxxx\u2026  "
            "2005\n\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D  2006\n");
  EXPECT_EQ(to_text(table, 25),
            "name                 year\nxxxxxxxxxxxxxxxxxx\u2026  "
            "2005\n\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u2026  2006\n");
  for (std::size_t width = 1; width < 60; ++width) EXPECT_FALSE(to_text(table, width).empty());
}

// The cells of a hostile file: a terminal must get no escape, a program the text as it is.
TEST(Tables, TextHasNoControlCharacters) {
  Table table;
  table.add_texts("a") = {"\x1b]0;owned\x07", "line\nline\ttab\x7f", "\u009b2J\u00a0\u0080",
                          "\x9b"
                          "2J"};
  EXPECT_EQ(to_text(table), "a\n ]0;owned\nline line tab\n 2J\u00a0\n?2J\n");
  EXPECT_NE(to_csv(table).find("\x1b]0;owned\x07"), std::string::npos);
}

TEST(Tables, DisplayWidth) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("\u4E2D\u6587"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U);  // a letter and its accent
  EXPECT_EQ(display_width("\uFF21"), 2U);   // full width
  EXPECT_EQ(display_width("\u0645\u0635\u0631"), 3U);
  EXPECT_EQ(display_width("a\u200Db"), 2U);  // a joiner shows nothing
  EXPECT_EQ(display_width("\xFF"), 1U);
}

TEST(Tables, NumbersReadBackEqual) {
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(36860000.6103516), "36860000.6103516");
  EXPECT_EQ(number_text(1e300), "1e+300");
  EXPECT_EQ(number_text(-2.5, 0), "-2");
  EXPECT_EQ(number_text(-0.04, 1), "0.0");
  EXPECT_EQ(number_text(0.04, 2), "0.04");
  EXPECT_EQ(number_text(1e300, 0).size(), 301U);
}

TEST(Tables, Where) {
  const Table kept = sample().where([](std::size_t row) { return row != 1; });
  EXPECT_EQ(kept.rows(), 2U);
  EXPECT_EQ(to_csv(kept), "name,value,year\n\u4E2D\u56FD,1.25,2005\n,-0.04,1990\n");
  EXPECT_EQ(kept.cell(0, 1, true), "1.2");  // decimals go along
}

TEST(Tables, ReferencesToColumnsStayValid) {
  Table table;
  auto& first = table.add_integers("c0");
  for (int i = 1; i < 192; ++i) table.add_integers("c" + std::to_string(i)).push_back(i);
  first.push_back(7);
  EXPECT_EQ(table.cell(0, 0, false), "7");
  EXPECT_THROW(table.add_texts("one too many"), Error);
}

TEST(Tables, Empty) {
  EXPECT_EQ(Table{}.rows(), 0U);
  EXPECT_EQ(to_csv(Table{}), "\n");
  EXPECT_EQ(to_text(Table{}), "\n");
}

}  // namespace
}  // namespace stocktake
