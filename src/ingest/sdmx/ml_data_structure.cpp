// Data structure definitions and constraints of SDMX-ML.
#include <algorithm>
#include <charconv>

#include "ingest/sdmx/ml_tree.h"

namespace stocktake::sdmx {
namespace {

// The id that a child refers to: <Ref id="">, a URN whose item it is, or (3.0) its text.
std::string id_in(const MlNode& node) {
  if (const MlNode* reference = node.child("Ref")) return std::string(reference->attribute("id"));
  const MlNode* urn = node.child("URN");
  if (const auto found = parse_urn(urn == nullptr ? node.text : urn->text)) return found->item;
  return node.text;
}

Component make_component(const MlNode& node, Role role, MlFaults& faults) {
  Component made;
  made.role = role;
  made.id = node.attribute("id");
  made.concept_identity = reference_in(node.child("ConceptIdentity"), "Concept");
  // Ids may be left out: that of the concept holds, or the fixed ones of time and of the primary measure.
  if (made.id.empty() && role == Role::time_dimension) made.id = "TIME_PERIOD";
  if (made.id.empty() && node.name == "PrimaryMeasure") made.id = "OBS_VALUE";
  if (made.id.empty() && made.concept_identity) made.id = made.concept_identity->item;
  made.representation = representation_in(node.child("LocalRepresentation"), faults);
  if (made.id.empty()) faults.add(node, "a component without id and concept; it is left out");
  return made;
}

void add_dimensions(DataStructure& to, const MlNode& list, MlFaults& faults) {
  std::vector<std::pair<std::uint32_t, Component>> made;
  bool all_placed = true;
  std::optional<Component> time;
  for (const MlNode& one : list.children) {
    const bool is_time = one.name == "TimeDimension";
    if (!is_time && one.name != "Dimension" && one.name != "MeasureDimension") continue;
    Component component = make_component(one, is_time ? Role::time_dimension : Role::dimension, faults);
    component.measure_dimension = one.name == "MeasureDimension";
    if (component.id.empty()) continue;
    if (is_time) {
      time = std::move(component);
      continue;
    }
    const std::string_view text = one.attribute("position");
    std::uint32_t place = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), place);
    all_placed = all_placed && !text.empty() && status == std::errc() && end == text.data() + text.size();
    made.emplace_back(place, std::move(component));
  }
  if (all_placed) std::stable_sort(made.begin(), made.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& one : made) to.dimensions.push_back(std::move(one.second));
  if (time) to.dimensions.push_back(std::move(*time));
}

// What an attribute hangs on. An attachment to time is one to observations.
void read_relationship(Component& attribute, const MlNode& node, const DataStructure& structure, MlFaults& faults) {
  for (const MlNode& one : node.children) {
    if (one.name == "None" || one.name == "Dataflow") {
      attribute.attachment = Attachment::dataset;
    } else if (one.name == "Dimension") {
      if (attribute.attachment != Attachment::group) attribute.attachment = Attachment::series;
      attribute.attached_to.push_back(id_in(one));
    } else if (one.name == "Group") {
      attribute.attachment = Attachment::group;
      attribute.attached_to = {id_in(one)};
    } else if (one.name == "PrimaryMeasure" || one.name == "Observation") {
      attribute.attachment = Attachment::observation;
    } else if (one.name != "AttachmentGroup") {
      // An attachment group only says where in a message the value may stand.
      faults.add(one, "an attribute relationship that is not known; the attribute is taken as one of observations");
    }
  }
  if (attribute.attachment != Attachment::series) return;
  for (const std::string& id : attribute.attached_to) {
    const Component* dimension = structure.find(id);
    if (dimension == nullptr) {
      faults.add(node, "attribute '" + attribute.id + "' is attached to '" + id + "', which is no dimension");
    } else if (dimension->role == Role::time_dimension) {
      attribute.attachment = Attachment::observation;
    }
  }
}

void add_attributes(DataStructure& to, const MlNode& list, MlFaults& faults) {
  for (const MlNode& one : list.children) {
    if (one.name == "MetadataAttributeUsage") faults.pass_over(one.name);
    // 2.1 has <ReportingYearStartDay>, an attribute with a fixed id.
    if (one.name != "Attribute" && one.name != "ReportingYearStartDay") continue;
    Component made = make_component(one, Role::attribute, faults);
    if (made.id.empty()) continue;
    std::string_view usage = one.attribute("usage");
    if (usage.empty()) usage = one.attribute("assignmentStatus");
    made.mandatory = usage == "mandatory" || usage == "Mandatory";
    if (const MlNode* relationship = one.child("AttributeRelationship")) read_relationship(made, *relationship, to, faults);
    if (const MlNode* relationship = one.child("MeasureRelationship")) {
      for (const MlNode& measure : relationship->children) made.of_measures.push_back(id_in(measure));
    }
    to.attributes.push_back(std::move(made));
  }
}

