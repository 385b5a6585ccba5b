#include <algorithm>

#include "partnership/texts/arabic.h"
#include "partnership/texts/characters.h"
#include "partnership/texts/label.h"
#include "partnership/texts/lines.h"
#include "partnership/texts/structure.h"

namespace stocktake {
namespace {

// "68/6.", "69/305 A.", "2334 (2016).", "S-27/2.", "217 (III)." at the start of a text.
struct Number {
  std::string text;
  std::size_t length = 0;
};

Number number_at(std::string_view text) {
  std::size_t at = 0, slashes = 0, digits = 0;
  while (at < text.size() &&
         (is_digit(text[at]) || text[at] == '/' || ((text[at] == '-' || is_upper(text[at])) && slashes == 0 && at < 4))) {
    slashes += text[at] == '/' ? 1 : 0;
    digits += is_digit(text[at]) ? 1 : 0;
    ++at;
  }
  if (digits == 0 || slashes > 1) return {};
  std::size_t end = at;
  if (slashes == 1) {
    while (end + 1 < text.size() && text[end] == ' ' && is_upper(text[end + 1]) &&
           (end + 2 >= text.size() || !is_letter(text[end + 2])))
      end += 2;
  } else {
    if (end + 2 >= text.size() || text[end] != ' ' || text[end + 1] != '(') return {};
    const std::size_t close = text.find(')', end);
    if (close == std::string_view::npos || close - end > 10) return {};
    end = close + 1;
  }
  std::size_t behind = end;
  if (behind < text.size() && (text[behind] == '.' || text.substr(behind).starts_with("\xEF\xBC\x8E"))) {
    behind += text[behind] == '.' ? 1 : 3;
  } else if (behind < text.size() && slashes == 0) {
    return {};
  } else if (behind < text.size() && text[behind] != ' ') {
    return {};
  }
  while (behind < text.size() && text[behind] == ' ') ++behind;
  if (text.substr(behind).starts_with("- ") || text.substr(behind).starts_with("\xE2\x80\x93 "))
    behind = std::min(text.find(' ', behind) + 1, text.size());
  return {std::string(text.substr(0, end)), behind};
}

// "第2660(2022)号决议", "Resolution 1928 (2010)" alone on its line: "2660 (2022)"; "" for anything else.
std::string yearly_number(std::string_view text, const DocumentWords& words) {
  std::size_t at = begins_with(text, words.language == Language::zh ? words.number_before : words.resolution);
  if (at == 0) return {};
  const auto number = [&] {
    while (at < text.size() && text[at] == ' ') ++at;
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return text.substr(begin, at - begin);
  };
  const auto bracket = [&](char32_t narrow, char32_t wide) {
    while (at < text.size() && text[at] == ' ') ++at;
    const Character c = character_at(text, at);
    at += c.value == narrow || c.value == wide ? c.length : 0;
    return c.value == narrow || c.value == wide;
  };
  const std::string_view first = number();
  if (first.empty() || !bracket('(', 0xFF08)) return {};
  const std::string_view year = number();
  if (year.size() != 4 || !bracket(')', 0xFF09)) return {};
  if (words.language == Language::zh ? !contains(text.substr(at), words.resolution) || text.size() > at + 16 : at < text.size())
    return {};
  return std::string(first) + " (" + std::string(year) + ")";
}

class FrontReader {
 public:
  FrontReader(PartedText& parted, const DocumentWords& words, ResolutionText& out)
      : parts_(parted.parts), words_(words), out_(out) {}

  std::size_t read(bool headed) {
    const std::size_t end = headed ? 0 : find_end();
    for (std::size_t i = 0; i < end; ++i) {
      parts_[i].text = latin_digits(parts_[i].text);
      read_part(parts_[i], i);
    }
    finish(end);
    return end;
  }

