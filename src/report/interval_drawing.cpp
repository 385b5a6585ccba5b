#include "report/interval_drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace stocktake {
namespace {

std::string at(double value) { return fmt::format("{:.1f}", value); }

void start(Html& html, std::string_view css) {
  html.open("svg", {{"class", css}, {"viewBox", "0 0 100 12"}, {"preserveAspectRatio", "none"}, {"aria-hidden", "true"}});
  html.empty("path", {{"class", "axis"}, {"d", "M0 6H100"}});
}

void part(Html& html, std::string_view css, double from, double to, double y, double height) {
  constexpr double least = 1;  // so that a certain figure is seen, too
  if (to - from < least) {
    const double middle = std::clamp((from + to) / 2, least / 2, 100 - least / 2);
    from = middle - least / 2, to = middle + least / 2;
  }
  html.empty("rect", {{"class", css}, {"x", at(from)}, {"width", at(to - from)}, {"y", at(y)}, {"height", at(height)}});
}

}  // namespace

void IntervalAxis::include(const View& view, const Assessment& row) {
  const Outlook* outlook = view.outlook(row);
  if (outlook == nullptr) return;
  const TargetRule& rule = view.run().rule(row);
  const bool parity = rule.type == RuleType::parity;
  for (const double value : {row.facts.latest, parity ? rule.lower : row.facts.target, parity ? rule.upper : row.facts.target}) {
    if (std::isfinite(value)) figures_.push_back(value);
  }
  for (const double value : {outlook->fan[1], outlook->fan[5]}) {
    if (std::isfinite(value)) fans_.push_back(value);
  }
}

// From the lowest to the highest figure; intervals that go on for longer than that once more are cut.
IntervalAxis::Ends IntervalAxis::ends() const {
  if (figures_.empty() || fans_.empty()) return {0, 0};
  const auto [low, high] = std::minmax_element(figures_.begin(), figures_.end());
  const auto [least, most] = std::minmax_element(fans_.begin(), fans_.end());
  const double span = std::max(*high - *low, 1e-9 + std::abs(*high) * 0.02);
  const double from = std::min(*low, std::max(*least, *low - span)), to = std::max(*high, std::min(*most, *high + span));
  const double pad = (to - from) * 0.02;
  return {from - pad, to + pad};
}

void IntervalAxis::draw(Html& html, const View& view, const Assessment& row) const {
  const Outlook* outlook = view.outlook(row);
  const Ends axis = ends();
  if (outlook == nullptr || !(axis.low < axis.high)) return;
  const auto x = [&](double value) { return 100 * (std::clamp(value, axis.low, axis.high) - axis.low) / (axis.high - axis.low); };
  const TargetRule& rule = view.run().rule(row);
  start(html, "range");
  if (rule.type == RuleType::parity) part(html, "zone", x(rule.lower), x(rule.upper), 0, 12);
  part(html, "r80", x(outlook->fan[1]), x(outlook->fan[5]), 3, 6);
  part(html, "r50", x(outlook->fan[2]), x(outlook->fan[4]), 3, 6);
  html.empty("path", {{"class", "now"}, {"d", "M" + at(x(row.facts.latest)) + " 4V8"}});
  if (rule.type != RuleType::parity && std::isfinite(row.facts.target))
    html.empty("path", {{"class", "goal"}, {"d", "M" + at(x(row.facts.target)) + " 0V12"}});
  html.close();
}

void write_interval_key(Html& html, const View& view) {
  struct Entry {
    const char *word, *css, *drawing;
  };
  constexpr std::array<Entry, 4> entries{{{"interval.r80", "r80", "M1 3H29V9H1Z"},
                                          {"interval.r50", "r50", "M1 3H29V9H1Z"},
                                          {"interval.goal", "goal", "M15 0V12"},
                                          {"interval.now", "now", "M15 4V8"}}};
  html.open("ul", {{"class", "key"}});
  for (const Entry& one : entries) {
    html.open("li").open("svg", {{"viewBox", "0 0 30 12"}, {"aria-hidden", "true"}, {"class", "range"}});
    html.empty("path", {{"class", one.css}, {"d", one.drawing}}).close().text(view.text(one.word)).close();
  }
  html.close().line();
}

void draw_rank(Html& html, std::size_t rank, const Stability& stability, std::size_t ranks) {
  if (!std::isfinite(stability.low) || ranks < 2) return;
  const auto x = [&](double place) {
    return 100 * (std::clamp(place, 0.5, static_cast<double>(ranks) + 0.5) - 0.5) / static_cast<double>(ranks);
  };
  start(html, "range");
  part(html, "r80", x(stability.low - 0.5), x(stability.high + 0.5), 3, 6);
  html.empty("path", {{"class", "goal"}, {"d", "M" + at(x(static_cast<double>(rank))) + " 1V11"}}).close();
}

}  // namespace stocktake
