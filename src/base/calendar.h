// Civil dates of the proleptic Gregorian calendar, as small values.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace stocktake {

struct Date {
  int year = 0;
  int month = 1;
  int day = 1;
  auto operator<=>(const Date&) const =
      default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 reads the comparison with 0 as a pointer
};

// Days from 1970-01-01 (negative before).
long days_since_epoch(Date date);
// Signed number of days from `from` to `to`.
long days_between(Date from, Date to);
// The last day of a year.
inline Date year_end(int year) { return {year, 12, 31}; }

// Reads "2013-09-25", "2013-09" or "2013". A partial date means its first day (`end` false) or its last day (`end` true).
// Empty when the text is not a date or names a day that does not exist.
std::optional<Date> parse_date(std::string_view text, bool end = false);
std::string to_string(Date date);  // "2013-09-25"

// The seconds since 1970 that the variable SOURCE_DATE_EPOCH sets as "now", so that runs can be reproduced; empty when it is not
// set. Throws Error(usage) for another text, and for a moment outside the years 1 to 9999.
std::optional<long long> source_date_epoch();
// Today in UTC, as source_date_epoch() says or else the clock.
Date today();

// The last year whose figures are complete on a date: a yearly figure covers a period that ends on 31 December.
// last_complete_year(2013-09-25) = 2012; of 2013-12-31 = 2013.
int last_complete_year(Date date);

}  // namespace stocktake
