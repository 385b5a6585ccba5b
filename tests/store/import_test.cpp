// The transaction of an import: keys, counts, rejects, rollback.
#include "store/sample_store.h"

namespace stocktake {
namespace {

using Imports = testing::SampleStore;

TEST_F(Imports, VintagesAreNumberedAndKeepWhatTheySay) {
  const auto import = store_.begin_import();
  Vintage vintage;
  vintage.source = "it's a source; \"quoted\"";
  vintage.origin = "a/b.csv";
  vintage.format = "tidy";
  vintage.edition = "\u7248";
  vintage.published = Date{2013, 9, 25};
  vintage.hash = "ab";
  vintage.bytes = 5'000'000'000;
  vintage.rows_read = 7;
  vintage.rows_accepted = 4;
  vintage.rows_missing = 2;
  vintage.update = true;
  import->reject({12, "Value", "no number", "a,b,c"});
  EXPECT_EQ(import->commit(vintage).id, 1);
  EXPECT_EQ(add({{"A", "CHN", 2005, 1}}).id, 2);

  const std::vector<Vintage> all = store_.vintages();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].source, vintage.source);
  EXPECT_EQ(all[0].origin, "a/b.csv");
  EXPECT_EQ(all[0].format, "tidy");
  EXPECT_EQ(all[0].edition, "\u7248");
  EXPECT_EQ(all[0].published, vintage.published);
  EXPECT_EQ(all[0].hash, "ab");
  EXPECT_EQ(all[0].bytes, 5'000'000'000);
  EXPECT_EQ(all[0].rows_read, 7);
  EXPECT_EQ(all[0].rows_accepted, 4);
  EXPECT_EQ(all[0].rows_missing, 2);
  EXPECT_EQ(all[0].rows_rejected, 1);
  EXPECT_TRUE(all[0].update);
  EXPECT_FALSE(all[1].update);
  EXPECT_FALSE(all[1].published);
  EXPECT_EQ(all[1].imported_at.size(), 20U);
}

TEST_F(Imports, RejectsAreKeptByVintageAndLine) {
  for (int vintage = 1; vintage <= 2; ++vintage) {
    const auto import = store_.begin_import();
    for (int line = 5000; line > 0; --line)
      import->reject({line, "c", "reason " + std::to_string(vintage), std::string(600, 'x')});
    import->commit({});
  }
  const std::vector<Reject> rejects = store_.rejects(2, 10'000);
  ASSERT_EQ(rejects.size(), 5000U);
  EXPECT_EQ(rejects[0].line, 1);
  EXPECT_EQ(rejects[4999].line, 5000);
  EXPECT_EQ(rejects[0].reason, "reason 2");
  EXPECT_EQ(rejects[0].text.size(), 500U);
  EXPECT_EQ(store_.rejects(2, 3).size(), 3U);
  EXPECT_TRUE(store_.rejects(3).empty());
}

TEST_F(Imports, WithoutACommitNothingIsThere) {
  add({{"A", "CHN", 2005, 1}});
  {
    const auto import = store_.begin_import();
    ObservationBlock block;
    for (int i = 0; i < 10'000; ++i) {
      block.key.push_back(import->key("B" + std::to_string(i), "CHN", "", ""));
      block.year.push_back(2005);
      block.value.push_back(i);
      block.provenance.push_back(0);
    }
    import->append(block);
    import->reject({1, "", "r", ""});
  }
  EXPECT_EQ(store_.vintages().size(), 1U);
  EXPECT_EQ(store_.series_summary().rows(), 1U);
  EXPECT_TRUE(store_.rejects(2).empty());
  EXPECT_EQ(add({{"B", "CHN", 2005, 1}}).id, 2);
  EXPECT_EQ(winners(), "2005:1 2005:1");
}

TEST_F(Imports, KeysAreTheSameInEveryImport) {
  std::vector<std::uint32_t> first, second;
  for (auto* keys : {&first, &second}) {
    const auto import = store_.begin_import();
    for (const auto* area : {"CHN", "BGD"}) keys->push_back(import->key("A", area, "SEX=F", "PERCENT"));
    keys->push_back(import->key("A", "CHN", "SEX=F", ""));
    import->commit({});
  }
  EXPECT_EQ(first, second);
  EXPECT_NE(first[0], first[1]);
  EXPECT_NE(first[0], first[2]);
}

TEST_F(Imports, ReadersCannotWrite) {
  add({{"A", "CHN", 2005, 1}});
  const std::string path = store_.path();
  { const Store gone = std::move(store_); }
  Store reader = Store::open(path, Store::Access::read);
  EXPECT_THROW(reader.begin_import(), Error);
  EXPECT_EQ(reader.panel({}).value.size(), 1U);
  store_ = std::move(reader);
}

TEST_F(Imports, ManySourceTexts) {
  constexpr int count = 70'000;  // more than sixteen bits hold
  std::vector<testing::Figure> figures;
  for (int i = 0; i < count; ++i) {
    figures.push_back({"S" + std::to_string(i / 100), "CHN", 1900 + i % 100, 1});
    figures.back().source = "text " + std::to_string(i);
  }
  add(figures);
  const Panel panel = store_.panel({});
  ASSERT_EQ(panel.value.size(), static_cast<std::size_t>(count));
  for (std::size_t s = 0; s < panel.size(); ++s) {
    for (std::uint32_t k = panel.begin[s]; k < panel.begin[s + 1]; ++k) {
      const int number = std::stoi(std::string(panel.series[s].series.substr(1))) * 100 + panel.year[k] - 1900;
      ASSERT_EQ(panel.provenances.at(panel.provenance[k]).source, "text " + std::to_string(number));
    }
  }
}

TEST_F(Imports, SeriesSummary) {
  add({{"B", "CHN", 2005, 1}, {"A", "CHN", 1990, 1}, {"A", "BGD", 2010, 1}});
  add({{"A", "CHN", 1995, 1}});
  EXPECT_EQ(to_csv(store_.series_summary()),
            "series,areas,observations,first_year,last_year,latest_vintage\nA,2,3,1990,2010,2\nB,1,1,2005,2005,1\n");
}

TEST(Dimensions, TextAndBack) {
  const Dimensions dims{{"AGE", "<=45Y"}, {"SEX", "F"}};
  EXPECT_EQ(to_string(dims), "AGE=<=45Y;SEX=F");
  EXPECT_EQ(parse_dimensions("AGE=<=45Y;SEX=F"), dims);
  EXPECT_EQ(to_string(Dimensions{}), "");
  EXPECT_TRUE(parse_dimensions("").empty());
}

TEST(Natures, CodesOfTheUn) {
  for (const char* code : {"C", "CA", "E", "G", "M", "N", "NA"}) EXPECT_EQ(to_string(parse_nature(code).value()), code);
  EXPECT_EQ(parse_nature(""), Nature::none);
  EXPECT_EQ(parse_nature("NOTSPEC"), Nature::none);
  EXPECT_EQ(parse_nature("_X"), Nature::none);
  EXPECT_FALSE(parse_nature("X"));
  EXPECT_FALSE(parse_nature("e"));
}

}  // namespace
}  // namespace stocktake
