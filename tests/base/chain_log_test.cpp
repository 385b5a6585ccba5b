// What the log's check finds: every kind of tampering, and which entry it names.
#include "base/chain_log.h"

#include <random>

#include "base/chain_log_line.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/log_sample.h"

namespace stocktake {
namespace {

using testing::audit_key;
using testing::lines_of;
using testing::note;
using testing::planning_key;
using testing::sample_log;
using testing::text_of;

class ChainLogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    bytes_ = read_file(sample_log(folder_));
    lines_ = lines_of(bytes_);
    ASSERT_EQ(lines_.size(), 10U);
  }
  static LogCheck check(const std::string& bytes, const LogCheckOptions& options = {}) {
    return ChainLog::of_bytes(bytes).check(options);
  }
  static void expect_fault(const std::vector<std::string>& lines, std::uint64_t entry, const std::string& problem) {
    const LogCheck found = check(text_of(lines));
    ASSERT_TRUE(found.fault) << problem;
    EXPECT_EQ(found.fault->entry, entry) << found.fault->problem;
    EXPECT_NE(found.fault->problem.find(problem), std::string::npos) << found.fault->problem;
  }
  // A line with another payload, and all links and seals after it made anew by someone who has one of the keys.
  static void forge_on(std::vector<std::string>& lines, std::size_t from, const SigningKey& key) {
    for (std::size_t i = from; i < lines.size(); ++i) {
      LogLine line;
      ASSERT_EQ(scan_line(lines[i], line), "");
      const std::string prev = i == 0 ? std::string(no_hash) : hash_hex(lines[i - 1]);
      const LogEntry entry{i + 1, std::string(line.time), std::string(line.kind), std::string(line.payload)};
      const std::string body = line_body(entry, prev);
      lines[i] =
          line.seal_key.empty() ? line_without_seal(body) : line_with_seal(body, line.seal_key, sign(key, seal_message(body)));
    }
  }

  testing::TemporaryFolder folder_;
  std::string bytes_;
  std::vector<std::string> lines_;
};

TEST_F(ChainLogTest, AnIntactLog) {
  const LogCheck found = check(bytes_);
  EXPECT_FALSE(found.fault) << found.fault->problem;
  EXPECT_EQ(found.head.entries, 10U);
  EXPECT_EQ(found.head.hash, hash_hex(lines_.back()));
  EXPECT_EQ(found.seals, 5U);
  EXPECT_EQ(found.seals_checked, 5U);
  EXPECT_EQ(found.signers, (std::vector<std::string>{"Ministry of Planning d75a980182b10ab7", "审计署 3d4017c3e843895a"}));
}

TEST_F(ChainLogTest, AnEmptyLog) {
  const LogCheck found = check("");
  EXPECT_FALSE(found.fault);
  EXPECT_EQ(found.head, (LogHead{0, std::string(64, '0')}));
}

TEST_F(ChainLogTest, TheSameWhateverTheThreads) {
  for (const unsigned threads : {1U, 2U, 7U}) {
    LogCheckOptions options;
    options.threads = threads;
    const LogCheck found = check(bytes_, options);
    EXPECT_FALSE(found.fault);
    EXPECT_EQ(found.head.hash, check(bytes_).head.hash);
  }
}

