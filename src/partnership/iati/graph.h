// Relations between activities, by their positions: which is above which, and who passes money on to whom.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <vector>

namespace stocktake::iati {

struct Edge {
  std::uint32_t from, to;
  auto operator<=>(const Edge&) const = default;
};

// Calls visit(edge) once for every edge, when all edges that leave its end are done. An edge that would close a circle is left
// out; which one it is depends on the numbers alone: activities are taken in their order. Numbers are below `nodes`.
void visit_upwards(std::vector<Edge> edges, std::size_t nodes, const std::function<void(const Edge&)>& visit);

// The edges that are visited, sorted.
std::vector<Edge> without_circles(std::vector<Edge> edges, std::size_t nodes);

}  // namespace stocktake::iati
