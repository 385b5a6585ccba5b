// Writes HTML and SVG elements. The one place where text is escaped: whatever goes in as text or attribute value comes out
// as text, never as markup. Control characters are dropped and bytes that are not UTF-8 become U+FFFD.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stocktake {

std::string escape_html(std::string_view text);

class Html {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;  // a value-less flag has ""

  Html& open(std::string_view tag, Attributes attributes = {});
  Html& close();                                                  // the innermost open element
  Html& empty(std::string_view tag, Attributes attributes = {});  // an element without content or end tag
  Html& text(std::string_view text);
  Html& element(std::string_view tag, std::string_view text) { return open(tag).text(text).close(); }
  Html& element(std::string_view tag, Attributes attributes, std::string_view text) {
    return open(tag, attributes).text(text).close();
  }
  // Markup of our own that needs no escaping: literals and the style sheet, never anything from data.
  Html& trusted(std::string_view markup);
  Html& line();  // a line break in the source

  // The document; every element must have been closed.
  std::string take();

 private:
  void start(std::string_view tag, Attributes attributes);
  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace stocktake
