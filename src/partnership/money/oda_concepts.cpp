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
  const SmallCsv csv = read_small_csv(
      path, {"concept", "basis", "priority", "series", "dimensions", "multiply", "from", "to", "preliminary_from", "note"});
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
    const auto year = [&](std::size_t field, const char* column) -> std::optional<int> {
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
    source.priority = static_cast<int>(number(2, "priority"));
    source.series = row[3];
    if (source.series.empty()) fail("series", "the series is empty");
    source.dimensions = row[4];
    source.multiply = number(5, "multiply");
    source.from = year(6, "from");
    source.to = year(7, "to");
    source.preliminary_from = year(8, "preliminary_from");
    source.note = row[9];
    sources.push_back(std::move(source));
  }
  std::stable_sort(sources.begin(), sources.end(), [](const ConceptSource& a, const ConceptSource& b) {
    return std::tuple(a.what, a.basis, a.priority) < std::tuple(b.what, b.basis, b.priority);
  });
  return sources;
}

}  // namespace stocktake
