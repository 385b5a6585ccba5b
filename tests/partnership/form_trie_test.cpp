// The trie of forms against a search that tries every form at every place.
#include "partnership/texts/form_trie.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace stocktake {
namespace {

std::string folded(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; });
  return text;
}

struct Found {
  int term = -1;
  std::size_t length = 0;
  bool operator==(const Found&) const = default;
};

// ASCII only: a form ends where no letter follows, and no hyphen with a letter behind it.
Found search(const std::vector<FormTrie::Form>& forms, const std::string& text, std::size_t at, bool alphabetic) {
  Found found;
  for (const FormTrie::Form& form : forms) {
    const std::size_t end = at + form.text.size();
    if (end > text.size() || folded(text.substr(at, form.text.size())) != form.text) continue;
    const auto letter = [&](std::size_t i) { return i < text.size() && is_letter(text[i]); };
    if (alphabetic && letter(end - 1) && (letter(end) || (end < text.size() && text[end] == '-' && letter(end + 1)))) continue;
    if (form.cased && !is_upper(text[at])) continue;
    if (form.text.size() > found.length) found = {form.term, form.text.size()};
  }
  return found;
}

void compare(std::vector<FormTrie::Form> forms, const std::vector<std::string>& pieces, bool alphabetic) {
  std::sort(forms.begin(), forms.end(), [](const auto& a, const auto& b) { return a.text < b.text; });
  FormTrie trie;
  trie.build(forms, alphabetic);
  std::mt19937 random(78231);
  std::size_t hits = 0;
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) text += pieces[random() % pieces.size()];
    for (std::size_t at = 0; at < text.size(); ++at) {
      // The readers ask at the start of words only.
      if (alphabetic && at > 0 && is_letter(text[at]) && is_letter(text[at - 1])) continue;
      Found got;
      got.term = trie.match(text, at, got.length);
      ASSERT_EQ(got.term, search(forms, text, at, alphabetic).term) << text << " at " << at;
      ASSERT_EQ(got.length, search(forms, text, at, alphabetic).length) << text << " at " << at;
      hits += got.term >= 0 ? 1 : 0;
    }
  }
  EXPECT_GT(hits, 500U);
}

TEST(FormTrie, FindsTheLongestFormAsTheSearchDoes) {
  compare({{"a", 0, false},
           {"call", 1, false},
           {"calls", 2, false},
           {"calls upon", 3, false},
           {"develop", 4, false},
           {"developed countries", 5, false},
           {"developing", 6, false},
           {"developing countries", 7, false},
           {"may", 8, true},
           {"mid-", 9, false},
           {"per cent", 10, false},
           {"$", 11, false},
           {"2030 agenda", 12, true},
           {"self-reliance", 13, false},
           {"understands", 14, false},
           {"understanding", 15, false}},
          {"a",           "call",      "calls",      " upon", " ",    "-",    "develop", "DEVELOPED",   " countries",
           "developing ", "May ",      "may ",       "mid-",  "per ", "cent", "$",       "2030 Agenda", "2030 ",
           "self-",       "reliance ", "Understand", "ing",   "s",    ", ",   "."},
          true);
}

TEST(FormTrie, NeedsNoEndOfWordWithoutAnAlphabet) {
  compare(
      {{"千年", 0, false}, {"千年发展目标", 1, false}, {"发展", 2, false}, {"目标", 3, false}, {"to", 4, false}, {"$", 5, false}},
      {"千年", "发展", "目标", "千", "标", "to", "tot", "$", " ", "年"}, false);
}

TEST(FormTrie, WithoutFormsFindsNothing) {
  for (const bool alphabetic : {true, false}) {
    FormTrie trie;
    trie.build({}, alphabetic);
    std::size_t length = 0;
    for (const std::string text : {"", "a", "any words", "千年"}) EXPECT_EQ(trie.match(text, 0, length), -1);
  }
}

// Enough words that the tables grow.
TEST(FormTrie, HoldsManyForms) {
  std::vector<std::string> words;
  for (int i = 0; i < 9000; ++i) {
    std::string word;
    for (int k = i; k > 0 || word.empty(); k /= 7) word += static_cast<char>('a' + k % 7);
    words.push_back("w" + word + "-x");
  }
  std::sort(words.begin(), words.end());
  std::vector<FormTrie::Form> forms;
  for (std::size_t i = 0; i < words.size(); ++i) forms.push_back({words[i], static_cast<std::int16_t>(i), false});
  FormTrie trie;
  trie.build(forms, true);
  std::size_t length = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_EQ(trie.match(words[i] + " and", 0, length), static_cast<int>(i));
    EXPECT_EQ(length, words[i].size());
    EXPECT_EQ(trie.match(words[i] + "y", 0, length), -1);
  }
}

}  // namespace
}  // namespace stocktake
