// A thin C++ face of DuckDB's C API. The shared library (64 MB) is opened on first use, because loading it costs a process
// 10-20 ms that `--help` must not pay. Errors are thrown as Error(store) with DuckDB's own message.
#pragma once

#include <duckdb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake {

// Every function of the C API that we call; a list, so that the table below is filled in one loop.
#define STOCKTAKE_DUCKDB_FUNCTIONS(X)                                                                                            \
  X(duckdb_create_config)                                                                                                        \
  X(duckdb_set_config)                                                                                                           \
  X(duckdb_destroy_config)                                                                                                       \
  X(duckdb_open_ext)                                                                                                             \
  X(duckdb_close)                                                                                                                \
  X(duckdb_connect) X(duckdb_disconnect) X(duckdb_free) X(duckdb_query) X(duckdb_destroy_result) X(duckdb_result_error)          \
      X(duckdb_column_count) X(duckdb_fetch_chunk) X(duckdb_data_chunk_get_size) X(duckdb_data_chunk_get_vector)                 \
          X(duckdb_destroy_data_chunk) X(duckdb_vector_get_data) X(duckdb_vector_get_validity)                                   \
              X(duckdb_vector_ensure_validity_writable) X(duckdb_vector_assign_string_element_len) X(duckdb_create_logical_type) \
                  X(duckdb_destroy_logical_type) X(duckdb_create_data_chunk) X(duckdb_data_chunk_reset)                          \
                      X(duckdb_data_chunk_set_size) X(duckdb_appender_create) X(duckdb_append_data_chunk)                        \
                          X(duckdb_appender_error) X(duckdb_appender_flush) X(duckdb_appender_close) X(duckdb_appender_destroy)  \
                              X(duckdb_prepare) X(duckdb_prepare_error) X(duckdb_destroy_prepare) X(duckdb_execute_prepared)     \
                                  X(duckdb_bind_varchar_length) X(duckdb_bind_null)

struct DuckdbApi {
#define STOCKTAKE_DECLARE(name) decltype(&::name) name = nullptr;  // NOLINT(bugprone-macro-parentheses): a declaration
  STOCKTAKE_DUCKDB_FUNCTIONS(STOCKTAKE_DECLARE)
#undef STOCKTAKE_DECLARE
};

// Loads the library once per process. Throws Error(not_found) with the places looked at.
const DuckdbApi& duckdb_api();

// A result set, read chunk by chunk. Columns are accessed by their physical type; NULL is reported apart.
class QueryResult {
 public:
  explicit QueryResult(duckdb_result result) : result_(result) {}
  QueryResult(QueryResult&& other) noexcept;
  QueryResult& operator=(QueryResult&&) = delete;
  ~QueryResult();

  bool next_chunk();                          // false when there is no more
  std::size_t rows() const { return rows_; }  // of the current chunk
  bool is_null(std::size_t column, std::size_t row) const;
  template <typename T>
  const T* data(std::size_t column) const {  // contiguous values of the current chunk
    return static_cast<const T*>(raw(column));
  }
  std::string_view text(std::size_t column, std::size_t row) const;  // VARCHAR; valid until the next chunk
  std::int64_t integer(std::size_t column, std::size_t row) const;   // BIGINT

 private:
  const void* raw(std::size_t column) const;
  duckdb_result result_;
  bool owned_ = true;
  duckdb_data_chunk chunk_ = nullptr;
  std::size_t rows_ = 0;
};

// A bound parameter of a statement.
using Parameter = std::optional<std::string>;

class Connection {
 public:
  // path "" is an in-memory database. Throws Error(busy) when another process holds the file's lock.
  Connection(const std::string& path, bool read_only);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  void run(const std::string& sql);  // one or more statements, results dropped
  QueryResult query(const std::string& sql, const std::vector<Parameter>& parameters = {});
  std::optional<std::string> text_of(const std::string& sql, const std::vector<Parameter>& parameters = {});  // first cell
  duckdb_connection handle() const { return connection_; }

 private:
  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
};

// Appends typed columns to a table, a DuckDB vector (2,048 rows) at a time: fill the columns at row(), then say end_row().
class ColumnAppender {
 public:
  ColumnAppender(Connection& connection, const std::string& table, const std::vector<duckdb_type>& types);
  ColumnAppender(const ColumnAppender&) = delete;
  ColumnAppender& operator=(const ColumnAppender&) = delete;
  ~ColumnAppender();

  static constexpr std::size_t chunk_rows = 2048;
  std::size_t room() const { return chunk_rows - row_; }  // rows that may be filled before the next end_rows()
  template <typename T>
  T* column(std::size_t index) {  // room() values to fill, from the present row on
    return static_cast<T*>(raw(index)) + row_;
  }
  template <typename T>
  void set(std::size_t index, T value) {
    *column<T>(index) = value;
  }
  void set_text(std::size_t index, std::string_view text);
  void set_null(std::size_t index);
  void end_row() { end_rows(1); }
  void end_rows(std::size_t count);  // so many were filled
  void write();                      // has DuckDB write what it gathered, which it else does every 204,800 rows
  void close();                      // must be called before the commit; throws on failure

 private:
  void* raw(std::size_t index);
  void send();
  void check(duckdb_state state);
  std::size_t row_ = 0;
  duckdb_appender appender_ = nullptr;
  std::vector<duckdb_logical_type> types_;
  duckdb_data_chunk chunk_ = nullptr;
};

std::string sql_quote(std::string_view text);  // 'it''s'

}  // namespace stocktake
