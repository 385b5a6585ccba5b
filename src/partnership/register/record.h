// A commitment as JSON: what stands in the log, and what a user writes in a file. Canonical: keys sorted, no blanks, what is
// empty left out. The fields are in docs/commitments.md.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "partnership/register/commitment.h"

namespace stocktake {

// Without history, evidence and corrections, which are entries of their own.
nlohmann::json record_of(const Commitment& commitment);
// Throws Error(input) with the field ("measure.amount") for one that is unknown, of a wrong type, missing or out of range.
Commitment commitment_of(const nlohmann::json& record);
nlohmann::json milestone_record(const Milestone& milestone);
Milestone milestone_of(const nlohmann::json& record, const std::string& field);
nlohmann::json rule_record(const TargetRule& rule);
TargetRule rule_of(const nlohmann::json& record, const std::string& field);

std::string canonical(const nlohmann::json& value);

}  // namespace stocktake
