#include "partnership/money/tables.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/table_rows.h"

namespace stocktake {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

std::string source_text(const OdaBook& book, std::uint16_t number) {
  return number == 0 ? std::string() : book.sources[static_cast<std::size_t>(number - 1)].series;
}

// Flags of a row, those that hold, with commas.
std::string flag_text(std::initializer_list<std::pair<bool, const char*>> flags) {
  std::string text;
  for (const auto& [holds, flag] : flags) {
    if (holds) text += (text.empty() ? "" : ", ") + std::string(flag);
  }
  return text;
}

std::string share_flags(const OdaBook& book, const DonorShare& one) {
  const bool group = book.donors[one.donor].group;
  return flag_text({{one.preliminary, "preliminary"},
                    {one.before_membership, "before membership of the DAC"},
                    {one.repaid, "net repayment"},
                    {std::isnan(one.gni) && !group, "no GNI"},
                    {std::isnan(one.population) && !std::isnan(one.volume) && !group, "no population"},
                    {one.undecided, "rounding decides"}});
}

std::string gap_flags(const DonorGap& one) {
  return flag_text({{one.preliminary, "preliminary"},
                    {one.broken_measure, "the measure changes among the years"},
                    {std::isnan(one.gni), "no GNI"},
                    {one.undecided, "rounding decides"}});
}

std::string years_text(const std::vector<int>& years) {
  std::string text;
  for (std::size_t i = 0; i < years.size();) {
    std::size_t end = i;
    while (end + 1 < years.size() && years[end + 1] == years[end] + 1) ++end;
    if (!text.empty()) text += ' ';
    text += std::to_string(years[i]) + (end > i ? "-" + std::to_string(years[end]) : "");
    i = end + 1;
  }
  return text;
}

const char* kept_text(double share, bool kept) { return std::isnan(share) ? "" : kept ? "yes" : "no"; }

}  // namespace

double MoneyView::of(std::string_view area, int year, double dollars) const {
  if (!national) return dollars;
  return prices == nullptr ? no_value : to_national(*prices, area, constant.value_or(year), dollars);
}

std::string MoneyView::unit() const {
  return std::string(national ? "national currency" : "USD") + " million, " + price_text(constant);
}

Table shares_table(const OdaBook& book, const std::vector<DonorShare>& shares, const MoneyView& view, Language language,
                   bool brief) {
  const auto money = [&](const DonorShare& one, double dollars) {
    return view.of(book.donors[one.donor].area, one.year, dollars);
  };
  TableRows rows(shares);
  rows.integers("rank", [](const DonorShare& one) { return one.rank; });
  rows.texts("donor", [&](const DonorShare& one) { return book.donors[one.donor].area; });
  rows.texts("name", [&](const DonorShare& one) { return book.donors[one.donor].name.in(language); });
  rows.integers("year", [](const DonorShare& one) { return one.year; });
  rows.texts("basis", [](const DonorShare& one) { return to_string(one.basis); });
  rows.numbers("oda_gni_percent", 3, [](const DonorShare& one) { return one.share; });
  rows.texts("promise_kept", [](const DonorShare& one) { return kept_text(one.share, one.kept); });
  rows.numbers("oda_million", 1, [&](const DonorShare& one) { return money(one, one.volume); });
  rows.numbers("oda_per_capita", 1, [&](const DonorShare& one) { return money(one, one.per_capita); });
  rows.numbers("ldc_gni_percent", 3, [](const DonorShare& one) { return one.ldc_share; });
  rows.texts("ldc_promise_kept", [](const DonorShare& one) {
    return std::isnan(one.ldc_share) ? "" : one.kept_ldc_upper ? "upper" : one.kept_ldc_lower ? "lower" : "no";
  });
  rows.numbers("ldc_million", 1, [&](const DonorShare& one) { return money(one, one.ldc_volume); });
  rows.texts("prices", [&](const DonorShare&) { return price_text(view.constant); });
  rows.texts("flags", [&](const DonorShare& one) { return share_flags(book, one); });
  if (!brief) {
    rows.numbers("gni_million", -1, [&](const DonorShare& one) { return money(one, one.gni); });
    rows.numbers("gni_low_million", -1, [&](const DonorShare& one) { return money(one, one.gni_low); });
    rows.numbers("gni_high_million", -1, [&](const DonorShare& one) { return money(one, one.gni_high); });
    rows.numbers("population", -1, [](const DonorShare& one) { return one.population; });
    rows.texts("source", [&](const DonorShare& one) { return source_text(book, one.share_source); });
    rows.texts("gni_source", [&](const DonorShare& one) { return source_text(book, one.gni_source); });
    rows.texts("unit", [&](const DonorShare&) { return view.unit(); });
  }
  return std::move(rows).table();
}

