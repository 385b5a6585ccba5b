// The words of one language that the reading of clauses knows (reference/clauses/LANGUAGE.json), and the matcher that finds them:
// a trie over bytes that gives the longest form at a place. Immutable after loading, so threads may share one.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "partnership/texts/form_trie.h"
#include "partnership/texts/reading.h"

namespace stocktake {

// How a verb stands in a sentence; a form may be several.
enum VerbForm : std::uint8_t {
  verb_third = 1,   // "requests": the body decides
  verb_gerund = 2,  // "requesting": preambles
  verb_base = 4,    // "request": after "we"
};

struct LexiconVerb {
  std::string lemma;
  VerbClass kind = VerbClass::none;
  int strength = 0;
  bool start_only = false;  // acts only at the start of a clause: "supports", "considers"
  bool anywhere = false;    // acts wherever it stands: "表示关切" at the end of a sentence
  bool thing = false;       // its object is a thing: "calls for"
  bool modal = false;       // "will", "must": only with the speakers as subject
};

struct LexiconActor {
  std::string id;
  ActorKind kind = ActorKind::other;
  bool beneficiary = false;  // named for whom something is done: "least developed countries"
  bool body = false;         // an organ that has sessions and resolutions of its own
  std::string resolutions;   // the prefix of its resolutions: "A/HRC/RES/"
};

// What a function word does; "words" of the file. Several may be set.
enum WordRole : std::uint64_t {
  role_modifier = 1ULL << 0,       // "also", "strongly": between the start and the verb
  role_and = 1ULL << 1,            // joins verbs: "and"
  role_self = 1ULL << 2,           // the speakers: "we"
  role_to = 1ULL << 3,             // closes the name of an actor: "to"
  role_by = 1ULL << 4,             // before a date
  role_before = 1ULL << 5,         //
  role_at = 1ULL << 6,             // "in", "on", "at"
  role_during = 1ULL << 7,         //
  role_from = 1ULL << 8,           //
  role_until = 1ULL << 9,          // "to" between two dates
  role_since = 1ULL << 10,         // before a date that is past
  role_of = 1ULL << 11,            // before the date of a document
  role_filler = 1ULL << 12,        // "the", "year": between a preposition and a date
  role_end = 1ULL << 13,           // "the end of"
  role_begin = 1ULL << 14,         // "the beginning of", "early"
  role_middle = 1ULL << 15,        // "mid-"
  role_session = 1ULL << 16,       // "session"
  role_resolution = 1ULL << 17,    // "resolution"
  role_decision = 1ULL << 18,      //
  role_annex = 1ULL << 19,         //
  role_principle = 1ULL << 20,     //
  role_target = 1ULL << 21,        // "target" before 17.2
  role_goal = 1ULL << 22,          // "Goal" before 5
  role_naming = 1ULL << 23,        // a year before it is part of a name: "Agenda"
  role_due = 1ULL << 24,           // a year before it is a deadline: "deadline", "target date"
  role_past = 1ULL << 25,          // what follows or stands before is over: "held", "adopted"
  role_within = 1ULL << 26,        // before a duration that ends in a deadline
  role_not_actor = 1ULL << 27,     // heads of nouns that cannot act: "efforts"
  role_should = 1ULL << 28,        // after an actor: "should"
  role_postposed = 1ULL << 29,     // the comparison or the preposition stands after: "以上", "之前"
  role_treaty = 1ULL << 30,        // "Treaty Series"
  role_every = 1ULL << 31,         // "annually"
  role_year_mark = 1ULL << 32,     // "年" after the number of a year
  role_month_mark = 1ULL << 33,    //
  role_day_mark = 1ULL << 34,      //
  role_numbered = 1ULL << 35,      // "paragraph": the number after it counts nothing
  role_measure = 1ULL << 36,       // between a number and what it counts: "个"
  role_subordinate = 1ULL << 37,   // before "we": the speakers do not act there: "that"
  role_pronoun = 1ULL << 38,       // "them": the actor named before
  role_appeal = 1ULL << 39,        // "its appeal to": an actor follows
  role_ordinal_mark = 1ULL << 40,  // "第"
  role_determiner = 1ULL << 41,    // may open the name of an actor: "all", "these"
  role_stop = 1ULL << 42,          // ends the name of an actor that is not known: "在"
  role_event = 1ULL << 43,         // the adoption of the text itself, from which days are counted
  role_inside = 1ULL << 44,        // opens what an earlier text says: "其中"
};

// What else a token is, in the bits above the roles (Token::bits): one look says whether a rule can use it.
inline constexpr std::uint64_t bit_verb = 1ULL << 45;
inline constexpr std::uint64_t bit_actor = 1ULL << 46;
inline constexpr std::uint64_t bit_instrument = 1ULL << 47;
inline constexpr std::uint64_t bit_goal = 1ULL << 48;
inline constexpr std::uint64_t bit_month = 1ULL << 49;
inline constexpr std::uint64_t bit_number = 1ULL << 50;    // a number word
inline constexpr std::uint64_t bit_measure = 1ULL << 51;   // a unit or a fraction
inline constexpr std::uint64_t bit_figure = 1ULL << 52;    // a number in digits
inline constexpr std::uint64_t bit_document = 1ULL << 53;  // a pair, a symbol or a sales number
inline constexpr std::uint64_t bit_mark = 1ULL << 54;
inline constexpr std::uint64_t bit_stop = 1ULL << 55;  // . ; :

enum class Part : std::uint8_t { none, quarter1, quarter2, quarter3, quarter4, half1, half2 };
enum class NumberWord : std::uint8_t { none, value, multiplier, scale, ordinal };

// One form of the language and all that it can mean.
struct Term {
  std::uint64_t roles = 0;
  std::int16_t verb = -1, actor = -1, instrument = -1, goal = -1;
  std::uint8_t verb_forms = 0;
  std::uint8_t month = 0;  // 1 to 12
  NumberWord number = NumberWord::none;
  Part part = Part::none;
  double value = 0;              // of a number word or a fraction
  bool fraction = false;         // "one third", "by half"
  std::int16_t unit = -1;        // index of units(): durations, currencies, counted things, "PERCENT"
  std::int16_t comparison = -1;  // index of comparisons()
  bool cased = false;            // only with a capital at the start
};

struct LexiconUnit {
  std::string code;
  QuantityKind kind = QuantityKind::count;
};

struct LexiconInstrument {
  std::string id;
};

struct LexiconGoal {
  std::string mdg, sdg;  // "" where the framework does not have it, "*" for the framework itself
};

std::string_view to_string(VerbClass kind);
std::string_view to_string(ActorKind kind);

class Lexicon {
 public:
  // Reads reference/clauses/LANGUAGE.json of data_home(). Throws Error(not_found) where there is none, Error(input) with the
  // file and the entry for one that cannot be understood.
  static Lexicon load(Language language);
  static Lexicon parse(std::string_view json, const std::string& file);

