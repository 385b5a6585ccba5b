#include "report/gap_view.h"

#include <cmath>

namespace stocktake {

std::string GapView::word(std::string_view list, std::string_view code) const {
  return words_.text("gap." + std::string(list) + "." + std::string(code));
}

std::string GapView::figure(double value) const {
  const double size = std::abs(value);
  return words_.number(value, size >= 1000 ? 0 : size >= 10 ? 1 : size >= 0.1 || size == 0 ? 2 : 4, 0);
}

std::string GapView::money(double amount, std::string_view unit) const {
  if (!std::isfinite(amount)) return {};
  const double size = std::abs(amount);
  // Chinese counts large numbers by ten thousands: 亿 is 1e8, 万 is 1e4.
  const bool by_myriads = language() == Language::zh;
  const double large = by_myriads ? 1e8 : 1e9, middle = by_myriads ? 1e4 : 1e6;
  if (size >= large) return text("gap.billion", {{"n", words_.number(amount / large, 1)}, {"unit", unit}});
  if (size >= middle) return text("gap.million", {{"n", words_.number(amount / middle, 1)}, {"unit", unit}});
  return text("gap.amount", {{"n", figure(amount)}, {"unit", unit}});
}

std::string GapView::measured(double value, const std::string& unit) const {
  if (!std::isfinite(value)) return {};
  if (unit == "PERCENT") return text("gap.percent", {{"n", figure(value)}});  // not "0.7 百分比"
  const std::string name = words_.has("unit." + unit) ? words_.text("unit." + unit) : unit;
  return unit.empty() ? figure(value) : text("gap.amount", {{"n", figure(value)}, {"unit", name}});
}

std::string GapView::amount(double value, const Delay& delay) const {
  return delay.money ? money(value, delay.unit) : measured(value, delay.unit);
}

std::string GapView::target(const GapLine& line) const {
  const Target& target = *report_.run->targets[line.target].target;
  return text("report.coded_title", {{"code", target.code}, {"title", target.title.in(language())}});
}

}  // namespace stocktake
