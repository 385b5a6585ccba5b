#include <nlohmann/json.hpp>

#include "base/manifest.h"
#include "exchange/check/check.h"

namespace stocktake {
namespace {

std::string title_of(CheckKind kind, const Translator& words) { return words.text("check.kind." + std::string(to_string(kind))); }
std::string fix_of(CheckKind kind, const Translator& words) { return words.text("check.fix." + std::string(to_string(kind))); }
std::int64_t year_or_none(int year) { return year == 0 ? Table::no_integer : year; }

}  // namespace

Table summary_table(const CheckResult& result, const Translator& words) {
  Table table;
  auto& kind = table.add_texts("kind");
  auto& severity = table.add_texts("severity");
  auto& count = table.add_integers("findings");
  auto& title = table.add_texts("meaning");
  auto& fix = table.add_texts("what_to_do");
  for (std::size_t k = 0; k < check_kinds; ++k) {
    if (result.count[k] == 0) continue;
    const auto one = static_cast<CheckKind>(k);
    kind.emplace_back(to_string(one));
    severity.push_back(words.text("check.severity." + std::string(to_string(severity_of(one)))));
    count.push_back(result.count[k]);
    title.push_back(title_of(one, words));
    fix.push_back(fix_of(one, words));
  }
  return table;
}

Table findings_table(const CheckResult& result, const Translator& words) {
  Table table;
  auto& id = table.add_texts("id");
  auto& kind = table.add_texts("kind");
  auto& severity = table.add_texts("severity");
  auto& indicator = table.add_texts("indicator");
  auto& series = table.add_texts("series");
  auto& area = table.add_texts("ref_area");
  auto& dimensions = table.add_texts("dimensions");
  auto& first = table.add_integers("first_year");
  auto& last = table.add_integers("last_year");
  auto& figures = table.add_integers("figures");
  auto& value = table.add_numbers("value");
  auto& expected = table.add_numbers("expected");
  auto& score = table.add_numbers("score", 3);
  auto& evidence = table.add_texts("evidence");
  auto& fix = table.add_texts("what_to_do");
  std::array<std::string, check_kinds> fixes;
  for (std::size_t k = 0; k < check_kinds; ++k) fixes[k] = fix_of(static_cast<CheckKind>(k), words);
  for (const Finding& one : result.findings) {
    id.push_back(finding_id(one));
    kind.emplace_back(to_string(one.kind));
    severity.emplace_back(to_string(severity_of(one.kind)));
    indicator.push_back(one.indicator);
    series.push_back(one.series);
    area.push_back(one.area);
    dimensions.push_back(one.dimensions);
    first.push_back(year_or_none(one.first_year));
    last.push_back(year_or_none(one.last_year));
    figures.push_back(one.figures);
    value.push_back(one.value);
    expected.push_back(one.expected);
    score.push_back(one.score);
    evidence.push_back(one.evidence);
    fix.push_back(fixes[static_cast<std::size_t>(one.kind)]);
  }
  return table;
}

Table completeness_table(const CheckResult& result) {
  Table table;
  auto& indicator = table.add_texts("indicator");
  auto& area = table.add_texts("ref_area");
  auto& expected = table.add_integers("years_expected");
  auto& years = table.add_integers("years");
  auto& share = table.add_numbers("share", 3);
  auto& first = table.add_integers("first_year");
  auto& last = table.add_integers("last_year");
  auto& missing = table.add_texts("missing");
  for (const CompletenessRow& row : result.completeness) {
    indicator.push_back(row.indicator);
    area.push_back(row.area);
    expected.push_back(row.expected);
    years.push_back(row.years);
    share.push_back(static_cast<double>(row.years) / row.expected);
    first.push_back(year_or_none(row.first));
    last.push_back(year_or_none(row.last));
    missing.push_back(row.missing);
  }
  return table;
}

std::string to_sarif(const CheckResult& result, const Translator& words) {
  using Json = nlohmann::ordered_json;
  constexpr std::array<const char*, 3> levels{"error", "warning", "note"};
  const auto level = [&](CheckKind kind) { return levels[static_cast<std::size_t>(severity_of(kind))]; };
  Json rules = Json::array(), results = Json::array();
  for (std::size_t k = 0; k < check_kinds; ++k) {
    const auto kind = static_cast<CheckKind>(k);
    rules.push_back({{"id", to_string(kind)},
                     {"shortDescription", {{"text", title_of(kind, words)}}},
                     {"help", {{"text", fix_of(kind, words)}}},
                     {"defaultConfiguration", {{"level", level(kind)}}}});
  }
  for (const Finding& one : result.findings) {
    std::string place;
    for (const std::string& part : {one.indicator, one.series, one.area, one.dimensions}) {
      if (!part.empty()) place += (place.empty() ? "" : "/") + part;
    }
    if (one.first_year != 0) place += "/" + std::to_string(one.first_year);
    Json entry = {{"ruleId", to_string(one.kind)},
                  {"ruleIndex", static_cast<int>(one.kind)},
                  {"level", level(one.kind)},
                  {"message", {{"text", title_of(one.kind, words) + ": " + one.evidence}}},
                  {"partialFingerprints", {{"stocktake/v1", finding_id(one)}}}};
    entry["locations"] = Json::array({{{"logicalLocations", Json::array({{{"fullyQualifiedName", place}}})}}});
    results.push_back(std::move(entry));
  }
  const Json run = {{"tool", {{"driver", {{"name", "stocktake"}, {"version", version()}, {"rules", rules}}}}},
                    {"results", results}};
  const Json document = {
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", Json::array({run})}};
  return document.dump(1) + "\n";
}

}  // namespace stocktake
