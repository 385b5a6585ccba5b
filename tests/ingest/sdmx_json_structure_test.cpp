#include <gtest/gtest.h>

#include "ingest/sdmx/json_structure.h"
#include "ingest/sdmx_rows.h"

namespace stocktake::testing {
namespace {

using namespace sdmx;
struct SdmxJsonStructureSamples : SharedData {};

Structures read(const std::string& text, std::vector<Fault>& faults) {
  const auto source = ByteSource::from_bytes(text, "message");
  return read_json_structures(*source, faults);
}

Structures read_file(const std::string& name) {
  std::vector<Fault> faults;
  const auto source = ByteSource::open(shared_data(name));
  Structures structures = read_structures(*source, faults);
  EXPECT_TRUE(faults.empty()) << name << ": " << (faults.empty() ? "" : faults[0].problem);
  return structures;
}

// What we write is read back and written again to the same bytes, and nothing is lost on the way.
void expect_round_trip(const Structures& structures, const std::string& what) {
  const std::string once = to_json(structures);
  std::vector<Fault> faults;
  const Structures again = read(once, faults);
  EXPECT_TRUE(faults.empty()) << what;
  EXPECT_EQ(again.size(), structures.size()) << what;
  EXPECT_EQ(to_json(again), once) << what;
}

TEST_F(SdmxJsonStructureSamples, JsonStructuresOfTheStandard) {
  const Structures read = read_file("sdmx/sdmx-json/structure-message/samples/constructed-sample.json");
  ASSERT_EQ(read.data_structures.size(), 1U);
  const DataStructure& exr = read.data_structures[0];
  ASSERT_EQ(exr.dimensions.size(), 6U);
  EXPECT_EQ(exr.dimensions[0].id, "FREQ");
  EXPECT_EQ(exr.dimensions[0].representation->enumeration, (Reference{"Codelist", "ECB", "CL_FREQ", "1.0", ""}));
  EXPECT_EQ(exr.dimensions[5].role, Role::time_dimension);
  EXPECT_EQ(exr.dimensions[5].representation->text_type, "ObservationalTimePeriod");
  ASSERT_EQ(exr.attributes.size(), 2U);
  EXPECT_TRUE(exr.attributes[0].mandatory);
  EXPECT_EQ(exr.attributes[0].attachment, Attachment::series);
  EXPECT_EQ(exr.attributes[0].attached_to,
            (std::vector<std::string>{"FREQ", "CURRENCY", "CURRENCY_DENOM", "EXR_TYPE", "EXR_SUFFIX"}));
  EXPECT_EQ(exr.attributes[0].representation->max_length, 3);
  EXPECT_EQ(exr.attributes[1].attachment, Attachment::observation);
  EXPECT_EQ(exr.groups[0].dimensions.size(), 4U);
  EXPECT_EQ(exr.measures[0].id, "OBS_VALUE");
  EXPECT_EQ(read.category_schemes[0].categories[1].parent, "00");
  EXPECT_TRUE(read.category_schemes[0].external);
  EXPECT_EQ(read.dataflows[0].structure->id, "ECB_EXR1");
  EXPECT_EQ(read.categorisations[0].target->item, "07");
  EXPECT_EQ(read.organisation_schemes[0].organisations[0].id, "ECB");
  EXPECT_EQ(read.constraints[0].attached_to[0].id, "EXR");
  EXPECT_EQ(read.constraints[0].regions[0].components.at("EXR_SUFFIX").codes.size(), 6U);
  expect_round_trip(read, "constructed");
}

TEST_F(SdmxJsonStructureSamples, JsonStructuresWrittenAndReadBack) {
  for (const char* name :
       {"sdmx/sdmx-json/structure-message/samples/generated-sample.json",
        "sdmx/samples/v3/json/structure/constructed-sample.json", "sdmx/samples/v3/json/structure/generated-sample.json"}) {
    std::vector<Fault> faults;
    const auto source = ByteSource::open(shared_data(name));
    expect_round_trip(read_structures(*source, faults), name);
  }
}

TEST_F(SdmxJsonStructureSamples, MlStructuresThroughJson) {
  for (const char* name : {"sdmx/samples/ECB_EXR/1/structure.xml", "sdmx/samples/IMF/ECOFIN_DSD-structure.xml",
                           "sdmx/samples/UNICEF/GLOBAL_DATAFLOW-structure.xml",
                           "sdmx/samples/INSEE/CNA-2010-CONSO-SI-A17-structure.xml", "sdmx/samples/v3/xml/conceptscheme.xml",
                           "sdmx/samples/ESTAT/demography-structure.xml", "sdmx/samples/v3/xml/valuelist.xml"}) {
    std::vector<Fault> faults;
    const auto source = ByteSource::open(shared_data(name));
    expect_round_trip(read_structures(*source, faults), name);
  }
}

TEST(SdmxJsonStructure, FormOfVersion1) {
  std::vector<Fault> faults;
  const Structures read = testing::read(R"json({"meta":{},"data":{"dataStructures":[{"id":"D","agencyID":"A","version":"1.0","isFinal":true,"name":"d",
"dataStructureComponents":{"dimensionList":{"dimensions":[{"id":"X","position":0},{"id":"Y","position":2}],
"measureDimensions":[{"id":"M","position":1,"localRepresentation":{"enumeration":"urn:sdmx:org.sdmx.infomodel.conceptscheme.ConceptScheme=A:CS(1.0)"
}
}],
"timeDimensions":[{"id":"TIME_PERIOD","localRepresentation":{"textFormat":{"textType":"ObservationalTimePeriod"}}}]
}
, "measureList" : {"primaryMeasure" : {"id" : "OBS_VALUE"}}, "attributeList" : {
  "attributes" : [
    {"id" : "U", "assignmentStatus" : "Mandatory", "attributeRelationship" : {"none" : {}}},
    {"id" : "S", "assignmentStatus" : "Conditional", "attributeRelationship" : {"primaryMeasure" : "OBS_VALUE"}}
  ]
}
}
}],
"contentConstraints":[{"id":"C","agencyID":"A","type":"Actual","cubeRegions":[{"isIncluded":true,"keyValues":[{"id":"X","values":["a"]}]}]}],
"hierarchicalCodelists":[{"id":"H"}],"codelists":[{"agencyID":"A"}]
}
})json", faults);
  const DataStructure& d = read.data_structures.at(0);
