// Constant prices and currencies: by hand, on the OECD's own deflators of two vintages, and against figures in other prices.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "ingest/dac_codes.h"
#include "partnership/money/prices.h"
#include "partnership/money/tables.h"
#include "partnership/oda_sample.h"
#include "shared_data.h"

namespace stocktake::testing {
namespace {

using OdaPrices = OdaStore;

TEST_F(OdaPrices, ByHand) {
  import(
      "year,donor_code,donor,iso3,lcu_per_usd,dac_deflator,gdp_deflator,exchange_deflator\n"
      "2013,12,United Kingdom,GBR,0.64,80,,\n2022,12,United "
      "Kingdom,GBR,0.80,100,,\n2013,4,France,FRA,,0,,\n2022,4,France,FRA,0.95,100,,\n");
  const PriceBook prices = load_price_book(store_);
  EXPECT_EQ(prices.base_year, 2022);
  EXPECT_DOUBLE_EQ(to_constant(prices, "GBR", 2013, 1000, 2022), 1250);
  EXPECT_DOUBLE_EQ(to_constant(prices, "GBR", 2022, 1000, 2013), 800);  // any base
  EXPECT_DOUBLE_EQ(to_current(prices, "GBR", 2013, 1250, 2022), 1000);
  EXPECT_DOUBLE_EQ(to_national(prices, "GBR", 2013, 1000), 640);
  EXPECT_DOUBLE_EQ(to_constant(prices, "GBR", 2013, -10, 2022), -12.5);
  EXPECT_TRUE(std::isnan(to_constant(prices, "FRA", 2013, 1000, 2022)));  // a deflator of 0
  EXPECT_TRUE(std::isnan(to_constant(prices, "GBR", 2014, 1000, 2022)));
  EXPECT_TRUE(std::isnan(to_constant(prices, "DEU", 2013, 1000, 2022)));
  EXPECT_TRUE(std::isnan(to_national(prices, "FRA", 2013, 1)));
  const MoneyView view{2022, true, &prices};
  EXPECT_DOUBLE_EQ(view.of("GBR", 2013, 1250), 1000);  // dollars of 2022 at 0.80
  EXPECT_EQ(MoneyView{}.unit(), "USD million, current prices");
  EXPECT_EQ(view.unit(), "national currency million, constant 2022 prices");
}

TEST_F(OdaPrices, NoBaseYearWithoutAYearOfHundreds) {
  import("iso_code,year,exchange,deflator\nGBR,2013,0.64,80\nGBR,2014,0.64,90\n");
  EXPECT_EQ(load_price_book(store_).base_year, 0);
  EXPECT_TRUE(load_price_book(Store::create(folder_.path("other.duckdb"))).empty());
}

TEST_F(OdaPrices, FaultsOfAFileNameTheLine) {
  for (const char* text : {"year,iso3,dac_deflator\nx,GBR,1\n", "year,iso3,dac_deflator\n2013,??,1\n",
                           "year,iso3,dac_deflator\n2013,GBR,x\n", "year,iso3,dac_deflator\n2013,GBR\n"}) {
    try {
      read_price_book(folder_.write("d.csv", text), *areas_);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.where().line, 2U) << text;
    }
  }
  EXPECT_THROW(read_price_book(folder_.write("d.csv", "a,b\n"), *areas_), Error);
  EXPECT_THROW(read_price_book(folder_.path("none.csv"), *areas_), Error);
}

class OdaRealPrices : public SharedData {
 protected:
  const AreaRegistry areas_ = AreaRegistry::load(reference_folder);
  const PriceBook older_ = std::filesystem::exists(shared_data("oda"))
                               ? read_price_book(shared_data("oda/dac_deflators_exchange_2024-03.csv"), areas_)
                               : PriceBook{};
  const PriceBook newer_ = std::filesystem::exists(shared_data("oda"))
                               ? read_price_book(shared_data("oda/dac_deflators_exchange_2025-03.csv"), areas_)
                               : PriceBook{};
};

TEST_F(OdaRealPrices, BaseYearsAreFound) {
  EXPECT_EQ(older_.base_year, 2021);
  EXPECT_EQ(newer_.base_year, 2022);
}

// The formula of the header, on every row of the OECD's table that has the three deflators.
TEST_F(OdaRealPrices, DeflatorIsPricesOverExchange) {
  const SmallCsv csv = read_small_csv(shared_data("oda/dac_deflators_exchange_2025-03.csv"),
                                      {"donor_code", "year", "dac_deflator", "gdp_deflator", "exchange_deflator"});
  int rows = 0, close = 0;
  for (const auto& row : csv.rows) {
    if (row[2].empty() || row[3].empty() || row[4].empty()) continue;
    ++rows;
    if (std::abs(std::stod(row[2]) / (100 * std::stod(row[3]) / std::stod(row[4])) - 1) < 1e-3) ++close;
  }
  EXPECT_EQ(rows, 2419);
  EXPECT_EQ(close, 2419);
}

// Two vintages of deflators put the same year's money into the same base year nearly alike; revisions are a few per cent.
TEST_F(OdaRealPrices, TwoVintagesAgreeUpToRevisions) {
  int compared = 0, within = 0;
  for (const std::string& area : older_.areas) {
    for (int year = 2000; year <= 2022; ++year) {
      const double a = to_constant(older_, area, year, 100, 2022), b = to_constant(newer_, area, year, 100, 2022);
      if (std::isnan(a) || std::isnan(b)) continue;
      ++compared;
      if (std::abs(a / b - 1) < 0.03) ++within;
      EXPECT_LT(std::abs(a / b - 1), 0.15) << area << " " << year;
    }
  }
  EXPECT_GE(compared, 800);
  EXPECT_GE(within * 100, compared * 90);
}

// The United Kingdom's aid in two publications: pounds of 2021 (oda_data) and dollars of 2025 (ONE). Taken from the first to
// current dollars by the older deflators and from there to dollars of 2022 by the newer, the years must stand to each other as in
// the second: whatever the base, constant prices differ by one factor.
TEST_F(OdaRealPrices, PoundsOf2021AndDollarsOf2025TellTheSameVolumes) {
  std::map<int, double> pounds, dollars;
  for (const auto& row : read_small_csv(shared_data("oda/extracts/uk_dac1.csv"), {"year", "indicator", "value"}).rows) {
    const int year = std::stoi(row[0]);
    if (row[1] == (year < 2018 ? "total_oda_flow_net" : "total_oda_ge")) pounds[year] = std::stod(row[2]);
  }
  for (const auto& row :
       read_small_csv(shared_data("oda/oda_and_gni_share_2000_2025.csv"), {"name", "year", "ODA (left-axis)"}).rows) {
    if (row[0] == "United Kingdom") dollars[std::stoi(row[1])] = std::stod(row[2]);
  }
  ASSERT_EQ(pounds.size(), 10U);
  double least = 1e9, most = 0;
  for (const auto& [year, amount] : pounds) {
    const double of_2021 = amount / older_.exchange_at("GBR", 2021);
    const double current = to_current(older_, "GBR", year, of_2021, 2021);
    const double of_2022 = to_constant(newer_, "GBR", year, current, 2022);
    least = std::min(least, dollars.at(year) / of_2022);
    most = std::max(most, dollars.at(year) / of_2022);
  }
  EXPECT_LT(most / least, 1.02) << least << " " << most;
  // In the base year of either, constant and current prices are the same.
  EXPECT_DOUBLE_EQ(to_current(older_, "GBR", 2021, 100, 2021), 100);
  EXPECT_DOUBLE_EQ(to_constant(newer_, "GBR", 2022, 100, 2022), 100);
}

}  // namespace
}  // namespace stocktake::testing
