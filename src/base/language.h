// The six official languages of the United Nations, and texts that exist in some or all of them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace stocktake {

enum class Language { ar, zh, en, fr, ru, es };
inline constexpr std::array<Language, 6> all_languages{Language::ar, Language::zh, Language::en,
                                                       Language::fr, Language::ru, Language::es};

constexpr std::string_view code(Language language) {
  constexpr std::array<std::string_view, 6> codes{"ar", "zh", "en", "fr", "ru", "es"};
  return codes[static_cast<std::size_t>(language)];
}
std::optional<Language> parse_language(std::string_view text);  // "zh", "zh_CN.UTF-8", "ZH" → zh
constexpr bool right_to_left(Language language) { return language == Language::ar; }

// A text in up to six languages. `in` falls back to English, then to any language there is, then to "".
class LocalText {
 public:
  LocalText() = default;
  explicit LocalText(std::string english) { set(Language::en, std::move(english)); }
  void set(Language language, std::string text) { texts_[static_cast<std::size_t>(language)] = std::move(text); }
  bool has(Language language) const { return !texts_[static_cast<std::size_t>(language)].empty(); }
  bool empty() const;
  const std::string& in(Language language) const;

 private:
  std::array<std::string, 6> texts_;
};

}  // namespace stocktake
