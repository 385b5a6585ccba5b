// Moved to base, because the audit log hashes on all cores too.
#pragma once

#include "base/parallel.h"  // IWYU pragma: export
