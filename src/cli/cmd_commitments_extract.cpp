// `stocktake commitments extract` prints what the clauses of resolutions say; `score` compares it with a key made by hand.
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "cli/app.h"
#include "cli/cmd_commitments.h"
#include "partnership/texts/lexicon.h"
#include "partnership/texts/render.h"
#include "partnership/texts/score.h"

namespace stocktake {
namespace {

struct Extraction {
  ResolutionText text;
  std::vector<ClauseReading> readings;
};

Extraction extract(const std::string& path, const std::string& language) {
  std::optional<Language> wanted;
  if (!language.empty()) {
    wanted = parse_language(language);
    if (!wanted)
      throw Error(ErrorKind::usage, "--text-lang: '" + language + "' is not a language", "One of ar, zh, en, fr, ru, es");
  }
  Extraction out{read_resolution(path, wanted), {}};
  out.readings = read_clauses(out.text, Lexicon::load(out.text.language));
  return out;
}

void warn(const ResolutionText& text) {
  for (const TextFault& fault : text.faults) {
    const std::string place = to_string(Location{text.file, fault.line, fault.column, {}});
    std::fprintf(stderr, "%s: %s. %s\n", place.c_str(), fault.problem.c_str(), fault.remedy.c_str());
  }
}

// The rows of one table after those of another; the first column says which file.
Table joined(const std::vector<Extraction>& all) {
  Table out;
  std::vector<Table> tables;
  tables.reserve(all.size());
  for (const Extraction& one : all) tables.push_back(extraction_table(one.text, one.readings));
  if (tables.size() == 1) return std::move(tables.front());
  auto& files = out.add_texts("file");
  for (std::size_t i = 0; i < all.size(); ++i) {
    files.insert(files.end(), tables[i].rows(), all[i].text.symbol.empty() ? all[i].text.file : all[i].text.symbol);
  }
  for (std::size_t column = 0; column < tables.front().columns().size(); ++column) {
    const Table::Column& model = tables.front().columns()[column];
    if (std::holds_alternative<Table::Texts>(model.cells)) {
      auto& cells = out.add_texts(model.name);
      for (const Table& table : tables) {
        const auto& more = std::get<Table::Texts>(table.columns()[column].cells);
        cells.insert(cells.end(), more.begin(), more.end());
      }
    } else {
      auto& cells = out.add_integers(model.name);
      for (const Table& table : tables) {
        const auto& more = std::get<Table::Integers>(table.columns()[column].cells);
        cells.insert(cells.end(), more.begin(), more.end());
      }
    }
  }
  return out;
}

std::string rendered(const std::vector<Extraction>& all, const std::string& format) {
  if (format == "xml" && all.size() > 1) {
    throw Error(ErrorKind::usage, "XML holds one document", "Give one file, or --format json, which is an array for several");
  }
  if (format == "xml") return extraction_xml(all.front().text, all.front().readings);
  if (all.size() == 1) return extraction_json(all.front().text, all.front().readings);
  std::string out = "[\n";
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string one = extraction_json(all[i].text, all[i].readings);
    one.pop_back();
    out += one + (i + 1 < all.size() ? ",\n" : "\n]\n");
  }
  return out;
}

Table score_table(const Score& score) {
  Table table;
  auto& kinds = table.add_texts("kind");
  auto& expected = table.add_integers("in_key");
  auto& found = table.add_integers("found");
  auto& matched = table.add_integers("matched");
  auto& precision = table.add_numbers("precision", 3);
  auto& recall = table.add_numbers("recall", 3);
  for (const KindScore& kind : score.kinds) {
    kinds.push_back(kind.kind);
    expected.push_back(static_cast<std::int64_t>(kind.expected));
    found.push_back(static_cast<std::int64_t>(kind.found));
    matched.push_back(static_cast<std::int64_t>(kind.matched));
    precision.push_back(kind.precision());
    recall.push_back(kind.recall());
  }
  return table;
}

Table difference_table(const Score& score) {
  Table table;
  auto& sides = table.add_texts("side");
  auto& kinds = table.add_texts("kind");
  auto& paths = table.add_texts("clause");
  auto& things = table.add_texts("thing");
  for (const Difference& difference : score.differences) {
    sides.emplace_back(difference.missed ? "only the key" : "only the program");
    kinds.push_back(difference.kind);
    paths.push_back(difference.path);
    things.push_back(difference.what);
  }
  return table;
}

}  // namespace

void add_commitments_extract(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("extract", "What the clauses of a resolution say: who does what, how much, by when");
  struct Arguments {
    std::vector<std::string> files;
    std::string language, format = "table", output;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("files", arguments->files, "Resolutions: text, pdftotext, HTML, DOCX or AKN4UN")
      ->option_text("FILE...")
      ->required();
  command->add_option("--text-lang", arguments->language, "Language of the text, where it is not recognised")
      ->option_text("LANG");
  command->add_option("--format", arguments->format, "table, csv, json or xml")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"table", "csv", "json", "xml"}))
      ->capture_default_str();
  command->add_option("-o,--output", arguments->output, "Write to a file instead of standard output (-)")->option_text("FILE");
  command->footer(
      "The extraction proposes; a person confirms or corrects.\n"
      "Examples:\n  stocktake commitments extract A_RES_68_6.zh.txt\n"
      "  stocktake commitments extract A_RES_78_231.en.txt --format json -o 78-231.json");
  command->callback([&context, arguments] {
    std::vector<Extraction> all;
    all.reserve(arguments->files.size());
    for (const std::string& file : arguments->files) {
      all.push_back(extract(file, arguments->language));
      if (!context.quiet) warn(all.back().text);
    }
    if (arguments->format == "json" || arguments->format == "xml") {
      write_text(rendered(all, arguments->format), arguments->output);
      return;
    }
    OutputOptions output;
    output.format = arguments->format;
    output.path = arguments->output;
    write_table(joined(all), output, context);
  });
}

void add_commitments_score(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("score", "Compare an extraction with a key made by hand: precision and recall");
  struct Arguments {
    std::string file, key, language;
    bool differences = false;
    OutputOptions output;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("file", arguments->file, "The resolution")->option_text("FILE")->required();
  command->add_option("key", arguments->key, "The key, as docs/commitments.md describes it")->option_text("KEY")->required();
  command->add_option("--text-lang", arguments->language, "Language of the text, where it is not recognised")
      ->option_text("LANG");
  command->add_flag("--differences", arguments->differences, "List what only one side has instead of the sums");
  add_output_options(*command, arguments->output);
  command->footer("Example:\n  stocktake commitments score A_RES_68_6.zh.txt A_RES_68_6.zh.key.json");
  command->callback([&context, arguments] {
    const Extraction all = extract(arguments->file, arguments->language);
    const Score score = score_extraction(all.text, all.readings, read_file(arguments->key), arguments->key);
    write_table(arguments->differences ? difference_table(score) : score_table(score), arguments->output, context);
  });
}

}  // namespace stocktake
