// HTML by libxml2's parser as a stream of events: no tree, so that no nesting is too deep.
#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "base/error.h"
#include "partnership/texts/characters.h"
#include "partnership/texts/formats.h"
#include "partnership/texts/lines.h"
#include "partnership/texts/words.h"

namespace stocktake {
namespace {

template <std::size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}
constexpr std::array<std::string_view, 14> silent{"script", "style", "head",   "noscript", "template", "nav",  "select",
                                                  "button", "svg",   "iframe", "object",   "textarea", "form", "aside"};
constexpr std::array<std::string_view, 31> blocks{
    "p",    "div",    "h1",         "h2",   "h3",      "h4",     "h5",         "h6",      "li",      "tr",     "table",
    "ul",   "ol",     "blockquote", "dd",   "dt",      "dl",     "pre",        "section", "article", "header", "footer",
    "main", "center", "hr",         "body", "address", "figure", "figcaption", "caption", "html"};

std::string_view attribute(const xmlChar** attributes, std::string_view name) {
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
    if (name == reinterpret_cast<const char*>(attributes[0])) {
      return attributes[1] == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(attributes[1]));
    }
  }
  return {};
}

// The footnote mark that a text is: "1", "[1]", "(1)", "*"; "" for another text.
std::string as_mark(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  if (text.size() > 2 && ((text.front() == '[' && text.back() == ']') || (text.front() == '(' && text.back() == ')')))
    text = text.substr(1, text.size() - 2);
  const bool digits = !text.empty() && text.size() <= 3 && std::all_of(text.begin(), text.end(), is_digit);
  return digits || text == "*" || text == "**" ? std::string(text) : std::string();
}

class HtmlReader {
 public:
  void start(std::string_view name, const xmlChar** attributes) {
    if (silent_ > 0 || one_of(name, silent)) {
      if (one_of(name, silent)) ++silent_;
      return;
    }
    if (name == "br") return line_break();
    if (one_of(name, blocks)) flush(true);
    if (name.size() == 2 && name[0] == 'h' && is_digit(name[1])) heading_ = true;
    if (name == "pre") pre_ = true;
    if (name == "td" || name == "th") blank();
    if (name == "ol" || name == "ul") open_list(name == "ol", attributes);
    if (name == "li") open_item(attributes);
    if (name == "sup" || name == "a") open_mark(name == "sup", attributes);
  }

  void end(std::string_view name) {
    if (one_of(name, silent)) {
      silent_ = std::max(0, silent_ - 1);
      return;
    }
    if (silent_ > 0) return;
    if (name == "sup" || name == "a") close_mark(name == "sup");
    if (one_of(name, blocks)) flush(true);
    if (name.size() == 2 && name[0] == 'h' && is_digit(name[1])) heading_ = false;
    if (name == "pre") pre_ = false;
    if ((name == "ol" || name == "ul") && !lists_.empty()) lists_.pop_back();
  }

  void text(std::string_view text) {
    if (silent_ > 0) return;
    if (mark_depth_ > 0) {
      mark_ += text;
      return;
    }
    // The parser stands behind the text: line and place are those of its first byte.
    line_ -= std::min(line_ - 1, static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')));
    offset_ -= std::min(offset_, text.size());
    add(text);
    offset_ += text.size();
  }

  void place(std::uint64_t line, std::size_t offset) {
    line_ = line;
    offset_ = offset;
  }

  PartedText finish() {
    flush(true);
    return std::move(parted_);
  }

 private:
  struct List {
    bool ordered = false, notes = false;
    int next = 1;
    char type = '1';
  };

  void add(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
      const Character c = character_at(text, i);
      if (text[i] == '\n') ++line_;
      if (pre_ && text[i] == '\n') {
        line_break();
      } else if (is_space(text[i]) || c.value == 0xA0 || c.value == 0x3000) {
        blank();
      } else if (c.value != 0xAD && c.value != 0xFEFF && !is_direction_mark(c.value)) {
        if (part_.text.empty()) {
          part_.line = line_;
          part_.source.begin = static_cast<std::uint32_t>(offset_ + i);
        }
        part_.text.append(text, i, c.length);
      }
      i += c.length;
    }
  }
  void blank() {
    if (!part_.text.empty() && part_.text.back() != ' ') part_.text += ' ';
  }

