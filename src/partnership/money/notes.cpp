// What stands below the tables on money: sources, breaks of the measure, rounding.
#include <cmath>
#include <set>

#include "partnership/money/tables.h"

namespace stocktake {
namespace {

void add_sources(const OdaBook& book, const char* what, const std::set<std::uint16_t>& numbers, std::string& text) {
  for (const std::uint16_t number : numbers) {
    if (number == 0) continue;
    const OdaSource& source = book.sources[static_cast<std::size_t>(number - 1)];
    text += std::string(what) + ": " + source.series + (source.note.empty() ? "" : " (" + source.note + ")") + "\n";
  }
}

// Donors of the rows for which `holds`, by area code with blanks.
template <class Row, class Holds>
std::string donors_where(const OdaBook& book, const std::vector<Row>& rows, Holds holds) {
  std::string text;
  for (const Row& one : rows) {
    if (holds(one)) text += (text.empty() ? "" : " ") + book.donors[one.donor].area;
  }
  return text;
}

// In current prices: rows with a share, whose money is published in constant prices alone.
template <class Row, class Money>
void add_other_prices(const OdaBook& book, const std::vector<Row>& rows, Money money, std::string& text) {
  if (book.constant || book.published_bases.empty()) return;
  const std::string without =
      donors_where(book, rows, [&](const Row& one) { return !std::isnan(one.share) && std::isnan(money(one)); });
  if (!without.empty()) text += "without money in current prices, perhaps with --prices constant: " + without + "\n";
}

template <class Row>
void add_rounding(const OdaBook& book, const std::vector<Row>& rows, std::string& text) {
  const std::string open = donors_where(book, rows, [](const Row& one) { return one.undecided; });
  if (!open.empty()) text += "the printed share is rounded and may be on either side of the promise: " + open + "\n";
}

}  // namespace

std::string share_notes(const OdaBook& book, const std::vector<DonorShare>& shares) {
  std::string text;
  std::set<std::uint16_t> numbers, incomes;
  bool people = false, volumes = false;
  for (const DonorShare& one : shares) {
    numbers.insert(one.share_source);
    if (!std::isnan(one.volume)) incomes.insert(one.gni_source);
    people = people || !std::isnan(one.population);
    volumes = volumes || !std::isnan(one.volume);
  }
  add_sources(book, "source", numbers, text);
  add_sources(book, "GNI", incomes, text);
  add_other_prices(
      book, shares, [](const DonorShare& one) { return one.volume; }, text);
  if (volumes && !people) text += "no population in the store: nothing a head (series of population: docs/money.md)\n";
  add_rounding(book, shares, text);
  if (!shares.empty() && shares.front().basis == OdaBasis::grant_equivalent) {
    text += "grant equivalents: not to be compared with the net flows of years before " +
            std::to_string(book.first_grant_equivalent) + "; aid to LDCs is published as net flows (--basis net)\n";
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
  std::set<std::uint16_t> numbers, incomes;
  bool broken = false, bounded = false;
  for (const DonorGap& one : gaps) {
    numbers.insert(one.share_source);
    if (!std::isnan(one.gap)) incomes.insert(one.gni_source);
    broken = broken || one.broken_measure;
    bounded = bounded || !std::isnan(one.gap_low);
  }
  add_sources(book, "source", numbers, text);
  add_sources(book, "GNI", incomes, text);
  add_other_prices(
      book, gaps, [](const DonorGap& one) { return one.gap; }, text);
  if (bounded)
    text += "gap_low to gap_high: GNI is 100 x volume / share, and the share is rounded; the gap is somewhere between\n";
  add_rounding(book, gaps, text);
  if (broken) {
    const std::string year = std::to_string(book.first_grant_equivalent);
    text += "years kept are counted by net flows before " + year + " and by grant equivalents from " + year +
            ": two measures, not one trend\n";
  }
  return text;
}

std::string path_notes(const OdaBook& book, const OdaPath& path, const MoneyView& view) {
  const std::string& area = book.donors[path.donor].area;
  std::string text = "base " + std::to_string(path.base_year) + ", " + std::string(to_string(path.basis)) + ": " +
                     number_text(path.base_share, 3) + " % of GNI; promise " + number_text(path.promise) + " %";
  text += path.kept ? ", kept: the path keeps the share\n"
                    : "; " + number_text(path.points_a_year, 4) + " points a year, or volume " +
                          (std::isnan(path.volume_growth) ? std::string("growth undefined: nothing was given")
                                                          : number_text(100 * path.volume_growth, 2) + " % more each year") +
                          "; " + number_text(view.of(area, path.base_year, path.additional), 1) +
                          " million more in all on the linear path\n";
  text += "GNI grows by " + number_text(100 * path.gni_growth) + " % a year\n";
  add_sources(book, "source", {path.share_source}, text);
  add_sources(book, "GNI", {path.gni_source}, text);
  if (!std::isnan(path.gni_low)) {
    text += "GNI is 100 x volume / share, and the share is rounded: GNI of the base year is between " +
            number_text(view.of(area, path.base_year, path.gni_low), 0) + " and " +
            number_text(view.of(area, path.base_year, path.gni_high), 0) + " million\n";
  }
  return text;
}

}  // namespace stocktake
