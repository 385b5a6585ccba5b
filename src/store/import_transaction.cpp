#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "base/error.h"
#include "base/flat_index.h"
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
    for (std::size_t i = 0; i < added_.size(); ++i) {
      appender.set(0, static_cast<std::int32_t>(stored_ + i));
      appender.set_text(1, added_[i]);
      appender.end_row();
    }
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
std::uint64_t hash_of(const KeyParts& k) {
  std::uint64_t h = (std::uint64_t{k.series} << 32 | k.area) * 0x9E3779B97F4A7C15ULL;
  h ^= (std::uint64_t{k.dims} << 32 | k.unit) * 0xC2B2AE3D27D4EB4FULL;
  return h ^ (h >> 29);
}

using ProvenanceTexts = std::array<std::string, 5>;  // nature, qualifier, edition, source, attributes

// What one provenance says of one series.
struct Slice {
  std::uint32_t key, provenance;
  bool operator==(const Slice&) const = default;
};

}  // namespace

struct ImportTransaction::State {
  explicit State(Connection& c) : connection(c) {}

  Connection& connection;
  std::int32_t vintage = 0;
  Interner series, dims, unit, area;
  std::vector<KeyParts> keys;  // by key number: the stored ones, then the new ones
  FlatIndex key_index;
  std::size_t stored_keys = 0;
  std::map<ProvenanceTexts, std::uint32_t> provenances;  // of this vintage
  std::uint32_t first_provenance = 0;
  // The slices of this vintage; used by append() alone, which may run in a thread of its own.
  std::vector<Slice> slices;
  FlatIndex slice_index;
  std::uint32_t first_slice = 0, last_slice = 0;
  std::unique_ptr<ColumnAppender> observations, bounds, rejects;
  std::size_t gathered = 0, write_at = 1 << 14;  // rows that DuckDB holds, and at how many it is told to write them
  std::int64_t rejected = 0;
  bool open = true;

  std::uint32_t key_number(const KeyParts& parts) {
    const std::uint64_t hash = hash_of(parts);
    const std::uint32_t found = key_index.find(hash, [&](std::uint32_t id) { return keys[id] == parts; });
    if (found != FlatIndex::none) return found;
    keys.push_back(parts);
    return key_index.insert(hash);
  }
  // Place in `slices`. Rows of a slice mostly follow each other.
  std::uint32_t slice_place(const Slice& slice) {
    if (last_slice < slices.size() && slices[last_slice] == slice) return last_slice;
    const std::uint64_t hash = hash_of(KeyParts{slice.key, slice.provenance, 0, 0});
    last_slice = slice_index.find(hash, [&](std::uint32_t id) { return slices[id] == slice; });
    if (last_slice == FlatIndex::none) {
      slices.push_back(slice);
      last_slice = slice_index.insert(hash);
    }
    return last_slice;
  }
  std::int32_t slice_id(std::uint32_t key, std::uint32_t provenance) {
    return static_cast<std::int32_t>(first_slice + slice_place({key, provenance}));
  }
};

ImportTransaction::ImportTransaction(std::unique_ptr<State> state) : state_(std::move(state)) {}

ImportTransaction::~ImportTransaction() {
  if (!state_ || !state_->open) return;
  state_->observations.reset();
  state_->bounds.reset();
  state_->rejects.reset();
  try {
    state_->connection.run("rollback");
  } catch (...) {  // the connection is gone; the file keeps its last commit either way
    return;
  }
}