  Language language() const { return language_; }
  bool alphabetic() const { return alphabetic_; }  // words stand between spaces; false for Chinese
  bool pro_drop() const { return pro_drop_; }      // "we" is in the verb: "reafirmamos"
  bool decimal_comma() const { return decimal_comma_; }

  const std::vector<LexiconVerb>& verbs() const { return verbs_; }
  const std::vector<LexiconActor>& actors() const { return actors_; }
  const std::vector<LexiconUnit>& units() const { return units_; }
  const std::vector<LexiconInstrument>& instruments() const { return instruments_; }
  const std::vector<LexiconGoal>& goals() const { return goals_; }
  const std::vector<std::string>& comparisons() const { return comparisons_; }
  const Term& term(int index) const { return terms_[static_cast<std::size_t>(index)]; }
  // The roles of a term and the bits that follow from its other members.
  std::uint64_t bits(int index) const { return bits_[static_cast<std::size_t>(index)]; }

  // The longest known form that starts at `at`; -1 for none. `length` takes its bytes. ASCII letters match in either case.
  int match(std::string_view text, std::size_t at, std::size_t& length) const { return trie_.match(text, at, length); }

 private:
  struct Loader;
  Term& add_form(std::string_view form);
  void build();

  Language language_ = Language::en;
  bool alphabetic_ = true, decimal_comma_ = false, pro_drop_ = false;
  std::vector<LexiconVerb> verbs_;
  std::vector<LexiconActor> actors_;
  std::vector<LexiconUnit> units_;
  std::vector<LexiconInstrument> instruments_;
  std::vector<LexiconGoal> goals_;
  std::vector<std::string> comparisons_;
  std::vector<Term> terms_;
  std::vector<std::uint64_t> bits_;                // beside the terms
  std::map<std::string, int, std::less<>> forms_;  // while loading, and to refuse a form twice in one role
  FormTrie trie_;
};

}  // namespace stocktake
