#include "cli/app.h"
#include "cli/commitments_register.h"
#include "cli/ledger.h"

namespace stocktake {

// Each part of `stocktake commitments` is a file of its own, cmd_commitments_*.cpp, and adds itself here.
void add_commitments(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("commitments", "From a promise in a text to whether it was kept");
  command->require_subcommand(1);
  add_commitments_write(*command, context);
  add_commitments_read(*command, context);
  add_commitments_views(*command, context);
  add_commitments_report(*command, context);
  add_commitments_duties(*command, context);
}

}  // namespace stocktake