CubeRegion::Values values_in(const MlNode& node) {
  CubeRegion::Values values;
  values.include = !node.has("include") || is_true(node.attribute("include"));
  for (const MlNode& one : node.children) {
    if (one.name == "Value") add_selected(one, values.codes, values.below);
    if (one.name != "TimeRange") continue;
    for (const MlNode& bound : one.children) {
      const bool inside = !bound.has("isInclusive") || is_true(bound.attribute("isInclusive"));
      if (bound.name == "StartPeriod" || bound.name == "AfterPeriod") {
        values.from = bound.text;
        values.from_inside = inside;
      } else if (bound.name == "EndPeriod" || bound.name == "BeforePeriod") {
        values.to = bound.text;
        values.to_inside = inside;
      }
    }
  }
  return values;
}

}  // namespace

DataStructure make_data_structure(const MlNode& node, MlFaults& faults) {
  DataStructure made;
  fill_maintainable(made, node);
  const MlNode* components = node.child("DataStructureComponents");
  if (components == nullptr) return made;  // a stub
  // Attributes refer to dimensions, so these come first whatever the message's order.
  for (const MlNode& one : components->children) {
    if (one.name == "DimensionList") add_dimensions(made, one, faults);
  }
  for (const MlNode& one : components->children) {
    if (one.name == "AttributeList") {
      add_attributes(made, one, faults);
    } else if (one.name == "MeasureList") {
      for (const MlNode& measure : one.children) {
        if (measure.name != "PrimaryMeasure" && measure.name != "Measure") continue;
        Component component = make_component(measure, Role::measure, faults);
        component.mandatory = measure.attribute("usage") == "mandatory";
        if (!component.id.empty()) made.measures.push_back(std::move(component));
      }
    } else if (one.name == "Group") {
      Group& group = made.groups.emplace_back();
      group.id = one.attribute("id");
      for (const MlNode& dimension : one.children) {
        if (const MlNode* reference = dimension.child("DimensionReference")) group.dimensions.push_back(id_in(*reference));
      }
    }
  }
  return made;
}

Constraint make_constraint(const MlNode& node, MlFaults& faults) {
  Constraint made;
  fill_maintainable(made, node);
  // "Actual" is the default of 2.1 (as recalled of its schema, not seen); 3.0 requires the role.
  const std::string_view role = node.name == "DataConstraint" ? node.attribute("role") : node.attribute("type");
  made.allowed = role == "Allowed";
  for (const MlNode& one : node.children) {
    if (one.name == "ConstraintAttachment") {
      for (const MlNode& to : one.children) {
        if (auto reference = reference_in(&to, to.name)) {
          made.attached_to.push_back(std::move(*reference));
        } else if (to.name != "SimpleDataSource" && to.name != "QueryableDataSource" && to.name != "DataSet") {
          faults.add(to, "no reference to an artefact");
        }
      }
    } else if (one.name == "CubeRegion") {
      CubeRegion& region = made.regions.emplace_back();
      region.include = !one.has("include") || is_true(one.attribute("include"));
      for (const MlNode& component : one.children) {
        if (component.name != "KeyValue" && component.name != "Attribute" && component.name != "Component") continue;
        if (is_true(component.attribute("removePrefix")))
          faults.add(component, "removePrefix is not supported: codes are compared with their prefix");
        region.components[std::string(component.attribute("id"))] = values_in(component);
      }
    } else if (one.name == "DataKeySet") {
      const bool included = is_true(one.attribute("isIncluded"));
      for (const MlNode& key : one.children) {
        if (key.name != "Key") continue;
        auto& added = made.keys.emplace_back(included, std::map<std::string, std::string>());
        for (const MlNode& value : key.children) {
          const MlNode* text = value.child("Value");
          if (value.name == "KeyValue" && text != nullptr) added.second[std::string(value.attribute("id"))] = text->text;
        }
      }
    }
  }
  return made;
}

}  // namespace stocktake::sdmx
