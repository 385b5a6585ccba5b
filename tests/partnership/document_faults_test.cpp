// What is odd in a source: named with its place, and the rest read. Bombs and containers that cannot be read: refused.
#include <filesystem>

#include "texts.h"

namespace stocktake {
namespace {
using namespace stocktake::testing;
using Strings = std::vector<std::string>;

TEST(DocumentFaults, NumbersTwiceBackwardsAndMissing) {
  const ResolutionText text = read_resolution_text("The General Assembly,\n\n1. One;\n\n2. Two;\n\n2. Two again;\n\n5. Five;\n\n3. Three.\n", "test");
  EXPECT_EQ(paths(text), (Strings{"1", "2", "2#2", "5", "3"}));
  ASSERT_EQ(text.faults.size(), 3U);
  EXPECT_EQ(text.faults[0].problem, "paragraph number 2 comes twice");
  EXPECT_EQ(text.faults[0].line, 7U);
  EXPECT_EQ(text.faults[1].problem, "paragraph 3 to 4 is missing before 5");
  EXPECT_EQ(text.faults[2].problem, "paragraph number 3 stands after 5");
  EXPECT_FALSE(text.faults[2].remedy.empty());
}

TEST(DocumentFaults, MarkWithoutNoteAndNoteWithoutMark) {
  const ResolutionText text = read_resolution_text("The General Assembly,\n\n1. Recalls it;¹\n\n2. Notes it;²\n\n¹ Resolution 1/2.\n\n⁴ Resolution 3/4.\n", "test");
  EXPECT_TRUE(has_fault(text, "footnote 2 is not there"));
  EXPECT_TRUE(has_fault(text, "footnote 4 has no mark in the text"));
  EXPECT_TRUE(has_fault(text, "footnote 3 is missing before 4"));
  EXPECT_EQ(text_of(text, "2"), "Notes it;");
  EXPECT_EQ(text.footnotes.size(), 2U);
}

TEST(DocumentFaults, BrokenUtf8IsMendedWithItsPlace) {
  const ResolutionText text = read_resolution_text("大会，\n\n1. 决定\xFF\xE5 继续执行千年发展目标；\n", "test");
  EXPECT_EQ(text.language, Language::zh);
  EXPECT_EQ(text_of(text, "1"), "决定\uFFFD\uFFFD 继续执行千年发展目标；");
  ASSERT_EQ(text.faults.size(), 2U);
  EXPECT_EQ(text.faults[0].line, 3U);
  EXPECT_EQ(text.faults[0].column, 10U);
}

TEST(DocumentFaults, OtherEncodings) {
  // "L’Assemblée générale, ..." in windows-1252, its apostrophe 0x92.
  const ResolutionText french = read_resolution_text("L\x92" "Assembl\xE9" "e g\xE9n\xE9rale,\n\nRappelant sa r\xE9solution 64/236 et les d\xE9" "cisions de la conf\xE9rence,\n\n1. Prie le Secr\xE9taire g\xE9n\xE9ral de pr\xE9senter un rapport.\n", "test");
  EXPECT_EQ(french.body, "Assemblée générale");
  EXPECT_TRUE(has_fault(french, "the text is not UTF-8"));
  // GB18030: 大会， 决定继续执行...
  const std::string chinese = "\xB4\xF3\xBB\xE1\xA3\xAC\n\n1. \xBE\xF6\xB6\xA8\xBC\xCC\xD0\xF8\xD6\xB4\xD0\xD0\xC7\xA7\xC4\xEA\xB7\xA2\xD5\xB9\xC4\xBF\xB1\xEA\xA3\xBB\n";
  const ResolutionText gb = read_resolution_text(chinese, "test", Language::zh);
  EXPECT_EQ(text_of(gb, "1"), "决定继续执行千年发展目标；");
  // Russian in windows-1251.
  const std::string russian = "\xC3\xE5\xED\xE5\xF0\xE0\xEB\xFC\xED\xE0\xFF \xC0\xF1\xF1\xE0\xEC\xE1\xEB\xE5\xFF,\n\n\xF1\xF1\xFB\xEB\xE0\xFF\xF1\xFC \xED\xE0 \xF1\xE2\xEE\xE8 \xF0\xE5\xE7\xEE\xEB\xFE\xF6\xE8\xE8,\n\n1. \xEF\xEE\xF1\xF2\xE0\xED\xEE\xE2\xEB\xFF\xE5\xF2 \xEF\xF0\xEE\xE4\xEE\xEB\xE6\xE0\xF2\xFC \xF0\xE0\xE1\xEE\xF2\xF3.\n";
  const ResolutionText cp1251 = read_resolution_text(russian, "test", Language::ru);
  EXPECT_EQ(cp1251.body, "Генеральная Ассамблея");
  EXPECT_EQ(text_of(cp1251, "1"), "постановляет продолжать работу.");
}

TEST(DocumentFaults, Utf16WithAndWithoutMark) {
  const std::u16string wide = u"The General Assembly,\n\nRecalling it,\n\n1. Decides to continue.\n";
  std::string little, big = "\xFE\xFF";
  for (const char16_t c : wide) {
    little += static_cast<char>(c & 0xFF);
    little += static_cast<char>(c >> 8);
    big += static_cast<char>(c >> 8);
    big += static_cast<char>(c & 0xFF);
  }
  for (const std::string& bytes : {little, big, "\xFF\xFE" + little}) {
    const ResolutionText text = read_resolution_text(bytes, "test");
    EXPECT_EQ(paths(text), (Strings{"pp1", "1"}));
    EXPECT_EQ(text.body, "General Assembly");
  }
}

TEST(DocumentFaults, ByteOrderMarkIsNoText) {
  const ResolutionText text = read_resolution_text("\xEF\xBB\xBFThe General Assembly,\n\n1. Decides.\n", "test");
  EXPECT_EQ(text.body, "General Assembly");
  EXPECT_EQ(at(text, "1")->source.begin, 26U);  // of the source, the mark counted
  EXPECT_TRUE(text.faults.empty());
}

TEST(DocumentFaults, NothingToRead) {
  EXPECT_EQ(refused(""), "the file holds no text");
  EXPECT_EQ(refused("\n \n\f\n"), "the file holds no text");
  EXPECT_NE(refused("%PDF-1.7").find("PDF"), std::string::npos);
  EXPECT_NE(refused("\xD0\xCF\x11\xE0 old").find("Word"), std::string::npos);
  EXPECT_NE(refused("{\\rtf1 x}"), "");
  EXPECT_NE(refused("<?xml version=\"1.0\"?><root/>"), "");
  try {
    read_resolution("/nowhere/at/all.txt");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::not_found);
  }
}

TEST(DocumentFaults, BombsAndEntitiesAreRefused) {
  const std::string body = "<akomaNtoso><statement><mainBody><paragraph><num>1.</num><content><p>&lol9;</p></content></paragraph></mainBody></statement></akomaNtoso>";
  EXPECT_NE(refused("<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol9 \"&lol;&lol;\">]>\n" + body), "");
  EXPECT_NE(refused("<?xml version=\"1.0\"?><!DOCTYPE x SYSTEM \"file:///etc/passwd\">" + body), "");
  EXPECT_NE(refused("<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><p>The General Assembly, &x;</p></html>"), "");
  EXPECT_EQ(refused("<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"http://www.w3.org/TR/xhtml1.dtd\"><html><p>1. Decides.</p></html>"), "");
  std::string deep = "<akomaNtoso>";
  for (int i = 0; i < 100000; ++i) deep += "<p>";
  EXPECT_NE(refused(deep), "");
  for (int i = 0; i < 100000; ++i) deep += "</p>";
  EXPECT_NE(refused(deep + "</akomaNtoso>").find("deeper"), std::string::npos);
  std::string divs = "<html>";
  for (int i = 0; i < 100000; ++i) divs += "<div>";
  EXPECT_EQ(refused(divs + "1. Decides."), "");  // read as a stream: no depth hurts
}

TEST(DocumentFaults, MalformedXmlNamesThePlace) {
  try {
    read_resolution_text("<akomaNtoso>\n<statement>\n<mainBody></statement></akomaNtoso>", "bad.xml");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    EXPECT_EQ(error.where().line, 3U);
    EXPECT_EQ(error.where().file, "bad.xml");
  }
}

}  // namespace
}  // namespace stocktake
