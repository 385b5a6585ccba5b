#include <fstream>
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "cli/assessing.h"
#include "cli/export_formats.h"
#include "cli/scratch.h"

namespace stocktake {

namespace {

void copy_to_stdout(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string buffer(1 << 18, '\0');
  while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || file.gcount() > 0) {
    write_text(buffer.substr(0, static_cast<std::size_t>(file.gcount())), "-");
  }
  if (!file.eof()) throw Error(ErrorKind::store, "cannot read the file", "Try again", {path, 0, 0, {}});
}

}  // namespace

void add_export(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("export", "Write the store's figures as a file");
  struct Arguments {
    std::vector<std::string> series, areas;
    std::string as_of, format = "csv", output;
    OpenFormats open;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--series", arguments->series, "Only these series")->option_text("CODE ...");
  command->add_option("--area", arguments->areas, "Only these areas and groups")->option_text("CODE ...");
  command->add_option("--as-of", arguments->as_of, "Only vintages known by that day")->option_text("DATE");
  command->add_option("--format", arguments->format, "csv, json or parquet")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"csv", "json", "parquet"}))
      ->capture_default_str();
  command->add_option("-o,--output", arguments->output, "File to write; - is standard output")->option_text("FILE");
  add_open_formats(*command, arguments->open);
  command->footer(
      "Examples:\n  stocktake export -o all.parquet --format parquet\n  stocktake export --series SP_DYN_IMRT --area LDC CHN -o "
      "imr.csv\n  stocktake export --area CAN --open-sdg site\n  stocktake export --datapackage figures --dcat catalogue.jsonld");
  command->callback([&context, arguments] {
    if (arguments->output.empty() && !arguments->open.any())
      throw Error(ErrorKind::usage, "nothing says where to write", "Name a file with --output, or see `stocktake export --help`");
    const bool to_stdout = !arguments->output.empty() && is_stdout(arguments->output);
    if (to_stdout && arguments->format == "parquet")
      throw Error(ErrorKind::usage, "Parquet needs a file", "Name one with --output");
    const Store store = Store::open(context.store_path, Store::Access::read);
    PanelQuery query;
    query.series = arguments->series;
    query.areas = area_codes(arguments->areas);
    if (!arguments->as_of.empty()) query.as_of = date_argument(arguments->as_of, "--as-of", true);
    check_interrupted();
    if (const std::string why = context.quiet ? "" : why_no_figures(store, query); !why.empty()) {
      note(context, "no figure is written: " + why);
    }
    export_open_formats(store, query, arguments->open, context);
    if (arguments->output.empty()) return;
    if (to_stdout) {
      const ScratchFile file("export", "." + arguments->format);
      store.export_observations(query, file.path(), arguments->format);
      copy_to_stdout(file.path());
      return;
    }
    store.export_observations(query, arguments->output, arguments->format);
    if (!context.quiet) std::printf("wrote %s\n", arguments->output.c_str());
  });
}

}  // namespace stocktake
