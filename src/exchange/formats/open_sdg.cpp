#include "exchange/formats/open_sdg.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/table.h"
#include "ingest/formats/open_sdg.h"

namespace stocktake {
namespace {

void make_folder(const std::string& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    throw Error(ErrorKind::store, "cannot make the folder: " + failed.message(), "Name another folder", {folder, 0, 0, {}});
}

// A YAML text in double quotes: what JSON writes is one.
std::string yaml_text(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool is_indicator_number(std::string_view code) {
  return code.find('.') != std::string_view::npos && code.front() >= '0' && code.front() <= '9' &&
         code.find_first_not_of("0123456789.abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

std::string header_of(const std::string& dimension) {
  if (dimension == "GEOCODE") return "GeoCode";
  return dimension == "SERIES" ? "Series" : dimension;
}

struct File {
  std::vector<std::size_t> series;  // of the panel
  std::set<std::string> dimensions;
  std::set<std::string> units;
  bool with_series = false;
  LocalText name;
};

std::string period_of(const Panel& panel, std::uint32_t i) {
  const int year = panel.year[i];
  for (const auto& [name, text] : parse_dimensions(panel.provenances[panel.provenance[i]].attributes)) {
    if (name == "TIME_DETAIL" && last_year_of(text) == year) return text;
  }
  return std::to_string(year);
}

std::string data_text(const Panel& panel, const File& file, std::size_t& figures) {
  std::string text = "Year";
  const bool units = file.units.size() > 1 || !file.units.begin()->empty();
  if (file.with_series) text += ",Series";
  for (const auto& dimension : file.dimensions) {
    text += ',';
    append_csv_field(text, header_of(dimension));
  }
  text += units ? ",Units,Value\n" : ",Value\n";
  for (const std::size_t s : file.series) {
    const PanelSeries& series = panel.series[s];
    const Dimensions dims = parse_dimensions(series.dimensions);
    std::string middle;
    const auto value_of = [&](const std::string& dimension) {
      const auto at = std::find_if(dims.begin(), dims.end(), [&](const auto& d) { return d.first == dimension; });
      return at == dims.end() ? std::string_view() : std::string_view(at->second);
    };
    if (file.with_series) {
      middle += ',';
      append_csv_field(middle, is_indicator_number(series.series) ? value_of("SERIES") : series.series);
    }
    for (const auto& dimension : file.dimensions) {
      middle += ',';
      append_csv_field(middle, value_of(dimension));
    }
    if (units) {
      middle += ',';
      append_csv_field(middle, series.unit);
    }
    middle += ',';
    for (std::uint32_t i = panel.begin[s]; i < panel.begin[s + 1]; ++i) {
      text += period_of(panel, i) + middle + number_text(panel.value[i]) + '\n';
      ++figures;
    }
  }
  return text;
}

std::string metadata_text(const std::string& code, const File& file) {
  std::string text = "indicator_number: " + yaml_text(code) + "\n";
  if (const std::string& name = file.name.in(Language::en); !name.empty())
    text += "indicator_name: " + yaml_text(name) + "\ngraph_title: " + yaml_text(name) + "\n";
  const std::size_t point = code.rfind('.');
  text += "sdg_goal: " + yaml_text(code.substr(0, code.find('.'))) + "\ntarget_id: " + yaml_text(code.substr(0, point)) + "\n";
  if (file.units.size() == 1 && !file.units.begin()->empty())
    text += "computation_units: " + yaml_text(*file.units.begin()) + "\n";
  return text + "graph_type: line\ndata_non_statistical: false\npublished: true\nreporting_status: complete\n";
}

}  // namespace

OpenSdgReport write_open_sdg(const Panel& panel, const std::map<std::string, OpenSdgIndicator, std::less<>>& indicators,
                             const std::vector<StoredStructure>& metadata, const std::string& folder) {
  OpenSdgReport report;
  std::map<std::string, File> files;  // by indicator code
  for (std::size_t s = 0; s < panel.size(); ++s) {
    const PanelSeries& series = panel.series[s];
    const auto known = indicators.find(series.series);
    const bool own = is_indicator_number(series.series);
    if (!own && (known == indicators.end() || !is_open_sdg_series(series.series))) {
      if (report.left_out.empty() || report.left_out.back() != series.series) report.left_out.emplace_back(series.series);
      continue;
    }
    File& file = files[own ? std::string(series.series) : known->second.code];
    file.series.push_back(s);
    file.units.emplace(series.unit);
    if (known != indicators.end() && file.name.empty()) file.name = known->second.name;
    if (!own) file.with_series = true;
    for (const auto& [dimension, code] : parse_dimensions(series.dimensions)) {
      if (dimension == "SERIES" && own) {
        file.with_series = true;
      } else {
        file.dimensions.insert(dimension);
      }
    }
  }
  for (const char* below : {"/data", "/meta", "/translations"}) make_folder(folder + below);
  for (const auto& [code, file] : files) {
    std::string number = code;
    std::replace(number.begin(), number.end(), '.', '-');
    write_file(folder + "/data/indicator_" + number + ".csv", data_text(panel, file, report.figures));
    ++report.files;
    bool kept = false;
    for (const StoredStructure& stored : metadata) {
      if (stored.kind != "OpenSdgMetadata" || stored.id != number) continue;
      const bool source = stored.version == "source";
      const std::string below = folder + "/meta" + (source ? std::string() : "/" + stored.version);
      make_folder(below);
      write_file(below + "/" + number + (stored.content.starts_with("---") ? ".md" : ".yml"), stored.content);
      kept = kept || source;
    }
    if (!kept) write_file(folder + "/meta/" + number + ".yml", metadata_text(code, file));
  }
  for (const Language language : all_languages) {
    std::string text;
    for (const auto& [number, file] : files) {
      if (file.name.has(language)) text += yaml_text(number) + ": " + yaml_text(file.name.in(language)) + "\n";
    }
    if (text.empty()) continue;
    const std::string below = folder + "/translations/" + std::string(code(language));
    make_folder(below);
    write_file(below + "/indicator_names.yml", text);
  }
  return report;
}

}  // namespace stocktake
