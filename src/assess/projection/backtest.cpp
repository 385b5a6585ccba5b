#include "assess/projection/backtest.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numbers>

#include "assess/core.h"
#include "assess/projection/combination.h"
#include "assess/projection/outlook.h"
#include "base/parallel.h"

namespace stocktake {
namespace {

constexpr std::size_t block_size = 64;  // entries that a thread takes at a time
static_assert(static_cast<std::size_t>(Model::combination) == single_models);

// The scale of a series without an indicator: log where all its figures are positive.
const Indicator& unbound() {
  static const Indicator log = [] {
    Indicator made;
    made.scale = Scale::log;
    made.bounds.lower = 0;
    return made;
  }();
  return log;
}

// What an entry's rule promises, as it was known at an origin; NaN targets where there is none.
struct KnownPromise {
  Promise promise;
  double base = no_figure;
  int base_year = 0;
};
std::vector<KnownPromise> asked_at(const Panel& panel, const BacktestPlan& plan, int origin, unsigned threads) {
  std::vector<std::uint32_t> series;
  std::vector<RuleView> rules;
  std::vector<std::size_t> entry;
  for (std::size_t i = 0; i < plan.entries.size(); ++i) {
    if (!plan.entries[i].rule) continue;
    entry.push_back(i);
    series.push_back(plan.entries[i].series);
    rules.push_back(*plan.entries[i].rule);
  }
  std::vector<Facts> facts(series.size());
  compute_facts(panel, series, rules, {origin, 10, threads}, facts);
  std::vector<KnownPromise> asked(plan.entries.size());
  for (std::size_t k = 0; k < entry.size(); ++k) {
    if (std::isnan(facts[k].target)) continue;
    asked[entry[k]] = {promise_of(rules[k], facts[k].base, facts[k].latest), facts[k].base, facts[k].base_year};
  }
  return asked;
}

// The promise of a year on the straight way from the base figure to the target: what a country has to have done by then. None
// where the base meets the target or there is no base, outside of the years from base to deadline, and for bands.
Promise pro_rata(const KnownPromise& asked, const RuleView& rule, int year) {
  if (rule.type == RuleType::parity || asked.base_year == 0 || year <= asked.base_year || year > rule.deadline) return {};
  const double share = static_cast<double>(year - asked.base_year) / (rule.deadline - asked.base_year);
  const double way = asked.promise.line - asked.base;
  if (!(asked.promise.sense * way > 0)) return {};
  Promise due = asked.promise;
  due.target = due.line = asked.base + share * way;
  return due;
}

// Buffers of a thread: nothing is allocated a series.
struct Work {
  std::vector<std::int16_t> year;
  std::vector<double> value;
  std::vector<double> mean, sd;  // a row of `steps` for each model
  std::size_t short_series = 0, constant = 0, drawn = 0;
};

class Runner {
 public:
  Runner(const Panel& panel, const BacktestPlan& plan, const BacktestOptions& options)
      : panel_(panel), plan_(plan), options_(options), blocks_((plan.entries.size() + block_size - 1) / block_size) {
    for (const int origin : options.origins) asked_.push_back(asked_at(panel, plan, origin, options.threads));
    const int horizon = options.horizons.empty() ? 0 : *std::max_element(options.horizons.begin(), options.horizons.end());
    steps_ = static_cast<std::size_t>(std::max(0, horizon + options.max_age));
  }

  BacktestCases run(Progress& progress) {
    std::vector<Work> work(std::max<std::size_t>(1, std::min(thread_count(options_.threads), blocks_.size())));
    on_threads(work.size(), [&](std::size_t t) { take_blocks(work[t], t + 1 == work.size() ? &progress : nullptr); });
    check_interrupted();
    BacktestCases all;
    for (const auto& block : blocks_) all.cases.insert(all.cases.end(), block.begin(), block.end());
    for (const Work& one : work) {
      all.constant += one.constant;
      all.drawn += one.drawn;
      all.short_series += one.short_series;
    }
    return all;
  }

 private:
  void take_blocks(Work& work, Progress* progress) {
    work.mean.resize(steps_ * model_count);
    work.sd.resize(steps_ * model_count);
    while (!interrupted()) {
      const std::size_t block = next_.fetch_add(1);
      if (block >= blocks_.size()) return;
      const std::size_t end = std::min(plan_.entries.size(), (block + 1) * block_size);
      for (std::size_t i = block * block_size; i < end; ++i) project_entry(i, work, blocks_[block]);
      if (progress != nullptr) {
        progress->update(static_cast<std::int64_t>(end), static_cast<std::int64_t>(plan_.entries.size()),
                         static_cast<std::int64_t>(end));
      }
    }
  }

