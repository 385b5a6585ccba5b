// Reads the parts of a framework file into the model: goals, targets, indicators; of a layer also what it overrides and
// removes. The model holds the parent's content before a layer is read. Faults go to the reader; what is faulty is left out.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "framework/framework.h"
#include "framework/reader.h"
#include "framework/rule_reader.h"

namespace stocktake {

class FrameworkReader {
 public:
  // Both must outlive this.
  FrameworkReader(Reader& reader, Framework& model) : reader_(reader), model_(model), layer_(!model.extends.empty()) {}

  // The content below the head (id, version, title, period), in the order: remove, overrides, goals.
  void read(const Fields& head);

 private:
  // framework_reader.cpp
  void read_goal(const YamlNode& node);
  void read_target(const YamlNode& node, Goal* goal);
  void read_target_fields(const Fields& fields, Target& target);
  void read_rules(const Fields& fields, Target& target);
  void read_indicator(const YamlNode& node);
  void read_repeated_indicator(const YamlNode& node);
  void read_indicator_fields(const Fields& fields, Indicator& indicator, bool complete);
  void add_indicator(const Fields& fields, Indicator indicator);
  std::string read_own_code(const Fields& fields);
  bool first_of_its_kind(const Fields& fields, const std::string& kind, const std::string& code, bool inherited);
  void check_references();

  // sdsn_reader.cpp
  void read_sdsn(const Fields& head);
  void read_sdsn_scale(const Fields& fields, Indicator& indicator);

  // layer.cpp
  void read_removals(const YamlNode& node);
  void read_overrides(const YamlNode& node);
  void override_target(const YamlNode& key, const YamlNode& node);
  void override_indicator(const YamlNode& key, const YamlNode& node);
  void check_inherited(const Fields& head);
  Target* find_target(std::string_view code);

  Reader& reader_;
  Framework& model_;
  const bool layer_;
  std::vector<Reference> references_;              // codes this file mentions
  std::vector<const YamlNode*> repeated_;          // indicators with same_as, read when all others are known
  std::map<std::string, std::uint64_t> first_at_;  // "target 1.A" → line
};

// Faults a deadline that does not lie after its baseline, at the field of `node` (a map) that says so.
void check_period(Reader& reader, const YamlNode& node, int baseline, Date deadline);

}  // namespace stocktake
