// Sixteen candidates at once: plain arrays in loops that the compiler turns into vectors. No fused operations and no library
// calls inside, so every machine gets the same bits.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace stocktake::projection {

inline constexpr std::size_t lane_count = 16;
struct alignas(64) Lanes {
  double of[lane_count];
  double& operator[](std::size_t k) { return of[k]; }
  double operator[](std::size_t k) const { return of[k]; }
};

// On x86 a second copy of a function is compiled for AVX2 and chosen when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define STOCKTAKE_LANES __attribute__((target_clones("avx2", "default")))
#else
#define STOCKTAKE_LANES
#endif
#define STOCKTAKE_INLINE inline __attribute__((always_inline))

// Splits positive, normal x into a mantissa in [1, 2), left in x, and the exponent, added to e.
STOCKTAKE_INLINE void split(double& x, double& e) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t exponent = (bits >> 52) | 0x4330000000000000ULL;  // the last bits of 2^52 + exponent
  e += std::bit_cast<double>(exponent) - (4503599627370496.0 + 1023.0);
  x = std::bit_cast<double>((bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
}

// ln of positive, normal x times 2^e to about 1e-15, by the series of the inverse hyperbolic tangent.
STOCKTAKE_INLINE double logarithm(double x, double e = 0) {
  split(x, e);
  const bool high = x > 1.4142135623730951;
  x = high ? x * 0.5 : x;
  e = high ? e + 1.0 : e;
  const double s = (x - 1.0) / (x + 1.0), t = s * s;
  double sum = t * (2.0 / 19) + 2.0 / 17;
  sum = sum * t + 2.0 / 15;
  sum = sum * t + 2.0 / 13;
  sum = sum * t + 2.0 / 11;
  sum = sum * t + 2.0 / 9;
  sum = sum * t + 2.0 / 7;
  sum = sum * t + 2.0 / 5;
  sum = sum * t + 2.0 / 3;
  sum = sum * t + 2.0;
  return e * 0.6931471805599453 + s * sum;
}

}  // namespace stocktake::projection
