// Texts made for the test: what plain text and pdftotext's output look like, in small.
#include "texts.h"

namespace stocktake {
namespace {
using namespace stocktake::testing;
using Strings = std::vector<std::string>;

constexpr std::string_view head =
    "United Nations\nA/RES/69/324\nGeneral Assembly\nDistr.: General\n7 October 2015\n\nSixty-ninth session\nAgenda items 13 (a) "
    "and 119\n\n"
    "Resolution adopted by the General Assembly on 11 September 2015\n[without reference to a Main Committee (A/69/L.85 and "
    "Add.1)]\n\n"
    "69/324. Multilingualism\n\nThe General Assembly,\n\n";

ResolutionText read(const std::string& body) { return read_resolution_text(std::string(head) + body, "test"); }

TEST(DocumentPlain, Head) {
  const ResolutionText text =
      read("Recalling its resolution 47/135,\n\n1. Takes note of the report;\n\n100th plenary meeting\n11 September 2015\n");
  EXPECT_EQ(text.symbol, "A/RES/69/324");
  EXPECT_EQ(text.title, "Multilingualism");
  EXPECT_EQ(text.body, "General Assembly");
  EXPECT_EQ(text.session, 69);
  EXPECT_EQ(text.agenda_items, (Strings{"13 (a)", "119"}));
  EXPECT_EQ(text.adopted, (Date{2015, 9, 11}));
  EXPECT_EQ(text.issued, (Date{2015, 10, 7}));
  EXPECT_EQ(text.basis, "without reference to a Main Committee (A/69/L.85 and Add.1)");
  EXPECT_EQ(text.meeting, "100th plenary meeting");
  EXPECT_EQ(paths(text), (Strings{"pp1", "1"}));
}

TEST(DocumentPlain, NestedItems) {
  const ResolutionText text = read(
      "1. Requests the Secretary-General:\n(a) To report;\n(b) To ensure that:\n(i) Posts are filled;\n(ii) Staff are "
      "trained;\n(c) To continue;\n"
      "(h) To go on;\n(i) To end;\n2. Decides:\n• To meet;\n– In New York;\n– In Geneva;\n• To part.\n");
  EXPECT_EQ(paths(text), (Strings{"1", "1(a)", "1(b)", "1(b)(i)", "1(b)(ii)", "1(c)", "1(h)", "1(i)", "2", "2(-1)", "2(-1)(-1)",
                                  "2(-1)(-2)", "2(-2)"}));
  EXPECT_EQ(text_of(text, "1(b)(ii)"), "Staff are trained;");
  EXPECT_TRUE(text.faults.empty());
}

TEST(DocumentPlain, PartsThatCountAgain) {
  const ResolutionText text = read("I\nProgramme\n\n1. Notes it;\n\n2. Welcomes it;\n\nII\nArrangements\n\n1. Decides it.\n");
  EXPECT_EQ(paths(text), (Strings{"1", "2", "II/1"}));
  EXPECT_EQ(text.headings, (Strings{"I. Programme", "II. Arrangements"}));
  EXPECT_EQ(at(text, "II/1")->heading, "II. Arrangements");
  EXPECT_TRUE(text.faults.empty());
}

TEST(DocumentPlain, AnnexesCountForThemselves) {
  const ResolutionText text = read(
      "1. Adopts the guidelines annexed to the present resolution.\n\n100th plenary meeting\n11 September "
      "2015\n\nAnnex\n\nGuidelines\n\n1. It is open.\n\n2. It closes.\n\n"
      "Annex II\n\nMembers of the group\n\nThe members shall serve for three years.\n\nThe Chair shall be elected.\n");
  EXPECT_EQ(paths(text), (Strings{"1", "annex/1", "annex/2", "annex II/op1", "annex II/op2"}));
  EXPECT_EQ(at(text, "annex/2")->annex, "annex");
  EXPECT_EQ(at(text, "annex/2")->heading, "Guidelines");
  EXPECT_EQ(at(text, "annex II/op2")->kind, ClauseKind::operative);
}

TEST(DocumentPlain, AnAnnexDirectlyAboveItsTitle) {
  const ResolutionText text =
      read("1. Adopts the declaration annexed.\n\nAnnex\nPolitical declaration on water\n1. We meet.\n2. We act.\n");
  EXPECT_EQ(paths(text), (Strings{"1", "annex/1", "annex/2"}));
}

TEST(DocumentPlain, ParagraphsNumberedByAnother) {
  const ResolutionText text = read("59 (b). Commit to fund it by 2020;\n\n59 (c). Report each year.\n");
  EXPECT_EQ(paths(text), (Strings{"59(b)", "59(c)"}));
}

TEST(DocumentPlain, MarksWithAStroke) {
  const ResolutionText text = read(
      "1. Recalls the Conference on migration, 1/ and its report; 2/\n\n__________________\n1/ A/CONF.1/1.\n2/ A/CONF.1/2.\n");
  EXPECT_EQ(marks(text, "1"), (Strings{"1", "2"}));
  EXPECT_EQ(text_of(text, "1"), "Recalls the Conference on migration, and its report;");
}

TEST(DocumentPlain, OneActWithoutNumber) {
  const ResolutionText text = read(
      "Having considered the report,\n\nRecalling resolution 1/2,\n\nDecides to admit the State to membership in the United "
      "Nations.\n");
  EXPECT_EQ(paths(text), (Strings{"pp1", "pp2", "op1"}));
  EXPECT_EQ(at(text, "op1")->kind, ClauseKind::operative);
}

TEST(DocumentPlain, DeclarationOfHeadsOfState) {
  const ResolutionText text = read_resolution_text(
      "Final declaration of the summit\n\nWe, the Heads of State and Government, have gathered at United Nations Headquarters to "
      "renew our commitment.\n\n"
      "We commit ourselves to end hunger by 2030.\n\nWe decide to meet again in 2025.\n",
      "test");
  EXPECT_EQ(text.title, "Final declaration of the summit");
  EXPECT_EQ(paths(text), (Strings{"op1", "op2", "op3"}));
}

TEST(DocumentPlain, FlushTextBelongsToTheParagraphAgain) {
  const ResolutionText text = read(
      "1. Decides that the Committee:\n\n(a) Shall meet;\n\n(b) Shall report;\n\nand that it shall do so every year;\n\n2. "
      "Ends.\n");
  EXPECT_EQ(text_of(text, "1"), "Decides that the Committee: and that it shall do so every year;");
  EXPECT_EQ(text_of(text, "1(b)"), "Shall report;");
}

TEST(DocumentPlain, WrappedLinesWithoutIndents) {
  const ResolutionText text = read(
      "Recalling its resolutions 70/192 of 22 December 2015, 71/217 of 21 December\n2016 and 72/208 of 20 December 2017 on the "
      "follow-up to the outcomes of the\n"
      "International Conferences on Financing for Development, held in Monterrey and\nReaffirming also the Paris Agreement and "
      "its early entry into force, encouraging\n"
      "all its parties to implement it,\nReiterating the affirmation that equality is essential to inclusive development,\n1. "
      "Takes note of the report of the Secretary-General on the multi-\n"
      "stakeholder forum of the year\n2015. The forum was held in New York and discussed the medium-\nand long-term outlook;\n2. "
      "Decides to continue.\n");
  EXPECT_EQ(paths(text), (Strings{"pp1", "pp2", "1", "2"}));
  EXPECT_EQ(text_of(text, "1"),
            "Takes note of the report of the Secretary-General on the multi-stakeholder forum of the year 2015. The forum was "
            "held in New York and discussed the medium- and "
            "long-term outlook;");
}

TEST(DocumentPlain, SuperscriptsAndExponents) {
  const ResolutionText text = read(
      "1. Recalls the Declaration¹ on the 5 km² of land,² and the Agenda;³\n\n¹ Resolution 55/2.\n\n² Resolution 60/1.\n³ "
      "Resolution 70/1,\nannex.\n");
  EXPECT_EQ(text_of(text, "1"), "Recalls the Declaration on the 5 km² of land, and the Agenda;");
  EXPECT_EQ(marks(text, "1"), (Strings{"1", "2", "3"}));
  EXPECT_EQ(text.footnotes.at(2).text, "Resolution 70/1, annex.");
}

TEST(DocumentPlain, MarksAmongNumbers) {
  // The digits 1 to 3 stand as a day, a number and a paragraph; the marks are the others.
  const ResolutionText text = read(
      "1. Recalls paragraph 1 of the Monterrey Consensus, 1 held from 2 to 3 May 2002, and the 2 reports on it, in particular "
      "the Doha Declaration 2 and goal 3;\n\n"
      "2. Notes the 3 other texts.3\n\n__________________\n1 Resolution 55/2.\n2 Resolution 60/1.\n3 A/78/190.\n");
  EXPECT_EQ(text_of(text, "1"),
            "Recalls paragraph 1 of the Monterrey Consensus, held from 2 to 3 May 2002, and the 2 reports on it, in particular "
            "the Doha Declaration and goal 3;");
  EXPECT_EQ(text_of(text, "2"), "Notes the 3 other texts.");
  EXPECT_EQ(marks(text, "1"), (Strings{"1", "2"}));
  EXPECT_EQ(marks(text, "2"), Strings{"3"});
}

TEST(DocumentPlain, PageFurniture) {
  const ResolutionText text = read(
      "Recalling its resolution 47/135,\n\n1. Takes note of the report, which was submitted in the six official\n\n\n15-16044 "
      "(E) 141015\n*1516044*\n\fA/RES/69/324          Multilingualism\n\n"
      "languages;\n\n2. Welcomes 2/3 of it;\n\n2/2                                        15-16044\n\f\n");
  EXPECT_EQ(text.format, "pdftotext");
  EXPECT_EQ(paths(text), (Strings{"pp1", "1", "2"}));
  EXPECT_EQ(text_of(text, "1"), "Takes note of the report, which was submitted in the six official languages;");
  EXPECT_EQ(text_of(text, "2"), "Welcomes 2/3 of it;");
}

TEST(DocumentPlain, GapsAreLeftWhereBothHalvesAreWords) {
  const ResolutionText text =
      read("1. Notes that any one may go in to the all eged room with in reach;\n\n2. Ends.\n\n15-16044 (E)\n");
  EXPECT_EQ(text_of(text, "1"), "Notes that any one may go in to the alleged room with in reach;");
}

TEST(DocumentPlain, TargetsWithoutStops) {
  const ResolutionText text = read(
      "1. Adopts the Goals:\n\nGoal 1. End poverty everywhere\n\n1.1 By 2030, end extreme poverty for all, currently measured "
      "as\npeople living on less than $1.25 a day\n\n"
      "1.a Ensure the mobilization of resources\n\nGoal 2. End hunger\n\n2.1 By 2030, end hunger\n\nMeans of "
      "implementation\n\n2. Decides to act.\n");
  EXPECT_EQ(paths(text), (Strings{"1", "1.1", "1.a", "2.1", "2"}));
  EXPECT_EQ(text_of(text, "1.1"),
            "By 2030, end extreme poverty for all, currently measured as people living on less than $1.25 a day");
  EXPECT_EQ(at(text, "2.1")->heading, "Goal 2. End hunger");
  EXPECT_EQ(at(text, "1.1")->parent, -1) << "a target under a heading is no item of the paragraph above";
  EXPECT_EQ(at(text, "2")->heading, "Means of implementation");
}

TEST(DocumentPlain, SecurityCouncilNumbersItsResolutionsByYear) {
  const ResolutionText chinese = read_resolution_text(
      "安全理事会\n\n第2660(2022)号决议\n\n2022年11月14日安全理事会第9191次会议通过\n\n安全理事会，\n\n重申以往有关决议，\n\n1. "
      "决定继续处理此案。\n",
      "text");
  EXPECT_EQ(chinese.number, "2660 (2022)");
  EXPECT_EQ(chinese.symbol, "S/RES/2660(2022)");
  EXPECT_EQ(chinese.adopted, (Date{2022, 11, 14}));
  const ResolutionText english = read_resolution_text(
      "Resolution 1928 (2010)\n\nAdopted by the Security Council at its 6333rd meeting, on 7 June 2010\n\nThe Security "
      "Council,\n\nRecalling its resolutions,\n\n1. Decides to remain seized of the matter.\n",
      "text");
  EXPECT_EQ(english.number, "1928 (2010)");
  EXPECT_EQ(english.symbol, "S/RES/1928(2010)");
  EXPECT_EQ(english.title, "");
}

TEST(DocumentPlain, HeadingsWithoutBlankLinesInALayout) {
  const ResolutionText text = read(
      "                      I. Values and principles\n                1.    We, Heads of State and Government, have gathered at "
      "United Nations\n"
      "                Headquarters in New York from 14 to 16 September 2005.\n                2.    We reaffirm the Millennium "
      "Declaration,1 which we adopted at\n"
      "                the dawn of the twenty-first century.\n\n                _______________\n                1\n             "
      "       See resolution 55/2.\n\n05-48760\n"
      "                      II. Development\n                3.    We further resolve:\n                (a) To adopt national "
      "strategies;\n                (b) To manage public finances effectively;\n"
      "                      Global partnership\n                7.    We reaffirm our commitment to the global partnership.\n");
  EXPECT_EQ(paths(text), (Strings{"1", "2", "3", "3(a)", "3(b)", "7"}));
  EXPECT_EQ(text.headings, (Strings{"I. Values and principles", "II. Development", "Global partnership"}));
  EXPECT_EQ(marks(text, "2"), Strings{"1"});
  EXPECT_TRUE(has_fault(text, "paragraph 4 to 6 is missing before 7"));
}

TEST(DocumentPlain, SecurityCouncilAndDrafts) {
  const ResolutionText council = read_resolution_text(
      "United Nations                     S/RES/2334 (2016)\nSecurity Council                   Distr.: General\n                "
      "                   23 December 2016\n\n"
      "Resolution 2334 (2016)\n\nAdopted by the Security Council at its 7853rd meeting, on\n23 December 2016\n\nThe Security "
      "Council,\n\nGuided by the Charter,\n\n1. Reaffirms it;\n\n2. Decides to remain seized of the matter.\n",
      "test");
  EXPECT_EQ(council.symbol, "S/RES/2334 (2016)");
  EXPECT_EQ(council.number, "2334 (2016)");
  EXPECT_EQ(council.body, "Security Council");
  EXPECT_EQ(council.adopted, (Date{2016, 12, 23}));
  EXPECT_EQ(paths(council), (Strings{"pp1", "1", "2"}));
  const ResolutionText draft = read_resolution_text(
      "United Nations\nA/80/L.44\nGeneral Assembly\nDistr.: Limited\n2 March 2026\n\nOriginal: English\n\nEightieth "
      "session\nAgenda item 13\n\nAustria and Kenya: draft resolution\n\nWorld Day of Something\n\n"
      "The General Assembly,\n\nRecalling its resolution 70/1,\n\n1. Decides to proclaim the day.\n",
      "test");
  EXPECT_EQ(draft.symbol, "A/80/L.44");
  EXPECT_EQ(draft.title, "World Day of Something");
  EXPECT_EQ(draft.session, 80);
  EXPECT_FALSE(draft.adopted);
}

TEST(DocumentPlain, OtherLanguages) {
  const ResolutionText french = read_resolution_text(
      "Nations Unies\nA/RES/66/288\nAssemblée générale\nDistr. générale\n11 septembre 2012\n\nSoixante-sixième session\nPoint 19 "
      "de l’ordre du jour\n\n"
      "Résolution adoptée par l’Assemblée générale le 27 juillet 2012\n\n66/288. L’avenir que nous voulons\n\nL’Assemblée "
      "générale,\n\nRappelant la résolution 64/236,\n\n"
      "1. Prie le Secrétaire général :\n\na) De faire rapport ;\n\nb) De contribuer.\n\n123e séance plénière\n27 juillet 2012\n",
      "test");
  EXPECT_EQ(french.language, Language::fr);
  EXPECT_EQ(french.session, 66);
  EXPECT_EQ(french.adopted, (Date{2012, 7, 27}));
  EXPECT_EQ(french.agenda_items, Strings{"19"});
  EXPECT_EQ(french.meeting, "123e séance plénière");
  EXPECT_EQ(paths(french), (Strings{"pp1", "1", "1(a)", "1(b)"}));
  const ResolutionText arabic = read_resolution_text(
      "الأمم المتحدة\nA/RES/61/53\nالجمعية العامة\n\nالدورة الحادية والستون\n\nقرار اتخذته الجمعية العامة في 6 كانون "
      "الأول/ديسمبر 2006\n\n61/53 - صون الأمن الدولي\n\nإن الجمعية العامة،\n\n"
      "إذ تشير إلى مقاصد ومبادئ ميثاق الأمم المتحدة،\n\n1 - تهيب بجميع الدول أن تعمل؛\n\n2 - تقرر ما يلي:\n\n(أ) أن "
      "تجتمع؛\n\n(ب) أن تقدم تقريرا.\n\nالمرفق الأول\n\n1 - نص المرفق.\n",
      "test");
  EXPECT_EQ(arabic.language, Language::ar);
  EXPECT_EQ(arabic.session, 61);
  EXPECT_EQ(arabic.adopted, (Date{2006, 12, 6}));
  EXPECT_EQ(arabic.title, "صون الأمن الدولي");
  EXPECT_EQ(arabic.body, "الجمعية العامة");
  EXPECT_EQ(paths(arabic), (Strings{"pp1", "1", "2", "2(أ)", "2(ب)", "المرفق الأول/1"}));
  const ResolutionText russian = read_resolution_text(
      "Резолюция 1929 (2010),\nпринятая Советом Безопасности\n\nСовет Безопасности,\n\nссылаясь на резолюцию Совета "
      "управляющих,\n\nотмечая с обеспокоенностью доклады,\n\n1. подтверждает, что Иран не выполнил требования;\n\n"
      "2. постановляет следующее:\n\na) просить доклад;\n\nb) продолжать работу.\n",
      "test");
  EXPECT_EQ(russian.language, Language::ru);
  EXPECT_EQ(russian.body, "Совет Безопасности");
  EXPECT_EQ(paths(russian), (Strings{"pp1", "pp2", "1", "2", "2(a)", "2(b)"}));
  const ResolutionText spanish = read_resolution_text(
      "102 (I). Medidas para ahorrar tiempo\n\nLa Asamblea General,\n\nReconociendo que el orden del día será nutrido;\n\nInvita "
      "a los Miembros a que envíen al Secretario General las indicaciones;\n\n"
      "Nombra un Comité de Reglamento y Organización.\n",
      "test");
  EXPECT_EQ(spanish.language, Language::es);
  EXPECT_EQ(spanish.number, "102 (I)");
  EXPECT_EQ(paths(spanish), (Strings{"pp1", "op1", "op2"}));
}

}  // namespace
}  // namespace stocktake
