// A file in which all that differs between publishers is mixed at random, and its sums by an independent program (lxml, exact
// fractions: tests/golden/iati_sums.py).
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "base/files.h"
#include "base/text.h"
#include "partnership/iati/sums.h"

namespace stocktake::iati {
namespace {

TEST(IatiVaried, SumsAreThoseOfAnIndependentProgram) {
  const std::string golden = std::string(STOCKTAKE_SOURCE_DIR) + "/tests/golden/iati_varied";
  SumOptions options;
  options.by = {Dimension::goal, Dimension::country, Dimension::year};
  Sums sums(std::move(options));
  sums.add(*ByteSource::open(golden + ".xml", false));
  const SumResult result = sums.finish();
  using Key = std::vector<std::string>;  // goal, country, year, currency, column
  std::map<Key, double> ours;
  for (std::size_t row = 0; row < result.table.rows(); ++row) {
    Key key;
    for (const auto& column : result.table.columns()) {
      if (const auto* texts = std::get_if<Table::Texts>(&column.cells)) {
        key.push_back((*texts)[row]);
        continue;
      }
      const double value = std::get<Table::Numbers>(column.cells)[row];
      if (column.name == "spent") continue;
      Key full = key;
      full.push_back(column.name);
      if (value != 0) ours[full] = value;
    }
  }
  const SmallCsv expected = read_small_csv(golden + ".csv", {"goal", "country", "year", "currency", "column", "sum"});
  ASSERT_GT(expected.rows.size(), 90U);
  for (const auto& row : expected.rows) {
    const Key key(row.begin(), row.end() - 1);
    const double value = parse_finite(row.back()).value();
    EXPECT_NEAR(ours[key], value, 1e-9 * std::max(1.0, std::abs(value)))
        << row[0] << " " << row[1] << " " << row[2] << " " << row[4];
    ours.erase(key);
  }
  for (const auto& [key, value] : ours) EXPECT_NEAR(value, 0, 1e-9) << key[0] << " " << key[1] << " " << key[2] << " " << key[4];
  EXPECT_GT(result.rejected, 10U);  // values as "1e3" and activities without a currency
}

}  // namespace
}  // namespace stocktake::iati
