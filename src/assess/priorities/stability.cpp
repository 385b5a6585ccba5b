#include "assess/priorities/stability.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/parallel.h"

namespace stocktake {
namespace {

// Ranks by item and draw: item i in draw d at [i * draws + d].
class RankTable {
 public:
  RankTable(std::size_t items, std::size_t draws) : draws_(draws), rank_(items * draws) {}
  void set(std::size_t item, std::size_t draw, std::size_t rank) {
    rank_[item * draws_ + draw] = static_cast<std::uint32_t>(rank);
  }
  // Sorts the ranks of the item.
  Stability of(std::size_t item) {
    const auto begin = rank_.begin() + static_cast<std::ptrdiff_t>(item * draws_);
    const auto end = begin + static_cast<std::ptrdiff_t>(draws_);
    std::sort(begin, end);
    const auto at = [&](double share) {  // the smallest rank that is not exceeded by this share of the draws
      const double place = std::ceil(share * static_cast<double>(draws_) - 1e-9);
      return static_cast<double>(begin[static_cast<std::ptrdiff_t>(std::max(1.0, place)) - 1]);
    };
    const auto within = [&](std::uint32_t rank) {
      return static_cast<double>(std::upper_bound(begin, end, rank) - begin) / static_cast<double>(draws_);
    };
    return {at(0.05), at(0.95), within(3), within(10)};
  }

 private:
  std::size_t draws_;
  std::vector<std::uint32_t> rank_;
};

struct Tables {
  RankTable targets, areas, rows;
};

// Room for one draw, kept between the draws of a thread.
struct Room {
  std::vector<UnitState> states;
  std::vector<Tally> targets, areas;
  std::vector<double> scores;
  std::vector<std::pair<double, std::uint32_t>> order;
};

template <typename Score>
void rank_tallies(const std::vector<Tally>& tallies, const Score& score, std::vector<double>& scores, std::size_t draw,
                  RankTable& table) {
  scores.clear();
  for (const Tally& one : tallies) scores.push_back(score(one));
  const std::vector<std::uint32_t> order = ranked(scores);
  for (std::size_t i = 0; i < order.size(); ++i) table.set(order[i], draw, i + 1);
}

void one_draw(const std::vector<Unit>& units, const Places& places, const PriorityOptions& options, std::size_t draw, Room& room,
              Tables& tables) {
  room.targets.assign(places.targets.size(), {});
  room.areas.assign(places.areas.size(), {});
  room.states.resize(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    room.states[i] = drawn_state(units[i], draw);
    room.targets[places.target_of[i]].add(units[i], room.states[i]);
    if (places.area_of[i] != no_place) room.areas[places.area_of[i]].add(units[i], room.states[i]);
  }
  const PriorityWeights& weights = options.weights;
  const auto by_target = [&](const Tally& one) {
    return order_by(target_score(one, weights), few_countries(one, options, places.areas.size()));
  };
  const auto by_country = [&](const Tally& one) {
    return order_by(country_score(one, weights), few_targets(one, options, places.targets.size()));
  };
  rank_tallies(room.targets, by_target, room.scores, draw, tables.targets);
  rank_tallies(room.areas, by_country, room.scores, draw, tables.areas);
  room.order.clear();
  for (std::uint32_t place = 0; place < places.countries.size(); ++place) {
    const double gap = room.states[places.countries[place]].gap;
    room.order.emplace_back(std::isfinite(gap) ? -gap : 0.0, place);
  }
  std::sort(room.order.begin(), room.order.end());
  for (std::size_t i = 0; i < room.order.size(); ++i) tables.rows.set(room.order[i].second, draw, i + 1);
}

}  // namespace

double careful_share(double share, int n) { return n > 0 && std::isfinite(share) ? (n * share + 0.5) / (n + 1) : no_figure; }

double weighted_score(std::span<const double> factors, std::span<const double> weights) {
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    if (!std::isfinite(factors[i]) || !(weights[i] > 0)) continue;
    sum += weights[i] * std::log(factors[i]);
    total += weights[i];
  }
  return total > 0 ? std::exp(sum / total) : no_figure;
}

