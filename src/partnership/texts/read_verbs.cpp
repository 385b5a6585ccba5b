#include <algorithm>
#include <array>

#include "partnership/texts/rules.h"

namespace stocktake {
namespace {

constexpr std::size_t name_reach = 14;  // tokens from the verb to the end of the actor's name

bool directed(VerbClass kind) {
  return kind == VerbClass::invite || kind == VerbClass::call || kind == VerbClass::urge || kind == VerbClass::request;
}
bool commits(VerbClass kind) { return kind == VerbClass::commit || kind == VerbClass::decide; }

enum class Ready : std::uint8_t { no, start, after_self, joined };
enum class Style : std::uint8_t { none, third, gerund, self };

struct Acting {
  int verb = -1;
  std::size_t token = 0;
};

struct Reader {
  const Sentence& s;
  const Occasion& occasion;
  ClauseReading& out;

  VerbFound found(const Acting& act) const {
    const LexiconVerb& verb = s.lexicon.verbs()[static_cast<std::size_t>(act.verb)];
    return {verb.lemma, verb.kind, verb.strength, s.span(act.token, act.token)};
  }

  // Walks the tokens with what may stand here: the start of a clause, the speakers, a comma after another act.
  template <typename Each>
  void acts(Each each) const {
    Ready ready = Ready::start;
    Style style = Style::none;
    bool self = false;    // the speakers are the subject of the sentence
    bool began = false;   // something but modifiers has been read
    bool inside = false;  // what an earlier text says is told
    int last = -1, governed = -1;
    std::size_t last_token = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
      const Token& token = s.tokens[i];
      if ((token.bits & role_inside) != 0) inside = true;
      if ((token.bits & (bit_mark | bit_verb | role_self | role_modifier | role_and)) == 0) {
        ready = Ready::no;
        began = true;
        continue;
      }
      if (token.kind == TokenKind::mark) {
        inside = inside && token.punct != '.' && token.punct != ';';
        if (token.punct == '.') {
          ready = Ready::start;
          self = false;
          governed = -1;
          if (style == Style::self) style = Style::none;
        } else if (token.punct == ',' || token.punct == ';') {
          ready = ready == Ready::start && !began ? ready : Ready::joined;
        } else if (token.punct != '"' && token.punct != '<') {
          ready = Ready::no;
        }
        continue;
      }
      const Term* term = s.term(i);
      if (inside && i > 0 && s.has(i - 1, role_modifier) && !s.has(i - 1, role_and)) inside = false;  // ", 又请"
      if (!inside && term != nullptr && term->verb >= 0 && acting(*term, i, ready, style, self, governed)) {
        const LexiconVerb& verb = s.lexicon.verbs()[static_cast<std::size_t>(term->verb)];
        const Acting act{term->verb, i};
        each(act);
        if (style == Style::none) {
          style = ready == Ready::after_self || (self && ready == Ready::joined) ? Style::self
                  : (term->verb_forms & verb_third) != 0                         ? Style::third
                  : (term->verb_forms & verb_gerund) != 0                        ? Style::gerund
                                                                                 : Style::self;
          self = self || (style == Style::self && ready == Ready::start);
        }
        last = verb.modal ? term->verb : -1;
        last_token = i;
        ready = Ready::no;
        began = true;
        continue;
      }
      if (term != nullptr && term->verb >= 0 && last >= 0 && i == last_token + 1) governed = term->verb;
      if (term != nullptr && (term->roles & role_self) != 0) {
        const bool subordinate = i > 0 && s.has(i - 1, role_subordinate);
        ready = subordinate ? Ready::no : Ready::after_self;
        self = self || !subordinate;
      } else if (term != nullptr && (term->roles & role_modifier) != 0 && ready != Ready::no) {
        continue;
      } else if (term != nullptr && (term->roles & role_and) != 0) {
        if (ready == Ready::no) ready = Ready::joined;
      } else {
        ready = Ready::no;
      }
      began = true;
    }
  }