std::unique_ptr<ImportTransaction> Store::begin_import() {
  if (!state_->writable) throw Error(ErrorKind::internal, "the store was opened for reading");
  Connection& connection = *state_->connection;
  // The appender runs in a thread of ours; a second one of DuckDB's would only take a core from the reader.
  connection.run("set threads = 1; begin");
  auto state = std::make_unique<ImportTransaction::State>(connection);
  auto& s = *state;
  std::unique_ptr<ImportTransaction> transaction(new ImportTransaction(std::move(state)));
  s.vintage = std::stoi(connection.text_of("select cast(coalesce(max(id), 0) + 1 as varchar) from vintage").value_or("1"));
  s.series.load(connection, "select cast(id as bigint), code from series");
  s.dims.load(connection, "select cast(id as bigint), dims from dimension_set");
  s.unit.load(connection, "select cast(id as bigint), unit from unit");
  s.area.load(connection, "select cast(id as bigint), code from area");
  // Keys are numbered from 0 without gaps, so that their order is their number.
  QueryResult keys = connection.query(
      "select cast(series as bigint), cast(area as bigint), cast(dims as bigint), cast(unit as bigint) from series_key order by "
      "key");
  while (keys.next_chunk()) {
    for (std::size_t i = 0; i < keys.rows(); ++i) {
      s.key_number({static_cast<std::uint32_t>(keys.integer(0, i)), static_cast<std::uint32_t>(keys.integer(1, i)),
                    static_cast<std::uint32_t>(keys.integer(2, i)), static_cast<std::uint32_t>(keys.integer(3, i))});
    }
  }
  s.stored_keys = s.keys.size();
  s.first_provenance = static_cast<std::uint32_t>(
      std::stoul(connection.text_of("select cast(coalesce(max(id), -1) + 1 as varchar) from provenance").value_or("0")));
  s.first_slice = static_cast<std::uint32_t>(
      std::stoul(connection.text_of("select cast(coalesce(max(id), -1) + 1 as varchar) from slice").value_or("0")));
  return transaction;
}

std::uint32_t ImportTransaction::key(std::string_view series, std::string_view area, std::string_view dimensions,
                                     std::string_view unit) {
  State& s = *state_;
  return s.key_number({s.series.id(series), s.area.id(area), s.dims.id(dimensions), s.unit.id(unit)});
}

std::uint32_t ImportTransaction::provenance(Nature nature, char qualifier, std::string_view edition, std::string_view source,
                                            std::string_view attributes) {
  State& s = *state_;
  ProvenanceTexts parts{std::string(to_string(nature)), qualifier == 0 ? std::string() : std::string(1, qualifier),
                        std::string(edition), std::string(source), std::string(attributes)};
  return s.provenances.try_emplace(std::move(parts), s.first_provenance + static_cast<std::uint32_t>(s.provenances.size()))
      .first->second;
}

void ImportTransaction::append(const ObservationBlock& block) {
  State& s = *state_;
  if (!s.observations) {
    s.observations = std::make_unique<ColumnAppender>(
        s.connection, "observation", std::vector<duckdb_type>{DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_SMALLINT, DUCKDB_TYPE_DOUBLE});
  }
  for (std::size_t done = 0; done < block.size();) {
    auto& out = *s.observations;
    const std::size_t n = std::min(out.room(), block.size() - done);
    std::int32_t* const slice = out.column<std::int32_t>(0);
    for (std::size_t i = 0; i < n; ++i) slice[i] = s.slice_id(block.key[done + i], block.provenance[done + i]);
    std::copy_n(block.year.begin() + static_cast<std::ptrdiff_t>(done), n, out.column<std::int16_t>(1));
    std::copy_n(block.value.begin() + static_cast<std::ptrdiff_t>(done), n, out.column<double>(2));
    out.end_rows(n);
    done += n;
  }
  // DuckDB's writing is the slowest part: it begins with the first block, and little is left for the end.
  s.gathered += block.size();
  if (s.gathered >= s.write_at) {
    s.observations->write();
    s.gathered = 0;
    s.write_at = 1 << 17;
  }
  if (block.lower.empty()) return;
  if (!s.bounds) {
    s.bounds = std::make_unique<ColumnAppender>(
        s.connection, "bound",
        std::vector<duckdb_type>{DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_SMALLINT, DUCKDB_TYPE_DOUBLE, DUCKDB_TYPE_DOUBLE});
  }
  auto& out = *s.bounds;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const bool has_lower = block.lower[i] == block.lower[i], has_upper = block.upper[i] == block.upper[i];
    if (!has_lower && !has_upper) continue;
    out.set(0, s.slice_id(block.key[i], block.provenance[i]));
    out.set(1, block.year[i]);
    out.set(2, block.lower[i]);
    out.set(3, block.upper[i]);
    if (!has_lower) out.set_null(2);
    if (!has_upper) out.set_null(3);
    out.end_row();
  }
}

