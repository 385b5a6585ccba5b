// Targets ranked: most off track, stalled, and those whose momentum must be kept.
#include <fmt/format.h>

#include <algorithm>

#include "report/grid.h"
#include "report/sections.h"
#include "report/verdicts.h"

namespace stocktake {
namespace {

// A horizontal bar; it grows from the start of the line, so that CSS mirrors it for right-to-left languages.
void draw_bar(Html& html, double share) {
  html.open("svg", {{"class", "bar"}, {"viewBox", "0 0 100 10"}, {"preserveAspectRatio", "none"}, {"aria-hidden", "true"}});
  html.empty("rect", {{"class", "all"}, {"width", "100"}, {"height", "10"}});
  html.empty("rect", {{"class", "part"}, {"width", fmt::format("{:.1f}", std::clamp(share, 0.0, 1.0) * 100)}, {"height", "10"}})
      .close();
}

std::string worst(const View& view, const RankedTarget& ranked) {
  std::vector<std::string> names;
  for (const std::uint32_t row : ranked.worst) names.push_back(view.area(view.run().rows[row].area));
  return names.empty() ? "" : view.words().list(names);
}

void write_ranking(Html& html, const View& view, const std::vector<RankedTarget>& ranking, std::string_view id, bool stalled) {
  const std::string name(id);
  html.open("section", {{"id", name}, {"aria-labelledby", "h-" + name}});
  html.element("h2", {{"id", "h-" + name}}, view.text(name + ".heading"));
  html.element("p", {{"class", "lead"}}, view.text(name + ".rule"));
  if (ranking.empty())
    html.element("p", view.text(name + ".none"));
  else {
    Grid grid(html, view.text(name + ".heading"),
              {{view.text("column.rank"), true},
               {view.text("column.target")},
               {view.text(stalled ? "column.stalled_of" : "column.off_of"), true},
               {view.text("column.shortfall"), true},
               {view.text("column.worst")}});
    std::size_t rank = 0;
    for (const RankedTarget& ranked : ranking) {
      const int part = stalled ? ranked.stalled : ranked.off_track;
      grid.row();
      grid.cell(std::to_string(++rank));
      grid.header(view.target(ranked.target));
      Html& cell = grid.open();
      draw_bar(cell, ranked.judged > 0 ? static_cast<double>(part) / ranked.judged : 0);
      cell.open("span", {{"class", "figure"}}).text(view.text("report.of", {{"part", part}, {"whole", ranked.judged}})).close();
      grid.close();
      grid.cell(view.words().percent(ranked.shortfall, 0));
      grid.cell(worst(view, ranked));
    }
    grid.finish();
  }
  html.close().line();
}

void write_sustain(Html& html, const View& view) {
  html.open("section", {{"id", "sustain"}, {"aria-labelledby", "h-sustain"}});
  html.element("h2", {{"id", "h-sustain"}}, view.text("sustain.heading"))
      .element("p", {{"class", "lead"}}, view.text("sustain.lead"));
  const auto& rows = view.stock().sustain;
  if (rows.empty()) html.element("p", view.text("sustain.none"));
  for (std::size_t i = 0; i < rows.size();) {
    const std::uint16_t target = view.run().rows[rows[i]].target;
    html.element("h3", view.target(target)).open("ul", {{"class", "chips"}});
    for (; i < rows.size() && view.run().rows[rows[i]].target == target; ++i) {
      const Assessment& row = view.run().rows[rows[i]];
      const Verdict verdict = ranked_verdict(row);
      html.open("li").open("span", {{"class", "swatch w-" + std::string(verdict_class(verdict))}}).trusted(verdict_icon(verdict));
      html.text(verdict_word(view.words(), verdict, verdict == row.mdg ? ChartRule::mdg : ChartRule::sdg))
          .close()
          .text(" " + view.area(row.area) + " ");
      html.open("span", {{"class", "small"}});
      html.text(view.text("report.dated", {{"value", view.latest(row)}, {"year", view.latest_year(row)}}));
      // As in the chart: an indicator that is not the target's first is named.
      if (const TargetRule& rule = view.run().rule(row); !rule.headline) html.text(" " + rule.indicator);
      if (const std::string chance = view.chance(row); !chance.empty())
        html.text(" · " + view.text("chance.short", {{"share", chance}}));
      html.close().close();
    }
    html.close().line();
  }
  html.close().line();
}

}  // namespace

void write_rankings(Html& html, const View& view) {
  write_ranking(html, view, view.stock().off_track, "off_track", false);
  write_ranking(html, view, view.stock().stalled, "stalled", true);
  write_sustain(html, view);
}

}  // namespace stocktake
