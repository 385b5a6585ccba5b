// The gaps that a PDF's spacing leaves in the text: "lev els", "h it", "follow -up", "2015 –2030", "1 5 January". Two words are
// joined only where the whole is a word, of the text itself or of the word list, and one of the halves is none.
#include <algorithm>
#include <utility>

#include "partnership/texts/characters.h"
#include "partnership/texts/lines.h"

namespace stocktake {
namespace {

struct Word {
  std::uint32_t begin = 0, end = 0;
  std::uint64_t hash = 0;  // in small letters; 0: not of letters alone
  bool listed = false;
};

constexpr bool small_letters(std::string_view text) { return std::all_of(text.begin(), text.end(), is_lower); }

// FNV-1a of the letters in lower case, carried on: the hash of a joined word is the first part's hash carried over the second.
constexpr std::uint64_t carry_hash(std::uint64_t hash, std::string_view word) {
  for (const char c : word) {
    const auto low = static_cast<unsigned char>(is_upper(c) ? c + ('a' - 'A') : c);
    hash = (hash ^ low) * 1099511628211ULL;
  }
  return hash;
}
constexpr std::uint64_t hash_start = 14695981039346656037ULL;

// The words of the text with how often each occurs, as hashes.
class Counts {
 public:
  explicit Counts(std::size_t words) {
    std::size_t size = 1024;
    while (size < words * 2) size *= 2;
    slots_.assign(size, {});
  }
  void add(std::uint64_t hash) { ++slot(hash).count; }
  std::uint32_t count(std::uint64_t hash) { return slot(hash).count; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t count = 0;
  };
  Slot& slot(std::uint64_t hash) {
    std::size_t at = (hash >> 20U) & (slots_.size() - 1);
    while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
    slots_[at].hash = hash;
    return slots_[at];
  }
  std::vector<Slot> slots_;
};

class Mender {
 public:
  Mender(PartedText& parted, const DocumentWords& words) : words_(words), list_(WordList::of(words.language)) {
    std::size_t bytes = 0;
    const auto each = [&](std::string& text) {
      texts_.push_back(&text);
      bytes += text.size();
    };
    for (Part& part : parted.parts) each(part.text);
    for (PartNote& note : parted.notes) each(note.note.text);
    counts_ = Counts(bytes / 5 + 16);
    found_.reserve(bytes / 6 + 16);
    for (const std::string* text : texts_) {
      const std::size_t first = found_.size();
      find_words(*text);
      ranges_.emplace_back(first, found_.size());
      for (std::size_t i = first; i < found_.size(); ++i) {
        if (found_[i].hash == 0) continue;
        found_[i].listed = list_.has(found_[i].hash | 1U);
        if (!found_[i].listed || found_[i].end - found_[i].begin < 3) counts_.add(found_[i].hash | 1U);
      }
    }
  }

  void mend() {
    for (std::size_t t = 0; t < texts_.size(); ++t) {
      std::string* text = texts_[t];
      last_ = ranges_[t].second;
      cuts_.clear();
      for (std::size_t i = ranges_[t].first; i + 1 < last_; ++i) look_at(*text, i);
      if (cuts_.empty()) continue;
      std::string mended;
      mended.reserve(text->size());
      std::size_t from = 0;
      for (const std::uint32_t cut : cuts_) {
        mended.append(*text, from, cut - from);
        from = cut + 1;
      }
      mended.append(*text, from);
      *text = std::move(mended);
    }
  }

