// What a forecast says of a target, against worked examples and brute force.
#include "assess/projection/outlook.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "assess/projection/backtest.h"
#include "assess/simulation/random.h"
#include "sample.h"

namespace stocktake {
namespace {

ScaleView identity() { return {}; }
ScaleView log_scale() {
  ScaleView view;
  view.scale = Scale::log;
  view.inside = 0.05;
  return view;
}
ScaleView logit_scale() {
  ScaleView view;
  view.scale = Scale::logit;
  view.lower = 0;
  view.upper = 100;
  view.inside = 0.05;
  view.floor = 0;
  view.ceiling = 100;
  return view;
}

RuleView to_reach(double value, Direction direction) { return sample::reach(value, direction); }
Promise promise_for(const RuleView& rule) { return promise_of(rule, 50, 50); }

// Years and figures of a series that outlive its view.
struct Series {
  std::vector<std::int16_t> year;
  std::vector<double> value;
  SeriesView view() const { return {year.data(), value.data(), value.size()}; }
};
Series series_to(std::int16_t last, double value) { return {{static_cast<std::int16_t>(last - 1), last}, {value + 1, value}}; }

TEST(Outlook, WorkedExampleOfTheNormalForecast) {
  // METHODS: N(30, 4): P(x <= 25) = 0.105650, CRPS of 26 = 2.409765.
  const RuleView rule = to_reach(25, Direction::down);
  EXPECT_NEAR(probability_met(identity(), 30, 4, promise_for(rule), rule), 0.105650, 5e-7);
  EXPECT_NEAR(gaussian_crps(30, 4, 26), 2.409765, 5e-7);
  EXPECT_DOUBLE_EQ(gaussian_crps(30, 0, 26), 4);
  // E[max(0, Y - 25)] = (m - y*) Phi(d) + s phi(d), d = (m - y*)/s = 1.25.
  const double expected = 5 * normal_below(1.25) + 4 * normal_density(1.25);
  EXPECT_NEAR(expected_shortfall(identity(), 30, 4, promise_for(rule), rule), expected, 1e-10);
}

TEST(Outlook, ValuesOfOthers) {
  // The test of R package scoringRules (tests/testthat/test-crps_norm.R): crps_norm(-3) = 2.43657473.
  EXPECT_NEAR(gaussian_crps(0, 1, -3), 2.43657473, 5e-9);
  EXPECT_NEAR(gaussian_crps(0.1, 0.9, 0.1 - 3 * 0.9), 2.43657473 * 0.9, 5e-9);
  // R 4.2, g <- function(z) 100 * plogis(0.3 + 0.4 * z) * dnorm(z); integrate(g, -12, 12, rel.tol = 1e-12), and
  // integrate(function(z) pmax(0, 60 - 100 * plogis(0.3 + 0.4 * z)) * dnorm(z), -12, (qlogis(0.6) - 0.3) / 0.4, rel.tol = 1e-12).
  const RuleView up = to_reach(60, Direction::up);
  EXPECT_NEAR(mean_of(logit_scale(), 0.3, 0.4), 57.173452708772, 1e-9);
  EXPECT_NEAR(expected_shortfall(logit_scale(), 0.3, 0.4, promise_for(up), up), 5.3555451439983, 1e-9);
  EXPECT_NEAR(mean_of(log_scale(), std::log(30), 0.4), 30 * std::exp(0.08), 1e-9);
  EXPECT_NEAR(mean_of(log_scale(), std::log(30), 2), 30 * std::exp(2), 1e-5);
}

TEST(Outlook, DampedSumOfTheWorkedExample) {
  // phi = 0.9: 0.9 + 0.81 + … (8 terms) = 5.125795. Here the slope of the first step is not damped yet.
  TrendFit fit;
  fit.slope = 1;
  fit.phi = 0.9;
  std::vector<double> mean(9), sd(9);
  forecast_trend(fit, mean, sd);
  EXPECT_NEAR(mean[8] - mean[0], 5.125795, 5e-7);
}

TEST(Outlook, NormalQuantileInvertsTheDistribution) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-12);  // R: qnorm(0.975)
  EXPECT_NEAR(normal_quantile(0.9), 1.281551565544600, 1e-12);    // R: qnorm(0.9)
  for (const double share : {1e-12, 0.001, 0.3, 0.5, 0.9999}) EXPECT_NEAR(normal_below(normal_quantile(share)) / share, 1, 1e-10);
  EXPECT_TRUE(std::isinf(normal_quantile(0)));
  EXPECT_TRUE(std::isinf(normal_quantile(1)));
  EXPECT_TRUE(std::isnan(normal_quantile(no_figure)));
}