  bool acting(const Term& term, std::size_t i, Ready ready, Style style, bool self, int governed) const {
    const LexiconVerb& verb = s.lexicon.verbs()[static_cast<std::size_t>(term.verb)];
    if (verb.anywhere) return true;
    if (ready == Ready::no) return false;
    const bool third = (term.verb_forms & verb_third) != 0, gerund = (term.verb_forms & verb_gerund) != 0,
               base = (term.verb_forms & verb_base) != 0;
    if (ready == Ready::after_self) return base || third;
    if (ready == Ready::joined && governed == term.verb) return false;
    if (verb.modal) {
      if (verb.strength < 9) return false;  // "must" and the like only right after the speakers
      return ready == Ready::joined &&
             (self || (s.lexicon.alphabetic() && style != Style::none && i > 0 && s.has(i - 1, role_and)));
    }
    const bool dropped = base && s.lexicon.pro_drop();
    if (ready == Ready::start) return third || gerund || dropped || (base && occasion.bare && s.lexicon.alphabetic());
    if (verb.start_only) return false;
    if (style == Style::none) return (self && base) || dropped;
    if (!s.lexicon.alphabetic()) return true;
    if (style == Style::gerund) return gerund;
    if (style == Style::third) return third || dropped;
    return base && (self || dropped);
  }

  const LexiconActor* actor(std::size_t i) const {
    return s.has(i, bit_actor) ? &s.lexicon.actors()[static_cast<std::size_t>(s.term(i)->actor)] : nullptr;
  }

  bool closes(std::size_t i) const {
    if (s.lexicon.language() == Language::fr && s.has(i, role_to) && s.has(i, role_of) && !infinitive(i + 1)) return false;
    return i >= s.size() || s.stop(i) || s.mark(i, ',') || s.mark(i, '(') || s.has(i, role_to | role_should | role_stop);
  }

  // French "de" is "to" before an infinitive or the pronoun of one, and "of" otherwise: "le Groupe d'experts de soumettre".
  bool infinitive(std::size_t i) const {
    constexpr std::array<std::string_view, 10> endings{"er",   "ir",    "ttre", "ndre", "uire",
                                                       "ivre", "faire", "rire", "lire", "croire"};
    constexpr std::array<std::string_view, 9> pronouns{"lui", "leur", "se", "s’", "s'", "ne", "le", "les", "y"};
    if (i >= s.size()) return false;
    const std::string_view word = s.words(i, i);
    return std::find(pronouns.begin(), pronouns.end(), word) != pronouns.end() ||
           std::any_of(endings.begin(), endings.end(), [&](std::string_view end) { return word.ends_with(end); });
  }

  // The name of who is asked, after a verb or an appeal.
  bool asked(std::size_t after, std::size_t verb, bool thing) const {
    const std::size_t limit = s.lexicon.alphabetic() ? name_reach : 10;
    std::size_t i = after;
    while (s.has(i, role_modifier) || (s.lexicon.alphabetic() && s.mark(i, ','))) ++i;
    const std::size_t begin = i;
    if (s.lexicon.alphabetic() && s.has(i, role_subordinate)) return told_to(i + 1);
    if (thing && s.lexicon.alphabetic() && s.has(i, role_to)) return told_to(i + 1);  // "recommends to the General Assembly"
    for (; i < std::min(s.size(), begin + limit) && !closes(i); ++i) {
      if (s.has(i, role_pronoun) && i == begin) return named_before(verb);
      const LexiconActor* who = actor(i);
      // "relevant international bodies and regional organizations to promote"
      if (s.lexicon.alphabetic() && !thing && s.has(i, role_and) && leads(i) && plain_name(begin, i))
        return unknown_name(begin, i);
      // In an alphabet an actor deep in a phrase ("the implementation of ... by") is not who is asked, unless "to" follows.
      if (who == nullptr || (s.lexicon.alphabetic() && i > begin + 1 && !leads(i) && (thing || !direct(begin, i)))) continue;
      // "the Intergovernmental Panel on ... of Developing Countries to report": those at the end are not asked.
      if (s.lexicon.alphabetic() && who->beneficiary && i > begin + 1) continue;
      if (!s.lexicon.alphabetic() && i > begin && !direct(begin, i) && !s.has(i - 1, role_of) && !of_state(begin, i, *who)) break;
      if (s.lexicon.alphabetic() && done_by(begin, i)) return false;
      if (thing && s.lexicon.alphabetic() && !s.has(i + 1, role_to)) return false;  // "calls for States to act"
      const std::size_t first = named_from(begin, i);
      out.actor = ActorFound{std::string(s.words(first, i)), who->id, who->kind, s.span(first, i)};
      others(i + 1, begin + 30);
      return true;
    }
    return !thing && unknown(begin, i);
  }

