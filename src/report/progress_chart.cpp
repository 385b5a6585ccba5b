// The progress chart: one row a target, one column a group, as in the UN's chart. Each cell has a symbol and a word besides
// its colour, the latest figure with its year, marks and the number of its source; two radio buttons choose the rule.
#include <array>
#include <cstdlib>

#include "report/grid.h"
#include "report/interval_drawing.h"
#include "report/sections.h"
#include "report/verdicts.h"

namespace stocktake {
namespace {

constexpr std::array rules{ChartRule::mdg, ChartRule::sdg};

std::string rule_name(const View& view, ChartRule rule) {
  return view.text(rule == ChartRule::mdg ? "chart.rule_mdg" : "chart.rule_sdg");
}
std::string rule_short(const View& view, ChartRule rule) {
  return view.text(rule == ChartRule::mdg ? "chart.short_mdg" : "chart.short_sdg");
}

std::string dated(const View& view, std::string value, int year) {
  return value.empty() ? "" : view.text("report.dated", {{"value", std::move(value)}, {"year", std::to_string(year)}});
}

std::string tooltip(const View& view, const Assessment& row) {
  std::string text =
      view.target(row.target) + "\n" + view.area(row.area) + "\n" + view.indicator(row) + " (" + view.unit(row) + ")";
  const Facts& facts = row.facts;
  if (facts.latest_year != 0) {
    text += "\n" + view.text("chart.tip_figures", {{"base", dated(view, view.value(facts.base), facts.base_year)},
                                                   {"latest", dated(view, view.latest(row), facts.latest_year)}});
  }
  if (const std::string goal = view.value(facts.target); !goal.empty()) {
    text += "\n" + view.text("chart.tip_target", {{"target", dated(view, goal, facts.deadline_year)}});
  }
  if (const std::string chance = view.chance(row); !chance.empty())
    text += "\n" + view.text("chart.tip_chance", {{"share", chance}, {"range", view.likely_range(row)}});
  for (const ChartRule rule : rules) {
    text += "\n" + view.text("chart.tip_verdict", {{"rule", rule_name(view, rule)},
                                                   {"verdict", verdict_sentence(view.words(), verdict_of(row, rule), rule)}});
  }
  return text + "\n" + view.text("chart.tip_source", {{"source", view.run().source_of(row)}});
}

// "Two thirds since 2000" is not the promise of "two thirds since 1990": such a cell says from when it counts.
bool late_base(const View& view, const Assessment& row) {
  constexpr int late = 5;
  const int baseline = view.run().framework.baseline_of(*view.run().targets[row.target].target, view.run().rule(row));
  return is_judgement(row.mdg) && row.facts.base_year != 0 && std::abs(row.facts.base_year - baseline) >= late;
}

void write_cell(Html& html, const View& view, const Assessment* row) {
  if (row == nullptr) {
    html.open("td", {{"class", "m-none s-none"}})
        .open("span", {{"class", "v"}})
        .text(view.text("chart.no_series"))
        .close()
        .close();
    return;
  }
  html.open("td", {{"class", "m-" + std::string(verdict_class(row->mdg)) + " s-" + std::string(verdict_class(row->sdg))},
                   {"title", tooltip(view, *row)}});
  for (const ChartRule rule : rules) {
    const Verdict verdict = verdict_of(*row, rule);
    html.open("span", {{"class", rule == ChartRule::mdg ? "v by-m" : "v by-s"}}).trusted(verdict_icon(verdict));
    html.text(verdict_word(view.words(), verdict, rule)).close();
  }
  if (row->facts.latest_year != 0) {
    html.open("span", {{"class", "f"}})
        .open("b")
        .element("bdi", {{"dir", "ltr"}}, view.latest(*row))
        .close()
        .text(" (" + view.latest_year(*row) + ")")
        .close();
  }
  if (late_base(view, *row))
    html.element("span", {{"class", "f"}}, " " + view.text("chart.from", {{"year", std::to_string(row->facts.base_year)}}));
  if (const std::string chance = view.chance(*row); !chance.empty())
    html.element("span", {{"class", "f"}}, view.text("chance.short", {{"share", chance}}));
  html.open("span", {{"class", "k"}}).open("bdi", {{"dir", "ltr"}}).text(view.marks(*row));
  // An indicator that is not the target's first must not be taken for it.
  const TargetRule& promised = view.run().rule(*row);
  if (!promised.headline) html.element("b", promised.indicator);
  html.close().text(" ");
  const std::string number = std::to_string(view.source(*row));
  html.open("a", {{"href", "#source-" + number}, {"aria-label", view.text("report.source_number", {{"n", number}})}});
  const std::string edition = view.run().edition_of(*row);
  html.text(edition.empty() ? "[" + number + "]" : edition).close();
  html.close().text(" ");
  // The other rule's verdict, small.
  for (const ChartRule rule : rules) {
    const Verdict verdict = verdict_of(*row, rule);
    html.open("span", {{"class", rule == ChartRule::mdg ? "o by-s" : "o by-m"}}).text(rule_short(view, rule) + " ");
    html.trusted(verdict_icon(verdict)).element("span", {{"class", "sr"}}, verdict_word(view.words(), verdict, rule)).close();
  }
  html.close();
}

void write_table(Html& html, const View& view) {
  const Stocktaking& stock = view.stock();
  const std::string caption = view.text("chart.caption", {{"date", view.words().date(view.run().options.at)}});
  html.open("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", caption}});
  html.open("table", {{"class", "progress"}}).element("caption", caption).open("thead").open("tr");
  html.element("th", {{"scope", "col"}, {"class", "stick"}}, view.text("chart.target"));
  for (const AreaId group : stock.groups) html.element("th", {{"scope", "col"}}, view.area(group));
  html.close().close().line();
  const std::string columns = std::to_string(stock.groups.size());
  const Goal* goal = nullptr;
  for (std::size_t t = 0; t < stock.targets.size(); ++t) {
    const RunTarget& target = view.run().targets[stock.targets[t]];
    if (target.goal != goal) {
      if (goal != nullptr) html.close().line();
      goal = target.goal;
      html.open("tbody").open("tr", {{"class", "goal"}}).open("th", {{"scope", "rowgroup"}, {"class", "stick"}});
      html.element("span", view.text("chart.goal", {{"code", goal->code}, {"title", goal->title.in(view.language())}})).close();
      html.open("td", {{"colspan", columns}}).close().close().line();
    }
    html.open("tr")
        .open("th", {{"scope", "row"}, {"class", "stick"}})
        .open("b")
        .element("bdi", {{"dir", "ltr"}}, view.code(stock.targets[t]))
        .close();
    html.text(" " + view.title(stock.targets[t])).close();
    for (std::size_t g = 0; g < stock.groups.size(); ++g) write_cell(html, view, view.cell(t, g));
    html.close().line();
  }
  if (goal != nullptr) html.close();
  html.close().close().line();
}

