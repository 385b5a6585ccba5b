// How texts of a file become numbers and years.
#include <gtest/gtest.h>

#include <tuple>
#include <vector>

#include "ingest/sink.h"

namespace stocktake {
namespace {

using Kind = ParsedValue::Kind;

TEST(ParseValue, Numbers) {
  const std::vector<std::tuple<const char*, double, char>> table{
      {"12.5", 12.5, 0},   {"0", 0, 0},     {"-0.0", 0, 0},   {" 7\t", 7, 0},   {"+3", 3, 0},
      {"-3", -3, 0},       {".5", 0.5, 0},  {"5.", 5, 0},     {"1e3", 1000, 0}, {"1.27E+9", 1.27e9, 0},
      {"<5.0", 5, '<'},    {"< 5", 5, '<'}, {">95", 95, '>'}, {"<-1", -1, '<'}, {"36860000.6103516", 36860000.6103516, 0},
      {"1e308", 1e308, 0}, {"0.1", 0.1, 0}, {"00012", 12, 0},
  };
  for (const auto& [text, value, qualifier] : table) {
    const ParsedValue parsed = parse_value(text, false);
    EXPECT_EQ(parsed.kind, Kind::number) << text;
    EXPECT_EQ(parsed.value, value) << text;
    EXPECT_EQ(parsed.qualifier, qualifier) << text;
  }
}

TEST(ParseValue, Missing) {
  for (const char* text :
       {"", " ", "\t", "-", "..", "...", "NA", "na", "N/A", "n/a", "NaN", "nan", "NAN", "null", "NULL", "None", " NA "}) {
    EXPECT_EQ(parse_value(text, false).kind, Kind::missing) << "'" << text << "'";
  }
}

TEST(ParseValue, WhatIsNoNumber) {
  for (const char* text : {"x",
                           "12x",
                           "1 234",
                           "1,234",
                           "1,5",
                           "12%",
                           "inf",
                           "-inf",
                           "INFINITY",
                           "<",
                           ">",
                           "<<5",
                           "+",
                           "+-5",
                           "--5",
                           "0x10",
                           "1e",
                           "1e400",
                           "1e-400",
                           ".",
                           "(12)",
                           "1.2.3",
                           "<nan",
                           "\xE2\x88\x92"
                           "5",
                           "5\r",
                           "{}",
                           "N"}) {
    EXPECT_EQ(parse_value(text, false).kind, Kind::bad) << "'" << text << "'";
  }
}

TEST(ParseValue, DecimalComma) {
  EXPECT_EQ(parse_value("1,5", true).value, 1.5);
  EXPECT_EQ(parse_value("-0,25", true).value, -0.25);
  EXPECT_EQ(parse_value("<1,5", true).qualifier, '<');
  EXPECT_EQ(parse_value("1.5", true).value, 1.5);
  EXPECT_EQ(parse_value("1.234,5", true).kind, Kind::bad);  // thousands are not guessed
  EXPECT_EQ(parse_value("1,2,3", true).kind, Kind::bad);
  EXPECT_EQ(parse_value("1,5", false).kind, Kind::bad);
}

TEST(ParseYear, Table) {
  for (const auto& [text, year] : std::vector<std::pair<const char*, int>>{{"2005", 2005},
                                                                           {" 2005 ", 2005},
                                                                           {"2005.0", 2005},
                                                                           {"1000", 1000},
                                                                           {"9999", 9999},
                                                                           {"0000", 0},
                                                                           {"", 0},
                                                                           {"05", 0},
                                                                           {"20051", 0},
                                                                           {"2005-06", 0},
                                                                           {"2005.5", 0},
                                                                           {"2005.00", 0},
                                                                           {"Y2005", 0},
                                                                           {"-2005", 0},
                                                                           {"2OO5", 0},
                                                                           {"2005/06", 0},
                                                                           {"+205", 0}}) {
    EXPECT_EQ(parse_year(text), year) << "'" << text << "'";
  }
}

TEST(Trimmed, BlanksAndTabsOnly) {
  EXPECT_EQ(trimmed(" \t a b\t "), "a b");
  EXPECT_EQ(trimmed("  "), "");
  EXPECT_EQ(trimmed("\ra"), "\ra");
}

}  // namespace
}  // namespace stocktake
