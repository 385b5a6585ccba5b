#include <algorithm>

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
  command.add_option("--prices", a.prices, "current or constant [current; constant where aid is published in no other]")
      ->option_text("NAME")
      ->check(CLI::IsMember({"current", "constant"}));
  command
      .add_option("--base", a.base, "Base year of constant prices [the latest that aid is published in; that of the deflators]")
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

namespace {

void check_price_arguments(const OdaArguments& a, bool constant) {
  if (a.base && !constant) throw Error(ErrorKind::usage, "--base is for constant prices", "Add --prices constant");
  if (!a.deflator.empty() && !constant && a.currency == "USD") {
    throw Error(ErrorKind::usage, "--deflator changes nothing in current US dollars",
                "Add --prices constant or --currency national");
  }
}

bool is_published(const OdaBook& book, int base) {
  return std::binary_search(book.published_bases.begin(), book.published_bases.end(), base);
}

// The base year of constant prices: the one asked for; that of a deflator file; the latest that volumes are published in; that of
// the store's deflators.
int base_year(const OdaArguments& a, const OdaBook& book, const PriceBook& prices) {
  int base = a.base.value_or(0);
  if (base == 0 && a.deflator.empty() && !book.published_bases.empty()) base = book.published_bases.back();
  if (base == 0) base = prices.base_year;
  const bool published = is_published(book, base);
  if (prices.empty() && !published) {
    if (book.published_bases.empty()) {
      throw Error(ErrorKind::not_found, "the store has no deflators (series DAC_DEFLATOR) and no volumes in constant prices",
                  "Import a table of DAC deflators, or name one with --deflator FILE");
    }
    throw Error(
        ErrorKind::not_found,
        "--base: volumes are published in " + price_text(book.published_bases.back()) + ", and the store has no deflators",
        "Leave --base out, or import a table of DAC deflators");
  }
  if (base == 0) {
    throw Error(ErrorKind::usage, "the deflators do not tell their base year: in no year are most of them 100",
                "Name one with --base YEAR");
  }
  if (!published && (base < prices.first_year || base > prices.last_year)) {
    throw Error(ErrorKind::usage, "--base: the deflators run from " + std::to_string(prices.first_year) + " to " +
                                      std::to_string(prices.last_year) + ", not to " + std::to_string(base));
  }
  return base;
}

}  // namespace

std::unique_ptr<OdaMoney> oda_money(const Store& store, const AreaRegistry& areas, const OdaArguments& arguments, OdaConcept what,
                                    std::optional<int> year) {
  auto money = std::make_unique<OdaMoney>();
  OdaBookOptions options;
  if (!arguments.as_of.empty()) options.as_of = date_argument(arguments.as_of, "--as-of", true);
  const std::string reference = data_home() + "/reference";
  money->book = load_oda_book(store, areas, reference, options);
  if (money->book.donors.empty()) {
    throw Error(ErrorKind::not_found, "the store has no figures of aid",
                "Import an OECD table (DAC1, DAC2a) or the UN SDG database: stocktake import FILE");
  }
  bool constant = arguments.prices == "constant";
  const std::optional<OdaBasis> basis = basis_argument(arguments.basis);
  if (!year) year = latest_year(money->book, what, basis);
  if (arguments.prices.empty() && year && !money->book.published_bases.empty()) {
    const std::vector<std::size_t> donors = chosen_donors(money->book, area_codes(arguments.donors));
    constant = !money->book.has(volume_of(what), basis.value_or(money->book.headline(*year)), *year, donors);
    if (constant) money->note = "the store has no aid of " + std::to_string(*year) + " in current prices: ";
  }
  check_price_arguments(arguments, constant);
  money->view.national = arguments.currency == "national";
  if (!constant && !money->view.national) return money;
  money->prices = arguments.deflator.empty() ? load_price_book(store, options.as_of) : read_price_book(arguments.deflator, areas);
  if (money->view.national && money->prices.empty()) {
    throw Error(ErrorKind::not_found, "the store has no exchange rates (series DAC_EXCHANGE_RATE)",
                "Import a table of DAC deflators, or name one with --deflator FILE");
  }
  money->view.prices = &money->prices;
  if (!constant) return money;
  options.constant = base_year(arguments, money->book, money->prices);
  options.prices = &money->prices;
  money->book = load_oda_book(store, areas, reference, options);
  money->view.constant = options.constant;
  if (is_published(money->book, *options.constant)) {
    money->note +=
        "volumes as published in " + price_text(options.constant) + "; GNI = 100 x volume / share, in the same prices\n";
  } else if (!money->note.empty()) {
    money->note += "converted by deflators\n";
  }
  return money;
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
