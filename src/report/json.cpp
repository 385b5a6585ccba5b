// The JSON bundle: everything a report shows, in codes and plain numbers, for other faces. Keys that have no value are left
// out; arrays keep the order of the run.
#include <cmath>
#include <nlohmann/json.hpp>

#include "report/json_insights.h"
#include "report/report.h"

namespace stocktake {
namespace {

using Json = OrderedJson;

Json texts(const LocalText& text) {
  Json object = Json::object();
  for (const Language language : all_languages) {
    if (text.has(language)) object[std::string(code(language))] = text.in(language);
  }
  return object;
}

Json facts_json(const Facts& facts) {
  Json object = Json::object();
  if (facts.base_year != 0) object["base_year"] = facts.base_year;
  put(object, "base", facts.base);
  if (facts.latest_year != 0) object["latest_year"] = facts.latest_year;
  put(object, "latest", facts.latest);
  object["deadline_year"] = facts.deadline_year;
  object["points"] = facts.points;
  put(object, "target", facts.target);
  put(object, "observed_linear", facts.observed_linear);
  put(object, "required_linear", facts.required_linear);
  put(object, "observed_rate", facts.observed_rate);
  put(object, "required_rate", facts.required_rate);
  put(object, "ratio_linear", facts.ratio_linear);
  put(object, "ratio_rate", facts.ratio_rate);
  put(object, "expected_linear", facts.expected_linear);
  put(object, "expected_rate", facts.expected_rate);
  put(object, "needed_linear", facts.needed_linear);
  put(object, "needed_rate", facts.needed_rate);
  put(object, "acceleration", facts.acceleration);
  put(object, "year_met", facts.year_met);
  object["target_met"] = facts.target_met;
  object["base_met"] = facts.base_met;
  return object;
}

Json row_json(const AssessmentRun& run, const Assessment& row) {
  const PanelSeries& series = run.panel.series[row.series];
  Json object;
  object["target"] = run.targets[row.target].target->code;
  object["indicator"] = run.rule(row).indicator;
  object["area"] = run.areas.at(row.area).code;
  object["series"] = series.series;
  object["dimensions"] = series.dimensions;
  object["origin"] = to_string(row.origin);
  object["exact"] = row.exact;
  object["proxy"] = run.rule(row).proxy;
  if (row.origin == Origin::computed_group) put(object, "coverage", row.coverage);
  object["mdg"] = to_string(row.mdg);
  object["sdg"] = to_string(row.sdg);
  object["source"] = run.source_of(row);
  object["facts"] = facts_json(row.facts);
  Json years = Json::array(), values = Json::array();
  const int last = run.options.data_until.value_or(last_complete_year(run.options.at));
  for (std::uint32_t i = run.panel.begin[row.series]; i < run.panel.begin[row.series + 1]; ++i) {
    if (run.panel.year[i] > last || !std::isfinite(run.panel.value[i])) continue;
    years.push_back(run.panel.year[i]);
    values.push_back(run.panel.value[i]);
  }
  object["years"] = std::move(years);
  object["values"] = std::move(values);
  return object;
}

// The rows of the bundle: all headline rows. Positions in `rows` of the bundle, by row of the run.
struct Positions {
  std::vector<std::int64_t> of;
  std::int64_t operator()(std::uint32_t row) const { return of[row]; }
};

Json ranking_json(const AssessmentRun& run, const std::vector<RankedTarget>& ranking, const Positions& position) {
  Json list = Json::array();
  for (const RankedTarget& ranked : ranking) {
    Json object;
    object["target"] = run.targets[ranked.target].target->code;
    object["judged"] = ranked.judged;
    object["off_track"] = ranked.off_track;
    object["stalled"] = ranked.stalled;
    put(object, "shortfall", ranked.shortfall);
    object["worst"] = Json::array();
    for (const std::uint32_t row : ranked.worst) object["worst"].push_back(position(row));
    list.push_back(std::move(object));
  }
  return list;
}

Json framework_json(const AssessmentRun& run) {
  Json object;
  object["id"] = run.framework.id;
  object["version"] = run.framework.version;
  object["title"] = texts(run.framework.title);
  object["baseline"] = run.framework.baseline;
  object["deadline"] = to_string(run.framework.deadline);
  object["targets"] = Json::array();
  for (const RunTarget& target : run.targets) {
    Json entry;
    entry["goal"] = target.goal->code;
    entry["code"] = target.target->code;
    entry["title"] = texts(target.target->title);
    entry["deadline"] = to_string(target.deadline);
    object["targets"].push_back(std::move(entry));
  }
  return object;
}

}  // namespace

std::string render_json(const AssessmentRun& run, const Stocktaking& stock, const Insights& insights) {
  Json bundle;
  bundle["format"] = "stocktake-report";
  bundle["version"] = 1;
  bundle["at"] = to_string(run.options.at);
  bundle["data_until"] = run.options.data_until.value_or(last_complete_year(run.options.at));
  bundle["days_left"] = stock.days_left;
  bundle["framework"] = framework_json(run);

  Positions position{std::vector<std::int64_t>(run.rows.size(), -1)};
  std::vector<bool> wanted(run.rows.size(), false);
  for (std::size_t i = 0; i < run.rows.size(); ++i) wanted[i] = run.rows[i].headline;
  for (const std::int32_t row : stock.cell) {
    if (row >= 0) wanted[static_cast<std::size_t>(row)] = true;
  }
  std::vector<std::int32_t> pace_of(run.rows.size(), -1);
  for (std::size_t i = 0; i < insights.paces.size(); ++i) pace_of[insights.paces[i].row] = static_cast<std::int32_t>(i);
  Json rows = Json::array(), groups = Json::array();
  std::vector<bool> area_named(run.areas.all().size(), false);
  Json areas = Json::object();
  const auto name_area = [&](AreaId id) {
    if (area_named[id]) return;
    area_named[id] = true;
    areas[run.areas.at(id).code] = texts(run.areas.at(id).name);
  };
  for (const AreaId group : stock.groups) {
    groups.push_back(run.areas.at(group).code);
    name_area(group);
  }
  for (std::size_t i = 0; i < run.rows.size(); ++i) {
    if (!wanted[i]) continue;
    position.of[i] = static_cast<std::int64_t>(rows.size());
    name_area(run.rows[i].area);
    rows.push_back(row_json(run, run.rows[i]));
    add_row_insights(insights, static_cast<std::uint32_t>(i), pace_of[i], rows.back());
  }
  bundle["areas"] = std::move(areas);
  bundle["rows"] = std::move(rows);

  Json chart;
  chart["groups"] = std::move(groups);
  chart["targets"] = Json::array();
  chart["cells"] = Json::array();  // one list a target, a place in `rows` or -1 a group
  for (std::size_t t = 0; t < stock.targets.size(); ++t) {
    chart["targets"].push_back(run.targets[stock.targets[t]].target->code);
    Json cells = Json::array();
    for (std::size_t g = 0; g < stock.groups.size(); ++g) {
      const std::int32_t row = stock.cell[t * stock.groups.size() + g];
      cells.push_back(row < 0 ? std::int64_t{-1} : position(static_cast<std::uint32_t>(row)));
    }
    chart["cells"].push_back(std::move(cells));
  }
  bundle["chart"] = std::move(chart);
  bundle["off_track"] = ranking_json(run, stock.off_track, position);
  bundle["stalled"] = ranking_json(run, stock.stalled, position);
  bundle["sustain"] = Json::array();
  for (const std::uint32_t row : stock.sustain) bundle["sustain"].push_back(position(row));
  bundle["furthest_behind"] = Json::array();
  for (const RankedCountry& country : stock.furthest_behind) {
    Json object;
    object["row"] = position(country.row);
    put(object, "gap", country.gap);
    bundle["furthest_behind"].push_back(std::move(object));
  }
  bundle["gaps"] = Json::array();
  for (const DataGap& gap : stock.gaps) {
    bundle["gaps"].push_back(Json{{"target", run.targets[gap.target].target->code},
                                  {"countries", gap.countries},
                                  {"judged", gap.judged},
                                  {"no_data", gap.no_data},
                                  {"too_old", gap.too_old},
                                  {"insufficient", gap.insufficient}});
  }
  add_insights(run, insights, position.of, bundle);
  const Manifest manifest = manifest_of(run, insights);
  bundle["manifest"] = Json::parse(to_json(manifest));
  bundle["manifest_hash"] = manifest_hash(manifest);
  return bundle.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace stocktake
