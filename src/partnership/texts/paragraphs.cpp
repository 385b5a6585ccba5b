#include <algorithm>
#include <array>
#include <utility>

#include "partnership/texts/characters.h"
#include "partnership/texts/label.h"
#include "partnership/texts/lines.h"

namespace stocktake {
namespace {

std::string_view first_word(std::string_view text) { return text.substr(0, std::min(text.find(' '), text.size())); }

// The part of a line before a gap of three blanks, and the rest without the gap.
std::string_view cut_column(std::string_view& rest) {
  const std::size_t gap = rest.find("   ");
  const std::string_view column = rest.substr(0, gap);
  rest =
      gap == std::string_view::npos ? std::string_view() : rest.substr(std::min(rest.find_first_not_of(' ', gap), rest.size()));
  return column;
}

class Joiner {
 public:
  Joiner(const TextLines& lines, const DocumentWords& words) : lines_(lines), words_(words) {}

  std::vector<Part> join() {
    measure();
    const std::size_t front = front_end(lines_, words_);
    parts_.reserve(lines_.lines.size() / 3 + 8);
    for (std::size_t i = 0; i < front; ++i) {
      const TextLine& line = lines_.lines[i];
      std::string_view rest = lines_.of(line);
      bool first = true;
      while (!rest.empty()) {
        const std::string_view column = lines_.layout ? cut_column(rest) : std::exchange(rest, {});
        begin(line, column);
        parts_.back().blank = first && line.blank;
        first = false;
      }
    }
    for (std::size_t i = front; i < lines_.lines.size(); ++i) {
      const TextLine& line = lines_.lines[i];
      const std::string_view text = lines_.of(line);
      if (i == front || starts(i, text)) {
        begin(line, text);
      } else {
        continue_with(line, text);
      }
      last_ = &line;
    }
    return std::move(parts_);
  }

 private:
  // The left edge of each page's text, and how wide the text is set; 0 where a line is a whole paragraph.
  void measure() {
    edges_.assign(lines_.pages, 0);
    std::vector<std::array<std::uint32_t, 48>> counts(lines_.layout ? lines_.pages : 0);
    std::array<std::uint32_t, 401> widths{};
    for (const TextLine& line : lines_.lines) {
      if (lines_.layout && line.indent < 48) ++counts[line.page][line.indent];
      const std::size_t bytes = line.end - line.begin;
      ++widths[std::min<std::size_t>(lines_.layout || bytes > 540 ? bytes : columns(lines_.of(line)), 400)];
    }
    for (std::size_t page = 0; page < counts.size(); ++page) {
      const auto most = std::max_element(counts[page].begin(), counts[page].end());
      edges_[page] = static_cast<std::uint32_t>(most - counts[page].begin());
    }
    std::size_t seen = 0, width = 400;
    for (; width > 0; --width) {
      seen += widths[width];
      if (seen * 20 > lines_.lines.size()) break;
    }
    width_ = width > 180 ? 0 : width;
  }

  // "Annex", "Annex II", "Annex B" alone on a line: its title is the next one.
  bool annex_line(std::string_view text) const {
    const std::size_t length = begins_with(text, words_.annex);
    if (length == 0) return false;
    std::string_view rest = text.substr(length);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    return rest.empty() || roman_place(rest) > 0 || number_place(rest) > 0 || (rest.size() == 1 && is_upper(rest[0]));
  }

  bool starts(std::size_t i, std::string_view text) {
    const TextLine& line = lines_.lines[i];
    const Part& open = parts_.back();
    const Ending ending = text_ending(open.text);
    const bool blank = line.blank && !line.apart;
    const bool indented = lines_.layout && line.indent >= edges_[line.page] + 2 &&
                          (line.apart || last_ == nullptr || line.indent >= last_->indent + 2 || blank);
    if (speaker_ && part_lines_ == 1) return true;
    if ((part_lines_ == 1 && annex_line(open.text)) || (annex_line(text) && ending != Ending::none)) return true;
    const Label label = read_label(text);
    switch (label.kind) {
      case LabelKind::number:
        // A figure at the start of a line within a sentence ("2015. The") is not the next number.
        if ((ending == Ending::strong || heading_like(open)) && begins_large(text.substr(label.length))) return true;
        if (label.value == number_ + 1 && (ending != Ending::none || blank || indented || heading_like(open))) return true;
        return (blank || indented || width_ == 0) && (ending != Ending::none || heading_like(open));
      case LabelKind::several:
      case LabelKind::item:
      case LabelKind::bullet:
        if (label.kind == LabelKind::bullet && !blank && !indented && width_ > 0 && ending != Ending::strong) return false;
        return ending != Ending::none || blank || indented || ends_with_and(open.text) || heading_like(open);
      case LabelKind::part:
        if (heading_like(open)) return true;
        if (blank || line.apart || ending == Ending::strong)
          return ending != Ending::none || heading_like(open) || label.length == text.size();
        break;
      case LabelKind::none: break;
    }
    return starts_unlabelled(line, text, ending, blank, indented);
  }

