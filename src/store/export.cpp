#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "store/figures_csv.h"
#include "store/state.h"

namespace stocktake {
namespace {

// Writes a file beside the target, then renames it: a reader never sees half a file.
template <typename Write>
void replace_file(const std::string& path, const Write& write) {
  std::error_code ignored;
  if (const auto parent = std::filesystem::path(path).parent_path(); !parent.empty())
    std::filesystem::create_directories(parent, ignored);
  const bool replace = replaceable(path);
  const std::string target = replace ? link_target(path) : path;
  const std::string beside = replace ? target + "." + std::to_string(::getpid()) + ".part" : target;
  try {
    write(beside);
    if (replace) std::filesystem::rename(beside, target);
  } catch (const std::filesystem::filesystem_error& error) {
    std::remove(beside.c_str());
    throw Error(ErrorKind::store, std::string("cannot write the file: ") + error.code().message(),
                "Check the folder and its permissions", {path, 0, 0, {}});
  } catch (const Error& error) {
    if (replace) std::remove(beside.c_str());
    if (error.kind() == ErrorKind::interrupted || error.kind() == ErrorKind::memory) throw;
    throw Error(ErrorKind::store, "cannot write the file: " + error.problem(),
                "Check the folder, its permissions and the free space", {path, 0, 0, {}});
  }
}

void copy_to(Connection& connection, const std::string& select, const std::string& path, std::string_view format) {
  std::string options;
  if (format == "json") {
    options = "format json, array true";
  } else if (format == "parquet") {
    options = "format parquet, compression zstd";
  } else {
    throw Error(ErrorKind::usage, "unknown format '" + std::string(format) + "', expected csv, json or parquet",
                "Ask for one of these");
  }
  replace_file(path, [&](const std::string& beside) {
    connection.run("copy (" + select + ") to " + sql_quote(beside) + " (" + options + ")");
  });
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// Ten times as fast as the COPY of the joined tables.
void write_csv(const Panel& panel, const std::string& path) {
  replace_file(path, [&](const std::string& beside) {
    const auto fail = [] { throw Error(ErrorKind::store, std::strerror(errno)); };
    std::unique_ptr<std::FILE, CloseFile> file(std::fopen(beside.c_str(), "wb"));
    if (!file) fail();
    std::setvbuf(file.get(), nullptr, _IONBF, 0);
    write_figures_csv(panel, file.get());
    if (std::fclose(file.release()) != 0) fail();
  });
}

}  // namespace

void Store::export_observations(const PanelQuery& query, const std::string& path, std::string_view format) const {
  if (format == "csv") return write_csv(panel(query), path);
  // The same rule as Store::panel: the latest full vintage of a key, and the updates after it, year by year.
  const std::string select =
      "with known as (" + known_vintages_sql(query.as_of) +
      "), full_of_key as (select l.key, max(v.rank) as rank from slice l join provenance p on p.id = l.provenance join "
      "known v on v.id = p.vintage "
      "where not v.is_update group by l.key), "
      "ranked as (select o.*, l.provenance, k.series, k.area, k.dims, k.unit, row_number() over (partition by l.key, o.year "
      "order by v.rank desc) as place "
      "from observation o join slice l on l.id = o.slice join series_key k on k.key = l.key join provenance p on p.id = "
      "l.provenance join known v on v.id = p.vintage "
      "left join full_of_key f on f.key = l.key where v.rank >= coalesce(f.rank, 0) and " +
      selection_sql(query) +
      ") "
      "select s.code as series, a.code as ref_area, o.year as time_period, o.value as obs_value, b.lower, b.upper, u.unit as "
      "unit_measure, "
      "d.dims as dimensions, p.nature, p.qualifier, p.edition, p.source, p.vintage, p.attributes "
      "from ranked o join series s on s.id = o.series join area a on a.id = o.area join dimension_set d on d.id = o.dims join "
      "unit u on u.id = o.unit "
      "join provenance p on p.id = o.provenance "
      "left join bound b on b.slice = o.slice and b.year = o.year "
      "where o.place = 1 order by series, ref_area, dimensions, unit_measure, time_period";
  copy_to(*state_->connection, select, path, format);
}

void write_parquet(const Table& table, const std::string& path) {
  Connection memory("", false);
  std::string create, select;
  std::vector<duckdb_type> types;
  for (const auto& column : table.columns()) {
    const char* type = "varchar";
    types.push_back(DUCKDB_TYPE_VARCHAR);
    if (std::holds_alternative<Table::Numbers>(column.cells)) {
      type = "double";
      types.back() = DUCKDB_TYPE_DOUBLE;
    } else if (std::holds_alternative<Table::Integers>(column.cells)) {
      type = "bigint";
      types.back() = DUCKDB_TYPE_BIGINT;
    }
    create += (create.empty() ? "" : ", ") + ("\"" + column.name + "\" ") + type;
  }
  memory.run("create table result(" + create + ")");
  ColumnAppender out(memory, "result", types);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t c = 0; c < table.columns().size(); ++c) {
      const auto& cells = table.columns()[c].cells;
      if (const auto* texts = std::get_if<Table::Texts>(&cells)) {
        out.set_text(c, (*texts)[row]);
      } else if (const auto* numbers = std::get_if<Table::Numbers>(&cells)) {
        const double value = (*numbers)[row];
        out.set(c, value);
        if (value != value) out.set_null(c);
      } else {
        const std::int64_t value = std::get<Table::Integers>(cells)[row];
        out.set(c, value);
        if (value == Table::no_integer) out.set_null(c);
      }
    }
    out.end_row();
  }
  out.close();
  copy_to(memory, "select * from result", path, "parquet");
}

}  // namespace stocktake
