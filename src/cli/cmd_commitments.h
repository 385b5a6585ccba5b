// The parts of `stocktake commitments`, each in a file of its own.
#pragma once

#include "cli/app.h"

namespace stocktake {

void add_commitments_extract(CLI::App& app, Context& context);
void add_commitments_score(CLI::App& app, Context& context);

}  // namespace stocktake