// Mean, shortfall, probability and quantiles by 400,000 draws.
void check_against_draws(const ScaleView& scale, double mean, double sd, const RuleView& rule, const Promise& promise) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal(mean, sd);
  constexpr int draws = 400000;
  std::vector<double> values;
  double sum = 0, squares = 0, lack = 0, lack_squares = 0;
  int met = 0;
  for (int i = 0; i < draws; ++i) {
    const double y = scale.from(normal(random));
    values.push_back(y);
    const double missing = rule.type == RuleType::parity ? std::max({0.0, rule.lower - y, y - rule.upper})
                                                         : std::max(0.0, promise.sense * (promise.target - y));
    sum += y;
    squares += y * y;
    lack += missing;
    lack_squares += missing * missing;
    met += meets(promise, rule, y) ? 1 : 0;
  }
  const auto error = [](double total, double total_squares) {
    const double m = total / draws;
    return 5 * std::sqrt(std::max(0.0, total_squares / draws - m * m) / draws) + 1e-12;
  };
  EXPECT_NEAR(mean_of(scale, mean, sd), sum / draws, error(sum, squares));
  EXPECT_NEAR(expected_shortfall(scale, mean, sd, promise, rule), lack / draws, error(lack, lack_squares));
  const double share = static_cast<double>(met) / draws;
  EXPECT_NEAR(probability_met(scale, mean, sd, promise, rule), share, 5 * std::sqrt(share * (1 - share) / draws) + 1e-5);
  std::sort(values.begin(), values.end());
  const Fan fan = fan_of(scale, mean, sd);
  for (std::size_t k = 0; k < fan.size(); ++k) {
    const double below = static_cast<double>(std::lower_bound(values.begin(), values.end(), fan[k]) - values.begin()) / draws;
    const double upto = static_cast<double>(std::upper_bound(values.begin(), values.end(), fan[k]) - values.begin()) / draws;
    EXPECT_LE(below, fan_shares[k] + 0.005);
    EXPECT_GE(upto, fan_shares[k] - 0.005);
  }
}

TEST(Outlook, LogAndLogitForecastsAgreeWithDraws) {
  for (const double sd : {0.05, 0.4, 1.0, 2.5}) {
    const RuleView down = to_reach(20, Direction::down), up = to_reach(60, Direction::up);
    check_against_draws(log_scale(), std::log(30), sd, down, promise_for(down));
    check_against_draws(logit_scale(), 0.3, sd, up, promise_for(up));
  }
}

TEST(Outlook, FiguresCutToTheirBoundsAgreeWithDraws) {
  ScaleView cut = identity();
  cut.floor = 0;
  cut.ceiling = 100;
  const RuleView full = to_reach(100, Direction::up), none = to_reach(0, Direction::down), middle = to_reach(90, Direction::up);
  for (const RuleView& rule : {full, none, middle}) check_against_draws(cut, 95, 10, rule, promise_for(rule));
  // A line beyond what a figure can be is never reached, or always.
  const RuleView beyond = to_reach(101, Direction::up), below = to_reach(101, Direction::down);
  EXPECT_EQ(probability_met(cut, 95, 10, promise_for(beyond), beyond), 0);
  EXPECT_EQ(probability_met(cut, 95, 10, promise_for(below), below), 1);
  const RuleView zero = to_reach(0, Direction::down);
  // Zero on a logarithm is what the scale takes for it, half the smallest step: Phi(ln 0.05 - 1) = Phi(-3.995732).
  EXPECT_NEAR(probability_met(log_scale(), 1, 1, promise_for(zero), zero), 3.2247e-05, 1e-9);
}

