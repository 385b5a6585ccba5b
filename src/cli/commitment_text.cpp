#include "cli/commitment_text.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/language.h"
#include "base/table.h"
#include "base/text.h"
#include "base/utf8.h"
#include "partnership/register/record.h"

namespace stocktake {
namespace {

using nlohmann::json;

std::string party_text(const Party& party) {
  std::string text = printable(party.name);
  if (party.id != party.name) text += " [" + printable(party.id) + "]";
  return text + " (" + std::string(to_string(party.kind)) + ")";
}

// For readers: no exponent; whole numbers whole, large ones with cents, small ones to six digits.
std::string plain(double number) {
  if (number == std::floor(number)) return number_text(number, 0);
  return std::fabs(number) >= 1000 ? number_text(number, 2) : fmt::format("{:.6g}", number);
}

std::string money(double amount, const std::string& currency) { return plain(amount) + (currency.empty() ? "" : " " + currency); }

std::string change_text(const StatusChange& change, const std::string& currency) {
  std::string text = std::string(to_string(change.status)) + " on " + to_string(change.on);
  if (change.amount) text += ", " + money(*change.amount, currency);
  if (!change.note.empty()) text += ": " + printable(change.note);
  if (change.corrects != 0) text += fmt::format(" (stands in for entry {})", change.corrects);
  if (change.struck) text += " (corrected later, does not count)";
  return text;
}

std::string status_line(const Commitment& commitment, Date day) {
  std::string text = std::string(to_string(commitment.status_on(day))) + " on " + to_string(day);
  if (commitment.due) text += ", due " + to_string(*commitment.due);
  const auto late = days_late(commitment, day);
  if (late && *late > 0) text += fmt::format(", {} days late", *late);
  if (late && *late <= 0) text += fmt::format(", {} days left", -*late);
  const auto delivered = delivered_on(commitment, day);
  if (delivered && commitment.due && *delivered > *commitment.due) {
    text += fmt::format(", delivered {} days late", days_between(*commitment.due, *delivered));
  }
  return text;
}

std::string rule_text(const TargetRule& rule) {
  const json record = rule_record(rule);
  std::string text;
  for (const auto& [name, value] : record.items()) {
    if (name != "type")
      text += " " + name + " " +
              (value.is_number_float() ? plain(value.get<double>())
               : value.is_string()     ? value.get<std::string>()
                                       : value.dump());
  }
  return std::string(to_string(rule.type)) + text;
}

std::string measure_text(const Commitment& commitment, const Delivery& delivery) {
  const Measure& measure = commitment.measure;
  std::string text = measure.series.empty() ? measure.indicator : measure.series;
  if (text.empty()) return text;
  if (!delivery.series.empty() && delivery.series != text) text += " (" + delivery.series + ")";
  if (!delivery.area.empty()) text += " of " + delivery.area;
  if (measure.rule) text += ", " + rule_text(*measure.rule);
  text += "\n            " + std::string(to_string(delivery.state));
  if (delivery.facts.latest_year != 0) {
    text += fmt::format(": {} in {}", plain(delivery.facts.latest), delivery.facts.latest_year);
    if (!std::isnan(delivery.facts.target)) text += ", target " + plain(delivery.facts.target);
    if (delivery.gap > 0) text += ", gap " + plain(delivery.gap);
    if (delivery.at_due_year != 0)
      text += fmt::format(", {} in {} when it was due", plain(delivery.at_due), delivery.at_due_year);
  }
  if (!delivery.note.empty()) text += " (" + delivery.note + ")";
  return text;
}

std::string money_text(const Commitment& commitment, const Delivery& delivery) {
  std::vector<std::string> parts;
  const auto part = [&](const char* what, const std::optional<double>& amount) {
    if (amount) parts.push_back(std::string(what) + " " + money(*amount, commitment.measure.currency));
  };
  part("promised", delivery.money.promised);
  part("committed", delivery.money.committed);
  part("disbursed", delivery.money.disbursed);
  part("delivered", delivery.money.delivered);
  part("gap", delivery.money_gap);
  std::string text = joined(parts, ", ");
  if (delivery.money_share) text += fmt::format(" ({} % kept)", number_text(*delivery.money_share * 100, 1));
  if (!text.empty() && !commitment.measure.price_base.empty()) text += ", " + printable(commitment.measure.price_base);
  return text;
}

std::string milestone_text(std::size_t number, const Milestone& milestone, const MilestoneStanding& standing) {
  std::string text = fmt::format("{}. {}  {}", number, to_string(milestone.due), printable(milestone.text));
  if (milestone.value) text += ", " + plain(*milestone.value);
  text += ": " + std::string(to_string(standing.state));
  if (!std::isnan(standing.figure)) text += fmt::format(" ({} in {})", plain(standing.figure), standing.year);
  if (standing.met_on) text += ", told as met on " + to_string(*standing.met_on);
  return text;
}

// Everything that stands in the log, by entry.
std::string history_text(const Commitment& commitment) {
  std::map<std::uint64_t, std::string> lines;
  lines[commitment.entry] = fmt::format("{}  written by {}", commitment.time, printable(commitment.by));
  const auto add = [&](std::uint64_t entry, const std::string& text) {
    std::string& line = lines[entry];
    line += (line.empty() ? "" : "; ") + text;
  };
  for (const StatusChange& change : commitment.history) {
    add(change.entry, change_text(change, commitment.measure.currency) +
                          (change.entry == commitment.entry ? "" : ", by " + printable(change.by)));
  }
  for (const Correction& correction : commitment.corrections) {
    std::string text = correction.set == "{}" ? "confirmed as it stands" : "set " + printable(correction.set);
    if (!correction.note.empty()) text += ": " + printable(correction.note);
    add(correction.entry, text + ", by " + printable(correction.by));
  }
  for (const EvidenceLink& evidence : commitment.evidence) {
    add(evidence.entry, "evidence of " + to_string(evidence.on) + ": " + evidence.kind + " " + printable(evidence.link) +
                            (evidence.note.empty() ? "" : " (" + printable(evidence.note) + ")"));
  }
  for (const Milestone& milestone : commitment.milestones) {
    const auto number = static_cast<std::size_t>(&milestone - commitment.milestones.data()) + 1;
    if (milestone.entry != 0) add(milestone.entry, "milestone " + to_string(milestone.due) + ": " + printable(milestone.text));
    for (const MilestoneWord& word : milestone.told) {
      std::string text =
          fmt::format("milestone {} {} on {}", number, word.met ? "met" : "not met after all,", to_string(word.on));
      if (word.met) text += ": " + word.kind + " " + printable(word.link);
      if (!word.note.empty()) text += " (" + printable(word.note) + ")";
      add(word.entry, text + ", by " + printable(word.by));
    }
  }
  std::string text;
  for (const auto& [entry, line] : lines) text += fmt::format("    entry {}  {}\n", entry, line);
  return text;
}

std::string source_text(const SourceClause& source, bool colour) {
  std::string text = printable(source.document);
  if (!source.path.empty()) text += ", " + printable(source.path);
  if (!source.language.empty()) text += (text.empty() ? "(" : " (") + source.language + ")";
  if (!source.text.empty()) text += "\n    " + highlighted(source, colour);
  return text;
}

template <typename Number>
void put(json& object, const char* name, const std::optional<Number>& number) {
  if (number) object[name] = *number;
}
void put_figure(json& object, const char* name, double figure) {
  if (!std::isnan(figure)) object[name] = figure;
}

json milestone_json(const Milestone& milestone, const MilestoneStanding& standing) {
  json one = milestone_record(milestone);
  if (milestone.entry != 0) one["entry"] = milestone.entry;
  one["state"] = to_string(standing.state);
  if (standing.year != 0) one["year"] = standing.year;
  put_figure(one, "figure", standing.figure);
  if (standing.met_on) one["met_on"] = to_string(*standing.met_on);
  for (const MilestoneWord& word : milestone.told) {
    json told{{"met", word.met}, {"on", to_string(word.on)}, {"by", word.by}, {"entry", word.entry}};
    if (word.met) told.update({{"kind", word.kind}, {"link", word.link}});
    if (!word.note.empty()) told["note"] = word.note;
    one["told"].push_back(std::move(told));
  }
  return one;
}

}  // namespace

std::string highlighted(const SourceClause& source, bool colour) {
  const bool whole = source.end == 0;
  const std::string_view text = source.text;
  const std::string before = printable(text.substr(0, whole ? 0 : source.begin));
  const std::string words = printable(whole ? text : text.substr(source.begin, source.end - source.begin));
  const std::string behind = whole ? "" : printable(text.substr(source.end));
  const std::string marked = colour ? "\033[1;4m" + words + "\033[0m" : whole ? words : "⟦" + words + "⟧";
  const auto language = parse_language(source.language);
  const bool rtl = language && right_to_left(*language);
  return rtl ? "\u2067" + before + marked + behind + "\u2069" : before + marked + behind;
}

std::string commitment_text(const Commitment& commitment, const Delivery& delivery, Date day, bool colour) {
  std::string text = commitment.id + "\n  " + printable(commitment.text) + "\n";
  const auto line = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += fmt::format("  {:<9} {}\n", name, value);
  };
  line("actor", party_text(commitment.actor));
  std::vector<std::string> parties;
  for (const Party& party : commitment.beneficiaries) parties.push_back(party_text(party));
  line("for", joined(parties, "; "));
  line("made", commitment.made ? to_string(*commitment.made) : "");
  line("status", status_line(commitment, day));
  line("goals", joined(commitment.goals, ", "));
  line("source", source_text(commitment.source, colour));
  line("measure", measure_text(commitment, delivery));
  line("money", money_text(commitment, delivery));
  for (std::size_t i = 0; i < commitment.milestones.size(); ++i) {
    line("milestone", milestone_text(i + 1, commitment.milestones[i], delivery.milestones.at(i)));
  }
  if (!commitment.proposal.empty()) {
    const json proposal = json::parse(commitment.proposal, nullptr, false);
    if (proposal.is_object() && proposal.value("text", "") != commitment.text)
      line("proposed", printable(proposal.value("text", "")));
  }
  return text + "  history\n" + history_text(commitment);
}

