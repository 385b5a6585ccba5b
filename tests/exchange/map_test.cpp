#include "exchange/map/map.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"
#include "base/files.h"

namespace stocktake {
namespace {

const std::string root = STOCKTAKE_SOURCE_DIR;

const Vocabulary& vocabulary() {
  static const Vocabulary all = load_vocabulary(root + "/reference", AreaRegistry::load(root + "/reference"), {});
  return all;
}

std::string first(std::string_view text) {
  const auto finds = vocabulary().areas.find(text, 3, 0.6);
  return finds.empty() ? "" : finds.front().code;
}

TEST(MapNames, PlainForm) {
  EXPECT_EQ(plain_form("CÔTE D'IVOIRE"), "cote d ivoire");
  EXPECT_EQ(plain_form("  Guinea-Bissau. "), "guinea bissau");
  EXPECT_EQ(plain_form("\xFF"), "");
  EXPECT_EQ(plain_form(""), "");
}

TEST(MapNames, LikenessCountsASwapOnce) {
  EXPECT_DOUBLE_EQ(likeness(U"frnace", U"france"), 1 - 1.0 / 6);
  EXPECT_DOUBLE_EQ(likeness(U"ca", U"abc"), 0);  // restricted: 3 edits, where the unrestricted distance is 2
  EXPECT_DOUBLE_EQ(likeness(U"", U""), 1);
  EXPECT_DOUBLE_EQ(likeness(U"", U"a"), 0);
}

TEST(MapNames, CodesAndNamesInSixLanguages) {
  for (const char* text : {"CIV", "CI", "384", "Côte d’Ivoire", "COTE D'IVOIRE"}) {
    const auto finds = vocabulary().areas.find(text, 3, 0.6);
    ASSERT_EQ(finds.size(), 1U) << text;
    EXPECT_EQ(finds[0].code, "CIV");
    EXPECT_EQ(finds[0].score, 1);
  }
  EXPECT_EQ(first("4"), "AFG");
  EXPECT_EQ(first("UK"), "GBR");
  EXPECT_EQ(first("EL"), "GRC");
  EXPECT_EQ(first("Бразилия"), "BRA");
  EXPECT_EQ(first("法国"), "FRA");
  EXPECT_EQ(first("مصر"), "EGY");
}

TEST(MapNames, MisspeltIsSuggestedNotTaken) {
  for (const auto& [text, code] :
       {std::pair{"Frnace", "FRA"}, {"Phillipines", "PHL"}, {"Rep. of Korea", "KOR"}, {"Kyrgizstan", "KGZ"}}) {
    const auto finds = vocabulary().areas.find(text, 3, 0.6);
    ASSERT_FALSE(finds.empty()) << text;
    EXPECT_EQ(finds[0].code, code) << text;
    EXPECT_LT(finds[0].score, 1) << text;
  }
  EXPECT_EQ(first("Atlantis"), "");
  EXPECT_EQ(first(""), "");
}

// Names of five sources with the code that each gives itself (tests/golden/map_names.py).
TEST(MapNames, NamesOfFiveSources) {
  const SmallCsv golden = read_small_csv(root + "/tests/golden/map_names.csv", {"name", "iso3"});
  std::size_t exact = 0, top1 = 0, top3 = 0;
  for (const auto& row : golden.rows) {
    const auto finds = vocabulary().areas.find(row[0], 3, 0.6);
    if (finds.empty()) continue;
    if (finds[0].score == 1) {
      ++exact;
      EXPECT_EQ(finds[0].code, row[1]) << row[0];  // what is called exact is never wrong
    }
    top1 += finds[0].code == row[1];
    for (const Match& find : finds) top3 += find.code == row[1];
  }
  const auto all = static_cast<double>(golden.rows.size());
  EXPECT_GT(static_cast<double>(exact) / all, 0.95);
  EXPECT_GT(static_cast<double>(top1) / all, 0.99);
  EXPECT_GE(top3, top1);
}

TEST(MapAges, CodesOfTheDsd) {
  EXPECT_EQ(age_code("15-24"), "Y15T24");
  EXPECT_EQ(age_code("15–24 years"), "Y15T24");
  EXPECT_EQ(age_code("65+"), "Y_GE65");
  EXPECT_EQ(age_code("65 ans et plus"), "Y_GE65");
  EXPECT_EQ(age_code("<5"), "Y0T4");
  for (const char* text : {"", "24-15", "abc", "15-24 boys", "<0", "1234-5678", "5"}) EXPECT_EQ(age_code(text), "") << text;
}

TEST(MapFile, OnlyConfirmedAndExactLinesAreUsed) {
  const std::string path = testing::TempDir() + "/lines.map.csv";
  const auto write = [&](const std::string& lines) {
    std::ofstream(path) << "kind,column,foreign,proposed,score,how,confirmed,name,rows\n" << lines;
  };
  write(
      "column,Pays,Pays,ref_area,1,name,,,1\nref_area,Pays,A,AGO,1,name,,,1\nref_area,Pays,B,BRA,1,name,no,,1\n"
      "ref_area,Pays,C,CHN,0.9,spelling,,,1\nref_area,Pays,D,DEU,0.9,spelling,YES,,1\n");
  ImportOptions options;
  use_map(path, options);
  EXPECT_EQ(options.columns.at("Pays"), "ref_area");
  EXPECT_EQ(options.values.at("ref_area").size(), 2U);
  EXPECT_EQ(options.values.at("ref_area").at("A"), "AGO");
  EXPECT_EQ(options.values.at("ref_area").at("D"), "DEU");
  for (const char* bad :
       {"ref_area,Pays,A,AGO,0.9,spelling,perhaps,,1\n", "ref_area,Pays,A,,0,unknown,yes,,1\n", "ref_area,Pays,A,AGO,2,x,,,1\n",
        "ref_area,Pays,A,AGO,0.9,x,yes,,1\nref_area,Pays,A,BRA,0.8,x,yes,,1\n"}) {
    write(bad);
    ImportOptions fresh;
    EXPECT_THROW(use_map(path, fresh), Error) << bad;
  }
}

}  // namespace
}  // namespace stocktake
