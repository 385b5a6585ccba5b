#include "partnership/views/aid_gap.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace stocktake {

std::optional<AidGap> aid_gap(const Store& store, const AreaRegistry& areas, const std::string& reference, Date at) {
  const std::vector<OdaPromise> promises = load_oda_promises(reference);
  const auto promise =
      std::find_if(promises.begin(), promises.end(), [](const OdaPromise& p) { return p.what == OdaConcept::oda_share; });
  if (promise == promises.end()) {
    throw Error(ErrorKind::input, "there is no promise on aid as a share of income", "Give oda_promises.csv a line of oda_share",
                {reference + "/oda_promises.csv", 0, 0, "concept"});
  }
  OdaBook book = load_oda_book(store, areas, reference);
  GapOptions options;
  options.promise = promise->percent;
  options.made = promise->made;
  for (int year = std::min(book.last_year, last_complete_year(at)); year >= book.first_year; --year) {
    const OdaBasis basis = book.headline(year);
    if (!book.has(OdaConcept::oda_share, basis, year)) continue;
    if (!book.has(OdaConcept::oda_volume, basis, year) && !book.published_bases.empty()) {
      OdaBookOptions constant;
      constant.constant = book.published_bases.back();
      book = load_oda_book(store, areas, reference, constant);
    }
    options.year = year;
    AidGap gap{*promise, year, basis, {}, book.constant, 0, 0};
    for (const DonorGap& one : donor_gaps(book, options)) {
      if (std::isnan(one.share)) continue;
      const Donor& donor = book.donors[one.donor];
      gap.rows.push_back({donor.name, donor.area, donor.group, one});
      if (donor.group) continue;
      ++gap.known;
      gap.kept += one.kept ? 1 : 0;
    }
    return gap;
  }
  return std::nullopt;
}

}  // namespace stocktake
