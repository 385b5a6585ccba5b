#include "exchange/check/check.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <tuple>

#include "base/error.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/text.h"
#include "exchange/check/rates.h"
#include "exchange/check/series_check.h"
#include "exchange/check/sources.h"

namespace stocktake {
namespace {

struct KindFacts {
  std::string_view name;
  Severity severity;
};
constexpr std::array<KindFacts, check_kinds> kinds{{
    {"out_of_bounds", Severity::fault},
    {"interval", Severity::fault},
    {"negative", Severity::warning},
    {"duplicate_row", Severity::fault},
    {"scale_slip", Severity::warning},
    {"outlier", Severity::warning},
    {"jump", Severity::warning},
    {"zero", Severity::warning},
    {"unit_mixed", Severity::warning},
    {"unit_binding", Severity::warning},
    {"disagreement", Severity::warning},
    {"revised", Severity::warning},
    {"stopped", Severity::warning},
    {"hole", Severity::remark},
    {"carried_forward", Severity::remark},
    {"nature_mix", Severity::remark},
    {"repeated_vintage", Severity::remark},
    {"missing_indicator", Severity::remark},
    {"missing_areas", Severity::remark},
}};

// Series that end as a whole long before the others of the store.
void check_ends(const CheckInput& input, const CheckOptions& options, const std::vector<SeriesGroup>& groups,
                const std::vector<SeriesFacts>& facts, std::vector<Finding>& findings) {
  constexpr std::size_t least_series = 5;
  const Panel& panel = input.panel;
  std::vector<double> lasts;
  for (const SeriesGroup& group : groups) {
    const auto begin = panel.year.begin();
    lasts.push_back(*std::max_element(begin + panel.begin[group.begin], begin + panel.begin[group.end]));
  }
  if (lasts.size() < least_series) return;
  std::vector<double> sorted = lasts;
  const double usual = median_in_place(sorted);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const double behind = usual - lasts[g];
    if (behind < 2 * options.stopped_years) continue;  // a whole source may be late: twice the years of a country
    Finding& finding = findings.emplace_back();
    finding.kind = CheckKind::stopped;
    finding.indicator = facts[g].indicator;
    finding.series = panel.series[groups[g].begin].series;
    finding.first_year = finding.last_year = static_cast<int>(lasts[g]);
    finding.figures = panel.begin[groups[g].end] - panel.begin[groups[g].begin];
    finding.expected = usual;
    finding.score = behind;
    finding.evidence = number_text(lasts[g]) + " < " + number_text(usual);
  }
}

void check_vintages(const CheckInput& input, std::vector<Finding>& findings) {
  for (const VintageOverlap& one : input.overlaps) {
    const std::string which = "vintages " + std::to_string(one.earlier) + ", " + std::to_string(one.later);
    if (one.same != 0) {
      Finding& finding = findings.emplace_back();
      finding.kind = CheckKind::repeated_vintage;
      finding.series = one.series;
      finding.figures = one.same;
      finding.value = one.later;
      finding.expected = one.earlier;
      finding.evidence = which + ": " + std::to_string(one.same);
    }
    if (one.revised != 0) {
      Finding& finding = findings.emplace_back();
      finding.kind = CheckKind::revised;
      finding.series = one.series;
      finding.area = one.area;
      finding.dimensions = one.dimensions;
      finding.first_year = finding.last_year = one.year;
      finding.figures = one.revised;
      finding.value = one.after;
      finding.expected = one.before;
      finding.score = std::fabs(one.after - one.before) / std::max(std::fabs(one.after), std::fabs(one.before));
      finding.evidence = which + ": " + std::to_string(one.revised) + "; " + std::to_string(one.year) + " " +
                         number_text(one.before) + " -> " + number_text(one.after);
    }
  }
  for (const SecondFigures& one : input.second_figures) {
    Finding& finding = findings.emplace_back();
    finding.kind = CheckKind::duplicate_row;
    finding.figures = one.rows;
    finding.value = one.vintage;
    finding.evidence =
        "vintage " + std::to_string(one.vintage) + ": " + std::to_string(one.rows) + "; line " + std::to_string(one.first_line);
  }
}

}  // namespace

std::string_view to_string(CheckKind kind) { return kinds[static_cast<std::size_t>(kind)].name; }

