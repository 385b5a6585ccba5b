#include "base/translate.h"

#include <unicode/datefmt.h>
#include <unicode/fieldpos.h>
#include <unicode/gregocal.h>
#include <unicode/listformatter.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>
#include <unicode/numberformatter.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/files.h"

namespace stocktake {
namespace {

// The language with Latin digits and the Gregorian calendar; English as the United Nations writes it.
icu::Locale locale_of(Language language) {
  const std::string tag = language == Language::en ? "en-GB" : std::string(code(language));
  UErrorCode status = U_ZERO_ERROR;
  return icu::Locale::forLanguageTag(tag + "-u-ca-gregory-nu-latn", status);
}

void require(UErrorCode status, std::string_view what) {
  if (U_FAILURE(status)) {
    throw Error(ErrorKind::internal, std::string("ICU could not ") + std::string(what) + ": " + u_errorName(status),
                "Is ICU's data (libicudata) complete?");
  }
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

icu::UnicodeString utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

// With a minus sign instead of a hyphen.
std::string signed_text(icu::UnicodeString text) {
  text.findAndReplace(icu::UnicodeString(u'-'), icu::UnicodeString(u'\u2212'));
  return utf8(text);
}

// A pattern without arguments is a plain text; the others keep ICU's compiled form.
struct Pattern {
  std::string plain;
  std::optional<icu::MessageFormat> format;
  std::set<std::string> arguments;
};

using Patterns = std::map<std::string, Pattern, std::less<>>;

[[noreturn]] void bad_pattern(const std::string& path, const std::string& key, const char* why) {
  throw Error(ErrorKind::input, std::string("the text is not an ICU message pattern (") + why + ")",
              "Check braces and plural forms; a literal apostrophe is ’ or ''", {path, 0, 0, key});
}

Pattern compile(const std::string& text, const icu::Locale& locale, const std::string& path, const std::string& key) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError error;
  const icu::MessagePattern parts(utf16(text), &error, status);
  if (U_FAILURE(status)) bad_pattern(path, key, u_errorName(status));
  Pattern pattern;
  for (int32_t i = 0; i < parts.countParts(); ++i) {
    const auto& part = parts.getPart(i);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_NUMBER) bad_pattern(path, key, "arguments must have names");
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_NAME) pattern.arguments.insert(utf8(parts.getSubstring(part)));
  }
  pattern.format.emplace(utf16(text), locale, error, status);
  if (U_FAILURE(status)) bad_pattern(path, key, u_errorName(status));
  if (pattern.arguments.empty()) {
    icu::UnicodeString out;
    icu::FieldPosition ignored(icu::FieldPosition::DONT_CARE);
    pattern.format->format(static_cast<const icu::Formattable*>(nullptr), 0, out, ignored, status);
    require(status, "format a text");
    pattern.plain = utf8(out);
    pattern.format.reset();
  }
  return pattern;
}

Patterns read_patterns(const std::string& folder, Language language) {
  const std::string path = folder + "/" + std::string(code(language)) + ".json";
  const auto json = nlohmann::json::parse(read_file(path), nullptr, false);
  if (!json.is_object()) {
    throw Error(ErrorKind::input, "expected a JSON object of keys and texts", "Check the file with a JSON validator",
                {path, 0, 0, {}});
  }
  Patterns patterns;
  const icu::Locale locale = locale_of(language);
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string()) throw Error(ErrorKind::input, "expected a text", "Put the text in quotes", {path, 0, 0, key});
    patterns.emplace(key, compile(value.get<std::string>(), locale, path, key));
  }
  return patterns;
}

}  // namespace

struct Translator::State {
  Language language;
  icu::Locale locale;
  Patterns own, english;
  std::unique_ptr<icu::DateFormat> dates;
  std::unique_ptr<icu::ListFormatter> lists;
  std::map<std::pair<int, int>, icu::number::LocalizedNumberFormatter> numbers;  // by (least, most) decimals
  std::map<int, icu::number::LocalizedNumberFormatter> percents;

  const Pattern* find(std::string_view key) const {
    if (const auto it = own.find(key); it != own.end()) return &it->second;
    if (const auto it = english.find(key); it != english.end()) return &it->second;
    return nullptr;
  }
};

Translator::Translator(std::unique_ptr<State> state) : state_(std::move(state)) {}
Translator::Translator(Translator&&) noexcept = default;
Translator& Translator::operator=(Translator&&) noexcept = default;
Translator::~Translator() = default;

