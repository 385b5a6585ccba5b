#include "store/store.h"

#include <unistd.h>

#include <filesystem>

#include "base/error.h"
#include "store/schema.h"
#include "store/state.h"

namespace stocktake {
namespace {

std::unique_ptr<Connection> connect(const std::string& path, bool read_only) {
  return std::make_unique<Connection>(path, read_only);
}

std::string text_list(const std::vector<std::string>& texts) {
  std::string list;
  for (const auto& text : texts) list += (list.empty() ? "" : ",") + sql_quote(text);
  return list;
}

}  // namespace

std::string known_vintages_sql(const std::optional<Date>& as_of) {
  std::string sql =
      "select id, is_update, row_number() over (order by coalesce(published, cast(imported_at as date)), id) as rank from "
      "vintage";
  if (as_of) sql += " where coalesce(published, cast(imported_at as date)) <= date '" + to_string(*as_of) + "'";
  return sql;
}

std::string selection_sql(const PanelQuery& query) {
  std::string sql = "true";
  if (!query.series.empty()) sql += " and k.series in (select id from series where code in (" + text_list(query.series) + "))";
  if (!query.areas.empty()) sql += " and k.area in (select id from area where code in (" + text_list(query.areas) + "))";
  if (query.first_year) sql += " and o.year >= " + std::to_string(*query.first_year);
  if (query.last_year) sql += " and o.year <= " + std::to_string(*query.last_year);
  return sql;
}

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::create(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    throw Error(ErrorKind::store, "the file exists already", "Choose another name, or remove it if its data are no longer needed",
                {path, 0, 0, {}});
  }
  const auto parent = std::filesystem::path(path).parent_path();
  if (!parent.empty() && !std::filesystem::is_directory(parent, ignored)) {
    throw Error(ErrorKind::not_found, "the folder " + parent.string() + " does not exist", "Create it first", {path, 0, 0, {}});
  }
  // Made beside, then given its name: whoever ends early leaves no half a store, and of two makers one is turned away.
  struct Beside {
    std::string path;
    ~Beside() {
      std::error_code gone;
      std::filesystem::remove(path, gone);
      std::filesystem::remove(path + ".wal", gone);
    }
  } const beside{path + "." + std::to_string(::getpid()) + ".part"};
  auto state = std::make_unique<State>();
  state->path = path;
  state->writable = true;
  state->schema = current_schema();
  state->connection = connect(beside.path, false);
  migrate(*state->connection, 0);
  std::error_code failed;
  std::filesystem::create_hard_link(beside.path, path, failed);
  if (failed == std::errc::file_exists)
    throw Error(ErrorKind::busy, "another process has just made the store", "Try again", {path, 0, 0, {}});
  if (failed) std::filesystem::rename(beside.path, path, failed);  // a file system without hard links
  if (failed)
    throw Error(ErrorKind::store, "cannot make the store: " + failed.message(), "Check the folder and its permissions",
                {path, 0, 0, {}});
  return Store(std::move(state));
}

Store Store::open(const std::string& path, Access access) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    throw Error(ErrorKind::not_found, "there is no store", "Create it with `stocktake init`, or name another with --store",
                {path, 0, 0, {}});
  }
  auto state = std::make_unique<State>();
  state->path = path;
  state->writable = access == Access::write;
  state->connection = connect(path, access == Access::read);
  state->schema = stocktake::schema_version(*state->connection, path);
  if (state->schema < current_schema()) {
    if (access == Access::read) {
      throw Error(ErrorKind::store, "the store has the older schema version " + std::to_string(state->schema),
                  "Run `stocktake init` on it once: it brings the store to version " + std::to_string(current_schema()),
                  {path, 0, 0, {}});
    }
    migrate(*state->connection, state->schema);
    state->schema = current_schema();
  }
  return Store(std::move(state));
}

const std::string& Store::path() const { return state_->path; }
int Store::schema_version() const { return state_->schema; }

std::vector<Vintage> Store::vintages() const {
  QueryResult result = state_->connection->query(
      "select cast(id as bigint), source, origin, format, edition, cast(published as varchar), strftime(imported_at, "
      "'%Y-%m-%dT%H:%M:%SZ'), "
      "hash, bytes, rows_read, rows_accepted, rows_missing, rows_rejected, cast(is_update as bigint) from vintage order by id");
  std::vector<Vintage> all;
  while (result.next_chunk()) {
    for (std::size_t i = 0; i < result.rows(); ++i) {
      Vintage v;
      v.id = static_cast<int>(result.integer(0, i));
      v.source = result.text(1, i);
      v.origin = result.text(2, i);
      v.format = result.text(3, i);
      v.edition = result.text(4, i);
      if (!result.is_null(5, i)) v.published = parse_date(result.text(5, i));
      v.imported_at = result.text(6, i);
      v.hash = result.text(7, i);
      v.bytes = result.integer(8, i);
      v.rows_read = result.integer(9, i);
      v.rows_accepted = result.integer(10, i);
      v.rows_missing = result.integer(11, i);
      v.rows_rejected = result.integer(12, i);
      v.update = result.integer(13, i) != 0;
      all.push_back(std::move(v));
    }
  }
  return all;
}

std::vector<Reject> Store::rejects(int vintage, std::size_t limit) const {
  QueryResult result = state_->connection->query(
      "select line, col, reason, content from reject where vintage = cast(? as integer) order by line, col limit " +
          std::to_string(limit),
      {std::to_string(vintage)});
  std::vector<Reject> all;
  while (result.next_chunk()) {
    for (std::size_t i = 0; i < result.rows(); ++i) {
      all.push_back(
          {result.integer(0, i), std::string(result.text(1, i)), std::string(result.text(2, i)), std::string(result.text(3, i))});
    }
  }
  return all;
}

std::optional<std::pair<int, int>> Store::years(const PanelQuery& query) const {
  QueryResult result = state_->connection->query(
      "select cast(count(*) as bigint), cast(min(o.year) as bigint), cast(max(o.year) as bigint) from observation o join slice l "
      "on l.id = o.slice join provenance p on p.id = l.provenance join series_key k on k.key = l.key join (" +
      known_vintages_sql(query.as_of) + ") v on v.id = p.vintage where " + selection_sql(query));
  if (!result.next_chunk() || result.integer(0, 0) == 0) return std::nullopt;
  return std::pair(static_cast<int>(result.integer(1, 0)), static_cast<int>(result.integer(2, 0)));
}

Table Store::series_summary() const {
  QueryResult result = state_->connection->query(
      "select s.code, count(distinct k.area), count(*), cast(min(o.year) as bigint), cast(max(o.year) as bigint), "
      "cast(max(p.vintage) as bigint) "
      "from observation o join slice l on l.id = o.slice join provenance p on p.id = l.provenance join series_key k on k.key = "
      "l.key join series s on s.id = k.series group by s.code order by s.code");
  Table table;
  auto& series = table.add_texts("series");
  auto& areas = table.add_integers("areas");
  auto& observations = table.add_integers("observations");
  auto& first = table.add_integers("first_year");
  auto& last = table.add_integers("last_year");
  auto& vintage = table.add_integers("latest_vintage");
  while (result.next_chunk()) {
    for (std::size_t i = 0; i < result.rows(); ++i) {
      series.emplace_back(result.text(0, i));
      areas.push_back(result.integer(1, i));
      observations.push_back(result.integer(2, i));
      first.push_back(result.integer(3, i));
      last.push_back(result.integer(4, i));
      vintage.push_back(result.integer(5, i));
    }
  }
  return table;
}

}  // namespace stocktake
