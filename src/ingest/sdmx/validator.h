// Whether the rows of a data message are what its structure allows: codes by code lists and constraints, mandatory components,
// how values are written. A code is looked up once a block, however many rows have it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ingest/sdmx/data.h"
#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

struct Finding {
  std::string component;
  std::string reason;    // what was found, and what is allowed or the code list's id
  std::string category;  // for counting
};

class Validator {
 public:
  // By the structure that the data set refers to, else by `fallback` where that is named (kind not empty). `structures` must
  // outlive the validator.
  Validator(const Structures& structures, const Dataset& dataset, const Reference& fallback);
  ~Validator();
  Validator(const Validator&) = delete;
  Validator& operator=(const Validator&) = delete;

  const DataStructure* structure() const;  // null: it is not known, and nothing is checked
  // What could not be checked, and why: a code list that is not there, a pattern that cannot be read.
  const std::vector<std::string>& notes() const;

  // Checks the rows of a block of the data set. Deletions are not checked; what merges may leave out mandatory attributes.
  void check(const Block& block);
  // Of a row of the block checked last: the first thing wrong with it; null when there is none.
  const Finding* finding(std::size_t row) const { return rows_[row] == 0 ? nullptr : &findings_[rows_[row] - 1]; }

 private:
  struct State;
  std::uint32_t add(Finding finding);
  void check_column(const Block& block, std::size_t column);
  void check_absent(const Block& block);
  void check_values(const Block& block);
  void check_constraints(const Block& block);
  std::unique_ptr<State> state_;
  std::vector<std::uint32_t> rows_;  // number of the finding + 1
  std::vector<Finding> findings_;
};

}  // namespace stocktake::sdmx
