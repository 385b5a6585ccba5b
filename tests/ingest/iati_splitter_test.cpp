// Cutting a stream into activities: any block size gives the same cuts, and what is broken is told with its line.
#include <gtest/gtest.h>

#include "base/error.h"
#include "ingest/iati/splitter.h"
#include "ingest/iati/stream.h"

namespace stocktake::iati {
namespace {

struct Cut {
  std::vector<std::string> texts;
  std::vector<std::uint64_t> lines;
  std::string version, broken;
  std::uint64_t broken_line = 0;
};

Cut cut(std::string_view text, std::size_t step, std::size_t batch = 1 << 20, std::size_t longest = 48U << 20) {
  Splitter splitter("f.xml", batch, longest);
  Cut result;
  const auto take = [&] {
    const Batch part = splitter.take();
    for (const Slice& slice : part.slices) {
      result.texts.emplace_back(part.of(slice));
      result.lines.push_back(slice.line);
    }
  };
  for (std::size_t at = 0; at < text.size(); at += step) {
    if (splitter.feed(text.substr(at, step))) take();
  }
  if (splitter.finish()) take();
  result.version = splitter.version();
  result.broken = splitter.broken();
  result.broken_line = splitter.broken_line();
  return result;
}

const std::string tricky =
    "<?xml version=\"1.0\"?>\n<!-- <iati-activity> no -->\n<iati-activities version = '2.03' generated-datetime=\"x\">\n"
    "<iati-activity a=\">\">\n<![CDATA[</iati-activity>]]><x y='</'/><!-- </iati-activity> --></iati-activity>\n"
    "<iati-activity/>\n<iati-activity\n b='/'><?pi </iati-activity>?></iati-activity ></iati-activities>\n";

TEST(IatiSplitter, AnyBlocksGiveTheSameCuts) {
  const Cut whole = cut(tricky, tricky.size());
  ASSERT_EQ(whole.texts.size(), 3U);
  EXPECT_EQ(whole.lines, (std::vector<std::uint64_t>{4, 6, 7}));
  EXPECT_EQ(whole.texts[1], "<iati-activity/>");
  EXPECT_TRUE(whole.texts[0].ends_with("<!-- </iati-activity> --></iati-activity>"));
  EXPECT_EQ(whole.version, "2.03");
  EXPECT_EQ(whole.broken, "");
  for (const std::size_t step : {1, 2, 3, 7, 19, 64}) {
    for (const std::size_t batch : {1, 50, 1000}) {
      const Cut parts = cut(tricky, step, batch);
      EXPECT_EQ(parts.texts, whole.texts) << step << " " << batch;
      EXPECT_EQ(parts.lines, whole.lines) << step << " " << batch;
      EXPECT_EQ(parts.version, "2.03");
    }
  }
}

TEST(IatiSplitter, WhatEndsEarlyIsTold) {
  const Cut inside = cut("<iati-activities>\n<iati-activity>\n</iati-activity>\n<iati-activity>\n<x>\n", 5);
  EXPECT_EQ(inside.texts.size(), 1U);
  EXPECT_EQ(inside.broken, "the file ends within the activity that begins in line 4");
  EXPECT_EQ(inside.broken_line, 6U);
  EXPECT_EQ(cut("<iati-activities>\n<iati-activity/>\n", 4).broken, "the file ends before </iati-activities>");
  EXPECT_EQ(cut("", 1).broken, "the file is empty, expected <iati-activities>");
  EXPECT_EQ(cut(" \n\t", 1).broken, "the file is empty, expected <iati-activities>");
  EXPECT_EQ(
      cut("\n{\"error\": \"not found\", \"help\": \"https://example.org\"}", 3).broken,
      "the file has no element, expected <iati-activities>; it begins with '{\"error\": \"not found\", \"help\": \"https://'");
  EXPECT_EQ(cut("<!-- open", 3).broken, "the file ends early");
  EXPECT_EQ(cut("<iati-activity><x/></iati-activity>", 3).broken, "");  // 1.0x: one activity alone
  EXPECT_EQ(cut("<iati-activities version=\"2.03\"/>", 3).broken, "");
}

// A missing end tag costs its activity, not the rest of the file.
TEST(IatiSplitter, AnActivityThatIsNotClosedEndsWhereTheNextBegins) {
  for (const std::size_t step : {1, 4, 30, 200}) {
    const Cut parts =
        cut("<iati-activities>\n<iati-activity>a\n<iati-activity>b</iati-activity>\n<iati-activity>c\n</iati-activities>", step);
    EXPECT_EQ(parts.texts,
              (std::vector<std::string>{"<iati-activity>a\n", "<iati-activity>b</iati-activity>", "<iati-activity>c\n"}))
        << step;
    EXPECT_EQ(parts.lines, (std::vector<std::uint64_t>{2, 3, 4}));
    EXPECT_EQ(parts.broken, "");
  }
}

TEST(IatiSplitter, ADocumentTypeBehindAnActivityEndsTheFile) {
  for (const std::size_t step : {1, 4, 30, 200}) {
    const Cut parts =
        cut("<iati-activities>\n<iati-activity/>\n<!DOCTYPE x [<!ENTITY a 'b'>]>\n<iati-activity/></iati-activities>", step);
    EXPECT_EQ(parts.texts.size(), 1U);
    EXPECT_EQ(parts.broken, "a document type declaration within the data: what follows is not read");
    EXPECT_EQ(parts.broken_line, 3U);
  }
}

// Answers of the IATI Datastore, as its page "Structure of data" shows them: the list within <result>, a <query> before it.
TEST(IatiSplitter, AListWithinAResultIsRead) {
  for (const std::size_t step : {1, 5, 40, 300}) {
    const Cut parts =
        cut("<result xmlns:iati-extra='http://d/ns'>\n<ok>True</ok>\n<iati-activities "
            "generated-datetime='x'><query><start>0</start></query>\n"
            "<iati-activity>a</iati-activity></iati-activities></result>",
            step);
    EXPECT_EQ(parts.texts, (std::vector<std::string>{"<iati-activity>a</iati-activity>"})) << step;
    EXPECT_EQ(parts.broken, "");
  }
  EXPECT_EQ(cut("<result><ok>False</ok></result>", 4).broken, "the file has no <iati-activities>");
}

void expect_refused(std::string_view text, std::string_view words, std::uint64_t line) {
  for (const std::size_t step : {1UL, 6UL, text.size()}) {
    try {
      cut(text, step);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::input);
      EXPECT_NE(error.problem().find(words), std::string::npos) << error.problem();
      EXPECT_EQ(error.where().line, line);
    }
  }
}

TEST(IatiSplitter, WhatIsNoListOfActivitiesIsRefused) {
  expect_refused("<?xml version='1.0'?>\n<!DOCTYPE x [\n<!ENTITY a 'b'>]><iati-activities/>", "internal subset", 2);
  expect_refused("<iati-activities>\n<!DOCTYPE x>", "within the data", 2);
  expect_refused("\n<html><body/></html>  ............", "the first element is <html>", 2);
  expect_refused("<iati-organisations version='2.03'>", "organisations", 1);
}

TEST(IatiSplitter, ADocumentTypeWithoutSubsetIsHarmless) {
  EXPECT_EQ(cut("<!DOCTYPE iati-activities SYSTEM 'x.dtd'>\n<iati-activities><iati-activity/></iati-activities>", 9).texts.size(),
            1U);
}

TEST(IatiSplitter, AnActivityThatIsTooLongIsLeftOut) {
  const std::string text = "<iati-activities>\n<iati-activity>" + std::string(5000, 'x') +
                           "</iati-activity>\n<iati-activity>y</iati-activity></iati-activities>";
  for (const std::size_t step : {1, 10, 700}) {
    Splitter splitter("f", 1, 1000);
    std::vector<std::string> kept;
    for (std::size_t at = 0; at < text.size(); at += step) {
      if (!splitter.feed(std::string_view(text).substr(at, step))) continue;
      const Batch batch = splitter.take();
      for (const Slice& slice : batch.slices) kept.emplace_back(batch.of(slice));
    }
    if (splitter.finish()) {
      const Batch batch = splitter.take();
      for (const Slice& slice : batch.slices) kept.emplace_back(batch.of(slice));
    }
    EXPECT_EQ(kept, (std::vector<std::string>{"<iati-activity>y</iati-activity>"})) << step;
    ASSERT_EQ(splitter.oversize().size(), 1U);
    EXPECT_EQ(splitter.oversize()[0].line, 2U);
    EXPECT_EQ(splitter.activities(), 2U);
  }
}

TEST(IatiSplitter, OtherEncodingsBecomeUtf8) {
  const auto text = [](std::string bytes) {
    const auto source = ByteSource::from_bytes(std::move(bytes), "f");
    xml::Utf8Text utf8(*source);
    std::string all;
    for (auto block = utf8.next(); !block.empty(); block = utf8.next()) all += block;
    return all;
  };
  EXPECT_EQ(text("\xEF\xBB\xBF<a/>"), "<a/>");
  EXPECT_EQ(text("<?xml version='1.0' encoding='iso-8859-1'?><a>\xE9</a>"),
            "<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>");
  EXPECT_EQ(text(std::string("\xFF\xFE<\0a\0/\0>\0", 10)), "<a/>");
  EXPECT_EQ(text(std::string("\xFE\xFF\0<\0a\0/\0>", 10)), "<a/>");
  EXPECT_THROW(text("<?xml version='1.0' encoding='klingon'?><a/>"), Error);
}

TEST(IatiStream, ResultsComeInTheOrderOfTheFile) {
  std::string text = "<iati-activities>";
  for (int i = 0; i < 60000; ++i)
    text += "<iati-activity n='" + std::to_string(i) + "'>" + std::string(50, 'x') + "</iati-activity>";
  text += "</iati-activities>";
  for (const unsigned threads : {1U, 3U}) {
    const auto source = ByteSource::from_bytes(text, "f");
    std::vector<std::string> seen;
    const StreamReport report = read_activities<std::vector<std::string>>(
        *source, threads,
        [](const Batch& batch) {
          std::vector<std::string> names;
          for (const Slice& slice : batch.slices) names.emplace_back(batch.of(slice).substr(0, 24));
          return names;
        },
        [&](std::vector<std::string>&& names) { seen.insert(seen.end(), names.begin(), names.end()); });
    EXPECT_EQ(report.activities, 60000U);
    ASSERT_EQ(seen.size(), 60000U);
    for (int i = 0; i < 60000; i += 997)
      EXPECT_EQ(seen[static_cast<std::size_t>(i)].rfind("<iati-activity n='" + std::to_string(i) + "'", 0), 0U);
  }
}

}  // namespace
}  // namespace stocktake::iati
