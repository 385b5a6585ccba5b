// Methods tried on figures written into a test.
#pragma once

#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assess/trial.h"

namespace stocktake::trying {

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

struct Setting {
  int baseline = 2015, deadline = 2030;
  double lower = -unbounded, upper = unbounded;
  int oldest = -32000;
  int data_until = 32000;
};

inline TargetRule reach(double value) {
  TargetRule rule;
  rule.type = RuleType::reach;
  rule.value = value;
  return rule;
}

inline TargetRule reduce_by(double fraction) {
  TargetRule rule;
  rule.type = RuleType::reduce_by;
  rule.fraction = fraction;
  return rule;
}

inline TargetRule universal(double value, double tolerance) {
  TargetRule rule;
  rule.type = RuleType::universal;
  rule.value = value;
  rule.tolerance = tolerance;
  return rule;
}

inline TargetRule of_type(RuleType type) {
  TargetRule rule;
  rule.type = type;
  return rule;
}

inline Trial trial(std::vector<std::pair<int, double>> figures, TargetRule rule, Direction direction, Setting setting = {}) {
  Trial made;
  made.figures = std::move(figures);
  made.rule = std::move(rule);
  made.indicator.direction = direction;
  made.indicator.bounds = {setting.lower, setting.upper};
  made.baseline = setting.baseline;
  made.deadline = setting.deadline;
  made.oldest = setting.oldest;
  made.data_until = setting.data_until;
  return made;
}

using Changes = std::initializer_list<std::pair<std::string_view, double>>;

struct Tried {
  std::string word;  // the method's own class; "" where it does not judge
  Verdict verdict = Verdict::not_applicable;
  double score = no_figure;
  Facts facts;
};

inline Tried with(const Method& method, const Trial& trial, Changes changes = {}) {
  std::vector<double> parameters = default_parameters(method);
  for (const auto& [id, value] : changes) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (method.parameters()[i].id == id) parameters[i] = value;
    }
  }
  const TrialResult result = try_method(method, trial, parameters);
  const std::uint8_t own = result.judgement.own;
  return {own == no_class ? "" : std::string(method.classes()[own].id), result.judgement.verdict, result.judgement.score,
          result.facts};
}

}  // namespace stocktake::trying
