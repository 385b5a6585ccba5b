#include "partnership/iati/shares.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/utf8.h"

namespace stocktake::iati {
namespace {

constexpr double tolerance = 0.05;  // of a sum of percentages, each published with two decimals

struct Given {
  std::string code;
  double percentage;
};

// Same codes are one part; the order is that of the first mention.
void add(std::vector<Part>& parts, std::string code, double fraction) {
  for (Part& part : parts) {
    if (part.code == code) {
      part.fraction += fraction;
      return;
    }
  }
  parts.push_back({std::move(code), fraction});
}

Split divide(std::vector<Given> given) {
  if (given.size() > most_parts) return {{{"", 1}}, Adjustment::too_many};
  Split split;
  double sum = 0;
  std::size_t without = 0;
  for (const Given& entry : given) {
    if (std::isnan(entry.percentage)) {
      ++without;
    } else {
      sum += entry.percentage;
    }
  }
  if (without == given.size() || sum <= 0) {
    if (given.size() > 1) split.adjustment = Adjustment::equal_parts;
    for (Given& entry : given) entry.percentage = 1;
    sum = static_cast<double>(given.size());
  } else if (without > 0) {
    split.adjustment = Adjustment::filled;
    const double each = std::max(0.0, 100 - sum) / static_cast<double>(without);
    for (Given& entry : given) {
      if (std::isnan(entry.percentage)) entry.percentage = each;
    }
    sum = std::max(sum, 100.0);
  } else if (std::abs(sum - 100) > tolerance) {
    split.adjustment = Adjustment::normalised;
  }
  for (Given& entry : given) {
    if (entry.percentage > 0) add(split.parts, std::move(entry.code), entry.percentage / sum);
  }
  return split;
}

std::string_view sector_vocabulary(std::string_view text) {
  if (text.empty() || text == "DAC") return "1";
  if (text == "DAC-3") return "2";
  return text;
}

// Smaller is better; 0 is never used for sectors.
int rank(std::string_view vocabulary) {
  if (vocabulary == "1") return 1;
  if (vocabulary == "2") return 2;
  if (vocabulary == "7" || vocabulary == "8" || vocabulary == "9") return 0;
  if (vocabulary == "99" || vocabulary == "98" || vocabulary == "RO" || vocabulary == "RO2") return 4;
  return 3;
}

Split goal_split(std::span<const Share> shares) {
  for (const std::string_view vocabulary : {"7", "8"}) {
    std::vector<Given> given;
    for (const Share& share : shares) {
      if (share.vocabulary != vocabulary) continue;
      const int goal = goal_number(share.code);
      given.push_back({goal == 0 ? std::string(unassigned) : std::to_string(goal), share.percentage});
    }
    if (!given.empty()) return divide(std::move(given));
  }
  return {};
}

Split goal_tags(std::span<const Tag> tags, std::initializer_list<std::string_view> vocabularies) {
  std::vector<int> goals;
  for (const Tag& tag : tags) {
    if (std::find(vocabularies.begin(), vocabularies.end(), tag.vocabulary) == vocabularies.end()) continue;
    const int goal = goal_number(tag.code);
    if (goal != 0) goals.push_back(goal);
  }
  std::sort(goals.begin(), goals.end());
  goals.erase(std::unique(goals.begin(), goals.end()), goals.end());
  Split split;
  for (const int goal : goals) split.parts.push_back({std::to_string(goal), 1 / static_cast<double>(goals.size())});
  return split;
}

}  // namespace

std::string_view to_string(Adjustment adjustment) {
  switch (adjustment) {
    case Adjustment::none: return "none";
    case Adjustment::normalised: return "normalised";
    case Adjustment::equal_parts: return "equal parts";
    case Adjustment::filled: return "filled";
    case Adjustment::regions_ignored: return "regions ignored";
    case Adjustment::too_many: return "too many";
  }
  return "";
}

int goal_number(std::string_view code) {
  int number = 0;
  std::size_t at = 0;
  for (; at < code.size() && code[at] >= '0' && code[at] <= '9' && at < 3; ++at) number = 10 * number + (code[at] - '0');
  const bool ends = at == code.size() || code[at] == '.' || code[at] == '-';
  return at > 0 && ends && number >= 1 && number <= 17 ? number : 0;
}

Split sectors_of(std::span<const Share> shares) {
  std::string_view chosen;
  int best = 0;
  for (const Share& share : shares) {
    const std::string_view vocabulary = sector_vocabulary(share.vocabulary);
    const int here = rank(vocabulary);
    if (here != 0 && (best == 0 || here < best || (here == best && vocabulary < chosen))) {
      best = here;
      chosen = vocabulary;
    }
  }
  if (best == 0) return {{{"", 1}}, Adjustment::none};
  std::vector<Given> given;
  for (const Share& share : shares) {
    if (sector_vocabulary(share.vocabulary) != chosen) continue;
    std::string code(share.code);
    if (best > 2 && !code.empty()) code = std::string(chosen) + ":" + code;
    given.push_back({std::move(code), share.percentage});
  }
  return divide(std::move(given));
}

namespace {

std::string_view region_vocabulary(const Share& share) { return share.vocabulary.empty() ? "1" : share.vocabulary; }

// What a list of places gives to countries and to regions.
struct Places {
  double countries = 0, regions = 0;  // percent
  bool country = false, country_share = false, region = false, several = false;
  std::string_view vocabulary;  // of regions: 1, else the first other, the publishers' own last
};

Places survey(std::span<const Share> shares) {
  Places places;
  const auto rank = [](std::string_view v) { return v == "1" ? 0 : v == "99" ? 2 : 1; };
  for (const Share& share : shares) {
    const double given = std::isnan(share.percentage) ? 0 : share.percentage;
    if (!share.region) {
      places.country = true;
      places.country_share = places.country_share || !std::isnan(share.percentage);
      places.countries += given;
      continue;
    }
    const std::string_view here = region_vocabulary(share);
    places.regions += given;
    places.several = places.several || (places.region && here != places.vocabulary);
    if (!places.region || std::pair(rank(here), here) < std::pair(rank(places.vocabulary), places.vocabulary)) {
      places.vocabulary = here;
    }
    places.region = true;
  }
  return places;
}

}  // namespace

Split places_of(std::span<const Share> shares) {
  if (shares.empty()) return {{{"", 1}}, Adjustment::none};
  Places places = survey(shares);
  // Each vocabulary tells the same money, unless all together make up the whole.
  const bool one = places.several && std::abs(places.countries + places.regions - 100) > tolerance;
  const auto counts = [&](const Share& share) { return !share.region || !one || region_vocabulary(share) == places.vocabulary; };
  if (one) {
    places.regions = 0;
    for (const Share& share : shares) {
      if (share.region && counts(share) && !std::isnan(share.percentage)) places.regions += share.percentage;
    }
  }
  // Countries that get all, or that nothing is said of beside regions that say nothing or get all.
  const bool whole = places.countries >= 100 - tolerance ||
                     (!places.country_share && (places.regions == 0 || places.regions >= 100 - tolerance));
  const bool ignored = places.region && places.country && whole;
  std::vector<Given> given;
  for (const Share& share : shares) {
    if (share.region && (ignored || !counts(share))) continue;
    std::string code(share.code);
    for (char& c : code) c = c >= 'a' && c <= 'z' ? static_cast<char>(c & ~32) : c;
    if (share.region && region_vocabulary(share) != "1") code = std::string(share.vocabulary) + ":" + code;
    given.push_back({std::move(code), share.percentage});
  }
  Split split = divide(std::move(given));
  if ((ignored || one) && split.adjustment == Adjustment::none) split.adjustment = Adjustment::regions_ignored;
  return split;
}

SectorGoals SectorGoals::load(const std::string& path) {
  SectorGoals table;
  const std::string head = read_file(path).substr(0, 200);
  const bool weighted = head.substr(0, head.find('\n')).find("share") != std::string::npos;
  const SmallCsv rows = read_small_csv(
      path, weighted ? std::vector<std::string>{"sector", "goal", "share"} : std::vector<std::string>{"sector", "goal"});
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    const auto& row = rows.rows[i];
    const Location where{path, rows.lines[i], 0, {}};
    if (goal_number(row[1]) == 0) throw Error(ErrorKind::input, "'" + printable(row[1]) + "' is no goal of 1 to 17", "", where);
    const auto share = weighted ? parse_finite(row[2]) : std::optional<double>(1);
    if (!share || *share <= 0) throw Error(ErrorKind::input, "'" + printable(row[2]) + "' is no share above 0", "", where);
    add(table.goals_[row[0]], std::to_string(goal_number(row[1])), *share);
  }
  for (auto& [sector, goals] : table.goals_) {
    double sum = 0;
    for (const Part& part : goals) sum += part.fraction;
    for (Part& part : goals) part.fraction /= sum;
  }
  return table;
}

const std::vector<Part>* SectorGoals::of(std::string_view sector) const {
  const auto found = goals_.find(sector);
  return found == goals_.end() ? nullptr : &found->second;
}

Split goals_of(const Activity& activity, std::span<const Share> own_sectors, const Split& sectors, const SectorGoals& table) {
  if (Split split = goal_split(own_sectors); !split.parts.empty()) return split;
  if (Split split = goal_split(activity.sectors); !split.parts.empty()) return split;
  if (Split split = goal_tags(activity.tags, {"2", "3"}); !split.parts.empty()) return split;
  if (Split split = goal_tags(activity.references, {"9"}); !split.parts.empty()) return split;
  Split split;
  if (table.empty()) {
    split.parts.push_back({std::string(unassigned), 1});
    return split;
  }
  for (const Part& sector : sectors.parts) {
    if (const auto* goals = table.of(sector.code)) {
      for (const Part& goal : *goals) add(split.parts, goal.code, sector.fraction * goal.fraction);
    } else {
      add(split.parts, std::string(unassigned), sector.fraction);
    }
  }
  return split;
}

}  // namespace stocktake::iati