TEST(Outlook, ParityIsMetWithinTheBand) {
  const RuleView rule = sample::rule(RuleType::parity, Direction::none);
  const Promise promise = promise_of(rule, 0.9, 0.9);
  check_against_draws(log_scale(), std::log(0.96), 0.04, rule, promise);
  // Within the band since the base: no side to come from, and yet a probability.
  const Promise inside = promise_of(rule, 1.0, 1.0);
  EXPECT_NEAR(probability_met(identity(), 1, 0.03, inside, rule), 2 * normal_below(1) - 1, 1e-9);
  EXPECT_GT(expected_shortfall(identity(), 1, 0.03, inside, rule), 0);
}

TEST(Outlook, ChancesOfParityAreToldByTheirLine) {
  const std::vector<std::int16_t> year{2010};
  const std::vector<double> value{0.9}, mean{0.94, 0.98}, sd{0.02, 0.03};
  RuleView parity = sample::rule(RuleType::parity, Direction::none, 1990, 2012);
  Forecast forecast{2011, mean, sd, identity()};
  const SeriesView series{year.data(), value.data(), 1};
  std::vector<double> met_by(2), told_by(2);
  const Outlook as_is = outlook_of(series, forecast, promise_of(parity, 0.9, 0.9), parity, met_by);
  forecast.parity = {0.6, 0.8};
  const Outlook told = outlook_of(series, forecast, promise_of(parity, 0.9, 0.9), parity, told_by);
  EXPECT_NEAR(as_is.probability, normal_below(0.05 / 0.03) - normal_below(-0.01 / 0.03), 1e-12);
  EXPECT_NEAR(told.probability, recalibrated({0.6, 0.8}, as_is.probability), 1e-12);
  EXPECT_NEAR(told_by[0], recalibrated({0.6, 0.8}, met_by[0]), 1e-12);
  EXPECT_EQ(told.fan, as_is.fan);
  EXPECT_EQ(told.shortfall, as_is.shortfall);
  // Phi(0.6 + 0.8 Phi^-1(0.25)) = Phi(0.0604082); Phi^-1(0.25) = -0.6744898.
  EXPECT_NEAR(recalibrated({0.6, 0.8}, 0.25), 0.524085, 1e-6);
  // Other rules are told as they are.
  RuleView half = sample::reduce_by(0.5);
  half.deadline = 2012;
  EXPECT_EQ(outlook_of(series, forecast, promise_of(half, 2, 0.9), half).probability,
            probability_met(identity(), 0.98, 0.03, promise_of(half, 2, 0.9), half));
}

TEST(Outlook, WhereAFigureMeetsAPromise) {
  const RuleView down = to_reach(25, Direction::down), up = to_reach(25, Direction::up);
  EXPECT_NEAR(met_range(identity(), promise_for(down), down).high, 25, 1e-6);
  EXPECT_EQ(met_range(identity(), promise_for(down), down).low, -HUGE_VAL);
  EXPECT_NEAR(met_range(log_scale(), promise_for(up), up).low, std::log(25.0), 1e-8);
  EXPECT_EQ(met_range(log_scale(), promise_for(up), up).high, HUGE_VAL);
  EXPECT_TRUE(std::isnan(met_range(identity(), {}, down).low));
  EXPECT_NEAR(probability_within({-1, 1}, 0, 1), 0.682689492137, 1e-10);
  EXPECT_EQ(probability_within({-HUGE_VAL, HUGE_VAL}, 0, 1), 1);
  EXPECT_EQ(probability_within({-HUGE_VAL, -HUGE_VAL}, 0, 1), 0);
}

