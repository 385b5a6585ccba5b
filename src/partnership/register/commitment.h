// A commitment: who promised what to whom, by when, how it is measured and what became of it. The register is what replaying the
// log's entries gives (register.h); nothing is overwritten.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "framework/framework.h"

namespace stocktake {

enum class PartyKind : std::uint8_t {
  government,
  un_body,
  business,
  civil_society,
  foundation,
  local_authority,
  academia,
  other
};
enum class CommitmentStatus : std::uint8_t { proposed, pledged, committed, disbursed, delivered, overdue, withdrawn };

struct Party {
  std::string id;    // area code (ISO 3166 alpha-3), group code, IATI organisation identifier, or a name in lower_snake_case
  std::string name;  // as printed
  PartyKind kind = PartyKind::other;
  bool operator==(const Party&) const = default;
};

// The sentence it came from.
struct SourceClause {
  std::string document;              // symbol, or the file's name
  std::string hash;                  // of the document's bytes
  std::string path;                  // Clause::path
  std::string language;              // "zh"
  std::string text;                  // of the clause
  std::uint32_t begin = 0, end = 0;  // the words that make the promise, in text
  bool operator==(const SourceClause&) const = default;
};

// How delivery is measured: a series of the store and a rule of the framework's kind. Money: an amount in a currency of a price
// base.
struct Measure {
  std::string indicator, series;          // one of them; "" unknown
  std::optional<TargetRule> rule;         // reach 0.7, universal, ...
  std::optional<double> amount;           // promised, in `currency`
  std::string currency, price_base;       // "USD", "current" or "constant 2022"
  Direction direction = Direction::none;  // which way is better; none: the indicator's own
  std::string area;                       // whose figures count; "" the actor's
};

// What a person told of a milestone: that it was met, with the evidence, or later that it was not after all.
struct MilestoneWord {
  bool met = true;
  Date on;
  std::string kind, link;  // evidence, as in EvidenceLink; "" for one that was not met
  std::string note, by;
  std::uint64_t entry = 0;  // of the log
};

struct Milestone {
  Date due;
  std::string text;
  std::optional<double> value;           // of the amount, else of the series
  std::uint64_t entry = 0;               // of the log; 0 where it stands in the commitment itself
  std::vector<MilestoneWord> told = {};  // in the order of the log
};

// Amounts: pledged and committed replace what was told before, disbursed adds an instalment, delivered tells the total.
struct StatusChange {
  CommitmentStatus status = CommitmentStatus::pledged;
  Date on;
  std::optional<double> amount;
  std::string note, by;        // by: the signer's name
  std::uint64_t entry = 0;     // of the log
  std::uint64_t corrects = 0;  // the entry that it stands in for; 0 for none
  bool struck = false;         // a later entry stands in for it: kept, and does not count
};

// What a person changed, in the words of the log; the commitment's fields hold the result.
struct Correction {
  std::string set;  // JSON (RFC 7396): the fields with their new values
  std::string note, by, time;
  std::uint64_t entry = 0;
};

struct EvidenceLink {
  std::string kind;  // "url", "document", "series", "iati", "report"
  std::string link;  // address, file hash, series code, activity identifier
  std::string note;
  Date on;
  std::uint64_t entry = 0;
};

struct Commitment {
  std::string id;    // "A-RES-68-6/14", unique in a register, or as the user gives it
  std::string text;  // in short
  Party actor;
  std::vector<Party> beneficiaries;
  SourceClause source;
  Measure measure;
  std::optional<Date> made, due;
  std::vector<std::string> goals;  // "mdg:8.B", "sdg:17.2"
  std::vector<Milestone> milestones;
  std::vector<StatusChange> history;  // in the order of the log
  std::vector<EvidenceLink> evidence;
  std::vector<Correction> corrections;
  std::uint64_t entry = 0;  // of the log, where it was written first
  std::string by, time;     // who wrote it and when
  std::string proposal;     // the extraction's own words, kept when a person corrected it (JSON); "" where a person wrote it

  // The status by the day of each change (of one day: by the log), struck ones left out; before the first, the first one's.
  // Overdue instead of pledged, committed or disbursed when `due` is past on that day.
  CommitmentStatus status_on(Date day) const;
  // The change that tells it; null before the first.
  const StatusChange* change_on(Date day) const;
};

std::string_view to_string(CommitmentStatus value);
std::string_view to_string(PartyKind value);
std::optional<CommitmentStatus> parse_status(std::string_view text);
std::optional<PartyKind> parse_party_kind(std::string_view text);

}  // namespace stocktake
