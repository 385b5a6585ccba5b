// Reading one activity of 2.0x and of 1.0x: what counts, and what is left out with its line.
#include <gtest/gtest.h>

#include <cmath>

#include "ingest/iati/reader.h"
#include "ingest/iati/wellformed.h"

namespace stocktake::iati {
namespace {

TEST(IatiReader, Values) {
  EXPECT_EQ(parse_decimal(" +1.50 "), 1.5);
  EXPECT_EQ(parse_decimal(".63"), 0.63);
  EXPECT_EQ(parse_decimal("-3"), -3);
  for (const char* text : {"", " ", "1,000", "1e3", "NaN", "inf", "0x1", "+-1", "++1", "1 2"})
    EXPECT_FALSE(parse_decimal(text)) << text;
  EXPECT_EQ(parse_iso_date(" 2012-12-31Z "), (Date{2012, 12, 31}));
  EXPECT_EQ(parse_iso_date("2012-12-31T10:00:00+01:00"), (Date{2012, 12, 31}));
  for (const char* text : {"", "2012", "2012-02-30", "31-12-2012", "2012-12-311", "2012/12/31"})
    EXPECT_FALSE(parse_iso_date(text)) << text;
}

TEST(IatiReader, Activity20x) {
  ActivityReader reader;
  const Activity& a = reader.read(
      "<iati-activity default-currency=\"EUR\" hierarchy='2' last-updated-datetime='2020-01-02T03:04:05'>\n"
      "<iati-identifier>\n  XM-1 </iati-identifier><reporting-org ref='XM' type='40' secondary-reporter='true'><narrative>M "
      "&amp; N</narrative></reporting-org>\n"
      "<title><narrative/><narrative>second</narrative></title><activity-status code='2'/>\n"
      "<recipient-country code='KE' percentage='60'/><recipient-region code='298' vocabulary='1' percentage='40'/>\n"
      "<sector vocabulary='7' code='3'/><tag vocabulary='2' code='5'/><x:sector xmlns:x='u' code='no'/>\n"
      "<budget type='2' status='1'><period-start iso-date='2020-01-01'/><period-end iso-date='2020-12-31'/><value "
      "value-date='2020-01-01'>5</value></budget>\n"
      "<transaction ref='r'><transaction-type code='3'/><transaction-date iso-date='2020-05-06'/><value currency='USD' "
      "value-date=''> 1.5 </value>\n"
      "<provider-org><narrative>P</narrative></provider-org><receiver-org ref='R' receiver-activity-id='R-1'/><sector "
      "code='11110'/><recipient-country code='UG'/></transaction>\n"
      "<related-activity type='1' ref='XM-0'/><result><reference vocabulary='9' code='9.9'/><indicator><reference vocabulary='9' "
      "code='3.1.1'/></indicator></result>\n"
      "</iati-activity>",
      10);
  ASSERT_TRUE(reader.readable());
  EXPECT_TRUE(a.faults.empty());
  EXPECT_EQ(a.identifier, "XM-1");
  EXPECT_EQ(a.publisher, "XM");
  EXPECT_EQ(a.publisher_name, "M & N");
  EXPECT_TRUE(a.secondary);
  EXPECT_EQ(a.hierarchy, 2);
  EXPECT_EQ(a.status, "2");
  ASSERT_EQ(a.places.size(), 2U);
  EXPECT_TRUE(a.places[1].region);
  EXPECT_EQ(a.places[1].percentage, 40);
  ASSERT_EQ(a.sectors.size(), 1U);  // the extension's sector is none
  EXPECT_TRUE(std::isnan(a.sectors[0].percentage));
  ASSERT_EQ(a.tags.size(), 1U);
  ASSERT_EQ(a.references.size(), 1U);
  EXPECT_EQ(a.references[0].code, "3.1.1");
  ASSERT_EQ(a.related.size(), 1U);
  ASSERT_EQ(a.flows.size(), 2U);
  EXPECT_EQ(a.flows[0].kind, FlowKind::budget);
  EXPECT_TRUE(a.flows[0].revised);
  EXPECT_EQ(a.flows[0].currency, "EUR");
  EXPECT_EQ(a.flows[0].line, 16U);
  const Flow& t = a.flows[1];
  EXPECT_EQ(t.kind, FlowKind::disbursement);
  EXPECT_EQ(t.value, 1.5);
  EXPECT_EQ(t.currency, "USD");
  EXPECT_FALSE(t.own_value_date);
  EXPECT_EQ(t.value_date, (Date{2020, 5, 6}));
  EXPECT_EQ(t.provider, "P");
  EXPECT_EQ(t.receiver, "R");
  EXPECT_EQ(t.receiver_activity, "R-1");
  EXPECT_EQ(t.sectors, 1U);
  EXPECT_EQ(a.flow_places[t.first_place].code, "UG");
  EXPECT_EQ(t.line, 17U);
}

TEST(IatiReader, Activity10x) {
  ActivityReader reader;
  const Activity& a = reader.read(
      "<iati-activity default-currency='GBP'><reporting-org "
      "ref='GB-1'>DFID</reporting-org><iati-identifier>GB-1-2</iati-identifier>"
      "<title>Words</title><sector vocabulary='DAC' code='99810' percentage='100'>x</sector><budget><period-end "
      "iso-date='2012-09-30'/><value>7</value></budget>"
      "<transaction><transaction-type code='C'>Commitment</transaction-type><value "
      "value-date='2009-10-01'>3</value><transaction-date>2009-10-02</transaction-date></transaction>"
      "<transaction><transaction-type code='IF'/><value>4</value><transaction-date "
      "iso-date='2010-10-02'/></transaction></iati-activity>",
      1);
  EXPECT_EQ(a.title, "Words");
  EXPECT_EQ(a.publisher_name, "DFID");
  ASSERT_EQ(a.flows.size(), 3U);
  EXPECT_EQ(a.flows[0].date, (Date{2012, 9, 30}));
  EXPECT_EQ(a.flows[1].kind, FlowKind::commitment);
  EXPECT_EQ(a.flows[1].date, (Date{2009, 10, 2}));
  EXPECT_EQ(a.flows[2].kind, FlowKind::incoming_funds);
}

TEST(IatiReader, WhatCannotBeCountedIsToldAndTheRestCounts) {
  ActivityReader reader;
  const Activity& a = reader.read(
      "<iati-activity><iati-identifier>A</iati-identifier>\n"
      "<transaction><transaction-type code='3'/><value currency='USD' value-date='2020-01-01'>1</value></transaction>\n"
      "<transaction><transaction-type code='3'/><transaction-date iso-date='2020-13-01'/><value "
      "currency='USD'>1</value></transaction>\n"
      "<transaction><transaction-type code='3'/><transaction-date iso-date='2020-01-01'/><value>1</value></transaction>\n"
      "<transaction><transaction-type code='3'/><transaction-date iso-date='2020-01-01'/><value currency='USD'/></transaction>\n"
      "<transaction><transaction-type code='3'/><transaction-date iso-date='2020-01-01'/><value "
      "currency='USD'>1,5</value></transaction>\n"
      "<transaction><transaction-date iso-date='2020-01-01'/><value currency='USD'>1</value></transaction>\n"
      "<budget><period-start iso-date='2021-01-01'/><period-end iso-date='2020-01-01'/><value currency='USD'>1</value></budget>\n"
      "<budget><value currency='USD'>1</value></budget>\n"
      "<transaction><transaction-type code='99'/><transaction-date iso-date='2020-01-01'/><value "
      "currency='USD'>2</value></transaction>\n"
      "</iati-activity>",
      1);
  const std::vector<std::pair<std::uint64_t, std::string>> expected = {
      {2, "transaction left out: no date"},
      {3, "transaction left out: the date '2020-13-01' is no day"},
      {4, "transaction left out: no currency, and the activity has no default"},
      {5, "transaction left out: no value"},
      {6, "transaction left out: the value '1,5' is no decimal number as 1234.50, without separators of thousands"},
      {7, "transaction left out: no type"},
      {8, "budget left out: the period ends (2020-01-01) before it starts (2021-01-01)"},
      {9, "budget left out: no period"},
      {10, "transaction of the unknown type '99'"},
  };
  ASSERT_EQ(a.faults.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(a.faults[i].line, expected[i].first);
    EXPECT_EQ(a.faults[i].what, expected[i].second);
  }
  ASSERT_EQ(a.flows.size(), 1U);  // an unknown type counts apart
  EXPECT_EQ(a.flows[0].kind, FlowKind::unknown);
}

std::string paid(const std::string& value, const std::string& attributes = "", const std::string& type = "3") {
  return "<transaction><transaction-type code='" + type + "'/><transaction-date iso-date='2020-01-01'/><value" + attributes +
         ">" + value + "</value></transaction>";
}

// A comment or a CDATA section within a value cuts its text into pieces: all of them are the value.
TEST(IatiReader, ATextInPiecesIsReadWhole) {
  ActivityReader reader;
  const Activity& a =
      reader.read("<iati-activity default-currency='USD'><iati-identifier>A<!-- c -->-<![CDATA[1]]></iati-identifier>" +
                      paid("1<!-- c -->2") + paid("1<![CDATA[2]]>3") + paid("\n <!-- c -->\n 5 <!-- d -->\n") +
                      paid("<![CDATA[ 100 ]]>") + paid("&#49;0<?pi x?>.5") + paid("1 <!-- c --> 2") + "</iati-activity>",
                  1);
  EXPECT_EQ(a.identifier, "A-1");
  std::vector<double> values;
  for (const Flow& flow : a.flows) values.push_back(flow.value);
  EXPECT_EQ(values, (std::vector<double>{12, 123, 5, 100, 10.5}));
  ASSERT_EQ(a.faults.size(), 1U);  // "1  2"
}

TEST(IatiReader, CurrenciesAreInCapitals) {
  ActivityReader reader;
  const Activity& a =
      reader.read("<iati-activity default-currency='usd'>" + paid("1") + paid("2", " currency=' Eur '") + "</iati-activity>", 1);
  ASSERT_EQ(a.flows.size(), 2U);
  EXPECT_EQ(a.flows[0].currency, "USD");
  EXPECT_EQ(a.flows[1].currency, "EUR");
}

TEST(IatiReader, TheLettersOfVersion1) {
  const std::vector<std::pair<std::string_view, FlowKind>> letters = {
      {"C", FlowKind::commitment},      {"D", FlowKind::disbursement}, {"E", FlowKind::expenditure},
      {"IF", FlowKind::incoming_funds}, {"IR", FlowKind::interest},    {"LR", FlowKind::loan_repayment},
      {"R", FlowKind::reimbursement}};
  for (const auto& [code, kind] : letters) EXPECT_EQ(flow_kind(code), kind) << code;
  for (const char* code : {"", "0", "14", "03", "c", "X"}) EXPECT_EQ(flow_kind(code), FlowKind::unknown) << code;
}

// provider-activity-id.xml of the old files holds such an element: two types, two values.
TEST(IatiReader, TwoTransactionsInOneElementAreLeftOut) {
  ActivityReader reader;
  const Activity& a = reader.read(
      "<iati-activity default-currency='USD'><iati-identifier>A</iati-identifier>\n<transaction><transaction-type code='1'/>"
      "<transaction-type code='4'/><transaction-date iso-date='2012-03-31'/><value>1</value><value>2</value></transaction>" +
          paid("7") + "</iati-activity>",
      1);
  ASSERT_EQ(a.flows.size(), 1U);
  ASSERT_EQ(a.faults.size(), 1U);
  EXPECT_EQ(a.faults[0].line, 2U);
  EXPECT_EQ(a.faults[0].what, "transaction left out: it has 2 types, 1 dates and 2 values, expected one of each");
}

TEST(IatiReader, ElementsOfOtherNamespacesArePassedOver) {
  ActivityReader reader;
  const std::string foreign = "<transaction xmlns='http://u'>" + paid("999").substr(13);
  const auto count = [&](const std::string& text) { return reader.read(text, 1).flows.size(); };
  EXPECT_EQ(count("<iati-activity default-currency='USD'>" + foreign + "<x:budget xmlns:x='http://u'/>" + paid("1") +
                  "</iati-activity>"),
            1U);
  // The whole activity in a namespace, as some write it, and what serialisers leave behind.
  EXPECT_EQ(count("<iati-activity default-currency='USD' xmlns='http://u'>" + foreign + paid("1") + "</iati-activity>"), 2U);
  EXPECT_EQ(count("<iati-activity default-currency='USD'><transaction xmlns=''>" + paid("1").substr(13) + "</iati-activity>"),
            1U);
}

TEST(IatiReader, WhatIsNotWellFormedIsToldWithItsLine) {
  ActivityReader reader;
  const auto fault = [&](std::string_view text) {
    const Activity& a = reader.read(text, 5);
    return !reader.readable() && a.faults.size() == 1 && a.flows.empty()
               ? std::to_string(a.faults[0].line) + " " + a.faults[0].what
               : "";
  };
  EXPECT_EQ(fault("<iati-activity>\n<title></iati-activity>"), "6 activity left out: not well-formed XML: mismatched tag");
  EXPECT_EQ(fault("<iati-activity>\n&bomb;</iati-activity>"), "6 activity left out: not well-formed XML: undefined entity");
  EXPECT_EQ(fault("<iati-activity>\n\n a & b</iati-activity>"),
            "7 activity left out: not well-formed XML: not well-formed (invalid token)");
  EXPECT_EQ(fault("<iati-activity>\n\xE9</iati-activity>"),
            "6 activity left out: not well-formed XML: it has bytes that are no UTF-8; the file's first line should name its "
            "encoding, as windows-1252");
  EXPECT_EQ(fault("<iati-activity>&#0;</iati-activity>"),
            "5 activity left out: not well-formed XML: reference to invalid character number");
  EXPECT_EQ(fault("<iati-activity>&amp;&#x41;&#65;<![CDATA[&x]]></iati-activity>"), "");  // references of XML, and none
  EXPECT_TRUE(reader.readable());
}

TEST(IatiReader, SuspicionMissesNoBadUtf8) {
  for (std::size_t pad = 0; pad < 20; ++pad) {
    for (std::size_t rest = 0; rest < 20; ++rest) {
      const std::string before(pad, 'a');
      const std::string after(rest, 'b');
      EXPECT_FALSE(suspicious(before + "é中" + after));
      EXPECT_TRUE(suspicious(before + "\xC3" + after)) << pad << " " << rest;
      EXPECT_TRUE(suspicious(before + "\xE4\xB8" + after));
      EXPECT_TRUE(suspicious(before + "\xA9" + after));
    }
  }
}

}  // namespace
}  // namespace stocktake::iati
