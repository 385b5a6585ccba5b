// Akoma Ntoso as the United Nations marks up resolutions (AKN4UN). Sources: guidelines of the HLCM Working Group on Document
// Standards (unsceb-hlcm.github.io, parts 2 and 3) for the classes and basic structures; OASIS Akoma Ntoso 1.0 part 2 for the
// elements; a public copy of A/RES/79/275 for their use.
#include <algorithm>
#include <array>
#include <pugixml.hpp>
#include <utility>

#include "base/error.h"
#include "partnership/texts/characters.h"
#include "partnership/texts/decode.h"
#include "partnership/texts/formats.h"
#include "partnership/texts/label.h"
#include "partnership/texts/lines.h"
#include "partnership/texts/words.h"

namespace stocktake {
namespace {

std::string_view local(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

template <std::size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}
// Elements whose content is a line of text.
constexpr std::array<std::string_view, 9> lines_of_text{"p", "block", "listIntroduction", "listWrapUp", "crossHeading", "docTitle", "longTitle", "td", "th"};
// Hierarchy that is numbered like paragraphs; any other with a number is a heading's.
constexpr std::array<std::string_view, 12> numbered{"paragraph", "subparagraph", "point", "item", "indent", "alinea", "clause", "subclause", "rule", "subrule", "tr", "li"};

struct Depth : pugi::xml_tree_walker {
  std::ptrdiff_t offset = -1;
  bool for_each(pugi::xml_node& node) override {
    if (depth() <= deepest_nesting) return true;
    offset = node.offset_debug();
    return false;
  }
};

std::optional<Language> language_of(std::string_view code) {
  constexpr std::array<std::pair<std::string_view, Language>, 9> codes{{{"eng", Language::en}, {"fra", Language::fr}, {"fre", Language::fr}, {"spa", Language::es}, {"rus", Language::ru}, {"ara", Language::ar}, {"zho", Language::zh}, {"chi", Language::zh}, {"cmn", Language::zh}}};
  for (const auto& [known, language] : codes) {
    if (code == known) return language;
  }
  return parse_language(code);
}

class AknReader {
 public:
  AknReader(std::string_view text, ResolutionText& out) : text_(text), out_(out) {}

  void read_document(const pugi::xml_node& document) {
    read_language(document);
    words_ = &DocumentWords::of(out_.language);
    for (const pugi::xml_node& part : document.children()) {
      const std::string_view name = local(part);
      if (name == "meta") read_meta(part);
      else if (name == "coverPage" || name == "preface" || name == "header") read_cover(part);
      else if (name == "preamble") read_preamble(part);
      else if (name == "conclusions") read_conclusions(part);
      else if (name == "attachments" || name == "components") read_attachments(part);
      else walk(part);
    }
  }

  std::optional<Language> wished;
  PartedText parted;

 private:
  void read_language(const pugi::xml_node& document) {
    if (wished) {
      out_.language = *wished;
      return;
    }
    const auto found = document.find_node([](const pugi::xml_node& node) { return local(node) == "FRBRlanguage"; });
    if (const auto language = language_of(found.attribute("language").value())) {
      out_.language = *language;
    } else {
      out_.language = recognise_language(inline_text(document, nullptr).substr(0, 16384));
    }
  }

  void read_meta(const pugi::xml_node& meta) {
    for_all(meta, [&](const pugi::xml_node& node) {
      const std::string_view name = local(node), parent = local(node.parent());
      const auto date = parse_date(node.attribute("date").value());
      if (name == "FRBRdate" && parent == "FRBRWork" && date && !out_.adopted) out_.adopted = date;
      if (name == "FRBRdate" && parent == "FRBRExpression" && date && !out_.issued) out_.issued = date;
      if (name == "step" && std::string_view(node.attribute("outcome").value()) == "adopted" && date && !out_.adopted) out_.adopted = date;
      if (name == "keyword" && refers(node, "agenda")) out_.agenda_items.emplace_back(node.attribute("value").value());
      if (name == "FRBRnumber" && out_.number.empty()) out_.number = node.attribute("value").value();
    });
  }

  static bool refers(const pugi::xml_node& node, std::string_view to) {
    std::string_view target = node.attribute("refersTo").value();
    if (target.starts_with("#")) target.remove_prefix(1);
    return target == to;
  }

