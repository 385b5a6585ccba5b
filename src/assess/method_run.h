// Every row of an assessment run judged by a list of methods, side by side.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assess/methods/method.h"
#include "assess/run.h"

namespace stocktake {

// Thresholds that a user changed, by method and parameter id.
using ParameterChanges = std::map<std::pair<std::string, std::string>, double>;
// The parameter of that id. Throws Error(not_found).
const MethodParameter& parameter_of(const Method& method, std::string_view name);
// "escap_api.accelerate=90" as such a change. Throws Error(usage) for another form and for a value out of the parameter's range,
// Error(not_found) for an unknown name.
std::pair<std::pair<std::string, std::string>, double> parse_parameter(std::string_view text);

// The defaults with the changes of that method. Throws Error(usage) when they are out of range or out of order.
std::vector<double> changed_parameters(const Method& method, const ParameterChanges& changes);

// "all", or ids separated by commas. Throws Error(not_found) for an unknown id, Error(usage) for an empty one.
std::vector<const Method*> parse_methods(std::string_view text);

struct MethodRun {
  std::vector<const Method*> methods;
  std::vector<std::vector<double>> parameters;  // of each method
  std::size_t rows = 0;
  std::vector<Judgement> judgements;  // of method m on row i: judgements[m * rows + i]

  const Judgement& at(std::size_t method, std::size_t row) const { return judgements[method * rows + row]; }
  // The method's own word for it: "accelerate"; the shared verdict where the method does not judge: "data_too_old".
  std::string_view word(std::size_t method, std::size_t row) const;
};

// The views by which the rows of a run are judged; rows under a `relative` rule are judged on their gap.
std::vector<RuleView> rule_views(const AssessmentRun& run);
// The judged figures of a row: finite, up to the run's last year.
SeriesView series_of(const AssessmentRun& run, const Assessment& row);

// Memory: 24 bytes a row and method. Throws Error(usage) as changed_parameters does.
MethodRun judge_rows(const AssessmentRun& run, std::vector<const Method*> methods, const ParameterChanges& changes);

// Adds three columns a method to a table of the run's rows: id (the method's own class), id_verdict, id_score.
void add_judgements(const MethodRun& judged, bool brief, Table& table);

}  // namespace stocktake
