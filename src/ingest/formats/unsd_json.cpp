// Answers of the UN Statistics Division's SDG API (GET .../v1/sdg/Series/Data): a page header, code lists, and "data" with one
// object a figure. Values are texts, years are decimal numbers. Pages may follow each other in one file.
#include <set>

#include "base/error.h"
#include "ingest/formats/formats.h"
#include "ingest/formats/json_rows.h"

namespace stocktake {
namespace {

using nlohmann::json;

// What a code list of the answer calls a total: "ALLAGE" with the SDMX code "_T".
std::set<std::pair<std::string, std::string>> totals_of(const json& lists) {
  std::set<std::pair<std::string, std::string>> totals;
  if (!lists.is_array()) return totals;
  for (const json& list : lists) {
    if (!list.is_object() || !list.contains("id") || !list["id"].is_string() || !list.contains("codes")) continue;
    if (!list["codes"].is_array()) continue;
    for (const json& code : list["codes"]) {
      const bool named = code.is_object() && code.contains("code") && code["code"].is_string() && code.contains("sdmx");
      if (named && code["sdmx"] == "_T") totals.emplace(list["id"].get<std::string>(), code["code"].get<std::string>());
    }
  }
  return totals;
}

class UnsdJsonImporter final : public Importer {
 public:
  std::string_view id() const override { return "unsd-json"; }
  std::string_view title() const override { return "answers of the UN SDG API (JSON of Series/Data, one or more pages)"; }

  int confidence(const Head& head) const override {
    const auto has = [&](std::string_view text) { return head.text.find(text) != std::string_view::npos; };
    return head.text.starts_with('{') && has("\"totalElements\"") && has("\"data\"") ? 100 : 0;
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    vintage.source = "UN SDG indicators database";
    const std::string text = whole_text(source);
    JsonScan scan(text, source.name());
    std::string_view document;
    std::int64_t rows = 0, promised = 0;
    while (scan.next(document)) {
      std::string_view data;
      std::set<std::pair<std::string, std::string>> totals;
      scan.members(document, [&](std::string_view name, std::string_view value) {
        if (name == "data") data = value;
        if (name == "dimensions") totals = totals_of(scan.parse(value));
        if (name == "totalElements") promised = std::max(promised, json_count({{"n", scan.parse(value)}}, "n").value_or(0));
      });
      if (data.empty()) throw scan.fault(document, "data", "the field is missing");
      scan.elements(data, [&](std::string_view part) {
        ++rows;
        add_figure(figure_of(scan, part, codes, totals), options, scan.line_of(part), part, sink);
      });
    }
    if (rows < promised)
      sink.warn("the file holds " + std::to_string(rows) + " of " + std::to_string(promised) + " rows: not all pages are in it");
  }

 private:
  static JsonFigure figure_of(JsonScan& scan, std::string_view part, const DimensionCodes& codes,
                              const std::set<std::pair<std::string, std::string>>& totals) {
    const json row = scan.parse(part);
    JsonFigure figure;
    figure.series = scan.need_text(row, part, "series");
    figure.area = scan.need_scalar(row, part, "geoAreaCode");
    figure.year = scan.need_scalar(row, part, "timePeriodStart");
    figure.value = scan.need_scalar(row, part, "value");
    figure.lower = scan.text_or_empty(row, part, "lowerBound");
    figure.upper = scan.text_or_empty(row, part, "upperBound");
    figure.source = scan.text_or_empty(row, part, "source");
    put_attribute(figure, "TIME_DETAIL", scan.text_or_empty(row, part, "time_detail"));
    put_attribute(figure, "TIME_COVERAGE", scan.text_or_empty(row, part, "timeCoverage"));
    put_attribute(figure, "BASE_PER", scan.text_or_empty(row, part, "basePeriod"));
    if (row.contains("footnotes") && row["footnotes"].is_array()) {
      std::string notes;
      for (const json& note : row["footnotes"]) {
        if (!note.is_string() || note.get_ref<const std::string&>().empty()) continue;
        notes += (notes.empty() ? "" : " | ") + note.get_ref<const std::string&>();
      }
      put_attribute(figure, "COMMENT_OBS", notes);
    }
    each_text(scan, row, part, "attributes", [&](const std::string& name, const std::string& code) {
      if (name == "Nature") {
        figure.nature = code;
      } else if (name == "Units") {
        figure.unit = code;
      } else {
        put_attribute(figure, codes.dimension(name), code);
      }
    });
    each_text(scan, row, part, "dimensions", [&](const std::string& name, const std::string& code) {
      if (name == "Reporting Type") return;  // describes the row: as in the CSV of the same database
      if (codes.dimension(name) == "OBS_STATUS") {
        put_attribute(figure, "OBS_STATUS", code);
      } else if (!totals.contains({name, code})) {
        put_code(figure, codes, name, code);
      }
    });
    return figure;
  }

  template <typename Use>
  static void each_text(JsonScan& scan, const json& row, std::string_view part, const char* field, const Use& use) {
    const json& object = scan.need(row, part, field);
    if (!object.is_object()) throw scan.fault(part, field, "expected an object of names and codes");
    for (const auto& [name, code] : object.items()) {
      if (!code.is_string() && !code.is_null()) throw scan.fault(part, std::string(field) + "." + name, "expected a text");
      if (code.is_string()) use(name, code.template get_ref<const std::string&>());
    }
  }
};

}  // namespace

std::unique_ptr<Importer> make_unsd_json_importer() { return std::make_unique<UnsdJsonImporter>(); }

}  // namespace stocktake
