// The open formats that `stocktake export` writes beside tables.
#pragma once

#include <string>

#include "cli/app.h"

namespace stocktake {

struct OpenFormats {
  std::string open_sdg, data_package, ddf, dcat, publisher;
  bool any() const { return !open_sdg.empty() || !data_package.empty() || !ddf.empty() || !dcat.empty(); }
};
void add_open_formats(CLI::App& command, OpenFormats& formats);
void export_open_formats(const Store& store, const PanelQuery& query, const OpenFormats& formats, const Context& context);

}  // namespace stocktake
