// Store::panel: reads the rows of the known vintages once, in storage order, and puts them in order by a counting sort on
// the key: faster than asking the database to sort millions of rows.
#include <algorithm>
#include <unordered_map>

#include "base/error.h"
#include "store/state.h"

namespace stocktake {
namespace {

struct Row {
  std::uint32_t key;
  std::uint32_t provenance;  // of the store
  double value;
  std::int32_t rank;
  std::int16_t year;
};

struct Slice {
  std::uint32_t key = 0, provenance = 0;  // of the store
  std::int32_t rank = 0;                  // of its vintage; 0: that is not known
};

struct KnownVintages {
  std::vector<std::int32_t> id_of_rank;
  std::vector<bool> update;   // by rank
  std::vector<Slice> slices;  // by id
  std::size_t provenances = 0;
};

[[noreturn]] void throw_damaged() {
  throw Error(ErrorKind::store, "the store is damaged: its figures and its table of slices do not go together",
              "Restore a copy of the file, or import the data anew");
}

KnownVintages known_vintages(Connection& connection, const std::optional<Date>& as_of) {
  KnownVintages known;
  known.id_of_rank.push_back(0);
  known.update.push_back(false);
  QueryResult vintages = connection.query("select cast(id as bigint), cast(is_update as bigint) from (" +
                                          known_vintages_sql(as_of) + ") order by rank");
  while (vintages.next_chunk()) {
    for (std::size_t i = 0; i < vintages.rows(); ++i) {
      known.id_of_rank.push_back(static_cast<std::int32_t>(vintages.integer(0, i)));
      known.update.push_back(vintages.integer(1, i) != 0);
    }
  }
  std::vector<std::int32_t> ranks;  // by provenance
  QueryResult provenances = connection.query("select cast(p.id as bigint), v.rank from provenance p join (" +
                                             known_vintages_sql(as_of) + ") v on v.id = p.vintage");
  while (provenances.next_chunk()) {
    for (std::size_t i = 0; i < provenances.rows(); ++i) {
      const auto id = static_cast<std::size_t>(provenances.integer(0, i));
      if (ranks.size() <= id) ranks.resize(id + 1, 0);
      ranks[id] = static_cast<std::int32_t>(provenances.integer(1, i));
    }
  }
  known.provenances = ranks.size();
  QueryResult slices = connection.query("select id, key, provenance from slice");
  while (slices.next_chunk()) {
    const auto* ids = slices.data<std::int32_t>(0);
    const auto* keys = slices.data<std::int32_t>(1);
    const auto* provenance = slices.data<std::int32_t>(2);
    for (std::size_t i = 0; i < slices.rows(); ++i) {
      if (ids[i] < 0 || keys[i] < 0 || provenance[i] < 0) throw_damaged();
      const auto id = static_cast<std::size_t>(ids[i]), p = static_cast<std::size_t>(provenance[i]);
      if (known.slices.size() <= id) known.slices.resize(std::max(id + 1, 2 * known.slices.size()));
      known.slices[id] = {static_cast<std::uint32_t>(keys[i]), static_cast<std::uint32_t>(p), p < ranks.size() ? ranks[p] : 0};
    }
  }
  return known;
}

std::string join_sql(PanelQuery query) {
  query.first_year.reset();
  query.last_year.reset();
  const std::string condition = selection_sql(query);
  if (query.series.empty() && query.areas.empty()) return "observation o where " + condition;
  return "observation o join slice l on l.id = o.slice join series_key k on k.key = l.key where " + condition;
}

const Slice& slice_at(const KnownVintages& known, std::int32_t id) {
  if (id < 0 || static_cast<std::size_t>(id) >= known.slices.size()) throw_damaged();
  return known.slices[static_cast<std::size_t>(id)];
}

// Of the rows of one key (sorted by year, then rank) keeps those of the winning vintages, one a year, in the query's years.
std::size_t keep_winners(Row* begin, Row* end, const KnownVintages& known, const PanelQuery& query) {
  std::int32_t full = 0;
  for (const Row* row = begin; row != end; ++row) {
    if (!known.update[static_cast<std::size_t>(row->rank)]) full = std::max(full, row->rank);
  }
  Row* out = begin;
  for (Row* row = begin; row != end; ++row) {
    if (row->rank < full || row->year < query.first_year.value_or(INT16_MIN) || row->year > query.last_year.value_or(INT16_MAX))
      continue;
    if (out != begin && out[-1].year == row->year) {
      out[-1] = *row;  // same year, later rank
    } else {
      *out++ = *row;
    }
  }
  return static_cast<std::size_t>(out - begin);
}

// Brings the panel's provenances, so far numbers of the store, to a list of those that it uses.
void read_provenances(Connection& connection, std::size_t size, Panel& panel) {
  std::vector<std::uint32_t> place(size, UINT32_MAX);
  for (const std::uint32_t id : panel.provenance) place[id] = 0;
  QueryResult result = connection.query(
      "select cast(id as bigint), nature, qualifier, edition, source, cast(vintage as bigint), attributes from provenance order "
      "by id");
  while (result.next_chunk()) {
    for (std::size_t i = 0; i < result.rows(); ++i) {
      const auto id = static_cast<std::size_t>(result.integer(0, i));
      if (id >= size || place[id] == UINT32_MAX) continue;
      place[id] = static_cast<std::uint32_t>(panel.provenances.size());
      const std::string_view qualifier = result.text(2, i);
      panel.provenances.push_back({parse_nature(result.text(1, i)).value_or(Nature::none),
                                   qualifier.empty() ? '\0' : qualifier.front(), std::string(result.text(3, i)),
                                   std::string(result.text(4, i)), static_cast<int>(result.integer(5, i)),
                                   std::string(result.text(6, i))});
    }
  }
  for (std::uint32_t& id : panel.provenance) id = place[id];
}

class NameTable {
 public:
  explicit NameTable(std::vector<std::string>& names) : names_(names) {}
  std::uint32_t add(std::string_view text) {
    const auto [at, added] = index_.try_emplace(std::string(text), static_cast<std::uint32_t>(names_.size()));
    if (added) names_.emplace_back(text);
    return at->second;
  }

