#include "partnership/texts/decode.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/error.h"
#include "base/utf8.h"
#include "partnership/texts/characters.h"

namespace stocktake {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::size_t most_places = 20;  // faults of one kind that are listed one by one

std::string lower_ascii(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return text;
}

std::size_t ascii_length(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    if ((word & 0x8080808080808080ULL) != 0) break;
  }
  while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i;
}

// The length of the well-formed character at the start of a text that is not empty; 0 when there is none.
std::size_t well_formed(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first < 0xF5 && first >= 0xF0 ? 4
                                                             : 0;
  if (length == 0 || length > text.size()) return 0;
  const auto second = length > 1 ? static_cast<unsigned char>(text[1]) : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80) return 0;
  }
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || (first == 0xF0 && second < 0x90) ||
      (first == 0xF4 && second > 0x8F)) {
    return 0;
  }
  return length;
}

struct Count {
  std::size_t good = 0, bad = 0;  // characters of several bytes, bytes that are part of none
};

Count count_utf8(std::string_view text) {
  Count count;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t i = 0; i < text.size();) {
    if (byte(i) < 0x80) {
      i += ascii_length(text.substr(i));
      continue;
    }
    // Three bytes without the two rows that have gaps: nearly all of a Chinese text.
    while (i + 3 <= text.size() && (byte(i) & 0xF0U) == 0xE0 && byte(i) != 0xE0 && byte(i) != 0xED &&
           (byte(i + 1) & 0xC0U) == 0x80 && (byte(i + 2) & 0xC0U) == 0x80) {
      ++count.good;
      i += 3;
    }
    if (i >= text.size() || byte(i) < 0x80) continue;
    const std::size_t length = well_formed(text.substr(i));
    (length == 0 ? count.bad : count.good)++;
    i += std::max<std::size_t>(length, 1);
  }
  return count;
}

void mend(std::string_view text, DecodedText& out) {
  std::size_t at = 0, bad = 0;
  while (at < text.size()) {
    const std::size_t ascii = ascii_length(text.substr(at));
    out.own += text.substr(at, ascii);
    at += ascii;
    if (at >= text.size()) break;
    const std::size_t length = well_formed(text.substr(at));
    if (length > 0) {
      out.own += text.substr(at, length);
      at += length;
      continue;
    }
    if (++bad <= most_places) {
      TextFault fault;
      place_of(text, at, fault.line, fault.column);
      fault.problem = "a byte is no part of a UTF-8 character";
      fault.remedy = "It was read as U+FFFD; save the text as UTF-8 again from its source";
      out.faults.push_back(std::move(fault));
    }
    out.own += replacement;
    ++at;
  }
  if (bad > most_places) {
    out.faults.push_back(
        {0, 0, std::to_string(bad) + " bytes are no part of UTF-8 characters", "Save the text as UTF-8 again from its source"});
  }
}

// An encoding's name behind `key` in the first bytes: <?xml encoding="...">, <meta charset=...>.
std::string named_encoding(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 1024);
  if (head.find('<') == std::string_view::npos) return {};
  for (const std::string_view key : {"encoding=", "charset="}) {
    std::size_t at = head.find(key);
    if (at == std::string_view::npos) continue;
    at += key.size();
    while (at < head.size() && (head[at] == '"' || head[at] == '\'' || head[at] == ' ')) ++at;
    const std::size_t end = std::min(head.find_first_of("\"'; />?", at), head.size());
    if (end > at && end - at < 40) return std::string(head.substr(at, end - at));
  }
  return {};
}

std::string detected_encoding(std::string_view bytes, std::optional<Language> language) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status), &ucsdet_close);
  if (U_FAILURE(status) != 0) return "windows-1252";
  const std::string_view sample = bytes.substr(0, 1U << 16U);
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &status);
  int32_t found = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &found, &status);
  if (U_FAILURE(status) != 0 || found == 0) return "windows-1252";
  const auto speaks = [&](const char* spoken, Language wanted) { return std::string_view(spoken) == code(wanted); };
  int32_t best = 0;
  if (language) {  // the reader said which language it is: of the encodings found, one for that language goes first
    for (int32_t i = 0; i < found; ++i) {
      const char* spoken = ucsdet_getLanguage(matches[i], &status);
      if (spoken != nullptr && speaks(spoken, *language)) {
        best = i;
        break;
      }
    }
  }
  const char* name = ucsdet_getName(matches[best], &status);
  return name == nullptr || std::string_view(name) == "UTF-8" ? "windows-1252" : name;
}