  bool starts_unlabelled(const TextLine& line, std::string_view text, Ending ending, bool blank, bool indented) {
    const Part& open = parts_.back();
    const bool large = begins_large(text);
    if (text.size() < 40 && is_digit(text[0]) && (ending == Ending::strong || contains(open.text, words_.meeting)) &&
        only_date(text, words_))
      return true;
    if (open.text.size() < 40 && is_digit(open.text[0]) && only_date(open.text, words_)) return true;
    if (ending == Ending::none) {
      if (blank && heading_like(open)) return true;
      if (blank) return heads_ = !line.apart && heads_alone(line, text);
      return width_ == 0 && heading_like(open) && !line.apart;
    }
    if (blank) return ending == Ending::strong || large || !lines_.layout;
    // A heading at the top of a page: the page's end hides the blank line over it.
    if (line.apart && ending == Ending::strong && heads_alone(line, text)) return heads_ = true;
    if (lines_.layout && width_ > 0)
      return (indented && (large || ending == Ending::strong)) || (large && opens_clause(text, words_));
    if (width_ == 0) return !line.apart || ending == Ending::strong || large;
    // Wrapped lines without indents: a paragraph ends where the next word would have fitted.
    if (!large && !(words_.language == Language::ru || words_.language == Language::ar))
      return ending == Ending::strong && short_line(text);
    if (line.apart) return ending == Ending::strong || opens_clause(text, words_);
    return short_line(text) || opens_clause(text, words_);
  }

  // Short, without a stop and without a number: what stands over paragraphs.
  bool heading_like(const Part& part) const {
    return part.text.size() < 220 && part.source.end - part.source.begin < 400 && text_ending(part.text) == Ending::none &&
           read_label(part.text).kind != LabelKind::number && (labelled_ == 0 || part_lines_ <= 3) && !numbered_;
  }
  bool heads_alone(const TextLine& line, std::string_view text) const {
    const std::size_t at = static_cast<std::size_t>(&line - lines_.lines.data());
    const bool blank_behind = at + 1 >= lines_.lines.size() || lines_.lines[at + 1].blank;
    return begins_large(text) && text.size() < 120 && text_ending(text) == Ending::none && blank_behind;
  }
  bool ends_with_and(std::string_view text) const {
    const std::size_t blank = text.rfind(' ');
    const std::string_view word = blank == std::string_view::npos ? text : text.substr(blank + 1);
    return std::find(words_.suspended.begin(), words_.suspended.end(), word) != words_.suspended.end();
  }
  bool short_line(std::string_view next) const {
    return last_ != nullptr && columns(lines_.of(*last_)) + 1 + columns(first_word(next)) + width_ / 12 < width_;
  }
  void begin(const TextLine& line, std::string_view text) {
    Part part;
    part.sure = false;
    part.heading = std::exchange(heads_, false);
    part.blank = line.blank || line.apart;
    part.line = line.line;
    part.source = {line.begin, line.end};
    part.page = line.page;
    part.text.reserve(text.size() * (width_ == 0 ? 1 : 4) + 16);
    parts_.push_back(std::move(part));
    append_clean(parts_.back().text, text);
    part_lines_ = 1;
    speaker_ = text.size() < 120 && opener_length(text, words_) + 3 >= text.size();
    const Label label = read_label(text);
    numbered_ = label.kind == LabelKind::number || label.kind == LabelKind::item || label.kind == LabelKind::several;
    if (label.kind == LabelKind::number) {
      number_ = label.value;
      ++labelled_;
    } else if (begins_with(text, words_.annex) > 0 && text.size() < 30) {
      number_ = 0;
    }
  }

  void continue_with(const TextLine& line, std::string_view text) {
    Part& part = parts_.back();
    // "multi-" at the end of a line belongs to "stakeholder" on the next; "medium-" before "and" stays apart.
    const bool hyphen = part.text.size() > 1 && part.text.back() == '-' && part.text[part.text.size() - 2] != ' ' &&
                        !text.empty() &&
                        (is_letter(text[0]) || is_digit(text[0]) || static_cast<unsigned char>(text[0]) >= 0x80) &&
                        std::find(words_.suspended.begin(), words_.suspended.end(), first_word(text)) == words_.suspended.end();
    if (part.text.ends_with("\xC2\xAD")) {
      part.text.resize(part.text.size() - 2);
      append_clean(part.text, text);
    } else if (hyphen) {
      append_clean(part.text, text);
    } else {
      append_clean_spaced(part.text, text);
    }
    part.source.end = line.end;
    ++part_lines_;
  }

  static void append_clean_spaced(std::string& into, std::string_view text) {
    append_spaced(into, text.substr(0, character_at(text, 0).length));
    append_clean(into, text.substr(std::min(character_at(text, 0).length, text.size())));
  }