void ImportTransaction::reject(const Reject& reject) {
  State& s = *state_;
  if (!s.rejects) {
    s.rejects =
        std::make_unique<ColumnAppender>(s.connection, "reject",
                                         std::vector<duckdb_type>{DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_VARCHAR,
                                                                  DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_VARCHAR});
  }
  constexpr std::size_t room = 500;  // bytes of a row that are kept, cut between characters
  std::size_t end = std::min(reject.text.size(), room);
  while (end > 0 && end < reject.text.size() && (static_cast<unsigned char>(reject.text[end]) & 0xC0U) == 0x80U) --end;
  auto& out = *s.rejects;
  out.set(0, s.vintage);
  out.set(1, reject.line);
  out.set_text(2, reject.column);
  out.set_text(3, reject.reason);
  out.set_text(4, std::string_view(reject.text).substr(0, end));
  out.end_row();
  ++s.rejected;
}

namespace {

void save_keys(Connection& connection, const std::vector<KeyParts>& keys, std::size_t first) {
  if (keys.size() == first) return;
  ColumnAppender out(connection, "series_key",
                     {DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER});
  for (std::size_t i = first; i < keys.size(); ++i) {
    out.set(0, static_cast<std::int32_t>(i));
    out.set(1, static_cast<std::int32_t>(keys[i].series));
    out.set(2, static_cast<std::int32_t>(keys[i].area));
    out.set(3, static_cast<std::int32_t>(keys[i].dims));
    out.set(4, static_cast<std::int32_t>(keys[i].unit));
    out.end_row();
  }
  out.close();
}

void save_slices(Connection& connection, const std::vector<Slice>& slices, std::uint32_t first) {
  if (slices.empty()) return;
  ColumnAppender out(connection, "slice", {DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER});
  for (std::size_t i = 0; i < slices.size(); ++i) {
    out.set(0, static_cast<std::int32_t>(first + i));
    out.set(1, static_cast<std::int32_t>(slices[i].key));
    out.set(2, static_cast<std::int32_t>(slices[i].provenance));
    out.end_row();
  }
  out.close();
}

void finish(std::unique_ptr<ColumnAppender>& appender) {
  if (!appender) return;
  appender->close();
  appender.reset();
}

void save_provenances(Connection& connection, std::int32_t vintage, const std::map<ProvenanceTexts, std::uint32_t>& provenances) {
  ColumnAppender out(connection, "provenance",
                     {DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_VARCHAR,
                      DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_VARCHAR});
  for (const auto& [texts, id] : provenances) {
    out.set(0, static_cast<std::int32_t>(id));
    out.set(1, vintage);
    for (std::size_t i = 0; i < texts.size(); ++i) out.set_text(2 + i, texts[i]);
    out.end_row();
  }
  out.close();
}

}  // namespace

Vintage ImportTransaction::commit(Vintage vintage) {
  State& s = *state_;
  finish(s.observations);
  finish(s.bounds);
  finish(s.rejects);
  s.series.save(s.connection, "series");
  s.dims.save(s.connection, "dimension_set");
  s.unit.save(s.connection, "unit");
  s.area.save(s.connection, "area");
  save_keys(s.connection, s.keys, s.stored_keys);
  save_slices(s.connection, s.slices, s.first_slice);
  save_provenances(s.connection, s.vintage, s.provenances);
  vintage.id = s.vintage;
  vintage.rows_rejected = s.rejected;
  vintage.imported_at = moment(s.connection);
  s.connection.query(
      "insert into vintage values (cast(? as integer), ?, ?, ?, ?, cast(? as date), cast(? as timestamp), ?, cast(? as bigint), "
      "cast(? as bigint), "
      "cast(? as bigint), cast(? as bigint), cast(? as bigint), cast(? as boolean))",
      {std::to_string(vintage.id), vintage.source, vintage.origin, vintage.format, vintage.edition,
       vintage.published ? Parameter(to_string(*vintage.published)) : std::nullopt, vintage.imported_at, vintage.hash,
       std::to_string(vintage.bytes), std::to_string(vintage.rows_read), std::to_string(vintage.rows_accepted),
       std::to_string(vintage.rows_missing), std::to_string(vintage.rows_rejected), vintage.update ? "true" : "false"});
  s.connection.run("reset threads; commit");  // the parser has ended: the commit may have all cores
  s.open = false;
  return vintage;
}

}  // namespace stocktake