Table gaps_table(const OdaBook& book, const std::vector<DonorGap>& gaps, const MoneyView& view, Language language, bool brief) {
  const auto money = [&](const DonorGap& one, double dollars) { return view.of(book.donors[one.donor].area, one.year, dollars); };
  const bool bounded = std::any_of(gaps.begin(), gaps.end(), [](const DonorGap& one) { return !std::isnan(one.gap_low); });
  TableRows rows(gaps);
  rows.texts("donor", [&](const DonorGap& one) { return book.donors[one.donor].area; });
  rows.texts("name", [&](const DonorGap& one) { return book.donors[one.donor].name.in(language); });
  rows.integers("year", [](const DonorGap& one) { return one.year; });
  rows.texts("basis", [](const DonorGap& one) { return to_string(one.basis); });
  rows.numbers("share_percent", 3, [](const DonorGap& one) { return one.share; });
  rows.numbers("gap_percent_of_gni", 3, [](const DonorGap& one) { return one.gap_share; });
  rows.numbers("promised_million", 1, [&](const DonorGap& one) { return money(one, one.promised); });
  rows.numbers("delivered_million", 1, [&](const DonorGap& one) { return money(one, one.delivered); });
  rows.numbers("gap_million", 1, [&](const DonorGap& one) { return money(one, one.gap); });
  if (bounded || !brief) {
    rows.numbers("gap_low_million", 1, [&](const DonorGap& one) { return money(one, one.gap_low); });
    rows.numbers("gap_high_million", 1, [&](const DonorGap& one) { return money(one, one.gap_high); });
  }
  rows.texts("prices", [&](const DonorGap&) { return price_text(view.constant); });
  rows.numbers("increase_percent", 1, [](const DonorGap& one) { return one.increase; });
  rows.texts("kept", [](const DonorGap& one) { return kept_text(one.share, one.kept); });
  rows.integers("years_since_promise", [](const DonorGap& one) { return one.since_promise; });
  rows.integers("years_kept", [](const DonorGap& one) { return one.years_kept.size(); });
  rows.integers("years_known", [](const DonorGap& one) { return one.years_known; });
  if (!brief) {
    rows.numbers("surplus_million", -1, [&](const DonorGap& one) { return money(one, one.surplus); });
    rows.texts("kept_in", [](const DonorGap& one) { return years_text(one.years_kept); });
    rows.texts("flags", [](const DonorGap& one) { return gap_flags(one); });
    rows.texts("source", [&](const DonorGap& one) { return source_text(book, one.share_source); });
    rows.texts("gni_source", [&](const DonorGap& one) { return source_text(book, one.gni_source); });
    rows.texts("unit", [&](const DonorGap&) { return view.unit(); });
  }
  return std::move(rows).table();
}