std::optional<CheckKind> parse_check_kind(std::string_view text) {
  for (std::size_t i = 0; i < check_kinds; ++i) {
    if (kinds[i].name == text) return static_cast<CheckKind>(i);
  }
  return std::nullopt;
}

std::string_view to_string(Severity severity) {
  constexpr std::array<std::string_view, 3> names{"fault", "warning", "remark"};
  return names[static_cast<std::size_t>(severity)];
}

Severity severity_of(CheckKind kind) { return kinds[static_cast<std::size_t>(kind)].severity; }

std::string finding_id(const Finding& finding) {
  // Findings about vintages have no place else: the vintages are theirs.
  const bool vintages = finding.kind == CheckKind::repeated_vintage || finding.kind == CheckKind::duplicate_row;
  std::string place;
  for (const std::string& part : {finding.indicator, finding.series, finding.area, finding.dimensions}) place += part + '\x1f';
  place += std::to_string(finding.first_year);
  if (vintages) place += '\x1f' + number_text(finding.value) + '\x1f' + number_text(finding.expected);
  return std::string(to_string(finding.kind)) + "-" +
         hash_hex(std::string(to_string(finding.kind)) + '\x1f' + place).substr(0, 10);
}

CheckResult check_store(const CheckInput& input, const CheckOptions& options) {
  CheckResult result;
  const std::vector<SeriesGroup> groups = series_groups(input.panel);
  const std::vector<SeriesFacts> facts = series_facts(input, groups);
  std::vector<std::vector<Finding>> of_group(groups.size());
  in_tasks(groups.size(), options.threads, [&](std::size_t g) {
    check_series(input, options, groups[g], facts[g], of_group[g]);
    check_areas(input, options, groups[g], facts[g], of_group[g]);
  });
  check_vintages(input, result.findings);
  check_ends(input, options, groups, facts, result.findings);
  if (input.framework != nullptr) {
    check_completeness(input, options, groups, result);
    check_agreement(input, options, groups, result.findings);
  }
  for (auto& some : of_group) std::move(some.begin(), some.end(), std::back_inserter(result.findings));
  std::stable_sort(result.findings.begin(), result.findings.end(), [](const Finding& a, const Finding& b) {
    if (a.kind != b.kind) return a.kind < b.kind;
    if (a.indicator != b.indicator) return code_less(a.indicator, b.indicator);
    return std::tie(a.series, a.area, a.dimensions, a.first_year, a.value) <
           std::tie(b.series, b.area, b.dimensions, b.first_year, b.value);
  });
  for (const Finding& one : result.findings) ++result.count[static_cast<std::size_t>(one.kind)];
  result.series = input.panel.size();
  result.figures = input.panel.value.size();
  return result;
}

std::vector<std::string> beyond_limits(const CheckResult& result, std::string_view limits) {
  std::vector<std::string> beyond;
  while (!limits.empty()) {
    const std::size_t comma = std::min(limits.find(','), limits.size());
    const std::string_view item = trimmed(limits.substr(0, comma));
    limits.remove_prefix(std::min(comma + 1, limits.size()));
    if (item.empty()) continue;
    const std::size_t equals = std::min(item.find('='), item.size());
    const std::string_view name = trimmed(item.substr(0, equals));
    std::int64_t most = 0;
    if (equals != item.size()) {
      const std::string_view number = trimmed(item.substr(equals + 1));
      const auto [end, status] = std::from_chars(number.data(), number.data() + number.size(), most);
      if (status != std::errc() || end != number.data() + number.size() || most < 0) {
        throw Error(ErrorKind::usage, "--fail-on: '" + std::string(number) + "' is no number of findings",
                    "Write outlier=10 to accept ten");
      }
    }
    std::int64_t found = 0;
    bool known = name == "any";
    for (std::size_t k = 0; k < check_kinds; ++k) {
      const bool meant = name == "any" || name == kinds[k].name || name == to_string(kinds[k].severity);
      known = known || meant;
      if (meant) found += result.count[k];
    }
    if (!known) {
      std::vector<std::string> names{"any", "fault", "warning", "remark"};
      for (const KindFacts& kind : kinds) names.emplace_back(kind.name);
      throw Error(ErrorKind::usage, "--fail-on: unknown kind '" + std::string(name) + "'", "Use one of " + joined(names, ", "));
    }
    if (found > most) {
      beyond.push_back(std::string(name) + ": " + std::to_string(found) + ", at most " + std::to_string(most));
    }
  }
  return beyond;
}

}  // namespace stocktake
