// One line on a terminal for all requests of a fetch: pages, rows, bytes and the time that is left.
#pragma once

#include <cstdint>
#include <string>

namespace stocktake::fetch {

struct FetchState {
  std::int64_t requests = 0, requests_done = 0;
  std::int64_t pages = 0, pages_done = 0;  // of those that are known of
  std::int64_t rows = 0, bytes = 0;
  std::int64_t part = 0, part_of = 0;  // bytes of pages that are coming, of those whose length is known
  double seconds = 0;                  // since the beginning
};
// "fetching 3 of 25 pages, 1200 rows, 4.5 MB, 12 s left".
std::string progress_text(const FetchState& state);

}  // namespace stocktake::fetch
