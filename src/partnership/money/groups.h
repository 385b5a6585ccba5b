// Group totals: do the members' figures add up to what the DAC publishes for the group?
#pragma once

#include <string>
#include <vector>

#include "partnership/money/oda_book.h"

namespace stocktake {

struct GroupTotal {
  std::size_t donor = 0;  // the group
  int year = 0;
  OdaBasis basis = OdaBasis::net_flow;
  std::string concept_id;  // "oda_volume", "oda_share", "ldc_volume"
  double published = 0, computed = 0;
  double difference = 0;  // computed - published
  int members = 0, with_figures = 0;
  bool matches = false;              // |difference| <= tolerance
  std::vector<std::string> missing;  // members without a figure
  std::string why;                   // of a mismatch: "members without a figure: ...", "" where it is not known
};

struct GroupOptions {
  std::string group = "DAC";
  double relative_tolerance = 1e-4;  // of volumes
  double share_tolerance = 0.005;    // per cent of GNI: published shares have two decimals
  bool members_then = false;  // only those who were members that year (the DAC's totals take today's members for all years)
};
std::vector<GroupTotal> group_totals(const OdaBook& book, const GroupOptions& options);

}  // namespace stocktake
