// What the loaders of frameworks and bindings share.
#pragma once

#include <vector>

#include "framework/framework.h"

namespace stocktake {

// Throws Error(input) with the first fault and the number of further ones; returns when there is none.
void throw_first(const std::vector<Diagnostic>& diagnostics);

}  // namespace stocktake
