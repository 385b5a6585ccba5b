// Checks a whole file: well-formed XML, the structure of the schema, codes, the standard's ruleset, money that cannot be counted.
#pragma once

#include <vector>

#include "ingest/byte_source.h"
#include "ingest/iati/finding.h"
#include "ingest/iati/rules.h"
#include "ingest/iati/schema.h"

namespace stocktake::iati {

struct CheckTables {
  Schema schema;
  Rules rules;
  static CheckTables load();  // of data_home()
};

struct CheckResult {
  std::string version;  // as the file says; "" when it does not
  std::uint64_t activities = 0, faults = 0, warnings = 0;
  std::uint64_t left_out = 0;     // findings beyond `most`
  std::vector<Finding> findings;  // in the order of lines
};

// Keeps the first `most` findings; all are counted. Throws Error(input | not_found) where the file cannot be read at all.
CheckResult check(ByteSource& source, const CheckTables& tables, std::size_t most = 100000);

}  // namespace stocktake::iati
