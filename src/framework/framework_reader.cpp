#include "framework/framework_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace stocktake {
namespace {

constexpr std::array<Language, 1> english{Language::en};
constexpr std::array<Language, 2> english_and_chinese{Language::en, Language::zh};

const YamlNode* period_field(const YamlNode& node) {
  for (const std::string_view name : {"deadline", "baseline"}) {
    if (const YamlNode* field = node.find(name)) return field;
  }
  const YamlNode* proxy = node.find("proxy");
  return proxy == nullptr ? nullptr : period_field(*proxy);
}

// Keeps the order of the codes when a layer adds to its parent's content; a file's own order is kept as it is.
template <typename T>
T& insert(std::vector<T>& all, T one, bool sorted) {
  const auto less = [](const T& a, const T& b) { return code_less(a.code, b.code); };
  return *all.insert(sorted ? std::upper_bound(all.begin(), all.end(), one, less) : all.end(), std::move(one));
}

void check_scale(const Fields& fields, const Indicator& indicator) {
  const bool lower = std::isfinite(indicator.bounds.lower), upper = std::isfinite(indicator.bounds.upper);
  if (indicator.scale == Scale::logit && !(lower && upper)) {
    fields.fault("scale", "the scale logit needs two bounds", "Give both, such as bounds: [0, 100], or choose another scale");
  } else if (indicator.scale == Scale::log && !(indicator.bounds.lower >= 0)) {
    fields.fault("scale", "the scale log needs a lower bound of 0 or more",
                 "Give it, such as bounds: [0, ~], or choose another scale");
  }
  if (indicator.aggregate == Aggregate::weighted_mean && indicator.weight.empty()) {
    fields.fault("aggregate", "a weighted_mean needs a weight", "Add weight, such as weight: population");
  } else if (indicator.aggregate != Aggregate::weighted_mean && !indicator.weight.empty()) {
    fields.fault("weight", fmt::format("a weight belongs to weighted_mean only, aggregate is {}", to_string(indicator.aggregate)),
                 "Remove weight or write aggregate: weighted_mean");
  }
}

std::optional<Bounds> read_bounds(const Fields& fields) {
  const YamlNode* node = fields.get("bounds");
  if (node == nullptr) return std::nullopt;
  if (node->kind != YamlNode::Kind::list || node->items.size() != 2) {
    fields.fault("bounds", "expected a list of two bounds", "Write [0, 100], or [0, ~] where there is no upper bound");
    return std::nullopt;
  }
  Bounds bounds;
  for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
    if (node->items[i].kind == YamlNode::Kind::null) continue;
    const auto value = fields.reader().number(node->items[i], "bounds");
    if (!value) return std::nullopt;
    (i == 0 ? bounds.lower : bounds.upper) = *value;
  }
  if (bounds.lower >= bounds.upper) {
    fields.fault("bounds", fmt::format("the lower bound {} is not below the upper bound {}", bounds.lower, bounds.upper),
                 "Put the lower bound first");
    return std::nullopt;
  }
  return bounds;
}

}  // namespace

void check_period(Reader& reader, const YamlNode& node, int baseline, Date deadline) {
  const YamlNode* field = period_field(node);
  if (field == nullptr || baseline == 0 || deadline.year == 0 || deadline.year > baseline) return;
  reader.fault(*field, node.find("deadline") == field ? "deadline" : "baseline",
               fmt::format("the deadline {} does not lie after the baseline year {}", to_string(deadline), baseline),
               "Correct one of the two");
}

void FrameworkReader::read(const Fields& head) {
  if (const YamlNode* node = head.get("remove"); node != nullptr && layer_) read_removals(*node);
  if (const YamlNode* node = head.get("overrides"); node != nullptr && layer_) read_overrides(*node);
  for (const YamlNode& node : head.list("goals")) read_goal(node);
  for (const YamlNode* node : repeated_) read_repeated_indicator(*node);
  if (layer_) check_inherited(head);
  read_sdsn(head);
  check_references();
}

std::string FrameworkReader::read_own_code(const Fields& fields) {
  if (fields.require("code") == nullptr) return {};
  auto code = fields.code("code");
  if (!code) return {};
  if (!is_goal_code(*code)) {
    fields.fault("code", fmt::format("'{}' is not a code", *code),
                 "Use letters and digits in parts that dots join, such as \"3.2.1\"");
  }
  return std::move(*code);
}

