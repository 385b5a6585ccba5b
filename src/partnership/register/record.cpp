#include "partnership/register/record.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/language.h"
#include "base/text.h"
#include "framework/reader.h"
#include "partnership/register/actors.h"
#include "partnership/register/fields.h"

namespace stocktake {
namespace {

using nlohmann::json;

void put(json& object, const char* name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}
void put(json& object, const char* name, const std::optional<double>& number) {
  if (number) object[name] = *number;
}
void put(json& object, const char* name, const std::optional<Date>& date) {
  if (date) object[name] = to_string(*date);
}
void put(json& object, const char* name, json part) {
  if (!part.empty()) object[name] = std::move(part);
}

json party_record(const Party& party) { return {{"id", party.id}, {"name", party.name}, {"kind", to_string(party.kind)}}; }

Party party_of(const json& value, const std::string& field) {
  Party party;
  if (value.is_string()) {  // a name alone
    party.name = value.get<std::string>();
  } else {
    RecordReader reader(value, field, {"id", "name", "kind"});
    party.id = reader.text("id");
    party.name = reader.text("name");
    if (const std::string kind = reader.text("kind"); !kind.empty()) {
      const auto known = parse_party_kind(kind);
      if (!known) {
        reader.refuse("kind", "unknown kind '" + kind + "'",
                      "One of government, un_body, business, civil_society, foundation, local_authority, academia, other");
      }
      party.kind = *known;
    }
  }
  if (party.name.empty()) party.name = party.id;
  party.id = actor_table().resolve(party);
  if (party.id.empty()) refuse_field(field, "there is no name and no id", "Say who it is");
  return party;
}

bool is_commitment_id(std::string_view text) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_./:()#").find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), good);
}

bool inside_character(const std::string& text, std::uint32_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

SourceClause source_of(const json& value) {
  RecordReader reader(value, "source", {"document", "hash", "path", "language", "text", "begin", "end"});
  SourceClause source{
      reader.text("document"), reader.text("hash"), reader.text("path"), reader.text("language"), reader.text("text"), 0, 0};
  if (!source.language.empty()) {
    const auto language = parse_language(source.language);
    if (!language) reader.refuse("language", "unknown language '" + source.language + "'", "One of ar, zh, en, fr, ru, es");
    source.language = code(*language);
  }
  source.begin = reader.index("begin");
  source.end = reader.index("end");
  if (source.begin > source.end || source.end > source.text.size() || inside_character(source.text, source.begin) ||
      inside_character(source.text, source.end)) {
    reader.refuse("end",
                  "the words from byte " + std::to_string(source.begin) + " to " + std::to_string(source.end) +
                      " are not within the text of " + std::to_string(source.text.size()) + " bytes, or cut a character",
                  "Leave both out where the whole text is meant");
  }
  return source;
}

Measure measure_of(const json& value) {
  RecordReader reader(value, "measure", {"indicator", "series", "rule", "amount", "currency", "price_base", "direction", "area"});
  Measure measure;
  measure.indicator = reader.text("indicator");
  measure.series = reader.text("series");
  measure.area = reader.text("area");
  measure.amount = reader.number("amount");
  measure.currency = reader.text("currency");
  measure.price_base = reader.text("price_base");
  if (!measure.indicator.empty() && !measure.series.empty()) {
    reader.refuse("series", "a measure is an indicator or a series, not both", "Leave one out");
  }
  if (!measure.indicator.empty() && !is_goal_reference(measure.indicator)) {
    reader.refuse("indicator", "'" + measure.indicator + "' is no indicator of a framework", "Write it as mdg:8.2");
  }
  if (measure.amount && *measure.amount < 0) reader.refuse("amount", "an amount is not negative", "Write what was promised");
  const bool currency = measure.currency.size() == 3 && std::all_of(measure.currency.begin(), measure.currency.end(),
                                                                    [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!measure.currency.empty() && !currency) {
    reader.refuse("currency", "'" + measure.currency + "' is no currency", "Write its code of ISO 4217, as USD");
  }
  if (measure.amount && measure.currency.empty())
    reader.refuse("currency", "an amount without a currency", "Write its code of ISO 4217, as USD");
  if (const std::string direction = reader.text("direction"); !direction.empty()) {
    if (direction != "up" && direction != "down")
      reader.refuse("direction", "expected up or down, found '" + direction + "'", "");
    measure.direction = direction == "up" ? Direction::up : Direction::down;
  }
  if (const json* rule = reader.find("rule")) {
    measure.rule = rule_of(*rule, "measure.rule");
    const bool number = measure.rule->type != RuleType::none_quantified;
    if (number && measure.indicator.empty() && measure.series.empty()) {
      reader.refuse("rule", "a rule without an indicator or a series to measure", "Add measure.series or measure.indicator");
    }
  }
  return measure;
}

}  // namespace

json rule_record(const TargetRule& rule) {
  json record{{"type", to_string(rule.type)}};
  switch (rule.type) {
    case RuleType::reduce_by:
      record["fraction"] = rule.fraction;
      put(record, "complement", rule.complement);
      break;
    case RuleType::multiply_by: record["factor"] = rule.factor; break;
    case RuleType::reach: record["value"] = rule.value; break;
    case RuleType::universal:
      record["value"] = rule.value;
      record["tolerance"] = rule.tolerance;
      break;
    case RuleType::parity:
      record["lower"] = rule.lower;
      record["upper"] = rule.upper;
      record["centre"] = rule.centre;
      break;
    case RuleType::relative:
      record["factor"] = rule.factor;
      record["to"] = rule.to;
      record["at_least"] = rule.at_least;
      break;
    case RuleType::halt_and_reverse:
    case RuleType::none_quantified: break;
  }
  if (rule.baseline) record["baseline"] = *rule.baseline;
  put(record, "deadline", rule.deadline);
  put(record, "note", rule.note);
  return record;
}

TargetRule rule_of(const json& value, const std::string& field) {
  RecordReader reader(value, field,
                      {"type", "value", "fraction", "complement", "factor", "tolerance", "lower", "upper", "centre", "to",
                       "at_least", "baseline", "deadline", "note"});
  constexpr std::array types{RuleType::reduce_by, RuleType::multiply_by,      RuleType::reach,    RuleType::universal,
                             RuleType::parity,    RuleType::halt_and_reverse, RuleType::relative, RuleType::none_quantified};
  const std::string name = reader.text("type");
  const auto type = std::find_if(types.begin(), types.end(), [&](RuleType t) { return to_string(t) == name; });
  if (type == types.end()) {
    reader.refuse("type", "unknown rule '" + name + "'",
                  "One of reduce_by, multiply_by, reach, universal, parity, halt_and_reverse, relative, none_quantified");
  }
  TargetRule rule;
  rule.type = *type;
  const auto needed = [&](const char* number) {
    const auto found = reader.number(number);
    if (!found) reader.refuse(number, "a rule of this type needs it", "");
    return *found;
  };
  if (rule.type == RuleType::reach) rule.value = needed("value");
  if (rule.type == RuleType::universal) rule.value = reader.number("value").value_or(100);
  rule.tolerance = reader.number("tolerance").value_or(0);
  if (rule.tolerance < 0) reader.refuse("tolerance", "a tolerance is not negative", "");
  if (rule.type == RuleType::reduce_by) {
    rule.fraction = needed("fraction");
    if (!(rule.fraction > 0 && rule.fraction <= 1))
      reader.refuse("fraction", "expected a share above 0, at most 1", "Two thirds are 0.6667");
    rule.complement = reader.number("complement");
  }
  if (rule.type == RuleType::multiply_by || rule.type == RuleType::relative) {
    rule.factor = rule.type == RuleType::relative ? reader.number("factor").value_or(1) : needed("factor");
    if (!(rule.factor > 0)) reader.refuse("factor", "expected a number above 0", "");
  }
  if (rule.type == RuleType::parity) {
    rule.lower = reader.number("lower").value_or(rule.lower);
    rule.upper = reader.number("upper").value_or(rule.upper);
    rule.centre = reader.number("centre").value_or(rule.centre);
    if (!(rule.lower <= rule.centre && rule.centre <= rule.upper))
      reader.refuse("lower", "expected lower <= centre <= upper", "");
  }
  rule.to = reader.text("to");
  if (rule.type == RuleType::relative && rule.to.empty())
    reader.refuse("to", "which series or indicator it is compared with is missing", "");
  rule.at_least = reader.flag("at_least").value_or(true);
  if (const auto year = reader.number("baseline")) {
    if (*year < 1900 || *year > 2200 || *year != std::floor(*year)) reader.refuse("baseline", "expected a year", "");
    rule.baseline = static_cast<int>(*year);
  }
  rule.deadline = reader.date("deadline", true);
  rule.note = reader.text("note");
  return rule;
}

json record_of(const Commitment& commitment) {
  json record{{"id", commitment.id}, {"text", commitment.text}, {"actor", party_record(commitment.actor)}};
  json beneficiaries = json::array();
  for (const Party& party : commitment.beneficiaries) beneficiaries.push_back(party_record(party));
  put(record, "beneficiaries", std::move(beneficiaries));
  const SourceClause& from = commitment.source;
  json source = json::object();
  put(source, "document", from.document);
  put(source, "hash", from.hash);
  put(source, "path", from.path);
  put(source, "language", from.language);
  put(source, "text", from.text);
  if (from.end > 0) source.update({{"begin", from.begin}, {"end", from.end}});
  put(record, "source", std::move(source));
  json measure = json::object();
  put(measure, "indicator", commitment.measure.indicator);
  put(measure, "series", commitment.measure.series);
  put(measure, "area", commitment.measure.area);
  put(measure, "amount", commitment.measure.amount);
  put(measure, "currency", commitment.measure.currency);
  put(measure, "price_base", commitment.measure.price_base);
  if (commitment.measure.direction != Direction::none) measure["direction"] = to_string(commitment.measure.direction);
  if (commitment.measure.rule) measure["rule"] = rule_record(*commitment.measure.rule);
  put(record, "measure", std::move(measure));
  put(record, "made", commitment.made);
  put(record, "due", commitment.due);
  if (!commitment.goals.empty()) record["goals"] = commitment.goals;
  json milestones = json::array();
  for (const Milestone& milestone : commitment.milestones) {
    if (milestone.entry != 0) continue;  // an entry of its own
    milestones.push_back(milestone_record(milestone));
  }
  put(record, "milestones", std::move(milestones));
  return record;
}

json milestone_record(const Milestone& milestone) {
  json record{{"due", to_string(milestone.due)}, {"text", milestone.text}};
  put(record, "value", milestone.value);
  return record;
}

Milestone milestone_of(const json& value, const std::string& field) {
  RecordReader reader(value, field, {"due", "text", "value"});
  const auto due = reader.date("due", true);
  if (!due) reader.refuse("due", "a milestone needs a day", "Write it as 2015-12-31");
  Milestone milestone{*due, reader.text("text"), reader.number("value"), 0};
  if (milestone.text.empty()) reader.refuse("text", "a milestone needs words", "Say what is to be reached");
  return milestone;
}

Commitment commitment_of(const json& record) {
  RecordReader reader(record, "",
                      {"id", "text", "actor", "beneficiaries", "source", "measure", "made", "due", "goals", "milestones"});
  Commitment commitment;
  commitment.id = reader.text("id");
  if (!is_commitment_id(commitment.id)) {
    reader.refuse("id", commitment.id.empty() ? "a commitment needs an id" : "'" + commitment.id + "' is no id",
                  "At most 100 letters, digits and - _ . / : ( ) #, as A-RES-68-6/14/1");
  }
  commitment.text = reader.text("text");
  if (commitment.text.empty()) reader.refuse("text", "a commitment needs words", "Say in short what was promised");
  const json* const actor = reader.find("actor");
  if (actor == nullptr) reader.refuse("actor", "a commitment needs an actor", "Say who promised");
  commitment.actor = party_of(*actor, "actor");
  for (const json& party : reader.list("beneficiaries")) commitment.beneficiaries.push_back(party_of(party, "beneficiaries"));
  if (const json* source = reader.find("source")) commitment.source = source_of(*source);
  if (const json* measure = reader.find("measure")) commitment.measure = measure_of(*measure);
  commitment.made = reader.date("made", false);
  commitment.due = reader.date("due", true);
  if (commitment.made && commitment.due && *commitment.due < *commitment.made) {
    reader.refuse("due", "due " + to_string(*commitment.due) + ", before it was made on " + to_string(*commitment.made),
                  "Check both days");
  }
  for (const json& goal : reader.list("goals")) {
    if (!goal.is_string() || !is_goal_reference(goal.get<std::string>())) {
      reader.refuse("goals", "expected goals or targets of a framework", "Write them as mdg:8.B or sdg:17.2");
    }
    commitment.goals.push_back(goal.get<std::string>());
  }
  for (const json& milestone : reader.list("milestones")) commitment.milestones.push_back(milestone_of(milestone, "milestones"));
  return commitment;
}

std::string canonical(const json& value) { return value.dump(); }

}  // namespace stocktake