 private:
  std::size_t find_end() {
    bool adopted = false;
    std::size_t named = parts_.size();
    const std::size_t most = std::min<std::size_t>(parts_.size(), 200);
    for (std::size_t i = 0; i < most; ++i) {
      Part& part = parts_[i];
      adopted = adopted || contains(part.text, words_.adopted) || part.text.starts_with("[");
      const std::size_t length = opener_length(part.text, words_);
      if (length > 0 && (length < part.text.size() || adopted)) return opened(i, length);
      if (length > 0 && named == parts_.size()) named = i;
      const Label label = read_label(part.text);
      if (begins_with(part.text, words_.we) > 0 || (label.kind == LabelKind::number && label.value == 1)) {
        return named < i && named > 2 ? opened(named, opener_length(parts_[named].text, words_)) : i;
      }
    }
    if (named < parts_.size() && named > 2) return opened(named, opener_length(parts_[named].text, words_));
    for (std::size_t i = 0; i < most; ++i) {  // no organ, no numbers: the first paragraph that is no line of a head
      if (text_ending(parts_[i].text) != Ending::none && columns(parts_[i].text) > 60) return i;
    }
    return 0;
  }

  std::size_t opened(std::size_t i, std::size_t length) {
    Part& part = parts_[i];
    std::string name = part.text.substr(0, length);
    for (const auto& body : words_.bodies) {
      if (std::find(body.openers.begin(), body.openers.end(), name) == body.openers.end()) continue;
      if (symbol_start_.empty()) symbol_start_ = body.symbol;
      name = body.name;
      break;
    }
    const std::size_t prefix = begins_with(name, words_.opener_prefix);
    if (out_.body.empty()) out_.body = name.substr(prefix);
    std::size_t rest = length;
    while (rest < part.text.size()) {
      const Character c = character_at(part.text, rest);
      if (c.value != ' ' && ending_of(c.value) != Ending::weak) break;
      rest += c.length;
    }
    part.text.erase(0, rest);
    return part.text.empty() ? i + 1 : i;
  }

  void read_part(const Part& part, std::size_t index) {
    const std::string& text = part.text;
    if (in_basis_) return add_basis(text);
    if (text.empty()) return;
    if (text.front() == '[') return add_basis(text);
    const std::string_view symbol = symbol_at(text);
    if (!symbol.empty() && symbol.size() + 2 >= text.size()) {  // alone, or with a star that refers to a note
      if (out_.symbol.empty()) out_.symbol = std::string(symbol);
      return;
    }
    const Number number = number_at(text);
    if (number.length > 0 && out_.number.empty()) {
      out_.number = number.text;
      std::string title = text.substr(number.length);
      set_title(title, index);
      return;
    }
    if (const std::string yearly = yearly_number(text, words_); !yearly.empty()) {
      if (out_.number.empty()) out_.number = yearly;
      return;
    }
    if (title_at_ > 0 && index == title_at_ && !part.blank && !out_.title.empty()) {
      set_title(out_.title + (words_.language == Language::zh ? "" : " ") + text, index);
      return;
    }
    if (title_at_ > 0 && index == title_at_ && out_.title.empty()) return set_title(text, index);
    read_field(part, index);
  }

  void read_field(const Part& part, std::size_t index) {
    const std::string& text = part.text;
    if (begins_with(text, words_.publisher) > 0 && text.size() < 60) return;
    for (const auto& body : words_.bodies) {
      if (text == body.name) {
        if (out_.body.empty()) out_.body = body.name;
        if (symbol_start_.empty()) symbol_start_ = body.symbol;
        return;
      }
    }
    if (begins_with(text, words_.distribution) > 0) {
      if (!out_.issued) out_.issued = find_date(text, words_);
      return;
    }
    if (contains(text, words_.adopted)) {
      adopted_at_ = index + 1;
      if (!out_.adopted) out_.adopted = find_date(text, words_);
      return;
    }
    if (adopted_at_ == index && adopted_at_ > 0 && !part.blank) {  // "on 22 December 2023" on the next line
      if (!out_.adopted) out_.adopted = find_date(text, words_);
      if (out_.adopted) return;
    }
    if (const auto date = find_date(text, words_); date && text.size() < 60 && only_date(text, words_)) {
      if (!out_.issued) out_.issued = date;
      return;
    }
    if (begins_with(text, words_.agenda) > 0) return read_agenda(text.substr(begins_with(text, words_.agenda)));
    if (begins_with(text, words_.original) > 0) return;
    if (out_.session_text.empty() && text.size() < 90 && contains(text, words_.session)) {
      if (const auto session = find_ordinal(text, words_)) {
        out_.session_text = text;
        out_.session = session;
        return;
      }
    }
    candidates_.push_back(index);
  }

