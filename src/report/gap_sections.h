// The parts of the Gap report, as sections of their own page or as one chapter of the stocktaking.
#pragma once

#include <string>
#include <string_view>

#include "partnership/views/gap_report.h"
#include "report/gap_view.h"
#include "report/html.h"

namespace stocktake {

// Opens a part: a <section> with an <h2> on its own page, an <h3> within a chapter.
class GapPart {
 public:
  GapPart(Html& html, const GapView& view, std::string_view id, bool chapter);
  ~GapPart() = default;
  GapPart(const GapPart&) = delete;
  GapPart& operator=(const GapPart&) = delete;
  void finish();

 private:
  Html& html_;
  bool chapter_;
};

void write_gap_summary(Html& html, const GapView& view);  // one paragraph; what to do where the register is empty
void write_five_gaps(Html& html, const GapView& view, bool chapter);
void write_aid(Html& html, const GapView& view, bool chapter);  // nothing without figures
void write_league(Html& html, const GapView& view, bool chapter);
void write_waterfalls(Html& html, const GapView& view, bool chapter);
void write_calendar(Html& html, const GapView& view, bool chapter);
void write_delays(Html& html, const GapView& view, bool chapter);
void write_chains(Html& html, const GapView& view);
void write_duties(Html& html, const GapView& view, bool chapter);
void write_gap_notes(Html& html, const GapView& view);

// All but the chains and notes, as a section "commitments" of the stocktaking's page.
void write_gap_chapter(Html& html, const GapReport& report, const Translator& words);

// The bars of a waterfall with their labels, as SVG.
void draw_waterfall(Html& html, const GapView& view, const Waterfall& waterfall);

}  // namespace stocktake