TEST_F(ChainLogTest, EntriesComeWithTheirSigners) {
  std::vector<std::string> seen;
  ChainLog::of_bytes(bytes_).each([&](const LogEntry& entry, std::string_view signer) {
    seen.push_back(std::to_string(entry.number) + " " + entry.kind + " " + std::string(signer) + " " + entry.payload);
  });
  ASSERT_EQ(seen.size(), 10U);
  EXPECT_EQ(seen[1], R"(2 note Ministry of Planning {"text":"one"})");
  EXPECT_EQ(seen[2], R"(3 note Ministry of Planning {"text":"two {[\"]}"})");
  EXPECT_EQ(seen[5], R"(6 note 审计署 {"text":"四"})");
}

// Every byte of the log with one of its bits turned: found, and the right entry named. A bit of an append's last line can also
// spoil only the seal; then the entries under that seal are named, from the first on, with the line of the seal.
TEST_F(ChainLogTest, EveryByteTurned) {
  const std::vector<std::uint64_t> first_of_append{0, 1, 1, 1, 4, 5, 5, 7, 7, 7, 10};
  std::mt19937 random(20131009);
  std::uint64_t entry = 1;
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    std::string altered = bytes_;
    altered[i] = static_cast<char>(static_cast<unsigned char>(altered[i]) ^ (1U << (random() % 8)));
    const LogCheck found = check(altered);
    ASSERT_TRUE(found.fault) << "byte " << i;
    const bool named = found.fault->entry == entry;
    const bool sealed = found.fault->line == entry && found.fault->entry == first_of_append[entry];
    EXPECT_TRUE(named || sealed) << "byte " << i << " of entry " << entry << ": named " << found.fault->entry << ", "
                                 << found.fault->problem << "\n"
                                 << altered.substr(i < 40 ? 0 : i - 40, 80);
    if (bytes_[i] == '\n') ++entry;
  }
}

TEST_F(ChainLogTest, EveryEntryDropped) {
  for (std::size_t i = 0; i + 1 < lines_.size(); ++i) {
    auto lines = lines_;
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
    expect_fault(lines, i + 1, "dropped");
  }
}

TEST_F(ChainLogTest, SeveralEntriesDropped) {
  auto lines = lines_;
  lines.erase(lines.begin() + 3, lines.begin() + 6);
  expect_fault(lines, 4, "dropped: entry 7 stands in its place");
  lines = lines_;
  lines.erase(lines.begin(), lines.begin() + 4);
  expect_fault(lines, 1, "dropped");
}

TEST_F(ChainLogTest, EveryTwoSwapped) {
  for (std::size_t i = 0; i + 1 < lines_.size(); ++i) {
    auto lines = lines_;
    std::swap(lines[i], lines[i + 1]);
    expect_fault(lines, i + 1, "dropped");
  }
}

TEST_F(ChainLogTest, EveryEntryTwice) {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    auto lines = lines_;
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    expect_fault(lines, i + 1, "stands here again");
  }
}

TEST_F(ChainLogTest, AnEntryInsertedEverywhere) {
  for (std::size_t i = 1; i < lines_.size(); ++i) {
    auto lines = lines_;
    LogEntry forged = note("forged");
    forged.number = i + 1;
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(i), line_without_seal(line_body(forged, hash_hex(lines[i - 1]))));
    expect_fault(lines, i + 1, "inserted");
  }
}

TEST_F(ChainLogTest, AnEarlierEntryAgainAtTheEnd) {
  auto lines = lines_;
  lines.push_back(lines[3]);
  expect_fault(lines, 11, "stands here again");
}

TEST_F(ChainLogTest, TheWholeRestForgedWithoutTheKey) {
  for (std::size_t i = 1; i < lines_.size(); ++i) {
    auto lines = lines_;
    const std::size_t at = lines[i].find(R"("payload":{")") + 12;
    if (lines[i].find(R"("kind":"key")") != std::string::npos) continue;
    lines[i][at] = 'T';
    forge_on(lines, i, key_of_seed("Ministry of Planning", std::string(32, 'x')));
    const LogCheck found = check(text_of(lines));
    ASSERT_TRUE(found.fault) << i;
    // By the seals alone, only which append was altered can be told.
    EXPECT_LE(found.fault->entry, i + 1);
    EXPECT_GE(found.fault->line, i + 1);
    EXPECT_NE(found.fault->problem.find("signature"), std::string::npos) << found.fault->problem;
  }
}

