#include "exchange/check/series_check.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <span>

#include "base/table.h"
#include "base/text.h"
#include "exchange/check/rates.h"

namespace stocktake {
namespace {

constexpr double rarely = 0.01;          // a share of figures that makes what they do the exception
constexpr std::size_t enough = 100;      // figures of a series from which such a share is known
constexpr double least_part = 0.1;       // of the largest figure of a series that a change must make up
constexpr double least_steps = 5;        // times the smallest change of a series
constexpr double least_spread = 0.005;   // of yearly rates: half a per cent; below it every change would be one
constexpr double slip_tolerance = 0.02;  // of log10 of a ratio: within 5 % of a power of ten
constexpr double usual_share = 0.2;      // of a series' keys: what so many do is told once, of the series
constexpr int least_digits = 3;          // of a figure whose repetition cannot be chance

int digits_of(double value) {
  int digits = 0, zeros = 0;
  for (const char c : number_text(value)) {
    if (c == 'e') break;
    if (c == '0') ++zeros;
    if (c >= '1' && c <= '9') {
      digits += (digits == 0 ? 0 : zeros) + 1;
      zeros = 0;
    }
  }
  return digits;
}

class SeriesCheck {
 public:
  SeriesCheck(const CheckInput& input, const CheckOptions& options, SeriesGroup group, const SeriesFacts& facts,
              std::vector<Finding>& findings)
      : input_(input), panel_(input.panel), options_(options), group_(group), facts_(facts), findings_(findings) {
    for (std::size_t s = group.begin; s < group.end; ++s) {
      const Unit* unit = input.units.find(panel_.series[s].unit);
      unit_.push_back(panel_.series[s].unit.empty() ? facts.unit : unit);
    }
    for (std::uint32_t i = panel_.begin[group.begin]; i < panel_.begin[group.end]; ++i) {
      ++figures_;
      zeros_ += panel_.value[i] == 0;
      negatives_ += panel_.value[i] < 0;
      above_hundred_ += panel_.value[i] > 100;
    }
  }

  void run() {
    units();
    usual_spreads();
    for (std::size_t s = group_.begin; s < group_.end; ++s) {
      bounds(s);
      intervals(s);
      signs(s);
      changes(s);
      repeats(s);
    }
    tell_repeats();
  }

 private:
  bool rare(std::int64_t count) const {
    return figures_ >= enough && static_cast<double>(count) < rarely * static_cast<double>(figures_);
  }
  bool share(std::size_t s) const { return is_share(unit_[s - group_.begin]); }
  std::span<const double> values(std::size_t s) const {
    return std::span(panel_.value).subspan(panel_.begin[s], panel_.begin[s + 1] - panel_.begin[s]);
  }
  std::span<const std::int16_t> years(std::size_t s) const {
    return std::span(panel_.year).subspan(panel_.begin[s], panel_.begin[s + 1] - panel_.begin[s]);
  }
  Finding& add(CheckKind kind, std::size_t s) {
    const PanelSeries& series = panel_.series[s];
    Finding& one = findings_.emplace_back();
    one.kind = kind;
    one.indicator = facts_.indicator;
    one.series = series.series;
    one.area = series.area;
    one.dimensions = series.dimensions;
    return one;
  }
  Finding& add_of_series(CheckKind kind) {
    Finding& one = add(kind, group_.begin);
    one.area.clear();
    one.dimensions.clear();
    return one;
  }
  std::string at(std::size_t s, std::size_t i) const { return figure_text(years(s)[i], values(s)[i]); }

  void units() {
    std::map<std::string_view, std::int64_t> seen;
    for (std::size_t s = group_.begin; s < group_.end; ++s) ++seen[panel_.series[s].unit];
    std::vector<std::string> all, others;
    std::int64_t other_keys = 0;
    for (const auto& [text, count] : seen) {
      const std::string told = (text.empty() ? "-" : std::string(text)) + " x " + std::to_string(count);
      all.push_back(told);
      const Unit* unit = input_.units.find(text);
      if (facts_.unit == nullptr || text.empty() || unit == facts_.unit || (is_share(unit) && is_share(facts_.unit))) continue;
      others.push_back(told);
      other_keys += count;
    }
    if (seen.size() > 1) {
      Finding& one = add_of_series(CheckKind::unit_mixed);
      one.figures = static_cast<std::int64_t>(figures_);
      one.score = static_cast<double>(seen.size());
      one.evidence = joined(all, "; ");
    }
    if (!others.empty()) {
      Finding& one = add_of_series(CheckKind::unit_binding);
      one.figures = other_keys;
      one.evidence = joined(others, "; ") + " <> " + facts_.unit->code;
    }
  }

