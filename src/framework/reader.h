// Reads the fields of YAML maps into values and gathers every fault on the way: what was expected, what was found, where,
// what to do. Nothing here throws for bad content: a faulty field reads as absent, so that one run shows all faults.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "framework/framework.h"
#include "framework/yaml_tree.h"

namespace stocktake {

// Gathers the faults of one file.
class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  const std::string& file() const { return file_; }
  Location at(const YamlNode& node, std::string_view field) const { return {file_, node.line, node.column, std::string(field)}; }
  void fault(Location where, std::string message, std::string remedy);
  void fault(const YamlNode& node, std::string_view field, std::string message, std::string remedy) {
    fault(at(node, field), std::move(message), std::move(remedy));
  }
  // The faults in the order of the file; ends the gathering.
  std::vector<Diagnostic> take();

  // Values of single nodes; `field` names them in faults.
  std::optional<std::string> text(const YamlNode& node, std::string_view field);  // any scalar that is not blank
  std::optional<std::string> code(const YamlNode& node, std::string_view field);  // a text that YAML does not read as a number
  std::optional<double> number(const YamlNode& node, std::string_view field);     // finite
  std::vector<std::string> codes(const YamlNode& node, std::string_view field);   // a list of codes

 private:
  std::string file_;
  std::vector<Diagnostic> diagnostics_;
};

// One map of the file with the fields it may have. Unknown and repeated fields are faults at once; an empty field is absent.
class Fields {
 public:
  // what: the map in words, "a target". The reader and the node must outlive this.
  Fields(Reader& reader, const YamlNode& node, std::string_view what, std::span<const std::string_view> known);
  Fields(Reader& reader, const YamlNode& node, std::string_view what, std::initializer_list<std::string_view> known)
      : Fields(reader, node, what, std::span<const std::string_view>(known.begin(), known.size())) {}

  bool is_map() const { return node_.kind == YamlNode::Kind::map; }
  const YamlNode& node() const { return node_; }
  Reader& reader() const { return reader_; }
  const YamlNode* get(std::string_view name) const;      // null when absent or empty
  const YamlNode* require(std::string_view name) const;  // the same, and its absence is a fault
  // The node of a field that is there, else the map's: where to report a fault about the field.
  const YamlNode& place(std::string_view name) const;
  void fault(std::string_view name, std::string message, std::string remedy) const;

  std::optional<std::string> text(std::string_view name) const;
  std::optional<std::string> code(std::string_view name) const;
  std::optional<double> number(std::string_view name) const;
  std::optional<int> year(std::string_view name) const;
  std::optional<Date> date(std::string_view name) const;  // a partial date means its last day
  std::optional<bool> flag(std::string_view name) const;
  std::vector<std::string> codes(std::string_view name) const;
  // The nodes of a list; empty when absent.
  std::span<const YamlNode> list(std::string_view name) const;
  // A map from languages to texts, laid over what `into` holds. The languages in `required` must be there afterwards; a
  // missing field is a fault only when there are any.
  void local_text(std::string_view name, LocalText& into, std::span<const Language> required) const;

  // One of the names of an enumeration.
  template <typename T>
  std::optional<T> choice(std::string_view name, std::initializer_list<T> values) const {
    std::vector<std::string_view> names;
    for (const T value : values) names.push_back(to_string(value));
    const auto index = choice_index(name, names);
    if (!index) return std::nullopt;
    return values.begin()[*index];
  }
  std::optional<std::size_t> choice_index(std::string_view name, std::span<const std::string_view> names) const;

 private:
  Reader& reader_;
  const YamlNode& node_;
  std::string_view what_;
};

// "Did you mean 'title'?" for the candidate nearest to a mistyped name, or "" when none is near.
std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates);
// "a, b or c"
std::string alternatives(std::span<const std::string_view> names);

// Ids of frameworks and bindings: lower-case letters, digits and hyphens, a letter first.
bool is_id(std::string_view text);
// Codes of goals, targets and indicators: letters and digits in parts that dots or hyphens join, "1", "3.b", "1.5.1", "1-a".
bool is_goal_code(std::string_view text);
// Units, as their sources write them: visible ASCII characters, "PERCENT", "USD/m3".
bool is_unit_code(std::string_view text);
// Groups, areas, dimensions: capitals, digits and underscores.
bool is_upper_code(std::string_view text);
// Whether a YAML 1.1 or 1.2 reader takes the unquoted text for a number, a date or a truth value.
bool reads_as_other_type(std::string_view text);

}  // namespace stocktake
