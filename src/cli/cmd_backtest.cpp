#include <algorithm>
#include <array>
#include <memory>

#include "assess/candidates.h"
#include "assess/projection/backtest.h"
#include "assess/projection/backtest_scores.h"
#include "assess/projection/calibrate.h"
#include "assess/projection/reliability.h"
#include "base/error.h"
#include "base/files.h"
#include "cli/app.h"
#include "cli/assessing.h"

namespace stocktake {
namespace {

struct Arguments {
  std::vector<int> origins{2000, 2005, 2010}, horizons{5, 10};
  std::vector<std::string> series, bindings, frameworks;
  std::string as_of;
  int min_figures = 5, max_age = 5;
  bool each = false, cases = false, drawn = false, calibrate = false, calibrated = false, reliability = false;
  std::string half;
  OutputOptions output;
};

Panel read_panel(const Context& context, const Arguments& arguments, const std::vector<Framework>& frameworks,
                 const std::vector<Binding>& bindings) {
  PanelQuery query;
  query.series = arguments.series;
  if (!arguments.as_of.empty()) query.as_of = date_argument(arguments.as_of, "--as-of", true);
  if (query.series.empty() && !arguments.frameworks.empty()) {
    for (const Framework& framework : frameworks) {
      for (const std::string& code : series_wanted(framework, bindings)) query.series.push_back(code);
    }
    std::sort(query.series.begin(), query.series.end());
    query.series.erase(std::unique(query.series.begin(), query.series.end()), query.series.end());
    if (query.series.empty())
      throw Error(ErrorKind::not_found, "no binding feeds that framework", "Bindings are the files of frameworks/bindings");
  }
  return Store::open(context.store_path, Store::Access::read).panel(query);
}

std::vector<Framework> frameworks_of(const Arguments& arguments) {
  std::vector<Framework> frameworks;
  const std::vector<std::string> all{"mdg", "sdg"};
  for (const std::string& id : arguments.frameworks.empty() ? all : arguments.frameworks)
    frameworks.push_back(load_framework(framework_path(id)));
  return frameworks;
}

std::string list_text(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ", ") + value;
  return text;
}

std::string list_text(const std::vector<int>& values) {
  std::vector<std::string> texts;
  for (const int value : values) texts.push_back(std::to_string(value));
  return list_text(texts);
}

void in_order(std::vector<int>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::string left_out(const BacktestCases& done) {
  return "left out: " + std::to_string(done.drawn) + " series drawn along lines, " + std::to_string(done.constant) +
         " without change, " + std::to_string(done.short_series) + " too short or too old";
}

// What a calibration was estimated from.
std::vector<std::string> run_text(const Context& context, const Arguments& arguments, const BacktestCases& done) {
  std::vector<std::string> lines;
  for (const Vintage& one : Store::open(context.store_path, Store::Access::read).vintages()) {
    const std::size_t slash = one.origin.rfind('/');
    lines.push_back((slash == std::string::npos ? one.origin : one.origin.substr(slash + 1)) + ", " +
                    std::to_string(one.rows_accepted) + " figures, BLAKE2b " + one.hash.substr(0, 16));
  }
  lines.push_back("origins " + list_text(arguments.origins) + "; steps " + list_text(arguments.horizons));
  lines.push_back((arguments.frameworks.empty() ? "all series" : "series bound to " + list_text(arguments.frameworks)) +
                  "; the areas of the calibration half");
  std::array<std::size_t, 3> drawn{};
  for (const BacktestCase& one : done.cases) ++drawn[static_cast<std::size_t>(one.drawn)];
  const auto count = [&](Drawn kind) { return std::to_string(drawn[static_cast<std::size_t>(kind)]); };
  lines.push_back(count(Drawn::no) + " forecasts, and " + count(Drawn::line) + " of series drawn along lines");
  lines.push_back("left out: " + count(Drawn::flat) + " forecasts of flat series, " + std::to_string(done.constant) +
                  " series without change, " + std::to_string(done.short_series) + " too short or too old");
  return lines;
}

}  // namespace

void add_backtest(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("backtest", "What projections are worth: forecasts from past years, scored on what came");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--origin", arguments->origins, "Years from which to project [2000,2005,2010]")
      ->delimiter(',')
      ->option_text("YEAR ...")
      ->check(CLI::Range(1000, 2999));
  command->add_option("--horizon", arguments->horizons, "Years ahead that are scored [5,10]")
      ->delimiter(',')
      ->option_text("YEARS ...")
      ->check(CLI::Range(1, 100));
  command->add_option("--framework", arguments->frameworks, "Only series bound to its indicators, without breakdowns")
      ->option_text("ID ...");
  command->add_option("--binding", arguments->bindings, "Only these bindings (sources)")->option_text("ID ...");
  command->add_option("--series", arguments->series, "Only these series")->option_text("CODE ...");
  command->add_option("--as-of", arguments->as_of, "Only vintages known by that day")->option_text("DATE");
  command->add_option("--min-figures", arguments->min_figures, "Figures that a series must have up to the origin [5]")
      ->option_text("COUNT")
      ->check(CLI::Range(2, 1000));
  command->add_option("--max-age", arguments->max_age, "Years that the last of them may be old at the origin [5]")
      ->option_text("YEARS")
      ->check(CLI::Range(0, 100));
  CLI::Option* each = command->add_flag("--each", arguments->each, "A row for every series too, not only the pooled figures");
  CLI::Option* cases =
      command->add_flag("--cases", arguments->cases, "Every forecast instead of the scores (on the indicator's scale)")
          ->excludes(each);
  CLI::Option* reliability =
      command
          ->add_flag("--reliability", arguments->reliability,
                     "How often targets were met of which p_met said so much: at the deadline, early, and pro rata")
          ->excludes(cases);
  command->add_flag("--drawn", arguments->drawn, "Series that their source drew along lines, too");
  command->add_flag("--calibrated", arguments->calibrated, "Every model with its spread calibrated, not only the combination");
  CLI::Option* half =
      command->add_option("--half", arguments->half, "Only the areas that the calibration has seen, or only the others")
          ->option_text("seen|unseen")
          ->check(CLI::IsMember({"seen", "unseen"}));
  command
      ->add_flag("--calibrate", arguments->calibrate,
                 "Estimate weights and spread factors from half of the areas and write them as C++ (--horizon: the steps)")
      ->excludes(half)
      ->excludes(reliability)
      ->excludes(cases);
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake backtest --origin 2005 --horizon 5,10 --framework mdg --each\n"
      "  stocktake backtest --series under_five_mortality_from_cme_per_1000_born --format csv -o scores.csv\n"
      "  stocktake backtest --framework mdg --half unseen --horizon 5,10,15 --reliability\n\n"
      "No figure after an origin is seen by a forecast from it. Formulas and a real run: docs/methods.md, \"Backtest\".");
  command->callback([&context, arguments] {
    const std::vector<Framework> frameworks = frameworks_of(*arguments);
    const DimensionCodes codes = load_dimension_codes();
    std::vector<Binding> bindings = load_bindings(data_home() + "/frameworks/bindings", codes);
    keep_bindings(bindings, arguments->bindings);
    Panel panel = read_panel(context, *arguments, frameworks, bindings);
    const AreaRegistry areas = load_areas();
    BacktestPlan plan = plan_backtest(panel, areas, frameworks, bindings, !arguments->frameworks.empty());
    if (arguments->calibrate) arguments->half = "seen";
    in_order(arguments->origins);
    in_order(arguments->horizons);
    if (!arguments->half.empty()) {
      std::erase_if(plan.entries, [&](const BacktestEntry& entry) {
        return in_calibration_half(areas.at(entry.area).code) != (arguments->half == "seen");
      });
    }
    BacktestOptions options;
    options.origins = arguments->origins;
    options.horizons = arguments->horizons;
    options.min_figures = arguments->min_figures;
    options.max_age = arguments->max_age;
    options.calibrated = arguments->calibrated;
    options.drawn = arguments->drawn || arguments->calibrate;  // lines are a class of series
    Progress progress("backtest", context.quiet);
    const BacktestCases done = run_backtest(panel, plan, options, progress);
    progress.finish();
    if (done.cases.empty()) {
      throw Error(ErrorKind::not_found, "no forecast can be scored: " + left_out(done),
                  "Choose other years by --origin and --horizon; `stocktake show series` tells which years have figures");
    }
    if (arguments->calibrate) {
      write_text(to_source(calibrate(plan, done.cases, arguments->horizons), run_text(context, *arguments, done)),
                 arguments->output.path);
      return;
    }
    if (arguments->cases) {
      write_table(to_table(panel, plan, done), arguments->output, context);
      return;
    }
    if (arguments->reliability) {
      const std::vector<Reliability> all = reliability_of(plan, done.cases, default_model(), arguments->each);
      if (all.empty()) {
        throw Error(ErrorKind::not_found, "no forecast has a target that can be asked for",
                    "Choose years up to the targets' deadlines by --origin and --horizon");
      }
      write_table(to_table(plan, all), arguments->output, context);
      return;
    }
    std::vector<BacktestScore> scores = score_backtest(plan, done.cases);
    if (!arguments->each) std::erase_if(scores, [](const BacktestScore& one) { return one.subject != pooled; });
    write_table(to_table(plan, scores), arguments->output, context);
    if (arguments->output.format == "table" && is_stdout(arguments->output.path) && !context.quiet)
      write_text("\n" + std::to_string(done.cases.size()) + " figures forecast; " + left_out(done) + "\n", "-");
  });
}

}  // namespace stocktake
