// What concerns an area of a series as a whole, all its breakdowns together: where it ends, what it leaves out, its natures.
#include <algorithm>
#include <cmath>
#include <map>

#include "base/table.h"
#include "exchange/check/rates.h"
#include "exchange/check/series_check.h"

namespace stocktake {
namespace {

constexpr std::size_t least_areas = 5;    // from which their middle says something
constexpr std::size_t least_to_stop = 3;  // figures of an area; one or two are no series that could stop

struct AreaYears {
  std::size_t begin = 0, end = 0;  // series of the panel
  std::vector<int> years;          // with a figure, ascending
};

std::vector<AreaYears> area_years(const Panel& panel, SeriesGroup group) {
  std::vector<AreaYears> all;
  for (std::size_t s = group.begin; s < group.end; ++s) {
    if (all.empty() || panel.series[s].area != panel.series[all.back().begin].area) all.push_back({s, s, {}});
    all.back().end = s + 1;
    all.back().years.insert(all.back().years.end(), panel.year.begin() + panel.begin[s], panel.year.begin() + panel.begin[s + 1]);
  }
  for (AreaYears& one : all) {
    std::sort(one.years.begin(), one.years.end());
    one.years.erase(std::unique(one.years.begin(), one.years.end()), one.years.end());
  }
  return all;
}

// In which years a series is compiled: a benchmark year of all areas (forests of 2000, 2010, 2015) leaves no hole in any.
class Rhythm {
 public:
  explicit Rhythm(const std::vector<AreaYears>& all) {
    for (const AreaYears& one : all) {
      for (const int year : one.years) ++at(year).with;
      for (int year = one.years.front(); year <= one.years.back(); ++year) ++at(year).within;
    }
  }
  // Whether half of the areas whose figures span the year have one; of few areas nothing is known, and the year counts.
  bool has(int year) {
    const Count& count = at(year);
    return count.within < static_cast<int>(least_areas) || 2 * count.with >= count.within;
  }

 private:
  struct Count {
    int with = 0, within = 0;
  };
  Count& at(int year) { return counts_[year]; }
  std::map<int, Count> counts_;
};

// Countries that are no more, and those that ended: their series must stop.
bool ended(const AreaRegistry& areas, std::string_view code) {
  const auto id = areas.find(code);
  return id && (areas.at(*id).kind == AreaKind::historical || areas.at(*id).to);
}

// "C 2000-2005; M 2006-2010" of a series with more than one nature; "" else.
std::string natures_text(const Panel& panel, std::size_t s, std::size_t& blocks) {
  std::string text;
  blocks = 0;
  bool several = false;
  Nature first = Nature::none;
  for (std::uint32_t i = panel.begin[s]; i < panel.begin[s + 1];) {
    const Nature nature = panel.provenances[panel.provenance[i]].nature;
    std::uint32_t end = i + 1;
    while (end < panel.begin[s + 1] && panel.provenances[panel.provenance[end]].nature == nature) ++end;
    if (i == panel.begin[s]) first = nature;
    several = several || nature != first;
    ++blocks;
    if (!text.empty()) text += "; ";
    text += (nature == Nature::none ? "-" : std::string(to_string(nature))) + " " + std::to_string(panel.year[i]);
    if (end - i > 1) text += "-" + std::to_string(panel.year[end - 1]);
    i = end;
  }
  return several ? text : "";
}

}  // namespace

void check_areas(const CheckInput& input, const CheckOptions& options, SeriesGroup group, const SeriesFacts& facts,
                 std::vector<Finding>& findings) {
  const Panel& panel = input.panel;
  const std::vector<AreaYears> all = area_years(panel, group);
  std::vector<double> lasts;
  for (const AreaYears& one : all) {
    if (!ended(input.areas, panel.series[one.begin].area)) lasts.push_back(one.years.back());
  }
  const std::size_t going = lasts.size();
  Rhythm rhythm(all);
  const double usual_last = median_in_place(lasts);
  const auto add = [&](CheckKind kind, const AreaYears& one) -> Finding& {
    Finding& finding = findings.emplace_back();
    finding.kind = kind;
    finding.indicator = facts.indicator;
    finding.series = panel.series[one.begin].series;
    finding.area = panel.series[one.begin].area;
    return finding;
  };
  for (const AreaYears& one : all) {
    const std::vector<int>& years = one.years;
    std::vector<double> steps;
    int longest = 1;
    for (std::size_t i = 1; i < years.size(); ++i) {
      steps.push_back(years[i] - years[i - 1]);
      longest = std::max(longest, years[i] - years[i - 1]);
    }
    const double behind = usual_last - years.back();
    // Who had longer gaps before may come back: those are surveys.
    if (going >= least_areas && years.size() >= least_to_stop && behind >= std::max(options.stopped_years, 2 * longest) &&
        !ended(input.areas, panel.series[one.begin].area)) {
      Finding& finding = add(CheckKind::stopped, one);
      finding.first_year = finding.last_year = years.back();
      finding.figures = static_cast<std::int64_t>(years.size());
      finding.expected = usual_last;
      finding.score = behind;
      finding.evidence = std::to_string(years.back()) + " < " + number_text(usual_last);
    }
    if (years.size() >= options.least_figures && median_in_place(steps) == 1 && longest > options.hole_years) {
      std::vector<int> missing, gap;
      std::size_t longest_gap = 0;
      for (std::size_t i = 1; i < years.size(); ++i) {
        gap.clear();
        for (int year = years[i - 1] + 1; year < years[i]; ++year) {
          if (rhythm.has(year)) gap.push_back(year);
        }
        if (gap.size() <= static_cast<std::size_t>(options.hole_years)) continue;
        longest_gap = std::max(longest_gap, gap.size());
        missing.insert(missing.end(), gap.begin(), gap.end());
      }
      if (!missing.empty()) {
        Finding& finding = add(CheckKind::hole, one);
        finding.first_year = missing.front();
        finding.last_year = missing.back();
        finding.figures = static_cast<std::int64_t>(missing.size());
        finding.score = static_cast<double>(longest_gap);
        finding.evidence = ranges_text(missing);
      }
    }
    // The breakdown whose nature changes most often speaks for the area.
    std::string natures;
    std::size_t most = 0, keys = 0, speaker = 0;
    for (std::size_t s = one.begin; s < one.end; ++s) {
      std::size_t blocks = 0;
      std::string text = natures_text(panel, s, blocks);
      if (text.empty()) continue;
      ++keys;
      if (blocks <= most) continue;
      most = blocks;
      speaker = s;
      natures = std::move(text);
    }
    if (keys != 0) {
      Finding& finding = add(CheckKind::nature_mix, one);
      finding.dimensions = panel.series[speaker].dimensions;
      finding.first_year = panel.year[panel.begin[speaker]];
      finding.last_year = panel.year[panel.begin[speaker + 1] - 1];
      finding.figures = static_cast<std::int64_t>(panel.begin[speaker + 1] - panel.begin[speaker]);
      finding.score = static_cast<double>(most - 1);
      finding.evidence = natures;
    }
  }
}

}  // namespace stocktake
