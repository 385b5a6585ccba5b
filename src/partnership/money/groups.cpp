#include "partnership/money/groups.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/error.h"

namespace stocktake {
namespace {

// Members of the group that the panel may hold, and since when each is one.
struct Member {
  std::string area;
  std::optional<int> from;
};
std::vector<Member> members_of(const DacCodes& codes, const std::string& group) {
  std::vector<Member> members;
  for (const DacDonor& donor : codes.donors()) {
    if (std::find(donor.groups.begin(), donor.groups.end(), group) != donor.groups.end())
      members.push_back({donor.area, donor.member_from});
  }
  std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.area < b.area; });
  if (members.empty()) {
    throw Error(ErrorKind::not_found, "nothing is known of the members of '" + group + "'",
                "Groups with members in reference/dac_donors.csv: DAC, DAC_G7, DAC_EU");
  }
  return members;
}

std::string joined_names(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

// What a difference can come from, by its sign: a sum that is too large has members that the total may not count, one that is too
// small lacks members.
std::string cause(const GroupTotal& total, const std::vector<std::string>& later) {
  if (total.difference > 0 && !later.empty()) return "counted, but members only later: " + joined_names(later);
  if (total.difference < 0 && !total.missing.empty()) return "members without a figure: " + joined_names(total.missing);
  if (total.dimensions.find("PRICE_BASE=Q") != std::string::npos) return "constant prices: the total may be deflated as a whole";
  return {};
}

}  // namespace

std::vector<GroupTotal> series_group_totals(const Panel& panel, const DacCodes& codes, const GroupOptions& options) {
  const std::vector<Member> members = members_of(codes, options.group);
  // Series by what they tell, then by area: one comparison for each key that the group has.
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::map<std::string_view, std::uint32_t>> keys;
  for (std::uint32_t i = 0; i < panel.size(); ++i) {
    const PanelSeries& series = panel.series[i];
    keys[{series.series, series.dimensions, series.unit}].try_emplace(series.area, i);
  }
  const auto value_at = [&](std::uint32_t series, int year) {
    const auto begin = panel.year.begin() + panel.begin[series], end = panel.year.begin() + panel.begin[series + 1];
    const auto at = std::lower_bound(begin, end, static_cast<std::int16_t>(year));
    return at == end || *at != year ? std::numeric_limits<double>::quiet_NaN()
                                    : panel.value[static_cast<std::size_t>(at - panel.year.begin())];
  };
  std::vector<GroupTotal> totals;
  for (const auto& [key, areas] : keys) {
    const auto group = areas.find(options.group);
    if (group == areas.end() || std::get<2>(key) == "PERCENT" || std::get<2>(key) == "INDEX" ||
        std::get<2>(key) == "XDC_PER_USD" || std::get<2>(key) == "RATIO")
      continue;
    for (std::uint32_t k = panel.begin[group->second]; k < panel.begin[group->second + 1]; ++k) {
      GroupTotal total;
      total.group = options.group;
      total.series = std::get<0>(key);
      total.dimensions = std::get<1>(key);
      total.unit = std::get<2>(key);
      total.year = panel.year[k];
      total.published = panel.value[k];
      std::vector<std::string> later;
      for (const Member& member : members) {
        if (options.members_then && member.from && total.year < *member.from) continue;
        ++total.members;
        const auto found = areas.find(member.area);
        const double value =
            found == areas.end() ? std::numeric_limits<double>::quiet_NaN() : value_at(found->second, total.year);
        if (std::isnan(value)) {
          total.missing.push_back(member.area);
          continue;
        }
        ++total.with_figures;
        total.computed += value;
        if (member.from && total.year < *member.from && value != 0) later.push_back(member.area);
      }
      if (total.with_figures == 0) continue;
      total.difference = total.computed - total.published;
      total.matches = std::abs(total.difference) <=
                      std::max(options.absolute_tolerance, options.relative_tolerance * std::abs(total.published));
      if (!total.matches) total.why = cause(total, later);
      totals.push_back(std::move(total));
    }
  }
  return totals;
}

std::vector<GroupMatch> match_rates(const std::vector<GroupTotal>& totals) {
  std::vector<GroupMatch> rates;
  for (const GroupTotal& total : totals) {
    if (rates.empty() || rates.back().series != total.series || rates.back().dimensions != total.dimensions) {
      rates.push_back({total.series, total.dimensions, 0, 0, 0});
    }
    GroupMatch& rate = rates.back();
    ++rate.years;
    if (total.matches) ++rate.matching;
    if (total.published != 0) rate.largest = std::max(rate.largest, std::abs(total.difference / total.published));
  }
  return rates;
}

}  // namespace stocktake
