#include "cli/cmd_commitments.h"
#include "cli/ledger.h"

namespace stocktake {

// Each part of `stocktake commitments` is a file of its own, cmd_commitments_*.cpp, and adds itself here.
void add_commitments(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("commitments", "From a promise in a text to whether it was kept");
  command->require_subcommand(1);
  command->footer(
      "Examples:\n  stocktake commitments extract A_RES_68_6.zh.txt\n  stocktake commitments import promises.json\n"
      "  stocktake commitments status ODA-07 disbursed --on 2014-05-01 --amount 4e5\n"
      "  stocktake commitments list --overdue --at 2015-12-31\n  stocktake commitments show ODA-07");
  add_commitments_extract(*command, context);
  add_commitments_score(*command, context);
  add_commitments_propose(*command, context);
  add_commitments_write(*command, context);
  add_commitments_read(*command, context);
  add_commitments_views(*command, context);
  add_commitments_report(*command, context);
  add_commitments_duties(*command, context);
}

}  // namespace stocktake
