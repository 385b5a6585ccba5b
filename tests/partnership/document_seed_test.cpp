// Two resolutions as they come: A/RES/68/6 in Chinese and the text pdftotext made of A/RES/78/231. The counts were taken by hand
// from the files.
#include "base/files.h"
#include "texts.h"

namespace stocktake {
namespace {
using namespace stocktake::testing;
using Strings = std::vector<std::string>;

class DocumentSeed : public SharedData {
 protected:
  static ResolutionText read(const char* name) { return read_resolution(shared_data(std::string("../seed/") + name)); }
};

TEST_F(DocumentSeed, HeadOfTheChineseText) {
  const ResolutionText text = read("A_RES_68_6.zh.txt");
  EXPECT_EQ(text.format, "plain");
  EXPECT_EQ(text.language, Language::zh);
  EXPECT_EQ(text.symbol, "A/RES/68/6");  // not printed: from number and organ
  EXPECT_EQ(text.number, "68/6");
  EXPECT_EQ(text.title, "关于继续推进实现千年发展目标的特别会议成果文件");
  EXPECT_EQ(text.body, "大会");
  EXPECT_EQ(text.session, 68);
  EXPECT_EQ(text.session_text, "第六十八届会议");
  EXPECT_EQ(text.adopted, (Date{2013, 10, 9}));
  EXPECT_EQ(text.issued, (Date{2014, 1, 28}));
  EXPECT_EQ(text.agenda_items, (Strings{"14", "118"}));
  EXPECT_EQ(text.basis, "未经发交主要委员会而通过(A/68/L.4)");
  EXPECT_EQ(text.meeting, "第 32 次全体会议");
  EXPECT_EQ(text.headings, (Strings{"加速进展", "全球发展伙伴关系", "2015 年后发展议程"}));
  EXPECT_EQ(text.hash.size(), 64U);
}

TEST_F(DocumentSeed, ParagraphsOfTheChineseText) {
  const ResolutionText text = read("A_RES_68_6.zh.txt");
  EXPECT_EQ(count(text, ClauseKind::operative), 26U);
  EXPECT_EQ(count(text, ClauseKind::preambular), 1U);  // "Adopts the following outcome document:"
  EXPECT_EQ(count(text, ClauseKind::item), 0U);
  EXPECT_TRUE(text.faults.empty()) << text.faults[0].problem;
  for (int number = 1; number <= 26; ++number) EXPECT_NE(at(text, std::to_string(number)), nullptr) << number;
  EXPECT_EQ(at(text, "6")->heading, "");
  EXPECT_EQ(at(text, "7")->heading, "加速进展");
  EXPECT_EQ(at(text, "26")->heading, "2015 年后发展议程");
  // Paragraphs 5 and 19 run over a page's end, 19 over five footnotes.
  EXPECT_NE(text_of(text, "5").find("千年发展目标方面仍偏离轨道"), std::string::npos);
  EXPECT_TRUE(text_of(text, "5").ends_with("面临最为严重的挑战。"));
  EXPECT_NE(text_of(text, "19").find("之间的内在联系，我们强调"), std::string::npos);
  EXPECT_TRUE(text_of(text, "19").ends_with("人人享有人权。"));
}

TEST_F(DocumentSeed, FootnotesOfTheChineseText) {
  const ResolutionText text = read("A_RES_68_6.zh.txt");
  ASSERT_EQ(text.footnotes.size(), 8U);
  EXPECT_EQ(text.footnotes[0].text, "第 65/1 号决议。");
  EXPECT_EQ(text.footnotes[1].text, "A/57/304, 附件。");
  EXPECT_EQ(text.footnotes[7].text, "A/68/202 和 Corr. 1。");
  EXPECT_EQ(marks(text, "7"), Strings{"1"});
  EXPECT_EQ(marks(text, "8"), Strings{"2"});
  EXPECT_EQ(marks(text, "17"), (Strings{"3", "4", "5", "6"}));
  EXPECT_EQ(marks(text, "18"), Strings{"7"});
  EXPECT_EQ(marks(text, "22"), Strings{"8"});
  EXPECT_NE(text_of(text, "8").find("非洲发展新伙伴关系提供国际支持"), std::string::npos) << "the mark and its blank are gone";
}

TEST_F(DocumentSeed, SpansLeadBackToTheSource) {
  for (const char* name : {"A_RES_68_6.zh.txt", "A_RES_78_231.en.txt"}) {
    const std::string source = read_file(shared_data(std::string("../seed/") + name));
    const ResolutionText text = read(name);
    std::uint32_t before = 0;
    for (const Clause& clause : text.clauses) {
      ASSERT_LE(clause.source.end, source.size());
      ASSERT_LT(clause.source.begin, clause.source.end);
      EXPECT_GE(clause.source.begin, before) << clause.path;
      before = clause.source.begin;
      const std::string_view read = std::string_view(source).substr(clause.source.begin, clause.source.end - clause.source.begin);
      EXPECT_NE(read.find(clause.text.substr(0, 12)), std::string_view::npos) << clause.path;
      const auto line = 1 + static_cast<std::uint64_t>(std::count(source.begin(), source.begin() + clause.source.begin, '\n'));
      EXPECT_EQ(clause.line, line) << clause.path;
    }
  }
}

TEST_F(DocumentSeed, TheTextOfThePdf) {
  const ResolutionText text = read("A_RES_78_231.en.txt");
  EXPECT_EQ(text.format, "pdftotext");
  EXPECT_EQ(text.language, Language::en);
  EXPECT_EQ(text.symbol, "A/RES/78/231");
  EXPECT_EQ(text.title, "Follow-up to and implementation of the outcomes of the International Conferences on Financing for Development");
  EXPECT_EQ(text.body, "General Assembly");
  EXPECT_EQ(text.session, 78);
  EXPECT_EQ(text.adopted, (Date{2023, 12, 22}));
  EXPECT_EQ(text.issued, (Date{2023, 12, 28}));
  EXPECT_EQ(text.agenda_items, Strings{"17"});
  EXPECT_EQ(text.basis, "on the report of the Second Committee (A/78/460, para. 12)");
  EXPECT_EQ(text.meeting, "50th (resumed) plenary meeting");
  EXPECT_TRUE(text.headings.empty());
  EXPECT_TRUE(text.faults.empty()) << text.faults[0].problem;
  EXPECT_EQ(count(text, ClauseKind::preambular), 27U);
  EXPECT_EQ(count(text, ClauseKind::operative), 42U);
  EXPECT_EQ(count(text, ClauseKind::item), 5U);  // 27 (a) to (e)
  EXPECT_EQ(text.clauses[static_cast<std::size_t>(at(text, "27(e)")->parent)].path, "27");
  // Over a page's end, its footnotes and the next page's header.
  EXPECT_TRUE(text_of(text, "pp10").ends_with("while turbocharging the full implementation of the Sustainable Development Goals,"));
  EXPECT_NE(text_of(text, "21").find("for official development assistance to developing countries and 0.15 to 0.20 per cent"), std::string::npos);
  EXPECT_TRUE(text_of(text, "33").find("no later than 15 January 2024, so that") != std::string::npos) << text_of(text, "33");
}

TEST_F(DocumentSeed, FootnotesOfThePdf) {
  const ResolutionText text = read("A_RES_78_231.en.txt");
  ASSERT_EQ(text.footnotes.size(), 14U);
  EXPECT_EQ(text.footnotes[9].text,
            "Report of the International Conference on Financing for Development, Monterrey, Mexico, 18–22 March 2002 (United Nations publication, "
            "Sales No. E.02.II.A.7), chap. I, resolution 1, annex.");
  EXPECT_EQ(marks(text, "pp2"), Strings{"1"});
  EXPECT_EQ(marks(text, "pp5"), (Strings{"2", "3"}));
  EXPECT_EQ(marks(text, "pp7"), Strings{"4"});
  EXPECT_EQ(marks(text, "pp18"), Strings{"5"});
  EXPECT_EQ(marks(text, "pp23"), Strings{"6"});
  EXPECT_EQ(marks(text, "1"), (Strings{"7", "8"}));
  EXPECT_EQ(marks(text, "2"), (Strings{"9", "10"}));
  EXPECT_EQ(marks(text, "3"), Strings{"11"});
  EXPECT_EQ(marks(text, "4"), Strings{"12"});
  EXPECT_EQ(marks(text, "9"), Strings{"13"});
  EXPECT_EQ(marks(text, "18"), Strings{"14"});
  EXPECT_TRUE(text_of(text, "2").ends_with("the Doha Declaration and the Monterrey Consensus;"));
  EXPECT_TRUE(text_of(text, "pp7").starts_with("Recalling the Sendai Framework for Disaster Risk Reduction 2015–2030 and its goal"));
}

TEST_F(DocumentSeed, GapsInsideWordsAreMended) {
  const ResolutionText text = read("A_RES_78_231.en.txt");
  std::string all;
  for (const Clause& clause : text.clauses) all += clause.text + "\n";
  for (const char* gap : {"lev els", "nation al", " h it", "do mestic", "follow -up", "long -term", "2015 –2030", "sourc es", "Genera l", " b y ", "sci ence",
                          "fr ameworks", "ag reed", "environmenta l", "produ ct", " i n ", "Secretary -General", "evidence -based", "1 5 January", " an d", "Internatio nal",
                          "Sustainabl e", "pri vate", "stimulus ,", "Development ;"}) {
    EXPECT_EQ(all.find(gap), std::string::npos) << gap;
  }
  for (const char* word : {"at all levels", "hardest hit by", "gross domestic product", "made by India", "decisions and, as appropriate", "medium- and long-term"}) {
    EXPECT_NE(all.find(word), std::string::npos) << word;
  }
}

// A text cut anywhere is read, or refused as input.
TEST_F(DocumentSeed, CutAnywhere) {
  for (const char* name : {"A_RES_68_6.zh.txt", "A_RES_78_231.en.txt"}) {
    const std::string source = read_file(shared_data(std::string("../seed/") + name));
    for (std::size_t size = 0; size < source.size(); size += 397) {
      const std::string problem = refused(std::string_view(source).substr(0, size));
      EXPECT_TRUE(problem.empty() || problem == "the file holds no text") << size << problem;
    }
  }
}

}  // namespace
}  // namespace stocktake
