#include "cli/iati_commands.h"
namespace stocktake {
void add_iati_flatten(CLI::App&, Context&) {}
}  // namespace stocktake
