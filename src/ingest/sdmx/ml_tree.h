// One artefact of a structure message as a tree, in memory while it is read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/sdmx/data.h"
#include "ingest/sdmx/structure.h"
#include "ingest/xml/reader.h"

namespace stocktake::sdmx {

struct MlNode {
  std::string name;                                             // without prefix
  std::vector<std::pair<std::string, std::string>> attributes;  // without prefix; no declarations of namespaces
  std::string text;                                             // of its own, without the blanks around it
  std::vector<MlNode> children;
  std::uint64_t line = 0;

  std::string_view attribute(std::string_view wanted) const;  // "" when it is not there
  bool has(std::string_view wanted) const;
  const MlNode* child(std::string_view wanted) const;  // the first, or null
};
// After the open of an element: all of it.
MlNode read_tree(xml::Reader& reader);

// What the makers of artefacts share.
struct MlFaults {
  std::vector<Fault>& list;
  std::vector<std::string>& passed_over;
  void add(const MlNode& node, std::string problem);
  void pass_over(std::string_view name);
};
bool is_true(std::string_view text);  // of xs:boolean
// By language, from children of that name.
Texts texts_in(const MlNode& node, std::string_view child);
std::optional<Reference> reference_in(const MlNode* node, std::string_view kind);
std::optional<Representation> representation_in(const MlNode* node, MlFaults& faults);
// A value with cascadeValues "true" or "excluderoot", into the lists of a CodeSelection.
void add_selected(const MlNode& value, std::vector<std::string>& codes, std::vector<std::string>& below);
void fill_maintainable(Maintainable& to, const MlNode& node);

DataStructure make_data_structure(const MlNode& node, MlFaults& faults);
Constraint make_constraint(const MlNode& node, MlFaults& faults);

}  // namespace stocktake::sdmx
