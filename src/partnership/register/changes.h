// What a person does to the register, as entries for the log. Register::apply() checks them; LogWriter::append() writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/chain_log.h"
#include "partnership/register/commitment.h"

namespace stocktake {

// A new commitment with its first status. Proposed: the words of an extraction, kept when a person corrects them.
LogEntry commitment_entry(const Commitment& commitment, const StatusChange& first, const std::string& time);
// Another status; withdrawn becomes an entry of kind "withdrawal".
LogEntry status_entry(const std::string& id, const StatusChange& change, const std::string& time);
LogEntry evidence_entry(const std::string& id, const EvidenceLink& evidence, const std::string& time);
LogEntry milestone_entry(const std::string& id, const Milestone& milestone, const std::string& time);
// A word about the milestone of that number (from 1, in the order of `show`).
LogEntry milestone_met_entry(const std::string& id, std::uint32_t number, const MilestoneWord& word, const std::string& time);
// set: JSON (RFC 7396) of the fields that get another value; "{}" where a person confirms what was proposed.
LogEntry correction_entry(const std::string& id, const std::string& set, const std::string& note, const std::string& time);

}  // namespace stocktake
