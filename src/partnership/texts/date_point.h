// Days of the deadlines' rules: a date as far as it is printed. Internal to read_deadlines.cpp.
#pragma once

#include <algorithm>

#include "partnership/texts/rules.h"

namespace stocktake {

inline int last_day(int year, int month) {
  const Date next = month == 12 ? Date{year + 1, 1, 1} : Date{year, month + 1, 1};
  return static_cast<int>(days_between({year, month, 1}, next));
}

inline Date day_before(Date date) {
  if (date.day > 1) return {date.year, date.month, date.day - 1};
  if (date.month > 1) return {date.year, date.month - 1, last_day(date.year, date.month - 1)};
  return {date.year - 1, 12, 31};
}

// A day, a month, a year, or what of it is printed (0: not).
struct Point {
  int year = 0, month = 0, day = 0;
  std::size_t end = 0;
  Part part = Part::none;
  std::uint64_t edge = 0;  // role_end, role_begin, role_middle
  Date first() const {
    if (month == 0 && part != Part::none) return {year, part_first(), 1};
    const int m = month == 0 ? 1 : month;
    return {year, m, day == 0 ? 1 : std::min(day, last_day(year, m))};
  }
  Date last() const {
    if (month == 0 && part != Part::none) return {year, part_last(), last_day(year, part_last())};
    const int m = month != 0 ? month : (edge & role_middle) != 0 ? 6 : 12;
    return {year, m, day != 0 ? std::min(day, last_day(year, m)) : last_day(year, m)};
  }
  int part_first() const {
    const int p = static_cast<int>(part);
    return p <= 4 ? p * 3 - 2 : p == 5 ? 1 : 7;
  }
  int part_last() const {
    const int p = static_cast<int>(part);
    return p <= 4 ? p * 3 : p == 5 ? 6 : 12;
  }
};

// "within two years", "30 days after the adoption of the present resolution": the token after the period that starts at `at`,
// `at` where there is none.
std::size_t read_period(const Sentence& s, const Occasion& occasion, std::size_t at, std::vector<DeadlineFound>& out);

}  // namespace stocktake
