// Reporting duties. Days by the rules in reference/reporting_duties.csv.
#include <gtest/gtest.h>

#include "base/error.h"
#include "partnership/views/duties.h"

namespace stocktake {
namespace {

std::vector<DutyRule> rules() { return load_duty_rules(STOCKTAKE_SOURCE_DIR "/reference"); }

DutiesOnDay judged(const std::string& csv, Date at, const DutyPeriods& periods = {}) {
  return judge_duties(read_duties_text(csv, "test.csv"), rules(), "un-global-compact", periods, at);
}

const Duty& of(const DutiesOnDay& duties, const std::string& name) {
  for (const Duty& duty : duties.duties) {
    if (duties.actors[duty.actor].name == name) return duty;
  }
  throw std::runtime_error("no actor " + name);
}

TEST(Duties, MonthsEndWhereTheMonthEnds) {
  EXPECT_EQ(add_months({2014, 1, 31}, 1), (Date{2014, 2, 28}));
  EXPECT_EQ(add_months({2012, 2, 29}, 12), (Date{2013, 2, 28}));
  EXPECT_EQ(add_months({2014, 11, 30}, 3), (Date{2015, 2, 28}));
  EXPECT_EQ(add_months({2014, 3, 1}, -12), (Date{2013, 3, 1}));
  EXPECT_EQ(add_days({2014, 12, 31}, 1), (Date{2015, 1, 1}));
}

// The page of the Global Compact: "if the last submission took place on 1 March 2013, the next COP will be due on 1 March 2014".
TEST(Duties, TheExampleOfTheGlobalCompact) {
  const std::string csv = "name,joined,last_report\nA,2010-05-01,2013-03-01\n";
  const auto on = [&](Date at) { return of(judged(csv, at), "A"); };
  EXPECT_EQ(on({2014, 3, 1}).due, (Date{2014, 3, 1}));
  EXPECT_EQ(on({2014, 3, 1}).status, DutyStatus::communicated);  // the day itself is in time
  EXPECT_EQ(on({2014, 3, 2}).status, DutyStatus::late);
  EXPECT_EQ(on({2014, 3, 2}).days_late, 1);
  EXPECT_EQ(on({2015, 3, 1}).status, DutyStatus::late);
  EXPECT_EQ(on({2015, 3, 2}).status, DutyStatus::delisted);
  EXPECT_EQ(on({2015, 3, 2}).days_late, 366);
}

TEST(Duties, FirstReports) {
  const std::string csv =
      "name,kind,joined\n"
      "new,business,2013-02-01\n"      // one year
      "old,business,2009-06-30\n"      // before 1 July 2009: two years
      "edge,business,2009-07-01\n"     // from that day on: one year
      "ngo,non-business,2012-01-01\n"  // before 31 October 2013: by 31 October 2015
      "ngo2,Non business,2014-01-01\n";
  const DutiesOnDay duties = judged(csv, {2014, 1, 15});
  EXPECT_EQ(of(duties, "new").due, (Date{2014, 2, 1}));
  EXPECT_EQ(of(duties, "new").status, DutyStatus::not_yet_due);
  EXPECT_EQ(of(duties, "old").due, (Date{2011, 6, 30}));
  EXPECT_EQ(of(duties, "old").status, DutyStatus::delisted);
  EXPECT_EQ(of(duties, "edge").due, (Date{2010, 7, 1}));
  EXPECT_EQ(of(duties, "ngo").due, (Date{2015, 10, 31}));
  EXPECT_EQ(of(duties, "ngo2").due, (Date{2016, 1, 1}));
  EXPECT_EQ(duties.duties.front().days_late, of(duties, "edge").days_late);  // the latest first
  EXPECT_EQ(duties.all.actors, 5);
  EXPECT_EQ(duties.all.not_yet_due, 3);
}

TEST(Duties, ExtensionsAndPeriods) {
  const std::string csv = "name;joined;last_report;extension_days\nA;2010-05-01;2013-03-01;90\n";
  EXPECT_EQ(of(judged(csv, {2014, 4, 1}), "A").due, (Date{2014, 5, 30}));  // 90 days after 1 March
  EXPECT_EQ(of(judged(csv, {2014, 4, 1}), "A").status, DutyStatus::communicated);
  DutyPeriods periods;
  periods.every_months = 6;
  periods.delist_months = 1;
  EXPECT_EQ(of(judged(csv, {2014, 4, 1}, periods), "A").status, DutyStatus::delisted);
  periods.grace_days = 3000;
  EXPECT_EQ(of(judged(csv, {2014, 4, 1}, periods), "A").status, DutyStatus::communicated);
  periods.every_months = 0;
  EXPECT_THROW(judged(csv, {2014, 4, 1}, periods), Error);
}

TEST(Duties, ReportsOfSeveralYears) {
  const std::string csv = "name,joined,reports\nA,2008-01-01,2012-03-01; 2014-03-01;2013-03-01\n";
  EXPECT_EQ(of(judged(csv, {2013, 6, 1}), "A").last_report, (Date{2013, 3, 1}));
  EXPECT_EQ(of(judged(csv, {2010, 1, 1}), "A").status, DutyStatus::not_yet_due);  // none by then; two years from 2008
  EXPECT_EQ(judged(csv, {2007, 1, 1}).not_joined, 1U);
}

TEST(Duties, BadRowsAreToldWithLineAndField) {
  const std::string csv =
      "Name,Joined,Last COP,Kind,Extension\n"
      "A,2010-05-01,2013-03-01,business,\n"
      ",2010-05-01,,,\n"
      "C,soon,,,\n"
      "D,2010-05-01,2013-02-30,,\n"
      "E,2010-05-01,2009-03-01,,\n"
      "F,2010-05-01,,guild,\n"
      "G,2010-05-01,,,-3\n"
      "H,2010-05-01\n"
      "I,2010-05,,,\n"
      "J,2005-01-01,2015-01-01,,\n";
  const DutiesOnDay duties = judged(csv, {2014, 1, 1});
  ASSERT_EQ(duties.duties.size(), 1U);
  std::string told;
  for (const DutyReject& reject : duties.rejects) told += std::to_string(reject.line) + " " + reject.field + "\n";
  EXPECT_EQ(told,
            "3 name\n4 joined\n5 last_report\n6 last_report\n7 kind\n8 extension_days\n9 \n10 joined\n"
            "11 last_report\n");
  EXPECT_NE(duties.rejects.back().problem.find("lies after 2014-01-01"), std::string::npos);
}

TEST(Duties, EmptyAndBrokenTables) {
  EXPECT_TRUE(judged("name,joined\n", {2014, 1, 1}).duties.empty());
  EXPECT_TRUE(judged("name,joined\n,,\n\n", {2014, 1, 1}).duties.empty());
  EXPECT_THROW(read_duties_text("", "x"), Error);
  EXPECT_THROW(read_duties_text("name,since\nA,2010-01-01\n", "x"), Error);
  EXPECT_THROW(read_duties_text("name,name,joined\nA,B,2010-01-01\n", "x"), Error);
  EXPECT_THROW(judge_duties({}, rules(), "nothing", {}, {2014, 1, 1}), Error);
}

TEST(Duties, CountsByCountryAndSector) {
  const std::string csv =
      "name,joined,last_report,country,sector\n"
      "A,2010-05-01,2013-12-01,FRA,Energy\n"
      "B,2010-05-01,2012-06-01,FRA,\n"
      "C,2010-05-01,2011-06-01,KEN,Energy\n";
  const DutiesOnDay duties = judged(csv, {2014, 1, 1});
  ASSERT_EQ(duties.by_country.size(), 2U);
  EXPECT_EQ(duties.by_country[0].name, "FRA");
  EXPECT_EQ(duties.by_country[0].communicated, 1);
  EXPECT_EQ(duties.by_country[0].late, 1);
  EXPECT_EQ(duties.by_country[1].delisted, 1);
  ASSERT_EQ(duties.by_sector.size(), 2U);
  EXPECT_EQ(duties.by_sector[0].name, "");
  EXPECT_EQ(duties.by_sector[1].actors, 2);
}

}  // namespace
}  // namespace stocktake
