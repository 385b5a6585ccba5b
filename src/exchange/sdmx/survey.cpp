#include "exchange/sdmx/survey.h"

#include <algorithm>
#include <functional>

namespace stocktake::sdmx {
namespace {

// FNV-1a over the texts of the key, with a separator: the same in every block, unlike the codes.
std::uint64_t key_hash(const Block& block, const std::vector<std::size_t>& key, std::size_t row) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const std::size_t c : key) {
    const std::string_view text = block.columns[c].texts.text(block.columns[c].codes[row]);
    hash = (hash ^ std::hash<std::string_view>{}(text)) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29;
  }
  return hash == 0 ? 1 : hash;
}

}  // namespace

Survey::Survey(const Structures* structures, Reference override_reference, bool values)
    : structures_(structures), override_(std::move(override_reference)), values_(values) {}

void Survey::begin(const Dataset& dataset) {
  current_ = &dataset;
  PlannedDataset& planned = datasets.emplace_back();
  planned.dataset = dataset;
  if (!override_.id.empty()) planned.dataset.structure = override_;
  const Reference& reference = planned.dataset.structure;
  planned.structure = structures_ == nullptr ? nullptr : structures_->structure_of(reference);
  planned.primary = "OBS_VALUE";
  if (planned.structure != nullptr && !planned.structure->measures.empty() && planned.structure->find("OBS_VALUE") == nullptr)
    planned.primary = planned.structure->measures.front().id;
  last_.clear();
  series_seen_.assign(1024, 0);
  seen_ = 0;
  any_row_ = false;
}

bool Survey::seen_before(std::uint64_t hash) {
  if (2 * (seen_ + 1) > series_seen_.size()) {
    std::vector<std::uint64_t> larger(4 * series_seen_.size(), 0);
    for (const std::uint64_t one : series_seen_) {
      if (one == 0) continue;
      std::size_t at = one & (larger.size() - 1);
      while (larger[at] != 0) at = (at + 1) & (larger.size() - 1);
      larger[at] = one;
    }
    series_seen_.swap(larger);
  }
  std::size_t at = hash & (series_seen_.size() - 1);
  while (series_seen_[at] != 0) {
    if (series_seen_[at] == hash) return true;
    at = (at + 1) & (series_seen_.size() - 1);
  }
  series_seen_[at] = hash;
  ++seen_;
  return false;
}

void Survey::add_columns(const Block& block) {
  PlannedDataset& planned = datasets.back();
  for (std::size_t i = planned.columns.size(); i < block.columns.size(); ++i) {
    PlannedColumn& column = planned.columns.emplace_back();
    column.id = block.columns[i].id;
    column.of_series = true;
  }
  last_.resize(planned.columns.size());
  for (std::size_t i = 0; i < planned.columns.size(); ++i) {
    PlannedColumn& column = planned.columns[i];
    const Component* const component = planned.structure == nullptr ? nullptr : planned.structure->find(column.id);
    column.role = component != nullptr ? component->role : block.columns[i].role;
    if (component == nullptr) continue;
    if (component->role == Role::attribute && component->attachment == Attachment::observation) column.of_series = false;
    if (const Representation* const written = structures_->representation_of(*component)) {
      column.coded = written->enumeration.has_value();
      column.several = written->max_occurs != 1;
      column.localised = written->multilingual;
    }
  }
  place(planned);
}

