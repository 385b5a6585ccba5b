// Panels on the way from an old state of knowledge to a new one.
#include "assess/compare/panel_merge.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "assess/panel_edit.h"
#include "assess/sample.h"
#include "base/table.h"

namespace stocktake {
namespace {

using sample::add;

std::string text_of(const Panel& panel) {
  std::string text;
  for (std::size_t i = 0; i < panel.size(); ++i) {
    text += (i == 0 ? "" : " | ") + std::string(panel.series[i].series) + std::string(panel.series[i].area);
    for (std::size_t k = panel.begin[i]; k < panel.begin[i + 1]; ++k)
      text += " " + std::to_string(panel.year[k]) + ":" + number_text(panel.value[k]);
  }
  return text;
}

Panel old_panel() {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 10}, {2000, 8}, {2005, 7}});
  add(panel, "S", "BBB", {{1990, 20}});
  return panel;
}

Panel new_panel() {
  Panel panel;
  add(panel, "S", "AAA", {{1990, 11}, {1995, 9}, {2005, 6}, {2010, 5}});
  add(panel, "S", "CCC", {{1990, 30}});
  return panel;
}

TEST(PanelMerge, RevisionsOnlyTouchYearsThatBothHave) {
  EXPECT_EQ(text_of(merge_panels(old_panel(), new_panel(), Merge::revisions)), "SAAA 1990:11 2000:8 2005:6 | SBBB 1990:20");
}

TEST(PanelMerge, NewYearsOnlyTouchSeriesThatBothHave) {
  EXPECT_EQ(text_of(merge_panels(old_panel(), new_panel(), Merge::new_years)),
            "SAAA 1990:11 1995:9 2005:6 2010:5 | SBBB 1990:20");
}

TEST(PanelMerge, WithItselfNothingChanges) {
  const Panel panel = old_panel();
  EXPECT_TRUE(same_figures(panel, merge_panels(panel, panel, Merge::revisions)));
  EXPECT_TRUE(same_figures(panel, merge_panels(panel, panel, Merge::new_years)));
  EXPECT_TRUE(same_figures(panel, borrow_panel(panel)));
  EXPECT_TRUE(same_figures(Panel(), merge_panels({}, {}, Merge::revisions)));
  EXPECT_FALSE(same_figures(panel, new_panel()));
}

TEST(PanelMerge, WithNothing) {
  EXPECT_EQ(text_of(merge_panels(old_panel(), {}, Merge::revisions)), text_of(old_panel()));
  EXPECT_EQ(text_of(merge_panels(old_panel(), {}, Merge::new_years)), text_of(old_panel()));
  EXPECT_EQ(merge_panels({}, new_panel(), Merge::new_years).size(), 0U);
}

// The order of the series does not matter, and a breakdown is another series.
TEST(PanelMerge, SeriesAreFoundByAllTheirParts) {
  Panel before, after;
  add(before, "S", "BBB", {{1990, 1}});
  add(before, "S", "AAA", {{1990, 2}}, "SEX=F");
  add(before, "S", "AAA", {{1990, 3}});
  add(after, "S", "AAA", {{1990, 30}});
  add(after, "S", "BBB", {{1990, 10}});
  EXPECT_EQ(text_of(merge_panels(before, after, Merge::revisions)), "SBBB 1990:10 | SAAA 1990:2 | SAAA 1990:30");
}

// A value that is not finite is no figure: it neither revises nor is it revised.
TEST(PanelMerge, WhatIsNoFigureIsNotRevised) {
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  Panel before, after;
  add(before, "S", "AAA", {{1990, nan}, {1991, 5}, {1992, 6}});
  add(after, "S", "AAA", {{1990, 1}, {1991, nan}, {1992, inf}});
  const Panel merged = merge_panels(before, after, Merge::revisions);
  EXPECT_TRUE(std::isnan(merged.value[0]));
  EXPECT_EQ(merged.value[1], 5);
  EXPECT_EQ(merged.value[2], 6);
}

TEST(PanelMerge, AFigureBringsItsBoundsAndProvenance) {
  Panel before = old_panel(), after = new_panel();
  after.lower.assign(after.value.size(), missing_value);
  after.upper.assign(after.value.size(), missing_value);
  after.lower[0] = 10.5;
  after.provenances[0] = {Nature::E, '<', "2014", "Census", 2, ""};
  const Panel merged = merge_panels(before, after, Merge::revisions);
  EXPECT_EQ(merged.lower[0], 10.5);
  EXPECT_TRUE(std::isnan(merged.lower[1]));
  EXPECT_EQ(merged.provenances[merged.provenance[0]].qualifier, '<');
  EXPECT_EQ(merged.provenances[merged.provenance[0]].vintage, 2);
  EXPECT_EQ(merged.provenances[merged.provenance[1]].qualifier, '\0');
  // "7" that became "<7" is another figure.
  Panel same = old_panel();
  same.provenances[0].qualifier = '<';
  EXPECT_FALSE(same_figures(old_panel(), same));
}

TEST(PanelMerge, WithoutProvenance) {
  Panel before = old_panel();
  before.provenance.clear();
  before.provenances.clear();
  const Panel merged = merge_panels(before, new_panel(), Merge::revisions);
  ASSERT_EQ(merged.provenance.size(), merged.value.size());
  for (const std::uint32_t one : merged.provenance) EXPECT_LT(one, merged.provenances.size());
}

TEST(KeepUntil, TakesOutLaterFiguresAndSeriesThatHaveNoneLeft) {
  Panel panel;
  add(panel, "S", "AAA", {{2013, 1}, {2014, 2}});
  add(panel, "S", "BBB", {{1990, 3}, {2012, 4}, {2013, 5}});
  add(panel, "S", "CCC", {});
  add(panel, "S", "DDD", {{2011, 6}});
  panel.lower = {0, 1, 2, 3, 4, 5};
  Panel all = borrow_panel(panel);
  keep_until(panel, 2012);
  EXPECT_EQ(text_of(panel), "SBBB 1990:3 2012:4 | SDDD 2011:6");
  EXPECT_EQ(panel.lower, (std::vector<double>{2, 3, 5}));
  EXPECT_EQ(panel.provenance.size(), 3U);
  keep_until(all, 2014);
  EXPECT_EQ(all.size(), 3U);  // only the empty one goes
  keep_until(all, 1900);
  EXPECT_EQ(all.size(), 0U);
  EXPECT_EQ(all.begin, std::vector<std::uint32_t>{0});
}

}  // namespace
}  // namespace stocktake