void write_legend(Html& html, const View& view) {
  constexpr std::array mdg{Verdict::met, Verdict::on_track, Verdict::insufficient, Verdict::deterioration};
  constexpr std::array sdg{Verdict::met, Verdict::on_track, Verdict::fair, Verdict::insufficient, Verdict::deterioration};
  constexpr std::array neither{Verdict::insufficient_data, Verdict::data_too_old, Verdict::not_quantified,
                               Verdict::not_applicable};
  const auto entry = [&](Verdict verdict, ChartRule rule, std::string_view shown) {
    html.open("li", {{"class", shown}}).open("span", {{"class", "swatch w-" + std::string(verdict_class(verdict))}});
    html.trusted(verdict_icon(verdict)).text(verdict_word(view.words(), verdict, rule)).close();
    html.text(" " + verdict_sentence(view.words(), verdict, rule)).close();
  };
  html.open("div", {{"class", "legend"}}).element("h3", view.text("chart.legend")).open("ul");
  for (const Verdict verdict : mdg) entry(verdict, ChartRule::mdg, "by-m");
  for (const Verdict verdict : sdg) entry(verdict, ChartRule::sdg, "by-s");
  for (const Verdict verdict : neither) entry(verdict, ChartRule::mdg, "");
  html.open("li").open("span", {{"class", "swatch w-none"}}).text(view.text("chart.no_series")).close();
  html.text(" " + view.text("chart.no_series_means")).close().close().line();
  html.open("ul", {{"class", "marks"}});
  for (const char* mark : {"figure", "late", "chance", "indicator", "computed", "near", "proxy", "source", "other"}) {
    if (!view.has_outlooks() && std::string_view(mark) == "chance") continue;
    html.open("li")
        .element("b", view.text(std::string("mark.") + mark))
        .text(" " + view.text(std::string("mark.means.") + mark))
        .close();
  }
  html.close().close().line();
}

