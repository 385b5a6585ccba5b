// What was delivered of a commitment, as the store's figures and the register's amounts show it on a day.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assess/assessment.h"
#include "base/calendar.h"
#include "framework/areas.h"
#include "framework/binding.h"
#include "partnership/register/commitment.h"
#include "partnership/register/milestones.h"
#include "partnership/register/register.h"
#include "store/store.h"

namespace stocktake {

enum class DeliveryState : std::uint8_t {
  not_measured,  // the commitment has neither a series nor an amount
  no_rule,       // a series without a rule that has a number: figures are shown, not judged
  no_figures,    // the store has none by that day
  kept,          // the rule holds for the latest figure; or the amount was delivered in full
  not_yet,       // it does not hold, and the due date is not past (or there is none)
  broken,        // it does not hold, and the due date is past
};
std::string_view to_string(DeliveryState state);

struct Delivery {
  DeliveryState state = DeliveryState::not_measured;
  // Of the measure's series; year 0 and NaN where there is none.
  std::string series, area, unit;
  Facts facts;  // of the rule; base, latest, target, needed paces
  double at_due =
      no_figure;  // the figure of the last complete year that ends on or before the due date; NaN before, and without it
  int at_due_year = 0;
  bool kept_at_due = false;
  double gap = no_figure;  // what is missing to the target, in the series' unit, >= 0; 0 when met
  // Money.
  MoneyTold money;
  std::optional<double> money_gap;            // promised less the furthest amount told (delivered, else disbursed), >= 0
  std::optional<double> money_share;          // that amount / promised; empty for a promise of 0
  std::vector<MilestoneStanding> milestones;  // one a milestone of the commitment
  std::string note;                           // why there is no judgement, in words; "" otherwise
};

// What the measuring needs besides the store. Bindings tell which series feeds an indicator ("mdg:8.2").
struct DeliveryContext {
  const AreaRegistry* areas = nullptr;                 // to read the actor's id as an area; may be null: taken as it stands
  const std::vector<Framework>* frameworks = nullptr;  // for indicators and their directions; may be null
  const std::vector<Binding>* bindings = nullptr;
};

// By the figures that were known for the years complete on `day`. `store` may be null: only money is told then.
Delivery deliver(const Commitment& commitment, const Store* store, Date day, const DeliveryContext& context);

}  // namespace stocktake
