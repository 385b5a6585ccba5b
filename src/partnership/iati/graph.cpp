#include "partnership/iati/graph.h"

#include <algorithm>
#include <utility>

namespace stocktake::iati {

void visit_upwards(std::vector<Edge> edges, std::size_t nodes, const std::function<void(const Edge&)>& visit) {
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  std::vector<std::size_t> first(nodes + 1, edges.size());
  for (std::size_t i = edges.size(); i-- > 0;) first[edges[i].from] = i;
  for (std::size_t i = nodes; i-- > 0;) first[i] = std::min(first[i], first[i + 1]);
  enum : std::uint8_t { unseen, open, done };
  std::vector<std::uint8_t> state(nodes, unseen);
  std::vector<std::pair<std::uint32_t, std::size_t>> stack;  // a node, its next edge
  for (std::uint32_t root = 0; root < nodes; ++root) {
    if (state[root] != unseen) continue;
    stack.emplace_back(root, first[root]);
    state[root] = open;
    while (!stack.empty()) {
      auto& [at, next] = stack.back();
      if (next == first[at + 1]) {
        state[at] = done;
        stack.pop_back();
        if (!stack.empty()) visit(edges[stack.back().second - 1]);
        continue;
      }
      const Edge& edge = edges[next++];
      if (state[edge.to] == done) visit(edge);
      if (state[edge.to] == unseen) {
        state[edge.to] = open;
        stack.emplace_back(edge.to, first[edge.to]);
      }
    }
  }
}

std::vector<Edge> without_circles(std::vector<Edge> edges, std::size_t nodes) {
  std::vector<Edge> kept;
  visit_upwards(std::move(edges), nodes, [&](const Edge& edge) { kept.push_back(edge); });
  std::sort(kept.begin(), kept.end());
  return kept;
}

}  // namespace stocktake::iati
