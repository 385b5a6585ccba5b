#include "partnership/texts/document.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "partnership/texts/characters.h"
#include "partnership/texts/decode.h"
#include "partnership/texts/formats.h"
#include "partnership/texts/lines.h"
#include "partnership/texts/structure.h"

namespace stocktake {
namespace {

void refuse_containers(std::string_view bytes, const std::string& name) {
  const auto refuse = [&](const char* what, const char* remedy) {
    throw Error(ErrorKind::input, what, remedy, {name, 0, 0, {}});
  };
  if (bytes.starts_with("\xD0\xCF\x11\xE0"))
    refuse("an old Word file (.doc) or an encrypted one", "Save it without a password as .docx");
  if (bytes.starts_with("%PDF"))
    refuse("a PDF, of which only the text can be read", "Make its text with `pdftotext -layout FILE.pdf`");
  if (bytes.starts_with("{\\rtf")) refuse("a file in Rich Text Format", "Save it as .docx or as plain text");
  if (bytes.starts_with("\x1F\x8B")) refuse("a compressed file", "Unpack it with gunzip");
}

bool begins(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) {
           return a == (is_upper(b) ? static_cast<char>(b | 0x20) : b);
         });
}

enum class Markup : std::uint8_t { none, html, akn, other_xml };
Markup markup_of(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  if (text.empty() || text.front() != '<') return Markup::none;
  const std::string_view head = text.substr(0, 8192);
  if (head.find("akomaNtoso") != std::string_view::npos) return Markup::akn;
  for (const std::string_view start : {"<!doctype html", "<html", "<head", "<body", "<p", "<div", "<h1", "<h2", "<table", "<b>",
                                       "<span", "<!--", "<ol", "<article", "<section", "<center"}) {
    if (begins(text, start)) return Markup::html;
  }
  if (head.find("<html") != std::string_view::npos || head.find("<HTML") != std::string_view::npos) return Markup::html;
  return begins(text, "<?xml") || begins(text, "<!doctype") ? Markup::other_xml : Markup::none;
}

bool any_letter(const ResolutionText& out) {
  return !out.clauses.empty() || !out.headings.empty() || !out.title.empty() || !out.footnotes.empty() || !out.body.empty() ||
         !out.symbol.empty();
}

}  // namespace

ResolutionText read_resolution_text(std::string_view bytes, const std::string& name, std::optional<Language> language) {
  if (bytes.size() > (1ULL << 31U))
    throw Error(ErrorKind::input, "the file is larger than 2 GiB", "One text a file", {name, 0, 0, {}});
  ResolutionText out;
  out.file = name;
  out.hash = hash_hex(bytes);
  refuse_containers(bytes, name);
  PartedText parted;
  if (bytes.starts_with("PK")) {
    out.format = "docx";
    parted = read_docx(bytes, name, out);
    std::string sample;
    for (const Part& part : parted.parts) {
      if (sample.size() < 8192) sample += part.text + ' ';
    }
    out.language = language.value_or(recognise_language(sample));
    read_structure(std::move(parted), DocumentWords::of(out.language), out);
  } else {
    DecodedText decoded = decode(bytes, language);
    out.faults = std::move(decoded.faults);
    const Markup markup = markup_of(decoded.text);
    if (markup == Markup::other_xml) {
      throw Error(ErrorKind::input, "an XML file that is neither Akoma Ntoso nor HTML",
                  "Bring the text as AKN4UN, HTML, DOCX or plain text", {name, 1, 1, {}});
    }
    if (markup == Markup::none) {
      out.language = language.value_or(recognise_language(decoded.text));
      bool paged = false;
      parted = read_lines(decoded.text, DocumentWords::of(out.language), paged);
      out.format = paged ? "pdftotext" : "plain";
    } else if (markup == Markup::akn) {
      out.format = "akn4un";
      parted = read_akn(decoded.text, name, language, out);
    } else {
      out.format = "html";
      parted = read_html(decoded.text, name, language, out);
    }
    if (decoded.skipped > 0) {
      for (Part& part : parted.parts) {
        part.source.begin += static_cast<std::uint32_t>(decoded.skipped);
        part.source.end += static_cast<std::uint32_t>(decoded.skipped);
      }
    }
    read_structure(std::move(parted), DocumentWords::of(out.language), out);
  }
  if (!any_letter(out))
    throw Error(ErrorKind::input, "the file holds no text", "Bring a resolution as plain text, HTML, DOCX or AKN4UN",
                {name, 0, 0, {}});
  return out;
}

ResolutionText read_resolution(const std::string& path, std::optional<Language> language) {
  return read_resolution_text(read_file(path), path, language);
}

Language recognise_language(std::string_view text) {
  const std::string_view sample = text.substr(0, 4096);
  std::size_t wide = 0, arabic = 0, cyrillic = 0, latin = 0;
  for (std::size_t i = 0; i < sample.size();) {
    const Character c = character_at(sample, i);
    if (c.value < 0x80) {
      latin += is_letter(static_cast<char>(c.value)) ? 1 : 0;
    } else {
      wide += is_wide(c.value) ? 1 : 0;
      cyrillic += c.value >= 0x400 && c.value < 0x530 ? 1 : 0;
      arabic += c.value >= 0x600 && c.value < 0x780 ? 1 : 0;
    }
    i += std::max<std::size_t>(c.length, 1);
  }
  // A Chinese letter is a word: one for four Latin letters is enough. The other scripts must be the most.
  if (wide * 4 > latin && wide > 0) return Language::zh;
  if (arabic > latin) return Language::ar;
  if (cyrillic > latin) return Language::ru;
  // The commonest words of the three, by their hashes; a word that two of them share counts for both.
  struct Common {
    std::uint64_t hash = 0;
    std::size_t language = 0;
  };
  static constexpr std::array<Language, 3> candidates{Language::en, Language::fr, Language::es};
  static const std::vector<Common> common = [] {
    std::vector<Common> all;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      for (const std::string& word : DocumentWords::of(candidates[i]).common) all.push_back({word_hash(word), i});
    }
    return all;
  }();
  static const std::array<bool, 256> sieve = [] {  // most words of a text are none of them
    std::array<bool, 256> bytes{};
    for (const Common& word : common) bytes[(word.hash >> 32U) & 0xFFU] = true;
    return bytes;
  }();
  std::array<std::size_t, 3> counts{};
  for (std::size_t begin = 0; begin < sample.size();) {
    std::size_t end = begin;
    while (end < sample.size() && !is_space(sample[end])) ++end;
    if (end - begin >= 1 && end - begin <= 4) {
      const std::uint64_t hash = word_hash(sample.substr(begin, end - begin));
      if (sieve[(hash >> 32U) & 0xFFU]) {
        for (const Common& word : common) counts[word.language] += word.hash == hash ? 1 : 0;
      }
    }
    begin = end + 1;
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  const Language best = candidates[static_cast<std::size_t>(most - counts.begin())];
  return best;
}

}  // namespace stocktake
