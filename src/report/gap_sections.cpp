#include "report/gap_sections.h"

#include <algorithm>
#include <cmath>

#include "report/grid.h"

namespace stocktake {
namespace {

constexpr std::size_t commitments_named = 3;  // in a cell of the five gaps

std::string years(const GapLine& line) {
  if (line.first_year == line.last_year) return std::to_string(line.last_year);
  return std::to_string(line.first_year) + "–" + std::to_string(line.last_year);
}

void write_gap_line(Grid& grid, Html& html, const GapView& view, const GapLine& line) {
  const GapReport& report = view.report();
  grid.row();
  grid.header(view.target(line));
  grid.cell(
      view.text("report.coded_title", {{"code", line.indicator->code}, {"title", line.indicator->name.in(view.language())}}));
  std::string level = view.measured(line.to_reach, line.indicator->unit);
  if (line.proxy && !level.empty()) level += "\u00A0§";
  grid.cell(level.empty() ? view.text("gap.no_number") : level);
  std::string group;
  if (line.group) {
    group = view.text("gap.group_figure", {{"group", report.run->areas.at(*line.group).name.in(view.language())},
                                           {"value", view.measured(line.group_value, line.indicator->unit)},
                                           {"year", std::to_string(line.group_year)}});
    if (line.group_gap > 0)
      group += " " + view.text("gap.missing", {{"value", view.measured(line.group_gap, line.indicator->unit)}});
  }
  grid.cell(group);
  const bool judged = std::isfinite(line.to_reach) && line.countries > 0;
  grid.cell(judged               ? view.text("report.of", {{"part", line.met}, {"whole", line.countries}})
            : line.countries > 0 ? view.words().number(line.countries, 0)
                                 : "");
  grid.cell(line.countries > 0
                ? view.text("report.dated", {{"value", view.measured(line.median, line.indicator->unit)}, {"year", years(line)}})
                : "");
  if (line.commitments.empty()) {
    grid.cell("");
    return;
  }
  grid.open();
  for (std::size_t i = 0; i < line.commitments.size() && i < commitments_named; ++i) {
    const CommitmentAccount& row = report.accounts.rows[line.commitments[i]];
    html.open("p").element("bdi", row.commitment->text);
    html.text(" – " + view.word("status", to_string(row.status))).close();
  }
  if (line.commitments.size() > commitments_named)
    html.element("p", view.text("gap.more", {{"n", line.commitments.size() - commitments_named}}));
  grid.close();
}

std::string money_cell(const GapView& view, const LeagueRow& row, double LeagueMoney::*field) {
  std::string text;
  for (const LeagueMoney& money : row.money) text += (text.empty() ? "" : "; ") + view.money(money.*field, money.unit);
  return text;
}

}  // namespace

GapPart::GapPart(Html& html, const GapView& view, std::string_view id, bool chapter) : html_(html), chapter_(chapter) {
  const std::string name = "gap-" + std::string(id);
  const std::string heading = view.text("gap." + std::string(id) + ".heading");
  if (chapter) {
    html.element("h3", {{"id", name}}, heading);
  } else {
    html.open("section", {{"id", name}, {"aria-labelledby", "h-" + name}});
    html.element("h2", {{"id", "h-" + name}}, heading);
  }
  html.element("p", {{"class", chapter ? "small" : "lead"}}, view.text("gap." + std::string(id) + ".lead"));
}

void GapPart::finish() {
  if (!chapter_) html_.close();
  html_.line();
}

void write_gap_summary(Html& html, const GapView& view) {
  const GapReport& report = view.report();
  html.open("p");
  if (report.accounts.rows.empty()) {
    html.text(view.text("gap.empty")).close().open("p").text(view.text("gap.empty_remedy")).text(" ");
    html.element("code", "stocktake commitments import").text(", ").element("code", "stocktake commitments add").close();
  } else {
    html.text(view.text("gap.summary", {{"commitments", report.accounts.rows.size()},
                                        {"actors", report.league.size()},
                                        {"kept", report.kept()},
                                        {"overdue", report.overdue()}}));
    html.close();
  }
  html.line();
  if (report.accounts.proposed + report.accounts.later == 0) return;
  html.element("p", {{"class", "small"}},
               view.text("gap.left_out", {{"proposed", report.accounts.proposed}, {"later", report.accounts.later}}));
}

void write_five_gaps(Html& html, const GapView& view, bool chapter) {
  GapPart part(html, view, "five", chapter);
  const GapReport& report = view.report();
  const bool figures = std::any_of(report.gaps.begin(), report.gaps.end(), [](const GapArea& area) {
    return std::any_of(area.lines.begin(), area.lines.end(),
                       [](const GapLine& line) { return line.countries > 0 || line.group; });
  });
  if (report.run == nullptr || !figures) {
    html.open("p").text(view.text("gap.five.none")).text(" ").element("code", "stocktake import").close();
  }
  for (const GapArea& area : report.gaps) {
    html.element(chapter ? "h4" : "h3", area.goal->title.in(view.language()));
    if (!area.commitments.empty()) {
      html.element("p", {{"class", "small"}},
                   view.text("gap.five.count", {{"n", area.commitments.size()}, {"kept", area.kept}, {"overdue", area.overdue}}));
    }
    Grid grid(html, area.goal->title.in(view.language()),
              {{view.text("column.target")},
               {view.text("column.indicator")},
               {view.text("gap.column.to_reach"), true},
               {view.text("gap.column.together")},
               {view.text("gap.column.countries"), true},
               {view.text("gap.column.median"), true},
               {view.text("gap.column.commitments")}});
    for (const GapLine& line : area.lines) write_gap_line(grid, html, view, line);
    grid.finish();
  }
  const bool proxies = std::any_of(report.gaps.begin(), report.gaps.end(), [](const GapArea& area) {
    return std::any_of(area.lines.begin(), area.lines.end(), [](const GapLine& line) { return line.proxy; });
  });
  if (proxies) html.element("p", {{"class", "small"}}, view.text("gap.five.proxy"));
  part.finish();
}

void write_aid(Html& html, const GapView& view, bool chapter) {
  if (!view.report().aid) return;
  const AidGap& aid = *view.report().aid;
  GapPart part(html, view, "aid", chapter);
  html.element("p", view.text("gap.aid.summary",
                              {{"kept", aid.kept},
                               {"known", aid.known},
                               {"year", std::to_string(aid.year)},
                               {"promise", view.measured(aid.promise.percent, "PERCENT")},
                               {"basis", view.text(aid.basis == OdaBasis::net_flow ? "gap.aid.net" : "gap.aid.grant")}}));
  html.element(
      "p", {{"class", "small"}},
      aid.constant ? view.text("gap.aid.constant", {{"base", std::to_string(*aid.constant)}}) : view.text("gap.aid.current"));
  Grid grid(html, view.text("gap.aid.heading"),
            {{view.text("gap.column.donor")},
             {view.text("gap.column.share_of_income"), true},
             {view.text("gap.stage.promised"), true},
             {view.text("gap.stage.delivered"), true},
             {view.text("gap.stage.gap"), true},
             {view.text("gap.column.years_kept"), true}});
  const auto dollars = [&](double millions) { return std::isfinite(millions) ? view.money(millions * 1e6, "USD") : ""; };
  for (const AidGapRow& row : aid.rows) {
    grid.row();
    grid.header(row.name.in(view.language()));
    grid.cell(view.measured(row.gap.share, "PERCENT"));
    grid.cell(dollars(row.gap.promised));
    grid.cell(dollars(row.gap.delivered));
    grid.cell(row.gap.kept ? view.text("gap.kept") : dollars(row.gap.gap));
    grid.cell(view.text("report.of", {{"part", row.gap.years_kept.size()}, {"whole", row.gap.years_known}}));
  }
  grid.finish();
  part.finish();
}

void write_league(Html& html, const GapView& view, bool chapter) {
  GapPart part(html, view, "league", chapter);
  const GapReport& report = view.report();
  if (report.league.empty()) {
    html.element("p", view.text("gap.empty"));
    part.finish();
    return;
  }
  const bool money = !report.waterfalls.empty();
  std::vector<Grid::Column> columns{{view.text("column.rank"), true},        {view.text("gap.column.actor")},
                                    {view.text("gap.column.kind")},          {view.text("gap.column.commitments"), true},
                                    {view.text("gap.column.kept"), true},    {view.text("gap.column.broken"), true},
                                    {view.text("gap.column.overdue"), true}, {view.text("gap.column.fulfilled"), true}};
  if (money) {
    columns.push_back({view.text("gap.stage.promised"), true});
    columns.push_back({view.text("gap.stage.delivered"), true});
    columns.push_back({view.text("gap.stage.gap"), true});
  }
  Grid grid(html, view.text("gap.league.heading"), std::move(columns));
  for (const LeagueRow& row : report.league) {
    grid.row();
    grid.cell(row.rank ? std::to_string(*row.rank) : "");
    grid.header(view.isolated(row.actor.name));
    grid.cell(view.word("kind", to_string(row.actor.kind)));
    grid.cell(std::to_string(row.commitments));
    grid.cell(std::to_string(row.kept));
    grid.cell(std::to_string(row.broken));
    grid.cell(std::to_string(row.overdue));
    grid.cell(view.share(row.fulfilled));
    if (!money) continue;
    grid.cell(money_cell(view, row, &LeagueMoney::promised));
    grid.cell(money_cell(view, row, &LeagueMoney::delivered));
    grid.cell(money_cell(view, row, &LeagueMoney::gap));
  }
  grid.finish();
  part.finish();
}

void write_waterfalls(Html& html, const GapView& view, bool chapter) {
  GapPart part(html, view, "waterfall", chapter);
  const GapReport& report = view.report();
  if (report.waterfalls.empty()) html.element("p", view.text("gap.waterfall.none"));
  for (const Waterfall& one : report.waterfalls) {
    html.element(chapter ? "h4" : "h3", view.text("gap.waterfall.unit", {{"unit", one.unit}, {"n", one.commitments}}));
    draw_waterfall(html, view, one);
    Grid grid(html, view.text("gap.waterfall.unit", {{"unit", one.unit}, {"n", one.commitments}}),
              {{view.text("gap.column.stage")},
               {view.text("gap.column.amount"), true},
               {view.text("gap.column.share"), true},
               {view.text("gap.column.lost"), true}});
    for (const WaterfallBar& bar : bars_of(one)) {
      grid.row();
      grid.header(view.word("stage", bar.stage));
      grid.cell(view.money(bar.to - bar.from, one.unit));
      grid.cell(one.stages.promised > 0 ? view.share((bar.to - bar.from) / one.stages.promised) : "");
      grid.cell(bar.lost > 0 ? view.money(bar.lost, one.unit) : "");
    }
    grid.finish();
    std::string notes;
    const auto add = [&](const char* key, double amount) {
      if (amount > 0) notes += (notes.empty() ? "" : " ") + view.text(key, {{"amount", view.money(amount, one.unit)}});
    };
    add("gap.waterfall.overdue", one.overdue);
    add("gap.waterfall.withdrawn", one.withdrawn);
    add("gap.waterfall.beyond", one.stages.beyond);
    if (!notes.empty()) html.element("p", {{"class", "small"}}, notes);
  }
  part.finish();
}

}  // namespace stocktake
