#include "framework/binding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <set>
#include <tuple>

#include "base/files.h"
#include "base/hash.h"
#include "framework/load.h"
#include "framework/reader.h"

namespace stocktake {
namespace fs = std::filesystem;
namespace {

// Reads one file. Frameworks are known by their files, in the folder above the bindings; mdg and sdg always are.
class BindingReader {
 public:
  BindingReader(Reader& reader, const DimensionCodes& codes)
      : reader_(reader), codes_(codes), frameworks_(fs::absolute(reader.file()).parent_path().parent_path()) {}

  Binding read(const YamlNode& root);

 private:
  void read_id(const Fields& head, Binding& binding);
  void read_title(const Fields& head, Binding& binding);
  void read_series(const YamlNode& node, Binding& binding);
  void read_role_and_match(const Fields& fields, SeriesBinding& series);
  std::vector<std::string> read_indicators(const YamlNode& node, std::string_view framework);
  Filter read_filter(const Fields& fields);
  void read_weights(const Fields& head, Binding& binding);
  bool is_framework(std::string_view key) const;

  Reader& reader_;
  const DimensionCodes& codes_;
  fs::path frameworks_;
  std::set<std::tuple<std::string, Filter, std::string, std::string>> seen_;  // series, filter, framework, indicator
};

bool BindingReader::is_framework(std::string_view key) const {
  if (key == "mdg" || key == "sdg") return true;
  std::error_code unreadable;  // a folder that cannot be read has no frameworks
  return is_id(key) && key.size() <= 64 && fs::exists(frameworks_ / (std::string(key) + ".yaml"), unreadable);
}

Binding BindingReader::read(const YamlNode& root) {
  const Fields head(reader_, root, "a binding", {"binding", "title", "source", "priority", "series", "weights"});
  Binding binding;
  if (!head.is_map()) return binding;
  read_id(head, binding);
  read_title(head, binding);
  if (const YamlNode* node = head.get("source")) {
    const Fields source(reader_, *node, "a source", {"name", "url", "licence"});
    binding.source_name = source.text("name").value_or("");
    binding.source_url = source.text("url").value_or("");
    binding.licence = source.text("licence").value_or("");
  }
  if (const auto priority = head.number("priority")) {
    if (*priority < 0 || *priority > 1'000'000 || *priority != std::floor(*priority)) {
      head.fault("priority", "expected a whole number from 0 to 1000000", "Give a number, such as 30; the lower one wins");
    } else {
      binding.priority = static_cast<int>(*priority);
    }
  }
  head.require("series");
  for (const YamlNode& node : head.list("series")) read_series(node, binding);
  read_weights(head, binding);
  return binding;
}

void BindingReader::read_id(const Fields& head, Binding& binding) {
  if (head.require("binding") == nullptr) return;
  auto id = head.code("binding");
  if (!id) return;
  const std::string stem = fs::path(reader_.file()).stem().string();
  if (!is_id(*id)) {
    head.fault("binding", fmt::format("'{}' is not an id", *id), "Use lower-case letters, digits and hyphens, a letter first");
  } else if (*id != stem) {
    head.fault("binding", fmt::format("the id is '{}', but the file is named '{}'", *id, stem),
               fmt::format("Name the file {}.yaml, or correct the id", *id));
  }
  binding.id = std::move(*id);
}

// One text, or texts by language of which the English one is kept.
void BindingReader::read_title(const Fields& head, Binding& binding) {
  const YamlNode* node = head.get("title");
  if (node != nullptr && node->kind == YamlNode::Kind::map) {
    LocalText title;
    head.local_text("title", title, {});
    binding.title = title.in(Language::en);
  } else {
    binding.title = head.text("title").value_or("");
  }
}

void BindingReader::read_series(const YamlNode& node, Binding& binding) {
  std::vector<std::string_view> known{"series", "name",  "unit", "filter", "multiply", "role",
                                      "match",  "areas", "note", "mdg",    "sdg"};
  std::vector<std::string_view> frameworks;
  for (const YamlNode& key : node.keys) {
    if (key.kind != YamlNode::Kind::scalar) continue;
    const bool other = std::find(known.begin(), known.begin() + 9, key.text) != known.begin() + 9;
    if (!other && is_framework(key.text)) frameworks.push_back(key.text);
  }
  known.insert(known.end(), frameworks.begin(), frameworks.end());
  const Fields fields(reader_, node, "a series", known);
  if (!fields.is_map()) return;
  SeriesBinding series;
  if (fields.require("series") != nullptr) series.series = fields.code("series").value_or("");
  fields.local_text("name", series.name, {});
  if (fields.require("unit") != nullptr) {
    series.unit = fields.text("unit").value_or("");
    if (!series.unit.empty() && !is_unit_code(series.unit)) {
      fields.fault("unit", fmt::format("'{}' is not a code of a unit", series.unit),
                   "Use a code of reference/units.csv, such as PERCENT");
    }
  }
  series.filter = read_filter(fields);
  if (const auto factor = fields.number("multiply")) {
    series.multiply = *factor;
    if (*factor == 0) fields.fault("multiply", "a factor of 0 leaves nothing of the figures", "Correct multiply");
  }
  if (auto note = fields.text("note")) series.note = std::move(*note);
  read_role_and_match(fields, series);
  if (frameworks.empty()) {
    reader_.fault(node, "series", "the series feeds no indicator", "Name one, such as sdg: \"3.1.1\"");
  }
  for (const std::string_view framework : frameworks) {
    const YamlNode* list = fields.require(framework);
    if (list == nullptr) continue;
    auto indicators = read_indicators(*list, framework);
    for (const std::string& code : indicators) {
      if (!series.series.empty() && !seen_.emplace(series.series, series.filter, std::string(framework), code).second) {
        reader_.fault(*list, framework,
                      fmt::format("the series '{}' feeds the indicator '{}' twice with the same filter", series.series, code),
                      "Remove one of the two");
      }
    }
    series.indicators.emplace(framework, std::move(indicators));
  }
  if (!series.series.empty()) binding.series.push_back(std::move(series));
}

void BindingReader::read_role_and_match(const Fields& fields, SeriesBinding& series) {
  constexpr std::array<std::string_view, 2> roles{"target", "context"}, matches{"exact", "near"};
  constexpr std::array<std::string_view, 2> areas{"countries", "groups"};
  series.judged = fields.choice_index("role", roles).value_or(0) == 0;
  series.exact = fields.choice_index("match", matches).value_or(0) == 0;
  series.group_figures = fields.choice_index("areas", areas).value_or(0) == 1;
  if ((!series.judged || !series.exact) && fields.get("note") == nullptr) {
    const std::string_view field = series.exact ? "role" : "match";
    fields.fault(field, fmt::format("{} needs a note", series.exact ? "a context series" : "a near match"),
                 series.exact ? "Say why the series is not judged" : "Say how the series differs from the indicator");
  }
}

std::vector<std::string> BindingReader::read_indicators(const YamlNode& node, std::string_view framework) {
  std::vector<std::string> indicators;
  if (node.kind == YamlNode::Kind::list) {
    indicators = reader_.codes(node, framework);
  } else if (auto one = reader_.code(node, framework)) {
    indicators.push_back(std::move(*one));
  }
  for (const std::string& code : indicators) {
    if (!is_goal_code(code)) {
      reader_.fault(node, framework, fmt::format("'{}' is not the code of an indicator", code),
                    "Write it as in the framework, such as \"3.1.1\"");
    }
  }
  return indicators;
}

Filter BindingReader::read_filter(const Fields& fields) {
  Filter filter;
  const YamlNode* node = fields.get("filter");
  if (node == nullptr) return filter;
  if (node->kind != YamlNode::Kind::map) {
    fields.fault("filter", "expected a map from dimensions to codes", "Write filter: {SEX: F}");
    return filter;
  }
  for (std::size_t i = 0; i < node->keys.size(); ++i) {
    const auto column = reader_.text(node->keys[i], "filter");
    const auto value = reader_.code(node->items[i], "filter");
    if (!column || !value) continue;
    std::string dimension = codes_.dimension(*column);
    std::string code(codes_.code(dimension, *value));
    const auto same = [&](const auto& one) { return one.first == dimension; };
    if (dimension.empty()) {
      reader_.fault(node->keys[i], "filter", fmt::format("'{}' is not the name of a dimension", *column),
                    "Write it as the DSD does, such as SEX");
    } else if (std::any_of(filter.begin(), filter.end(), same)) {
      reader_.fault(node->keys[i], "filter", fmt::format("the dimension {} stands in the filter twice", dimension),
                    "Remove one of the two");
    } else {
      filter.emplace_back(std::move(dimension), std::move(code));
    }
  }
  std::sort(filter.begin(), filter.end());
  return filter;
}

void BindingReader::read_weights(const Fields& head, Binding& binding) {
  const YamlNode* node = head.get("weights");
  if (node == nullptr) return;
  if (node->kind != YamlNode::Kind::map) {
    head.fault("weights", "expected a map from weight concepts to series", "Write population: {series: SP_POP_TOTL}");
    return;
  }
  for (std::size_t i = 0; i < node->keys.size(); ++i) {
    const auto concept_name = reader_.text(node->keys[i], "weights");
    const Fields fields(reader_, node->items[i], "a weight", {"series", "filter"});
    if (!concept_name || !fields.is_map()) continue;
    WeightBinding weight;
    if (fields.require("series") != nullptr) weight.series = fields.code("series").value_or("");
    weight.filter = read_filter(fields);
    if (!binding.weights.emplace(*concept_name, std::move(weight)).second) {
      reader_.fault(node->keys[i], "weights", fmt::format("the weight '{}' is given twice", *concept_name),
                    "Remove one of the two");
    }
  }
}

struct Outcome {
  Binding binding;
  std::vector<Diagnostic> diagnostics;
};

Outcome build(std::string_view text, const std::string& path, const DimensionCodes& codes) {
  Outcome outcome;
  const auto root = parse_yaml(text, path, outcome.diagnostics);
  if (!root) return outcome;
  Reader reader(path);
  outcome.binding = BindingReader(reader, codes).read(*root);
  outcome.binding.hash = hash_hex(text);
  outcome.diagnostics = reader.take();
  return outcome;
}

}  // namespace

Binding load_binding(const std::string& path, const DimensionCodes& codes) {
  Outcome outcome = build(read_file(path), path, codes);
  throw_first(outcome.diagnostics);
  return std::move(outcome.binding);
}

std::vector<Diagnostic> check_binding(const std::string& path, const DimensionCodes& codes) {
  return check_binding_text(read_file(path), path, codes);
}

std::vector<Diagnostic> check_binding_text(std::string_view text, const std::string& path, const DimensionCodes& codes) {
  return build(text, path, codes).diagnostics;
}

std::vector<Binding> load_bindings(const std::string& folder, const DimensionCodes& codes) {
  if (!fs::is_directory(folder))
    throw Error(ErrorKind::not_found, "there is no such folder of bindings", "Check the path", {folder, 0, 0, {}});
  std::vector<std::string> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());  // so that the first fault reported is the same everywhere
  std::vector<Binding> bindings;
  bindings.reserve(paths.size());
  for (const std::string& path : paths) bindings.push_back(load_binding(path, codes));
  std::sort(bindings.begin(), bindings.end(),
            [](const Binding& a, const Binding& b) { return std::tie(a.priority, a.id) < std::tie(b.priority, b.id); });
  return bindings;
}

}  // namespace stocktake
