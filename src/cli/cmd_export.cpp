#include <fstream>
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "cli/assessing.h"
#include "cli/cmd_sdmx.h"
#include "cli/export_formats.h"
#include "base/scratch.h"
#include "exchange/sdmx/sdg_export.h"
#include "exchange/sdmx/write.h"
#include "ingest/sdmx/csv_data.h"

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

struct SdmxArguments {
  std::string path, format = "csv2", dataflow, sender, reporting_type = "G", structures_path;
  std::vector<std::string> structures;
  bool strict = false;
};

void tell(const Context& context, const char* what, const std::map<std::string, std::pair<std::uint64_t, std::string>>& reasons) {
  for (const auto& [reason, entry] : reasons) {
    note(context, std::to_string(entry.first) + (entry.first == 1 ? " figure " : " figures ") + what + reason +
                      ", the first: " + entry.second);
  }
}

void export_sdmx(const Context& context, const Store& store, const PanelQuery& query, const SdmxArguments& arguments) {
  const auto format = sdmx::parse_format(arguments.format);
  if (!format)
    throw Error(ErrorKind::usage, "--sdmx-format: '" + arguments.format + "', expected " + std::string(sdmx::format_names),
                "Name one of these");
  const std::string folder = data_home() + "/reference/sdmx";
  sdmx::Structures structures = sdmx::sdg_structures(folder);
  sdmx::SdgExport options;
  options.reference = {"DataStructure", structures.data_structures.front().agency, structures.data_structures.front().id,
                       structures.data_structures.front().version, ""};
  if (!arguments.structures.empty()) {
    structures = read_structure_files(context, arguments.structures);
    if (arguments.dataflow.empty()) {
      if (structures.data_structures.size() != 1)
        throw Error(ErrorKind::usage,
                    "--structure: " + std::to_string(structures.data_structures.size()) + " data structures, one is expected",
                    "Name a dataflow of the one that is meant: --dataflow AGENCY:ID(VERSION)");
      const sdmx::DataStructure& one = structures.data_structures.front();
      options.reference = {"DataStructure", one.agency, one.id, one.version, ""};
    }
  }
  if (!arguments.dataflow.empty()) {
    const auto reference = sdmx::csv_reference(arguments.dataflow, "Dataflow");
    if (!reference)
      throw Error(ErrorKind::usage, "--dataflow: '" + arguments.dataflow + "', expected AGENCY:ID(VERSION)",
                  "Write it as --dataflow 'IAEG-SDGs:DF_SDG_GLH(1.24)'");
    if (arguments.structures.empty()) {
      // A dataflow of the bundled data structure.
      sdmx::Dataflow flow;
      flow.agency = reference->agency;
      flow.id = reference->id;
      flow.version = reference->version;
      flow.structure = options.reference;
      structures.dataflows.push_back(std::move(flow));
    }
    options.reference = *reference;
  }
  options.structures = &structures;
  options.reporting_type = arguments.reporting_type;
  options.units = sdmx::sdg_units(folder);
  const Panel panel = store.panel(query);
  const AreaRegistry areas = load_areas();
  sdmx::WriteOptions write;
  write.format = *format;
  write.structures = &structures;
  write.sender = arguments.sender;
  Output output(arguments.path);
  sdmx::SdgReport report;
  const sdmx::Written written = sdmx::write_message(
      [&](sdmx::DataHandler& handler) {
        report = {};
        sdmx::play_figures(panel, areas, options, handler, report);
      },
      output, write);
  if (arguments.strict && (!report.unknown.empty() || !report.left_out.empty())) {
    const bool codes = !report.unknown.empty();
    const auto& [reason, entry] = *(codes ? report.unknown : report.left_out).begin();
    throw Error(ErrorKind::input,
                std::to_string(entry.first) + " figures " +
                    (codes ? "with codes that are not in the list of " : "are left out: ") + reason +
                    ", the first: " + entry.second,
                "Leave out --strict, or choose figures with --series and --area");
  }
  output.close();
  tell(context, "left out: ", report.left_out);
  tell(context, "with a code that is not in the list of ", report.unknown);
  if (!context.quiet && !is_stdout(arguments.path))
    std::printf("wrote %s: %llu figures in %llu series, %s\n", arguments.path.c_str(),
                static_cast<unsigned long long>(written.rows), static_cast<unsigned long long>(written.series),
                std::string(sdmx::title_of(*format)).c_str());
  if (arguments.structures_path.empty()) return;
  // Beside messages that are no structure format themselves, the one that all clients read.
  const bool json = *format == sdmx::Format::json || *format == sdmx::Format::json2;
  const sdmx::Format beside = json ? sdmx::Format::json2 : *format == sdmx::Format::ml3 ? *format : sdmx::Format::ml;
  sdmx::add_used_lists(structures, report);
  write_structures(context, structures, beside, arguments.sender, arguments.structures_path);
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
  auto sdmx = std::make_shared<SdmxArguments>();
  auto* output =
      command->add_option("-o,--output", arguments->output, "File to write; - is standard output")->option_text("FILE");
  command->add_option("--sdmx", sdmx->path, "SDMX message to write instead, of the SDG data structure; .gz compresses")
      ->option_text("FILE")
      ->excludes(output);
  command->add_option("--sdmx-format", sdmx->format, std::string(sdmx::format_names))
      ->option_text("FORMAT")
      ->capture_default_str();
  command
      ->add_option(
          "--sdmx-structures", sdmx->structures_path,
          "Also write the structures that the message is of: SDMX-ML 3.0 beside ml3, SDMX-JSON beside json and json2, else 2.1")
      ->option_text("FILE");
  command->add_option("--structure", sdmx->structures, "Structure messages to use instead of the bundled SDG data structure")
      ->option_text("FILE ...");
  command->add_option("--dataflow", sdmx->dataflow, "The dataflow that the message is of, AGENCY:ID(VERSION)")
      ->option_text("TEXT");
  command->add_option("--sender", sdmx->sender, "Who sends the message")->option_text("ID");
  command->add_option("--reporting-type", sdmx->reporting_type, "G: global figures, N: national ones")
      ->option_text("CODE")
      ->capture_default_str();
  command->add_flag("--strict", sdmx->strict, "Write nothing when figures are left out or have unknown codes");
  add_open_formats(*command, arguments->open);
  command->footer(
      "Examples:\n  stocktake export -o all.parquet --format parquet\n  stocktake export --series SP_DYN_IMRT --area LDC CHN -o "
      "imr.csv\n  stocktake export --sdmx sdg.xml.gz --sdmx-format ml --sender NSO --reporting-type N\n  "
      "stocktake export --area CAN --open-sdg site\n  stocktake export --datapackage figures --dcat catalogue.jsonld");
  command->callback([&context, arguments, sdmx] {
    if (arguments->output.empty() && sdmx->path.empty() && !arguments->open.any())
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
    if (!sdmx->path.empty()) return export_sdmx(context, store, query, *sdmx);
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
