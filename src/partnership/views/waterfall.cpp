#include "partnership/views/waterfall.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "partnership/register/actors.h"

namespace stocktake {
namespace {

// "mdg:8" contains "mdg:8.B" and "mdg:8.B" itself, not "mdg:81".
bool contains(const std::string& goal, const std::string& code) {
  if (!code.starts_with(goal)) return false;
  return code.size() == goal.size() || code[goal.size()] == '.';
}

std::string amount_text(double amount) {
  return number_text(amount, std::fabs(amount) < 1000 && amount != std::round(amount) ? 2 : 0);
}

}  // namespace

bool is_meant(const Commitment& commitment, const WaterfallOptions& options) {
  if (!options.actor.empty() && !is_party(commitment.actor, options.actor)) return false;
  if (options.goal.empty()) return true;
  return std::any_of(commitment.goals.begin(), commitment.goals.end(),
                     [&](const std::string& code) { return contains(options.goal, code); });
}

std::vector<Waterfall> waterfalls(const Accounts& accounts, const WaterfallOptions& options) {
  std::map<std::string, Waterfall> by_unit;
  for (const CommitmentAccount& row : accounts.rows) {
    if (!row.money || !is_meant(*row.commitment, options)) continue;
    const std::string unit = money_unit(row.commitment->measure);
    Waterfall& sum = by_unit[unit];
    sum.unit = unit;
    ++sum.commitments;
    sum.stages.promised += row.money->promised;
    sum.stages.committed += row.money->committed;
    sum.stages.disbursed += row.money->disbursed;
    sum.stages.delivered += row.money->delivered;
    sum.stages.beyond += row.money->beyond;
    if (row.status == CommitmentStatus::withdrawn) sum.withdrawn += row.money->gap();
    if (row.overdue()) sum.overdue += row.money->gap();
  }
  std::vector<Waterfall> all;
  for (auto& [unit, sum] : by_unit) all.push_back(std::move(sum));
  return all;
}

std::vector<WaterfallBar> bars_of(const Waterfall& waterfall) {
  const MoneyStages& s = waterfall.stages;
  return {{"promised", 0, s.promised, 0},
          {"committed", 0, s.committed, s.promised - s.committed},
          {"disbursed", 0, s.disbursed, s.committed - s.disbursed},
          {"delivered", 0, s.delivered, s.disbursed - s.delivered},
          {"gap", s.delivered, s.promised, 0}};
}

Table to_table(const std::vector<Waterfall>& all) {
  Table table;
  auto& unit = table.add_texts("unit");
  auto& commitments = table.add_integers("commitments");
  auto& stage = table.add_texts("stage");
  auto& amount = table.add_numbers("amount");
  auto& share = table.add_numbers("share_of_promise");
  auto& lost = table.add_numbers("lost_before");
  for (const Waterfall& one : all) {
    const auto add = [&](const char* name, double value, double loss) {
      unit.push_back(one.unit);
      commitments.push_back(one.commitments);
      stage.emplace_back(name);
      amount.push_back(value);
      share.push_back(one.stages.promised > 0 ? value / one.stages.promised : no_figure);
      lost.push_back(loss);
    };
    for (const WaterfallBar& bar : bars_of(one)) add(bar.stage, bar.to - bar.from, bar.lost);
    add("gap_overdue", one.overdue, no_figure);
    add("gap_withdrawn", one.withdrawn, no_figure);
    add("beyond_promise", one.stages.beyond, no_figure);
  }
  return table;
}

std::string to_text(const std::vector<Waterfall>& all, std::size_t width, bool ascii) {
  std::string text;
  for (const Waterfall& one : all) {
    if (!text.empty()) text += '\n';
    text += one.unit + " (" + std::to_string(one.commitments) + (one.commitments == 1 ? " commitment)\n" : " commitments)\n");
    const std::vector<WaterfallBar> bars = bars_of(one);
    std::size_t figures = 1;
    for (const WaterfallBar& bar : bars) figures = std::max(figures, amount_text(bar.to - bar.from).size());
    constexpr std::size_t label = 10, share = 8;
    const std::size_t taken = label + figures + share + 3;
    const std::size_t space = width > taken + 10 ? std::min<std::size_t>(width - taken, 60) : 10;
    for (const WaterfallBar& bar : bars) {
      const double whole = one.stages.promised;
      const auto column = [&](double value) {
        return whole > 0 ? static_cast<std::size_t>(std::lround(value / whole * static_cast<double>(space))) : std::size_t{0};
      };
      const std::size_t from = column(bar.from), to = column(bar.to);
      const std::string amount = amount_text(bar.to - bar.from);
      const bool gap = std::string_view(bar.stage) == "gap";
      std::string line = bar.stage;
      line += std::string(label - line.size(), ' ') + std::string(figures - amount.size(), ' ') + amount;
      const std::string part = whole > 0 ? number_text((bar.to - bar.from) / whole * 100, 1) + "%" : "";
      line += std::string(share - std::min(share, part.size()), ' ') + part + "  " + std::string(from, ' ');
      for (std::size_t i = from; i < to; ++i) line += ascii ? (gap ? "-" : "#") : (gap ? "░" : "█");
      while (line.ends_with(' ')) line.pop_back();
      text += line + "\n";
    }
    if (one.stages.beyond > 0) text += "beyond the promise: " + amount_text(one.stages.beyond) + "\n";
    if (one.overdue > 0) text += "of the gap, overdue: " + amount_text(one.overdue) + "\n";
    if (one.withdrawn > 0) text += "of the gap, withdrawn: " + amount_text(one.withdrawn) + "\n";
  }
  return text;
}

}  // namespace stocktake
