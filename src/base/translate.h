// Words in the six languages: i18n/<language>.json maps a key to an ICU MessageFormat pattern with named arguments.
// Digits are Latin in every language, Arabic included, so that a table reads like the publication its figures come from;
// separators, plurals and dates are the language's own. Nothing depends on the process's locale, time zone or clock.
// One thread at a time uses a Translator (ICU's formats keep state); moving is cheap, copying is not offered.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "base/language.h"

namespace stocktake {

class Translator {
 public:
  // A named argument of a pattern. Integers choose plural forms; texts are inserted as they are.
  struct Argument {
    template <std::integral T>
    Argument(std::string_view key, T number) : name(key), value(static_cast<std::int64_t>(number)) {}
    Argument(std::string_view key, double number) : name(key), value(number) {}
    Argument(std::string_view key, std::string text) : name(key), value(std::move(text)) {}
    Argument(std::string_view key, std::string_view text) : name(key), value(std::string(text)) {}
    Argument(std::string_view key, const char* text) : name(key), value(std::string(text)) {}

    std::string_view name;
    std::variant<std::int64_t, double, std::string> value;
  };

  // Reads <folder>/<language>.json and English, which stands in for missing keys. Throws Error(not_found) without a file,
  // Error(input) for a file that is not an object of texts or a pattern that ICU refuses (field: the key).
  static Translator load(const std::string& folder, Language language);
  Translator(Translator&&) noexcept;
  Translator& operator=(Translator&&) noexcept;
  ~Translator();

  Language language() const;
  // Throws Error(internal) for a key that English does not have or an argument that the pattern needs and was not given.
  std::string text(std::string_view key, std::initializer_list<Argument> arguments = {}) const;
  bool has(std::string_view key) const;  // in this language or English

  // Rounds half up to at most `decimals` places and at least `least` (default: exactly `decimals`); "" for NaN and infinity.
  std::string number(double value, int decimals, int least = -1) const;
  std::string percent(double fraction, int decimals) const;       // 0.028 → "2.8%", "2,8 %", …
  std::string date(Date date) const;                              // "25 September 2013", "2013年9月25日", …
  std::string list(const std::vector<std::string>& items) const;  // "a, b and c"

  // For checks of the files: the keys of this language's own file, sorted, and the arguments of a key's pattern, sorted.
  std::vector<std::string> own_keys() const;
  std::vector<std::string> arguments(std::string_view key) const;

 private:
  struct State;
  explicit Translator(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace stocktake