void Tally::add(const Unit& unit, const UnitState& state) {
  ++judged;
  regions = unit.region;
  off_track += state.off_track ? 1 : 0;
  stalled += state.stalled ? 1 : 0;
  if (std::isfinite(unit.population)) {
    population += unit.population;
    population_off += state.off_track ? unit.population : 0;
  }
  if (std::isfinite(state.gap)) {
    gap += state.gap;
    ++gaps;
  }
}

double target_score(const Tally& tally, const PriorityWeights& weights) {
  const double n = tally.judged;
  const std::array factors = {careful_share(tally.off_track / n, tally.judged), careful_share(tally.stalled / n, tally.judged),
                              careful_share(tally.population_off / tally.population, tally.judged)};
  return weighted_score(factors, std::array{weights.off_track, weights.stalled, weights.people});
}

double country_score(const Tally& tally, const PriorityWeights& weights) {
  const double n = tally.judged;
  const std::array factors = {careful_share(tally.off_track / n, tally.judged), careful_share(tally.stalled / n, tally.judged),
                              careful_share(tally.gap / tally.gaps, tally.gaps)};
  return weighted_score(factors, std::array{weights.off_track, weights.stalled, weights.gap});
}

bool few_countries(const Tally& tally, const PriorityOptions& options, std::size_t areas) {
  return !tally.regions && tally.judged < std::min(options.min_countries, static_cast<int>((areas + 1) / 2));
}

bool few_targets(const Tally& tally, const PriorityOptions& options, std::size_t targets) {
  return tally.judged < std::min(options.min_targets, static_cast<int>(targets));
}

std::vector<std::uint32_t> ranked(std::span<const double> scores) {
  std::vector<std::uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const double left = std::isnan(scores[a]) ? -1 : scores[a];
    const double right = std::isnan(scores[b]) ? -1 : scores[b];
    return left != right ? left > right : a < b;
  });
  return order;
}

Places find_places(const std::vector<Unit>& units) {
  Places out;
  for (const Unit& unit : units) {
    out.targets.push_back(unit.target);
    if (!unit.region) out.areas.push_back(unit.area);
  }
  const auto unique = [](auto& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  };
  unique(out.targets);
  unique(out.areas);
  const auto place = [](const auto& list, auto value) {
    return static_cast<std::uint32_t>(std::lower_bound(list.begin(), list.end(), value) - list.begin());
  };
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    out.target_of.push_back(place(out.targets, units[i].target));
    out.area_of.push_back(units[i].region ? no_place : place(out.areas, units[i].area));
    if (!units[i].region) out.countries.push_back(i);
  }
  const auto distance = [&](std::uint32_t i) { return std::isfinite(units[i].distance) ? units[i].distance : 0; };
  std::stable_sort(out.countries.begin(), out.countries.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return distance(a) > distance(b); });
  return out;
}

Ranks rank_under_uncertainty(const std::vector<Unit>& units, const Places& places, const PriorityOptions& options) {
  Ranks out;
  out.targets.resize(places.targets.size());
  out.areas.resize(places.areas.size());
  out.rows.resize(units.size());
  if (options.draws <= 0 || units.empty()) return out;
  const auto draws = static_cast<std::size_t>(options.draws);
  Tables tables{{places.targets.size(), draws}, {places.areas.size(), draws}, {places.countries.size(), draws}};
  // Counted in states, so that the parts are worth a thread; a draw belongs to the part in which it begins.
  in_parallel(draws * units.size(), 0, [&](std::size_t begin, std::size_t end) {
    Room room;
    const std::size_t size = units.size();
    for (std::size_t draw = (begin + size - 1) / size; draw * size < end; ++draw) {
      one_draw(units, places, options, draw, room, tables);
    }
  });
  for (std::size_t i = 0; i < out.targets.size(); ++i) out.targets[i] = tables.targets.of(i);
  for (std::size_t i = 0; i < out.areas.size(); ++i) out.areas[i] = tables.areas.of(i);
  for (std::size_t i = 0; i < places.countries.size(); ++i) out.rows[places.countries[i]] = tables.rows.of(i);
  return out;
}

}  // namespace stocktake
