// stocktake sdmx: messages without a store.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/app.h"
#include "exchange/sdmx/write.h"
#include "ingest/sdmx/structure.h"

namespace stocktake {

void add_sdmx(CLI::App& app, Context& context);

// What the structure messages of the files define, together. Notes what could not be used of them.
sdmx::Structures read_structure_files(const Context& context, const std::vector<std::string>& files);

// As ml, ml3 (SDMX-ML 2.1, 3.0) or json2. Notes what the format cannot say; throws Error(usage) for other formats.
void write_structures(const Context& context, const sdmx::Structures& structures, sdmx::Format format, const std::string& sender,
                      const std::string& path);

}  // namespace stocktake
