// What donors gave: one value a concept, donor and year, each with the series it came from. The concepts and the series that
// feed them, in their order of priority, are reference/oda_concepts.csv; the figures come from a store.
//
// Net flows (the headline measure to 2017) and grant equivalents (from 2018) are two concepts, never one series: a value of one
// basis is not given where the other was asked for.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "framework/areas.h"
#include "partnership/money/grant_element.h"
#include "store/store.h"

namespace stocktake {

enum class OdaConcept : std::uint8_t {
  oda_share,   // ODA / GNI, per cent
  oda_volume,  // ODA, millions of current US dollars
  ldc_share,   // ODA to LDCs, imputed multilateral included, / GNI, per cent
  ldc_volume,  // millions of current US dollars
  gni,         // millions of current US dollars
  population,  // persons
};
inline constexpr std::size_t oda_concept_count = 6;
std::string_view to_string(OdaConcept what);  // "oda_share"
std::string_view to_string(OdaBasis basis);   // "net flow", "grant equivalent"

// Headline measure of a year: net flows to 2017, grant equivalents from 2018 (reference/oda_concepts.csv, row `break`).
OdaBasis headline_basis(int year);
inline constexpr int first_grant_equivalent_year = 2018;

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

  // Value of a concept; population and GNI have no basis. None where no source has it.
  std::optional<OdaValue> at(OdaConcept what, OdaBasis basis, std::size_t donor, int year) const;
  std::optional<std::size_t> find(std::string_view area) const;  // index of a donor

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
  std::optional<Date> as_of;  // vintages known by that day
};
// Reads every series that a concept may come from and fills what is missing from other concepts of the same basis and year
// (share = 100 volume / GNI, volume = share x GNI / 100, GNI = 100 volume / share). `reference` is the folder of the tables.
// Throws Error(input) for a fault in a table. A store without any donor's figures gives an empty book.
OdaBook load_oda_book(const Store& store, const AreaRegistry& areas, const std::string& reference,
                      const OdaBookOptions& options = {});

}  // namespace stocktake
