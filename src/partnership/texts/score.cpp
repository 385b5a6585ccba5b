#include "partnership/texts/score.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/table.h"
#include "partnership/texts/lexicon.h"
#include "partnership/texts/render.h"

namespace stocktake {
namespace {

using Json = nlohmann::json;
using Things = std::vector<std::string>;

std::string lowered(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

class Scorer {
 public:
  explicit Scorer(Score& score) : score_(score) {}

  // Matches each expected thing with one found thing for which `same` holds.
  template <typename Same>
  void compare(const std::string& kind, const std::string& path, const Things& expected, const Things& found, Same same) {
    KindScore& sum = of(kind);
    sum.expected += expected.size();
    sum.found += found.size();
    std::vector<bool> taken(found.size(), false);
    for (const std::string& thing : expected) {
      std::size_t i = 0;
      while (i < found.size() && (taken[i] || !same(thing, found[i]))) ++i;
      if (i < found.size()) {
        taken[i] = true;
        ++sum.matched;
      } else {
        score_.differences.push_back({kind, path, thing, true});
      }
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (!taken[i]) score_.differences.push_back({kind, path, found[i], false});
    }
  }
  void compare(const std::string& kind, const std::string& path, const Things& expected, const Things& found) {
    compare(kind, path, expected, found, [](const std::string& a, const std::string& b) { return a == b; });
  }

 private:
  KindScore& of(const std::string& kind) {
    for (KindScore& known : score_.kinds) {
      if (known.kind == kind) return known;
    }
    score_.kinds.push_back({kind, 0, 0, 0});
    return score_.kinds.back();
  }
  Score& score_;
};

std::string quantity_text(std::string_view kind, double low, double high, std::string_view unit) {
  std::string out(kind);
  out += ' ' + amount_text(low);
  if (high != low) out += " to " + amount_text(high);
  return out.append(" ").append(unit);
}

std::string deadline_text(const DeadlineFound& found) {
  if (found.session) return "session " + std::to_string(*found.session);
  if (found.date) return to_string(*found.date);
  if (found.from) return "from " + to_string(*found.from);
  return found.text;
}

// "words|class": the same class, and one's words within the other's.
bool same_verb(const std::string& a, const std::string& b) {
  const auto x = a.rfind('|'), y = b.rfind('|');
  if (a.substr(x) != b.substr(y)) return false;
  const std::string left = lowered(a.substr(0, x)), right = lowered(b.substr(0, y));
  return left.find(right) != std::string::npos || right.find(left) != std::string::npos;
}

// "id|name": the key gives one of the two, the name with or without its article.
bool same_actor(const std::string& key, const std::string& found) {
  const auto bar = found.find('|');
  const auto bare = [](const std::string& name) {
    for (const std::string_view article : {"the ", "le ", "la ", "les ", "l'", "l\u2019", "el ", "los ", "las "}) {
      if (name.starts_with(article)) return name.substr(article.size());
    }
    return name;
  };
  return key == found.substr(0, bar) || bare(lowered(key)) == bare(lowered(found.substr(bar + 1)));
}

Things strings(const Json& list) {
  Things out;
  for (const auto& item : list) out.push_back(item.get<std::string>());
  return out;
}

Things instruments(const std::vector<InstrumentFound>& found) {
  std::set<std::string> ids;
  for (const InstrumentFound& instrument : found) {
    if (!instrument.id.empty()) ids.insert(instrument.id);
  }
  return {ids.begin(), ids.end()};
}

void paragraph(Scorer& scorer, const std::string& path, const Json& key, const Clause* clause, const ClauseReading* reading) {
  if (key.contains("verbs")) {
    Things expected, found;
    for (const auto& verb : key.at("verbs"))
      expected.push_back(verb.at(0).get<std::string>() + "|" + verb.at(1).get<std::string>());
    const auto add = [&](const VerbFound& verb) {
      const std::string words = clause->text.substr(verb.span.begin, verb.span.end - verb.span.begin);
      found.push_back(words + "|" + std::string(to_string(verb.kind)));
    };
    if (reading != nullptr && reading->verb && !reading->inherited_verb) add(*reading->verb);
    if (reading != nullptr) std::for_each(reading->further_verbs.begin(), reading->further_verbs.end(), add);
    scorer.compare("verbs", path, expected, found, same_verb);
  }
  if (key.contains("actor")) {
    Things expected, found;
    if (const std::string actor = key.at("actor"); !actor.empty()) expected.push_back(actor);
    if (reading != nullptr && reading->actor) found.push_back(reading->actor->id + "|" + reading->actor->name);
    scorer.compare("actors", path, expected, found, same_actor);
  }
  if (key.contains("quantities")) {
    Things expected, found;
    for (const auto& q : key.at("quantities")) {
      expected.push_back(quantity_text(q.at(0).get<std::string>(), q.at(1), q.at(2), q.at(3).get<std::string>()));
    }
    if (reading != nullptr) {
      for (const QuantityFound& q : reading->quantities) found.push_back(quantity_text(to_string(q.kind), q.low, q.high, q.unit));
    }
    scorer.compare("quantities", path, expected, found);
  }
  if (key.contains("deadlines")) {
    Things found;
    if (reading != nullptr) {
      for (const DeadlineFound& deadline : reading->deadlines) {
        if (deadline.binding) found.push_back(deadline_text(deadline));
      }
    }
    scorer.compare("deadlines", path, strings(key.at("deadlines")), found);
  }
  if (key.contains("instruments")) {
    scorer.compare("instruments", path, strings(key.at("instruments")),
                   reading != nullptr ? instruments(reading->instruments) : Things());
  }
}

// What each footnote cites, taken from the clauses that have it.
std::map<std::string, std::vector<InstrumentFound>> cited(const ResolutionText& text,
                                                          const std::vector<ClauseReading>& readings) {
  std::map<std::string, std::vector<InstrumentFound>> out;
  for (const ClauseReading& reading : readings) {
    for (const InstrumentFound& found : reading.instruments) {
      if (found.note >= 0) out[text.footnotes[static_cast<std::size_t>(found.note)].mark].push_back(found);
    }
  }
  return out;
}

}  // namespace

Score score_extraction(const ResolutionText& text, const std::vector<ClauseReading>& readings, std::string_view key,
                       const std::string& file) {
  Score score;
  Scorer scorer(score);
  try {
    const Json all = Json::parse(key);
    std::map<std::string, std::size_t> paths;
    for (std::size_t i = 0; i < text.clauses.size(); ++i) paths.emplace(text.clauses[i].path, i);
    Things expected, found;
    bool preamble = false;
    for (const auto& entry : all.at("paragraphs")) {
      expected.push_back(entry.at("path"));
      preamble = preamble || expected.back().rfind("pp", 0) == 0;
    }
    for (const Clause& clause : text.clauses) {
      if (preamble || clause.kind != ClauseKind::preambular) found.push_back(clause.path);
    }
    scorer.compare("paragraphs", "", expected, found);
    for (const auto& entry : all.at("paragraphs")) {
      const std::string path = entry.at("path");
      const auto at = paths.find(path);
      const bool here = at != paths.end();
      paragraph(scorer, path, entry, here ? &text.clauses[at->second] : nullptr, here ? &readings[at->second] : nullptr);
    }
    if (all.contains("footnotes")) {
      const auto notes = cited(text, readings);
      Things marks, got;
      for (const auto& note : all.at("footnotes")) {
        const std::string mark = note.at("mark");
        marks.push_back(mark);
        if (!note.contains("instruments")) continue;
        const auto at = notes.find(mark);
        for (const std::string& id : strings(note.at("instruments"))) marks.push_back(mark + ": " + id);
        if (at == notes.end()) continue;
        for (const std::string& id : instruments(at->second)) got.push_back(mark + ": " + id);
      }
      for (const FootnoteText& note : text.footnotes) got.push_back(note.mark);
      scorer.compare("footnotes", "", marks, got);
    }
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::input, std::string("the key cannot be read: ") + error.what(),
                "docs/commitments.md describes the file", {file, 0, 0, {}});
  }
  return score;
}

}  // namespace stocktake
