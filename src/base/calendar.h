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
  auto operator<=>(const Date&) const = default;
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

// Today in UTC; SOURCE_DATE_EPOCH (seconds), when set, decides instead, so that runs can be reproduced.
Date today();

// The last year whose figures are complete on a date: a yearly figure covers a period that ends on 31 December.
// last_complete_year(2013-09-25) = 2012; of 2013-12-31 = 2013.
int last_complete_year(Date date);

}  // namespace stocktake
