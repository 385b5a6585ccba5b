// The check against the standard: its conformance files, the count of faults that libxml2 finds with the same schema in real
// files, values of XML Schema, rules and codes.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "ingest/iati/check.h"
#include "shared_data.h"

namespace stocktake::iati {
namespace {

const CheckTables& tables() {
  static const CheckTables loaded = CheckTables::load();
  return loaded;
}

CheckResult check_text(std::string text) { return check(*ByteSource::from_bytes(std::move(text), "f.xml"), tables()); }

std::string shown(const CheckResult& result, std::string_view kind) {
  std::string text;
  for (const Finding& f : result.findings) {
    if (f.kind != kind) continue;
    text += std::to_string(f.line) + (f.severity == Severity::fault ? "! " : " ") + f.path + ": " + f.message + "\n";
  }
  return text;
}

TEST(IatiCheck, ValuesOfXmlSchema) {
  const auto good = [](Datatype type, std::initializer_list<const char*> texts) {
    for (const char* text : texts) EXPECT_TRUE(valid_value(type, text)) << text;
  };
  const auto bad = [](Datatype type, std::initializer_list<const char*> texts) {
    for (const char* text : texts) EXPECT_FALSE(valid_value(type, text)) << text;
  };
  good(Datatype::date, {"2012-02-29", " 2012-12-31 ", "2012-12-31Z", "2012-12-31+14:00", "12012-12-31", "-0044-03-15"});
  bad(Datatype::date, {"", "2013-02-29", "2012-1-1", "2012-12-31T00:00:00", "2012-12-31+15:00", "01-01-2012", "012012-12-31"});
  good(Datatype::date_time, {"2014-09-10T07:15:37Z", "2014-09-10T07:15:37.013+01:00", "2014-09-10T24:00:00"});
  bad(Datatype::date_time, {"2014-09-10", "2014-09-10T7:15:37", "2014-09-10T25:00:00", "2014-09-10T07:60:00",
                            "2014-09-10T24:00:01", "2014-09-10T07:15:37."});
  good(Datatype::decimal, {"1", "+1.", ".5", "-0.10"});
  bad(Datatype::decimal, {"", ".", "1e5", "1,5", "NaN", "--1"});
  good(Datatype::boolean, {"1", "0", "true", " false "});
  bad(Datatype::boolean, {"", "True", "yes", "2"});
  good(Datatype::integer32, {"2147483647", "-2147483648", "+1"});
  bad(Datatype::integer32, {"2147483648", "1.0", "", "-"});
  good(Datatype::non_negative, {"0", "99999999999999999999999", "-0"});
  bad(Datatype::non_negative, {"-1", "1.5"});
  good(Datatype::positive, {"1"});
  bad(Datatype::positive, {"0", "-1"});
  good(Datatype::language, {"en", "en-GB", "", "zh-Hans-CN"});
  bad(Datatype::language, {"e n", "abcdefghi", "-en", "en-", "1a"});
  good(Datatype::any_uri, {"", "http://a/b?c#d", "a%20b"});
  bad(Datatype::any_uri, {"%zz", "a#b#c"});
}

const std::string begin =
    "<iati-activities version=\"2.03\">\n<iati-activity default-currency='USD'>\n<iati-identifier>A</iati-identifier>\n"
    "<reporting-org ref='X' type='40'><narrative>X</narrative></reporting-org>\n<title><narrative>T</narrative></title>\n"
    "<description><narrative>D</narrative></description>\n<participating-org role='4' ref='X'/>\n<activity-status code='2'/>\n"
    "<activity-date type='1' iso-date='2020-01-01'/>\n<recipient-country code='KE'/>\n<sector code='11110'/>\n";
const std::string end = "</iati-activity>\n</iati-activities>\n";

TEST(IatiCheck, AGoodFileHasNoFindings) {
  const CheckResult result = check_text(begin + end);
  EXPECT_EQ(result.activities, 1U);
  EXPECT_EQ(result.faults + result.warnings, 0U) << (result.findings.empty() ? "" : result.findings[0].message);
}

TEST(IatiCheck, ElementsAttributesValues) {
  const CheckResult result =
      check_text(begin +
                 "<budget type='1'>\n<period-end iso-date='2020-12-31'/><value value-date='x'>1</value><value "
                 "value-date='2020-01-01'>z</value></budget>\n"
                 "<sector code='11120'/>\n<nonsense/>\n<transaction>text</transaction>\n<x:y xmlns:x='u'><any/></x:y>\n" +
                 end);
  EXPECT_EQ(shown(result, "element"),
            "13! iati-activity/budget/period-end: expected <period-start> before it\n"
            "13! iati-activity/budget/value: it may stand here only once\n"
            "14! iati-activity/sector: it stands too late: the order of elements is fixed\n"
            "15! iati-activity/nonsense: this element may not stand here\n"
            "16! iati-activity/transaction: it lacks <transaction-type>, <transaction-date>, <value>\n"
            "16! iati-activity/transaction: text may not stand here: 'text'\n");
  EXPECT_EQ(shown(result, "value"),
            "13! iati-activity/budget/value/@value-date: 'x' is no date\n13! iati-activity/budget/value: 'z' is no decimal\n");
  EXPECT_EQ(result.findings[0].activity, "A");
}

TEST(IatiCheck, CodesAndRules) {
  const CheckResult result =
      check_text(begin +
                 "<tag vocabulary='2' code='3'/>\n<tag vocabulary='77' code='3'/>\n<default-flow-type code='11'/>\n"
                 "<transaction><transaction-type code='14'/><transaction-date iso-date='2999-01-01'/>\n<value "
                 "value-date='2020-01-01'>1</value></transaction>\n" +
                 end);
  EXPECT_EQ(shown(result, "code"),
            "13 iati-activity/tag/@vocabulary: '77' is not in the list TagVocabulary\n"
            "14 iati-activity/default-flow-type/@code: '11' is not in the list FlowType\n"
            "15 iati-activity/transaction/transaction-type/@code: '14' is not in the list TransactionType\n");
  EXPECT_NE(shown(result, "rule").find("15 transaction: transaction-date/@iso-date (2999-01-01) is after today"),
            std::string::npos)
      << shown(result, "rule");
  EXPECT_EQ(result.faults, 0U);
}

TEST(IatiCheck, BombsAndBreaksAreToldWithTheirLine) {
  const CheckResult bomb = check_text(
      "<?xml version='1.0'?>\n<!DOCTYPE z [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>\n<iati-activities>&b;</iati-activities>");
  EXPECT_EQ(shown(bomb, "xml"),
            "2! : the file declares entities of its own (a document type with an internal subset): refused\n");
  const CheckResult external =
      check_text("<!DOCTYPE z [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>\n<iati-activities>&a;</iati-activities>");
  EXPECT_EQ(external.faults, 1U);
  EXPECT_NE(shown(check_text(begin + "<title>"), "xml").find("12! iati-activity/title: not well-formed XML: no element found"),
            std::string::npos);
  EXPECT_NE(shown(check_text(begin + "<a b='1' b='2'/>" + end), "xml").find("duplicate attribute"), std::string::npos);
  EXPECT_NE(shown(check_text(begin + "\n\xE9" + end), "xml").find("13! "), std::string::npos);
  EXPECT_EQ(check_text("").faults, 1U);
  EXPECT_GE(check_text("<html/>").faults, 1U);
}

TEST(IatiCheck, DeepNestingEnds) {
  std::string deep = "<iati-activities version='2.03'><iati-activity>";
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  EXPECT_GE(check_text(std::move(deep)).faults, 1U);
}

TEST(IatiCheck, Version1IsNotHeldAgainstVersion2) {
  const CheckResult result = check_text(
      "<iati-activities version='1.03'>\n<iati-activity default-currency='USD'><title>T</title><transaction><transaction-type "
      "code='C'/></transaction></iati-activity></iati-activities>");
  EXPECT_EQ(shown(result, "element"), "1 : version 1.03: elements and codes are not checked, only those of 2.0x are\n");
  EXPECT_NE(shown(result, "money").find("2! iati-activity: transaction left out: no date"), std::string::npos);
}

using IatiShared = testing::SharedData;

TEST_F(IatiShared, ConformanceFiles) {
  std::size_t passed = 0, failed = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(testing::shared_data("iati/conformance_2.03"))) {
    if (entry.path().extension() != ".xml") continue;
    const CheckResult result = check(*ByteSource::open(entry.path().string()), tables());
    if (entry.path().string().find("xml-pass") != std::string::npos) {
      EXPECT_EQ(result.faults, 0U) << entry.path() << " " << (result.findings.empty() ? "" : result.findings[0].message);
      ++passed;
    } else {
      // Only the schema: what our own rules say is warnings.
      EXPECT_GT(result.faults, 0U) << entry.path();
      ++failed;
    }
  }
  EXPECT_EQ(passed, 148U);
  EXPECT_EQ(failed, 218U);
}

// Counted with libxml2 2.14 (lxml 6.1.3) and the standard's own schema.
TEST_F(IatiShared, AsManyFaultsAsLibxml2Finds) {
  const std::vector<std::pair<const char*, std::uint64_t>> expected = {
      {"3fi.xml", 0},      {"budget-one-day.xml", 0}, {"canada.xml", 7},        {"fcdo.xml", 0},     {"finddiagnostics.xml", 0},
      {"gdihub.xml", 0},   {"ifad.xml", 1},           {"unhcr-2023.xml.gz", 0}, {"unops-at.xml", 9}, {"usaid.xml", 0},
      {"worldbank.xml", 0}};
  for (const auto& [name, faults] : expected) {
    EXPECT_EQ(check(*ByteSource::open(testing::shared_data("iati/publishers/") + name), tables()).faults, faults) << name;
  }
  EXPECT_EQ(check(*ByteSource::open(testing::shared_data("iati/activity-standard-example-annotated.xml")), tables()).faults, 0U);
}

TEST_F(IatiShared, TheLinesAreThoseOfLibxml2) {
  const CheckResult result = check(*ByteSource::open(testing::shared_data("iati/publishers/unops-at.xml")), tables());
  std::vector<std::uint64_t> lines;
  for (const Finding& f : result.findings) {
    if (f.severity == Severity::fault) lines.push_back(f.line);
  }
  EXPECT_EQ(lines, (std::vector<std::uint64_t>{73, 73, 73, 145, 145, 145, 217, 217, 217}));
}

}  // namespace
}  // namespace stocktake::iati
