#include "assess/simulation/contributions.h"

#include <cmath>

#include "base/error.h"

namespace stocktake {
namespace {

bool has_figure(const CountryFigure& figure, GroupKind kind) {
  return figure.source != FigureSource::missing && (kind == GroupKind::sum || figure.weight > 0);
}

struct Whole {
  double weight = 0, sum = 0;
  std::size_t figures = 0;
};

Whole whole(std::span<const std::uint32_t> members, std::span<const CountryFigure> figures, GroupKind kind) {
  Whole out;
  for (const std::uint32_t member : members) {
    const CountryFigure& one = figures[member];
    if (!has_figure(one, kind)) continue;
    out.weight += one.weight;
    out.sum += kind == GroupKind::mean ? one.weight * one.value : one.value;
    ++out.figures;
  }
  return out;
}

}  // namespace

Decomposition decompose(std::span<const std::uint32_t> members, std::span<const CountryFigure> from,
                        std::span<const CountryFigure> to, GroupKind kind) {
  if (kind != GroupKind::mean && kind != GroupKind::sum) {
    throw Error(ErrorKind::usage, "the change of a median is no sum of the countries' changes", "Ask for a mean or a sum");
  }
  Decomposition out;
  const Whole before = whole(members, from, kind), after = whole(members, to, kind);
  if (before.figures == 0 || after.figures == 0) return out;
  const bool mean = kind == GroupKind::mean;
  out.from = mean ? before.sum / before.weight : before.sum;
  out.to = mean ? after.sum / after.weight : after.sum;
  const double middle = (out.from + out.to) / 2;
  for (const std::uint32_t member : members) {
    const bool was = has_figure(from[member], kind), is = has_figure(to[member], kind);
    if (!was && !is) continue;
    Contribution one;
    one.country = member;
    if (was) one.from = from[member].value;
    if (is) one.to = to[member].value;
    if (mean) {
      one.from_share = was ? from[member].weight / before.weight : 0;
      one.to_share = is ? to[member].weight / after.weight : 0;
    }
    if (was && is) {
      one.figure = (mean ? (one.from_share + one.to_share) / 2 : 1) * (one.to - one.from);
      if (mean) one.weight = (one.to_share - one.from_share) * ((one.from + one.to) / 2 - middle);
    } else if (mean) {
      one.composition = (one.to_share - one.from_share) * ((is ? one.to : one.from) - middle);
    } else {
      one.composition = is ? one.to : -one.from;
    }
    out.countries.push_back(one);
  }
  return out;
}

}  // namespace stocktake
