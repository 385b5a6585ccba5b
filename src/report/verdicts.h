// How a verdict looks and reads: a class of the style sheet, a drawing, a character and words. Never colour alone.
#pragma once

#include <string>
#include <string_view>

#include "assess/assessment.h"
#include "base/translate.h"

namespace stocktake {

// The two rules by which each row is judged.
enum class ChartRule { mdg, sdg };
inline Verdict verdict_of(const Assessment& row, ChartRule rule) { return rule == ChartRule::mdg ? row.mdg : row.sdg; }
std::string_view to_string(ChartRule rule);  // "mdg", "sdg"

std::string_view verdict_class(Verdict verdict);  // "met", "slow", …: m-met colours a cell by the MDG rule, s-met by the SDG rule
std::string_view verdict_icon(Verdict verdict);                // markup that draws it, from the page's own symbols
std::string_view verdict_symbol(Verdict verdict, bool ascii);  // one column of a terminal
std::string_view verdict_colour(Verdict verdict);              // ANSI escape
std::string verdict_word(const Translator& words, Verdict verdict, ChartRule rule);      // for a cell, one or two words
std::string verdict_sentence(const Translator& words, Verdict verdict, ChartRule rule);  // for the legend
// The <symbol> elements that verdict_icon refers to; once a page.
std::string_view verdict_drawings();

}  // namespace stocktake
