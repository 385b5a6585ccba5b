#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <unordered_map>

#include "base/error.h"
#include "store/state.h"

namespace stocktake {
namespace {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

// Texts with small numbers: those that the store has, then the new ones, which are written at the commit.
class Interner {
 public:
  void load(Connection& connection, const std::string& sql) {
    QueryResult result = connection.query(sql);
    while (result.next_chunk()) {
      for (std::size_t i = 0; i < result.rows(); ++i) {
        const auto id = static_cast<std::uint32_t>(result.integer(0, i));
        ids_.emplace(result.text(1, i), id);
        next_ = std::max(next_, id + 1);
      }
    }
    stored_ = next_;
  }
  std::uint32_t id(std::string_view text) {
    if (const auto at = ids_.find(text); at != ids_.end()) return at->second;
    added_.emplace_back(text);
    ids_.emplace(text, next_);
    return next_++;
  }
  // Appends (id, text) rows of what is new.
  void save(Connection& connection, const std::string& table) const {
    if (added_.empty()) return;
    ColumnAppender appender(connection, table, {DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_VARCHAR});
    std::size_t row = 0;
    for (std::size_t i = 0; i < added_.size(); ++i) {
      appender.column<std::int32_t>(0)[row] = static_cast<std::int32_t>(stored_ + i);
      appender.set_text(1, row, added_[i]);
      if (++row == ColumnAppender::chunk_rows) {
        appender.flush_chunk(row);
        row = 0;
      }
    }
    appender.flush_chunk(row);
    appender.close();
  }

 private:
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> ids_;
  std::vector<std::string> added_;
  std::uint32_t next_ = 0, stored_ = 0;
};

struct KeyParts {
  std::uint32_t series, area, dims, unit;
  bool operator==(const KeyParts&) const = default;
};
struct KeyHash {
  std::size_t operator()(const KeyParts& k) const {
    std::uint64_t h = (std::uint64_t{k.series} << 32 | k.area) * 0x9E3779B97F4A7C15ULL;
    h ^= (std::uint64_t{k.dims} << 32 | k.unit) * 0xC2B2AE3D27D4EB4FULL;
    return h ^ (h >> 29);
  }
};

}  // namespace

struct ImportTransaction::State {
  explicit State(Connection& c) : connection(c) {}

  Connection& connection;
  std::int32_t vintage = 0;
  Interner series, dims, unit, area;                 // areas are stored as text; their numbers are ours alone
  std::vector<std::string> area_names;
  std::unordered_map<KeyParts, std::uint32_t, KeyHash> keys;
  std::vector<KeyParts> new_keys;
  std::uint32_t stored_keys = 0;
  std::map<std::array<std::string, 4>, std::uint16_t> provenances;  // nature, qualifier, edition, source
  std::vector<std::array<std::string, 4>> new_provenances;
  std::unique_ptr<ColumnAppender> observations, bounds;
  std::size_t observation_row = 0, bound_row = 0;
  std::vector<Reject> rejects;
  bool open = true;

