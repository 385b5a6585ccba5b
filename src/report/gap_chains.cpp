// Each promise from its sentence to what came of it. The clause keeps its own language and direction, its promising words are
// marked.
#include <cmath>

#include "base/language.h"
#include "report/gap_sections.h"

namespace stocktake {
namespace {

bool runs_right_to_left(const std::string& language) {
  const auto known = parse_language(language);
  return known && right_to_left(*known);
}

void write_clause(Html& html, const Chain& chain) {
  if (chain.before.empty() && chain.words.empty()) return;
  const char* direction = runs_right_to_left(chain.language) ? "rtl" : chain.language.empty() ? "auto" : "ltr";
  if (chain.language.empty()) {
    html.open("blockquote", {{"class", "clause"}, {"dir", direction}});
  } else {
    html.open("blockquote", {{"class", "clause"}, {"lang", chain.language}, {"dir", direction}});
  }
  html.text(chain.before);
  if (!chain.words.empty()) html.element("mark", chain.words).text(chain.after);
  html.close().line();
}

std::string what(const GapView& view, const ChainLink& link) {
  switch (link.kind) {
    case LinkKind::status: return view.word("status", link.what);
    case LinkKind::delivery: return view.word("delivery", link.what);
    case LinkKind::evidence: return view.word("evidence", link.what);
    case LinkKind::gap:
    case LinkKind::due: return {};
    default: return link.what;
  }
}

void write_link(Html& html, const GapView& view, const Chain& chain, const ChainLink& link) {
  html.open("li", {{"class", "link-" + std::string(to_string(link.kind)) + (link.later ? " later" : "")}});
  html.element("b", view.word("link", to_string(link.kind)));
  if (link.on) {
    const bool series =
        link.kind == LinkKind::delivery && !chain.account->money && chain.account->delivery.facts.latest_year != 0;
    html.text(" ").element("time", {{"datetime", to_string(*link.on)}},
                           series ? std::to_string(link.on->year) : view.words().date(*link.on));
  }
  const std::string words = what(view, link);
  if (!words.empty()) html.text(view.text("mark.colon")).element("bdi", words);
  if (link.amount) {
    const bool money = chain.account->money.has_value();
    html.text(words.empty() ? view.text("mark.colon") : " – ");
    html.text(money ? view.money(*link.amount, link.unit) : view.measured(*link.amount, link.unit));
  }
  // Why nothing is judged is told in English; people's notes in whatever language they wrote.
  if (!link.note.empty() && link.kind == LinkKind::delivery) {
    html.text(" – ").element("bdi", {{"lang", "en"}, {"dir", "ltr"}}, link.note);
  } else if (!link.note.empty()) {
    html.text(" – ").element("bdi", link.note);
  }
  if (link.link.starts_with("http://") || link.link.starts_with("https://")) {
    html.text(" ").open("a", {{"href", link.link}, {"rel", "noreferrer"}}).text(link.link).close();
  } else if (!link.link.empty()) {
    html.text(" ").element("code", link.link);
  }
  if (!link.by.empty()) html.text(" ").element("span", {{"class", "small"}}, link.by);
  if (link.entry != 0) html.text(" ").element("span", {{"class", "small"}}, view.text("gap.entry", {{"n", link.entry}}));
  html.close().line();
}

}  // namespace

void write_chains(Html& html, const GapView& view) {
  GapPart part(html, view, "chains", false);
  if (view.report().chains.empty()) html.element("p", view.text("gap.empty"));
  for (const Chain& chain : view.report().chains) {
    const Commitment& commitment = *chain.account->commitment;
    html.open("article", {{"class", "chain"}}).open("h3").element("bdi", commitment.text).close();
    html.open("p", {{"class", "small"}}).element("bdi", commitment.actor.name);
    html.text(" · " + view.word("status", to_string(chain.account->status)) + " · ")
        .element("code", commitment.id)
        .close()
        .line();
    write_clause(html, chain);
    html.open("ol", {{"class", "links"}}).line();
    for (const ChainLink& link : chain.links) write_link(html, view, chain, link);
    html.close().close().line();
  }
  part.finish();
}

}  // namespace stocktake
