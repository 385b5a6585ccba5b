// Content constraints: which codes, and which combinations of them, a data set may have.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/sdmx/code_selection.h"
#include "ingest/sdmx/data.h"
#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

class ConstraintCheck {
 public:
  static constexpr std::size_t max_rules = 4096;  // more regions and keys than these are not checked
  // The codes that a component may have: those below others are found among them.
  using CodesOf = std::function<const std::vector<Code>&(const std::string& component)>;
  ConstraintCheck(const Constraint& constraint, const CodesOf& codes_of);
  bool too_large() const { return rules_.size() > max_rules; }
  const std::string& name() const { return name_; }
  // A component of which codes below others are meant, where no code list tells them; "" where there is none.
  const std::string& unresolved() const { return unresolved_; }

  // For each row whether the constraint allows it. A component that a row does not give is not constrained.
  // `alone`: by column, the codes that no region allows whatever else the row has: [column][code].
  void check(const Block& block, std::vector<char>& allowed, std::vector<std::vector<char>>& alone) const;

 private:
  struct Values {
    SelectedCodes codes;
    bool any = true;  // no codes are named
    std::string from, to;
    bool include = true, from_inside = true, to_inside = true;
    bool has(std::string_view text) const;
  };
  struct Rule {
    bool include = true;
    std::map<std::string, Values> components;
  };
  std::string name_, unresolved_;
  std::vector<Rule> rules_;
};

// The constraints that say what may be in the data of a provision agreement, a dataflow or its data structure.
std::vector<const Constraint*> constraints_of(const Structures& structures, const Reference& of, const DataStructure& structure);

}  // namespace stocktake::sdmx
