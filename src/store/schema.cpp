#include "store/schema.h"

#include <charconv>
#include <string>

#include "base/error.h"

namespace stocktake {

namespace {

// Codes instead of texts in the big table: three narrow columns compress well and append fast. A slice is what one provenance
// says of one series; the vintage of a figure is that of its provenance. Bounds are apart because few sources publish them.
constexpr const char* current_tables = R"sql(
create table vintage(id integer primary key, source varchar not null, origin varchar not null, format varchar not null,
  edition varchar not null, published date, imported_at timestamp not null, hash varchar not null, bytes bigint not null,
  rows_read bigint not null, rows_accepted bigint not null, rows_missing bigint not null, rows_rejected bigint not null,
  is_update boolean not null);
create table series(id integer primary key, code varchar not null);
create table dimension_set(id integer primary key, dims varchar not null);
create table unit(id integer primary key, unit varchar not null);
create table area(id integer primary key, code varchar not null);
create table series_key(key integer not null, series integer not null, area integer not null, dims integer not null, unit integer not null);
create table provenance(id integer primary key, vintage integer not null, nature varchar not null, qualifier varchar not null,
  edition varchar not null, source varchar not null, attributes varchar default '');
create table slice(id integer not null, key integer not null, provenance integer not null);
create table observation(slice integer not null using compression rle, year smallint not null using compression bitpacking,
  value double not null using compression alp);
create table bound(slice integer not null, year smallint not null, lower double, upper double);
create table reject(vintage integer not null, line bigint not null, col varchar not null, reason varchar not null, content varchar not null);
create table structure(kind varchar not null, agency varchar not null, id varchar not null, version varchar not null, origin varchar not null,
  stored_at timestamp not null, content varchar not null);
create view observations as
  select s.code as series, a.code as ref_area, o.year as time_period, o.value as obs_value, b.lower, b.upper, u.unit as unit_measure,
         d.dims as dimensions, p.nature, p.qualifier, p.edition, p.source, p.vintage, p.attributes
  from observation o join slice l on l.id = o.slice join series_key k on k.key = l.key join series s on s.id = k.series join area a on a.id = k.area join dimension_set d on d.id = k.dims
  join unit u on u.id = k.unit join provenance p on p.id = l.provenance
  left join bound b on b.slice = o.slice and b.year = o.year;
)sql";

// Version 1 had the series and the provenance beside every figure.
constexpr const char* version_1 = R"sql(
create table vintage(id integer primary key, source varchar not null, origin varchar not null, format varchar not null,
  edition varchar not null, published date, imported_at timestamp not null, hash varchar not null, bytes bigint not null,
  rows_read bigint not null, rows_accepted bigint not null, rows_missing bigint not null, rows_rejected bigint not null,
  is_update boolean not null);
create table series(id integer primary key, code varchar not null);
create table dimension_set(id integer primary key, dims varchar not null);
create table unit(id integer primary key, unit varchar not null);
create table area(id integer primary key, code varchar not null);
create table series_key(key integer not null, series integer not null, area integer not null, dims integer not null, unit integer not null);
create table provenance(id integer primary key, vintage integer not null, nature varchar not null, qualifier varchar not null,
  edition varchar not null, source varchar not null);
create table observation(key integer not null using compression rle, year smallint not null using compression bitpacking,
  value double not null using compression alp, provenance integer not null using compression rle);
create table bound(key integer not null, year smallint not null, provenance integer not null, lower double, upper double);
create table reject(vintage integer not null, line bigint not null, col varchar not null, reason varchar not null, content varchar not null);
create view observations as
  select s.code as series, a.code as ref_area, o.year as time_period, o.value as obs_value, b.lower, b.upper, u.unit as unit_measure,
         d.dims as dimensions, p.nature, p.qualifier, p.edition, p.source, p.vintage
  from observation o join series_key k using (key) join series s on s.id = k.series join area a on a.id = k.area join dimension_set d on d.id = k.dims
  join unit u on u.id = k.unit join provenance p on p.id = o.provenance
  left join bound b on b.key = o.key and b.year = o.year and b.provenance = o.provenance;
)sql";

constexpr const char* from_1_to_2 = R"sql(
drop view observations;
create table slice(id integer not null, key integer not null, provenance integer not null);
create table new_observation(slice integer not null using compression rle, year smallint not null using compression bitpacking,
  value double not null using compression alp);
