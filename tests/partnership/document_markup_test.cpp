// The same small resolution in HTML, DOCX and AKN4UN. The DOCX is packed here, with libzip.
#include "texts.h"
#include "zipped.h"

namespace stocktake {
namespace {
using namespace stocktake::testing;
using Strings = std::vector<std::string>;

constexpr std::string_view word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
std::string paragraph(const std::string& text, const std::string& properties = {}) {
  return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
}
std::string numbered(const std::string& text, int level) {
  return paragraph(text, "<w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"3\"/></w:numPr>");
}
std::string document(const std::string& body) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document " + std::string(word) + "><w:body>" + body +
         "</w:body></w:document>";
}

TEST(DocumentDocx, AutomaticNumbersNotesAndHeadings) {
  const std::string body =
      "<w:tbl><w:tr><w:tc>" + paragraph("United Nations") + "</w:tc><w:tc>" + paragraph("A/RES/79/5") + "</w:tc></w:tr></w:tbl>" +
      paragraph("Distr.: General") + paragraph("3 March 2025") + paragraph("Seventy-ninth session") +
      paragraph("79/5.</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>A title") + paragraph("The General Assembly,") +
      "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>Recalling</w:t></w:r><w:r><w:t xml:space=\"preserve\"> the "
      "Agenda,</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>" +
      numbered("Requests the Secretary-General:", 0) + numbered("To report;", 1) + numbered("To end;", 1) +
      paragraph("Follow-up", "<w:pStyle w:val=\"H1\"/>") + numbered("Decides <w:x/>to continue.", 0) +
      "<w:p><w:del><w:r><w:delText>Deleted.</w:delText></w:r></w:del></w:p>";
  const std::string numbering = "<w:numbering " + std::string(word) +
                                "><w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt "
                                "w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>"
                                "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText "
                                "w:val=\"(%2)\"/></w:lvl></w:abstractNum>"
                                "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>";
  const std::string notes =
      "<w:footnotes " + std::string(word) +
      "><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote><w:footnote "
      "w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Resolution 70/1.</w:t></w:r></w:p></w:footnote></w:footnotes>";
  const std::string styles =
      "<w:styles " + std::string(word) + "><w:style w:styleId=\"H1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
  const std::string plain = body;
  const ResolutionText text =
      read_resolution_text(zipped({{"word/document.xml", document(std::string(plain).replace(plain.find("<w:x/>"), 6, ""))},
                                   {"word/numbering.xml", numbering},
                                   {"word/footnotes.xml", notes},
                                   {"word/styles.xml", styles}}),
                           "test.docx");
  EXPECT_EQ(text.format, "docx");
  EXPECT_EQ(text.symbol, "A/RES/79/5");
  EXPECT_EQ(text.title, "A title");
  EXPECT_EQ(text.session, 79);
  EXPECT_EQ(text.issued, (Date{2025, 3, 3}));
  EXPECT_EQ(paths(text), (Strings{"pp1", "1", "1(a)", "1(b)", "2"}));
  EXPECT_EQ(text_of(text, "pp1"), "Recalling the Agenda,");
  EXPECT_EQ(marks(text, "pp1"), Strings{"1"});
  ASSERT_EQ(text.footnotes.size(), 1U);
  EXPECT_EQ(text.footnotes[0].text, "Resolution 70/1.");
  EXPECT_EQ(text_of(text, "2"), "Decides to continue.");
  EXPECT_EQ(at(text, "2")->heading, "Follow-up");
  EXPECT_TRUE(text.faults.empty());
}

TEST(DocumentDocx, WhatIsRefused) {
  EXPECT_NE(refused("PK\x03\x04 no archive"), "");
  EXPECT_NE(refused(zipped({{"other.xml", "<x/>"}})).find("no Word document"), std::string::npos);
  EXPECT_NE(refused(zipped({{"word/document.xml", document(std::string(40U << 20U, ' '))}})).find("would unpack"),
            std::string::npos);
  EXPECT_NE(refused(zipped({{"word/document.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]>" + document(paragraph("&a;"))}})), "");
  EXPECT_NE(refused(zipped({{"word/document.xml", "<w:document>"}})).find("not well-formed"), std::string::npos);
}

TEST(DocumentDocx, MissingNoteIsAFault) {
  const ResolutionText text = read_resolution_text(
      zipped({{"word/document.xml",
               document(paragraph("The General Assembly,") +
                        "<w:p><w:r><w:t>1. Decides.</w:t></w:r><w:r><w:footnoteReference w:id=\"9\"/></w:r></w:p>")}}),
      "test.docx");
  EXPECT_TRUE(has_fault(text, "footnote 1 is not there"));
  EXPECT_EQ(text_of(text, "1"), "Decides.");
}

TEST(DocumentHtml, ListsNotesAndSilentElements) {
  const ResolutionText text = read_resolution_text(
      "<!DOCTYPE html><html><head><title>x</title><style>p { color: red }</style></head><body><script>var a = '1. Not "
      "this;';</script><nav>1. Home</nav>"
      "<p>Resolution adopted by the General Assembly on 22&nbsp;December 2023</p><h2>78/1. A title</h2><p><i>The General "
      "Assembly</i>,</p>"
      "<p><i>Recalling</i> the Agenda,<sup>1</sup></p><p><i>Noting</i> the report,<sup><a href=\"#fn2\">[2]</a></sup></p>"
      "<ol><li>Requests:<ol type=\"a\"><li>To report;</li><li>To end;</li></ol></li><li>Decides &amp; continues.</li></ol>"
      "<p><sup>1</sup> Resolution 70/1.</p><p><sup>2</sup> A/78/190.</p></body></html>",
      "test.html");
  EXPECT_EQ(text.format, "html");
  EXPECT_EQ(text.number, "78/1");
  EXPECT_EQ(text.title, "A title");
  EXPECT_EQ(text.adopted, (Date{2023, 12, 22}));
  EXPECT_EQ(paths(text), (Strings{"pp1", "pp2", "1", "1(a)", "1(b)", "2"}));
  EXPECT_EQ(text_of(text, "2"), "Decides & continues.");
  EXPECT_EQ(marks(text, "pp1"), Strings{"1"});
  EXPECT_EQ(marks(text, "pp2"), Strings{"2"});
  ASSERT_EQ(text.footnotes.size(), 2U);
  EXPECT_EQ(text.footnotes[1].text, "A/78/190.");
  EXPECT_TRUE(text.faults.empty()) << text.faults[0].problem;
}

TEST(DocumentHtml, TablesAndTextInLines) {
  const ResolutionText table = read_resolution_text(
      "<html><body><p>The General Assembly,</p><table><tr><td>1.</td><td>Notes it;</td></tr><tr><td>2.</td><td>Decides "
      "it.</td></tr></table></body></html>",
      "test");
  EXPECT_EQ(paths(table), (Strings{"1", "2"}));
  EXPECT_EQ(text_of(table, "2"), "Decides it.");
  const ResolutionText pre = read_resolution_text(
      "<html><body><pre>55/2. A title\n\nThe General Assembly,\n\nRecalling its resolution of a year that is long past and gone "
      "by\nnow for good,\n\n1. Decides to continue the work that was begun in the last session\nof the Assembly;\n\n2. "
      "Ends.\n</pre></body></html>",
      "test");
  EXPECT_EQ(paths(pre), (Strings{"pp1", "1", "2"}));
  EXPECT_EQ(text_of(pre, "1"), "Decides to continue the work that was begun in the last session of the Assembly;");
  EXPECT_GT(at(pre, "2")->line, at(pre, "1")->line);
}

TEST(DocumentAkn, BothNamespacesAndTheFrame) {
  const std::string body =
      "<statement name=\"resolution\"><meta><identification source=\"#DGACM\"><FRBRWork><FRBRdate date=\"2025-03-25\" "
      "name=\"adoption\"/></FRBRWork><FRBRExpression>"
      "<FRBRdate date=\"2025-03-27\" name=\"publication\"/><FRBRlanguage "
      "language=\"eng\"/></FRBRExpression></identification><classification source=\"x\"><keyword refersTo=\"agenda\" "
      "value=\"31\"/>"
      "</classification></meta><coverPage><p><docNumber refersTo=\"#symbol\">A/RES/79/275</docNumber></p><p><session "
      "refersTo=\"#generalAssembly\" value=\"79\">Seventy-ninth session</session></p></coverPage>"
      "<preface><p><docNumber>79/275.</docNumber><docTitle refersTo=\"#resolutionTitle\">The role of "
      "diamonds</docTitle></p></preface>"
      "<preamble><formula name=\"enactingFormula\"><p><span class=\"italic\">The General "
      "Assembly</span>,</p></formula><container name=\"Recognizing\"><p xml:space=\"preserve\">   <span>Recognizing</span> the "
      "harm<authorialNote marker=\"1\" placement=\"bottom\"><p>Resolution 55/56.</p></authorialNote> "
      "done,</p></container></preamble>\n<mainBody><paragraph eId=\"para_1\"><num>1.</num><content><p>Recognizes "
      "it;</p></content></paragraph>"
      "<paragraph "
      "eId=\"para_2\"><num>2.</num><list><intro><p>Recalls:</p></intro><point><num>(a)</num><content><p>This;</p></content></"
      "point><point><num>b</num><list><intro><p>That:</p></intro><point><num>(i)</num>"
      "<content><p>One;</p></content></point></list></point></list></paragraph><section><num>II</num><heading>Follow-up</"
      "heading><paragraph><num>3.</num><content><p>Requests a report.</p></content></paragraph></section></mainBody>"
      "<conclusions><p><location refersTo=\"#adoptionMeeting\">62nd plenary meeting</location><docDate date=\"2025-03-25\" "
      "refersTo=\"#adoptionDate\">25 March 2025</docDate></p></conclusions>"
      "<attachments><attachment><doc name=\"annex\"><mainBody><paragraph><num>1.</num><content><p>In the "
      "annex.</p></content></paragraph></mainBody></doc></attachment></attachments></statement>";
  for (const char* open :
       {"<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\" xmlns:akn4un=\"http://un.org/akn4un\">",
        "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17\">"}) {
    const ResolutionText text = read_resolution_text(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + std::string(open) + body + "</akomaNtoso>", "test.xml");
    EXPECT_EQ(text.format, "akn4un");
    EXPECT_EQ(text.symbol, "A/RES/79/275");
    EXPECT_EQ(text.number, "79/275");
    EXPECT_EQ(text.title, "The role of diamonds");
    EXPECT_EQ(text.body, "General Assembly");
    EXPECT_EQ(text.session, 79);
    EXPECT_EQ(text.adopted, (Date{2025, 3, 25}));
    EXPECT_EQ(text.issued, (Date{2025, 3, 27}));
    EXPECT_EQ(text.agenda_items, Strings{"31"});
    EXPECT_EQ(text.meeting, "62nd plenary meeting");
    EXPECT_EQ(paths(text), (Strings{"pp1", "1", "2", "2(a)", "2(b)", "2(b)(i)", "3", "annex/1"}));
    EXPECT_EQ(text_of(text, "pp1"), "Recognizing the harm done,");
    EXPECT_EQ(marks(text, "pp1"), Strings{"1"});
    EXPECT_EQ(text.footnotes.at(0).text, "Resolution 55/56.");
    EXPECT_EQ(at(text, "3")->heading, "II Follow-up");
    EXPECT_EQ(at(text, "1")->line, 3U);
    EXPECT_TRUE(text.faults.empty());
  }
}

}  // namespace
}  // namespace stocktake
