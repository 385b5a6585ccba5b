#include "partnership/views/delay.h"

#include <algorithm>
#include <cmath>

#include "base/table_rows.h"

namespace stocktake {
namespace {

constexpr double days_a_year = 365.2425;

void spread(Delay& delay) {
  delay.needed = delay.missing / delay.years;
  delay.state = DelayState::last_chance;
  if (delay.years <= 1) return;
  delay.after = delay.missing / (delay.years - 1);
  delay.added = delay.after - delay.needed;
  delay.state = DelayState::counted;
}

void of_money(Delay& delay, Date at) {
  const CommitmentAccount& row = *delay.account;
  const Commitment& commitment = *row.commitment;
  delay.money = true;
  delay.unit = money_unit(commitment.measure);
  delay.missing = row.money->gap();
  if (delay.missing <= 0 || row.status == CommitmentStatus::delivered) {
    delay.missing = std::max(0.0, delay.missing);
    delay.state = DelayState::kept;
    return;
  }
  if (commitment.made && commitment.due && *commitment.made < *commitment.due) {
    const double whole = static_cast<double>(days_between(*commitment.made, *commitment.due)) / days_a_year;
    // A promise of less than a year is undelivered in full when that year is lost.
    delay.undelivered = std::min(delay.missing, row.money->promised / std::max(whole, 1.0));
  }
  if (!commitment.due) {
    delay.state = DelayState::open_end;
    return;
  }
  delay.years = static_cast<double>(days_between(at, *commitment.due)) / days_a_year;
  if (delay.years <= 0) {
    delay.years = no_figure;
    delay.state = DelayState::past;
    return;
  }
  spread(delay);
}

void of_figures(Delay& delay) {
  const Delivery& delivery = delay.account->delivery;
  const Facts& facts = delivery.facts;
  delay.unit = delivery.unit;
  if (delivery.state == DeliveryState::kept) {
    delay.missing = 0;
    delay.state = DelayState::kept;
    return;
  }
  const bool judged = delivery.state == DeliveryState::not_yet || delivery.state == DeliveryState::broken;
  if (!judged || !std::isfinite(delivery.gap)) return;
  delay.missing = delivery.gap;
  const double towards = facts.target >= facts.latest ? 1 : -1;
  if (std::isfinite(facts.observed_linear)) delay.observed = towards * facts.observed_linear;
  const Measure& measure = delay.account->commitment->measure;
  const auto due = measure.rule && measure.rule->deadline ? measure.rule->deadline : delay.account->commitment->due;
  if (!due) {
    delay.state = DelayState::open_end;
    return;
  }
  if (delay.account->overdue() || delivery.state == DeliveryState::broken || due->year <= facts.latest_year) {
    delay.state = DelayState::past;
    return;
  }
  delay.years = due->year - facts.latest_year;
  spread(delay);
  if (delay.observed > 0) {
    delay.acceleration = delay.needed / delay.observed;
    delay.acceleration_after = delay.after / delay.observed;
  }
}

}  // namespace

std::string_view to_string(DelayState state) {
  switch (state) {
    case DelayState::counted: return "counted";
    case DelayState::last_chance: return "last_chance";
    case DelayState::past: return "past";
    case DelayState::kept: return "kept";
    case DelayState::open_end: return "open_end";
    case DelayState::no_figures: return "no_figures";
  }
  return "";
}

std::vector<Delay> delays_of(const Accounts& accounts) {
  std::vector<Delay> delays;
  for (const CommitmentAccount& row : accounts.rows) {
    if (row.status == CommitmentStatus::withdrawn) continue;
    Delay delay;
    delay.account = &row;
    if (row.money) {
      of_money(delay, accounts.at);
    } else {
      of_figures(delay);
    }
    delays.push_back(std::move(delay));
  }
  return delays;
}

Table to_table(const std::vector<Delay>& delays) {
  TableRows rows(delays);
  rows.texts("commitment", [](const Delay& one) { return one.account->commitment->id; });
  rows.texts("actor", [](const Delay& one) { return one.account->commitment->actor.name; });
  rows.texts("state", [](const Delay& one) { return to_string(one.state); });
  rows.texts("unit", [](const Delay& one) { return one.unit; });
  rows.numbers("missing", 2, [](const Delay& one) { return one.missing; });
  rows.numbers("years_left", 2, [](const Delay& one) { return one.years; });
  rows.numbers("needed_a_year", 4, [](const Delay& one) { return one.needed; });
  rows.numbers("after_one_year", 4, [](const Delay& one) { return one.after; });
  rows.numbers("added", 4, [](const Delay& one) { return one.added; });
  rows.numbers("observed_a_year", 4, [](const Delay& one) { return one.observed; });
  rows.numbers("acceleration", 2, [](const Delay& one) { return one.acceleration; });
  rows.numbers("acceleration_after", 2, [](const Delay& one) { return one.acceleration_after; });
  rows.numbers("undelivered_a_year", 2, [](const Delay& one) { return one.undelivered; });
  return std::move(rows).table();
}

}  // namespace stocktake
