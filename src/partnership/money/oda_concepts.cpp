#include "partnership/money/oda_concepts.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <tuple>

#include "base/error.h"
#include "base/files.h"

namespace stocktake {
namespace {

constexpr std::string_view concept_names[oda_concept_count] = {"oda_share",  "oda_volume", "ldc_share",
                                                               "ldc_volume", "gni",        "population"};

}  // namespace

std::string_view to_string(OdaConcept what) { return concept_names[static_cast<std::size_t>(what)]; }

std::vector<std::string> ConceptSource::parts() const {
  std::vector<std::string> all;
  if (computed()) return all;
  std::string rest = per_head() ? series.substr(0, series.size() - std::string_view("*population").size()) : series;
  for (std::size_t begin = 0; begin <= rest.size();) {
    const std::size_t end = std::min(rest.find('+', begin), rest.size());
    if (end > begin) all.push_back(rest.substr(begin, end - begin));
    begin = end + 1;
  }
  return all;
}

std::vector<ConceptSource> load_concept_sources(const std::string& folder) {
  const std::string path = folder + "/oda_concepts.csv";
  const SmallCsv csv = read_small_csv(path, {"concept", "basis", "prices", "priority", "series", "dimensions", "multiply", "from",
                                             "to", "preliminary_from", "decimals", "note"});
  std::vector<ConceptSource> sources;
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    const auto& row = csv.rows[i];
    const auto fail = [&](const char* column, const std::string& what) {
      throw Error(ErrorKind::input, what, "Correct the row", {path, csv.lines[i], 0, column});
    };
    const auto number = [&](std::size_t field, const char* column) {
      double value = 0;
      const std::string& text = row[field];
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        fail(column, "'" + text + "' is no number");
      return value;
    };
    const auto whole = [&](std::size_t field, const char* column) -> std::optional<int> {
      if (row[field].empty()) return std::nullopt;
      return static_cast<int>(number(field, column));
    };
    ConceptSource source;
    const auto found = std::find(std::begin(concept_names), std::end(concept_names), row[0]);
    if (found == std::end(concept_names)) fail("concept", "unknown concept '" + row[0] + "'");
    source.what = static_cast<OdaConcept>(found - std::begin(concept_names));
    if (row[1] == "net_flow") {
      source.basis = OdaBasis::net_flow;
    } else if (row[1] == "grant_equivalent") {
      source.basis = OdaBasis::grant_equivalent;
    } else if (!row[1].empty()) {
      fail("basis", "unknown basis '" + row[1] + "', expected net_flow, grant_equivalent or nothing");
    }
    const bool neutral = source.what == OdaConcept::gni || source.what == OdaConcept::population;
    if (neutral == source.basis.has_value()) fail("basis", "aid needs a basis, GNI and population have none");
    source.constant = row[2] == "constant";
    if (!source.constant && !row[2].empty()) fail("prices", "unknown prices '" + row[2] + "', expected constant or nothing");
    source.priority = static_cast<int>(number(3, "priority"));
    source.series = row[4];
    if (source.series.empty()) fail("series", "the series is empty");
    source.dimensions = row[5];
    source.multiply = number(6, "multiply");
    source.from = whole(7, "from");
    source.to = whole(8, "to");
    source.preliminary_from = whole(9, "preliminary_from");
    source.decimals = whole(10, "decimals");
    if (source.decimals && (*source.decimals < 0 || *source.decimals > 15)) fail("decimals", "expected 0 to 15 decimals");
    source.note = row[11];
    sources.push_back(std::move(source));
  }
  std::stable_sort(sources.begin(), sources.end(), [](const ConceptSource& a, const ConceptSource& b) {
    return std::tuple(a.what, a.basis, a.constant, a.priority) < std::tuple(b.what, b.basis, b.constant, b.priority);
  });
  return sources;
}

}  // namespace stocktake
