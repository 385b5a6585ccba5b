#include "partnership/register/register.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "partnership/register/fields.h"
#include "partnership/register/record.h"

namespace stocktake {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 5> evidence_kinds{"url", "document", "series", "iati", "report"};

StatusChange change_of(const json& record, const std::string& path, std::string_view signer, std::uint64_t entry) {
  RecordReader reader(record, path, {"id", "status", "on", "amount", "note", "corrects"});
  const auto status = parse_status(reader.text("status"));
  if (!status) {
    reader.refuse("status", "unknown status '" + reader.text("status") + "'",
                  "One of proposed, pledged, committed, disbursed, delivered, overdue, withdrawn");
  }
  const auto on = reader.date("on", false);
  if (!on) reader.refuse("on", "a status needs a day", "Write it as 2015-12-31");
  StatusChange change;
  change.status = *status;
  change.on = *on;
  change.amount = reader.number("amount");
  if (change.amount && *change.amount < 0)
    reader.refuse("amount", "an amount is not negative", "Correct the earlier entry instead");
  change.note = reader.text("note");
  change.corrects = reader.index("corrects");
  change.by = signer;
  change.entry = entry;
  return change;
}

// Adds a change to the history where the rules let it: by the days of the changes, each may follow the one before.
void add_change(Commitment& commitment, StatusChange change) {
  std::vector<StatusChange> history = commitment.history;
  if (change.amount && commitment.measure.currency.empty()) {
    refuse_field("amount", "an amount without a currency",
                 "Set measure.currency first: `stocktake commitments confirm ID --set currency=USD`");
  }
  if (change.corrects != 0) {
    const auto wrong =
        std::find_if(history.begin(), history.end(), [&](const StatusChange& c) { return c.entry == change.corrects; });
    if (wrong == history.end() || wrong->struck) {
      refuse_field("corrects",
                   "entry " + std::to_string(change.corrects) + " tells no status of '" + commitment.id + "' that still counts",
                   "`stocktake commitments show " + commitment.id + "` lists the entries");
    }
    wrong->struck = true;
  }
  history.push_back(change);
  std::vector<const StatusChange*> counting;
  for (const StatusChange& c : history) {
    if (!c.struck) counting.push_back(&c);
  }
  std::stable_sort(counting.begin(), counting.end(), [](const StatusChange* a, const StatusChange* b) { return a->on < b->on; });
  for (std::size_t i = 1; i < counting.size(); ++i) {
    const StatusChange &before = *counting[i - 1], &after = *counting[i];
    if (may_follow(before.status, after.status)) continue;
    refuse_field("status",
                 std::string(to_string(after.status)) + " (" + to_string(after.on) + ") may not follow " +
                     std::string(to_string(before.status)) + " (" + to_string(before.on) + ")",
                 "Where an earlier entry is wrong, say so with --corrects ENTRY; both are kept");
  }
  commitment.history = std::move(history);
}

Date day_of(const std::string& time) { return *parse_date(std::string_view(time).substr(0, 10)); }

EvidenceLink evidence_of(const RecordReader& reader, const LogEntry& entry) {
  EvidenceLink evidence{reader.text("kind"), reader.text("link"), reader.text("note"),
                        reader.date("on", false).value_or(day_of(entry.time)), entry.number};
  if (std::find(evidence_kinds.begin(), evidence_kinds.end(), evidence.kind) == evidence_kinds.end()) {
    reader.refuse("kind", "unknown kind of evidence '" + evidence.kind + "'", "One of url, document, series, iati, report");
  }
  if (evidence.link.empty()) reader.refuse("link", "evidence needs a link", "An address, a file's hash, a series or an activity");
  return evidence;
}

}  // namespace

Commitment& Register::at(const std::string& id) {
  const auto found = index_.find(id);
  if (found == index_.end()) {
    refuse_field("id", "there is no commitment '" + id + "'", "`stocktake commitments list` lists them");
  }
  return commitments_[found->second];
}

const Commitment* Register::find(std::string_view id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &commitments_[found->second];
}

void Register::add(const LogEntry& entry, const json& payload, std::string_view signer) {
  RecordReader reader(payload, "", {"commitment", "first"});
  const json *record = reader.find("commitment"), *first = reader.find("first");
  if (record == nullptr || first == nullptr) refuse_field("commitment", "the entry lacks its commitment or first status", "");
  Commitment commitment = commitment_of(*record);
  if (index_.contains(commitment.id)) {
    refuse_field("id", "there is a commitment '" + commitment.id + "' already",
                 "Give it another id, or correct that one with `commitments confirm`");
  }
  StatusChange change = change_of(*first, "first", signer, entry.number);
  if (change.corrects != 0) refuse_field("corrects", "a first status corrects nothing", "");
  if (change.status == CommitmentStatus::proposed) commitment.proposal = canonical(*record);
  add_change(commitment, std::move(change));
  commitment.entry = entry.number;
  commitment.by = signer;
  commitment.time = entry.time;
  index_.emplace(commitment.id, commitments_.size());
  commitments_.push_back(std::move(commitment));
}