  std::uint32_t area_number(std::string_view code) {
    const std::uint32_t id = area.id(code);
    if (id == area_names.size()) area_names.emplace_back(code);
    return id;
  }
};

ImportTransaction::ImportTransaction(std::unique_ptr<State> state) : state_(std::move(state)) {}

ImportTransaction::~ImportTransaction() {
  if (!state_ || !state_->open) return;
  state_->observations.reset();
  state_->bounds.reset();
  try {
    state_->connection.run("rollback");
  } catch (const Error&) {  // the connection is gone; the file keeps its last commit either way
    return;
  }
}

std::unique_ptr<ImportTransaction> Store::begin_import() {
  if (!state_->writable) throw Error(ErrorKind::internal, "the store was opened for reading");
  Connection& connection = *state_->connection;
  connection.run("begin");
  auto state = std::make_unique<ImportTransaction::State>(connection);
  auto& s = *state;
  std::unique_ptr<ImportTransaction> transaction(new ImportTransaction(std::move(state)));
  s.vintage = std::stoi(connection.text_of("select cast(coalesce(max(id), 0) + 1 as varchar) from vintage").value_or("1"));
  s.series.load(connection, "select cast(id as bigint), code from series");
  s.dims.load(connection, "select cast(id as bigint), dims from dimension_set");
  s.unit.load(connection, "select cast(id as bigint), unit from unit");
  QueryResult keys = connection.query("select cast(key as bigint), cast(series as bigint), area, cast(dims as bigint), cast(unit as bigint) from series_key");
  while (keys.next_chunk()) {
    for (std::size_t i = 0; i < keys.rows(); ++i) {
      const KeyParts parts{static_cast<std::uint32_t>(keys.integer(1, i)), s.area_number(keys.text(2, i)),
                           static_cast<std::uint32_t>(keys.integer(3, i)), static_cast<std::uint32_t>(keys.integer(4, i))};
      s.keys.emplace(parts, static_cast<std::uint32_t>(keys.integer(0, i)));
    }
  }
  s.stored_keys = static_cast<std::uint32_t>(s.keys.size());
  QueryResult provenances = connection.query("select cast(id as bigint), nature, qualifier, edition, source from provenance");
  while (provenances.next_chunk()) {
    for (std::size_t i = 0; i < provenances.rows(); ++i) {
      s.provenances[{std::string(provenances.text(1, i)), std::string(provenances.text(2, i)), std::string(provenances.text(3, i)),
                     std::string(provenances.text(4, i))}] = static_cast<std::uint16_t>(provenances.integer(0, i));
    }
  }
  return transaction;
}

std::uint32_t ImportTransaction::key(std::string_view series, std::string_view area, std::string_view dimensions, std::string_view unit) {
  State& s = *state_;
  const KeyParts parts{s.series.id(series), s.area_number(area), s.dims.id(dimensions), s.unit.id(unit)};
  const auto [at, added] = s.keys.try_emplace(parts, static_cast<std::uint32_t>(s.keys.size()));
  if (added) s.new_keys.push_back(parts);
  return at->second;
}

std::uint16_t ImportTransaction::provenance(Nature nature, char qualifier, std::string_view edition, std::string_view source) {
  State& s = *state_;
  std::array<std::string, 4> parts{std::string(to_string(nature)), qualifier == 0 ? std::string() : std::string(1, qualifier),
                                   std::string(edition), std::string(source)};
  if (const auto at = s.provenances.find(parts); at != s.provenances.end()) return at->second;
  const std::size_t id = s.provenances.size();
  if (id > 32767) {
    throw Error(ErrorKind::input, "the store would hold more than 32,767 different source texts", "Leave the source column out, or shorten it");
  }
  s.new_provenances.push_back(parts);
  return s.provenances[std::move(parts)] = static_cast<std::uint16_t>(id);
}

void ImportTransaction::append(const ObservationBlock& block) {
  State& s = *state_;
  if (!s.observations) {
    s.observations = std::make_unique<ColumnAppender>(
        s.connection, "observation",
        std::vector<duckdb_type>{DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_SMALLINT, DUCKDB_TYPE_DOUBLE, DUCKDB_TYPE_SMALLINT});
  }
  constexpr std::size_t room = ColumnAppender::chunk_rows;
  for (std::size_t done = 0; done < block.size();) {
    const std::size_t n = std::min(room - s.observation_row, block.size() - done);
    auto& out = *s.observations;
    std::fill_n(out.column<std::int32_t>(0) + s.observation_row, n, s.vintage);
    std::copy_n(block.key.begin() + static_cast<std::ptrdiff_t>(done), n, out.column<std::int32_t>(1) + s.observation_row);
    std::copy_n(block.year.begin() + static_cast<std::ptrdiff_t>(done), n, out.column<std::int16_t>(2) + s.observation_row);
    std::copy_n(block.value.begin() + static_cast<std::ptrdiff_t>(done), n, out.column<double>(3) + s.observation_row);
    std::copy_n(block.provenance.begin() + static_cast<std::ptrdiff_t>(done), n, out.column<std::int16_t>(4) + s.observation_row);
    s.observation_row += n;
    done += n;
    if (s.observation_row == room) {
      out.flush_chunk(room);
      s.observation_row = 0;
    }
  }
  if (block.lower.empty()) return;
  if (!s.bounds) {
    s.bounds = std::make_unique<ColumnAppender>(
        s.connection, "bound",
        std::vector<duckdb_type>{DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_SMALLINT, DUCKDB_TYPE_DOUBLE, DUCKDB_TYPE_DOUBLE});
  }
  auto& out = *s.bounds;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const bool has_lower = block.lower[i] == block.lower[i], has_upper = block.upper[i] == block.upper[i];
    if (!has_lower && !has_upper) continue;
    const std::size_t row = s.bound_row;
    out.column<std::int32_t>(0)[row] = s.vintage;
    out.column<std::int32_t>(1)[row] = static_cast<std::int32_t>(block.key[i]);
    out.column<std::int16_t>(2)[row] = block.year[i];
    out.column<double>(3)[row] = block.lower[i];
    out.column<double>(4)[row] = block.upper[i];
    if (!has_lower) out.set_null(3, row);
    if (!has_upper) out.set_null(4, row);
    if (++s.bound_row == room) {
      out.flush_chunk(room);
      s.bound_row = 0;
    }
  }
}

