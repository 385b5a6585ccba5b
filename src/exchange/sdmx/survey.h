// What must be known of data before they can be written: a message's head names its columns and, in SDMX-JSON, their values.
// The data are played twice: once to the survey, once to the writer. Memory grows with the distinct texts and, by eight bytes
// each, with the series; not with the rows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/sdmx/data.h"
#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

struct PlannedColumn {
  std::string id;
  Role role = Role::unknown;
  bool of_series = false;  // does not change within a series, and its structure (where known) does not attach it to observations
  bool several = false, localised = false;  // by its structure: values are written as value_text.h says
  bool coded = false;                       // by its structure: has an enumeration
  Dictionary values;                        // distinct texts, in the order in which they were met
};

struct PlannedDataset {
  Dataset dataset;
  std::string primary;                 // id of the measure that blocks keep apart
  std::string at_observation;          // the dimension at the observations, "AllDimensions" for flat data
  bool roles_known = false;            // of all columns
  bool deletes = false;                // has rows to delete
  bool scattered = false;              // some series stands in several places
  std::vector<PlannedColumn> columns;  // as in the blocks
  // Places in `columns`: dimensions in key order (the dimension at the observation last), other measures, attributes.
  std::vector<std::size_t> key, dimensions, measures, attributes;
  std::uint64_t rows = 0, series = 0;
  const DataStructure* structure = nullptr;
};

class Survey : public DataHandler {
 public:
  // `structures` may be null. With an id in `override_reference` all data are taken as of that structure. `values`: collect the
  // distinct texts of the columns, which SDMX-JSON needs.
  Survey(const Structures* structures, Reference override_reference, bool values);
  void header(const Header& header) override { head = header; }
  void begin(const Dataset& dataset) override;
  void block(const Block& block) override;
  void end() override;
  void fault(const Fault& fault) override {
    ++fault_count;
    if (faults.size() < 1000) faults.push_back(fault);
  }

  Header head;
  std::vector<PlannedDataset> datasets;
  std::vector<Fault> faults;  // the first thousand
  std::uint64_t fault_count = 0;

 private:
  void add_columns(const Block& block);
  void place(PlannedDataset& planned) const;
  const Structures* structures_;
  Reference override_;
  bool values_;
  const Dataset* current_ = nullptr;
  std::vector<std::string> last_;           // texts of the row before, by column
  std::vector<std::uint64_t> series_seen_;  // hashes, open addressing; 0 is free
  std::size_t seen_ = 0;
  bool any_row_ = false;
  bool seen_before(std::uint64_t hash);
};

}  // namespace stocktake::sdmx
