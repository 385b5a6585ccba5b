#include "cli/app.h"
#include "cli/iati_commands.h"

namespace stocktake {

void add_iati(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("iati", "Aid activities as publishers report them (IATI): check, sum, flatten");
  command->require_subcommand(1);
  command->footer("Examples:\n  stocktake iati check fcdo.xml\n  stocktake iati sum fcdo.xml unhcr.xml.gz --by goal,year");
  add_iati_check(*command, context);
  add_iati_sum(*command, context);
  add_iati_flatten(*command, context);
}

}  // namespace stocktake
