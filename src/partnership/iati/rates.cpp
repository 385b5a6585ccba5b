#include "partnership/iati/rates.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/utf8.h"

namespace stocktake::iati {
namespace {

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
  return text;
}

// The spelling of the header for each of the columns, which is matched without regard to case.
std::vector<std::string> spelled(const std::string& path, const std::vector<std::string>& columns) {
  std::string head = read_file(path);
  if (head.starts_with("\xEF\xBB\xBF")) head.erase(0, 3);
  head = head.substr(0, head.find_first_of("\r\n"));
  std::vector<std::string> found = columns;
  for (std::size_t at = 0; at <= head.size();) {
    const std::size_t end = std::min(head.find(',', at), head.size());
    std::string name = head.substr(at, end - at);
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (lower(name) == columns[i]) found[i] = name;
    }
    at = end + 1;
  }
  return found;
}

Date date_of(long days) {
  Date day{1970, 1, 1};
  day.year += static_cast<int>(days / 366);  // never too far for later days; corrected below
  if (days < 0) day.year = 1970 + static_cast<int>((days - 364) / 365);
  while (days_since_epoch({day.year + 1, 1, 1}) <= days) ++day.year;
  while (days_since_epoch({day.year, 1, 1}) > days) --day.year;
  while (day.month < 12 && days_since_epoch({day.year, day.month + 1, 1}) <= days) ++day.month;
  day.day = 1 + static_cast<int>(days - days_since_epoch({day.year, day.month, 1}));
  return day;
}

}  // namespace

Rates Rates::load(const std::string& path, RateRule rule, std::string base) {
  Rates rates;
  rates.rule_ = rule;
  rates.base_ = std::move(base);
  const SmallCsv table = read_small_csv(path, spelled(path, {"date", "rate", "currency"}));
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    const Location where{path, table.lines[i], 0, {}};
    const auto day = parse_date(row[0]);
    const auto rate = parse_finite(row[1]);
    if (!day) throw Error(ErrorKind::input, "'" + printable(row[0]) + "' is no date", "Write dates as 2021-08-31", where);
    if (!rate || *rate <= 0) {
      throw Error(ErrorKind::input, "'" + printable(row[1]) + "' is no rate above 0",
                  "A rate is units of the currency for one " + rates.base_, where);
    }
    if (row[2] == rates.base_ && *rate != 1) {
      throw Error(ErrorKind::input, "the rate of " + rates.base_ + " is not 1",
                  "A rate is units of the currency for one " + rates.base_, where);
    }
    rates.rates_[row[2]].emplace_back(days_since_epoch(*day), *rate);
  }
  for (auto& [currency, list] : rates.rates_) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    const auto twice =
        std::adjacent_find(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.first == b.first; });
    if (twice != list.end()) {
      throw Error(ErrorKind::input, "two rates of " + printable(currency) + " for " + to_string(date_of(twice->first)),
                  "Keep one rate a day and currency", {path, 0, 0, {}});
    }
  }
  return rates;
}

std::optional<Rates::Rate> Rates::of(std::string_view currency, Date on) const {
  if (currency == base_) return Rate{1, on, 0};
  const auto found = rates_.find(currency);
  if (found == rates_.end()) return std::nullopt;
  const auto& list = found->second;
  const long day = days_since_epoch(on);
  auto at = std::upper_bound(list.begin(), list.end(), day, [](long d, const auto& entry) { return d < entry.first; });
  if (at == list.begin()) {
    if (rule_ == RateRule::previous) return std::nullopt;
  } else if (rule_ == RateRule::previous || at == list.end() || day - std::prev(at)->first <= at->first - day) {
    --at;
  }
  return Rate{at->second, date_of(at->first), std::abs(at->first - day)};
}

std::optional<Rates::Converted> Rates::convert(double amount, std::string_view from, std::string_view to, Date on) const {
  if (from == to) return Converted{amount, {1, on, 0}, {1, on, 0}};
  const auto first = of(from, on);
  const auto second = of(to, on);
  if (!first || !second) return std::nullopt;
  return Converted{amount / first->value * second->value, *first, *second};
}

}  // namespace stocktake::iati
