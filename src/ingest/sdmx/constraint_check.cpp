#include "ingest/sdmx/constraint_check.h"

#include <algorithm>

#include "ingest/sdmx/version.h"

namespace stocktake::sdmx {
namespace {

// As far as both go: "2005" against "2005-01-01T00:00:00".
int compare_periods(std::string_view a, std::string_view b) {
  const std::size_t size = std::min(a.size(), b.size());
  const int order = a.substr(0, size).compare(b.substr(0, size));
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

}  // namespace

bool ConstraintCheck::Values::has(std::string_view text) const {
  bool inside = any || codes.has(text);
  if (!from.empty()) inside = inside && compare_periods(text, from) >= (from_inside ? 0 : 1);
  if (!to.empty()) inside = inside && compare_periods(text, to) <= (to_inside ? 0 : -1);
  return inside == include;
}

ConstraintCheck::ConstraintCheck(const Constraint& constraint, const CodesOf& codes_of)
    : name_((constraint.agency.empty() ? "" : constraint.agency + ":") + constraint.id) {
  for (const CubeRegion& region : constraint.regions) {
    Rule rule;
    rule.include = region.include;
    for (const auto& [id, values] : region.components) {
      const std::vector<Code>& list = codes_of(id);
      if (!values.below.empty() && list.empty()) unresolved_ = id;
      const bool any = values.codes.empty() && values.below.empty();
      rule.components[id] = {SelectedCodes({values.codes, values.below}, list),
                             any,
                             values.from,
                             values.to,
                             values.include,
                             values.from_inside,
                             values.to_inside};
    }
    if (!rule.components.empty()) rules_.push_back(std::move(rule));
  }
  for (const auto& [include, key] : constraint.keys) {
    Rule rule;
    rule.include = include;
    for (const auto& [id, code] : key) rule.components[id] = {SelectedCodes({{code}, {}}, {}), false, {}, {}, true, true, true};
    if (!rule.components.empty()) rules_.push_back(std::move(rule));
  }
}

void ConstraintCheck::check(const Block& block, std::vector<char>& allowed, std::vector<std::vector<char>>& alone) const {
  const std::size_t rows = block.rows();
  const bool any_include = std::any_of(rules_.begin(), rules_.end(), [](const Rule& rule) { return rule.include; });
  allowed.assign(rows, any_include ? 0 : 1);
  alone.assign(block.columns.size(), {});
  std::vector<char> excluded(rows, 0);
  std::vector<std::uint64_t> fits(rows), by_code;
  // 64 regions at once: which of them a row fits is one word.
  for (std::size_t first = 0; first < rules_.size(); first += 64) {
    const std::size_t count = std::min<std::size_t>(64, rules_.size() - first);
    std::uint64_t includes = 0, excludes = 0;
    for (std::size_t i = 0; i < count; ++i) (rules_[first + i].include ? includes : excludes) |= std::uint64_t{1} << i;
    std::fill(fits.begin(), fits.end(), includes | excludes);
    std::uint64_t in_columns = 0;  // exclusions whose components all have a column
    for (std::size_t i = 0; i < count; ++i) {
      const auto& components = rules_[first + i].components;
      const bool all =
          std::all_of(components.begin(), components.end(), [&](const auto& one) { return block.column(one.first) != SIZE_MAX; });
      if (all) in_columns |= std::uint64_t{1} << i;
    }
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      const Column& column = block.columns[c];
      by_code.assign(column.texts.size(), includes | excludes);
      bool concerned = false;
      for (std::size_t i = 0; i < count; ++i) {
        const Rule& rule = rules_[first + i];
        const auto values = rule.components.find(column.id);
        if (values == rule.components.end()) continue;
        concerned = true;
        for (std::uint32_t code = 0; code < by_code.size(); ++code) {
          const bool fit = code == 0 ? rule.include : values->second.has(column.texts.text(code));
          if (!fit) by_code[code] &= ~(std::uint64_t{1} << i);
        }
      }
      if (alone[c].empty()) alone[c].assign(by_code.size(), any_include ? 1 : 0);
      for (std::size_t code = 0; code < by_code.size(); ++code) {
        if ((by_code[code] & includes) != 0) alone[c][code] = 0;
      }
      if (!concerned) continue;
      for (std::size_t row = 0; row < rows; ++row) fits[row] &= by_code[column.codes[row]];
    }
    for (std::size_t row = 0; row < rows; ++row) {
      if ((fits[row] & includes) != 0) allowed[row] = 1;
      if ((fits[row] & excludes & in_columns) != 0) excluded[row] = 1;
    }
  }
  for (std::size_t row = 0; row < rows; ++row) {
    if (excluded[row] != 0) allowed[row] = 0;
  }
}

std::vector<const Constraint*> constraints_of(const Structures& structures, const Reference& of, const DataStructure& structure) {
  std::vector<const Constraint*> found;
  const auto named = [](const Reference& reference, const Maintainable& what) {
    return reference.agency == what.agency && reference.id == what.id && version_fits(what.version, reference.version);
  };
  const Dataflow* const flow = structures.dataflow_of(of);
  const ProvisionAgreement* const agreement = of.kind == "ProvisionAgreement" ? structures.provision_agreement(of) : nullptr;
  for (const Constraint& constraint : structures.constraints) {
    if (!constraint.allowed) continue;
    const bool attached =
        std::any_of(constraint.attached_to.begin(), constraint.attached_to.end(), [&](const Reference& reference) {
          return (reference.kind == "DataStructure" && named(reference, structure)) ||
                 (reference.kind == "Dataflow" && flow != nullptr && named(reference, *flow)) ||
                 (reference.kind == "ProvisionAgreement" && agreement != nullptr && named(reference, *agreement));
        });
    if (attached) found.push_back(&constraint);
  }
  return found;
}

}  // namespace stocktake::sdmx