EXPECT_EQ(d.dimensions[1].id, "M");
EXPECT_TRUE(d.dimensions[1].measure_dimension);
EXPECT_EQ(d.dimensions[3].representation->text_type, "ObservationalTimePeriod");
EXPECT_EQ(d.attributes[0].attachment, Attachment::dataset);
EXPECT_TRUE(d.attributes[0].mandatory);
EXPECT_EQ(d.attributes[1].attachment, Attachment::observation);
EXPECT_EQ(d.is_final, true);
EXPECT_FALSE(read.constraints.at(0).allowed);
EXPECT_EQ(read.passed_over, std::vector<std::string>{"HierarchicalCodelist"});
ASSERT_EQ(faults.size(), 1U);
EXPECT_EQ(faults[0].where, "/data/codelists/0");
expect_round_trip(read, "1.0");
}

TEST(SdmxJsonStructure, WhatTheFormatHasNoPlaceForIsKept) {
  Structures all;
  Codelist list;
  list.id = "CL";
  list.agency = "A";
  list.version = "1.0";
  list.is_final = false;
  list.annotations = {{"NOTE", "text"}, {"EMPTY", ""}};
  list.codes = {{"a", "", {{"", "plain"}, {"en", "named"}}, {}}, {"b", "a", {}, {{"zh", "\xe4\xb8\xad"}}}};
  all.codelists.push_back(list);
  std::vector<Fault> faults;
  const Structures again = read(to_json(all), faults);
  const Codelist& back = again.codelists.at(0);
  EXPECT_EQ(back.is_final, list.is_final);
  EXPECT_EQ(back.annotations, list.annotations);
  EXPECT_TRUE(back.names.empty());
  EXPECT_EQ(back.codes[0].names, list.codes[0].names);
  EXPECT_TRUE(back.codes[1].names.empty());
  EXPECT_EQ(back.codes[1].descriptions, list.codes[1].descriptions);
  EXPECT_EQ(back.codes[1].parent, "a");
}

TEST(SdmxJsonStructure, BadMessagesEndInErrors) {
  std::vector<Fault> faults;
  for (const char* text : {"", "[]", "{\"data\":{\"codelists\":[{\"id\":\"x\"", "{\"a\":1}",
                           "{\"errors\":[{\"code\":404,\"title\":\"none\"}]}", "{} {}"}) {
    EXPECT_THROW(read(text, faults), Error) << text;
  }
  EXPECT_THROW(read("{\"data\":" + std::string(100000, '['), faults), Error);
}

}  // namespace
}  // namespace stocktake::testing
