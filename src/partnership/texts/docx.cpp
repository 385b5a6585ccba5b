// Office Open XML, read from the ZIP with libzip and pugixml: paragraphs with their automatic numbers, footnotes, styles.
#include <zip.h>

#include <algorithm>
#include <map>
#include <memory>
#include <pugixml.hpp>

#include "base/error.h"
#include "partnership/texts/characters.h"
#include "partnership/texts/docx_numbers.h"
#include "partnership/texts/formats.h"

namespace stocktake {
namespace {

constexpr zip_uint64_t most_bytes = 64U << 20U;  // of a part of the document, unpacked
constexpr zip_uint64_t most_ratio = 250;         // of unpacked to packed size; XML text packs at most some fifty to one

class Archive {
 public:
  Archive(std::string_view bytes, const std::string& name) : name_(name) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    archive_.reset(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
    if (archive_ == nullptr && source != nullptr) zip_source_free(source);
    const std::string problem = zip_error_strerror(&error);
    zip_error_fini(&error);
    if (archive_ == nullptr) refuse("the ZIP file cannot be opened: " + problem, "Save the document as .docx again");
  }

  // The parsed XML of a part of the document; false where there is none.
  bool load(const char* part, pugi::xml_document& xml) const {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(archive_.get(), part, 0, &stat) != 0) return false;
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) refuse("the document is encrypted", "Save it without a password");
    if (stat.size > most_bytes || (stat.size > (1U << 20U) && stat.size > most_ratio * std::max<zip_uint64_t>(stat.comp_size, 1))) {
      refuse(std::string(part) + " would unpack to " + std::to_string(stat.size) + " bytes from " + std::to_string(stat.comp_size), "No text is packed so; check where the file comes from");
    }
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen(archive_.get(), part, 0), &zip_fclose);
    std::string text(static_cast<std::size_t>(stat.size), '\0');
    zip_int64_t got = file == nullptr ? -1 : zip_fread(file.get(), text.data(), text.size());
    if (got < 0 || static_cast<std::size_t>(got) != text.size()) refuse(std::string(part) + " cannot be unpacked", "Save the document as .docx again");
    refuse_entities(text, name_ + ":" + part, false);
    if (!xml.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata)) {
      refuse(std::string(part) + " is not well-formed XML", "Save the document as .docx again");
    }
    Depth depth;
    if (!xml.traverse(depth)) refuse(std::string(part) + " is nested deeper than " + std::to_string(deepest_nesting) + " elements", "No text is built so; check where the file comes from");
    return true;
  }

  [[noreturn]] void refuse(const std::string& problem, const std::string& remedy) const {
    throw Error(ErrorKind::input, problem, remedy, {name_, 0, 0, {}});
  }

 private:
  struct Close {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  struct Depth : pugi::xml_tree_walker {
    bool for_each(pugi::xml_node&) override { return depth() <= deepest_nesting; }
  };
  std::string name_;
  std::unique_ptr<zip_t, Close> archive_;
};

class DocxReader {
 public:
  explicit DocxReader(const Archive& archive) {
    pugi::xml_document xml;
    if (archive.load("word/numbering.xml", xml)) numbers_.read(xml);
    if (archive.load("word/styles.xml", xml)) read_styles(xml);
    if (archive.load("word/footnotes.xml", xml)) read_notes(xml, "w:footnote", "f");
    if (archive.load("word/endnotes.xml", xml)) read_notes(xml, "w:endnote", "e");
  }

  PartedText read(const pugi::xml_document& xml) {
    read_blocks(xml.child("w:document").child("w:body"));
    return std::move(parted_);
  }

 private:
  struct Style {
    std::string based_on, num_id, level;
    bool heading = false;
  };

