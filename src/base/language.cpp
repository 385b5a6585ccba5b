#include "base/language.h"

#include <cctype>

namespace stocktake {

std::optional<Language> parse_language(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  if (text.size() > 2 && text[2] != '_' && text[2] != '-' && text[2] != '.') return std::nullopt;
  const std::array<char, 2> lower{static_cast<char>(std::tolower(static_cast<unsigned char>(text[0]))),
                                  static_cast<char>(std::tolower(static_cast<unsigned char>(text[1])))};
  for (const Language language : all_languages) {
    if (code(language) == std::string_view(lower.data(), 2)) return language;
  }
  return std::nullopt;
}

bool LocalText::empty() const {
  for (const auto& text : texts_) {
    if (!text.empty()) return false;
  }
  return true;
}

const std::string& LocalText::in(Language language) const {
  if (has(language)) return texts_[static_cast<std::size_t>(language)];
  if (has(Language::en)) return texts_[static_cast<std::size_t>(Language::en)];
  for (const auto& text : texts_) {
    if (!text.empty()) return text;
  }
  return texts_[0];
}

}  // namespace stocktake
