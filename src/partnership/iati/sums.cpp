#include "partnership/iati/sums.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/text.h"
#include "base/utf8.h"
#include "partnership/iati/cells.h"
#include "partnership/iati/graph.h"

namespace stocktake::iati {
namespace {

constexpr std::string_view dimension_names[] = {"goal",      "country",   "year",     "sector",   "status",
                                                "publisher", "recipient", "currency", "hierarchy"};
constexpr std::size_t most_named = 20;  // examples of one kind among the notes

// As Cell, with the group as a number of the table.
struct Kept {
  std::uint32_t group;
  std::uint32_t receiver;  // 1 + id of an identifier; 0 none
  double amount;
  std::uint32_t flows;
  FlowKind kind;
};

struct ActivityKept {
  std::uint32_t identifier = 0, publisher = 0;
  std::uint32_t file = 0;
  std::uint32_t kinds = 0;
  std::uint32_t flows = 0;
  std::size_t first_cell = 0, cells = 0;
  std::uint64_t line = 0;
  std::int64_t updated = 0;  // digits of last-updated-datetime as one number; 0 unknown
  int hierarchy = 1;
  bool secondary = false, replaced = false, budgets_below = false;
};

std::int64_t digits(std::string_view text) {
  std::int64_t number = 0;
  int seen = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || seen == 14) continue;
    number = 10 * number + (c - '0');
    ++seen;
  }
  for (; seen > 0 && seen < 14; ++seen) number *= 10;
  return number;
}

std::uint64_t hash_of(const Group& group) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const std::uint32_t id : group) hash = (hash ^ id) * 0x100000001b3ULL;
  return hash ^ (hash >> 29);
}

// Numbers by size before texts by bytes.
bool text_less(const std::string& a, const std::string& b) {
  const auto x = parse_finite(a);
  const auto y = parse_finite(b);
  if (x && y && *x != *y) return *x < *y;
  if (x.has_value() != y.has_value()) return x.has_value();
  return a < b;
}

// Kinds that tell the same money when it is passed on, as bits; none for the last group.
constexpr std::uint32_t bit(FlowKind kind) { return 1U << static_cast<unsigned>(kind); }
constexpr std::uint32_t passing[] = {bit(FlowKind::pledge), bit(FlowKind::commitment),
                                     bit(FlowKind::disbursement) | bit(FlowKind::expenditure), 0};

std::size_t group_of(FlowKind kind) {
  std::size_t group = 0;
  while (passing[group] != 0 && (passing[group] & bit(kind)) == 0) ++group;
  return group;
}

}  // namespace

std::string_view to_string(Dimension dimension) { return dimension_names[static_cast<std::size_t>(dimension)]; }

std::optional<Dimension> parse_dimension(std::string_view text) {
  for (std::size_t i = 0; i < std::size(dimension_names); ++i) {
    if (dimension_names[i] == text) return static_cast<Dimension>(i);
  }
  return std::nullopt;
}

struct Sums::State {
  SumOptions options;
  std::vector<std::string> files;
  Texts texts;        // of groups
  Texts identifiers;  // of activities, publishers
  FlatIndex group_index;
  std::vector<Group> groups;
  std::vector<Kept> cells;
  std::vector<ActivityKept> activities;
  std::vector<Edge> edges;                          // of identifiers: parent and child
  std::vector<std::array<Tally, decisions>> taken;  // of each file
  SumResult result;

  std::uint32_t group_id(const Group& group) {
    const std::uint64_t hash = hash_of(group);
    const std::uint32_t found = group_index.find(hash, [&](std::uint32_t id) { return groups[id] == group; });
    if (found != FlatIndex::none) return found;
    groups.push_back(group);
    return group_index.insert(hash);
  }