  void read_styles(const pugi::xml_document& xml) {
    for (const pugi::xml_node& node : xml.child("w:styles").children("w:style")) {
      Style style;
      style.based_on = node.child("w:basedOn").attribute("w:val").value();
      const pugi::xml_node properties = node.child("w:pPr");
      style.num_id = properties.child("w:numPr").child("w:numId").attribute("w:val").value();
      style.level = properties.child("w:numPr").child("w:ilvl").attribute("w:val").value();
      std::string name = node.child("w:name").attribute("w:val").value();
      std::transform(name.begin(), name.end(), name.begin(), [](char c) { return is_upper(c) ? static_cast<char>(c | 0x20) : c; });
      const int outline = properties.child("w:outlineLvl").attribute("w:val").as_int(9);
      style.heading = name.starts_with("heading") || outline < 9;
      styles_[node.attribute("w:styleId").value()] = style;
    }
  }

  // The style and those it is based on, nearest first; circles end after ten.
  template <typename Take>
  void up_the_styles(std::string id, const Take& take) const {
    for (int step = 0; step < 10 && !id.empty(); ++step) {
      const auto found = styles_.find(id);
      if (found == styles_.end() || take(found->second)) return;
      id = found->second.based_on;
    }
  }

  void read_notes(const pugi::xml_document& xml, const char* element, const char* kind) {
    for (const pugi::xml_node& node : xml.document_element().children(element)) {
      if (node.attribute("w:type")) continue;  // separators
      Part part;
      for (const pugi::xml_node& paragraph : node.children("w:p")) {
        if (!part.text.empty()) part.text += ' ';
        gather(paragraph, part, false);
      }
      note_texts_[kind + std::string(node.attribute("w:id").value())] = trimmed(part.text);
    }
  }

  void read_blocks(const pugi::xml_node& parent) {
    for (const pugi::xml_node& node : parent.children()) {
      const std::string_view name = node.name();
      if (name == "w:p") {
        read_paragraph(node);
      } else if (name == "w:tbl" || name == "w:tr" || name == "w:tc" || name == "w:sdt" || name == "w:sdtContent" || name == "w:customXml" || name == "w:ins") {
        read_blocks(node);
      } else if (name == "mc:AlternateContent") {
        read_blocks(node.child("mc:Choice"));
      }
    }
  }

