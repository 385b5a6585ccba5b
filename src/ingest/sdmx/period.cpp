#include "ingest/sdmx/period.h"

#include <algorithm>
#include <string>

namespace stocktake::sdmx {
namespace {

constexpr const char* no_period = "the period is not a year";
constexpr const char* part_of_year = "the period is a part of a year; the store has years only";
constexpr const char* several_years = "the period is of several years; the store has years only";
constexpr const char* other_year = "the period is a year that does not begin on 1 January";

bool digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool year_at_begin(std::string_view text) { return text.size() >= 4 && digits(text.substr(0, 4)); }

}  // namespace

PeriodYear year_of_period(std::string_view text) {
  if (!year_at_begin(text)) return {{}, no_period};
  const std::string_view year = text.substr(0, 4);
  std::string_view rest = text.substr(4);
  if (rest.empty() || rest == "-A1" || rest == "A1" || rest == ".0") return {year, nullptr};
  if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
    const std::string_view length = rest.substr(slash + 1);
    if (year_at_begin(length)) return {{}, several_years};
    if (length != "P1Y" && length != "P12M") {
      const bool years =
          length.size() > 2 && length.front() == 'P' && length.back() == 'Y' && digits(length.substr(1, length.size() - 2));
      return {{}, years ? several_years : length.starts_with('P') ? part_of_year : no_period};
    }
    const std::string_view begin = rest.substr(0, slash);
    const bool january = begin == "-01-01" || begin.starts_with("-01-01T00:00:00") || begin.empty() || begin == "-01";
    return january ? PeriodYear{year, nullptr} : PeriodYear{{}, other_year};
  }
  if (rest.front() == '-') rest.remove_prefix(1);
  if (rest.size() == 4 && digits(rest)) return {{}, several_years};
  static constexpr std::string_view marks = "0123456789SQTMWDH";
  if (!rest.empty() && marks.find(rest.front()) != std::string_view::npos) return {{}, part_of_year};
  return {{}, no_period};
}

bool is_period(std::string_view text) {
  const std::string_view reason = [&] {
    const char* const given = year_of_period(text).reason;
    return given == nullptr ? std::string_view() : std::string_view(given);
  }();
  return reason != no_period;
}

}  // namespace stocktake::sdmx
