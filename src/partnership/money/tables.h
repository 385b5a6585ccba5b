// The answers on money as tables. Names of columns are stable; brief leaves out what a reader of a terminal does not need.
#pragma once

#include "base/language.h"
#include "base/table.h"
#include "partnership/money/flows.h"
#include "partnership/money/groups.h"
#include "partnership/money/prices.h"
#include "partnership/money/standing.h"

namespace stocktake {

// The prices of a book's money and the currency that was asked for.
struct MoneyView {
  std::optional<int> constant;  // base year, as OdaBook::constant
  bool national = false;
  const PriceBook* prices = nullptr;  // needed for national currency
  // Dollars of the donor's year in the currency: at the year's rate, or at the base year's of constant prices. NaN without a
  // rate.
  double of(std::string_view area, int year, double dollars) const;
  // "USD million, current prices", "national currency million, constant 2022 prices"
  std::string unit() const;
};

Table shares_table(const OdaBook& book, const std::vector<DonorShare>& shares, const MoneyView& view, Language language,
                   bool brief);
Table gaps_table(const OdaBook& book, const std::vector<DonorGap>& gaps, const MoneyView& view, Language language, bool brief);
Table path_table(const OdaBook& book, const OdaPath& path, const MoneyView& view, bool brief);
// A path's money is in prices of its base year where the book is in current ones.
std::optional<int> path_prices(const OdaPath& path, const MoneyView& view);
std::string path_unit(const OdaPath& path, const MoneyView& view);
Table groups_table(const std::vector<GroupTotal>& totals, bool brief);
Table match_table(const std::vector<GroupMatch>& rates);
Table flows_table(const std::vector<FlowFigure>& flows, bool brief);
// What a reader must know beside the figures: sources, breaks, preliminary years. Lines end with a newline.
std::string share_notes(const OdaBook& book, const std::vector<DonorShare>& shares);
std::string gap_notes(const OdaBook& book, const std::vector<DonorGap>& gaps, const OdaPromise* promise);
std::string path_notes(const OdaBook& book, const OdaPath& path, const MoneyView& view);

}  // namespace stocktake
