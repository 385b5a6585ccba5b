// What a layer (a framework that extends another) removes from its parent and overrides in it.
#include <fmt/format.h>

#include <algorithm>

#include "framework/framework_reader.h"

namespace stocktake {
namespace {

template <typename Codes>
std::string guess(std::string_view code, const Codes& codes, std::string_view parent) {
  const std::vector<std::string_view> known(codes.begin(), codes.end());
  const std::string near = did_you_mean(code, known);
  return near.empty() ? fmt::format("Use a code of '{}'", parent) : near;
}

std::vector<std::string_view> target_codes(const Framework& model) {
  std::vector<std::string_view> codes;
  for (const Goal& goal : model.goals) {
    for (const Target& target : goal.targets) codes.push_back(target.code);
  }
  return codes;
}

std::vector<std::string_view> indicator_codes(const Framework& model) {
  std::vector<std::string_view> codes;
  for (const auto& [code, indicator] : model.indicators) codes.push_back(code);
  return codes;
}

}  // namespace

Target* FrameworkReader::find_target(std::string_view code) {
  for (Goal& goal : model_.goals) {
    for (Target& target : goal.targets) {
      if (target.code == code) return &target;
    }
  }
  return nullptr;
}

void FrameworkReader::read_removals(const YamlNode& node) {
  const Fields fields(reader_, node, "remove", {"targets", "indicators"});
  for (const YamlNode& item : fields.list("targets")) {
    const auto code = reader_.code(item, "targets");
    if (!code) continue;
    if (find_target(*code) == nullptr) {
      reader_.fault(item, "targets", fmt::format("'{}' has no target '{}' to remove", model_.extends, *code),
                    guess(*code, target_codes(model_), model_.extends));
    }
    for (Goal& goal : model_.goals) std::erase_if(goal.targets, [&](const Target& target) { return target.code == *code; });
  }
  for (const YamlNode& item : fields.list("indicators")) {
    const auto code = reader_.code(item, "indicators");
    if (!code) continue;
    if (model_.indicators.erase(*code) == 0) {
      reader_.fault(item, "indicators", fmt::format("'{}' has no indicator '{}' to remove", model_.extends, *code),
                    guess(*code, indicator_codes(model_), model_.extends));
    }
  }
}

void FrameworkReader::read_overrides(const YamlNode& node) {
  const Fields fields(reader_, node, "overrides", {"targets", "indicators"});
  for (const std::string_view name : {"targets", "indicators"}) {
    const YamlNode* entries = fields.get(name);
    if (entries == nullptr) continue;
    if (entries->kind != YamlNode::Kind::map) {
      fields.fault(name, "expected a map from codes to the fields that change", "Write \"3.2\": {deadline: 2028}");
      continue;
    }
    for (std::size_t i = 0; i < entries->keys.size(); ++i) {
      if (name == "targets") {
        override_target(entries->keys[i], entries->items[i]);
      } else {
        override_indicator(entries->keys[i], entries->items[i]);
      }
    }
  }
}

void FrameworkReader::override_target(const YamlNode& key, const YamlNode& node) {
  const auto code = reader_.code(key, "overrides.targets");
  const Fields fields(reader_, node, "an overridden target", {"title", "url", "deadline", "baseline", "indicators", "rules"});
  if (!code || !fields.is_map()) return;
  if (!first_at_.try_emplace("override of target " + *code, key.line).second) {
    reader_.fault(key, "overrides.targets", fmt::format("'{}' is overridden twice", *code), "Put all its changes in one place");
    return;
  }
  Target* target = find_target(*code);
  if (target == nullptr) {
    reader_.fault(key, "overrides.targets",
                  fmt::format("'{}' has no target '{}' (or this file removes it)", model_.extends, *code),
                  guess(*code, target_codes(model_), model_.extends));
  }
  Target unknown;  // read for its faults only
  Target& into = target == nullptr ? unknown : *target;
  fields.local_text("title", into.title, {});
  read_target_fields(fields, into);
  if (fields.get("rules") != nullptr) return;
  for (const TargetRule& rule : into.rules) {  // a parent's rule keeps its own baseline or deadline; do they still fit?
    if (rule.baseline.has_value() != rule.deadline.has_value()) {
      check_period(reader_, node, model_.baseline_of(into, rule), model_.deadline_of(into, rule));
    }
  }
}

void FrameworkReader::override_indicator(const YamlNode& key, const YamlNode& node) {
  const auto code = reader_.code(key, "overrides.indicators");
  const Fields fields(reader_, node, "an overridden indicator",
                      {"name", "unit", "direction", "bounds", "scale", "aggregate", "weight", "unsd", "url", "sdsn"});
  if (!code || !fields.is_map()) return;
  if (!first_at_.try_emplace("override of indicator " + *code, key.line).second) {
    reader_.fault(key, "overrides.indicators", fmt::format("'{}' is overridden twice", *code),
                  "Put all its changes in one place");
    return;
  }
  const auto found = model_.indicators.find(*code);
  if (found == model_.indicators.end()) {
    reader_.fault(key, "overrides.indicators",
                  fmt::format("'{}' has no indicator '{}' (or this file removes it)", model_.extends, *code),
                  guess(*code, indicator_codes(model_), model_.extends));
    return;
  }
  read_indicator_fields(fields, found->second, false);
}

// What a removal or a new period leaves behind in the parent's content. A removed indicator leaves the targets' lists, and its
// rules go with it; whatever cannot stand without it is a fault.
void FrameworkReader::check_inherited(const Fields& head) {
  const YamlNode* removals = head.get("remove");
  const YamlNode& removed = removals == nullptr ? head.node() : *removals;
  const auto is_gone = [&](const std::string& code) { return !code.empty() && model_.find_indicator(code) == nullptr; };
  const YamlNode* removed_list = removed.find("indicators");
  const auto is_removed = [&](const std::string& code) {
    if (removals == nullptr || removed_list == nullptr || !is_gone(code)) return false;
    return std::any_of(removed_list->items.begin(), removed_list->items.end(),
                       [&](const YamlNode& item) { return item.text == code; });
  };
  for (Goal& goal : model_.goals) {
    for (Target& target : goal.targets) {
      if (first_at_.count("target " + target.code) != 0) continue;  // this file's own: its references are checked as such
      if (first_at_.count("override of target " + target.code) == 0) {
        check_period(reader_, head.node(), target.baseline.value_or(model_.baseline), target.deadline.value_or(model_.deadline));
      }
      std::erase_if(target.indicators, is_removed);
      const std::size_t before = target.rules.size();
      std::erase_if(target.rules, [&](const TargetRule& rule) { return is_removed(rule.indicator); });
      if (before > 0 && target.rules.empty()) {
        reader_.fault(removed, "indicators", fmt::format("the target '{}' is left without a rule", target.code),
                      "Remove the target too, or override its rules");
      } else if (!target.rules.empty() &&
                 std::none_of(target.rules.begin(), target.rules.end(), [](const auto& rule) { return rule.headline; })) {
        target.rules.front().headline = true;
      }
      for (const TargetRule& rule : target.rules) {
        if (is_removed(rule.to)) {
          reader_.fault(removed, "indicators",
                        fmt::format("a rule of the target '{}' compares with the removed indicator '{}'", target.code, rule.to),
                        "Keep the indicator, or override the target's rules");
        }
      }
    }
  }
  for (const auto& [code, indicator] : model_.indicators) {
    if (is_removed(indicator.same_as)) {
      reader_.fault(removed, "indicators",
                    fmt::format("the indicator '{}' repeats the removed indicator '{}'", code, indicator.same_as),
                    "Remove it too, or keep the other");
    }
  }
}

}  // namespace stocktake
