// Data structures and constraints as SDMX-ML.
#include <algorithm>

#include "exchange/sdmx/ml_text.h"

namespace stocktake::sdmx {
namespace {

using For = MlText::For;

// What every component begins with; close() is the caller's.
void open_component(MlText& to, std::string_view name, const Component& from, For of, const std::string& artefact,
                    MlText::Attributes attributes) {
  to.open(name, attributes);
  if (from.concept_identity) {
    to.reference("str:ConceptIdentity", *from.concept_identity);
  } else {
    to.lose("a component must name its concept", artefact + ", " + from.id);
  }
  if (from.representation) {
    to.representation("str:LocalRepresentation", *from.representation, of, artefact + ", " + from.id);
  } else if (of == For::time_dimension) {
    // Both versions want one; this is its default.
    Representation usual;
    usual.text_type = "ObservationalTimePeriod";
    to.representation("str:LocalRepresentation", usual, of, artefact);
    to.lose("a time dimension must have a representation; ObservationalTimePeriod is written", artefact);
  }
}

void add_dimensions(MlText& to, const DataStructure& from, const std::string& artefact) {
  if (from.dimensions.empty()) return;
  to.open("str:DimensionList", {{"id", "DimensionDescriptor"}});
  std::size_t position = 0;
  for (const Component& one : from.dimensions) {
    const std::string place = std::to_string(++position);
    const bool time = one.role == Role::time_dimension, measure = one.measure_dimension && !to.v30();
    if (one.measure_dimension && to.v30()) to.lose("3.0 has no measure dimensions", artefact);
    const std::string_view name = time ? "str:TimeDimension" : measure ? "str:MeasureDimension" : "str:Dimension";
    open_component(to, name, one, time ? For::time_dimension : For::dimension, artefact,
                   {{"id", one.id}, {"position", time && to.v30() ? std::string() : place}});
    to.close(name);
  }
  to.close("str:DimensionList");
}

bool hangs_on_time(const Component& attribute, const DataStructure& of) {
  return std::any_of(attribute.attached_to.begin(), attribute.attached_to.end(), [&](const std::string& id) {
    const Component* const dimension = of.find(id);
    return dimension != nullptr && dimension->role == Role::time_dimension;
  });
}

void add_relationship(MlText& to, const Component& from, const DataStructure& of) {
  to.open("str:AttributeRelationship");
  switch (from.attachment) {
    case Attachment::dataset: to.empty(to.v30() ? "str:Dataflow" : "str:None"); break;
    case Attachment::group: to.local("str:Group", from.attached_to.empty() ? "" : from.attached_to.front()); break;
    case Attachment::series:
      for (const std::string& id : from.attached_to) to.local("str:Dimension", id);
      if (!from.attached_to.empty()) break;
      // Of the series, whatever its dimensions.
      for (const Component& one : of.dimensions) {
        if (one.role == Role::dimension) to.local("str:Dimension", one.id);
      }
      break;
    case Attachment::observation:
      if (hangs_on_time(from, of)) {
        for (const std::string& id : from.attached_to) to.local("str:Dimension", id);
      } else if (to.v30()) {
        to.empty("str:Observation");
      } else {
        to.local("str:PrimaryMeasure", "OBS_VALUE");
      }
      break;
  }
  to.close("str:AttributeRelationship");
  if (from.of_measures.empty()) return;
  if (!to.v30()) return to.lose("2.1 has no measure relationships", name_of(of) + ", " + from.id);
  to.open("str:MeasureRelationship");
  for (const std::string& id : from.of_measures) to.leaf("str:Measure", id);
  to.close("str:MeasureRelationship");
}

void add_attributes(MlText& to, const DataStructure& from, const std::string& artefact) {
  if (from.attributes.empty()) return;
  to.open("str:AttributeList", {{"id", "AttributeDescriptor"}});
  for (const Component& one : from.attributes) {
    const std::string_view usage = to.v30()        ? one.mandatory ? "mandatory" : "optional"
                                   : one.mandatory ? "Mandatory"
                                                   : "Conditional";
    open_component(to, "str:Attribute", one, For::attribute, artefact,
                   {{"id", one.id}, {to.v30() ? "usage" : "assignmentStatus", usage}});
    add_relationship(to, one, from);
    to.close("str:Attribute");
  }
  to.close("str:AttributeList");
}

void add_measures(MlText& to, const DataStructure& from, const std::string& artefact) {
  if (from.measures.empty()) {
    if (!to.v30()) to.lose("2.1 wants a primary measure", artefact);
    return;
  }
  to.open("str:MeasureList", {{"id", "MeasureDescriptor"}});
  for (const Component& one : from.measures) {
    if (to.v30()) {
      open_component(to, "str:Measure", one, For::measure, artefact,
                     {{"id", one.id}, {"usage", one.mandatory ? "mandatory" : "optional"}});
      to.close("str:Measure");
      continue;
    }
    if (&one != &from.measures.front()) {
      to.lose("2.1 has one measure; the others are left out", artefact);
      continue;
    }
    if (one.id != "OBS_VALUE") to.lose("2.1's primary measure is OBS_VALUE", artefact + ", " + one.id);
    if (one.mandatory) to.lose("2.1 does not say that a measure is mandatory", artefact);
    open_component(to, "str:PrimaryMeasure", one, For::dimension, artefact, {{"id", "OBS_VALUE"}});
    to.close("str:PrimaryMeasure");
  }
  to.close("str:MeasureList");
}

void add_values(MlText& to, std::string_view name, const std::string& id, const CubeRegion::Values& values,
                const std::string& artefact) {
  const std::string_view prefix = to.v30() ? "str:" : "com:";
  const auto named = [&](std::string_view local) { return std::string(prefix) + std::string(local); };
  to.open(named(name), {{"id", id}, {"include", values.include ? "" : "false"}});
  to.selected(named("Value"), values.codes, values.below, artefact + ", " + id);
  const bool range = !values.from.empty() || !values.to.empty();
  if (range && (!values.codes.empty() || !values.below.empty())) {
    to.lose("a component has codes or a range of time; the range is left out", artefact + ", " + id);
  } else if (range) {
    to.open(named("TimeRange"));
    if (!values.from.empty())
      to.leaf(named(values.to.empty() ? "AfterPeriod" : "StartPeriod"), values.from,
              {{"isInclusive", values.from_inside ? "true" : "false"}});
    if (!values.to.empty())
      to.leaf(named(values.from.empty() ? "BeforePeriod" : "EndPeriod"), values.to,
              {{"isInclusive", values.to_inside ? "true" : "false"}});
    to.close(named("TimeRange"));
  }
  to.close(named(name));
}

void add_region(MlText& to, const CubeRegion& from, const DataStructure* of, const std::string& artefact) {
  to.open("str:CubeRegion", {{"include", from.include ? "true" : "false"}});
  // Keys first. Where the structure is not known, all are taken for dimensions but those without values, which these cannot be.
  const auto is_key = [&](const std::string& id, const CubeRegion::Values& values) {
    const Component* const found = of == nullptr ? nullptr : of->find(id);
    if (found != nullptr) return found->role == Role::dimension || found->role == Role::time_dimension;
    return !values.codes.empty() || !values.below.empty() || !values.from.empty() || !values.to.empty();
  };
  for (const bool keys : {true, false}) {
    for (const auto& [id, values] : from.components) {
      if (is_key(id, values) == keys)
        add_values(to, keys ? "KeyValue" : to.v30() ? "Component" : "Attribute", id, values, artefact);
    }
  }
  to.close("str:CubeRegion");
}

void add_keys(MlText& to, const Constraint& from) {
  for (std::size_t i = 0; i < from.keys.size(); ++i) {
    const auto& [included, values] = from.keys[i];
    if (i == 0 || included != from.keys[i - 1].first) to.open("str:DataKeySet", {{"isIncluded", included ? "true" : "false"}});
    to.open("str:Key");
    const std::string prefix = to.v30() ? "str:" : "com:";
    for (const auto& [id, value] : values) {
      to.open(prefix + "KeyValue", {{"id", id}});
      to.leaf(prefix + "Value", value);
      to.close(prefix + "KeyValue");
    }
    to.close("str:Key");
    if (i + 1 == from.keys.size() || included != from.keys[i + 1].first) to.close("str:DataKeySet");
  }
}

}  // namespace

void add_data_structure(MlText& to, const DataStructure& from) {
  const std::string artefact = name_of(from);
  to.open_artefact("str:DataStructure", from);
  if (!from.dimensions.empty() || !from.measures.empty() || !from.attributes.empty()) {
    to.open("str:DataStructureComponents");
    add_dimensions(to, from, artefact);
    for (const Group& group : from.groups) {
      to.open("str:Group", {{"id", group.id}});
      for (const std::string& id : group.dimensions) {
        to.open("str:GroupDimension");
        to.local("str:DimensionReference", id);
        to.close("str:GroupDimension");
      }
      to.close("str:Group");
    }
    add_attributes(to, from, artefact);
    add_measures(to, from, artefact);
    to.close("str:DataStructureComponents");
  }
  to.close("str:DataStructure");
}

void add_constraint(MlText& to, const Constraint& from, const Structures& structures) {
  const std::string artefact = name_of(from);
  const std::string_view name = to.v30() ? "str:DataConstraint" : "str:ContentConstraint";
  to.open_artefact(name, from, {{to.v30() ? "role" : "type", from.allowed ? "Allowed" : "Actual"}});
  const DataStructure* of = nullptr;
  if (!from.attached_to.empty()) {
    to.open("str:ConstraintAttachment");
    for (const Reference& one : from.attached_to) {
      // One kind to a constraint.
      if (one.kind != from.attached_to.front().kind) {
        to.lose("a constraint is attached to artefacts of one class; the others are left out", artefact);
        continue;
      }
      to.reference("str:" + one.kind, one);
      if (of == nullptr) of = structures.structure_of(one);
    }
    to.close("str:ConstraintAttachment");
  }
  add_keys(to, from);
  for (std::size_t i = 0; i < from.regions.size(); ++i) {
    if (i >= 2 && to.v30()) {
      to.lose("3.0 has room for two regions of a constraint; the others are left out", artefact);
      break;
    }
    add_region(to, from.regions[i], of, artefact);
  }
  to.close(name);
}

}  // namespace stocktake::sdmx