  void read_paragraph(const pugi::xml_node& paragraph) {
    ++paragraph_;
    const pugi::xml_node properties = paragraph.child("w:pPr");
    const std::string style = properties.child("w:pStyle").attribute("w:val").value();
    std::string num_id = properties.child("w:numPr").child("w:numId").attribute("w:val").value();
    std::string level = properties.child("w:numPr").child("w:ilvl").attribute("w:val").value();
    bool heading = properties.child("w:outlineLvl").attribute("w:val").as_int(9) < 9;
    up_the_styles(style, [&](const Style& found) {
      heading = heading || found.heading;
      if (num_id.empty() && !found.num_id.empty()) num_id = found.num_id;
      if (level.empty() && !found.level.empty()) level = found.level;
      return false;
    });
    Part part;
    part.heading = heading;
    part.line = paragraph_;
    part.source.begin = static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(paragraph.offset_debug(), 0));
    const std::ptrdiff_t next = paragraph.next_sibling() ? paragraph.next_sibling().offset_debug() : -1;
    part.source.end = next > paragraph.offset_debug() ? static_cast<std::uint32_t>(next) : part.source.begin + 1;
    Part read = part;
    gather(paragraph, read, true);
    std::string text = trimmed(read.text);
    if (text.empty() && read.marks.empty()) return;
    if (!num_id.empty() && num_id != "0" && !text.empty()) {
      const std::string label = numbers_.next(num_id, level.empty() ? 0 : level[0] - '0');
      if (!label.empty()) text = label + " " + text;
    }
    // Lines of one paragraph ("The head of a page<br/>28 December 2023") and columns before a symbol are parts of their own.
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      read.text = trimmed(text.substr(begin, end - begin));
      if (!read.text.empty() || !read.marks.empty()) parted_.parts.push_back(read);
      read.marks.clear();
      read.sure = read.blank = false;
      begin = end + 1;
    }
  }

  static std::string trimmed(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
      const Character c = character_at(text, i);
      if (text[i] == '\n') {
        while (!out.empty() && out.back() == ' ') out.pop_back();
        out += '\n';
      } else if (is_space(text[i]) || c.value == 0xA0 || c.value == 0x3000) {
        if (!out.empty() && out.back() != ' ' && out.back() != '\n') out += ' ';
      } else {
        out.append(text, i, c.length);
      }
      i += std::max<std::size_t>(c.length, 1);
    }
    while (!out.empty() && is_space(out.back())) out.pop_back();
    return out;
  }

  // The text of the runs below a node.
  void gather(const pugi::xml_node& parent, Part& part, bool marks) {
    for (const pugi::xml_node& node : parent.children()) {
      const std::string_view name = node.name();
      if (name == "w:t") {
        part.text += node.text().get();
      } else if (name == "w:tab") {
        if (std::string_view(parent.name()) == "w:r") part.text += '\t';
      } else if (name == "w:br" || name == "w:cr") {
        part.text += marks ? '\n' : ' ';
      } else if (name == "w:noBreakHyphen") {
        part.text += '-';
      } else if (name == "w:footnoteReference" || name == "w:endnoteReference") {
        if (marks) refer(node, part, name == "w:footnoteReference" ? "f" : "e");
      } else if (name == "w:r") {
        if (marks && custom_mark(node, part)) continue;
        const bool raised = std::string_view(node.child("w:rPr").child("w:vertAlign").attribute("w:val").value()) == "superscript";
        const std::size_t before = part.text.size();
        gather(node, part, marks);
        if (marks && raised) take_raised_run(part, before);
      } else if (name == "w:ins" || name == "w:hyperlink" || name == "w:smartTag" || name == "w:fldSimple" || name == "w:sdt" || name == "w:sdtContent" || name == "w:moveTo") {
        gather(node, part, marks);
      }
    }
  }

  // Digits raised by hand: a mark whose note stands in the text.
  static void take_raised_run(Part& part, std::size_t before) {
    const std::string run = part.text.substr(before);
    if (run.empty() || run.size() > 3 || before == 0 || !std::all_of(run.begin(), run.end(), is_digit)) return;
    part.text.resize(before);
    part.marks.push_back({run, -1});
  }

  // <w:footnoteReference w:customMarkFollows="1"/> with its own mark in the same run.
  bool custom_mark(const pugi::xml_node& run, Part& part) {
    const pugi::xml_node reference = run.child("w:footnoteReference");
    if (!reference || !reference.attribute("w:customMarkFollows").as_bool()) return false;
    add_note(run.child("w:t").text().get(), "f" + std::string(reference.attribute("w:id").value()), part);
    return true;
  }
  void refer(const pugi::xml_node& node, Part& part, const char* kind) {
    add_note(std::to_string(++references_), kind + std::string(node.attribute("w:id").value()), part);
  }
  void add_note(const std::string& mark, const std::string& id, Part& part) {
    const auto text = note_texts_.find(id);
    if (text == note_texts_.end()) {
      part.marks.push_back({mark, -1});
      return;
    }
    PartNote note;
    note.note = {mark, text->second, paragraph_};
    note.bound = true;
    part.marks.push_back({mark, static_cast<int>(parted_.notes.size())});
    parted_.notes.push_back(std::move(note));
  }

  std::map<std::string, Style> styles_;
  std::map<std::string, std::string> note_texts_;
  DocxNumbers numbers_;
  PartedText parted_;
  std::uint64_t paragraph_ = 0;
  int references_ = 0;
};

}  // namespace

PartedText read_docx(std::string_view bytes, const std::string& name, ResolutionText&) {
  const Archive archive(bytes, name);
  pugi::xml_document xml;
  if (!archive.load("word/document.xml", xml)) archive.refuse("the ZIP file is no Word document: word/document.xml is not in it", "Bring a .docx");
  return DocxReader(archive).read(xml);
}

}  // namespace stocktake
