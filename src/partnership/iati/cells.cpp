#include "partnership/iati/cells.h"

#include <algorithm>
#include <functional>

#include "ingest/iati/reader.h"

namespace stocktake::iati {

std::uint32_t Texts::id(std::string_view text) {
  const std::uint64_t hash = std::hash<std::string_view>{}(text);
  const std::uint32_t found = index_.find(hash, [&](std::uint32_t id) { return texts_[id] == text; });
  if (found != FlatIndex::none) return found;
  texts_.emplace_back(text);
  return index_.insert(hash);
}

namespace {

struct WeightedId {
  std::uint32_t id = 0;
  double fraction = 1;
};
using Weights = std::vector<WeightedId>;

class CellMaker {
 public:
  CellMaker(const SumOptions& options, BatchResult& result) : options_(options), result_(result) {}

  void add(const Activity& activity) {
    Record record;
    record.identifier = activity.identifier;
    record.publisher = activity.publisher;
    record.last_updated = activity.last_updated.substr(0, 19);
    record.line = activity.line;
    record.hierarchy = activity.hierarchy;
    record.secondary = activity.secondary;
    for (const Relation& relation : activity.related) {
      if (relation.type == "1") record.parents.emplace_back(relation.ref);
      if (relation.type == "2") record.children.emplace_back(relation.ref);
    }
    begin(activity);
    note_overlaps(activity);
    for (const Flow& flow : activity.flows) {
      if (flow.kind == FlowKind::budget && superseded(flow)) {
        take(Decision::original_budget, flow.line);
        continue;
      }
      ++record.flows;
      record.kinds |= 1U << static_cast<unsigned>(flow.kind);
      count(activity, flow);
    }
    merge(record.cells);
    result_.flows += record.flows;
    for (const Fault& fault : activity.faults) {
      if (fault.what.find(" left out: ") != std::string::npos) ++result_.rejected;
      result_.faults.push_back(fault);
    }
    result_.records.push_back(std::move(record));
  }

 private:
  bool asked(Dimension dimension) const {
    return std::find(options_.by.begin(), options_.by.end(), dimension) != options_.by.end();
  }
  void take(Decision decision, std::uint64_t line) {
    Tally& tally = result_.decisions_taken[static_cast<std::size_t>(decision)];
    if (tally.count++ == 0) tally.line = line;
  }

  // A revised budget replaces the original ones whose periods it overlaps. revised_ is sorted by start, with the latest end so
  // far.
  void find_revised(const Activity& activity) {
    revised_.clear();
    for (const Flow& flow : activity.flows) {
      if (flow.kind == FlowKind::budget && flow.revised) revised_.emplace_back(flow.date, flow.end);
    }
    std::sort(revised_.begin(), revised_.end());
    for (std::size_t i = 1; i < revised_.size(); ++i) revised_[i].second = std::max(revised_[i].second, revised_[i - 1].second);
  }
  bool superseded(const Flow& budget) const {
    if (budget.revised) return false;
    const auto after = std::upper_bound(revised_.begin(), revised_.end(), budget.end,
                                        [](const Date& end, const auto& period) { return end < period.first; });
    return after != revised_.begin() && std::prev(after)->second >= budget.date;
  }

  // Budgets of one period may be parts of the money, or the same told twice: that is for a person to judge.
  void note_overlaps(const Activity& activity) {
    periods_.clear();
    for (const Flow& flow : activity.flows) {
      if (flow.kind == FlowKind::budget && !superseded(flow)) periods_.push_back({flow.date, flow.end, flow.line});
    }
    std::stable_sort(periods_.begin(), periods_.end(), [](const Period& a, const Period& b) { return a.from < b.from; });
    for (std::size_t i = 1; i < periods_.size(); ++i) {
      if (periods_[i].from <= periods_[i - 1].to) take(Decision::overlapping_budget, periods_[i].line);
      periods_[i].to = std::max(periods_[i].to, periods_[i - 1].to);
    }
  }

