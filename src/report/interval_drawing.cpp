#include "report/interval_drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace stocktake {
namespace {

// Shares of the promised change at the ends of the bar; intervals that go further are cut.
constexpr double first_share = -0.25, last_share = 1.25;

std::string at(double value) { return fmt::format("{:.1f}", value); }

void start(Html& html) {
  html.open("svg", {{"class", "range"}, {"viewBox", "0 0 100 12"}, {"preserveAspectRatio", "none"}, {"aria-hidden", "true"}});
  html.empty("path", {{"class", "axis"}, {"d", "M0 6H100"}});
}

void part(Html& html, std::string_view css, double from, double to) {
  constexpr double least = 1;  // so that a certain figure is seen, too
  if (from > to) std::swap(from, to);
  if (to - from < least) {
    const double middle = std::clamp((from + to) / 2, least / 2, 100 - least / 2);
    from = middle - least / 2, to = middle + least / 2;
  }
  html.empty("rect", {{"class", css}, {"x", at(from)}, {"width", at(to - from)}, {"y", "3"}, {"height", "6"}});
}

// Ends the cell's pair of bar and figures, which stay together on a narrow screen.
void end_with(Html& html, const std::string& text) {
  html.open("span", {{"class", "figure"}}).open("bdi").text(text.empty() ? "–" : text).close().close().close();
}

}  // namespace

void write_interval(Html& html, const View& view, const Assessment& row) {
  const Outlook* outlook = view.outlook(row);
  const Facts& facts = row.facts;
  const double promised = facts.target - facts.base;
  html.open("span", {{"class", "pair"}});
  if (outlook != nullptr && std::isfinite(promised) && promised != 0 && !facts.base_met) {
    const auto x = [&](double value) {
      const double share = std::clamp((value - facts.base) / promised, first_share, last_share);
      return 100 * (share - first_share) / (last_share - first_share);
    };
    start(html);
    html.empty("path", {{"class", "base"}, {"d", "M" + at(x(facts.base)) + " 1V11"}});
    part(html, "r80", x(outlook->fan[1]), x(outlook->fan[5]));
    part(html, "r50", x(outlook->fan[2]), x(outlook->fan[4]));
    html.empty("path", {{"class", "now"}, {"d", "M" + at(x(facts.latest)) + " 4V8"}});
    html.empty("path", {{"class", "goal"}, {"d", "M" + at(x(facts.target)) + " 0V12"}});
    html.close();
  }
  end_with(html, view.likely_range(row));
}

void write_interval_key(Html& html, const View& view) {
  struct Entry {
    const char *word, *css, *drawing;
  };
  constexpr std::array<Entry, 5> entries{{{"interval.r80", "r80", "M1 3H29V9H1Z"},
                                          {"interval.r50", "r50", "M1 3H29V9H1Z"},
                                          {"interval.base", "base", "M15 1V11"},
                                          {"interval.now", "now", "M15 4V8"},
                                          {"interval.goal", "goal", "M15 0V12"}}};
  html.open("ul", {{"class", "key"}});
  for (const Entry& one : entries) {
    html.open("li").open("svg", {{"viewBox", "0 0 30 12"}, {"aria-hidden", "true"}, {"class", "range"}});
    html.empty("path", {{"class", one.css}, {"d", one.drawing}}).close().text(view.text(one.word)).close();
  }
  html.close().line();
}

void write_rank_range(Html& html, const View& view, std::size_t rank, const Stability& stability, std::size_t ranks) {
  html.open("span", {{"class", "pair"}});
  if (std::isfinite(stability.low) && ranks > 1) {
    const double width = 100 / static_cast<double>(ranks);  // a rank is a piece of the axis
    const auto x = [&](double place) { return std::clamp(place * width, 0.0, 100.0); };
    start(html);
    part(html, "r80", x(stability.low - 1), x(stability.high));
    html.empty("path", {{"class", "goal"}, {"d", "M" + at(x(static_cast<double>(rank) - 0.5)) + " 1V11"}}).close();
  }
  end_with(html, view.rank_range(stability));
}

}  // namespace stocktake
