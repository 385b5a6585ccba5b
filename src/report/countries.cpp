// Who is furthest behind, and for which targets nobody can say: countries and the gaps in their data.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/grid.h"
#include "report/interval_drawing.h"
#include "report/sections.h"

namespace stocktake {
namespace {

constexpr std::size_t countries_shown = 20;  // a target

void write_target(Html& html, const View& view, std::uint16_t target, const std::vector<RankedCountry>& countries) {
  const Assessment& first = view.run().rows[countries.front().row];
  const std::size_t shown = std::min(countries.size(), countries_shown);
  html.element("h3", view.target(target)).open("p", {{"class", "small"}});
  html.text(view.indicator(first) + ", " + view.unit(first) + ". " +
            view.text("countries.shown", {{"shown", shown}, {"all", countries.size()}}))
      .close();
  std::vector<Grid::Column> columns{{view.text("column.rank"), true},        {view.text("column.country")},
                                    {view.text("column.latest"), true},      {view.text("column.goal_value"), true},
                                    {view.text("column.gap"), true},         {view.text("column.observed"), true},
                                    {view.text("column.needed"), true},      {view.text("column.acceleration"), true},
                                    {view.text("column.pace_before"), true}, {view.text("column.year_met"), true}};
  if (view.has_outlooks()) {
    columns.push_back({view.text("column.chance"), true});
    columns.push_back({view.text("column.likely")});
  }
  columns.push_back({view.text("column.source")});
  Grid grid(html, view.text("countries.caption", {{"target", view.target(target)}}), std::move(columns));
  for (std::size_t i = 0; i < shown; ++i) {
    const Assessment& row = view.run().rows[countries[i].row];
    grid.row();
    grid.cell(std::to_string(i + 1));
    grid.header(view.area(row.area) + (view.marks(row).empty() ? "" : "\u00A0" + view.marks(row)));
    grid.cell(view.text("report.dated", {{"value", view.latest(row)}, {"year", view.latest_year(row)}}));
    grid.cell(view.value(row.facts.target));
    grid.cell(view.words().percent(countries[i].gap, 0));
    grid.cell(view.observed_pace(row));
    grid.cell(view.needed_pace(row));
    const std::string factor = view.acceleration(row);
    grid.cell(factor.empty() ? view.text("countries.reverse") : factor);
    grid.cell(view.pace_before(row));
    grid.cell(view.year_met(row));
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
}

// A stacked bar of a target's countries: judged, insufficient, too old, none.
void draw_stack(Html& html, const DataGap& gap) {
  html.open("svg", {{"class", "bar"}, {"viewBox", "0 0 100 10"}, {"preserveAspectRatio", "none"}, {"aria-hidden", "true"}});
  double x = 0;
  const auto part = [&](const char* css, int count) {
    const double width = gap.countries > 0 ? 100.0 * count / gap.countries : 0;
    if (width > 0)
      html.empty("rect",
                 {{"class", css}, {"x", fmt::format("{:.1f}", x)}, {"width", fmt::format("{:.1f}", width)}, {"height", "10"}});
    x += width;
  };
  part("judged", gap.judged);
  part("few", gap.insufficient);
  part("old", gap.too_old);
  part("none", gap.no_data);
  html.close();
}

}  // namespace

void write_countries(Html& html, const View& view) {
  std::map<std::uint16_t, std::vector<RankedCountry>> by_target;
  for (const RankedCountry& country : view.stock().furthest_behind)
    by_target[view.run().rows[country.row].target].push_back(country);
  html.open("section", {{"id", "countries"}, {"class", "wide"}, {"aria-labelledby", "h-countries"}});
  html.element("h2", {{"id", "h-countries"}}, view.text("countries.heading"));
  html.element("p", {{"class", "lead"}}, view.text("countries.rule"));
  if (view.has_outlooks() && !by_target.empty()) {
    html.open("p", {{"class", "small"}}).text(view.text("interval.lead") + " ");
    html.element("a", {{"href", "#how-outlook"}}, view.text("notes.how_outlook")).text(" · ");
    html.element("a", {{"href", "#how-pace"}}, view.text("notes.how_pace")).close();
    write_interval_key(html, view);
  }
  if (by_target.empty()) html.element("p", view.text("countries.none"));
  for (const auto& [target, countries] : by_target) write_target(html, view, target, countries);
  html.close().line();
}

void write_gaps(Html& html, const View& view) {
  html.open("section", {{"id", "gaps"}, {"aria-labelledby", "h-gaps"}});
  html.element("h2", {{"id", "h-gaps"}}, view.text("gaps.heading")).element("p", {{"class", "lead"}}, view.text("gaps.lead"));
  Grid grid(html, view.text("gaps.heading"),
            {{view.text("column.target")},
             {view.text("column.judged"), true},
             {view.text("column.few"), true},
             {view.text("column.old"), true},
             {view.text("column.none"), true},
             {view.text("column.share_judged"), true}});
  for (const DataGap& gap : view.stock().gaps) {
    grid.row();
    grid.header(view.target(gap.target));
    for (const int count : {gap.judged, gap.insufficient, gap.too_old, gap.no_data}) grid.cell(std::to_string(count));
    Html& cell = grid.open();
    draw_stack(cell, gap);
    const double share = gap.countries > 0 ? static_cast<double>(gap.judged) / gap.countries : 0;
    cell.open("span", {{"class", "figure"}}).text(view.words().percent(share, 0)).close();
    grid.close();
  }
  grid.finish();
  html.close().line();
}

}  // namespace stocktake
