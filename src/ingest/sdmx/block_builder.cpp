#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "ingest/sdmx/data.h"

namespace stocktake::sdmx {
namespace {

constexpr std::uint32_t not_set = UINT32_MAX;

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

}  // namespace

std::string_view to_string(Action action) {
  switch (action) {
    case Action::information: return "Information";
    case Action::append: return "Append";
    case Action::replace: return "Replace";
    case Action::merge: return "Merge";
    case Action::remove: return "Delete";
  }
  return "Information";
}

Dictionary::Dictionary() { clear(); }

void Dictionary::clear() {
  bytes_.clear();
  ends_.assign(1, 0);
  if (slots_.empty()) slots_.assign(64, 0);
  std::fill(slots_.begin(), slots_.end(), 0);
  last_ = 0;
}

std::size_t Dictionary::size() const { return ends_.size(); }

std::string_view Dictionary::text(std::uint32_t code) const {
  if (code == 0) return {};
  const std::size_t begin = ends_[code - 1];
  return std::string_view(bytes_).substr(begin, ends_[code] - begin);
}

std::uint32_t Dictionary::code(std::string_view wanted) {
  if (wanted.empty()) return 0;
  if (last_ != 0 && text(last_) == wanted) return last_;
  if (2 * ends_.size() > slots_.size()) {
    slots_.assign(4 * slots_.size(), 0);
    for (std::uint32_t code = 1; code < ends_.size(); ++code) {
      std::size_t at = hash_of(text(code)) & (slots_.size() - 1);
      while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = code;
    }
  }
  std::size_t at = hash_of(wanted) & (slots_.size() - 1);
  while (slots_[at] != 0) {
    if (text(slots_[at]) == wanted) return last_ = slots_[at];
    at = (at + 1) & (slots_.size() - 1);
  }
  bytes_.append(wanted);
  ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  slots_[at] = static_cast<std::uint32_t>(ends_.size() - 1);
  return last_ = slots_[at];
}

std::string_view Block::value_as_written(std::size_t row) const {
  const std::size_t begin = row == 0 ? 0 : value_end[row - 1];
  return std::string_view(value_text).substr(begin, value_end[row] - begin);
}

std::size_t Block::column(std::string_view id) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& column) { return column.id == id; });
  return found == columns.end() ? SIZE_MAX : static_cast<std::size_t>(found - columns.begin());
}

void BlockBuilder::begin(Dataset dataset) {
  end();
  dataset_ = std::move(dataset);
  block_ = {};
  block_.dataset = &dataset_;
  series_texts_.clear();
  series_codes_.clear();
  row_codes_.clear();
  set_columns_.clear();
  groups_.clear();
  open_ = true;
  handler_.begin(dataset_);
}

std::size_t BlockBuilder::column(std::string_view id, Role role) {
  const std::size_t found = block_.column(id);
  if (found != SIZE_MAX) {
    if (block_.columns[found].role == Role::unknown) block_.columns[found].role = role;
    return found;
  }
  Column& added = block_.columns.emplace_back();
  added.id = id;
  added.role = role;
  added.codes.assign(block_.rows(), 0);
  series_texts_.emplace_back();
  series_codes_.push_back(0);
  row_codes_.push_back(not_set);
  return block_.columns.size() - 1;
}

void BlockBuilder::attribute_of_dataset(std::string_view id, std::string_view text) {
  dataset_.attributes.emplace_back(id, text);
}

void BlockBuilder::group(std::vector<std::pair<std::string, std::string>> key,
                         std::vector<std::pair<std::string, std::string>> attributes) {
  std::vector<std::pair<std::size_t, std::string>> parts;
  for (auto& [id, text] : key) parts.emplace_back(column(id, Role::dimension), std::move(text));
  std::sort(parts.begin(), parts.end());
  std::vector<std::size_t> columns;
  std::string joined;
  for (const auto& [at, text] : parts) {
    columns.push_back(at);
    joined.append(text) += '\x1f';
  }
  auto shape = std::find_if(groups_.begin(), groups_.end(), [&](const GroupShape& one) { return one.key == columns; });
  if (shape == groups_.end()) shape = groups_.insert(groups_.end(), GroupShape{columns, {}});
  auto& values = shape->attributes[joined];
  for (auto& [id, text] : attributes) values.emplace_back(column(id, Role::attribute), std::move(text));
}

void BlockBuilder::begin_series() {
  for (auto& text : series_texts_) text.clear();
  std::fill(series_codes_.begin(), series_codes_.end(), 0);
}

void BlockBuilder::of_series(std::size_t column, std::string_view text) {
  series_texts_[column] = text;
  series_codes_[column] = block_.columns[column].texts.code(text);
}

void BlockBuilder::set(std::size_t column, std::uint32_t code) {
  if (row_codes_[column] == not_set) set_columns_.push_back(column);
  row_codes_[column] = code;
}

void BlockBuilder::of_row(std::size_t column, std::string_view text) { set(column, block_.columns[column].texts.code(text)); }

void BlockBuilder::value(std::string_view text) { value_ = text; }

std::string_view BlockBuilder::text_at(std::size_t column) const {
  return row_codes_[column] != not_set ? block_.columns[column].texts.text(row_codes_[column])
                                       : std::string_view(series_texts_[column]);
}

void BlockBuilder::lay_groups() {
  for (const GroupShape& shape : groups_) {
    group_key_.clear();
    for (const std::size_t column : shape.key) group_key_.append(text_at(column)) += '\x1f';
    const auto found = shape.attributes.find(std::string_view(group_key_));
    if (found == shape.attributes.end()) continue;
    for (const auto& [column, text] : found->second) {
      // What the series or the row says itself is nearer than what its group says.
      if (text_at(column).empty()) of_row(column, text);
    }
  }
}

void BlockBuilder::end_row(std::uint64_t line, Action action) {
  if (!groups_.empty()) lay_groups();
  for (std::size_t i = 0; i < block_.columns.size(); ++i) block_.columns[i].codes.push_back(series_codes_[i]);
  for (const std::size_t column : set_columns_) {
    block_.columns[column].codes.back() = row_codes_[column];
    row_codes_[column] = not_set;
  }
  set_columns_.clear();
  block_.value.push_back(parse_finite(value_).value_or(std::nan("")));
  block_.value_text.append(value_);
  block_.value_end.push_back(static_cast<std::uint32_t>(block_.value_text.size()));
  block_.line.push_back(line);
  block_.action.push_back(action);
  value_.clear();
  if (block_.rows() == block_rows) send();
}

void BlockBuilder::send() {
  if (block_.rows() == 0) return;
  handler_.block(block_);
  for (std::size_t i = 0; i < block_.columns.size(); ++i) {
    Column& column = block_.columns[i];
    column.codes.clear();
    column.texts.clear();
    series_codes_[i] = column.texts.code(series_texts_[i]);
  }
  block_.value.clear();
  block_.value_end.clear();
  block_.value_text.clear();
  block_.line.clear();
  block_.action.clear();
}

void BlockBuilder::end() {
  if (!open_) return;
  send();
  open_ = false;
  handler_.end();
}

}  // namespace stocktake::sdmx
