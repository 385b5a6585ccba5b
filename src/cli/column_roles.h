// --column NAME=ROLE of the commands that read figures.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace stocktake {

// Adds what the texts say: name of the column to role. Throws Error(usage).
void read_column_roles(const std::vector<std::string>& texts, std::map<std::string, std::string>& columns);

}  // namespace stocktake
