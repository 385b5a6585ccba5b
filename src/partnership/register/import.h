// Commitments from a file that a user brings: JSON, YAML or CSV. Each is read on its own; what is wrong is told with line and
// field.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/chain_log.h"
#include "partnership/register/register.h"

namespace stocktake {

struct CommitmentReject {
  std::uint64_t line = 0;  // of the field where it is there, else of the commitment
  std::string id, field, problem, remedy;
};

struct ReadCommitments {
  std::vector<LogEntry> entries;  // of the good ones, in the order of the file; one transaction's worth
  std::size_t commitments = 0;    // how many those are
  std::vector<CommitmentReject> rejects;
};

// Format by the name's ending: .json (a list, or an object with a list "commitments"), .yaml and .yml (the same), .csv (a header
// line with field names). Besides the fields of a record, a commitment may have `status` (pledged where it is not said), `on`,
// `told` (the amount of that status), `note`, or a `history` of several, and `evidence`. `on`: the day of a status without one
// and without `made`. Ids must be new to `known` and in the file. Throws Error(input) for a file that cannot be read at all,
// Error(usage) for another ending.
ReadCommitments read_commitments(const std::string& path, const Register& known, Date on, const std::string& time);
// The same for bytes in hand; format: "json", "yaml", "csv".
ReadCommitments read_commitments_text(std::string_view text, const std::string& path, std::string_view format,
                                      const Register& known, Date on, const std::string& time);

}  // namespace stocktake
