// What a Store holds; shared by the files that implement it.
#pragma once

#include <memory>
#include <string>

#include "store/duckdb.h"
#include "store/store.h"

namespace stocktake {

struct Store::State {
  std::string path;
  bool writable = false;
  int schema = 0;
  std::unique_ptr<Connection> connection;
};

// Now, or $SOURCE_DATE_EPOCH, as "2026-11-24T06:00:00Z".
std::string moment(Connection& connection);
// SQL that ranks the vintages known by `as_of`: (id, rank, is_update); the highest rank is the latest.
std::string known_vintages_sql(const std::optional<Date>& as_of);
// SQL condition on series_key (alias k) and observation (alias o) for the query's series, areas and years; "true" if none.
std::string selection_sql(const PanelQuery& query);

}  // namespace stocktake