  // "the Congolese parties", "苏丹政府": an unknown name just before the actor belongs to it.
  std::size_t named_from(std::size_t begin, std::size_t at) const {
    std::size_t first = at;
    while (first > begin && s.tokens[first - 1].kind == TokenKind::word &&
           (s.lexicon.alphabetic() ? upper(first - 1) : s.tokens[first].joined)) {
      --first;
    }
    return first;
  }
  bool of_state(std::size_t begin, std::size_t at, const LexiconActor& who) const {
    return who.kind == ActorKind::governments && at == begin + 1 && s.tokens[begin].kind == TokenKind::word &&
           s.tokens[at].joined;
  }
  bool upper(std::size_t i) const {
    const char letter = s.text[s.tokens[i].begin];
    return letter >= 'A' && letter <= 'Z';
  }
  // "urges the continued efforts by the Secretary-General": what is done, and by whom, is not who is asked.
  bool done_by(std::size_t begin, std::size_t at) const {
    bool deed = false;
    for (std::size_t i = begin; i < at; ++i) {
      if (deed && s.has(i, role_by)) return true;
      deed = deed || s.has(i, role_not_actor);
    }
    return false;
  }

  // "demands that all parties ensure", "recommends that the Commission consider": who stands right behind "that".
  bool told_to(std::size_t begin) const {
    std::size_t i = begin;
    while (s.has(i, role_determiner | role_filler | role_modifier | role_subordinate)) ++i;
    std::size_t last = i;
    const LexiconActor* who = actor(i);
    for (; who == nullptr && upper_word(last) && last < i + 6; ++last) who = actor(last + 1);
    if (who == nullptr && last > i) --last;
    if (who == nullptr && !upper_word(i)) return false;
    // "that Kisangani be demilitarized", "that the process of ... continue": it is acted upon, or no name.
    if (s.has(last + 1, role_not_actor | role_should | role_of)) return false;
    out.actor = ActorFound{std::string(s.words(i, last)), who != nullptr ? who->id : std::string(),
                           who != nullptr ? who->kind : ActorKind::unknown, s.span(i, last)};
    return true;
  }
  bool upper_word(std::size_t i) const { return i < s.size() && s.tokens[i].kind == TokenKind::word && upper(i); }

  // Only determiners and plain words up to the actor: "all relevant United Nations entities".
  bool direct(std::size_t begin, std::size_t at) const {
    for (std::size_t i = begin; i < at; ++i) {
      if (s.has(i, role_of | role_at | role_by | role_not_actor | role_within)) return false;
      if (s.tokens[i].kind == TokenKind::mark) return false;
      if (!s.lexicon.alphabetic() && !s.has(i, role_determiner | role_modifier | role_filler | role_measure)) return false;
    }
    return true;
  }

  // After the actor, words and other actors lead to "to".
  bool leads(std::size_t at) const {
    for (std::size_t i = at + 1; i < std::min(s.size(), at + 45); ++i) {
      if (s.has(i, role_to)) return true;
      if (s.stop(i)) return false;
    }
    return false;
  }

  // No actor that is known: the words up to "to", when they can be one.
  bool unknown(std::size_t begin, std::size_t end) const {
    if (end <= begin || end >= s.size()) return false;
    const bool chinese = !s.lexicon.alphabetic();
    const char first = s.text[s.tokens[begin].begin];
    const bool named = s.has(begin, role_determiner | role_filler) || (first >= 'A' && first <= 'Z');
    if (chinese && !(named && s.has(end, role_stop | role_to | role_should))) return false;
    // "the Office, in collaboration with ..., to continue"
    if (!chinese && !s.has(end, role_to) && !(named && s.mark(end, ',') && leads(end))) return false;
    if (end - begin > (named && !chinese ? 12U : 6U)) return false;
    std::size_t head = end - 1;
    for (std::size_t i = begin; i < end; ++i) {
      const bool hyphen = i > begin && s.mark(i, '-') && s.tokens[i].joined;
      const char letter = s.text[s.tokens[i].begin];
      const bool of_name = i > begin && letter >= 'A' && letter <= 'Z';  // "... for Development"
      if ((s.tokens[i].kind == TokenKind::mark && !hyphen) || (s.has(i, role_not_actor) && !of_name) ||
          (s.term(i) != nullptr && s.term(i)->verb >= 0)) {
        return false;
      }
      if (s.has(i, role_of | role_at) && head == end - 1 && i > begin) head = i - 1;
    }
    if (!chinese && s.words(begin, head).size() < 3) return false;
    return unknown_name(begin, end);
  }

