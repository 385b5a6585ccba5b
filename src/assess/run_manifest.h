// What a run was made from.
#pragma once

#include "assess/run.h"

namespace stocktake {

// Vintages: those that a row's series, or a bound weight, came from. Updates are listed whenever there are any that belong to
// a listed vintage's source, because a panel does not say which figures they changed.
Manifest manifest_of(const AssessmentRun& run);

}  // namespace stocktake