 private:
  // The words between blanks; the hash is of the letters, without a stop behind them.
  void find_words(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
      if (text[i] == ' ') {
        ++i;
        continue;
      }
      const std::size_t begin = i;
      std::uint64_t hash = hash_start;
      bool letters = true, stopped = false;
      for (; i < text.size() && text[i] != ' '; ++i) {
        const char c = text[i];
        if (is_letter(c) && !stopped) {
          const auto low = static_cast<unsigned char>(c | 0x20);
          hash = (hash ^ low) * 1099511628211ULL;
        } else if (c == ',' || c == ';' || c == '.' || c == ':') {
          stopped = true;
        } else {
          letters = false;
        }
      }
      found_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i), letters && is_letter(text[begin]) ? hash : 0, false});
    }
  }

  std::string_view letters_of(std::string_view text, const Word& word) const {
    std::string_view part = text.substr(word.begin, word.end - word.begin);
    while (!part.empty() && !is_letter(part.back())) part.remove_suffix(1);
    return part;
  }

  bool listed(std::uint64_t hash) const { return list_.has(hash | 1U); }
  // A word of the language, as far as we know: of the list, or one that the text has at least twice (once more than here).
  bool known(const Word& word, std::string_view letters) {
    if (letters.size() == 1) return letters == "a" || letters == "I" || words_.language != Language::en;
    return word.listed || counts_.count(word.hash | 1U) > 1 || !small_letters(letters.substr(1));
  }

  void look_at(std::string_view text, std::size_t i) {
    const Word& first = found_[i];
    const Word& second = found_[i + 1];
    const std::string_view b = text.substr(second.begin, second.end - second.begin);
    const std::string_view a = text.substr(first.begin, first.end - first.begin);
    if (stop_apart(b) || dash_apart(a, b) || day_apart(text, i)) {
      cuts_.push_back(first.end);
      return;
    }
    if (words_.language != Language::en || first.hash == 0 || second.hash == 0 || !is_letter(a.back()) || !is_lower(b[0])) return;
    if (!cuts_.empty() && cuts_.back() == first.begin - 1) return;  // joined to the word before
    const std::string_view c = letters_of(text, second);
    const bool one = known(first, a), two = known(second, c);
    if (one && two) return;
    const std::uint64_t joined = carry_hash(carry_hash(hash_start, a), c);
    if (!listed(joined) && counts_.count(joined | 1U) == 0) return;
    // "b y India": a letter alone may belong to the word before or behind; the next pair is looked at where this one is no word.
    cuts_.push_back(first.end);
  }

  // "stimulus ,": never in French, which sets a blank before some stops.
  bool stop_apart(std::string_view b) const {
    return !words_.space_before_punctuation && b.size() == 1 && (b[0] == ',' || b[0] == ';' || b[0] == '.' || b[0] == ':');
  }

  // "follow -up", "Secretary -General", "2015 –2030", "18– 22": a dash with a blank on one side only joins; "medium- and" does not.
  static bool dash_apart(std::string_view a, std::string_view b) {
    if (b.size() > 1 && b[0] == '-' && is_letter(b[1]) && is_letter(a.back())) return true;
    constexpr std::string_view dash = "\xE2\x80\x93";
    if (b.size() > 3 && b.starts_with(dash) && is_digit(b[3]) && is_digit(a.back())) return true;
    return a.size() > 3 && a.ends_with(dash) && is_digit(a[a.size() - 4]) && is_digit(b[0]);
  }

  // "1 5 January": two digits before a month are one day.
  bool day_apart(std::string_view text, std::size_t i) const {
    const Word& first = found_[i];
    const Word& second = found_[i + 1];
    if (first.end - first.begin != 1 || second.end - second.begin != 1 || i + 2 >= last_) return false;
    const char a = text[first.begin], b = text[second.begin];
    if (a < '1' || a > '3' || !is_digit(b) || (a == '3' && b > '1')) return false;
    const std::string next = lower(text.substr(found_[i + 2].begin, 24));
    return std::any_of(words_.months.begin(), words_.months.end(), [&](const auto& month) { return next.starts_with(month.name); });
  }

  const DocumentWords& words_;
  const WordList& list_;
  std::vector<std::string*> texts_;
  std::vector<Word> found_;
  std::vector<std::pair<std::size_t, std::size_t>> ranges_;  // the words of each text
  std::size_t last_ = 0;
  std::vector<std::uint32_t> cuts_;  // places of the blanks to take out, ascending
  Counts counts_{0};
};

}  // namespace

void mend_gaps(PartedText& parted, const DocumentWords& words) { Mender(parted, words).mend(); }

PartedText read_lines(std::string_view text, const DocumentWords& words, bool& paged) {
  TextLines lines = scan_lines(text);
  paged = lines.paged;
  if (lines.paged) drop_furniture(lines);
  PartedText parted;
  parted.notes = take_notes(lines, words);
  parted.parts = join_lines(lines, words);
  bind_marks(parted, words);
  if (lines.paged) mend_gaps(parted, words);
  return parted;
}

}  // namespace stocktake
