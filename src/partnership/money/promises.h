// The quantified promises on aid, each with its text, its source and the day it was made: reference/oda_promises.csv.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/language.h"
#include "partnership/money/oda_book.h"

namespace stocktake {

struct OdaPromise {
  std::string id;  // "oda-0.7", "ldc-0.15"
  OdaConcept what = OdaConcept::oda_share;
  double percent = 0;           // of GNI
  std::optional<double> upper;  // of a range, 0.15 to 0.20
  Date made;                    // day of the instrument
  std::optional<Date> due;      // by when it was promised; none: no date is known to us
  std::string text;             // in short, our words
  std::string citation, url;
  std::string evidence;                // "seen" or "recalled"
  std::vector<std::string> not_bound;  // areas that did not accept it; empty: none known to us
};

std::vector<OdaPromise> load_oda_promises(const std::string& folder);  // Error(input | not_found)

// A share and a promise are compared unrounded: 0.14965 does not reach 0.15.
bool keeps(double percent, double promise);

}  // namespace stocktake
