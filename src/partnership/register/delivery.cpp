#include "partnership/register/delivery.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "assess/core.h"
#include "assess/panel_edit.h"
#include "assess/promise.h"

namespace stocktake {
namespace {

constexpr double rounding = 1e-9;

// A series of the store that can measure a commitment, with its factor.
struct Feeding {
  std::string series, dimensions;
  double multiply = 1;
};

std::string dimensions_of(const Filter& filter) {
  Dimensions dimensions;
  for (const auto& [dimension, value] : filter) {
    if (value != "_T") dimensions.emplace_back(dimension, value);
  }
  return to_string(dimensions);
}

// What feeds "mdg:8.2", in the order of the bindings; a code without a framework is a series itself.
std::vector<Feeding> feeding(const std::string& indicator, const DeliveryContext& context) {
  std::vector<Feeding> found;
  const std::size_t colon = indicator.find(':');
  if (context.bindings == nullptr || colon == std::string::npos) return found;
  const std::string framework = indicator.substr(0, colon), code = indicator.substr(colon + 1);
  for (const Binding& binding : *context.bindings) {
    for (const SeriesBinding& entry : binding.series) {
      const auto codes = entry.indicators.find(framework);
      if (!entry.judged || codes == entry.indicators.end()) continue;
      if (std::find(codes->second.begin(), codes->second.end(), code) == codes->second.end()) continue;
      found.push_back({entry.series, dimensions_of(entry.filter), entry.multiply});
    }
  }
  return found;
}

const Indicator* indicator_of(const std::string& indicator, const DeliveryContext& context) {
  const std::size_t colon = indicator.find(':');
  if (context.frameworks == nullptr || colon == std::string::npos) return nullptr;
  for (const Framework& framework : *context.frameworks) {
    if (framework.id == indicator.substr(0, colon)) return framework.find_indicator(indicator.substr(colon + 1));
  }
  return nullptr;
}

std::string area_of(const Commitment& commitment, const DeliveryContext& context) {
  const std::string& named = commitment.measure.area.empty() ? commitment.actor.id : commitment.measure.area;
  if (context.areas != nullptr) {
    if (const auto id = context.areas->find(named)) return context.areas->at(*id).code;
  }
  return named;
}

// The panel of the first series that has figures for the area; the index of it, or none.
std::optional<std::uint32_t> find_series(const Store& store, const std::vector<Feeding>& feeds, const std::string& area,
                                         int until, Panel& panel) {
  for (const Feeding& feed : feeds) {
    PanelQuery query;
    query.series = {feed.series};
    query.areas = {area};
    query.last_year = until;
    panel = store.panel(query);
    for (std::uint32_t s = 0; s < panel.series.size(); ++s) {
      if (panel.series[s].dimensions != feed.dimensions || panel.begin[s] == panel.begin[s + 1]) continue;
      if (feed.multiply != 1) scale_in_place(panel, s, feed.multiply);
      return s;
    }
  }
  return std::nullopt;
}

std::vector<Feeding> feeds_of(const std::string& indicator, const std::string& series, const DeliveryContext& context) {
  if (!series.empty()) return {{series, "", 1}};
  return feeding(indicator, context);
}

// The gap value - factor x other over the years that both have, in a panel of its own.
Panel gap_of(const Panel& panel, std::uint32_t s, const Panel& other, std::uint32_t o, double factor) {
  std::vector<std::int16_t> years;
  std::vector<double> values;
  for (std::uint32_t i = panel.begin[s]; i < panel.begin[s + 1]; ++i) {
    const auto first = other.year.begin() + other.begin[o], last = other.year.begin() + other.begin[o + 1];
    const auto same = std::lower_bound(first, last, panel.year[i]);
    if (same == last || *same != panel.year[i]) continue;
    years.push_back(panel.year[i]);
    values.push_back(panel.value[i] - factor * other.value[static_cast<std::size_t>(same - other.year.begin())]);
  }
  Panel gap;
  gap.provenances.emplace_back();
  append_series(gap, {}, years, values, 0);
  return gap;
}

DeliveryState judged(bool held, bool past, bool figure_of_due) {
  if (held) return DeliveryState::kept;
  return past && figure_of_due ? DeliveryState::broken : DeliveryState::not_yet;
}

void judge_series(const Commitment& commitment, const Panel& panel, std::uint32_t s, Date day, const Indicator* indicator,
                  Delivery& delivery) {
  const TargetRule& rule = *commitment.measure.rule;
  const std::optional<Date> due = rule.deadline ? rule.deadline : commitment.due;
  const int first_year = panel.year[panel.begin[s]];
  const int baseline = rule.baseline ? *rule.baseline : commitment.made ? commitment.made->year : first_year;
  RuleView view = view_of(rule, indicator, baseline, due.value_or(year_end(day.year)), -32000);
  if (commitment.measure.direction != Direction::none && rule.type != RuleType::parity)
    view.direction = commitment.measure.direction;
  CoreOptions options;
  options.data_until = last_complete_year(day);
  options.threads = 1;
  const std::array<std::uint32_t, 1> series{s};
  compute_facts(panel, series, std::span(&view, 1), options, std::span(&delivery.facts, 1));
  Facts& facts = delivery.facts;
  const std::uint32_t last = panel.begin[s + 1] - 1;
  if (facts.latest_year == 0) {  // the core passes figures over that are not finite
    delivery.note = "no figure of the series can be read";
    delivery.state = DeliveryState::no_figures;
    return;
  }
  // A rule that compares with a fixed number needs no base.
  const double base = std::isnan(facts.base) ? facts.latest : facts.base;
  const bool fixed = rule.type == RuleType::reach || rule.type == RuleType::universal || rule.type == RuleType::parity ||
                     rule.type == RuleType::relative;
  const Promise promise = fixed || !std::isnan(facts.base) ? promise_of(view, base, facts.latest) : Promise{};
  const bool by_core = rule.type == RuleType::halt_and_reverse;
  if (by_core && view.direction == Direction::none) {
    delivery.note = "neither the commitment nor the indicator says which way is better";
    delivery.state = DeliveryState::no_rule;
    return;
  }
  if (!by_core && std::isnan(promise.line)) {
    delivery.note = "the rule has no number for these figures";
    delivery.state = DeliveryState::no_rule;
    return;
  }
  const auto holds = [&](double value) { return meets(promise, view, value); };
  const bool held = by_core ? facts.target_met : holds(facts.latest);
  if (!by_core) {
    facts.target = promise.target;
    facts.target_met = held;
    delivery.gap = held ? 0 : std::fabs(promise.target - facts.latest);
  }
  const bool past = due && *due < day;
  bool figure_of_due = false;
  if (past) {
    const int year = last_complete_year(*due);
    for (std::uint32_t i = panel.begin[s]; i <= last; ++i) {
      if (panel.year[i] > options.data_until || !std::isfinite(panel.value[i])) continue;
      figure_of_due = figure_of_due || panel.year[i] >= year;
      if (panel.year[i] > year) continue;
      delivery.at_due = panel.value[i];
      delivery.at_due_year = panel.year[i];
    }
    delivery.kept_at_due = !by_core && delivery.at_due_year != 0 && holds(delivery.at_due);
    if (!figure_of_due && !held) delivery.note = "no figure of " + std::to_string(year) + " yet";
    if (held && !by_core && delivery.at_due_year != 0 && !delivery.kept_at_due) delivery.note = "kept after the due date";
  }
  delivery.state = judged(held, past, figure_of_due);
}

// The milestones, by the figures of the series itself (of `relative` too: their values are levels, not differences).
std::vector<MilestoneStanding> milestones_of(const Commitment& commitment, const Panel& panel, std::uint32_t s, Date day,
                                             const Indicator* indicator) {
  const std::size_t begin = panel.begin[s], count = panel.begin[s + 1] - begin;
  SeriesFigures figures{std::span(panel.year).subspan(begin, count), std::span(panel.value).subspan(begin, count), 0};
  const auto base = std::find_if(figures.values.begin(), figures.values.end(), [](double value) { return std::isfinite(value); });
  figures.sense = sense_of_measure(commitment.measure, indicator, base == figures.values.end() ? no_figure : *base);
  return judge_milestones(commitment, &figures, day);
}

void measure_series(const Commitment& commitment, const Store& store, Date day, const DeliveryContext& context,
                    Delivery& delivery) {
  const Measure& measure = commitment.measure;
  delivery.area = area_of(commitment, context);
  const int until = last_complete_year(day);
  Panel panel;
  auto found = find_series(store, feeds_of(measure.indicator, measure.series, context), delivery.area, until, panel);
  if (!found) {
    delivery.state = DeliveryState::no_figures;
    delivery.note = "the store has no figures of " + (measure.series.empty() ? measure.indicator : measure.series) + " for " +
                    delivery.area + " until " + std::to_string(until);
    return;
  }
  delivery.series = panel.series[*found].series;
  delivery.unit = panel.series[*found].unit;
  const Indicator* indicator = indicator_of(measure.indicator, context);
  delivery.milestones = milestones_of(commitment, panel, *found, day, indicator);
  const bool ruled = measure.rule && measure.rule->type != RuleType::none_quantified;
  if (ruled && measure.rule->type == RuleType::relative) {
    Panel other;
    const bool series = measure.rule->to.find(':') == std::string::npos;
    const auto beside =
        find_series(store, feeds_of(measure.rule->to, series ? measure.rule->to : "", context), delivery.area, until, other);
    if (beside) panel = gap_of(panel, *found, other, *beside, measure.rule->factor);
    if (!beside || panel.begin.back() == 0) {
      delivery.state = DeliveryState::no_figures;
      delivery.note = "the store has no figures of " + measure.rule->to + " of the same years";
      return;
    }
    found = 0;
    indicator = nullptr;
  }
  if (!ruled) {
    const std::uint32_t last = panel.begin[*found + 1] - 1;
    delivery.facts.latest = panel.value[last];
    delivery.facts.latest_year = panel.year[last];
    delivery.state = DeliveryState::no_rule;
    delivery.note = "the commitment has no rule with a number";
    return;
  }
  judge_series(commitment, panel, *found, day, indicator, delivery);
}

void measure_money(const Commitment& commitment, Date day, Delivery& delivery, bool decides) {
  delivery.money = money_on(commitment, day);
  if (!delivery.money.promised) return;
  const double promised = *delivery.money.promised;
  const double reached = delivery.money.delivered.value_or(delivery.money.disbursed.value_or(0));
  delivery.money_gap = std::max(0.0, promised - reached);
  if (promised > 0) delivery.money_share = reached / promised;
  const bool held = reached >= promised * (1 - rounding);
  const bool past = commitment.due && *commitment.due < day;
  if (decides) delivery.state = judged(held, past, true);
}

}  // namespace

std::string_view to_string(DeliveryState state) {
  constexpr std::array<std::string_view, 6> names{"not_measured", "no_rule", "no_figures", "kept", "not_yet", "broken"};
  return names[static_cast<std::size_t>(state)];
}

Delivery deliver(const Commitment& commitment, const Store* store, Date day, const DeliveryContext& context) {
  Delivery delivery;
  const bool series = !commitment.measure.series.empty() || !commitment.measure.indicator.empty();
  if (series && store != nullptr) {
    measure_series(commitment, *store, day, context, delivery);
  } else if (series) {
    delivery.state = DeliveryState::no_figures;
    delivery.note = "there is no store";
  }
  if (delivery.milestones.empty()) delivery.milestones = judge_milestones(commitment, nullptr, day);
  const bool by_series = delivery.state == DeliveryState::kept || delivery.state == DeliveryState::not_yet ||
                         delivery.state == DeliveryState::broken;
  measure_money(commitment, day, delivery, !by_series);
  return delivery;
}

}  // namespace stocktake
