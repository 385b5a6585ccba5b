#include "partnership/register/changes.h"

#include <nlohmann/json.hpp>

#include "partnership/register/record.h"

namespace stocktake {
namespace {

using nlohmann::json;

void put_text(json& object, const char* name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}

json change_record(const StatusChange& change) {
  json record{{"status", to_string(change.status)}, {"on", to_string(change.on)}};
  if (change.amount) record["amount"] = *change.amount;
  if (change.corrects != 0) record["corrects"] = change.corrects;
  put_text(record, "note", change.note);
  return record;
}

LogEntry entry_of(const char* kind, const json& payload, const std::string& time) { return {0, time, kind, canonical(payload)}; }

}  // namespace

LogEntry commitment_entry(const Commitment& commitment, const StatusChange& first, const std::string& time) {
  return entry_of("commitment", {{"commitment", record_of(commitment)}, {"first", change_record(first)}}, time);
}

LogEntry status_entry(const std::string& id, const StatusChange& change, const std::string& time) {
  json payload = change_record(change);
  payload["id"] = id;
  return entry_of(change.status == CommitmentStatus::withdrawn ? "withdrawal" : "status", payload, time);
}

LogEntry evidence_entry(const std::string& id, const EvidenceLink& evidence, const std::string& time) {
  json payload{{"id", id}, {"kind", evidence.kind}, {"link", evidence.link}, {"on", to_string(evidence.on)}};
  put_text(payload, "note", evidence.note);
  return entry_of("evidence", payload, time);
}

LogEntry milestone_entry(const std::string& id, const Milestone& milestone, const std::string& time) {
  return entry_of("milestone", {{"id", id}, {"milestone", milestone_record(milestone)}}, time);
}

LogEntry milestone_met_entry(const std::string& id, std::uint32_t number, const MilestoneWord& word, const std::string& time) {
  json payload{{"id", id}, {"milestone", number}, {"met", word.met}, {"on", to_string(word.on)}};
  put_text(payload, "kind", word.kind);
  put_text(payload, "link", word.link);
  put_text(payload, "note", word.note);
  return entry_of("milestone_met", payload, time);
}

LogEntry correction_entry(const std::string& id, const std::string& set, const std::string& note, const std::string& time) {
  json payload{{"id", id}, {"set", json::parse(set)}};
  put_text(payload, "note", note);
  return entry_of("correction", payload, time);
}

}  // namespace stocktake
