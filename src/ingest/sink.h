// Where importers put their rows: checks, codes and counts them, and hands full blocks to a thread that appends them.
// Used by one importer thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/flat_index.h"
#include "base/progress.h"
#include "base/text.h"
#include "framework/areas.h"
#include "ingest/byte_source.h"
#include "ingest/value_map.h"
#include "store/store.h"

namespace stocktake {

inline constexpr int first_possible_year = 1000;

// A number as published: "12.5", "<5.0" (qualifier '<'), "1,5" with a decimal comma when that is asked for, else "1,234.5" and
// "1,234,567" with commas between groups of three ("1,234" could be either, and is no number).
struct ParsedValue {
  enum class Kind { number, missing, bad } kind = Kind::bad;
  double value = 0;
  char qualifier = 0;
};
// Missing: empty, NA, N/A, NaN, null, -, .., ... (docs/data-model.md). Infinite values are bad.
ParsedValue parse_value(std::string_view text, bool decimal_comma);
// A calendar year: "2005", "2005.0". 0 when it is none.
int parse_year(std::string_view text);

class Sink {
 public:
  // What identifies a series, as the importer read it.
  struct KeyParts {
    std::string_view series, area, unit;
    Dimensions dims;  // totals left out, sorted
  };
  using Slot = std::uint32_t;

  // last_year: later ones are rejected. The source is asked for its progress, which is shown unless `quiet`.
  Sink(ImportTransaction& transaction, const AreaRegistry& areas, int last_year, const ByteSource& source, bool quiet);
  ~Sink();
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  // What the texts of keys mean, and who is told of them as they stand in the file. Both live longer and may be null.
  void translate(const ValueMap* values, KeyTexts* met) {
    values_ = values != nullptr && !values->empty() ? values : nullptr;
    met_ = met;
  }

  // The slot of a raw row key (the bytes of its key columns); `no_slot` when it was not seen yet: then make one.
  static constexpr Slot no_slot = FlatIndex::none;
  Slot find(std::string_view raw_key) const;
  // Resolves the parts. A slot with a fault (unknown area, no series) is remembered too: its rows are rejected.
  Slot make(std::string_view raw_key, const KeyParts& parts);

  std::uint32_t provenance(std::string_view nature, char qualifier, std::string_view edition, std::string_view source,
                           std::string_view attributes = {});

  struct Cell {
    Slot slot = 0;
    std::string_view year, value, lower, upper;  // texts of the file
    std::string_view nature, edition, source;
    std::string_view attributes;  // to_string(Dimensions) of what else is said of the figure
    std::string_view row;         // the row's text, for rejects
    std::string_view column;      // where the value stands
    std::uint64_t line = 0;
  };
  // One figure. Counts it as accepted, missing or rejected. `decimal_comma` as for parse_value.
  void add(const Cell& cell, bool decimal_comma);
  // A row that cannot be a figure at all; `category` groups reasons in the summary.
  void reject_row(std::uint64_t line, std::string reason, const char* category, std::string_view row);

  std::int64_t read() const { return read_; }
  std::int64_t accepted() const { return accepted_; }
  std::int64_t missing() const { return missing_; }
  std::int64_t rejected() const { return rejected_; }
  const std::map<std::string, std::int64_t>& reasons() const { return reasons_; }
  const std::vector<Reject>& first_rejects() const { return first_rejects_; }

  const AreaRegistry& areas() const { return areas_; }
  // Stands before the column of each reject from here on: "Sheet 1!".
  void place(std::string text) { place_ = std::move(text); }
  void warn(std::string text) { warnings_.push_back(std::move(text)); }
  const std::vector<std::string>& warnings() const { return warnings_; }

  void finish();  // sends the last block and waits for the appending thread; rethrows its error

 private:
  static constexpr std::size_t max_faults = 10'000;  // of faults and of reasons that are remembered one by one
  static constexpr std::size_t max_origins = 4096;
  static constexpr int dense_first = 1900;  // years that the bit set covers; others go into a map
  struct SlotState {
    std::uint32_t key = 0;
    std::uint32_t fault = 0;               // index into faults_ + 1; 0 is none
    std::array<std::uint64_t, 4> years{};  // 1900-2155
  };
  void reject(std::uint64_t line, std::string_view column, std::string reason, std::string_view row);
  void remember(std::string_view raw_key, Slot slot);
  KeyParts translated(const KeyParts& parts) const;
  void note(const KeyParts& parts);
  bool first_of_year(SlotState& slot, int year);
  void count_reason(const std::string& category);
  void send();

  // What goes to the appending thread at once.
  struct Rows {
    ObservationBlock figures;
    std::vector<Reject> rejects;
  };
  ImportTransaction& transaction_;
  const AreaRegistry& areas_;
  int last_year_;
  const ByteSource& source_;
  Progress progress_;
  std::vector<std::string> warnings_;
  std::string place_;
  const ValueMap* values_ = nullptr;
  KeyTexts* met_ = nullptr;
  std::string raw_keys_;  // all that were seen, one after the other
  std::vector<std::size_t> raw_ends_;
  std::vector<Slot> raw_slots_;
  FlatIndex raw_index_;
  std::vector<SlotState> states_;
  std::vector<Slot> slot_of_key_;  // by key number of the store
  Slot crowded_slot_ = no_slot;    // of the last fault, when there are max_faults
  struct Fault {
    std::string column, reason, category;
  };
  std::vector<Fault> faults_;
  std::map<std::pair<std::uint32_t, int>, bool> sparse_years_;
  Rows rows_;
  bool has_bounds_ = false;
  std::int64_t read_ = 0, accepted_ = 0, missing_ = 0, rejected_ = 0;
  std::map<std::string, std::int64_t> reasons_;
  std::vector<Reject> first_rejects_;
  struct Origin {
    std::string nature, edition, source, attributes;
    char qualifier = 0;
    std::uint32_t provenance = 0;
  };
  std::vector<Origin> origins_;  // the last that were asked for, at most max_origins
  FlatIndex origin_index_;
  std::uint32_t last_origin_ = FlatIndex::none;
  std::optional<std::uint32_t> bare_provenance_;  // of figures that say nothing of themselves
  struct Appender;
  std::unique_ptr<Appender> appender_;
};

}  // namespace stocktake
