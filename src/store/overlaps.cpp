#include "store/overlaps.h"

#include "base/table.h"
#include "store/state.h"

namespace stocktake {

std::vector<VintageOverlap> vintage_overlaps(const std::string& path, const PanelQuery& query, double revision) {
  Connection connection(path, true);
  const std::string vintages = "(" + known_vintages_sql(query.as_of) + ")";
  // Most stores have every series from one vintage only: that is known without reading figures.
  const std::string shared = "select l.key from slice l join provenance p on p.id = l.provenance join " + vintages +
                             " v on v.id = p.vintage group by l.key having count(distinct p.vintage) > 1";
  std::vector<VintageOverlap> all;
  if (!connection.text_of("select key from (" + shared + ") limit 1")) return all;
  // The change relative to the larger of the two; 0 / 0 is none.
  QueryResult result = connection.query(
      "with figures as (select k.series, k.area, k.dims, l.key, o.year, o.value, v.id as vintage, v.rank from observation o join "
      "slice l on l.id = o.slice join series_key k on k.key = l.key join provenance p on p.id = l.provenance join " +
      vintages + " v on v.id = p.vintage where l.key in (" + shared + ") and " + selection_sql(query) +
      "), pairs as (select series, area, dims, year, value, vintage, lag(value) over w as before, lag(vintage) over w as earlier "
      "from figures window w as (partition by key, year order by rank)), "
      "changes as (select *, coalesce(abs(value - before) / nullif(greatest(abs(value), abs(before)), 0), 0) as change from "
      "pairs "
      "where earlier is not null and earlier <> vintage), "
      "ranked as (select s.code, a.code as area, d.dims, c.*, row_number() over (partition by s.code, c.earlier, c.vintage order "
      "by "
      "c.change desc, a.code, d.dims, c.year) as place from changes c join series s on s.id = c.series join area a on a.id = "
      "c.area "
      "join dimension_set d on d.id = c.dims) "
      "select code, cast(earlier as bigint), cast(vintage as bigint), cast(count(*) filter (value = before) as bigint), "
      "cast(count(*) filter (change > " +
      number_text(revision) +
      ") as bigint), first(area order by place), first(dims_1 order by place), cast(first(year order by place) as bigint), "
      "first(before order by place), first(value order by place) from (select code, area, dims as dims_1, earlier, vintage, "
      "value, "
      "before, change, year, place from ranked) group by code, earlier, vintage order by code, earlier, vintage");
  while (result.next_chunk()) {
    const auto* before = result.data<double>(8);
    const auto* after = result.data<double>(9);
    for (std::size_t i = 0; i < result.rows(); ++i) {
      VintageOverlap one;
      one.series = result.text(0, i);
      one.earlier = static_cast<int>(result.integer(1, i));
      one.later = static_cast<int>(result.integer(2, i));
      one.same = result.integer(3, i);
      one.revised = result.integer(4, i);
      if (before[i] != after[i]) {
        one.area = result.text(5, i);
        one.dimensions = result.text(6, i);
        one.year = static_cast<int>(result.integer(7, i));
        one.before = before[i];
        one.after = after[i];
      }
      all.push_back(std::move(one));
    }
  }
  return all;
}

std::vector<SecondFigures> second_figures(const std::string& path, const PanelQuery& query) {
  Connection connection(path, true);
  QueryResult result =
      connection.query("select cast(r.vintage as bigint), cast(count(*) as bigint), min(r.line) from reject r join (" +
                       known_vintages_sql(query.as_of) +
                       ") v on v.id = r.vintage where starts_with(r.reason, 'a second figure for the same') group by r.vintage "
                       "order by r.vintage");
  std::vector<SecondFigures> all;
  while (result.next_chunk()) {
    for (std::size_t i = 0; i < result.rows(); ++i) {
      all.push_back({static_cast<int>(result.integer(0, i)), result.integer(1, i), result.integer(2, i)});
    }
  }
  return all;
}

}  // namespace stocktake