// Sorts the columns into dimensions, measures and attributes.
void Survey::place(PlannedDataset& planned) const {
  planned.key.clear();
  planned.dimensions.clear();
  planned.measures.clear();
  planned.attributes.clear();
  planned.roles_known = true;
  std::string time;
  for (std::size_t i = 0; i < planned.columns.size(); ++i) {
    const PlannedColumn& column = planned.columns[i];
    switch (column.role) {
      case Role::time_dimension: time = column.id; [[fallthrough]];
      case Role::dimension: planned.dimensions.push_back(i); break;
      case Role::measure: planned.measures.push_back(i); break;
      case Role::unknown: planned.roles_known = false; [[fallthrough]];
      case Role::attribute: planned.attributes.push_back(i); break;
    }
  }
  if (planned.structure != nullptr) {
    const auto in_order = [&](std::vector<std::size_t>& places, const std::vector<Component>& components) {
      const auto rank = [&](std::size_t i) {
        return std::find_if(components.begin(), components.end(),
                            [&](const Component& one) { return one.id == planned.columns[i].id; }) -
               components.begin();
      };
      std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    };
    in_order(planned.dimensions, planned.structure->dimensions);
    in_order(planned.measures, planned.structure->measures);
    in_order(planned.attributes, planned.structure->attributes);
  }
  const auto place_of = [&](const std::string& id) {
    return std::find_if(planned.dimensions.begin(), planned.dimensions.end(),
                        [&](std::size_t i) { return planned.columns[i].id == id; });
  };
  planned.at_observation = "AllDimensions";
  auto at = place_of(planned.dataset.dimension_at_observation);
  if (at == planned.dimensions.end() && !time.empty()) at = place_of(time);
  if (at != planned.dimensions.end()) {
    const std::size_t place = *at;
    planned.at_observation = planned.columns[place].id;
    planned.dimensions.erase(at);
    planned.key = planned.dimensions;
    planned.dimensions.push_back(place);
  }
}

void Survey::block(const Block& block) {
  PlannedDataset& planned = datasets.back();
  if (planned.columns.size() != block.columns.size()) add_columns(block);
  for (std::size_t i = 0; values_ && i < block.columns.size(); ++i) {
    const Dictionary& texts = block.columns[i].texts;
    for (std::uint32_t code = 1; code < texts.size(); ++code) planned.columns[i].values.code(texts.text(code));
  }
  planned.rows += block.rows();
  const bool runs = planned.at_observation != "AllDimensions" && planned.roles_known;
  for (std::size_t row = 0; row < block.rows(); ++row) {
    if (block.action[row] == Action::remove) planned.deletes = true;
    bool same = any_row_ && (row == 0 || block.action[row] == block.action[row - 1]);
    for (std::size_t k = 0; same && runs && k < planned.key.size(); ++k) {
      const Column& column = block.columns[planned.key[k]];
      same = row == 0 ? column.texts.text(column.codes[0]) == last_[planned.key[k]] : column.codes[row] == column.codes[row - 1];
    }
    any_row_ = true;
    if (!runs) continue;
    if (!same) {
      ++planned.series;
      if (!planned.scattered && seen_before(key_hash(block, planned.key, row))) planned.scattered = true;
      continue;
    }
    for (const auto* places : {&planned.attributes, &planned.measures}) {
      for (const std::size_t i : *places) {
        PlannedColumn& one = planned.columns[i];
        if (!one.of_series) continue;
        const Column& column = block.columns[i];
        one.of_series = row == 0 ? column.texts.text(column.codes[0]) == last_[i] : column.codes[row] == column.codes[row - 1];
      }
    }
  }
  if (block.rows() == 0) return;
  for (std::size_t i = 0; i < block.columns.size(); ++i)
    last_[i] = block.columns[i].texts.text(block.columns[i].codes[block.rows() - 1]);
}

void Survey::end() {
  PlannedDataset& planned = datasets.back();
  planned.dataset.attributes = current_->attributes;
  planned.dataset.action = current_->action;
  current_ = nullptr;
  for (PlannedColumn& column : planned.columns) {
    if (column.role == Role::measure) column.of_series = false;
  }
  const bool flat = planned.scattered || !planned.roles_known || planned.at_observation == "AllDimensions";
  if (!flat) return;
  planned.at_observation = "AllDimensions";
  planned.key.clear();
  for (PlannedColumn& column : planned.columns) column.of_series = false;
}

}  // namespace stocktake::sdmx
