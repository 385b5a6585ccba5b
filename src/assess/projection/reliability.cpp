#include "assess/projection/reliability.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "assess/projection/backtest_scores.h"

namespace stocktake {
namespace {

// A probability that was told, and what came.
struct Told {
  std::uint32_t subject = 0;
  std::string_view indicator;  // of the subject; its series where it is not bound
  AreaId area = 0;
  std::int16_t origin = 0, horizon = 0;
  double chance = 0;
  bool came = false;
  double usual = 0;  // the climatology's
};

std::vector<Told> told_of(const BacktestPlan& plan, const std::vector<BacktestCase>& cases, Model model, Asked asked) {
  std::vector<Told> all;
  for (const BacktestCase& one : cases) {
    const BacktestEntry& entry = plan.entries[one.entry];
    const std::int8_t came = asked == Asked::pro_rata ? one.met_pro_rata : one.met;
    if (!entry.rule || came < 0) continue;
    const int early = entry.rule->deadline - (one.origin + one.horizon);
    if (early < 0 || (asked == Asked::deadline && early != 0) || (asked != Asked::deadline && early == 0)) continue;
    const ModelForecast& forecast = one.models[static_cast<std::size_t>(model)];
    const double chance =
        asked == Asked::pro_rata ? probability_within(one.pro_rata, forecast.mean, forecast.sd) : double{forecast.met};
    const BacktestSubject& subject = plan.subjects[entry.subject];
    all.push_back({entry.subject, subject.indicator.empty() ? subject.series : subject.indicator, entry.area, one.origin,
                   one.horizon, std::clamp(chance, least_chance, greatest_chance), came == 1, 0});
  }
  // The share of each indicator, origin and horizon.
  std::map<std::tuple<std::string_view, int, int>, std::pair<double, double>> shares;
  for (const Told& one : all) {
    auto& [sum, count] = shares[{one.indicator, one.origin, one.horizon}];
    sum += one.came ? 1 : 0;
    count += 1;
  }
  for (Told& one : all) {
    const auto& [sum, count] = shares[{one.indicator, one.origin, one.horizon}];
    one.usual = sum / count;
  }
  return all;
}

template <typename Key>
std::int64_t distinct(const std::vector<const Told*>& cases, const Key& key) {
  std::vector<decltype(key(*cases.front()))> values;
  values.reserve(cases.size());
  for (const Told* one : cases) values.push_back(key(*one));
  std::sort(values.begin(), values.end());
  return std::unique(values.begin(), values.end()) - values.begin();
}

ChanceBin bin_of(const std::vector<const Told*>& cases) {
  ChanceBin bin;
  bin.cases = static_cast<std::int64_t>(cases.size());
  if (cases.empty()) return bin;
  bin.indicators = distinct(cases, [](const Told& one) { return one.indicator; });
  bin.areas = distinct(cases, [](const Told& one) { return one.area; });
  bin.origins = distinct(cases, [](const Told& one) { return one.origin; });
  double said = 0;
  std::int64_t came = 0;
  for (const Told* one : cases) {
    said += one->chance;
    came += one->came ? 1 : 0;
  }
  bin.said = said / static_cast<double>(bin.cases);
  bin.came = wilson(came, bin.cases);
  return bin;
}

double log_loss(double chance, bool came) { return -std::log(came ? chance : 1 - chance); }

Reliability judge(const std::vector<const Told*>& cases) {
  Reliability made;
  made.all = bin_of(cases);
  std::array<std::vector<const Told*>, chance_bins> binned;
  double brier = 0, usual_brier = 0, log_score = 0, usual_log = 0;
  for (const Told* one : cases) {
    const double came = one->came ? 1 : 0;
    brier += (one->chance - came) * (one->chance - came);
    usual_brier += (one->usual - came) * (one->usual - came);
    log_score += log_loss(one->chance, one->came);
    usual_log += one->usual > 0 && one->usual < 1 ? log_loss(one->usual, one->came) : 0;
    const auto above = std::upper_bound(chance_edges.begin() + 1, chance_edges.end() - 1, one->chance);
    binned[static_cast<std::size_t>(above - chance_edges.begin()) - 1].push_back(one);
  }
  for (std::size_t b = 0; b < chance_bins; ++b) made.bins[b] = bin_of(binned[b]);
  const auto count = static_cast<double>(cases.size());
  made.brier = brier / count;
  made.log_score = log_score / count;
  if (usual_brier > 0) made.brier_skill = 1 - brier / usual_brier;
  if (usual_log > 0) made.log_skill = 1 - log_score / usual_log;
  return made;
}

}  // namespace

std::string_view to_string(Asked asked) {
  constexpr std::array<std::string_view, asked_count> names{"deadline", "early", "pro_rata"};
  return names[static_cast<std::size_t>(asked)];
}

Share wilson(std::int64_t came, std::int64_t all) {
  if (all <= 0) return {};
  constexpr double z = 1.959963984540054;
  const double n = static_cast<double>(all), p = static_cast<double>(came) / n;
  const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {p, came == 0 ? 0 : middle - half, came == all ? 1 : middle + half};
}

std::vector<Reliability> reliability_of(const BacktestPlan& plan, const std::vector<BacktestCase>& cases, Model model,
                                        bool each) {
  std::vector<Reliability> made;
  for (const Asked asked : {Asked::deadline, Asked::early, Asked::pro_rata}) {
    const std::vector<Told> told = told_of(plan, cases, model, asked);
    const auto add = [&](int origin, int horizon, std::uint32_t subject) {
      std::vector<const Told*> part;
      for (const Told& one : told) {
        if ((origin == 0 || one.origin == origin) && (horizon == 0 || one.horizon == horizon) &&
            (subject == pooled || one.subject == subject))
          part.push_back(&one);
      }
      if (part.empty()) return;
      Reliability one = judge(part);
      one.asked = asked;
      one.origin = static_cast<std::int16_t>(origin);
      one.horizon = static_cast<std::int16_t>(horizon);
      one.subject = subject;
      made.push_back(one);
    };
    std::vector<int> origins, horizons;
    for (const Told& one : told) {
      origins.push_back(one.origin);
      horizons.push_back(one.horizon);
    }
    for (auto* values : {&origins, &horizons}) {
      std::sort(values->begin(), values->end());
      values->erase(std::unique(values->begin(), values->end()), values->end());
    }
    add(0, 0, pooled);
    for (std::size_t i = 0; horizons.size() > 1 && i < horizons.size(); ++i) add(0, horizons[i], pooled);
    for (std::size_t i = 0; origins.size() > 1 && i < origins.size(); ++i) add(origins[i], 0, pooled);
    for (std::uint32_t s = 0; each && s < plan.subjects.size(); ++s) add(0, 0, s);
  }
  return made;
}

Table to_table(const BacktestPlan& plan, const std::vector<Reliability>& all) {
  Table table;
  auto& asked = table.add_texts("asked");
  auto& series = table.add_texts("series");
  auto& indicator = table.add_texts("indicator");
  auto& origin = table.add_integers("origin");
  auto& horizon = table.add_integers("horizon");
  auto& from = table.add_numbers("from", 2);
  auto& to = table.add_numbers("to", 2);
  auto& cases = table.add_integers("cases");
  auto& indicators = table.add_integers("indicators");
  auto& areas = table.add_integers("areas");
  auto& origins = table.add_integers("origins");
  auto& said = table.add_numbers("said", 3);
  auto& came = table.add_numbers("came", 3);
  auto& low = table.add_numbers("came_low", 3);
  auto& high = table.add_numbers("came_high", 3);
  std::array<Table::Numbers*, 4> scores{};
  const char* const names[] = {"brier", "brier_skill", "log_score", "log_skill"};
  for (std::size_t k = 0; k < scores.size(); ++k) scores[k] = &table.add_numbers(names[k], 3);
  const auto add = [&](const Reliability& one, const ChanceBin& bin, double least, double greatest, bool whole) {
    if (bin.cases == 0) return;
    asked.emplace_back(to_string(one.asked));
    series.push_back(one.subject == pooled ? "(pooled)" : plan.subjects[one.subject].series);
    indicator.push_back(one.subject == pooled ? std::string() : plan.subjects[one.subject].indicator);
    origin.push_back(one.origin == 0 ? Table::no_integer : one.origin);
    horizon.push_back(one.horizon == 0 ? Table::no_integer : one.horizon);
    from.push_back(least);
    to.push_back(greatest);
    cases.push_back(bin.cases);
    indicators.push_back(bin.indicators);
    areas.push_back(bin.areas);
    origins.push_back(bin.origins);
    said.push_back(bin.said);
    came.push_back(bin.came.value);
    low.push_back(bin.came.low);
    high.push_back(bin.came.high);
    const double values[] = {one.brier, one.brier_skill, one.log_score, one.log_skill};
    for (std::size_t k = 0; k < scores.size(); ++k) scores[k]->push_back(whole ? values[k] : no_figure);
  };
  for (const Reliability& one : all) {
    add(one, one.all, 0, 1, true);
    for (std::size_t b = 0; b < chance_bins; ++b) add(one, one.bins[b], chance_edges[b], chance_edges[b + 1], false);
  }
  return table;
}

}  // namespace stocktake
