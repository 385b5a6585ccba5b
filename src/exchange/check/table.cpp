#include <nlohmann/json.hpp>

#include "base/manifest.h"
#include "base/table_rows.h"
#include "exchange/check/check.h"

namespace stocktake {
namespace {

std::string title_of(CheckKind kind, const Translator& words) { return words.text("check.kind." + std::string(to_string(kind))); }
std::string fix_of(CheckKind kind, const Translator& words) { return words.text("check.fix." + std::string(to_string(kind))); }
std::optional<int> year_or_none(int year) { return year == 0 ? std::nullopt : std::optional(year); }

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
  std::array<std::string, check_kinds> fixes;
  for (std::size_t k = 0; k < check_kinds; ++k) fixes[k] = fix_of(static_cast<CheckKind>(k), words);
  TableRows rows(result.findings);
  rows.texts("id", [](const Finding& one) { return finding_id(one); });
  rows.texts("kind", [](const Finding& one) { return to_string(one.kind); });
  rows.texts("severity", [](const Finding& one) { return to_string(severity_of(one.kind)); });
  rows.texts("indicator", [](const Finding& one) { return one.indicator; });
  rows.texts("series", [](const Finding& one) { return one.series; });
  rows.texts("ref_area", [](const Finding& one) { return one.area; });
  rows.texts("dimensions", [](const Finding& one) { return one.dimensions; });
  rows.integers("first_year", [](const Finding& one) { return year_or_none(one.first_year); });
  rows.integers("last_year", [](const Finding& one) { return year_or_none(one.last_year); });
  rows.integers("figures", [](const Finding& one) { return one.figures; });
  rows.numbers("value", -1, [](const Finding& one) { return one.value; });
  rows.numbers("expected", -1, [](const Finding& one) { return one.expected; });
  rows.numbers("score", 3, [](const Finding& one) { return one.score; });
  rows.texts("evidence", [](const Finding& one) { return one.evidence; });
  rows.texts("what_to_do", [&](const Finding& one) { return fixes[static_cast<std::size_t>(one.kind)]; });
  return std::move(rows).table();
}

Table completeness_table(const CheckResult& result) {
  TableRows rows(result.completeness);
  rows.texts("indicator", [](const CompletenessRow& row) { return row.indicator; });
  rows.texts("ref_area", [](const CompletenessRow& row) { return row.area; });
  rows.integers("years_expected", [](const CompletenessRow& row) { return row.expected; });
  rows.integers("years", [](const CompletenessRow& row) { return row.years; });
  rows.numbers("share", 3, [](const CompletenessRow& row) { return static_cast<double>(row.years) / row.expected; });
  rows.integers("first_year", [](const CompletenessRow& row) { return year_or_none(row.first); });
  rows.integers("last_year", [](const CompletenessRow& row) { return year_or_none(row.last); });
  rows.texts("missing", [](const CompletenessRow& row) { return row.missing; });
  return std::move(rows).table();
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