  void read_cover(const pugi::xml_node& cover) {
    for_all(cover, [&](const pugi::xml_node& node) {
      const std::string_view name = local(node);
      if (name == "docNumber") {
        const std::string text = inline_text(node, nullptr);
        const std::string_view symbol = symbol_at(text);
        if (!symbol.empty()) {
          if (out_.symbol.empty()) out_.symbol = std::string(symbol);
        } else if (local(cover) == "preface" || out_.number.empty()) {
          out_.number = text.substr(0, text.find_last_not_of(". ") + 1);
        }
      } else if (name == "docDate" && refers(node, "dateOfIssuance")) {
        if (const auto date = parse_date(node.attribute("date").value())) out_.issued = date;
      } else if (name == "session") {
        out_.session_text = inline_text(node, nullptr);
        const int value = node.attribute("value").as_int();
        out_.session = value > 0 ? std::optional<int>(value) : find_ordinal(out_.session_text, *words_);
      } else if (name == "docTitle" && (local(cover) == "preface" || refers(node, "resolutionTitle"))) {
        Part marks;
        out_.title = inline_text(node, &marks);
        if (!marks.marks.empty()) parted.parts.push_back(marked(std::move(marks), node));
      } else if (name == "p") {
        const std::string text = inline_text(node, nullptr);
        if (text.starts_with("[") && out_.basis.empty()) out_.basis = text.substr(1, text.find(']') - 1);
      }
    });
  }
  // The marks of the title's footnotes, which no clause carries.
  static Part marked(Part part, const pugi::xml_node&) {
    part.text.clear();
    return part;
  }

  void read_preamble(const pugi::xml_node& preamble) {
    for (const pugi::xml_node& node : preamble.children()) {
      if (local(node) != "formula" || !out_.body.empty()) {
        walk(node);
        continue;
      }
      const std::string text = inline_text(node, nullptr);
      std::string name = text.substr(0, std::max(opener_length(text, *words_), std::size_t{0}));
      if (name.empty()) name = text;
      for (const auto& body : words_->bodies) {
        if (std::find(body.openers.begin(), body.openers.end(), name) != body.openers.end()) name = body.name;
      }
      out_.body = name.substr(begins_with(name, words_->opener_prefix));
    }
  }

  void read_conclusions(const pugi::xml_node& conclusions) {
    bool found = false;
    for_all(conclusions, [&](const pugi::xml_node& node) {
      if (local(node) == "location" && refers(node, "adoptionMeeting")) {
        out_.meeting = inline_text(node, nullptr);
        found = true;
      }
      if (local(node) == "docDate" && refers(node, "adoptionDate")) {
        const auto date = parse_date(node.attribute("date").value());
        if (date && !out_.adopted) out_.adopted = date;
        found = true;
      }
    });
    if (!found) walk(conclusions);
  }

  void read_attachments(const pugi::xml_node& attachments) {
    for (const pugi::xml_node& attachment : attachments.children()) {
      if (attachment.type() != pugi::node_element) continue;
      const auto heading = attachment.find_child([](const pugi::xml_node& node) { return local(node) == "heading" || local(node) == "num"; });
      std::string title = heading ? inline_text(heading, nullptr) : std::string();
      if (begins_with(title, words_->annex) == 0) {
        Part annex;
        annex.text = words_->annex.front();
        place(annex, attachment);
        parted.parts.push_back(std::move(annex));
      }
      walk(attachment);
    }
  }

  // The blocks below a node, in their order. The nesting is bounded by the check at the start.
  void walk(const pugi::xml_node& node) {
    const std::string_view name = local(node);
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      Part part;
      append_text(part.text, node.value());
      return emit(std::move(part), node);
    }
    if (node.type() != pugi::node_element || name == "meta" || name == "authorialNote") return;
    if (name == "num") {
      pending_ = inline_text(node, nullptr);
      pending_numbered_ = one_of(local(node.parent()), numbered);
      return;
    }
    if (name == "heading" || name == "subheading" || name == "crossHeading") {
      Part part;
      part.text = inline_text(node, &part);
      part.heading = true;
      return emit(std::move(part), node);
    }
    const bool text_only = !node.find_child([](const pugi::xml_node& child) {
                              return child.type() == pugi::node_element && (one_of(local(child), lines_of_text) || local(child) == "num" || local(child) == "blockList" || local(child) == "list");
                            });
    if (one_of(name, lines_of_text) || ((name == "li" || name == "intro" || name == "wrapUp" || name == "content") && text_only)) {
      Part part;
      part.text = inline_text(node, &part);
      return emit(std::move(part), node);
    }
    for (const pugi::xml_node& child : node.children()) walk(child);
    if (!pending_.empty() && !pending_numbered_) emit({}, node);  // "II" with nothing but paragraphs below
  }

  void emit(Part part, const pugi::xml_node& node) {
    while (!part.text.empty() && part.text.back() == ' ') part.text.pop_back();
    if (!pending_.empty()) {
      std::string label = std::exchange(pending_, {});
      if (pending_numbered_ && read_label(label + " x").kind == LabelKind::none) {
        const bool figures = std::all_of(label.begin(), label.end(), is_digit);
        label = figures && local(node.parent()) != "point" ? label + "." : "(" + label + ")";
      }
      if (!pending_numbered_) part.heading = true;
      part.text = part.text.empty() ? label : label + " " + part.text;
    }
    if (part.text.empty() && part.marks.empty()) return;
    place(part, node);
    parted.parts.push_back(std::move(part));
  }

