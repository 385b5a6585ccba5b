#include <algorithm>

#include "partnership/texts/date_point.h"

namespace stocktake {
namespace {

struct Reader {
  const Sentence& s;
  const Occasion& occasion;
  std::vector<DeadlineFound>& out;

  bool year_number(std::size_t i, int& year, std::size_t& end) const {
    const auto number = number_at(s, i);
    if (!number || !number->integer || number->value < 1900 || number->value > 2150) return false;
    if (!number->words && !number->plain) return false;
    if (number->words && s.lexicon.alphabetic()) return false;
    year = static_cast<int>(number->value);
    end = number->end;
    return true;
  }
  std::optional<int> small(std::size_t i, int limit, std::size_t& end) const {
    const auto number = number_at(s, i);
    if (!number || !number->integer || number->value < 1 || number->value > limit) return {};
    end = number->end;
    return static_cast<int>(number->value);
  }

  // "2014 年 9 月 15 日", "2014 年年底", "9 月 15 日".
  std::optional<Point> marked(std::size_t i) const {
    Point point;
    std::size_t at = i, end = i;
    if (year_number(at, point.year, end) && s.has(end, role_year_mark)) {
      const Term* mark = s.term(end);
      point.edge = mark->roles & (role_end | role_begin | role_middle);
      point.part = mark->part;
      at = point.end = end + 1;
      if (const Term* part = s.term(at); part != nullptr && part->part != Part::none) {
        point.part = part->part;
        point.end = ++at;
      } else if (s.has(at, role_end | role_begin | role_middle) && point.edge == 0) {
        point.edge = s.term(at)->roles & (role_end | role_begin | role_middle);
        point.end = ++at;
      }
    } else {
      point.year = 0;
    }
    if (const auto month = small(at, 12, end); month && s.has(end, role_month_mark)) {
      point.month = *month;
      point.edge |= s.term(end)->roles & (role_end | role_begin | role_middle);
      at = point.end = end + 1;
    } else if (point.year == 0) {
      if (const auto day = small(at, 31, end); day && s.has(end, role_day_mark)) {
        point.day = *day;
        point.end = end + 1;
        return point;
      }
      return {};
    }
    if (point.month != 0) {
      if (const auto day = small(at, 31, end); day && s.has(end, role_day_mark) && *day <= 31) {
        point.day = *day;
        point.end = end + 1;
      }
    }
    return point;
  }

  // "15 January 2024", "January 2024", "2024"; a day alone only where a second date completes it.
  std::optional<Point> spelled(std::size_t i) const {
    Point point;
    std::size_t at = i, end = i;
    if (year_number(i, point.year, end) && !s.mark(end, '%')) {
      if (s.mark(i + 1, '/') || s.tokens[i].kind != TokenKind::number) return {};
      point.end = end;
      return point;
    }
    point.year = 0;
    if (s.tokens[i].kind == TokenKind::number && s.tokens[i].integer && s.tokens[i].value >= 1 && s.tokens[i].value <= 31) {
      point.day = static_cast<int>(s.tokens[i].value);
      at = i + 1;
      if (at < s.size() && s.tokens[at].joined && s.tokens[at].kind == TokenKind::word) ++at;  // "1er"
      point.end = at;
      while (s.has(at, role_of)) ++at;  // "15 de enero"
    }
    const Term* month = s.term(at);
    if (month == nullptr || month->month == 0) return point.day != 0 ? std::optional(point) : std::nullopt;
    point.month = month->month;
    point.end = ++at;
    while (s.has(at, role_of)) ++at;
    if (s.mark(at, ',') && s.tokens[at - 1].kind == TokenKind::number) ++at;
    if (year_number(at, point.year, end)) {
      point.end = end;
    } else if (point.day == 0 && at < s.size() && s.tokens[at].kind == TokenKind::number && s.mark(at + 1, ',')) {
      const int day = static_cast<int>(s.tokens[at].value);  // "December 15, 2024"
      if (day >= 1 && day <= 31 && year_number(at + 2, point.year, end)) {
        point.day = day;
        point.end = end;
      }
    }
    return point;
  }

