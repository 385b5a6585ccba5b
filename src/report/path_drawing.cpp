#include "report/path_drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace stocktake {
namespace {

constexpr double width = 240, height = 120, left = 38, right = 230, top = 8, bottom = 102;

// Where years and values are in the drawing.
struct Axes {
  double first_year, last_year, low, high;
  double x(double year) const { return left + (right - left) * (year - first_year) / (last_year - first_year); }
  double y(double value) const { return bottom - (bottom - top) * (value - low) / (high - low); }
};

std::string at(double value) { return fmt::format("{:.1f}", value); }

// 1, 2 or 5 times a power of ten, so that about three steps fit.
double tick_step(double span) {
  const double power = std::pow(10.0, std::floor(std::log10(span / 3)));
  const double share = span / 3 / power;
  return (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10) * power;
}

Axes fit(const View& view, const Assessment& row, const std::vector<Figure>& figures) {
  const Facts& facts = row.facts;
  double low = std::numeric_limits<double>::infinity(), high = -low;
  const auto include = [&](double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  };
  for (const Figure& figure : figures) {
    include(figure.value);
    include(figure.lower);
    include(figure.upper);
  }
  include(facts.target);
  const Outlook* outlook = view.outlook(row);
  if (outlook != nullptr) include(outlook->median());
  if (!(low <= high)) low = 0, high = 1;
  // The path at the present pace may leave the picture: the indicator's bounds and twice the range are enough to show where.
  const Bounds& bounds = view.run().indicator(row).bounds;
  const double span = std::max(high - low, 1e-9 + std::abs(high) * 0.02);
  if (std::isfinite(facts.expected_linear)) {
    // Not std::clamp: figures may lie beyond the indicator's bounds, and then the two limits are in the wrong order.
    include(std::max({bounds.lower, low - span, std::min({bounds.upper, high + span, facts.expected_linear})}));
  }
  if (outlook != nullptr) {
    for (const double edge : {outlook->fan[1], outlook->fan[5]}) include(std::clamp(edge, low - span, high + span));
  }
  const double pad = std::max(high - low, span) * 0.08;
  low = low >= 0 ? std::max(0.0, low - pad) : low - pad;
  high += pad;
  double first = facts.base_year, last = facts.deadline_year;
  if (!figures.empty()) {
    first = figures.front().year;
    last = std::max<double>(last, figures.back().year);
  }
  if (!(first < last)) first = last - 1;
  return {first, last, low, high};
}

std::string polyline(const Axes& axes, const std::vector<Figure>& figures) {
  std::string points;
  for (const Figure& figure : figures) points += fmt::format("{:.1f},{:.1f} ", axes.x(figure.year), axes.y(figure.value));
  if (!points.empty()) points.pop_back();
  return points;
}

// The outline of the bounds: along the upper ones, back along the lower ones. "" when fewer than two figures have both.
std::string band(const Axes& axes, const std::vector<Figure>& figures) {
  std::vector<Figure> bounded = figures;
  std::erase_if(bounded, [](const Figure& figure) { return !std::isfinite(figure.lower) || !std::isfinite(figure.upper); });
  if (bounded.size() < 2) return {};
  std::string points;
  for (const Figure& figure : bounded) points += fmt::format("{:.1f},{:.1f} ", axes.x(figure.year), axes.y(figure.upper));
  std::reverse(bounded.begin(), bounded.end());
  for (const Figure& figure : bounded) points += fmt::format("{:.1f},{:.1f} ", axes.x(figure.year), axes.y(figure.lower));
  points.pop_back();
  return points;
}

void draw_axes(Html& html, const View& view, const Axes& axes) {
  const double step = tick_step(axes.high - axes.low);
  const double first = std::ceil(axes.low / step), last = std::floor(axes.high / step + 1e-9);
  for (int i = 0; i <= last - first; ++i) {
    const double tick = (first + i) * step + 0.0;  // never -0
    const std::string y = at(axes.y(tick));
    html.empty("path", {{"class", "gridline"}, {"d", "M" + at(left) + " " + y + "H" + at(right)}});
    html.element("text", {{"x", at(left - 4)}, {"y", at(axes.y(tick) + 3)}, {"text-anchor", "end"}}, view.value(tick));
  }
  html.element("text", {{"x", at(left)}, {"y", at(height - 5)}}, fmt::format("{:.0f}", axes.first_year));
  html.element("text", {{"x", at(right)}, {"y", at(height - 5)}, {"text-anchor", "end"}}, fmt::format("{:.0f}", axes.last_year));
}

// 80 and 50 % of what the model expects at the deadline, beside the year's line so that the target's circle stays free.
void draw_outlook(Html& html, const Axes& axes, const Outlook& outlook) {
  const double x = axes.x(outlook.deadline) + 6;
  const auto bar = [&](std::string_view css, double from, double to) {
    const double a = axes.y(std::clamp(from, axes.low, axes.high)), b = axes.y(std::clamp(to, axes.low, axes.high));
    html.empty("path", {{"class", css}, {"d", "M" + at(x) + " " + at(a) + "V" + at(b)}});
  };
  bar("fan80", outlook.fan[1], outlook.fan[5]);
  bar("fan50", outlook.fan[2], outlook.fan[4]);
}

void draw_line(Html& html, std::string_view css, const Axes& axes, double year, double from, double last_year, double to) {
  if (!std::isfinite(from) || !std::isfinite(to) || year >= last_year) return;
  // Cut where the line leaves the picture.
  if (to < axes.low || to > axes.high) {
    const double edge = std::clamp(to, axes.low, axes.high);
    if (to != from) last_year = year + (last_year - year) * (edge - from) / (to - from);
    to = edge;
  }
  html.empty("path",
             {{"class", css},
              {"d", "M" + at(axes.x(year)) + " " + at(axes.y(from)) + "L" + at(axes.x(last_year)) + " " + at(axes.y(to))}});
}

}  // namespace

