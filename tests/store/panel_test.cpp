// Which figures win: whole series by the latest vintage, single figures by updates, as known on a day.
#include <cmath>
#include <cstdlib>

#include "store/sample_store.h"

namespace stocktake {
namespace {

class Panels : public testing::SampleStore {
 protected:
  // A panel and an export follow the same rule.
  void expect_winners(const std::string& expected, const PanelQuery& query = {}) const {
    EXPECT_EQ(winners(query), expected);
    EXPECT_EQ(exported(query), expected);
  }
};

TEST_F(Panels, AnEmptyStore) { expect_winners(""); }

TEST_F(Panels, AFullVintageReplacesTheWholeSeries) {
  add({{"A", "CHN", 2004, 1}, {"A", "CHN", 2005, 2}});
  add({{"A", "CHN", 2005, 20}, {"A", "CHN", 2006, 30}});
  expect_winners("2005:20 2006:30");
  EXPECT_EQ(store_.panel({}).series.at(0).vintage, 2);
}

TEST_F(Panels, OtherSeriesStay) {
  add({{"A", "BGD", 2004, 1},
       {"A", "CHN", 2004, 2},
       {"A", "CHN", 2004, 3, "SEX=F"},
       {"B", "CHN", 2004, 4},
       {"B", "CHN", 2004, 5, "", "PERCENT"}});
  add({{"A", "CHN", 2004, 20}});
  expect_winners("2004:1 2004:20 2004:3 2004:4 2004:5");
}

TEST_F(Panels, AnUpdateAddsFigureByFigure) {
  add({{"A", "CHN", 2004, 1}, {"A", "CHN", 2005, 2}});
  add({{"A", "CHN", 2005, 20}, {"A", "CHN", 2006, 30}}, true);
  expect_winners("2004:1 2005:20 2006:30");
  add({{"A", "CHN", 2006, 300}}, true);
  expect_winners("2004:1 2005:20 2006:300");
  add({{"A", "CHN", 2007, 7}});  // and the next full vintage replaces them all
  expect_winners("2007:7");
}

TEST_F(Panels, AnUpdateWithoutAFullVintage) {
  add({{"A", "CHN", 2005, 1}}, true);
  expect_winners("2005:1");
}

TEST_F(Panels, TheDayOfPublicationDecides) {
  add({{"A", "CHN", 2005, 1}}, false, Date{2014, 7, 7});
  add({{"A", "CHN", 2005, 2}}, false, Date{2013, 7, 1});  // imported later, published earlier
  expect_winners("2005:1");
  expect_winners("2005:2", as_of({2013, 12, 31}));
  expect_winners("2005:2", as_of({2013, 7, 1}));
  expect_winners("2005:1", as_of({2014, 7, 7}));
  expect_winners("", as_of({2013, 6, 30}));
}

TEST_F(Panels, ASecondVintageOfTheSameDayWins) {
  add({{"A", "CHN", 2005, 1}}, false, Date{2014, 7, 7});
  add({{"A", "CHN", 2005, 2}}, false, Date{2014, 7, 7});
  expect_winners("2005:2");
}

TEST_F(Panels, TheDayOfImportWherePublicationIsUnknown) {
  ::setenv("SOURCE_DATE_EPOCH", "1380067200", 1);  // 2013-09-25
  EXPECT_EQ(add({{"A", "CHN", 2005, 1}}).imported_at, "2013-09-25T00:00:00Z");
  ::setenv("SOURCE_DATE_EPOCH", "1411603200", 1);  // 2014-09-25
  add({{"A", "CHN", 2005, 2}});
  ::unsetenv("SOURCE_DATE_EPOCH");
  expect_winners("", as_of({2013, 9, 24}));
  expect_winners("2005:1", as_of({2013, 9, 25}));
  expect_winners("2005:1", as_of({2014, 9, 24}));
  expect_winners("2005:2", as_of({2014, 9, 25}));
}

TEST_F(Panels, UpdatesAreKnownOnTheirDayToo) {
  add({{"A", "CHN", 2004, 1}, {"A", "CHN", 2005, 1}}, false, Date{2010, 1, 1});
  add({{"A", "CHN", 2005, 2}}, true, Date{2012, 1, 1});
  expect_winners("2004:1 2005:1", as_of({2011, 1, 1}));
  expect_winners("2004:1 2005:2", as_of({2012, 1, 1}));
}

// A later edition that drops the early years has dropped them: asking for those years must not bring an old edition back.
TEST_F(Panels, YearsAreChosenAmongTheWinners) {
  add({{"A", "CHN", 1990, 1}, {"A", "CHN", 2005, 2}});
  add({{"A", "CHN", 2005, 20}, {"A", "CHN", 2010, 30}});
  expect_winners("", years(std::nullopt, 2000));
  expect_winners("2005:20", years(1980, 2005));
  expect_winners("2010:30", years(2006, std::nullopt));
  expect_winners("", years(2011, 2012));
}

TEST_F(Panels, SeriesAndAreasAreChosen) {
  add({{"A", "BGD", 2005, 1}, {"A", "CHN", 2005, 2}, {"B", "CHN", 2005, 3}, {"it's", "CHN", 2005, 4}});
  PanelQuery query;
  query.series = {"B", "it's"};
  expect_winners("2005:3 2005:4", query);
  query.series = {"A"};
  query.areas = {"CHN"};
  expect_winners("2005:2", query);
  query.areas = {"QQQ"};
  expect_winners("", query);
}

TEST_F(Panels, OrderDoesNotDependOnTheImport) {
  add({{"B", "CHN", 2006, 6},
       {"A", "CHN", 2006, 2},
       {"A", "CHN", 2005, 1},
       {"A", "CHN", 2005, 4, "SEX=M"},
       {"A", "CHN", 2005, 3, "SEX=F"}});
  add({{"A", "BGD", 1999, 0}, {"A", "CHN", 2005, 5, "SEX=M", "Z"}});
  expect_winners("1999:0 2005:1 2006:2 2005:3 2005:4 2005:5 2006:6");
  const Panel panel = store_.panel({});
  EXPECT_EQ(panel.begin, (std::vector<std::uint32_t>{0, 1, 3, 4, 5, 6, 7}));
  EXPECT_EQ(panel.series[0].area, "BGD");
  EXPECT_EQ(panel.series[4].unit, "Z");
  EXPECT_EQ(panel.series[5].series, "B");
}

TEST_F(Panels, Bounds) {
  add({{"A", "CHN", 2004, 1, "", "", 0.5, 1.5}, {"A", "CHN", 2005, 2}, {"A", "CHN", 2006, 3, "", "", missing_value, 4}});
  Panel panel = store_.panel({});
  ASSERT_EQ(panel.lower.size(), 3U);
  EXPECT_EQ(panel.lower[0], 0.5);
  EXPECT_EQ(panel.upper[0], 1.5);
  EXPECT_TRUE(std::isnan(panel.lower[1]) && std::isnan(panel.upper[1]) && std::isnan(panel.lower[2]));
  EXPECT_EQ(panel.upper[2], 4);
  // The bounds of a figure go with it: those of a figure that lost do not stay.
  add({{"A", "CHN", 2004, 10}}, true);
  panel = store_.panel({});
  EXPECT_EQ(panel.value[0], 10);
  EXPECT_TRUE(std::isnan(panel.lower[0]));
  EXPECT_EQ(panel.upper[2], 4);
}

TEST_F(Panels, NoBoundsAtAll) {
  add({{"A", "CHN", 2004, 1}});
  EXPECT_TRUE(store_.panel({}).lower.empty());
}

TEST_F(Panels, Provenance) {
  add({{"A", "CHN", 2004, 5, "", "", missing_value, missing_value, Nature::E, '<', "2014", "Census", "UNIT_MULT=3"}, {"A", "CHN", 2005, 6}});
  const Panel panel = store_.panel({});
  const auto& first = panel.provenances.at(panel.provenance[0]);
  EXPECT_EQ(to_string(first.nature), "E");
  EXPECT_EQ(first.qualifier, '<');
  EXPECT_EQ(first.edition, "2014");
  EXPECT_EQ(first.source, "Census");
  EXPECT_EQ(first.attributes, "UNIT_MULT=3");
  const auto& second = panel.provenances.at(panel.provenance[1]);
  EXPECT_EQ(second.qualifier, 0);
  EXPECT_EQ(second.source, "");
  EXPECT_EQ(second.attributes, "");
}

TEST_F(Panels, AMovedPanelKeepsItsNames) {
  add({{"A", "CHN", 2004, 1}, {"a series with a name that is longer than a small text", "BGD", 2004, 2}});
  Panel panel = store_.panel({});
  const Panel moved = std::move(panel);
  EXPECT_EQ(moved.series[0].series, "A");
  EXPECT_EQ(moved.series[1].series, "a series with a name that is longer than a small text");
}

}  // namespace
}  // namespace stocktake
