#include "partnership/views/five_gaps.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace stocktake {
namespace {

bool has_level(const TargetRule& rule) { return rule.type == RuleType::reach || rule.type == RuleType::universal; }

bool is_current(const AssessmentRun& run, const Facts& facts) {
  return facts.latest_year != 0 && std::isfinite(facts.latest) &&
         facts.latest_year >= *run.options.data_until - run.options.max_age;
}

// Which group's figure speaks for a rule, best first.
int preference(const AssessmentRun& run, const TargetRule& rule, AreaId area) {
  const std::string& code = run.areas.at(area).code;
  if (rule.applies_to.size() == 1 && rule.applies_to.front() == code) return 0;
  constexpr std::array<std::string_view, 3> usual{"DAC", "MDG_DVP", "WLD"};
  const auto place = std::find(usual.begin(), usual.end(), code);
  return place == usual.end() ? -1 : 1 + static_cast<int>(place - usual.begin());
}

double median_of(std::vector<double>& values) {
  if (values.empty()) return no_figure;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

void read_rows(const AssessmentRun& run, GapLine& line) {
  const TargetRule& rule = run.targets[line.target].target->rules[line.rule];
  const RuleView view = rule_view(run, line.target, line.rule);
  std::vector<double> values;
  int best = 99;
  std::optional<AreaId> seen;
  for (const Assessment& row : run.rows) {
    if (row.target != line.target || row.rule != line.rule) continue;
    if (seen == row.area) continue;  // an area's rows stand together, its first series first
    seen = row.area;
    const Facts& facts = row.facts;
    if (!is_current(run, facts)) continue;
    // A level needs no base: a single figure is enough to hold against it.
    const bool met = has_level(rule) && meets(promise_of(view, facts.latest, facts.latest), view, facts.latest);
    if (run.areas.is_group(row.area)) {
      const int rank = preference(run, rule, row.area);
      if (rank < 0 || rank >= best) continue;
      best = rank;
      line.group = row.area;
      line.group_year = facts.latest_year;
      line.group_value = facts.latest;
      line.group_met = met;
      if (has_level(rule)) line.group_gap = met ? 0 : std::fabs(rule.value - facts.latest);
      continue;
    }
    values.push_back(facts.latest);
    line.met += met ? 1 : 0;
    line.first_year = line.first_year == 0 ? facts.latest_year : std::min<int>(line.first_year, facts.latest_year);
    line.last_year = std::max<int>(line.last_year, facts.latest_year);
  }
  line.countries = static_cast<int>(values.size());
  line.median = median_of(values);
}

bool names(const Commitment& commitment, const std::string& code) {
  return std::find(commitment.goals.begin(), commitment.goals.end(), code) != commitment.goals.end();
}

void add_commitments(const AssessmentRun& run, const Accounts& accounts, GapArea& area) {
  const std::string prefix = run.framework.id + ":";
  for (std::size_t i = 0; i < accounts.rows.size(); ++i) {
    const Commitment& commitment = *accounts.rows[i].commitment;
    bool here = names(commitment, prefix + area.goal->code);
    const bool points = std::any_of(area.lines.begin(), area.lines.end(), [&](const GapLine& line) {
      return names(commitment, prefix + run.targets[line.target].target->code);
    });
    for (GapLine& line : area.lines) {
      const bool target = names(commitment, prefix + run.targets[line.target].target->code);
      const bool measured = commitment.measure.indicator == prefix + line.indicator->code;
      // The indicator decides between the lines of a target; two targets may share one.
      const bool other = std::any_of(area.lines.begin(), area.lines.end(), [&](const GapLine& one) {
        return one.target == line.target && commitment.measure.indicator == prefix + one.indicator->code;
      });
      if ((target && (measured || !other)) || (measured && !points)) {
        line.commitments.push_back(i);
        here = true;
      }
    }
    if (!here) continue;
    area.commitments.push_back(i);
    area.kept +=
        accounts.rows[i].status == CommitmentStatus::delivered || accounts.rows[i].delivery.state == DeliveryState::kept ? 1 : 0;
    area.overdue += accounts.rows[i].overdue() ? 1 : 0;
  }
}

}  // namespace

std::vector<GapArea> five_gaps(const AssessmentRun& run, const Accounts& accounts) {
  std::vector<GapArea> gaps;
  for (std::uint16_t t = 0; t < run.targets.size(); ++t) {
    const RunTarget& target = run.targets[t];
    if (gaps.empty() || gaps.back().goal != target.goal) gaps.push_back({target.goal, {}, {}, 0, 0});
    for (std::uint16_t r = 0; r < target.target->rules.size(); ++r) {
      const TargetRule& rule = target.target->rules[r];
      GapLine line;
      line.target = t;
      line.rule = r;
      line.indicator = run.framework.find_indicator(rule.indicator);
      if (line.indicator == nullptr) continue;
      line.proxy = rule.proxy;
      if (has_level(rule)) line.to_reach = rule.value;
      read_rows(run, line);
      gaps.back().lines.push_back(std::move(line));
    }
  }
  for (GapArea& area : gaps) add_commitments(run, accounts, area);
  return gaps;
}

Table to_table(const AssessmentRun& run, const std::vector<GapArea>& gaps, Language language, bool brief) {
  Table table;
  auto& area = table.add_texts("gap");
  auto& target = table.add_texts("target");
  auto& code = table.add_texts("indicator");
  auto& name = table.add_texts("name");
  auto& unit = table.add_texts("unit");
  auto& level = table.add_numbers("to_reach");
  Table::Texts* proxy = brief ? nullptr : &table.add_texts("proxy");
  auto& group = table.add_texts("group");
  auto& group_year = table.add_integers("group_year");
  auto& group_value = table.add_numbers("group_value", brief ? 2 : -1);
  auto& group_gap = table.add_numbers("group_gap", brief ? 2 : -1);
  auto& countries = table.add_integers("countries");
  auto& met = table.add_integers("met");
  auto& median = table.add_numbers("median", brief ? 2 : -1);
  auto& first = table.add_integers("first_year");
  auto& last = table.add_integers("last_year");
  auto& commitments = table.add_integers("commitments");
  for (const GapArea& one : gaps) {
    for (const GapLine& line : one.lines) {
      const bool judged = std::isfinite(line.to_reach) && line.countries > 0;
      area.push_back(one.goal->title.in(language));
      target.push_back(run.targets[line.target].target->code);
      code.push_back(line.indicator->code);
      name.push_back(line.indicator->name.in(language));
      unit.push_back(line.indicator->unit);
      level.push_back(line.to_reach);
      if (proxy != nullptr) proxy->emplace_back(line.proxy ? "yes" : "");
      group.push_back(line.group ? run.areas.at(*line.group).code : "");
      group_year.push_back(line.group ? line.group_year : Table::no_integer);
      group_value.push_back(line.group_value);
      group_gap.push_back(line.group_gap);
      countries.push_back(line.countries);
      met.push_back(judged ? line.met : Table::no_integer);
      median.push_back(line.median);
      first.push_back(line.first_year == 0 ? Table::no_integer : line.first_year);
      last.push_back(line.last_year == 0 ? Table::no_integer : line.last_year);
      commitments.push_back(static_cast<std::int64_t>(line.commitments.size()));
    }
  }
  return table;
}

}  // namespace stocktake
