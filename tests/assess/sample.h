// Small panels, frameworks and registries for the tests of assess, made in memory.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "assess/core.h"
#include "assess/methods/method.h"
#include "assess/run.h"

namespace stocktake::sample {

using Figures = std::vector<std::pair<int, double>>;  // year, value

// Texts are literals in the tests, so that the panel's views stay valid.
inline void add(Panel& panel, std::string_view series, std::string_view area, const Figures& figures,
                std::string_view dimensions = "", int vintage = 1) {
  if (panel.provenances.empty()) panel.provenances.emplace_back();
  panel.series.push_back({series, area, dimensions, "", vintage});
  for (const auto& [year, value] : figures) {
    panel.year.push_back(static_cast<std::int16_t>(year));
    panel.value.push_back(value);
    panel.provenance.push_back(0);
  }
  panel.begin.push_back(static_cast<std::uint32_t>(panel.value.size()));
}

// A rule from 1990 to 2015 judged with figures to 2013, unless said otherwise.
inline RuleView rule(RuleType type, Direction direction = Direction::down, int baseline = 1990, int deadline = 2015) {
  RuleView view;
  view.type = type;
  view.direction = direction;
  view.baseline = static_cast<std::int16_t>(baseline);
  view.deadline = static_cast<std::int16_t>(deadline);
  view.oldest = static_cast<std::int16_t>(deadline - 10);
  return view;
}

inline RuleView reduce_by(double fraction) {
  RuleView view = rule(RuleType::reduce_by);
  view.fraction = fraction;
  return view;
}

inline RuleView reach(double value, Direction direction, int baseline = 1990, int deadline = 2015) {
  RuleView view = rule(RuleType::reach, direction, baseline, deadline);
  view.value = value;
  return view;
}

struct Judged {
  Facts facts;
  Verdict mdg = Verdict::not_applicable, sdg = Verdict::not_applicable;
};

inline Judged judge(const Figures& figures, const RuleView& rule, const CoreOptions& options = {}) {
  Panel panel;
  add(panel, "S", "A", figures);
  Judged one;
  assess_uniform(panel, rule, options, std::span(&one.facts, 1), std::span(&one.mdg, 1), std::span(&one.sdg, 1));
  return one;
}

// A registry of four countries AAA to DDD and two groups: G (A, B, C from the start, D since 2010; B left on 2014-01-01)
// and LDC (A, B).
inline AreaRegistry registry() {
  const auto folder = std::filesystem::temp_directory_path() / ("stocktake-assess-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto write = [&folder](const char* name, const char* text) { std::ofstream(folder / name) << text; };
  write(
      "areas.csv",
      "iso3,iso2,m49,kind,parent_note,from,to,name_en,name_ar,name_zh,name_fr,name_ru,name_es,aliases\n"
      "AAA,,,country,,,,Alpha,,,,,,\nBBB,,,country,,,,Beta,,,,,,\nCCC,,,country,,,,Gamma,,,,,,\nDDD,,,country,,,,Delta,,,,,,\n");
  write("group_defs.csv",
        "group,kind,m49,name_en,name_ar,name_zh,name_fr,name_ru,name_es,parent,note,aliases\n"
        "G,m49,,The group,,,,,,,,\nLDC,un,,Least,,,,,,,,\n");
  write("groups.csv",
        "group,iso3,from,to,source\nG,AAA,,,x\nG,BBB,,2014-01-01,x\nG,CCC,,,x\nG,DDD,2010-01-01,,x\nLDC,AAA,,,x\nLDC,BBB,,,x\n");
  AreaRegistry areas = AreaRegistry::load(folder.string());
  std::filesystem::remove_all(folder);
  return areas;
}

// One goal, one target "4.A" with the rules given; indicators "4.1" and "4.2": down, weighted by births.
inline Framework framework(std::vector<TargetRule> rules) {
  Framework made;
  made.id = "test";
  made.version = "1";
  made.baseline = 1990;
  made.deadline = {2015, 12, 31};
  for (const char* code : {"4.1", "4.2"}) {
    Indicator indicator;
    indicator.code = code;
    indicator.name = LocalText(std::string("indicator ") + code);
    indicator.unit = "PER_1000_LIVE_BIRTHS";
    indicator.direction = Direction::down;
    indicator.aggregate = Aggregate::weighted_mean;
    indicator.weight = "births";
    made.indicators[code] = indicator;
  }
  Target target;
  target.code = "4.A";
  target.title = LocalText("a target");
  target.indicators = {"4.1", "4.2"};
  target.rules = std::move(rules);
  Goal goal;
  goal.code = "4";
  goal.targets.push_back(std::move(target));
  made.goals.push_back(std::move(goal));
  return made;
}

inline TargetRule halve(const char* indicator, bool headline) {
  TargetRule rule;
  rule.indicator = indicator;
  rule.type = RuleType::reduce_by;
  rule.fraction = 0.5;
  rule.headline = headline;
  return rule;
}

inline SeriesBinding feeds(const char* series, const char* indicator) {
  SeriesBinding entry;
  entry.series = series;
  entry.indicators["test"] = {indicator};
  return entry;
}

inline Binding binding(const char* id, int priority, std::vector<SeriesBinding> series) {
  Binding made;
  made.id = id;
  made.source_name = std::string("source ") + id;
  made.priority = priority;
  made.series = std::move(series);
  return made;
}

}  // namespace stocktake::sample
