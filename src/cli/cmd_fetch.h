// The command `fetch`, which alone speaks to the network.
#pragma once

#include "cli/app.h"

namespace stocktake {

void add_fetch(CLI::App& app, Context& context);

}  // namespace stocktake
