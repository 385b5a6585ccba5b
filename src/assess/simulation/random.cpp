#include "assess/simulation/random.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace stocktake {
namespace {

// Adds a text byte by byte, its length last, so that ("ab", "c") and ("a", "bc") differ.
std::uint64_t with_text(std::uint64_t key, std::string_view text) {
  for (const char byte : text) key = splitmix(key + splitmix_step + static_cast<unsigned char>(byte));
  return splitmix(key + splitmix_step + (std::uint64_t{1} << 32) + text.size());
}

constexpr double a[8] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
                         4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
constexpr double b[8] = {1.0,
                         4.2313330701600911252e1,
                         6.8718700749205790830e2,
                         5.3941960214247511077e3,
                         2.1213794301586595867e4,
                         3.9307895800092710610e4,
                         2.8729085735721942674e4,
                         5.2264952788528545610e3};
constexpr double c[8] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                         3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                         2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr double d[8] = {1.0,
                         2.05319162663775882187e0,
                         1.67638483018380384940e0,
                         6.89767334985100004550e-1,
                         1.48103976427480074590e-1,
                         1.51986665636164571966e-2,
                         5.47593808499534494600e-4,
                         1.05075007164441684324e-9};
constexpr double e[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                         2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                         2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr double f[8] = {1.0,
                         5.99832206555887937690e-1,
                         1.36929880922735805310e-1,
                         1.48753612908506148525e-2,
                         7.86869131145613259100e-4,
                         1.84631831751005468180e-5,
                         1.42151175831644588870e-7,
                         2.04426310338993978564e-15};
constexpr double centre_edge = 0.425, centre_constant = 0.180625, tail_shift = 1.6, tail_edge = 5;

inline double ratio(const double (&top)[8], const double (&bottom)[8], double r) {
  double over = top[7], under = bottom[7];
  for (int i = 6; i >= 0; --i) {
    over = over * r + top[i];
    under = under * r + bottom[i];
  }
  return over / under;
}

// q = p - 1/2, |q| > 0.425; smaller = min(p, 1 - p).
double tail(double q, double smaller) {
  const double r = std::sqrt(-std::log(smaller));
  const double z = r <= tail_edge ? ratio(c, d, r - tail_shift) : ratio(e, f, r - tail_edge);
  return q < 0 ? -z : z;
}

}  // namespace

std::uint64_t stream_key(std::uint64_t seed, std::string_view series, std::string_view country) {
  return with_text(with_text(splitmix(seed + splitmix_step), series), country);
}

double normal_quantile(double p) {
  if (!(p >= 0 && p <= 1)) return std::numeric_limits<double>::quiet_NaN();
  if (p == 0 || p == 1) return p == 0 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  const double q = p - 0.5;
  if (std::abs(q) > centre_edge) return tail(q, q < 0 ? p : 1 - p);
  return q * ratio(a, b, centre_constant - q * q);
}

void fill_normals(std::uint64_t key, std::uint64_t first, std::span<double> out) {
  constexpr std::size_t block = 64;  // of one size, so that the loops over the centre become vector code
  double q[block], z[block];
  for (std::size_t from = 0; from < out.size(); from += block) {
    for (std::size_t i = 0; i < block; ++i) {
      const std::uint64_t bits = splitmix(key + (first + from + i + 1) * splitmix_step);
      // A double in [1, 2) from the upper 52 bits; less 3/2 and plus half a step it is p - 1/2, exactly.
      q[i] = (std::bit_cast<double>((bits >> 12) | 0x3FF0000000000000U) - 1.5) + 0x1p-53;
    }
    for (std::size_t i = 0; i < block; ++i) z[i] = q[i] * ratio(a, b, centre_constant - q[i] * q[i]);
    for (std::size_t i = 0; i < block; ++i) {
      if (std::abs(q[i]) > centre_edge) z[i] = tail(q[i], 0.5 - std::abs(q[i]));
    }
    std::copy_n(z, std::min(block, out.size() - from), out.begin() + static_cast<std::ptrdiff_t>(from));
  }
}

}  // namespace stocktake
