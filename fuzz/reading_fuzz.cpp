// The reading of clauses on any bytes: nothing is thrown, and every place that it names lies in its text.
#include <cstdlib>
#include <string>

#include "partnership/texts/lexicon.h"
#include "partnership/texts/render.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void inside(stocktake::TextSpan span, std::size_t size) { require(span.begin <= span.end && span.end <= size); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stocktake;
  static const std::array<Lexicon, 6> words{Lexicon::load(Language::ar), Lexicon::load(Language::zh),
                                            Lexicon::load(Language::en), Lexicon::load(Language::fr),
                                            Lexicon::load(Language::ru), Lexicon::load(Language::es)};
  if (size == 0) return 0;
  const Lexicon& lexicon = words[data[0] % words.size()];
  ResolutionText text;
  text.language = lexicon.language();
  text.adopted = Date{2015, 9, 25};
  text.session = 70;
  Clause clause;
  clause.path = "1";
  clause.text.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  clause.notes = {0};
  text.footnotes.push_back({"1", clause.text, 0});
  text.clauses.push_back(clause);
  const auto readings = read_clauses(text, lexicon);
  const ClauseReading& one = readings.front();
  const std::size_t end = clause.text.size();
  if (one.verb) inside(one.verb->span, end);
  if (one.actor) inside(one.actor->span, end);
  for (const auto& found : one.further_verbs) inside(found.span, end);
  for (const auto& found : one.addressees) inside(found.span, end);
  for (const auto& found : one.quantities) inside(found.span, end);
  for (const auto& found : one.deadlines) inside(found.span, end);
  for (const auto& found : one.instruments) inside(found.span, end);
  for (const auto& found : one.goals) inside(found.span, end);
  (void)extraction_xml(text, readings);
  return 0;
}
