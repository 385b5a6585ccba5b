#include <algorithm>
#include <memory>

#include "assess/rollup/escap_stock.h"
#include "assess/rollup/oecd_distances.h"
#include "assess/rollup/sdsn_index.h"
#include "base/error.h"
#include "cli/assessing.h"

namespace stocktake {
namespace {

struct IndexArguments {
  AssessArguments assess;
  std::string method = "sdsn", among;
  bool indicators = false;
  std::optional<double> max_missing;
  OutputOptions output;
};

AreaId area_of(const AssessmentRun& run, const std::string& code) {
  if (const auto area = run.areas.find(code)) return *area;
  throw Error(ErrorKind::not_found, "unknown area '" + code + "'", "Use ISO 3166, M49 or a group code of `stocktake groups`");
}

// What --area leaves: all countries, or those named and the members of the groups named.
std::vector<bool> wanted(const AssessmentRun& run, const std::vector<std::string>& codes) {
  std::vector<bool> inside(run.areas.all().size(), codes.empty());
  for (const std::string& code : codes) {
    for (const AreaId area : countries_of(run, area_of(run, code))) inside[area] = true;
  }
  return inside;
}

std::int64_t integer_or_none(int value) { return value == 0 ? Table::no_integer : value; }

// One line a country, for the terminal: the goals as colour letter and arrow.
Table sdsn_brief(const AssessmentRun& run, const SdsnIndexes& indexes, const std::vector<bool>& inside, Language language) {
  Table table;
  auto& rank = table.add_integers("rank");
  auto& area = table.add_texts("area");
  auto& name = table.add_texts("name");
  auto& index = table.add_numbers("index", 2);
  auto& missing = table.add_numbers("missing", 2);
  auto& goals = table.add_texts("goals");
  std::vector<const SdsnCountry*> order;
  for (const SdsnCountry& country : indexes.countries) {
    if (inside[country.area]) order.push_back(&country);
  }
  std::stable_sort(order.begin(), order.end(), [](const SdsnCountry* a, const SdsnCountry* b) {
    return (a->rank == 0 ? INT32_MAX : a->rank) < (b->rank == 0 ? INT32_MAX : b->rank);
  });
  for (const SdsnCountry* country : order) {
    rank.push_back(integer_or_none(country->rank));
    area.push_back(run.areas.at(country->area).code);
    name.push_back(run.areas.at(country->area).name.in(language));
    index.push_back(country->index);
    missing.push_back(country->missing);
    std::string text;
    for (std::size_t g = 0; g < indexes.goals.size(); ++g) {
      constexpr std::string_view letters = "GYOR-";
      text += (text.empty() ? "" : " ") + run.framework.goals[indexes.goals[g]].code + ":" +
              letters[static_cast<std::size_t>(country->goals[g].colour)] + std::string(sign_of(country->goals[g].arrow));
    }
    goals.push_back(text);
  }
  return table;
}

// One row a country and goal.
Table sdsn_goals(const AssessmentRun& run, const SdsnIndexes& indexes, const std::vector<bool>& inside, Language language) {
  Table table;
  auto& area = table.add_texts("area");
  auto& name = table.add_texts("area_name");
  auto& region = table.add_texts("region");
  auto& index = table.add_numbers("index");
  auto& rank = table.add_integers("rank");
  auto& missing = table.add_numbers("missing");
  auto& code = table.add_texts("goal");
  auto& title = table.add_texts("goal_title");
  auto& score = table.add_numbers("score");
  auto& origin = table.add_texts("score_of");
  auto& colour = table.add_texts("colour");
  auto& arrow = table.add_texts("arrow");
  auto& indicators = table.add_integers("indicators");
  auto& of = table.add_integers("of");
  for (const SdsnCountry& country : indexes.countries) {
    if (!inside[country.area]) continue;
    for (std::size_t g = 0; g < indexes.goals.size(); ++g) {
      const SdsnGoal& goal = country.goals[g];
      area.push_back(run.areas.at(country.area).code);
      name.push_back(run.areas.at(country.area).name.in(language));
      region.push_back(country.region ? run.areas.at(*country.region).code : "");
      index.push_back(country.index);
      rank.push_back(integer_or_none(country.rank));
      missing.push_back(country.missing);
      code.push_back(run.framework.goals[indexes.goals[g]].code);
      title.push_back(run.framework.goals[indexes.goals[g]].title.in(language));
      score.push_back(goal.score);
      origin.emplace_back(goal.imputed ? "region" : goal.indicators > 0 ? "country" : "");
      colour.emplace_back(to_string(goal.colour));
      arrow.emplace_back(to_string(goal.arrow));
      indicators.push_back(goal.indicators);
      of.push_back(goal.of);
    }
  }
  return table;
}

// One row a country and indicator of the index.
Table sdsn_cells(const AssessmentRun& run, const SdsnIndexes& indexes, const std::vector<bool>& inside, Language language) {
  Table table;
  auto& area = table.add_texts("area");
  auto& name = table.add_texts("name");
  auto& goal = table.add_texts("goal");
  auto& code = table.add_texts("indicator");
  auto& year = table.add_integers("year");
  auto& value = table.add_numbers("value");
  auto& score = table.add_numbers("score");
  auto& colour = table.add_texts("colour");
  auto& arrow = table.add_texts("arrow");
  auto& ratio = table.add_numbers("pace_ratio");
  auto& source = table.add_texts("source");
  for (const SdsnCountry& country : indexes.countries) {
    if (!inside[country.area]) continue;
    for (std::size_t i = 0; i < indexes.indicators.size(); ++i) {
      const SdsnCell& cell = country.cells[i];
      if (!cell.applies) continue;
      const Assessment* row = cell.row == UINT32_MAX ? nullptr : &run.rows[cell.row];
      area.push_back(run.areas.at(country.area).code);
      name.push_back(run.areas.at(country.area).name.in(language));
      goal.push_back(run.framework.goals[indexes.goals[indexes.indicators[i].goal]].code);
      code.push_back(indexes.indicators[i].indicator->code);
      year.push_back(row == nullptr ? Table::no_integer : row->facts.latest_year);
      value.push_back(row == nullptr ? no_figure : row->facts.latest);
      score.push_back(cell.score);
      colour.emplace_back(to_string(cell.colour));
      arrow.emplace_back(to_string(cell.arrow));
      ratio.push_back(cell.ratio);
      source.push_back(row == nullptr ? "" : run.source_of(*row));
    }
  }
  return table;
}

// Snapshot (goals) and dashboard (targets) in one table: `measure` says which figure a row holds.
Table escap_table(const AssessmentRun& run, const EscapStock& stock, bool brief, Language language) {
  Table table;
  auto& area = table.add_texts("area");
  auto& name = table.add_texts(brief ? "name" : "area_name");
  auto& level = table.add_texts("level");
  auto& code = table.add_texts("code");
  auto& title = table.add_texts("title");
  auto& measure = table.add_texts("measure");
  auto& value = table.add_numbers("value", brief ? 2 : -1);
  auto& expected = table.add_numbers("expected", brief ? 2 : -1);
  auto& own = table.add_texts("class");
  auto& indicators = table.add_integers("indicators");
  auto& of = table.add_integers("of");
  const auto head = [&](AreaId one) {
    area.push_back(run.areas.at(one).code);
    name.push_back(run.areas.at(one).name.in(language));
  };
  for (const EscapGoal& line : stock.goals) {
    head(line.area);
    level.emplace_back("goal");
    code.push_back(run.framework.goals[line.goal].code);
    title.push_back(run.framework.goals[line.goal].title.in(language));
    measure.emplace_back("csi");
    value.push_back(line.score);
    expected.push_back(line.expected);
    own.emplace_back(line.own == no_class ? "insufficient_data" : std::string(escap_csi().classes()[line.own].id));
    indicators.push_back(line.indicators);
    of.push_back(line.of);
  }
  for (const EscapTarget& field : stock.targets) {
    head(field.area);
    level.emplace_back("target");
    code.push_back(run.targets[field.target].target->code);
    title.push_back(run.targets[field.target].target->title.in(language));
    measure.emplace_back("api");
    value.push_back(field.gap);
    expected.push_back(no_figure);
    own.emplace_back(field.own == no_class ? "insufficient_data" : std::string(escap_api().classes()[field.own].id));
    indicators.push_back(field.indicators);
    of.push_back(field.of);
  }
  return table;
}

Table oecd_table(const AssessmentRun& run, const std::vector<OecdDistance>& distances, const std::vector<bool>& inside,
                 bool brief, Language language) {
  Table table;
  auto& area = table.add_texts("area");
  auto& name = table.add_texts(brief ? "name" : "area_name");
  auto& level = table.add_texts("level");
  auto& code = table.add_texts("code");
  auto& title = table.add_texts("title");
  auto& distance = table.add_numbers("distance", brief ? 2 : -1);
  auto& indicators = table.add_integers("indicators");
  auto& of = table.add_integers("of");
  for (const OecdDistance& one : distances) {
    if (!inside[one.area]) continue;
    const Goal& goal = run.framework.goals[one.goal];
    const Target* target = one.target < 0 ? nullptr : run.targets[static_cast<std::size_t>(one.target)].target;
    area.push_back(run.areas.at(one.area).code);
    name.push_back(run.areas.at(one.area).name.in(language));
    level.emplace_back(target == nullptr ? "goal" : "target");
    code.push_back(target == nullptr ? goal.code : target->code);
    title.push_back(target == nullptr ? goal.title.in(language) : target->title.in(language));
    distance.push_back(one.distance);
    indicators.push_back(one.indicators);
    of.push_back(one.of);
  }
  return table;
}

Table escap(const AssessmentRun& run, const IndexArguments& a, bool brief, Language language) {
  std::vector<AreaId> areas;
  const std::vector<std::string>& codes = a.assess.areas.empty() ? run.framework.regions : a.assess.areas;
  for (const std::string& code : codes) areas.push_back(area_of(run, code));
  if (areas.empty()) {
    throw Error(ErrorKind::usage, "for which region? The framework '" + run.framework.id + "' names none",
                "Give --area, with a group or a country");
  }
  return escap_table(run, escap_stock(run, areas), brief, language);
}

Table sdsn(const AssessmentRun& run, const IndexArguments& a, bool brief, Language language) {
  SdsnOptions options;
  options.max_missing = a.max_missing.value_or(options.max_missing);
  const SdsnIndexes indexes = sdsn_indexes(run, options);
  const std::vector<bool> inside = wanted(run, a.assess.areas);
  if (a.indicators) return sdsn_cells(run, indexes, inside, language);
  return brief ? sdsn_brief(run, indexes, inside, language) : sdsn_goals(run, indexes, inside, language);
}

Table oecd(const AssessmentRun& run, const IndexArguments& a, bool brief, Language language) {
  const std::vector<bool> together = wanted(run, a.among.empty() ? std::vector<std::string>{} : std::vector{a.among});
  std::vector<AreaId> among;
  for (std::size_t i = 0; i < together.size(); ++i) {
    if (together[i]) among.push_back(static_cast<AreaId>(i));
  }
  return oecd_table(run, oecd_distances(run, among), wanted(run, a.assess.areas), brief, language);
}

void check(const IndexArguments& a) {
  if (a.method != "sdsn" && (a.indicators || a.max_missing)) {
    throw Error(ErrorKind::usage, "--indicators and --max-missing belong to --method sdsn",
                "Leave them out, or ask for --method sdsn");
  }
  if (a.method != "oecd" && !a.among.empty())
    throw Error(ErrorKind::usage, "--among belongs to --method oecd", "Leave it out, or ask for --method oecd");
  if (a.max_missing && !(*a.max_missing >= 0 && *a.max_missing <= 1)) {
    throw Error(ErrorKind::usage, "--max-missing: expected a share from 0 to 1", "Write 0.2 for a fifth; 1 ranks every country");
  }
}

}  // namespace

void add_index(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("index", "Published indices: from indicators to targets, goals, one score and a rank");
  auto arguments = std::make_shared<IndexArguments>();
  add_assess_arguments(*command, arguments->assess);
  command->add_option("--method", arguments->method, "Whose index: sdsn, escap, oecd [sdsn]")
      ->option_text("NAME")
      ->check(CLI::IsMember({"sdsn", "escap", "oecd"}));
  command->add_flag("--indicators", arguments->indicators, "sdsn: one row an indicator instead of a country or goal");
  command->add_option("--max-missing", arguments->max_missing, "sdsn: greatest share of missing indicators of an index [0.2]")
      ->option_text("SHARE");
  command->add_option("--among", arguments->among, "oecd: the group whose deviation is the unit [all countries]")
      ->option_text("CODE");
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake index my-report.yaml                        SDSN's index: needs sdsn blocks in the framework\n"
      "  stocktake index my-report.yaml --indicators --area BGD\n"
      "  stocktake index sdg --method escap --area M49_142     snapshot of goals and dashboard of targets\n"
      "  stocktake index sdg --method oecd --among WB_HIC --area FRA\n\n"
      "Formulas and sources: docs/methods.md. Goals on a terminal: G green, Y yellow, O orange, R red, - grey; ↑ on track,\n"
      "↗ moderately improving, → stagnating, ↓ decreasing, . no trend.");
  command->callback([&context, arguments] {
    check(*arguments);
    AssessArguments all = arguments->assess;  // the means of regions and the deviations need every country
    all.areas.clear();
    all.no_groups = true;
    const AssessmentRun run = run_assessment(context, all);
    const bool brief = arguments->output.format == "table";
    const Language language = context.language(arguments->output.format);
    Table table = arguments->method == "escap"  ? escap(run, *arguments, brief, language)
                  : arguments->method == "oecd" ? oecd(run, *arguments, brief, language)
                                                : sdsn(run, *arguments, brief, language);
    note_if_empty(context, run, run.rows.empty() ? 0 : table.rows(),
                  "no country of the areas asked for, or no goal of the framework, has what this index needs");
    write_table(table, arguments->output, context);
  });
}

}  // namespace stocktake
