// The lowest point of a smooth function of three numbers in a box, sixteen values at a time: a composite design (centre, six axis
// points, eight corners, and the best so far) gives gradient and second derivatives, and the next centre by Newton's step.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "assess/projection/lanes.h"

namespace stocktake::projection {

using Point = std::array<double, 3>;

struct Box {
  Point least, most;
};

struct Lowest {
  Point at{};
  double value = 1e300;
};

// Solves (H + shift) s = -g with a shift that makes the matrix positive definite where H alone is not.
inline void newton_step(double (&h)[3][3], const double (&g)[3], double (&s)[3]) {
  double size = 1e-300;
  for (int j = 0; j < 3; ++j) size = std::max(size, std::abs(h[j][j]));
  for (double shift = 0;; shift = std::max(4 * shift, 1e-3 * size)) {
    const double h00 = h[0][0] + shift, h11 = h[1][1] + shift, h22 = h[2][2] + shift, least = 1e-9 * (size + shift);
    if (h00 <= least) continue;
    const double l10 = h[0][1] / h00, d1 = h11 - l10 * h[0][1];
    if (d1 <= least) continue;
    const double l20 = h[0][2] / h00, e = h[1][2] - l20 * h[0][1], l21 = e / d1, d2 = h22 - l20 * h[0][2] - l21 * e;
    if (d2 <= least) continue;
    const double y1 = -g[1] + l10 * g[0], y2 = -g[2] + l20 * g[0] - l21 * y1;
    s[2] = y2 / d2;
    s[1] = y1 / d1 - l21 * s[2];
    s[0] = -g[0] / h00 - l10 * s[1] - l20 * s[2];
    return;
  }
}

// evaluate(points, values) for sixteen points. size: half width of the first design; 0 freezes a coordinate. Stops after `rounds`
// or when a round promises less than `enough`. best: what is known already, and the answer.
template <typename Evaluate>
void minimise(const Evaluate& evaluate, const Box& box, Point size, int rounds, double enough, Lowest& best) {
  std::array<Point, lane_count> points;
  std::array<double, lane_count> d;
  Point centre = best.at;
  bool done = false;
  for (int round = 0; round < rounds && !done; ++round) {
    for (std::size_t j = 0; j < 3; ++j) {
      if (size[j] > 0) centre[j] = std::clamp(centre[j], box.least[j] + size[j], box.most[j] - size[j]);
    }
    points.fill(centre);
    for (std::size_t j = 0; j < 3; ++j) {
      points[1 + 2 * j][j] -= size[j];
      points[2 + 2 * j][j] += size[j];
      for (std::size_t corner = 0; corner < 8; ++corner) points[7 + corner][j] += ((corner >> j) & 1) != 0 ? size[j] : -size[j];
    }
    points[15] = best.at;
    evaluate(points, d);
    const double before = best.value;
    for (std::size_t k = 0; k < lane_count; ++k) {
      if (d[k] < best.value) best = {points[k], d[k]};
    }
    double g[3], h[3][3] = {}, s[3];
    for (std::size_t j = 0; j < 3; ++j) {
      g[j] = size[j] > 0 ? (d[2 + 2 * j] - d[1 + 2 * j]) / 2 : 0;
      h[j][j] = size[j] > 0 ? d[2 + 2 * j] - 2 * d[0] + d[1 + 2 * j] : 1;
    }
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = i + 1; j < 3; ++j) {
        if (size[i] == 0 || size[j] == 0) continue;
        for (std::size_t corner = 0; corner < 8; ++corner) {
          h[i][j] += (((corner >> i) ^ (corner >> j)) & 1) != 0 ? -d[7 + corner] / 8 : d[7 + corner] / 8;
        }
      }
    }
    newton_step(h, g, s);
    double length = 0, gain = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      length = std::max(length, std::abs(s[j]));
      gain -= g[j] * s[j] / 2;
    }
    if (d[0] > before && best.value >= before) {  // the last step led nowhere: back to the best, with a smaller design
      centre = best.at;
      for (double& one : size) one *= 0.4;
      continue;
    }
    const double cut = length > 2.5 ? 2.5 / length : 1;
    for (std::size_t j = 0; j < 3; ++j) centre[j] += size[j] * s[j] * cut;
    done = gain < enough;
    if (length <= 1.5) {
      for (double& one : size) one *= 0.35;
    }
  }
  for (std::size_t j = 0; j < 3; ++j) {
    if (size[j] > 0) centre[j] = std::clamp(centre[j], box.least[j], box.most[j]);
  }
  points.fill(centre);
  evaluate(points, d);
  if (d[0] < best.value) best = {centre, d[0]};
}

}  // namespace stocktake::projection
