#include "cli/column_roles.h"

#include "base/error.h"

namespace stocktake {

void read_column_roles(const std::vector<std::string>& texts, std::map<std::string, std::string>& columns) {
  for (const auto& text : texts) {
    const auto equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0)
      throw Error(ErrorKind::usage, "--column: '" + text + "', expected NAME=ROLE",
                  "Write --column iso=ref_area; `stocktake import --help` lists the roles");
    columns[text.substr(0, equals)] = text.substr(equals + 1);
  }
}

}  // namespace stocktake
