// Answers of the World Bank's Indicators API, version 2: a list of two, the page header and the rows (null where there are
// none); a list of one with a message where the request was wrong. Pages may follow each other in one file.
#include <algorithm>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/formats/formats.h"
#include "ingest/formats/json_rows.h"

namespace stocktake {
namespace {

using nlohmann::json;

class WorldBankJsonImporter final : public Importer {
 public:
  std::string_view id() const override { return "worldbank-json"; }
  std::string_view title() const override {
    return "answers of the World Bank API (JSON of country/indicator, one or more pages)";
  }

  int confidence(const Head& head) const override {
    const auto has = [&](std::string_view text) { return head.text.find(text) != std::string_view::npos; };
    return head.text.starts_with('[') && (has("\"countryiso3code\"") || (has("\"per_page\"") && has("\"pages\""))) ? 100 : 0;
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    (void)codes;
    refuse_columns(options, id());
    vintage.source = "World Bank";
    const std::string text = whole_text(source);
    JsonScan scan(text, source.name());
    std::string_view document;
    std::int64_t rows = 0, promised = 0;
    while (scan.next(document)) {
      std::vector<std::string_view> parts;
      scan.elements(document, [&](std::string_view part) {
        if (parts.size() < 3) parts.push_back(part);
      });
      const json header = parts.empty() ? json() : scan.parse(parts[0]);
      if (header.is_object() && header.contains("message")) {
        throw Error(ErrorKind::input, "the service refused the request: " + readable(header["message"].dump()),
                    "Check the series and area codes", {source.name(), 0, 0, {}});
      }
      if (!header.is_object() || parts.size() != 2)
        throw scan.fault(document, {}, "expected a list of two: the page header and the rows");
      promised = std::max(promised, json_count(header, "total").value_or(0));
      if (header.contains("lastupdated") && header["lastupdated"].is_string()) {
        vintage.published = parse_date(header["lastupdated"].get_ref<const std::string&>());
        if (vintage.published) vintage.edition = to_string(*vintage.published);
      }
      if (parts[1] == "null") continue;
      scan.elements(parts[1], [&](std::string_view part) {
        ++rows;
        add_figure(figure_of(scan, part), options, scan.line_of(part), part, sink);
      });
    }
    if (rows < promised)
      sink.warn("the file holds " + std::to_string(rows) + " of " + std::to_string(promised) + " rows: not all pages are in it");
  }

 private:
  static JsonFigure figure_of(JsonScan& scan, std::string_view part) {
    const json row = scan.parse(part);
    JsonFigure figure;
    figure.series = scan.need_text(scan.need(row, part, "indicator"), part, "id");
    figure.area = scan.need_scalar(row, part, "countryiso3code");
    // Some aggregates have no code of three letters.
    if (figure.area.empty()) figure.area = scan.need_scalar(scan.need(row, part, "country"), part, "id");
    figure.year = scan.need_scalar(row, part, "date");
    figure.value = scan.need_scalar(row, part, "value");
    figure.unit = scan.text_or_empty(row, part, "unit");
    put_attribute(figure, "OBS_STATUS", scan.text_or_empty(row, part, "obs_status"));
    return figure;
  }
};

}  // namespace

std::unique_ptr<Importer> make_worldbank_json_importer() { return std::make_unique<WorldBankJsonImporter>(); }

}  // namespace stocktake
