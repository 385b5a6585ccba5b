#include "partnership/texts/date_point.h"

namespace stocktake {
namespace {

struct Reader {
  const Sentence& s;
  const Occasion& occasion;
  std::vector<DeadlineFound>& out;

  void emit(DeadlineFound found, std::size_t first, std::size_t last) const {
    s.take(first, last);
    found.text = s.words(first, last);
    found.span = s.span(first, last);
    out.push_back(std::move(found));
  }

  // "30 days after the adoption of the present resolution", "thirty days before the termination of the agreement".
  std::size_t read_after_event(std::size_t i) const {
    if (!s.lexicon.alphabetic()) return i;
    const auto number = number_at(s, i);
    if (!number || !number->integer) return i;
    const Term* unit = s.term(number->end);
    if (unit == nullptr || unit->unit < 0) return i;
    const LexiconUnit& duration = s.lexicon.units()[static_cast<std::size_t>(unit->unit)];
    const std::size_t link = number->end + 1;
    if (duration.kind != QuantityKind::duration || !s.has(link, role_since | role_before | role_from)) return i;
    std::size_t event = link + 1;
    while (s.has(event, role_filler)) ++event;
    DeadlineFound found;
    std::size_t last = event;
    if (s.has(event, role_event) && !s.has(link, role_before)) {
      if (s.has(event + 1, role_of) && !of_this(event + 2)) return i;  // "after the adoption of the Agenda"
      found.kind = DeadlineKind::by;
      if (occasion.adopted) found.date = later(*occasion.adopted, static_cast<int>(number->value), duration.code);
    } else if (duration.code != "YEAR" && event > link + 1 && s.tokens[event].kind == TokenKind::word) {
      found.kind = s.has(link, role_before) ? DeadlineKind::before : DeadlineKind::by;
      while (last + 1 < s.size() && last < event + 6 && s.tokens[last + 1].kind != TokenKind::mark &&
             !s.has(last + 1, role_to | role_and))
        ++last;
    } else {
      return i;
    }
    emit(std::move(found), i, last);
    return last + 1;
  }
  bool of_this(std::size_t at) const {
    while (s.has(at, role_filler | role_determiner)) ++at;
    return s.has(at, role_resolution) || s.has(at + 1, role_resolution);
  }

  // "within two years", "两年内".
  std::size_t read_within(std::size_t i) const {
    const bool before = s.has(i, role_within) && !s.has(i, role_postposed);
    std::size_t at = before ? i + 1 : i;
    while (before && s.has(at, role_filler)) ++at;
    const auto number = number_at(s, at);
    if (!number || !number->integer) return i;
    const Term* unit = s.term(number->end);
    if (unit == nullptr || unit->unit < 0) return i;
    const LexiconUnit& duration = s.lexicon.units()[static_cast<std::size_t>(unit->unit)];
    if (duration.kind != QuantityKind::duration) return i;
    std::size_t last = number->end;
    if (!before) {
      if (!(s.has(last + 1, role_within) && s.has(last + 1, role_postposed))) return i;
      ++last;
    }
    DeadlineFound found;
    found.kind = DeadlineKind::by;
    if (occasion.adopted) found.date = later(*occasion.adopted, static_cast<int>(number->value), duration.code);
    // "within 60 days of the adoption of the present resolution"; of another event the day is not known.
    if (before && s.has(last + 1, role_of | role_since | role_from)) {
      std::size_t event = last + 2;
      while (s.has(event, role_filler)) ++event;
      if (!s.has(event, role_event) || (s.has(event + 1, role_of) && !of_this(event + 2))) found.date.reset();
    }
    emit(std::move(found), i, last);
    return last + 1;
  }

  static std::optional<Date> later(Date date, int number, const std::string& unit) {
    if (number > 1000) return {};
    if (unit == "YEAR") date.year += number;
    if (unit == "MONTH") {
      date.year += (date.month - 1 + number) / 12;
      date.month = (date.month - 1 + number) % 12 + 1;
    }
    date.day = std::min(date.day, last_day(date.year, date.month));
    int days = unit == "WEEK" ? 7 * number : unit == "DAY" ? number : 0;
    while (days > 0) {
      const int left = last_day(date.year, date.month) - date.day;
      if (days <= left) {
        date.day += days;
        days = 0;
      } else {
        days -= left + 1;
        date = date.month == 12 ? Date{date.year + 1, 1, 1} : Date{date.year, date.month + 1, 1};
      }
    }
    return date;
  }
};

}  // namespace

std::size_t read_period(const Sentence& s, const Occasion& occasion, std::size_t at, std::vector<DeadlineFound>& out) {
  const Reader reader{s, occasion, out};
  const std::size_t next = reader.read_within(at);
  return next > at ? next : reader.read_after_event(at);
}

}  // namespace stocktake
