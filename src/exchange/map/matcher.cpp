#include "exchange/map/matcher.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include "base/error.h"
#include "base/utf8.h"

namespace stocktake {
namespace {

constexpr double ambiguous = 0.99;    // of a text that means two things
constexpr double other_order = 0.98;  // the same words in another order
constexpr double by_words = 0.95;     // what likeness of words is worth beside that of spelling
constexpr double by_letters = 0.9;    // and that of transliterated letters
constexpr double same_word = 0.75;    // likeness from which two words are taken for one
constexpr double shortened = 0.9;     // "rep" for "republic"
constexpr std::size_t least_stem = 3;

std::u32string code_points(std::string_view utf8) {
  std::u32string out;
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())});
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) out += static_cast<char32_t>(text.char32At(i));
  return out;
}

std::vector<std::u32string> words_of(const std::u32string& text) {
  std::vector<std::u32string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(U' ', begin), text.size());
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

std::u32string in_order(std::vector<std::u32string> words) {
  std::sort(words.begin(), words.end());
  std::u32string text;
  for (const std::u32string& word : words) text += (text.empty() ? U"" : U" ") + word;
  return text;
}

double word_likeness(const std::u32string& a, const std::u32string& b) {
  if (a == b) return 1;
  const auto& [shorter, longer] = std::minmax(a, b, [](const auto& x, const auto& y) { return x.size() < y.size(); });
  if (shorter.size() >= least_stem && longer.starts_with(shorter)) return shortened;
  const double alike = likeness(a, b);
  return alike >= same_word ? alike : 0;
}

}  // namespace

std::string plain_form(std::string_view text) {
  if (!valid_utf8(text)) return {};
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status) != 0) throw Error(ErrorKind::internal, "ICU has no normalisation data");
  const icu::UnicodeString all = decompose->normalize(
      fold->normalize(icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), status), status);
  icu::UnicodeString out;
  bool blank = false;
  for (std::int32_t i = 0; i < all.length(); i = all.moveIndex32(i, 1)) {
    const UChar32 c = all.char32At(i);
    const auto type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || c == 0x640) continue;  // 0x640: tatweel, a filler
    if (u_isalnum(c) == 0) {
      blank = out.length() > 0;
      continue;
    }
    if (blank) out.append(static_cast<UChar32>(' '));
    blank = false;
    out.append(c);
  }
  std::string utf8;
  out.toUTF8String(utf8);
  return utf8;
}

std::string latin_form(std::string_view plain) {
  static const std::unique_ptr<icu::Transliterator> to_latin = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    if (U_FAILURE(status) != 0) throw Error(ErrorKind::internal, "ICU has no transliteration to Latin letters");
    return made;
  }();
  icu::UnicodeString text = icu::UnicodeString::fromUTF8({plain.data(), static_cast<std::int32_t>(plain.size())});
  to_latin->transliterate(text);
  std::string utf8;
  text.toUTF8String(utf8);
  return plain_form(utf8);
}

