// Group totals: do the members' figures add up to what the OECD publishes for the group? Compared key by key (series, dimensions
// and unit), so that measures, flows and price bases never mix. Shares and indices are left out: they do not add.
#pragma once

#include <string>
#include <vector>

#include "ingest/dac_codes.h"
#include "store/observation.h"

namespace stocktake {

struct GroupTotal {
  std::string group, series, dimensions, unit;
  int year = 0;
  double published = 0, computed = 0;
  double difference = 0;  // computed - published
  int members = 0, with_figures = 0;
  bool matches = false;              // |difference| within the tolerance
  std::vector<std::string> missing;  // members without a figure
  std::string why;                   // of a mismatch, where a cause is in sight; "" otherwise
};

struct GroupOptions {
  std::string group = "DAC";
  double relative_tolerance = 1e-4;  // of the published total
  double absolute_tolerance = 0.05;  // in the unit: the rounding of some thirty figures with two decimals
  bool members_then = false;  // only those who were members that year; the OECD's totals take today's members for all years
};
// By series, dimensions, year; a year without any member's figure is left out. Throws Error(not_found) for a group whose members
// are not known.
std::vector<GroupTotal> series_group_totals(const Panel& panel, const DacCodes& codes, const GroupOptions& options);

struct GroupMatch {
  std::string series, dimensions;
  int years = 0, matching = 0;
  double largest = 0;  // |difference| / |published|
};
std::vector<GroupMatch> match_rates(const std::vector<GroupTotal>& totals);

}  // namespace stocktake
