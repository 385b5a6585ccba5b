#include "assess/simulation/quantiles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace stocktake {
namespace {

constexpr std::size_t buckets = 256;

// The draws by equal parts of their range; within a bucket in no order. The bucket of a draw does not fall when the draw grows,
// so that an order statistic lies in the bucket in which its rank falls.
class Buckets {
 public:
  Buckets(std::span<const double> draws, double least, double greatest, std::vector<double>& room) : room_(room) {
    const double factor = static_cast<double>(buckets) / (greatest - least);
    const auto bucket_of = [&](double x) {
      return std::min(static_cast<std::size_t>(static_cast<std::int64_t>((x - least) * factor)), buckets - 1);
    };
    for (const double x : draws) ++start_[bucket_of(x) + 1];
    for (std::size_t b = 0; b < buckets; ++b) start_[b + 1] += start_[b];
    std::array<std::uint32_t, buckets> next;
    std::copy_n(start_.begin(), buckets, next.begin());
    room_.resize(draws.size());
    for (const double x : draws) room_[next[bucket_of(x)]++] = x;
  }

  double ranked(std::size_t rank) {
    const auto end = std::upper_bound(start_.begin(), start_.end(), static_cast<std::uint32_t>(rank));
    const auto at = [this](std::size_t i) { return room_.begin() + static_cast<std::ptrdiff_t>(i); };
    std::nth_element(at(*(end - 1)), at(rank), at(*end));
    return room_[rank];
  }

 private:
  std::vector<double>& room_;
  std::array<std::uint32_t, buckets + 1> start_{};
};

}  // namespace

void quantiles_of(std::span<const double> draws, std::span<const double> levels, std::vector<double>& room,
                  std::span<double> out) {
  std::fill(out.begin(), out.end(), std::numeric_limits<double>::quiet_NaN());
  if (draws.empty()) return;
  const auto [least, greatest] = std::minmax_element(draws.begin(), draws.end());
  const auto interpolate = [&](auto&& ranked) {
    for (std::size_t i = 0; i < levels.size(); ++i) {
      const double at = levels[i] * static_cast<double>(draws.size() - 1);
      const auto rank = static_cast<std::size_t>(at);
      const double below = ranked(rank), share = at - static_cast<double>(rank);
      out[i] = share > 0 ? below + share * (ranked(rank + 1) - below) : below;
    }
  };
  const double factor = static_cast<double>(buckets) / (*greatest - *least);
  if (std::isfinite(factor) && factor > 0 && draws.size() < UINT32_MAX) {
    Buckets sorted(draws, *least, *greatest, room);
    interpolate([&](std::size_t rank) { return sorted.ranked(rank); });
    return;
  }
  room.assign(draws.begin(), draws.end());  // all alike, or beyond what can be divided
  std::sort(room.begin(), room.end());
  interpolate([&](std::size_t rank) { return room[rank]; });
}

}  // namespace stocktake
