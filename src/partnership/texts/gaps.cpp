// The gaps that a PDF's spacing leaves in the text: "lev els", "h it", "follow -up", "2015 –2030", "1 5 January". Two words are
// joined only where the whole is a word, of the text itself or of the word list, and one of the halves is none.
#include <algorithm>
#include <array>
#include <utility>

#include "partnership/texts/characters.h"
#include "partnership/texts/lines.h"

namespace stocktake {
namespace {

struct Word {
  std::uint32_t begin = 0, end = 0;
  std::uint64_t hash = 0;  // in small letters; 0: not of letters alone, or not looked at
  bool listed = false;     // the word list has it
  bool edged = false;      // begins or ends with a byte that may belong to the word beside it: a stop alone, a dash, a figure
};

constexpr bool small_letters(std::string_view text) { return std::all_of(text.begin(), text.end(), is_lower); }

// The words that no list has, with how often each occurs in the text, as hashes.
class Counts {
 public:
  void add(std::uint64_t hash) {
    if (++used_ * 2 > slots_.size()) grow();
    Slot& found = slots_[place(hash)];
    found.hash = hash;
    ++found.count;
  }
  std::uint32_t count(std::uint64_t hash) const { return slots_[place(hash)].count; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t count = 0;
  };
  std::size_t place(std::uint64_t hash) const {
    std::size_t at = (hash >> 20U) & (slots_.size() - 1);
    while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.hash != 0) slots_[place(slot.hash)] = slot;
    }
  }
  std::vector<Slot> slots_ = std::vector<Slot>(1024);
  std::size_t used_ = 0;
};

// Two words, one behind the other, that may be one.
struct Pair {
  std::size_t text = 0;
  Word first, second;
};

class Mender {
 public:
  Mender(PartedText& parted, const DocumentWords& words)
      : words_(words), list_(WordList::of(words.language)), english_(words.language == Language::en) {
    for (Part& part : parted.parts) texts_.push_back(&part.text);
    for (PartNote& note : parted.notes) texts_.push_back(&note.note.text);
    for (std::size_t t = 0; t < texts_.size(); ++t) find_pairs(*texts_[t], t);
  }

  void mend() {
    for (std::size_t p = 0; p < pairs_.size();) {
      const std::size_t t = pairs_[p].text;
      std::string& text = *texts_[t];
      cuts_.clear();
      for (; p < pairs_.size() && pairs_[p].text == t; ++p) look_at(text, pairs_[p].first, pairs_[p].second);
      if (cuts_.empty()) continue;
      std::string mended;
      mended.reserve(text.size());
      std::size_t from = 0;
      for (const std::uint32_t cut : cuts_) {
        mended.append(text, from, cut - from);
        from = cut + 1;
      }
      mended.append(text, from);
      text = std::move(mended);
    }
  }

 private:
  // Goes through the words between blanks; nearly all pairs are two words of the list, and are not kept. The hash is of the
  // letters, without a stop behind them.
  void find_pairs(std::string_view text, std::size_t index) {
    std::size_t i = 0;
    Word last;
    while (i < text.size()) {
      if (text[i] == ' ') {
        ++i;
        continue;
      }
      Word word;
      word.begin = static_cast<std::uint32_t>(i);
      std::uint64_t hash = letters_hash_start;
      if (english_) i = behind_letters(text, i, hash);
      const std::size_t letters = i - word.begin;
      while (i < text.size() && stop(text[i])) ++i;
      const bool whole = i == text.size() || text[i] == ' ';
      while (i < text.size() && text[i] != ' ') ++i;
      word.end = static_cast<std::uint32_t>(i);
      if (whole && letters > 0) {
        word.hash = hash;
        word.listed = letters > 1 ? listed(hash) : letter_word(text[word.begin]);
        if (letters > 1 && !word.listed) counts_.add(hash);
      } else {
        word.edged = edge(text[word.begin]) || text[i - 1] == '\x93';
      }
      if (last.end > 0 && (last.edged || word.edged || (english_ && !(last.listed && word.listed))))
        pairs_.push_back({index, last, word});
      last = word;
    }
  }

  static bool stop(char c) { return c == ',' || c == ';' || c == '.' || c == ':'; }
  static bool letter_word(char c) { return c == 'a' || c == 'I'; }
  static bool edge(char c) { return stop(c) || c == '-' || c == '\xE2' || is_digit(c); }

  std::string_view without_stop(std::string_view text, const Word& word) const {
    std::string_view part = text.substr(word.begin, word.end - word.begin);
    while (!part.empty() && !is_letter(part.back())) part.remove_suffix(1);
    return part;
  }