create table new_bound(slice integer not null, year smallint not null, lower double, upper double);
insert into slice select row_number() over (order by key, provenance) - 1, key, provenance from (select distinct key, provenance from observation);
insert into new_observation select l.id, o.year, o.value from observation o join slice l on l.key = o.key and l.provenance = o.provenance
  order by l.id, o.year;
insert into new_bound select l.id, b.year, b.lower, b.upper from bound b join slice l on l.key = b.key and l.provenance = b.provenance
  order by l.id, b.year;
drop table observation;
drop table bound;
alter table new_observation rename to observation;
alter table new_bound rename to bound;
create view observations as
  select s.code as series, a.code as ref_area, o.year as time_period, o.value as obs_value, b.lower, b.upper, u.unit as unit_measure,
         d.dims as dimensions, p.nature, p.qualifier, p.edition, p.source, p.vintage
  from observation o join slice l on l.id = o.slice join series_key k on k.key = l.key join series s on s.id = k.series join area a on a.id = k.area join dimension_set d on d.id = k.dims
  join unit u on u.id = k.unit join provenance p on p.id = l.provenance
  left join bound b on b.slice = o.slice and b.year = o.year;
)sql";

// Attributes of figures that are none of the store's own columns, and SDMX structures.
constexpr const char* from_2_to_3 = R"sql(
alter table provenance add column attributes varchar default '';
create table structure(kind varchar not null, agency varchar not null, id varchar not null, version varchar not null, origin varchar not null,
  stored_at timestamp not null, content varchar not null);
drop view observations;
create view observations as
  select s.code as series, a.code as ref_area, o.year as time_period, o.value as obs_value, b.lower, b.upper, u.unit as unit_measure,
         d.dims as dimensions, p.nature, p.qualifier, p.edition, p.source, p.vintage, p.attributes
  from observation o join slice l on l.id = o.slice join series_key k on k.key = l.key join series s on s.id = k.series join area a on a.id = k.area join dimension_set d on d.id = k.dims
  join unit u on u.id = k.unit join provenance p on p.id = l.provenance
  left join bound b on b.slice = o.slice and b.year = o.year;
)sql";

}  // namespace

const std::vector<const char*>& migrations() {
  static const std::vector<const char*> all{version_1, from_1_to_2, from_2_to_3};
  return all;
}

int schema_version(Connection& connection, const std::string& path) {
  const auto tables = connection.text_of("select string_agg(table_name, ',') from duckdb_tables()");
  if (!tables) return 0;
  if (("," + *tables + ",").find(",stocktake_meta,") == std::string::npos) {
    throw Error(ErrorKind::store, "the file is a DuckDB database but not a Stocktake store", "Choose another file with --store",
                {path, 0, 0, {}});
  }
  const std::string text = connection.text_of("select value from stocktake_meta where name = 'schema_version'").value_or("");
  int version = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), version).ec != std::errc() || version < 1) {
    throw Error(ErrorKind::store, "the store does not say its schema version", "Restore a copy of the file", {path, 0, 0, {}});
  }
  if (version > current_schema()) {
    throw Error(ErrorKind::store,
                "the store has schema version " + std::to_string(version) + ", this program knows up to " +
                    std::to_string(current_schema()),
                "Use a newer Stocktake", {path, 0, 0, {}});
  }
  return version;
}

void migrate(Connection& connection, int from) {
  if (from >= current_schema()) return;
  connection.run("begin");
  try {
    if (from == 0) {
      connection.run("create table stocktake_meta(name varchar primary key, value varchar not null)");
      connection.run(current_tables);  // what all migrations together lead to; a test compares
      from = current_schema();
    }
    for (int version = from; version < current_schema(); ++version) {
      connection.run(migrations()[static_cast<std::size_t>(version)]);
    }
    connection.run("insert or replace into stocktake_meta values ('schema_version', '" + std::to_string(current_schema()) + "')");
    connection.run("commit");
  } catch (...) {
    try {
      connection.run("rollback");
    } catch (const Error&) {  // the first fault is the one to report; without a commit nothing is kept
      (void)0;
    }
    throw;
  }
}

}  // namespace stocktake
