#include "partnership/money/oda_book.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stocktake {
namespace {

constexpr std::uint8_t computed_flag = 1, preliminary_flag = 2;

bool has_basis(OdaConcept what) { return what != OdaConcept::gni && what != OdaConcept::population; }

}  // namespace

std::string_view to_string(OdaBasis basis) { return basis == OdaBasis::net_flow ? "net flow" : "grant equivalent"; }

OdaConcept volume_of(OdaConcept share) {
  return share == OdaConcept::ldc_share ? OdaConcept::ldc_volume : OdaConcept::oda_volume;
}

std::optional<OdaValue> OdaBook::at(OdaConcept what, OdaBasis basis, std::size_t donor, int year) const {
  if (donor >= donors.size() || year < first_year || year > last_year) return std::nullopt;
  const Cells& table = cells[static_cast<std::size_t>(what)][has_basis(what) ? static_cast<std::size_t>(basis) : 0];
  if (table.value.empty()) return std::nullopt;
  const std::size_t place = donor * years() + static_cast<std::size_t>(year - first_year);
  if (table.source[place] == 0) return std::nullopt;
  return OdaValue{table.value[place], (table.flags[place] & computed_flag) != 0 ? OdaOrigin::computed : OdaOrigin::published,
                  (table.flags[place] & preliminary_flag) != 0, static_cast<std::uint16_t>(table.source[place] - 1)};
}

void OdaBook::put(OdaConcept what, OdaBasis basis, std::size_t donor, int year, const OdaValue& value) {
  if (donor >= donors.size() || year < first_year || year > last_year || !std::isfinite(value.value)) return;
  Cells& table = cells[static_cast<std::size_t>(what)][has_basis(what) ? static_cast<std::size_t>(basis) : 0];
  if (table.value.empty()) {
    const std::size_t size = donors.size() * years();
    table.value.assign(size, std::numeric_limits<double>::quiet_NaN());
    table.source.assign(size, 0);
    table.flags.assign(size, 0);
  }
  const std::size_t place = donor * years() + static_cast<std::size_t>(year - first_year);
  table.value[place] = value.value;
  table.source[place] = static_cast<std::uint16_t>(value.source + 1);
  table.flags[place] = static_cast<std::uint8_t>((value.origin == OdaOrigin::computed ? computed_flag : 0) |
                                                 (value.preliminary ? preliminary_flag : 0));
}

bool OdaBook::has(OdaConcept what, OdaBasis basis, int year, const std::vector<std::size_t>& chosen) const {
  for (const std::size_t donor : chosen) {
    if (at(what, basis, donor, year)) return true;
  }
  if (!chosen.empty()) return false;
  for (std::size_t donor = 0; donor < donors.size(); ++donor) {
    if (at(what, basis, donor, year)) return true;
  }
  return false;
}

std::optional<std::size_t> OdaBook::find(std::string_view area) const {
  const auto found = std::find_if(donors.begin(), donors.end(), [&](const Donor& donor) { return donor.area == area; });
  if (found == donors.end()) return std::nullopt;
  return static_cast<std::size_t>(found - donors.begin());
}

}  // namespace stocktake
