// SDMX-ML data: small messages, each case written out; and messages that are broken.
#include <gtest/gtest.h>

#include "base/error.h"
#include "ingest/sdmx/ml_reader.h"
#include "ingest/sdmx/value_text.h"
#include "ingest/sdmx/version.h"

namespace stocktake::sdmx {
namespace {

const std::string spaces = R"( xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:xsi="i" xmlns:s="s")";

struct Rows : DataHandler {
  std::string text, faults;
  void block(const Block& block) override {
    for (std::size_t row = 0; row < block.rows(); ++row) {
      text += std::to_string(block.line[row]) + ":";
      for (const Column& column : block.columns) {
        if (column.codes[row] != 0) text.append(" ").append(column.id).append("=").append(column.texts.text(column.codes[row]));
      }
      text.append(" -> ").append(block.value_as_written(row));
      if (block.action[row] != Action::information) text.append(" ").append(to_string(block.action[row]));
      text += "\n";
    }
    for (const auto& [id, value] : block.dataset->attributes) text.append("A ").append(id).append("=").append(value) += "\n";
  }
  void fault(const Fault& fault) override {
    faults += std::to_string(fault.line) + " " + fault.where + ": " + fault.problem + "\n";
  }
};

Rows read(std::string text) {
  const auto source = ByteSource::from_bytes(std::move(text), "m.xml");
  Rows rows;
  read_ml_data(*source, nullptr, rows);
  return rows;
}

std::string specific(const std::string& sets, const std::string& at = "TIME_PERIOD", const std::string& more = "") {
  return "<m:StructureSpecificData" + spaces + "><m:Header><m:Structure structureID='S' dimensionAtObservation='" + at + "'" +
         more + "><c:Structure><Ref agencyID='A' id='D' version='1.0'/></c:Structure></m:Structure></m:Header>\n" + sets +
         "</m:StructureSpecificData>";
}
std::string problem_of(const std::string& text) {
  try {
    read(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    return std::to_string(error.where().line) + ": " + error.problem();
  }
  return "read";
}

TEST(SdmxMlData, SeriesGroupsAndAttributes) {
  const Rows rows =
      read(specific("<m:DataSet s:structureRef='S' s:action='Replace' TITLE='t'><Group xsi:type='x:G' AREA='1' "
                    "UNIT='EUR'/>\n<Series AREA='1' SEX='F'>\n"
                    "<Obs TIME_PERIOD='2001' OBS_VALUE='1.5' STATUS='A'/>\n<Obs TIME_PERIOD='2002' OBS_VALUE='NaN'/></Series>"
                    "<Series AREA='2' SEX='F' UNIT='USD'>\n<Obs OBS_VALUE='&#51;' TIME_PERIOD='2001'/></Series></m:DataSet>"));
  EXPECT_EQ(rows.text,
            "4: AREA=1 SEX=F TIME_PERIOD=2001 STATUS=A UNIT=EUR -> 1.5 Replace\n"
            "5: AREA=1 SEX=F TIME_PERIOD=2002 UNIT=EUR -> NaN Replace\n"
            "6: AREA=2 SEX=F TIME_PERIOD=2001 UNIT=USD -> 3 Replace\nA TITLE=t\n");
  EXPECT_EQ(rows.faults, "");
}

TEST(SdmxMlData, FlatWithGroupsByRow) {
  const Rows rows = read(
      specific("<m:DataSet s:structureRef='S'><Group AREA='2' UNIT='EUR'/><Obs AREA='1' TIME_PERIOD='2001' OBS_VALUE='1'/>"
               "<Obs AREA='2' TIME_PERIOD='2001' OBS_VALUE='2'/><Obs AREA='1' TIME_PERIOD='2002' OBS_VALUE='3'/></m:DataSet>",
               "AllDimensions"));
  EXPECT_EQ(rows.text,
            "2: AREA=1 TIME_PERIOD=2001 -> 1\n2: AREA=2 TIME_PERIOD=2001 UNIT=EUR -> 2\n2: AREA=1 TIME_PERIOD=2002 -> 3\n");
}

TEST(SdmxMlData, ExplicitMeasures) {
  const Rows rows = read(specific(
      "<m:DataSet s:structureRef='S'><Series TIME_PERIOD='2001'><Obs xsi:type='d:BIRTHS' OBS_VALUE='7'/></Series></m:DataSet>",
      "DEMO", " explicitMeasures='true'"));
  EXPECT_EQ(rows.text, "2: TIME_PERIOD=2001 DEMO=BIRTHS -> 7\n");
}

TEST(SdmxMlData, SeveralValuesAndLanguages) {
  const Rows rows = read(specific(
      "<m:DataSet s:structureRef='S'><Series A='1'><Comp id='T'><Value><c:Text xml:lang='en'>x;y</c:Text>"
      "<c:Text xml:lang='fr'>z</c:Text></Value><Value><c:Text>w</c:Text></Value></Comp><Obs TIME_PERIOD='1' OBS_VALUE='2'>"
      "<Comp id='S'><Value>A</Value><Value>B</Value></Comp></Obs></Series></m:DataSet>"));
  EXPECT_EQ(rows.text, "2: A=1 T=en:\"x;y\";fr:z|en:w TIME_PERIOD=1 S=A;B -> 2\n");
}

TEST(SdmxMlData, ValueTextsReadBack) {
  for (const auto& [values, localised] :
       std::vector<std::pair<std::vector<ComponentValue>, bool>>{{{{{"", "A"}}, {{"", "B;\"C\""}}, {{"", "x|y"}}}, false},
                                                                 {{{{"en", "a;b"}, {"fr", "c"}}, {{"en", "d\n|"}}}, true},
                                                                 {{{{"en", "x: y"}}, {{"", "fr:z"}}}, true}}) {
    EXPECT_EQ(parse_value_text(to_value_text(values), localised), values) << to_value_text(values);
  }
  EXPECT_TRUE(parse_value_text("", true).empty());
  EXPECT_EQ(parse_value_text("\"never closed", false), (std::vector<ComponentValue>{{{"", "never closed"}}}));
}

TEST(SdmxMlData, SeriesWithoutObservations) {
  const std::string set = "<m:DataSet s:structureRef='S'%><Series A='1'/><Series A='2'/></m:DataSet>";
  std::string deleting = set, plain = set;
  deleting.replace(deleting.find('%'), 1, " s:action='Delete'");
  plain.replace(plain.find('%'), 1, "");
  EXPECT_EQ(read(specific(deleting)).text, "2: A=1 ->  Delete\n2: A=2 ->  Delete\n");
  EXPECT_EQ(read(specific(plain)).text, "");
  EXPECT_EQ(read(specific(plain)).faults, "2 Series: 2 series without observations, the first in line 2; they make no rows\n");
}

TEST(SdmxMlData, UnknownStructureAndAction) {
  const Rows rows = read(specific(
      "<m:DataSet s:structureRef='X' s:action='Burn'><Obs TIME_PERIOD='1' OBS_VALUE='2'/><Odd><a>x</a></Odd></m:DataSet>"));
  EXPECT_EQ(rows.text, "2: TIME_PERIOD=1 -> 2\n");
  EXPECT_EQ(rows.faults,
            "2 action: unknown action 'Burn', taken as Information\n2 structureRef: no structure 'X' in the header; its only one "
            "is taken\n"
            "2 Odd: elements <Odd> are not read\n");
}

TEST(SdmxMlData, BrokenMessages) {
  const std::string good =
      specific("<m:DataSet s:structureRef='S'>\n<Obs A='&amp;' TIME_PERIOD='1' OBS_VALUE='2'/>\n</m:DataSet>");
  EXPECT_EQ(problem_of(good), "read");
  const auto broken = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    return problem_of(text.replace(text.find(from), from.size(), to));
  };
  EXPECT_EQ(broken("&amp;", "&nbsp;"), "3: not well-formed XML: '&nbsp;' is no reference that XML knows");
  EXPECT_EQ(broken("A='&amp;'", "TIME_PERIOD='1'"), "3: not well-formed XML: attribute 'TIME_PERIOD' is given twice");
  EXPECT_EQ(broken("'2'/>", "2/>"), "3: not well-formed XML: the value of attribute 'OBS_VALUE' is not in quotes");
  EXPECT_EQ(broken("' OBS_VALUE", "'OBS_VALUE"), "3: not well-formed XML: no blank before an attribute of <Obs>");
  EXPECT_EQ(broken("&amp;", "<"), "3: not well-formed XML: '<' in the value of an attribute");
  EXPECT_EQ(broken("&amp;", "\x01"), "3: not well-formed XML: a control character (byte 1)");
  EXPECT_EQ(broken("&amp;", std::string(1, '\0')), "3: not well-formed XML: a control character (byte 0)");
  EXPECT_EQ(broken("&amp;", "\xC3\x28"), "3: not well-formed XML: bytes that are no character of UTF-8");
  EXPECT_EQ(broken("</m:DataSet>", "</m:Dataset>"), "4: not well-formed XML: </m:Dataset> where </m:DataSet> is expected");
  EXPECT_EQ(broken("</m:StructureSpecificData>", "</m:StructureSpecificData><a/>"),
            "4: not well-formed XML: a second element beside the first");
  EXPECT_EQ(problem_of("<!DOCTYPE a [<!ENTITY x 'y'>]>" + good).find("1: a document type declaration"), 0U);
  // Cut anywhere, it ends in an error, and in one line.
  for (std::size_t size = 0; size + 1 < good.size(); ++size) EXPECT_NE(problem_of(good.substr(0, size)), "read") << size;
}

TEST(SdmxMlData, WhatServicesSay) {
  EXPECT_EQ(
      problem_of("<m:Error" + spaces + "><m:ErrorMessage code='100'><c:Text>No results</c:Text></m:ErrorMessage></m:Error>"),
      "1: the service answered with an error: 100: No results");
  EXPECT_EQ(problem_of("<html/>"), "1: the first element is <html>, expected an SDMX-ML message");
  EXPECT_EQ(problem_of("<CompactData xmlns='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message'/>"),
            "1: this is an SDMX-ML 2.0 message (CompactData), expected 2.1 or 3.0");
}

TEST(SdmxVersions, OrderAndWildcards) {
  EXPECT_EQ(compare_versions("1.0", "1.0.0"), 0);
  EXPECT_LT(compare_versions("1.9", "1.10"), 0);
  EXPECT_LT(compare_versions("2.0.0-draft", "2.0.0"), 0);
  EXPECT_TRUE(version_fits("3.1", ""));
  EXPECT_TRUE(version_fits("2.4.0", "2.3+.1"));
  EXPECT_FALSE(version_fits("3.0.0", "2.3+.1"));
  EXPECT_FALSE(version_fits("2.3.0", "2.3+.1"));
  EXPECT_TRUE(version_fits("3.0.0", "2+.3.1"));
  EXPECT_TRUE(version_fits("1.7", "1.*"));
  EXPECT_FALSE(version_fits("2.0.0-draft", "2.0+.0"));
}

TEST(SdmxUrn, ThereAndBack) {
  for (const char* urn : {"urn:sdmx:org.sdmx.infomodel.codelist.Codelist=SDMX:CL_FREQ(2.0)",
                          "urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=A.B:C(1.0).X",
                          "urn:sdmx:org.sdmx.infomodel.categoryscheme.Category=A:C(1.0).X.Y",
                          "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=A:F(latest)"}) {
    const auto read = parse_urn(urn);
    ASSERT_TRUE(read) << urn;
    EXPECT_EQ(to_urn(*read), urn);
  }
  for (const char* urn : {"", "urn:sdmx:org.sdmx.infomodel.", "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A(1)",
                          "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:B",
                          "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:B(1)x", "http://a"}) {
    EXPECT_FALSE(parse_urn(urn)) << urn;
  }
  EXPECT_EQ(to_urn({"NoClass", "A", "B", "1", ""}), "");
}

TEST(SdmxStructures, LookUpAndAdd) {
  Structures all, more;
  for (const char* version : {"1.0", "1.10", "1.9"}) {
    Codelist& list = all.codelists.emplace_back();
    list.agency = "A", list.id = "L", list.version = version;
    list.codes.resize(1);
  }
  EXPECT_EQ(all.codelist({"Codelist", "A", "L", "latest", ""})->version, "1.10");
  EXPECT_EQ(all.codelist({"Codelist", "A", "L", "1.9", ""})->version, "1.9");
  EXPECT_EQ(all.codelist({"Codelist", "B", "L", "", ""}), nullptr);
  Codelist& stub = more.codelists.emplace_back();
  stub.agency = "A", stub.id = "L", stub.version = "1.9", stub.external = true;
  all.add(more);
  EXPECT_EQ(all.codelists.size(), 3U);
  EXPECT_EQ(all.codelist({"Codelist", "A", "L", "1.9", ""})->codes.size(), 1U);  // a stub does not take a full one's place
  EXPECT_EQ(all.size(), 3U);
  EXPECT_EQ(text_of({{"fr", "f"}, {"en", "e"}}, "zh"), "e");
  EXPECT_EQ(text_of({}), "");
}

}  // namespace
}  // namespace stocktake::sdmx
