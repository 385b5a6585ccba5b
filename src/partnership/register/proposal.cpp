#include "partnership/register/proposal.h"

#include <algorithm>
#include <filesystem>

#include "base/language.h"
#include "partnership/register/actors.h"
#include "partnership/register/fields.h"

namespace stocktake {
namespace {

// Letters and digits of the ASCII set stay, so do ( ) and #; what is between becomes one hyphen.
std::string id_part(std::string_view text) {
  std::string id;
  for (const char c : text) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '(' || c == ')' ||
                      c == '#' || c == '.';
    if (good) {
      id += c;
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  return id;
}

PartyKind kind_of(ActorKind kind) {
  switch (kind) {
    case ActorKind::governments: return PartyKind::government;
    case ActorKind::un_body:
    case ActorKind::secretary_general: return PartyKind::un_body;
    case ActorKind::business: return PartyKind::business;
    case ActorKind::civil_society: return PartyKind::civil_society;
    case ActorKind::foundations: return PartyKind::foundation;
    case ActorKind::local_authorities: return PartyKind::local_authority;
    case ActorKind::academia: return PartyKind::academia;
    case ActorKind::unknown:
    case ActorKind::parliaments:
    case ActorKind::financial_institutions:
    case ActorKind::other: break;
  }
  return PartyKind::other;
}

Party party_of(const ActorFound& actor, const ResolutionText& text) {
  Party party{actor.id, actor.name, kind_of(actor.kind)};
  if (actor.id == "self" && !text.body.empty()) {  // the body that speaks, whatever the language: "general_assembly"
    if (party.name.empty()) party.name = text.body;
    party.id = actor_table().resolve(Party{"", text.body, PartyKind::un_body});
    if (party.kind == PartyKind::other) party.kind = PartyKind::un_body;
  }
  if (party.name.empty()) party.name = party.id;
  party.id = actor_table().resolve(party);
  return party;
}

// The first `most` bytes, without half a character.
std::string shortened(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

Commitment proposal_of(const ResolutionText& text, const ClauseReading& reading) {
  const Clause& clause = text.clauses[static_cast<std::size_t>(reading.clause)];
  Commitment commitment;
  commitment.text = shortened(clause.text, 240);
  commitment.actor = reading.actor ? party_of(*reading.actor, text) : Party{"unknown", "unknown", PartyKind::other};
  for (const ActorFound& addressee : reading.addressees) commitment.beneficiaries.push_back(party_of(addressee, text));
  commitment.made = text.adopted;
  SourceClause& source = commitment.source;
  source.document = text.symbol.empty() ? std::filesystem::path(text.file).filename().string() : text.symbol;
  source.hash = text.hash;
  source.path = clause.path;
  source.language = code(text.language);
  source.text = clause.text;
  std::uint32_t begin = 0, end = static_cast<std::uint32_t>(clause.text.size());
  if (reading.verb && !reading.inherited_verb) {
    begin = reading.verb->span.begin;
    std::uint32_t last = reading.verb->span.end;
    for (const QuantityFound& quantity : reading.quantities) last = std::max(last, quantity.span.end);
    for (const DeadlineFound& deadline : reading.deadlines) last = std::max(last, deadline.span.end);
    if (last > reading.verb->span.end) end = last;  // else to the end of the sentence
  }
  source.begin = std::min(begin, end);
  source.end = end;
  for (const DeadlineFound& deadline : reading.deadlines) {
    const bool sound = deadline.binding && deadline.date && (!commitment.made || *commitment.made <= *deadline.date);
    if (sound && (!commitment.due || *deadline.date < *commitment.due)) commitment.due = deadline.date;
  }
  const auto is_money = [](const QuantityFound& quantity) {
    return quantity.kind == QuantityKind::money && quantity.unit.size() == 3;
  };
  if (std::count_if(reading.quantities.begin(), reading.quantities.end(), is_money) == 1) {
    const auto money = std::find_if(reading.quantities.begin(), reading.quantities.end(), is_money);
    commitment.measure.amount = money->low;
    commitment.measure.currency = money->unit;
  }
  for (const GoalFound& goal : reading.goals) {
    std::string reference = goal.framework + ":" + goal.code;
    const bool known = std::find(commitment.goals.begin(), commitment.goals.end(), reference) != commitment.goals.end();
    if (!known && is_goal_reference(reference)) commitment.goals.push_back(std::move(reference));
  }
  const std::string document = id_part(text.symbol.empty() ? std::filesystem::path(text.file).stem().string() : text.symbol);
  commitment.id = (document.empty() ? "text" : document) + "/" +
                  id_part(clause.annex.empty() ? clause.path : clause.annex + "." + clause.path);
  return commitment;
}

}  // namespace

std::vector<Commitment> proposals_of(const ResolutionText& text, const std::vector<ClauseReading>& readings) {
  std::vector<Commitment> proposals;
  for (const ClauseReading& reading : readings) {
    if (!reading.commitment) continue;
    proposals.push_back(proposal_of(text, reading));
    // Paths are unique; what the id leaves out of them may not be.
    const std::string id = proposals.back().id;
    const auto taken = [&](const std::string& wanted) {
      return std::any_of(proposals.begin(), proposals.end() - 1, [&](const Commitment& c) { return c.id == wanted; });
    };
    for (int n = 2; taken(proposals.back().id); ++n) proposals.back().id = id + "." + std::to_string(n);
  }
  return proposals;
}

}  // namespace stocktake
