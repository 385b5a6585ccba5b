#include "base/environment.h"

#include <cstdlib>

namespace stocktake {

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace stocktake