  void line_break() {
    if (part_.text.empty() && note_ < 0) {
      sure_ = true;
      return;
    }
    if (note_ >= 0) return blank();
    flush(false);
  }

  // Ends the part; the next one begins for certain, or is a line that may go on.
  void flush(bool sure) {
    while (!part_.text.empty() && part_.text.back() == ' ') part_.text.pop_back();
    if (note_ >= 0) {
      append_spaced(parted_.notes[static_cast<std::size_t>(note_)].note.text, part_.text);
      if (sure && !part_.text.empty()) note_ = -1;
      part_ = {};
    } else if (!part_.text.empty() || !part_.marks.empty()) {
      part_.sure = sure_;
      part_.blank = sure_;
      part_.heading = heading_;
      part_.source.end = static_cast<std::uint32_t>(std::max<std::size_t>(offset_, part_.source.begin));
      parted_.parts.push_back(std::move(part_));
      part_ = {};
      sure_ = false;
    }
    if (sure) sure_ = true;
  }

  void open_list(bool ordered, const xmlChar** attributes) {
    List list;
    list.ordered = ordered;
    const std::string_view start = attribute(attributes, "start"), type = attribute(attributes, "type"),
                           kind = attribute(attributes, "class");
    if (!start.empty() && start.size() < 5 && std::all_of(start.begin(), start.end(), is_digit))
      list.next = std::stoi(std::string(start));
    if (type.size() == 1) list.type = type[0];
    list.notes = kind.find("reference") != std::string_view::npos || kind.find("footnote") != std::string_view::npos;
    lists_.push_back(list);
  }

  void open_item(const xmlChar** attributes) {
    if (lists_.empty()) return;
    List& list = lists_.back();
    const std::string_view value = attribute(attributes, "value"), id = attribute(attributes, "id");
    if (!value.empty() && value.size() < 5 && std::all_of(value.begin(), value.end(), is_digit))
      list.next = std::stoi(std::string(value));
    const int number = list.next++;
    if (list.notes || id.starts_with("cite_note") || id.starts_with("fn") || id.starts_with("ftn") ||
        id.starts_with("footnote")) {
      return begin_note(std::to_string(number));
    }
    if (!list.ordered) return add("\xE2\x80\xA2 ");
    const bool inner = std::count_if(lists_.begin(), lists_.end(), [](const List& outer) { return outer.ordered; }) > 1;
    pending_ = list.type == 'a' || list.type == 'A'   ? "(" + std::string(1, static_cast<char>('a' + (number - 1) % 26)) + ") "
               : list.type == 'i' || list.type == 'I' ? "(" + roman(number) + ") "
               : inner                                ? "(" + std::to_string(number) + ") "
                                                      : std::to_string(number) + ". ";
    add(pending_);
  }

  static std::string roman(int number) {
    constexpr std::array<std::pair<int, std::string_view>, 9> steps{
        {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}}};
    std::string out;
    for (const auto& [value, letters] : steps) {
      for (; number >= value && out.size() < 20; number -= value) out += letters;
    }
    return out;
  }

  void open_mark(bool raised, const xmlChar** attributes) {
    if (mark_depth_ > 0) {
      ++mark_depth_;
      return;
    }
    const std::string_view href = attribute(attributes, "href"), name = attribute(attributes, "name");
    const auto notes = [](std::string_view target) {
      return target.find("ftn") != std::string_view::npos || target.find("fn") != std::string_view::npos ||
             target.find("note") != std::string_view::npos;
    };
    if (!raised && !((href.starts_with("#") || href.find("#") != std::string_view::npos) && notes(href)) &&
        !(href.empty() && notes(name)))
      return;
    mark_depth_ = 1;
    raised_ = raised;
    mark_.clear();
  }

  void close_mark(bool raised) {
    if (mark_depth_ == 0 || (mark_depth_ == 1 && raised != raised_)) return;
    if (--mark_depth_ > 0) return;
    const std::string mark = as_mark(mark_);
    if (mark.empty()) return add(mark_);
    if (part_.text.empty() && note_ < 0 && (parted_.parts.size() > 5 || mark == "*")) return begin_note(mark);
    if (part_.text.empty() && note_ >= 0) return;
    part_.marks.push_back({mark, -1});
  }

  void begin_note(const std::string& mark) {
    PartNote note;
    note.note.mark = mark;
    note.note.line = line_;
    parted_.notes.push_back(std::move(note));
    note_ = static_cast<int>(parted_.notes.size()) - 1;
  }

  PartedText parted_;
  Part part_;
  std::vector<List> lists_;
  std::string mark_, pending_;
  std::uint64_t line_ = 1;
  std::size_t offset_ = 0;
  int silent_ = 0, mark_depth_ = 0, note_ = -1;
  bool sure_ = true, heading_ = false, pre_ = false, raised_ = false;
};