  bool unknown_name(std::size_t begin, std::size_t end) const {
    const bool article = s.lexicon.alphabetic() && begin + 1 < end && s.has(begin, role_filler);
    const std::size_t first = article ? begin + 1 : begin;
    out.actor = ActorFound{std::string(s.words(first, end - 1)), {}, ActorKind::unknown, s.span(first, end - 1)};
    others(end, end + 30);
    return true;
  }

  // Two words or more that may be a name: no deed and no other actor among them.
  bool plain_name(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (s.tokens[i].kind == TokenKind::mark || s.has(i, role_not_actor | role_of | role_at | role_to | bit_verb)) return false;
    }
    return end > begin + 1 && s.has(begin, role_determiner | role_filler);
  }

  bool named_before(std::size_t verb) const {
    for (std::size_t i = verb; i-- > 0;) {
      if (const LexiconActor* who = actor(i); who != nullptr) {
        out.actor = ActorFound{std::string(s.words(i, i)), who->id, who->kind, s.span(i, i)};
        return true;
      }
    }
    return false;
  }

  void address(std::size_t i, const LexiconActor& who) const {
    if (out.actor && out.actor->id == who.id) return;
    for (const ActorFound& known : out.addressees) {
      if (known.id == who.id) return;
    }
    out.addressees.push_back({std::string(s.words(i, i)), who.id, who.kind, s.span(i, i)});
  }
  // Those named with the actor, up to "to".
  void others(std::size_t from, std::size_t limit) const {
    for (std::size_t i = from; i < std::min(s.size(), limit) && !s.has(i, role_to | role_should) && !s.stop(i); ++i) {
      if (const LexiconActor* who = actor(i); who != nullptr) address(i, *who);
      if (!s.lexicon.alphabetic() && s.tokens[i].kind == TokenKind::word) break;
    }
  }

  // "强调企业界有必要", "emphasizes that developed countries should".
  bool obliged() const {
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
      const LexiconActor* who = actor(i);
      if (who == nullptr || !s.has(i + 1, role_should) || s.has(i + 2, role_not_actor)) continue;  // not "must be ensured"
      out.actor = ActorFound{std::string(s.words(i, i)), who->id, who->kind, s.span(i, i)};
      return true;
    }
    return false;
  }

  void run() const {
    bool first = true, asks = false, speaks = false;
    acts([&](const Acting& act) {
      VerbFound verb = found(act);
      asks = asks || directed(verb.kind);
      speaks = speaks || !directed(verb.kind);
      if (!out.actor && directed(verb.kind)) {
        asked(act.token + 1, act.token, s.lexicon.verbs()[static_cast<std::size_t>(act.verb)].thing);
      }
      for (std::size_t i = act.token + 1; !out.actor && i < std::min(s.size(), act.token + 4); ++i) {
        if (s.has(i, role_appeal)) asked(i + 1, act.token, false);
      }
      if (first) {
        out.verb = std::move(verb);
      } else {
        out.further_verbs.push_back(std::move(verb));
      }
      first = false;
    });
    if (!out.verb) {  // "Donor countries should review ..."
      if (occasion.preambular || !obliged()) return;
      out.verb = VerbFound{s.lexicon.alphabetic() ? "must" : "必须", VerbClass::commit, 6, {}};
      return;
    }
    const auto any = [&](auto test) {
      return test(out.verb->kind) ||
             std::any_of(out.further_verbs.begin(), out.further_verbs.end(), [&](const VerbFound& v) { return test(v.kind); });
    };
    if (!out.actor && !any(commits) && !asks && out.verb->kind != VerbClass::recall) obliged();
    if (!out.actor && speaks) out.actor = ActorFound{{}, "self", ActorKind::governments, {}};
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (const LexiconActor* who = actor(i); who != nullptr && who->beneficiary) address(i, *who);
    }
  }
};

}  // namespace

void find_verbs(const Sentence& s, const Occasion& occasion, ClauseReading& out) { Reader{s, occasion, out}.run(); }

}  // namespace stocktake
