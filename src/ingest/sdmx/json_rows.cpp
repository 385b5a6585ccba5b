#include "ingest/sdmx/json_rows.h"

#include <algorithm>

#include "ingest/sdmx/measure.h"
#include "ingest/sdmx/value_text.h"

namespace stocktake::sdmx {
namespace {

using Kind = JsonTokens::Kind;

}  // namespace

std::string JsonRows::place() const {
  std::string place = pointer_;
  if (in_series_) place += "/series/" + series_key_;
  if (!key_.empty()) place += "/observations/" + key_;
  return place;
}

void JsonRows::fault(const JsonTokens& tokens, std::string problem) {
  handler_.fault({tokens.line(), place(), std::move(problem), {}});
}

void JsonRows::bad_index(const JsonTokens& tokens, const JsonComponent& component, std::string_view number) {
  fault(tokens, component.id + ": index " + std::string(number.substr(0, 40)) + ", but the message's structure has " +
                    std::to_string(component.values.size()) + " values; left out");
}

void JsonRows::later(JsonTokens& tokens, std::string key, std::vector<Late>& late) {
  tokens.kind();  // the line is that of the value
  Late& one = late.emplace_back(Late{std::move(key), tokens.line(), std::make_unique<Spool>()});
  tokens.copy(*one.text);
}

JsonTokens JsonRows::tokens_of(Late& late) const {
  return JsonTokens([&late] { return late.text->next(); }, name_, late.line);
}

void JsonRows::dataset(JsonTokens& tokens, std::vector<JsonStructure>& known, std::size_t index, const std::string& pointer) {
  dataset_ = {};
  groups_.clear();
  begun_ = in_series_ = false;
  key_.clear();
  pointer_ = pointer;
  name_ = tokens.name();
  structure_ = known.size() == 1 ? &known.front() : nullptr;
  for (JsonStructure& one : known) {
    if (structure_ == nullptr && std::find(one.datasets.begin(), one.datasets.end(), index) != one.datasets.end())
      structure_ = &one;
  }
  bool action = false, attributes = false, groups = false, usable = true;
  std::vector<Late> late;
  std::optional<Reference> own_links;
  tokens.begin_object();
  std::string_view key;
  while (tokens.key(key)) {
    if (key == "structure" && tokens.kind() == Kind::number) {
      const auto number = json_index(tokens.number());
      if (number && *number < known.size()) {
        structure_ = &known[*number];
      } else {
        fault(tokens, "the data set refers to a structure that the message does not have; the data set is left out");
        usable = false;
      }
    } else if (key == "action" && tokens.kind() == Kind::string) {
      const std::string_view name = tokens.string();
      const auto found = json_action(name);
      if (!found) fault(tokens, "unknown action '" + std::string(name) + "'; taken as Information");
      const bool in_time = !begun_;
      if (in_time) dataset_.action = found.value_or(Action::information);
      action = true;
    } else if (key == "reportingBegin" && tokens.kind() == Kind::string) {
      dataset_.reporting_begin = tokens.string();
    } else if (key == "reportingEnd" && tokens.kind() == Kind::string) {
      dataset_.reporting_end = tokens.string();
    } else if (key == "validFrom" && tokens.kind() == Kind::string) {
      dataset_.valid_from = tokens.string();
    } else if (key == "validTo" && tokens.kind() == Kind::string) {
      dataset_.valid_to = tokens.string();
    } else if (key == "links") {
      own_links = read_json_links(tokens);
      if (own_links && !begun_) dataset_.structure = *own_links;
    } else if (key == "attributes" || key == "dimensionGroupAttributes" || key == "series" || key == "observations") {
      const bool rows = key == "series" || key == "observations";
      if (key == "attributes") attributes = true;
      if (key == "dimensionGroupAttributes") groups = true;
      const bool complete =
          structure_ != nullptr && (!rows || (action && (attributes || structure_->dataset_attributes.empty()) &&
                                              (groups || structure_->group_attributes.empty())));
      if (complete && usable) {
        member(tokens, key);
      } else {
        later(tokens, std::string(key), late);
      }
    } else {
      tokens.skip();
    }
  }
  if (!usable) return;
  if (structure_ == nullptr) structure_ = &known.front();  // the field guide: 0 where it is not said
  std::stable_partition(late.begin(), late.end(),
                        [](const Late& one) { return one.key != "series" && one.key != "observations"; });
  for (Late& one : late) {
    JsonTokens again = tokens_of(one);
    member(again, one.key);
    one.text.reset();
  }
  if (!begun_) begin();
  builder_.end();
}

void JsonRows::member(JsonTokens& tokens, std::string_view key) {
  if (key == "attributes") return dataset_attributes(tokens);
  if (key == "dimensionGroupAttributes") return groups(tokens);
  const bool series = key == "series";  // the key is gone when the rows are read
  if (tokens.kind() != Kind::object) return tokens.skip();
  if (!begun_) begin();
  in_chunks(tokens, series);
}

// The columns in the order of the key, the attributes behind: the same whatever the message says first.
void JsonRows::begin() {
  begun_ = true;
  JsonStructure& structure = *structure_;
  if (!structure.reference.id.empty()) dataset_.structure = structure.reference;
  dataset_.dimension_at_observation = structure.dimension_at_observation();
  // Data set attributes that the message leaves out have their defaults.
  for (const JsonComponent& one : structure.dataset_attributes) {
    const bool given = std::any_of(dataset_.attributes.begin(), dataset_.attributes.end(),
                                   [&](const auto& pair) { return pair.first == one.id; });
    if (!given && one.default_value && dataset_.action != Action::remove)
      dataset_.attributes.emplace_back(one.id, *one.default_value);
  }
  std::erase_if(dataset_.attributes, [](const auto& pair) { return pair.second.empty(); });
  begin_builder();
}

void JsonRows::begin_builder() {
  JsonStructure& structure = *structure_;
  builder_.begin(dataset_);
  std::vector<JsonComponent*> dimensions;
  for (auto* level : {&structure.dataset_dimensions, &structure.series_dimensions, &structure.dimensions}) {
    for (JsonComponent& one : *level) dimensions.push_back(&one);
  }
  std::stable_sort(dimensions.begin(), dimensions.end(), [](const JsonComponent* a, const JsonComponent* b) {
    return static_cast<std::uint64_t>(a->position) < static_cast<std::uint64_t>(b->position);  // -1, not said, is last
  });
  for (JsonComponent* one : dimensions) one->column = builder_.column(one->id, one->role);
  if (!structure.measures) {
    structure.measures.emplace();
    structure.measures->push_back({"OBS_VALUE", Role::measure, -1, false, false, {}, {}, {}, SIZE_MAX});
  }
  const std::string primary = primary_measure(structures_, dataset_.structure);
  primary_ = SIZE_MAX;
  for (std::size_t i = 0; i < structure.measures->size(); ++i) {
    JsonComponent& one = (*structure.measures)[i];
    if (one.id == primary) {
      primary_ = i;
    } else {
      one.column = builder_.column(one.id, Role::measure);
    }
  }
  for (auto* level : {&structure.series_attributes, &structure.attributes, &structure.group_attributes}) {
    for (JsonComponent& one : *level) one.column = builder_.column(one.id, Role::attribute);
  }
  for (const Group& one : groups_) builder_.group(one.key, one.attributes);
}

// Several indices, or several texts, for one component.
std::string JsonRows::listed(JsonTokens& tokens, const JsonComponent& component) {
  std::vector<ComponentValue> values;
  tokens.begin_array();
  while (tokens.item()) {
    if (tokens.kind() != Kind::number) {
      values.push_back(json_component_value(tokens));
      continue;
    }
    const std::string_view number = tokens.number();
    const auto index = json_index(number);
    if (index && *index < component.values.size()) {
      values.push_back({{{}, component.values[*index]}});
    } else {
      bad_index(tokens, component, number);
    }
  }
  return to_value_text(values);
}

void JsonRows::dataset_attributes(JsonTokens& tokens) {
  if (tokens.kind() != Kind::array) return tokens.skip();
  tokens.begin_array();
  for (std::size_t i = 0; tokens.item(); ++i) {
    if (i >= structure_->dataset_attributes.size()) {
      tokens.skip();
      continue;
    }
    const JsonComponent& one = structure_->dataset_attributes[i];
    auto& added = dataset_.attributes.emplace_back(one.id, "");  // null: given as none, no default
    put(tokens, one, [&](std::string_view text) { added.second = text; });
  }
}

void JsonRows::groups(JsonTokens& tokens) {
  if (tokens.kind() != Kind::object) return tokens.skip();
  tokens.begin_object();
  std::string_view name;
  while (tokens.key(name)) {
    const std::string key(name);
    if (tokens.kind() != Kind::array) {
      tokens.skip();
      continue;
    }
    Group group;
    tokens.begin_array();
    std::size_t i = 0;
    for (; tokens.item(); ++i) {
      if (i >= structure_->group_attributes.size()) {
        tokens.skip();
        continue;
      }
      const JsonComponent& one = structure_->group_attributes[i];
      put(tokens, one, [&](std::string_view text) { group.attributes.emplace_back(one.id, text); });
    }
    if (group_key(key, group.attributes, group.key)) {
      groups_.push_back(std::move(group));
    } else {
      handler_.fault({tokens.line(),
                      pointer_ + "/dimensionGroupAttributes/" + key,
                      "the key does not fit the message's dimensions; these attributes are left out",
                      {}});
    }
  }
}

// The key has a place for each dimension, in the order of keyPosition as the field guide has it; sdmx-twg's own sample
// (constructed-sample-full.json) has the order of the message: data set, series, observation. That order is taken whose
// dimensions are those that the attributes say they depend on.
bool JsonRows::group_key(const std::string& name, const Pairs& attributes, Pairs& key) const {
  std::vector<const JsonComponent*> as_met;
  for (const auto* level : {&structure_->dataset_dimensions, &structure_->series_dimensions, &structure_->dimensions}) {
    for (const JsonComponent& one : *level) as_met.push_back(&one);
  }
  std::vector<const JsonComponent*> by_position = as_met;
  std::stable_sort(by_position.begin(), by_position.end(), [](const JsonComponent* a, const JsonComponent* b) {
    return static_cast<std::uint64_t>(a->position) < static_cast<std::uint64_t>(b->position);
  });
  const auto lay = [&](const std::vector<const JsonComponent*>& order, Pairs& laid) {
    laid.clear();
    std::string_view rest = name;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::size_t end = std::min(rest.find(':'), rest.size());
      const std::string_view part = rest.substr(0, end);
      if (!part.empty()) {
        const auto index = json_index(part);
        if (!index || *index >= order[i]->values.size()) return false;
        laid.emplace_back(order[i]->id, order[i]->values[*index]);
      }
      if ((end == rest.size()) != (i + 1 == order.size())) return false;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return true;
  };
  const auto as_related = [&](const Pairs& laid) {
    return std::all_of(structure_->group_attributes.begin(), structure_->group_attributes.end(), [&](const JsonComponent& one) {
      const bool given =
          std::any_of(attributes.begin(), attributes.end(), [&](const auto& pair) { return pair.first == one.id; });
      if (!given || one.relationship.empty()) return true;
      return laid.size() == one.relationship.size() && std::all_of(laid.begin(), laid.end(), [&](const auto& pair) {
               return std::find(one.relationship.begin(), one.relationship.end(), pair.first) != one.relationship.end();
             });
    });
  };
  Pairs other;
  const bool first = lay(by_position, key), second = lay(as_met, other);
  if ((first && as_related(key)) || (first && !(second && as_related(other)))) return true;
  key = std::move(other);
  return second;
}

}  // namespace stocktake::sdmx
