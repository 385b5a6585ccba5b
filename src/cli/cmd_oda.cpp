#include "base/error.h"
#include "base/files.h"
#include "cli/oda.h"

namespace stocktake {

void add_oda_arguments(CLI::App& command, OdaArguments& a, bool year) {
  if (year)
    command.add_option("--year", a.year, "The year [the latest with figures]")
        ->option_text("YEAR")
        ->check(CLI::Range(1900, 2999));
  command.add_option("--basis", a.basis, "net or grant-equivalent [the headline measure of the year: net to 2017]")
      ->option_text("NAME");
  command.add_option("--as-of", a.as_of, "Only vintages known by that day")->option_text("DATE");
}

void add_price_arguments(CLI::App& command, OdaArguments& a) {
  command.add_option("--prices", a.prices, "current or constant [current]")
      ->option_text("NAME")
      ->check(CLI::IsMember({"current", "constant"}));
  command.add_option("--base", a.base, "Base year of constant prices [that of the deflators]")
      ->option_text("YEAR")
      ->check(CLI::Range(1900, 2999));
  command.add_option("--deflator", a.deflator, "A CSV of deflators and exchange rates [the store's DAC_DEFLATOR]")
      ->option_text("FILE");
  command.add_option("--currency", a.currency, "USD or national [USD]")
      ->option_text("NAME")
      ->check(CLI::IsMember({"USD", "national"}));
}

std::optional<OdaBasis> basis_argument(const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (text == "net") return OdaBasis::net_flow;
  if (text == "grant-equivalent") return OdaBasis::grant_equivalent;
  throw Error(ErrorKind::usage, "--basis: unknown measure '" + text + "', expected net or grant-equivalent",
              "The two measures are never joined; leave it out for the headline measure of the year");
}

OdaBook oda_book(const Store& store, const AreaRegistry& areas, const OdaArguments& arguments) {
  OdaBookOptions options;
  if (!arguments.as_of.empty()) options.as_of = date_argument(arguments.as_of, "--as-of", true);
  OdaBook book = load_oda_book(store, areas, data_home() + "/reference", options);
  if (book.donors.empty()) {
    throw Error(ErrorKind::not_found, "the store has no figures of aid",
                "Import an OECD table (DAC1, DAC2a) or the UN SDG database: stocktake import FILE");
  }
  return book;
}

PriceBook oda_prices(const Store& store, const AreaRegistry& areas, const OdaArguments& arguments) {
  if (arguments.prices == "current" && arguments.currency == "USD") {
    if (arguments.base) throw Error(ErrorKind::usage, "--base is for constant prices", "Add --prices constant");
    if (!arguments.deflator.empty()) {
      throw Error(ErrorKind::usage, "--deflator changes nothing in current US dollars",
                  "Add --prices constant or --currency national");
    }
    return {};
  }
  std::optional<Date> as_of;
  if (!arguments.as_of.empty()) as_of = date_argument(arguments.as_of, "--as-of", true);
  PriceBook prices = arguments.deflator.empty() ? load_price_book(store, as_of) : read_price_book(arguments.deflator, areas);
  if (prices.empty()) {
    throw Error(ErrorKind::not_found, "the store has no deflators (series DAC_DEFLATOR)",
                "Import a table of DAC deflators, or name one with --deflator FILE");
  }
  return prices;
}

MoneyView oda_view(const OdaArguments& arguments, const PriceBook& prices) {
  MoneyView view;
  view.constant = arguments.prices == "constant";
  view.national = arguments.currency == "national";
  if (!view.constant && !view.national) return view;
  view.prices = &prices;
  view.base = arguments.base.value_or(prices.base_year);
  if (view.constant && view.base == 0) {
    throw Error(ErrorKind::usage, "the deflators do not tell their base year: in no year are all of them 100",
                "Name one with --base YEAR");
  }
  if (view.constant && (view.base < prices.first_year || view.base > prices.last_year)) {
    throw Error(ErrorKind::usage, "--base: the deflators run from " + std::to_string(prices.first_year) + " to " +
                                      std::to_string(prices.last_year) + ", not to " + std::to_string(view.base));
  }
  return view;
}

void write_with_notes(const Table& table, const std::string& notes, const OutputOptions& output, const Context& context) {
  if (output.format != "table" || notes.empty() || context.quiet) {
    write_table(table, output, context);
    return;
  }
  write_text(to_text(table, is_stdout(output.path) ? context.width() : 0) + "\n" + notes, output.path);
}

void add_oda(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("oda", "Aid: what donors promised, gave and still owe; the grant element of loans");
  command->require_subcommand(1);
  add_oda_standing(*command, context);
  add_oda_totals(*command, context);
  add_oda_grant_element(*command, context);
  command->footer(
      "Examples:\n  stocktake import dac1.csv\n  stocktake oda shares --year 2013\n  stocktake oda gap --year 2013\n"
      "  stocktake oda path --donor DEU --by 2030\n\n"
      "Net flows (to 2017) and grant equivalents (from 2018) are kept apart. Formulas and sources: docs/money.md.");
}

}  // namespace stocktake
