// What is special to Arabic print: signs that do not change a word, digits, and numbers whose groups stand in the order of the
// line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake {

// A text without vowel signs (U+064B to U+0652) and the stroke that stretches a word (U+0640): printed or not, the word is the
// same. Arabic-Indic digits become 0 to 9, their decimal sign (U+066B) a point.
struct BareText {
  std::string text;
  std::vector<std::uint32_t> places;  // of each byte, and of the end, in the text as printed
};
bool has_arabic_signs(std::string_view text);  // or digits
BareText without_arabic_signs(std::string_view text);
// The digits alone are changed.
std::string latin_digits(std::string_view text);

// "875 042 24" is 24,042,875: the groups of a number, parted by spaces, are typed in the order in which a line from right to left
// shows them. Seen in documents of 2015 beside the other languages (UN Parallel Corpus). The end of the number and its value;
// `end` is `begin` where there are no such groups: they have three digits each, the last may have fewer.
struct GroupedNumber {
  std::size_t end = 0;
  double value = 0;
};
GroupedNumber reversed_groups(std::string_view text, std::size_t begin);

}  // namespace stocktake
