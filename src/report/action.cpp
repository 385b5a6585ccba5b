// What needs action first: targets and countries by the published ranking with the range of each rank, special situations,
// gains at risk of reversal and gains to sustain.
#include <algorithm>
#include <cmath>

#include "report/grid.h"
#include "report/interval_drawing.h"
#include "report/sections.h"
#include "report/shown.h"
#include "report/verdicts.h"

namespace stocktake {
namespace {

std::string of(const View& view, int part, int whole) { return view.text("report.of", {{"part", part}, {"whole", whole}}); }

// The axis of a list's rank bars ends with the last rank that a row shown may take.
template <typename Items>
std::size_t last_rank(const Items& items, std::size_t shown) {
  double last = static_cast<double>(shown);
  for (std::size_t i = 0; i < shown; ++i) last = std::fmax(last, items[i].rank.high);
  return static_cast<std::size_t>(last);
}

std::string people(const View& view, const PriorityTarget& one) {
  const std::string millions = view.millions(one.people);
  if (millions.empty()) return {};
  return view.text("action.people_share", {{"people", millions}, {"share", view.words().percent(one.people_share, 0)}});
}

void write_targets(Html& html, const View& view) {
  const auto& all = view.insights().priorities.targets;
  html.element("h3", view.text("action.targets")).element("p", {{"class", "small"}}, view.text("action.targets_rule"));
  if (all.empty()) {
    html.element("p", view.text("action.none"));
    return;
  }
  Grid grid(html, view.text("action.targets"),
            {{view.text("column.rank"), true},
             {view.text("column.target")},
             {view.text("column.rank_range")},
             {view.text("column.off_of"), true},
             {view.text("column.stalled_of"), true},
             {view.text("column.people")},
             {view.text("column.behind"), true},
             {view.text("column.score"), true}});
  const std::size_t shown = std::min(all.size(), priority_targets_shown), last = last_rank(all, shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const PriorityTarget& one = all[i];
    grid.row();
    grid.cell(std::to_string(i + 1));
    grid.header(view.target(one.target));
    write_rank_range(grid.open(), view, i + 1, one.rank, last);
    grid.close();
    const char* units = one.regions ? "action.regions" : "action.countries_of";
    grid.cell(view.text(units, {{"share", of(view, one.off_track, one.judged)}}));
    grid.cell(of(view, one.stalled, one.judged));
    grid.cell(people(view, one));
    grid.cell(view.millions(one.behind));
    grid.cell(view.words().number(one.score, 2) + (one.few ? "\u00A0*" : ""));
  }
  grid.finish();
  const bool few = std::any_of(all.begin(), all.end(), [](const PriorityTarget& one) { return one.few; });
  if (few) html.element("p", {{"class", "small"}}, view.text("action.few_countries"));
}

std::string situations(const View& view, const PriorityCountry& one) {
  std::vector<std::string> names;
  for (const AreaId group : one.situations) names.push_back(view.area(group));
  return names.empty() ? "" : view.words().list(names);
}

void write_ranked_countries(Html& html, const View& view) {
  const auto& all = view.insights().priorities.countries;
  html.element("h3", view.text("action.countries")).element("p", {{"class", "small"}}, view.text("action.countries_rule"));
  if (all.empty()) {
    html.element("p", view.text("countries.none"));
    return;
  }
  const std::size_t shown = std::min(all.size(), priority_countries_shown), last = last_rank(all, shown);
  const bool all_few = std::all_of(all.begin(), all.end(), [](const PriorityCountry& one) { return one.few; });
  Grid grid(html, view.text("action.countries"),
            {{view.text("column.rank"), true},
             {view.text("column.country")},
             {view.text("column.rank_range")},
             {view.text("column.off_of"), true},
             {view.text("column.stalled_of"), true},
             {view.text("column.mean_gap"), true},
             {view.text("column.population"), true},
             {view.text("column.situations")},
             {view.text("column.score"), true}});
  for (std::size_t i = 0; i < shown; ++i) {
    const PriorityCountry& one = all[i];
    grid.row();
    grid.cell(std::to_string(i + 1));
    grid.header(view.area(one.area));
    write_rank_range(grid.open(), view, i + 1, one.rank, last);
    grid.close();
    grid.cell(of(view, one.off_track, one.judged));
    grid.cell(of(view, one.stalled, one.judged));
    grid.cell(view.words().percent(one.gap, 0));
    grid.cell(view.millions(one.population));
    grid.cell(situations(view, one));
    grid.cell(view.words().number(one.score, 2) + (one.few && !all_few ? "\u00A0*" : ""));
  }
  grid.finish();
  html.open("p", {{"class", "small"}}).text(view.text("action.shown", {{"shown", shown}, {"all", all.size()}}));
  const bool few = std::any_of(all.begin(), all.end(), [](const PriorityCountry& one) { return one.few; });
  if (few) {
    html.text(" " + view.text(all_few ? "action.all_few_targets" : "action.few_targets",
                              {{"n", view.insights().priority_options.min_targets}}));
  }
  html.close().line();
}

void write_situations(Html& html, const View& view) {
  const auto& all = view.insights().priorities.situations;
  if (std::none_of(all.begin(), all.end(), [](const Situation& one) { return one.judged > 0; })) return;
  html.element("h3", view.text("action.situations")).element("p", {{"class", "small"}}, view.text("action.situations_rule"));
  Grid grid(html, view.text("action.situations"),
            {{view.text("column.group")},
             {view.text("column.judged_countries"), true},
             {view.text("column.off_of"), true},
             {view.text("column.stalled_of"), true},
             {view.text("column.mean_gap"), true}});
  for (const Situation& one : all) {
    grid.row();
    grid.header(view.area(one.group));
    grid.cell(of(view, one.countries, one.members));
    grid.cell(of(view, one.off_track, one.judged));
    grid.cell(of(view, one.stalled, one.judged));
    grid.cell(view.words().percent(one.gap, 0));
  }
  grid.finish();
}

std::string reason(const View& view, const RiskRow& one) {
  std::vector<std::string> reasons;
  if (one.wrong_way) reasons.push_back(view.text("risk.wrong_way"));
  if (one.unlikely) reasons.push_back(view.text("risk.unlikely"));
  return view.words().list(reasons);
}

void write_risks(Html& html, const View& view) {
  const std::size_t all = view.insights().priorities.risk.size();
  const std::vector<RiskRow> shown = shown_risks(view.insights().priorities);
  html.element("h3", {{"id", "risk"}}, view.text("risk.heading"));
  html.element("p", {{"class", "small"}},
               view.text("risk.rule", {{"share", view.words().percent(view.insights().priority_options.risk_probability, 0)},
                                       {"years", view.insights().priority_options.recent_years}}));
  if (shown.empty()) {
    html.element("p", view.text("risk.none"));
    return;
  }
  if (view.has_outlooks()) write_interval_key(html, view);
  std::vector<Grid::Column> columns{{view.text("column.area")},
                                    {view.text("column.target")},
                                    {view.text("column.latest"), true},
                                    {view.text("column.goal_value"), true},
                                    {view.text("column.verdict")},
                                    {view.text("column.why")},
                                    {view.text("column.recent_pace"), true}};
  if (view.has_outlooks()) {
    columns.push_back({view.text("column.chance"), true});
    columns.push_back({view.text("column.likely")});
  }
  columns.push_back({view.text("column.source")});
  Grid grid(html, view.text("risk.heading"), std::move(columns));
  for (const RiskRow& one : shown) {
    const Assessment& row = view.run().rows[one.row];
    const Verdict verdict = ranked_verdict(row);
    grid.row();
    grid.header(view.area(row.area) + (view.marks(row).empty() ? "" : "\u00A0" + view.marks(row)));
    grid.cell(view.text("report.coded_title", {{"code", view.code(row.target)}, {"title", view.indicator(row)}}));
    grid.cell(view.text("report.dated", {{"value", view.latest(row)}, {"year", view.latest_year(row)}}));
    grid.cell(view.value(row.facts.target));
    grid.open().trusted(verdict_icon(verdict));
    html.text(verdict_word(view.words(), verdict, verdict == row.mdg ? ChartRule::mdg : ChartRule::sdg));
    grid.close();
    grid.cell(reason(view, one));
    const std::string pace = view.words().number(one.recent_pace, 2, 0);
    grid.cell(pace.empty() ? "" : view.text("report.units_a_year", {{"value", pace}}));
    if (view.has_outlooks()) {
      grid.cell(view.chance(row));
      write_interval(grid.open(), view, row);
      grid.close();
    }
    const std::string number = std::to_string(view.source(row));
    grid.open().open("a", {{"href", "#source-" + number}}).text("[" + number + "]").close();
    grid.close();
  }
  grid.finish();
  html.element("p", {{"class", "small"}}, view.text("action.shown", {{"shown", shown.size()}, {"all", all}}));
}

void write_sustained(Html& html, const View& view) {
  html.element("h3", view.text("sustained.heading")).open("p", {{"class", "small"}}).text(view.text("sustained.rule") + " ");
  html.element("a", {{"href", "#sustain"}}, view.text("sustain.heading")).close().line();
  const std::vector<Sustained> all = shown_sustained(view.run(), view.insights().priorities);
  if (all.empty()) html.element("p", view.text("sustained.none"));
  for (const Sustained& target : all) {
    html.element("h4", view.target(target.target));
    html.element("p", {{"class", "small"}},
                 view.text("sustained.shown", {{"shown", target.rows.size()}, {"all", target.countries}}));
    html.open("ul", {{"class", "chips"}});
    for (const std::uint32_t index : target.rows) {
      const Assessment& row = view.run().rows[index];
      const Verdict verdict = ranked_verdict(row);
      html.open("li").trusted(verdict_icon(verdict)).open("span", {{"class", "sr"}});
      html.text(verdict_word(view.words(), verdict, verdict == row.mdg ? ChartRule::mdg : ChartRule::sdg)).close();
      html.text(" " + view.area(row.area) + " ").open("span", {{"class", "small"}});
      html.text(view.text("report.dated", {{"value", view.latest(row)}, {"year", view.latest_year(row)}}));
      if (const std::string chance = view.chance(row); !chance.empty())
        html.text(" · " + view.text("chance.short", {{"share", chance}}));
      html.close().close();
    }
    html.close().line();
  }
}

}  // namespace

void write_action(Html& html, const View& view) {
  const PriorityOptions& options = view.insights().priority_options;
  html.open("section", {{"id", "action"}, {"class", "wide"}, {"aria-labelledby", "h-action"}});
  html.element("h2", {{"id", "h-action"}}, view.text("action.heading"));
  html.open("p", {{"class", "lead"}}).text(view.text("action.lead", {{"draws", options.draws}}) + " ");
  html.element("a", {{"href", "#how-action"}}, view.text("notes.how_action")).close().line();
  write_targets(html, view);
  write_ranked_countries(html, view);
  write_situations(html, view);
  write_risks(html, view);
  write_sustained(html, view);
  html.close().line();
}

}  // namespace stocktake
