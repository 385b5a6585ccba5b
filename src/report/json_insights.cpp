#include "report/json_insights.h"

#include <array>
#include <cmath>

namespace stocktake {
namespace {

constexpr std::array<const char*, cause_count> cause_names{"level_or_trend", "linear_or_geometric", "window_or_fit",
                                                           "cut_points"};

OrderedJson outlook_json(const Outlook& outlook) {
  constexpr std::array<const char*, fan_shares.size()> quantiles{"q025", "q10", "q25", "q50", "q75", "q90", "q975"};
  constexpr std::array<const char*, year_shares.size()> years{"year_p10", "year_p50", "year_p90"};
  OrderedJson object;
  object["deadline_year"] = outlook.deadline;
  object["met_now"] = outlook.met_now;
  put(object, "p_met", outlook.probability);
  for (std::size_t i = 0; i < quantiles.size(); ++i) put(object, quantiles[i], outlook.fan[i]);
  put(object, "mean", outlook.mean);
  put(object, "expected_shortfall", outlook.shortfall);
  for (std::size_t i = 0; i < years.size(); ++i) {
    if (outlook.year_met[i] != 0) object[years[i]] = outlook.year_met[i];
  }
  object["last_year"] = outlook.last_year;  // a year that is left out lies after it
  return object;
}

OrderedJson pace_json(const Pace& pace) {
  OrderedJson object;
  object["status"] = to_string(pace.status);
  if (pace.status != PaceStatus::compared) return object;
  const PaceAgainst& against = pace.deciding();
  object["years_left"] = pace.years_left;
  object["geometric"] = pace.geometric;
  put(object, "needed", against.needed);
  put(object, "observed", against.observed);
  object["episodes"] = against.episodes;
  object["achieved"] = against.achieved;
  object["countries"] = against.countries;
  object["achieved_by"] = against.achieved_by;
  put(object, "percentile", against.percentile);
  put(object, "years_late", pace.years_late);
  return object;
}

OrderedJson methods_json(const MethodRun& judged) {
  OrderedJson list = OrderedJson::array();
  for (std::size_t m = 0; m < judged.methods.size(); ++m) {
    const MethodInfo& info = judged.methods[m]->info();
    OrderedJson one;
    one["id"] = info.id;
    one["title"] = info.title;
    one["formula"] = info.formula;
    one["citation"] = info.citation;
    one["evidence"] = to_string(info.evidence);
    one["score"] = info.score;
    one["classes"] = OrderedJson::object();
    for (const MethodClass& own : judged.methods[m]->classes()) one["classes"][std::string(own.id)] = to_string(own.verdict);
    one["parameters"] = OrderedJson::object();
    const auto known = judged.methods[m]->parameters();
    for (std::size_t p = 0; p < known.size(); ++p)
      put(one["parameters"], std::string(known[p].id).c_str(), judged.parameters[m][p]);
    list.push_back(std::move(one));
  }
  return list;
}

OrderedJson agreement_json(const Agreement& agreement, const MethodRun& judged) {
  OrderedJson object;
  object["rows"] = agreement.rows;
  object["unanimous"] = agreement.unanimous;
  object["contested"] = agreement.contested;
  object["judged"] = OrderedJson::object();
  for (std::size_t m = 0; m < agreement.methods; ++m)
    object["judged"][std::string(judged.methods[m]->info().id)] = agreement.judged[m];
  object["pairs"] = OrderedJson::array();
  for (std::size_t a = 0; a < agreement.methods; ++a) {
    for (std::size_t b = a + 1; b < agreement.methods; ++b) {
      const Pair& pair = agreement.pair(a, b);
      if (pair.both == 0) continue;
      OrderedJson one;
      one["method"] = judged.methods[a]->info().id;
      one["other"] = judged.methods[b]->info().id;
      one["both_judge"] = pair.both;
      one["same_answer"] = pair.same;
      for (std::size_t c = 0; c < cause_count; ++c) one[cause_names[c]] = pair.causes[c];
      object["pairs"].push_back(std::move(one));
    }
  }
  return object;
}

void put_rank(OrderedJson& object, const Stability& rank) {
  put(object, "rank_low", rank.low);
  put(object, "rank_high", rank.high);
  put(object, "top3", rank.top3);
  put(object, "top10", rank.top10);
}

OrderedJson target_json(const AssessmentRun& run, const PriorityTarget& one) {
  OrderedJson object;
  object["target"] = run.targets[one.target].target->code;
  object["judged_by"] = one.regions ? "regions" : "countries";
  object["judged"] = one.judged;
  object["off_track"] = one.off_track;
  object["stalled"] = one.stalled;
  object["few"] = one.few;
  object["uncertain"] = one.uncertain;
  put(object, "people", one.people);
  put(object, "people_share", one.people_share);
  put(object, "population_covered", one.population_covered);
  put(object, "behind", one.behind);
  object["behind_known"] = one.behind_known;
  put(object, "score", one.score);
  put_rank(object, one.rank);
  return object;
}

OrderedJson country_json(const AssessmentRun& run, const PriorityCountry& one) {
  OrderedJson object;
  object["area"] = run.areas.at(one.area).code;
  object["judged"] = one.judged;
  object["off_track"] = one.off_track;
  object["stalled"] = one.stalled;
  object["few"] = one.few;
  put(object, "gap", one.gap);
  put(object, "distance", one.distance);
  put(object, "population", one.population);
  object["situations"] = OrderedJson::array();
  for (const AreaId group : one.situations) object["situations"].push_back(run.areas.at(group).code);
  put(object, "score", one.score);
  put_rank(object, one.rank);
  return object;
}

OrderedJson risks_json(const std::vector<RiskRow>& rows, const std::vector<std::int64_t>& position) {
  OrderedJson list = OrderedJson::array();
  for (const RiskRow& one : rows) {
    OrderedJson object;
    object["row"] = position[one.row];
    object["wrong_way"] = one.wrong_way;
    object["unlikely"] = one.unlikely;
    put(object, "recent_pace", one.recent_pace);
    put(object, "leaves", one.leaves);
    list.push_back(std::move(object));
  }
  return list;
}

OrderedJson priorities_json(const AssessmentRun& run, const Insights& insights, const std::vector<std::int64_t>& position) {
  const Priorities& all = insights.priorities;
  const PriorityOptions& options = insights.priority_options;
  OrderedJson object;
  object["weights"] = OrderedJson{{"off_track", options.weights.off_track},
                                  {"stalled", options.weights.stalled},
                                  {"people", options.weights.people},
                                  {"gap", options.weights.gap}};
  object["draws"] = options.draws;
  object["seed"] = options.seed;
  object["risk_probability"] = options.risk_probability;
  object["targets"] = OrderedJson::array();
  for (const PriorityTarget& one : all.targets) object["targets"].push_back(target_json(run, one));
  object["countries"] = OrderedJson::array();
  for (const PriorityCountry& one : all.countries) object["countries"].push_back(country_json(run, one));
  object["behind"] = OrderedJson::array();
  for (const PriorityRow& one : all.behind) {
    OrderedJson entry;
    entry["row"] = position[one.row];
    put(entry, "gap", one.gap);
    put(entry, "distance", one.distance);
    put(entry, "population", one.population);
    put(entry, "behind", one.behind);
    put_rank(entry, one.rank);
    object["behind"].push_back(std::move(entry));
  }
  object["risk"] = risks_json(all.risk, position);
  object["sustain"] = risks_json(all.sustain, position);
  object["situations"] = OrderedJson::array();
  for (const Situation& one : all.situations) {
    OrderedJson entry;
    entry["group"] = run.areas.at(one.group).code;
    entry["dated"] = one.dated;
    entry["members"] = one.members;
    entry["countries"] = one.countries;
    entry["judged"] = one.judged;
    entry["off_track"] = one.off_track;
    entry["stalled"] = one.stalled;
    put(entry, "gap", one.gap);
    object["situations"].push_back(std::move(entry));
  }
  return object;
}

}  // namespace

void put(OrderedJson& object, const char* key, double value) {
  if (std::isfinite(value)) object[key] = value;
}

void add_row_insights(const Insights& insights, std::uint32_t row, std::int32_t pace, OrderedJson& object) {
  const Outlook& outlook = insights.outlooks[row].deadline;
  if (outlook.state == OutlookState::forecast) object["outlook"] = outlook_json(outlook);
  if (pace >= 0) object["pace"] = pace_json(insights.paces[static_cast<std::size_t>(pace)]);
  const MethodRun& judged = insights.judged;
  OrderedJson words = OrderedJson::array(), scores = OrderedJson::object();
  for (std::size_t m = 0; m < judged.methods.size(); ++m) {
    words.push_back(judged.word(m, row));
    put(scores, std::string(judged.methods[m]->info().id).c_str(), judged.at(m, row).score);
  }
  object["methods"] = std::move(words);
  object["scores"] = std::move(scores);
}

void add_insights(const AssessmentRun& run, const Insights& insights, const std::vector<std::int64_t>& position,
                  OrderedJson& bundle) {
  bundle["outlook_model"] = to_string(insights.outlook_options.model);
  bundle["methods"] = methods_json(insights.judged);
  bundle["agreement"] = agreement_json(insights.agreement, insights.judged);
  bundle["priorities"] = priorities_json(run, insights, position);
}

}  // namespace stocktake
