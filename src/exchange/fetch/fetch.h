// Requests into vintages: pages are got by several threads, and stored by the caller's in the order of the requests, each a
// vintage of its own, when all of its pages are there and could be read.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exchange/fetch/client.h"
#include "exchange/fetch/services.h"
#include "framework/binding.h"
#include "ingest/importer.h"
#include "ingest/sdmx/stored.h"

namespace stocktake::fetch {

struct FetchOptions {
  unsigned at_once = 4;  // requests that are worked on at the same time
  bool fresh = false;    // asks for every page again, though conditionally
  bool again = false;    // stores a vintage though the same bytes are in the store
  bool quiet = false;
  ImportOptions import;  // source, edition and such; format and series come from the request
};

struct Outcome {
  enum class State { stored, unchanged, empty, failed } state = State::failed;
  std::string label, url;
  ImportResult result;                              // stored
  std::optional<sdmx::StructureImport> structures;  // that came with it
  std::string structure_note;                       // why none did though it was asked for
  int same_vintage = 0;                             // unchanged
  std::int64_t pages = 0, kept = 0, bytes = 0;
  // failed, empty
  ErrorKind kind = ErrorKind::internal;
  std::string problem, remedy;
  Location where;
};

// Calls `done` for each request in their order. A request that fails does not keep the others from being stored.
// Throws Error(interrupted) after Ctrl-C, and faults of the store; what `done` was told before is stored.
void fetch(Store& store, const AreaRegistry& areas, const DimensionCodes& codes, Client& client,
           const std::vector<Request>& requests, const FetchOptions& options, const std::function<void(const Outcome&)>& done);

// The series that the bindings feed into a framework from a service of the binding's id: service ids in the order of the
// bindings' priority, each with its series in their order, once each; those that weight groups are among them.
std::vector<std::pair<std::string, std::vector<std::string>>> bound_series(const std::vector<Binding>& bindings,
                                                                           const std::string& framework,
                                                                           const std::vector<Service>& services);

}  // namespace stocktake::fetch
