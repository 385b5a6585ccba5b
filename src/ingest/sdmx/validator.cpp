#include "ingest/sdmx/validator.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/utf8.h"
#include "ingest/sdmx/constraint_check.h"
#include "ingest/sdmx/representation_check.h"

namespace stocktake::sdmx {

struct Validator::State {
  const DataStructure* structure = nullptr;
  std::vector<std::string> notes;
  std::map<std::string, RepresentationCheck, std::less<>> checks;  // by component
  std::vector<ConstraintCheck> constraints;
  std::set<std::string, std::less<>> of_dataset;  // attributes that the data set gives
  std::optional<Finding> whole;                   // what is wrong with the data set, and so with all its rows
};

namespace {

bool needed(const Component& component) {
  return component.role == Role::dimension || component.role == Role::time_dimension ||
         (component.role == Role::attribute && component.mandatory);
}

Finding missing(const Component& component) {
  const bool attribute = component.role == Role::attribute;
  const std::string what = attribute ? "mandatory attribute" : "dimension";
  return {component.id, component.id + ": the " + what + " is missing", "a " + what + " is missing: " + component.id};
}

Finding wrong(const std::string& id, const std::string& problem, bool coded) {
  return {id, id + ": " + problem, (coded ? "unknown code of " : "a text that is not as the structure says: ") + id};
}

}  // namespace

Validator::Validator(const Structures& structures, const Dataset& dataset, const Reference& fallback)
    : state_(std::make_unique<State>()) {
  State& state = *state_;
  const Reference* of = &dataset.structure;
  if (!of->id.empty()) state.structure = structures.structure_of(*of);
  if (state.structure == nullptr && !fallback.kind.empty()) {
    of = &fallback;
    state.structure = structures.structure_of(fallback);
  }
  if (state.structure == nullptr) return;
  for (const auto* list : {&state.structure->dimensions, &state.structure->measures, &state.structure->attributes}) {
    for (const Component& component : *list)
      state.checks.emplace(component.id, RepresentationCheck(structures, component, state.notes));
  }
  for (const Constraint* constraint : constraints_of(structures, *of, *state.structure)) {
    ConstraintCheck check(*constraint, [&](const std::string& id) -> const std::vector<Code>& {
      static const std::vector<Code> none;
      const auto found = state.checks.find(id);
      return found == state.checks.end() ? none : found->second.codes();
    });
    if (!check.unresolved().empty()) {
      state.notes.push_back("the constraint " + check.name() + " was not checked: the codes below others of " +
                            check.unresolved() + " are not known");
    } else if (check.too_large()) {
      state.notes.push_back("the constraint " + check.name() + " was not checked: it has more than " +
                            std::to_string(ConstraintCheck::max_rules) + " regions and keys");
    } else {
      state.constraints.push_back(std::move(check));
    }
  }
  for (const auto& [id, text] : dataset.attributes) {
    state.of_dataset.insert(id);
    const auto check = state.checks.find(id);
    if (check == state.checks.end()) {
      if (!state.whole) state.whole = Finding{id, id + ": the data structure has no such component", "unknown component " + id};
      continue;
    }
    const std::string problem = check->second.problem(text);
    if (!problem.empty() && !state.whole) state.whole = wrong(id, problem, check->second.coded());
  }
}

Validator::~Validator() = default;

const DataStructure* Validator::structure() const { return state_->structure; }
const std::vector<std::string>& Validator::notes() const { return state_->notes; }

std::uint32_t Validator::add(Finding finding) {
  findings_.push_back(std::move(finding));
  return static_cast<std::uint32_t>(findings_.size());
}

void Validator::check(const Block& block) {
  rows_.assign(block.rows(), 0);
  findings_.clear();
  if (state_->structure == nullptr) return;
  if (state_->whole) {
    rows_.assign(block.rows(), add(*state_->whole));
  } else {
    check_absent(block);
    for (std::size_t column = 0; column < block.columns.size(); ++column) check_column(block, column);
    check_values(block);
    check_constraints(block);
  }
  for (std::size_t row = 0; row < block.rows(); ++row) {
    if (block.action[row] == Action::remove) rows_[row] = 0;
  }
}

void Validator::check_absent(const Block& block) {
  for (const auto* list : {&state_->structure->dimensions, &state_->structure->attributes}) {
    for (const Component& component : *list) {
      if (!needed(component) || block.column(component.id) != SIZE_MAX || state_->of_dataset.contains(component.id)) continue;
      const std::uint32_t finding = add(missing(component));
      for (std::size_t row = 0; row < block.rows(); ++row) {
        const bool may_lack = component.role == Role::attribute && block.action[row] == Action::merge;
        if (rows_[row] == 0 && !may_lack) rows_[row] = finding;
      }
    }
  }
}

void Validator::check_column(const Block& block, std::size_t number) {
  const Column& column = block.columns[number];
  const Component* const component = state_->structure->find(column.id);
  std::vector<std::uint32_t> by_code(column.texts.size(), 0);
  bool any = false, absent_in_merges = true;
  if (component == nullptr) {
    const std::string id = printable(column.id);
    std::fill(by_code.begin() + 1, by_code.end(),
              add({column.id, id + ": the data structure " + state_->structure->id + " has no such component",
                   "unknown component " + id}));
    any = true;
  } else {
    const RepresentationCheck& check = state_->checks.find(column.id)->second;
    for (std::uint32_t code = 1; check.checks() && code < by_code.size(); ++code) {
      const std::string problem = check.problem(column.texts.text(code));
      if (problem.empty()) continue;
      by_code[code] = add(wrong(column.id, problem, check.coded()));
      any = true;
    }
    if (needed(*component) && !state_->of_dataset.contains(column.id)) {
      by_code[0] = add(missing(*component));
      absent_in_merges = component->role != Role::attribute;
      any = true;
    }
  }
  if (!any) return;
  for (std::size_t row = 0; row < block.rows(); ++row) {
    const std::uint32_t code = column.codes[row];
    if (rows_[row] != 0 || by_code[code] == 0) continue;
    if (code == 0 && !absent_in_merges && block.action[row] == Action::merge) continue;
    rows_[row] = by_code[code];
  }
}

void Validator::check_values(const Block& block) {
  if (state_->structure->measures.empty()) return;
  const std::string& id = state_->structure->measures.front().id;
  const RepresentationCheck& check = state_->checks.find(id)->second;
  if (!check.checks()) return;
  for (std::size_t row = 0; row < block.rows(); ++row) {
    if (rows_[row] != 0) continue;
    const std::string_view text = block.value_as_written(row);
    if (text.empty() || text == "NaN") continue;
    const std::string problem = check.problem(text);
    if (!problem.empty()) rows_[row] = add(wrong(id, problem, check.coded()));
  }
}

void Validator::check_constraints(const Block& block) {
  std::vector<char> allowed;
  std::vector<std::vector<char>> alone;
  for (const ConstraintCheck& constraint : state_->constraints) {
    constraint.check(block, allowed, alone);
    std::map<std::pair<std::size_t, std::uint32_t>, std::uint32_t> known;
    for (std::size_t row = 0; row < block.rows(); ++row) {
      if (allowed[row] != 0 || rows_[row] != 0) continue;
      std::pair<std::size_t, std::uint32_t> culprit{SIZE_MAX, 0};
      for (std::size_t c = 0; c < block.columns.size() && culprit.first == SIZE_MAX; ++c) {
        const std::uint32_t code = block.columns[c].codes[row];
        if (code != 0 && alone[c][code] != 0) culprit = {c, code};
      }
      std::uint32_t& finding = known[culprit];
      if (finding == 0 && culprit.first == SIZE_MAX) {
        finding = add({"", "the constraint " + constraint.name() + " does not allow this combination of codes",
                       "a combination that the constraint " + constraint.name() + " does not allow"});
      } else if (finding == 0) {
        const Column& column = block.columns[culprit.first];
        finding = add({column.id,
                       column.id + ": the code '" + printable(column.texts.text(culprit.second).substr(0, 60)) +
                           "' is not allowed by the constraint " + constraint.name(),
                       "a code of " + column.id + " that the constraint " + constraint.name() + " does not allow"});
      }
      rows_[row] = finding;
    }
  }
}

}  // namespace stocktake::sdmx
