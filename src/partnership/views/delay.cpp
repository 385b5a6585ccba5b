#include "partnership/views/delay.h"

#include <algorithm>
#include <cmath>

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
  Table table;
  auto& id = table.add_texts("commitment");
  auto& actor = table.add_texts("actor");
  auto& state = table.add_texts("state");
  auto& unit = table.add_texts("unit");
  auto& missing = table.add_numbers("missing", 2);
  auto& years = table.add_numbers("years_left", 2);
  auto& needed = table.add_numbers("needed_a_year", 4);
  auto& after = table.add_numbers("after_one_year", 4);
  auto& added = table.add_numbers("added", 4);
  auto& observed = table.add_numbers("observed_a_year", 4);
  auto& acceleration = table.add_numbers("acceleration", 2);
  auto& acceleration_after = table.add_numbers("acceleration_after", 2);
  auto& undelivered = table.add_numbers("undelivered_a_year", 2);
  for (const Delay& delay : delays) {
    id.push_back(delay.account->commitment->id);
    actor.push_back(delay.account->commitment->actor.name);
    state.emplace_back(to_string(delay.state));
    unit.push_back(delay.unit);
    missing.push_back(delay.missing);
    years.push_back(delay.years);
    needed.push_back(delay.needed);
    after.push_back(delay.after);
    added.push_back(delay.added);
    observed.push_back(delay.observed);
    acceleration.push_back(delay.acceleration);
    acceleration_after.push_back(delay.acceleration_after);
    undelivered.push_back(delay.undelivered);
  }
  return table;
}

}  // namespace stocktake
