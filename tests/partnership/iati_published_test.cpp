// Against what others make of the same files: the flattening of iati-flattener, and counts of UNHCR's file.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/files.h"
#include "partnership/iati/flatten.h"
#include "shared_data.h"

namespace stocktake::iati {
namespace {

using nlohmann::json;
using IatiPublished = testing::SharedData;

std::string iati(const std::string& name) { return testing::shared_data("iati/" + name); }
json expected(const std::string& name) { return json::parse(read_file(iati("expected/" + name))); }

const Rates& rates() {
  static const Rates loaded = Rates::load(iati("expected/rates.csv"), RateRule::nearest);
  return loaded;
}

struct Row {
  std::string kind, date, country, sector, value_date, rate_date;
  double value = 0, country_share = 0, sector_share = 0, amount = 0, usd = 0, rate = 0;
};

std::vector<Row> rows_of(const std::string& publisher) {
  std::vector<Row> rows;
  flatten(*ByteSource::open(iati("publishers/" + publisher + ".xml")), {"USD", &rates(), 0}, [&](Table&& table) {
    std::map<std::string, std::size_t> at;
    for (std::size_t i = 0; i < table.columns().size(); ++i) at[table.columns()[i].name] = i;
    const auto text = [&](const char* name, std::size_t row) {
      return std::get<Table::Texts>(table.columns()[at.at(name)].cells)[row];
    };
    const auto number = [&](const char* name, std::size_t row) {
      return std::get<Table::Numbers>(table.columns()[at.at(name)].cells)[row];
    };
    for (std::size_t r = 0; r < table.rows(); ++r) {
      rows.push_back({text("kind", r), text("date", r), text("country", r), text("sector", r), text("value_date", r),
                      text("rate_date", r), number("value", r), number("country_share", r), number("sector_share", r),
                      number("amount", r), number("amount_USD", r), number("rate", r)});
    }
  });
  return rows;
}

// Their artefact of a publisher holds one transaction, whole and as its first part by country and sector.
TEST_F(IatiPublished, TransactionsAreFlattenedAlike) {
  for (const std::string publisher : {"fcdo", "canada", "usaid"}) {
    const json flat = expected(publisher + "-transaction-flat.json"), whole = expected(publisher + "-transaction.json");
    const std::vector<Row> rows = rows_of(publisher);
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& r) {
      return r.kind != "budget" && r.date == flat["transaction_date"] && r.country == flat["country_code"] &&
             r.sector == flat["sector_code"] && r.value == whole["value_original"];
    });
    ASSERT_NE(found, rows.end()) << publisher;
    EXPECT_DOUBLE_EQ(found->amount, flat["value_original"]) << publisher;
    EXPECT_NEAR(found->usd, flat["value_usd"], 1e-9 * static_cast<double>(flat["value_usd"])) << publisher;
    EXPECT_EQ(found->value_date, flat["value_date"]);
    EXPECT_EQ(found->rate_date, flat["exchange_rate_date"]);
    EXPECT_DOUBLE_EQ(found->rate, flat["exchange_rate"]);
    for (const json& country : whole["countries"]) {
      EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const Row& r) {
        return r.country == country["code"] && std::abs(r.country_share - static_cast<double>(country["percentage"])) < 1e-9;
      }));
    }
    for (const json& sector : whole["sectors"]) {
      EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const Row& r) {
        return r.sector == sector["code"] && std::abs(r.sector_share - static_cast<double>(sector["percentage"])) < 1e-9;
      }));
    }
  }
}

// The totals of budgets agree. By year they need not: iati-flattener gives each calendar year of a budget an equal part and
// splits that into the quarters it touches; we go by days.
TEST_F(IatiPublished, BudgetTotalsAgree) {
  for (const std::string publisher : {"fcdo", "canada"}) {
    double theirs = 0, theirs_usd = 0;
    const json budgets = expected(publisher + "-budget.json");
    ASSERT_FALSE(budgets["budgets"].empty());
    for (const json& quarter : budgets["budgets"]) {
      theirs += static_cast<double>(quarter["value_original"]);
      theirs_usd += static_cast<double>(quarter["value_usd"]);
    }
    double ours = 0;
    for (const Row& row : rows_of(publisher)) ours += row.kind == "budget" ? row.amount : 0;
    EXPECT_NEAR(ours, theirs, 1e-6) << publisher;
    SumOptions options;
    options.currency = "USD";
    options.rates = &rates();
    Sums sums(options);
    sums.add(*ByteSource::open(iati("publishers/" + publisher + ".xml")));
    const SumResult result = sums.finish();
    EXPECT_NEAR(std::get<Table::Numbers>(result.table.columns()[1].cells).at(0), theirs_usd, 1e-6 * theirs_usd) << publisher;
  }
  EXPECT_TRUE(expected("usaid-budget-flat.json").empty());
  for (const Row& row : rows_of("usaid")) EXPECT_NE(row.kind, "budget");
}

// README_inputs.md counts 134 activities, 2,678 transactions in 15 currencies and 416 budgets.
TEST_F(IatiPublished, UnhcrIsCountedWhole) {
  SumOptions options;
  options.by = {Dimension::currency, Dimension::hierarchy};
  Sums sums(options);
  sums.add(*ByteSource::open(iati("publishers/unhcr-2023.xml.gz")));
  const SumResult result = sums.finish();
  EXPECT_EQ(result.activities, 134U);
  EXPECT_EQ(result.flows + 47, 2678U + 416U);  // 47 original budgets have revised ones
  EXPECT_EQ(result.rejected, 0U);
  EXPECT_TRUE(result.faults.empty());
  std::set<std::string> currencies;
  const auto& names = std::get<Table::Texts>(result.table.columns()[1].cells);
  currencies.insert(names.begin(), names.end());
  EXPECT_EQ(currencies.size(), 15U);
}

TEST_F(IatiPublished, OldVersionsAreRead) {
  const std::vector<std::tuple<const char*, std::uint64_t, std::uint64_t>> files = {{"CD.xml", 205, 815},
                                                                                    {"complex_example_dfid.xml", 57, 358},
                                                                                    {"transaction_ref.xml", 1, 2},
                                                                                    {"repeated_participation.xml", 49, 49}};
  for (const auto& [name, activities, transactions] : files) {
    std::uint64_t found = 0;
    const FlattenResult result = flatten(*ByteSource::open(iati("old_1.x/") + name), {}, [&](Table&& table) {
      // Rows of one flow share its line; flows of one line, as in other files, are not told apart here.
      const auto& kinds = std::get<Table::Texts>(table.columns()[3].cells);
      const auto& lines = std::get<Table::Integers>(table.columns()[2].cells);
      for (std::size_t i = 0; i < kinds.size(); ++i) found += kinds[i] != "budget" && (i == 0 || lines[i] != lines[i - 1]);
    });
    EXPECT_EQ(result.activities, activities) << name;
    EXPECT_EQ(found, transactions) << name;
    EXPECT_TRUE(result.faults.empty()) << name;
  }
}

}  // namespace
}  // namespace stocktake::iati
