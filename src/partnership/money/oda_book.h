// What donors gave: one value a concept, donor and year, each with the series it came from. The concepts and the series that
// feed them, in their order of priority, are reference/oda_concepts.csv; the figures come from a store.
//
// Net flows and grant equivalents, the later headline measure, are two concepts, never one series: a value of one basis is not
// given where the other was asked for. A book's money is in one price base: current dollars, or constant ones of one year.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "framework/areas.h"
#include "partnership/money/grant_element.h"
#include "partnership/money/prices.h"
#include "store/store.h"

namespace stocktake {

enum class OdaConcept : std::uint8_t {
  oda_share,   // ODA / GNI, per cent
  oda_volume,  // ODA, millions of US dollars in the prices of the book
  ldc_share,   // ODA to LDCs, imputed multilateral included, / GNI, per cent
  ldc_volume,  // millions of US dollars in the prices of the book
  gni,         // the same
  population,  // persons
};
inline constexpr std::size_t oda_concept_count = 6;
std::string_view to_string(OdaConcept what);  // "oda_share"
std::string_view to_string(OdaBasis basis);   // "net flow", "grant equivalent"

// The concept of the money behind a share: oda_volume, ldc_volume.
OdaConcept volume_of(OdaConcept share);

// How a value came about.
enum class OdaOrigin : std::uint8_t {
  published,  // a series says so
  computed,   // from other concepts: volume / GNI, share x GNI, bilateral + imputed multilateral
};

struct OdaValue {
  double value = 0;
  OdaOrigin origin = OdaOrigin::published;
  bool preliminary = false;  // the source calls it so
  std::uint16_t source = 0;  // OdaBook::sources
};

struct OdaSource {
  std::string series;      // of the store; of a computed value the series it was computed from, with " / " or " x "
  std::string dimensions;  // of its key
  std::string note;        // of reference/oda_concepts.csv
  // Half of the last decimal a share is printed with, in per cent (0.005 for 0.37), and the same of a GNI that was worked out
  // from such a share; 0: not rounded, or not known.
  double half_unit = 0;
};

// A donor: a country, or a published group such as DAC.
struct Donor {
  std::string area;  // "GBR", "DAC"
  LocalText name;
  bool group = false;
  std::optional<int> member_from;  // year of joining the DAC (reference/dac_donors.csv); none: never a member, or not known
};

struct OdaBook {
  std::vector<Donor> donors;  // by area code, groups behind countries
  std::vector<OdaSource> sources;
  int first_year = 0, last_year = -1;  // of any value; last < first: no figures
  int first_grant_equivalent = 0;      // first year with that headline measure (reference/oda_headline.csv)
  std::optional<int> constant;         // money is in constant prices of that year; none: current prices
  std::vector<int> published_bases;    // base years in which constant volumes are published in the store; ascending

  OdaBasis headline(int year) const { return year < first_grant_equivalent ? OdaBasis::net_flow : OdaBasis::grant_equivalent; }

  // Value of a concept; population and GNI have no basis. None where no source has it.
  std::optional<OdaValue> at(OdaConcept what, OdaBasis basis, std::size_t donor, int year) const;
  std::optional<std::size_t> find(std::string_view area) const;  // index of a donor
  // Does any of the donors (all of them: an empty list) have the concept that year?
  bool has(OdaConcept what, OdaBasis basis, int year, const std::vector<std::size_t>& donors = {}) const;
  static std::uint16_t source_index(const std::optional<OdaValue>& value) {  // of sources, + 1; 0: no value
    return value ? static_cast<std::uint16_t>(value->source + 1) : std::uint16_t{0};
  }
  double half_unit(const std::optional<OdaValue>& value) const { return value ? sources[value->source].half_unit : 0; }

  // Dense tables, [concept][basis], donors x years; NaN is none. Filled by load_oda_book.
  struct Cells {
    std::vector<double> value;
    std::vector<std::uint16_t> source;  // index + 1; 0 none
    std::vector<std::uint8_t> flags;    // bit 0 computed, bit 1 preliminary
  };
  Cells cells[oda_concept_count][2];
  std::size_t years() const { return last_year < first_year ? 0 : static_cast<std::size_t>(last_year - first_year + 1); }
  void put(OdaConcept what, OdaBasis basis, std::size_t donor, int year, const OdaValue& value);
};

struct OdaBookOptions {
  std::optional<Date> as_of;          // vintages known by that day
  std::optional<int> constant;        // base year; none: current prices
  const PriceBook* prices = nullptr;  // converts what is not published in that base; none: such figures stay away
};
// Reads every series that a concept may come from and fills what is missing from other concepts of the same basis and year
// (share = 100 volume / GNI, volume = share x GNI / 100, GNI = 100 volume / share). Constant prices: volumes published in that
// base go first, GNI = 100 volume / share then is in the same prices, and what is left is converted from current prices where
// there are deflators. Shares are the same in either. `reference` is the folder of the tables. Throws Error(input) for a fault in
// a table. A store without any donor's figures gives an empty book.
OdaBook load_oda_book(const Store& store, const AreaRegistry& areas, const std::string& reference,
                      const OdaBookOptions& options = {});

}  // namespace stocktake
