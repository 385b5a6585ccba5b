#include "assess/projection/simple.h"

#include <algorithm>
#include <cmath>

namespace stocktake::projection {

void forecast_last_value(const Figures& f, std::span<double> mean, std::span<double> sd) {
  double sum = 0;
  for (std::size_t i = 1; i < f.count; ++i) {
    const double d = f.z[i] - f.z[i - 1];
    sum += d * d / f.gap[i];
  }
  const double s = std::sqrt(sum / static_cast<double>(f.count - 1));
  for (std::size_t i = 0; i < mean.size(); ++i) {
    mean[i] = f.z[f.count - 1];
    sd[i] = s * std::sqrt(static_cast<double>(i + 1));
  }
}

void forecast_linear(const Figures& f, std::span<double> mean, std::span<double> sd) {
  const auto n = static_cast<double>(f.count);
  double at = 0, mean_t = 0, mean_z = 0;
  for (std::size_t i = 0; i < f.count; ++i) {
    at += f.gap[i];
    mean_t += at / n;
    mean_z += f.z[i] / n;
  }
  const double last = at;
  double tt = 0, tz = 0;
  at = 0;
  for (std::size_t i = 0; i < f.count; ++i) {
    at += f.gap[i];
    tt += (at - mean_t) * (at - mean_t);
    tz += (at - mean_t) * (f.z[i] - mean_z);
  }
  const double slope = tz / tt;
  double squares = 0;
  at = 0;
  for (std::size_t i = 0; i < f.count; ++i) {
    at += f.gap[i];
    const double e = f.z[i] - mean_z - slope * (at - mean_t);
    squares += e * e;
  }
  const double s2 = squares / (n - 2);
  double before = 0;
  for (std::size_t i = 0; i < mean.size(); ++i) {
    const double t = last + static_cast<double>(i + 1) - mean_t;
    mean[i] = mean_z + slope * t;
    before = sd[i] = std::max(before, std::sqrt(s2 * (1 + 1 / n + t * t / tt)));
  }
}

void forecast_drift(const Figures& f, std::span<double> mean, std::span<double> sd) {
  const auto steps = static_cast<double>(f.count - 1);
  double years = 0, squares = 0;
  for (std::size_t i = 1; i < f.count; ++i) years += f.gap[i];
  const double last = f.z[f.count - 1], d = (last - f.z[0]) / years;
  for (std::size_t i = 1; i < f.count; ++i) {
    const double e = f.z[i] - f.z[i - 1] - d * f.gap[i];
    squares += e * e / f.gap[i];
  }
  const double s2 = (squares + d * d * years / steps) / steps;
  for (std::size_t i = 0; i < mean.size(); ++i) {
    const auto h = static_cast<double>(i + 1);
    mean[i] = last + d * h;
    sd[i] = std::sqrt(s2 * (h + h * h / years));
  }
}

}  // namespace stocktake::projection