bool convert(std::string_view bytes, const std::string& encoding, DecodedText& out) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open(encoding.c_str(), &status), &ucnv_close);
  if (U_FAILURE(status) != 0) return false;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> to(ucnv_open("UTF-8", &status), &ucnv_close);
  if (U_FAILURE(status) != 0) return false;
  out.own.resize(bytes.size() * 3 + 16);
  char* target = out.own.data();
  const char* source = bytes.data();
  ucnv_convertEx(to.get(), from.get(), &target, out.own.data() + out.own.size(), &source, bytes.data() + bytes.size(), nullptr,
                 nullptr, nullptr, nullptr, 1, 1, &status);
  if (U_FAILURE(status) != 0) return false;
  out.own.resize(static_cast<std::size_t>(target - out.own.data()));
  return valid_utf8(out.own);
}

// "UTF-16LE", "UTF-16BE" by its mark, or by the zeros of its blanks and letters; "" for anything else.
std::string wide_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (bytes.starts_with("\xFE\xFF")) return "UTF-16BE";
  const std::string_view head = bytes.substr(0, 4096);
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '\0') (i % 2 == 0 ? even : odd)++;
  }
  // Chinese text in UTF-16 has zeros only in its blanks, line ends and figures: one in thirty is enough.
  if (odd > head.size() / 60 && odd > 20 * even) return "UTF-16LE";
  if (even > head.size() / 60 && even > 20 * odd) return "UTF-16BE";
  return {};
}

void drop_direction_marks(DecodedText& out) {
  const auto mark_at = [&](std::size_t i) -> std::size_t {
    const auto first = static_cast<unsigned char>(out.text[i]);
    if (first != 0xE2 && first != 0xD8) return 0;
    const Character c = character_at(out.text, i);
    return is_direction_mark(c.value) ? c.length : 0;
  };
  const auto none_of_eight = [&](std::size_t i) {  // of the two bytes that a mark begins with
    const std::uint64_t eight = eight_bytes(out.text.data() + i);
    return !any_below(eight ^ each_byte(0xE2), 1) && !any_below(eight ^ each_byte(0xD8), 1);
  };
  std::size_t from = 0;
  while (from < out.text.size() && mark_at(from) == 0) {
    ++from;
    while (from + 8 <= out.text.size() && none_of_eight(from)) from += 8;
  }
  if (from == out.text.size()) return;
  std::string kept(out.text.substr(0, from));
  for (std::size_t i = from; i < out.text.size();) {
    const std::size_t mark = mark_at(i);
    if (mark == 0) kept += out.text[i];
    i += mark == 0 ? 1 : mark;
  }
  out.own = std::move(kept);  // the old text is no longer read
  out.text = out.own;
  out.skipped = 0;
}

}  // namespace

void place_of(std::string_view text, std::size_t at, std::uint64_t& line, std::uint64_t& column) {
  at = std::min(at, text.size());
  line = 1 + static_cast<std::uint64_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  const std::size_t begin = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  column = at - (begin == std::string_view::npos ? 0 : begin + 1) + 1;
}

DecodedText decode(std::string_view bytes, std::optional<Language> language) {
  DecodedText out;
  const std::string wide = wide_encoding(bytes);
  std::string encoding = wide;
  if (encoding.empty()) {
    std::string_view text = bytes;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    out.skipped = bytes.size() - text.size();
    const Count count = count_utf8(text);
    if (count.bad == 0) {
      out.text = text;
    } else if (out.skipped > 0 || count.good > 2 * count.bad) {
      mend(text, out);
      out.text = out.own;
    } else {
      encoding = named_encoding(bytes);
      if (encoding.empty() || lower_ascii(encoding) == "utf-8") encoding = detected_encoding(bytes, language);
    }
  }
  if (!encoding.empty()) {
    if (!convert(bytes, encoding, out) && !convert(bytes, encoding = "windows-1252", out)) {
      throw Error(ErrorKind::input, "the text's encoding is not known", "Save the text as UTF-8");
    }
    out.skipped = 0;
    out.text = out.own;
    if (out.text.starts_with("\xEF\xBB\xBF")) out.text.remove_prefix(3);
    TextFault fault{1, 1, "the text is not UTF-8 but, it seems, " + encoding,
                    "It was converted; check its letters, or save it as UTF-8"};
    const std::size_t bad = out.text.find(replacement);
    if (bad != std::string_view::npos) {
      place_of(out.text, bad, fault.line, fault.column);
      fault.problem += ", and not all of its bytes are characters of that encoding";
    }
    out.faults.push_back(std::move(fault));
  }
  if (out.text.find('\0') != std::string_view::npos) {  // no character of a text
    out.own = std::string(out.text);
    std::replace(out.own.begin(), out.own.end(), '\0', ' ');
    out.text = out.own;
  }
  drop_direction_marks(out);
  return out;
}

}  // namespace stocktake
