#include "cli/export_formats.h"

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "exchange/formats/catalogue.h"
#include "exchange/formats/ddf.h"
#include "exchange/formats/open_sdg.h"

namespace stocktake {
namespace {

// Series of the bindings with their indicator of the SDGs.
std::map<std::string, OpenSdgIndicator, std::less<>> sdg_indicators() {
  std::map<std::string, OpenSdgIndicator, std::less<>> found;
  for (const Binding& binding : load_bindings(data_home() + "/frameworks/bindings", load_dimension_codes())) {
    for (const SeriesBinding& series : binding.series) {
      const auto of_sdg = series.indicators.find("sdg");
      if (of_sdg != series.indicators.end() && !of_sdg->second.empty())
        found.try_emplace(series.series, OpenSdgIndicator{of_sdg->second.front(), series.name});
    }
  }
  return found;
}

void write_platform(const Store& store, const PanelQuery& query, const std::string& folder, const Context& context) {
  if (query.areas.size() != 1)
    throw Error(ErrorKind::usage,
                "an Open SDG platform is of one area, and " + std::to_string(query.areas.size()) + " are asked for",
                "Name one with --area, as --area CAN");
  const OpenSdgReport report = write_open_sdg(store.panel(query), sdg_indicators(), store.structures(), folder);
  if (!report.left_out.empty())
    note(context, std::to_string(report.left_out.size()) +
                      " series are of no SDG indicator and were left out: " + joined(report.left_out, ", ").substr(0, 300));
  if (!context.quiet) std::printf("wrote %zu figures in %zu files below %s\n", report.figures, report.files, folder.c_str());
}

}  // namespace

void add_open_formats(CLI::App& command, OpenFormats& formats) {
  command.add_option("--open-sdg", formats.open_sdg, "Write the data repository of an Open SDG platform")->option_text("DIR");
  command.add_option("--datapackage", formats.data_package, "Write a Frictionless Data Package, with CSVW metadata beside it")
      ->option_text("DIR");
  command.add_option("--ddf", formats.ddf, "Write a DDF dataset, as Gapminder's tools read it")->option_text("DIR");
  command.add_option("--dcat", formats.dcat, "Write the store's catalogue as DCAT-AP (JSON-LD)")->option_text("FILE");
  command.add_option("--publisher", formats.publisher, "Who runs the store, for the catalogue")->option_text("TEXT");
}

void export_open_formats(const Store& store, const PanelQuery& query, const OpenFormats& formats, const Context& context) {
  if (!formats.open_sdg.empty()) write_platform(store, query, formats.open_sdg, context);
  if (!formats.data_package.empty()) {
    std::error_code failed;
    std::filesystem::create_directories(formats.data_package, failed);
    if (failed)
      throw Error(ErrorKind::store, "cannot make the folder: " + failed.message(), "Name another folder",
                  {formats.data_package, 0, 0, {}});
    const std::string csv = formats.data_package + "/observations.csv";
    store.export_observations(query, csv, "csv");
    const std::string text = read_file(csv);
    write_file(formats.data_package + "/datapackage.json", data_package_json(store.vintages(), text));
    write_file(csv + "-metadata.json", csvw_json(text));
    if (!context.quiet) std::printf("wrote %s/datapackage.json\n", formats.data_package.c_str());
  }
  if (!formats.ddf.empty()) {
    const DdfReport report = write_ddf(store.panel(query), load_areas(), formats.ddf);
    if (!context.quiet)
      std::printf("wrote %zu figures in %zu files below %s\n", report.figures, report.files, formats.ddf.c_str());
  }
  if (!formats.dcat.empty()) write_text(dcat_json(store.vintages(), formats.publisher), formats.dcat);
}

}  // namespace stocktake