TEST_F(ChainLogTest, ASealOfAnotherKey) {
  auto lines = lines_;
  const std::size_t at = lines[9].find("3d4017c3e843895a");
  lines[9].replace(at, 16, "d75a980182b10ab7");
  expect_fault(lines, 10, "signature: the seal over entry 10 is not that of Ministry of Planning");
  lines[9].replace(at, 16, "0123456789abcdef");
  expect_fault(lines, 10, "sealed by a key that the log does not know");
  // A seal of the right key over other words.
  lines = lines_;
  LogLine first, last;
  scan_line(lines[3], first);
  scan_line(lines[9], last);
  lines[9] = line_with_seal(last.body, first.seal_key, first.signature);
  expect_fault(lines, 10, "signature");
}

TEST_F(ChainLogTest, AKeyThatDidNotSealItsOwnEntry) {
  std::vector<std::string> lines;
  const LogEntry entry{1, "2013-10-09T00:00:00Z", "key", R"({"name":"Somebody","public_key":")" + audit_key().public_key + "\"}"};
  const std::string body = line_body(entry, no_hash);
  lines.push_back(line_with_seal(body, planning_key().id(), sign(planning_key(), seal_message(body))));
  expect_fault(lines, 1, "a key's first entry is not sealed by that key");
}

TEST_F(ChainLogTest, AKeyASecondTime) {
  auto lines = lines_;
  LogEntry again{11, "2013-10-09T00:00:00Z", "key", R"({"name":"Impostor","public_key":")" + audit_key().public_key + "\"}"};
  const std::string body = line_body(again, hash_hex(lines.back()));
  lines.push_back(line_with_seal(body, audit_key().id(), sign(audit_key(), seal_message(body))));
  expect_fault(lines, 11, "a key is introduced a second time");
}

// The end cut off: at the end of an append only a receipt tells; within one the missing seal does.
TEST_F(ChainLogTest, TheEndCutOff) {
  const LogReceipt receipt = make_receipt(check(bytes_).head, "2026-11-24T00:00:00Z", audit_key());
  const std::vector<std::uint64_t> sealed{0, 0, 0, 3, 4, 4, 6, 6, 6, 9, 10};
  for (std::size_t keep = 0; keep < lines_.size(); ++keep) {
    const std::string cut = text_of({lines_.begin(), lines_.begin() + static_cast<std::ptrdiff_t>(keep)});
    const LogCheck found = check(cut);
    EXPECT_EQ(found.head.entries, sealed[keep]);
    EXPECT_EQ(found.fault.has_value(), sealed[keep] != keep);
    if (found.fault) {
      EXPECT_TRUE(found.fault->unfinished);
      EXPECT_EQ(found.fault->entry, keep);
    }
    const LogCheck with_receipt = ChainLog::of_bytes(cut).check({}, &receipt);
    ASSERT_TRUE(with_receipt.fault) << keep;
    EXPECT_FALSE(with_receipt.fault->unfinished);
    EXPECT_EQ(with_receipt.fault->entry, sealed[keep] + 1);
    EXPECT_NE(with_receipt.fault->problem.find("dropped"), std::string::npos);
  }
  EXPECT_FALSE(ChainLog::of_bytes(bytes_).check({}, &receipt).fault);
}

TEST_F(ChainLogTest, ALogWrittenAnewOrGrown) {
  const LogReceipt receipt = make_receipt(check(bytes_).head, "2026-11-24T00:00:00Z", audit_key());
  const testing::TemporaryFolder other;
  {
    LogWriter writer = LogWriter::open(other.path("log"));
    for (int i = 0; i < 12; ++i) writer.append({note("another story")}, audit_key());
  }
  const std::string anew = read_file(other.path("log"));
  EXPECT_FALSE(check(anew).fault);  // sound in itself
  const LogCheck found = ChainLog::of_bytes(anew).check({}, &receipt);
  ASSERT_TRUE(found.fault);
  EXPECT_EQ(found.fault->entry, 0U);
  EXPECT_NE(found.fault->problem.find("written anew"), std::string::npos);
  // A log that only grew still fits to its receipt.
  LogWriter::open(folder_.path("log.jsonl")).append({note("nine")}, planning_key());
  EXPECT_FALSE(ChainLog::open(folder_.path("log.jsonl")).check({}, &receipt).fault);
}

