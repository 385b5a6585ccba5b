// The header and the key findings: what the stocktaking says in a dozen lines.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "report/sections.h"
#include "report/verdicts.h"

namespace stocktake {
namespace {

struct Counts {
  std::array<int, verdict_count> verdicts{};
  int cells = 0, without_series = 0, judged = 0;
};

Counts count_cells(const View& view) {
  Counts counts;
  for (const std::int32_t row : view.stock().cell) {
    ++counts.cells;
    if (row < 0) {
      ++counts.without_series;
      continue;
    }
    const Verdict verdict = view.run().rows[static_cast<std::size_t>(row)].mdg;
    ++counts.verdicts[static_cast<std::size_t>(verdict)];
    counts.judged += is_judgement(verdict) ? 1 : 0;
  }
  return counts;
}

// Cells whose target has a probability of being met.
struct Chances {
  int forecast = 0, likely = 0, unlikely = 0;
};

Chances count_chances(const View& view) {
  Chances chances;
  for (const std::int32_t row : view.stock().cell) {
    if (row < 0) continue;
    const Outlook* outlook = view.outlook(view.run().rows[static_cast<std::size_t>(row)]);
    if (outlook == nullptr || !std::isfinite(outlook->probability)) continue;
    ++chances.forecast;
    chances.likely += outlook->probability >= 0.9 ? 1 : 0;
    chances.unlikely += outlook->probability <= 0.1 ? 1 : 0;
  }
  return chances;
}

template <typename Ranked>
std::string names(const View& view, const std::vector<Ranked>& ranked, std::size_t most) {
  std::vector<std::string> items;
  for (std::size_t i = 0; i < std::min(most, ranked.size()); ++i) items.push_back(view.target(ranked[i].target));
  return view.words().list(items);
}

}  // namespace

std::string countdown(const View& view) {
  const long days = view.stock().days_left;
  const std::string deadline = view.words().date(view.run().framework.deadline);
  if (days < 0) return view.text("report.deadline_passed", {{"days", -days}, {"date", deadline}});
  return view.text("report.days_left", {{"days", days}, {"date", deadline}});
}

std::vector<std::string> key_findings(const View& view) {
  const Stocktaking& stock = view.stock();
  const Counts counts = count_cells(view);
  const auto of = [&](Verdict verdict) { return counts.verdicts[static_cast<std::size_t>(verdict)]; };
  std::vector<std::string> findings;
  findings.push_back(view.text(
      "findings.judged",
      {{"judged", counts.judged}, {"cells", counts.cells}, {"targets", stock.targets.size()}, {"groups", stock.groups.size()}}));
  if (counts.judged > 0) {
    findings.push_back(view.text("findings.verdicts", {{"met", of(Verdict::met)},
                                                       {"on_track", of(Verdict::on_track)},
                                                       {"insufficient", of(Verdict::insufficient) + of(Verdict::fair)},
                                                       {"worse", of(Verdict::deterioration)}}));
  }
  const Chances chances = count_chances(view);
  if (chances.forecast > 0) {
    findings.push_back(
        view.text("findings.chance", {{"n", chances.forecast}, {"likely", chances.likely}, {"unlikely", chances.unlikely}}));
  }
  const Priorities& urgent = view.insights().priorities;
  if (!urgent.targets.empty()) findings.push_back(view.text("findings.action", {{"targets", names(view, urgent.targets, 3)}}));
  if (!urgent.risk.empty()) findings.push_back(view.text("findings.risk", {{"n", urgent.risk.size()}}));
  const int unjudged = counts.cells - counts.judged;
  if (unjudged > 0) {
    findings.push_back(view.text("findings.unjudged", {{"n", unjudged},
                                                       {"none", counts.without_series},
                                                       {"few", of(Verdict::insufficient_data)},
                                                       {"old", of(Verdict::data_too_old)},
                                                       {"open", of(Verdict::not_quantified) + of(Verdict::not_applicable)}}));
  }
  if (!stock.off_track.empty())
    findings.push_back(view.text("findings.off_track", {{"targets", names(view, stock.off_track, 3)}}));
  if (!stock.stalled.empty()) findings.push_back(view.text("findings.stalled", {{"targets", names(view, stock.stalled, 3)}}));
  if (!stock.furthest_behind.empty()) {
    std::set<std::uint16_t> targets;
    std::vector<std::string> first;
    for (const auto& country : stock.furthest_behind) {
      const Assessment& row = view.run().rows[country.row];
      targets.insert(row.target);
      const std::string& name = view.area(row.area);
      if (first.size() < 3 && std::find(first.begin(), first.end(), name) == first.end()) first.push_back(name);
    }
    findings.push_back(view.text("findings.countries", {{"countries", view.words().list(first)}, {"n", targets.size()}}));
  }
  const auto silent = std::count_if(stock.gaps.begin(), stock.gaps.end(), [](const DataGap& gap) { return gap.judged == 0; });
  if (silent > 0) findings.push_back(view.text("findings.gaps", {{"n", silent}, {"targets", stock.gaps.size()}}));
  return findings;
}

void write_header(Html& html, const View& view) {
  const AssessmentRun& run = view.run();
  html.open("header", {{"class", "cover"}}).open("div", {{"class", "page"}});
  html.element("p", {{"class", "eyebrow"}}, run.framework.title.in(view.language()));
  html.element("h1", view.text("report.title"));
  html.open("p", {{"class", "dateline"}});
  html.text(view.text("report.taken_on", {{"date", view.words().date(run.options.at)}})).close().line();
  html.open("div", {{"class", "clock"}});
  const long days = view.stock().days_left;
  html.open("p", {{"class", "countdown"}});
  html.element("strong", view.words().number(static_cast<double>(days < 0 ? -days : days), 0)).text(" ");
  html.element("span", view.text(days < 0 ? "report.days_since_unit" : "report.days_left_unit",
                                 {{"days", days < 0 ? -days : days}, {"date", view.words().date(run.framework.deadline)}}));
  html.close();
  const std::string share = view.words().percent(view.elapsed(), 0);
  const std::string label = view.text("report.elapsed", {{"share", share},
                                                         {"start", view.words().date(year_end(run.framework.baseline))},
                                                         {"end", view.words().date(run.framework.deadline)}});
  html.open("svg", {{"class", "elapsed"}, {"viewBox", "0 0 1000 10"}, {"preserveAspectRatio", "none"}, {"aria-hidden", "true"}});
  html.empty("rect", {{"class", "all"}, {"width", "1000"}, {"height", "10"}});
  html.empty("rect", {{"class", "done"}, {"width", fmt::format("{:.1f}", view.elapsed() * 1000)}, {"height", "10"}}).close();
  html.element("p", {{"class", "small"}}, label);
  html.close().close().close().line();
}

void write_findings(Html& html, const View& view) {
  html.open("section", {{"id", "findings"}, {"aria-labelledby", "h-findings"}});
  html.element("h2", {{"id", "h-findings"}}, view.text("findings.heading")).open("ul", {{"class", "findings"}});
  for (const std::string& finding : key_findings(view)) html.element("li", finding);
  html.close().close().line();
}

}  // namespace stocktake
