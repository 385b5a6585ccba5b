// How much one year of delay is: what one more year of waiting adds to the pace that is needed from then on, and, of money, what
// an even schedule would have delivered in that year. Formulas and worked examples: docs/commitments.md, "One year of delay".
//
//   by figures   needed = |target - latest| / n,  after a year = |target - latest| / (n - 1),  added = |target - latest| / (n (n
//   - 1))
//                n = year of the due date - year of the latest figure; without a pace after that year where n <= 1
//   of money     a year = promised / T,           T = days from the day of the promise to the due date / 365.2425
//                needed = gap / left,             left = days from the day to the due date / 365.2425
//                after a year = gap / (left - 1); none where left <= 1
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.h"
#include "partnership/views/account.h"

namespace stocktake {

enum class DelayState : std::uint8_t {
  counted,      // a pace now, and a higher one after a year
  last_chance,  // a pace now, none after a year: the due date would be past
  past,         // the due date is past: every year leaves the whole gap open
  kept,         // nothing is missing
  open_end,     // no due date: no pace is needed by a day
  no_figures,   // neither figures with a number to reach nor an amount
};
std::string_view to_string(DelayState state);

struct Delay {
  const CommitmentAccount* account = nullptr;  // into Accounts
  DelayState state = DelayState::no_figures;
  bool money = false;
  std::string unit;             // of the figures, or of the money
  double missing = no_figure;   // to the target, or of the amount
  double years = no_figure;     // n, or left
  double needed = no_figure;    // a year from now on
  double after = no_figure;     // a year, after one more year without progress
  double added = no_figure;     // after - needed
  double observed = no_figure;  // present pace of the figures towards the target, a year (Facts::observed_linear); negative: away
  double acceleration = no_figure, acceleration_after = no_figure;  // needed / observed; NaN without a pace towards the target
  double undelivered = no_figure;  // money: what an even schedule delivers in a year, at most the gap
};
// In the order of the accounts.
std::vector<Delay> delays_of(const Accounts& accounts);

Table to_table(const std::vector<Delay>& delays);

}  // namespace stocktake
