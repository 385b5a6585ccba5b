#include "partnership/texts/render.h"

#include <array>
#include <nlohmann/json.hpp>

namespace stocktake {
namespace {

using Json = nlohmann::ordered_json;

Json span_json(TextSpan span) { return span.begin == span.end ? Json(nullptr) : Json::array({span.begin, span.end}); }
Json date_json(const std::optional<Date>& date) { return date ? Json(to_string(*date)) : Json(nullptr); }
template <typename T>
Json optional_json(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}
// Whole numbers without ".0", so that 0.7 and 850 read as they are printed.
Json number_json(double value) {
  if (value == static_cast<double>(static_cast<long long>(value)) && value < 1e15) return static_cast<long long>(value);
  return value;
}

template <typename T, typename Make>
Json list(const std::vector<T>& items, Make make) {
  Json out = Json::array();
  for (const T& item : items) out.push_back(make(item));
  return out;
}

Json verb_json(const VerbFound& verb) {
  return {{"lemma", verb.lemma}, {"class", to_string(verb.kind)}, {"strength", verb.strength}, {"span", span_json(verb.span)}};
}
Json actor_json(const ActorFound& actor) {
  return {{"id", actor.id}, {"name", actor.name}, {"kind", to_string(actor.kind)}, {"span", span_json(actor.span)}};
}
Json quantity_json(const QuantityFound& found) {
  return {{"kind", to_string(found.kind)},
          {"low", number_json(found.low)},
          {"high", number_json(found.high)},
          {"unit", found.unit},
          {"of", found.of},
          {"comparison", found.comparison},
          {"span", span_json(found.span)}};
}
Json deadline_json(const DeadlineFound& found) {
  return {{"kind", to_string(found.kind)},
          {"date", date_json(found.date)},
          {"from", date_json(found.from)},
          {"session", optional_json(found.session)},
          {"text", found.text},
          {"binding", found.binding},
          {"span", span_json(found.span)}};
}
Json instrument_json(const ResolutionText& text, const InstrumentFound& found) {
  const bool note = found.note >= 0;
  return {{"id", found.id},
          {"name", found.name},
          {"detail", found.detail},
          {"footnote", note ? Json(text.footnotes[static_cast<std::size_t>(found.note)].mark) : Json(nullptr)},
          {"span", span_json(found.span)}};
}
Json goal_json(const GoalFound& found) {
  return {{"framework", found.framework}, {"code", found.code}, {"why", found.why}, {"span", span_json(found.span)}};
}

Json clause_json(const ResolutionText& text, const Clause& clause, const ClauseReading& reading) {
  Json notes = Json::array();
  for (const int note : clause.notes) notes.push_back(text.footnotes[static_cast<std::size_t>(note)].mark);
  Json out;
  out["path"] = clause.path;
  out["kind"] = to_string(clause.kind);
  out["number"] = clause.number;
  out["parent"] = clause.parent < 0 ? Json(nullptr) : Json(text.clauses[static_cast<std::size_t>(clause.parent)].path);
  out["heading"] = clause.heading;
  out["annex"] = clause.annex;
  out["line"] = clause.line;
  out["source"] = span_json(clause.source);
  out["text"] = clause.text;
  out["footnotes"] = notes;
  out["verb"] = reading.verb ? verb_json(*reading.verb) : Json(nullptr);
  out["verb_inherited"] = reading.inherited_verb;
  out["further_verbs"] = list(reading.further_verbs, verb_json);
  out["actor"] = reading.actor ? actor_json(*reading.actor) : Json(nullptr);
  out["addressees"] = list(reading.addressees, actor_json);
  out["quantities"] = list(reading.quantities, quantity_json);
  out["deadlines"] = list(reading.deadlines, deadline_json);
  out["goals"] = list(reading.goals, goal_json);
  out["instruments"] = list(reading.instruments, [&](const InstrumentFound& found) { return instrument_json(text, found); });
  out["commitment"] = reading.commitment;
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += "; ";
    out += part;
  }
  return out;
}

std::string quantity_cell(const QuantityFound& found) {
  std::string out = found.comparison.empty() ? std::string() : found.comparison + " ";
  out += amount_text(found.low);
  if (found.high != found.low) out += "-" + amount_text(found.high);
  return out + " " + found.unit;
}

std::string deadline_cell(const DeadlineFound& found) {
  std::string out = found.session ? "session " + std::to_string(*found.session)
                    : found.date  ? to_string(*found.date)
                                  : found.text;
  if (!found.date && found.from) out = "from " + to_string(*found.from);
  return out;
}

}  // namespace

