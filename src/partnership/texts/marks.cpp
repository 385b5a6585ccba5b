#include <algorithm>

#include "partnership/texts/characters.h"
#include "partnership/texts/lines.h"

namespace stocktake {
namespace {

// A place where the digits of a mark may stand as a mark, and how much speaks for it.
struct Place {
  std::size_t part = 0;
  std::uint32_t begin = 0, end = 0;  // the digits
  int value = 0, score = 0;
};

// Takes [begin, end) out of a text, and one of two blanks that would be left; none stays between Chinese characters.
void cut_out(std::string& text, std::size_t begin, std::size_t end) {
  const Character before = character_before(text, begin);
  std::size_t after = end;
  while (after < text.size() && text[after] == ' ') ++after;
  const Character next = character_at(text, after);
  if (is_wide(next.value) && is_wide(before.value)) {
    end = after;
  } else if (begin > 0 && text[begin - 1] == ' ' &&
             (after > end || after == text.size() || ending_of(next.value) != Ending::none)) {
    --begin;
  }
  text.erase(begin, end - begin);
}

// "km²", "m³": no mark.
bool exponent(std::string_view text, std::size_t at, int digit) {
  if (digit != 2 && digit != 3) return false;
  return at > 0 && text[at - 1] == 'm' &&
         (at == 1 || text[at - 2] == ' ' ||
          ((text[at - 2] == 'k' || text[at - 2] == 'c' || text[at - 2] == 'm') && (at == 2 || !is_letter(text[at - 3]))));
}

void take_raised(Part& part) {
  std::string& text = part.text;
  std::size_t at = 0;
  const auto next_raised = [&](std::size_t from) {  // the first bytes of the superscripts
    for (; from < text.size() && text[from] != '\xC2' && text[from] != '\xE2'; ++from) {
      while (from + 8 < text.size() && !any_high(eight_bytes(text.data() + from))) from += 8;
      if (text[from] == '\xC2' || text[from] == '\xE2') break;
    }
    return from;
  };
  for (at = next_raised(0); at < text.size(); at = next_raised(at)) {
    Character c = character_at(text, at);
    int digit = superscript_digit(c.value);
    if (digit < 0 || exponent(text, at, digit)) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    std::string mark;
    for (; digit >= 0; c = character_at(text, at), digit = superscript_digit(c.value)) {
      mark += static_cast<char>('0' + digit);
      at += c.length;
    }
    part.marks.push_back({mark, -1});
    cut_out(text, begin, at);
    at = begin > 0 ? begin - 1 : 0;
  }
}

// "[1]", "([1])" where there is such a note.
void take_bracketed(Part& part, const std::vector<PartNote>& notes) {
  std::string& text = part.text;
  std::size_t at = 0;
  while ((at = text.find('[', at)) != std::string::npos) {
    const std::size_t close = text.find(']', at);
    const std::string inner = close == std::string::npos ? std::string() : text.substr(at + 1, close - at - 1);
    const bool known = !inner.empty() && inner.size() <= 3 &&
                       std::any_of(notes.begin(), notes.end(), [&](const PartNote& note) { return note.note.mark == inner; });
    if (!known) {
      ++at;
      continue;
    }
    const bool round = at > 0 && text[at - 1] == '(' && close + 1 < text.size() && text[close + 1] == ')';
    part.marks.push_back({inner, -1});
    cut_out(text, at - (round ? 1 : 0), close + (round ? 2 : 1));
    at = at > 0 ? at - 1 : 0;
  }
}

std::string_view word_before(std::string_view text, std::size_t at) {
  const std::size_t begin = at == 0 ? std::string_view::npos : text.rfind(' ', at - 1);
  return text.substr(begin == std::string_view::npos ? 0 : begin + 1, at - (begin == std::string_view::npos ? 0 : begin + 1));
}

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& entry) {
    return entry.size() == word.size() && std::equal(entry.begin(), entry.end(), word.begin(), [](char a, char b) {
             return a == (is_upper(b) ? static_cast<char>(b + ('a' - 'A')) : b);
           });
  });
}

bool month_follows(std::string_view text, std::size_t at, const DocumentWords& words) {
  while (at < text.size() && text[at] == ' ') ++at;
  std::string next(text.substr(at, 24));
  if (next.empty()) return false;
  if (is_upper(next[0])) next[0] = static_cast<char>(next[0] + ('a' - 'A'));
  return std::any_of(words.months.begin(), words.months.end(), [&](const auto& month) { return next.starts_with(month.name); });
}

