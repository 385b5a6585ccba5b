#include "partnership/texts/reading.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/files.h"
#include "partnership/texts/lexicon.h"
#include "partnership/texts/render.h"
#include "partnership/texts/score.h"
#include "shared_data.h"

namespace stocktake {
namespace {

const Lexicon& words(Language language) {
  static const Lexicon english = Lexicon::load(Language::en), chinese = Lexicon::load(Language::zh);
  return language == Language::zh ? chinese : english;
}

// The reading of one operative paragraph of a resolution of 22 December 2016, seventy-first session.
ClauseReading read(const std::string& clause, Language language = Language::en, ClauseKind kind = ClauseKind::operative) {
  ResolutionText text;
  text.language = language;
  text.adopted = Date{2016, 12, 22};
  text.session = 71;
  Clause one;
  one.kind = kind;
  one.path = "1";
  one.text = clause;
  text.clauses.push_back(one);
  return read_clauses(text, words(language)).front();
}

std::string verbs(const ClauseReading& reading) {
  std::string out = reading.verb ? reading.verb->lemma : "";
  for (const VerbFound& verb : reading.further_verbs) out += ", " + verb.lemma;
  return out;
}

struct VerbCase {
  const char *clause, *verbs, *actor;
  int strength;
  Language language;
};

TEST(ReadVerbs, FindsEveryActAndWhoIsAsked) {
  for (const VerbCase& one : std::vector<VerbCase>{
           {"Also strongly urges States to act;", "urge", "member_states", 7, Language::en},
           {"Once again calls upon all developed countries to do more, and invites foundations to help;", "call upon, invite",
            "developed_countries", 6, Language::en},
           {"Takes note of the report, which recalls the past, and in this regard requests the Secretary-General to report;",
            "take note, request", "secretary_general", 1, Language::en},
           {"We, the Heads of State and Government, resolve to end hunger and commit to the Goals.", "resolve, commit", "self", 9,
            Language::en},
           {"It is for us to see what we can do; we also call on businesses to report.", "call upon", "business", 6,
            Language::en},
           {"Requests that the Secretary-General report annually;", "request", "secretary_general", 8, Language::en},
           {"Encourages strengthening the banks, in that regard urges them to lend;", "encourage, urge", "", 5, Language::en},
           {"Reiterates its call upon Member States to refrain from such acts;", "reiterate", "member_states", 4, Language::en},
           {"Urges timely action to ensure progress;", "urge", "", 7, Language::en},
           {"Recognize that hunger persists, and commit to ending it;", "recognize, commit", "self", 2, Language::en},
           {"Donor countries should review their pledges in 2015;", "must", "donors", 6, Language::en},
           {"Invites the Expert Board on Science and Technology for Development to report;", "invite", "", 5, Language::en},
           {"Requests the Panel on Debt of Developing Countries to report;", "request", "", 8, Language::en},
           {"The world is round.", "", "", 0, Language::en},
           {"", "", "", 0, Language::en},
           {"又请秘书长提交报告，并敦促各国采取行动；", "请, 敦促", "secretary_general", 8, Language::zh},
           {"我们的讨论考虑到了各种意见，我们将加紧努力，并决心消除贫穷。", "将, 决心", "self", 9, Language::zh},
           {"随着我们将工作推向前进，我们重申承诺。", "重申", "self", 4, Language::zh},
           {"对进展缓慢表示关切；", "对……表示关切", "self", 2, Language::zh},
           {"强调企业界有必要提出报告。", "强调", "business", 2, Language::zh}}) {
    const ClauseReading found = read(one.clause, one.language);
    EXPECT_EQ(verbs(found), one.verbs) << one.clause;
    EXPECT_EQ(found.actor ? found.actor->id : "", one.actor) << one.clause;
    EXPECT_EQ(found.verb ? found.verb->strength : 0, one.strength) << one.clause;
  }
}

TEST(ReadVerbs, PreamblesActByParticiples) {
  const ClauseReading found =
      read("Deeply concerned about hunger, recalling its resolution, while noting progress, and welcoming the report,",
           Language::en, ClauseKind::preambular);
  EXPECT_EQ(verbs(found), "be concerned, recall, welcome");
  EXPECT_FALSE(found.commitment);
}

struct QuantityCase {
  const char *clause, *found;
  Language language;
};

std::string quantities(const ClauseReading& reading) {
  std::string out;
  for (const QuantityFound& one : reading.quantities) {
    if (!out.empty()) out += "; ";
    if (!one.comparison.empty()) out += one.comparison + " ";
    out += amount_text(one.low) + (one.high != one.low ? ".." + amount_text(one.high) : "") + " " + one.unit;
    if (!one.of.empty()) out += " of " + one.of;
  }
  return out;
}

TEST(ReadQuantities, InDigitsAndWords) {
  for (const QuantityCase& one : std::vector<QuantityCase>{
           {"0.7 per cent of gross national income for aid", "0.7 PERCENT of gross national income for aid", Language::en},
           {"0.15 to 0.20 per cent", "0.15..0.2 PERCENT", Language::en},
           {"between 0.15 and 0.2 per cent", "0.15..0.2 PERCENT", Language::en},
           {"0.15 per cent to 0.20 per cent", "0.15..0.2 PERCENT", Language::en},
           {"US$ 100 billion, $1.5 million and 650 billion United States dollars",
            "100000000000 USD; 1500000 USD; 650000000000 USD", Language::en},
           {"fewer than 850 days, at least 2,500 people", "less_than 850 DAY; at_least 2500 PERSON of people", Language::en},
           {"one third of the poor, by half and by three quarters",
            "0.3333333333333333 FRACTION of the poor; 0.5 FRACTION; 0.75 FRACTION", Language::en},
           {"two hundred and fifty children in twenty-one countries", "250 CHILD of children; 21 COUNTRY of countries",
            Language::en},
           {"paragraph 12, Goal 5, resolution 70/1, the Group of 77, in 2015", "", Language::en},
           {"到不足 850 天，0.15%到0.20%", "less_than 850 DAY; 0.15..0.2 PERCENT", Language::zh},
           {"1000 亿美元和三百五十万美元", "100000000000 USD; 3500000 USD", Language::zh},
           {"百分之十五，三分之二，四十九个国家", "15 PERCENT; 0.6666666666666666 FRACTION; 49 COUNTRY of 国家", Language::zh}}) {
    EXPECT_EQ(quantities(read(one.clause, one.language)), one.found) << one.clause;
  }
}

struct DeadlineCase {
  const char *clause, *found;
  Language language;
};

std::string deadlines(const ClauseReading& reading) {
  std::string out;
  for (const DeadlineFound& one : reading.deadlines) {
    if (!out.empty()) out += "; ";
    if (!one.binding) out += "(";
    out += std::string(to_string(one.kind)) + " ";
    if (one.session) out += std::to_string(*one.session);
    if (one.from) out += to_string(*one.from) + "..";
    if (one.date) out += to_string(*one.date);
    if (!one.binding) out += ")";
  }
  return out;
}

TEST(ReadDeadlines, TheLastDayThatKeepsThem) {
  for (const DeadlineCase& one : std::vector<DeadlineCase>{
           {"by 2030", "by 2030-12-31", Language::en},
           {"by mid-2025", "by 2025-06-30", Language::en},
           {"before September 2024", "before 2024-08-31", Language::en},
           {"before March 2024", "before 2024-02-29", Language::en},
           {"before 2020", "before 2019-12-31", Language::en},
           {"by the end of 2018 and before the end of 2019", "end_of 2018-12-31; end_of 2019-12-31", Language::en},
           {"in September 2019", "at 2019-09-01..2019-09-30", Language::en},
           {"no later than 15 January 2018", "by 2018-01-15", Language::en},
           {"from 2017 to 2030", "during 2017-01-01..2030-12-31", Language::en},
           {"from 28 December 2017 to 3 January 2018", "during 2017-12-28..2018-01-03", Language::en},
           {"on 14 and 15 March 2018", "during 2018-03-14..2018-03-15", Language::en},
           {"in the first quarter of 2018", "during 2018-01-01..2018-03-31", Language::en},
           {"within two years, annually", "by 2018-12-22; during ", Language::en},
           {"at its seventy-third session", "session 73", Language::en},
           {"at its seventieth session", "(session 70)", Language::en},
           {"in 2014", "(during 2014-01-01..2014-12-31)", Language::en},
           {"the 2030 Agenda, the post-2015 development agenda, the 2023 report, a Decade (2018–2027)", "", Language::en},
           {"by the 2030 deadline", "by 2030-12-31", Language::en},
           {"its resolution 70/1 of 25 September 2015, since 2019", "", Language::en},
           {"by 31 February 2018", "by 2018-02-28", Language::en},
           {"到 2030 年，于 2019 年 9 月", "by 2030-12-31; at 2019-09-01..2019-09-30", Language::zh},
           {"在 2024 年 9 月之前，在 2018 年年底之前", "before 2024-08-31; end_of 2018-12-31", Language::zh},
           {"2017年至2019年期间，2018年上半年", "during 2017-01-01..2019-12-31", Language::zh},
           {"在第七十三届会议开始时，五年内", "session 73; by 2021-12-22", Language::zh},
           {"2015 年后发展议程，2030 年议程", "", Language::zh},
           {"2030 年最后期限临近", "by 2030-12-31", Language::zh}}) {
    EXPECT_EQ(deadlines(read(one.clause, one.language)), one.found) << one.clause;
  }
}

std::string instruments(const ClauseReading& reading) {
  std::string out;
  for (const InstrumentFound& one : reading.instruments) {
    if (!out.empty()) out += "; ";
    out += one.id;
    if (!one.detail.empty()) out += " [" + one.detail + "]";
  }
  return out;
}

TEST(ReadInstruments, ByNumberSymbolAndName) {
  for (const QuantityCase& one : std::vector<QuantityCase>{
           {"its resolutions 70/192 of 22 December 2015, 71/217 and 64/184 A, annex",
            "A/RES/70/192; A/RES/71/217; A/RES/64/184A [annex]", Language::en},
           {"Security Council resolution 1325 (2000) and resolution 3201 (S-VI)", "S/RES/1325(2000); A/RES/3201(S-VI)",
            Language::en},
           {"Economic and Social Council decision 2017/206 and Human Rights Council resolution 31/1",
            "E/DEC/2017/206; A/HRC/RES/31/1", Language::en},
           {"A/78/93-E/2023/90 and A/68/202 and Corr.1", "A/78/93; E/2023/90; A/68/202 [Corr.1]", Language::en},
           {"resolutions 660 (1990) of 2 August 1990, 661 (1990) of 6 August 1990, 662 (1990) of 9 August 1990 and 664 (1990)",
            "S/RES/660(1990); S/RES/661(1990); S/RES/662(1990); S/RES/664(1990)", Language::en},
           {"principle 7 of the Rio Declaration on Environment and Development", "rio_declaration [principle 7]", Language::en},
           {"decision 1/CP.21, Treaty Series, vol. 1771, No. 30822, Sales No. E.02.II.A.7",
            "1/CP.21; UNTS 1771:30822; E.02.II.A.7", Language::en},
           {"HIV/AIDS, and/or 24/7, 2015/16", "", Language::en},
           {"第 66/288 号决议，附件", "A/RES/66/288 [附件]", Language::zh},
           {"2015年12月22日第70/188号和2016年12月21日第71/215号决议", "A/RES/70/188; A/RES/71/215", Language::zh},
           {"第3201(S-VI)号决议和《里约宣言》原则 7", "A/RES/3201(S-VI); rio_declaration [原则 7]", Language::zh}}) {
    EXPECT_EQ(instruments(read(one.clause, one.language)), one.found) << one.clause;
  }
}

TEST(ReadGoals, InTheFrameworkOfItsTime) {
  const ClauseReading found = read("Commits to Goal 5, target 17.2 and poverty eradication;");
  ASSERT_EQ(found.goals.size(), 3U);
  EXPECT_EQ(found.goals[0].code, "5");
  EXPECT_EQ(found.goals[1].code, "17.2");
  EXPECT_EQ(found.goals[2].framework + found.goals[2].code, "sdg1");
  EXPECT_EQ(read("the Millennium Development Goals and maternal health").goals[1].framework, "mdg");
}

TEST(ReadItems, InheritTheVerbOfTheirParagraph) {
  ResolutionText text;
  Clause parent, item, preamble;
  parent.path = "1";
  parent.text = "Calls upon Member States:";
  item.kind = ClauseKind::item;
  item.path = "1(a)";
  item.parent = 0;
  item.text = "To report by 2030;";
  text.clauses = {parent, item};
  const auto readings = read_clauses(text, words(Language::en));
  EXPECT_TRUE(readings[1].inherited_verb);
  EXPECT_EQ(readings[1].verb->lemma, "call upon");
  EXPECT_EQ(readings[1].actor->id, "member_states");
  EXPECT_TRUE(readings[1].commitment);
}

TEST(Lexicons, AreReadForEveryLanguage) {
  for (const Language language : all_languages) {
    const Lexicon lexicon = Lexicon::load(language);
    EXPECT_GT(lexicon.verbs().size(), 10U) << code(language);
    EXPECT_GT(lexicon.actors().size(), 10U) << code(language);
  }
}

TEST(Lexicons, SayWhatIsWrongWithAFile) {
  for (const char* text :
       {"", "{}", R"({"language": "xx", "verbs": [], "actors": []})",
        R"({"language": "en", "verbs": [{"lemma": "a", "class": "shout"}], "actors": [], "months": [], "words": {}})",
        R"({"language": "en", "verbs": [], "actors": [], "months": [], "words": {"sing": ["la"]}})",
        R"({"language": "en", "verbs": [], "actors": [], "months": [], "words": {}, "fractions": {"half": "x"}})"}) {
    try {
      Lexicon::parse(text, "words.json");
      FAIL() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::input);
      EXPECT_EQ(error.where().file, "words.json");
    }
  }
}

// Precision and recall on two resolutions that a person labelled before the rules were run.
class LabelledResolutions : public testing::SharedData {};

void check(const std::string& name, double least) {
  const ResolutionText text = read_resolution(testing::shared_data("../seed/" + name + ".txt"));
  const auto readings = read_clauses(text, words(text.language));
  const std::string key = std::string(STOCKTAKE_SOURCE_DIR) + "/tests/golden/" + name + ".key.json";
  const Score score = score_extraction(text, readings, read_file(key), key);
  ASSERT_EQ(score.kinds.size(), 7U);
  for (const KindScore& kind : score.kinds) {
    std::printf("%-20s %-12s in key %3zu, precision %.3f, recall %.3f\n", name.c_str(), kind.kind.c_str(), kind.expected,
                kind.precision(), kind.recall());
    EXPECT_GE(kind.precision(), least) << kind.kind;
    EXPECT_GE(kind.recall(), least) << kind.kind;
  }
  for (const Difference& one : score.differences) {
    std::printf("  %s, %s %s: %s\n", one.missed ? "only the key" : "only the program", one.kind.c_str(), one.path.c_str(),
                one.what.c_str());
  }
}
TEST_F(LabelledResolutions, Chinese) { check("A_RES_68_6.zh", 1.0); }
TEST_F(LabelledResolutions, English) { check("A_RES_78_231.en", 0.98); }

TEST(Scoring, CountsWhatOnlyOneSideHas) {
  ResolutionText text;
  Clause clause;
  clause.path = "1";
  clause.text = "Urges States to give 0.7 per cent by 2030;";
  text.clauses = {clause};
  const auto readings = read_clauses(text, words(Language::en));
  const Score score = score_extraction(
      text, readings,
      R"({"paragraphs": [{"path": "1", "verbs": [["Urges", "urge"], ["Recalls", "recall"]], "deadlines": []}, {"path": "2"}]})",
      "key");
  ASSERT_EQ(score.kinds.size(), 3U);
  EXPECT_DOUBLE_EQ(score.kinds[0].recall(), 0.5);  // paragraphs
  EXPECT_DOUBLE_EQ(score.kinds[1].recall(), 0.5);  // verbs
  EXPECT_DOUBLE_EQ(score.kinds[1].precision(), 1);
  EXPECT_DOUBLE_EQ(score.kinds[2].precision(), 0);  // deadlines
  EXPECT_EQ(score.differences.size(), 3U);
  EXPECT_THROW(score_extraction(text, readings, "[", "key"), Error);
}

TEST(Rendering, XmlEscapesAndNests) {
  ResolutionText text;
  Clause parent, item;
  parent.path = parent.number = "1";
  parent.text = "Requests A & B < C to:";
  item.kind = ClauseKind::item;
  item.path = "1(a)";
  item.number = "a";
  item.parent = 0;
  item.text = "Act\x01;";
  text.clauses = {parent, item};
  const std::string xml = extraction_xml(text, read_clauses(text, words(Language::en)));
  EXPECT_NE(xml.find("A &amp; B &lt; C"), std::string::npos);
  EXPECT_NE(xml.find("<point eId=\"para_1_a\">"), std::string::npos);
  EXPECT_EQ(xml.find('\x01'), std::string::npos);
}

}  // namespace
}  // namespace stocktake
