#include "partnership/texts/label.h"

#include <algorithm>
#include <array>

#include "partnership/texts/characters.h"

namespace stocktake {
namespace {

// The order of the letters in lists. Cyrillic: the alphabet without ё, й, ъ, ы, ь, as Russian texts number (own choice: й is
// taken too). Arabic: the abjad order of the official texts.
constexpr std::u32string_view cyrillic = U"абвгдежзиклмнопрстуфхцчшщэюя";
constexpr std::u32string_view abjad = U"أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";
constexpr std::u32string_view chinese = U"一二三四五六七八九十";

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const Character c = character_at(text, at);
    if (c.value != ' ' && c.value != '\t' && c.value != 0xA0 && c.value != 0x3000 && c.value != 0x2002 && c.value != 0x2003)
      break;
    at += c.length;
  }
  return at;
}

// The digit's value in Latin or Arabic-Indic figures; -1 for another character.
int digit_value(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  return c >= 0x660 && c <= 0x669 ? static_cast<int>(c - 0x660) : -1;
}

bool blank_or_end(std::string_view text, std::size_t at) { return at >= text.size() || skip_blanks(text, at) > at; }

Label make(LabelKind kind, std::string text, int value, std::string_view whole, std::size_t at) {
  return {kind, std::move(text), value, skip_blanks(whole, at)};
}

Label numbered(std::string_view text) {
  std::size_t at = 0;
  int value = 0, digits = 0;
  std::string printed;
  for (Character c = character_at(text, at); digit_value(c.value) >= 0 && digits < 4; c = character_at(text, at)) {
    value = value * 10 + digit_value(c.value);
    printed += static_cast<char>('0' + digit_value(c.value));
    at += c.length;
    ++digits;
  }
  if (digits == 0 || digits > 3) return {};
  const Character stop = character_at(text, at);
  const std::size_t behind = at + stop.length;
  if (stop.value == ')' || stop.value == 0xFF09) {
    return blank_or_end(text, behind) ? make(LabelKind::item, printed, value, text, behind) : Label{};
  }
  if (stop.value == '.') {
    std::size_t end = behind;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end == behind && end < text.size() && is_lower(text[end])) ++end;
    if (end > behind) {  // "1.2", "17.a": "1.2 By 2030", not "0.7 per cent" (a target's number is followed by a capital)
      const std::string_view inner = text.substr(0, end);
      if (end < text.size() && text[end] == '.') ++end;
      if (value == 0 || end - behind > 3 || !blank_or_end(text, end) ||
          !begins_large(text.substr(skip_blanks(text, end)).substr(0, 4)) || end >= text.size() ||
          is_digit(text[std::min(skip_blanks(text, end), text.size() - 1)])) {
        return {};
      }
      return make(LabelKind::several, std::string(inner), value, text, end);
    }
    const char32_t next = character_at(text, behind).value;
    if (blank_or_end(text, behind) || is_wide(next) || (next < 0x80 && is_upper(static_cast<char>(next))) || next >= 0x400) {
      return make(LabelKind::number, printed, value, text, behind);
    }
    return {};
  }
  if (stop.value == 0xFF0E || stop.value == 0x3001) return make(LabelKind::number, printed, value, text, behind);
  // Arabic texts number "1 - "; a range of years has no letter behind its dash.
  const std::size_t dash = skip_blanks(text, at);
  const Character line = character_at(text, dash);
  if (line.value == '-' || line.value == 0x2013) {
    const std::size_t word = skip_blanks(text, dash + line.length);
    const char32_t letter = character_at(text, word).value;
    if (word > dash + line.length && letter >= 0x600 && letter < 0x780)
      return make(LabelKind::number, printed, value, text, word);
  }
  // "59 (b).": a paragraph quoted under its place in another document.
  const std::size_t open = skip_blanks(text, at);
  if (open + 3 < text.size() && text[open] == '(' && is_lower(text[open + 1]) && text[open + 2] == ')' && text[open + 3] == '.') {
    return make(LabelKind::number, printed + "(" + text[open + 1] + ")", value, text, open + 4);
  }
  return {};
}

bool in_list(std::string_view inner) { return letter_place(inner) > 0 || roman_place(inner) > 0 || number_place(inner) > 0; }

Label bracketed(std::string_view text) {
  const Character open = character_at(text, 0);
  if (open.value != '(' && open.value != 0xFF08) return {};
  std::size_t at = open.length;
  while (at < text.size() && at < 20) {
    const Character c = character_at(text, at);
    if (c.value == ')' || c.value == 0xFF09) {
      const std::string_view inner = text.substr(open.length, at - open.length);
      const std::size_t behind = at + c.length;
      const bool apart =
          blank_or_end(text, behind) || is_wide(character_at(text, behind).value) || character_at(text, behind).value >= 0x400;
      return in_list(inner) && inner.size() < 13 && apart
                 ? make(LabelKind::item, std::string(inner), number_place(inner), text, behind)
                 : Label{};
    }
    at += c.length;
  }
  return {};
}