double likeness(std::u32string_view a, std::u32string_view b) {
  const std::size_t longest = std::max(a.size(), b.size());
  if (longest == 0) return 1;
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> before(width), last(width), next(width);
  for (std::size_t j = 0; j < width; ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      next[j] = std::min({last[j] + 1, next[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) next[j] = std::min(next[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(next);
  }
  return 1 - static_cast<double>(last[b.size()]) / static_cast<double>(longest);
}

void Matcher::add(std::string_view code, std::string_view text, std::string_view how) {
  if (text.empty()) return;
  Term term;
  term.code = code;
  term.text = text;
  term.how = how;
  term.plain = plain_form(text);
  term.letters = code_points(term.plain);
  term.tokens = words_of(term.letters);
  term.sorted = in_order(term.tokens);
  const bool ascii = std::all_of(term.plain.begin(), term.plain.end(), [](unsigned char c) { return c < 0x80; });
  term.latin = ascii ? term.letters : code_points(latin_form(term.plain));
  terms_.push_back(std::move(term));
}

void Matcher::finish() {
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    by_text_.emplace(terms_[i].text, i);
    if (!terms_[i].plain.empty()) by_plain_.emplace(terms_[i].plain, i);
    for (const std::u32string& token : std::set<std::u32string>(terms_[i].tokens.begin(), terms_[i].tokens.end()))
      ++frequency_[token];
  }
  for (Term& term : terms_) {
    for (const std::u32string& token : term.tokens) {
      term.weights.push_back(weight_of(token));
      term.weight += term.weights.back();
    }
  }
}

// Words that many names have ("republic", "of") say little.
double Matcher::weight_of(const std::u32string& token) const {
  const auto found = frequency_.find(token);
  const double among = static_cast<double>(terms_.size() + 1);
  return std::log(among / static_cast<double>(found == frequency_.end() ? 1 : found->second)) + 0.1;
}

std::vector<Match> Matcher::exact_finds(std::string_view text, const std::string& plain) const {
  std::vector<Match> finds;
  const auto gather = [&](const auto& index, std::string_view key, bool same) {
    const auto [begin, end] = index.equal_range(key);
    for (auto at = begin; at != end; ++at) {
      const Term& term = terms_[at->second];
      const bool known = std::any_of(finds.begin(), finds.end(), [&](const Match& one) { return one.code == term.code; });
      if (!known) finds.push_back({term.code, term.text, 1, same ? term.how : "case"});
    }
  };
  gather(by_text_, text, true);
  if (finds.empty() && !plain.empty()) gather(by_plain_, plain, false);
  std::sort(finds.begin(), finds.end(), [](const Match& a, const Match& b) { return a.code < b.code; });
  if (finds.size() > 1) {
    for (Match& one : finds) one.score = ambiguous;
  }
  return finds;
}

bool Matcher::exact(std::string_view text) const { return exact_finds(text, plain_form(text)).size() == 1; }

std::vector<Match> Matcher::find(std::string_view text, std::size_t most, double least) const {
  const std::string plain = plain_form(text);
  std::vector<Match> finds = exact_finds(text, plain);
  if (!finds.empty()) {
    if (finds.size() > most) finds.resize(most);
    return finds;
  }
  const std::u32string letters = code_points(plain);
  if (letters.empty()) return {};
  const std::vector<std::u32string> tokens = words_of(letters);
  const std::u32string sorted = in_order(tokens), latin = code_points(latin_form(plain));
  std::vector<double> weights;
  double weight = 0;
  for (const std::u32string& token : tokens) {
    weights.push_back(weight_of(token));
    weight += weights.back();
  }
  std::map<std::string_view, Match> best;
  for (const Term& term : terms_) {
    Match match{term.code, term.text, 0, {}};
    const auto offer = [&](double score, const char* how) {
      if (score > match.score) {
        match.score = score;
        match.how = how;
      }
    };
    if (sorted == term.sorted) offer(other_order, "order");
    offer(std::min(other_order, likeness(letters, term.letters)), "spelling");
    offer(other_order * likeness(sorted, term.sorted), "spelling");
    if (latin != letters || term.latin != term.letters) offer(by_letters * likeness(latin, term.latin), "letters");
    double shared = 0;
    std::vector<bool> used(term.tokens.size(), false);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      double alike = 0;
      std::size_t place = 0;
      for (std::size_t j = 0; j < term.tokens.size(); ++j) {
        const double one = used[j] ? 0 : word_likeness(tokens[i], term.tokens[j]);
        if (one > alike) {
          alike = one;
          place = j;
        }
      }
      if (alike == 0) continue;
      used[place] = true;
      shared += alike * std::min(weights[i], term.weights[place]) * 2;
    }
    offer(std::min(by_words, by_words * shared / (weight + term.weight)), "words");
    if (match.score < least) continue;
    const auto slot = best.try_emplace(term.code, match);
    if (!slot.second && match.score > slot.first->second.score) slot.first->second = match;
  }
  for (auto& [code, match] : best) finds.push_back(std::move(match));
  std::stable_sort(finds.begin(), finds.end(), [](const Match& a, const Match& b) { return a.score > b.score; });
  if (finds.size() > most) finds.resize(most);
  return finds;
}

}  // namespace stocktake