  std::optional<Point> point(std::size_t i) const {
    if (i >= s.size() || s.used[i] != 0) return {};
    auto found = s.lexicon.alphabetic() ? spelled(i) : marked(i);
    if (!found && !s.lexicon.alphabetic()) {
      // "2015-2030": years without their mark, as the first part of a range.
      Point bare;
      if (year_number(i, bare.year, bare.end) && (s.mark(bare.end, '-') || (i > 0 && s.mark(i - 1, '-')))) found = bare;
    }
    return found;
  }

  void emit(DeadlineFound found, std::size_t first, std::size_t last) const {
    found.text = s.words(first, last);
    found.span = s.span(first, last);
    out.push_back(std::move(found));
  }

  std::size_t read_date(std::size_t i) const {
    auto first = point(i);
    if (!first) return i;
    Point second = *first;
    bool range = false;
    std::size_t link = first->end;
    const bool joins = s.mark(link, '-') || s.has(link, role_until | role_and);
    if (joins) {
      std::size_t next = link + 1;
      while (s.has(next, role_filler) || (s.has(next, role_of) && s.lexicon.alphabetic())) ++next;
      const auto other = point(next);
      const bool days_only = first->year == 0;
      if (other && other->year != 0 && (days_only || !s.has(link, role_and)) && (days_only || other->year >= first->year)) {
        second = *other;
        if (first->year == 0) first->year = other->year;
        if (first->month == 0 && first->day != 0) first->month = other->month;
        range = true;
      } else if (other && first->year != 0 && !s.lexicon.alphabetic() && !s.has(link, role_and)) {
        second = *other;  // 2024年4月22日至25日
        second.year = first->year;
        if (second.month == 0) second.month = first->month;
        range = second.month != 0;
        if (!range) second = *first;
      }
    }
    if (first->year == 0) return i;
    s.take(i, second.end - 1);
    judge(i, *first, second, range);
    return second.end;
  }

  // Reads what stands before and after the date.
  void judge(std::size_t begin, const Point& from, Point to, bool range) const {
    std::size_t before = begin;
    std::uint64_t edge = to.edge;
    Part part = Part::none;
    bool article = false;
    while (before > 0) {
      const Term* term = s.term(before - 1);
      if (term == nullptr) break;
      if ((term->roles & (role_end | role_begin | role_middle)) != 0) {
        edge |= term->roles & (role_end | role_begin | role_middle);
      } else if (term->part != Part::none) {
        part = term->part;
      } else if ((term->roles & role_filler) != 0) {
        article = article || before == begin;
      } else if ((term->roles & role_of) != 0 && before >= 2 &&
                 (s.has(before - 2, role_end | role_begin | role_middle) ||
                  (s.term(before - 2) != nullptr && s.term(before - 2)->part != Part::none))) {
        // "the end of 2014"
      } else {
        break;
      }
      --before;
    }
    to.edge = edge;
    Point start = from;
    if (part != Part::none && to.month == 0) start.part = to.part = part;
    const std::size_t after = to.end;
    const std::uint64_t preposition = before > 0 && s.term(before - 1) != nullptr ? s.term(before - 1)->roles : 0;
    // Chinese writes "before" after the date, or in one form with the mark of its last part: 月之前.
    const bool closed = s.has(after, role_postposed);
    const std::uint64_t behind = closed ? s.term(after)->roles : s.has(after - 1, role_postposed) ? s.term(after - 1)->roles : 0;
    const bool whole_year = to.month == 0 && to.part == Part::none;
    const bool due = s.has(after, role_due) || s.has(after - 1, role_due);
    DeadlineFound found;
    std::size_t first_token = preposition != 0 ? before - 1 : before;
    std::size_t last_token = closed || s.has(after, role_due) ? after : after - 1;
    const std::uint64_t known = role_by | role_before | role_at | role_during | role_from | role_until | role_since;
    std::uint64_t role =
        (behind & (role_before | role_from | role_since | role_during | role_by)) != 0 ? behind : preposition & known;
    if (whole_year && upon(before)) return;
    if (role == 0 && whole_year && (preposition & role_of) != 0 && session_of(before - 1)) role = role_at;
    if (s.has(after, role_postposed | role_year_mark) && s.has(after, role_naming)) role = 0;
    if (due) role = role_by;
    if (naming(begin, after, whole_year, range, article, due)) {
      if (role != 0 && !due) mention(found, start, to, first_token, last_token);
      return;
    }
    if ((role & (role_by | role_before | role_at | role_during | role_from | role_until)) == 0) return;
    found.date = to.last();
    if ((role & role_before) != 0) {
      const bool ends = (edge & role_end) != 0;
      found.kind = ends ? DeadlineKind::end_of : DeadlineKind::before;
      if (!ends) found.date = day_before(start.first());
    } else if ((role & role_by) != 0 || ((role & role_until) != 0 && !range)) {
      found.kind = (edge & role_end) != 0 ? DeadlineKind::end_of : DeadlineKind::by;
    } else if ((role & role_from) != 0 && !range) {
      if ((preposition & role_of) != 0 && behind == 0) return;  // "du 25 septembre 2015": the date of a document
      found.kind = DeadlineKind::from;
      found.from = start.first();
      found.date.reset();
    } else {
      found.from = start.first();
      found.kind =
          range || whole_year || to.part != Part::none || (role & role_during) != 0 ? DeadlineKind::during : DeadlineKind::at;
      if ((edge & role_end) != 0) found.kind = DeadlineKind::end_of;
      if ((edge & role_end) != 0) found.from.reset();
    }
    // What a preamble tells of a period that has begun is no promise: "the activities during 2025".
    const bool running = occasion.preambular && found.from && occasion.adopted && *found.from <= *occasion.adopted;
    found.binding = !running && !past(found, first_token, role, last_token);
    emit(std::move(found), first_token, last_token);
  }

