#include <cmath>
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "cli/oda.h"

namespace stocktake {
namespace {

// A promise of the table by its percentage and concept; null where the user's own is not among them.
const OdaPromise* promise_like(const std::vector<OdaPromise>& promises, OdaConcept what, double percent) {
  for (const OdaPromise& one : promises) {
    if (one.what == what && (one.percent == percent || one.upper == percent)) return &one;
  }
  return nullptr;
}

void check_ldc(const OdaBook& book) {
  if (latest_year(book, OdaConcept::ldc_share, {}) || latest_year(book, OdaConcept::ldc_share, OdaBasis::net_flow)) return;
  throw Error(ErrorKind::not_found, "the store has no aid to least developed countries as a share of income",
              "Import OECD DAC2a with DAC1, or the UN SDG database (series DC_ODA_LDCG): stocktake import FILE");
}
// Aid to LDCs is published as net flows alone: without --basis it is theirs.
void choose_ldc_basis(OdaArguments& arguments, bool ldc) {
  if (ldc && arguments.basis.empty()) arguments.basis = "net";
}

struct GapArguments : OdaArguments {
  double promise = 0.7;
  bool ldc = false, promise_given = false;
};

void add_shares(CLI::App& oda, Context& context) {
  CLI::App* command = oda.add_subcommand("shares", "ODA and aid to LDCs as share of GNI, volume, per head, rank");
  struct Arguments : OdaArguments {
    ShareOptions share;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--donor", arguments->donors, "Only these donors")->option_text("CODE ...");
  add_oda_arguments(*command, *arguments, true);
  command->add_option("--promise", arguments->share.promise, "ODA promised, per cent of GNI [0.7]")->option_text("NUMBER");
  add_price_arguments(*command, *arguments);
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake oda shares --year 2013\n  stocktake oda shares --donor NOR SWE --year 2017 --format csv\n"
      "  stocktake oda shares --year 2013 --prices constant --base 2022\n\n"
      "A share is compared with the promise unrounded, where its source has it unrounded. ldc_promise_kept: upper 0.20, lower "
      "0.15.");
  command->callback([&context, arguments] {
    const AreaRegistry areas = load_areas();
    const Store store = Store::open(context.store_path, Store::Access::read);
    const auto money = oda_money(store, areas, *arguments, OdaConcept::oda_share, arguments->year);
    const OdaBook& book = money->book;
    const MoneyView& view = money->view;
    ShareOptions options = arguments->share;
    if (!(options.promise > 0 && options.promise <= 100)) {
      throw Error(ErrorKind::usage, "--promise: expected more than 0 and at most 100 per cent of GNI");
    }
    options.year = arguments->year;
    options.basis = basis_argument(arguments->basis);
    options.donors = area_codes(arguments->donors);
    const std::vector<DonorShare> shares = donor_shares(book, options);
    if (shares.empty()) {
      throw Error(ErrorKind::not_found, "there are no figures of that year and measure",
                  "Years " + std::to_string(book.first_year) + " to " + std::to_string(book.last_year) + " have figures");
    }
    const bool brief = arguments->output.format == "table";
    const std::string notes = "money: " + view.unit() + "\n" + money->note + share_notes(book, shares);
    write_with_notes(shares_table(book, shares, view, context.language(arguments->output.format), brief), notes,
                     arguments->output, context);
  });
}

void add_gap(CLI::App& oda, Context& context) {
  CLI::App* command = oda.add_subcommand("gap", "What is missing to keep the promise in a year, in money and in share");
  auto arguments = std::make_shared<GapArguments>();
  command->add_option("--donor", arguments->donors, "Only these donors")->option_text("CODE ...");
  add_oda_arguments(*command, *arguments, true);
  auto* promise =
      command->add_option("--promise", arguments->promise, "Per cent of GNI [0.7; with --ldc 0.15]")->option_text("NUMBER");
  command->add_flag("--ldc", arguments->ldc, "Aid to least developed countries, imputed multilateral aid included");
  add_price_arguments(*command, *arguments);
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake oda gap --year 2013\n  stocktake oda gap --year 2013 --ldc --promise 0.2\n"
      "  stocktake oda gap --donor DAC --format json\n\n"
      "gap = promise x GNI - delivered. Years are counted from the day of the promise (reference/oda_promises.csv).");
  command->callback([&context, arguments, promise] {
    const AreaRegistry areas = load_areas();
    const Store store = Store::open(context.store_path, Store::Access::read);
    const OdaConcept what = arguments->ldc ? OdaConcept::ldc_share : OdaConcept::oda_share;
    choose_ldc_basis(*arguments, arguments->ldc);
    const auto money = oda_money(store, areas, *arguments, what, arguments->year);
    const OdaBook& book = money->book;
    const MoneyView& view = money->view;
    const std::vector<OdaPromise> promises = load_oda_promises(data_home() + "/reference");
    if (what == OdaConcept::ldc_share) check_ldc(book);
    GapOptions options;
    options.year = arguments->year;
    options.basis = basis_argument(arguments->basis);
    options.donors = area_codes(arguments->donors);
    options.what = what;
    options.promise = promise->count() > 0 ? arguments->promise : arguments->ldc ? 0.15 : 0.7;
    const OdaPromise* known = promise_like(promises, options.what, options.promise);
    if (known != nullptr) options.made = known->made;
    const std::vector<DonorGap> gaps = donor_gaps(book, options);
    if (gaps.empty()) {
      throw Error(ErrorKind::not_found, "there are no figures of that year and measure",
                  "Years " + std::to_string(book.first_year) + " to " + std::to_string(book.last_year) + " have figures");
    }
    const bool brief = arguments->output.format == "table";
    const std::string notes = "money: " + view.unit() + "\n" + money->note + gap_notes(book, gaps, known);
    write_with_notes(gaps_table(book, gaps, view, context.language(arguments->output.format), brief), notes, arguments->output,
                     context);
  });
}

void add_path(CLI::App& oda, Context& context) {
  CLI::App* command = oda.add_subcommand("path", "The yearly path to the promise by a year");
  struct Arguments : OdaArguments {
    std::string donor;
    int by = 0;
    double promise = 0.7, growth = 0;
    bool ldc = false;
    std::optional<int> from;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--donor", arguments->donor, "The donor, or DAC")->option_text("CODE")->required();
  command->add_option("--by", arguments->by, "The year to reach it by")
      ->option_text("YEAR")
      ->required()
      ->check(CLI::Range(1900, 2999));
  command->add_option("--from", arguments->from, "The base year [the latest with share and GNI]")->option_text("YEAR");
  auto* promise =
      command->add_option("--promise", arguments->promise, "Per cent of GNI [0.7; with --ldc 0.15]")->option_text("NUMBER");
  command->add_flag("--ldc", arguments->ldc, "Aid to least developed countries, imputed multilateral aid included");
  command->add_option("--gni-growth", arguments->growth, "Growth of GNI, per cent a year [0: the base year's GNI stays]")
      ->option_text("NUMBER");
  add_oda_arguments(*command, *arguments, false);
  add_price_arguments(*command, *arguments);
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake oda path --donor DEU --by 2030\n  stocktake oda path --donor DAC --by 2030 --gni-growth 2 --format "
      "csv\n\n"
      "linear: the share rises by the same points each year. growth: the volume grows at the same rate each year. Dollars are "
      "those\n"
      "of the base year, or constant ones; --gni-growth is real growth.");
  command->callback([&context, arguments, promise] {
    const AreaRegistry areas = load_areas();
    const Store store = Store::open(context.store_path, Store::Access::read);
    const OdaConcept what = arguments->ldc ? OdaConcept::ldc_share : OdaConcept::oda_share;
    choose_ldc_basis(*arguments, arguments->ldc);
    OdaArguments chosen = *arguments;
    chosen.donors = {arguments->donor};
    const auto money = oda_money(store, areas, chosen, what, arguments->from);
    PathOptions options;
    options.donor = area_codes({arguments->donor}).front();
    options.by = arguments->by;
    options.what = what;
    options.promise = promise->count() > 0 ? arguments->promise : arguments->ldc ? 0.15 : 0.7;
    options.base_year = arguments->from;
    options.basis = basis_argument(arguments->basis);
    options.gni_growth = arguments->growth / 100;
    if (what == OdaConcept::ldc_share) check_ldc(money->book);
    const OdaPath path = oda_path(money->book, options);
    const bool brief = arguments->output.format == "table";
    const std::string notes =
        "money: " + path_unit(path, money->view) + "\n" + money->note + path_notes(money->book, path, money->view);
    write_with_notes(path_table(money->book, path, money->view, brief), notes, arguments->output, context);
  });
}

}  // namespace

void add_oda_standing(CLI::App& command, Context& context) {
  add_shares(command, context);
  add_gap(command, context);
  add_path(command, context);
}

}  // namespace stocktake
