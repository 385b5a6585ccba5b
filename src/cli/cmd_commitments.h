// The parts of `stocktake commitments`, each in a file of its own.
#pragma once

#include "cli/app.h"

namespace stocktake {

void add_commitments_extract(CLI::App& app, Context& context);
void add_commitments_score(CLI::App& app, Context& context);
void add_commitments_propose(CLI::App& app, Context& context);  // readings into the register, to be confirmed
void add_commitments_write(CLI::App& app, Context& context);    // import, add, confirm, status, evidence, milestone, withdraw
void add_commitments_read(CLI::App& app, Context& context);     // list, show, overdue

}  // namespace stocktake
