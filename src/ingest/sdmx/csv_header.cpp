#include "ingest/sdmx/csv_header.h"

#include <algorithm>
#include <cctype>

#include "ingest/csv_reader.h"

namespace stocktake::sdmx {
namespace {

using What = CsvColumn::What;

// [A-Za-z][A-Za-z0-9_-]*, with dots between (nested metadata attributes).
bool identifier(std::string_view text) {
  if (text.empty() || std::isalpha(static_cast<unsigned char>(text.front())) == 0) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.'; });
}

bool same_but_for_case(std::string_view a, std::string_view b) {
  const auto plain = [](char c) { return c == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c))); };
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return plain(x) == plain(y); });
}

bool known_component(const Structures* structures, std::string_view id) {
  return structures != nullptr && std::any_of(structures->data_structures.begin(), structures->data_structures.end(),
                                              [&](const DataStructure& one) { return one.find(id) != nullptr; });
}

// "ATTR[en;fr]: Attribute" to its parts.
CsvColumn component(std::string_view name) {
  CsvColumn column;
  column.what = What::component;
  // "ID: Label"; UNICEF writes no blank (as recalled, not seen).
  std::size_t label = name.find(": ");
  if (label == std::string_view::npos) {
    const std::size_t colon = name.find(':');
    if (colon != std::string_view::npos && identifier(name.substr(0, colon))) label = colon;
  }
  if (label != std::string_view::npos && label > 0) {
    column.labelled = true;
    name = name.substr(0, label);
  }
  while (!name.empty()) {
    const std::size_t open = std::min(name.find('['), name.size());
    column.id += name.substr(0, open);
    if (open == name.size()) break;
    const std::size_t close = std::min(name.find(']', open), name.size());
    (close == open + 1 ? column.several : column.languages) = true;
    name.remove_prefix(std::min(close + 1, name.size()));
  }
  return column;
}

}  // namespace

bool CsvHeader::has(CsvColumn::What what) const {
  return std::any_of(columns.begin(), columns.end(), [&](const CsvColumn& one) { return one.what == what; });
}

char csv_delimiter(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  std::string_view line = head.substr(0, head.find_first_of("\r\n"));
  const bool quoted = line.starts_with('"');
  if (quoted) line.remove_prefix(1);
  for (const std::string_view first : {"STRUCTURE", "DATAFLOW"}) {
    if (!line.starts_with(first)) continue;
    std::string_view rest = line.substr(first.size());
    if (rest.size() > 2 && rest[0] == '[' && rest[2] == ']') rest.remove_prefix(3);
    if (quoted && rest.starts_with('"')) rest.remove_prefix(1);
    if (!rest.empty() && (rest[0] == ',' || rest[0] == ';' || rest[0] == '\t' || rest[0] == '|')) return rest[0];
  }
  return guess_delimiter(head);
}

CsvHeader csv_header(const std::vector<std::string>& names, char delimiter, const Structures* structures,
                     std::vector<Fault>& faults) {
  CsvHeader header;
  header.delimiter = delimiter;
  bool named = false;           // labels=name: every component has a column behind it
  std::size_t last = SIZE_MAX;  // the component before, SIZE_MAX when there is none or it has its label
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& name = names[i];
    CsvColumn column;
    if (i == 0 && (name == "STRUCTURE" || (name.starts_with("STRUCTURE[") && name.ends_with(']')))) {
      column.what = What::structure;
      if (name.size() > 11) header.sub_field = name[10];
    } else if (i == 0 && (name == "DATAFLOW" || name.starts_with("DATAFLOW: "))) {
      column.what = What::dataflow;
    } else if (header.has(What::structure) && name == "STRUCTURE_ID") {
      column.what = What::structure_id;
    } else if (header.has(What::structure_id) && name == "STRUCTURE_NAME") {
      named = true;
    } else if (header.has(What::structure_id) && name == "ACTION" && !header.has(What::action)) {
      column.what = What::action;
    } else if ((header.has(What::structure_id) || header.has(What::dataflow)) && (name == "SERIES_KEY" || name == "OBS_KEY")) {
      // Both say again what the dimensions say.
    } else {
      CsvColumn found = component(name);
      const bool component_before = last != SIZE_MAX;
      const bool known = known_component(structures, found.id);
      const bool label = component_before && !known &&
                         (named || !identifier(found.id) || same_but_for_case(name, header.columns[last].id) ||
                          (structures != nullptr && known_component(structures, header.columns[last].id) && !identifier(name)));
      const bool again = std::any_of(header.columns.begin(), header.columns.end(),
                                     [&](const CsvColumn& one) { return one.what == What::component && one.id == found.id; });
      if (label) {
        last = SIZE_MAX;
      } else if (found.id.empty() || again) {
        faults.push_back(
            {1,
             name,
             found.id.empty() ? "a column without a name; it is not read" : "a second column of this name; it is not read",
             {}});
      } else {
        last = i;
        column = std::move(found);
      }
    }
    header.columns.push_back(std::move(column));
  }
  return header;
}

bool csv_without_structure(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const std::string_view line = head.substr(0, head.find_first_of("\r\n"));
  const char delimiter = guess_delimiter(head);
  bool time = false, value = false;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(delimiter, begin), line.size());
    std::string_view name = line.substr(begin, end - begin);
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
    name = name.substr(0, name.find(':'));
    time = time || name == "TIME_PERIOD";
    value = value || name == "OBS_VALUE";
    begin = end + 1;
  }
  return time && value;
}

}  // namespace stocktake::sdmx