bool FrameworkReader::first_of_its_kind(const Fields& fields, const std::string& kind, const std::string& code, bool inherited) {
  const auto [first, fresh] = first_at_.try_emplace(kind + " " + code, fields.place("code").line);
  if (!fresh) {
    fields.fault("code", fmt::format("the {} '{}' is already defined on line {}", kind, code, first->second),
                 "Give each its own code");
  } else if (inherited) {
    fields.fault("code", fmt::format("the {} '{}' is already defined by '{}'", kind, code, model_.extends),
                 "Change it under overrides, or use another code");
  }
  return fresh && !inherited;
}

void FrameworkReader::read_goal(const YamlNode& node) {
  const Fields fields(reader_, node, "a goal", {"code", "title", "url", "targets", "indicators"});
  if (!fields.is_map()) return;
  Goal goal;
  goal.code = read_own_code(fields);
  const auto inherited =
      std::find_if(model_.goals.begin(), model_.goals.end(), [&](const Goal& one) { return one.code == goal.code; });
  Goal* into = nullptr;  // stays null when the code is missing or a repetition: the content is read for its faults only
  if (!goal.code.empty() && inherited != model_.goals.end() && layer_ && first_at_.count("goal " + goal.code) == 0) {
    first_at_["goal " + goal.code] = fields.place("code").line;
    into = &*inherited;  // a layer adds to its parent's goal
    fields.local_text("title", into->title, {});
  } else {
    if (layer_) {
      fields.local_text("title", goal.title, english);
    } else {
      fields.local_text("title", goal.title, all_languages);
    }
    if (!goal.code.empty() && first_of_its_kind(fields, "goal", goal.code, false))
      into = &insert(model_.goals, std::move(goal), layer_);
  }
  if (auto url = fields.text("url"); url && into != nullptr) into->url = std::move(*url);
  for (const YamlNode& target : fields.list("targets")) read_target(target, into);
  for (const YamlNode& indicator : fields.list("indicators")) read_indicator(indicator);
}

void FrameworkReader::read_target(const YamlNode& node, Goal* goal) {
  const Fields fields(reader_, node, "a target", {"code", "title", "url", "deadline", "baseline", "indicators", "rules"});
  if (!fields.is_map()) return;
  Target target;
  target.code = read_own_code(fields);
  const bool fresh =
      !target.code.empty() && first_of_its_kind(fields, "target", target.code, layer_ && find_target(target.code) != nullptr);
  if (layer_) {
    fields.local_text("title", target.title, english);
  } else {
    fields.local_text("title", target.title, all_languages);
  }
  fields.require("rules");
  read_target_fields(fields, target);
  if (fresh && goal != nullptr) insert(goal->targets, std::move(target), layer_);
}

void FrameworkReader::read_target_fields(const Fields& fields, Target& target) {
  if (auto url = fields.text("url")) target.url = std::move(*url);
  if (const auto year = fields.year("baseline")) target.baseline = year;
  if (const auto date = fields.date("deadline")) target.deadline = date;
  check_period(reader_, fields.node(), target.baseline.value_or(model_.baseline), target.deadline.value_or(model_.deadline));
  if (const YamlNode* list = fields.get("indicators")) {
    target.indicators = fields.codes("indicators");
    for (const YamlNode& item : list->items) {
      if (item.kind == YamlNode::Kind::scalar) references_.push_back({reader_.at(item, "indicators"), item.text});
    }
  }
  if (fields.get("rules") != nullptr) read_rules(fields, target);
}

void FrameworkReader::read_rules(const Fields& fields, Target& target) {
  const auto nodes = fields.list("rules");
  if (nodes.empty() && fields.get("rules")->kind == YamlNode::Kind::list) {
    fields.fault("rules", "a target needs at least one rule, the list is empty",
                 "A target without a number gets a rule of type none_quantified");
  }
  target.rules.clear();
  bool headline = false;
  for (const YamlNode& node : nodes) {
    auto rule = read_rule(reader_, node, target.indicators.empty(), references_);
    if (!rule) continue;
    if (rule->headline && headline) {
      reader_.fault(*node.find("headline"), "headline", "the target has another headline rule already",
                    "Keep headline: true at one rule");
      rule->headline = false;
    }
    headline = headline || rule->headline;
    if (rule->baseline || rule->deadline) {
      check_period(reader_, node, model_.baseline_of(target, *rule), model_.deadline_of(target, *rule));
    }
    target.rules.push_back(std::move(*rule));
  }
  if (!headline && !target.rules.empty()) target.rules.front().headline = true;
}

