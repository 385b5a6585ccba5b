#include "framework/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "base/text.h"

namespace stocktake {
namespace {

using Kind = YamlNode::Kind;

std::string kind_name(const YamlNode& node) {
  switch (node.kind) {
    case Kind::null: return "nothing";
    case Kind::scalar: return fmt::format("'{}'", node.text.size() > 60 ? node.text.substr(0, 57) + "..." : node.text);
    case Kind::list: return "a list";
    case Kind::map: return "a map";
  }
  return "nothing";
}

std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return parse_finite(text);
}

}  // namespace

void Reader::fault(Location where, std::string message, std::string remedy) {
  diagnostics_.push_back({std::move(where), std::move(message), std::move(remedy)});
}

std::vector<Diagnostic> Reader::take() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.where.line, a.where.column) < std::tie(b.where.line, b.where.column);
  });
  return std::move(diagnostics_);
}

std::optional<std::string> Reader::text(const YamlNode& node, std::string_view field) {
  if (node.kind != Kind::scalar) {
    fault(node, field, fmt::format("expected a text, found {}", kind_name(node)), "Write one text here");
    return std::nullopt;
  }
  if (node.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    fault(node, field, "expected a text, found an empty one", "Fill it in or remove the field");
    return std::nullopt;
  }
  return node.text;
}

std::optional<std::string> Reader::code(const YamlNode& node, std::string_view field) {
  auto read = text(node, field);
  if (read && !node.quoted && reads_as_other_type(*read)) {
    // The text is used all the same: one fault, not a second one for an unknown code.
    fault(node, field, fmt::format("{} without quotes is not a text to YAML (1.10 would become 1.1)", *read),
          fmt::format("Put it in quotes: \"{}\"", *read));
  }
  return read;
}

std::optional<double> Reader::number(const YamlNode& node, std::string_view field) {
  if (node.kind == Kind::scalar) {
    if (const auto value = parse_number(node.text)) {
      if (!node.quoted) return value;
      fault(node, field, fmt::format("expected a number, found the text \"{}\"", node.text), "Remove the quotes");
      return std::nullopt;
    }
  }
  fault(node, field, fmt::format("expected a number, found {}", kind_name(node)),
        "Write a number with a decimal point, such as 0.5");
  return std::nullopt;
}

std::vector<std::string> Reader::codes(const YamlNode& node, std::string_view field) {
  if (node.kind != Kind::list) {
    fault(node, field, fmt::format("expected a list, found {}", kind_name(node)),
          "Write a list in brackets, such as [\"1.1\", \"1.2\"]");
    return {};
  }
  std::vector<std::string> all;
  std::set<std::string_view> seen;
  for (const YamlNode& item : node.items) {
    auto one = code(item, field);
    if (!one) continue;
    if (!seen.insert(item.text).second) {
      fault(item, field, fmt::format("'{}' stands in the list twice", *one), "Remove one of the two");
    } else {
      all.push_back(std::move(*one));
    }
  }
  return all;
}

Fields::Fields(Reader& reader, const YamlNode& node, std::string_view what, std::span<const std::string_view> known)
    : reader_(reader), node_(node), what_(what) {
  if (!is_map()) {
    reader_.fault(node_, "", fmt::format("expected {}, a map of fields, found {}", what_, kind_name(node_)),
                  "See docs/framework-file.md");
    return;
  }
  for (std::size_t i = 0; i < node_.keys.size(); ++i) {
    const YamlNode& key = node_.keys[i];
    if (key.kind != Kind::scalar) {
      reader_.fault(key, "", fmt::format("expected the name of a field of {}, found {}", what_, kind_name(key)),
                    fmt::format("The fields are {}", alternatives(known)));
    } else if (std::find(known.begin(), known.end(), key.text) == known.end()) {
      const std::string guess = did_you_mean(key.text, known);
      reader_.fault(key, key.text, fmt::format("{} has no such field", what_),
                    guess.empty() ? fmt::format("The fields are {}", alternatives(known)) : guess);
    } else if (node_.find(key.text) != &node_.items[i]) {
      reader_.fault(key, key.text, "the field stands here twice", "Remove one of the two");
    }
  }
}

const YamlNode* Fields::get(std::string_view name) const {
  const YamlNode* node = node_.find(name);
  return node == nullptr || node->kind == Kind::null ? nullptr : node;
}

const YamlNode* Fields::require(std::string_view name) const {
  const YamlNode* node = get(name);
  if (node == nullptr && is_map()) {
    const YamlNode* empty = node_.find(name);
    reader_.fault(empty == nullptr ? node_ : *empty, name,
                  fmt::format("{} needs this field, it is {}", what_, empty == nullptr ? "missing" : "empty"),
                  fmt::format("Add {}", name));
  }
  return node;
}

