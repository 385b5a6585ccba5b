// A small drawing of one row: figures since the baseline, the required path to the target, the path at the present pace and
// the published bounds. Numbers only, so that it reads the same in every language.
#pragma once

#include "report/html.h"
#include "report/view.h"

namespace stocktake {

// label: what the drawing shows, in words, for those who do not see it.
void draw_path(Html& html, const View& view, const Assessment& row, const std::string& label);

}  // namespace stocktake
