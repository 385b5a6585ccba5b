#include "base/calendar.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "base/environment.h"
#include "base/error.h"

namespace stocktake {
namespace {

std::chrono::year_month_day civil(Date date) {
  return std::chrono::year_month_day{std::chrono::year{date.year}, std::chrono::month{static_cast<unsigned>(date.month)},
                                     std::chrono::day{static_cast<unsigned>(date.day)}};
}

Date from_civil(std::chrono::year_month_day ymd) {
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

bool read_digits(std::string_view text, std::size_t digits, int& out) {
  if (text.size() != digits) return false;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return std::from_chars(text.data(), text.data() + text.size(), out).ec == std::errc();
}

}  // namespace

long days_since_epoch(Date date) { return std::chrono::sys_days{civil(date)}.time_since_epoch().count(); }

long days_between(Date from, Date to) { return days_since_epoch(to) - days_since_epoch(from); }

std::optional<Date> parse_date(std::string_view text, bool end) {
  Date date;
  if (text.size() < 4 || !read_digits(text.substr(0, 4), 4, date.year)) return std::nullopt;
  if (text.size() == 4) return end ? year_end(date.year) : Date{date.year, 1, 1};
  if (text[4] != '-' || text.size() < 7 || !read_digits(text.substr(5, 2), 2, date.month)) return std::nullopt;
  if (date.month < 1 || date.month > 12) return std::nullopt;
  if (text.size() == 7) {
    if (!end) return date;
    const std::chrono::year_month_day_last last{
        std::chrono::year{date.year}, std::chrono::month_day_last{std::chrono::month{static_cast<unsigned>(date.month)}}};
    date.day = static_cast<int>(static_cast<unsigned>(last.day()));
    return date;
  }
  if (text.size() != 10 || text[7] != '-' || !read_digits(text.substr(8, 2), 2, date.day)) return std::nullopt;
  if (date.day < 1 || !civil(date).ok()) return std::nullopt;
  return date;
}

std::string to_string(Date date) {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", date.year % 10000, date.month, date.day);
  return buffer.data();
}

std::optional<long long> source_date_epoch() {
  const std::string text = environment("SOURCE_DATE_EPOCH");
  if (text.empty()) return std::nullopt;
  const long long first = days_since_epoch({1, 1, 1}) * 86'400LL, end = (days_since_epoch({9999, 12, 31}) + 1) * 86'400LL;
  long long seconds = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || rest != text.data() + text.size() || seconds < first || seconds >= end) {
    throw Error(ErrorKind::usage,
                "SOURCE_DATE_EPOCH: '" + text + "', expected seconds since 1970 of a day in the years 1 to 9999",
                "Correct the variable, or unset it");
  }
  return seconds;
}

Date today() {
  const auto fixed = source_date_epoch();
  const std::chrono::sys_seconds now = fixed ? std::chrono::sys_seconds{std::chrono::seconds{*fixed}}
                                             : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return from_civil(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(now)});
}

int last_complete_year(Date date) { return date >= year_end(date.year) ? date.year : date.year - 1; }

}  // namespace stocktake
