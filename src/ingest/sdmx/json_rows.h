// The data sets of an SDMX-JSON message to blocks, their structure being known.
#pragma once

#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/sdmx/data.h"
#include "ingest/sdmx/json_message.h"
#include "ingest/sdmx/json_tokens.h"

namespace stocktake::sdmx {

// An index of values; nothing for what is none.
inline std::optional<std::size_t> json_index(std::string_view number) {
  std::size_t index = 0;
  const auto [end, status] = std::from_chars(number.data(), number.data() + number.size(), index);
  if (status != std::errc() || end != number.data() + number.size()) return std::nullopt;
  return index;
}

class JsonRows {
 public:
  JsonRows(const Structures* structures, DataHandler& handler) : structures_(structures), handler_(handler), builder_(handler) {}

  // Reads members of a data set of another, in a thread of its own; that one may not change meanwhile.
  JsonRows(const JsonRows& other, DataHandler& handler)
      : structures_(other.structures_),
        handler_(handler),
        builder_(handler),
        own_structure_(*other.structure_),
        structure_(&own_structure_),
        dataset_(other.dataset_),
        groups_(other.groups_),
        pointer_(other.pointer_),
        name_(other.name_) {
    begin_builder();
  }
  // Series, or observations of flat data.
  void members(JsonTokens& tokens, bool series);

  // One data set, the value of which comes next. `index` is its own in the array at `pointer`.
  void dataset(JsonTokens& tokens, std::vector<JsonStructure>& known, std::size_t index, const std::string& pointer);

 private:
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  // What was met before it could be understood.
  struct Late {
    std::string key;
    std::uint64_t line;
    std::unique_ptr<Spool> text;
  };
  struct Group {
    Pairs key, attributes;
  };

  void member(JsonTokens& tokens, std::string_view key);
  void begin();
  void dataset_attributes(JsonTokens& tokens);
  void groups(JsonTokens& tokens);
  bool group_key(const std::string& name, const Pairs& attributes, Pairs& key) const;
  void series(JsonTokens& tokens);
  void series_attributes(JsonTokens& tokens);
  void series_defaults(std::size_t from);
  void observations(JsonTokens& tokens, const std::vector<JsonComponent>& dimensions);
  void one_series(JsonTokens& tokens, std::string_view key);
  void one_observation(JsonTokens& tokens, std::string_view key, const std::vector<JsonComponent>& dimensions);
  void plain_observation(JsonTokens& tokens, const std::vector<JsonComponent>& dimensions);
  bool next_observation(JsonTokens& tokens, const std::vector<JsonComponent>& dimensions);
  void begin_row(const std::vector<JsonComponent>& dimensions);
  void attribute_defaults(std::size_t count);
  void begin_builder();
  void begin_flat();
  void begin_observations(const std::vector<JsonComponent>& dimensions);
  void in_chunks(JsonTokens& tokens, bool series);
  void observation(JsonTokens& tokens);
  void measure(JsonTokens& tokens, std::size_t at);
  bool parse_key(std::string_view key, const std::vector<JsonComponent>& dimensions);
  template <typename Put>
  void put(JsonTokens& tokens, const JsonComponent& component, Put put);
  std::string listed(JsonTokens& tokens, const JsonComponent& component);
  void later(JsonTokens& tokens, std::string key, std::vector<Late>& late);
  JsonTokens tokens_of(Late& late) const;
  std::string place() const;  // JSON pointer
  void fault(const JsonTokens& tokens, std::string problem);
  void bad_index(const JsonTokens& tokens, const JsonComponent& component, std::string_view number);

  const Structures* structures_;
  DataHandler& handler_;
  BlockBuilder builder_;

  // Of the data set:
  JsonStructure own_structure_;  // a copy, in a thread of its own
  JsonStructure* structure_ = nullptr;
  Dataset dataset_;
  std::vector<Group> groups_;
  bool begun_ = false;
  std::string pointer_, name_;
  // Of the series and the observation:
  std::string series_key_, key_;
  bool in_series_ = false;
  static constexpr std::size_t most_dimensions = 200;
  std::array<std::int64_t, most_dimensions> indices_{};  // -1: left out, -2: switched off ("~")
  std::string key_problem_;
  std::vector<JsonComponent> flat_dimensions_;
  bool repeats_ = false, plain_ = false;
  JsonTokens::Plain member_;
  std::vector<std::int64_t> laid_;  // by dimension: the index that the builder has for all rows to come, or none
  std::size_t primary_ = SIZE_MAX;  // of the measures
};

// Hands the text of the value that comes next to `put`, unless there is none.
template <typename Put>
void JsonRows::put(JsonTokens& tokens, const JsonComponent& component, Put put) {
  switch (tokens.kind()) {
    case JsonTokens::Kind::number: {
      const std::string_view number = tokens.number();
      if (!component.coded) return put(number);
      const auto index = json_index(number);
      if (index && *index < component.values.size()) return put(std::string_view(component.values[*index]));
      return bad_index(tokens, component, number);
    }
    case JsonTokens::Kind::string: return put(tokens.string());
    case JsonTokens::Kind::null: return tokens.null();
    case JsonTokens::Kind::array:
      if (component.coded) return put(std::string_view(listed(tokens, component)));
      [[fallthrough]];
    default: return put(std::string_view(json_value_text(tokens)));
  }
}

}  // namespace stocktake::sdmx