const YamlNode& Fields::place(std::string_view name) const {
  const YamlNode* node = get(name);
  return node == nullptr ? node_ : *node;
}

void Fields::fault(std::string_view name, std::string message, std::string remedy) const {
  reader_.fault(place(name), name, std::move(message), std::move(remedy));
}

std::optional<std::string> Fields::text(std::string_view name) const {
  const YamlNode* node = get(name);
  return node == nullptr ? std::nullopt : reader_.text(*node, name);
}

std::optional<std::string> Fields::code(std::string_view name) const {
  const YamlNode* node = get(name);
  return node == nullptr ? std::nullopt : reader_.code(*node, name);
}

std::optional<double> Fields::number(std::string_view name) const {
  const YamlNode* node = get(name);
  return node == nullptr ? std::nullopt : reader_.number(*node, name);
}

std::optional<int> Fields::year(std::string_view name) const {
  const YamlNode* node = get(name);
  if (node == nullptr) return std::nullopt;
  const auto value = node->kind == Kind::scalar && !node->quoted ? parse_number(node->text) : std::nullopt;
  if (!value || *value != std::floor(*value) || *value < 1900 || *value > 2200) {
    reader_.fault(*node, name, fmt::format("expected a year from 1900 to 2200, found {}", kind_name(*node)),
                  "Write four digits without quotes, such as 1990");
    return std::nullopt;
  }
  return static_cast<int>(*value);
}

std::optional<Date> Fields::date(std::string_view name) const {
  const YamlNode* node = get(name);
  if (node == nullptr) return std::nullopt;
  const auto value = node->kind == Kind::scalar ? parse_date(node->text, true) : std::nullopt;
  if (!value || value->year < 1900 || value->year > 2200) {
    reader_.fault(*node, name, fmt::format("expected a date or a year from 1900 to 2200, found {}", kind_name(*node)),
                  "Write 2015-12-31, or 2015 for its last day");
    return std::nullopt;
  }
  return value;
}

std::optional<bool> Fields::flag(std::string_view name) const {
  const YamlNode* node = get(name);
  if (node == nullptr) return std::nullopt;
  if (node->kind == Kind::scalar && !node->quoted) {
    if (node->text == "true") return true;
    if (node->text == "false") return false;
  }
  reader_.fault(*node, name, fmt::format("expected true or false, found {}", kind_name(*node)),
                "Write true or false, or remove the field");
  return std::nullopt;
}

std::vector<std::string> Fields::codes(std::string_view name) const {
  const YamlNode* node = get(name);
  return node == nullptr ? std::vector<std::string>{} : reader_.codes(*node, name);
}

std::span<const YamlNode> Fields::list(std::string_view name) const {
  const YamlNode* node = get(name);
  if (node == nullptr) return {};
  if (node->kind != Kind::list) {
    reader_.fault(*node, name, fmt::format("expected a list, found {}", kind_name(*node)), "Begin each item with '- '");
    return {};
  }
  return node->items;
}

void Fields::local_text(std::string_view name, LocalText& into, std::span<const Language> required) const {
  const YamlNode* node = required.empty() ? get(name) : require(name);
  if (node == nullptr) return;
  if (node->kind != Kind::map) {
    reader_.fault(*node, name, fmt::format("expected texts by language, found {}", kind_name(*node)), "Write {en: ..., fr: ...}");
    return;
  }
  std::vector<std::string_view> known;
  known.reserve(all_languages.size());
  for (const Language language : all_languages) known.push_back(stocktake::code(language));
  const Fields texts(reader_, *node, "a text by language", known);
  std::vector<std::string> missing;
  for (const Language language : all_languages) {
    const std::string key(stocktake::code(language));
    if (const YamlNode* one = texts.get(key)) {
      if (auto text = reader_.text(*one, fmt::format("{}.{}", name, key))) into.set(language, std::move(*text));
    } else if (!into.has(language) && std::find(required.begin(), required.end(), language) != required.end()) {
      missing.push_back(key);
    }
  }
  if (!missing.empty())
    reader_.fault(*node, name, fmt::format("no text in {}", joined(missing, ", ")), "Add the missing languages");
}

std::optional<std::size_t> Fields::choice_index(std::string_view name, std::span<const std::string_view> names) const {
  const YamlNode* node = get(name);
  if (node == nullptr) return std::nullopt;
  if (node->kind == Kind::scalar) {
    const auto found = std::find(names.begin(), names.end(), node->text);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  reader_.fault(*node, name, fmt::format("expected {}, found {}", alternatives(names), kind_name(*node)),
                node->kind == Kind::scalar ? did_you_mean(node->text, names) : "");
  return std::nullopt;
}

}  // namespace stocktake