  // Nothing to clean in eight bytes and at the start of the ninth: no byte but printable ASCII, no two blanks.
  static bool plain(const char* text) {
    const std::uint64_t bytes = eight_bytes(text);
    if (any_high(bytes) || any_below(bytes, 0x20)) return false;
    const std::uint64_t behind = (bytes >> 8U) | (static_cast<std::uint64_t>(static_cast<unsigned char>(text[8])) << 56U);
    return !any_below((bytes ^ each_byte(' ')) | (behind ^ each_byte(' ')), 1);
  }

  // The text with one blank for each run of blanks, without soft hyphens.
  static void append_clean(std::string& into, std::string_view text) {
    static constexpr auto special = [] {  // bytes that blanks and soft hyphens may begin with
      std::array<bool, 256> table{};
      for (const unsigned byte : {0x09U, 0x0BU, 0x0CU, 0x0DU, 0x20U, 0xC2U, 0xE3U}) table[byte] = true;
      return table;
    }();
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      while (i + 9 <= text.size() && plain(text.data() + i)) i += 8;
      const auto c = static_cast<unsigned char>(text[i]);
      if (!special[c]) continue;
      const bool run = c == ' ' && i + 1 < text.size() && text[i + 1] == ' ';
      if (c != '\t' && c != '\r' && c != '\f' && c != '\v' && c != 0xC2 && c != 0xE3 && !run) continue;
      std::size_t length = 0;
      bool blank = true;
      if (c == 0xC2) {
        length = text.substr(i, 2) == "\xC2\xA0" || text.substr(i, 2) == "\xC2\xAD" ? 2 : 0;
        blank = text.substr(i, 2) == "\xC2\xA0";
      } else if (c == 0xE3) {
        length = text.substr(i, 3) == "\xE3\x80\x80" ? 3 : 0;
      } else {
        length = 1;
      }
      if (length == 0) continue;
      into += text.substr(from, i - from);
      std::size_t end = i + length;
      while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
      if ((blank || end > i + length) && !into.empty() && into.back() != ' ') into += ' ';
      from = end;
      i = end - 1;
    }
    into += text.substr(from);
  }

  const TextLines& lines_;
  const DocumentWords& words_;
  std::vector<Part> parts_;
  std::vector<std::uint32_t> edges_;
  std::size_t width_ = 0, part_lines_ = 0, labelled_ = 0;
  int number_ = 0;
  bool numbered_ = false, speaker_ = false, heads_ = false;
  const TextLine* last_ = nullptr;
};

}  // namespace

bool opens_clause(std::string_view text, const DocumentWords& words) {
  const std::string_view word = first_word(text);
  return std::find(words.preamble_openers.begin(), words.preamble_openers.end(), word) != words.preamble_openers.end() ||
         std::any_of(words.preamble_endings.begin(), words.preamble_endings.end(),
                     [&](const std::string& end) { return word.ends_with(end); });
}

std::size_t opener_length(std::string_view text, const DocumentWords& words) {
  for (const auto& body : words.bodies) {
    const std::size_t length = begins_with(text, body.openers);
    if (length == 0) continue;
    const std::string_view rest = text.substr(length);
    if (rest.empty() || ending_of(character_at(rest, 0).value) == Ending::weak) return length;
  }
  // Another body: "The Conference of the Parties," alone on its line.
  if (text.size() < 90 && begins_with(text, words.opener_prefix) > 0) {
    const Character last = character_before(text, text.size());
    if (ending_of(last.value) == Ending::weak && text.find(',') == text.size() - 1 &&
        begins_large(text.substr(begins_with(text, words.opener_prefix)))) {
      return text.size() - last.length;
    }
  }
  return 0;
}

std::size_t front_end(const TextLines& lines, const DocumentWords& words) {
  const std::size_t most = std::min<std::size_t>(lines.lines.size(), 150);
  // The organ's name stands alone in the head too, without a comma: there it is followed by more of the head.
  std::size_t named = most;
  bool adopted = false;
  for (std::size_t i = 0; i < most; ++i) {
    const std::string_view text = lines.of(lines.lines[i]);
    adopted = adopted || begins_with(text, words.adopted) > 0 || contains(text, words.adopted) || text.front() == '[';
    const std::size_t length = opener_length(text, words);
    if (length > 0 && (length < text.size() || adopted)) return i;
    if (length > 0 && named == most) named = i;
    const Label label = read_label(text);
    if (label.kind == LabelKind::number && label.value == 1) return i;
    if (begins_with(text, words.we) > 0) return i;
  }
  if (named < most && named > 2) return named;
  // A text without a head: it begins with its first paragraph of some length.
  std::size_t length = 0, begin = 0;
  for (std::size_t i = 0; i < most; ++i) {
    if (lines.lines[i].blank || lines.lines[i].apart) {
      begin = i;
      length = 0;
    }
    length += lines.lines[i].end - lines.lines[i].begin;
    if (length > 160 || text_ending(lines.of(lines.lines[i])) == Ending::weak) return begin;
  }
  return 0;
}

std::vector<Part> join_lines(const TextLines& lines, const DocumentWords& words) { return Joiner(lines, words).join(); }

}  // namespace stocktake
