// The commands of the exchange layer.
#pragma once

#include "cli/app.h"

namespace stocktake {

void add_check(CLI::App& app, Context& context);
void add_map(CLI::App& app, Context& context);

}  // namespace stocktake
