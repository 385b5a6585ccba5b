// What projections are worth: every model projects every series from figures up to a past year, and is scored on the figure that
// came. Formulas, the pooling and a real run: docs/methods.md, "Backtest".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "assess/projection/combination.h"
#include "assess/projection/outlook.h"
#include "assess/projection/projection.h"
#include "assess/promise.h"
#include "base/progress.h"
#include "base/table.h"
#include "framework/areas.h"
#include "framework/binding.h"
#include "store/observation.h"

namespace stocktake {

struct BacktestOptions {
  std::vector<int> origins{2000, 2005, 2010};
  std::vector<int> horizons{5, 10};
  int min_figures = 5;      // up to the origin
  int max_age = 5;          // the last of them is at most so many years before the origin
  bool drawn = false;       // forecast series whose figures were drawn along lines, too
  bool calibrated = false;  // multiply the single models' spread by its factor, too (the combination's is calibrated always)
  unsigned threads = 0;     // 0: as many as the machine has
};

// What is scored together: a series code, or where it is bound to an indicator the two.
struct BacktestSubject {
  std::string series, indicator;  // indicator: "mdg 4.1", empty when not bound
};

// A panel series to be projected.
struct BacktestEntry {
  std::uint32_t series = 0;   // in the panel
  std::uint32_t subject = 0;  // in BacktestPlan::subjects
  AreaId area = 0;
  const Indicator* indicator = nullptr;  // decides the scale; null: log where all figures are positive, else identity
  std::optional<RuleView> rule;          // whose promise is forecast; none for rules without a number
};

struct BacktestPlan {
  std::vector<BacktestSubject> subjects;  // by series, then indicator
  std::vector<BacktestEntry> entries;     // by panel series
};
// The countries' series of a panel (groups repeat them), with the indicator that a binding gives them: the first framework that
// has one decides. only_bound: nothing else, and only the key of the binding (no breakdowns). Bound series are multiplied by
// their binding's factor: the panel is changed. Indicators and rules point into the frameworks.
BacktestPlan plan_backtest(Panel& panel, const AreaRegistry& areas, const std::vector<Framework>& frameworks,
                           const std::vector<Binding>& bindings, bool only_bound);

// One model's forecast of one figure.
struct ModelForecast {
  double mean = no_figure, sd = no_figure;  // on the scale
  double error = no_figure;                 // |median - figure| in the indicator's unit, over `unit` of the case
  float met = 0;                            // P(target met) as told; meaningless where the case has no target
};
// A figure that was to be forecast. Every model has a forecast in it: cases that one of them cannot do are left out.
struct BacktestCase {
  std::uint32_t entry = 0;
  std::int16_t origin = 0, horizon = 0;
  std::int16_t step = 0;          // years from the last figure to the figure forecast; at least the horizon
  std::int16_t figures = 0;       // up to the origin
  std::uint8_t series_class = 0;  // combination.h
  Drawn drawn = Drawn::no;
  double observed = 0;  // on the scale
  double scale_unit =
      1;  // mean absolute change a year of the figures up to the origin, on the scale; its errors are divided by it
  std::int8_t met = -1;           // whether the figure met the target; -1: no target
  std::int8_t met_pro_rata = -1;  // … what the straight way from the base to the target asks for that year
  MetRange range, pro_rata;       // where on the scale a figure meets them
  std::array<ModelForecast, model_count> models;
};
struct BacktestCases {
  std::vector<BacktestCase> cases;  // by entry, origin, horizon
  // Series and origins left out though a figure to be forecast exists: too few or too old figures; no change up to the origin,
  // so nothing to scale errors by; figures drawn along lines.
  std::size_t short_series = 0, constant = 0, drawn = 0;
};
// Projects on all cores. Throws Error(interrupted).
BacktestCases run_backtest(const Panel& panel, const BacktestPlan& plan, const BacktestOptions& options, Progress& progress);

// Whether figures were drawn rather than observed: see Drawn in combination.h.
bool is_drawn(const SeriesView& series);

// Every forecast as a row: what the scores are made of.
Table to_table(const Panel& panel, const BacktestPlan& plan, const BacktestCases& done);

// Continuous ranked probability score of a Gaussian forecast, in the unit of z; sd <= 0: the absolute error.
//   CRPS = s [ u (2 Phi(u) - 1) + 2 phi(u) - 1/sqrt(pi) ], u = (observed - mean)/s.   N(30, 4), 26: 2.409765
double gaussian_crps(double mean, double sd, double observed);

}  // namespace stocktake
