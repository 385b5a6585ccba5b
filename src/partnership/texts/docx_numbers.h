// The automatic numbers of a Word document's paragraphs: word/numbering.xml, counted along the text.
#pragma once

#include <array>
#include <map>
#include <pugixml.hpp>
#include <string>

namespace stocktake {

class DocxNumbers {
 public:
  void read(const pugi::xml_document& numbering);
  // The label of the next paragraph of a list at a level (0 to 8): "1.", "(a)", "•"; "" for an unknown list or no number.
  std::string next(const std::string& num_id, int level);

 private:
  struct Level {
    std::string format, text;
    int start = 1;
  };
  using Levels = std::array<Level, 9>;
  std::map<std::string, Levels> abstract_;
  std::map<std::string, std::string> abstract_of_;              // list: its definition
  std::map<std::string, std::array<int, 9>> starts_;            // list: starts of its own, 0 for none
  std::map<std::string, std::array<int, 9>> counters_;          // definition: last numbers
  std::map<std::string, std::array<bool, 9>> restarted_;        // list: has begun
};

}  // namespace stocktake