  // Of an indicator its bounds; of any other share 100, when what is above is the exception in the series and no indicator says
  // that such a share may be larger (tariffs, debt service of exports).
  void bounds(std::size_t s) {
    const bool same_unit =
        panel_.series[s].unit.empty() || unit_[s - group_.begin] == facts_.unit || (share(s) && is_share(facts_.unit));
    Bounds limits;
    if (same_unit) limits = facts_.bounds;
    if (share(s) && std::isinf(limits.upper) && !facts_.may_exceed && negatives_ == 0 && rare(above_hundred_)) limits.upper = 100;
    Finding* one = nullptr;
    double worst = 0;
    const auto all = values(s);
    for (std::size_t i = 0; i < all.size(); ++i) {
      // What is beyond by rounding alone is not meant.
      const double slack = 1e-9 * std::max(1.0, std::fabs(all[i]));
      const double beyond = std::max(all[i] - limits.upper, limits.lower - all[i]);
      if (!(beyond > slack)) continue;
      if (one == nullptr) {
        one = &add(CheckKind::out_of_bounds, s);
        one->first_year = years(s)[i];
      }
      one->last_year = years(s)[i];
      ++one->figures;
      if (beyond <= worst) continue;
      worst = beyond;
      one->value = all[i];
      one->expected = all[i] > limits.upper ? limits.upper : limits.lower;
      one->evidence = at(s, i) + (all[i] > limits.upper ? " > " : " < ") + number_text(one->expected);
    }
  }

  void intervals(std::size_t s) {
    if (panel_.lower.empty()) return;
    Finding* one = nullptr;
    double worst = 0;
    for (std::uint32_t i = panel_.begin[s]; i < panel_.begin[s + 1]; ++i) {
      const double lower = panel_.lower[i], upper = panel_.upper[i], value = panel_.value[i];
      const double beyond = std::max({lower - value, value - upper, lower - upper, -1.0});  // comparisons with NaN are false
      if (!(lower > value || value > upper || lower > upper)) continue;
      if (one == nullptr) {
        one = &add(CheckKind::interval, s);
        one->first_year = panel_.year[i];
      }
      one->last_year = panel_.year[i];
      ++one->figures;
      if (beyond <= worst && one->figures > 1) continue;
      worst = beyond;
      one->value = value;
      one->expected = lower > value ? lower : upper;
      one->evidence = figure_text(panel_.year[i], value) + " not in [" + number_text(lower) + ", " + number_text(upper) + "]";
    }
  }

