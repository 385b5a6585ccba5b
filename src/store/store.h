// The store: one DuckDB file with observations and their vintages. Nothing is overwritten; an import is one transaction.
// A Store is used by one thread at a time. Readers of several processes may share a file; a writer has it alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/table.h"
#include "store/observation.h"

namespace stocktake {

// Which figures a panel holds. For each series key the latest vintage that has it wins as a whole, so that revisions of
// different editions never mix; vintages imported as updates add to it figure by figure.
struct PanelQuery {
  std::vector<std::string> series;  // series codes; empty means all
  std::vector<std::string> areas;   // area codes; empty means all
  std::optional<int> first_year, last_year;
  std::optional<Date> as_of;  // only vintages known by that day: published then or, where that is unknown, imported
};

// A block of rows for appending; all vectors are as long as `key`, lower and upper may be empty.
struct ObservationBlock {
  std::vector<std::uint32_t> key;
  std::vector<std::int16_t> year;
  std::vector<double> value, lower, upper;
  std::vector<std::uint32_t> provenance;
  std::size_t size() const { return key.size(); }
};

class Connection;  // store/duckdb.h

// One import in a transaction: rolled back unless commit() was called. Only one at a time on a Store.
class ImportTransaction {
 public:
  ~ImportTransaction();
  ImportTransaction(const ImportTransaction&) = delete;
  ImportTransaction& operator=(const ImportTransaction&) = delete;

  // Interns what identifies a series; the same parts give the same key in every import of this store.
  std::uint32_t key(std::string_view series, std::string_view area, std::string_view dimensions, std::string_view unit);
  // Interns where a figure of this vintage comes from.
  // `attributes`: what else the source says of it, to_string(Dimensions) by SDMX concept ("TIME_DETAIL=2015;UNIT_MULT=3").
  std::uint32_t provenance(Nature nature, char qualifier, std::string_view edition, std::string_view source,
                           std::string_view attributes = {});
  // Both are called by one thread, which may be another than the one that calls key(). Rows go to the database as they come:
  // millions of either need no memory.
  void append(const ObservationBlock& block);
  void reject(const Reject& reject);
  // Writes the rest (keys, rejects, the vintage with its counts) and commits. Throws Error(store) and rolls back.
  Vintage commit(Vintage vintage);

 private:
  friend class Store;
  struct State;
  explicit ImportTransaction(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class Store {
 public:
  enum class Access { read, write };

  // Creates a store; Error(store) when the file exists and is not an empty store of this version.
  static Store create(const std::string& path);
  // Opens one; an older schema is migrated when opened for writing. Error(not_found) without a file, Error(busy) when
  // another process has it ("in use by process N"), Error(store) for a newer schema or a file that is no store.
  static Store open(const std::string& path, Access access);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  const std::string& path() const;
  int schema_version() const;

  std::unique_ptr<ImportTransaction> begin_import();
  // SDMX structures, one row an artefact; `content` is text that the SDMX layer writes and reads. One of the same kind, agency,
  // id and version is replaced. All or none; Error(store).
  void save_structures(const std::vector<StoredStructure>& structures);
  std::vector<StoredStructure> structures() const;  // by kind, agency, id, version
  std::vector<Vintage> vintages() const;
  std::vector<Reject> rejects(int vintage, std::size_t limit = 1000) const;
  Panel panel(const PanelQuery& query) const;
  // Series codes with the number of areas, observations, first and last year and the latest vintage.
  Table series_summary() const;
  // First and last year of the figures that a query finds; none when it finds nothing.
  std::optional<std::pair<int, int>> years(const PanelQuery& query) const;
  // Writes the winning observations in tidy form. format: "csv", "parquet" or "json". Replaces the file atomically.
  void export_observations(const PanelQuery& query, const std::string& path, std::string_view format) const;

 private:
  struct State;
  explicit Store(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Removes what a process that ended in the middle of Store::create() or of its first import left beside the store:
// PATH.PID.part and PATH.PID.part.wal, where no process of that number lives and none has the file locked. Returns the files
// removed, sorted. Call it before the store is opened: it may close a file that is the store itself under another name, and with
// it this process's locks on it.
std::vector<std::string> remove_leftovers(const std::string& path);

// Writes any table as a Parquet file. Throws Error(store).
void write_parquet(const Table& table, const std::string& path);

}  // namespace stocktake
