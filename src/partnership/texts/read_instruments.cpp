#include <algorithm>

#include "partnership/texts/rules.h"

namespace stocktake {
namespace {

constexpr std::size_t list_reach = 24;     // tokens between the word "resolutions" and the last number of its list
constexpr std::size_t forward_reach = 60;  // Chinese puts the word after the list

bool roman(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c == 'I' || c == 'V' || c == 'X' || c == 'L' || c == 'C'; });
}

// "A", "AA": the letters of a resolution in parts.
bool part_letters(std::string_view text) {
  return text.size() <= 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) &&
         text.front() == text.back();
}

struct Reader {
  const Sentence& s;
  int note;
  std::vector<InstrumentFound>& out;
  std::size_t first_own;
  std::string_view speaker;  // what the symbols of the speaking body's resolutions begin with

  void add(std::string id, std::size_t first, std::size_t last) const {
    s.take(first, last);
    for (std::size_t i = first_own; i < out.size(); ++i) {
      if (out[i].id == id && out[i].note == note) return;
    }
    InstrumentFound found;
    found.id = std::move(id);
    found.name = s.words(first, last);
    found.note = note;
    found.span = s.span(first, last);
    found.detail = detail(last + 1);
    out.push_back(std::move(found));
  }

  // "annex II", "and Corr.1" after an instrument.
  std::string detail(std::size_t at) const {
    std::size_t i = at;
    while (i < s.size() && i < at + 2 && (s.mark(i, ',') || s.mark(i, '>') || s.mark(i, '"'))) ++i;
    if (s.has(i, role_resolution)) ++i;  // 第 65/1 号决议，附件
    while (i < s.size() && i < at + 4 && s.mark(i, ',')) ++i;
    if (s.has(i, role_annex)) {
      const bool more = i + 1 < s.size() && (roman(s.words(i + 1, i + 1)) || s.tokens[i + 1].kind == TokenKind::number ||
                                             (s.term(i + 1) != nullptr && s.term(i + 1)->number == NumberWord::value));
      return std::string(s.words(i, more ? i + 1 : i));
    }
    if (at + 1 < s.size() && s.has(at, role_and)) {
      const std::string_view rest = s.text.substr(s.tokens[at + 1].begin);
      if (rest.rfind("Corr.", 0) == 0 || rest.rfind("Add.", 0) == 0 || rest.rfind("Rev.", 0) == 0) {
        std::size_t end = rest.find('.') + 1;
        while (end < rest.size() && (rest[end] == ' ' || (rest[end] >= '0' && rest[end] <= '9'))) ++end;
        while (end > 0 && rest[end - 1] == ' ') --end;
        return std::string(rest.substr(0, end));
      }
    }
    return {};
  }

  // The organ whose resolution it is: named just before the word or just after the number.
  std::string prefix(std::size_t at, bool year, bool decision, std::string_view listed = {}) const {
    const auto organ = [&](std::size_t i) -> const LexiconActor* {
      if (!s.has(i, bit_actor)) return nullptr;
      const LexiconActor& actor = s.lexicon.actors()[static_cast<std::size_t>(s.term(i)->actor)];
      return actor.resolutions.empty() ? nullptr : &actor;
    };
    const LexiconActor* found = nullptr;
    // "the Human Rights Council, in its resolution 17/4"
    const std::size_t reach = at > 0 && s.has(at - 1, role_filler) ? 5 : 3;
    for (std::size_t back = 1; back <= reach && back <= at && found == nullptr; ++back) {
      if (s.stop(at - back)) break;
      found = organ(at - back);
    }
    for (std::size_t ahead = 1; ahead <= 3 && found == nullptr && s.lexicon.alphabetic(); ++ahead) {
      if (at + ahead >= s.size() || s.tokens[at + ahead].kind == TokenKind::mark) break;
      found = organ(at + ahead);
    }
    std::string out_prefix(found != nullptr && !year ? std::string_view(found->resolutions)
                           : year                    ? "E/RES/"
                           : !listed.empty()         ? listed
                                                     : speaker);
    if (decision) {
      const auto place = out_prefix.find("RES");
      if (place != std::string::npos) out_prefix.replace(place, 3, "DEC");
    }
    return out_prefix;
  }

