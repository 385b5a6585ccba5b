// The `sdsn:` blocks of a framework file: the scale of an indicator, and how an index of that kind fills in missing goals.
#include <fmt/format.h>

#include <algorithm>

#include "framework/framework_reader.h"

namespace stocktake {
namespace {

// Groups of areas, as codes in capitals; whether they exist is known only with the areas at hand.
std::vector<std::string> group_codes(const Fields& fields, std::string_view name) {
  std::vector<std::string> codes = fields.codes(name);
  const YamlNode* node = fields.get(name);
  if (node == nullptr) return codes;
  for (const YamlNode& item : node->items) {
    if (item.kind == YamlNode::Kind::scalar && !is_upper_code(item.text)) {
      fields.reader().fault(item, name, fmt::format("'{}' is not the code of a group or area", item.text),
                            "Use a code of `stocktake groups`, such as LLDC");
    }
  }
  return codes;
}

}  // namespace

void FrameworkReader::read_sdsn_scale(const Fields& fields, Indicator& indicator) {
  const YamlNode* node = fields.get("sdsn");
  if (node == nullptr) return;
  const Fields block(reader_, *node, "an sdsn block", {"worst", "best", "red", "green"});
  if (!block.is_map()) return;
  bool complete = true;
  SdsnScale scale;
  for (const auto& [name, into] :
       {std::pair{"worst", &scale.worst}, {"best", &scale.best}, {"red", &scale.red}, {"green", &scale.green}}) {
    const YamlNode* field = block.require(name);
    const auto value = field == nullptr ? std::nullopt : block.number(name);
    complete = complete && value.has_value();
    *into = value.value_or(0);
  }
  if (!complete) return;
  if (scale.worst == scale.best) {
    block.fault("best", fmt::format("worst and best are both {}: there is nothing between them", scale.best),
                "Give the lower bound of the scale as worst and its optimum as best");
    return;
  }
  const double sense = scale.best > scale.worst ? 1 : -1;
  if (!(sense * (scale.red - scale.worst) >= 0 && sense * (scale.green - scale.red) > 0 &&
        sense * (scale.best - scale.green) >= 0)) {
    block.fault("red",
                fmt::format("the order worst, red, green, best is broken: {}, {}, {}, {}", scale.worst, scale.red, scale.green,
                            scale.best),
                "Put red and green between worst and best, red at the side of worst");
    return;
  }
  indicator.sdsn = scale;
}

void FrameworkReader::read_sdsn(const Fields& head) {
  const YamlNode* node = head.get("sdsn");
  if (node == nullptr) return;
  const Fields block(reader_, *node, "sdsn", {"regions", "not_applicable"});
  if (!block.is_map()) return;
  if (block.get("regions") != nullptr) model_.sdsn.regions = group_codes(block, "regions");
  const YamlNode* goals = block.get("not_applicable");
  if (goals == nullptr) return;
  if (goals->kind != YamlNode::Kind::map) {
    block.fault("not_applicable", "expected a map from goals or indicators to groups", "Write \"14\": [LLDC]");
    return;
  }
  model_.sdsn.not_applicable.clear();  // a layer's list replaces its parent's
  for (std::size_t i = 0; i < goals->keys.size(); ++i) {
    const auto goal = reader_.code(goals->keys[i], "not_applicable");
    if (!goal) continue;
    if (std::none_of(model_.goals.begin(), model_.goals.end(), [&](const Goal& one) { return one.code == *goal; }) &&
        model_.find_indicator(*goal) == nullptr) {
      reader_.fault(goals->keys[i], "not_applicable", fmt::format("there is no goal or indicator '{}'", *goal),
                    "Use the code of a goal, or of an indicator");
      continue;
    }
    std::vector<std::string> groups = reader_.codes(goals->items[i], "not_applicable");
    for (const YamlNode& item : goals->items[i].items) {
      if (item.kind == YamlNode::Kind::scalar && !is_upper_code(item.text)) {
        reader_.fault(item, "not_applicable", fmt::format("'{}' is not the code of a group or area", item.text),
                      "Use a code of `stocktake groups`, such as LLDC");
      }
    }
    if (groups.empty()) continue;
    if (!model_.sdsn.not_applicable.try_emplace(*goal, std::move(groups)).second) {
      reader_.fault(goals->keys[i], "not_applicable", fmt::format("'{}' is there twice", *goal), "Put its groups in one list");
    }
  }
}

}  // namespace stocktake
