#include "ingest/sink.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <exception>
#include <thread>

#include "base/queue.h"
#include "base/utf8.h"

namespace stocktake {
namespace {

constexpr std::size_t block_rows = 1 << 15;
// More rows than the store gathers before it writes (131,072): the parser must not stand still while it does.
constexpr std::size_t row_blocks_ahead = 12;
constexpr std::size_t block_rejects = 1 << 12;

// Keys must be texts that can be shown, joined and split again: UTF-8 without control characters.
bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool is_missing_token(std::string_view text) {
  switch (text.size()) {
    case 0: return true;
    case 1: return text == "-";
    case 2: return text == "NA" || text == ".." || text == "na";
    case 3: return text == "N/A" || text == "NaN" || text == "nan" || text == "..." || text == "n/a" || text == "NAN";
    case 4: return text == "null" || text == "NULL" || text == "None";
    default: return false;
  }
}

// Most figures: a sign, digits, perhaps a point and digits, at most 15 of them. Both the digits as an integer and the power of
// ten are exact doubles then, and IEEE 754 rounds their quotient correctly.
bool plain_decimal(std::string_view text, double& value) {
  static constexpr std::array<double, 16> powers{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > 16) return false;
  std::uint64_t digits = 0;
  std::size_t count = 0, point = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = static_cast<unsigned>(static_cast<unsigned char>(text[i]) - '0');
    if (digit < 10) {
      digits = 10 * digits + digit;
      ++count;
    } else if (text[i] == '.' && point == text.size() && i > 0) {
      point = i;
    } else {
      return false;
    }
  }
  if (count == 0 || count > 15 || point + 1 == text.size()) return false;
  const std::size_t decimals = point == text.size() ? 0 : text.size() - point - 1;
  value = static_cast<double>(digits) / powers[decimals];
  if (negative) value = -value;
  return true;
}

// "1,234.5" and "1,234,567" without their commas. "1,234" alone may be a decimal comma as well: it is left as it is.
bool grouped(std::string_view text, std::string& plain) {
  const std::size_t first = text.find(',');
  const std::size_t begin = !text.empty() && text.front() == '-' ? 1 : 0;
  if (first == std::string_view::npos || first == begin || first > begin + 3) return false;
  const std::size_t point = std::min(text.find('.'), text.size());
  std::size_t groups = 0;
  for (std::size_t at = first; at < point; at += 4, ++groups) {
    if (text[at] != ',' || at + 4 > point) return false;
  }
  if (groups < 2 && point == text.size()) return false;
  plain.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool comma = text[i] == ',';
    if (comma ? i > point : (i != point && !(i == 0 && begin == 1) && (text[i] < '0' || text[i] > '9'))) return false;
    if (!comma) plain += text[i];
  }
  return point + 1 != text.size();
}

// What a message shows of a text from a file.
std::string shown(std::string_view text) {
  std::size_t end = std::min<std::size_t>(text.size(), 40);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;  // not within a character
  return "'" + printable(text.substr(0, end)) + (text.size() > end ? "…'" : "'");
}

}  // namespace

ParsedValue parse_value(std::string_view text, bool decimal_comma) {
  ParsedValue parsed;
  if (plain_decimal(text, parsed.value)) {
    parsed.kind = ParsedValue::Kind::number;
    return parsed;
  }
  text = trimmed(text);
  if (is_missing_token(text)) {
    parsed.kind = ParsedValue::Kind::missing;
    return parsed;
  }
  if (text.front() == '<' || text.front() == '>') {
    parsed.qualifier = text.front();
    text = trimmed(text.substr(1));
  } else if (text.front() == '+') {
    text.remove_prefix(1);
    if (text.starts_with('-')) return parsed;
  }
  std::string with_point;
  if (decimal_comma && text.find('.') == std::string_view::npos) {
    if (const auto comma = text.find(','); comma != std::string_view::npos) {
      with_point = text;
      with_point[comma] = '.';
      text = with_point;
    }
  }
  if (!decimal_comma && grouped(text, with_point)) text = with_point;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed.value);
  if (error == std::errc() && end == text.data() + text.size() && std::isfinite(parsed.value))
    parsed.kind = ParsedValue::Kind::number;
  return parsed;
}