  void mention(DeadlineFound found, const Point& start, const Point& to, std::size_t first, std::size_t last) const {
    found.kind = DeadlineKind::during;
    found.date = to.last();
    found.from = start.first();
    found.binding = false;
    emit(std::move(found), first, last);
  }

  // The year only names something: "the 2030 Agenda", "post-2015", "the 2023 report", "(2016–2025)".
  bool naming(std::size_t begin, std::size_t after, bool whole_year, bool range, bool article, bool due) const {
    if (!whole_year || due) return false;
    if (begin > 0 && s.mark(begin - 1, '-') && s.tokens[begin].joined) return true;
    if (begin > 0 && s.mark(begin - 1, '(') && s.mark(after, ')')) return true;
    if (s.has(after, role_session)) return false;
    const Term* next = s.term(after);
    if (next != nullptr && (next->roles & role_naming) != 0) return true;
    const Term* mark = after > 0 ? s.term(after - 1) : nullptr;
    if (mark != nullptr && (mark->roles & role_year_mark) != 0 && (mark->roles & role_naming) != 0) return true;
    // English puts the year before what it names.
    if (s.lexicon.language() != Language::en || !article || range || after >= s.size()) return false;
    if (s.tokens[after].kind == TokenKind::word) return true;
    const std::uint64_t closes = role_and | role_to | role_at | role_by | role_of | role_during | role_before | role_from |
                                 role_until | role_since | role_modifier | role_subordinate | role_within;
    return next != nullptr && (next->roles & closes) == 0;
  }

  bool past(const DeadlineFound& found, std::size_t first, std::uint64_t role, std::size_t last) const {
    if ((role & role_since) != 0) return true;
    const auto told = [&] {
      for (std::size_t back = 1; back <= 3 && back <= first; ++back) {
        if (s.has(first - back, role_past)) return true;
        if (s.tokens[first - back].kind == TokenKind::mark) return false;
      }
      for (std::size_t ahead = 1; ahead <= 3 && !s.lexicon.alphabetic(); ++ahead) {
        if (s.has(last + ahead, role_past)) return true;
      }
      return false;
    };
    if (occasion.adopted) return found.date && *found.date < *occasion.adopted;
    return (occasion.opened && found.date && *found.date < *occasion.opened) || told();
  }

