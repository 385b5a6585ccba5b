// A plain text as its lines: what scanning, page furniture, footnote blocks and paragraphs pass on to each other. Used by the
// readers of plain text and of pdftotext's output.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "partnership/texts/parts.h"
#include "partnership/texts/words.h"

namespace stocktake {

struct TextLine {
  std::uint32_t begin = 0, end = 0;  // without the blanks around it
  std::uint32_t indent = 0;          // columns
  std::uint32_t line = 0;            // from 1
  std::uint32_t page = 0;            // from 0, by form feeds
  bool blank = false;                // an empty line stands before it
  bool apart = false;                // furniture or footnotes stood between it and the line before
};

struct TextLines {
  std::string_view text;
  std::vector<TextLine> lines;  // without the empty ones
  std::uint32_t pages = 1;
  bool paged = false;           // output of pdftotext: form feeds, page numbers or job numbers
  bool layout = false;          // first lines are indented, columns are kept (pdftotext -layout)
  std::string_view of(const TextLine& line) const { return text.substr(line.begin, line.end - line.begin); }
};

// One pass over the bytes.
TextLines scan_lines(std::string_view text);
// Takes page headers, page numbers, job numbers and bar codes out of the lines.
void drop_furniture(TextLines& lines);
// Takes the footnotes out of the lines.
std::vector<PartNote> take_notes(TextLines& lines, const DocumentWords& words);
// Joins lines to parts. In the front of the document each line (of two columns: each column) is a part.
std::vector<Part> join_lines(const TextLines& lines, const DocumentWords& words);

// A document symbol at the start of a text ("A/RES/78/231"); "" for anything else.
std::string_view symbol_at(std::string_view text);
// The first line of the text proper: the body that speaks, or paragraph 1.
std::size_t front_end(const TextLines& lines, const DocumentWords& words);
// The bytes of the name of the body that speaks, where the text begins with it and nothing but a comma follows or the text goes
// on behind the comma; 0 otherwise.
std::size_t opener_length(std::string_view text, const DocumentWords& words);

// Begins with a word that the clauses of a preamble begin with ("Recalling"); false where the language's words are not known.
bool opens_clause(std::string_view text, const DocumentWords& words);

// Marks in parts whose notes are known: superscripts first, then digits that stand where a mark may stand.
void bind_marks(PartedText& parted, const DocumentWords& words);
// Mends the gaps that a PDF's spacing leaves inside words.
void mend_gaps(PartedText& parted, const DocumentWords& words);

PartedText read_lines(std::string_view text, const DocumentWords& words, bool& paged);

}  // namespace stocktake