 private:
  std::vector<std::string>& names_;
  std::unordered_map<std::string, std::uint32_t> index_;
};

}  // namespace

Panel Store::panel(const PanelQuery& query) const {
  Connection& connection = *state_->connection;
  Panel panel;
  const KnownVintages known = known_vintages(connection, query.as_of);

  std::vector<Row> rows;
  std::uint32_t keys = 0;
  {
    QueryResult result = connection.query("select o.slice, o.year, o.value from " + join_sql(query));
    while (result.next_chunk()) {
      const auto* id = result.data<std::int32_t>(0);
      const auto* year = result.data<std::int16_t>(1);
      const auto* value = result.data<double>(2);
      for (std::size_t i = 0; i < result.rows(); ++i) {
        const Slice& slice = slice_at(known, id[i]);
        if (slice.rank == 0) continue;
        rows.push_back({slice.key, slice.provenance, value[i], slice.rank, year[i]});
        keys = std::max(keys, slice.key + 1);
      }
    }
  }

  // Counting sort by key, stable; then a short sort within each key.
  std::vector<std::uint32_t> at(keys + 1, 0);
  for (const Row& row : rows) ++at[row.key + 1];
  for (std::size_t i = 1; i < at.size(); ++i) at[i] += at[i - 1];
  std::vector<Row> sorted(rows.size());
  {
    std::vector<std::uint32_t> next(at.begin(), at.end() - (at.empty() ? 0 : 1));
    for (const Row& row : rows) sorted[next[row.key]++] = row;
  }
  rows = {};

  // Names of the keys that have rows.
  struct Parts {
    std::uint32_t series, area, dims, unit;
  };
  std::vector<Parts> parts(keys);
  NameTable names(panel.names);
  {
    QueryResult result = connection.query(
        "select cast(k.key as bigint), s.code, a.code, d.dims, u.unit from series_key k join series s on s.id = k.series "
        "join area a on a.id = k.area "
        "join dimension_set d on d.id = k.dims join unit u on u.id = k.unit");
    while (result.next_chunk()) {
      for (std::size_t i = 0; i < result.rows(); ++i) {
        const auto key = static_cast<std::size_t>(result.integer(0, i));
        if (key >= keys || at[key] == at[key + 1]) continue;
        parts[key] = {names.add(result.text(1, i)), names.add(result.text(2, i)), names.add(result.text(3, i)),
                      names.add(result.text(4, i))};
      }
    }
  }
  // Order of series: by code, area, dimensions, unit, so that results do not depend on the order of imports.
  std::vector<std::uint32_t> order;
  for (std::uint32_t key = 0; key < keys; ++key) {
    if (at[key] != at[key + 1]) order.push_back(key);
  }
  const auto name = [&](std::uint32_t index) -> const std::string& { return panel.names[index]; };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Parts &x = parts[a], &y = parts[b];
    if (x.series != y.series) return name(x.series) < name(y.series);
    if (x.area != y.area) return name(x.area) < name(y.area);
    if (x.dims != y.dims) return name(x.dims) < name(y.dims);
    return name(x.unit) < name(y.unit);
  });

  panel.series.reserve(order.size());
  panel.begin.reserve(order.size() + 1);
  panel.year.reserve(sorted.size());
  panel.value.reserve(sorted.size());
  panel.provenance.reserve(sorted.size());
  std::vector<std::uint32_t> series_of_key(keys, UINT32_MAX);
  for (const std::uint32_t key : order) {
    Row* first = sorted.data() + at[key];
    Row* last = sorted.data() + at[key + 1];
    const auto before = [](const Row& a, const Row& b) { return a.year != b.year ? a.year < b.year : a.rank < b.rank; };
    if (!std::is_sorted(first, last, before)) std::sort(first, last, before);
    const std::size_t kept = keep_winners(first, last, known, query);
    if (kept == 0) continue;
    series_of_key[key] = static_cast<std::uint32_t>(panel.series.size());
    const Parts& p = parts[key];
    panel.series.push_back(
        {name(p.series), name(p.area), name(p.dims), name(p.unit), known.id_of_rank[static_cast<std::size_t>(first->rank)]});
    for (const Row* row = first; row != first + kept; ++row) {
      panel.year.push_back(row->year);
      panel.value.push_back(row->value);
      panel.provenance.push_back(row->provenance);
    }
    panel.begin.push_back(static_cast<std::uint32_t>(panel.value.size()));
  }

  const std::vector<std::uint32_t> store_provenance = panel.provenance;
  read_provenances(connection, known.provenances, panel);

  QueryResult bounds =
      connection.query("select o.slice, o.year, o.lower, o.upper from bound o" +
                       std::string(query.series.empty() && query.areas.empty()
                                       ? " where "
                                       : " join slice l on l.id = o.slice join series_key k on k.key = l.key where ") +
                       selection_sql(query));
  while (bounds.next_chunk()) {
    const auto* id = bounds.data<std::int32_t>(0);
    const auto* year = bounds.data<std::int16_t>(1);
    const auto* lower = bounds.data<double>(2);
    const auto* upper = bounds.data<double>(3);
    for (std::size_t i = 0; i < bounds.rows(); ++i) {
      const Slice& slice = slice_at(known, id[i]);
      if (slice.key >= keys) continue;
      const std::uint32_t series = series_of_key[slice.key];
      if (series == UINT32_MAX) continue;
      const auto first = panel.year.begin() + panel.begin[series], last = panel.year.begin() + panel.begin[series + 1];
      const auto found = std::lower_bound(first, last, year[i]);
      if (found == last || *found != year[i]) continue;
      const auto row = static_cast<std::size_t>(found - panel.year.begin());
      if (store_provenance[row] != slice.provenance) continue;
      if (panel.lower.empty()) {
        panel.lower.assign(panel.value.size(), missing_value);
        panel.upper.assign(panel.value.size(), missing_value);
      }
      if (!bounds.is_null(2, i)) panel.lower[row] = lower[i];
      if (!bounds.is_null(3, i)) panel.upper[row] = upper[i];
    }
  }
  return panel;
}

}  // namespace stocktake