// "a)", "a.", "iv.", "I.", "A.", and a Roman number or a capital alone on its line.
Label lettered(std::string_view text) {
  std::size_t at = 0;
  std::size_t letters = 0;
  while (at < text.size() && letters < 6) {
    const Character c = character_at(text, at);
    const bool letter = c.value < 0x80 ? is_letter(static_cast<char>(c.value))
                                       : (c.value >= 0x410 && c.value <= 0x44F) || (c.value >= 0x621 && c.value <= 0x64A);
    if (!letter) break;
    at += c.length;
    ++letters;
  }
  if (letters == 0 || letters > 5) return {};
  const std::string_view inner = text.substr(0, at);
  const bool large = begins_large(inner) && static_cast<unsigned char>(inner[0]) < 0x80;
  if (at == text.size()) {
    return large && (roman_place(inner) > 0 || letters == 1) ? make(LabelKind::part, std::string(inner), 0, text, at) : Label{};
  }
  const char stop = text[at];
  if ((stop != '.' && stop != ')') || !blank_or_end(text, at + 1)) return {};
  if (large) {
    return stop == '.' && (roman_place(inner) > 0 || letters == 1) ? make(LabelKind::part, std::string(inner), 0, text, at + 1)
                                                                   : Label{};
  }
  return in_list(inner) && (letters <= 2 || roman_place(inner) > 0) ? make(LabelKind::item, std::string(inner), 0, text, at + 1)
                                                                    : Label{};
}

Label bulleted(std::string_view text) {
  const Character c = character_at(text, 0);
  switch (c.value) {
    case 0x2022:
    case 0xB7:
    case 0x25CF:
    case 0x25AA:
    case 0x25A0:
    case 0x25CB:
    case 0x25E6:
    case 0xF0B7:
    case 0x2023: return make(LabelKind::bullet, {}, static_cast<int>(c.value), text, c.length);
    case '-':
    case 0x2013:
    case 0x2014:
    case '*':
      return blank_or_end(text, c.length) && text.size() > c.length
                 ? make(LabelKind::bullet, {}, static_cast<int>(c.value), text, c.length)
                 : Label{};
    default: return {};
  }
}

}  // namespace

Label read_label(std::string_view text) {
  if (text.empty()) return {};
  for (const auto& reader : {numbered, bracketed, lettered, bulleted}) {
    Label label = reader(text);
    if (label.kind != LabelKind::none) return label;
  }
  return {};
}

int letter_place(std::string_view label) {
  if (label.empty()) return 0;
  const Character c = character_at(label, 0);
  for (std::size_t i = c.length; i < label.size(); i += c.length) {  // "aa" follows "z"
    if (label.substr(i, c.length) != label.substr(0, c.length)) return 0;
  }
  const int round = static_cast<int>(label.size() / c.length) - 1;
  if (round > 2) return 0;
  if (c.value < 0x80) {
    const char low = static_cast<char>(c.value | 0x20U);
    return is_lower(low) ? round * 26 + low - 'a' + 1 : 0;
  }
  const char32_t small = c.value >= 0x410 && c.value <= 0x42F ? c.value + 0x20 : c.value == 0x627 ? 0x623 : c.value;
  for (const std::u32string_view row : {cyrillic, abjad}) {
    const std::size_t place = row.find(small);
    if (place != std::u32string_view::npos) return round * static_cast<int>(row.size()) + static_cast<int>(place) + 1;
  }
  return 0;
}

int roman_place(std::string_view label) {
  if (label.empty() || label.size() > 6) return 0;
  const auto value_of = [](char c) {
    switch (c | 0x20) {
      case 'i': return 1;
      case 'v': return 5;
      case 'x': return 10;
      case 'l': return 50;
      case 'c': return 100;
      default: return 0;
    }
  };
  int sum = 0;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const int value = value_of(label[i]), next = i + 1 < label.size() ? value_of(label[i + 1]) : 0;
    if (value == 0) return 0;
    sum += value < next ? -value : value;
  }
  return sum;
}

int number_place(std::string_view label) {
  int value = 0;
  for (std::size_t i = 0; i < label.size();) {
    const Character c = character_at(label, i);
    const int digit = digit_value(c.value);
    if (digit < 0) {
      const std::size_t place = chinese.find(c.value);
      return i == 0 && label.size() == c.length && place != std::u32string_view::npos ? static_cast<int>(place) + 1 : 0;
    }
    value = value * 10 + digit;
    if (value > 999) return 0;
    i += c.length;
  }
  return value;
}

}  // namespace stocktake
