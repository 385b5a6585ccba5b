#include "store/duckdb.h"

#include <dlfcn.h>

#include <cctype>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/environment.h"
#include "base/error.h"
#include "base/progress.h"

#ifndef STOCKTAKE_DUCKDB_LIBRARY
#define STOCKTAKE_DUCKDB_LIBRARY ""
#endif

namespace stocktake {
namespace {

DuckdbApi load_api() {
  std::vector<std::string> places;
  if (std::string chosen = environment("STOCKTAKE_DUCKDB"); !chosen.empty()) places.push_back(std::move(chosen));
  std::error_code ignored;
  if (const auto self = std::filesystem::read_symlink("/proc/self/exe", ignored); !ignored) {
    places.push_back((self.parent_path().parent_path() / "lib" / "stocktake" / "libduckdb.so").string());
  }
  if (const std::string built = STOCKTAKE_DUCKDB_LIBRARY; !built.empty()) places.push_back(built);
  places.emplace_back("libduckdb.so");
  void* library = nullptr;
  std::string tried;
  for (const auto& place : places) {
    if (place.find('/') != std::string::npos && !std::filesystem::exists(place)) {
      tried += (tried.empty() ? "" : ", ") + place;
      continue;
    }
    library = ::dlopen(place.c_str(), RTLD_LAZY | RTLD_LOCAL);
    if (library != nullptr) break;
    tried += (tried.empty() ? "" : ", ") + place + " (" + ::dlerror() + ")";
  }
  if (library == nullptr) {
    throw Error(ErrorKind::not_found, "DuckDB's library was not found; looked at: " + tried,
                "Run ./run, which fetches it, or set STOCKTAKE_DUCKDB to libduckdb.so of DuckDB 1.4");
  }
  DuckdbApi api;
#define STOCKTAKE_LOOK_UP(name)                                             \
  api.name = reinterpret_cast<decltype(api.name)>(::dlsym(library, #name)); \
  if (api.name == nullptr) throw Error(ErrorKind::not_found, "DuckDB's library has no function " #name, "Use DuckDB 1.4");
  STOCKTAKE_DUCKDB_FUNCTIONS(STOCKTAKE_LOOK_UP)
#undef STOCKTAKE_LOOK_UP
  return api;
}

// DuckDB names the holder of the lock as "(PID 1234)".
std::string pid_in(const std::string& message) {
  const auto at = message.rfind("(PID ");
  if (at == std::string::npos) return {};
  std::string digits;
  for (std::size_t i = at + 5; i < message.size() && std::isdigit(static_cast<unsigned char>(message[i])) != 0; ++i)
    digits += message[i];
  return digits;
}

bool is_out_of_memory(const std::string& message) {
  for (const char* words : {"Out of Memory", "out of memory", "bad_alloc", "ailed to allocate"}) {
    if (message.find(words) != std::string::npos) return true;
  }
  return false;
}

const char* const memory_remedy = "Ask for less at a time, or raise the limit (ulimit -v); nothing was changed";

// What DuckDB says, and what to do where that is known.
[[noreturn]] void throw_refusal(const std::string& what, const char* message) {
  const std::string text = message != nullptr ? message : "unknown reason";
  if (is_out_of_memory(text)) throw Error(ErrorKind::memory, what + ": " + text, memory_remedy);
  if (text.find("No space left") != std::string::npos || text.find("File too large") != std::string::npos) {
    throw Error(ErrorKind::store, what + ": " + text, "Free some space, or move the store; nothing was changed");
  }
  throw Error(ErrorKind::store, what + ": " + text,
              "If it stays so, the file may be damaged: restore a copy, or import the data anew");
}

[[noreturn]] void throw_open_failure(const std::string& path, const std::string& message) {
  if (message.find("Could not set lock") != std::string::npos || message.find("onflicting lock") != std::string::npos) {
    const std::string pid = pid_in(message);
    throw Error(ErrorKind::busy, "the store is in use by " + (pid.empty() ? "another process" : "process " + pid),
                "Wait until it ends, or stop it", {path, 0, 0, {}});
  }
  if (is_out_of_memory(message))
    throw Error(ErrorKind::memory, "cannot open the store: " + message, memory_remedy, {path, 0, 0, {}});
  throw Error(ErrorKind::store, "cannot open the store: " + message, "Is it a Stocktake store? `stocktake init` makes a new one",
              {path, 0, 0, {}});
}

}  // namespace

namespace {

// Set by the first duckdb_api(); what is destroyed was made through it.
const DuckdbApi* loaded = nullptr;

}  // namespace

const DuckdbApi& duckdb_api() {
  static const DuckdbApi api = load_api();
  [[maybe_unused]] static const bool noted = (loaded = &api, true);  // once, whichever thread comes first
  return api;
}

QueryResult::QueryResult(QueryResult&& other) noexcept
    : result_(other.result_), owned_(other.owned_), chunk_(other.chunk_), rows_(other.rows_) {
  other.owned_ = false;
  other.chunk_ = nullptr;
}

QueryResult::~QueryResult() {
  const auto& api = *loaded;
  if (chunk_ != nullptr) api.duckdb_destroy_data_chunk(&chunk_);
  if (owned_) api.duckdb_destroy_result(&result_);
}

bool QueryResult::next_chunk() {
  check_interrupted();
  const auto& api = duckdb_api();
  if (chunk_ != nullptr) api.duckdb_destroy_data_chunk(&chunk_);
  chunk_ = api.duckdb_fetch_chunk(result_);
  rows_ = chunk_ == nullptr ? 0 : api.duckdb_data_chunk_get_size(chunk_);
  return rows_ > 0;
}

const void* QueryResult::raw(std::size_t column) const {
  const auto& api = duckdb_api();
  return api.duckdb_vector_get_data(api.duckdb_data_chunk_get_vector(chunk_, column));
}

bool QueryResult::is_null(std::size_t column, std::size_t row) const {
  const auto& api = duckdb_api();
  const std::uint64_t* validity = api.duckdb_vector_get_validity(api.duckdb_data_chunk_get_vector(chunk_, column));
  return validity != nullptr && ((validity[row / 64] >> (row % 64)) & 1U) == 0;
}

std::string_view QueryResult::text(std::size_t column, std::size_t row) const {
  if (is_null(column, row)) return {};
  const auto& value = data<duckdb_string_t>(column)[row];
  const std::uint32_t length = value.value.inlined.length;
  return {length <= 12 ? value.value.inlined.inlined : value.value.pointer.ptr, length};
}

std::int64_t QueryResult::integer(std::size_t column, std::size_t row) const {
  return is_null(column, row) ? 0 : data<std::int64_t>(column)[row];
}

Connection::Connection(const std::string& path, bool read_only) {
  const auto& api = duckdb_api();
  duckdb_config config = nullptr;
  api.duckdb_create_config(&config);
  if (read_only && !path.empty()) api.duckdb_set_config(config, "access_mode", "READ_ONLY");
  // Extensions would be fetched from the network; ours are built in, and a store must open the same everywhere.
  api.duckdb_set_config(config, "autoinstall_known_extensions", "false");
  api.duckdb_set_config(config, "autoload_known_extensions", "false");
  // A commit is in the file itself when it returns: no log beside it that has to travel with a copy, and a new store may get its
  // name while it is open.
  api.duckdb_set_config(config, "checkpoint_threshold", "0b");
  char* message = nullptr;
  const duckdb_state opened = api.duckdb_open_ext(path.empty() ? nullptr : path.c_str(), &database_, config, &message);
  api.duckdb_destroy_config(&config);
  if (opened != DuckDBSuccess) {
    const std::string text = message != nullptr ? message : "unknown reason";
    if (message != nullptr) api.duckdb_free(message);
    throw_open_failure(path, text);
  }
  if (api.duckdb_connect(database_, &connection_) != DuckDBSuccess) {
    api.duckdb_close(&database_);
    throw Error(ErrorKind::store, "cannot connect to the store", "Try again; if it stays so, restore a copy of the file",
                {path, 0, 0, {}});
  }
}

Connection::~Connection() {
  const auto& api = *loaded;
  if (connection_ != nullptr) api.duckdb_disconnect(&connection_);
  if (database_ != nullptr) api.duckdb_close(&database_);
}

void Connection::run(const std::string& sql) {
  const auto& api = duckdb_api();
  duckdb_result result;
  const duckdb_state state = api.duckdb_query(connection_, sql.c_str(), &result);
  const QueryResult owner(result);
  if (state != DuckDBSuccess) throw_refusal("the store refused a statement", api.duckdb_result_error(&result));
}

QueryResult Connection::query(const std::string& sql, const std::vector<Parameter>& parameters) {
  check_interrupted();  // not in run(): a rollback must go through
  const auto& api = duckdb_api();
  duckdb_prepared_statement statement = nullptr;
  if (api.duckdb_prepare(connection_, sql.c_str(), &statement) != DuckDBSuccess) {
    const char* text = api.duckdb_prepare_error(statement);
    const std::string message = text != nullptr ? text : "unknown reason";
    api.duckdb_destroy_prepare(&statement);
    throw_refusal("the store refused a statement", message.c_str());
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i]) {
      api.duckdb_bind_varchar_length(statement, i + 1, parameters[i]->data(), parameters[i]->size());
    } else {
      api.duckdb_bind_null(statement, i + 1);
    }
  }
  duckdb_result result;
  const duckdb_state state = api.duckdb_execute_prepared(statement, &result);
  api.duckdb_destroy_prepare(&statement);
  QueryResult owner(result);
  if (state != DuckDBSuccess) throw_refusal("the store refused a query", api.duckdb_result_error(&result));
  return owner;
}

std::optional<std::string> Connection::text_of(const std::string& sql, const std::vector<Parameter>& parameters) {
  QueryResult result = query(sql, parameters);
  if (!result.next_chunk() || result.is_null(0, 0)) return std::nullopt;
  return std::string(result.text(0, 0));
}

ColumnAppender::ColumnAppender(Connection& connection, const std::string& table, const std::vector<duckdb_type>& types) {
  const auto& api = duckdb_api();
  if (api.duckdb_appender_create(connection.handle(), nullptr, table.c_str(), &appender_) != DuckDBSuccess) {
    const char* text = api.duckdb_appender_error(appender_);
    const std::string message = text != nullptr ? text : "unknown reason";
    api.duckdb_appender_destroy(&appender_);
    throw_refusal("cannot append to " + table, message.c_str());
  }
  for (const duckdb_type type : types) types_.push_back(api.duckdb_create_logical_type(type));
  chunk_ = api.duckdb_create_data_chunk(types_.data(), types_.size());
}

ColumnAppender::~ColumnAppender() {
  const auto& api = *loaded;
  api.duckdb_destroy_data_chunk(&chunk_);
  for (auto& type : types_) api.duckdb_destroy_logical_type(&type);
  if (appender_ != nullptr) api.duckdb_appender_destroy(&appender_);
}

void* ColumnAppender::raw(std::size_t index) {
  const auto& api = duckdb_api();
  return api.duckdb_vector_get_data(api.duckdb_data_chunk_get_vector(chunk_, index));
}

void ColumnAppender::set_text(std::size_t index, std::string_view text) {
  const auto& api = duckdb_api();
  api.duckdb_vector_assign_string_element_len(api.duckdb_data_chunk_get_vector(chunk_, index), row_, text.data(), text.size());
}

void ColumnAppender::set_null(std::size_t index) {
  const auto& api = duckdb_api();
  const duckdb_vector vector = api.duckdb_data_chunk_get_vector(chunk_, index);
  api.duckdb_vector_ensure_validity_writable(vector);
  api.duckdb_vector_get_validity(vector)[row_ / 64] &= ~(std::uint64_t{1} << (row_ % 64));
}

void ColumnAppender::check(duckdb_state state) {
  if (state == DuckDBSuccess) return;
  throw_refusal("the store refused rows", duckdb_api().duckdb_appender_error(appender_));
}

void ColumnAppender::end_rows(std::size_t count) {
  row_ += count;
  if (row_ == chunk_rows) send();
}

void ColumnAppender::send() {
  if (row_ == 0) return;
  const auto& api = duckdb_api();
  api.duckdb_data_chunk_set_size(chunk_, row_);
  check(api.duckdb_append_data_chunk(appender_, chunk_));
  api.duckdb_data_chunk_reset(chunk_);
  row_ = 0;
}

void ColumnAppender::write() { check(duckdb_api().duckdb_appender_flush(appender_)); }

void ColumnAppender::close() {
  send();
  check(duckdb_api().duckdb_appender_close(appender_));
}

std::string sql_quote(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

}  // namespace stocktake
