// Search for the greatest likelihood of the local linear trend. The common factor of the three variances is known in closed form
// (unless the variances of the figures are given), so two numbers are left: a triangle with corners h, level, slope. Its inside
// is searched in two logarithms of ratios, each of its edges (one variance zero, where many maxima lie) in one.
// 1. a coarse grid over inside, edges and corners; 2. the edges, each narrowed around its best point by parabolas; 3. a scan from
// the best edge point inwards, since a maximum may lie close to an edge; 4. steps of Newton inside by differences on a 3 x 3
// stencil; 5. where an edge has it, that edge once more, finely. About ten rounds of sixteen candidates. With damping, phi is a
// third number: the coarse grid at two values of it, then Newton's steps in all three (newton.h).
#include <algorithm>
#include <cmath>

#include "assess/projection/newton.h"
#include "assess/projection/trend.h"

namespace stocktake::projection {
namespace {

constexpr double infinite = 1e300;

// Which variance is zero; `inside` none. Ratios of the edges: no_level slope/h, no_slope level/h, no_noise slope/level.
enum Edge { no_level, no_slope, no_noise };

struct Round {
  TrendLanes lanes;
  Lanes deviance, squares;
  std::size_t used = 0;

  void add(double h, double level, double slope, double phi) {
    lanes.h[used] = h;
    lanes.level[used] = level;
    lanes.slope[used] = slope;
    lanes.phi[used] = phi;
    ++used;
  }
  void add_edge(int edge, double ratio, double phi) {
    if (edge == no_level) return add(1, 0, ratio, phi);
    if (edge == no_slope) return add(1, ratio, 0, phi);
    return add(0, 1, ratio, phi);
  }
};

// Of the parabola through three values a step apart, where it is lowest: steps from the middle one, which is the least of the
// three.
double parabola(double before, double middle, double after) {
  const double curve = before - 2 * middle + after;
  return curve > 0 ? 0.5 * (before - after) / curve : 0;
}

class Search {
 public:
  explicit Search(const Figures& figures)
      : figures_(figures), known_(figures.variance != nullptr), count_(static_cast<double>(figures.count - 2)) {}

  // Evaluates what was added to the round, keeps the best point ever seen.
  void run(Round& round) {
    for (std::size_t k = round.used; k < lane_count; ++k) {  // the rest repeats the first
      round.lanes.h[k] = round.lanes.h[0];
      round.lanes.level[k] = round.lanes.level[0];
      round.lanes.slope[k] = round.lanes.slope[0];
      round.lanes.phi[k] = round.lanes.phi[0];
    }
    Lanes log_squares, log_f;
    trend_kernel(figures_, round.lanes, round.squares, log_squares, log_f);
    for (std::size_t k = 0; k < lane_count; ++k) {
      round.deviance[k] = (known_ ? round.squares[k] : count_ * log_squares[k]) + log_f[k];
    }
    for (std::size_t k = 0; k < round.used; ++k) {
      if (known_ && round.lanes.h[k] == 0) round.deviance[k] = infinite;  // noise that is known cannot be left out
      if (!(round.deviance[k] < best_.deviance)) continue;
      best_ = {round.lanes.h[k],   round.lanes.level[k], round.lanes.slope[k],
               round.lanes.phi[k], round.deviance[k],    round.squares[k]};
    }
  }

  void coarse(double phi);
  void edges(double phi);
  void inwards(double phi);
  void inside(double phi, double step, int rounds);
  void polish(double phi);
  void damped(double ratio_size, double phi_size, int rounds);
  void around();
  const TrendPoint& best() const { return best_; }

