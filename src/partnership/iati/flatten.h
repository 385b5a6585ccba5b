// One row a transaction or budget, country and sector, with the shares and the amount they leave: for a spreadsheet, and for
// those who want to check the sums.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/table.h"
#include "ingest/iati/stream.h"
#include "partnership/iati/rates.h"
#include "partnership/iati/sums.h"

namespace stocktake::iati {

struct FlattenOptions {
  std::string currency;  // as SumOptions
  const Rates* rates = nullptr;
  unsigned threads = 0;
};

// Everything as published: budgets are not split by year, nothing is left out for being counted elsewhere. `rows` gets tables of
// the same columns, in the order of the file. The return value says whether the file was whole.
struct FlattenResult {
  std::vector<Message> faults;
  std::uint64_t activities = 0, rows = 0;
  bool broken = false;
};
FlattenResult flatten(ByteSource& source, const FlattenOptions& options, const std::function<void(Table&&)>& rows);

}  // namespace stocktake::iati