TEST_F(ChainLogTest, Receipts) {
  const LogReceipt receipt = make_receipt(check(bytes_).head, "2026-11-24T00:00:00Z", audit_key());
  const std::string text = to_json(receipt);
  EXPECT_EQ(to_json(parse_receipt(text, "r")), text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string altered = text;
    altered[i] = static_cast<char>(altered[i] ^ 1);
    if (altered == text) continue;
    try {
      // Blanks between the fields are no part of what is signed.
      EXPECT_EQ(to_json(parse_receipt(altered, "r")), text) << i;
    } catch (const Error& error) {
      EXPECT_TRUE(error.kind() == ErrorKind::input || error.kind() == ErrorKind::check_failed);
    }
  }
  EXPECT_THROW(parse_receipt("", "r"), Error);
  EXPECT_THROW(parse_receipt("[1]", "r"), Error);
}

// Beyond the limit only the last seal of each signer is checked, and a bad one before it is found through it or with every_seal.
TEST_F(ChainLogTest, FewSealsChecked) {
  LogCheckOptions few;
  few.seal_limit = 3;
  LogCheck found = check(bytes_, few);
  EXPECT_FALSE(found.fault);
  EXPECT_EQ(found.seals_checked, 2U);
  few.every_seal = true;
  EXPECT_EQ(check(bytes_, few).seals_checked, 5U);
  few.every_seal = false;
  // All from entry 4 forged: the last seals are bad too, and then the first one is looked for.
  auto lines = lines_;
  lines[3][lines[3].find("three")] = 'T';
  forge_on(lines, 3, key_of_seed("x", std::string(32, 'x')));
  found = check(text_of(lines), few);
  ASSERT_TRUE(found.fault);
  EXPECT_EQ(found.fault->entry, 4U);
}

TEST_F(ChainLogTest, BytesThatAreNoLog) {
  for (const char* text : {"\n", "\n\n", "{}\n", "null\n", "{\"n\":1}\n", "\xEF\xBB\xBF{\n", "[]"}) {
    const LogCheck found = check(text);
    ASSERT_TRUE(found.fault) << text;
    EXPECT_EQ(found.fault->entry, 1U);
  }
  EXPECT_THROW(ChainLog::of_bytes("x\n").each([](const LogEntry&, std::string_view) {}), Error);
}

// One form of a line: blanks, another order, capitals or a doubled field are no entry, even where JSON would be the same.
TEST_F(ChainLogTest, LinesHaveOneForm) {
  LogLine line;
  EXPECT_EQ(scan_line(lines_[3], line), "");
  EXPECT_EQ(line.number, 4U);
  EXPECT_EQ(line.payload, R"({"text":"three"})");
  const auto broken = [&](const std::string& from, const std::string& to) {
    std::string text = lines_[3];
    text.replace(text.find(from), from.size(), to);
    EXPECT_NE(scan_line(text, line), "") << to;
  };
  broken("{\"n\":4", "{\"n\": 4");
  broken("{\"n\":4", "{\"n\":04");
  broken("{\"n\":4", "{\"n\":4.0");
  broken("{\"n\":4", "{\"n\":4444444444444444444444");
  broken("\"kind\":\"note\"", "\"kind\":\"Note\"");
  broken("2013-10-09T", "2013-10-09 ");
  broken("\"three\"}", "\"three\"},\"more\":{}");
  broken("\"three\"}", "\"three\"");
  broken("\"three\"}", "\"three\"}}");
  broken("three", "thr\tee");
  EXPECT_NE(scan_line(lines_[3] + " ", line), "");
  EXPECT_NE(scan_line(lines_[3] + "\r", line), "");
}

}  // namespace
}  // namespace stocktake
