// Random numbers that depend on nothing but their place: seed, series, country and number of the draw. Whoever asks for a draw,
// in whatever order and on however many threads, gets the same number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace stocktake {

// SplitMix64 (source: fill_normals below): the step from one state to the next, 2^64 over the golden ratio, and the bijection
// that makes an output of a state.
inline constexpr std::uint64_t splitmix_step = 0x9E3779B97F4A7C15U;
inline std::uint64_t splitmix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

// A stream of draws. `series` and `country` are texts, so that a stream does not depend on what else a store holds; texts that
// name something else than a country ("*" for the shock that all countries share) make streams of their own.
std::uint64_t stream_key(std::uint64_t seed, std::string_view series, std::string_view country);

// The z with P(Z < z) = p, 0 < p < 1, relative error about 1e-16; -inf and +inf at 0 and 1, NaN outside.
// Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37(3), 1988, 477-484; coefficients as in src/ppnd16.f of the R
// package swdpwr (seen), checked against R's qnorm by a test.
double normal_quantile(double p);

// out[i] = standard normal number `first + i` of the stream: the i-th output of the SplitMix64 sequence that starts at the key
// (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014; constants as in splitmix63.h of
// lemire/testingRNG, seen), its upper 52 bits as the middle of one of 2^52 equal parts of (0, 1), through normal_quantile.
void fill_normals(std::uint64_t key, std::uint64_t first, std::span<double> out);

}  // namespace stocktake
