#include <filesystem>

#include "cli/app.h"

namespace stocktake {

void add_init(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("init", "Make a store, or bring an older one to this version");
  command->footer("Example:\n  stocktake --store world.duckdb init");
  command->callback([&context] {
    clear_leftovers(context);
    std::error_code unknown;  // a path that cannot be looked at is refused by create, with its reason
    const bool exists = std::filesystem::exists(context.store_path, unknown);
    const Store store = exists ? Store::open(context.store_path, Store::Access::write) : Store::create(context.store_path);
    if (!context.quiet) {
      std::printf("%s %s, schema version %d\n", exists ? "ready:" : "made", store.path().c_str(), store.schema_version());
    }
  });
}

}  // namespace stocktake