  // "at its seventy-ninth session", "第六十九届会议开始时".
  std::size_t read_session(std::size_t i) const {
    const auto number = ordinal_at(s, i);
    if (!number || number->value < 1 || number->value > 200) return i;
    std::size_t at = number->end, begin = i;
    if (s.lexicon.language() == Language::ar && i > 0 && s.has(i - 1, role_session)) {  // "session" stands first
      begin = i - 1;
      at = number->end - 1;
    }
    for (int skip = 0; begin == i && skip < 3 && at < s.size() && !s.has(at, role_session); ++skip) {
      if (s.tokens[at].kind == TokenKind::mark) return i;
      if (const auto another = ordinal_at(s, at); another) return i;
      ++at;
    }
    if (begin == i && !s.has(at, role_session)) return i;
    s.take(begin, at);
    while (begin > 0 && s.has(begin - 1, role_filler | role_determiner | role_end | role_begin | role_middle)) --begin;
    const std::uint64_t preposition = begin > 0 && s.term(begin - 1) != nullptr ? s.term(begin - 1)->roles : 0;
    const bool told =
        (preposition & (role_at | role_by | role_before | role_during | role_of | role_from | role_until | role_to)) != 0;
    if (s.lexicon.alphabetic() && (!told || upon(begin))) return at + 1;
    DeadlineFound found;
    found.kind = DeadlineKind::session;
    found.session = static_cast<int>(number->value);
    // "the records of the eightieth session": of the present session, no day for anything.
    const bool own =
        s.lexicon.alphabetic() && occasion.session == found.session && ((preposition & role_of) != 0 || occasion.preambular);
    found.binding = !own && !session_past(*found.session, begin, at);
    emit(std::move(found), told ? begin - 1 : begin, at);
    return at + 1;
  }

  // "the report of the Committee on its eighty-fifth session", "on its 2025 session": about it, not at it.
  bool upon(std::size_t begin) const {
    return s.lexicon.language() == Language::en && begin > 0 && s.words(begin - 1, begin - 1) == "on";
  }

  // Sessions of the same organ that are over. Another organ counts its sessions on its own.
  bool session_past(int session, std::size_t begin, std::size_t end) const {
    for (std::size_t back = 1; back <= 3 && back <= begin; ++back) {
      if (s.has(begin - back, role_past)) return true;
    }
    if (!occasion.session) return false;
    for (std::size_t i = begin > 4 ? begin - 4 : 0; i < std::min(s.size(), end + 4); ++i) {
      const Term* term = s.term(i);
      if (term == nullptr || term->actor < 0) continue;
      const LexiconActor& actor = s.lexicon.actors()[static_cast<std::size_t>(term->actor)];
      if (actor.body && actor.id != "general_assembly") return false;
    }
    return session < *occasion.session;
  }

  // "at its substantive session of 2026": `of` is the place of "of".
  bool session_of(std::size_t of) const {
    if (of == 0 || !s.has(of - 1, role_session)) return false;
    for (std::size_t back = of - 1, steps = 0; back > 0 && steps < 4; ++steps) {
      --back;
      if (s.has(back, role_at | role_by | role_during)) return !upon(back + 1);
      if (s.tokens[back].kind == TokenKind::mark || s.has(back, role_of)) return false;
    }
    return false;
  }
};

}  // namespace

void find_deadlines(const Sentence& s, const Occasion& occasion, std::vector<DeadlineFound>& out) {
  constexpr std::uint64_t starts = bit_figure | bit_number | bit_month | role_within | role_ordinal_mark | role_every;
  if ((s.all & starts) == 0) return;
  const Reader reader{s, occasion, out};
  for (std::size_t i = 0; i < s.size();) {
    std::size_t next = i;
    if (s.has(i, starts) && s.used[i] == 0) {
      next = read_period(s, occasion, i, out);
      if (next == i) next = reader.read_session(i);
      if (next == i) next = reader.read_date(i);
      if (next == i && s.has(i, role_every)) {
        DeadlineFound found;
        found.kind = DeadlineKind::during;
        reader.emit(std::move(found), i, i);
      }
    }
    i = next > i ? next : i + 1;
  }
}

}  // namespace stocktake