TEST(Outlook, UniversalIsMetAtItsToleranceAndFallsShortOfItsValue) {
  RuleView rule = sample::rule(RuleType::universal, Direction::up);
  rule.value = 100;
  rule.tolerance = 5;
  const Promise promise = promise_of(rule, 60, 80);
  EXPECT_NEAR(probability_met(identity(), 95, 2, promise, rule), 0.5, 1e-6);
  EXPECT_NEAR(expected_shortfall(identity(), 95, 1e-9, promise, rule), 5, 1e-6);
}

TEST(Outlook, AForecastWithoutSpreadIsAPoint) {
  const RuleView rule = to_reach(25, Direction::down);
  for (const double sd : {0.0, -1.0}) {
    EXPECT_EQ(probability_met(identity(), 25, sd, promise_for(rule), rule), 1);
    EXPECT_EQ(probability_met(identity(), 25.1, sd, promise_for(rule), rule), 0);
    EXPECT_DOUBLE_EQ(expected_shortfall(identity(), 27, sd, promise_for(rule), rule), 2);
    EXPECT_EQ(fan_of(identity(), 27, sd), (Fan{27, 27, 27, 27, 27, 27, 27}));
    EXPECT_EQ(mean_of(identity(), 27, sd), 27);
  }
  EXPECT_EQ(probability_met(identity(), 25, 1e-12, promise_for(rule), rule), 1);  // on the line, as a figure of 25 would be
  EXPECT_TRUE(std::isnan(probability_met(identity(), no_figure, 1, promise_for(rule), rule)));
  EXPECT_TRUE(std::isnan(expected_shortfall(identity(), 1, no_figure, promise_for(rule), rule)));
}

// A line that falls by one a year from 10 in 2010, sd 1.
struct Falling {
  std::vector<double> mean, sd;
  explicit Falling(std::size_t years) : sd(years, 1.0) {
    for (std::size_t i = 0; i < years; ++i) mean.push_back(9.0 - static_cast<double>(i));
  }
  Forecast forecast() const { return {2011, mean, sd, identity()}; }
};

TEST(Outlook, YearsOfAchievementFollowTheChance) {
  const Falling line(12);
  const Series series = series_to(2010, 10);
  const RuleView rule = to_reach(5, Direction::down);  // by 2015
  std::vector<double> met_by(12);
  const Outlook outlook = outlook_of(series.view(), line.forecast(), promise_of(rule, 20, 10), rule, met_by);
  EXPECT_EQ(outlook.state, OutlookState::forecast);
  EXPECT_FALSE(outlook.met_now);
  EXPECT_NEAR(outlook.probability, 0.5, 1e-6);
  // P = Phi(5 - mean): 0.0228 in 2013, 0.159 in 2014, 0.841 in 2016, 0.977 in 2017.
  EXPECT_EQ(outlook.year_met, (std::array<std::int16_t, 3>{2014, 2015, 2017}));
  EXPECT_NEAR(met_by[3], normal_below(-1), 1e-7);
  EXPECT_EQ(outlook.last_year, 2022);
  EXPECT_DOUBLE_EQ(outlook.median(), 5);
  EXPECT_DOUBLE_EQ(outlook.mean, 5);
  EXPECT_NEAR(outlook.fan[5], 5 + 1.2815515655, 1e-9);
  EXPECT_NEAR(outlook.shortfall, normal_density(0), 1e-9);
}

TEST(Outlook, TheChanceToHaveMetItNeverFalls) {
  const std::vector<double> mean{4, 8, 3}, sd{1, 1, 1};
  const Series series = series_to(2010, 10);
  const RuleView rule = to_reach(5, Direction::down);
  std::vector<double> met_by(3);
  const Outlook outlook = outlook_of(series.view(), {2011, mean, sd, identity()}, promise_of(rule, 20, 10), rule, met_by);
  EXPECT_NEAR(met_by[1], met_by[0], 0);
  EXPECT_GT(met_by[2], met_by[1]);
  EXPECT_EQ(outlook.state, OutlookState::out_of_reach);  // 2015 is beyond the forecast
  EXPECT_TRUE(std::isnan(outlook.probability));
  EXPECT_EQ(outlook.year_met[1], 2011);
  EXPECT_EQ(outlook.year_met[2], 2013);
}

