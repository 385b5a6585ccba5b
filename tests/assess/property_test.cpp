// What must hold for any series: random figures with gaps, zeros, signs and values that are no numbers.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "assess/sample.h"

namespace stocktake {
namespace {

using sample::Figures;
using sample::judge;

constexpr RuleType types[] = {RuleType::reduce_by, RuleType::multiply_by, RuleType::reach,           RuleType::universal,
                              RuleType::parity,    RuleType::relative,    RuleType::none_quantified, RuleType::halt_and_reverse};

class Random {
 public:
  int number(int low, int high) { return std::uniform_int_distribution<int>(low, high)(engine_); }
  Figures figures(bool wild) {
    Figures made;
    for (int year = number(1975, 1995); year <= 2015; year += number(1, 8)) made.emplace_back(year, value(wild));
    return made;
  }
  RuleView rule() {
    RuleView view = sample::rule(types[number(0, 7)], static_cast<Direction>(number(0, 2)));
    view.fraction = number(0, 8) / 8.0;
    view.factor = number(0, 8) / 2.0;
    view.value = number(-4, 20);
    view.tolerance = number(0, 2);
    view.has_complement = number(0, 3) == 0;
    view.complement = 16;
    view.deadline = static_cast<std::int16_t>(number(1985, 2030));
    return view;
  }

 private:
  double value(bool wild) {
    switch (wild ? number(0, 12) : 12) {
      case 0: return 0;
      case 1: return std::numeric_limits<double>::quiet_NaN();
      case 2: return std::numeric_limits<double>::infinity();
      case 3: return std::numeric_limits<double>::max();
      case 4: return std::numeric_limits<double>::denorm_min();
      case 5: return -number(1, 20);
      default: return number(1, 160) / 8.0;
    }
  }
  std::mt19937 engine_{20130925};
};

TEST(Property, FactsAreNeverInfiniteAndVerdictsAlwaysDefined) {
  Random random;
  for (int i = 0; i < 20000; ++i) {
    const sample::Judged one = judge(random.figures(true), random.rule());
    ASSERT_LT(static_cast<std::size_t>(one.mdg), verdict_count);
    ASSERT_LT(static_cast<std::size_t>(one.sdg), verdict_count);
    const Facts& f = one.facts;
    for (const double figure :
         {f.base, f.latest, f.observed_linear, f.required_linear, f.observed_rate, f.required_rate, f.ratio_linear, f.ratio_rate,
          f.expected_linear, f.expected_rate, f.needed_linear, f.needed_rate, f.acceleration, f.year_met, f.worst, f.previous}) {
      ASSERT_FALSE(std::isinf(figure));
    }
    ASSERT_TRUE(f.points >= 2 || !(is_judgement(one.mdg) || is_judgement(one.sdg)));
    ASSERT_TRUE(f.base_year == 0 || f.base_year <= f.latest_year);
  }
}

// Units do not matter: four times all figures (exact in binary) of a reduction gives the same verdicts and rates.
TEST(Property, VerdictsOfAReductionDoNotDependOnTheUnit) {
  Random random;
  for (int i = 0; i < 5000; ++i) {
    const Figures figures = random.figures(false);
    Figures scaled = figures;
    for (auto& [year, value] : scaled) value *= 4;
    const RuleView rule = sample::reduce_by(random.number(1, 7) / 8.0);
    const sample::Judged one = judge(figures, rule), other = judge(scaled, rule);
    ASSERT_EQ(one.mdg, other.mdg);
    ASSERT_EQ(one.sdg, other.sdg);
    ASSERT_TRUE(one.facts.observed_rate == other.facts.observed_rate || std::isnan(one.facts.observed_rate));
  }
}

// "Halve those without" is "halve" seen from the other side; the linear path does not know the difference.
TEST(Property, ComplementIsTheMirrorOfAReduction) {
  Random random;
  for (int i = 0; i < 5000; ++i) {
    const Figures without = random.figures(false);
    Figures with = without;
    for (auto& [year, value] : with) value = 64 - value;
    const RuleView rule = sample::reduce_by(0.5);
    RuleView mirrored = rule;
    mirrored.has_complement = true;
    mirrored.complement = 64;
    mirrored.direction = Direction::up;
    const sample::Judged one = judge(without, rule), other = judge(with, mirrored);
    const bool borderline = std::abs(one.facts.expected_linear - one.facts.target) < 1e-6;
    ASSERT_TRUE(borderline || one.mdg == other.mdg);
    ASSERT_NEAR(one.facts.target, 64 - other.facts.target, 1e-12);
  }
}

// A better latest figure never gives a worse class.
TEST(Property, BetterFiguresNeverJudgeWorse) {
  Random random;
  for (int i = 0; i < 5000; ++i) {
    Figures figures = random.figures(false);
    const RuleView rule = sample::reduce_by(0.5);
    const sample::Judged before = judge(figures, rule);
    figures.back().second *= 0.75;
    const sample::Judged after = judge(figures, rule);
    if (!is_judgement(before.mdg) || figures.size() < 2 || before.facts.base_year == figures.back().first) continue;
    ASSERT_LE(after.mdg, before.mdg);
    ASSERT_LE(after.sdg, before.sdg);
  }
}

}  // namespace
}  // namespace stocktake
