// SDMX structures in an import: messages that bring them, and those that data messages are checked by.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/app.h"
#include "ingest/importer.h"
#include "ingest/sdmx/stored.h"

namespace stocktake {

// "1 Dataflow, 3 Codelist (120 codes)".
std::string structures_text(const sdmx::StructureImport& result);

class KnownStructures {
 public:
  // `files`: of --structure. `store`: null in a dry run, which looks at the structures of the context's store where there is one.
  KnownStructures(const Context& context, std::vector<std::string> files, Store* store);
  ~KnownStructures();
  // Stores what a structure message defines and says so; false for what is no structure message.
  bool take(ByteSource& source);
  // Puts what is known into the options, where the source is a data message.
  void give(ByteSource& source, ImportOptions& options);

 private:
  void load();
  const Context& context_;
  std::vector<std::string> files_;
  Store* store_;
  bool loaded_ = false;
  std::shared_ptr<sdmx::Structures> known_;
  sdmx::Reference given_;  // the one data structure of --structure
};

}  // namespace stocktake
