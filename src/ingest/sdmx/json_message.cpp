#include "ingest/sdmx/json_message.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "ingest/sdmx/value_text.h"

namespace stocktake::sdmx {
namespace {

using Kind = JsonTokens::Kind;

// A text, where there is one; other values are passed over.
std::string text_or_none(JsonTokens& tokens) {
  if (tokens.kind() == Kind::string) return std::string(tokens.string());
  if (tokens.kind() == Kind::number) return std::string(tokens.number());
  tokens.skip();
  return {};
}

template <typename Each>
void each_key(JsonTokens& tokens, Each each) {
  if (tokens.kind() != Kind::object) return tokens.skip();
  tokens.begin_object();
  std::string_view key;
  while (tokens.key(key)) each(key);
}

template <typename Each>
void each_item(JsonTokens& tokens, Each each) {
  if (tokens.kind() != Kind::array) return tokens.skip();
  tokens.begin_array();
  while (tokens.item()) each();
}

void add_texts(JsonTokens& tokens, std::vector<std::string>& texts) {
  each_item(tokens, [&] { texts.push_back(text_or_none(tokens)); });
}

std::string value_text(JsonTokens& tokens, std::size_t depth);

ComponentValue component_value_of(JsonTokens& tokens, std::size_t depth) {
  ComponentValue value;
  if (tokens.kind() != Kind::object) {
    value.push_back({{}, value_text(tokens, depth)});
    return value;
  }
  each_key(tokens, [&](std::string_view key) {
    std::string language(key);
    value.push_back({std::move(language), value_text(tokens, depth)});
  });
  return value;
}

// Lists within lists (the attributes of attributes of reference metadata) are parts in quotes.
std::string value_text(JsonTokens& tokens, std::size_t depth) {
  constexpr std::size_t most = 8;
  switch (tokens.kind()) {
    case Kind::string: return std::string(tokens.string());
    case Kind::number: return std::string(tokens.number());
    case Kind::boolean: return tokens.boolean() ? "true" : "false";
    case Kind::null: tokens.null(); return {};
    case Kind::end: throw tokens.error("the text ends early: a value is expected", "Fetch the file again");
    case Kind::object:
    case Kind::array: break;
  }
  if (depth == most) throw tokens.error("values within values, more than 8 deep, for one component");
  std::vector<ComponentValue> values;
  if (tokens.kind() == Kind::object) {
    values.push_back(component_value_of(tokens, depth + 1));
  } else {
    each_item(tokens, [&] { values.push_back(component_value_of(tokens, depth + 1)); });
  }
  return to_value_text(values);
}

// {"id": ...} for codes; {"value": ...} or {"values": [...]} for other values; drafts of 1.0 have a name alone; null for none.
std::string component_value(JsonTokens& tokens) {
  if (tokens.kind() != Kind::object) return json_value_text(tokens);
  std::string id, value, name;
  bool has_id = false, has_value = false;
  each_key(tokens, [&](std::string_view key) {
    if (key == "id") {
      id = text_or_none(tokens);
      has_id = true;
    } else if (key == "value" || key == "values") {
      value = json_value_text(tokens);
      has_value = true;
    } else if (key == "name" && tokens.kind() == Kind::string) {
      name = tokens.string();
    } else {
      tokens.skip();
    }
  });
  return has_id && !id.empty() ? id : has_value ? value : name;
}

void read_relationship(JsonTokens& tokens, std::vector<std::string>& dimensions) {
  each_key(tokens, [&](std::string_view key) {
    if (key == "dimensions") {
      add_texts(tokens, dimensions);
    } else {
      tokens.skip();
    }
  });
}

JsonComponent read_component(JsonTokens& tokens, Role role) {
  JsonComponent component;
  component.role = role;
  bool time = false;
  const auto one_role = [&](std::string_view name) { time = time || name == "TIME_PERIOD" || name == "time"; };
  each_key(tokens, [&](std::string_view key) {
    if (key == "id") {
      component.id = text_or_none(tokens);
    } else if (key == "keyPosition" && tokens.kind() == Kind::number) {
      const std::string_view number = tokens.number();
      std::from_chars(number.data(), number.data() + number.size(), component.position);
    } else if (key == "role" || key == "roles") {
      if (tokens.kind() == Kind::array) {
        each_item(tokens, [&] { one_role(text_or_none(tokens)); });
      } else {
        one_role(text_or_none(tokens));
      }
    } else if (key == "default") {
      std::string text = json_value_text(tokens);
      if (!text.empty()) component.default_value = std::move(text);
    } else if (key == "relationship" || key == "attributeRelationship") {
      read_relationship(tokens, component.relationship);
    } else if (key == "values" && tokens.kind() == Kind::array) {
      each_item(tokens, [&] { component.values.push_back(component_value(tokens)); });
      // An empty list in a data message says that the values stand in the data.
      component.coded = !component.values.empty();
      component.empty = component.values.empty();
    } else {
      tokens.skip();
    }
  });
  if (component.id.empty()) throw tokens.error("a component without an id in the message's structure");
  if (role == Role::dimension && (time || component.id == "TIME_PERIOD")) component.role = Role::time_dimension;
  return component;
}

void read_components(JsonTokens& tokens, Role role, std::vector<JsonComponent>& components) {
  each_item(tokens, [&] {
    if (tokens.kind() == Kind::object) {
      components.push_back(read_component(tokens, role));
    } else {
      tokens.skip();
    }
  });
}

// ".../dataflow/ECB/EXR/1.0?detail=full": agency, id and version behind the name of the class. Without a version there are
// two: agency and id, but in the old OECD service id and "all".
std::optional<Reference> from_address(std::string_view address) {
  struct Class {
    std::string_view name, kind;
  };
  static constexpr std::array classes{Class{"/dataflow/", "Dataflow"}, Class{"/datastructure/", "DataStructure"},
                                      Class{"/provisionagreement/", "ProvisionAgreement"}};
  for (const Class& one : classes) {
    const std::size_t at = address.find(one.name);
    if (at == std::string_view::npos) continue;
    std::string_view rest = address.substr(at + one.name.size());
    rest = rest.substr(0, rest.find_first_of("?#"));
    std::vector<std::string> parts;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('/'), rest.size());
      if (end > 0) parts.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    Reference reference;
    reference.kind = one.kind;
    if (parts.size() == 1 || (parts.size() == 2 && parts[1] == "all")) {
      reference.id = parts[0];
    } else if (parts.size() >= 2) {
      reference.agency = parts[0];
      reference.id = parts[1];
      if (parts.size() >= 3) reference.version = parts[2];
    } else {
      continue;
    }
    return reference;
  }
  return std::nullopt;
}

void read_party(JsonTokens& tokens, std::string& id) {
  each_key(tokens, [&](std::string_view key) {
    if (key == "id" && id.empty()) {
      id = text_or_none(tokens);
    } else {
      tokens.skip();
    }
  });
}

}  // namespace

