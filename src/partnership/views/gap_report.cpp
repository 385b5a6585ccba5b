#include "partnership/views/gap_report.h"

#include <algorithm>
#include <cmath>

namespace stocktake {

std::size_t GapReport::overdue() const {
  return static_cast<std::size_t>(
      std::count_if(accounts.rows.begin(), accounts.rows.end(), [](const CommitmentAccount& row) { return row.overdue(); }));
}

std::size_t GapReport::kept() const {
  std::size_t n = 0;
  for (const LeagueRow& row : league) n += static_cast<std::size_t>(row.kept);
  return n;
}

GapReport gap_report(const Register& all, Date at, const Store* store, const DeliveryContext& context, const AssessmentRun* run,
                     const DutiesOnDay* duties) {
  GapReport report;
  report.program = "stocktake " + version();
  report.accounts = take_account(all, at, store, context);
  report.register_entries = all.check().head.entries;
  if (report.register_entries > 0) report.register_head = all.check().head.hash;
  report.run = run;
  if (run != nullptr) report.gaps = five_gaps(*run, report.accounts);
  report.league = league_table(report.accounts);
  report.waterfalls = waterfalls(report.accounts);
  report.calendar = due_calendar(report.accounts);
  report.delays = delays_of(report.accounts);
  for (const CommitmentAccount& row : report.accounts.rows) report.chains.push_back(chain_of(row, at));
  if (duties != nullptr) report.duties = *duties;
  return report;
}

Table to_table(const GapReport& report) {
  Table table;
  auto& id = table.add_texts("commitment");
  auto& text = table.add_texts("text");
  auto& actor = table.add_texts("actor");
  auto& kind = table.add_texts("kind");
  auto& status = table.add_texts("status");
  auto& made = table.add_texts("made");
  auto& due = table.add_texts("due");
  auto& late = table.add_integers("days_late");
  auto& delivery = table.add_texts("delivery");
  auto& fulfilled = table.add_numbers("fulfilled");
  auto& unit = table.add_texts("unit");
  auto& promised = table.add_numbers("promised");
  auto& delivered = table.add_numbers("delivered");
  auto& gap = table.add_numbers("gap");
  auto& figure_year = table.add_integers("figure_year");
  auto& evidence = table.add_integers("evidence");
  auto& document = table.add_texts("document");
  auto& path = table.add_texts("path");
  for (const CommitmentAccount& row : report.accounts.rows) {
    const Commitment& commitment = *row.commitment;
    const Facts& facts = row.delivery.facts;
    id.push_back(commitment.id);
    text.push_back(commitment.text);
    actor.push_back(commitment.actor.name);
    kind.emplace_back(to_string(commitment.actor.kind));
    status.emplace_back(to_string(row.status));
    made.push_back(commitment.made ? to_string(*commitment.made) : "");
    due.push_back(commitment.due ? to_string(*commitment.due) : "");
    late.push_back(row.overdue() ? *row.late : Table::no_integer);
    delivery.emplace_back(to_string(row.delivery.state));
    fulfilled.push_back(row.fulfilled.value_or(no_figure));
    unit.push_back(row.money ? money_unit(commitment.measure) : row.delivery.unit);
    promised.push_back(row.money ? row.money->promised : facts.target);
    delivered.push_back(row.money ? row.money->delivered : facts.latest);
    gap.push_back(row.money ? row.money->gap() : row.delivery.gap);
    figure_year.push_back(row.money || facts.latest_year == 0 ? Table::no_integer : facts.latest_year);
    evidence.push_back(static_cast<std::int64_t>(commitment.evidence.size()));
    document.push_back(commitment.source.document);
    path.push_back(commitment.source.path);
  }
  return table;
}

}  // namespace stocktake
