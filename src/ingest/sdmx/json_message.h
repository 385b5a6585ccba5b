// What an SDMX-JSON data message (1.0 and its drafts, 2.0, 2.1) tells of its structure: the components on each level, and the
// texts that the indices in the data stand for. Names as in the field guide to SDMX-JSON data messages (sdmx-twg/sdmx-json,
// docs/data_message/1_field_guide.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/sdmx/data.h"
#include "ingest/sdmx/json_tokens.h"
#include "ingest/sdmx/value_text.h"

namespace stocktake::sdmx {

struct JsonComponent {
  std::string id;
  Role role = Role::unknown;
  std::int64_t position = -1;  // keyPosition
  bool coded = false;          // has `values`: the data give indices of them
  bool empty = false;          // `values` is there, and empty
  std::vector<std::string> values;
  std::optional<std::string> default_value;  // of attributes that are left out
  std::vector<std::string> relationship;     // ids of dimensions
  std::size_t column = SIZE_MAX;             // in the block builder
};

struct JsonStructure {
  Reference reference;
  std::vector<JsonComponent> dataset_dimensions, series_dimensions, dimensions;  // the last: of observations
  std::optional<std::vector<JsonComponent>> measures;                            // nothing: one, OBS_VALUE
  std::vector<JsonComponent> dataset_attributes, group_attributes, series_attributes, attributes;
  bool indices_only = false;          // 1.0: attributes are never given as texts
  std::vector<std::size_t> datasets;  // indices of those it describes; none: all

  std::string dimension_at_observation() const;
};

// The value of `structure`, or one of `structures`.
JsonStructure read_json_structure(JsonTokens& tokens);

// The values of `meta` (`header` in drafts of 1.0).
void read_json_header(JsonTokens& tokens, Header& header);

// What the first of an array of links tells that names a structure: by its URN, else by the end of its address.
std::optional<Reference> read_json_links(JsonTokens& tokens);

// A value as text, whatever its kind: "" for null; several values and languages as value_text.h writes them.
std::string json_value_text(JsonTokens& tokens);

// One of several values: its texts by language, {"en": ...}, or one text.
ComponentValue json_component_value(JsonTokens& tokens);

std::optional<Action> json_action(std::string_view name);

}  // namespace stocktake::sdmx
