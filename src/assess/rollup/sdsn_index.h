// An index of the SDSN kind from a framework's `sdsn:` blocks: scores, colours and arrows of indicators and goals, the index and
// the rank of each country. Formulas and sources: docs/methods.md.
#pragma once

#include <optional>
#include <vector>

#include "assess/methods/sdsn.h"
#include "assess/rollup/measures.h"

namespace stocktake {

struct SdsnOptions {
  double max_missing = 0.2;   // no index above this share of missing indicators
  double min_coloured = 0.5;  // a goal gets a colour when at least this share of its indicators has a score
  double min_trends = 0.75;   // a goal gets an arrow when at least this share of its indicators has one
};

struct SdsnCell {                  // an indicator of a country
  std::uint32_t row = UINT32_MAX;  // of the run; UINT32_MAX: no figure
  bool applies = true;
  double score = no_figure, rescaled = no_figure, ratio = no_figure, points = no_figure;
  Colour colour = Colour::grey;
  Arrow arrow = Arrow::none;
};

struct SdsnGoal {  // a goal of a country
  double score = no_figure;
  bool imputed = false;  // no indicator of its own: the mean of the region
  bool applies = true;
  Colour colour = Colour::grey;
  Arrow arrow = Arrow::none;
  int indicators = 0, of = 0;  // with a score, that apply
};

struct SdsnCountry {
  AreaId area = 0;
  std::optional<AreaId> region;  // the first of the framework's regions that has the country
  double index = no_figure;
  int rank = 0;                 // 1 = best, equal indices share a rank; 0: no index
  double missing = 0;           // share of the indicators that apply
  std::vector<SdsnGoal> goals;  // as SdsnIndexes::goals
  std::vector<SdsnCell> cells;  // as SdsnIndexes::indicators
};

struct SdsnIndexes {
  struct Member {
    std::size_t goal = 0;  // index into goals
    const Indicator* indicator = nullptr;
  };
  std::vector<std::uint16_t> goals;    // of the framework, those with an indicator of the index
  std::vector<Member> indicators;      // by goal, then as the targets list them
  std::vector<SdsnCountry> countries;  // with at least one figure, in the order of the registry
};

// Every country of the run: the regions' means need all of them. Throws Error(input) when the framework has no sdsn block or
// names a group that does not exist.
SdsnIndexes sdsn_indexes(const AssessmentRun& run, const SdsnOptions& options = {});

}  // namespace stocktake
