#include "assess/method_run.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>

#include "base/error.h"
#include "base/parallel.h"

namespace stocktake {

namespace {

// A number as it is written, also NaN and infinity: what is wrong with these is said of the parameter.
std::optional<double> any_number(std::string_view text) {
  double value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status == std::errc::result_out_of_range) return no_figure;
  if (status != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

const MethodParameter& parameter_of(const Method& method, std::string_view name) {
  const auto known = method.parameters();
  const auto found = std::find_if(known.begin(), known.end(), [&](const MethodParameter& one) { return one.id == name; });
  if (found != known.end()) return *found;
  std::string names;
  for (const MethodParameter& one : known) names += (names.empty() ? "" : ", ") + std::string(one.id);
  throw Error(ErrorKind::not_found, "method '" + std::string(method.info().id) + "' has no parameter '" + std::string(name) + "'",
              names.empty() ? "It has none" : "Use one of: " + names);
}

std::pair<std::pair<std::string, std::string>, double> parse_parameter(std::string_view text) {
  const auto dot = text.find('.');
  const auto equals = text.find('=', dot == std::string_view::npos ? 0 : dot);
  const bool shaped = dot != std::string_view::npos && equals != std::string_view::npos;
  const std::optional<double> value = shaped ? any_number(text.substr(equals + 1)) : std::nullopt;
  if (!value) {
    throw Error(ErrorKind::usage, "expected METHOD.PARAMETER=NUMBER, found '" + std::string(text) + "'",
                "See `stocktake methods show METHOD` for the parameters");
  }
  const std::string id(text.substr(0, dot)), name(text.substr(dot + 1, equals - dot - 1));
  const Method& chosen = method(id);
  check_parameter(chosen, parameter_of(chosen, name), *value);
  return {{id, name}, *value};
}

std::vector<double> changed_parameters(const Method& method, const ParameterChanges& changes) {
  std::vector<double> values = default_parameters(method);
  const auto known = method.parameters();
  for (std::size_t p = 0; p < known.size(); ++p) {
    const auto changed = changes.find({std::string(method.info().id), std::string(known[p].id)});
    if (changed != changes.end()) values[p] = changed->second;
  }
  check_parameters(method, values);
  return values;
}

std::vector<const Method*> parse_methods(std::string_view text) {
  std::vector<const Method*> chosen;
  while (true) {
    const auto comma = text.find(',');
    const std::string_view id = text.substr(0, comma);
    if (id.empty()) {
      throw Error(ErrorKind::usage, "the list of methods has an empty name, expected ids with commas between them, or all",
                  "`stocktake methods` lists the ids");
    }
    if (id == "all") return {methods().begin(), methods().end()};
    const Method* one = &method(id);
    if (std::find(chosen.begin(), chosen.end(), one) == chosen.end()) chosen.push_back(one);
    if (comma == std::string_view::npos) return chosen;
    text.remove_prefix(comma + 1);
  }
}

std::string_view MethodRun::word(std::size_t method, std::size_t row) const {
  const Judgement& one = at(method, row);
  return one.own == no_class ? to_string(one.verdict) : methods[method]->classes()[one.own].id;
}

std::vector<RuleView> rule_views(const AssessmentRun& run) {
  std::vector<RuleView> views;
  views.reserve(run.rows.size());
  const Assessment* last = nullptr;
  for (const Assessment& row : run.rows) {  // rows of one rule follow each other
    const bool same = last != nullptr && last->target == row.target && last->rule == row.rule;
    views.push_back(same ? RuleView(views.back()) : rule_view(run, row.target, row.rule));
    last = &row;
  }
  return views;
}

SeriesView series_of(const AssessmentRun& run, const Assessment& row) {
  const Panel& panel = run.panel;
  const std::size_t begin = panel.begin[row.judged];
  const auto first = panel.year.begin() + static_cast<std::ptrdiff_t>(begin);
  const auto last = panel.year.begin() + static_cast<std::ptrdiff_t>(panel.begin[row.judged + 1]);
  const auto end = std::upper_bound(first, last, *run.options.data_until);
  return {panel.year.data() + begin, panel.value.data() + begin, static_cast<std::size_t>(end - first)};
}

namespace {

// A method that compares its cases with each other gets those of one series code and breakdown together, of countries alone:
// the spread of countries is its unit. Other rows keep `not_applicable`.
void judge_jointly(const AssessmentRun& run, const Method& method, std::span<const double> parameters, std::size_t from,
                   std::span<const Case> cases, std::span<Judgement> out) {
  std::map<std::tuple<std::uint16_t, std::uint16_t, std::string_view, std::string_view>, std::vector<std::size_t>> together;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Assessment& row = run.rows[from + i];
    const PanelSeries& series = run.panel.series[row.series];
    if (row.origin == Origin::country) together[{row.binding, row.entry, series.dimensions, series.unit}].push_back(i);
  }
  std::vector<Case> part;
  std::vector<Judgement> judged;
  for (const auto& [key, places] : together) {
    part.clear();
    for (const std::size_t i : places) part.push_back(cases[i]);
    judged.assign(part.size(), {});
    method.judge(part, parameters, judged);
    for (std::size_t i = 0; i < places.size(); ++i) out[places[i]] = judged[i];
  }
}

}  // namespace

MethodRun judge_rows(const AssessmentRun& run, std::vector<const Method*> methods, const ParameterChanges& changes) {
  MethodRun judged;
  judged.methods = std::move(methods);
  judged.rows = run.rows.size();
  judged.judgements.resize(judged.methods.size() * judged.rows);
  for (const Method* one : judged.methods) judged.parameters.push_back(changed_parameters(*one, changes));
  const std::vector<RuleView> views = rule_views(run);
  std::vector<Case> cases(run.rows.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Assessment& row = run.rows[i];
    cases[i] = {series_of(run, row), &row.facts, &views[i], run.framework.find_indicator(run.rule(row).indicator)};
  }
  // Parts are whole rules: a method may compare the cases of a rule with each other (distances in standard deviations).
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (i == 0 || run.rows[i].target != run.rows[i - 1].target || run.rows[i].rule != run.rows[i - 1].rule) starts.push_back(i);
  }
  starts.push_back(cases.size());
  const std::size_t parts = starts.size() - 1;
  in_tasks(judged.methods.size() * parts, 0, [&](std::size_t task) {
    const std::size_t m = task / parts, from = starts[task % parts], count = starts[task % parts + 1] - from;
    const std::span<Judgement> out(judged.judgements.data() + m * judged.rows + from, count);
    const std::span<const Case> part = std::span(cases).subspan(from, count);
    if (judged.methods[m]->info().traits.joint) {
      judge_jointly(run, *judged.methods[m], judged.parameters[m], from, part, out);
    } else {
      judged.methods[m]->judge(part, judged.parameters[m], out);
    }
  });
  return judged;
}

void add_judgements(const MethodRun& judged, bool brief, Table& table) {
  for (std::size_t m = 0; m < judged.methods.size(); ++m) {
    const std::string id(judged.methods[m]->info().id);
    auto& words = table.add_texts(id);
    for (std::size_t i = 0; i < judged.rows; ++i) words.emplace_back(judged.word(m, i));
    if (brief) continue;
    auto& verdicts = table.add_texts(id + "_verdict");
    auto& scores = table.add_numbers(id + "_score", 4);
    for (std::size_t i = 0; i < judged.rows; ++i) {
      verdicts.emplace_back(to_string(judged.at(m, i).verdict));
      scores.push_back(judged.at(m, i).score);
    }
  }
}

}  // namespace stocktake