  void signs(std::size_t s) {
    const auto all = values(s);
    const bool bounded = facts_.bounds.lower >= 0;  // then a negative figure is out of bounds
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i] < 0 && !bounded && rare(negatives_)) {
        Finding& one = add(CheckKind::negative, s);
        one.first_year = one.last_year = years(s)[i];
        one.figures = 1;
        one.value = all[i];
        one.score = static_cast<double>(negatives_) / static_cast<double>(figures_);
        one.evidence = at(s, i);
      }
      if (all[i] == 0 && i > 0 && i + 1 < all.size() && all[i - 1] > 0 && all[i + 1] > 0 && negatives_ == 0 && rare(zeros_)) {
        Finding& one = add(CheckKind::zero, s);
        one.first_year = one.last_year = years(s)[i];
        one.figures = 1;
        one.value = 0;
        one.expected = (all[i - 1] + all[i + 1]) / 2;
        one.score = static_cast<double>(zeros_) / static_cast<double>(figures_);
        one.evidence = at(s, i - 1) + "; " + at(s, i) + "; " + at(s, i + 1);
      }
    }
  }

  // The scale on which changes of a key are measured; none for one without a level.
  std::optional<RateScale> scale_of(std::size_t s, double& level) {
    if (share(s)) return RateScale::points;
    const auto all = values(s);
    if (std::all_of(all.begin(), all.end(), [](double value) { return value > 0; })) return RateScale::relative;
    sorted_.clear();
    for (const double value : all) sorted_.push_back(std::fabs(value));
    level = median_in_place(sorted_);
    return level > 0 ? std::optional(RateScale::level) : std::nullopt;
  }

  // Rates of a key with what they are held against; false where they cannot be judged.
  bool rates(std::size_t s, RateScale& scale, double& centre, double& spread) {
    const auto all = values(s);
    if (all.size() < options_.least_figures) return false;
    if (!std::all_of(all.begin(), all.end(), [](double value) { return std::isfinite(value); })) return false;
    double level = 1;
    const auto known = scale_of(s, level);
    if (!known) return false;
    scale = *known;
    rates_of(years(s), values(s), scale, level, changes_, rates_);
    sorted_ = rates_;
    centre = median_in_place(sorted_);
    spread = spread_about(rates_, centre, sorted_);
    return true;
  }

  void usual_spreads() {
    std::array<std::vector<double>, 3> spreads;
    for (std::size_t s = group_.begin; s < group_.end; ++s) {
      RateScale scale{};
      double centre = 0, spread = 0;
      if (rates(s, scale, centre, spread)) spreads[static_cast<std::size_t>(scale)].push_back(spread);
    }
    for (std::size_t i = 0; i < 3; ++i) usual_[i] = spreads[i].empty() ? 0 : median_in_place(spreads[i]);
  }

  void changes(std::size_t s) {
    RateScale scale{};
    double centre = 0, spread = 0;
    if (!rates(s, scale, centre, spread)) return;
    // A smooth key among rougher ones is smooth by the model that made it: it may move as they do.
    spread = std::max({spread, usual_[static_cast<std::size_t>(scale)], least_spread});
    double largest = 0, step = std::numeric_limits<double>::infinity();
    const auto all = values(s);
    for (std::size_t i = 0; i < all.size(); ++i) {
      largest = std::max(largest, std::fabs(all[i]));
      if (i > 0 && all[i] != all[i - 1]) step = std::min(step, std::fabs(all[i] - all[i - 1]));
    }
    const auto unusual = [&](std::size_t i) {
      const double apart = std::fabs(all[i + 1] - all[i]), larger = std::max(std::fabs(all[i + 1]), std::fabs(all[i]));
      // What rises from next to nothing doubles every year: only a change that counts beside the largest figure does. And one
      // case more or less, or the last decimal, is no jump.
      if (apart < least_part * largest || apart < least_steps * step) return false;
      // Of a series of positive figures: ln of the ratio at least ln(1 + change).
      const double least = scale == RateScale::points ? options_.points : options_.change / (1 + options_.change) * larger;
      return apart >= least && std::fabs(rates_[i] - centre) > options_.z * spread;
    };
    const auto z = [&](std::size_t i) { return (rates_[i] - centre) / spread; };
    for (std::size_t i = 0; i < rates_.size(); ++i) {
      if (!unusual(i)) continue;
      const bool back =
          i + 1 < rates_.size() && unusual(i + 1) && (changes_[i] > 0) != (changes_[i + 1] > 0) &&
          std::fabs(changes_[i] + changes_[i + 1]) < std::min(std::fabs(changes_[i]), std::fabs(changes_[i + 1])) / 2;
      const double ratio = back ? values(s)[i + 1] / std::sqrt(values(s)[i] * values(s)[i + 2]) : values(s)[i + 1] / values(s)[i];
      const bool slip = is_slip(ratio, back ? 1 : 2);
      Finding& one = add(slip ? CheckKind::scale_slip : back ? CheckKind::outlier : CheckKind::jump, s);
      one.first_year = one.last_year = years(s)[i + 1];
      one.figures = 1;
      one.value = values(s)[i + 1];
      one.expected = values(s)[i];
      if (back) one.expected = (values(s)[i] + values(s)[i + 2]) / 2;
      one.score = back && std::fabs(z(i + 1)) < std::fabs(z(i)) ? z(i + 1) : z(i);
      if (back && (one.score > 0) != (z(i) > 0)) one.score = -one.score;
      one.evidence = at(s, i) + "; " + at(s, i + 1);
      if (back) one.evidence += "; " + at(s, i + 2);
      one.evidence += "; z " + number_text(one.score, 1);
      if (slip) one.evidence += "; x " + number_text(ratio, ratio < 1 ? 6 : 2);
      if (back) ++i;
    }
  }
  // Within 5 % of a power of ten that is at least 10^least or at most 10^-least.
  static bool is_slip(double ratio, int least) {
    if (!(ratio > 0)) return false;
    const double power = std::log10(ratio), whole = std::round(power);
    return std::fabs(whole) >= least && std::fabs(power - whole) < slip_tolerance;
  }

  void repeats(std::size_t s) {
    const auto all = values(s);
    if (all.size() < options_.repeats) return;
    ++repeatable_;
    std::size_t best = 0, best_begin = 0;
    for (std::size_t begin = 0; begin < all.size();) {
      std::size_t end = begin + 1;
      while (end < all.size() && all[end] == all[begin]) ++end;
      if (end - begin >= options_.repeats && end - begin > best && !(share(s) && all[begin] == 100) &&
          digits_of(all[begin]) >= least_digits) {
        best = end - begin;
        best_begin = begin;
      }
      begin = end;
    }
    if (best != 0) repeated_.push_back({s, best_begin, best});
  }

  void tell_repeats() {
    if (repeated_.empty()) return;
    if (repeated_.size() >= 5 && static_cast<double>(repeated_.size()) > usual_share * static_cast<double>(repeatable_)) {
      Finding& one = add_of_series(CheckKind::carried_forward);
      one.figures = static_cast<std::int64_t>(repeated_.size());
      one.score = static_cast<double>(repeated_.size()) / static_cast<double>(repeatable_);
      one.evidence = std::to_string(repeated_.size()) + " / " + std::to_string(repeatable_);
      return;
    }
    for (const auto& [s, begin, length] : repeated_) {
      Finding& one = add(CheckKind::carried_forward, s);
      one.first_year = years(s)[begin];
      one.last_year = years(s)[begin + length - 1];
      one.figures = static_cast<std::int64_t>(length);
      one.value = one.expected = values(s)[begin];
      one.score = static_cast<double>(length);
      one.evidence = number_text(one.value) + " x " + std::to_string(length);
    }
  }

  struct Repeated {
    std::size_t series, begin, length;
  };
  const CheckInput& input_;
  const Panel& panel_;
  const CheckOptions& options_;
  SeriesGroup group_;
  const SeriesFacts& facts_;
  std::vector<Finding>& findings_;
  std::vector<const Unit*> unit_;  // by series of the group
  std::size_t figures_ = 0;
  std::int64_t zeros_ = 0, negatives_ = 0, above_hundred_ = 0;
  std::array<double, 3> usual_{};  // spread of the middle key, by scale
  std::vector<double> changes_, rates_, sorted_;
  std::vector<Repeated> repeated_;
  std::size_t repeatable_ = 0;
};

}  // namespace

std::string figure_text(int year, double value) { return std::to_string(year) + " " + number_text(value); }

std::string ranges_text(const std::vector<int>& years) {
  std::string text;
  for (std::size_t i = 0; i < years.size();) {
    std::size_t end = i + 1;
    while (end < years.size() && years[end] == years[end - 1] + 1) ++end;
    if (!text.empty()) text += ' ';
    text += std::to_string(years[i]);
    if (end - i > 1) text += "-" + std::to_string(years[end - 1]);
    i = end;
  }
  return text;
}

std::vector<SeriesGroup> series_groups(const Panel& panel) {
  std::vector<SeriesGroup> groups;
  for (std::size_t s = 0; s < panel.size(); ++s) {
    if (groups.empty() || panel.series[s].series != panel.series[groups.back().begin].series) groups.push_back({s, s});
    groups.back().end = s + 1;
  }
  return groups;
}

void check_series(const CheckInput& input, const CheckOptions& options, SeriesGroup group, const SeriesFacts& facts,
                  std::vector<Finding>& findings) {
  SeriesCheck(input, options, group, facts, findings).run();
}

}  // namespace stocktake
