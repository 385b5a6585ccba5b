// Rows that the structures of the store do not allow. The structures are made by hand: the smallest that have each rule.
#include "ingest/importing.h"
#include "ingest/sdmx/stored.h"

namespace stocktake::testing {
namespace {

using namespace sdmx;

Codelist list_of(const std::string& id, const std::vector<std::string>& codes) {
  Codelist list;
  list.agency = "X";
  list.id = id;
  list.version = "1.0";
  for (const std::string& code : codes) list.codes.push_back({code, {}, {}, {}});
  return list;
}

Component component(const std::string& id, Role role, const std::string& codelist = {}) {
  Component c;
  c.id = id;
  c.role = role;
  if (!codelist.empty()) {
    c.representation.emplace();
    c.representation->enumeration = Reference{"Codelist", "X", codelist, "1.0", {}};
  }
  return c;
}

Structures structures() {
  Structures all;
  all.codelists = {list_of("CL_AREA", {"CHN", "FRA", "AFG"}), list_of("CL_SEX", {"_T", "F", "M"}),
                   list_of("CL_UNIT", {"PT", "PS"})};
  DataStructure dsd;
  dsd.agency = "X";
  dsd.id = "DSD";
  dsd.version = "1.0";
  dsd.dimensions = {component("REF_AREA", Role::dimension, "CL_AREA"), component("SEX", Role::dimension, "CL_SEX"),
                    component("TIME_PERIOD", Role::time_dimension)};
  Component value = component("OBS_VALUE", Role::measure);
  value.representation.emplace();
  value.representation->text_type = "Double";
  value.representation->max_value = 100;
  value.representation->decimals = 2;
  dsd.measures = {value};
  Component unit = component("UNIT_MEASURE", Role::attribute, "CL_UNIT");
  unit.mandatory = true;
  Component note = component("NOTE", Role::attribute);
  note.representation.emplace();
  note.representation->text_type = "String";
  note.representation->max_length = 5;
  note.representation->pattern = "[a-z]+";
  dsd.attributes = {unit, note, component("REMOTE", Role::attribute, "CL_NOWHERE")};
  all.data_structures = {dsd};
  Dataflow flow;
  flow.agency = "X";
  flow.id = "FLOW";
  flow.version = "1.0";
  flow.structure = Reference{"DataStructure", "X", "DSD", "1.0", {}};
  all.dataflows = {flow};
  return all;
}

struct SdmxValidation : Importing {
  ImportOptions options(Structures of) {
    ImportOptions options;
    options.structures = std::make_shared<Structures>(std::move(of));
    return options;
  }
  // "line: reason" of each row that was refused.
  std::vector<std::string> refusals(const ImportResult& result) {
    std::vector<std::string> texts;
    for (const Reject& reject : store_.rejects(result.vintage.id))
      texts.push_back(std::to_string(reject.line) + ": " + reject.reason);
    return texts;
  }
};

constexpr const char* head = "DATAFLOW,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,NOTE\n";

TEST_F(SdmxValidation, EachRuleHasItsReason) {
  const ImportResult result = import(std::string(head) +
                                         "X:FLOW(1.0),CHN,F,2001,1.25,PT,abc\n"
                                         "X:FLOW(1.0),DEU,F,2001,1,PT,\n"
                                         "X:FLOW(1.0),CHN,X,2001,1,PT,\n"
                                         "X:FLOW(1.0),CHN,,2001,1,PT,\n"
                                         "X:FLOW(1.0),CHN,M,2001,1,,\n"
                                         "X:FLOW(1.0),CHN,M,2001,101,PT,\n"
                                         "X:FLOW(1.0),CHN,M,2001,1.255,PT,\n"
                                         "X:FLOW(1.0),CHN,M,2001,1,PT,abcdef\n"
                                         "X:FLOW(1.0),CHN,M,2001,1,PT,A\n"
                                         "X:FLOW(1.0),CHN,M,2001,NaN,PT,\n"
                                         "X:FLOW(1.0),CHN,M,2001,2,PS,\n",
                                     options(structures()));
  expect_counts(result, 2, 1, 8);
  EXPECT_EQ(refusals(result), (std::vector<std::string>{
                                  "3: REF_AREA: unknown code 'DEU', expected one of X:CL_AREA(1.0)",
                                  "4: SEX: unknown code 'X', expected one of X:CL_SEX(1.0)",
                                  "5: SEX: the dimension is missing",
                                  "6: UNIT_MEASURE: the mandatory attribute is missing",
                                  "7: OBS_VALUE: expected at most 100, found '101'",
                                  "8: OBS_VALUE: expected at most 2 decimals, found '1.255'",
                                  "9: NOTE: expected at most 5 characters, found 6",
                                  "10: NOTE: expected the pattern '[a-z]+', found 'A'",
                              }));
  ASSERT_EQ(result.warnings.size(), 1U);
  expect_in(result.warnings[0], {"codes of REMOTE were not checked", "X:CL_NOWHERE(1.0)"});
}

TEST_F(SdmxValidation, AbsentAndUnknownColumns) {
  ImportResult result = import(
      "DATAFLOW,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,EXTRA\n"
      "X:FLOW(1.0),CHN,F,2001,1,PT,so\nX:FLOW(1.0),CHN,F,2002,1,PT,\n",
      options(structures()));
  EXPECT_EQ(refusals(result), (std::vector<std::string>{"2: EXTRA: the data structure DSD has no such component"}));
  const Error error =
      refused("DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\nX:FLOW(1.0),CHN,2001,1,PT\n", options(structures()));
  expect_in(error.what(), {"SEX: the dimension is missing"});
  // Merges give what changes; attributes may be left out.
  result = import(
      "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE\n"
      "dataflow,X:FLOW(1.0),M,CHN,F,2001,1\ndataflow,X:FLOW(1.0),A,CHN,F,2002,1\n",
      options(structures()));
  EXPECT_EQ(refusals(result), (std::vector<std::string>{"3: UNIT_MEASURE: the mandatory attribute is missing"}));
}

TEST_F(SdmxValidation, CanBeTurnedOffAndNamedByHand) {
  const std::string text =
      "DATAFLOW,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\nX:FLOW(1.0),DEU,F,2001,1,PT\nX:FLOW(1.0),CHN,F,2001,1,PT\n";
  ImportOptions off = options(structures());
  off.validate = false;
  const ImportResult unchecked = import(text, off);
  expect_counts(unchecked, 2, 0, 0);
  EXPECT_TRUE(unchecked.warnings.empty());
  // A flow that nobody knows: by the structure that is named.
  std::string other = text;
  for (std::size_t at = other.find("X:FLOW"); at != std::string::npos; at = other.find("X:FLOW")) other.replace(at, 6, "Y:ELSE");
  expect_in(import(other, options(structures())).warnings.front(), {"codes were not checked", "Y:ELSE"});
  ImportOptions named = options(structures());
  named.structure = {"DataStructure", "X", "DSD", "1.0", {}};
  expect_counts(import(other, named), 1, 0, 1);
}

TEST_F(SdmxValidation, Constraints) {
  Structures all = structures();
  Constraint constraint;
  constraint.agency = "X";
  constraint.id = "CR";
  constraint.version = "1.0";
  constraint.attached_to = {{"Dataflow", "X", "FLOW", "1.0", {}}};
  const auto region = [](bool include, std::map<std::string, CubeRegion::Values> components) {
    CubeRegion r;
    r.include = include;
    r.components = std::move(components);
    return r;
  };
  const auto codes = [](std::vector<std::string> list) {
    CubeRegion::Values values;
    values.codes = std::move(list);
    return values;
  };
  CubeRegion::Values period;
  period.from = "2000";
  period.to = "2010-12-31T00:00:00";
  constraint.regions = {region(true, {{"REF_AREA", codes({"CHN"})}, {"TIME_PERIOD", period}}),
                        region(true, {{"REF_AREA", codes({"FRA"})}, {"SEX", codes({"F"})}}),
                        region(false, {{"REF_AREA", codes({"CHN"})}, {"SEX", codes({"M"})}})};
  all.constraints = {constraint};
  const std::string rows = std::string(head) +
                           "X:FLOW(1.0),CHN,F,2001,1,PT,\nX:FLOW(1.0),CHN,F,2010,1,PT,\nX:FLOW(1.0),FRA,F,1999,1,PT,\n"
                           "X:FLOW(1.0),AFG,F,2001,1,PT,\nX:FLOW(1.0),CHN,F,2011,1,PT,\nX:FLOW(1.0),FRA,M,2001,1,PT,\n"
                           "X:FLOW(1.0),CHN,M,2001,1,PT,\n";
  const ImportResult result = import(rows, options(all));
  expect_counts(result, 3, 0, 4);
  const std::string combination = ": the constraint X:CR does not allow this combination of codes";
  EXPECT_EQ(refusals(result), (std::vector<std::string>{"5: REF_AREA: the code 'AFG' is not allowed by the constraint X:CR",
                                                        "6" + combination, "7" + combination, "8" + combination}));
  // What there is (actual) says nothing of what may be; of another flow neither.
  all.constraints[0].allowed = false;
  expect_counts(import(rows, options(all)), 7, 0, 0);
  all.constraints[0].allowed = true;
  all.constraints[0].attached_to[0].id = "ELSE";
  expect_counts(import(rows, options(all)), 7, 0, 0);
  // Keys, more than one word of them.
  all.constraints[0].attached_to[0].id = "FLOW";
  all.constraints[0].regions.clear();
  for (int i = 0; i < 100; ++i) all.constraints[0].keys.push_back({true, {{"REF_AREA", "A" + std::to_string(i)}}});
  all.constraints[0].keys.push_back({true, {{"REF_AREA", "CHN"}, {"SEX", "M"}}});
  expect_counts(import(rows, options(all)), 1, 0, 6);
}

TEST_F(SdmxValidation, StructuresReadBackFromTheStore) {
  const Structures all = structures();
  store_.save_structures(to_stored(all, "dsd.json"));
  ASSERT_EQ(store_.structures().size(), 5U);
  EXPECT_EQ(store_.structures()[0].kind, "Codelist");
  const Structures back = from_stored(store_.structures());
  EXPECT_EQ(back.size(), all.size());
  const DataStructure* const dsd = back.structure_of({"Dataflow", "X", "FLOW", "1.0", {}});
  ASSERT_NE(dsd, nullptr);
  EXPECT_EQ(dsd->dimensions.size(), 3U);
  EXPECT_TRUE(dsd->find("UNIT_MEASURE")->mandatory);
  const ImportResult result =
      import(std::string(head) + "X:FLOW(1.0),DEU,F,2001,1,PT,\nX:FLOW(1.0),CHN,F,2001,1,PT,\n", options(back));
  expect_counts(result, 1, 0, 1);
  std::vector<StoredStructure> rows = store_.structures();
  rows[0].content = "{}x";
  try {
    from_stored(rows);
    FAIL() << "the damaged structure was read";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::store);
    expect_in(error.what(), {"Codelist X:CL_AREA(1.0)"});
  }
}

}  // namespace
}  // namespace stocktake::testing
