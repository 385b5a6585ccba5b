// Where money that was promised got lost on its way: promise, committed, disbursed, delivered, and the gap that is left. One
// waterfall a unit of money. Rule: docs/commitments.md, "Gap waterfall".
#pragma once

#include <string>
#include <vector>

#include "base/table.h"
#include "partnership/views/account.h"

namespace stocktake {

struct Waterfall {
  std::string unit;  // money_unit()
  int commitments = 0;
  MoneyStages stages;    // sums over the commitments
  double withdrawn = 0;  // of the gap: of commitments that were withdrawn
  double overdue = 0;    // of the gap: of commitments past their due date
};

struct WaterfallOptions {
  std::string actor, goal;  // only these: a party's id or name, a goal or target "mdg:8.B" (a goal contains its targets); "" all
};
// By unit.
std::vector<Waterfall> waterfalls(const Accounts& accounts, const WaterfallOptions& options = {});
// Whether a commitment is one of the options'.
bool is_meant(const Commitment& commitment, const WaterfallOptions& options);

// The five bars: "promised", "committed", "disbursed", "delivered", "gap"; where each begins and ends, and what was lost on the
// way to it.
struct WaterfallBar {
  const char* stage = "";
  double from = 0, to = 0;  // 0 to the amount; the gap hangs from the promise: delivered to promised
  double lost = 0;          // the stage before less this one; 0 for the first, and for the gap
};
std::vector<WaterfallBar> bars_of(const Waterfall& waterfall);

Table to_table(const std::vector<Waterfall>& all);
// Bars of text, at most `width` columns.
std::string to_text(const std::vector<Waterfall>& all, std::size_t width, bool ascii);

}  // namespace stocktake
