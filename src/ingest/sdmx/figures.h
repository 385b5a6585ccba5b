// Figures of the store out of an SDMX data message, whichever format it has.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/importer.h"
#include "ingest/sdmx/component_plan.h"
#include "ingest/sdmx/data.h"
#include "ingest/sdmx/validator.h"

namespace stocktake::sdmx {

// Rows that are no figures are rejects, with their reasons: deletions, frequencies other than A, periods that are no calendar
// years, what the structure does not allow, and faults of the message. Throws Error(input) where a data set has no area, no time
// or no series, and Error(usage) for a --column of a component that is nowhere (from finish()).
class Figures final : public DataHandler {
 public:
  Figures(const ImportOptions& options, const DimensionCodes& codes, const std::string& file, Sink& sink);
  void header(const Header& header) override;
  void begin(const Dataset& dataset) override;
  void block(const Block& block) override;
  void fault(const Fault& fault) override;
  void finish();
  const std::string& sender() const { return sender_; }

 private:
  void plan(const Block& block);
  void warn_once(std::string text);
  void rows(const Block& block);
  bool same(const Block& block, const std::vector<std::size_t>& columns, std::size_t row) const;
  std::string_view text(const Block& block, const ComponentPlan::Item* item, std::size_t row) const;
  void make_slot(const Block& block, std::size_t row);
  void make_attributes(const Block& block, std::size_t row);

  const ImportOptions& options_;
  const DimensionCodes& codes_;
  const std::string& file_;
  Sink& sink_;
  std::string sender_;
  Dataset dataset_;
  std::string series_of_flow_;
  std::unique_ptr<Validator> validator_;
  const DataStructure* structure_ = nullptr;
  std::size_t planned_ = SIZE_MAX;  // columns that the plan knows
  ComponentPlan plan_;
  std::map<std::string, std::size_t> signatures_;  // of the plans there were
  std::string prefix_;                             // of raw keys: the plan and the series
  struct Parts {
    const ComponentPlan::Item *series, *area, *time, *frequency, *unit, *unit_mult, *nature, *lower, *upper, *source, *edition,
        *reporting_type;
  } parts_{};
  std::vector<std::size_t> key_columns_, attribute_columns_;
  std::set<std::string> warned_, met_;
  std::uint64_t additions_ = 0;  // rows of the actions Append and Merge
  // Of the row before:
  Sink::Slot slot_ = Sink::no_slot;
  std::string raw_, key_text_, attributes_;
};

}  // namespace stocktake::sdmx
