#include "partnership/money/prices.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/error.h"
#include "base/files.h"
#include "base/utf8.h"
#include "ingest/dac_codes.h"
#include "ingest/named_rows.h"
#include "ingest/sink.h"

namespace stocktake {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

struct Entry {
  double deflator = no_value, exchange = no_value;
};
using Entries = std::map<std::pair<std::string, int>, Entry>;

PriceBook book_of(const Entries& entries, std::string source) {
  PriceBook book;
  book.source = std::move(source);
  if (entries.empty()) return book;
  book.first_year = entries.begin()->first.second;
  book.last_year = book.first_year;
  for (const auto& [key, entry] : entries) {
    if (book.areas.empty() || book.areas.back() != key.first) book.areas.push_back(key.first);
    book.first_year = std::min(book.first_year, key.second);
    book.last_year = std::max(book.last_year, key.second);
  }
  const auto years = static_cast<std::size_t>(book.last_year - book.first_year + 1);
  book.deflator.assign(book.areas.size() * years, no_value);
  book.exchange.assign(book.areas.size() * years, no_value);
  std::size_t area = 0;
  std::map<int, std::pair<int, int>> hundreds;  // year → deflators that are 100, deflators
  for (const auto& [key, entry] : entries) {
    while (book.areas[area] != key.first) ++area;
    const std::size_t place = area * years + static_cast<std::size_t>(key.second - book.first_year);
    book.deflator[place] = entry.deflator;
    book.exchange[place] = entry.exchange;
    if (std::isnan(entry.deflator)) continue;
    auto& count = hundreds[key.second];
    ++count.second;
    if (std::abs(entry.deflator - 100) < 1e-9) ++count.first;
  }
  // The base is the year in which the most deflators are 100, and half of that year's at least: tables of the OECD have a few
  // donors whose deflator is that of a group and another number. Money is converted by a quotient of two years, so they fit all
  // the same.
  int most = 0;
  for (const auto& [year, count] : hundreds) {
    if (count.first > most && 2 * count.first >= count.second) {
      most = count.first;
      book.base_year = year;
    }
  }
  return book;
}

}  // namespace

double PriceBook::deflator_at(std::string_view area, int year) const {
  const auto at = std::lower_bound(areas.begin(), areas.end(), area);
  if (at == areas.end() || *at != area || year < first_year || year > last_year) return no_value;
  const auto years = static_cast<std::size_t>(last_year - first_year + 1);
  return deflator[static_cast<std::size_t>(at - areas.begin()) * years + static_cast<std::size_t>(year - first_year)];
}

double PriceBook::exchange_at(std::string_view area, int year) const {
  const auto at = std::lower_bound(areas.begin(), areas.end(), area);
  if (at == areas.end() || *at != area || year < first_year || year > last_year) return no_value;
  const auto years = static_cast<std::size_t>(last_year - first_year + 1);
  return exchange[static_cast<std::size_t>(at - areas.begin()) * years + static_cast<std::size_t>(year - first_year)];
}

PriceBook load_price_book(const Store& store, const std::optional<Date>& as_of) {
  PanelQuery query;
  query.series = {"DAC_DEFLATOR", "DAC_EXCHANGE_RATE"};
  query.as_of = as_of;
  const Panel panel = store.panel(query);
  Entries entries;
  for (std::size_t i = 0; i < panel.size(); ++i) {
    if (!panel.series[i].dimensions.empty()) continue;
    const bool deflator = panel.series[i].series == "DAC_DEFLATOR";
    for (std::uint32_t k = panel.begin[i]; k < panel.begin[i + 1]; ++k) {
      Entry& entry = entries[{std::string(panel.series[i].area), panel.year[k]}];
      (deflator ? entry.deflator : entry.exchange) = panel.value[k];
    }
  }
  return book_of(entries, "DAC_DEFLATOR");
}

PriceBook read_price_book(const std::string& path, const AreaRegistry& areas) {
  const auto source = ByteSource::open(path);
  const DacCodes codes = DacCodes::load(data_home() + "/reference");
  Entries entries;
  const std::vector<NamedColumn> columns{{{"year"}, true},
                                         {{"donor_code", "iso3", "iso_code"}, true},
                                         {{"dac_deflator", "deflator"}, false},
                                         {{"lcu_per_usd", "exchange"}, false}};
  read_named_rows(*source, columns, [&](const NamedRow& row) {
    const auto fail = [&](const std::string& what) {
      throw Error(ErrorKind::input, what, "Correct the row", {path, row.line, 0, {}});
    };
    if (!row.fault.empty()) fail(row.fault);
    const int year = parse_year(row.fields[0]);
    if (year == 0) fail("year: '" + printable(row.fields[0].substr(0, 40)) + "' is no year");
    const std::string_view code = row.fields[1];
    std::string name;
    if (const DacDonor* donor = codes.donor(code); donor != nullptr && donor->provider.empty()) {
      name = donor->area;
    } else if (const auto found = areas.find(code); found && code.find_first_not_of("0123456789") != std::string_view::npos) {
      name = areas.at(*found).code;
    } else {
      fail("unknown donor '" + printable(code.substr(0, 40)) + "'");
    }
    Entry& entry = entries[{name, year}];
    const auto put = [&](std::string_view text, double& value, const char* what) {
      const ParsedValue parsed = parse_value(text, false);
      if (parsed.kind == ParsedValue::Kind::bad)
        fail(std::string(what) + ": '" + printable(text.substr(0, 40)) + "' is no number");
      if (parsed.kind == ParsedValue::Kind::number) value = parsed.value;
    };
    put(row.fields[2], entry.deflator, "deflator");
    put(row.fields[3], entry.exchange, "exchange");
  });
  if (entries.empty()) {
    throw Error(ErrorKind::input,
                "the table has no rows, expected year, donor_code (or iso3, iso_code), dac_deflator, lcu_per_usd", "",
                {path, 1, 0, {}});
  }
  return book_of(entries, path);
}

double to_constant(const PriceBook& prices, std::string_view area, int year, double current, int base) {
  const double of = prices.deflator_at(area, year), at = prices.deflator_at(area, base);
  return of > 0 && at > 0 ? current * at / of : no_value;
}

double to_current(const PriceBook& prices, std::string_view area, int year, double constant, int base) {
  const double of = prices.deflator_at(area, year), at = prices.deflator_at(area, base);
  return of > 0 && at > 0 ? constant * of / at : no_value;
}

std::string price_text(std::optional<int> constant) {
  return constant ? "constant " + std::to_string(*constant) + " prices" : "current prices";
}

double to_national(const PriceBook& prices, std::string_view area, int year, double usd) {
  const double rate = prices.exchange_at(area, year);
  return rate > 0 ? usd * rate : no_value;
}

}  // namespace stocktake