std::string commitment_json(const Commitment& commitment, const Delivery& delivery, Date day) {
  json all = record_of(commitment);
  all["entry"] = commitment.entry;
  all["by"] = commitment.by;
  all["time"] = commitment.time;
  all["status"] = to_string(commitment.status_on(day));
  all["at"] = to_string(day);
  put(all, "days_late", days_late(commitment, day));
  json history = json::array();
  for (const StatusChange& change : commitment.history) {
    json one{{"status", to_string(change.status)}, {"on", to_string(change.on)}, {"by", change.by}, {"entry", change.entry}};
    put(one, "amount", change.amount);
    if (!change.note.empty()) one["note"] = change.note;
    if (change.corrects != 0) one["corrects"] = change.corrects;
    if (change.struck) one["struck"] = true;
    history.push_back(std::move(one));
  }
  all["history"] = std::move(history);
  all["evidence"] = json::array();
  for (const EvidenceLink& evidence : commitment.evidence) {
    all["evidence"].push_back({{"kind", evidence.kind},
                               {"link", evidence.link},
                               {"note", evidence.note},
                               {"on", to_string(evidence.on)},
                               {"entry", evidence.entry}});
  }
  all["corrections"] = json::array();
  for (const Correction& correction : commitment.corrections) {
    all["corrections"].push_back({{"set", json::parse(correction.set)},
                                  {"note", correction.note},
                                  {"by", correction.by},
                                  {"time", correction.time},
                                  {"entry", correction.entry}});
  }
  json milestones = json::array();
  for (std::size_t i = 0; i < commitment.milestones.size(); ++i) {
    milestones.push_back(milestone_json(commitment.milestones[i], delivery.milestones.at(i)));
  }
  if (!milestones.empty()) all["milestones"] = std::move(milestones);
  if (!commitment.proposal.empty()) all["proposal"] = json::parse(commitment.proposal);
  json told{{"state", to_string(delivery.state)}};
  if (!delivery.series.empty()) told.update({{"series", delivery.series}, {"area", delivery.area}, {"unit", delivery.unit}});
  if (delivery.facts.latest_year != 0) told["latest_year"] = delivery.facts.latest_year;
  put_figure(told, "latest", delivery.facts.latest);
  put_figure(told, "target", delivery.facts.target);
  put_figure(told, "gap", delivery.gap);
  put_figure(told, "at_due", delivery.at_due);
  if (delivery.at_due_year != 0) told.update({{"at_due_year", delivery.at_due_year}, {"kept_at_due", delivery.kept_at_due}});
  put(told, "promised", delivery.money.promised);
  put(told, "committed", delivery.money.committed);
  put(told, "disbursed", delivery.money.disbursed);
  put(told, "delivered", delivery.money.delivered);
  put(told, "money_gap", delivery.money_gap);
  put(told, "money_share", delivery.money_share);
  if (!delivery.note.empty()) told["note"] = delivery.note;
  all["delivery"] = std::move(told);
  return all.dump(2) + "\n";
}

}  // namespace stocktake
