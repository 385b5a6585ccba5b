#include "partnership/views/league.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace stocktake {
namespace {

constexpr double same_share = 1e-9;

bool is_kept(const CommitmentAccount& row) {
  return row.status == CommitmentStatus::delivered || row.delivery.state == DeliveryState::kept;
}

bool is_broken(const CommitmentAccount& row) {
  if (is_kept(row)) return false;
  return row.status == CommitmentStatus::withdrawn || row.delivery.state == DeliveryState::broken || row.overdue();
}

void add_money(LeagueRow& row, const CommitmentAccount& one) {
  const std::string unit = money_unit(one.commitment->measure);
  auto place = std::find_if(row.money.begin(), row.money.end(), [&](const LeagueMoney& m) { return m.unit == unit; });
  if (place == row.money.end()) {
    row.money.push_back({unit, 0, 0, 0, 0, 0, 0});
    place = row.money.end() - 1;
  }
  ++place->commitments;
  place->promised += one.money->promised;
  place->delivered += one.money->delivered;
  place->gap += one.money->gap();
  place->beyond += one.money->beyond;
}

// Whether a comes before b by the ranking rule alone.
bool better(const LeagueRow& a, const LeagueRow& b) {
  if (std::fabs(a.fulfilled - b.fulfilled) > same_share) return a.fulfilled > b.fulfilled;
  return a.overdue < b.overdue;
}

bool by_name(const LeagueRow& a, const LeagueRow& b) {
  return a.actor.name != b.actor.name ? a.actor.name < b.actor.name : a.actor.id < b.actor.id;
}

void rank(std::vector<LeagueRow>& league) {
  // Exact order first, so that the order is one; ranks by neighbours then.
  std::sort(league.begin(), league.end(), [](const LeagueRow& a, const LeagueRow& b) {
    if ((a.counted > 0) != (b.counted > 0)) return a.counted > 0;
    if (a.counted == 0) return by_name(a, b);
    if (a.fulfilled != b.fulfilled) return a.fulfilled > b.fulfilled;
    return a.overdue != b.overdue ? a.overdue < b.overdue : by_name(a, b);
  });
  const auto ranked =
      static_cast<std::size_t>(std::count_if(league.begin(), league.end(), [](const LeagueRow& row) { return row.counted > 0; }));
  // Means that differ by rounding only stand together: order each such run anew.
  for (std::size_t first = 0; first < ranked;) {
    std::size_t last = first + 1;
    while (last < ranked && std::fabs(league[last].fulfilled - league[first].fulfilled) <= same_share) ++last;
    std::sort(
        league.begin() + static_cast<std::ptrdiff_t>(first), league.begin() + static_cast<std::ptrdiff_t>(last),
        [](const LeagueRow& a, const LeagueRow& b) { return a.overdue != b.overdue ? a.overdue < b.overdue : by_name(a, b); });
    first = last;
  }
  for (std::size_t i = 0; i < ranked; ++i) {
    const bool tied = i > 0 && !better(league[i - 1], league[i]);
    league[i].rank = tied ? *league[i - 1].rank : static_cast<int>(i) + 1;
  }
}

}  // namespace

std::vector<LeagueRow> league_table(const Accounts& accounts) {
  std::map<std::string, LeagueRow> by_actor;
  for (const CommitmentAccount& one : accounts.rows) {
    LeagueRow& row = by_actor[one.commitment->actor.id];
    if (row.commitments == 0) row.actor = one.commitment->actor;
    ++row.commitments;
    row.kept += is_kept(one) ? 1 : 0;
    row.broken += is_broken(one) ? 1 : 0;
    row.overdue += one.overdue() ? 1 : 0;
    row.withdrawn += one.status == CommitmentStatus::withdrawn ? 1 : 0;
    if (one.fulfilled) {
      ++row.counted;
      row.fulfilled += *one.fulfilled;
    }
    if (one.money) add_money(row, one);
  }
  std::vector<LeagueRow> league;
  for (auto& [id, row] : by_actor) {
    row.fulfilled = row.counted > 0 ? row.fulfilled / row.counted : no_figure;
    for (LeagueMoney& money : row.money) money.share = money.promised > 0 ? money.delivered / money.promised : no_figure;
    std::sort(row.money.begin(), row.money.end(), [](const LeagueMoney& a, const LeagueMoney& b) { return a.unit < b.unit; });
    league.push_back(std::move(row));
  }
  rank(league);
  return league;
}

Table to_table(const std::vector<LeagueRow>& league, bool brief) {
  Table table;
  auto& rank = table.add_integers("rank");
  auto& actor = table.add_texts("actor");
  Table::Texts* id = brief ? nullptr : &table.add_texts("actor_id");
  Table::Texts* kind = brief ? nullptr : &table.add_texts("kind");
  auto& commitments = table.add_integers("commitments");
  auto& kept = table.add_integers("kept");
  auto& broken = table.add_integers("broken");
  auto& overdue = table.add_integers("overdue");
  auto& withdrawn = table.add_integers("withdrawn");
  auto& fulfilled = table.add_numbers(brief ? "fulfilled_percent" : "fulfilled", brief ? 1 : -1);
  auto& unit = table.add_texts("unit");
  auto& promised = table.add_numbers("promised", brief ? 0 : -1);
  auto& delivered = table.add_numbers("delivered", brief ? 0 : -1);
  auto& gap = table.add_numbers("gap", brief ? 0 : -1);
  auto& share = table.add_numbers(brief ? "delivered_percent" : "delivered_share", brief ? 1 : -1);
  const double scale = brief ? 100 : 1;
  for (const LeagueRow& row : league) {
    const std::size_t lines = std::max<std::size_t>(1, row.money.size());
    for (std::size_t i = 0; i < lines; ++i) {
      rank.push_back(row.rank ? *row.rank : Table::no_integer);
      actor.push_back(row.actor.name);
      if (id != nullptr) id->push_back(row.actor.id);
      if (kind != nullptr) kind->emplace_back(to_string(row.actor.kind));
      commitments.push_back(row.commitments);
      kept.push_back(row.kept);
      broken.push_back(row.broken);
      overdue.push_back(row.overdue);
      withdrawn.push_back(row.withdrawn);
      fulfilled.push_back(row.fulfilled * scale);
      const LeagueMoney* money = i < row.money.size() ? &row.money[i] : nullptr;
      unit.push_back(money == nullptr ? "" : money->unit);
      promised.push_back(money == nullptr ? no_figure : money->promised);
      delivered.push_back(money == nullptr ? no_figure : money->delivered);
      gap.push_back(money == nullptr ? no_figure : money->gap);
      share.push_back(money == nullptr ? no_figure : money->share * scale);
    }
  }
  return table;
}

}  // namespace stocktake