int parse_year(std::string_view text) {
  text = trimmed(text);
  if (text.size() == 6 && text.ends_with(".0")) text.remove_suffix(2);
  if (text.size() != 4) return 0;
  int year = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return 0;
    year = 10 * year + (c - '0');
  }
  return year;
}

// The thread that appends blocks while the importer reads on. DuckDB's appender is used by this thread alone until finish().
struct Sink::Appender {
  explicit Appender(ImportTransaction& transaction)
      : blocks(row_blocks_ahead), thread([this, &transaction] {
          try {
            while (auto rows = blocks.pop()) {
              transaction.append(rows->figures);
              for (const Reject& reject : rows->rejects) transaction.reject(reject);
            }
          } catch (...) {
            failure = std::current_exception();
            blocks.close();
          }
        }) {}
  ~Appender() { stop(); }
  void stop() {
    blocks.close();
    if (thread.joinable()) thread.join();
  }
  BoundedQueue<Rows> blocks;
  std::exception_ptr failure;
  std::thread thread;
};

Sink::Sink(ImportTransaction& transaction, const AreaRegistry& areas, int last_year, const ByteSource& source, bool quiet)
    : transaction_(transaction),
      areas_(areas),
      last_year_(last_year),
      source_(source),
      progress_("importing", quiet),
      appender_(std::make_unique<Appender>(transaction)) {}

Sink::~Sink() = default;

Sink::Slot Sink::find(std::string_view raw_key) const {
  const std::uint32_t at = raw_index_.find(std::hash<std::string_view>{}(raw_key), [&](std::uint32_t i) {
    const std::size_t begin = i == 0 ? 0 : raw_ends_[i - 1];
    return std::string_view(raw_keys_).substr(begin, raw_ends_[i] - begin) == raw_key;
  });
  return at == FlatIndex::none ? no_slot : raw_slots_[at];
}

void Sink::remember(std::string_view raw_key, Slot slot) {
  raw_keys_.append(raw_key);
  raw_ends_.push_back(raw_keys_.size());
  raw_slots_.push_back(slot);
  raw_index_.insert(std::hash<std::string_view>{}(raw_key));
}

Sink::Slot Sink::make(std::string_view raw_key, const KeyParts& given) {
  if (met_ != nullptr) note(given);
  const KeyParts meant = values_ == nullptr ? KeyParts{} : translated(given);
  const KeyParts& parts = values_ == nullptr ? given : meant;
  const auto slot = static_cast<Slot>(states_.size());
  SlotState state;
  const std::string dims = to_string(parts.dims);
  // A file of nothing but faults must not fill the memory: beyond a number of them the last place is used again and again.
  const bool crowded = faults_.size() == max_faults;
  const auto fault = [&](std::string column, std::string reason, std::string category) {
    if (crowded) faults_.pop_back();
    faults_.push_back({std::move(column), std::move(reason), std::move(category)});
    state.fault = static_cast<std::uint32_t>(faults_.size());
  };
  if (parts.series.empty()) {
    fault("series", "the series code is empty", "no series code");
  } else if (!valid_utf8(parts.series) || !valid_utf8(parts.unit) || !valid_utf8(dims)) {
    fault("", "the row is not valid UTF-8; save the file as UTF-8", "not UTF-8");
  } else if (has_control(parts.series) || has_control(parts.unit) || has_control(dims)) {
    fault("", "a code holds a control character (a line end, a tab or a NUL byte)", "a control character in a code");
  } else if (parse_dimensions(dims) != parts.dims) {
    fault("", "a code of a dimension holds a semicolon, expected none", "a semicolon in a code");
  } else if (const auto area = areas_.find(parts.area)) {
    state.key = transaction_.key(parts.series, areas_.at(*area).code, dims, parts.unit);
    // CHN and 156 are one area, BOTHSEX and nothing one total: their rows are of one series.
    if (slot_of_key_.size() <= state.key) slot_of_key_.resize(state.key + 1, no_slot);
    Slot& same = slot_of_key_[state.key];
    if (same != no_slot) {
      remember(raw_key, same);
      return same;
    }
    same = slot;
  } else if (parts.area.empty()) {
    fault("ref_area", "the area code is empty", "no area code");
  } else {
    fault("ref_area", "unknown area " + shown(parts.area) + ", expected ISO 3166, M49 or a group code of `stocktake groups`",
          "unknown area " + shown(parts.area));
  }
  if (crowded && state.fault != 0) return crowded_slot_;
  if (state.fault == max_faults) crowded_slot_ = slot;
  states_.push_back(state);
  if (state.fault != max_faults) remember(raw_key, slot);
  return slot;
}