// Every figure of the chart in full, for those who cannot point at a cell or want to copy it.
void write_figures(Html& html, const View& view) {
  const Stocktaking& stock = view.stock();
  html.open("details").element("summary", view.text("chart.all_figures"));
  std::vector<Grid::Column> columns{{view.text("column.target")},         {view.text("column.group")},
                                    {view.text("column.indicator")},      {view.text("column.base"), true},
                                    {view.text("column.latest"), true},   {view.text("column.goal_value"), true},
                                    {view.text("column.observed"), true}, {view.text("column.needed"), true},
                                    {view.text("chart.rule_mdg")},        {view.text("chart.rule_sdg")}};
  if (view.has_outlooks()) {
    columns.push_back({view.text("column.chance"), true});
    columns.push_back({view.text("column.likely")});
    columns.push_back({view.text("column.likely_year")});
    html.open("p", {{"class", "small"}}).text(view.text("interval.lead") + " ");
    html.element("a", {{"href", "#how-outlook"}}, view.text("notes.how_outlook")).close();
    write_interval_key(html, view);
  }
  columns.push_back({view.text("column.source")});
  Grid grid(html, view.text("chart.all_figures"), std::move(columns));
  for (std::size_t t = 0; t < stock.targets.size(); ++t) {
    for (std::size_t g = 0; g < stock.groups.size(); ++g) {
      const Assessment* row = view.cell(t, g);
      if (row == nullptr) continue;
      const Facts& facts = row->facts;
      grid.row();
      grid.header(view.code(row->target));
      grid.cell(view.area(row->area) + " " + view.marks(*row));
      grid.cell(view.indicator(*row) + ", " + view.unit(*row));
      grid.cell(dated(view, view.value(facts.base), facts.base_year));
      grid.cell(dated(view, view.latest(*row), facts.latest_year));
      grid.cell(dated(view, view.value(facts.target), facts.deadline_year));
      grid.cell(view.observed_pace(*row));
      grid.cell(view.needed_pace(*row));
      for (const ChartRule rule : rules) {
        const Verdict verdict = verdict_of(*row, rule);
        grid.open().trusted(verdict_icon(verdict)).text(verdict_word(view.words(), verdict, rule));
        grid.close();
      }
      if (view.has_outlooks()) {
        grid.cell(view.chance(*row));
        write_interval(grid.open(), view, *row);
        grid.close();
        grid.cell(view.likely_year(*row));
      }
      grid.open()
          .open("a", {{"href", "#source-" + std::to_string(view.source(*row))}})
          .text("[" + std::to_string(view.source(*row)) + "]")
          .close();
      grid.close();
    }
  }
  grid.finish();
  html.close().line();
}

}  // namespace

void write_progress_chart(Html& html, const View& view) {
  html.open("section", {{"id", "chart"}, {"class", "wide"}, {"aria-labelledby", "h-chart"}});
  html.element("h2", {{"id", "h-chart"}}, view.text("chart.heading")).element("p", {{"class", "lead"}}, view.text("chart.lead"));
  html.open("div", {{"class", "chart"}, {"role", "group"}, {"aria-label", view.text("chart.choose")}});
  html.open("span", {{"class", "choose"}}).text(view.text("chart.choose")).close();
  html.empty("input", {{"type", "radio"}, {"name", "rule"}, {"id", "by-mdg"}, {"checked", ""}});
  html.element("label", {{"for", "by-mdg"}}, rule_name(view, ChartRule::mdg));
  html.empty("input", {{"type", "radio"}, {"name", "rule"}, {"id", "by-sdg"}});
  html.element("label", {{"for", "by-sdg"}}, rule_name(view, ChartRule::sdg)).line();
  write_legend(html, view);
  write_table(html, view);
  html.close();
  write_figures(html, view);
  html.close().line();
}

}  // namespace stocktake