  void take(BatchResult&& batch) {
    const auto file = static_cast<std::uint32_t>(files.size() - 1);
    std::vector<std::uint32_t> ids(batch.texts.size(), UINT32_MAX);
    const auto global = [&](std::uint32_t local) {
      if (ids[local] == UINT32_MAX) ids[local] = texts.id(batch.texts.at(local));
      return ids[local];
    };
    for (Record& record : batch.records) {
      ActivityKept kept;
      kept.identifier = identifiers.id(record.identifier);
      kept.publisher = identifiers.id(record.publisher);
      kept.file = file;
      kept.kinds = record.kinds;
      kept.flows = record.flows;
      kept.line = record.line;
      kept.updated = digits(record.last_updated);
      kept.hierarchy = record.hierarchy;
      kept.secondary = record.secondary;
      kept.first_cell = cells.size();
      kept.cells = record.cells.size();
      for (const std::string& parent : record.parents) edges.push_back({identifiers.id(parent), kept.identifier});
      for (const std::string& child : record.children) edges.push_back({kept.identifier, identifiers.id(child)});
      for (Cell& cell : record.cells) {
        for (std::size_t i = 0; i <= options.by.size(); ++i) cell.group[i] = global(cell.group[i]);
        const std::uint32_t receiver = cell.receiver == 0 ? 0 : 1 + identifiers.id(batch.texts.at(cell.receiver - 1));
        cells.push_back({group_id(cell.group), receiver, cell.amount, cell.flows, cell.kind});
      }
      activities.push_back(kept);
    }
    for (Fault& fault : batch.faults) result.faults.push_back({files.back(), fault.line, std::move(fault.what)});
    for (std::size_t i = 0; i < decisions; ++i) {
      Tally& tally = taken.back()[i];
      if (tally.count == 0) tally.line = batch.decisions_taken[i].line;
      tally.count += batch.decisions_taken[i].count;
    }
    result.flows += batch.flows;
    result.rejected += batch.rejected;
  }

  void note(std::uint32_t file, std::uint64_t line, std::string what) {
    result.notes.push_back({files[file], line, std::move(what)});
  }

  void note_decisions() {
    static constexpr std::string_view words[] = {
        "original budgets are replaced by revised ones of the same period",
        "lists of sectors whose percentages do not add up to 100 or are missing: shared out in proportion, or in equal parts",
        "lists of countries and regions whose percentages do not add up to 100 or are missing: shared out in proportion, or in "
        "equal parts",
        "amounts without a value date: converted at the rate of their own date",
        "amounts have no rate: they are counted in their own currency",
        "amounts are converted at a rate more than a year from their value date",
        "lists have regions beside countries that get all, or regions in several vocabularies: counted once",
        "budgets overlap an earlier one of their activity and are counted beside it: the publisher may tell the same money twice",
        "budgets have a period of more than 100 years and are counted in its first year",
    };
    for (std::size_t file = 0; file < taken.size(); ++file) {
      for (std::size_t i = 0; i < decisions; ++i) {
        const Tally& tally = taken[file][i];
        if (tally.count == 0) continue;
        note(static_cast<std::uint32_t>(file), tally.line,
             std::to_string(tally.count) + " " + std::string(words[i]) + " (the first here)");
      }
    }
  }

  // The activity that stands for each identifier; others are `replaced`. The empty identifier is none.
  std::vector<std::uint32_t> current() {
    std::vector<std::uint32_t> of(identifiers.size(), UINT32_MAX);
    std::size_t repeated = 0;
    for (std::uint32_t i = 0; i < activities.size(); ++i) {
      ActivityKept& here = activities[i];
      if (identifiers.at(here.identifier).empty()) continue;
      std::uint32_t& holder = of[here.identifier];
      if (holder == UINT32_MAX) {
        holder = i;
        continue;
      }
      const bool newer = here.updated > activities[holder].updated;
      ActivityKept& loser = newer ? activities[holder] : here;
      const ActivityKept& winner = newer ? here : activities[holder];
      loser.replaced = true;
      if (++repeated <= most_named) {
        note(loser.file, loser.line,
             "activity " + printable(identifiers.at(here.identifier)) + " is not counted: it is also in " + files[winner.file] +
                 ":" + std::to_string(winner.line) +
                 (winner.updated > loser.updated ? ", updated later" : ", read first and updated no earlier"));
      }
      if (newer) holder = i;
    }
    if (repeated > most_named)
      note(0, 0, std::to_string(repeated - most_named) + " more activities are given twice: counted once");
    return of;
  }