TEST(Outlook, NotWithinTheForecastIsZeroAndNoForecastIsNothing) {
  const Series series = series_to(2010, 10);
  const RuleView rule = to_reach(-50, Direction::down);
  const Falling line(12);
  const Outlook far = outlook_of(series.view(), line.forecast(), promise_of(rule, 20, 10), rule);
  EXPECT_EQ(far.year_met, (std::array<std::int16_t, 3>{0, 0, 0}));
  EXPECT_EQ(far.last_year, 2022);
  const Outlook none = outlook_of(series.view(), {2011, {}, {}, identity()}, promise_of(rule, 20, 10), rule);
  EXPECT_EQ(none.state, OutlookState::out_of_reach);
  EXPECT_EQ(none.last_year, 2010);
  const Outlook empty = outlook_of({}, line.forecast(), promise_of(rule, 20, 10), rule);
  EXPECT_EQ(empty.state, OutlookState::out_of_reach);
  EXPECT_TRUE(std::isnan(empty.probability));
}

TEST(Outlook, ATargetMetNowStillHasAProbability) {
  const std::vector<double> mean{4, 5, 6, 7, 8}, sd{1, 1, 1, 1, 1};
  const Series series = series_to(2010, 4);
  const RuleView rule = to_reach(5, Direction::down);
  const Outlook outlook = outlook_of(series.view(), {2011, mean, sd, identity()}, promise_of(rule, 20, 4), rule);
  EXPECT_TRUE(outlook.met_now);
  EXPECT_EQ(outlook.year_met, (std::array<std::int16_t, 3>{2010, 2010, 2010}));
  EXPECT_NEAR(outlook.probability, normal_below(-3), 1e-8);
}

TEST(Outlook, WithoutATargetThereIsOnlyAFan) {
  const Falling line(12);
  const Series series = series_to(2010, 10);
  for (const RuleType type : {RuleType::halt_and_reverse, RuleType::none_quantified}) {
    const RuleView rule = sample::rule(type);
    std::vector<double> met_by(12, 0.5);
    const Outlook outlook = outlook_of(series.view(), line.forecast(), promise_of(rule, 20, 10), rule, met_by);
    EXPECT_EQ(outlook.state, OutlookState::forecast);
    EXPECT_DOUBLE_EQ(outlook.median(), 5);
    EXPECT_TRUE(std::isnan(outlook.probability));
    EXPECT_TRUE(std::isnan(outlook.shortfall));
    EXPECT_EQ(outlook.year_met[0], 0);
    EXPECT_TRUE(std::isnan(met_by[0]));
  }
}

TEST(Outlook, APastDeadlineIsDecidedByItsYear) {
  const Falling line(12);
  RuleView rule = to_reach(10, Direction::down);
  const Series series{{2009, 2010}, {12, 10}};
  rule.deadline = 2010;
  Outlook outlook = outlook_of(series.view(), line.forecast(), promise_of(rule, 20, 10), rule);
  EXPECT_EQ(outlook.state, OutlookState::decided);
  EXPECT_EQ(outlook.probability, 1);
  EXPECT_EQ(outlook.shortfall, 0);
  EXPECT_TRUE(std::isnan(outlook.median()));
  rule.deadline = 2009;
  outlook = outlook_of(series.view(), line.forecast(), promise_of(rule, 20, 10), rule);
  EXPECT_EQ(outlook.probability, 0);
  EXPECT_DOUBLE_EQ(outlook.shortfall, 2);
  rule.deadline = 2008;  // no figure of that year: nobody knows
  outlook = outlook_of(series.view(), line.forecast(), promise_of(rule, 20, 10), rule);
  EXPECT_EQ(outlook.state, OutlookState::decided);
  EXPECT_TRUE(std::isnan(outlook.probability));
}

}  // namespace
}  // namespace stocktake
