#include "partnership/texts/words.h"

#include <unicode/dtfmtsym.h>
#include <unicode/rbnf.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "partnership/texts/arabic.h"
#include "partnership/texts/characters.h"

namespace stocktake {
namespace {

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

// ICU sets two blanks inside some Arabic numbers.
std::string single_spaced(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  }
  return out;
}

void add_months(DocumentWords& words, const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(locale, "gregorian", status);
  if (U_FAILURE(status) != 0) return;
  for (const auto context : {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE}) {
    int32_t count = 0;
    const icu::UnicodeString* names = symbols.getMonths(count, context, icu::DateFormatSymbols::WIDE);
    for (int32_t i = 0; i < std::min(count, 12); ++i) words.months.push_back({lower(utf8(names[i])), i + 1});
  }
}

void add_ordinals(DocumentWords& words) {
  UErrorCode status = U_ZERO_ERROR;
  icu::RuleBasedNumberFormat format(icu::URBNF_SPELLOUT, icu::Locale(std::string(code(words.language)).c_str()), status);
  if (U_FAILURE(status) != 0) return;
  for (int32_t set = 0; set < format.getNumberOfRuleSetNames(); ++set) {
    const icu::UnicodeString name = format.getRuleSetName(set);
    if (name.indexOf("spellout-ordinal") < 0) continue;
    for (int32_t number = 1; number <= 150; ++number) {
      icu::UnicodeString text;
      icu::FieldPosition position;
      UErrorCode failed = U_ZERO_ERROR;
      format.format(number, name, text, position, failed);
      if (U_FAILURE(failed) == 0) words.ordinals.emplace(single_spaced(lower(utf8(text))), number);
    }
  }
}

DocumentWords load(Language language) {
  const std::string path = data_home() + "/reference/clauses/" + std::string(code(language)) + ".json";
  DocumentWords words;
  words.language = language;
  try {
    const nlohmann::json document = nlohmann::json::parse(read_file(path)).at("document");
    const auto list = [&](const char* key, std::vector<std::string>& into) {
      into = document.at(key).get<std::vector<std::string>>();
    };
    list("publisher", words.publisher);
    list("distribution", words.distribution);
    list("original", words.original);
    list("session", words.session);
    list("agenda", words.agenda);
    list("adopted", words.adopted);
    list("resolution", words.resolution);
    list("opener_prefix", words.opener_prefix);
    list("we", words.we);
    list("meeting", words.meeting);
    list("annex", words.annex);
    list("notes", words.notes);
    list("common", words.common);
    list("number_before", words.number_before);
    list("number_after", words.number_after);
    list("suspended", words.suspended);
    list("symbol_parts", words.symbol_parts);
    list("furniture", words.furniture);
    list("preamble_openers", words.preamble_openers);
    list("preamble_endings", words.preamble_endings);
    words.space_before_punctuation = document.at("space_before_punctuation").get<bool>();
    for (const auto& body : document.at("bodies")) {
      words.bodies.push_back({body.at("name").get<std::string>(), body.at("openers").get<std::vector<std::string>>(),
                              body.at("symbol").get<std::string>()});
    }
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorKind::input, std::string("the words of a document cannot be read: ") + error.what(),
                "Restore the file from the release", {path, 0, 0, "document"});
  }
  add_months(words, icu::Locale(std::string(code(language)).c_str()));
  // The United Nations writes Arabic months with both names: the Levant's, then the common ones.
  if (language == Language::ar) add_months(words, icu::Locale("ar", "SY"));
  std::stable_sort(words.months.begin(), words.months.end(),
                   [](const auto& a, const auto& b) { return a.name.size() > b.name.size(); });
  add_ordinals(words);
  return words;
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

// Digits from `at`; moves behind them. -1 where there are none or more than four.
int read_digits(std::string_view text, std::size_t& at) {
  int value = 0;
  std::size_t count = 0;
  while (at < text.size() && is_digit(text[at]) && count < 5) {
    value = value * 10 + (text[at] - '0');
    ++at;
    ++count;
  }
  return count == 0 || count > 4 ? -1 : value;
}

bool skip_text(std::string_view text, std::size_t& at, std::string_view word) {
  if (!text.substr(at).starts_with(word)) return false;
  at += word.size();
  return true;
}

bool exists(int year, int month, int day) {
  constexpr std::array<int, 12> days{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 &&
         day <= days[static_cast<std::size_t>(month) - 1];
}

struct DateAt {
  Date date;
  std::size_t begin = 0, end = 0;
};

std::optional<DateAt> chinese_date(std::string_view text, std::size_t from) {
  std::size_t at = from;
  const int year = read_digits(text, at);
  at = skip_spaces(text, at);
  if (year < 0 || !skip_text(text, at, "年")) return {};
  at = skip_spaces(text, at);
  const int month = read_digits(text, at);
  at = skip_spaces(text, at);
  if (month < 0 || !skip_text(text, at, "月")) return {};
  at = skip_spaces(text, at);
  const int day = read_digits(text, at);
  at = skip_spaces(text, at);
  if (day < 0 || !skip_text(text, at, "日") || !exists(year, month, day)) return {};
  return DateAt{{year, month, day}, from, at};
}

std::optional<DateAt> worded_date(std::string_view text, std::size_t from, const DocumentWords& words) {
  std::size_t at = from;
  const int day = read_digits(text, at);
  if (day < 1 || day > 31) return {};
  for (const std::string_view tail : {"er", ".º", "º", "ro"}) {
    if (skip_text(text, at, tail)) break;
  }
  at = skip_spaces(text, at);
  if (skip_text(text, at, "de ")) at = skip_spaces(text, at);
  // No name is longer than 40 bytes in any of the languages.
  const std::string window = lower(text.substr(at, 40));
  const auto month =
      std::find_if(words.months.begin(), words.months.end(), [&](const auto& m) { return window.starts_with(m.name); });
  if (month == words.months.end()) return {};
  at += month->name.size();  // these names have the same length in both cases
  if (at < text.size() && text[at] == '/') {
    while (at < text.size() && text[at] != ' ') ++at;
  }
  at = skip_spaces(text, at);
  if (skip_text(text, at, "de ")) at = skip_spaces(text, at);
  if (at < text.size() && text[at] == ',') at = skip_spaces(text, at + 1);
  const int year = read_digits(text, at);
  if (!exists(year, month->number, day)) return {};
  if (words.language == Language::ru) skip_text(text, at, " года");
  return DateAt{{year, month->number, day}, from, at};
}

std::optional<DateAt> date_in(std::string_view text, const DocumentWords& words) {
  if (text.find_first_of("0123456789") == std::string_view::npos) return {};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i]) || (i > 0 && is_digit(text[i - 1]))) continue;
    auto found = words.language == Language::zh ? chinese_date(text, i) : worded_date(text, i, words);
    if (found) return found;
  }
  return {};
}

}  // namespace

