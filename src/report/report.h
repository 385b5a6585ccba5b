// An assessment run as a document: one self-contained HTML file, a page for a terminal, or a JSON bundle. Pure functions:
// the same run, stocktaking, insights and language give the same bytes; no clock, no network, nothing of the process's locale.
#pragma once

#include <cstddef>
#include <string>

#include "assess/insights.h"
#include "assess/run.h"
#include "assess/stocktaking.h"
#include "base/translate.h"

namespace stocktake {

struct GapReport;

// HTML 5, UTF-8, everything inline (style and drawings; no script, no request). `stock` and `insights` must be of
// `run`. `commitments`: a chapter of its own; none where it is null.
std::string render_html(const AssessmentRun& run, const Stocktaking& stock, const Insights& insights, const Translator& words,
                        const GapReport* commitments = nullptr);

struct TextStyle {
  std::size_t width = 80;  // columns of the terminal
  bool colour = false;     // ANSI colours
  bool ascii = false;      // symbols as ASCII characters
};

// At most about sixty lines for a terminal; each line ends with LF.
std::string render_text(const AssessmentRun& run, const Stocktaking& stock, const Insights& insights, const Translator& words,
                        const TextStyle& style);

// The bundle for other faces: format "stocktake-report", version 1. Keys in a fixed order, no value is null, LF at the end.
std::string render_json(const AssessmentRun& run, const Stocktaking& stock, const Insights& insights);

}  // namespace stocktake