bool Sink::first_of_year(SlotState& slot, int year) {
  const int bit = year - dense_first;
  if (bit >= 0 && bit < 256) {
    std::uint64_t& word = slot.years[static_cast<std::size_t>(bit) / 64];
    const std::uint64_t mask = std::uint64_t{1} << (static_cast<unsigned>(bit) % 64);
    if ((word & mask) != 0) return false;
    word |= mask;
    return true;
  }
  return sparse_years_.try_emplace({slot.key, year}, true).second;
}

std::uint32_t Sink::provenance(std::string_view nature, char qualifier, std::string_view edition, std::string_view source,
                               std::string_view attributes) {
  const bool bare =
      qualifier == 0 && nature.empty() && edition.empty() && source.empty() && attributes.empty();  // as every row of many files
  if (bare && bare_provenance_) return *bare_provenance_;
  const auto same = [&](std::uint32_t i) {
    const Origin& origin = origins_[i];
    return qualifier == origin.qualifier && nature == origin.nature && edition == origin.edition && source == origin.source &&
           attributes == origin.attributes;
  };
  if (last_origin_ < origins_.size() && same(last_origin_)) return origins_[last_origin_].provenance;
  const std::hash<std::string_view> hash_of;
  std::uint64_t hash = static_cast<unsigned char>(qualifier);
  for (const std::string_view text : {nature, edition, source, attributes}) hash = hash * 0x100000001B3ULL + hash_of(text);
  last_origin_ = origin_index_.find(hash, same);
  if (last_origin_ != FlatIndex::none) return origins_[last_origin_].provenance;
  if (origins_.size() == max_origins) {  // a file with a text of its own in every row: the transaction knows them all
    origins_.clear();
    origin_index_ = {};
  }
  const bool text_ok = valid_utf8(edition) && valid_utf8(source) && valid_utf8(attributes);
  const std::uint32_t id = transaction_.provenance(parse_nature(nature).value_or(Nature::none), qualifier, text_ok ? edition : "",
                                                   text_ok ? source : "", text_ok ? attributes : "");
  last_origin_ = origin_index_.insert(hash);
  origins_.push_back({std::string(nature), std::string(edition), std::string(source), std::string(attributes), qualifier, id});
  if (bare) bare_provenance_ = id;
  return id;
}

void Sink::reject(std::uint64_t line, std::string_view column, std::string reason, std::string_view row) {
  ++rejected_;
  Reject reject{static_cast<std::int64_t>(line), place_ + readable(column), std::move(reason), readable(row.substr(0, 600))};
  if (first_rejects_.size() < 5) first_rejects_.push_back(reject);
  rows_.rejects.push_back(std::move(reject));
  if (rows_.rejects.size() >= block_rejects) send();
}

void Sink::count_reason(const std::string& category) {
  if (const auto at = reasons_.find(category); at != reasons_.end()) {
    ++at->second;
  } else {
    ++reasons_[reasons_.size() < max_faults ? category : "other reasons"];
  }
}

void Sink::reject_row(std::uint64_t line, std::string reason, const char* category, std::string_view row) {
  ++read_;
  count_reason(category);
  reject(line, "", std::move(reason), row);
}

