// The parts of `stocktake commitments` that read and write the register.
#pragma once

#include "cli/app.h"

namespace stocktake {

void add_commitments_write(CLI::App& command, Context& context);  // import, add, confirm, status, evidence, milestone, withdraw
void add_commitments_read(CLI::App& command, Context& context);   // list, show, overdue

}  // namespace stocktake
