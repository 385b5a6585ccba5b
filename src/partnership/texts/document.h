// A resolution, declaration or outcome document as its numbered parts: what every reader of a text format makes, and all that the
// reading of a clause needs. Texts are UTF-8, one space between words, without the line breaks, page headers and hyphens of a
// page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/language.h"

namespace stocktake {

// Bytes of a text, [begin, end).
struct TextSpan {
  std::uint32_t begin = 0, end = 0;
  bool operator==(const TextSpan&) const = default;
};

enum class ClauseKind : std::uint8_t {
  preambular,  // of the preamble: "Recalling its resolution ...,"
  operative,   // a numbered paragraph, or the only unnumbered one
  item,        // (a), (i), a bullet: part of the clause `parent`
};

struct Clause {
  ClauseKind kind = ClauseKind::operative;
  std::string number;      // as printed, without stops and brackets: "14", "a", "ii"; "" where none is printed
  std::string path;        // unique in the document: "pp3" (third preambular), "14", "14(a)", "14(a)(ii)"; a second 14 is "14#2"
  int parent = -1;         // index of the clause that an item belongs to
  std::string heading;     // the nearest heading above; "" where there is none
  std::string annex;       // "annex", "annex II"; "" in the body of the resolution
  std::string text;        // without the number and without footnote marks
  std::vector<int> notes;  // indices of the footnotes whose marks stand in the text
  std::uint64_t line = 0;  // of the source, from 1
  TextSpan source;         // bytes of the source that the clause was read from, footnotes and page headers between included
};

struct FootnoteText {
  std::string mark;  // "1", "8", "*"
  std::string text;
  std::uint64_t line = 0;  // of the source
};

// What was odd in the source, and what was done about it: a missing footnote, a number that comes twice, a broken encoding.
struct TextFault {
  std::uint64_t line = 0, column = 0;
  std::string problem, remedy;
};

struct ResolutionText {
  std::string file, format;  // "plain", "pdftotext", "html", "docx", "akn4un"
  Language language = Language::en;
  std::string symbol;                     // "A/RES/68/6"; "" where the text does not say
  std::string number;                     // "68/6"
  std::string title;                      // without the number
  std::string body;                       // who speaks: "General Assembly", as printed; "" unknown
  std::optional<int> session;             // 68
  std::string session_text;               // as printed: "Seventy-eighth session"
  std::optional<Date> adopted;            // day of adoption
  std::optional<Date> issued;             // "Distr.: General, 28 January 2014"
  std::vector<std::string> agenda_items;  // "14", "118"
  std::string basis;                      // "[on the report of the Second Committee (A/78/460, para. 12)]" without the brackets
  std::string meeting;                    // "32nd plenary meeting", as printed
  std::vector<std::string> headings;
  std::vector<Clause> clauses;  // in the order of the text; items follow their parent
  std::vector<FootnoteText> footnotes;
  std::vector<TextFault> faults;
  std::string hash;  // BLAKE2b-256 (hex) of the source's bytes
};

// Reads a text in any of the known formats; the format and the language are recognised from the bytes. Throws Error(not_found)
// for a file that is not there, Error(input) for one that holds no text at all, an unknown or encrypted container, an XML bomb or
// an external entity. Everything else that is odd becomes a fault of the document, and the rest is read.
ResolutionText read_resolution(const std::string& path, std::optional<Language> language = {});
// The same for bytes in hand (tests, fuzzing, the benchmark); `name` stands for the file.
ResolutionText read_resolution_text(std::string_view bytes, const std::string& name, std::optional<Language> language = {});

}  // namespace stocktake
