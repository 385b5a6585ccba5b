// A small sound framework, line by line, for tests that break one line of it.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "framework/framework.h"

namespace stocktake::testing {

inline const std::string six_titles = "{en: a, ar: b, zh: c, fr: d, ru: e, es: f}";

// Lines 1 to 26; `sample("x")` is the framework x with one goal, two targets and two indicators.
inline std::vector<std::string> sample_lines(const std::string& id) {
  return {
      "framework: " + id,                                                                  // 1
      "version: \"1\"",                                                                    // 2
      "title: {en: Sample}",                                                               // 3
      "source: {title: A list, url: \"https://example.org\"}",                             // 4
      "baseline: 1990",                                                                    // 5
      "deadline: 2015",                                                                    // 6
      "goals:",                                                                            // 7
      "  - code: \"1\"",                                                                   // 8
      "    title: " + six_titles,                                                          // 9
      "    targets:",                                                                      // 10
      "      - code: \"1.A\"",                                                             // 11
      "        title: " + six_titles,                                                      // 12
      "        indicators: [\"1.1\", \"1.2\"]",                                            // 13
      "        rules:",                                                                    // 14
      "          - {indicator: \"1.1\", type: reduce_by, fraction: 2/3, citation: List}",  // 15
      "          - {indicator: \"1.2\", type: none_quantified, reason: no number}",        // 16
      "    indicators:",                                                                   // 17
      "      - code: \"1.1\"",                                                             // 18
      "        name: {en: One, zh: Yi}",                                                   // 19
      "        unit: PERCENT",                                                             // 20
      "        direction: down",                                                           // 21
      "        bounds: [0, 100]",                                                          // 22
      "        scale: logit",                                                              // 23
      "        aggregate: weighted_mean",                                                  // 24
      "        weight: population",                                                        // 25
      "      - {code: \"1.2\", name: {en: Two, zh: Er}, unit: NUMBER, direction: up}",     // 26
  };
}

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

inline std::string sample(const std::string& id) { return joined(sample_lines(id)); }

// The sample with one line (from 1) replaced; an empty replacement drops the line.
inline std::string sample_with(std::size_t line, const std::string& replacement) {
  std::vector<std::string> lines = sample_lines("x");
  if (replacement.empty()) {
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(line) - 1);
  } else {
    lines[line - 1] = replacement;
  }
  return joined(lines);
}

// One line a fault: "15:12 field: message".
inline std::string listed(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& one : diagnostics) {
    text += fmt::format("{}:{} {}: {}\n", one.where.line, one.where.column, one.where.field, one.message);
  }
  return text;
}

inline std::string faults(const std::string& text) { return listed(check_framework_text(text, "x.yaml")); }

}  // namespace stocktake::testing