const DocumentWords& DocumentWords::of(Language language) {
  // One static a language: a text in one language must not fail for another's file.
  const auto get = [&](auto which) -> const DocumentWords& {
    static const DocumentWords words = load(decltype(which)::value);
    return words;
  };
  switch (language) {
    case Language::ar: return get(std::integral_constant<Language, Language::ar>{});
    case Language::zh: return get(std::integral_constant<Language, Language::zh>{});
    case Language::fr: return get(std::integral_constant<Language, Language::fr>{});
    case Language::ru: return get(std::integral_constant<Language, Language::ru>{});
    case Language::es: return get(std::integral_constant<Language, Language::es>{});
    case Language::en: break;
  }
  return get(std::integral_constant<Language, Language::en>{});
}

std::string lower(std::string_view text) {
  return utf8(icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}).toLower(icu::Locale::getRoot()));
}

std::optional<Date> find_date(std::string_view printed, const DocumentWords& words) {
  const std::string text = latin_digits(printed);
  auto found = date_in(text, words);
  // The head of a page may be in English in every language: "Distr.: General, 28 January 2014".
  if (!found && words.language != Language::en) found = date_in(text, DocumentWords::of(Language::en));
  return found ? std::optional<Date>(found->date) : std::nullopt;
}

bool only_date(std::string_view printed, const DocumentWords& words) {
  if (printed.size() > 80) return false;
  const std::string text = latin_digits(printed);
  auto found = date_in(text, words);
  if (!found && words.language != Language::en) found = date_in(text, DocumentWords::of(Language::en));
  return found && found->begin == 0 && found->end >= text.size();
}

