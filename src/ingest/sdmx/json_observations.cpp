// Series and observations: the part of the reader that has to be fast.
#include <algorithm>

#include "base/ordered_tasks.h"
#include "ingest/sdmx/json_rows.h"
#include "ingest/sdmx/recorded.h"

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

void JsonRows::one_series(JsonTokens& tokens, std::string_view key) {
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

void JsonRows::members(JsonTokens& tokens, bool series) {
  if (!series) begin_flat();
  std::string_view key;
  if (series) {
    while (tokens.key(key)) one_series(tokens, key);
  } else {
    while (next_observation(tokens, flat_dimensions_)) {
    }
  }
  key_.clear();
  builder_.flush();
}

// Most of a message is in these two objects: some members a time go to each core.
void JsonRows::in_chunks(JsonTokens& tokens, bool series) {
  constexpr std::size_t chunk_bytes = std::size_t{1} << 20;
  struct Reader {
    Reader(const JsonRows& rows, const std::string& name) : tokens([] { return std::string_view(); }, name), rows(rows, told) {}
    JsonTokens tokens;
    Recorded told;
    JsonRows rows;
  };
  struct Part {
    JsonTokens::Members members;
    Recorded told;
  };
  struct Teller {
    JsonRows& rows;
    void begin(Dataset&) {}
    void block(Block& block) { rows.builder_.forward(block); }
    void fault(Fault& fault) { rows.handler_.fault(fault); }
  } teller{*this};
  Spares<Reader> readers;
  Spares<Part> parts;
  OrderedTasks<std::unique_ptr<Part>> tasks(0, [&](std::unique_ptr<Part>&& done) {
    done->told.tell(teller);
    parts.give_back(std::move(done));
  });
  tokens.begin_object();
  if (!series) begin_flat();
  while (true) {
    auto part = parts.get([] { return std::make_unique<Part>(); });
    bool taken = false;
    try {
      taken = tokens.take(part->members, chunk_bytes);
    } catch (const Error&) {
      tasks.finish();  // the rows before what is wrong
      throw;
    }
    if (taken) {
      tasks.give([&, given = std::move(part)]() mutable {
        auto reader = readers.get([&] { return std::make_unique<Reader>(*this, name_); });
        reader->told.clear();
        reader->tokens.restart(given->members);
        try {
          reader->rows.members(reader->tokens, series);
        } catch (const Error&) {
          reader->told.failure = std::current_exception();
          reader->rows.builder_.flush();
        }
        std::swap(reader->told, given->told);
        readers.give_back(std::move(reader));
        return std::move(given);
      });
      continue;
    }
    tasks.finish();
    std::string_view key;
    if (!tokens.key(key)) break;
    series ? one_series(tokens, key) : one_observation(tokens, key, flat_dimensions_);
  }
  key_.clear();
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
  begin_observations(dimensions);
  tokens.begin_object();
  while (next_observation(tokens, dimensions)) {
  }
  key_.clear();
}

bool JsonRows::next_observation(JsonTokens& tokens, const std::vector<JsonComponent>& dimensions) {
  if (plain_ && tokens.plain_member(member_)) {
    plain_observation(tokens, dimensions);
    return true;
  }
  std::string_view key;
  if (!tokens.key(key)) return false;
  one_observation(tokens, key, dimensions);
  return true;
}

void JsonRows::begin_flat() {
  builder_.begin_series();
  for (const JsonComponent& one : structure_->dataset_dimensions) {
    if (!one.values.empty()) builder_.of_series(one.column, one.values.front());
  }
  // sdmx-twg's constructed-sample-full.json has flat observations though its structure has a level of series.
  flat_dimensions_ = structure_->series_dimensions;
  flat_dimensions_.insert(flat_dimensions_.end(), structure_->dimensions.begin(), structure_->dimensions.end());
  begin_observations(flat_dimensions_);
}

void JsonRows::begin_observations(const std::vector<JsonComponent>& dimensions) {
  // Rows mostly repeat the row before. Group attributes have to be laid anew on each row.
  repeats_ = dimensions.size() > 1 && structure_->group_attributes.empty();
  laid_.assign(dimensions.size(), not_laid);
  plain_ = !structure_->indices_only || std::none_of(structure_->attributes.begin(), structure_->attributes.end(),
                                                     [](const JsonComponent& one) { return one.empty; });
}

void JsonRows::begin_row(const std::vector<JsonComponent>& dimensions) {
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    if (!repeats_) {
      builder_.of_row(dimensions[i].column, text_of(dimensions[i], indices_[i]));
    } else if (laid_[i] != indices_[i]) {
      builder_.of_series(dimensions[i].column, text_of(dimensions[i], indices_[i]));
      laid_[i] = indices_[i];
    }
  }
}

// The same as one_observation(), for a member that is at hand.
void JsonRows::plain_observation(JsonTokens& tokens, const std::vector<JsonComponent>& dimensions) {
  if (!parse_key(member_.key, dimensions)) {
    key_ = member_.key;
    fault(tokens, key_problem_ + "; the observation is left out");
    return;
  }
  begin_row(dimensions);
  const std::size_t measures = structure_->measures->size();
  for (std::size_t i = 0; i < std::min(member_.count, measures + structure_->attributes.size()); ++i) {
    const JsonComponent& one = i < measures ? (*structure_->measures)[i] : structure_->attributes[i - measures];
    std::string_view text = member_.items[i];
    if (text.empty()) continue;
    if (one.coded) {
      const auto index = json_index(text);
      if (!index || *index >= one.values.size()) {
        key_ = member_.key;
        bad_index(tokens, one, text);
        continue;
      }
      text = one.values[*index];
    }
    if (i == primary_) {
      builder_.value(text);
    } else {
      builder_.of_row(one.column, text);
    }
  }
  attribute_defaults(member_.count);
  builder_.end_row(tokens.line(), dataset_.action);
}

void JsonRows::one_observation(JsonTokens& tokens, std::string_view key, const std::vector<JsonComponent>& dimensions) {
  key_ = key;
  if (!parse_key(key_, dimensions)) {
    fault(tokens, key_problem_ + "; the observation is left out");
    tokens.skip();
    return;
  }
  const std::uint64_t line = tokens.line();
  begin_row(dimensions);
  observation(tokens);
  builder_.end_row(line, dataset_.action);
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
  attribute_defaults(count);
}

// For attributes behind so many values of the observation's array.
void JsonRows::attribute_defaults(std::size_t count) {
  if (dataset_.action == Action::remove) return;
  const std::size_t measures = structure_->measures->size();
  const std::vector<JsonComponent>& attributes = structure_->attributes;
  for (std::size_t i = count < measures ? 0 : count - measures; i < attributes.size(); ++i) {
    const JsonComponent& one = attributes[i];
    if (one.default_value) builder_.of_row(one.column, *one.default_value);
  }
}

}  // namespace stocktake::sdmx
