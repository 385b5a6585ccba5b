// What the readers of the formats hand over: the text in the order of the source, cut into parts at the places where a paragraph
// may begin. What a part is (a clause, a heading, the title) is decided in structure.cpp, alike for every format.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "partnership/texts/document.h"

namespace stocktake {

struct NoteMark {
  std::string mark;  // "1", "*"
  int note = -1;     // index of its footnote, where the reader knows it
};

struct Part {
  std::string text;  // UTF-8, one blank between words
  std::vector<NoteMark> marks;
  bool sure = true;      // the format says that a paragraph begins here; false: a line of text that may continue the one before
  bool heading = false;  // the format says that this is a heading
  bool blank = true;     // a blank line (or a paragraph's end) stands before it
  std::uint64_t line = 0;
  TextSpan source;
  std::uint32_t page = 0;
};

struct PartNote {
  FootnoteText note;
  std::uint32_t page = 0;
  bool bound = false;  // a mark was found
};

struct PartedText {
  std::vector<Part> parts;
  std::vector<PartNote> notes;
  bool bound = false;  // the marks of all parts name their notes by index already
  bool headed = false;  // the format told title and symbol: the parts begin with the text proper
};

}  // namespace stocktake
