// The sections of the HTML report, in the order of the page. Each writes one <section> with its heading.
#pragma once

#include <string>
#include <vector>

#include "report/html.h"
#include "report/view.h"

namespace stocktake {

void write_header(Html& html, const View& view);
void write_findings(Html& html, const View& view);
void write_progress_chart(Html& html, const View& view);
void write_paths(Html& html, const View& view);
void write_action(Html& html, const View& view);    // targets and countries by priority, at risk, to be sustained
void write_rankings(Html& html, const View& view);  // off track, stalled, to be sustained
void write_countries(Html& html, const View& view);
void write_methods(Html& html, const View& view);  // their verdicts side by side, agreement, formulas
void write_gaps(Html& html, const View& view);
void write_notes(Html& html, const View& view);  // rules, sources, manifest

// The key findings in sentences, most important first; the terminal shows the same ones.
std::vector<std::string> key_findings(const View& view);

// "827 days to 31 December 2015", or that the deadline has passed.
std::string countdown(const View& view);

}  // namespace stocktake