void Sink::add(const Cell& cell, bool decimal_comma) {
  ++read_;
  SlotState& slot = states_[cell.slot];
  if (slot.fault != 0) {
    const Fault& fault = faults_[slot.fault - 1];
    count_reason(fault.category);
    reject(cell.line, fault.column, fault.reason, cell.row);
    return;
  }
  const auto refuse = [&](std::string_view column, const char* category, std::string reason) {
    count_reason(category);
    reject(cell.line, column, std::move(reason), cell.row);
  };
  const ParsedValue value = parse_value(cell.value, decimal_comma);
  if (value.kind == ParsedValue::Kind::missing) {
    ++missing_;
    return;
  }
  if (value.kind == ParsedValue::Kind::bad) {
    refuse(cell.column, "the value is not a number", "expected a number, found " + shown(cell.value));
    return;
  }
  const int year = parse_year(cell.year);
  if (year < first_possible_year) {
    refuse("time_period", "the period is not a year", "expected a year as 2005, found " + shown(cell.year));
    return;
  }
  if (year > last_year_) {
    refuse("time_period", "the year is in the future",
           "the year " + std::to_string(year) + " is after " + std::to_string(last_year_) +
               "; pass --allow-future if these are projections");
    return;
  }
  ParsedValue lower, upper;
  if (!cell.lower.empty() || !cell.upper.empty()) {
    lower = parse_value(cell.lower, decimal_comma);
    upper = parse_value(cell.upper, decimal_comma);
    if (lower.kind == ParsedValue::Kind::bad || upper.kind == ParsedValue::Kind::bad) {
      refuse("lower, upper", "a bound is not a number",
             "expected numbers as bounds, found " + shown(cell.lower) + " and " + shown(cell.upper));
      return;
    }
    if (lower.kind == ParsedValue::Kind::number && upper.kind == ParsedValue::Kind::number && lower.value > upper.value) {
      refuse("lower, upper", "the lower bound is above the upper",
             "the lower bound " + shown(cell.lower) + " is above the upper " + shown(cell.upper));
      return;
    }
  }
  const std::optional<Nature> nature = cell.nature.empty() ? Nature::none : parse_nature(cell.nature);
  if (!nature) {
    refuse("nature", "unknown nature", "expected C, CA, E, G, M, N, NA or nothing, found " + shown(cell.nature));
    return;
  }
  if (!first_of_year(slot, year)) {
    refuse("", "a second figure for the same series, area and year",
           "a second figure for the same series, area, dimensions and year; the first was kept");
    return;
  }
  rows_.figures.key.push_back(slot.key);
  rows_.figures.year.push_back(static_cast<std::int16_t>(year));
  rows_.figures.value.push_back(value.value);
  rows_.figures.provenance.push_back(provenance(cell.nature, value.qualifier, cell.edition, cell.source, cell.attributes));
  if (lower.kind == ParsedValue::Kind::number || upper.kind == ParsedValue::Kind::number || has_bounds_) {
    has_bounds_ = true;
    rows_.figures.lower.resize(rows_.figures.key.size() - 1, missing_value);
    rows_.figures.upper.resize(rows_.figures.key.size() - 1, missing_value);
    rows_.figures.lower.push_back(lower.kind == ParsedValue::Kind::number ? lower.value : missing_value);
    rows_.figures.upper.push_back(upper.kind == ParsedValue::Kind::number ? upper.value : missing_value);
  }
  ++accepted_;
  if (rows_.figures.size() >= block_rows) send();
}

void Sink::send() {
  progress_.update(source_.raw_consumed(), source_.raw_bytes(), read_);
  if (!appender_->blocks.push(std::move(rows_))) finish();
  rows_ = {};
  rows_.figures.key.reserve(block_rows);
  rows_.figures.year.reserve(block_rows);
  rows_.figures.value.reserve(block_rows);
  rows_.figures.provenance.reserve(block_rows);
}

void Sink::finish() {
  if (!appender_) return;
  appender_->blocks.push(std::move(rows_));
  rows_ = {};
  appender_->stop();
  const std::exception_ptr failure = appender_->failure;
  appender_.reset();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace stocktake
