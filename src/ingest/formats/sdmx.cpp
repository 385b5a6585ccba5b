// SDMX data messages: SDMX-ML 2.1 and 3.0, SDMX-JSON 1.0 and 2.0, SDMX-CSV 1.0 and 2.0 (docs/sdmx.md). The readers are in
// ingest/sdmx/, what their components become in sdmx/component_plan.h.
#include <algorithm>

#include "ingest/formats/formats.h"
#include "ingest/sdmx/csv_header.h"
#include "ingest/sdmx/figures.h"

namespace stocktake {
namespace {

class SdmxImporter final : public Importer {
 public:
  SdmxImporter(std::string_view id, std::string_view title, sdmx::MessageKind kind) : id_(id), title_(title), kind_(kind) {}
  std::string_view id() const override { return id_; }
  std::string_view title() const override { return title_; }

  int confidence(const Head& head) const override {
    const sdmx::MessageKind kind = sdmx::kind_of(head.text);
    if (kind == kind_) return 110;
    // Messages without data: the readers say what they are.
    using sdmx::MessageKind;
    if (kind_ == MessageKind::ml_data && (kind == MessageKind::ml_other || kind == MessageKind::ml_metadata)) return 110;
    if (kind_ == MessageKind::json_data && kind == MessageKind::json_metadata) return 110;
    if (kind_ != sdmx::MessageKind::csv_data || !sdmx::csv_without_structure(head.text)) return 0;
    // UNICEF's tables name no structure. Where a column is called SERIES the tidy importer knows what to do.
    const auto has = [&](std::string_view name) {
      return std::find(head.columns.begin(), head.columns.end(), name) != head.columns.end();
    };
    return has("REF_AREA") && has("INDICATOR") && !has("SERIES") ? 35 : 0;
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    sdmx::Figures figures(options, codes, source.name(), sink);
    sdmx::read_data(source, options.structures.get(), figures);
    figures.finish();
    vintage.source = figures.sender();
  }

 private:
  std::string_view id_, title_;
  sdmx::MessageKind kind_;
};

}  // namespace

std::unique_ptr<Importer> make_sdmx_ml_importer() {
  return std::make_unique<SdmxImporter>("sdmx-ml", "SDMX-ML 2.1 and 3.0 data messages (XML)", sdmx::MessageKind::ml_data);
}
std::unique_ptr<Importer> make_sdmx_json_importer() {
  return std::make_unique<SdmxImporter>("sdmx-json", "SDMX-JSON 1.0 and 2.0 data messages", sdmx::MessageKind::json_data);
}
std::unique_ptr<Importer> make_sdmx_csv_importer() {
  return std::make_unique<SdmxImporter>("sdmx-csv", "SDMX-CSV 1.0 and 2.0 (DATAFLOW or STRUCTURE, then components)",
                                        sdmx::MessageKind::csv_data);
}

}  // namespace stocktake
