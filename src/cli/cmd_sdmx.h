// stocktake sdmx: messages without a store.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/app.h"
#include "ingest/sdmx/structure.h"

namespace stocktake {

void add_sdmx(CLI::App& app, Context& context);

// What the structure messages of the files define, together. Notes what could not be used of them.
sdmx::Structures read_structure_files(const Context& context, const std::vector<std::string>& files);

}  // namespace stocktake
