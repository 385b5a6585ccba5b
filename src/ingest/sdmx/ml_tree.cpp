#include "ingest/sdmx/ml_tree.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "base/utf8.h"
#include "ingest/sdmx/ml_message.h"

namespace stocktake::sdmx {
namespace {

template <typename Number>
void whole_number(std::optional<Number>& to, const MlNode& node, std::string_view name, MlFaults& faults) {
  const std::string_view text = node.attribute(name);
  if (text.empty()) return;
  Number value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status == std::errc() && end == text.data() + text.size()) {
    to = value;
  } else {
    faults.add(node, std::string(name) + " is '" + printable(text.substr(0, 60)) + "', expected a whole number; it is left out");
  }
}

void real_number(std::optional<double>& to, const MlNode& node, std::string_view name, MlFaults& faults) {
  const std::string_view text = node.attribute(name);
  if (text.empty()) return;
  to = parse_finite(text);
  if (!to) faults.add(node, std::string(name) + " is '" + printable(text.substr(0, 60)) + "', expected a number; it is left out");
}

void occurs(std::uint32_t& to, const MlNode& node, std::string_view name, MlFaults& faults) {
  if (node.attribute(name) == "unbounded") {
    to = 0;
    return;
  }
  std::optional<std::uint32_t> value;
  whole_number(value, node, name, faults);
  if (value) to = *value;
}

}  // namespace

std::string_view MlNode::attribute(std::string_view wanted) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const auto& one) { return one.first == wanted; });
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

bool MlNode::has(std::string_view wanted) const {
  return std::any_of(attributes.begin(), attributes.end(), [&](const auto& one) { return one.first == wanted; });
}

const MlNode* MlNode::child(std::string_view wanted) const {
  const auto found = std::find_if(children.begin(), children.end(), [&](const MlNode& one) { return one.name == wanted; });
  return found == children.end() ? nullptr : &*found;
}

// As deep as the reader lets elements be.
MlNode read_tree(xml::Reader& reader) {
  MlNode node;
  node.name = reader.local();
  node.line = reader.line();
  for (const auto& [name, value] : reader.attributes()) {
    // xsi:type is no attribute of SDMX, and there are attributes "type".
    if (!name.starts_with("xmlns") && !name.starts_with("xsi:")) node.attributes.emplace_back(xml::local_name(name), value);
  }
  if (reader.is_empty()) return node;
  const std::size_t inside = reader.depth();
  for (;;) {
    const xml::Reader::Event event = reader.next();
    if (event == xml::Reader::Event::open) {
      node.children.push_back(read_tree(reader));
    } else if (event == xml::Reader::Event::text) {
      node.text.append(reader.text());
    } else if (reader.depth() < inside) {
      break;
    }
  }
  const std::size_t begin = std::min(node.text.find_first_not_of(" \t\r\n"), node.text.size());
  node.text = node.text.substr(begin, node.text.find_last_not_of(" \t\r\n") + 1 - begin);
  return node;
}

void MlFaults::add(const MlNode& node, std::string problem) { list.push_back({node.line, node.name, std::move(problem), {}}); }

void MlFaults::pass_over(std::string_view name) {
  if (std::find(passed_over.begin(), passed_over.end(), name) == passed_over.end()) passed_over.emplace_back(name);
}

bool is_true(std::string_view text) { return text == "true" || text == "1"; }

Texts texts_in(const MlNode& node, std::string_view child) {
  Texts texts;
  for (const MlNode& one : node.children) {
    if (one.name == child) texts.emplace(one.attribute("lang"), one.text);
  }
  return texts;
}

std::optional<Reference> reference_in(const MlNode* node, std::string_view kind) {
  if (node == nullptr) return std::nullopt;
  if (const MlNode* reference = node->child("Ref")) {
    return reference_of([&](std::string_view name) { return reference->attribute(name); }, kind);
  }
  const MlNode* urn = node->child("URN");
  return parse_urn(urn == nullptr ? node->text : urn->text);
}

std::optional<Representation> representation_in(const MlNode* node, MlFaults& faults) {
  if (node == nullptr) return std::nullopt;
  Representation result;
  occurs(result.min_occurs, *node, "minOccurs", faults);
  occurs(result.max_occurs, *node, "maxOccurs", faults);
  for (const MlNode& one : node->children) {
    if (one.name == "Enumeration") {
      result.enumeration = reference_in(&one, "Codelist");
      if (!result.enumeration) faults.add(one, "no reference to a codelist");
    } else if (one.name == "TextFormat" || one.name == "EnumerationFormat") {
      result.text_type = one.attribute("textType");
      whole_number(result.min_length, one, "minLength", faults);
      whole_number(result.max_length, one, "maxLength", faults);
      whole_number(result.decimals, one, "decimals", faults);
      real_number(result.min_value, one, "minValue", faults);
      real_number(result.max_value, one, "maxValue", faults);
      result.pattern = one.attribute("pattern");
      result.multilingual = is_true(one.attribute("isMultiLingual"));
    }
  }
  return result;
}

void fill_maintainable(Maintainable& to, const MlNode& node) {
  to.agency = node.attribute("agencyID");
  to.id = node.attribute("id");
  to.version = node.attribute("version");
  if (const auto urn = parse_urn(node.attribute("urn")); urn && to.version.empty()) to.version = urn->version;
  if (to.version.empty()) to.version = "1.0";  // the schemas' default
  to.names = texts_in(node, "Name");
  to.descriptions = texts_in(node, "Description");
  if (node.has("isFinal")) to.is_final = is_true(node.attribute("isFinal"));
  to.valid_from = node.attribute("validFrom");
  to.valid_to = node.attribute("validTo");
  to.external = is_true(node.attribute("isExternalReference"));
  if (const MlNode* annotations = node.child("Annotations")) {
    for (const MlNode& one : annotations->children) {
      const auto text = [&](std::string_view name) {
        const MlNode* found = one.child(name);
        return found == nullptr ? std::string() : found->text;
      };
      const std::string title = text("AnnotationTitle");
      std::string key = text("AnnotationType");
      if (key.empty()) key = title.empty() ? std::string(one.attribute("id")) : title;
      std::string value(text_of(texts_in(one, "AnnotationText")));
      if (value.empty()) value = text("AnnotationValue");
      if (value.empty()) value = title;
      to.annotations.emplace(std::move(key), std::move(value));
    }
  }
}

void add_selected(const MlNode& value, std::vector<std::string>& codes, std::vector<std::string>& below) {
  const std::string_view cascade = value.attribute("cascadeValues");
  const bool children_only = cascade == "excluderoot";
  if (!children_only) codes.push_back(value.text);
  if (children_only || is_true(cascade)) below.push_back(value.text);
}

}  // namespace stocktake::sdmx