void draw_path(Html& html, const View& view, const Assessment& row, const std::string& label) {
  const std::vector<Figure> figures = view.figures(row);
  const Axes axes = fit(view, row, figures);
  const Facts& facts = row.facts;
  html.open(
      "svg",
      {{"class", "path"}, {"viewBox", fmt::format("0 0 {:.0f} {:.0f}", width, height)}, {"role", "img"}, {"aria-label", label}});
  const TargetRule& rule = view.run().rule(row);
  if (rule.type == RuleType::parity) {
    const double upper = std::clamp(rule.upper, axes.low, axes.high), lower = std::clamp(rule.lower, axes.low, axes.high);
    html.empty("rect", {{"class", "zone"},
                        {"x", at(left)},
                        {"width", at(right - left)},
                        {"y", at(axes.y(upper))},
                        {"height", at(axes.y(lower) - axes.y(upper))}});
  }
  draw_axes(html, view, axes);
  if (const std::string outline = band(axes, figures); !outline.empty())
    html.empty("polygon", {{"class", "band"}, {"points", outline}});
  if (facts.base_year != 0) {
    draw_line(html, "required", axes, facts.base_year, facts.base, facts.deadline_year, facts.target);
    draw_line(html, "expected", axes, facts.latest_year, facts.latest, facts.deadline_year, facts.expected_linear);
  }
  if (std::isfinite(facts.target)) {
    html.empty("circle",
               {{"class", "goal-mark"}, {"cx", at(axes.x(facts.deadline_year))}, {"cy", at(axes.y(facts.target))}, {"r", "4"}});
  }
  if (const Outlook* outlook = view.outlook(row)) draw_outlook(html, axes, *outlook);
  html.empty("polyline", {{"class", "observed"}, {"points", polyline(axes, figures)}});
  if (figures.size() <= 30) {
    for (const Figure& figure : figures) {
      html.empty("circle", {{"class", "dot"}, {"cx", at(axes.x(figure.year))}, {"cy", at(axes.y(figure.value))}, {"r", "2.8"}});
    }
  }
  html.close();
}

}  // namespace stocktake
