// The number that a paragraph or an item begins with: "14.", "(a)", "iv)", "1.2", "•".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stocktake {

enum class LabelKind : std::uint8_t {
  none,
  number,   // "14." of a paragraph
  several,  // "1.2", "17.a"
  item,     // "(a)", "a)", "a.", "(i)", "(1)", "1)", "（一）"
  part,     // "I.", "II", "A.": of a heading
  bullet,   // "•", "–"
};

struct Label {
  LabelKind kind = LabelKind::none;
  std::string text;        // as printed, without stops and brackets
  int value = 0;           // of numbers
  std::size_t length = 0;  // bytes, with the blanks behind it
};

// The label at the start of a text; kind none where there is none.
Label read_label(std::string_view text);

// The place of an item's label in its row, in the several ways it can be read; 0 where it cannot be read so. "i" is the ninth
// letter and the first Roman number.
int letter_place(std::string_view label);   // a, b, ... z, aa, bb; Cyrillic and Arabic letters of the official lists
int roman_place(std::string_view label);    // i, ii, iv (any case)
int number_place(std::string_view label);   // 1, 2; 一, 二

}  // namespace stocktake
