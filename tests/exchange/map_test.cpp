#include "exchange/map/map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>

#include "base/error.h"
#include "base/files.h"
#include "base/utf8.h"
#include "framework/framework.h"

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

// Names of nine sources, one of them in six languages, with the code that each gives itself (tests/golden/map_names.py).
// docs/check.md has the table; `Misspelt` tells what is said of typing errors there.
struct HitRates {
  int names = 0, exact = 0, first = 0, in_three = 0;
  void count(const std::vector<Match>& finds, const std::string& code) {
    ++names;
    if (finds.empty()) return;
    exact += finds[0].score == 1;
    first += finds[0].code == code;
    in_three += std::any_of(finds.begin(), finds.end(), [&](const Match& find) { return find.code == code; });
  }
};

TEST(MapNames, NamesOfNineSources) {
  const SmallCsv golden = read_small_csv(root + "/tests/golden/map_names.csv", {"source", "name", "iso3"});
  std::map<std::string, HitRates> by_source;
  HitRates all;
  for (const auto& row : golden.rows) {
    const auto finds = vocabulary().areas.find(row[1], 3, 0.6);
    if (!finds.empty() && finds[0].score == 1) {
      EXPECT_EQ(finds[0].code, row[2]) << row[1];  // what is called exact is never wrong
    }
    for (HitRates* rates : {&by_source[row[0]], &all}) rates->count(finds, row[2]);
  }
  for (const auto& [source, rates] : by_source) {
    std::printf("%-16s %5d names, %5d exact, %5d first, %5d in three\n", source.c_str(), rates.names, rates.exact, rates.first,
                rates.in_three);
    EXPECT_GT(rates.exact, 0.95 * rates.names) << source;
    EXPECT_GE(rates.first, 0.985 * rates.names) << source;
  }
  EXPECT_EQ(by_source.size(), 9U);
  EXPECT_GE(all.in_three, 0.995 * all.names);
}

// Every name of the registry in English, with two neighbours swapped, a letter left out, doubled or another in its place.
TEST(MapNames, Misspelt) {
  const AreaRegistry areas = AreaRegistry::load(root + "/reference");
  HitRates rates;
  for (const Area& area : areas.all()) {
    const std::string name = area.name.in(Language::en);
    if (area.kind != AreaKind::country || name.size() < 5) continue;
    const std::size_t middle = name.size() / 2;
    std::string swapped = name, without = name, doubled = name, other = name;
    std::swap(swapped[middle - 1], swapped[middle]);
    without.erase(middle, 1);
    doubled.insert(middle, 1, name[middle]);
    other[middle] = name[middle] == 'e' ? 'a' : 'e';
    for (const std::string& typo : {swapped, without, doubled, other}) {
      if (plain_form(typo) != plain_form(name) && valid_utf8(typo)) rates.count(vocabulary().areas.find(typo, 3, 0.6), area.code);
    }
  }
  std::printf("misspelt: %d, %d exact, %d first, %d in three\n", rates.names, rates.exact, rates.first, rates.in_three);
  EXPECT_GT(rates.names, 800);
  EXPECT_GE(rates.first, 0.97 * rates.names);
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

TEST(MapFile, ASecondRunKeepsWhatAPersonSaid) {
  const std::vector<MapLine> earlier{{"column", "Pays", "Pays", "ref_area", "", 1, "name", 4, ""},
                                     {"column", "Note", "Note", "ignore", "", 0, "", 4, ""},
                                     {"ref_area", "Pays", "Frnace", "FRA", "France", 0.833, "spelling", 1, "yes"},
                                     {"ref_area", "Pays", "Gone", "", "", 0, "unknown", 1, ""}};
  const std::string path = testing::TempDir() + "/merge.map.csv";
  std::ofstream(path) << to_csv(map_table(earlier));
  const std::vector<MapLine> read = read_map(path);
  ASSERT_EQ(read.size(), earlier.size());
  EXPECT_EQ(to_csv(map_table(read)), to_csv(map_table(earlier)));  // reading and writing changes nothing
  std::size_t gone = 0;
  const auto merged = merge_map(read,
                                {{"column", "Pays", "Pays", "ref_area", "", 1, "name", 9, ""},
                                 {"ref_area", "Pays", "Frnace", "FIN", "Finland", 0.9, "spelling", 2, ""},
                                 {"ref_area", "Pays", "Brasil", "BRA", "Brasil", 1, "name", 2, ""}},
                                gone);
  EXPECT_EQ(gone, 1U);
  ASSERT_EQ(merged.size(), 4U);
  EXPECT_EQ(merged[1].proposed, "FRA");
  EXPECT_EQ(merged[1].confirmed, "yes");
  EXPECT_EQ(merged[2].foreign, "Gone");
  EXPECT_EQ(merged[3].foreign, "Brasil");
}

TEST(MapFile, ConstantsStandForWhatTheFileDoesNotSay) {
  ImportOptions options;
  use_lines({{"constant", "", "series", "SI_POV_DAY1", "", 1, "", 0, "yes"},
             {"constant", "", "ref_area", "FRA", "", 0, "unknown", 0, "yes"},
             {"constant", "", "unit_measure", "PERCENT", "", 0, "unknown", 0, ""},
             {"constant", "", "time_period", "", "", 0, "unknown", 0, ""}},
            "f", false, options);
  EXPECT_EQ(options.series, "SI_POV_DAY1");
  EXPECT_EQ(constant_of(&options.values, "ref_area"), "FRA");
  EXPECT_EQ(constant_of(&options.values, "unit_measure"), "");  // not confirmed
  EXPECT_EQ(constant_of(&options.values, "time_period"), "");
}

TEST(MapNames, UnitsAndIndicators) {
  const Framework sdg = load_framework(root + "/frameworks/sdg.yaml");
  const DimensionCodes codes = DimensionCodes::load(root + "/reference/dimension_codes.csv");
  const Vocabulary all = load_vocabulary(root + "/reference", AreaRegistry::load(root + "/reference"),
                                         load_bindings(root + "/frameworks/bindings", codes), {&sdg});
  for (const char* text : {"PERCENT", "Pour cent", "per cent", "%", "PT"}) {
    const auto finds = all.units.find(text, 3, 0.6);
    ASSERT_EQ(finds.size(), 1U) << text;
    EXPECT_EQ(finds[0].code, "PERCENT");
    EXPECT_EQ(finds[0].score, 1) << text;
  }
  for (const char* text : {"SI_POV_DAY1", "1.1.1", "C010101"}) {
    const auto finds = all.series.find(text, 3, 0.6);
    ASSERT_FALSE(finds.empty()) << text;
    EXPECT_EQ(finds[0].code, "SI_POV_DAY1") << text;
  }
  // Numbers and codes of all indicators of the framework: each is known, and none twice.
  std::size_t known = 0, names = 0, named = 0;
  for (const auto& [code, indicator] : sdg.indicators) {
    known += all.series.exact(code);
    for (const Language language : all_languages) {
      if (!indicator.name.has(language)) continue;
      ++names;
      named += all.series.exact(indicator.name.in(language));
    }
  }
  std::printf("indicators: %zu of %zu numbers, %zu of %zu names are exact\n", known, sdg.indicators.size(), named, names);
  EXPECT_GT(known, 150U);
}

}  // namespace
}  // namespace stocktake
