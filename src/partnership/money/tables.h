// The answers on money as tables. Names of columns are stable; brief leaves out what a reader of a terminal does not need.
#pragma once

#include "base/language.h"
#include "base/table.h"
#include "partnership/money/flows.h"
#include "partnership/money/groups.h"
#include "partnership/money/prices.h"
#include "partnership/money/standing.h"

namespace stocktake {

// Money of a year in the prices and the currency that were asked for.
struct MoneyView {
  bool constant = false, national = false;
  int base = 0;                       // of constant prices
  const PriceBook* prices = nullptr;  // needed for either
  // Millions of current US dollars of the donor's year, converted; NaN where a deflator or a rate is missing.
  double of(std::string_view area, int year, double usd) const;
  // "USD million, current prices", "national currency, million, constant 2022 prices"
  std::string unit() const;
};

Table shares_table(const OdaBook& book, const std::vector<DonorShare>& shares, const MoneyView& view, Language language,
                   bool brief);
Table gaps_table(const OdaBook& book, const std::vector<DonorGap>& gaps, const MoneyView& view, Language language, bool brief);
Table path_table(const OdaBook& book, const OdaPath& path, bool brief);
Table groups_table(const std::vector<GroupTotal>& totals, bool brief);
Table match_table(const std::vector<GroupMatch>& rates);
Table flows_table(const std::vector<FlowFigure>& flows, bool brief);
// What a reader must know beside the figures: sources, breaks, preliminary years. Lines end with a newline.
std::string share_notes(const OdaBook& book, const std::vector<DonorShare>& shares);
std::string gap_notes(const OdaBook& book, const std::vector<DonorGap>& gaps, const OdaPromise* promise);

}  // namespace stocktake
