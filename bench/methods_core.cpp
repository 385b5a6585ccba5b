// Our side of bench/run methods: facts, the verdicts of all methods, the projection and what it says of the target, for so many
// series of a store (repeated in turn), to be halved from 1990 by 2030.
// methods_core STORE SERIES [OUTPUT]: prints the seconds and the peak memory in MiB; writes what the peer's answer is compared
// with.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "assess/core.h"
#include "assess/methods/method.h"
#include "base/parallel.h"
#include "assess/projection/combination.h"
#include "assess/projection/outlook.h"
#include "base/files.h"
#include "base/table.h"
#include "store/store.h"

using namespace stocktake;

namespace {

SeriesView view_of_series(const Panel& panel, std::uint32_t series) {
  const std::size_t begin = panel.begin[series];
  return {panel.year.data() + begin, panel.value.data() + begin, panel.begin[series + 1] - begin};
}

RuleView halve() {
  RuleView rule;
  rule.type = RuleType::reduce_by;
  rule.fraction = 0.5;
  rule.direction = Direction::down;
  rule.baseline = 1990;
  rule.deadline = 2030;
  rule.oldest = 0;  // no figure is too old
  return rule;
}

struct Answers {
  std::vector<Facts> facts;
  std::vector<Case> cases;
  std::vector<std::vector<Judgement>> judgements;  // by method
  std::vector<float> chance;                       // that the target is met
};

double probability(const Case& one) {
  constexpr std::size_t longest = 64;
  double mean[longest], sd[longest];
  const SeriesView& series = one.series;
  if (one.facts->base_year == 0 || series.size == 0) return no_figure;
  const int ahead = one.rule->deadline - series.year[series.size - 1];
  if (ahead <= 0 || ahead > static_cast<int>(longest)) return no_figure;
  ProjectionInput input;
  input.series = series;
  input.scale = scale_of(nullptr, series);
  const std::span<double> means(mean, static_cast<std::size_t>(ahead)), sds(sd, static_cast<std::size_t>(ahead));
  if (!project_calibrated(input, default_model(), means, sds)) return no_figure;
  const Promise promise = promise_of(*one.rule, one.facts->base, one.facts->latest);
  return outlook_of(series, {static_cast<std::int16_t>(series.year[series.size - 1] + 1), means, sds, input.scale}, promise,
                    *one.rule)
      .probability;
}

void judge_all(const Panel& panel, const RuleView& rule, std::size_t count, Answers& out) {
  std::vector<std::uint32_t> series(count);
  for (std::size_t i = 0; i < count; ++i) series[i] = static_cast<std::uint32_t>(i % panel.size());
  out.facts.resize(count);
  CoreOptions options;
  options.base_window = 100;  // the peer's base is the first figure since 1990
  compute_facts(panel, series, std::span(&rule, 1), options, out.facts);
  out.cases.resize(count);
  for (std::size_t i = 0; i < count; ++i) out.cases[i] = {view_of_series(panel, series[i]), &out.facts[i], &rule, nullptr};
  out.judgements.assign(methods().size(), std::vector<Judgement>(count));
  constexpr std::size_t block = 4096;
  const std::size_t blocks = (count + block - 1) / block;
  for (std::size_t m = 0; m < methods().size(); ++m) {
    const Method& one = *methods()[m];
    const std::vector<double> parameters = default_parameters(one);
    if (one.info().traits.joint) {  // compares its cases with each other
      one.judge(out.cases, parameters, out.judgements[m]);
      continue;
    }
    in_tasks(blocks, 0, [&](std::size_t b) {
      const std::size_t from = b * block, size = std::min(block, count - from);
      one.judge(std::span(out.cases).subspan(from, size), parameters, std::span(out.judgements[m]).subspan(from, size));
    });
  }
  out.chance.resize(count);
  in_tasks((count + 255) / 256, 0, [&](std::size_t b) {
    for (std::size_t i = b * 256; i < std::min(count, (b + 1) * 256); ++i)
      out.chance[i] = static_cast<float>(probability(out.cases[i]));
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const Store store = Store::open(argv[1], Store::Access::read);
  PanelQuery query;
  query.first_year = 1990;
  query.last_year = 2029;
  const Panel panel = store.panel(query);
  const RuleView rule = halve();
  Answers answers;
  const auto start = std::chrono::steady_clock::now();
  judge_all(panel, rule, std::stoul(argv[2]), answers);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::size_t forecasts = 0;
  for (const float chance : answers.chance) forecasts += chance == chance ? 1 : 0;
  std::printf("%.6f %.1f %zu %zu\n", elapsed.count(), static_cast<double>(usage.ru_maxrss) / 1024, methods().size(), forecasts);
  if (argc < 4) return 0;

  Table table;
  auto& code = table.add_texts("series");
  auto& area = table.add_texts("ref_area");
  for (std::size_t i = 0; i < answers.cases.size(); ++i) {
    code.emplace_back(panel.series[i % panel.size()].series);
    area.emplace_back(panel.series[i % panel.size()].area);
  }
  for (std::size_t m = 0; m < methods().size(); ++m) {
    const Method& one = *methods()[m];
    auto& own = table.add_texts(std::string(one.info().id));
    auto& score = table.add_numbers(std::string(one.info().id) + "_score");
    for (const Judgement& judgement : answers.judgements[m]) {
      own.emplace_back(judgement.own == no_class ? to_string(judgement.verdict) : one.classes()[judgement.own].id);
      score.push_back(judgement.score);
    }
  }
  write_file(argv[3], to_csv(table));
  return 0;
}
