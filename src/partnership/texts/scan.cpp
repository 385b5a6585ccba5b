#include <algorithm>
#include <cstring>

#include "partnership/texts/characters.h"
#include "partnership/texts/lines.h"

namespace stocktake {
namespace {

// "23-26233", "23-26233 (E) 080124", "*2326233*", "2/10", the strokes of a bar code, in any order on a line of their own.
struct Furniture {
  bool furniture = false, job = false, pages = false;
};

bool all_digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), is_digit);
}

Furniture furniture_of(std::string_view line) {
  Furniture found;
  if (line.empty() || line.size() > 250 || std::string_view(" \t\r\f\v0123456789*`(").find(line[0]) == std::string_view::npos)
    return found;
  bool other = false;
  for (std::size_t at = 0; at < line.size() && !other;) {
    if (is_space(line[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < line.size() && !is_space(line[end])) ++end;
    const std::string_view token = line.substr(at, end - at);
    at = end;
    const std::size_t slash = token.find('/');
    if (token.size() == 8 && token[2] == '-' && all_digits(token.substr(0, 2), 2) && all_digits(token.substr(3), 5)) {
      found.job = true;
    } else if (token.size() >= 8 && token.front() == '*' && token.back() == '*') {
      found.job = true;
    } else if (token.size() >= 5 && token.find_first_not_of("`*") == std::string_view::npos) {
      found.job = true;
    } else if (slash != std::string_view::npos && slash > 0 && slash < 4 && token.size() > slash + 1 &&
               token.size() < slash + 5 && all_digits(token.substr(0, slash), slash) &&
               all_digits(token.substr(slash + 1), token.size() - slash - 1)) {
      int page = 0, pages = 0;
      for (const char c : token.substr(0, slash)) page = page * 10 + (c - '0');
      for (const char c : token.substr(slash + 1)) pages = pages * 10 + (c - '0');
      found.pages = page >= 1 && page <= pages;
      other = !found.pages;
    } else if (!(token.size() == 3 && token[0] == '(' && token[2] == ')') && !all_digits(token, 6)) {
      other = true;
    }
  }
  found.furniture = !other && (found.job || found.pages);
  return found;
}

// Blanks that end or begin a line: also the ideographic and the unbreakable one.
std::size_t blank_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  if (is_space(text[at])) return 1;
  if (byte(0) == 0xC2 && byte(1) == 0xA0) return 2;
  if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return 3;
  return byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF ? 3 : 0;
}

bool wide_gap(std::string_view line) { return line.find("    ") != std::string_view::npos; }

}  // namespace

TextLines scan_lines(std::string_view text) {
  TextLines out;
  out.text = text;
  out.lines.reserve(text.size() / 60 + 16);
  std::uint32_t number = 0;
  bool blank = true;
  std::size_t indented = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const void* newline = std::memchr(text.data() + begin, '\n', text.size() - begin);
    std::size_t end =
        newline == nullptr ? text.size() : static_cast<std::size_t>(static_cast<const char*>(newline) - text.data());
    const std::size_t next = end + 1;
    ++number;
    std::uint32_t indent = 0;
    while (begin < end) {
      const std::size_t length = blank_at(text, begin);
      if (length == 0) break;
      if (text[begin] == '\f') {
        ++out.pages;
        indent = 0;
      } else {
        indent += text[begin] == '\t' ? 8 : length == 3 ? 2 : 1;
      }
      begin += length;
    }
    while (end > begin) {
      if (is_space(text[end - 1])) {
        if (text[end - 1] == '\f') ++out.pages;
        --end;
      } else if (end - begin >= 2 && text.substr(end - 2, 2) == "\xC2\xA0") {
        end -= 2;
      } else if (end - begin >= 3 && text.substr(end - 3, 3) == "\xE3\x80\x80") {
        end -= 3;
      } else {
        break;
      }
    }
    if (begin >= end) {
      blank = true;
    } else {
      out.lines.push_back(
          {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), indent, number, out.pages - 1, blank, false});
      if (indent >= 3) ++indented;
      blank = false;
    }
    begin = next;
  }
  out.paged = out.pages > 1;
  for (const TextLine& line : out.lines) {
    if (out.paged) break;
    if (line.end - line.begin < 60) out.paged = furniture_of(out.of(line)).furniture;
  }
  std::size_t gaps = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(out.lines.size(), 30); ++i) gaps += wide_gap(out.of(out.lines[i])) ? 1 : 0;
  out.layout = (out.paged && gaps > 0) || indented * 20 > out.lines.size();
  return out;
}

std::string_view symbol_at(std::string_view text) {
  if (text.empty() || !is_upper(text[0])) return {};
  std::size_t end = 0, slashes = 0;
  while (end < text.size() &&
         (is_letter(text[end]) || is_digit(text[end]) || text[end] == '/' || text[end] == '.' || text[end] == '-')) {
    slashes += text[end] == '/' ? 1 : 0;
    ++end;
  }
  while (end > 0 && (text[end - 1] == '.' || text[end - 1] == '-' || text[end - 1] == '/')) --end;
  const std::string_view symbol = text.substr(0, end);
  if (slashes < 2 || symbol.find_first_of("0123456789") == std::string_view::npos || symbol.find('/') > 12) return {};
  // The year of a Security Council resolution belongs to it: "S/RES/2334 (2016)".
  if (symbol.starts_with("S/RES/") && text.size() >= end + 7 && text[end] == ' ' && text[end + 1] == '(' &&
      text[end + 6] == ')') {
    return text.substr(0, end + 7);
  }
  return symbol;
}