  // "14 和 118", "46 and 120", "60 (b)", "18 (a) and (c)".
  void read_agenda(std::string_view text) {
    if (!out_.agenda_items.empty()) return;
    std::string item;
    for (std::size_t i = 0; i < text.size();) {
      if (is_digit(text[i])) {
        std::size_t end = i;
        while (end < text.size() && is_digit(text[end])) ++end;
        item = std::string(text.substr(i, end - i));
        out_.agenda_items.push_back(item);
        i = end;
      } else if (text[i] == '(' && !item.empty() && i + 2 < text.size() && text[i + 2] == ')') {
        if (out_.agenda_items.back() == item) out_.agenda_items.pop_back();
        out_.agenda_items.push_back(item + " " + std::string(text.substr(i, 3)));
        i += 3;
      } else if (item.empty() || text[i] == ' ' || text[i] == ',' || static_cast<unsigned char>(text[i]) >= 0x80 ||
                 is_lower(text[i])) {
        ++i;
      } else {
        break;
      }
    }
  }

  void add_basis(const std::string& text) {
    append_spaced(out_.basis, text);
    in_basis_ = out_.basis.find(']') == std::string::npos && out_.basis.size() < 600;
    if (in_basis_) return;
    const std::size_t open = out_.basis.find('['), close = out_.basis.rfind(']');
    if (open != std::string::npos && close != std::string::npos && close > open)
      out_.basis = out_.basis.substr(open + 1, close - open - 1);
  }

  void set_title(const std::string& title, std::size_t index) {
    out_.title = title;
    title_at_ = index + 1;
  }

  void finish(std::size_t end) {
    if (out_.number.empty() && !out_.symbol.empty()) {
      const std::size_t res = out_.symbol.find("RES/");
      if (res != std::string::npos) out_.number = out_.symbol.substr(res + 4);
    }
    if (out_.symbol.empty() && !out_.number.empty() && !symbol_start_.empty()) {
      out_.symbol = symbol_start_ + out_.number;
      out_.symbol.erase(std::remove(out_.symbol.begin(), out_.symbol.end(), ' '), out_.symbol.end());
    }
    if (out_.title.empty() && !candidates_.empty()) {
      // Without a number: the lines just above the organ's name or paragraph 1.
      std::size_t first = candidates_.size() - 1;
      while (first > 0 && candidates_[first] == candidates_[first - 1] + 1 && !parts_[candidates_[first]].blank) --first;
      if (candidates_.back() + 3 >= end) {
        for (std::size_t i = first; i < candidates_.size(); ++i) append_spaced(out_.title, parts_[candidates_[i]].text);
      }
    }
    const std::size_t slash = out_.number.find('/');
    if (!out_.session && slash != std::string::npos && slash > 0 && slash < 4 && is_digit(out_.number[0])) {
      out_.session = std::stoi(out_.number.substr(0, slash));
    }
  }

  std::vector<Part>& parts_;
  const DocumentWords& words_;
  ResolutionText& out_;
  std::string symbol_start_;
  std::vector<std::size_t> candidates_;  // parts that are no field: lines of a title
  std::size_t title_at_ = 0, adopted_at_ = 0;
  bool in_basis_ = false;
};

}  // namespace

std::size_t read_front(PartedText& parted, const DocumentWords& words, ResolutionText& out) {
  return FrontReader(parted, words, out).read(parted.headed);
}

}  // namespace stocktake
