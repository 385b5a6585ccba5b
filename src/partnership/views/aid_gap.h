// The first of the five gaps in money: what each donor's aid is short of 0.7 per cent of its income, in the last year whose
// figures are complete on the day. The figures are those of `stocktake oda gap`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "framework/areas.h"
#include "partnership/money/standing.h"
#include "store/store.h"

namespace stocktake {

struct AidGapRow {
  LocalText name;
  std::string area;
  bool group = false;
  DonorGap gap;  // millions of US dollars in the prices of AidGap
};
struct AidGap {
  OdaPromise promise;
  int year = 0;
  OdaBasis basis = OdaBasis::net_flow;
  std::vector<AidGapRow> rows;  // as donor_gaps() orders them: the largest gap in money first, groups last
  std::optional<int> constant;  // money is in constant prices of that year; none: current prices
  int kept = 0, known = 0;      // countries that kept it, of those with a share
};

// Money is in current prices; where no donor's is published in these, in the latest constant ones that are. None where the store
// has no shares of aid by that day.
std::optional<AidGap> aid_gap(const Store& store, const AreaRegistry& areas, const std::string& reference, Date at);

}  // namespace stocktake
