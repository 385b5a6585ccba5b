#include "partnership/money/tables.h"

#include <cmath>
#include <limits>
#include <set>

namespace stocktake {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

std::string source_text(const OdaBook& book, std::uint16_t number) {
  return number == 0 ? std::string() : book.sources[static_cast<std::size_t>(number - 1)].series;
}

std::string share_flags(const OdaBook& book, const DonorShare& one) {
  std::string text;
  const auto put = [&](const char* flag) { text += (text.empty() ? "" : ", ") + std::string(flag); };
  if (one.preliminary) put("preliminary");
  if (one.before_membership) put("before membership of the DAC");
  if (one.repaid) put("net repayment");
  if (std::isnan(one.gni) && !book.donors[one.donor].group) put("no GNI");
  return text;
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

}  // namespace

double MoneyView::of(std::string_view area, int year, double usd) const {
  if (!constant && !national) return usd;
  if (prices == nullptr) return no_value;
  const double dollars = constant ? to_constant(*prices, area, year, usd, base) : usd;
  return national ? to_national(*prices, area, constant ? base : year, dollars) : dollars;
}

std::string MoneyView::unit() const {
  return std::string(national ? "national currency" : "USD") + " million, " +
         (constant ? "constant " + std::to_string(base) + " prices" : "current prices");
}

Table shares_table(const OdaBook& book, const std::vector<DonorShare>& shares, const MoneyView& view, Language language,
                   bool brief) {
  Table table;
  auto& rank = table.add_integers("rank");
  auto& donor = table.add_texts("donor");
  auto& name = table.add_texts("name");
  auto& year = table.add_integers("year");
  auto& basis = table.add_texts("basis");
  auto& share = table.add_numbers("oda_gni_percent", 3);
  auto& kept = table.add_texts("promise_kept");
  auto& volume = table.add_numbers("oda_million", 1);
  auto& head = table.add_numbers("oda_per_capita", 1);
  auto& ldc = table.add_numbers("ldc_gni_percent", 3);
  auto& ldc_kept = table.add_texts("ldc_promise_kept");
  auto& ldc_volume = table.add_numbers("ldc_million", 1);
  auto& flags = table.add_texts("flags");
  Table::Numbers *gni = nullptr, *population = nullptr;
  Table::Texts *source = nullptr, *unit = nullptr;
  if (!brief) {
    gni = &table.add_numbers("gni_million");
    population = &table.add_numbers("population");
    source = &table.add_texts("source");
    unit = &table.add_texts("unit");
  }
  for (const DonorShare& one : shares) {
    const Donor& of = book.donors[one.donor];
    rank.push_back(one.rank ? *one.rank : Table::no_integer);
    donor.push_back(of.area);
    name.emplace_back(of.name.in(language));
    year.push_back(one.year);
    basis.emplace_back(to_string(one.basis));
    share.push_back(one.share);
    kept.emplace_back(std::isnan(one.share) ? "" : one.kept ? "yes" : "no");
    volume.push_back(view.of(of.area, one.year, one.volume));
    head.push_back(one.population > 0 ? view.of(of.area, one.year, one.volume) * 1e6 / one.population : no_value);
    ldc.push_back(one.ldc_share);
    ldc_kept.emplace_back(std::isnan(one.ldc_share) ? "" : one.kept_ldc_upper ? "upper" : one.kept_ldc_lower ? "lower" : "no");
    ldc_volume.push_back(view.of(of.area, one.year, one.ldc_volume));
    flags.push_back(share_flags(book, one));
    if (brief) continue;
    gni->push_back(view.of(of.area, one.year, one.gni));
    population->push_back(one.population);
    source->push_back(source_text(book, one.share_source));
    unit->push_back(view.unit());
  }
  return table;
}

Table gaps_table(const OdaBook& book, const std::vector<DonorGap>& gaps, const MoneyView& view, Language language, bool brief) {
  Table table;
  auto& donor = table.add_texts("donor");
  auto& name = table.add_texts("name");
  auto& year = table.add_integers("year");
  auto& basis = table.add_texts("basis");
  auto& share = table.add_numbers("share_percent", 3);
  auto& gap_share = table.add_numbers("gap_percent_of_gni", 3);
  auto& promised = table.add_numbers("promised_million", 1);
  auto& delivered = table.add_numbers("delivered_million", 1);
  auto& gap = table.add_numbers("gap_million", 1);
  auto& increase = table.add_numbers("increase_percent", 1);
  auto& kept = table.add_texts("kept");
  auto& since = table.add_integers("years_since_promise");
  auto& count = table.add_integers("years_kept");
  auto& known = table.add_integers("years_known");
  Table::Numbers* surplus = nullptr;
  Table::Texts *which = nullptr, *flags = nullptr, *source = nullptr, *unit = nullptr;
  if (!brief) {
    surplus = &table.add_numbers("surplus_million");
    which = &table.add_texts("kept_in");
    flags = &table.add_texts("flags");
    source = &table.add_texts("source");
    unit = &table.add_texts("unit");
  }
  for (const DonorGap& one : gaps) {
    const Donor& of = book.donors[one.donor];
    donor.push_back(of.area);
    name.emplace_back(of.name.in(language));
    year.push_back(one.year);
    basis.emplace_back(to_string(one.basis));
    share.push_back(one.share);
    gap_share.push_back(one.gap_share);
    promised.push_back(view.of(of.area, one.year, one.promised));
    delivered.push_back(view.of(of.area, one.year, one.delivered));
    gap.push_back(view.of(of.area, one.year, one.gap));
    increase.push_back(one.increase);
    kept.emplace_back(std::isnan(one.share) ? "" : one.kept ? "yes" : "no");
    since.push_back(one.since_promise ? *one.since_promise : Table::no_integer);
    count.push_back(static_cast<std::int64_t>(one.years_kept.size()));
    known.push_back(one.years_known);
    if (brief) continue;
    surplus->push_back(view.of(of.area, one.year, one.surplus));
    which->push_back(years_text(one.years_kept));
    std::string text = one.preliminary ? "preliminary" : "";
    if (one.broken_measure) text += (text.empty() ? "" : ", ") + std::string("measure changes in 2018");
    flags->push_back(text);
    source->push_back(source_text(book, one.share_source));
    unit->push_back(view.unit());
  }
  return table;
}

Table path_table(const OdaBook& book, const OdaPath& path, bool brief) {
  Table table;
  Table::Texts *donor = nullptr, *basis = nullptr;
  if (!brief) {
    donor = &table.add_texts("donor");
    basis = &table.add_texts("basis");
  }
  auto& year = table.add_integers("year");
  auto& gni = table.add_numbers("gni_million", 0);
  auto& share = table.add_numbers("linear_share_percent", 3);
  auto& volume = table.add_numbers("linear_million", 1);
  auto& growth_share = table.add_numbers("growth_share_percent", 3);
  auto& growth = table.add_numbers("growth_million", 1);
  for (const PathYear& one : path.years) {
    if (!brief) {
      donor->push_back(book.donors[path.donor].area);
      basis->emplace_back(to_string(path.basis));
    }
    year.push_back(one.year);
    gni.push_back(one.gni);
    share.push_back(one.linear_share);
    volume.push_back(one.linear_volume);
    growth_share.push_back(one.growth_share);
    growth.push_back(one.growth_volume);
  }
  return table;
}

Table groups_table(const std::vector<GroupTotal>& totals, bool brief) {
  Table table;
  auto& series = table.add_texts("series");
  auto& dimensions = table.add_texts("dimensions");
  auto& year = table.add_integers("year");
  auto& published = table.add_numbers("published", brief ? 2 : -1);
  auto& computed = table.add_numbers("computed", brief ? 2 : -1);
  auto& difference = table.add_numbers("difference", brief ? 2 : -1);
  auto& members = table.add_integers("members");
  auto& with = table.add_integers("with_figures");
  auto& matches = table.add_texts("matches");
  auto& why = table.add_texts("why");
  for (const GroupTotal& one : totals) {
    series.push_back(one.series);
    dimensions.push_back(one.dimensions);
    year.push_back(one.year);
    published.push_back(one.published);
    computed.push_back(one.computed);
    difference.push_back(one.difference);
    members.push_back(one.members);
    with.push_back(one.with_figures);
    matches.emplace_back(one.matches ? "yes" : "no");
    why.push_back(one.why);
  }
  return table;
}

Table match_table(const std::vector<GroupMatch>& rates) {
  Table table;
  auto& series = table.add_texts("series");
  auto& dimensions = table.add_texts("dimensions");
  auto& years = table.add_integers("years");
  auto& matching = table.add_integers("matching");
  auto& largest = table.add_numbers("largest_difference_percent", 4);
  for (const GroupMatch& one : rates) {
    series.push_back(one.series);
    dimensions.push_back(one.dimensions);
    years.push_back(one.years);
    matching.push_back(one.matching);
    largest.push_back(100 * one.largest);
  }
  return table;
}

Table flows_table(const std::vector<FlowFigure>& flows, bool brief) {
  Table table;
  auto& flow = table.add_texts("flow");
  auto& name = table.add_texts("name");
  auto& direction = table.add_texts("direction");
  auto& year = table.add_integers("year");
  auto& percent = table.add_numbers("percent", brief ? 2 : -1);
  auto& of = table.add_texts("percent_of");
  auto& value = table.add_numbers("value", brief ? 2 : -1);
  auto& unit = table.add_texts("unit");
  auto& series = table.add_texts("series");
  auto& note = table.add_texts("note");
  for (const FlowFigure& one : flows) {
    flow.push_back(one.flow);
    name.push_back(one.name);
    direction.push_back(one.direction);
    year.push_back(one.year);
    percent.push_back(one.percent);
    of.push_back(one.percent_of);
    value.push_back(one.value);
    unit.push_back(one.unit);
    series.push_back(one.series);
    note.push_back(one.note);
  }
  return table;
}

namespace {

void add_source_notes(const OdaBook& book, const std::set<std::uint16_t>& numbers, std::string& text) {
  for (const std::uint16_t number : numbers) {
    if (number == 0) continue;
    const OdaSource& source = book.sources[static_cast<std::size_t>(number - 1)];
    text += "source: " + source.series + (source.note.empty() ? "" : " (" + source.note + ")") + "\n";
  }
}

}  // namespace

std::string share_notes(const OdaBook& book, const std::vector<DonorShare>& shares) {
  std::string text;
  std::set<std::uint16_t> numbers;
  for (const DonorShare& one : shares) numbers.insert(one.share_source);
  add_source_notes(book, numbers, text);
  if (!shares.empty() && shares.front().basis == OdaBasis::grant_equivalent) {
    text +=
        "grant equivalents: not to be compared with the net flows of years before 2018; aid to LDCs is published as net flows "
        "(--basis net)\n";
  }
  return text;
}

std::string gap_notes(const OdaBook& book, const std::vector<DonorGap>& gaps, const OdaPromise* promise) {
  std::string text;
  if (promise != nullptr) {
    text += "promise: " + promise->text + ", made " + to_string(promise->made);
    if (promise->due) text += ", to be kept by " + to_string(*promise->due);
    text += " (" + promise->citation + ")\n";
    if (!promise->not_bound.empty()) {
      text += "did not accept it:";
      for (const std::string& area : promise->not_bound) text += " " + area;
      text += "\n";
    }
  }
  std::set<std::uint16_t> numbers;
  bool broken = false;
  for (const DonorGap& one : gaps) {
    numbers.insert(one.share_source);
    broken = broken || one.broken_measure;
  }
  add_source_notes(book, numbers, text);
  if (broken)
    text += "years kept are counted by net flows to 2017 and by grant equivalents from 2018: two measures, not one trend\n";
  return text;
}

}  // namespace stocktake