std::string JsonStructure::dimension_at_observation() const {
  return !series_dimensions.empty() && dimensions.size() == 1 ? dimensions.front().id : "AllDimensions";
}

std::optional<Action> json_action(std::string_view name) {
  if (name == "Information" || name == "Informational") return Action::information;
  if (name == "Append") return Action::append;
  if (name == "Replace") return Action::replace;
  if (name == "Merge") return Action::merge;
  if (name == "Delete") return Action::remove;
  return std::nullopt;
}

ComponentValue json_component_value(JsonTokens& tokens) { return component_value_of(tokens, 1); }

std::string json_value_text(JsonTokens& tokens) { return value_text(tokens, 0); }

std::optional<Reference> read_json_links(JsonTokens& tokens) {
  std::optional<Reference> by_urn, by_address;
  each_item(tokens, [&] {
    each_key(tokens, [&](std::string_view key) {
      const bool urn = key == "urn", address = key == "href";
      if (!urn && !address) return tokens.skip();
      const std::string text = text_or_none(tokens);
      if (urn && !by_urn) {
        auto reference = parse_urn(text);
        if (reference &&
            (reference->kind == "DataStructure" || reference->kind == "Dataflow" || reference->kind == "ProvisionAgreement")) {
          by_urn = std::move(reference);
        }
      } else if (address && !by_address) {
        by_address = from_address(text);
      }
    });
  });
  return by_urn ? by_urn : by_address;
}

JsonStructure read_json_structure(JsonTokens& tokens) {
  JsonStructure structure;
  each_key(tokens, [&](std::string_view key) {
    if (key == "links") {
      if (auto reference = read_json_links(tokens)) structure.reference = std::move(*reference);
    } else if (key == "dimensions") {
      each_key(tokens, [&](std::string_view level) {
        if (level == "dataSet") {
          read_components(tokens, Role::dimension, structure.dataset_dimensions);
        } else if (level == "series") {
          read_components(tokens, Role::dimension, structure.series_dimensions);
        } else if (level == "observation") {
          read_components(tokens, Role::dimension, structure.dimensions);
        } else {
          tokens.skip();
        }
      });
    } else if (key == "measures" && tokens.kind() == Kind::object) {
      structure.measures.emplace();
      each_key(tokens, [&](std::string_view level) {
        if (level == "observation") {
          read_components(tokens, Role::measure, *structure.measures);
        } else {
          tokens.skip();
        }
      });
    } else if (key == "attributes") {
      each_key(tokens, [&](std::string_view level) {
        if (level == "dataSet") {
          read_components(tokens, Role::attribute, structure.dataset_attributes);
        } else if (level == "dimensionGroup") {
          read_components(tokens, Role::attribute, structure.group_attributes);
        } else if (level == "series") {
          read_components(tokens, Role::attribute, structure.series_attributes);
        } else if (level == "observation") {
          read_components(tokens, Role::attribute, structure.attributes);
        } else {
          tokens.skip();
        }
      });
    } else if (key == "dataSets") {
      each_item(tokens, [&] {
        std::size_t index = 0;
        const std::string text = text_or_none(tokens);
        const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), index);
        if (status == std::errc() && end == text.data() + text.size()) structure.datasets.push_back(index);
      });
    } else {
      tokens.skip();
    }
  });
  return structure;
}

void read_json_header(JsonTokens& tokens, Header& header) {
  each_key(tokens, [&](std::string_view key) {
    if (key == "id") {
      header.id = text_or_none(tokens);
    } else if (key == "prepared") {
      header.prepared = text_or_none(tokens);
    } else if (key == "test" && tokens.kind() == Kind::boolean) {
      header.test = tokens.boolean();
    } else if (key == "sender") {
      read_party(tokens, header.sender);
    } else if (key == "receiver" || key == "receivers") {
      if (tokens.kind() == Kind::array) {
        each_item(tokens, [&] { read_party(tokens, header.receiver); });
      } else {
        read_party(tokens, header.receiver);
      }
    } else if (key == "source" && tokens.kind() == Kind::string) {
      header.source = tokens.string();
    } else {
      tokens.skip();
    }
  });
}

}  // namespace stocktake::sdmx
