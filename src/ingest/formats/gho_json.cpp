// Answers of the WHO Global Health Observatory's OData API (GET .../api/<indicator>): "value" with one object a figure, whose
// text carries what the number cannot: a bound ("<0.1") or an interval in brackets. Pages may follow each other in one file.
#include "base/error.h"
#include "ingest/formats/formats.h"
#include "ingest/formats/json_rows.h"

namespace stocktake {
namespace {

using nlohmann::json;

class GhoJsonImporter final : public Importer {
 public:
  std::string_view id() const override { return "gho-json"; }
  std::string_view title() const override { return "answers of the WHO Global Health Observatory (OData JSON of an indicator)"; }

  int confidence(const Head& head) const override {
    const auto has = [&](std::string_view text) { return head.text.find(text) != std::string_view::npos; };
    return head.text.starts_with('{') && has("\"IndicatorCode\"") && has("\"SpatialDim\"") ? 100 : 0;
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    vintage.source = "WHO Global Health Observatory";
    const std::string text = whole_text(source);
    JsonScan scan(text, source.name());
    std::string_view document;
    bool more = false;
    while (scan.next(document)) {
      std::string_view data;
      more = false;
      scan.members(document, [&](std::string_view name, std::string_view value) {
        if (name == "value") data = value;
        if (name == "@odata.nextLink") more = value != "null";
      });
      if (data.empty()) throw scan.fault(document, "value", "the field is missing");
      scan.elements(data, [&](std::string_view part) {
        add_figure(figure_of(scan, part, codes), options, scan.line_of(part), part, sink);
      });
    }
    if (more) sink.warn("the last page names a further one (@odata.nextLink): not all pages are in the file");
  }

 private:
  static JsonFigure figure_of(JsonScan& scan, std::string_view part, const DimensionCodes& codes) {
    const json row = scan.parse(part);
    JsonFigure figure;
    figure.series = scan.need_text(row, part, "IndicatorCode");
    figure.area = scan.need_scalar(row, part, "SpatialDim");
    figure.year = scan.need_scalar(row, part, "TimeDim");
    figure.value = scan.need_scalar(row, part, "NumericValue");
    const std::string shown = scan.need_scalar(row, part, "Value");
    if (!figure.value.empty() && (shown.starts_with('<') || shown.starts_with('>')))
      figure.value.insert(figure.value.begin(), shown.front());
    figure.lower = scan.text_or_empty(row, part, "Low");
    figure.upper = scan.text_or_empty(row, part, "High");
    for (const char* dim : {"Dim1", "Dim2", "Dim3"}) {
      const std::string type = scan.text_or_empty(row, part, (std::string(dim) + "Type").c_str());
      const std::string code = scan.text_or_empty(row, part, dim);
      if (!type.empty() && !code.empty()) put_code(figure, codes, type, code);
    }
    // The same area and year from several surveys are several series.
    const std::string survey = scan.text_or_empty(row, part, "DataSourceDim");
    if (!survey.empty()) put_code(figure, codes, "DATA_SOURCE", survey);
    put_attribute(figure, "COMMENT_OBS", scan.text_or_empty(row, part, "Comments"));
    return figure;
  }
};

}  // namespace

std::unique_ptr<Importer> make_gho_json_importer() { return std::make_unique<GhoJsonImporter>(); }

}  // namespace stocktake
