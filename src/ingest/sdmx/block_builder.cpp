#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "base/text.h"
#include "ingest/sdmx/data.h"

namespace stocktake::sdmx {
namespace {

// Texts of one column are short and alike: the first and the last eight bytes and the length tell most apart.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t first = 0, last = 0;
  if (text.size() >= 8) {
    std::memcpy(&first, text.data(), 8);
    std::memcpy(&last, text.data() + text.size() - 8, 8);
    if (text.size() > 16) return std::hash<std::string_view>{}(text);
  } else if (text.size() >= 4) {
    std::memcpy(&first, text.data(), 4);
    std::memcpy(&last, text.data() + text.size() - 4, 4);
  } else {
    for (const char c : text) first = first << 8 | static_cast<unsigned char>(c);
  }
  const std::uint64_t mixed = (first ^ std::rotl(last, 32) ^ text.size()) * 0x9E3779B97F4A7C15ULL;
  return mixed ^ mixed >> 32;
}

// Most figures have few digits: the digits as a whole number, and the power of ten to divide by, are both exact as doubles (up
// to 2^53 and 10^22), so that the quotient is the nearest double, as from_chars gives it.
std::optional<double> short_number(std::string_view text) {
  static constexpr double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > 16 || text.front() == '.' || text.back() == '.') return std::nullopt;
  std::uint64_t digits = 0;
  std::size_t decimals = 0;
  bool point = false;
  for (const char c : text) {
    const auto digit = static_cast<unsigned>(c - '0');
    if (digit <= 9) {
      digits = 10 * digits + digit;
      decimals += point ? 1 : 0;
    } else if (c == '.' && !point) {
      point = true;
    } else {
      return std::nullopt;
    }
  }
  if (digits > std::uint64_t{1} << 53) return std::nullopt;
  const double value = static_cast<double>(digits) / powers[decimals];
  return negative ? -value : value;
}

// A number as XML and CSV write it: with a '+', or blanks around it, as well.
double number_of(std::string_view text) {
  if (const auto number = short_number(text)) return *number;
  text = trimmed(text);
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  return parse_finite(text).value_or(std::nan(""));
}

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

// Groups whose keys name the same dimensions: the attributes by the key's values, joined.
struct BlockBuilder::GroupShape {
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Attributes = std::vector<std::pair<std::size_t, std::string>>;
  std::vector<std::size_t> key;                                                   // columns, ascending
  std::unordered_map<std::string, Attributes, Hash, std::equal_to<>> attributes;  // only looked up, never walked
};

BlockBuilder::BlockBuilder(DataHandler& handler) : handler_(handler) {}
BlockBuilder::~BlockBuilder() = default;

void BlockBuilder::begin(Dataset dataset) {
  end();
  dataset_ = std::move(dataset);
  block_ = {};
  block_.dataset = &dataset_;
  series_texts_.clear();
  series_codes_.clear();
  groups_.clear();
  bytes_ = 0;
  laid_ = rows_groups_ = false;
  open_ = true;
  block_.value.reserve(block_rows);
  block_.value_end.reserve(block_rows);
  block_.line.reserve(block_rows);
  block_.action.reserve(block_rows);
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
  added.codes.reserve(block_rows);
  series_texts_.emplace_back();
  series_codes_.push_back(0);
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
  laid_ = false;
}

void BlockBuilder::fill(std::size_t column, std::size_t rows) {
  auto& codes = block_.columns[column].codes;
  if (codes.size() < rows) codes.resize(rows, series_codes_[column]);
}

void BlockBuilder::set_of_series(std::size_t column, std::string_view text) {
  fill(column, block_.rows());
  series_texts_[column] = text;
  series_codes_[column] = block_.columns[column].texts.code(text);
  bytes_ += text.size();
}

void BlockBuilder::begin_series() {
  for (std::size_t i = 0; i < series_texts_.size(); ++i) {
    fill(i, block_.rows());
    series_texts_[i].clear();
    series_codes_[i] = 0;
  }
  laid_ = false;
}

void BlockBuilder::of_series(std::size_t column, std::string_view text) {
  set_of_series(column, text);
  laid_ = false;
}

void BlockBuilder::of_row(std::size_t column, std::string_view text) {
  Column& one = block_.columns[column];
  const std::uint32_t code = one.texts.code(text);
  const std::size_t row = block_.rows();
  bytes_ += text.size();
  if (one.codes.size() > row) {
    one.codes[row] = code;
    return;
  }
  fill(column, row);
  one.codes.push_back(code);
}

void BlockBuilder::value(std::string_view text) {
  block_.value_text.resize(block_.value_end.empty() ? 0 : block_.value_end.back());
  block_.value_text.append(text);
}

std::string_view BlockBuilder::text_at(std::size_t column) const {
  const Column& one = block_.columns[column];
  return in_row(column) ? one.texts.text(one.codes.back()) : std::string_view(series_texts_[column]);
}

// Groups whose whole key the series gives hold for all its rows. What the series or the row says itself is nearer than what its
// group says.
void BlockBuilder::lay_groups_on_series() {
  laid_ = true;
  rows_groups_ = false;
  for (const GroupShape& shape : groups_) {
    group_key_.clear();
    bool whole = true;
    for (const std::size_t column : shape.key) {
      whole = whole && !series_texts_[column].empty() && !in_row(column);
      group_key_.append(series_texts_[column]) += '\x1f';
    }
    rows_groups_ = rows_groups_ || !whole;
    const auto found = whole ? shape.attributes.find(std::string_view(group_key_)) : shape.attributes.end();
    if (found == shape.attributes.end()) continue;
    for (const auto& [column, text] : found->second) {
      if (series_texts_[column].empty()) set_of_series(column, text);
    }
  }
}

void BlockBuilder::lay_groups_on_row() {
  for (const GroupShape& shape : groups_) {
    group_key_.clear();
    bool of_row_too = false;
    for (const std::size_t column : shape.key) {
      of_row_too = of_row_too || in_row(column);
      group_key_.append(text_at(column)) += '\x1f';
    }
    const auto found = of_row_too ? shape.attributes.find(std::string_view(group_key_)) : shape.attributes.end();
    if (found == shape.attributes.end()) continue;
    for (const auto& [column, text] : found->second) {
      if (text_at(column).empty()) of_row(column, text);
    }
  }
}

void BlockBuilder::end_row(std::uint64_t line, Action action) {
  if (!groups_.empty()) {
    if (!laid_) lay_groups_on_series();
    if (rows_groups_) lay_groups_on_row();
  }
  const std::size_t begin = block_.value_end.empty() ? 0 : block_.value_end.back();
  block_.value.push_back(number_of(std::string_view(block_.value_text).substr(begin)));
  block_.value_end.push_back(static_cast<std::uint32_t>(block_.value_text.size()));
  block_.line.push_back(line);
  block_.action.push_back(action);
  if (block_.rows() == block_rows || bytes_ + block_.value_text.size() > block_bytes) send();
}

void BlockBuilder::send() {
  if (block_.rows() == 0) return;
  for (std::size_t i = 0; i < block_.columns.size(); ++i) fill(i, block_.rows());
  handler_.block(block_);
  bytes_ = 0;
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

void BlockBuilder::forward(Block& block) {
  send();
  block.dataset = &dataset_;
  handler_.block(block);
}

void BlockBuilder::end() {
  if (!open_) return;
  send();
  open_ = false;
  handler_.end();
}

}  // namespace stocktake::sdmx