void ImportTransaction::reject(Reject reject) {
  if (reject.text.size() > 500) {
    std::size_t end = 500;
    while (end > 0 && (static_cast<unsigned char>(reject.text[end]) & 0xC0U) == 0x80U) --end;
    reject.text.resize(end);
  }
  state_->rejects.push_back(std::move(reject));
}

namespace {

void save_keys(Connection& connection, const std::vector<KeyParts>& keys, std::uint32_t first, const std::vector<std::string>& areas) {
  if (keys.empty()) return;
  ColumnAppender out(connection, "series_key",
                     {DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER});
  std::size_t row = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    out.column<std::int32_t>(0)[row] = static_cast<std::int32_t>(first + i);
    out.column<std::int32_t>(1)[row] = static_cast<std::int32_t>(keys[i].series);
    out.set_text(2, row, areas[keys[i].area]);
    out.column<std::int32_t>(3)[row] = static_cast<std::int32_t>(keys[i].dims);
    out.column<std::int32_t>(4)[row] = static_cast<std::int32_t>(keys[i].unit);
    if (++row == ColumnAppender::chunk_rows) {
      out.flush_chunk(row);
      row = 0;
    }
  }
  out.flush_chunk(row);
  out.close();
}

void save_rejects(Connection& connection, std::int32_t vintage, const std::vector<Reject>& rejects) {
  if (rejects.empty()) return;
  ColumnAppender out(connection, "reject",
                     {DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_VARCHAR});
  std::size_t row = 0;
  for (const auto& reject : rejects) {
    out.column<std::int32_t>(0)[row] = vintage;
    out.column<std::int64_t>(1)[row] = reject.line;
    out.set_text(2, row, reject.column);
    out.set_text(3, row, reject.reason);
    out.set_text(4, row, reject.text);
    if (++row == ColumnAppender::chunk_rows) {
      out.flush_chunk(row);
      row = 0;
    }
  }
  out.flush_chunk(row);
  out.close();
}

}  // namespace

Vintage ImportTransaction::commit(Vintage vintage) {
  State& s = *state_;
  if (s.observations) {
    s.observations->flush_chunk(s.observation_row);
    s.observations->close();
    s.observations.reset();
  }
  if (s.bounds) {
    s.bounds->flush_chunk(s.bound_row);
    s.bounds->close();
    s.bounds.reset();
  }
  s.series.save(s.connection, "series");
  s.dims.save(s.connection, "dimension_set");
  s.unit.save(s.connection, "unit");
  save_keys(s.connection, s.new_keys, s.stored_keys, s.area_names);
  std::size_t id = s.provenances.size() - s.new_provenances.size();
  for (const auto& [nature, qualifier, edition, source] : s.new_provenances) {
    s.connection.query("insert into provenance values (cast(? as integer), ?, ?, ?, ?)", {std::to_string(id++), nature, qualifier, edition, source});
  }
  save_rejects(s.connection, s.vintage, s.rejects);
  vintage.id = s.vintage;
  vintage.rows_rejected = static_cast<std::int64_t>(s.rejects.size());
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  vintage.imported_at = s.connection
                            .text_of("select strftime(coalesce(make_timestamp(cast(? as bigint) * 1000000), now() at time zone 'UTC'), '%Y-%m-%dT%H:%M:%SZ')",
                                     {epoch != nullptr && *epoch != '\0' ? Parameter(epoch) : std::nullopt})
                            .value_or("");
  s.connection.query(
      "insert into vintage values (cast(? as integer), ?, ?, ?, ?, cast(? as date), cast(? as timestamp), ?, cast(? as bigint), cast(? as bigint), "
      "cast(? as bigint), cast(? as bigint), cast(? as bigint), cast(? as boolean))",
      {std::to_string(vintage.id), vintage.source, vintage.origin, vintage.format, vintage.edition,
       vintage.published ? Parameter(to_string(*vintage.published)) : std::nullopt, vintage.imported_at, vintage.hash, std::to_string(vintage.bytes),
       std::to_string(vintage.rows_read), std::to_string(vintage.rows_accepted), std::to_string(vintage.rows_missing),
       std::to_string(vintage.rows_rejected), vintage.update ? "true" : "false"});
  s.connection.run("commit");
  s.open = false;
  return vintage;
}

}  // namespace stocktake