  // Marks the activities with budgets at a lower level. An edge that would close a circle is ignored.
  void mark_budgets_below(const std::vector<std::uint32_t>& of) {
    std::vector<Edge> known;  // of positions in `activities`
    for (const Edge& edge : edges) {
      const std::uint32_t parent = edge.from < of.size() ? of[edge.from] : UINT32_MAX;
      const std::uint32_t child = edge.to < of.size() ? of[edge.to] : UINT32_MAX;
      if (parent == UINT32_MAX || child == UINT32_MAX || parent == child) continue;
      if (activities[child].hierarchy < activities[parent].hierarchy) continue;  // the levels contradict the relation
      if (activities[child].secondary) continue;
      known.push_back({parent, child});
    }
    constexpr std::uint32_t budget = 1U << static_cast<unsigned>(FlowKind::budget);
    visit_upwards(std::move(known), activities.size(), [&](const Edge& edge) {
      const ActivityKept& child = activities[edge.to];
      if ((child.kinds & budget) != 0 || child.budgets_below) activities[edge.from].budgets_below = true;
    });
  }

  // The position of the activity that reports the money of `cell` itself, as far as the files tell; UINT32_MAX: none.
  std::uint32_t reported_by(const ActivityKept& here, const Kept& cell, const std::vector<std::uint32_t>& of) const {
    if (cell.receiver == 0 || cell.receiver - 1 >= of.size()) return UINT32_MAX;
    const std::uint32_t receiver = of[cell.receiver - 1];
    if (receiver == UINT32_MAX || activities[receiver].identifier == here.identifier || activities[receiver].secondary ||
        (activities[receiver].kinds & passing[group_of(cell.kind)]) == 0) {
      return UINT32_MAX;
    }
    return receiver;
  }

  // From whom to whom money is passed on, for each group of kinds, so that none goes round in a circle and counts nowhere.
  std::array<std::vector<Edge>, std::size(passing)> passed_on(const std::vector<std::uint32_t>& of) const {
    std::array<std::vector<Edge>, std::size(passing)> edges;
    for (std::uint32_t i = 0; i < activities.size(); ++i) {
      const ActivityKept& here = activities[i];
      if (here.replaced || here.secondary) continue;
      for (std::size_t c = here.first_cell; c < here.first_cell + here.cells; ++c) {
        const std::uint32_t receiver = reported_by(here, cells[c], of);
        std::vector<Edge>& list = edges[group_of(cells[c].kind)];
        const Edge edge{i, receiver};
        if (receiver != UINT32_MAX && (list.empty() || list.back() != edge)) list.push_back(edge);
      }
    }
    for (auto& list : edges) list = without_circles(std::move(list), activities.size());
    return edges;
  }

  void sum();
  void build(const std::vector<std::array<double, flow_kinds>>& amounts, const std::vector<std::uint64_t>& flows);
};

void Sums::State::sum() {
  const std::vector<std::uint32_t> of = current();
  mark_budgets_below(of);
  const auto on = passed_on(of);
  std::vector<std::array<double, flow_kinds>> amounts(groups.size(), std::array<double, flow_kinds>{});
  std::vector<std::uint64_t> flows(groups.size(), 0);
  Tally secondary, levels, passed;
  std::uint32_t secondary_file = 0, levels_file = 0, passed_file = 0;
  const auto tell = [](Tally& tally, std::uint32_t& file, const ActivityKept& here) {
    if (tally.count++ == 0) {
      tally.line = here.line;
      file = here.file;
    }
  };
  for (const ActivityKept& here : activities) {
    if (here.replaced) continue;
    if (here.secondary && !options.as_published) {
      tell(secondary, secondary_file, here);
      continue;
    }
    ++result.counted;
    bool told = false;
    for (std::size_t i = here.first_cell; i < here.first_cell + here.cells; ++i) {
      const Kept& cell = cells[i];
      if (!options.as_published && cell.kind == FlowKind::budget && here.budgets_below) {
        if (!told) tell(levels, levels_file, here);
        told = true;
        continue;
      }
      if (!options.as_published) {
        const std::uint32_t receiver = reported_by(here, cell, of);
        const auto& list = on[group_of(cell.kind)];
        const auto position = static_cast<std::uint32_t>(&here - activities.data());
        if (receiver != UINT32_MAX && std::binary_search(list.begin(), list.end(), Edge{position, receiver})) {
          tell(passed, passed_file, here);
          continue;
        }
      }
      amounts[cell.group][static_cast<std::size_t>(cell.kind)] += cell.amount;
      flows[cell.group] += cell.flows;
    }
  }
  if (secondary.count != 0) {
    note(secondary_file, secondary.line,
         std::to_string(secondary.count) + " activities of secondary reporters are not counted (the first here)");
  }
  if (levels.count != 0) {
    note(levels_file, levels.line,
         "budgets of " + std::to_string(levels.count) +
             " activities are not counted: those of their sub-activities are (the first here)");
  }
  if (passed.count != 0) {
    note(passed_file, passed.line,
         std::to_string(passed.count) +
             " sums of outgoing money are not counted: they go to an activity in these files that reports what it pledges, "
             "commits or spends itself (the first here)");
  }
  note_decisions();
  build(amounts, flows);
}

