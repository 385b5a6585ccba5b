#include "exchange/fetch/flow_structures.h"

#include <algorithm>

namespace stocktake::fetch {

FlowStructures::FlowStructures(Store& store)
    : store_(store), known_(std::make_shared<sdmx::Structures>(sdmx::from_stored(store.structures()))) {}

const sdmx::DataStructure* FlowStructures::find(const sdmx::Reference& flow) const {
  if (flow.id.empty()) return nullptr;
  if (!flow.agency.empty()) return known_->structure_of(flow);
  // Asked for without its agency: the first of that name.
  const auto& flows = known_->dataflows;
  const auto same = std::find_if(flows.begin(), flows.end(), [&](const sdmx::Dataflow& one) { return one.id == flow.id; });
  return same == flows.end() ? nullptr : known_->structure_of({flow.kind, same->agency, same->id, flow.version, {}});
}

sdmx::StructureImport FlowStructures::take(const std::string& file, const std::string& url) {
  const auto source = ByteSource::of_parts({file}, url);
  sdmx::StructureImport result = sdmx::import_structures(*source, &store_);
  // Imports that are done hold on to what they were given.
  auto all = std::make_shared<sdmx::Structures>(*known_);
  all->add(sdmx::Structures(result.structures));
  known_ = std::move(all);
  return result;
}

void FlowStructures::give(const sdmx::Reference& flow, ImportOptions& options) const {
  options.structures = known_;
  if (const sdmx::DataStructure* const structure = find(flow))
    options.structure = {"DataStructure", structure->agency, structure->id, structure->version, {}};
}

}  // namespace stocktake::fetch
