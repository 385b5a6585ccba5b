// The tables of a store and how older ones become newer ones. docs/data-model.md describes them for people.
#pragma once

#include <vector>

#include "store/duckdb.h"

namespace stocktake {

// Migration i brings a store from version i to i + 1; the first makes an empty file a store of version 1.
const std::vector<const char*>& migrations();
inline int current_schema() { return static_cast<int>(migrations().size()); }

// The version of the store's tables; 0 for an empty file. Throws Error(store) for a DuckDB file that is no store.
int schema_version(Connection& connection, const std::string& path);
// Applies what is missing in one transaction.
void migrate(Connection& connection, int from);

}  // namespace stocktake