  void project_entry(std::size_t index, Work& work, std::vector<BacktestCase>& out) const {
    for (std::size_t o = 0; o < options_.origins.size(); ++o) {
      const int origin = options_.origins[o];
      const std::uint32_t series = plan_.entries[index].series;
      const auto first = panel_.year.begin() + panel_.begin[series], last = panel_.year.begin() + panel_.begin[series + 1];
      const bool wanted = std::any_of(options_.horizons.begin(), options_.horizons.end(), [&](int horizon) {
        const auto found = std::lower_bound(first, last, origin + horizon);
        return found != last && *found == origin + horizon &&
               std::isfinite(panel_.value[static_cast<std::size_t>(found - panel_.year.begin())]);
      });
      if (wanted) project_from(index, o, work, out);
    }
  }

  // The figures up to the origin, and no others.
  void cut(std::uint32_t series, int origin, Work& work) const {
    work.year.clear();
    work.value.clear();
    for (std::uint32_t i = panel_.begin[series]; i < panel_.begin[series + 1] && panel_.year[i] <= origin; ++i) {
      if (!std::isfinite(panel_.value[i])) continue;
      work.year.push_back(panel_.year[i]);
      work.value.push_back(panel_.value[i]);
    }
  }

  void project_from(std::size_t index, std::size_t o, Work& work, std::vector<BacktestCase>& out) const {
    const BacktestEntry& entry = plan_.entries[index];
    const int origin = options_.origins[o];
    cut(entry.series, origin, work);
    const SeriesView view{work.year.data(), work.value.data(), work.value.size()};
    if (view.size < static_cast<std::size_t>(std::max(2, options_.min_figures)) || work.year.back() < origin - options_.max_age) {
      ++work.short_series;
      return;
    }
    const Drawn drawn = drawn_as(view);
    if (!options_.drawn && drawn != Drawn::no) {
      ++work.drawn;
      return;
    }
    const ProjectionInput input{view, {}, scale_of(entry.indicator == nullptr ? &unbound() : entry.indicator, view)};
    BacktestCase one;
    one.drawn = drawn;
    one.scale_unit = change_a_year(work, [&](double y) { return input.scale.to(y); });
    const double unit = change_a_year(work, [](double y) { return y; });
    if (!(unit > 0 && one.scale_unit > 0)) {
      ++work.constant;
      return;
    }
    const std::size_t single = single_models * steps_;
    const std::span mean(work.mean), sd(work.sd);
    if (!project_all(input, steps_, mean.first(single), sd.first(single))) {
      ++work.short_series;
      return;
    }
    const std::size_t kind = series_class(input);
    one.series_class = static_cast<std::uint8_t>(kind);
    combine_models(kind, mean.first(single), sd.first(single), mean.subspan(single), sd.subspan(single));
    if (options_.calibrated) {
      for (std::size_t m = 0; m < single_models; ++m) calibrate_sd(static_cast<Model>(m), kind, sd.subspan(m * steps_, steps_));
    }
    one.entry = static_cast<std::uint32_t>(index);
    one.origin = static_cast<std::int16_t>(origin);
    one.figures = static_cast<std::int16_t>(std::min<std::size_t>(view.size, 32000));
    score(entry, asked_[o][index], input, unit, one, work, out);
  }

  void score(const BacktestEntry& entry, const KnownPromise& asked, const ProjectionInput& input, double unit, BacktestCase one,
             Work& work, std::vector<BacktestCase>& out) const {
    const auto first = panel_.year.begin() + panel_.begin[entry.series],
               last = panel_.year.begin() + panel_.begin[entry.series + 1];
    for (const int horizon : options_.horizons) {
      const auto found = std::lower_bound(first, last, one.origin + horizon);
      if (found == last || *found != one.origin + horizon) continue;
      const double figure = panel_.value[static_cast<std::size_t>(found - panel_.year.begin())];
      if (!std::isfinite(figure)) continue;
      one.horizon = static_cast<std::int16_t>(horizon);
      one.step = static_cast<std::int16_t>(one.origin + horizon - work.year.back());
      one.observed = input.scale.to(figure);
      ask(entry, asked, input.scale, figure, one);
      take_forecasts(one, work);
      for (ModelForecast& forecast : one.models) forecast.error = std::abs(input.scale.from(forecast.mean) - figure) / unit;
      if (one.met >= 0) tell_chances(entry, asked.promise, input.scale, one);
      out.push_back(one);
    }
  }

