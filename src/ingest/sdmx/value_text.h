// One text for a component of several values or languages (SDMX 3.0), and back. Values are separated by '|' where they have
// languages, else by ';'; the languages of a value by ';', each "tag:text": "en:Some text;fr:Un texte|en:More". A text that has a
// separator, a quote or a line end stands in double quotes, with its quotes doubled. The form is that of cells of SDMX-CSV 2.0.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stocktake::sdmx {

struct LocalText {
  std::string language, text;
  bool operator==(const LocalText&) const = default;
};
using ComponentValue = std::vector<LocalText>;  // of one value, by language; one without language where it has none

std::string to_value_text(const std::vector<ComponentValue>& values);
// `localised`: whether the component's texts have languages; a text without one gets "".
std::vector<ComponentValue> parse_value_text(std::string_view text, bool localised);

}  // namespace stocktake::sdmx
