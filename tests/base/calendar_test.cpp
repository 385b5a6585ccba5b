#include "base/calendar.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/error.h"

namespace stocktake {
namespace {

TEST(Calendar, CountdownOfTheMdgs) {
  // From the special event towards achieving the MDGs to their end: 97 days of 2013, 365 of 2014, 365 of 2015.
  EXPECT_EQ(days_between({2013, 9, 25}, {2015, 12, 31}), 97 + 365 + 365);
  EXPECT_EQ(days_between({2013, 9, 25}, {2015, 12, 31}), 827);
  EXPECT_EQ(days_between({2015, 12, 31}, {2013, 9, 25}), -827);
  EXPECT_EQ(days_between({2012, 2, 28}, {2012, 3, 1}), 2);  // a leap year
  EXPECT_EQ(days_between({2100, 2, 28}, {2100, 3, 1}), 1);  // none
}

TEST(Calendar, DaysSinceTheEpoch) {
  EXPECT_EQ(days_since_epoch({1970, 1, 1}), 0);
  EXPECT_EQ(days_since_epoch({1969, 12, 31}), -1);
  EXPECT_EQ(days_since_epoch({2000, 3, 1}), 11017);
}

TEST(Calendar, ParsesWholeAndPartialDates) {
  EXPECT_EQ(parse_date("2013-09-25"), (Date{2013, 9, 25}));
  EXPECT_EQ(parse_date("2013-09-25", true), (Date{2013, 9, 25}));
  EXPECT_EQ(parse_date("2013-09"), (Date{2013, 9, 1}));
  EXPECT_EQ(parse_date("2013-09", true), (Date{2013, 9, 30}));
  EXPECT_EQ(parse_date("2012-02", true), (Date{2012, 2, 29}));
  EXPECT_EQ(parse_date("2013-02", true), (Date{2013, 2, 28}));
  EXPECT_EQ(parse_date("2013"), (Date{2013, 1, 1}));
  EXPECT_EQ(parse_date("2013", true), (Date{2013, 12, 31}));
  EXPECT_EQ(parse_date("2012-02-29"), (Date{2012, 2, 29}));
}

TEST(Calendar, RefusesWhatIsNoDate) {
  for (const char* text : {"",           "201",        "20131",      "2013-",      "2013-9",    "2013-13",    "2013-00",
                           "2013-02-29", "2013-04-31", "2013-01-00", "2013-01-32", "2013-1-01", "2013/01/01", "2013-01-01T00:00",
                           " 2013",      "2013 ",      "-013",       "+013",       "2o13",      "2013-0a-01", "25.09.2013"}) {
    EXPECT_FALSE(parse_date(text)) << text;
    EXPECT_FALSE(parse_date(text, true)) << text;
  }
}

TEST(Calendar, Texts) {
  EXPECT_EQ(to_string(Date{2013, 9, 5}), "2013-09-05");
  EXPECT_EQ(to_string(Date{987, 12, 31}), "0987-12-31");
  EXPECT_EQ(parse_date(to_string(Date{2013, 9, 5})), (Date{2013, 9, 5}));
}

TEST(Calendar, LastCompleteYear) {
  EXPECT_EQ(last_complete_year({2013, 9, 25}), 2012);
  EXPECT_EQ(last_complete_year({2013, 12, 30}), 2012);
  EXPECT_EQ(last_complete_year({2013, 12, 31}), 2013);
  EXPECT_EQ(last_complete_year({2014, 1, 1}), 2013);
}

TEST(Calendar, Order) {
  EXPECT_LT((Date{2013, 9, 25}), (Date{2013, 10, 1}));
  EXPECT_LT((Date{2013, 12, 31}), (Date{2014, 1, 1}));
  EXPECT_EQ(year_end(2015), (Date{2015, 12, 31}));
}

TEST(Calendar, TodayCanBeFixed) {
  ::setenv("SOURCE_DATE_EPOCH", "1380067200", 1);
  EXPECT_EQ(today(), (Date{2013, 9, 25}));
  ::setenv("SOURCE_DATE_EPOCH", "1380153599", 1);  // its last second
  EXPECT_EQ(today(), (Date{2013, 9, 25}));
  ::setenv("SOURCE_DATE_EPOCH", "-1", 1);
  EXPECT_EQ(today(), (Date{1969, 12, 31}));
  ::setenv("SOURCE_DATE_EPOCH", "", 1);
  EXPECT_GE(today().year, 2026);
  ::unsetenv("SOURCE_DATE_EPOCH");
  EXPECT_GE(today().year, 2026);
}

TEST(Calendar, AFixedNowIsChecked) {
  ::setenv("SOURCE_DATE_EPOCH", "253402300799", 1);
  EXPECT_EQ(source_date_epoch(), 253402300799);
  EXPECT_EQ(today(), (Date{9999, 12, 31}));
  ::setenv("SOURCE_DATE_EPOCH", "-62135596800", 1);
  EXPECT_EQ(today(), (Date{1, 1, 1}));
  for (const std::string text :
       {"abc", "12x", " 1", "1.5", "+1", "253402300800", "-62135596801", "9223372036854775807", "99999999999999999999"}) {
    ::setenv("SOURCE_DATE_EPOCH", text.c_str(), 1);
    try {
      today();
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      EXPECT_EQ(error.problem(),
                "SOURCE_DATE_EPOCH: '" + text + "', expected seconds since 1970 of a day in the years 1 to 9999");
    }
  }
  ::unsetenv("SOURCE_DATE_EPOCH");
  EXPECT_EQ(source_date_epoch(), std::nullopt);
}

}  // namespace
}  // namespace stocktake
