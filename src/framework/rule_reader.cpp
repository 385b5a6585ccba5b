#include "framework/rule_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace stocktake {
namespace {

using Names = std::vector<std::string_view>;

const Names& all_fields() {
  static const Names names{"indicator", "type",     "baseline",   "deadline", "headline", "applies_to", "citation",
                           "note",      "fraction", "complement", "factor",   "value",    "tolerance",  "lower",
                           "upper",     "centre",   "to",         "compare",  "reason",   "proxy"};
  return names;
}

const Names& common_fields() {
  static const Names names{"indicator", "type", "baseline", "deadline", "headline", "applies_to", "citation", "note"};
  return names;
}

// In a proxy, which shares its rule's indicator and audience.
const Names& proxy_fields() {
  static const Names names{"type", "baseline", "deadline", "citation", "note", "reason"};
  return names;
}

const Names& own_fields(RuleType type) {
  static const Names reduce_by{"fraction", "complement"}, multiply_by{"factor"}, reach{"value"}, universal{"value", "tolerance"},
      parity{"lower", "upper", "centre"}, relative{"to", "factor", "compare"}, none_quantified{"reason", "proxy"}, none;
  switch (type) {
    case RuleType::reduce_by: return reduce_by;
    case RuleType::multiply_by: return multiply_by;
    case RuleType::reach: return reach;
    case RuleType::universal: return universal;
    case RuleType::parity: return parity;
    case RuleType::halt_and_reverse: return none;
    case RuleType::relative: return relative;
    case RuleType::none_quantified: return none_quantified;
  }
  return none;
}

std::optional<RuleType> read_type(const Fields& fields) {
  if (fields.require("type") == nullptr) return std::nullopt;
  return fields.choice("type", {RuleType::reduce_by, RuleType::multiply_by, RuleType::reach, RuleType::universal,
                                RuleType::parity, RuleType::halt_and_reverse, RuleType::relative, RuleType::none_quantified});
}

bool contains(const Names& names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

// Fields that rules know, but not rules of this type.
void check_belonging(const Fields& fields, RuleType type, const Names& common) {
  const Names& own = own_fields(type);
  for (const YamlNode& key : fields.node().keys) {
    if (!contains(all_fields(), key.text) || contains(common, key.text) || contains(own, key.text)) continue;
    fields.reader().fault(
        key, key.text, fmt::format("a rule of type {} has no such field", to_string(type)),
        own.empty() ? "Remove it or choose another type" : fmt::format("Its own fields are {}", alternatives(own)));
  }
}

// "2/3" or 0.4, in the open interval from 0 to 1.
std::optional<double> read_fraction(const Fields& fields) {
  const YamlNode* node = fields.require("fraction");
  if (node == nullptr) return std::nullopt;
  std::optional<double> value;
  if (node->kind == YamlNode::Kind::scalar) {
    const std::string& text = node->text;
    const auto digits = [](std::string_view part) {
      return !part.empty() && part.size() <= 6 && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (const std::size_t slash = text.find('/'); slash != std::string::npos) {
      const std::string above = text.substr(0, slash), below = text.substr(slash + 1);
      if (digits(above) && digits(below)) value = std::stod(above) / std::stod(below);
    } else {
      value = fields.number("fraction");
      if (!value) return std::nullopt;
    }
  }
  if (value && *value > 0 && *value < 1) return value;
  fields.fault("fraction", "expected a fraction between 0 and 1", "Write it as 2/3 or as 0.4; to go up, use multiply_by");
  return std::nullopt;
}

void read_parity(const Fields& fields, TargetRule& rule) {
  rule.lower = fields.number("lower").value_or(rule.lower);
  rule.upper = fields.number("upper").value_or(rule.upper);
  rule.centre = fields.number("centre").value_or(rule.centre);
  if (rule.lower >= rule.upper) {
    fields.fault(fields.get("lower") != nullptr ? "lower" : "upper",
                 fmt::format("lower ({}) is not below upper ({}); the defaults are 0.97 and 1.03", rule.lower, rule.upper),
                 "Correct the band");
  } else if (rule.centre < rule.lower || rule.centre > rule.upper) {
    fields.fault(
        "centre",
        fmt::format("centre ({}) lies outside the band from {} to {}; its default is 1", rule.centre, rule.lower, rule.upper),
        "Give the centre of the band");
  }
}

void read_positive(const Fields& fields, std::string_view name, double& into) {
  if (const auto value = fields.number(name)) {
    into = *value;
    if (into <= 0) fields.fault(name, "expected a number above 0", fmt::format("Correct {}", name));
  }
}

void read_relative(const Fields& fields, TargetRule& rule, std::vector<Reference>& references) {
  if (fields.require("to") != nullptr) {
    if (auto to = fields.code("to")) {
      references.push_back({fields.reader().at(fields.place("to"), "to"), *to});
      rule.to = std::move(*to);
    }
  }
  read_positive(fields, "factor", rule.factor);
  const std::array<std::string_view, 2> names{"at_least", "at_most"};
  rule.at_least = fields.choice_index("compare", names).value_or(0) == 0;
}

void read_own_fields(const Fields& fields, TargetRule& rule, std::vector<Reference>& references) {
  switch (rule.type) {
    case RuleType::reduce_by:
      rule.fraction = read_fraction(fields).value_or(0);
      rule.complement = fields.number("complement");
      break;
    case RuleType::multiply_by:
      fields.require("factor");
      read_positive(fields, "factor", rule.factor);
      break;
    case RuleType::reach:
      fields.require("value");
      rule.value = fields.number("value").value_or(rule.value);
      break;
    case RuleType::universal:
      rule.value = fields.number("value").value_or(rule.value);
      if (const auto tolerance = fields.number("tolerance")) {
        rule.tolerance = *tolerance;
        if (rule.tolerance < 0) fields.fault("tolerance", "expected a distance, 0 or more", "Correct tolerance");
      }
      break;
    case RuleType::parity: read_parity(fields, rule); break;
    case RuleType::relative: read_relative(fields, rule, references); break;
    case RuleType::halt_and_reverse:
    case RuleType::none_quantified: break;
  }
}

bool states_a_number(RuleType type) { return type != RuleType::halt_and_reverse && type != RuleType::none_quantified; }

// What every rule and every proxy may say; a proxy's words replace its rule's.
void read_shared_fields(const Fields& fields, TargetRule& rule) {
  if (const auto year = fields.year("baseline")) rule.baseline = year;
  if (const auto date = fields.date("deadline")) rule.deadline = date;
  if (auto citation = fields.text("citation")) rule.citation = std::move(*citation);
  if (auto reason = fields.text("reason")) rule.reason = std::move(*reason);
  if (auto note = fields.text("note")) rule.note = std::move(*note);
}

void check_citation(const Fields& fields, const TargetRule& rule) {
  if (states_a_number(rule.type) && rule.citation.empty() && fields.get("citation") == nullptr) {
    fields.fault("citation", fmt::format("a rule of type {} states a number and needs a citation", to_string(rule.type)),
                 "Name the document that says it, or use none_quantified");
  }
}

void read_proxy(Reader& reader, const YamlNode& node, TargetRule& rule, std::vector<Reference>& references) {
  Names known = proxy_fields();
  for (const std::string_view name : all_fields()) {
    if (!contains(common_fields(), name) && name != "proxy" && name != "reason") known.push_back(name);
  }
  const Fields fields(reader, node, "a proxy", known);
  const auto type = read_type(fields);
  if (!type) return;
  if (*type == RuleType::none_quantified) {
    fields.fault("type", "a proxy is a rule with a number, found none_quantified", "Choose another type or remove the proxy");
    return;
  }
  rule.type = *type;
  rule.proxy = true;
  check_belonging(fields, rule.type, proxy_fields());
  read_shared_fields(fields, rule);
  read_own_fields(fields, rule, references);
  check_citation(fields, rule);
}

}  // namespace

std::optional<TargetRule> read_rule(Reader& reader, const YamlNode& node, bool target_without_indicators,
                                    std::vector<Reference>& references) {
  const Fields fields(reader, node, "a rule", all_fields());
  if (!fields.is_map()) return std::nullopt;
  TargetRule rule;
  const YamlNode* kind = fields.get("type");
  const bool needs_none = target_without_indicators && kind != nullptr && kind->text == to_string(RuleType::none_quantified) &&
                          fields.get("proxy") == nullptr;
  if ((needs_none ? fields.get("indicator") : fields.require("indicator")) != nullptr) {
    if (auto code = fields.code("indicator")) {
      references.push_back({reader.at(fields.place("indicator"), "indicator"), *code});
      rule.indicator = std::move(*code);
    }
  }
  const auto type = read_type(fields);
  read_shared_fields(fields, rule);
  rule.headline = fields.flag("headline").value_or(false);
  rule.applies_to = fields.codes("applies_to");
  for (const std::string& area : rule.applies_to) {
    if (!is_upper_code(area)) {
      fields.fault("applies_to", fmt::format("'{}' is not a code of an area or a group", area),
                   "Write it as in reference/, such as LDC or BGD");
    }
  }
  if (!type) return std::nullopt;
  rule.type = *type;
  check_belonging(fields, rule.type, common_fields());
  if (rule.type == RuleType::none_quantified) {
    if (const YamlNode* proxy = fields.get("proxy")) read_proxy(reader, *proxy, rule, references);
    if (rule.reason.empty() && fields.get("reason") == nullptr) {
      fields.fault("reason", "a rule of type none_quantified needs a reason", "Say why there is no number");
    }
  } else {
    read_own_fields(fields, rule, references);
    check_citation(fields, rule);
  }
  if (rule.indicator.empty() && !needs_none) return std::nullopt;
  return rule;
}

}  // namespace stocktake
