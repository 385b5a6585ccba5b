// The gap waterfall: five bars from the promise to the gap, each with its label above it, so that it reads on a narrow screen.
#include <fmt/format.h>

#include <cmath>

#include "report/gap_sections.h"

namespace stocktake {
namespace {

constexpr double width = 360, row = 38, bar_height = 14, label = 13;

}  // namespace

void draw_waterfall(Html& html, const GapView& view, const Waterfall& waterfall) {
  if (!(waterfall.stages.promised > 0)) return;
  const std::vector<WaterfallBar> bars = bars_of(waterfall);
  const double height = row * static_cast<double>(bars.size()) + 2;
  html.open("svg", {{"class", "waterfall"},
                    {"viewBox", fmt::format("0 0 {} {}", width, height)},
                    {"role", "img"},
                    {"aria-label", view.text("gap.waterfall.unit", {{"unit", waterfall.unit}, {"n", waterfall.commitments}})}});
  const auto x = [&](double amount) { return amount / waterfall.stages.promised * width; };
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const WaterfallBar& bar = bars[i];
    const double top = row * static_cast<double>(i), y = top + label + 4;
    const double amount = bar.to - bar.from;
    const std::string text = view.text("gap.bar", {{"stage", view.word("stage", bar.stage)},
                                                   {"amount", view.money(amount, waterfall.unit)},
                                                   {"share", view.words().percent(amount / waterfall.stages.promised, 0)}});
    // In a right-to-left language the drawing is mirrored as a whole, the words begin at the other end.
    const bool mirrored = right_to_left(view.language());
    const auto place = [&](double from, double to) { return mirrored ? width - to : from; };
    html.open(
        "text",
        {{"x", mirrored ? fmt::format("{}", width) : "0"}, {"y", fmt::format("{:.0f}", top + label)}, {"text-anchor", "start"}});
    html.text(text).close();
    html.empty("rect", {{"class", "whole"},
                        {"x", "0"},
                        {"y", fmt::format("{:.0f}", y)},
                        {"width", fmt::format("{:.0f}", width)},
                        {"height", fmt::format("{:.0f}", bar_height)}});
    if (amount > 0) {
      html.empty("rect", {{"class", std::string("stage-") + bar.stage},
                          {"x", fmt::format("{:.2f}", place(x(bar.from), x(bar.to)))},
                          {"y", fmt::format("{:.0f}", y)},
                          {"width", fmt::format("{:.2f}", std::max(1.0, x(amount)))},
                          {"height", fmt::format("{:.0f}", bar_height)}});
    }
    if (bar.lost > 0) {
      html.empty("rect", {{"class", "lost"},
                          {"x", fmt::format("{:.2f}", place(x(bar.to), x(bar.to + bar.lost)))},
                          {"y", fmt::format("{:.0f}", y)},
                          {"width", fmt::format("{:.2f}", x(bar.lost))},
                          {"height", fmt::format("{:.0f}", bar_height)}});
    }
  }
  html.close().line();
}

}  // namespace stocktake