  void take_places(Adjustment adjustment, std::uint64_t line) {
    if (adjustment == Adjustment::none) return;
    take(adjustment == Adjustment::regions_ignored ? Decision::regions : Decision::place_shares, line);
  }

  Weights ids(const Split& split) {
    Weights weights;
    for (const Part& part : split.parts) weights.push_back({result_.texts.id(part.code), part.fraction});
    return weights;
  }

  // What the flows of an activity share.
  void begin(const Activity& activity) {
    raw_.clear();
    compact_at_ = smallest_compaction;
    find_revised(activity);
    sectors_ = asked(Dimension::sector) || asked(Dimension::goal) ? sectors_of(activity.sectors) : Split{{{"", 1}}, {}};
    const Split places = asked(Dimension::country) ? places_of(activity.places) : Split{{{"", 1}}, {}};
    if (sectors_.adjustment != Adjustment::none) take(Decision::sector_shares, activity.line);
    take_places(places.adjustment, activity.line);
    sector_ids_ = ids(sectors_);
    place_ids_ = ids(places);
    goal_ids_ = asked(Dimension::goal) ? ids(goals_of(activity, {}, sectors_, options_.sector_goals)) : Weights(1);
  }

  void count(const Activity& activity, const Flow& flow) {
    Weights own_sectors, own_places, own_goals;
    const Weights* sectors = &sector_ids_;
    const Weights* places = &place_ids_;
    const Weights* goals = &goal_ids_;
    if (flow.sectors != 0 && (asked(Dimension::sector) || asked(Dimension::goal))) {
      const auto list = std::span(activity.flow_sectors).subspan(flow.first_sector, flow.sectors);
      Split split = sectors_of(list);
      if (split.adjustment != Adjustment::none) take(Decision::sector_shares, flow.line);
      if (split.parts.front().code.empty() && split.parts.size() == 1) split = sectors_;  // of goals' vocabularies only
      own_sectors = ids(split);
      sectors = &own_sectors;
      if (asked(Dimension::goal)) {
        own_goals = ids(goals_of(activity, list, split, options_.sector_goals));
        goals = &own_goals;
      }
    }
    if (flow.places != 0 && asked(Dimension::country)) {
      const Split split = places_of(std::span(activity.flow_places).subspan(flow.first_place, flow.places));
      take_places(split.adjustment, flow.line);
      own_places = ids(split);
      places = &own_places;
    }
    if (flow.kind == FlowKind::budget && asked(Dimension::year) && too_long(flow)) take(Decision::long_budget, flow.line);
    double amount = flow.value;
    std::string_view unit = flow.currency;
    if (!options_.currency.empty()) {
      if (!flow.own_value_date) take(Decision::no_value_date, flow.line);
      if (const auto converted = options_.rates->convert(flow.value, flow.currency, options_.currency, flow.value_date)) {
        amount = converted->amount;
        unit = options_.currency;
        if (std::max(converted->from.days_off, converted->to.days_off) > 366) take(Decision::far_rate, flow.line);
      } else {
        take(Decision::unconverted, flow.line);
      }
    }
    Cell cell;
    cell.kind = flow.kind;
    cell.receiver = flow.receiver_activity.empty() ? 0 : 1 + result_.texts.id(flow.receiver_activity);
    cell.group[options_.by.size()] = result_.texts.id(unit);
    years(flow, [&](int year, double part) {
      for (const WeightedId& goal : *goals) {
        for (const WeightedId& place : *places) {
          if (!asked(Dimension::sector)) {
            put(cell, activity, flow, year, goal, place, {}, amount * part * goal.fraction * place.fraction);
            continue;
          }
          for (const WeightedId& sector : *sectors) {
            put(cell, activity, flow, year, goal, place, sector,
                amount * part * goal.fraction * place.fraction * sector.fraction);
          }
        }
      }
    });
  }

