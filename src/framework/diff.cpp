#include "framework/diff.h"

#include <fmt/format.h>

#include <map>

#include "base/text.h"

namespace stocktake {
namespace {

struct CodeLess {
  bool operator()(const std::string& a, const std::string& b) const { return code_less(a, b); }
};
template <typename T>
using ByCode = std::map<std::string, T, CodeLess>;
using Values = std::map<std::string, std::string>;  // field → what it holds, in words

// An item as what a diff needs of it: how to call it, and the fields that may change.
struct Item {
  std::string label;
  Values values;
};

void add_text(Values& values, const std::string& field, const LocalText& text) {
  for (const Language language : all_languages) {
    if (text.has(language)) values[fmt::format("{}.{}", field, code(language))] = text.in(language);
  }
}

std::string number(double value) { return fmt::format("{}", value); }

std::string bounds_text(const Bounds& bounds) {
  const auto one = [](double bound) { return bound - bound == 0 ? number(bound) : std::string("~"); };  // infinite: no bound
  return fmt::format("[{}, {}]", one(bounds.lower), one(bounds.upper));
}

std::string sdsn_text(const std::optional<SdsnScale>& scale) {
  if (!scale) return {};
  return fmt::format("worst {}, red {}, green {}, best {}", scale->worst, scale->red, scale->green, scale->best);
}

Item describe(const Framework& framework) {
  Item item{framework.title.in(Language::en), {}};
  item.values = {{"version", framework.version},
                 {"extends", framework.extends},
                 {"source.title", framework.source_title},
                 {"source.url", framework.source_url},
                 {"baseline", std::to_string(framework.baseline)},
                 {"deadline", to_string(framework.deadline)},
                 {"areas", joined(framework.areas, ", ")},
                 {"regions", joined(framework.regions, ", ")},
                 {"sdsn.regions", joined(framework.sdsn.regions, ", ")}};
  for (const auto& [goal, groups] : framework.sdsn.not_applicable) {
    item.values["sdsn.not_applicable." + goal] = joined(groups, ", ");
  }
  add_text(item.values, "title", framework.title);
  return item;
}

Item describe(const Goal& goal) {
  Item item{goal.title.in(Language::en), {{"url", goal.url}}};
  add_text(item.values, "title", goal.title);
  return item;
}

Item describe(const Framework& framework, const Target& target) {
  const TargetRule inherits;
  Item item{target.title.in(Language::en),
            {{"url", target.url},
             {"baseline", std::to_string(framework.baseline_of(target, inherits))},
             {"deadline", to_string(framework.deadline_of(target, inherits))},
             {"indicators", joined(target.indicators, ", ")}}};
  add_text(item.values, "title", target.title);
  return item;
}

Item describe(const Framework& framework, const Target& target, const TargetRule& rule) {
  Values values{{"type", std::string(to_string(rule.type))},
                {"baseline", std::to_string(framework.baseline_of(target, rule))},
                {"deadline", to_string(framework.deadline_of(target, rule))},
                {"applies_to", joined(rule.applies_to, ", ")},
                {"headline", rule.headline ? "true" : "false"},
                {"proxy", rule.proxy ? "true" : "false"},
                {"citation", rule.citation},
                {"reason", rule.reason},
                {"note", rule.note}};
  std::string label(to_string(rule.type));
  const auto add = [&](const char* field, double value) {
    values[field] = number(value);
    label += fmt::format(" {} {}", field, value);
  };
  switch (rule.type) {  // only the fields that the type has
    case RuleType::reduce_by:
      add("fraction", rule.fraction);
      if (rule.complement) add("complement", *rule.complement);
      break;
    case RuleType::multiply_by: add("factor", rule.factor); break;
    case RuleType::reach: add("value", rule.value); break;
    case RuleType::universal:
      add("value", rule.value);
      add("tolerance", rule.tolerance);
      break;
    case RuleType::parity:
      add("lower", rule.lower);
      add("upper", rule.upper);
      add("centre", rule.centre);
      break;
    case RuleType::relative:
      add("factor", rule.factor);
      values["to"] = rule.to;
      values["compare"] = rule.at_least ? "at_least" : "at_most";
      label += " to " + rule.to;
      break;
    case RuleType::halt_and_reverse:
    case RuleType::none_quantified: break;
  }
  return {label, values};
}

Item describe(const Indicator& indicator) {
  Item item{indicator.name.in(Language::en),
            {{"unit", indicator.unit},
             {"direction", std::string(to_string(indicator.direction))},
             {"bounds", bounds_text(indicator.bounds)},
             {"scale", std::string(to_string(indicator.scale))},
             {"aggregate", std::string(to_string(indicator.aggregate))},
             {"weight", indicator.weight},
             {"unsd", indicator.unsd_code},
             {"same_as", indicator.same_as},
             {"url", indicator.url},
             {"sdsn", sdsn_text(indicator.sdsn)}}};
  add_text(item.values, "name", indicator.name);
  return item;
}

struct Items {
  ByCode<Item> goals, targets, rules, indicators;
};

Items collect(const Framework& framework) {
  Items items;
  for (const Goal& goal : framework.goals) {
    items.goals.emplace(goal.code, describe(goal));
    for (const Target& target : goal.targets) {
      Item described = describe(framework, target);
      described.values["goal"] = goal.code;
      items.targets.emplace(target.code, std::move(described));
      for (const TargetRule& rule : target.rules) {
        const std::string code = rule.indicator.empty() ? target.code : target.code + "/" + rule.indicator;
        std::string unique = code;
        for (int n = 2; items.rules.count(unique) != 0; ++n) unique = fmt::format("{}#{}", code, n);
        items.rules.emplace(std::move(unique), describe(framework, target, rule));
      }
    }
  }
  for (const auto& [code, indicator] : framework.indicators) items.indicators.emplace(code, describe(indicator));
  return items;
}

void compare_values(const std::string& what, const std::string& code, const Item& a, const Item& b,
                    std::vector<FrameworkChange>& changes) {
  Values fields = a.values;
  fields.insert(b.values.begin(), b.values.end());
  const auto value = [](const Item& item, const std::string& field) {
    const auto found = item.values.find(field);
    return found == item.values.end() ? std::string() : found->second;
  };
  for (const auto& [field, ignored] : fields) {
    std::string before = value(a, field), after = value(b, field);
    if (before != after) changes.push_back({what, code, field, std::move(before), std::move(after)});
  }
}

void compare(const std::string& what, const ByCode<Item>& a, const ByCode<Item>& b, std::vector<FrameworkChange>& changes) {
  ByCode<bool> codes;
  for (const auto& [code, item] : a) codes[code] = true;
  for (const auto& [code, item] : b) codes[code] = true;
  for (const auto& [code, ignored] : codes) {
    const auto before = a.find(code), after = b.find(code);
    if (before == a.end()) {
      changes.push_back({what, code, {}, {}, after->second.label});
    } else if (after == b.end()) {
      changes.push_back({what, code, {}, before->second.label, {}});
    } else {
      compare_values(what, code, before->second, after->second, changes);
    }
  }
}

}  // namespace

std::vector<FrameworkChange> diff_frameworks(const Framework& a, const Framework& b) {
  std::vector<FrameworkChange> changes;
  Item before = describe(a), after = describe(b);
  before.values["framework"] = a.id;
  after.values["framework"] = b.id;
  compare_values("framework", b.id, before, after, changes);
  const Items x = collect(a), y = collect(b);
  compare("goal", x.goals, y.goals, changes);
  compare("target", x.targets, y.targets, changes);
  compare("rule", x.rules, y.rules, changes);
  compare("indicator", x.indicators, y.indicators, changes);
  return changes;
}

}  // namespace stocktake