  // What the target asks of the figure, and whether it did.
  static void ask(const BacktestEntry& entry, const KnownPromise& asked, const ScaleView& scale, double figure,
                  BacktestCase& one) {
    one.met = one.met_pro_rata = -1;
    if (!entry.rule || std::isnan(asked.promise.target)) return;
    one.range = met_range(scale, asked.promise, *entry.rule);
    one.met = meets(asked.promise, *entry.rule, figure) ? 1 : 0;
    const Promise due = pro_rata(asked, *entry.rule, one.origin + one.horizon);
    if (std::isnan(due.target)) return;
    one.pro_rata = met_range(scale, due, *entry.rule);
    one.met_pro_rata = meets(due, *entry.rule, figure) ? 1 : 0;
  }

  void tell_chances(const BacktestEntry& entry, const Promise& promise, const ScaleView& scale, BacktestCase& one) const {
    for (std::size_t m = 0; m < model_count; ++m) {
      ModelForecast& forecast = one.models[m];
      double chance = probability_met(scale, forecast.mean, forecast.sd, promise, *entry.rule);
      if (options_.calibrated || m == single_models) chance = told_probability(chance, *entry.rule);
      forecast.met = static_cast<float>(chance);
    }
  }

  // The single models as they are, and the combination.
  void take_forecasts(BacktestCase& one, const Work& work) const {
    for (std::size_t m = 0; m < model_count; ++m) {
      const std::size_t at = m * steps_ + static_cast<std::size_t>(one.step) - 1;
      one.models[m].mean = work.mean[at];
      one.models[m].sd = work.sd[at];
    }
  }

  // Mean absolute change a year between successive figures.
  template <typename To>
  static double change_a_year(const Work& work, const To& to) {
    double sum = 0;
    for (std::size_t i = 1; i < work.value.size(); ++i)
      sum += std::abs(to(work.value[i]) - to(work.value[i - 1])) / (work.year[i] - work.year[i - 1]);
    return sum / static_cast<double>(work.value.size() - 1);
  }

  const Panel& panel_;
  const BacktestPlan& plan_;
  const BacktestOptions& options_;
  std::size_t steps_ = 0;
  std::vector<std::vector<KnownPromise>> asked_;   // by origin, entry
  std::vector<std::vector<BacktestCase>> blocks_;  // results in the order of the entries, whatever thread made them
  std::atomic<std::size_t> next_{0};
};

}  // namespace

bool is_drawn(const SeriesView& series) { return drawn_as(series) != Drawn::no; }

double gaussian_crps(double mean, double sd, double observed) {
  if (!(sd > 0)) return std::abs(observed - mean);
  const double u = (observed - mean) / sd;
  return sd * (u * (2 * normal_below(u) - 1) + 2 * normal_density(u) - std::numbers::inv_sqrtpi);
}

BacktestCases run_backtest(const Panel& panel, const BacktestPlan& plan, const BacktestOptions& options, Progress& progress) {
  return Runner(panel, plan, options).run(progress);
}

Table to_table(const Panel& panel, const BacktestPlan& plan, const BacktestCases& done) {
  Table table;
  auto& series = table.add_texts("series");
  auto& indicator = table.add_texts("indicator");
  auto& area = table.add_texts("area");
  auto& dimensions = table.add_texts("dimensions");
  auto& origin = table.add_integers("origin");
  auto& horizon = table.add_integers("horizon");
  auto& step = table.add_integers("step");
  auto& figures = table.add_integers("figures");
  auto& model = table.add_texts("model");
  auto& mean = table.add_numbers("mean");
  auto& sd = table.add_numbers("sd");
  auto& observed = table.add_numbers("observed");
  auto& unit = table.add_numbers("scale_unit");
  auto& error = table.add_numbers("error");
  auto& met = table.add_integers("met");
  auto& chance = table.add_numbers("probability");
  auto& drawn = table.add_texts("drawn");
  for (const BacktestCase& one : done.cases) {
    const BacktestEntry& entry = plan.entries[one.entry];
    for (std::size_t m = 0; m < model_count; ++m) {
      series.push_back(plan.subjects[entry.subject].series);
      indicator.push_back(plan.subjects[entry.subject].indicator);
      area.emplace_back(panel.series[entry.series].area);
      dimensions.emplace_back(panel.series[entry.series].dimensions);
      origin.push_back(one.origin);
      horizon.push_back(one.horizon);
      step.push_back(one.step);
      figures.push_back(one.figures);
      drawn.emplace_back(to_string(one.drawn));
      model.emplace_back(to_string(static_cast<Model>(m)));
      mean.push_back(one.models[m].mean);
      sd.push_back(one.models[m].sd);
      observed.push_back(one.observed);
      unit.push_back(one.scale_unit);
      error.push_back(one.models[m].error);
      met.push_back(one.met < 0 ? Table::no_integer : one.met);
      chance.push_back(one.met < 0 ? no_figure : one.models[m].met);
    }
  }
  return table;
}

}  // namespace stocktake
