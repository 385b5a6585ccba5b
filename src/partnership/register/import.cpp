#include "partnership/register/import.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "partnership/register/changes.h"
#include "partnership/register/fields.h"
#include "partnership/register/raw_record.h"
#include "partnership/register/record.h"

namespace stocktake {
namespace {

using nlohmann::json;

// Takes a field out of a record; null when it is not there.
json taken(json& record, const char* name) {
  const auto found = record.find(name);
  if (found == record.end()) return nullptr;
  json value = std::move(*found);
  record.erase(found);
  return value;
}

StatusChange change_of(const json& value, const std::string& path, Date otherwise) {
  RecordReader reader(value, path, {"status", "on", "amount", "note"});
  StatusChange change;
  if (const std::string status = reader.text("status"); !status.empty()) {
    const auto known = parse_status(status);
    if (!known) {
      reader.refuse("status", "unknown status '" + status + "'",
                    "One of proposed, pledged, committed, disbursed, delivered, overdue, withdrawn");
    }
    change.status = *known;
  }
  change.on = reader.date("on", false).value_or(otherwise);
  change.amount = reader.number("amount");
  change.note = reader.text("note");
  return change;
}

EvidenceLink evidence_of(const json& value, Date otherwise) {
  EvidenceLink evidence;
  evidence.on = otherwise;
  if (value.is_string()) {  // an address alone
    evidence.link = value.get<std::string>();
    evidence.kind = evidence.link.find("://") == std::string::npos ? "document" : "url";
    return evidence;
  }
  RecordReader reader(value, "evidence", {"kind", "link", "note", "on"});
  evidence.kind = reader.text("kind");
  evidence.link = reader.text("link");
  evidence.note = reader.text("note");
  evidence.on = reader.date("on", false).value_or(otherwise);
  if (evidence.kind.empty()) evidence.kind = evidence.link.find("://") == std::string::npos ? "document" : "url";
  return evidence;
}

// The entries of one record, checked by the rules of a register of their own.
std::vector<LogEntry> entries_of(json record, Date on, const std::string& time, std::string& id) {
  if (!record.is_object()) refuse_field("", "expected a commitment, an object with fields", "");
  json history = taken(record, "history");
  const json evidence = taken(record, "evidence");
  json first = json::object();
  for (const auto& [from, to] : {std::pair("status", "status"), {"on", "on"}, {"told", "amount"}, {"note", "note"}}) {
    if (json value = taken(record, from); !value.is_null()) first[to] = std::move(value);
  }
  const Commitment commitment = commitment_of(record);
  id = commitment.id;
  if (history.is_null()) history = json::array();
  if (!history.is_array()) refuse_field("history", "expected a list", "");
  if (!first.empty() && !history.empty())
    refuse_field("history", "a history and a status of its own", "Put the status into the history");
  if (history.empty()) history.push_back(std::move(first));
  const Date otherwise = commitment.made.value_or(on);
  std::vector<LogEntry> entries;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const StatusChange change = change_of(history[i], history.size() == 1 ? "" : "history", otherwise);
    entries.push_back(i == 0 ? commitment_entry(commitment, change, time) : status_entry(commitment.id, change, time));
  }
  if (!evidence.is_null() && !evidence.is_array()) refuse_field("evidence", "expected a list", "");
  for (const json& item : evidence) entries.push_back(evidence_entry(commitment.id, evidence_of(item, otherwise), time));
  Register alone;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    LogEntry numbered = entries[i];
    numbered.number = i + 1;
    alone.apply(numbered, "");
  }
  return entries;
}

std::string text_field(const json& record, const char* name) {
  return record.is_object() && record.contains(name) && record[name].is_string() ? record[name].get<std::string>()
                                                                                 : std::string();
}

std::uint64_t line_of(const RawRecord& record, std::string field) {
  for (;;) {
    if (const auto found = record.lines.find(field); found != record.lines.end()) return found->second;
    const std::size_t dot = field.rfind('.');
    if (dot == std::string::npos) return record.line;
    field.resize(dot);
  }
}

}  // namespace

ReadCommitments read_commitments_text(std::string_view text, const std::string& path, std::string_view format,
                                      const Register& known, Date on, const std::string& time) {
  const std::vector<RawRecord> records = format == "json"   ? records_of_json(text, path)
                                         : format == "yaml" ? records_of_yaml(text, path)
                                                            : records_of_csv(text, path);
  ReadCommitments read;
  std::map<std::string, std::uint64_t> seen;
  for (const RawRecord& record : records) {
    std::string id = text_field(record.value, "id");
    try {
      if (record.fault) throw Error(*record.fault);
      std::vector<LogEntry> entries = entries_of(record.value, on, time, id);
      if (known.find(id) != nullptr)
        refuse_field("id", "there is a commitment '" + id + "' in the register already", "Give it another id");
      if (const auto [first, is_new] = seen.emplace(id, record.line); !is_new) {
        refuse_field("id", "the id '" + id + "' stands in line " + std::to_string(first->second) + " already", "Ids are unique");
      }
      read.entries.insert(read.entries.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
      ++read.commitments;
    } catch (const Error& error) {
      const std::string& field = error.where().field;
      read.rejects.push_back({line_of(record, field), id, field, error.problem(), error.remedy()});
    }
  }
  return read;
}

ReadCommitments read_commitments(const std::string& path, const Register& known, Date on, const std::string& time) {
  const char* format = path.ends_with(".json")                             ? "json"
                       : path.ends_with(".yaml") || path.ends_with(".yml") ? "yaml"
                       : path.ends_with(".csv")                            ? "csv"
                                                                           : nullptr;
  if (format == nullptr) {
    throw Error(ErrorKind::usage, "the file's name does not end with .json, .yaml or .csv", "Rename it after its format",
                {path, 0, 0, {}});
  }
  return read_commitments_text(read_file(path), path, format, known, on, time);
}

}  // namespace stocktake
