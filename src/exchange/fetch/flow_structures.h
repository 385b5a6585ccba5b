// The SDMX structures that a fetch knows: those of the store, and those that services gave. Figures are checked by them.
#pragma once

#include <memory>
#include <string>

#include "exchange/fetch/services.h"
#include "ingest/importer.h"
#include "ingest/sdmx/stored.h"

namespace stocktake::fetch {

class FlowStructures {
 public:
  // Reads those of the store. Throws Error(store).
  explicit FlowStructures(Store& store);
  // The data structure of the dataflow is there.
  bool knows(const sdmx::Reference& flow) const { return find(flow) != nullptr; }
  // Stores what a structure message defines; `url` is its origin. Throws Error(input) for what is none.
  sdmx::StructureImport take(const std::string& file, const std::string& url);
  // Puts what is known into the options of the import of a dataflow's figures.
  void give(const sdmx::Reference& flow, ImportOptions& options) const;

 private:
  const sdmx::DataStructure* find(const sdmx::Reference& flow) const;
  Store& store_;
  std::shared_ptr<sdmx::Structures> known_;
};

}  // namespace stocktake::fetch
