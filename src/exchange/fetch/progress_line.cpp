#include "exchange/fetch/progress_line.h"

#include <algorithm>
#include <cstdio>

namespace stocktake::fetch {
namespace {

std::string size_text(std::int64_t bytes) {
  char text[32];
  if (bytes < 1'000'000) {
    std::snprintf(text, sizeof text, "%.0f kB", static_cast<double>(bytes) / 1e3);
  } else {
    std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
  }
  return text;
}

std::string time_text(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  if (whole < 120) return std::to_string(whole) + " s";
  return whole < 7200 ? std::to_string(whole / 60) + " min" : std::to_string(whole / 3600) + " h";
}

}  // namespace

std::string progress_text(const FetchState& state) {
  std::string text = "fetching " + std::to_string(state.pages_done) + " of " + std::to_string(state.pages) + " pages";
  if (state.requests > 1)
    text += " (" + std::to_string(state.requests_done) + " of " + std::to_string(state.requests) + " requests done)";
  if (state.rows > 0) text += ", " + std::to_string(state.rows) + " rows";
  text += ", " + size_text(state.bytes);
  const double part = state.part_of > 0 ? static_cast<double>(state.part) / static_cast<double>(state.part_of) : 0;
  const double done = static_cast<double>(state.pages_done) + std::min(1.0, part);
  if (done > 0.01 && state.pages > 0 && state.seconds > 0.5) {
    const double left = state.seconds * std::max(0.0, static_cast<double>(state.pages) - done) / done;
    text += ", " + time_text(left) + " left";
  }
  return text;
}

}  // namespace stocktake::fetch
