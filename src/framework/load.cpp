// From a file, and the parents it extends, to a framework or to the list of its faults.
#include "framework/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "framework/framework_reader.h"

namespace stocktake {
namespace fs = std::filesystem;
namespace {

constexpr std::array<Language, 1> english{Language::en};

struct Outcome {
  Framework model;
  std::vector<Diagnostic> diagnostics;
};

// chain: the ids from the file that was asked for to this one.
Outcome build(const std::string& path, std::string_view text, const std::vector<std::string>& chain);

// Path of a framework of data_home(); "" when it has none of that id, or there is no such folder.
std::string bundled_framework(const std::string& id) {
  try {
    const std::string path = data_home() + "/frameworks/" + id + ".yaml";
    return fs::exists(path) ? path : std::string();
  } catch (const Error&) {
    return {};
  }
}

// The parent's model, without faults; empty when it is missing, faulty or part of a circle.
std::optional<Framework> read_parent(const Fields& head, const std::vector<std::string>& chain,
                                     std::vector<Diagnostic>& parents_faults) {
  const auto id = head.text("extends");
  if (!id) return std::nullopt;
  if (!is_id(*id)) {
    head.fault("extends", fmt::format("'{}' is not the id of a framework", *id), "Use lower-case letters, digits and hyphens");
    return std::nullopt;
  }
  std::vector<std::string> longer = chain;
  longer.push_back(*id);
  if (std::find(chain.begin(), chain.end(), *id) != chain.end()) {
    head.fault("extends", "the frameworks extend each other in a circle: " + joined(longer, " → "), "Remove one extends");
    return std::nullopt;
  }
  // Beside the file, so that a folder of plans can be moved; else among the frameworks that come with the program.
  std::string path = (fs::path(head.reader().file()).parent_path() / (*id + ".yaml")).string();
  if (std::error_code ignored; !fs::exists(path, ignored)) {
    if (const std::string bundled = bundled_framework(*id); !bundled.empty()) path = bundled;
  }
  std::string text;
  try {
    text = read_file(path);
  } catch (const Error& error) {
    head.fault("extends", fmt::format("the parent {} cannot be read: {}", path, error.problem()),
               "Put it beside this file, or correct the id");
    return std::nullopt;
  }
  Outcome parent = build(path, text, longer);
  if (parent.diagnostics.empty()) return std::move(parent.model);
  parents_faults = std::move(parent.diagnostics);
  return std::nullopt;
}

void read_head(const Fields& head, Framework& model) {
  const bool layer = !model.extends.empty();
  if (head.require("framework") != nullptr) {
    if (auto id = head.code("framework")) {
      const std::string stem = fs::path(head.reader().file()).stem().string();
      if (!is_id(*id)) {
        head.fault("framework", fmt::format("'{}' is not an id", *id),
                   "Use lower-case letters, digits and hyphens, a letter first");
      } else if (*id != stem) {
        head.fault("framework", fmt::format("the id is '{}', but the file is named '{}'", *id, stem),
                   fmt::format("Name the file {}.yaml, or correct the id", *id));
      }
      model.id = std::move(*id);
    }
  }
  if (head.require("version") != nullptr) model.version = head.code("version").value_or("");
  model.title = LocalText();
  head.local_text("title", model.title, english);
  if (const YamlNode* node = head.get("source")) {
    const Fields source(head.reader(), *node, "a source", {"title", "url"});
    model.source_title = source.text("title").value_or("");
    model.source_url = source.text("url").value_or("");
  }
  if (!layer) {
    head.require("baseline");
    head.require("deadline");
    head.require("goals");
  }
  model.baseline = head.year("baseline").value_or(model.baseline);
  model.deadline = head.date("deadline").value_or(model.deadline);
  check_period(head.reader(), head.node(), model.baseline, model.deadline);
  if (head.get("regions") != nullptr) model.regions = head.codes("regions");
  if (const YamlNode* node = head.get("areas")) {
    model.areas = head.codes("areas");
    for (const YamlNode& item : node->items) {
      if (item.kind == YamlNode::Kind::scalar && !(item.text.size() == 3 && is_upper_code(item.text))) {
        head.reader().fault(item, "areas", fmt::format("'{}' is not the code of a country", item.text),
                            "Use ISO 3166 alpha-3, such as BGD");
      }
    }
  }
}

Outcome build(const std::string& path, std::string_view text, const std::vector<std::string>& chain) {
  Outcome outcome;
  const auto root = parse_yaml(text, path, outcome.diagnostics);
  if (!root) return outcome;
  Reader reader(path);
  const Fields head(reader, *root, "a framework",
                    {"framework", "version", "title", "source", "baseline", "deadline", "goals", "extends", "areas", "regions",
                     "overrides", "remove", "sdsn"});
  Framework& model = outcome.model;
  std::vector<Diagnostic> parents_faults;
  bool readable = head.is_map();
  if (head.get("extends") != nullptr) {
    auto parent = read_parent(head, chain, parents_faults);
    readable = parent.has_value();  // without its parent every code of a layer would look unknown
    if (parent) model = std::move(*parent);
    model.extends = head.node().find("extends")->text;
  } else {
    for (const std::string_view name : {"overrides", "remove"}) {
      if (head.get(name) != nullptr) {
        head.fault(name, fmt::format("{} belongs to a framework that extends another", name), "Add extends, or remove the field");
      }
    }
  }
  if (readable) {
    read_head(head, model);
    FrameworkReader(reader, model).read(head);
  }
  Hasher hasher;
  hasher.add(text);
  if (!model.hash.empty()) hasher.add(model.hash);  // the parent's
  model.hash = hasher.hex();
  outcome.diagnostics = std::move(parents_faults);
  for (Diagnostic& fault : reader.take()) outcome.diagnostics.push_back(std::move(fault));
  return outcome;
}

Outcome build(const std::string& path, std::string_view text) { return build(path, text, {fs::path(path).stem().string()}); }

}  // namespace

void throw_first(const std::vector<Diagnostic>& diagnostics) {
  if (diagnostics.empty()) return;
  const Diagnostic& first = diagnostics.front();
  const std::size_t more = diagnostics.size() - 1;
  throw Error(ErrorKind::input,
              more == 0 ? first.message : fmt::format("{} (and {} more {})", first.message, more, more == 1 ? "fault" : "faults"),
              first.remedy, first.where);
}

Framework load_framework(const std::string& path) {
  Outcome outcome = build(path, read_file(path));
  throw_first(outcome.diagnostics);
  return std::move(outcome.model);
}

std::vector<Diagnostic> check_framework(const std::string& path) { return check_framework_text(read_file(path), path); }

std::vector<Diagnostic> check_framework_text(std::string_view text, const std::string& path) {
  return build(path, text).diagnostics;
}

}  // namespace stocktake
