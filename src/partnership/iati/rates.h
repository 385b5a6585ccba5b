// Exchange rates from a file, and amounts converted with the rate of a day.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/calendar.h"

namespace stocktake::iati {

// nearest: the rate of the day closest to the value date, the earlier of two equally close. previous: the last one on or before
// it; none when the file begins later.
enum class RateRule : std::uint8_t { nearest, previous };

class Rates {
 public:
  // CSV with the columns date, rate and currency in any order and case, others are ignored. A rate is units of the currency for
  // one unit of `base` (IMF and Federal Reserve tables: the US dollar); the base itself needs no rows. Throws Error(input |
  // not_found) with file and line: a rate that is not above 0, two different rates of a currency for a day.
  static Rates load(const std::string& path, RateRule rule, std::string base = "USD");

  struct Rate {
    double value = 1;
    Date day;           // of the table; `on` for the base itself
    long days_off = 0;  // between the two
  };
  // The base, or a currency with at least one rate.
  bool has(std::string_view currency) const { return currency == base_ || rates_.contains(currency); }
  std::optional<Rate> of(std::string_view currency, Date on) const;
  struct Converted {
    double amount = 0;
    Rate from, to;
  };
  // amount / rate(from) * rate(to); nothing when a rate is missing. The same currency stays as it is, without rates.
  std::optional<Converted> convert(double amount, std::string_view from, std::string_view to, Date on) const;

 private:
  RateRule rule_ = RateRule::nearest;
  std::string base_ = "USD";
  std::map<std::string, std::vector<std::pair<long, double>>, std::less<>> rates_;  // days since 1970, ascending
};

}  // namespace stocktake::iati
