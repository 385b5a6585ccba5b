#include "partnership/views/account.h"

#include <algorithm>
#include <cmath>

namespace stocktake {
namespace {

bool there_on(const Commitment& commitment, Date at) {
  if (commitment.made) return *commitment.made <= at;
  const auto first = std::find_if(commitment.history.begin(), commitment.history.end(),
                                  [](const StatusChange& change) { return !change.struck; });
  return first == commitment.history.end() || first->on <= at;
}

std::optional<double> by_series(const Delivery& delivery, const Measure& measure) {
  if (delivery.state != DeliveryState::kept && delivery.state != DeliveryState::not_yet &&
      delivery.state != DeliveryState::broken) {
    return std::nullopt;
  }
  if (delivery.state == DeliveryState::kept) return 1;
  const Facts& facts = delivery.facts;
  const bool level = measure.rule && (measure.rule->type == RuleType::reach || measure.rule->type == RuleType::universal);
  double share = no_figure;
  if (level && facts.target > 0 && facts.latest <= facts.target) {
    share = facts.latest / facts.target;
  } else if (facts.target != facts.base) {
    share = (facts.latest - facts.base) / (facts.target - facts.base);
  }
  if (!std::isfinite(share)) return std::nullopt;
  return std::clamp(share, 0.0, 1.0);
}

std::optional<double> fulfilment(const CommitmentAccount& row) {
  if (row.status == CommitmentStatus::delivered && !row.money) return 1;
  if (row.money) {
    if (row.money->promised > 0) return row.money->delivered / row.money->promised;
    return row.status == CommitmentStatus::delivered ? std::optional<double>(1) : std::nullopt;
  }
  if (const auto share = by_series(row.delivery, row.commitment->measure)) return share;
  const bool measured = row.delivery.state != DeliveryState::not_measured;
  if (row.status == CommitmentStatus::withdrawn || (row.overdue() && !measured)) return 0;
  return std::nullopt;
}

}  // namespace

MoneyStages stages_of(const MoneyTold& money) {
  MoneyStages stages;
  stages.promised = money.promised.value_or(0);
  const double delivered = money.delivered ? *money.delivered : money.disbursed.value_or(0);
  const double disbursed = std::max(money.disbursed.value_or(0), delivered);
  const double committed = std::max(money.committed.value_or(0), disbursed);
  stages.committed = std::min(committed, stages.promised);
  stages.disbursed = std::min(disbursed, stages.promised);
  stages.delivered = std::min(delivered, stages.promised);
  stages.beyond = std::max(0.0, delivered - stages.promised);
  return stages;
}

std::string money_unit(const Measure& measure) {
  if (measure.price_base.empty()) return measure.currency;
  return measure.currency + ", " + measure.price_base;
}

Accounts take_account(const Register& all, Date at, const Store* store, const DeliveryContext& context) {
  Accounts accounts;
  accounts.at = at;
  for (const Commitment& commitment : all.commitments()) {
    if (!there_on(commitment, at)) {
      ++accounts.later;
      continue;
    }
    CommitmentAccount row;
    row.commitment = &commitment;
    row.status = commitment.status_on(at);
    if (row.status == CommitmentStatus::proposed) {
      ++accounts.proposed;
      continue;
    }
    row.late = days_late(commitment, at);
    row.delivered_on = delivered_on(commitment, at);
    row.delivery = deliver(commitment, store, at, context);
    if (row.delivery.money.promised) row.money = stages_of(row.delivery.money);
    row.fulfilled = fulfilment(row);
    accounts.rows.push_back(std::move(row));
  }
  return accounts;
}

}  // namespace stocktake
