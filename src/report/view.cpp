#include "report/view.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "report/shown.h"

namespace stocktake {

View::View(const AssessmentRun& run, const Stocktaking& stock, const Insights& insights, const Translator& words)
    : run_(run),
      stock_(stock),
      insights_(insights),
      words_(words),
      source_of_row_(run.rows.size(), 0),
      pace_of_row_(run.rows.size(), -1) {
  std::map<std::string, std::uint32_t> numbers;
  const auto add = [&](std::uint32_t row) {
    if (source_of_row_[row] != 0) return;
    const auto [it, fresh] = numbers.emplace(run.source_of(run.rows[row]), static_cast<std::uint32_t>(sources_.size() + 1));
    if (fresh) sources_.push_back(it->first);
    source_of_row_[row] = it->second;
  };
  for (const std::int32_t row : stock.cell) {
    if (row >= 0) add(static_cast<std::uint32_t>(row));
  }
  for (const auto& country : stock.furthest_behind) add(country.row);
  for (const RiskRow& one : shown_risks(insights.priorities)) add(one.row);
  for (const Sustained& one : shown_sustained(run, insights.priorities)) {
    for (const std::uint32_t row : one.rows) add(row);
  }
  for (const std::uint32_t row : compared_rows(run, stock)) add(row);
  for (std::size_t i = 0; i < insights.paces.size(); ++i) pace_of_row_[insights.paces[i].row] = static_cast<std::int32_t>(i);
  has_outlooks_ = std::any_of(run.rows.begin(), run.rows.end(), [&](const Assessment& row) { return outlook(row) != nullptr; });
}

std::string View::target(std::uint16_t target) const {
  return text("report.coded_title", {{"code", code(target)}, {"title", title(target)}});
}

std::string View::indicator(const Assessment& row) const {
  const Indicator& indicator = run_.indicator(row);
  return text("report.coded_title", {{"code", indicator.code}, {"title", indicator.name.in(language())}});
}

std::string View::unit(const Assessment& row) const {
  const std::string& unit = run_.indicator(row).unit;
  return words_.has("unit." + unit) ? text("unit." + unit) : unit;
}

const Assessment* View::cell(std::size_t target, std::size_t group) const {
  const std::int32_t row = stock_.cell[target * stock_.groups.size() + group];
  return row < 0 ? nullptr : &run_.rows[static_cast<std::size_t>(row)];
}

std::vector<int> View::judged_by_group() const {
  std::vector<int> judged(stock_.groups.size(), 0);
  for (std::size_t t = 0; t < stock_.targets.size(); ++t) {
    for (std::size_t g = 0; g < stock_.groups.size(); ++g) {
      const Assessment* row = cell(t, g);
      if (row != nullptr && is_judgement(row->mdg)) ++judged[g];
    }
  }
  return judged;
}

std::string View::value(double value) const {
  const double size = std::abs(value);
  return words_.number(value, size >= 1000 ? 0 : size >= 10 ? 1 : 2, 0);
}

std::string View::latest(const Assessment& row) const {
  if (row.facts.latest_year == 0) return {};
  const Panel& panel = run_.panel;
  for (std::uint32_t i = panel.begin[row.series]; i < panel.begin[row.series + 1]; ++i) {
    if (panel.year[i] != row.facts.latest_year || i >= panel.provenance.size()) continue;
    const char qualifier = panel.provenances[panel.provenance[i]].qualifier;
    if (qualifier != 0) return qualifier + value(row.facts.latest);
  }
  return value(row.facts.latest);
}

std::string View::latest_year(const Assessment& row) const {
  return row.facts.latest_year == 0 ? "" : std::to_string(row.facts.latest_year);
}

namespace {

std::string pace(const View& view, double rate, double linear) {
  if (std::isfinite(rate)) return view.words().percent(rate, 1);
  if (std::isfinite(linear)) return view.text("report.units_a_year", {{"value", view.words().number(linear, 2, 0)}});
  return {};
}

}  // namespace

std::string View::observed_pace(const Assessment& row) const {
  return pace(*this, row.facts.observed_rate, row.facts.observed_linear);
}
std::string View::needed_pace(const Assessment& row) const { return pace(*this, row.facts.needed_rate, row.facts.needed_linear); }

std::string View::acceleration(const Assessment& row) const {
  const double factor = row.facts.acceleration;
  if (!std::isfinite(factor)) return {};
  return "×" + words_.number(factor, factor >= 10 ? 0 : 1);
}

std::string View::year_met(const Assessment& row) const {
  constexpr int horizon = 2100;  // beyond it a year would claim a precision that a pace does not have
  if (row.facts.target_met) return text("report.already_met");
  const double year = row.facts.year_met;
  if (!std::isfinite(year)) return text("report.never");
  if (year > horizon) return text("report.after_year", {{"year", std::to_string(horizon)}});
  // A hair above a whole year is rounding noise of the arithmetic.
  return std::to_string(static_cast<int>(std::ceil(year - 1e-6)));
}

std::vector<Figure> View::figures(const Assessment& row) const {
  const Panel& panel = run_.panel;
  const RunTarget& target = run_.targets[row.target];
  const int baseline = run_.framework.baseline_of(*target.target, run_.rule(row));
  const int first = row.facts.base_year == 0 ? baseline : std::min<int>(baseline, row.facts.base_year);
  const int last = run_.options.data_until.value_or(last_complete_year(run_.options.at));
  std::vector<Figure> figures;
  for (std::uint32_t i = panel.begin[row.series]; i < panel.begin[row.series + 1]; ++i) {
    if (panel.year[i] < first || panel.year[i] > last) continue;
    Figure figure{panel.year[i], panel.value[i], no_figure, no_figure};
    if (i < panel.lower.size()) figure.lower = panel.lower[i];
    if (i < panel.upper.size()) figure.upper = panel.upper[i];
    figures.push_back(figure);
  }
  return figures;
}

const Outlook* View::outlook(const Assessment& row) const {
  const Outlook& one = insights_.outlooks[static_cast<std::size_t>(&row - run_.rows.data())].deadline;
  return one.state == OutlookState::forecast && std::isfinite(one.fan[1]) ? &one : nullptr;
}

std::string View::chance(const Assessment& row) const {
  const Outlook* one = outlook(row);
  if (one == nullptr || !std::isfinite(one->probability)) return {};
  // Rounded to nothing or to certainty it would say what no model knows.
  if (one->probability < 0.01) return text("chance.below", {{"share", words_.percent(0.01, 0)}});
  if (one->probability > 0.99) return text("chance.above", {{"share", words_.percent(0.99, 0)}});
  return words_.percent(one->probability, 0);
}

std::string View::likely_range(const Assessment& row) const {
  const Outlook* one = outlook(row);
  if (one == nullptr) return {};
  return text("report.range", {{"low", value(one->fan[1])}, {"high", value(one->fan[5])}});
}

std::string View::likely_year(const Assessment& row) const {
  const Outlook* one = outlook(row);
  if (one == nullptr || !std::isfinite(one->probability)) return {};
  if (one->met_now) return text("report.already_met");
  const auto year = [&](std::size_t k) {
    return one->year_met[k] != 0 ? std::to_string(one->year_met[k])
                                 : text("report.after_year", {{"year", std::to_string(one->last_year)}});
  };
  if (one->year_met[0] == 0) return year(0);
  return text("chance.year", {{"year", year(1)}, {"low", year(0)}, {"high", year(2)}});
}

std::string View::pace_before(const Assessment& row) const {
  const std::int32_t place = pace_of_row_[static_cast<std::size_t>(&row - run_.rows.data())];
  if (place < 0) return {};
  const Pace& pace = insights_.paces[static_cast<std::size_t>(place)];
  if (pace.status != PaceStatus::compared || pace.deciding().countries == 0) return {};
  return text("report.of", {{"part", pace.deciding().achieved_by}, {"whole", pace.deciding().countries}});
}

std::string View::millions(double people) const {
  if (!std::isfinite(people)) return {};
  const double millions = people / 1e6;
  return text("action.millions", {{"n", words_.number(millions, millions >= 100 ? 0 : millions >= 0.1 ? 1 : 2)}});
}

std::string View::rank_range(const Stability& rank) const {
  if (!std::isfinite(rank.low)) return {};
  const std::string low = words_.number(rank.low, 0), high = words_.number(rank.high, 0);
  return low == high ? low : text("report.range", {{"low", low}, {"high", high}});
}

std::string View::marks(const Assessment& row) const {
  std::string marks;
  if (row.origin == Origin::computed_group) marks += "†";
  if (!row.exact) marks += "‡";
  if (run_.rule(row).proxy) marks += "§";
  return marks;
}

std::size_t View::source(const Assessment& row) const {
  return source_of_row_[static_cast<std::size_t>(&row - run_.rows.data())];
}

double View::elapsed() const {
  const Date start = year_end(run_.framework.baseline);
  const double whole = static_cast<double>(days_between(start, run_.framework.deadline));
  if (whole <= 0) return 1;
  return std::clamp(static_cast<double>(days_between(start, run_.options.at)) / whole, 0.0, 1.0);
}

namespace {

// 1/2, 2/3 and 3/4 as such, anything else as a percentage.
std::string fraction_text(const Translator& words, double fraction) {
  for (int below = 2; below <= 5; ++below) {
    for (int above = 1; above < below; ++above) {
      if (std::abs(fraction - static_cast<double>(above) / below) < 1e-9)
        return std::to_string(above) + "/" + std::to_string(below);
    }
  }
  return words.percent(fraction, 0);
}

}  // namespace

std::string View::rule_words(const Framework& framework, const Target& target, const TargetRule& rule) const {
  const Date deadline = framework.deadline_of(target, rule);
  const std::string end = deadline == year_end(deadline.year) ? std::to_string(deadline.year) : words_.date(deadline);
  const std::string start = std::to_string(framework.baseline_of(target, rule));
  switch (rule.type) {
    case RuleType::reduce_by:
      if (rule.complement) {
        return text("rule.reduce_complement", {{"fraction", fraction_text(words_, rule.fraction)},
                                               {"whole", value(*rule.complement)},
                                               {"start", start},
                                               {"end", end}});
      }
      return text("rule.reduce_by", {{"fraction", fraction_text(words_, rule.fraction)}, {"start", start}, {"end", end}});
    case RuleType::multiply_by: return text("rule.multiply_by", {{"factor", value(rule.factor)}, {"start", start}, {"end", end}});
    case RuleType::reach: return text("rule.reach", {{"value", value(rule.value)}, {"end", end}});
    case RuleType::universal:
      if (rule.tolerance > 0) {
        return text("rule.universal_tolerance",
                    {{"value", value(rule.value)}, {"tolerance", value(rule.tolerance)}, {"end", end}});
      }
      return text("rule.reach", {{"value", value(rule.value)}, {"end", end}});
    case RuleType::parity: return text("rule.parity", {{"lower", value(rule.lower)}, {"upper", value(rule.upper)}, {"end", end}});
    case RuleType::halt_and_reverse: return text("rule.halt_and_reverse", {{"start", start}, {"end", end}});
    case RuleType::relative:
      return text(rule.at_least ? "rule.relative_at_least" : "rule.relative_at_most",
                  {{"factor", value(rule.factor)}, {"indicator", rule.to}, {"end", end}});
    case RuleType::none_quantified: return text("rule.none_quantified");
  }
  return {};
}

}  // namespace stocktake
