// Feeds an Open SDG platform: data/indicator_*.csv, meta/*.yml and translations/ in six languages, from figures of one area.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/language.h"
#include "store/observation.h"

namespace stocktake {

// Which indicator a series belongs to, and its name.
struct OpenSdgIndicator {
  std::string code;  // "1.1.1"
  LocalText name;
};

struct OpenSdgReport {
  std::size_t files = 0, figures = 0;
  std::vector<std::string> left_out;  // series of no indicator, or whose code would not be read back as one
};

// Writes below `folder`, which is made. Series named as an indicator ("1.1.1") are of that one; others are found in `indicators`
// and stand in the column Series. Metadata that came from a platform (`metadata`, kind "OpenSdgMetadata") are written as they
// were, others are made. What import_open_sdg() reads of the folder equals the panel in series, units, dimensions, years, periods
// and values; nature, bounds, qualifiers and sources have no place in this layout. Throws Error(store).
OpenSdgReport write_open_sdg(const Panel& panel, const std::map<std::string, OpenSdgIndicator, std::less<>>& indicators,
                             const std::vector<StoredStructure>& metadata, const std::string& folder);

}  // namespace stocktake