Translator Translator::load(const std::string& folder, Language language) {
  auto state = std::make_unique<State>();
  state->language = language;
  state->locale = locale_of(language);
  state->own = read_patterns(folder, language);
  if (language != Language::en) state->english = read_patterns(folder, Language::en);
  UErrorCode status = U_ZERO_ERROR;
  state->dates.reset(icu::DateFormat::createDateInstance(icu::DateFormat::kLong, state->locale));
  if (!state->dates) require(U_MISSING_RESOURCE_ERROR, "find the language's dates");
  state->dates->setTimeZone(*icu::TimeZone::getGMT());
  state->lists.reset(icu::ListFormatter::createInstance(state->locale, status));
  require(status, "find the language's lists");
  return Translator(std::move(state));
}

Language Translator::language() const { return state_->language; }

bool Translator::has(std::string_view key) const { return state_->find(key) != nullptr; }

std::string Translator::text(std::string_view key, std::initializer_list<Argument> arguments) const {
  const Pattern* pattern = state_->find(key);
  if (pattern == nullptr) {
    throw Error(ErrorKind::internal, "there is no text for '" + std::string(key) + "'", "Add it to i18n/en.json");
  }
  if (!pattern->format) return pattern->plain;
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& argument : arguments) {
    names.push_back(utf16(argument.name));
    if (const auto* text = std::get_if<std::string>(&argument.value))
      values.emplace_back(utf16(*text));
    else if (const auto* whole = std::get_if<std::int64_t>(&argument.value))
      values.emplace_back(*whole);
    else
      values.emplace_back(std::get<double>(argument.value));
  }
  for (const auto& needed : pattern->arguments) {
    const bool given = std::any_of(arguments.begin(), arguments.end(), [&](const Argument& a) { return a.name == needed; });
    if (!given) throw Error(ErrorKind::internal, "the text '" + std::string(key) + "' needs the argument '" + needed + "'");
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out;
  pattern->format->format(names.data(), values.data(), static_cast<int32_t>(values.size()), out, status);
  require(status, "format the text '" + std::string(key) + "'");
  return utf8(out);
}

std::string Translator::number(double value, int decimals, int least) const {
  if (!std::isfinite(value)) return {};
  if (least < 0 || least > decimals) least = decimals;
  auto it = state_->numbers.find({least, decimals});
  if (it == state_->numbers.end()) {
    it = state_->numbers
             .emplace(std::pair{least, decimals}, icu::number::NumberFormatter::withLocale(state_->locale)
                                                      .precision(icu::number::Precision::minMaxFraction(least, decimals))
                                                      .roundingMode(UNUM_ROUND_HALFUP))
             .first;
  }
  // A negative figure that rounds to nothing, and a negative zero, are shown as nothing, without a sign.
  if (value <= 0 && -value < 0.5 * std::pow(10.0, -decimals)) value = 0;
  UErrorCode status = U_ZERO_ERROR;
  const auto formatted = it->second.formatDouble(value, status);
  require(status, "format a number");
  return signed_text(formatted.toString(status));
}

std::string Translator::percent(double fraction, int decimals) const {
  if (!std::isfinite(fraction)) return {};
  auto it = state_->percents.find(decimals);
  if (it == state_->percents.end()) {
    it = state_->percents
             .emplace(decimals, icu::number::NumberFormatter::withLocale(state_->locale)
                                    .unit(icu::NoUnit::percent())
                                    .precision(icu::number::Precision::fixedFraction(decimals))
                                    .roundingMode(UNUM_ROUND_HALFUP))
             .first;
  }
  double value = fraction * 100;
  if (value <= 0 && -value < 0.5 * std::pow(10.0, -decimals)) value = 0;
  UErrorCode status = U_ZERO_ERROR;
  const auto formatted = it->second.formatDouble(value, status);
  require(status, "format a percentage");
  return signed_text(formatted.toString(status));
}

std::string Translator::date(Date date) const {
  icu::UnicodeString out;
  state_->dates->format(static_cast<UDate>(days_since_epoch(date)) * 86'400'000.0, out);
  return utf8(out);
}

std::string Translator::list(const std::vector<std::string>& items) const {
  std::vector<icu::UnicodeString> texts;
  for (const auto& item : items) texts.push_back(utf16(item));
  icu::UnicodeString out;
  UErrorCode status = U_ZERO_ERROR;
  state_->lists->format(texts.data(), static_cast<int32_t>(texts.size()), out, status);
  require(status, "format a list");
  return utf8(out);
}

std::vector<std::string> Translator::own_keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, pattern] : state_->own) keys.push_back(key);
  return keys;
}

std::vector<std::string> Translator::arguments(std::string_view key) const {
  const Pattern* pattern = state_->find(key);
  if (pattern == nullptr) return {};
  return {pattern->arguments.begin(), pattern->arguments.end()};
}

}  // namespace stocktake