 private:
  struct Bracket {
    double at = 0, deviance = infinite;
  };
  const Figures& figures_;
  bool known_;
  double count_;
  TrendPoint best_{1, 0, 0, 1, infinite, 0};
  Bracket edge_[3];
  TrendPoint inside_{1, 1, 1, 1, infinite, 0};  // the best with no variance zero
};

void Search::coarse(double phi) {
  edge_[0] = edge_[1] = edge_[2] = {};
  inside_.deviance = infinite;
  constexpr double levels[] = {0.007, 0.14, 2.7, 55}, slopes[] = {1.2e-4, 0.0025, 0.05, 1, 20, 400};
  constexpr double edges[3][5] = {
      {1.7e-5, 3.4e-4, 0.0067, 0.14, 2.7}, {0.0025, 0.05, 0.37, 2.7, 55}, {9e-4, 0.011, 0.14, 1, 7.4}};
  {
    Round round;  // the edges and one corner
    for (int e = 0; e < 3; ++e) {
      for (const double ratio : edges[e]) round.add_edge(e, ratio, phi);
    }
    round.add(1, 0, 0, phi);
    run(round);
    for (std::size_t k = 0; k < 15; ++k) {
      Bracket& edge = edge_[k / 5];
      if (round.deviance[k] < edge.deviance) edge = {edges[k / 5][k % 5], round.deviance[k]};
    }
  }
  for (std::size_t part = 0; part < 2; ++part) {
    Round round;
    for (std::size_t i = 0; i < 12; ++i) round.add(1, levels[i % 4], slopes[3 * part + i / 4], phi);
    if (part == 0) {
      round.add(0, 1, 0, phi);
      round.add(0, 0, 1, phi);
    }
    run(round);
    for (std::size_t i = 0; i < 12; ++i) {
      if (round.deviance[i] < inside_.deviance) inside_ = {1, levels[i % 4], slopes[3 * part + i / 4], phi, round.deviance[i], 0};
    }
  }
}

void Search::edges(double phi) {
  for (const double step : {1.3, 0.3}) {
    const double factor = std::exp(step);
    Round round;
    double at[3][5];
    for (int e = 0; e < 3; ++e) {
      at[e][2] = edge_[e].at;
      at[e][1] = at[e][2] / factor;
      at[e][0] = at[e][1] / factor;
      at[e][3] = at[e][2] * factor;
      at[e][4] = at[e][3] * factor;
      for (const double ratio : at[e]) round.add_edge(e, ratio, phi);
    }
    run(round);
    for (int e = 0; e < 3; ++e) {
      const double* d = round.deviance.of + 5 * e;
      int low = 0;
      for (int k = 1; k < 5; ++k) {
        if (d[k] < d[low]) low = k;
      }
      edge_[e] = {at[e][low], d[low]};
      if (low > 0 && low < 4) edge_[e].at *= std::exp(step * parabola(d[low - 1], d[low], d[low + 1]));
    }
  }
}

// When the best point is on an edge, or as good as on it: along that edge, finely.
void Search::polish(double phi) {
  const double shares[] = {6 * best_.h, 2 * best_.level, best_.slope};
  const double small = 1e-5 * (shares[0] + shares[1] + shares[2]);
  const int zeros = (shares[0] < small) + (shares[1] < small) + (shares[2] < small);
  if (zeros != 1) return;  // inside, or a corner
  const int edge = shares[0] < small ? no_noise : shares[1] < small ? no_level : no_slope;
  double at = edge == no_noise ? best_.slope / best_.level : (edge == no_level ? best_.slope : best_.level) / best_.h;
  constexpr double step = 0.06;
  const double factor = std::exp(step);
  double ratio[lane_count];
  Round round;
  for (int k = 0; k < 8; ++k) at /= factor;
  for (double& one : ratio) {
    one = at;
    at *= factor;
    round.add_edge(edge, one, phi);
  }
  run(round);
  const double* d = round.deviance.of;
  const auto low = static_cast<std::size_t>(std::min_element(d, d + lane_count) - d);
  if (low == 0 || low + 1 == lane_count) return;
  Round last;
  last.add_edge(edge, ratio[low] * std::exp(step * parabola(d[low - 1], d[low], d[low + 1])), phi);
  run(last);
}

// Where the parabolas of the edges ended, and from the best of these (or the corner that is best) into the triangle.
void Search::inwards(double phi) {
  Round round;
  TrendPoint from = best_;
  if (from.h > 0 && from.level > 0 && from.slope > 0) return;
  if (phi == 1) {
    for (int e = 0; e < 3; ++e) {
      round.add_edge(e, edge_[e].at, phi);
      if (edge_[e].deviance == from.deviance)
        from = {round.lanes.h[round.used - 1], round.lanes.level[round.used - 1], round.lanes.slope[round.used - 1], phi, 0, 0};
    }
  }
  // The variance that is zero, as a share of what the others make of the second differences.
  const double size = 6 * from.h + 2 * from.level + from.slope;
  const bool corner = (from.h > 0) + (from.level > 0) + (from.slope > 0) == 1;
  double small = size * 0.4;
  for (int k = 0; k < (corner ? 6 : 13); ++k) {
    small *= corner ? 0.06 : 0.24;
    if (!corner) {
      round.add(from.h > 0 ? from.h : small, from.level > 0 ? from.level : small, from.slope > 0 ? from.slope : small, phi);
    } else if (from.h > 0) {
      round.add(from.h, small, 0, phi);
      round.add(from.h, 0, small, phi);
    } else if (from.level > 0) {
      round.add(small, from.level, 0, phi);
      round.add(0, from.level, small, phi);
    } else {
      round.add(small, 0, from.slope, phi);
      round.add(0, small, from.slope, phi);
    }
  }
  run(round);
}

void Search::inside(double phi, double step, int rounds) {
  if (best_.h > 0 && best_.level > 0 && best_.slope > 0) inside_ = best_;
  if (inside_.deviance >= infinite) return;
  // Two ratios to that variance which makes most of the second differences: so that a variance that hardly matters is one axis.
  const double shares[] = {6 * inside_.h, 2 * inside_.level, inside_.slope};
  const auto largest = static_cast<std::size_t>(std::max_element(shares, shares + 3) - shares);
  const std::size_t first = largest == 0 ? 1 : 0, second = largest == 2 ? 1 : 2;
  const auto add = [&](Round& round, double x, double y) {
    double v[3];
    v[largest] = 1;
    v[first] = x;
    v[second] = y;
    round.add(v[0], v[1], v[2], phi);
  };
  const double start[] = {inside_.h, inside_.level, inside_.slope};
  double at_x = start[first] / start[largest], at_y = start[second] / start[largest];  // of inside_
  double x = at_x, y = at_y, fx = 1, fy = 1;  // the centre, and the factors by which it moved
  constexpr int far_x[] = {0, 4, 2, 2, 0, 4}, far_y[] = {2, 2, 0, 4, 0, 4};
  for (int pass = 0; pass < rounds; ++pass) {
    if (pass >= 2 && best_.deviance < inside_.deviance) return;  // an edge has it
    const double e = std::exp(step), factor[] = {1 / (e * e * e), 1 / e, 1, e, e * e * e};
    double px[lane_count], py[lane_count];
    Round round;
    for (std::size_t k = 0; k < lane_count; ++k) {
      px[k] = x * (k < 9 ? factor[1 + k % 3] : k < 15 ? factor[far_x[k - 9]] : fx);  // the last: as far again
      py[k] = y * (k < 9 ? factor[1 + k / 3] : k < 15 ? factor[far_y[k - 9]] : fy);
      add(round, px[k], py[k]);
    }
    run(round);
    const double* d = round.deviance.of;
    std::size_t low = 4;
    for (std::size_t k = 0; k < lane_count; ++k) {
      if (d[k] < d[low]) low = k;
    }
    const bool better = d[low] < inside_.deviance;
    if (better) {
      inside_.deviance = d[low];
      at_x = px[low];
      at_y = py[low];
    }
    if (!better || low >= 9) {  // the step led nowhere, or not far enough
      fx = at_x / x;
      fy = at_y / y;
      x = at_x;
      y = at_y;
      if (!better) step *= 0.4;
      continue;
    }
    const double g[3] = {(d[5] - d[3]) / 2, (d[7] - d[1]) / 2, 0};
    double h[3][3] = {{d[5] - 2 * d[4] + d[3], (d[8] - d[6] - d[2] + d[0]) / 4, 0}, {0, d[7] - 2 * d[4] + d[1], 0}, {0, 0, 1}};
    double s[3];
    newton_step(h, g, s);
    const double length = std::max(std::abs(s[0]), std::abs(s[1])), cut = length > 2.5 ? 2.5 / length : 1;
    fx = std::exp(step * s[0] * cut);
    fy = std::exp(step * s[1] * cut);
    x *= fx;
    y *= fy;
    if (-(g[0] * s[0] + g[1] * s[1]) / 2 < 1e-5) break;
    if (length <= 1.5) step *= 0.3;
  }
  Round last;
  add(last, x, y);
  run(last);
}

// From the best point, with damping free: Newton's steps in the logarithms of the two ratios (one of them frozen on an edge).
void Search::damped(double ratio_size, double phi_size, int rounds) {
  const TrendPoint from = best_;
  const double of_level = from.h > 0 ? from.h : 1, level = from.level / of_level;  // on the edge without noise: slope/level
  const double of_slope = from.h > 0 ? from.h : from.level, slope = of_slope > 0 ? from.slope / of_slope : 0;
  const bool move_level = from.h > 0 && level > 0, move_slope = of_slope > 0 && slope > 0;
  const auto evaluate = [&](const std::array<Point, lane_count>& points, std::array<double, lane_count>& values) {
    Round round;
    for (const Point& p : points) {
      const double l = move_level ? level * std::exp(p[0]) : level, s = move_slope ? slope * std::exp(p[1]) : slope;
      if (of_slope == 0) {
        round.add(0, 0, 1, p[2]);
      } else if (from.h == 0) {
        round.add(0, 1, s, p[2]);
      } else {
        round.add(1, l, s, p[2]);
      }
    }
    run(round);
    for (std::size_t k = 0; k < lane_count; ++k) values[k] = round.deviance[k];
  };
  Lowest lowest{{0, 0, from.phi}, from.deviance};
  minimise(evaluate, {{-40, -40, phi_least}, {40, 40, phi_most}},
           {move_level ? ratio_size : 0, move_slope ? ratio_size : 0, phi_size}, rounds, 1e-6, lowest);
}

// From the best point to the edges beside it, and to other dampings.
void Search::around() {
  const TrendPoint from = best_;
  Round round;
  if (from.h > 0 && from.level + from.slope > 0) round.add(0, from.level, from.slope, from.phi);
  if (from.level > 0 && from.h + from.slope > 0) round.add(from.h, 0, from.slope, from.phi);
  if (from.slope > 0 && from.h + from.level > 0) round.add(from.h, from.level, 0, from.phi);
  for (int k = 0; k < 13; ++k) round.add(from.h, from.level, from.slope, phi_least + (phi_most - phi_least) / 12 * k);
  run(round);
}

}  // namespace

TrendPoint search_trend(const Figures& figures, bool damped) {
  Search search(figures);
  if (!damped) {
    search.coarse(1);
    search.edges(1);
    search.inwards(1);
    search.inside(1, 1.0, 10);
    search.polish(1);
    return search.best();
  }
  search.coarse(0.97);
  search.coarse(0.83);
  search.around();
  search.damped(0.8, 0.03, 4);
  search.inwards(search.best().phi);
  search.around();
  search.damped(0.3, 0.02, 4);
  return search.best();
}

}  // namespace stocktake::projection