namespace {

// The text on the first page before the paragraphs, its words parted by one blank: a running title is part of it.
std::string front_words(const TextLines& lines) {
  std::string words;
  words.reserve(4096);
  for (const TextLine& line : lines.lines) {
    if (line.page > 0 || words.size() > 3000) break;
    const std::string_view text = lines.of(line);
    for (std::size_t i = 0; i < text.size();) {
      std::size_t end = i;
      while (end < text.size() && !is_space(text[end])) ++end;
      words += text.substr(i, end - i);
      if (end < text.size() && !words.empty() && words.back() != ' ') words += ' ';
      i = end + 1;
    }
    words += ' ';
  }
  return words;
}

std::string_view document_symbol(const TextLines& lines) {
  for (std::size_t i = 0; i < std::min<std::size_t>(lines.lines.size(), 40); ++i) {
    const std::string_view line = lines.of(lines.lines[i]);
    for (std::size_t at = 0; at < line.size(); ++at) {
      if (at > 0 && line[at - 1] != ' ') continue;
      const std::string_view symbol = symbol_at(line.substr(at));
      if (!symbol.empty()) return symbol;
    }
  }
  return {};
}

bool running_title(std::string_view line, std::string_view symbol, const std::string& front) {
  std::string title;
  std::size_t at = symbol.empty() ? std::string_view::npos : line.find(symbol);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (at != std::string_view::npos && i >= at && i < at + symbol.size()) continue;
    if (!is_space(line[i])) {
      title += line[i];
    } else if (!title.empty() && title.back() != ' ') {
      title += ' ';
    }
  }
  while (!title.empty() && title.back() == ' ') title.pop_back();
  if (title.empty()) return at != std::string_view::npos;
  return title.size() >= 8 && front.find(title) != std::string::npos;
}

bool page_figure(std::string_view line) { return line.size() <= 3 && std::all_of(line.begin(), line.end(), is_digit); }

}  // namespace

void drop_furniture(TextLines& lines, const DocumentWords& words) {
  const std::string_view symbol = document_symbol(lines);
  const std::string front = front_words(lines);
  std::vector<bool> drop(lines.lines.size(), false);
  for (std::size_t i = 0; i < lines.lines.size(); ++i) {
    const TextLine& line = lines.lines[i];
    const std::string_view text = lines.of(line);
    if (furniture_of(text).furniture && (text.size() < 60 || wide_gap(text))) drop[i] = true;
    if (text.size() < 40 && std::find(words.furniture.begin(), words.furniture.end(), text) != words.furniture.end())
      drop[i] = true;
    if (text == "/..." || text == "/…") drop[i] = true;
    const bool top = i == 0 || lines.lines[i - 1].page != line.page;
    if (line.page > 0 && top) {
      // The first lines of a page while they say the symbol, the title or the page's number; at most six.
      std::size_t end = i;
      bool named = false;
      while (end < lines.lines.size() && end < i + 6 && lines.lines[end].page == line.page &&
             (end == i || !lines.lines[end].blank || !lines.layout)) {
        const std::string_view header = lines.of(lines.lines[end]);
        const bool own = running_title(header, symbol, front) || page_figure(header) || furniture_of(header).furniture ||
                         (!symbol.empty() && header.find(symbol) != std::string_view::npos && header.size() < symbol.size() + 12);
        const bool symbol_in = !symbol.empty() && header.find(symbol) != std::string_view::npos;
        if (!own && !(lines.layout && symbol_in && wide_gap(header))) break;
        named = named || symbol_in || own;
        ++end;
      }
      // A heading of the title in a later page's text is no header: those lines stay where the symbol is not among them.
      bool has_symbol = symbol.empty();
      for (std::size_t k = i; k < end; ++k)
        has_symbol = has_symbol || lines.of(lines.lines[k]).find(symbol) != std::string_view::npos;
      for (std::size_t k = i; named && k < end; ++k) {
        const std::string_view header = lines.of(lines.lines[k]);
        drop[k] = drop[k] || has_symbol || page_figure(header);
      }
    } else if (line.page == 0 && !symbol.empty() && i > 15 && (text.starts_with(symbol) || text.ends_with(symbol)) &&
               running_title(text, symbol, front)) {
      drop[i] = true;  // a header in a text whose form feeds are lost
    }
    const bool bottom = lines.paged && (i + 1 == lines.lines.size() || lines.lines[i + 1].page != line.page);
    if (bottom && lines.pages > 1 && page_figure(text)) drop[i] = true;
  }
  std::size_t kept = 0;
  bool apart = false;
  for (std::size_t i = 0; i < lines.lines.size(); ++i) {
    if (drop[i]) {
      apart = true;
      continue;
    }
    TextLine line = lines.lines[i];
    line.apart = apart || (kept > 0 && lines.lines[kept - 1].page != line.page);
    apart = false;
    lines.lines[kept++] = line;
  }
  lines.lines.resize(kept);
}

}  // namespace stocktake