  // 1 resolution, 2 decision, 0 neither; `word` is the place of the word before the list.
  int after_list(std::size_t i) const {
    if (s.lexicon.alphabetic()) return 0;
    for (std::size_t j = i + 1; j < s.size() && j < i + forward_reach; ++j) {
      if (s.has(j, role_resolution)) return 1;
      if (s.has(j, role_decision)) return 2;
      if (s.stop(j) || s.tokens[j].kind == TokenKind::symbol) return 0;
    }
    return 0;
  }

  void run() const {
    constexpr std::uint64_t starts = bit_instrument | bit_document | bit_figure | role_resolution | role_decision | role_treaty;
    if ((s.all & (starts | role_principle)) == 0) return;
    std::size_t word = 0;
    int listing = 0;
    std::string listed;  // the organ named before the word that the list goes with
    for (std::size_t i = 0; i < s.size(); ++i) {
      const Token& token = s.tokens[i];
      if ((token.bits & (starts | bit_stop)) == 0) continue;
      if (s.has(i, role_resolution | role_decision)) {
        listing = s.has(i, role_resolution) ? 1 : 2;
        word = i;
        listed = prefix(i, false, false);
      }
      if (s.stop(i) || (listing != 0 && i - word > list_reach)) listing = 0;
      if (s.has(i, bit_instrument)) {
        add(s.lexicon.instruments()[static_cast<std::size_t>(s.term(i)->instrument)].id, i, i);
      } else if (token.kind == TokenKind::symbol || token.kind == TokenKind::sales) {
        add(std::string(s.words(i, i)), i, i);
      } else if (token.kind == TokenKind::pair) {
        pair(i, listing, word, listed);
        if (listing != 0) word = std::max(word, i > 8 ? i - 8 : word);  // a long list goes on
      } else if (token.kind == TokenKind::number && s.mark(i + 1, '(') && token.integer) {
        bracket(i, i + 1, listing, word);
        if (listing != 0) word = std::max(word, i > 8 ? i - 8 : word);
      } else if (token.kind == TokenKind::number && token.integer && s.mark(i + 2, '(') && part_letters(s.words(i + 1, i + 1))) {
        bracket(i, i + 2, listing, word);  // "3211 B (XXIX)"
      } else if (s.has(i, role_treaty)) {
        treaty(i);
      }
    }
    principles();
  }

  void pair(std::size_t i, int listing, std::size_t word, const std::string& listed) const {
    const Token& token = s.tokens[i];
    int kind = listing;
    if (kind == 0) kind = after_list(i);
    if (kind == 0) return;
    const bool year = token.value >= 1900;
    std::string number(s.words(i, i));
    std::size_t first = i;
    if (i >= 2 && s.mark(i - 1, '-') && token.joined && s.tokens[i - 1].joined &&
        (s.words(i - 2, i - 2) == "S" || s.words(i - 2, i - 2) == "ES")) {
      first = i - 2;
      number = std::string(s.words(first, first)) + "-" + number;
    }
    if (number.front() < '0' || (number.front() > '9' && number.front() != 'S' && number.front() != 'E')) {
      number =
          std::to_string(static_cast<int>(token.value)) + "/" + std::to_string(static_cast<int>(token.second));  // other digits
    }
    const std::size_t place = listing != 0 && i - word < 2 ? word : i;
    std::string organ = prefix(place, year, kind == 2, listing != 0 ? std::string_view(listed) : std::string_view());
    if (organ == "A/RES/" && place != i) organ = prefix(i, year, kind == 2);
    if (const std::string other = other_body(word, listing); !other.empty()) organ = other + (kind == 2 ? "/DEC/" : "/RES/");
    if (parts(i, organ + number, first)) return;
    add(organ + number, first, i);
  }

  // "document CBD/COP/15/17, decision 15/4": of the body whose document stands just before.
  std::string other_body(std::size_t word, int listing) const {
    if (listing == 0 || word < 2 || !s.mark(word - 1, ',') || s.tokens[word - 2].kind != TokenKind::symbol) return {};
    const std::string_view symbol = s.words(word - 2, word - 2);
    std::size_t end = symbol.find('/');
    if (end == std::string_view::npos || end < 2) return {};  // "A/", "E/", "S/"
    for (std::size_t next = symbol.find('/', end + 1); next != std::string_view::npos; next = symbol.find('/', end + 1)) {
      if (symbol[end + 1] >= '0' && symbol[end + 1] <= '9') break;
      end = next;
    }
    return std::string(symbol.substr(0, end));
  }

