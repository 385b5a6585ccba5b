// Reading of environment variables.
#pragma once

#include <string>

namespace stocktake {

// The value of a variable; "" where it is not set, which is never told apart from one that is set to nothing.
std::string environment(const char* name);

}  // namespace stocktake
