#include "cli/cmd_sdmx.h"

#include <filesystem>

#include "base/error.h"
#include "base/utf8.h"
#include "exchange/sdmx/write.h"
#include "exchange/sdmx/write_structures.h"
#include "ingest/byte_source.h"
#include "ingest/sdmx/csv_data.h"
#include "ingest/sdmx/json_structure.h"

namespace stocktake {
namespace {

struct ConvertArguments {
  std::string input, output, to, dataflow, sender;
  std::vector<std::string> structures;
};

// The data are read twice.
void check_file(const std::string& path) {
  std::error_code unknown;
  if (std::filesystem::exists(path, unknown) && !std::filesystem::is_regular_file(path, unknown))
    throw Error(ErrorKind::usage, "a file is expected: it is read twice", "Save the message first", {path, 0, 0, {}});
}

void note_faults(const Context& context, const std::string& path, const std::vector<sdmx::Fault>& faults, std::uint64_t count) {
  if (count == 0 || context.quiet) return;
  const sdmx::Fault& first = faults.front();
  std::string text = path;
  if (first.line != 0) text += ":" + std::to_string(first.line);
  if (!first.where.empty()) text += ": " + printable(first.where);
  text += ": " + printable(first.problem);
  if (count > 1) text += " (and " + std::to_string(count - 1) + " more)";
  note(context, text);
}

std::string counted(std::uint64_t count, const char* thing) {
  return std::to_string(count) + " " + thing + (count == 1 || thing[std::char_traits<char>::length(thing) - 1] == 's' ? "" : "s");
}

bool is_structures(const std::string& path) {
  const auto kind = sdmx::kind_of(ByteSource::open(path, false)->head());
  return kind == sdmx::MessageKind::ml_structure || kind == sdmx::MessageKind::json_structure;
}

void convert_structures(const Context& context, const ConvertArguments& arguments, sdmx::Format format) {
  if (!arguments.structures.empty() || !arguments.dataflow.empty())
    throw Error(ErrorKind::usage, arguments.input + " is a structure message: --structure and --dataflow are for data",
                "Leave them out");
  const sdmx::Structures structures = read_structure_files(context, {arguments.input});
  write_structures(context, structures, format, arguments.sender, arguments.output);
}

void run_convert(const Context& context, const ConvertArguments& arguments) {
  const auto format = sdmx::parse_format(arguments.to);
  if (!format)
    throw Error(ErrorKind::usage, "--to: '" + arguments.to + "', expected " + std::string(sdmx::format_names),
                "Name one of these");
  check_file(arguments.input);
  std::error_code unknown;
  if (std::filesystem::equivalent(arguments.input, arguments.output, unknown))
    throw Error(ErrorKind::usage, "input and output are one file", "Name another output");
  if (is_structures(arguments.input)) return convert_structures(context, arguments, *format);
  const sdmx::Structures structures = read_structure_files(context, arguments.structures);
  sdmx::WriteOptions options;
  options.format = *format;
  options.structures = arguments.structures.empty() ? nullptr : &structures;
  options.sender = arguments.sender;
  if (!arguments.dataflow.empty()) {
    const auto reference = sdmx::csv_reference(arguments.dataflow, "Dataflow");
    if (!reference)
      throw Error(ErrorKind::usage, "--dataflow: '" + arguments.dataflow + "', expected AGENCY:ID(VERSION)",
                  "Write it as --dataflow 'UNICEF:CME(1.0)'");
    options.reference = *reference;
  }
  Output output(arguments.output);
  const sdmx::Written written = sdmx::write_message(
      [&](sdmx::DataHandler& handler) {
        const auto source = ByteSource::open(arguments.input, false);
        sdmx::read_data(*source, options.structures, handler);
      },
      output, options);
  output.close();
  note_faults(context, arguments.input, written.first_faults, written.faults);
  if (context.quiet || is_stdout(arguments.output)) return;
  std::printf("%s: %s, %s, as %s\n", arguments.output.c_str(), counted(written.rows, "observation").c_str(),
              counted(written.datasets, "data set").c_str(), std::string(sdmx::title_of(*format)).c_str());
}

std::string named(const sdmx::Maintainable& one) {
  return sdmx::to_short({"", one.agency, one.id, one.version, ""}) + (one.external ? " (named only)" : "") + "  " +
         printable(sdmx::text_of(one.names));
}

void show_structures(const Context& context, const std::string& path) {
  const auto source = ByteSource::open(path, false);
  std::vector<sdmx::Fault> faults;
  const sdmx::Structures all = sdmx::read_structures(*source, faults);
  std::string text = path + ": structures, " + counted(all.size(), "artefact") + "\n";
  const auto line = [&](const char* kind, const sdmx::Maintainable& one, const std::string& more) {
    text += "  " + std::string(kind) + "  " + named(one) + (more.empty() ? "" : "  [" + more + "]") + "\n";
  };
  for (const auto& one : all.data_structures)
    line("data structure", one,
         counted(one.dimensions.size(), "dimension") + ", " + counted(one.measures.size(), "measure") + ", " +
             counted(one.attributes.size(), "attribute"));
  for (const auto& one : all.dataflows) line("dataflow", one, one.structure ? "of " + sdmx::to_short(*one.structure) : "");
  for (const auto& one : all.codelists)
    line(one.value_list ? "value list" : "codelist", one, counted(one.codes.size(), "code") + (one.partial ? ", partial" : ""));
  for (const auto& one : all.concept_schemes) line("concept scheme", one, counted(one.concepts.size(), "concept"));
  for (const auto& one : all.constraints) line("constraint", one, one.allowed ? "allowed" : "actual");
  for (const auto& one : all.category_schemes)
    line("category scheme", one, std::to_string(one.categories.size()) + " categories");
  for (const auto& one : all.categorisations) line("categorisation", one, "");
  for (const auto& one : all.organisation_schemes) line("organisations", one, counted(one.organisations.size(), "organisation"));
  for (const std::string& one : all.passed_over) text += "  not read: " + printable(one) + "\n";
  write_text(text, "-");
  note_faults(context, path, faults, faults.size());
}

void add_dataset(std::string& text, const sdmx::PlannedDataset& planned) {
  text += "data set of ";
  text += planned.dataset.structure.id.empty() ? "a structure that is not named"
                                               : planned.dataset.structure.kind + " " + sdmx::to_short(planned.dataset.structure);
  text += ": " + counted(planned.rows, "observation");
  if (planned.series > 0) text += ", " + counted(planned.series, "series");
  text += ", " + std::string(to_string(planned.dataset.action)) + "\n";
  for (const auto& [id, value] : planned.dataset.attributes) text += "  " + id + " = " + printable(value) + "\n";
  for (const sdmx::PlannedColumn& column : planned.columns) {
    static constexpr const char* roles[] = {"component", "dimension", "time", "measure", "attribute"};
    const std::size_t distinct = column.values.size() - 1;
    text += "  " + std::string(roles[static_cast<std::size_t>(column.role)]) + "  " + printable(column.id) + "  " +
            std::to_string(distinct) + (distinct == 1 ? " value" : " values");
    for (std::uint32_t code = 1; code <= std::min<std::size_t>(distinct, 5); ++code)
      text += (code == 1 ? ": " : ", ") + printable(column.values.text(code).substr(0, 60));
    text += distinct > 5 ? ", …\n" : "\n";
  }
}

void show_data(const Context& context, const std::string& path, const sdmx::Structures* structures) {
  const auto source = ByteSource::open(path, false);
  sdmx::Survey survey(structures, {}, true);
  sdmx::read_data(*source, structures, survey);
  std::string text = path + ": data, " + counted(survey.datasets.size(), "data set") + "\n";
  const auto line = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += std::string(name) + ": " + printable(value) + "\n";
  };
  line("id", survey.head.id);
  line("prepared", survey.head.prepared);
  line("sender", survey.head.sender);
  line("receiver", survey.head.receiver);
  if (survey.head.test) text += "a test message\n";
  for (const sdmx::PlannedDataset& planned : survey.datasets) add_dataset(text, planned);
  write_text(text, "-");
  note_faults(context, path, survey.faults, survey.fault_count);
}

void run_show(const Context& context, const std::string& path, const std::vector<std::string>& files) {
  if (is_structures(path)) return show_structures(context, path);
  const sdmx::Structures structures = read_structure_files(context, files);
  show_data(context, path, files.empty() ? nullptr : &structures);
}

}  // namespace