  // "64/184 A": a resolution in parts; "31/5 C and D", "67/262 A, B and C".
  bool parts(std::size_t i, const std::string& id, std::size_t first) const {
    const auto letters = [&](std::size_t at) {
      return at < s.size() && !s.tokens[at].joined && s.tokens[at].kind != TokenKind::mark && part_letters(s.words(at, at));
    };
    if (!letters(i + 1)) return false;
    add(id + std::string(s.words(i + 1, i + 1)), first, i + 1);
    for (std::size_t at = i + 2; at + 1 < s.size(); at += 2) {
      const bool link = s.mark(at, ',') || s.has(at, role_and);
      if (!link || !letters(at + 1) || s.mark(at + 2, '.')) break;
      add(id + std::string(s.words(at + 1, at + 1)), at + 1, at + 1);
    }
    return true;
  }

  // "3201 (S-VI)", "1325 (2000)", "194 (III)", "377 A (V)"; `open` is the bracket.
  void bracket(std::size_t i, std::size_t open, int listing, std::size_t word) const {
    std::size_t close = open + 1;
    while (close < s.size() && close < open + 5 && !s.mark(close, ')')) ++close;
    if (!s.mark(close, ')') || close == open + 1) return;
    if (listing == 0 && after_list(close) == 0) return;
    const std::string_view inside = s.words(open + 1, close - 1);
    const bool sessional = roman(inside) || inside.rfind("S-", 0) == 0 || inside.rfind("ES-", 0) == 0;
    const bool year = s.tokens[open + 1].kind == TokenKind::number && s.tokens[open + 1].value >= 1946 && close == open + 2;
    if (!sessional && !year) return;
    const std::size_t place = listing != 0 && i - word < 2 ? word : i;
    std::string organ = year ? std::string("S/RES/") : prefix(place, false, false);
    std::string number(s.words(i, i));
    if (open > i + 1) number += s.words(i + 1, i + 1);
    add(organ + number + "(" + std::string(inside) + ")", i, close);
  }

  void treaty(std::size_t i) const {
    double numbers[2] = {0, 0};
    std::size_t count = 0, last = i;
    const bool same = s.words(i, i).front() == 'I';  // "Ibid., vol. 402, No. 5778", not "Ibid., 2017, Supplement No. 3"
    for (std::size_t j = i + 1; j < s.size() && j < i + 14 && count < 2; ++j) {
      if (s.tokens[j].kind != TokenKind::number) continue;
      if (same && !(s.has(j - 1, role_numbered) || (s.mark(j - 1, '.') && s.has(j - 2, role_numbered)))) continue;
      numbers[count++] = s.tokens[j].value;
      last = j;
    }
    if (count < 2) return;
    add("UNTS " + std::to_string(static_cast<long>(numbers[0])) + ":" + std::to_string(static_cast<long>(numbers[1])), i, last);
  }

  // "principle 7" goes to the instrument named before it, or else to the next one.
  void principles() const {
    if ((s.all & role_principle) == 0) return;
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (!s.has(i, role_principle) || i + 1 >= s.size() || s.tokens[i + 1].kind != TokenKind::number) continue;
      InstrumentFound* best = nullptr;
      for (std::size_t k = first_own; k < out.size(); ++k) {
        const bool before = out[k].span.end <= s.tokens[i].begin;
        if (out[k].note != note || !out[k].detail.empty()) continue;
        if (before || best == nullptr) best = &out[k];
        if (!before) break;
      }
      if (best != nullptr) best->detail = s.words(i, i + 1);
      s.take(i, i + 1);
    }
  }
};

}  // namespace

void find_instruments(const Sentence& s, int note, std::string_view speaker, std::vector<InstrumentFound>& out) {
  Reader{s, note, out, note < 0 ? 0 : out.size(), speaker}.run();
}

}  // namespace stocktake
