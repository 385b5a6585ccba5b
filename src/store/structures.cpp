#include "base/error.h"
#include "store/duckdb.h"
#include "store/state.h"
#include "store/store.h"

namespace stocktake {

std::string moment(Connection& connection) {
  const std::optional<long long> epoch = source_date_epoch();
  return connection
      .text_of(
          "select strftime(coalesce(make_timestamp(cast(? as bigint) * 1000000), now() at time zone 'UTC'), '%Y-%m-%dT%H:%M:%SZ')",
          {epoch ? Parameter(std::to_string(*epoch)) : std::nullopt})
      .value_or("");
}

void Store::save_structures(const std::vector<StoredStructure>& structures) {
  if (!state_->writable) throw Error(ErrorKind::internal, "the store was opened for reading");
  Connection& connection = *state_->connection;
  const std::string at = moment(connection);
  connection.run("begin");
  try {
    for (const StoredStructure& s : structures) {
      const std::vector<Parameter> key{s.kind, s.agency, s.id, s.version};
      connection.query("delete from structure where kind = ? and agency = ? and id = ? and version = ?", key);
      std::vector<Parameter> row = key;
      row.emplace_back(s.origin);
      row.emplace_back(at);
      row.emplace_back(s.content);
      connection.query("insert into structure values (?, ?, ?, ?, ?, cast(? as timestamp), ?)", row);
    }
    connection.run("commit");
  } catch (const Error&) {
    connection.run("rollback");
    throw;
  }
}

std::vector<StoredStructure> Store::structures() const {
  QueryResult result = state_->connection->query(
      "select kind, agency, id, version, origin, strftime(stored_at, '%Y-%m-%dT%H:%M:%SZ'), content from structure order by "
      "kind, "
      "agency, id, version");
  std::vector<StoredStructure> all;
  while (result.next_chunk()) {
    for (std::size_t i = 0; i < result.rows(); ++i) {
      const auto text = [&](std::size_t column) { return std::string(result.text(column, i)); };
      all.push_back({text(0), text(1), text(2), text(3), text(4), text(5), text(6)});
    }
  }
  return all;
}

}  // namespace stocktake