std::string_view to_string(ClauseKind value) {
  constexpr std::array<std::string_view, 3> names{"preambular", "operative", "item"};
  return names[static_cast<std::size_t>(value)];
}
std::string_view to_string(QuantityKind value) {
  constexpr std::array<std::string_view, 7> names{"percent", "percent_range", "money",          "duration",
                                                  "count",   "fraction",      "ordinal_session"};
  return names[static_cast<std::size_t>(value)];
}
std::string_view to_string(DeadlineKind value) {
  constexpr std::array<std::string_view, 7> names{"by", "before", "end_of", "at", "during", "from", "session"};
  return names[static_cast<std::size_t>(value)];
}

std::string amount_text(double value) {
  const bool whole = value > -1e15 && value < 1e15 && value == static_cast<double>(static_cast<long long>(value));
  return whole ? std::to_string(static_cast<long long>(value)) : number_text(value);
}

std::string extraction_json(const ResolutionText& text, const std::vector<ClauseReading>& readings) {
  Json out;
  out["schema"] = "stocktake-extraction-1";
  out["file"] = text.file;
  out["format"] = text.format;
  out["hash"] = text.hash;
  out["language"] = code(text.language);
  out["symbol"] = text.symbol;
  out["number"] = text.number;
  out["title"] = text.title;
  out["body"] = text.body;
  out["session"] = optional_json(text.session);
  out["adopted"] = date_json(text.adopted);
  out["issued"] = date_json(text.issued);
  out["agenda_items"] = text.agenda_items;
  out["basis"] = text.basis;
  out["meeting"] = text.meeting;
  out["headings"] = text.headings;
  out["clauses"] = Json::array();
  for (std::size_t i = 0; i < text.clauses.size(); ++i) out["clauses"].push_back(clause_json(text, text.clauses[i], readings[i]));
  out["footnotes"] = list(text.footnotes, [](const FootnoteText& note) {
    return Json{{"mark", note.mark}, {"text", note.text}, {"line", note.line}};
  });
  out["faults"] = list(text.faults, [](const TextFault& fault) {
    return Json{{"line", fault.line}, {"column", fault.column}, {"problem", fault.problem}, {"remedy", fault.remedy}};
  });
  return out.dump(2) + "\n";
}

Table extraction_table(const ResolutionText& text, const std::vector<ClauseReading>& readings) {
  Table table;
  auto& paths = table.add_texts("clause");
  auto& verbs = table.add_texts("verb");
  auto& classes = table.add_texts("class");
  auto& strengths = table.add_integers("strength");
  auto& actors = table.add_texts("actor");
  auto& quantities = table.add_texts("quantities");
  auto& deadlines = table.add_texts("deadlines");
  auto& goals = table.add_texts("goals");
  auto& instruments = table.add_texts("instruments");
  auto& commitments = table.add_texts("commitment");
  auto& texts = table.add_texts("text");
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const ClauseReading& reading = readings[i];
    const Clause& clause = text.clauses[i];
    paths.push_back(clause.path);
    std::vector<std::string> lemmas{reading.verb ? reading.verb->lemma : ""}, amounts, dates, codes, ids;
    for (const VerbFound& verb : reading.further_verbs) lemmas.push_back(verb.lemma);
    verbs.push_back(joined(lemmas));
    classes.emplace_back(reading.verb ? to_string(reading.verb->kind) : "");
    strengths.push_back(reading.verb ? reading.verb->strength : Table::no_integer);
    actors.push_back(!reading.actor ? "" : reading.actor->name.empty() ? reading.actor->id : reading.actor->name);
    for (const QuantityFound& found : reading.quantities) amounts.push_back(quantity_cell(found));
    for (const DeadlineFound& found : reading.deadlines) {
      if (found.binding) dates.push_back(deadline_cell(found));
    }
    for (const GoalFound& found : reading.goals) codes.push_back(found.framework + ":" + found.code);
    for (const InstrumentFound& found : reading.instruments) ids.push_back(found.id.empty() ? found.name : found.id);
    quantities.push_back(joined(amounts));
    deadlines.push_back(joined(dates));
    goals.push_back(joined(codes));
    instruments.push_back(joined(ids));
    commitments.emplace_back(reading.commitment ? "yes" : "");
    texts.push_back(clause.text);
  }
  return table;
}

}  // namespace stocktake