void Register::correct(const LogEntry& entry, const json& payload, std::string_view signer) {
  RecordReader reader(payload, "", {"id", "set", "note"});
  Commitment& old = at(reader.text("id"));
  const json* const set = reader.find("set");
  if (set == nullptr || !set->is_object()) refuse_field("set", "expected an object with fields", "");
  for (const char* fixed : {"id", "milestones"}) {
    if (set->contains(fixed))
      refuse_field(fixed, "this cannot be corrected", "Withdraw the commitment and write it anew, or add a milestone");
  }
  json record = record_of(old);
  record.merge_patch(*set);
  Commitment now = commitment_of(record);
  const bool told =
      std::any_of(old.history.begin(), old.history.end(), [](const StatusChange& c) { return c.amount.has_value(); });
  if (told && now.measure.currency.empty())
    refuse_field("measure.currency", "amounts were told in " + old.measure.currency, "Name a currency");
  for (std::size_t i = 0; i < old.milestones.size(); ++i) {  // its own come first, so their numbers stay
    if (i >= now.milestones.size()) {
      now.milestones.push_back(std::move(old.milestones[i]));
    } else {
      now.milestones[i].told = std::move(old.milestones[i].told);
    }
  }
  now.history = std::move(old.history);
  now.evidence = std::move(old.evidence);
  now.corrections = std::move(old.corrections);
  now.corrections.push_back({canonical(*set), reader.text("note"), std::string(signer), entry.time, entry.number});
  now.entry = old.entry;
  now.by = std::move(old.by);
  now.time = std::move(old.time);
  now.proposal = std::move(old.proposal);
  old = std::move(now);
}

void Register::tell_milestone(const LogEntry& entry, const json& payload, std::string_view signer) {
  const RecordReader reader(payload, "", {"id", "milestone", "met", "kind", "link", "note", "on"});
  Commitment& commitment = at(reader.text("id"));
  const std::uint32_t number = reader.index("milestone");
  if (number == 0 || number > commitment.milestones.size()) {
    reader.refuse("milestone", "'" + commitment.id + "' has no milestone " + std::to_string(number),
                  "`stocktake commitments show " + commitment.id + "` numbers them");
  }
  const auto met = reader.flag("met");
  if (!met) reader.refuse("met", "whether the milestone was met is missing", "true or false");
  MilestoneWord word;
  word.met = *met;
  if (word.met) {  // a claim needs something that others can look at
    const EvidenceLink evidence = evidence_of(reader, entry);
    word.kind = evidence.kind;
    word.link = evidence.link;
  } else if (reader.find("kind") != nullptr || reader.find("link") != nullptr) {
    reader.refuse("link", "evidence is of a milestone that was met", "Say in the note why it was not met after all");
  }
  word.on = reader.date("on", false).value_or(day_of(entry.time));
  word.note = reader.text("note");
  word.by = signer;
  word.entry = entry.number;
  commitment.milestones[number - 1].told.push_back(std::move(word));
}

void Register::apply(const LogEntry& entry, std::string_view signer) {
  const bool status = entry.kind == "status", withdrawal = entry.kind == "withdrawal";
  if (!status && !withdrawal && entry.kind != "commitment" && entry.kind != "correction" && entry.kind != "evidence" &&
      entry.kind != "milestone" && entry.kind != "milestone_met") {
    return;
  }
  const json payload = json::parse(entry.payload, nullptr, false);
  if (!payload.is_object()) refuse_field("payload", "expected a JSON object", "");
  if (entry.kind == "commitment") return add(entry, payload, signer);
  if (entry.kind == "correction") return correct(entry, payload, signer);
  if (status || withdrawal) {
    StatusChange change = change_of(payload, "", signer, entry.number);
    if (withdrawal != (change.status == CommitmentStatus::withdrawn))
      refuse_field("status", "withdrawn is an entry of kind 'withdrawal'", "");
    return add_change(at(RecordReader(payload, "", {"id", "status", "on", "amount", "note", "corrects"}).text("id")),
                      std::move(change));
  }
  if (entry.kind == "milestone") {
    RecordReader reader(payload, "", {"id", "milestone"});
    const json* const record = reader.find("milestone");
    if (record == nullptr) refuse_field("milestone", "the entry lacks its milestone", "");
    Milestone milestone = milestone_of(*record, "milestone");
    milestone.entry = entry.number;
    at(reader.text("id")).milestones.push_back(std::move(milestone));
    return;
  }
  if (entry.kind == "milestone_met") return tell_milestone(entry, payload, signer);
  const RecordReader reader(payload, "", {"id", "kind", "link", "note", "on"});
  at(reader.text("id")).evidence.push_back(evidence_of(reader, entry));
}

namespace {

// The entry's place in front of what apply() says.
void apply_placed(Register& into, const LogEntry& entry, std::string_view signer, const std::string& path) {
  try {
    into.apply(entry, signer);
  } catch (const Error& error) {
    throw Error(ErrorKind::check_failed, "entry " + std::to_string(entry.number) + ": " + error.problem(),
                "The log is sound, but this entry breaks the rules of a register", {path, entry.number, 0, error.where().field});
  }
}

}  // namespace

Register Register::load(const std::string& path) {
  Register loaded;
  loaded.check_ = ChainLog::open(path).each(
      [&](const LogEntry& entry, std::string_view signer) { apply_placed(loaded, entry, signer, path); });
  return loaded;
}

Register Register::load_if_there(const std::string& path) {
  std::error_code failed;
  if (!std::filesystem::exists(path, failed) && !failed) return {};
  return load(path);
}

Register Register::of(const LogWriter& writer) {
  Register loaded;
  loaded.check_ = writer.check();
  writer.each([&](const LogEntry& entry, std::string_view signer) { apply_placed(loaded, entry, signer, writer.path()); });
  return loaded;
}

std::string register_path(const std::string& store_path) {
  constexpr std::string_view ending = ".duckdb";
  std::string path = store_path;
  if (path.ends_with(ending)) path.resize(path.size() - ending.size());
  return path + ".register.jsonl";
}

}  // namespace stocktake
