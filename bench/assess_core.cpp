// Our side of bench/run assess: facts and both verdicts of every series of a store, halving from 1990 by 2030, repeated.
// assess_core STORE OUTPUT REPEATS: prints the seconds of each repetition; writes what the peer's answer is compared with.
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "assess/core.h"
#include "assess/promise.h"
#include "base/files.h"
#include "base/table.h"
#include "store/store.h"

using namespace stocktake;

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const Store store = Store::open(argv[1], Store::Access::read);
  PanelQuery query;
  query.first_year = 1990;
  const Panel panel = store.panel(query);

  RuleView rule;
  rule.type = RuleType::reduce_by;
  rule.fraction = 0.5;
  rule.direction = Direction::down;
  rule.baseline = 1990;
  rule.deadline = 2030;
  rule.oldest = 0;  // no figure is too old
  CoreOptions options;
  options.base_window = 100;  // the peer's rule is the first figure since 1990

  std::vector<Facts> facts(panel.size());
  std::vector<Verdict> mdg(panel.size()), sdg(panel.size());
  const int repeats = std::stoi(argv[3]);
  for (int i = 0; i < repeats; ++i) {
    const auto start = std::chrono::steady_clock::now();
    assess_uniform(panel, rule, options, facts, mdg, sdg);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    std::printf("%.6f\n", elapsed.count());
  }

  Table table;
  auto& series = table.add_texts("series");
  auto& area = table.add_texts("ref_area");
  auto& base_year = table.add_integers("base_year");
  auto& latest_year = table.add_integers("latest_year");
  auto& base = table.add_numbers("base");
  auto& latest = table.add_numbers("latest");
  auto& expected = table.add_numbers("expected_linear");
  auto& verdict = table.add_texts("mdg");
  auto& chart = table.add_texts("sdg");
  for (std::size_t i = 0; i < panel.size(); ++i) {
    series.emplace_back(panel.series[i].series);
    area.emplace_back(panel.series[i].area);
    base_year.push_back(facts[i].base_year);
    latest_year.push_back(facts[i].latest_year);
    base.push_back(facts[i].base);
    latest.push_back(facts[i].latest);
    expected.push_back(facts[i].expected_linear);
    verdict.emplace_back(to_string(mdg[i]));
    chart.emplace_back(to_string(sdg[i]));
  }
  write_file(argv[2], to_csv(table));
  return 0;
}