std::optional<int> find_ordinal(std::string_view text, const DocumentWords& words) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_digit(text[i])) {
      std::size_t at = i;
      const int value = read_digits(text, at);
      if (value >= 1 && value <= 999) return value;
      return {};
    }
  }
  const std::string low = lower(text.substr(0, 200));
  if (words.language == Language::zh) {
    const std::size_t begin = low.find("第"), end = low.find("届");
    if (begin == std::string::npos || end == std::string::npos || end < begin) return {};
    const auto found = words.ordinals.find(low.substr(begin, end - begin));
    return found == words.ordinals.end() ? std::nullopt : std::optional<int>(found->second);
  }
  std::vector<std::size_t> starts{0};
  for (std::size_t i = 0; i < low.size(); ++i) {
    if (low[i] == ' ') starts.push_back(i + 1);
  }
  starts.push_back(low.size() + 1);
  for (std::size_t from = 0; from + 1 < starts.size(); ++from) {
    for (std::size_t to = std::min(from + 4, starts.size() - 1); to > from;
         --to) {  // the longest first: "sixty eighth", not "sixty"
      const auto found = words.ordinals.find(low.substr(starts[from], starts[to] - 1 - starts[from]));
      if (found != words.ordinals.end()) return found->second;
    }
  }
  return {};
}

std::size_t begins_with(std::string_view text, const std::vector<std::string>& words) {
  std::size_t length = 0;
  for (const std::string& word : words) {
    if (word.size() > length && !text.empty() && text[0] == word[0] && text.starts_with(word)) length = word.size();
  }
  return length;
}

bool contains(std::string_view text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return text.find(word) != std::string_view::npos; });
}

std::uint64_t letters_hash(std::string_view word) {
  std::uint64_t hash = letters_hash_start;
  for (std::size_t i = 0; i < word.size(); i += 8) {
    std::uint64_t eight = 0;
    for (std::size_t k = 0; k < 8 && i + k < word.size(); ++k) {
      const char c = is_upper(word[i + k]) ? static_cast<char>(word[i + k] | 0x20) : word[i + k];
      eight |= static_cast<std::uint64_t>(static_cast<unsigned char>(c)) << (8 * k);
    }
    hash = letters_hash_step(hash, eight);
  }
  return hash | 1U;
}

const WordList& WordList::of(Language language) {
  const auto read = [](Language which) {
    WordList list;
    const std::string path = data_home() + "/reference/words/" + std::string(code(which)) + ".txt";
    if (!std::filesystem::exists(path)) return list;
    const std::string text = read_file(path);
    list.table_.assign(1U << 17U, 0);
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = text.find('\n', begin);
      if (end == std::string::npos) end = text.size();
      const std::string_view word(text.data() + begin, end - begin);
      begin = end + 1;
      if (word.empty() || word.front() == '#') continue;
      const std::uint64_t hash = letters_hash(word);
      std::size_t at = (hash >> 20U) & (list.table_.size() - 1);
      while (list.table_[at] != 0 && list.table_[at] != hash) at = (at + 1) & (list.table_.size() - 1);
      list.table_[at] = hash;
    }
    return list;
  };
  static const WordList english = read(Language::en), none;
  return language == Language::en ? english : none;
}

bool WordList::has(std::uint64_t hash) const {
  if (table_.empty()) return false;
  std::size_t at = (hash >> 20U) & (table_.size() - 1);
  while (table_[at] != 0) {
    if (table_[at] == hash) return true;
    at = (at + 1) & (table_.size() - 1);
  }
  return false;
}

}  // namespace stocktake