Table path_table(const OdaBook& book, const OdaPath& path, const MoneyView& view, bool brief) {
  // Dollars of a path are those of its base year, or the book's constant ones: one rate for all its years.
  const auto money = [&](double dollars) { return view.of(book.donors[path.donor].area, path.base_year, dollars); };
  TableRows rows(path.years);
  if (!brief) {
    rows.texts("donor", [&](const PathYear&) { return book.donors[path.donor].area; });
    rows.texts("basis", [&](const PathYear&) { return to_string(path.basis); });
  }
  rows.integers("year", [](const PathYear& one) { return one.year; });
  rows.numbers("gni_million", 0, [&](const PathYear& one) { return money(one.gni); });
  rows.numbers("linear_share_percent", 3, [](const PathYear& one) { return one.linear_share; });
  rows.numbers("linear_million", 1, [&](const PathYear& one) { return money(one.linear_volume); });
  rows.numbers("growth_share_percent", 3, [](const PathYear& one) { return one.growth_share; });
  rows.numbers("growth_million", 1, [&](const PathYear& one) { return money(one.growth_volume); });
  rows.texts("prices", [&](const PathYear&) { return price_text(path_prices(path, view)); });
  if (!brief) rows.texts("unit", [&](const PathYear&) { return path_unit(path, view); });
  return std::move(rows).table();
}

std::optional<int> path_prices(const OdaPath& path, const MoneyView& view) {
  return view.constant ? view.constant : std::optional(path.base_year);
}

std::string path_unit(const OdaPath& path, const MoneyView& view) {
  MoneyView of_base = view;
  of_base.constant = path_prices(path, view);
  return of_base.unit();
}

Table groups_table(const std::vector<GroupTotal>& totals, bool brief) {
  const int decimals = brief ? 2 : -1;
  TableRows rows(totals);
  rows.texts("series", [](const GroupTotal& one) { return one.series; });
  rows.texts("dimensions", [](const GroupTotal& one) { return one.dimensions; });
  rows.integers("year", [](const GroupTotal& one) { return one.year; });
  rows.numbers("published", decimals, [](const GroupTotal& one) { return one.published; });
  rows.numbers("computed", decimals, [](const GroupTotal& one) { return one.computed; });
  rows.numbers("difference", decimals, [](const GroupTotal& one) { return one.difference; });
  rows.integers("members", [](const GroupTotal& one) { return one.members; });
  rows.integers("with_figures", [](const GroupTotal& one) { return one.with_figures; });
  rows.texts("matches", [](const GroupTotal& one) { return one.matches ? "yes" : "no"; });
  rows.texts("why", [](const GroupTotal& one) { return one.why; });
  return std::move(rows).table();
}

Table match_table(const std::vector<GroupMatch>& rates) {
  TableRows rows(rates);
  rows.texts("series", [](const GroupMatch& one) { return one.series; });
  rows.texts("dimensions", [](const GroupMatch& one) { return one.dimensions; });
  rows.integers("years", [](const GroupMatch& one) { return one.years; });
  rows.integers("matching", [](const GroupMatch& one) { return one.matching; });
  rows.numbers("largest_difference_percent", 4, [](const GroupMatch& one) { return 100 * one.largest; });
  return std::move(rows).table();
}

Table flows_table(const std::vector<FlowFigure>& flows, bool brief) {
  const int decimals = brief ? 2 : -1;
  TableRows rows(flows);
  rows.texts("flow", [](const FlowFigure& one) { return one.flow; });
  rows.texts("name", [](const FlowFigure& one) { return one.name; });
  rows.texts("direction", [](const FlowFigure& one) { return one.direction; });
  rows.integers("year", [](const FlowFigure& one) { return one.year; });
  rows.numbers("percent", decimals, [](const FlowFigure& one) { return one.percent; });
  rows.texts("percent_of", [](const FlowFigure& one) { return one.percent_of; });
  rows.numbers("value", decimals, [](const FlowFigure& one) { return one.value; });
  rows.texts("unit", [](const FlowFigure& one) { return one.unit; });
  rows.texts("series", [](const FlowFigure& one) { return one.series; });
  rows.texts("note", [](const FlowFigure& one) { return one.note; });
  return std::move(rows).table();
}

}  // namespace stocktake
