#include "partnership/texts/docx_numbers.h"

#include <algorithm>
#include <utility>

namespace stocktake {
namespace {

int level_of(const pugi::xml_node& node) { return std::clamp(node.attribute("w:ilvl").as_int(), 0, 8); }

std::string letters(int number, char first) {
  return std::string(static_cast<std::size_t>(std::min(3, (number - 1) / 26 + 1)), static_cast<char>(first + (number - 1) % 26));
}

std::string roman(int number, bool large) {
  constexpr std::array<std::pair<int, const char*>, 13> steps{{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}}};
  std::string out;
  number = std::min(number, 3999);
  for (const auto& [value, text] : steps) {
    for (; number >= value; number -= value) out += text;
  }
  if (large) std::transform(out.begin(), out.end(), out.begin(), [](char c) { return static_cast<char>(c - ('a' - 'A')); });
  return out;
}

std::string printed(int number, const std::string& format) {
  if (number < 1) return std::to_string(number);
  if (format == "lowerLetter") return letters(number, 'a');
  if (format == "upperLetter") return letters(number, 'A');
  if (format == "lowerRoman") return roman(number, false);
  if (format == "upperRoman") return roman(number, true);
  return std::to_string(number);
}

}  // namespace

void DocxNumbers::read(const pugi::xml_document& numbering) {
  const pugi::xml_node root = numbering.child("w:numbering");
  for (const pugi::xml_node& node : root.children("w:abstractNum")) {
    Levels& levels = abstract_[node.attribute("w:abstractNumId").value()];
    for (const pugi::xml_node& child : node.children("w:lvl")) {
      Level& level = levels[static_cast<std::size_t>(level_of(child))];
      level.format = child.child("w:numFmt").attribute("w:val").value();
      level.text = child.child("w:lvlText").attribute("w:val").value();
      level.start = child.child("w:start").attribute("w:val").as_int(1);
    }
  }
  for (const pugi::xml_node& node : root.children("w:num")) {
    const std::string id = node.attribute("w:numId").value();
    abstract_of_[id] = node.child("w:abstractNumId").attribute("w:val").value();
    for (const pugi::xml_node& child : node.children("w:lvlOverride")) {
      const int start = child.child("w:startOverride").attribute("w:val").as_int();
      if (start > 0) starts_[id][static_cast<std::size_t>(level_of(child))] = start;
    }
  }
}

std::string DocxNumbers::next(const std::string& num_id, int wanted) {
  const auto list = abstract_of_.find(num_id);
  const auto found = list == abstract_of_.end() ? abstract_.end() : abstract_.find(list->second);
  if (found == abstract_.end()) return {};
  const Levels& levels = found->second;
  const auto level = static_cast<std::size_t>(std::clamp(wanted, 0, 8));
  if (levels[level].format == "bullet") return "\xE2\x80\xA2";
  if (levels[level].format == "none") return {};
  std::array<int, 9>& counters = counters_[found->first];
  const int own_start = starts_.count(num_id) > 0 ? starts_[num_id][level] : 0;
  if (own_start > 0 && !restarted_[num_id][level]) {
    counters[level] = own_start;
    restarted_[num_id][level] = true;
  } else {
    counters[level] = counters[level] == 0 ? levels[level].start : counters[level] + 1;
  }
  for (std::size_t deeper = level + 1; deeper < counters.size(); ++deeper) counters[deeper] = 0;
  std::string label;
  const std::string& text = levels[level].text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9') {
      const auto which = static_cast<std::size_t>(text[++i] - '1');
      label += printed(counters[which] == 0 ? levels[which].start : counters[which], levels[which].format);
    } else {
      label += text[i];
    }
  }
  // A bare number is a paragraph's: the reader of labels wants its stop.
  if (!label.empty() && label.find_first_not_of("0123456789") == std::string::npos) label += '.';
  return label;
}

}  // namespace stocktake