  void place(Part& part, const pugi::xml_node& node) {
    const std::ptrdiff_t offset = std::max<std::ptrdiff_t>(node.offset_debug(), 0);
    // Offsets rise in the order of the text: the lines are counted on from the last place.
    const auto at = static_cast<std::size_t>(offset);
    if (at < counted_) {
      counted_ = 0;
      line_ = 1;
    }
    line_ += static_cast<std::uint64_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_), text_.begin() + static_cast<std::ptrdiff_t>(std::min(at, text_.size())), '\n'));
    counted_ = std::min(at, text_.size());
    part.line = line_;
    const std::ptrdiff_t next = node.next_sibling() ? node.next_sibling().offset_debug() : -1;
    part.source = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(next > offset ? static_cast<std::size_t>(next) : std::min(text_.size(), at + 1))};
  }

  // The text below a node without the notes, which go to `part`; one blank between words.
  std::string inline_text(const pugi::xml_node& node, Part* part) {
    std::string text;
    gather(node, part, text);
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
  }
  void gather(const pugi::xml_node& node, Part* part, std::string& text) {
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
        append_text(text, child.value());
      } else if (local(child) == "authorialNote") {
        if (part != nullptr) add_note(child, *part);
      } else if (local(child) == "eol" || local(child) == "br") {
        append_text(text, " ");
      } else if (local(child) == "sup" && part != nullptr && is_noteref(child)) {
        part->marks.push_back({inline_text(child, nullptr), -1});
      } else if (local(child) == "noteRef" && part != nullptr) {
        part->marks.push_back({child.attribute("marker").value(), -1});
      } else if (local(child) != "meta") {
        gather(child, part, text);
      }
    }
  }
  bool is_noteref(const pugi::xml_node& node) {
    const std::string text = inline_text(node, nullptr);
    return !text.empty() && text.size() <= 3 && std::all_of(text.begin(), text.end(), is_digit);
  }
  void add_note(const pugi::xml_node& node, Part& part) {
    PartNote note;
    note.note.mark = node.attribute("marker").value();
    if (note.note.mark.empty()) note.note.mark = std::to_string(parted.notes.size() + 1);
    note.note.text = inline_text(node, nullptr);
    Part here;
    place(here, node);
    note.note.line = here.line;
    note.bound = true;
    part.marks.push_back({note.note.mark, static_cast<int>(parted.notes.size())});
    parted.notes.push_back(std::move(note));
  }
  static void append_text(std::string& text, std::string_view more) {
    for (std::size_t i = 0; i < more.size();) {
      const Character c = character_at(more, i);
      if (is_space(more[i]) || c.value == 0xA0) {
        if (!text.empty() && text.back() != ' ') text += ' ';
      } else {
        text.append(more, i, c.length);
      }
      i += c.length;
    }
  }
  template <typename Visit>
  static void for_all(const pugi::xml_node& node, const Visit& visit) {
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      visit(child);
      for_all(child, visit);
    }
  }

  std::string_view text_;
  ResolutionText& out_;
  const DocumentWords* words_ = nullptr;
  std::string pending_;  // a number whose text follows
  bool pending_numbered_ = false;
  std::size_t counted_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace

PartedText read_akn(std::string_view text, const std::string& name, std::optional<Language> language, ResolutionText& out) {
  refuse_entities(text, name, false);
  pugi::xml_document xml;
  const pugi::xml_parse_result result = xml.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  Location where{name, 0, 0, {}};
  if (!result) {
    place_of(text, static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)), where.line, where.column);
    throw Error(ErrorKind::input, std::string("the XML is not well formed: ") + result.description(), "Check the file with an XML editor", where);
  }
  Depth depth;
  if (!xml.traverse(depth)) {
    place_of(text, static_cast<std::size_t>(std::max<std::ptrdiff_t>(depth.offset, 0)), where.line, where.column);
    throw Error(ErrorKind::input, "elements are nested deeper than " + std::to_string(deepest_nesting), "No resolution is built so; check where the file comes from", where);
  }
  // The document, or the first of a collection: the first element that has a main body.
  const pugi::xml_node body = xml.find_node([](const pugi::xml_node& node) {
    const std::string_view element = local(node);
    return element == "mainBody" || element == "body" || element == "debateBody" || element == "judgmentBody";
  });
  if (!body) throw Error(ErrorKind::input, "the Akoma Ntoso document has no main body", "Bring the marked-up resolution itself", where);
  AknReader reader(text, out);
  reader.wished = language;
  reader.read_document(body.parent());
  reader.parted.headed = true;
  return std::move(reader.parted);
}

}  // namespace stocktake
