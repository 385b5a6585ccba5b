#include "ingest/sink.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <exception>
#include <thread>

#include "base/error.h"
#include "base/queue.h"
#include "base/table.h"

namespace stocktake {
namespace {

constexpr std::size_t block_rows = 1 << 15;

bool valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t length = c < 0x80 ? 1 : (c & 0xE0U) == 0xC0 && c >= 0xC2 ? 2 : (c & 0xF0U) == 0xE0 ? 3 : (c & 0xF8U) == 0xF0 && c <= 0xF4 ? 4 : 0;
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80) return false;
    }
    if (length == 3 && c == 0xE0 && static_cast<unsigned char>(text[i + 1]) < 0xA0) return false;
    if (length == 3 && c == 0xED && static_cast<unsigned char>(text[i + 1]) > 0x9F) return false;
    if (length == 4 && c == 0xF0 && static_cast<unsigned char>(text[i + 1]) < 0x90) return false;
    if (length == 4 && c == 0xF4 && static_cast<unsigned char>(text[i + 1]) > 0x8F) return false;
    i += length;
  }
  return true;
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

// What a message shows of a text from a file.
std::string shown(std::string_view text) {
  std::string out(text.substr(0, 40));
  if (!valid_utf8(out)) return "(bytes that are not UTF-8)";
  return "'" + out + (text.size() > 40 ? "…'" : "'");
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

ParsedValue parse_value(std::string_view text, bool decimal_comma) {
  ParsedValue parsed;
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
  }
  std::string with_point;
  if (decimal_comma && text.find('.') == std::string_view::npos) {
    if (const auto comma = text.find(','); comma != std::string_view::npos) {
      with_point = text;
      with_point[comma] = '.';
      text = with_point;
    }
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed.value);
  if (error == std::errc() && end == text.data() + text.size() && std::isfinite(parsed.value)) parsed.kind = ParsedValue::Kind::number;
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
  explicit Appender(ImportTransaction& transaction) : blocks(4), thread([this, &transaction] {
      try {
        while (auto block = blocks.pop()) transaction.append(*block);
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
  BoundedQueue<ObservationBlock> blocks;
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
  const auto at = slots_.find(raw_key);
  return at == slots_.end() ? no_slot : at->second;
}

Sink::Slot Sink::make(std::string_view raw_key, const KeyParts& parts) {
  const auto slot = static_cast<Slot>(states_.size());
  SlotState state;
  const std::string dims = to_string(parts.dims);
  const auto fault = [&](std::string column, std::string reason, std::string category) {
    faults_.push_back({std::move(column), std::move(reason), std::move(category)});
    state.fault = static_cast<std::uint32_t>(faults_.size());
  };
  if (parts.series.empty()) {
    fault("series", "the series code is empty", "no series code");
  } else if (!valid_utf8(parts.series) || !valid_utf8(parts.unit) || !valid_utf8(dims)) {
    fault("", "the row is not valid UTF-8; save the file as UTF-8", "not UTF-8");
  } else if (const auto area = areas_.find(parts.area)) {
    state.key = transaction_.key(parts.series, areas_.at(*area).code, dims, parts.unit);
  } else if (parts.area.empty()) {
    fault("ref_area", "the area code is empty", "no area code");
  } else {
    fault("ref_area", "unknown area " + shown(parts.area) + ", expected ISO 3166, M49 or a group code of `stocktake groups`",
          "unknown area " + shown(parts.area));
  }
  states_.push_back(state);
  slots_.emplace(raw_key, slot);
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

std::uint16_t Sink::provenance(std::string_view nature, char qualifier, std::string_view edition, std::string_view source) {
  if (have_provenance_ && qualifier == last_qualifier_ && nature == last_nature_ && edition == last_edition_ && source == last_source_) {
    return last_provenance_;
  }
  last_nature_ = nature;
  last_edition_ = edition;
  last_source_ = source;
  last_qualifier_ = qualifier;
  const bool text_ok = valid_utf8(edition) && valid_utf8(source);
  last_provenance_ = transaction_.provenance(parse_nature(nature).value_or(Nature::none), qualifier, text_ok ? edition : "", text_ok ? source : "");
  have_provenance_ = true;
  return last_provenance_;
}

void Sink::reject(std::uint64_t line, std::string_view column, std::string reason, std::string_view row) {
  ++rejected_;
  std::string text(row.substr(0, 600));
  if (!valid_utf8(text)) {
    // Cut in the middle of a character, or never UTF-8: keep what is readable.
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  }
  Reject reject{static_cast<std::int64_t>(line), std::string(column), std::move(reason), std::move(text)};
  if (first_rejects_.size() < 5) first_rejects_.push_back(reject);
  transaction_.reject(std::move(reject));
}

void Sink::reject_row(std::uint64_t line, std::string reason, const char* category, std::string_view row) {
  ++read_;
  ++reasons_[category];
  reject(line, "", std::move(reason), row);
}

void Sink::add(const Cell& cell, bool decimal_comma) {
  ++read_;
  SlotState& slot = states_[cell.slot];
  if (slot.fault != 0) {
    const Fault& fault = faults_[slot.fault - 1];
    ++reasons_[fault.category];
    reject(cell.line, fault.column, fault.reason, cell.row);
    return;
  }
  const auto refuse = [&](std::string_view column, const char* category, std::string reason) {
    ++reasons_[category];
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
           "the year " + std::to_string(year) + " is after " + std::to_string(last_year_) + "; pass --allow-future if these are projections");
    return;
  }
  ParsedValue lower, upper;
  if (!cell.lower.empty() || !cell.upper.empty()) {
    lower = parse_value(cell.lower, decimal_comma);
    upper = parse_value(cell.upper, decimal_comma);
    if (lower.kind == ParsedValue::Kind::bad || upper.kind == ParsedValue::Kind::bad) {
      refuse("lower, upper", "a bound is not a number", "expected numbers as bounds, found " + shown(cell.lower) + " and " + shown(cell.upper));
      return;
    }
  }
  const std::optional<Nature> nature = parse_nature(cell.nature);
  if (!nature) {
    refuse("nature", "unknown nature", "expected C, CA, E, G, M, N, NA or nothing, found " + shown(cell.nature));
    return;
  }
  if (!first_of_year(slot, year)) {
    refuse("", "a second figure for the same series, area and year",
           "a second figure for the same series, area, dimensions and year; the first was kept");
    return;
  }
  block_.key.push_back(slot.key);
  block_.year.push_back(static_cast<std::int16_t>(year));
  block_.value.push_back(value.value);
  block_.provenance.push_back(provenance(cell.nature, value.qualifier, cell.edition, cell.source));
  if (lower.kind == ParsedValue::Kind::number || upper.kind == ParsedValue::Kind::number || has_bounds_) {
    has_bounds_ = true;
    block_.lower.resize(block_.key.size() - 1, missing_value);
    block_.upper.resize(block_.key.size() - 1, missing_value);
    block_.lower.push_back(lower.kind == ParsedValue::Kind::number ? lower.value : missing_value);
    block_.upper.push_back(upper.kind == ParsedValue::Kind::number ? upper.value : missing_value);
  }
  ++accepted_;
  if (block_.size() >= block_rows) send();
}

void Sink::send() {
  if (block_.size() == 0) return;
  progress_.update(source_.raw_consumed(), source_.raw_bytes(), read_);
  if (!appender_->blocks.push(std::move(block_))) finish();
  block_ = {};
  block_.key.reserve(block_rows);
  block_.year.reserve(block_rows);
  block_.value.reserve(block_rows);
  block_.provenance.reserve(block_rows);
}

void Sink::finish() {
  if (appender_ && block_.size() > 0) {
    ObservationBlock last = std::move(block_);
    block_ = {};
    appender_->blocks.push(std::move(last));
  }
  if (!appender_) return;
  appender_->stop();
  const std::exception_ptr failure = appender_->failure;
  appender_.reset();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace stocktake
