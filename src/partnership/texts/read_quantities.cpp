#include <cmath>

#include "partnership/texts/rules.h"

namespace stocktake {
namespace {

const Term* number_word(const Sentence& s, std::size_t i) { return s.has(i, bit_number) ? s.term(i) : nullptr; }

// Words of a number, from one with digits or without: hundreds and thousands multiply what stands before them.
std::optional<NumberFound> composed(const Sentence& s, std::size_t at, bool ordinal) {
  double total = 0, section = 0, pending = 0;
  bool any = false, digits = false;
  NumberFound found;
  std::size_t i = at;
  for (; i < s.size(); ++i) {
    const Token& token = s.tokens[i];
    if (token.kind == TokenKind::number) {
      if (any) break;
      pending = token.value;
      found.integer = token.integer;
      // Four digits; Arabic-Indic ones have two bytes each.
      const auto bytes = token.end - token.begin;
      found.plain = token.integer && (bytes == 4 || (bytes == 8 && token.value >= 1000 && token.value < 10000));
      any = digits = true;
      continue;
    }
    const Term* word = number_word(s, i);
    if (word == nullptr) {
      // "two hundred and fifty", not "18 and 19".
      if (any && !digits && s.lexicon.alphabetic() && s.has(i, role_and) && section > 0 && number_word(s, i + 1) != nullptr)
        continue;
      break;
    }
    if (word->number == NumberWord::ordinal) {
      if (!ordinal) break;
      pending += word->value;
      any = true;
      ++i;
      break;
    }
    if (word->number == NumberWord::value) {
      if (digits) break;
      // Chinese digits one after the other are places of a decimal number: 二〇一五.
      if (any && pending > 0 && s.lexicon.alphabetic() && (std::fmod(pending, 10) != 0 || word->value >= 10)) break;
      pending = s.lexicon.alphabetic() || word->value >= 10 ? pending + word->value : pending * 10 + word->value;
    } else if (word->number == NumberWord::multiplier) {
      section += (pending > 0 || any ? std::max(pending, pending > 0 ? 0.0 : 1.0) : 1) * word->value;
      pending = 0;
    } else {
      total = (total + section + pending) * word->value;
      if (!any) total = word->value;
      section = pending = 0;
    }
    any = true;
  }
  if (!any) return {};
  found.value = total + section + pending;
  found.end = i;
  found.words = !digits;
  if (i - at > 1) found.plain = false;
  // "万" and the like alone, or a scale without a number before it ("millions"), is no number.
  const Term* first = number_word(s, at);
  if (first != nullptr && (first->number == NumberWord::scale || (first->number == NumberWord::multiplier && i - at == 1))) {
    if (first->value != 10) return {};
  }
  return found;
}

QuantityKind unit_kind(const Sentence& s, std::size_t i, std::string& code) {
  const LexiconUnit& unit = s.lexicon.units()[static_cast<std::size_t>(s.term(i)->unit)];
  code = unit.code;
  return unit.kind;
}
bool unit_at(const Sentence& s, std::size_t i) { return s.has(i, bit_measure) && s.term(i)->unit >= 0; }
bool unit_of(const Sentence& s, std::size_t i, QuantityKind kind) {
  return unit_at(s, i) && s.lexicon.units()[static_cast<std::size_t>(s.term(i)->unit)].kind == kind;
}

bool connects(const Sentence& s, std::size_t i) { return s.mark(i, '-') || s.has(i, role_until); }

// What a share is a share of: the words after "of", up to what ends them.
std::string share_of(const Sentence& s, std::size_t after) {
  if (!s.has(after, role_of)) return {};
  std::size_t i = after + 1, last = after;
  for (; i < s.size() && i < after + 7; ++i) {
    if (s.tokens[i].kind == TokenKind::mark ||
        s.has(i, role_to | role_at | role_by | role_and | role_stop | role_during | role_until))
      break;
    last = i;
  }
  return last == after ? std::string() : std::string(s.words(after + 1, last));
}

std::string comparison(const Sentence& s, std::size_t first, std::size_t last) {
  const auto name = [&](std::size_t i) { return s.lexicon.comparisons()[static_cast<std::size_t>(s.term(i)->comparison)]; };
  for (std::size_t back = 1; back <= 2 && back <= first; ++back) {
    const Term* term = s.term(first - back);
    if (term != nullptr && term->comparison >= 0 && (term->roles & role_postposed) == 0) return name(first - back);
    // "US$" may stand between, an article may not: "below the 0.15 per cent target".
    if (s.tokens[first - back].kind == TokenKind::mark || s.has(first - back, role_filler | role_of)) break;
  }
  const Term* after = s.term(last + 1);
  if (after != nullptr && after->comparison >= 0 && (after->roles & role_postposed) != 0) return name(last + 1);
  return {};
}

struct Reader {
  const Sentence& s;
  std::vector<QuantityFound>& out;

  void add(QuantityFound found, std::size_t first, std::size_t last) const {
    found.span = s.span(first, last);
    found.comparison = comparison(s, first, last);
    // "over three years" tells how long, not that it is more.
    if (found.kind == QuantityKind::duration && first > 0 && s.words(first - 1, first - 1) == "over") found.comparison.clear();
    if (found.kind == QuantityKind::percent && found.low != found.high) found.kind = QuantityKind::percent_range;
    out.push_back(std::move(found));
    s.take(first, last);
  }

