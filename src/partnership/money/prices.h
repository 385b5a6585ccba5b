// Prices and currencies: current US dollars to constant ones by the DAC deflator, dollars to national currency by the exchange
// rate. The DAC deflator holds both the change of prices and that of the exchange rate:
//
//   constant USD of base b = current USD x D(b) / D(year),   D = 100 x GDP deflator / E, E = 100 x rate(year) / rate(base)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "framework/areas.h"
#include "store/store.h"

namespace stocktake {

// Deflators and exchange rates of donors, years x areas; NaN: none.
struct PriceBook {
  std::string source;  // series or file
  int base_year = 0;   // in which most deflators are 100; 0: no such year
  int first_year = 0, last_year = -1;
  std::vector<std::string> areas;  // sorted
  std::vector<double> deflator;    // [area][year]
  std::vector<double> exchange;    // national currency per US dollar

  double deflator_at(std::string_view area, int year) const;  // NaN: none
  double exchange_at(std::string_view area, int year) const;
  bool empty() const { return areas.empty(); }
};

// From the store's series DAC_DEFLATOR and DAC_EXCHANGE_RATE (`stocktake import` of a deflator table makes them).
PriceBook load_price_book(const Store& store, const std::optional<Date>& as_of = {});
// From a CSV as pydeflate and others keep it: year, iso3 or iso_code or donor_code, dac_deflator or deflator, lcu_per_usd or
// exchange. Throws Error(not_found | input).
PriceBook read_price_book(const std::string& path, const AreaRegistry& areas);

// Millions of current dollars of a year in dollars of the base year; NaN without the deflators, or where one is not positive.
double to_constant(const PriceBook& prices, std::string_view area, int year, double current, int base);
double to_current(const PriceBook& prices, std::string_view area, int year, double constant, int base);
// How prices are named everywhere: "current prices", "constant 2022 prices".
std::string price_text(std::optional<int> constant);

// National currency: current by the year's rate; constant by the base year's rate.
double to_national(const PriceBook& prices, std::string_view area, int year, double usd);

}  // namespace stocktake
