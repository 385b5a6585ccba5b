// The Gap report as a document: five gaps, who keeps promises, where the money got lost, what is overdue, what a year of delay
// is, and each promise from its sentence to what came of it. Pure functions, as report.h; names of languages and directions are
// kept where a clause is in another language than the page.
#pragma once

#include <string>

#include "base/translate.h"
#include "partnership/views/gap_report.h"
#include "report/report.h"

namespace stocktake {

// HTML 5 with everything inline.
std::string render_gap_html(const GapReport& report, const Translator& words);
// The same for a terminal.
std::string render_gap_text(const GapReport& report, const Translator& words, const TextStyle& style);
// Format "stocktake-gap-report", version 1. Keys in a fixed order, codes and plain numbers, LF at the end.
std::string render_gap_json(const GapReport& report);

}  // namespace stocktake
