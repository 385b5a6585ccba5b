// A file that takes the program a while to import, made once per process.
#pragma once

#include <string>

#include "framework/temporary_folder.h"

namespace stocktake::testing {

// About 3 million figures of 1,000 series in 20 areas; 60 MB, a second or more of work.
inline std::string big_table(const std::string& prefix = "S") {
  std::string text = "series,ref_area,time_period,obs_value\n";
  text.reserve(64'000'000);
  for (int series = 0; series < 1000; ++series) {
    for (const char* area : {"CHN", "BGD", "IND", "BRA", "NGA", "ETH", "FRA", "DEU", "ESP", "RUS",
                             "EGY", "KEN", "PER", "VNM", "THA", "IDN", "PAK", "MEX", "ZAF", "TUR"}) {
      for (int year = 1870; year < 2020; ++year) {
        text += prefix + std::to_string(series) + "," + area + "," + std::to_string(year) + "," +
                std::to_string(series * year % 997) + "\n";
      }
    }
  }
  return text;
}
inline constexpr std::int64_t big_table_figures = std::int64_t{1000} * 20 * 150;

inline const std::string small_table = "series,ref_area,time_period,obs_value\nFIRST,CHN,2005,1\nFIRST,CHN,2006,2\n";

}  // namespace stocktake::testing
