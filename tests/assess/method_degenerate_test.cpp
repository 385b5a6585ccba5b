// Every registered method on every degenerate input: an outcome that is defined, and a verdict that is its own class's.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "assess/trying.h"
#include "base/error.h"

namespace stocktake {
namespace {

using trying::of_type;
using trying::reach;
using trying::reduce_by;
using trying::trial;
using trying::universal;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

struct Input {
  const char* name;
  Trial trial;
};

TargetRule share_without() {
  TargetRule rule = reduce_by(0.5);
  rule.complement = 100;
  return rule;
}

TargetRule doubled() {
  TargetRule rule = of_type(RuleType::multiply_by);
  rule.factor = 2;
  return rule;
}

TargetRule gap() {
  TargetRule rule = of_type(RuleType::relative);
  rule.factor = 1;
  rule.to = "other";
  return rule;
}

std::vector<std::pair<const char*, std::vector<std::pair<int, double>>>> figure_sets() {
  return {
      {"none", {}},
      {"one", {{2015, 5}}},
      {"one late", {{2022, 5}}},
      {"falling", {{2005, 50}, {2010, 45}, {2015, 40}, {2017, 38}, {2018, 37}, {2020, 35}, {2022, 33}}},
      {"rising", {{2005, 20}, {2010, 30}, {2015, 40}, {2017, 44}, {2020, 50}, {2022, 55}}},
      {"level", {{2005, 40}, {2015, 40}, {2017, 40}, {2020, 40}, {2022, 40}}},
      {"zero at base", {{2007, 0}, {2015, 0}, {2017, 3}, {2022, 5}}},
      {"zero now", {{2007, 9}, {2015, 5}, {2017, 3}, {2022, 0}}},
      {"zeros", {{2007, 0}, {2015, 0}, {2017, 0}, {2022, 0}}},
      {"negative", {{2007, -50}, {2015, -40}, {2017, -30}, {2022, -20}}},
      {"through zero", {{2007, -9}, {2015, -4}, {2017, 1}, {2022, 6}}},
      {"not finite", {{2007, nan_value}, {2015, 40}, {2017, nan_value}, {2019, 35}, {2022, 33}, {2023, nan_value}}},
      {"all not finite", {{2015, nan_value}, {2022, nan_value}}},
      {"at the ceiling", {{2007, 100}, {2015, 100}, {2017, 100}, {2022, 100}}},
      {"beyond the ceiling", {{2007, 99}, {2015, 101}, {2017, 102}, {2022, 103}}},
      {"ratios", {{2007, 0.7}, {2015, 0.8}, {2017, 0.85}, {2022, 0.9}}},
      {"parity and lost", {{2007, 0.99}, {2015, 1.0}, {2017, 1.1}, {2022, 1.2}}},
      {"through parity", {{2007, 0.5}, {2015, 0.6}, {2017, 0.9}, {2022, 1.1}}},
      {"tiny", {{2007, 1e-300}, {2015, 2e-300}, {2017, 3e-300}, {2022, 4e-300}}},
      {"huge", {{2007, 1e300}, {2015, 2e300}, {2017, 3e300}, {2022, 4e300}}},
  };
}

std::vector<Input> inputs() {
  const std::vector<std::pair<const char*, TargetRule>> rules{
      {"reach 20", reach(20)},
      {"reach 0", reach(0)},
      {"reach 100", reach(100)},
      {"reach 40, the base", reach(40)},
      {"reduce by two thirds", reduce_by(2.0 / 3)},
      {"the share without", share_without()},
      {"double", doubled()},
      {"universal 100", universal(100, 5)},
      {"universal 0", universal(0, 0)},
      {"parity", of_type(RuleType::parity)},
      {"gap", gap()},
      {"halt and reverse", of_type(RuleType::halt_and_reverse)},
      {"no target", of_type(RuleType::none_quantified)},
  };
  const std::vector<trying::Setting> settings{
      {},                  // 2015 to 2030
      {.deadline = 2020},  // past
      {.deadline = 2015},  // the base year itself
      {.deadline = 2010},  // before it
      {.lower = 0, .upper = 100},
      {.lower = 0, .upper = 1},
      {.oldest = 2023},  // too old
  };
  std::vector<Input> all;
  for (const auto& [figures_name, figures] : figure_sets()) {
    for (const auto& [rule_name, rule] : rules) {
      for (const Direction direction : {Direction::up, Direction::down, Direction::none}) {
        for (const trying::Setting& setting : settings) {
          all.push_back({rule_name, trial(figures, rule, direction, setting)});
          // What the methods of the SDSN report need: from 80 to 10, and the other way round.
          const bool up = direction == Direction::up;
          all.back().trial.indicator.sdsn = up ? SdsnScale{10, 80, 30, 60} : SdsnScale{80, 10, 60, 30};
        }
      }
    }
  }
  return all;
}

bool promised(const Trial& trial) {
  return trial.rule.type != RuleType::none_quantified && trial.rule.type != RuleType::halt_and_reverse;
}

TEST(EveryMethod, EveryDegenerateInputHasAnOutcome) {
  const std::vector<Input> all = inputs();
  ASSERT_GT(all.size(), 5000U);
  for (const Method* method : methods()) {
    const std::vector<double> parameters = default_parameters(*method);
    std::size_t judged = 0;
    for (const Input& input : all) {
      const TrialResult result = try_method(*method, input.trial, parameters);
      const Judgement& one = result.judgement;
      const auto where = [&] {
        return std::string(method->info().id) + ", " + input.name + ", base " + std::to_string(result.facts.base) + ", latest " +
               std::to_string(result.facts.latest) + ", deadline " + std::to_string(result.facts.deadline_year) + ", direction " +
               std::string(to_string(input.trial.indicator.direction)) + ": " + std::string(to_string(one.verdict));
      };
      ASSERT_FALSE(std::isinf(one.score)) << where();
      if (is_judgement(one.verdict)) {
        ++judged;
        ASSERT_LT(one.own, method->classes().size()) << where();
        ASSERT_EQ(method->classes()[one.own].verdict, one.verdict) << where();
      } else {
        ASSERT_EQ(one.own, no_class) << where();
        ASSERT_TRUE(std::isnan(one.score)) << where();
      }
    }
    EXPECT_GT(judged, 0U) << method->info().id;
  }
}

// What is common to the methods that look at the way a series moves.
TEST(EveryMethod, TrendMethodsRefuseAlike) {
  for (const Method* method : methods()) {
    if (method->info().traits.basis != Basis::trend) continue;
    const std::vector<double> parameters = default_parameters(*method);
    for (const Input& input : inputs()) {
      const TrialResult result = try_method(*method, input.trial, parameters);
      const Verdict verdict = result.judgement.verdict;
      const std::string where = std::string(method->info().id) + ", " + input.name;
      const bool refused_first = method->info().traits.needs_target && !promised(input.trial);
      // A method that scores the indicator itself has no answer for the gap between two.
      if (input.trial.rule.type == RuleType::relative && verdict == Verdict::not_applicable) continue;
      if (refused_first) {
        ASSERT_FALSE(is_judgement(verdict) && input.trial.rule.type == RuleType::none_quantified) << where;
      } else if (result.facts.points < 2) {
        ASSERT_EQ(verdict, Verdict::insufficient_data) << where;
      } else if (result.facts.latest_year < input.trial.oldest) {
        ASSERT_EQ(verdict, Verdict::data_too_old) << where;
      }
    }
  }
}

// Figures after the last year that counts change nothing.
TEST(EveryMethod, LaterFiguresDoNotCount) {
  std::vector<std::pair<int, double>> figures{{2005, 50}, {2010, 45}, {2015, 40}, {2017, 38}, {2018, 37}, {2020, 35}};
  const Trial known = trial(figures, reach(20), Direction::down);
  figures.emplace_back(2021, 90);
  figures.emplace_back(2022, 2);
  const Trial with_later = trial(figures, reach(20), Direction::down, {.data_until = 2020});
  for (const Method* method : methods()) {
    const std::vector<double> parameters = default_parameters(*method);
    const Judgement a = try_method(*method, known, parameters).judgement,
                    b = try_method(*method, with_later, parameters).judgement;
    EXPECT_EQ(a.verdict, b.verdict) << method->info().id;
    EXPECT_EQ(a.own, b.own) << method->info().id;
    EXPECT_TRUE(a.score == b.score || (std::isnan(a.score) && std::isnan(b.score))) << method->info().id;
  }
}

TEST(EveryMethod, SaysWhatItIs) {
  std::set<std::string_view> ids;
  for (const Method* method : methods()) {
    const MethodInfo& info = method->info();
    EXPECT_TRUE(ids.insert(info.id).second) << info.id;
    for (const std::string_view text : {info.title, info.formula, info.citation, info.score})
      EXPECT_FALSE(text.empty()) << info.id;
    EXPECT_EQ(&stocktake::method(info.id), method);
    EXPECT_TRUE(info.traits.window_years == 0 || info.traits.fit == Fit::recent) << info.id;
    std::set<std::string_view> names;
    for (const MethodClass& one : method->classes()) {
      EXPECT_TRUE(names.insert(one.id).second) << info.id << " " << one.id;
      EXPECT_TRUE(is_judgement(one.verdict)) << info.id << " " << one.id;
      EXPECT_FALSE(one.label.empty()) << info.id << " " << one.id;
    }
    EXPECT_FALSE(names.empty()) << info.id;
    names.clear();
    for (const MethodParameter& one : method->parameters()) {
      EXPECT_TRUE(names.insert(one.id).second) << info.id << " " << one.id;
      EXPECT_TRUE(std::isfinite(one.value)) << info.id << " " << one.id;
      EXPECT_FALSE(one.meaning.empty()) << info.id << " " << one.id;
    }
  }
}

}  // namespace
}  // namespace stocktake