sdmx::Structures read_structure_files(const Context& context, const std::vector<std::string>& files) {
  sdmx::Structures all;
  for (const std::string& file : files) {
    const auto source = ByteSource::open(file, false);
    std::vector<sdmx::Fault> faults;
    all.add(sdmx::read_structures(*source, faults));
    note_faults(context, file, faults, faults.size());
  }
  return all;
}

void write_structures(const Context& context, const sdmx::Structures& structures, sdmx::Format format, const std::string& sender,
                      const std::string& path) {
  sdmx::Header header = sdmx::message_header();
  if (!sender.empty()) header.sender = sender;
  sdmx::MlLost lost;
  std::string text, title;
  switch (format) {
    case sdmx::Format::ml:
      text = sdmx::to_ml(structures, header, sdmx::MlVersion::v21, lost);
      title = "SDMX-ML 2.1 structures";
      break;
    case sdmx::Format::ml3:
      text = sdmx::to_ml(structures, header, sdmx::MlVersion::v30, lost);
      title = "SDMX-ML 3.0 structures";
      break;
    case sdmx::Format::json2:
      text = sdmx::to_json(structures, header);
      title = "SDMX-JSON 2.0 structures";
      break;
    default:
      throw Error(ErrorKind::usage, "structures are not written as " + std::string(sdmx::title_of(format)),
                  "Write them as ml, ml3 or json2");
  }
  Output output(path);
  output.buffer = std::move(text);
  output.close();
  for (const auto& [what, entry] : lost)
    note(context, what + ": " + printable(entry.second) +
                      (entry.first > 1 ? " (and " + std::to_string(entry.first - 1) + " more)" : std::string()));
  if (context.quiet || is_stdout(path)) return;
  std::printf("%s: %s, as %s\n", path.c_str(), counted(structures.size(), "artefact").c_str(), title.c_str());
}