  // Moves behind the letters at a place and carries their hash.
  static std::size_t behind_letters(std::string_view text, std::size_t at, std::uint64_t& hash) {
    for (;;) {
      std::uint64_t eight = 0;
      if (at + 8 <= text.size()) {
        eight = eight_bytes(text.data() + at);
      } else {
        for (std::size_t k = 0; at + k < text.size(); ++k)
          eight |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[at + k])) << (8 * k);
      }
      const unsigned letters = letters_of(eight);
      if (letters > 0) {
        const std::uint64_t kept = ~0ULL >> (64 - 8 * letters);
        hash = letters_hash_step(hash, (eight | each_byte(0x20)) & kept);
      }
      at += letters;
      if (letters < 8) break;
    }
    hash |= 1U;
    return at;
  }

  // The same few words come again and again: they are kept at hand.
  bool listed(std::uint64_t hash) {
    static thread_local std::array<std::uint64_t, 4096> recent_words{};
    std::uint64_t& recent = recent_words[(hash >> 40U) % recent_words.size()];
    if (recent == hash) return true;
    if (!list_.has(hash)) return false;
    recent = hash;
    return true;
  }
  // A word of the language, as far as we know: of the list, or one that the text has at least twice (once more than here).
  bool known(const Word& word, std::string_view letters) {
    if (letters.size() == 1) return letter_word(letters[0]);
    return word.listed || counts_.count(word.hash) > 1 || !small_letters(letters.substr(1));
  }

  void look_at(std::string_view text, const Word& first, const Word& second) {
    const std::string_view b = text.substr(second.begin, second.end - second.begin);
    const std::string_view a = text.substr(first.begin, first.end - first.begin);
    if (stop_apart(b) || dash_apart(a, b) || day_apart(text, first, second)) {
      cuts_.push_back(first.end);
      return;
    }
    if (!english_ || first.hash == 0 || second.hash == 0 || !is_letter(a.back()) || !is_lower(b[0])) return;
    if (!cuts_.empty() && cuts_.back() == first.begin - 1) return;  // joined to the word before
    const std::string_view c = without_stop(text, second);
    const bool one = known(first, a), two = known(second, c);
    if (one && two) return;
    const std::uint64_t joined = letters_hash(std::string(a) + std::string(c));
    if (!list_.has(joined) && counts_.count(joined) == 0) return;
    // "b y India": a letter alone may belong to the word before or behind; the next pair is looked at where this one is no word.
    cuts_.push_back(first.end);
  }

  // "stimulus ,": never in French, which sets a blank before some stops.
  bool stop_apart(std::string_view b) const {
    return !words_.space_before_punctuation && b.size() == 1 && (b[0] == ',' || b[0] == ';' || b[0] == '.' || b[0] == ':');
  }

  // "follow -up", "Secretary -General", "2015 –2030", "18– 22": a dash with a blank on one side only joins; "medium- and" does
  // not.
  static bool dash_apart(std::string_view a, std::string_view b) {
    if (b.size() > 1 && b[0] == '-' && is_letter(b[1]) && is_letter(a.back())) return true;
    constexpr std::string_view dash = "\xE2\x80\x93";
    if (b.size() > 3 && b.starts_with(dash) && is_digit(b[3]) && is_digit(a.back())) return true;
    return a.size() > 3 && a.ends_with(dash) && is_digit(a[a.size() - 4]) && is_digit(b[0]);
  }

  // "1 5 January": two digits before a month are one day.
  bool day_apart(std::string_view text, const Word& first, const Word& second) const {
    if (first.end - first.begin != 1 || second.end - second.begin != 1) return false;
    const char a = text[first.begin], b = text[second.begin];
    if (a < '1' || a > '3' || !is_digit(b) || (a == '3' && b > '1')) return false;
    const std::size_t behind = text.find_first_not_of(' ', second.end);
    if (behind == std::string_view::npos) return false;
    const std::string next = lower(text.substr(behind, 24));
    return std::any_of(words_.months.begin(), words_.months.end(),
                       [&](const auto& month) { return next.starts_with(month.name); });
  }

  const DocumentWords& words_;
  const WordList& list_;
  const bool english_;
  std::vector<std::string*> texts_;
  std::vector<Pair> pairs_;
  std::vector<std::uint32_t> cuts_;  // places of the blanks to take out, ascending
  Counts counts_;
};

}  // namespace

void mend_gaps(PartedText& parted, const DocumentWords& words) { Mender(parted, words).mend(); }

PartedText read_lines(std::string_view text, const DocumentWords& words, bool& paged) {
  TextLines lines = scan_lines(text);
  paged = lines.paged;
  if (lines.paged) drop_furniture(lines, words);
  PartedText parted;
  parted.notes = take_notes(lines, words);
  parted.parts = join_lines(lines, words);
  bind_marks(parted, words);
  if (lines.paged) mend_gaps(parted, words);
  return parted;
}

}  // namespace stocktake
