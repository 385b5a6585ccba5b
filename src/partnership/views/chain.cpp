#include "partnership/views/chain.h"

#include <algorithm>
#include <cmath>

namespace stocktake {
namespace {

void add_history(std::vector<ChainLink>& links, const Commitment& commitment, Date at, const std::string& unit) {
  for (const StatusChange& change : commitment.history) {
    if (change.struck) continue;
    ChainLink link{
        LinkKind::status, change.on,     std::string(to_string(change.status)), change.note, {}, change.by, change.amount, {},
        change.entry,     at < change.on};
    if (change.amount) link.unit = unit;
    links.push_back(std::move(link));
  }
  for (const EvidenceLink& evidence : commitment.evidence) {
    links.push_back({LinkKind::evidence,
                     evidence.on,
                     evidence.kind,
                     evidence.note,
                     evidence.link,
                     {},
                     {},
                     {},
                     evidence.entry,
                     at < evidence.on});
  }
  for (const Milestone& milestone : commitment.milestones) {
    links.push_back({LinkKind::milestone,
                     milestone.due,
                     milestone.text,
                     {},
                     {},
                     {},
                     milestone.value,
                     milestone.value ? unit : "",
                     milestone.entry,
                     at < milestone.due});
    for (const MilestoneWord& word : milestone.told) {
      const std::string what = (word.met ? "milestone met: " : "milestone not met after all: ") + milestone.text;
      links.push_back({LinkKind::evidence, word.on, what, word.note, word.link, word.by, {}, {}, word.entry, at < word.on});
    }
  }
  if (commitment.due) links.push_back({LinkKind::due, commitment.due, "due", {}, {}, {}, {}, {}, 0, at < *commitment.due});
  std::stable_sort(links.begin(), links.end(), [](const ChainLink& a, const ChainLink& b) { return a.on < b.on; });
}

void add_result(std::vector<ChainLink>& links, const CommitmentAccount& account, Date at, const std::string& unit) {
  const Delivery& delivery = account.delivery;
  ChainLink result{
      LinkKind::delivery, at, std::string(to_string(delivery.state)), delivery.note, delivery.series, {}, {}, {}, 0, false};
  if (account.money) {
    result.amount = account.money->delivered;
    result.unit = unit;
  } else if (delivery.facts.latest_year != 0) {
    result.on = year_end(delivery.facts.latest_year);
    result.amount = delivery.facts.latest;
    result.unit = delivery.unit;
  }
  links.push_back(std::move(result));
  ChainLink gap{LinkKind::gap, at, "gap", {}, {}, {}, {}, {}, 0, false};
  if (account.money) {
    gap.amount = account.money->gap();
    gap.unit = unit;
  } else if (std::isfinite(delivery.gap)) {
    gap.amount = delivery.gap;
    gap.unit = delivery.unit;
  } else {
    return;
  }
  links.push_back(std::move(gap));
}

// For readers: without exponents and without the tail of a binary fraction.
std::string shown(double value) {
  if (value == std::round(value)) return number_text(value, 0);
  std::string text = number_text(value, 4);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

std::string_view to_string(LinkKind kind) {
  switch (kind) {
    case LinkKind::clause: return "clause";
    case LinkKind::promise: return "promise";
    case LinkKind::status: return "status";
    case LinkKind::milestone: return "milestone";
    case LinkKind::evidence: return "evidence";
    case LinkKind::due: return "due";
    case LinkKind::delivery: return "delivery";
    case LinkKind::gap: return "gap";
  }
  return "";
}

Chain chain_of(const CommitmentAccount& account, Date at) {
  const Commitment& commitment = *account.commitment;
  const SourceClause& source = commitment.source;
  Chain chain;
  chain.account = &account;
  chain.language = source.language;
  const std::size_t size = source.text.size();
  const bool marked = source.begin < source.end && source.end <= size;
  chain.before = source.text.substr(0, marked ? source.begin : size);
  if (marked) {
    chain.words = source.text.substr(source.begin, source.end - source.begin);
    chain.after = source.text.substr(source.end);
  }
  const std::string unit = money_unit(commitment.measure);
  std::vector<ChainLink> links;
  add_history(links, commitment, at, unit);
  ChainLink clause{LinkKind::clause, {}, source.document, source.path, {}, {}, {}, {}, commitment.entry, false};
  ChainLink promise{LinkKind::promise,
                    commitment.made,
                    commitment.text,
                    {},
                    {},
                    commitment.by,
                    account.delivery.money.promised,
                    {},
                    commitment.entry,
                    false};
  if (promise.amount) promise.unit = unit;
  if (!source.document.empty() || !source.text.empty()) chain.links.push_back(std::move(clause));
  chain.links.push_back(std::move(promise));
  chain.links.insert(chain.links.end(), links.begin(), links.end());
  add_result(chain.links, account, at, unit);
  return chain;
}

Table to_table(const Chain& chain) {
  Table table;
  auto& kind = table.add_texts("link");
  auto& on = table.add_texts("on");
  auto& what = table.add_texts("what");
  auto& amount = table.add_numbers("amount");
  auto& unit = table.add_texts("unit");
  auto& note = table.add_texts("note");
  auto& address = table.add_texts("address");
  auto& by = table.add_texts("by");
  auto& entry = table.add_integers("entry");
  auto& later = table.add_texts("later");
  for (const ChainLink& link : chain.links) {
    kind.emplace_back(to_string(link.kind));
    on.push_back(link.on ? to_string(*link.on) : "");
    what.push_back(link.what);
    amount.push_back(link.amount.value_or(no_figure));
    unit.push_back(link.unit);
    note.push_back(link.note);
    address.push_back(link.link);
    by.push_back(link.by);
    entry.push_back(link.entry == 0 ? Table::no_integer : static_cast<std::int64_t>(link.entry));
    later.emplace_back(link.later ? "yes" : "");
  }
  return table;
}

std::string to_text(const Chain& chain, std::string_view mark, std::string_view end) {
  const Commitment& commitment = *chain.account->commitment;
  std::string text = commitment.id + "\n" + commitment.text + "\n" + commitment.actor.name + "\n\n";
  if (!chain.before.empty() || !chain.words.empty()) {
    text += chain.before;
    if (!chain.words.empty()) text += std::string(mark) + chain.words + std::string(end) + chain.after;
    text += "\n\n";
  }
  for (const ChainLink& link : chain.links) {
    std::string line = link.on ? to_string(*link.on) : std::string(10, ' ');
    std::string kind(to_string(link.kind));
    kind.resize(10, ' ');
    line += "  " + kind + link.what;
    if (link.amount) line += "  " + shown(*link.amount) + (link.unit.empty() ? "" : " " + link.unit);
    if (!link.note.empty()) line += "  " + link.note;
    if (!link.link.empty()) line += "  <" + link.link + ">";
    if (link.later) line += "  (later)";
    if (link.entry != 0) line += "  [entry " + std::to_string(link.entry) + "]";
    text += line + "\n";
  }
  return text;
}

}  // namespace stocktake
