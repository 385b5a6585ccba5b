// The Gap report for other programs: format "stocktake-gap-report", version 1.
#include <nlohmann/json.hpp>

#include "report/gap_report.h"
#include "report/json_insights.h"

namespace stocktake {
namespace {

void put_text(OrderedJson& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}
void put_day(OrderedJson& object, const char* key, const std::optional<Date>& day) {
  if (day) object[key] = to_string(*day);
}

OrderedJson stages_json(const MoneyStages& stages, const std::string& unit) {
  OrderedJson object{{"unit", unit}};
  put(object, "promised", stages.promised);
  put(object, "committed", stages.committed);
  put(object, "disbursed", stages.disbursed);
  put(object, "delivered", stages.delivered);
  put(object, "gap", stages.gap());
  put(object, "beyond", stages.beyond);
  return object;
}

OrderedJson party_json(const Party& party) { return {{"id", party.id}, {"name", party.name}, {"kind", to_string(party.kind)}}; }

OrderedJson gaps_json(const GapReport& report) {
  OrderedJson list = OrderedJson::array();
  for (const GapArea& area : report.gaps) {
    OrderedJson lines = OrderedJson::array();
    for (const GapLine& line : area.lines) {
      OrderedJson one{{"target", report.run->targets[line.target].target->code}, {"indicator", line.indicator->code}};
      one["unit"] = line.indicator->unit;
      put(one, "to_reach", line.to_reach);
      if (line.proxy) one["proxy"] = true;
      one["countries"] = line.countries;
      if (std::isfinite(line.to_reach)) one["met"] = line.met;
      put(one, "median", line.median);
      if (line.last_year != 0) one["years"] = {line.first_year, line.last_year};
      if (line.group) {
        OrderedJson group{{"area", report.run->areas.at(*line.group).code}, {"year", line.group_year}};
        put(group, "value", line.group_value);
        put(group, "gap", line.group_gap);
        one["group"] = std::move(group);
      }
      OrderedJson ids = OrderedJson::array();
      for (const std::size_t i : line.commitments) ids.push_back(report.accounts.rows[i].commitment->id);
      one["commitments"] = std::move(ids);
      lines.push_back(std::move(one));
    }
    list.push_back({{"code", area.goal->code},
                    {"title", area.goal->title.in(Language::en)},
                    {"kept", area.kept},
                    {"overdue", area.overdue},
                    {"lines", std::move(lines)}});
  }
  return list;
}

OrderedJson aid_json(const AidGap& aid) {
  OrderedJson object{{"promise", aid.promise.id}, {"percent", aid.promise.percent}, {"year", aid.year}};
  object["basis"] = to_string(aid.basis);
  object["kept"] = aid.kept;
  object["known"] = aid.known;
  OrderedJson list = OrderedJson::array();
  for (const AidGapRow& row : aid.rows) {
    OrderedJson one{{"donor", row.area}};
    put(one, "share", row.gap.share);
    put(one, "promised", row.gap.promised);
    put(one, "delivered", row.gap.delivered);
    put(one, "gap", row.gap.gap);
    one["kept"] = row.gap.kept;
    one["years_kept"] = row.gap.years_kept.size();
    one["years_known"] = row.gap.years_known;
    list.push_back(std::move(one));
  }
  object["unit"] = "USD million, " + price_text(aid.constant);
  object["donors"] = std::move(list);
  return object;
}

OrderedJson league_json(const GapReport& report) {
  OrderedJson list = OrderedJson::array();
  for (const LeagueRow& row : report.league) {
    OrderedJson one;
    if (row.rank) one["rank"] = *row.rank;
    one["actor"] = party_json(row.actor);
    one["commitments"] = row.commitments;
    one["kept"] = row.kept;
    one["broken"] = row.broken;
    one["overdue"] = row.overdue;
    one["withdrawn"] = row.withdrawn;
    put(one, "fulfilled", row.fulfilled);
    OrderedJson money = OrderedJson::array();
    for (const LeagueMoney& sum : row.money) {
      OrderedJson object{{"unit", sum.unit}, {"commitments", sum.commitments}};
      put(object, "promised", sum.promised);
      put(object, "delivered", sum.delivered);
      put(object, "gap", sum.gap);
      put(object, "share", sum.share);
      money.push_back(std::move(object));
    }
    if (!money.empty()) one["money"] = std::move(money);
    list.push_back(std::move(one));
  }
  return list;
}

OrderedJson delay_json(const Delay& delay) {
  OrderedJson one{{"state", to_string(delay.state)}};
  put_text(one, "unit", delay.unit);
  put(one, "missing", delay.missing);
  put(one, "years_left", delay.years);
  put(one, "needed_a_year", delay.needed);
  put(one, "after_one_year", delay.after);
  put(one, "added", delay.added);
  put(one, "observed_a_year", delay.observed);
  put(one, "acceleration", delay.acceleration);
  put(one, "acceleration_after", delay.acceleration_after);
  put(one, "undelivered_a_year", delay.undelivered);
  return one;
}

OrderedJson chain_json(const Chain& chain) {
  OrderedJson links = OrderedJson::array();
  for (const ChainLink& link : chain.links) {
    OrderedJson one{{"link", to_string(link.kind)}};
    put_day(one, "on", link.on);
    put_text(one, "what", link.what);
    if (link.amount) put(one, "amount", *link.amount);
    put_text(one, "unit", link.unit);
    put_text(one, "note", link.note);
    put_text(one, "address", link.link);
    put_text(one, "by", link.by);
    if (link.entry != 0) one["entry"] = link.entry;
    if (link.later) one["later"] = true;
    links.push_back(std::move(one));
  }
  return links;
}

OrderedJson commitment_json(const CommitmentAccount& row, const Chain& chain) {
  const Commitment& commitment = *row.commitment;
  OrderedJson one{{"id", commitment.id}, {"text", commitment.text}, {"actor", party_json(commitment.actor)}};
  one["status"] = to_string(row.status);
  put_day(one, "made", commitment.made);
  put_day(one, "due", commitment.due);
  if (row.overdue()) one["days_late"] = *row.late;
  if (row.fulfilled) put(one, "fulfilled", *row.fulfilled);
  if (!commitment.goals.empty()) one["goals"] = commitment.goals;
  if (row.money) one["money"] = stages_json(*row.money, money_unit(commitment.measure));
  OrderedJson delivery{{"state", to_string(row.delivery.state)}};
  put_text(delivery, "series", row.delivery.series);
  put_text(delivery, "area", row.delivery.area);
  put_text(delivery, "unit", row.delivery.unit);
  if (row.delivery.facts.latest_year != 0) delivery["year"] = row.delivery.facts.latest_year;
  put(delivery, "latest", row.delivery.facts.latest);
  put(delivery, "target", row.delivery.facts.target);
  put(delivery, "gap", row.delivery.gap);
  put_text(delivery, "note", row.delivery.note);
  one["delivery"] = std::move(delivery);
  const SourceClause& source = commitment.source;
  OrderedJson clause;
  put_text(clause, "document", source.document);
  put_text(clause, "path", source.path);
  put_text(clause, "language", source.language);
  put_text(clause, "before", chain.before);
  put_text(clause, "words", chain.words);
  put_text(clause, "after", chain.after);
  if (!clause.empty()) one["clause"] = std::move(clause);
  one["chain"] = chain_json(chain);
  return one;
}

OrderedJson counts_json(const DutyCounts& counts, bool named) {
  OrderedJson one;
  if (named) one["name"] = counts.name;
  one["actors"] = counts.actors;
  one["communicated"] = counts.communicated;
  one["not_yet_due"] = counts.not_yet_due;
  one["late"] = counts.late;
  one["delisted"] = counts.delisted;
  return one;
}

OrderedJson duties_json(const DutiesOnDay& duties) {
  OrderedJson object{{"rule", duties.rule}, {"all", counts_json(duties.all, false)}};
  for (const auto& [key, counts] : {std::pair{"by_country", &duties.by_country}, std::pair{"by_sector", &duties.by_sector}}) {
    OrderedJson list = OrderedJson::array();
    for (const DutyCounts& one : *counts) list.push_back(counts_json(one, true));
    object[key] = std::move(list);
  }
  OrderedJson list = OrderedJson::array();
  for (const Duty& duty : duties.duties) {
    const DutyActor& actor = duties.actors[duty.actor];
    OrderedJson one{{"name", actor.name}, {"status", to_string(duty.status)}, {"due", to_string(duty.due)}};
    if (duty.days_late > 0) one["days_late"] = duty.days_late;
    put_day(one, "last_report", duty.last_report);
    list.push_back(std::move(one));
  }
  object["actors"] = std::move(list);
  object["rejects"] = duties.rejects.size();
  return object;
}

}  // namespace

std::string render_gap_json(const GapReport& report) {
  OrderedJson bundle{{"format", "stocktake-gap-report"}, {"version", 1}};
  bundle["program"] = report.program;
  bundle["at"] = to_string(report.at());
  OrderedJson log{{"entries", report.register_entries}};
  put_text(log, "head", report.register_head);
  bundle["register"] = std::move(log);
  bundle["left_out"] = {{"proposed", report.accounts.proposed}, {"later", report.accounts.later}};
  bundle["gaps"] = gaps_json(report);
  if (report.aid) bundle["aid"] = aid_json(*report.aid);
  bundle["league"] = league_json(report);
  OrderedJson waterfalls = OrderedJson::array();
  for (const Waterfall& one : report.waterfalls) {
    OrderedJson object = stages_json(one.stages, one.unit);
    object["commitments"] = one.commitments;
    put(object, "gap_overdue", one.overdue);
    put(object, "gap_withdrawn", one.withdrawn);
    waterfalls.push_back(std::move(object));
  }
  bundle["waterfalls"] = std::move(waterfalls);
  OrderedJson calendar = OrderedJson::array();
  for (const DueDay& day : report.calendar) {
    OrderedJson one{{"day", to_string(day.day)}, {"state", to_string(day.state)}, {"days", day.days}};
    one["commitment"] = day.account->commitment->id;
    if (day.milestone >= 0) one["milestone"] = day.account->commitment->milestones[static_cast<std::size_t>(day.milestone)].text;
    calendar.push_back(std::move(one));
  }
  bundle["calendar"] = std::move(calendar);
  OrderedJson delays = OrderedJson::array();
  for (const Delay& delay : report.delays) {
    OrderedJson one{{"commitment", delay.account->commitment->id}};
    one.update(delay_json(delay));
    delays.push_back(std::move(one));
  }
  bundle["delays"] = std::move(delays);
  OrderedJson commitments = OrderedJson::array();
  for (std::size_t i = 0; i < report.accounts.rows.size(); ++i)
    commitments.push_back(commitment_json(report.accounts.rows[i], report.chains[i]));
  bundle["commitments"] = std::move(commitments);
  if (report.duties) bundle["duties"] = duties_json(*report.duties);
  return bundle.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace stocktake
