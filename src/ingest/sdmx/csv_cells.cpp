#include "ingest/sdmx/csv_cells.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "ingest/sdmx/value_text.h"

namespace stocktake::sdmx {
namespace {

// "A: Value A" to "A"; a text without a code before the colon stays.
std::string_view without_label(std::string_view cell) {
  const std::size_t at = cell.find(": ");
  if (at == std::string_view::npos || at == 0) return cell;
  const bool code =
      std::none_of(cell.begin(), cell.begin() + static_cast<std::ptrdiff_t>(at), [](char c) { return c == ' ' || c == '"'; });
  return code ? cell.substr(0, at) : cell;
}

// The parts between the separators that stand outside quotes, the quotes around a part taken off.
std::vector<std::string> split_cell(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  bool quoted = false, fresh = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && text.substr(i + 1, 1) == "\"") {
      parts.back() += c;
      ++i;
    } else if (quoted && c == '"') {
      quoted = false;
    } else if (!quoted && c == separator) {
      parts.emplace_back();
      fresh = true;
      continue;
    } else if (fresh && c == '"') {
      quoted = true;
    } else {
      parts.back() += c;
    }
    fresh = false;
  }
  return parts;
}

}  // namespace

std::string_view plain_cell(const CsvCells& cells, const CsvHeader& header, std::string_view cell, std::string& room) {
  switch (cells.treatment) {
    case CsvCells::Treatment::as_is: return cell;
    case CsvCells::Treatment::labelled: return without_label(cell);
    case CsvCells::Treatment::measure: {
      if (cells.has_labels) cell = without_label(cell);
      if (header.delimiter != ';' || cell.find(',') == std::string_view::npos) return cell;
      room = cell;
      std::replace(room.begin(), room.end(), ',', '.');
      return room;
    }
    case CsvCells::Treatment::listed: break;
  }
  if (cell.empty()) return cell;
  if (!cells.languages) {
    // As it is, where the separator is ours already.
    if (header.sub_field == ';' && !cells.has_labels && cell.find('|') == std::string_view::npos) return cell;
    std::vector<ComponentValue> values;
    for (const std::string& part : split_cell(cell, header.sub_field)) {
      values.push_back({{"", std::string(cells.has_labels ? without_label(part) : part)}});
    }
    room = to_value_text(values);
    return room;
  }
  // "en:Text;fr:Texte" for one value; several of them each in quotes.
  const bool several = cell.starts_with('"');
  std::vector<ComponentValue> values;
  for (const std::string& value : several ? split_cell(cell, header.sub_field) : std::vector<std::string>{std::string(cell)}) {
    ComponentValue& texts = values.emplace_back();
    std::size_t begin = 0;
    const std::string_view all = value;
    while (begin <= all.size()) {
      const std::size_t end = std::min(all.find(header.sub_field, begin), all.size());
      const std::string_view part = all.substr(begin, end - begin);
      const std::size_t colon = part.find(':');
      const bool language = colon != std::string_view::npos && colon >= 2 && colon <= 8 &&
                            std::all_of(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(colon),
                                        [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; });
      if (language || texts.empty()) {
        texts.push_back({std::string(language ? part.substr(0, colon) : std::string_view()),
                         std::string(language ? part.substr(colon + 1) : part)});
      } else {
        // The separator was part of the text before.
        (texts.back().text += header.sub_field) += part;
      }
      begin = end + 1;
    }
  }
  room = to_value_text(values);
  return room;
}

}  // namespace stocktake::sdmx
