// French, Spanish, Russian and Arabic: short phrases as resolutions print them, and the labelled excerpts.
#include <gtest/gtest.h>

#include <cstdio>

#include "base/files.h"
#include "partnership/texts/arabic.h"
#include "partnership/texts/lexicon.h"
#include "partnership/texts/reading.h"
#include "partnership/texts/score.h"
#include "texts.h"

namespace stocktake {
namespace {

const Lexicon& words(Language language) {
  static const Lexicon fr = Lexicon::load(Language::fr), es = Lexicon::load(Language::es), ru = Lexicon::load(Language::ru),
                       ar = Lexicon::load(Language::ar);
  return language == Language::fr ? fr : language == Language::es ? es : language == Language::ru ? ru : ar;
}

// One paragraph of a resolution of 20 December 2014, sixty-ninth session.
ClauseReading read(const std::string& clause, Language language, ClauseKind kind = ClauseKind::operative) {
  ResolutionText text;
  text.language = language;
  text.adopted = Date{2014, 12, 20};
  text.session = 69;
  text.clauses.emplace_back();
  text.clauses.back().kind = kind;
  text.clauses.back().path = "1";
  text.clauses.back().text = clause;
  return read_clauses(text, words(language)).front();
}

std::string classes(const ClauseReading& reading) {
  std::string out = reading.verb ? std::string(to_string(reading.verb->kind)) : "";
  for (const VerbFound& verb : reading.further_verbs) out += " " + std::string(to_string(verb.kind));
  return out;
}
// The id of the actor, or the name where it has none.
std::string actor(const ClauseReading& reading) {
  if (!reading.actor) return {};
  return reading.actor->id.empty() ? reading.actor->name : reading.actor->id;
}

struct ActCase {
  Language language;
  const char *clause, *classes, *actor;
};

TEST(Languages, ActsAndWhoIsAsked) {
  const std::vector<ActCase> cases{
      {Language::fr, "Est conscient que la stabilité est essentielle, et salue les efforts déployés ;", "recognise welcome",
       "self"},
      {Language::fr, "Demande instamment aux États Membres de poursuivre leurs activités ;", "urge", "member_states"},
      {Language::fr, "Prie le Groupe d'experts de soumettre un programme de travail au Comité ;", "request",
       "Groupe d'experts"},
      {Language::fr, "Prie le Comité spécial de lui présenter un rapport ;", "request", "Comité spécial"},
      {Language::es, "Exhorta a las autoridades de Haití a que adopten todas las medidas;", "call", "autoridades de Haití"},
      {Language::es, "Solicita al Secretario General que le brinde información;", "request", "secretary_general"},
      {Language::es, "Insta al Gobierno de la República de Sudán del Sur a que adopte medidas;", "urge",
       "Gobierno de la República de Sudán del Sur"},
      {Language::ru, "признает, что стабильность имеет важнейшее значение, и приветствует усилия;", "recognise welcome", "self"},
      {Language::ru, "Настоятельно призывает государства-члены создать механизм;", "urge", "member_states"},
      {Language::ru, "просит Группу экспертов представить Комитету программу работы;", "request", "Группу экспертов"},
      {Language::ar, "يهيب بالسلطات الهايتية أن تتخذ كل الإجراءات اللازمة؛", "call", "السلطات الهايتية"},
      {Language::ar, "تهيب بالدول الأعضاء أن تقدم تقارير؛", "call", "member_states"},
      {Language::ar, "يسلّم بأن الاستقرار ضروري، ويرحب بالجهود التي تبذلها الأمم المتحدة؛", "recognise welcome", "self"},
      {Language::ar, "يسلم بأن الاستقرار ضروري؛", "recognise", "self"},
      {Language::ar, "يطلب إلى الأمين العام أن يقدم تقريرا؛", "request", "secretary_general"},
  };
  for (const ActCase& one : cases) {
    const ClauseReading found = read(one.clause, one.language);
    EXPECT_EQ(classes(found), one.classes) << one.clause;
    EXPECT_EQ(actor(found), one.actor) << one.clause;
  }
}

TEST(Languages, PreamblesOfBothGenders) {
  for (const ActCase& one : std::vector<ActCase>{
           {Language::fr, "Convaincu des avantages d'un règlement, engageant vivement les deux parties à contribuer,",
            "recognise urge", ""},
           {Language::es, "Convencido de los beneficios, instando a ambas partes a que fomenten el diálogo,", "recognise urge",
            ""},
           {Language::ru, "будучи убежден в пользе урегулирования, настоятельно призывая обе стороны содействовать этому,",
            "recognise urge", ""},
           {Language::ar, "إذ يدين بشدة العنف، وإذ يحث جميع الأطراف على الكف عن هذه الأعمال،", "recognise urge", ""},
           {Language::ar, "وإذ تدين بشدة العنف،", "recognise", ""}}) {
    EXPECT_EQ(classes(read(one.clause, one.language, ClauseKind::preambular)), one.classes) << one.clause;
  }
}

struct DueCase {
  Language language;
  const char *clause, *date;
  int session;
};
TEST(Languages, Deadlines) {
  for (const DueCase& one : std::vector<DueCase>{
           {Language::fr, "D’ici à 2030, éliminer la faim", "2030-12-31", 0},
           {Language::fr, "Prie le Secrétaire général de lui présenter un rapport à sa soixante-treizième session ;", "", 73},
           {Language::es, "De aquí a 2030, poner fin al hambre", "2030-12-31", 0},
           {Language::es, "Poner en funcionamiento, a más tardar en 2017, el banco de tecnología", "2017-12-31", 0},
           {Language::ru, "К 2030 году покончить с голодом", "2030-12-31", 0},
           {Language::ru, "просит Генерального секретаря представить доклад на ее семьдесят третьей сессии;", "", 73},
           {Language::ar, "القضاء على الجوع بحلول عام 2030", "2030-12-31", 0},
           {Language::ar, "القضاء على الجوع بحلول عام ٢٠٣٠", "2030-12-31", 0},
           {Language::ar, "تطلب إلى الأمين العام أن يقدم تقريرا في دورتها الثالثة والسبعين؛", "", 73}}) {
    const ClauseReading found = read(one.clause, one.language);
    ASSERT_EQ(found.deadlines.size(), 1U) << one.clause;
    EXPECT_EQ(found.deadlines[0].session.value_or(0), one.session) << one.clause;
    const auto& date = found.deadlines[0].date;
    EXPECT_EQ(date ? to_string(*date) : "", one.date) << one.clause;
    EXPECT_TRUE(found.deadlines[0].binding) << one.clause;
  }
}

struct AmountCase {
  Language language;
  const char* clause;
  double value;
  const char* unit;
};
TEST(Languages, Quantities) {
  for (const AmountCase& one : std::vector<AmountCase>{{Language::fr, "consacrer 0,7 pour cent", 0.7, "PERCENT"},
                                                       {Language::fr, "un montant de 24 042 875 dollars", 24042875, "USD"},
                                                       {Language::es, "la suma de 24.042.875 dólares", 24042875, "USD"},
                                                       {Language::es, "100.000 millones de dólares", 1e11, "USD"},
                                                       {Language::es, "el 26,7% en total", 26.7, "PERCENT"},
                                                       {Language::ru, "100 млрд. долл. США", 1e11, "USD"},
                                                       {Language::ru, "достигнуто 22,2 процента", 22.2, "PERCENT"},
                                                       {Language::ar, "نسبة 0,7 في المائة", 0.7, "PERCENT"},
                                                       {Language::ar, "نسبة 4.5 في المائة", 4.5, "PERCENT"},
                                                       {Language::ar, "نسبة ٠٫٧ في المائة", 0.7, "PERCENT"},
                                                       {Language::ar, "مبلغا إجماليه 875 042 24 دولارا", 24042875, "USD"},
                                                       {Language::ar, "100 بليون دولار", 1e11, "USD"}}) {
    const ClauseReading found = read(one.clause, one.language);
    ASSERT_EQ(found.quantities.size(), 1U) << one.clause;
    EXPECT_DOUBLE_EQ(found.quantities[0].low, one.value) << one.clause;
    EXPECT_EQ(found.quantities[0].unit, one.unit) << one.clause;
  }
}

TEST(Languages, ArabicSpansAreOfTheTextAsPrinted) {
  const std::string clause = "يُشـجّع الدول الأعضاء؛";
  const ClauseReading found = read(clause, Language::ar);
  ASSERT_TRUE(found.verb);
  EXPECT_EQ(clause.substr(found.verb->span.begin, found.verb->span.end - found.verb->span.begin), "يُشـجّع");
}

TEST(ArabicNumbers, GroupsInTheOrderOfTheLine) {
  EXPECT_EQ(reversed_groups("918 483 x", 0).value, 483918);
  EXPECT_EQ(reversed_groups("000 5", 0).value, 5000);
  EXPECT_EQ(reversed_groups("918", 0).end, 0U);       // one group
  EXPECT_EQ(reversed_groups("12 345", 0).end, 0U);    // begins with fewer than three
  EXPECT_EQ(reversed_groups("100 2015", 0).end, 0U);  // a year is no group
  EXPECT_EQ(reversed_groups("", 0).end, 0U);
  EXPECT_EQ(latin_digits("٢٠٣٠ عام"), "2030 عام");
  EXPECT_EQ(without_arabic_signs("سـنوياً").text, "سنويا");
}

constexpr const char* arabic_text =
    "الجمعية العامة\n\nالدورة الثانية والخمسون\n\nقرار اتخذته الجمعية العامة في ١٨ كانون الأول/ديسمبر ١٩٩٧\n\n"
    "٥٢/٣١ - التحقق بجميع جوانبه\n\nإن الجمعية العامة،\n\nإذ تشير إلى قرارها ٤٨/٦٨،\n\n١ - تعيد تأكيد التزامها:\n\n"
    "(أ) بنزع السلاح؛\n\n(ب) بالتحقق؛\n\n٢ - تطلب إلى الأمين العام أن يقدم تقريرا.\n";

TEST(Languages, ArabicHeadAndItems) {
  const ResolutionText text = read_resolution_text(arabic_text, "test");
  EXPECT_EQ(text.language, Language::ar);
  EXPECT_EQ(text.symbol, "A/RES/52/31");
  EXPECT_EQ(text.session, 52);
  EXPECT_EQ(text.adopted, (Date{1997, 12, 18}));
  EXPECT_EQ(testing::paths(text), (std::vector<std::string>{"pp1", "1", "1(أ)", "1(ب)", "2"}));
}

// pdftotext puts U+202B and U+202C around each line of Arabic; U+200F stands beside numbers.
TEST(Languages, MarksOfDirectionAreNoText) {
  std::string marked;
  for (std::size_t at = 0, end = 0; at < std::string_view(arabic_text).size(); at = end + 1) {
    end = std::string_view(arabic_text).find('\n', at);
    const std::string line(std::string_view(arabic_text).substr(at, end - at));
    marked += line.empty() ? "\n" : "\u202B" + line + "\u200F\u202C\n";
  }
  const ResolutionText plain = read_resolution_text(arabic_text, "test"), text = read_resolution_text(marked, "test");
  EXPECT_EQ(text.symbol, plain.symbol);
  EXPECT_EQ(testing::paths(text), testing::paths(plain));
  EXPECT_EQ(testing::text_of(text, "2"), testing::text_of(plain, "2"));
}

TEST(Languages, RussianHeadAndEnd) {
  const ResolutionText text = read_resolution_text(
      "Генеральная Ассамблея\n\nDistr.: General\n5 декабря 2003 года\n\nПятьдесят восьмая сессия\nПункт 60 повестки дня\n\n"
      "Резолюция, принятая Генеральной Ассамблеей 3 декабря 2003 года\n\n58/16. Реагирование на глобальные угрозы и вызовы\n\n"
      "Генеральная Ассамблея,\n\nссылаясь на свои резолюции 55/162 от 14 декабря 2000 года,\n\n"
      "1. просит Генерального секретаря представить доклад:\n\na) об угрозах;\n\nb) о вызовах.\n\n"
      "68-е пленарное заседание,\n3 декабря 2003 года\n",
      "test");
  EXPECT_EQ(text.symbol, "A/RES/58/16");
  EXPECT_EQ(text.issued, (Date{2003, 12, 5}));
  EXPECT_EQ(text.adopted, (Date{2003, 12, 3}));
  EXPECT_EQ(text.meeting, "68-е пленарное заседание");
  EXPECT_EQ(testing::paths(text), (std::vector<std::string>{"pp1", "1", "1(a)", "1(b)"}));
}

// The labelled excerpts; what is still missed is told in docs/commitments.md.
void check(const std::string& name, Language language, double least) {
  const std::string base = std::string(STOCKTAKE_SOURCE_DIR) + "/tests/golden/" + name;
  const ResolutionText text = read_resolution_text(read_file(base + ".txt"), name);
  EXPECT_EQ(text.language, language);
  const std::string key = base + ".key.json";
  const Score score = score_extraction(text, read_clauses(text, words(language)), read_file(key), key);
  ASSERT_EQ(score.kinds.size(), 6U);
  for (const KindScore& kind : score.kinds) {
    std::printf("%-20s %-12s in key %3zu, precision %.3f, recall %.3f\n", name.c_str(), kind.kind.c_str(), kind.expected,
                kind.precision(), kind.recall());
    if (kind.kind == "deadlines") continue;  // few; tested above
    EXPECT_GE(kind.precision(), least) << name << " " << kind.kind;
    EXPECT_GE(kind.recall(), least) << name << " " << kind.kind;
  }
}
TEST(LabelledExcerpts, French) {
  check("excerpt_first.fr", Language::fr, 1.0);
  check("excerpt_second.fr", Language::fr, 1.0);
}
TEST(LabelledExcerpts, Spanish) {
  check("excerpt_first.es", Language::es, 1.0);
  check("excerpt_second.es", Language::es, 1.0);
}
TEST(LabelledExcerpts, Russian) {
  check("excerpt_first.ru", Language::ru, 1.0);
  check("excerpt_second.ru", Language::ru, 1.0);
}
TEST(LabelledExcerpts, Arabic) {
  check("excerpt_first.ar", Language::ar, 0.8);
  check("excerpt_second.ar", Language::ar, 0.92);
}

}  // namespace
}  // namespace stocktake
