// Series and observations: the part of the reader that has to be fast.
#include <algorithm>

#include "ingest/sdmx/json_rows.h"

namespace stocktake::sdmx {
namespace {

using Kind = JsonTokens::Kind;

constexpr std::int64_t left_out = -1, switched_off = -2, not_laid = -3;

std::string_view text_of(const JsonComponent& dimension, std::int64_t index) {
  if (index == left_out) return {};
  if (index == switched_off) return "~";
  return dimension.values[static_cast<std::size_t>(index)];
}

}  // namespace

// "0:12:3" to indices_; false, and why in key_problem_, for a key that fits the dimensions not.
bool JsonRows::parse_key(std::string_view key, const std::vector<JsonComponent>& dimensions) {
  const char* at = key.data();
  const char* const end = at + key.size();
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    std::int64_t index = left_out;
    if (at != end && *at == '~') {
      index = switched_off;
      ++at;
    } else if (at != end && *at >= '0' && *at <= '9') {
      index = 0;
      for (; at != end && *at >= '0' && *at <= '9' && index < INT32_MAX; ++at) index = 10 * index + (*at - '0');
      if (index >= static_cast<std::int64_t>(dimensions[i].values.size())) {
        key_problem_ = dimensions[i].id + ": index " + std::to_string(index) + ", but the message's structure has " +
                       std::to_string(dimensions[i].values.size()) + " values";
        return false;
      }
    }
    indices_[i] = index;
    const bool last = i + 1 == dimensions.size();
    if (last ? at != end : at == end || *at != ':') {
      key_problem_ = "the key '" + std::string(key.substr(0, 80)) + "' has not the form of " + std::to_string(dimensions.size()) +
                     " indices with ':' between";
      return false;
    }
    ++at;
  }
  return true;
}

void JsonRows::all_series(JsonTokens& tokens) {
  tokens.begin_object();
  std::string_view key;
  while (tokens.key(key)) {
    series_key_ = key;
    in_series_ = true;
    key_.clear();
    if (!parse_key(series_key_, structure_->series_dimensions)) {
      fault(tokens, key_problem_ + "; the series is left out");
      tokens.skip();
    } else if (tokens.kind() == Kind::object) {
      series(tokens);
    } else {
      tokens.skip();
    }
    in_series_ = false;
  }
}

void JsonRows::series(JsonTokens& tokens) {
  builder_.begin_series();
  for (const JsonComponent& one : structure_->dataset_dimensions) {
    if (!one.values.empty()) builder_.of_series(one.column, one.values.front());
  }
  for (std::size_t i = 0; i < structure_->series_dimensions.size(); ++i) {
    const JsonComponent& one = structure_->series_dimensions[i];
    builder_.of_series(one.column, text_of(one, indices_[i]));
  }
  bool attributes = structure_->series_attributes.empty();
  std::vector<Late> late;
  tokens.begin_object();
  std::string_view key;
  while (tokens.key(key)) {
    if (key == "attributes") {
      series_attributes(tokens);
      attributes = true;
    } else if (key == "observations") {
      if (attributes) {
        observations(tokens, structure_->dimensions);
      } else {
        later(tokens, {}, late);
      }
    } else {
      tokens.skip();
    }
  }
  if (!attributes) series_defaults(0);
  for (Late& one : late) {
    JsonTokens again = tokens_of(one);
    observations(again, structure_->dimensions);
  }
}

void JsonRows::series_attributes(JsonTokens& tokens) {
  std::size_t count = 0;
  if (tokens.kind() == Kind::array) {
    tokens.begin_array();
    for (; tokens.item(); ++count) {
      if (count >= structure_->series_attributes.size()) {
        tokens.skip();
        continue;
      }
      const JsonComponent& one = structure_->series_attributes[count];
      put(tokens, one, [&](std::string_view text) { builder_.of_series(one.column, text); });
    }
  } else {
    tokens.skip();
  }
  series_defaults(count);
}

void JsonRows::series_defaults(std::size_t from) {
  if (dataset_.action == Action::remove) return;
  for (std::size_t i = from; i < structure_->series_attributes.size(); ++i) {
    const JsonComponent& one = structure_->series_attributes[i];
    if (one.default_value) builder_.of_series(one.column, *one.default_value);
  }
}

void JsonRows::observations(JsonTokens& tokens, const std::vector<JsonComponent>& dimensions) {
  if (tokens.kind() != Kind::object) return tokens.skip();
  // Rows mostly repeat the row before. Group attributes have to be laid anew on each row.
  const bool repeats = dimensions.size() > 1 && structure_->group_attributes.empty();
  laid_.assign(dimensions.size(), not_laid);
  tokens.begin_object();
  std::string_view key;
  while (tokens.key(key)) {
    key_ = key;
    if (!parse_key(key_, dimensions)) {
      fault(tokens, key_problem_ + "; the observation is left out");
      tokens.skip();
      continue;
    }
    const std::uint64_t line = tokens.line();
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
      if (!repeats) {
        builder_.of_row(dimensions[i].column, text_of(dimensions[i], indices_[i]));
      } else if (laid_[i] != indices_[i]) {
        builder_.of_series(dimensions[i].column, text_of(dimensions[i], indices_[i]));
        laid_[i] = indices_[i];
      }
    }
    observation(tokens);
    builder_.end_row(line, dataset_.action);
  }
  key_.clear();
}

void JsonRows::measure(JsonTokens& tokens, std::size_t at) {
  const JsonComponent& one = (*structure_->measures)[at];
  if (at == primary_) {
    put(tokens, one, [&](std::string_view text) { builder_.value(text); });
  } else {
    put(tokens, one, [&](std::string_view text) { builder_.of_row(one.column, text); });
  }
}

// The measures, then the attributes, then indices of annotations, which are passed over.
void JsonRows::observation(JsonTokens& tokens) {
  const std::size_t measures = structure_->measures->size();
  const std::vector<JsonComponent>& attributes = structure_->attributes;
  std::size_t count = 0;
  if (tokens.kind() == Kind::array) {
    tokens.begin_array();
    for (; tokens.item(); ++count) {
      // The old OECD service leaves attributes without values out of the array, though the structure lists them.
      while (structure_->indices_only && count >= measures && count - measures + 1 < attributes.size() &&
             attributes[count - measures].empty && tokens.kind() == Kind::number) {
        ++count;
      }
      if (count < measures) {
        measure(tokens, count);
      } else if (count - measures < attributes.size()) {
        const JsonComponent& one = attributes[count - measures];
        put(tokens, one, [&](std::string_view text) { builder_.of_row(one.column, text); });
      } else {
        tokens.skip();
      }
    }
  } else if (measures > 0 && tokens.kind() != Kind::object) {
    measure(tokens, 0);  // drafts of 1.0 leave the brackets out
    count = 1;
  } else {
    fault(tokens, "an array of values is expected; the observation is kept without them");
    tokens.skip();
  }
  if (dataset_.action == Action::remove) return;
  for (std::size_t i = count < measures ? 0 : count - measures; i < attributes.size(); ++i) {
    const JsonComponent& one = attributes[i];
    if (one.default_value) builder_.of_row(one.column, *one.default_value);
  }
}

}  // namespace stocktake::sdmx
