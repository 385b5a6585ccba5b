#include "ingest/sdmx/value_text.h"

#include <algorithm>
#include <cctype>

#include "base/csv_quote.h"

namespace stocktake::sdmx {
namespace {

bool is_language_tag(std::string_view text) {
  return !text.empty() && text.size() <= 35 && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
}

void append_text(std::string& to, std::string_view text, bool first_may_be_language) {
  const bool quote = text.find_first_of(";|\"\n\r") != std::string_view::npos ||
                     (first_may_be_language && is_language_tag(text.substr(0, std::min(text.find(':'), text.size()))) &&
                      text.find(':') != std::string_view::npos);
  if (!quote) {
    to += text;
    return;
  }
  append_csv_quoted(to, text);
}

}  // namespace

std::string to_value_text(const std::vector<ComponentValue>& values) {
  const auto has_language = [](const ComponentValue& value) {
    return std::any_of(value.begin(), value.end(), [](const LocalText& one) { return !one.language.empty(); });
  };
  const bool localised = std::any_of(values.begin(), values.end(), has_language);
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i != 0) text += localised ? '|' : ';';
    for (std::size_t j = 0; j < values[i].size(); ++j) {
      const LocalText& one = values[i][j];
      if (j != 0) text += ';';
      if (!one.language.empty()) text.append(one.language) += ':';
      append_text(text, one.text, localised && one.language.empty());
    }
  }
  return text;
}

std::vector<ComponentValue> parse_value_text(std::string_view text, bool localised) {
  std::vector<ComponentValue> values;
  if (text.empty()) return values;
  values.emplace_back();
  for (std::size_t at = 0;;) {
    LocalText one;
    if (localised && text.substr(at, 1) != "\"") {
      const std::size_t colon = text.find_first_of(":;|\"", at);
      if (colon != std::string_view::npos && text[colon] == ':' && is_language_tag(text.substr(at, colon - at))) {
        one.language = text.substr(at, colon - at);
        at = colon + 1;
      }
    }
    if (at < text.size() && text[at] == '"') {
      for (++at; at < text.size(); ++at) {
        if (text[at] == '"' && text.substr(at + 1, 1) != "\"") break;
        if (text[at] == '"') ++at;
        one.text += text[at];
      }
      at = std::min(at + 1, text.size());
    }
    // What follows a closing quote against the form is kept as well.
    const std::size_t end = std::min(text.find_first_of(localised ? ";|" : ";", at), text.size());
    one.text.append(text.substr(at, end - at));
    values.back().push_back(std::move(one));
    if (end == text.size()) return values;
    if (!localised || text[end] == '|') values.emplace_back();
    at = end + 1;
  }
}

}  // namespace stocktake::sdmx
