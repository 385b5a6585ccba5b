// What a message is, by its first 64 KiB.
#include <algorithm>
#include <array>
#include <cctype>

#include "ingest/sdmx/data.h"

namespace stocktake::sdmx {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view from_first_of_content(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text.substr(std::min(text.find_first_not_of(blanks), text.size()));
}

// Past the declaration, comments, instructions and a document type, to the first element's '<'; "" when there is none.
std::string_view to_root(std::string_view text) {
  for (;;) {
    text = from_first_of_content(text);
    const auto past = [&](std::string_view end) {
      const std::size_t at = text.find(end);
      text = at == std::string_view::npos ? std::string_view() : text.substr(at + end.size());
    };
    if (text.starts_with("<!--")) {
      past("-->");
    } else if (text.starts_with("<?")) {
      past("?>");
    } else if (text.starts_with("<!")) {
      past(">");
    } else {
      return text.starts_with('<') ? text : std::string_view();
    }
  }
}

MessageKind ml_kind(std::string_view text) {
  text = to_root(text);
  if (text.empty()) return MessageKind::none;
  std::string tag(text.substr(1, text.find('>') - 1));
  const std::size_t end = std::min(tag.find_first_of(" \t\r\n/"), tag.size());
  const std::size_t colon = tag.substr(0, end).find(':');
  const std::string name =
      tag.substr(colon == std::string::npos ? 0 : colon + 1, end - (colon == std::string::npos ? 0 : colon + 1));
  for (char& c : tag) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (tag.find("sdmx.org/resources/sdmxml/") == std::string::npos) return MessageKind::none;
  static constexpr std::array data{
      "GenericData", "GenericTimeSeriesData", "StructureSpecificData", "StructureSpecificTimeSeriesData",
      "CompactData", "UtilityData",           "CrossSectionalData",    "MessageGroup"};
  if (std::find(data.begin(), data.end(), name) != data.end()) return MessageKind::ml_data;
  if (name == "Structure") return MessageKind::ml_structure;
  if (name == "GenericMetadata" || name == "StructureSpecificMetadata" || name == "MetadataSet" || name == "MetadataReport") {
    return MessageKind::ml_metadata;
  }
  return MessageKind::ml_other;
}

// The keys of the object and of the object that is its "data", and the schema it names.
MessageKind json_kind(std::string_view text) {
  bool data = false, structure = false, metadata = false, errors = false;
  std::size_t depth = 0;
  std::array<std::string_view, 3> path;  // the last key of each depth
  std::size_t at = 0;
  const auto string_at = [&] {  // at the opening quote; leaves `at` behind the closing one
    const std::size_t begin = ++at;
    while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
    const std::size_t end = std::min(at, text.size());
    at = end + 1;
    return text.substr(begin, end - begin);
  };
  static constexpr std::array artefacts{"codelists",           "valueLists",
                                        "valuelists",          "conceptSchemes",
                                        "dataStructures",      "dataflows",
                                        "contentConstraints",  "dataConstraints",
                                        "categorySchemes",     "categorisations",
                                        "agencySchemes",       "organisationSchemes",
                                        "dataProviderSchemes", "provisionAgreements",
                                        "metadataStructures",  "metadataflows",
                                        "hierarchies",         "hierarchicalCodelists",
                                        "dataConsumerSchemes", "organisationUnitSchemes",
                                        "structureMaps",       "geographicCodelists"};
  const auto key = [&](std::string_view name) {
    const bool below_data = depth == 2 && path[1] == "data";
    if (depth != 1 && !below_data) return;
    if (name == "dataSets" || name == "structure" || (name == "structures" && below_data)) data = true;
    if (name == "metadataSets") metadata = true;
    if (depth == 1 && name == "errors") errors = true;
    if (std::find(artefacts.begin(), artefacts.end(), name) != artefacts.end()) structure = true;
  };
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      const std::string_view name = string_at();
      at = std::min(text.find_first_not_of(blanks, at), text.size());
      if (at < text.size() && text[at] == ':') {
        if (depth >= 1 && depth < path.size()) path[depth] = name;
        key(name);
        ++at;
      } else if ((depth == 1 || (depth == 2 && path[1] == "meta")) && path[depth].ends_with("schema")) {
        if (name.find("json-data") != std::string_view::npos) return MessageKind::json_data;
        if (name.find("json-structure") != std::string_view::npos) return MessageKind::json_structure;
        if (name.find("json-metadata") != std::string_view::npos) return MessageKind::json_metadata;
      }
      continue;
    }
    if (c == '{' || c == '[') {
      ++depth;
      if (depth < path.size()) path[depth] = {};
    }
    if ((c == '}' || c == ']') && depth > 0) --depth;
    ++at;
  }
  if (data) return MessageKind::json_data;
  if (metadata) return MessageKind::json_metadata;
  if (structure) return MessageKind::json_structure;
  return errors ? MessageKind::json_data : MessageKind::none;  // its reader tells the errors
}

// "DATAFLOW" (1.0), or "STRUCTURE" with or without a separator of sub-fields, then "STRUCTURE_ID" (2.0).
MessageKind csv_kind(std::string_view text) {
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  const auto cell = [&](std::size_t& at) {
    const bool quoted = at < line.size() && line[at] == '"';
    if (quoted) ++at;
    const std::size_t begin = at;
    at = std::min(line.find_first_of(quoted ? "\"" : ",;\t|", at), line.size());
    // The separator of sub-fields may be one of cells as well: "STRUCTURE[;];STRUCTURE_ID".
    if (!quoted && at > begin && line[at - 1] == '[') at = std::min(line.find_first_of(",;\t|", at + 2), line.size());
    const std::string_view found = line.substr(begin, at - begin);
    if (quoted) ++at;
    ++at;
    return found;
  };
  std::size_t at = 0;
  const std::string_view first = cell(at);
  if (at > line.size()) return MessageKind::none;  // one column only
  if (first == "DATAFLOW") return MessageKind::csv_data;
  const bool structure = first == "STRUCTURE" || (first.starts_with("STRUCTURE[") && first.ends_with(']'));
  return structure && cell(at) == "STRUCTURE_ID" ? MessageKind::csv_data : MessageKind::none;
}

}  // namespace

MessageKind kind_of(std::string_view head) {
  std::string narrow;
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF") || head.starts_with(std::string_view("<\0", 2)) ||
      head.starts_with(std::string_view("\0<", 2))) {
    // UTF-16: what tells the kind is ASCII.
    for (const char c : head) {
      if (c > 0) narrow += c;
    }
    head = narrow;
  }
  const std::string_view text = from_first_of_content(head);
  if (text.starts_with('<')) return ml_kind(text);
  if (text.starts_with('{')) return json_kind(text);
  return csv_kind(text);
}

}  // namespace stocktake::sdmx
