// Bindings: which series of a source feed which indicator (frameworks/bindings/*.yaml, docs/framework-file.md).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/language.h"
#include "framework/framework.h"

namespace stocktake {

using Filter = std::vector<std::pair<std::string, std::string>>;  // (dimension, DSD code), sorted by dimension

struct SeriesBinding {
  std::string series;                                                       // code in the store
  std::map<std::string, std::vector<std::string>, std::less<>> indicators;  // framework id → indicator codes
  LocalText name;
  std::string unit;
  Filter filter;  // the headline key; other keys are disaggregations
  double multiply = 1;
  bool judged = true;          // role: target (context: shown, not judged)
  bool exact = true;           // match: exact (near: see note)
  bool group_figures = false;  // areas: groups (published aggregates)
  std::string note;
};

struct WeightBinding {
  std::string series;
  Filter filter;
};

struct Binding {
  std::string id;
  std::string title, source_name, source_url, licence;
  int priority = 100;  // lower wins
  std::vector<SeriesBinding> series;
  std::map<std::string, WeightBinding, std::less<>> weights;  // concept → series
  std::string hash;                                           // BLAKE2b-256 (hex) of the file's bytes
};

// Maps the sources' dimension names and codes to the SDG DSD's (reference/dimension_codes.csv). Immutable, thread-safe.
class DimensionCodes {
 public:
  static DimensionCodes load(const std::string& path);
  // "[Sex]" → "SEX"; a bracketed name without an entry becomes upper snake case; others are returned in upper snake case.
  std::string dimension(std::string_view column) const;
  // ("SEX", "BOTHSEX") → "_T"; codes without an entry are returned unchanged.
  std::string_view code(std::string_view dimension, std::string_view source_code) const;

 private:
  std::map<std::string, std::string, std::less<>> names_;  // a source's name of a dimension, without brackets → ours
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> codes_;  // dimension → source code → code
};

Binding load_binding(const std::string& path, const DimensionCodes& codes);
std::vector<Diagnostic> check_binding(const std::string& path, const DimensionCodes& codes);
// The same for bytes in hand; `path` names them in the faults and gives the id they must have and the folder of the frameworks.
std::vector<Diagnostic> check_binding_text(std::string_view text, const std::string& path, const DimensionCodes& codes);
// All *.yaml of a folder, by priority, then id. A folder without any is an empty list.
std::vector<Binding> load_bindings(const std::string& folder, const DimensionCodes& codes);

}  // namespace stocktake