void add_sdmx(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("sdmx", "SDMX messages without a store: convert, show");
  command->require_subcommand(1);
  command->footer(
      "Examples:\n  stocktake sdmx show message.xml\n  stocktake sdmx convert message.xml message.csv --to csv2\n"
      "  stocktake sdmx convert data.csv data.xml.gz --to ml --structure dsd.xml");

  CLI::App* convert = command->add_subcommand("convert", "Write a data or structure message in another format");
  auto arguments = std::make_shared<ConvertArguments>();
  convert->add_option("IN", arguments->input, "A data or structure message of any format, plain or .gz")->required();
  convert->add_option("OUT", arguments->output, "File to write, compressed when it ends in .gz; - is standard output")
      ->required();
  convert->add_option("--to", arguments->to, std::string(sdmx::format_names))->required()->option_text("FORMAT");
  convert->add_option("--structure", arguments->structures, "Structure messages: roles and names of what the data have")
      ->option_text("FILE ...");
  convert->add_option("--dataflow", arguments->dataflow, "What the data are of, AGENCY:ID(VERSION), instead of what they say")
      ->option_text("TEXT");
  convert->add_option("--sender", arguments->sender, "Who sends the message")->option_text("ID");
  convert->footer(
      "csv: SDMX-CSV 1.0, csv2: 2.0, json: SDMX-JSON 1.0, json2: 2.0, ml: SDMX-ML 2.1 structure-specific, ml3: 3.0, generic: "
      "2.1. Structure messages: ml, ml3 or json2.\n\n"
      "Examples:\n  stocktake sdmx convert message.xml message.csv --to csv2\n"
      "  stocktake sdmx convert data.csv data.json.gz --to json2 --structure dsd.xml\n"
      "  stocktake sdmx convert dsd.json dsd.xml --to ml");
  convert->callback([&context, arguments] { run_convert(context, *arguments); });

  CLI::App* show = command->add_subcommand("show", "What a message holds: head, data sets, structures, counts");
  auto file = std::make_shared<std::string>();
  auto files = std::make_shared<std::vector<std::string>>();
  show->add_option("FILE", *file, "A data or structure message, plain or .gz")->required();
  show->add_option("--structure", *files, "Structure messages: roles of what the data have")->option_text("FILE ...");
  show->footer("Examples:\n  stocktake sdmx show message.xml\n  stocktake sdmx show dsd.xml.gz");
  show->callback([&context, file, files] { run_show(context, *file, *files); });
}

}  // namespace stocktake