  // The token after the quantity that starts at `at`; `at` where there is none.
  std::size_t read(std::size_t at) const {
    if (s.used[at] != 0) return at;
    const Term* term = s.term(at);
    if (term != nullptr && term->fraction) {
      QuantityFound found;
      found.kind = QuantityKind::fraction;
      found.low = found.high = term->value;
      found.unit = "FRACTION";
      found.of = share_of(s, at + 1);
      add(found, at, at);
      return at + 1;
    }
    if (unit_of(s, at, QuantityKind::percent) && s.tokens[at].kind == TokenKind::term) {  // "百分之 15"
      if (const auto number = number_at(s, at + 1); number && !s.lexicon.alphabetic()) return percent_before(at, *number);
    }
    const auto low = number_at(s, at);
    if (!low || (at > 0 && (s.has(at - 1, role_numbered | role_goal | role_target | role_principle | role_ordinal_mark)))) {
      return low ? low->end : at;
    }
    // "the 397th meeting"
    if (s.lexicon.alphabetic() && low->end < s.size() && s.tokens[low->end].joined && s.tokens[low->end].kind == TokenKind::word)
      return low->end;
    return measured(at, *low);
  }

  std::size_t percent_before(std::size_t at, const NumberFound& low) const {
    QuantityFound found;
    found.unit = "PERCENT";
    found.low = found.high = low.value;
    std::size_t end = low.end;
    if (connects(s, end)) {
      const std::size_t second = unit_of(s, end + 1, QuantityKind::percent) ? end + 2 : end + 1;
      if (const auto high = number_at(s, second)) {
        found.high = high->value;
        end = high->end;
      }
    }
    found.of = share_of(s, end);
    add(found, at, end - 1);
    return end;
  }

  std::size_t measured(std::size_t at, const NumberFound& low) const {
    QuantityFound found;
    found.low = found.high = low.value;
    std::size_t end = low.end;
    // The second number of a range, the unit between the two or only after both.
    const std::size_t link = unit_at(s, end) && !unit_of(s, end, QuantityKind::count) ? end + 1 : end;
    const bool between = at > 0 && s.has(link, role_and) && s.term(at - 1) != nullptr && s.term(at - 1)->comparison >= 0;
    bool range = false;
    if (connects(s, link) || between) {
      std::size_t second = link + 1;
      if (s.mark(second, '$')) ++second;
      if (const auto high = number_at(s, second);
          high && high->value > low.value && (link > end || unit_at(s, high->end) || currency_before(at))) {
        found.high = high->value;
        end = high->end;
        range = true;
      }
    }
    if (const std::size_t first = currency_before(at); first < at) {
      found.kind = QuantityKind::money;
      found.unit = currency(first, at);
      add(found, first, end - 1);
      return end;
    }
    std::size_t unit = end;
    if (s.mark(unit, '-') && s.tokens[unit].joined) ++unit;
    while (s.has(unit, role_measure)) ++unit;
    if (!range && !unit_at(s, unit) && s.lexicon.alphabetic()) {
      // "49 very poor countries": two unknown words may stand between a number and what it counts.
      for (std::size_t skip = 1; skip <= 2; ++skip) {
        if (unit + skip - 1 >= s.size() || s.tokens[unit + skip - 1].kind != TokenKind::word) break;
        if (unit_of(s, unit + skip, QuantityKind::count)) unit += skip;
      }
    }
    if (!unit_at(s, unit)) return low.end;
    found.kind = unit_kind(s, unit, found.unit);
    const bool one_in_words = low.words && low.value == 1;
    if (found.kind == QuantityKind::count && (one_in_words || !low.integer)) {
      if (one_in_words) return unit + 1;
    }
    if (found.kind == QuantityKind::duration && ((one_in_words && !s.lexicon.alphabetic()) || low.plain)) return unit + 1;
    if (found.kind == QuantityKind::percent) found.of = share_of(s, unit + 1);
    if (found.kind == QuantityKind::count) found.of = s.words(unit, unit);
    add(found, at, unit);
    return unit + 1;
  }

  // The token where a currency before the number begins: "US$", "$", "EUR"; `at` for none.
  std::size_t currency_before(std::size_t at) const {
    if (at == 0) return at;
    if (s.mark(at - 1, '$'))
      return at > 1 && s.tokens[at - 1].joined && s.tokens[at - 2].kind == TokenKind::word ? at - 2 : at - 1;
    return unit_of(s, at - 1, QuantityKind::money) ? at - 1 : at;
  }
  std::string currency(std::size_t first, std::size_t at) const {
    std::string code = "USD";
    if (unit_of(s, at - 1, QuantityKind::money)) unit_kind(s, at - 1, code);
    (void)first;
    return code;
  }
};

}  // namespace

std::optional<NumberFound> number_at(const Sentence& s, std::size_t at) { return composed(s, at, false); }

std::optional<NumberFound> ordinal_at(const Sentence& s, std::size_t at) {
  if (s.has(at, role_ordinal_mark)) return composed(s, at + 1, false);
  auto found = composed(s, at, true);
  const Term* last = found ? s.term(found->end - 1) : nullptr;
  if (last == nullptr || last->number != NumberWord::ordinal) return {};
  return found;
}

void find_quantities(const Sentence& s, std::vector<QuantityFound>& out) {
  constexpr std::uint64_t starts = bit_figure | bit_number | bit_measure;
  if ((s.all & starts) == 0) return;
  const Reader reader{s, out};
  for (std::size_t i = 0; i < s.size();) {
    if (!s.has(i, starts)) {
      ++i;
      continue;
    }
    const std::size_t next = reader.read(i);
    i = next > i ? next : i + 1;
  }
}

}  // namespace stocktake
