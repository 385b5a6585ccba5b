#include <algorithm>
#include <cstdio>
#include <memory>

#include "base/error.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/iati_commands.h"
#include "partnership/iati/sums.h"

namespace stocktake {
namespace {

constexpr std::size_t most_told = 20;  // messages of a kind on stderr

std::vector<iati::Dimension> dimensions(const std::string& text) {
  std::vector<iati::Dimension> all;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string name = text.substr(at, end - at);
    at = end + 1;
    if (name.empty()) continue;
    const auto dimension = iati::parse_dimension(name);
    if (!dimension) {
      throw Error(ErrorKind::usage, "--by: unknown '" + name + "'",
                  "Expected some of goal, country, year, sector, status, publisher, recipient, currency, hierarchy");
    }
    if (std::find(all.begin(), all.end(), *dimension) == all.end()) all.push_back(*dimension);
  }
  return all;
}

// People are spared the columns of money that no one reports.
Table without_empty(const Table& table) {
  Table slim;
  for (const Table::Column& column : table.columns()) {
    if (const auto* numbers = std::get_if<Table::Numbers>(&column.cells)) {
      static const std::vector<std::string> always = {"budgeted", "pledged", "committed", "spent"};
      const bool kept = std::find(always.begin(), always.end(), column.name) != always.end();
      if (!kept && std::all_of(numbers->begin(), numbers->end(), [](double v) { return v == 0; })) continue;
      slim.add_numbers(column.name, column.decimals) = *numbers;
    } else {
      slim.add_texts(column.name) = std::get<Table::Texts>(column.cells);
    }
  }
  return slim;
}

}  // namespace

void tell_messages(const std::vector<iati::Message>& messages, const char* kind) {
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (i == most_told) {
      std::fprintf(stderr, "%s: %zu more\n", kind, messages.size() - i);
      return;
    }
    const iati::Message& m = messages[i];
    std::fprintf(stderr, "%s: %s: %s\n", kind, to_string(Location{m.file, m.line, 0, {}}).c_str(), m.what.c_str());
  }
}

bool read_each(const std::vector<std::string>& files, const std::function<void(const std::string&)>& read) {
  bool left_out = false;
  for (const std::string& path : files) {
    try {
      read(path);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::input || files.size() == 1) throw;
      left_out = true;
      tell_messages({{path, error.where().line, "file left out: " + error.problem() + ". " + error.remedy()}}, "fault");
    }
  }
  return left_out;
}

void ConversionOptions::add_to(CLI::App& command) {
  command.add_option("--currency", currency, "Convert amounts to this currency; needs --rates")->option_text("CODE");
  command.add_option("--rates", rates_path, "Exchange rates: CSV with date, rate (units for one US dollar) and currency")
      ->option_text("FILE");
  command.add_option("--rate-rule", rule, "Which day's rate: nearest to the value date, or the last one before it (previous)")
      ->option_text("RULE")
      ->check(CLI::IsMember({"nearest", "previous"}))
      ->capture_default_str();
}

void ConversionOptions::load() {
  if (currency.empty() != rates_path.empty()) {
    throw Error(ErrorKind::usage, currency.empty() ? "--rates without --currency" : "--currency without --rates",
                "Give both to convert, none to keep the currencies apart");
  }
  if (!currency.empty()) {
    for (char& c : currency) c = c >= 'a' && c <= 'z' ? static_cast<char>(c & ~32) : c;
    rates = iati::Rates::load(rates_path, rule == "previous" ? iati::RateRule::previous : iati::RateRule::nearest);
    if (!rates->has(currency)) {
      throw Error(ErrorKind::input, "no rate of " + printable(currency) + ", the currency to convert to",
                  "Add its rates, or name a currency of the column 'currency' (or USD)", {rates_path, 0, 0, {}});
    }
  }
}

void add_iati_sum(CLI::App& parent, Context& context) {
  CLI::App* command = parent.add_subcommand("sum", "What was budgeted, pledged, committed and spent, nothing counted twice");
  struct Arguments {
    std::vector<std::string> files;
    std::string by = "goal,country,year", sector_goals;
    bool as_published = false, names = false;
    ConversionOptions conversion;
    OutputOptions output;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("files", arguments->files, "IATI activity files, XML or gzip")->option_text("FILE...")->required();
  command->add_option("--by", arguments->by, "goal, country, year, sector, status, publisher, recipient, currency, hierarchy")
      ->option_text("LIST")
      ->capture_default_str();
  arguments->conversion.add_to(*command);
  command
      ->add_option("--sector-goals", arguments->sector_goals,
                   "Goals of sectors, where no goal is reported: CSV with sector, goal[, share]")
      ->option_text("FILE");
  command->add_flag("--as-published", arguments->as_published,
                    "Count secondary reports, budgets of every level and money passed on, too");
  command->add_flag("--names", arguments->names, "Titles of goals and names of countries behind their codes (--lang)");
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake iati sum fcdo.xml unhcr.xml.gz --by goal,year\n"
      "  stocktake iati sum fcdo.xml --by country --currency USD --rates rates.csv --format csv");
  command->callback([&context, arguments] {
    arguments->conversion.load();
    iati::SumOptions options;
    options.by = dimensions(arguments->by);
    options.currency = arguments->conversion.currency;
    options.rates = arguments->conversion.rates ? &*arguments->conversion.rates : nullptr;
    options.as_published = arguments->as_published;
    if (!arguments->sector_goals.empty()) options.sector_goals = iati::SectorGoals::load(arguments->sector_goals);
    iati::Sums sums(std::move(options));
    const bool left_out = read_each(arguments->files, [&](const std::string& path) { sums.add(*ByteSource::open(path, false)); });
    const iati::SumResult result = sums.finish();
    Table table = arguments->output.format == "table" ? without_empty(result.table) : result.table;
    if (arguments->names) table = with_names(table, context.language(arguments->output.format));
    write_table(table, arguments->output, context);
    tell_messages(result.faults, "fault");
    if (!context.quiet) {
      tell_messages(result.notes, "note");
      std::fprintf(stderr, "%llu of %llu activities counted, %llu flows; %llu left out as unusable\n",
                   static_cast<unsigned long long>(result.counted), static_cast<unsigned long long>(result.activities),
                   static_cast<unsigned long long>(result.flows), static_cast<unsigned long long>(result.rejected));
    }
    if (result.broken || left_out) {
      throw Error(
          ErrorKind::input,
          std::string(result.broken ? "a file ends early" : "a file is no activity file") + ": the sums lack what it should hold",
          "Fetch the file again");
    }
  });
}

}  // namespace stocktake