struct Stream {
  HtmlReader reader;
  htmlParserCtxtPtr parser = nullptr;
  void place() {
    const long offset = xmlByteConsumed(parser);
    reader.place(parser->input == nullptr ? 1 : static_cast<std::uint64_t>(parser->input->line),
                 offset < 0 ? 0 : static_cast<std::size_t>(offset));
  }
};

// Lines of a <pre>, or ended by <br>: a plain text in HTML's clothes.
PartedText read_as_lines(PartedText&& parted, const DocumentWords& words) {
  std::string text;
  std::vector<std::pair<std::size_t, const Part*>> begins;
  for (const Part& part : parted.parts) {
    if (part.sure && !text.empty()) text += '\n';
    begins.emplace_back(text.size(), &part);
    text += part.text;
    for (const NoteMark& mark : part.marks) text += " [" + mark.mark + "]";
    text += '\n';
  }
  bool paged = false;
  PartedText lined = read_lines(text, words, paged);
  const auto part_at = [&](std::size_t offset) {
    auto found = std::upper_bound(begins.begin(), begins.end(), offset,
                                  [](std::size_t value, const auto& entry) { return value < entry.first; });
    return (found == begins.begin() ? begins.front() : *std::prev(found)).second;
  };
  for (Part& part : lined.parts) {
    const Part* first = part_at(part.source.begin);
    const Part* last = part_at(part.source.end == 0 ? 0 : part.source.end - 1);
    part.line = first->line;
    part.source = {first->source.begin, last->source.end};
  }
  for (PartNote& note : parted.notes) lined.notes.push_back(std::move(note));
  lined.bound = parted.notes.empty();
  return lined;
}

}  // namespace

PartedText read_html(std::string_view text, const std::string& name, std::optional<Language> language, ResolutionText& out) {
  refuse_entities(text, name, true);
  htmlSAXHandler events;
  std::memset(&events, 0, sizeof events);
  events.startElement = [](void* stream, const xmlChar* element, const xmlChar** attributes) {
    auto& self = *static_cast<Stream*>(stream);
    self.place();
    self.reader.start(reinterpret_cast<const char*>(element), attributes);
  };
  events.endElement = [](void* stream, const xmlChar* element) {
    auto& self = *static_cast<Stream*>(stream);
    self.place();
    self.reader.end(reinterpret_cast<const char*>(element));
  };
  events.characters = [](void* stream, const xmlChar* letters, int length) {
    auto& self = *static_cast<Stream*>(stream);
    self.place();
    self.reader.text({reinterpret_cast<const char*>(letters), static_cast<std::size_t>(length)});
  };
  events.ignorableWhitespace = events.characters;
  Stream stream;
  const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(
      htmlCreatePushParserCtxt(&events, &stream, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8), &htmlFreeParserCtxt);
  if (parser == nullptr) throw Error(ErrorKind::internal, "libxml2 gave no HTML parser");
  stream.parser = parser.get();
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  for (std::size_t at = 0; at < text.size(); at += 1U << 16U) {
    const std::string_view chunk = text.substr(at, 1U << 16U);
    htmlParseChunk(parser.get(), chunk.data(), static_cast<int>(chunk.size()), 0);
  }
  htmlParseChunk(parser.get(), nullptr, 0, 1);
  PartedText parted = stream.reader.finish();
  std::string sample;
  std::size_t soft = 0;
  for (const Part& part : parted.parts) {
    if (sample.size() < 16384) sample += part.text + ' ';
    soft += part.sure ? 0 : 1;
  }
  out.language = language.value_or(recognise_language(sample));
  if (soft * 2 > parted.parts.size()) return read_as_lines(std::move(parted), DocumentWords::of(out.language));
  return parted;
}

}  // namespace stocktake