  // A budget belongs to the calendar years of its period in proportion to the days.
  static bool too_long(const Flow& budget) { return budget.end.year - budget.date.year > 100; }
  template <typename Each>
  void years(const Flow& flow, const Each& each) const {
    if (flow.kind != FlowKind::budget || flow.date.year == flow.end.year || !asked(Dimension::year) || too_long(flow)) {
      each(flow.date.year, 1.0);
      return;
    }
    const double days = static_cast<double>(days_between(flow.date, flow.end) + 1);
    for (int year = flow.date.year; year <= flow.end.year; ++year) {
      const Date from = std::max(flow.date, Date{year, 1, 1});
      const Date to = std::min(flow.end, year_end(year));
      each(year, static_cast<double>(days_between(from, to) + 1) / days);
    }
  }

  void put(Cell cell, const Activity& activity, const Flow& flow, int year, const WeightedId& goal, const WeightedId& place,
           const WeightedId& sector, double amount) {
    for (std::size_t i = 0; i < options_.by.size(); ++i) {
      switch (options_.by[i]) {
        case Dimension::goal: cell.group[i] = goal.id; break;
        case Dimension::country: cell.group[i] = place.id; break;
        case Dimension::year: cell.group[i] = result_.texts.id(std::to_string(year)); break;
        case Dimension::sector: cell.group[i] = sector.id; break;
        case Dimension::status: cell.group[i] = result_.texts.id(activity.status); break;
        case Dimension::publisher: cell.group[i] = result_.texts.id(activity.publisher); break;
        case Dimension::recipient: cell.group[i] = result_.texts.id(flow.receiver); break;
        case Dimension::currency: cell.group[i] = result_.texts.id(flow.currency); break;
        case Dimension::hierarchy: cell.group[i] = result_.texts.id(std::to_string(activity.hierarchy)); break;
      }
    }
    cell.amount = amount;
    cell.flows = 1;
    raw_.push_back(cell);
    if (raw_.size() < compact_at_) return;
    std::vector<Cell> merged;
    merge(merged);
    raw_ = std::move(merged);
    compact_at_ = std::max(smallest_compaction, 2 * raw_.size());
  }

  // One cell a group, receiver and kind; sums in the order of the flows.
  void merge(std::vector<Cell>& cells) {
    const auto same = [](const Cell& a, const Cell& b) {
      return a.kind == b.kind && a.receiver == b.receiver && a.group == b.group;
    };
    std::stable_sort(raw_.begin(), raw_.end(), [](const Cell& a, const Cell& b) {
      if (a.kind != b.kind) return a.kind < b.kind;
      if (a.receiver != b.receiver) return a.receiver < b.receiver;
      return a.group < b.group;
    });
    for (const Cell& cell : raw_) {
      if (!cells.empty() && same(cells.back(), cell)) {
        cells.back().amount += cell.amount;
        cells.back().flows += cell.flows;
      } else {
        cells.push_back(cell);
      }
    }
    cells.shrink_to_fit();
  }

  static constexpr std::size_t smallest_compaction = 1 << 16;
  const SumOptions& options_;
  BatchResult& result_;
  struct Period {
    Date from, to;
    std::uint64_t line = 0;
  };
  std::vector<std::pair<Date, Date>> revised_;
  std::vector<Period> periods_;  // of budgets that count
  std::size_t compact_at_ = smallest_compaction;
  std::vector<Cell> raw_;
  Split sectors_;
  Weights sector_ids_, place_ids_, goal_ids_;
};

}  // namespace

BatchResult cells_of(const Batch& batch, const SumOptions& options) {
  BatchResult result;
  ActivityReader reader;
  CellMaker maker(options, result);
  for (const Slice& slice : batch.slices) {
    const Activity& activity = reader.read(batch.of(slice), slice.line);
    if (!reader.readable()) {
      ++result.rejected;
      result.faults.insert(result.faults.end(), activity.faults.begin(), activity.faults.end());
      continue;
    }
    maker.add(activity);
  }
  return result;
}

}  // namespace stocktake::iati
