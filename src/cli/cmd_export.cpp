#include <memory>

#include "cli/app.h"

namespace stocktake {

void add_export(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("export", "Write the store's figures as a file");
  struct Arguments {
    std::vector<std::string> series, areas;
    std::string as_of, format = "csv", output;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--series", arguments->series, "Only these series")->option_text("CODE ...");
  command->add_option("--area", arguments->areas, "Only these areas and groups")->option_text("CODE ...");
  command->add_option("--as-of", arguments->as_of, "Only vintages known by that day")->option_text("DATE");
  command->add_option("--format", arguments->format, "csv, json or parquet")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"csv", "json", "parquet"}))
      ->capture_default_str();
  command->add_option("-o,--output", arguments->output, "File to write")->required()->option_text("FILE");
  command->footer("Examples:\n  stocktake export -o all.parquet --format parquet\n  stocktake export --series SP_DYN_IMRT --area LDC CHN -o imr.csv");
  command->callback([&context, arguments] {
    const Store store = Store::open(context.store_path, Store::Access::read);
    PanelQuery query;
    query.series = arguments->series;
    query.areas = area_codes(arguments->areas);
    if (!arguments->as_of.empty()) query.as_of = date_argument(arguments->as_of, "--as-of", true);
    store.export_observations(query, arguments->output, arguments->format);
    if (!context.quiet) std::printf("wrote %s\n", arguments->output.c_str());
  });
}

}  // namespace stocktake
