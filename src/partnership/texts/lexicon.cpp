#include "partnership/texts/lexicon.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"

namespace stocktake {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 11> class_names{"none", "recall", "recognise", "welcome", "reaffirm", "invite",
                                                       "call", "urge",   "request",   "commit",  "decide"};
constexpr std::array<std::string_view, 12> actor_names{
    "unknown",           "governments", "un_body",     "secretary_general",      "business", "civil_society", "foundations",
    "local_authorities", "academia",    "parliaments", "financial_institutions", "other"};
// In the order of the bits of WordRole.
constexpr std::array<std::string_view, 45> role_names{
    "modifier",  "and",         "self",      "to",     "by",           "before",     "at",         "during",   "from",
    "until",     "since",       "of",        "filler", "end",          "begin",      "middle",     "session",  "resolution",
    "decision",  "annex",       "principle", "target", "goal",         "naming",     "due",        "past",     "within",
    "not_actor", "should",      "postposed", "treaty", "every",        "year_mark",  "month_mark", "day_mark", "numbered",
    "measure",   "subordinate", "pronoun",   "appeal", "ordinal_mark", "determiner", "stop",       "event",    "inside"};
constexpr std::array<std::string_view, 7> part_names{
    "", "first_quarter", "second_quarter", "third_quarter", "fourth_quarter", "first_half", "second_half"};

template <std::size_t N>
int place(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

// Letters outside ASCII are compared as bytes: the form with the other case of its first letter is a form of its own.
std::string other_case(std::string_view form) {
  std::int32_t at = 0;
  UChar32 first = 0;
  U8_NEXT(form.data(), at, static_cast<std::int32_t>(form.size()), first);
  if (first < 128) return {};
  const UChar32 upper = u_toupper(first);
  if (upper == first) return {};
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, upper);
  return std::string(bytes.data(), static_cast<std::size_t>(size)) + std::string(form.substr(static_cast<std::size_t>(at)));
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string folded(std::string_view form) {
  std::string out(form);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

double fraction_value(const std::string& text) {
  const auto slash = text.find('/');
  return slash == std::string::npos ? std::stod(text) : std::stod(text.substr(0, slash)) / std::stod(text.substr(slash + 1));
}

}  // namespace

std::string_view to_string(VerbClass kind) { return class_names[static_cast<std::size_t>(kind)]; }
std::string_view to_string(ActorKind kind) { return actor_names[static_cast<std::size_t>(kind)]; }

struct Lexicon::Loader {
  Lexicon& lexicon;
  const std::string& file;

  [[noreturn]] void fail(const std::string& problem) const {
    throw Error(ErrorKind::input, problem, "docs/commitments.md describes the file", {file, 0, 0, {}});
  }
  template <std::size_t N>
  int known(const std::array<std::string_view, N>& names, const std::string& name) const {
    const int at = place(names, name);
    if (at < 0) fail("'" + name + "' is not known here");
    return at;
  }
  static const Json& part(const Json& all, const char* key) {
    static const Json nothing = Json::object();
    return all.contains(key) ? all.at(key) : nothing;
  }
  template <typename Set>
  void each(const Json& list, Set set) const {
    for (const auto& form : list) expand(form.get<std::string>(), set);
  }
  // "take {|due }note": one form for each of the words between the braces.
  template <typename Set>
  void expand(const std::string& form, Set set) const {
    const std::size_t open = form.find('{');
    if (open == std::string::npos) return set(lexicon.add_form(form));
    const std::size_t close = form.find('}', open);
    if (close == std::string::npos) fail("a brace of '" + form + "' is not closed");
    for (std::size_t at = open + 1; at <= close;) {
      const std::size_t end = std::min(form.find('|', at), close);
      expand(form.substr(0, open) + form.substr(at, end - at) + form.substr(close + 1), set);
      at = end + 1;
    }
  }
  int unit(const std::string& code, QuantityKind kind) const {
    lexicon.units_.push_back({code, kind});
    return static_cast<int>(lexicon.units_.size()) - 1;
  }

  void verbs(const Json& list) const {
    for (const auto& entry : list) {
      LexiconVerb verb;
      verb.lemma = entry.at("lemma");
      const int kind = known(class_names, entry.at("class"));
      verb.kind = static_cast<VerbClass>(kind);
      verb.strength = entry.value("strength", kind);
      const std::string at = entry.value("at", "");
      verb.start_only = at == "start";
      verb.anywhere = at == "any";
      verb.modal = at == "modal";
      verb.thing = entry.value("object", "") == std::string("thing");
      const auto index = static_cast<std::int16_t>(lexicon.verbs_.size());
      lexicon.verbs_.push_back(verb);
      const auto add = [&](const char* key, std::uint8_t form) {
        if (!entry.contains(key)) return;
        each(entry.at(key), [&](Term& term) {
          if (term.verb >= 0 && term.verb != index) fail("a form of '" + verb.lemma + "' belongs to another verb too");
          term.verb = index;
          term.verb_forms |= form;
        });
      };
      add("third", verb_third);
      add("gerund", verb_gerund);
      add("base", verb_base);
    }
  }

  void actors(const Json& list) const {
    for (const auto& entry : list) {
      LexiconActor actor;
      actor.id = entry.at("id");
      actor.kind = static_cast<ActorKind>(known(actor_names, entry.at("kind")));
      actor.beneficiary = entry.value("beneficiary", false);
      actor.resolutions = entry.value("resolutions", "");
      actor.body = entry.value("body", !actor.resolutions.empty());
      const auto index = static_cast<std::int16_t>(lexicon.actors_.size());
      lexicon.actors_.push_back(actor);
      each(entry.at("forms"), [&](Term& term) { term.actor = index; });
    }
  }

  void named(const Json& all) const {
    for (const auto& entry : part(all, "instruments")) {
      lexicon.instruments_.push_back({entry.at("id")});
      const auto index = static_cast<std::int16_t>(lexicon.instruments_.size() - 1);
      each(entry.at("forms"), [&](Term& term) { term.instrument = index; });
    }
    for (const auto& entry : part(all, "goals")) {
      lexicon.goals_.push_back({entry.value("mdg", ""), entry.value("sdg", "")});
      const auto index = static_cast<std::int16_t>(lexicon.goals_.size() - 1);
      each(entry.at("forms"), [&](Term& term) { term.goal = index; });
    }
  }

  void measures(const Json& all) const {
    const auto units = [&](const char* key, QuantityKind kind) {
      for (const auto& [code, forms] : part(all, key).items()) {
        const int index = unit(code, kind);
        each(forms, [&](Term& term) { term.unit = static_cast<std::int16_t>(index); });
      }
    };
    units("percent", QuantityKind::percent);
    units("currencies", QuantityKind::money);
    units("durations", QuantityKind::duration);
    units("counts", QuantityKind::count);
    const auto numbers = [&](const char* key, NumberWord kind) {
      for (const auto& [form, value] : part(all, key).items()) {
        Term& term = lexicon.add_form(form);
        term.number = kind;
        term.value = value.get<double>();
      }
    };
    numbers("numbers", NumberWord::value);
    numbers("multipliers", NumberWord::multiplier);
    numbers("scales", NumberWord::scale);
    numbers("ordinals", NumberWord::ordinal);
    for (const auto& [form, value] : part(all, "fractions").items()) {
      Term& term = lexicon.add_form(form);
      term.fraction = true;
      term.value = fraction_value(value.get<std::string>());
    }
    for (const auto& [name, forms] : part(all, "comparisons").items()) {
      lexicon.comparisons_.push_back(name);
      each(forms, [&](Term& term) { term.comparison = static_cast<std::int16_t>(lexicon.comparisons_.size() - 1); });
    }
    std::uint8_t month = 0;
    for (const auto& forms : all.at("months")) {
      ++month;
      each(forms, [&](Term& term) { term.month = month; });
    }
    for (const auto& [name, forms] : part(all, "parts").items()) {
      const auto part = static_cast<Part>(known(part_names, name));
      each(forms, [&](Term& term) { term.part = part; });
    }
    for (const auto& [name, forms] : all.at("words").items()) {
      const std::uint64_t role = 1ULL << static_cast<unsigned>(known(role_names, name));
      each(forms, [&](Term& term) { term.roles |= role; });
    }
  }

  // "twenty-first" to "ninety-ninth" from their parts.
  void compounds(const Json& all) const {
    if (!all.contains("tens")) return;
    for (const auto& [ten, value] : all.at("tens").items()) {
      for (const auto& [key, kind] : {std::pair{"numbers", NumberWord::value}, std::pair{"ordinals", NumberWord::ordinal}}) {
        for (const auto& [form, one] : all.at(key).items()) {
          if (one.get<double>() > 9) continue;
          Term& term = lexicon.add_form(ten + "-" + form);
          term.number = kind;
          term.value = value.get<double>() + one.get<double>();
        }
      }
    }
  }
};

Term& Lexicon::add_form(std::string_view form) {
  const std::string key = folded(form);
  const auto [found, added] = forms_.try_emplace(key, static_cast<int>(terms_.size()));
  if (added) {
    terms_.emplace_back();
    terms_.back().cased = form.front() >= 'A' && form.front() <= 'Z';
    const std::string variant = other_case(form);
    if (!variant.empty()) forms_.try_emplace(folded(variant), found->second);
  } else if (!(form.front() >= 'A' && form.front() <= 'Z')) {
    terms_[static_cast<std::size_t>(found->second)].cased = false;
  }
  return terms_[static_cast<std::size_t>(found->second)];
}

void Lexicon::build() {
  bits_.clear();
  for (const Term& term : terms_) {
    std::uint64_t bits = term.roles;
    const auto bit = [&](bool has, std::uint64_t value) { bits |= has ? value : 0; };
    bit(term.verb >= 0, bit_verb);
    bit(term.actor >= 0, bit_actor);
    bit(term.instrument >= 0, bit_instrument);
    bit(term.goal >= 0, bit_goal);
    bit(term.month != 0, bit_month);
    bit(term.number != NumberWord::none, bit_number);
    bit(term.unit >= 0 || term.fraction, bit_measure);
    bits_.push_back(bits);
  }
  std::vector<FormTrie::Form> forms;
  forms.reserve(forms_.size());
  for (const auto& [form, index] : forms_)
    forms.push_back({form, static_cast<std::int16_t>(index), terms_[static_cast<std::size_t>(index)].cased});
  trie_.build(forms, alphabetic_);
}

Lexicon Lexicon::parse(std::string_view json, const std::string& file) {
  Lexicon lexicon;
  const Loader loader{lexicon, file};
  try {
    const Json all = Json::parse(json);
    const auto language = parse_language(all.at("language").get<std::string>());
    if (!language) loader.fail("'language' is not one of the six");
    lexicon.language_ = *language;
    lexicon.alphabetic_ = all.value("alphabetic", true);
    lexicon.pro_drop_ = all.value("pro_drop", false);
    lexicon.decimal_comma_ = all.value("decimal", ".") == std::string(",");
    loader.verbs(all.at("verbs"));
    loader.actors(all.at("actors"));
    loader.named(all);
    loader.measures(all);
    loader.compounds(all);
  } catch (const Json::exception& error) {
    loader.fail(std::string("the list of words cannot be read: ") + error.what());
  } catch (const std::invalid_argument&) {
    loader.fail("a fraction is not written as 1/3");
  }
  lexicon.build();
  return lexicon;
}

Lexicon Lexicon::load(Language language) {
  const std::string path = data_home() + "/reference/clauses/" + std::string(code(language)) + ".json";
  return parse(read_file(path), path);
}

}  // namespace stocktake