// How well digits at a place fit a mark; negative where they cannot be one.
int score_of(std::string_view text, std::size_t begin, std::size_t end, const DocumentWords& words) {
  if (begin == 0) return -1;
  const char next = end < text.size() ? text[end] : ' ';
  const Character wide = character_at(text, end);
  const bool closed = next == ' ' || ending_of(wide.value) != Ending::none || next == ')' || is_wide(wide.value) ||
                      wide.value == 0x201D || wide.value == 0xBB;
  if (!closed) return -1;
  if ((next == '.' || next == ',') && end + 1 < text.size() && is_digit(text[end + 1])) return -1;
  const bool spaced = text[begin - 1] == ' ';
  const std::size_t edge = spaced ? begin - 1 : begin;
  if (edge == 0) return -1;
  const Character before = character_before(text, edge);
  const char last = before.value < 0x80 ? static_cast<char>(before.value) : '\0';
  const bool stop = ending_of(before.value) != Ending::none || last == ')' || last == '"' || before.value == 0x201D ||
                    before.value == 0x2019 || before.value == 0xBB || before.value == 0x300B;
  if (!spaced) {
    if (is_digit(last) || last == '-' || last == '/' || last == '(' || last == '$' || before.value == 0x2013) return -1;
    if (last == '.') {  // "A/60/L.1", "Add.1"
      std::string_view word = word_before(text, edge - 1);
      word.remove_prefix(std::min(word.find_last_of("/(") + 1, word.size()));
      if (word_before(text, edge).find('/') != std::string_view::npos ||
          std::find(words.symbol_parts.begin(), words.symbol_parts.end(), word) != words.symbol_parts.end())
        return -1;
    }
    if (stop) return edge >= 2 && is_digit(text[edge - 2]) && last != ')' ? 3 : 8;
    return edge >= 2 && is_lower(last) ? 8 : is_upper(last) ? 1 : 4;
  }
  const std::string_view word = word_before(text, edge);
  int score = stop ? 6 : is_digit(last) ? 2 : 3;
  if (!stop && has(words.number_before, word)) score -= 5;
  if (!stop && !word.empty() && is_upper(word.front())) score += 1;
  if (month_follows(text, end, words)) score -= 7;
  std::size_t after = end;
  while (after < text.size() && text[after] == ' ') ++after;
  const std::string_view following = text.substr(after, std::min(text.find(' ', after), text.size()) - after);
  if (!stop && has(words.number_after, following)) score -= word.empty() || is_lower(word.front()) ? 2 : 1;
  if (next != ' ' && !stop) score += 2;
  if (end == text.size()) score += 2;
  return std::max(score, -1);
}

void find_places(const Part& part, std::size_t index, int most, const DocumentWords& words, std::vector<Place>& places) {
  const std::string& text = part.text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (i + 8 < text.size() && !any_digit(eight_bytes(text.data() + i))) i += 8;
    if (!is_digit(text[i])) continue;
    std::size_t end = i;
    int value = 0;
    while (end < text.size() && is_digit(text[end])) {
      if (end - i < 4) value = value * 10 + (text[end] - '0');
      ++end;
    }
    const std::size_t digits = end - i;
    // "1/", as texts of the 1990s print their marks
    if (end < text.size() && text[end] == '/' && (end + 1 == text.size() || text[end + 1] == ' ')) ++end;
    if (digits <= 3 && value >= 1 && value <= most && text[i] != '0') {
      const int score = score_of(text, i, end, words);
      if (score >= 0) places.push_back({index, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end), value, score});
    }
    i = end;
  }
}

// One place for each note, in the order of the text, on the note's page, so that the sum of the scores is greatest.
class Chooser {
 public:
  Chooser(PartedText& parted, const DocumentWords& words) : parted_(parted), words_(words) {}