void FrameworkReader::read_indicator(const YamlNode& node) {
  // One with same_as starts from the other's fields, and the other may stand further down.
  if (const YamlNode* same = node.find("same_as"); same != nullptr && same->kind != YamlNode::Kind::null) {
    repeated_.push_back(&node);
    return;
  }
  const Fields fields(reader_, node, "an indicator",
                      {"code", "name", "unit", "direction", "bounds", "scale", "aggregate", "weight", "unsd", "same_as", "url", "sdsn"});
  if (!fields.is_map()) return;
  Indicator indicator;
  indicator.code = read_own_code(fields);
  read_indicator_fields(fields, indicator, true);
  add_indicator(fields, std::move(indicator));
}

void FrameworkReader::read_repeated_indicator(const YamlNode& node) {
  const Fields fields(reader_, node, "an indicator",
                      {"code", "name", "unit", "direction", "bounds", "scale", "aggregate", "weight", "unsd", "same_as", "url", "sdsn"});
  const std::string same_as = fields.code("same_as").value_or("");
  const Indicator* other = model_.find_indicator(same_as);
  Indicator indicator;
  if (other != nullptr) indicator = *other;
  const bool chained = !indicator.same_as.empty();
  indicator.code = read_own_code(fields);
  indicator.same_as = same_as;
  if (other == nullptr && !same_as.empty()) {
    const auto is_same = [&](const YamlNode* one) { return one->find("code") != nullptr && one->find("code")->text == same_as; };
    if (same_as == indicator.code) {
      fields.fault("same_as", "the indicator names itself", "Name the indicator that it repeats");
    } else if (std::any_of(repeated_.begin(), repeated_.end(), is_same)) {
      fields.fault("same_as", fmt::format("'{}' is itself a repetition", same_as), "Name the indicator that has no same_as");
    } else {
      references_.push_back({reader_.at(fields.place("same_as"), "same_as"), same_as});
    }
  } else if (chained) {
    fields.fault("same_as", fmt::format("'{}' is itself a repetition", same_as), "Name the indicator that has no same_as");
  }
  read_indicator_fields(fields, indicator, false);
  add_indicator(fields, std::move(indicator));
}

void FrameworkReader::read_indicator_fields(const Fields& fields, Indicator& indicator, bool complete) {
  if (!complete) {
    fields.local_text("name", indicator.name, {});
  } else if (layer_) {
    fields.local_text("name", indicator.name, english);
  } else {
    fields.local_text("name", indicator.name, english_and_chinese);
  }
  if (complete) {
    fields.require("unit");
    fields.require("direction");
  }
  if (auto unit = fields.text("unit")) {
    if (!is_unit_code(*unit))
      fields.fault("unit", fmt::format("'{}' is not a code of a unit", *unit),
                   "Use a code of reference/units.csv, such as PERCENT");
    indicator.unit = std::move(*unit);
  }
  indicator.direction =
      fields.choice("direction", {Direction::up, Direction::down, Direction::none}).value_or(indicator.direction);
  indicator.bounds = read_bounds(fields).value_or(indicator.bounds);
  indicator.scale = fields.choice("scale", {Scale::identity, Scale::log, Scale::logit}).value_or(indicator.scale);
  indicator.aggregate =
      fields.choice("aggregate", {Aggregate::weighted_mean, Aggregate::sum, Aggregate::none}).value_or(indicator.aggregate);
  if (auto weight = fields.text("weight")) indicator.weight = std::move(*weight);
  if (auto unsd = fields.code("unsd")) indicator.unsd_code = std::move(*unsd);
  if (auto url = fields.text("url")) indicator.url = std::move(*url);
  check_scale(fields, indicator);
  read_sdsn_scale(fields, indicator);
}

void FrameworkReader::add_indicator(const Fields& fields, Indicator indicator) {
  if (indicator.code.empty()) return;
  const bool inherited =
      layer_ && model_.find_indicator(indicator.code) != nullptr && first_at_.count("indicator " + indicator.code) == 0;
  if (first_of_its_kind(fields, "indicator", indicator.code, inherited))
    model_.indicators.emplace(indicator.code, std::move(indicator));
}

void FrameworkReader::check_references() {
  constexpr std::size_t guesses = 50;  // each costs a pass over all codes: a file full of faults must not take minutes
  std::size_t unknown = 0;
  std::vector<std::string_view> known;
  for (const auto& [code, indicator] : model_.indicators) known.push_back(code);
  for (const Reference& reference : references_) {
    if (model_.find_indicator(reference.code) != nullptr) continue;
    const std::string guess = ++unknown > guesses ? std::string() : did_you_mean(reference.code, known);
    reader_.fault(reference.where, fmt::format("there is no indicator '{}'", reference.code),
                  guess.empty() ? "Define it under indicators of a goal, or correct the code" : guess);
  }
}

}  // namespace stocktake