void Sums::State::build(const std::vector<std::array<double, flow_kinds>>& amounts, const std::vector<std::uint64_t>& flows) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < groups.size(); ++i) {
    if (flows[i] != 0) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    for (std::size_t i = 0; i <= options.by.size(); ++i) {
      if (groups[a][i] != groups[b][i]) return text_less(texts.at(groups[a][i]), texts.at(groups[b][i]));
    }
    return false;
  });
  Table& table = result.table;
  for (std::size_t d = 0; d < options.by.size(); ++d) {
    const bool renamed = options.by[d] == Dimension::currency;
    if (renamed && options.currency.empty()) continue;  // the currency of the amounts says it
    auto& column = table.add_texts(renamed ? "published_currency" : std::string(to_string(options.by[d])));
    for (const std::uint32_t id : order) column.push_back(printable(texts.at(groups[id][d])));
  }
  auto& unit = table.add_texts("currency");
  for (const std::uint32_t id : order) unit.push_back(printable(texts.at(groups[id][options.by.size()])));
  const auto number = [&](const char* name, std::initializer_list<FlowKind> kinds) {
    auto& column = table.add_numbers(name, 2);
    for (const std::uint32_t id : order) {
      double sum = 0;
      for (const FlowKind kind : kinds) sum += amounts[id][static_cast<std::size_t>(kind)];
      column.push_back(sum);
    }
  };
  number("budgeted", {FlowKind::budget});
  number("pledged", {FlowKind::pledge});
  number("committed", {FlowKind::commitment});
  number("disbursed", {FlowKind::disbursement});
  number("expended", {FlowKind::expenditure});
  number("spent", {FlowKind::disbursement, FlowKind::expenditure});
  number("incoming_pledged", {FlowKind::incoming_pledge});
  number("incoming_committed", {FlowKind::incoming_commitment});
  number("incoming_funds", {FlowKind::incoming_funds});
  number("interest", {FlowKind::interest});
  number("loan_repayments", {FlowKind::loan_repayment});
  number("reimbursements", {FlowKind::reimbursement});
  number("equity_bought", {FlowKind::equity_purchase});
  number("equity_sold", {FlowKind::equity_sale});
  number("guarantees", {FlowKind::guarantee});
  number("unknown_type", {FlowKind::unknown});
}

Sums::Sums(SumOptions options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->identifiers.id("");
  state_->texts.id("");
}
Sums::~Sums() = default;

void Sums::add(ByteSource& source) {
  State& state = *state_;
  state.files.push_back(source.name());
  state.taken.emplace_back();
  const SumOptions& options = state.options;
  const StreamReport report = read_activities<BatchResult>(
      source, options.threads, [&options](const Batch& batch) { return cells_of(batch, options); },
      [&state](BatchResult&& batch) { state.take(std::move(batch)); });
  state.result.activities += report.activities;
  for (const Fault& fault : report.faults) {
    ++state.result.rejected;
    state.result.faults.push_back({source.name(), fault.line, fault.what});
  }
  if (!report.broken.empty()) {
    state.result.broken = true;
    state.result.faults.push_back({source.name(), report.broken_line, told_end(report)});
  }
}

SumResult Sums::finish() {
  state_->sum();
  return std::move(state_->result);
}

}  // namespace stocktake::iati