  void choose() {
    std::vector<int> open;
    int most = 0;
    for (std::size_t i = 0; i < parted_.notes.size(); ++i) {
      const int value = value_of(parted_.notes[i]);
      if (value == 0 || parted_.notes[i].bound) continue;
      open.push_back(static_cast<int>(i));
      most = std::max(most, value);
    }
    if (open.empty()) return;
    std::vector<Place> places;
    for (std::size_t i = 0; i < parted_.parts.size(); ++i) find_places(parted_.parts[i], i, most, words_, places);
    std::vector<std::size_t> chosen = best_places(open, places);
    for (std::size_t k = chosen.size(); k-- > 0;) {  // from the end: cutting moves what follows
      if (chosen[k] == none) continue;
      const Place& place = places[chosen[k]];
      Part& part = parted_.parts[place.part];
      part.marks.insert(part.marks.begin(), {parted_.notes[static_cast<std::size_t>(open[k])].note.mark, open[k]});
      cut_out(part.text, place.begin, place.end);
      parted_.notes[static_cast<std::size_t>(open[k])].bound = true;
    }
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  static int value_of(const PartNote& note) {
    const std::string& mark = note.note.mark;
    if (mark.empty() || mark.size() > 3 || !std::all_of(mark.begin(), mark.end(), is_digit)) return 0;
    return std::stoi(mark);
  }

  // Dynamic programming over the notes: the best sum that ends with this note at this place. A note may be left out at a price.
  std::vector<std::size_t> best_places(const std::vector<int>& open, const std::vector<Place>& places) const {
    struct Step {
      std::size_t place = none, from = none;  // `from`: index into steps
      int sum = 0;
    };
    constexpr int left_out = -4;
    std::vector<Step> steps;
    std::vector<std::size_t> before{none};  // steps of the note before; none: the start
    for (const int index : open) {
      const PartNote& note = parted_.notes[static_cast<std::size_t>(index)];
      const int value = value_of(note);
      std::vector<std::size_t> now;
      const auto sum_of = [&](std::size_t step) { return step == none ? 0 : steps[step].sum; };
      const auto place_of = [&](std::size_t step) { return step == none ? none : steps[step].place; };
      for (const std::size_t step : before) {  // left out: the place of the note before stays the last
        steps.push_back({place_of(step), step, sum_of(step) + left_out});
        now.push_back(steps.size() - 1);
      }
      for (std::size_t p = 0; p < places.size(); ++p) {
        if (places[p].value != value || !same_page(note, places[p])) continue;
        std::size_t best = none;
        bool any = false;
        for (const std::size_t step : before) {
          const std::size_t place = place_of(step);
          if (place != none && place >= p) continue;
          if (!any || sum_of(step) > sum_of(best)) best = step;
          any = true;
        }
        if (!any) continue;
        steps.push_back({p, best, sum_of(best) + places[p].score});
        now.push_back(steps.size() - 1);
      }
      // Of the steps that end at one place only the best is needed; few are kept, so that many notes stay cheap.
      std::sort(now.begin(), now.end(),
                [&](std::size_t a, std::size_t b) { return steps[a].sum != steps[b].sum ? steps[a].sum > steps[b].sum : a < b; });
      if (now.size() > 24) now.resize(24);
      before = std::move(now);
    }
    std::vector<std::size_t> chosen(open.size(), none);
    std::size_t step = before.front();
    for (std::size_t k = open.size(); k-- > 0 && step != none; step = steps[step].from) {
      const std::size_t previous = steps[step].from;
      const std::size_t earlier = previous == none ? none : steps[previous].place;
      if (steps[step].place != earlier) chosen[k] = steps[step].place;
    }
    return chosen;
  }

  bool same_page(const PartNote& note, const Place& place) const {
    const Part& part = parted_.parts[place.part];
    // A part that runs over the page's end holds text of the next page.
    return note.page == part.page ||
           (note.page > part.page && (place.part + 1 >= parted_.parts.size() || parted_.parts[place.part + 1].page >= note.page));
  }

  PartedText& parted_;
  const DocumentWords& words_;
};

}  // namespace

void bind_marks(PartedText& parted, const DocumentWords& words) {
  const auto take_note = [&](NoteMark& mark) {
    for (std::size_t i = 0; i < parted.notes.size(); ++i) {
      if (parted.notes[i].note.mark != mark.mark || parted.notes[i].bound) continue;
      mark.note = static_cast<int>(i);
      parted.notes[i].bound = true;
      return;
    }
    for (std::size_t i = 0; i < parted.notes.size() && mark.note < 0; ++i) {  // a mark that comes twice
      if (parted.notes[i].note.mark == mark.mark) mark.note = static_cast<int>(i);
    }
  };
  const bool brackets = !parted.notes.empty();
  for (Part& part : parted.parts) {
    take_raised(part);
    if (brackets) take_bracketed(part, parted.notes);
    for (NoteMark& mark : part.marks) {
      if (mark.note < 0) take_note(mark);
    }
  }
  Chooser(parted, words).choose();
  parted.bound = true;
}

}  // namespace stocktake
