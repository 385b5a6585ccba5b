// Keys that were revoked: what they sealed before stays good, what they seal afterwards is a fault. And tampering with that.
#include <gtest/gtest.h>

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
using testing::text_of;

constexpr const char* when = "2014-01-01T00:00:00Z";

class KeyRevocation : public ::testing::Test {
 protected:
  testing::TemporaryFolder folder_;
  std::string path_ = testing::sample_log(folder_);  // ten entries by two signers

  std::string bytes() const { return read_file(path_); }
  static LogCheck check(const std::string& bytes) { return ChainLog::of_bytes(bytes).check(); }
  // An append of one entry behind a log, by someone who does not ask the program.
  static std::string with(const std::string& bytes, LogEntry entry, const SigningKey& key) {
    const auto lines = lines_of(bytes);
    entry.number = lines.size() + 1;
    const std::string body = line_body(entry, hash_hex(lines.back()));
    return bytes + line_with_seal(body, key.id(), sign(key, seal_message(body))) + "\n";
  }
  static LogEntry revocation(const std::string& public_key) {
    return {0, when, std::string(revocation_kind), R"({"public_key":")" + public_key + "\"}"};
  }
  static void expect_fault(const std::string& bytes, std::uint64_t entry, const std::string& problem) {
    const LogCheck found = check(bytes);
    ASSERT_TRUE(found.fault) << problem;
    EXPECT_EQ(found.fault->entry, entry) << found.fault->problem;
    EXPECT_NE(found.fault->problem.find(problem), std::string::npos) << found.fault->problem;
  }
  std::uint64_t revoke(const std::string& wanted, const SigningKey& key) {
    return LogWriter::open(path_).revoke(wanted, "stolen", when, key);
  }
};

TEST_F(KeyRevocation, ByAnotherKey) {
  EXPECT_EQ(revoke(audit_key().id(), planning_key()), 11U);
  const LogCheck found = check(bytes());
  EXPECT_FALSE(found.fault);  // what it sealed before stays good
  ASSERT_EQ(found.revoked.size(), 1U);
  EXPECT_EQ(found.revoked[0], (RevokedKey{"审计署", audit_key().id(), 11}));
  EXPECT_THROW(LogWriter::open(path_).append({note("late")}, audit_key()), Error);  // the program does not sign with it
  LogWriter::open(path_).append({note("by the other")}, planning_key());
  EXPECT_FALSE(check(bytes()).fault);
}

TEST_F(KeyRevocation, ByTheKeyItself) {
  EXPECT_EQ(revoke("审计署", audit_key()), 11U);
  EXPECT_FALSE(check(bytes()).fault);
  expect_fault(with(bytes(), note("late"), audit_key()), 12, "of 审计署, which entry 11 revoked");
}

TEST_F(KeyRevocation, EntriesSealedAfterwardsAreNamed) {
  revoke(audit_key().id(), planning_key());
  const std::string late = with(bytes(), note("late"), audit_key());
  expect_fault(late, 12, "signature: entry 12 sealed by the key 3d4017c3e843895a of 审计署, which entry 11 revoked");
  EXPECT_EQ(check(late).head.entries, 11U);                               // all before it stands
  expect_fault(with(late, note("more"), planning_key()), 12, "revoked");  // a good entry on top does not mend it
  EXPECT_THROW(LogWriter::open(path_).revoke(audit_key().id(), "", when, planning_key()), Error);
  // A key that was revoked revokes no other.
  expect_fault(with(bytes(), revocation(planning_key().public_key), audit_key()), 12, "which entry 11 revoked");
  // Nor does it come back.
  const LogEntry again{0, when, "key", R"({"name":"审计署","public_key":")" + audit_key().public_key + "\"}"};
  expect_fault(with(bytes(), again, audit_key()), 12, "");
}

TEST_F(KeyRevocation, EvenWhenFewSealsAreChecked) {
  revoke(audit_key().id(), planning_key());
  const std::string late = with(with(bytes(), note("late"), audit_key()), note("more"), planning_key());
  LogCheckOptions few;
  few.seal_limit = 1;
  const LogCheck found = ChainLog::of_bytes(late).check(few);
  ASSERT_TRUE(found.fault);
  EXPECT_EQ(found.fault->entry, 12U);
}

TEST_F(KeyRevocation, TamperingWithTheRevocation) {
  revoke(audit_key().id(), planning_key());
  const std::string before = with(bytes(), note("after"), planning_key());
  auto lines = lines_of(before);
  auto altered = lines;
  altered[10].replace(altered[10].find("stolen"), 6, "STOLEN");
  expect_fault(text_of(altered), 11, "altered");
  auto dropped = lines;
  dropped.erase(dropped.begin() + 10);
  expect_fault(text_of(dropped), 11, "dropped");
  auto swapped = lines;
  std::swap(swapped[10], swapped[11]);
  expect_fault(text_of(swapped), 11, "dropped");
  auto inserted = lines;
  inserted.insert(inserted.begin() + 11, lines[10]);
  expect_fault(text_of(inserted), 11, "stands here again");
  // Signed anew by a key that the log does not know.
  const SigningKey unknown = key_of_seed("Somebody", std::string(32, 'x'));
  const std::string first_ten = text_of({lines.begin(), lines.begin() + 10});
  expect_fault(with(first_ten, revocation(audit_key().public_key), unknown), 11, "a key that the log does not know");
  // Cut off behind the revocation's append: only a receipt tells.
  EXPECT_FALSE(check(first_ten).fault);
  const LogReceipt receipt = make_receipt(check(before).head, when, planning_key());
  const LogCheck found = ChainLog::of_bytes(first_ten).check({}, &receipt);
  ASSERT_TRUE(found.fault);
  EXPECT_EQ(found.fault->entry, 11U);
}

TEST_F(KeyRevocation, RevocationsThatAreNone) {
  expect_fault(with(bytes(), {0, when, std::string(revocation_kind), "{}"}, planning_key()), 11, "without the key");
  expect_fault(with(bytes(), revocation("d75a"), planning_key()), 11, "without the key");
  expect_fault(with(bytes(), revocation(std::string(64, 'a')), planning_key()), 11, "does not know");
  // A second one is harmless: the first counts.
  revoke(audit_key().id(), planning_key());
  const LogCheck twice = check(with(bytes(), revocation(audit_key().public_key), planning_key()));
  EXPECT_FALSE(twice.fault);
  ASSERT_EQ(twice.revoked.size(), 1U);
  EXPECT_EQ(twice.revoked[0].entry, 11U);
}

TEST_F(KeyRevocation, WhichKeyIsMeant) {
  const auto kind = [&](const std::string& wanted) {
    try {
      revoke(wanted, planning_key());
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::internal;
  };
  EXPECT_EQ(kind("nobody"), ErrorKind::not_found);
  EXPECT_EQ(kind("3d4"), ErrorKind::not_found);  // too short to name one
  EXPECT_EQ(kind(""), ErrorKind::not_found);
  LogWriter::open(path_).append({note("x")}, key_of_seed("审计署", std::string(32, 'y')));
  EXPECT_EQ(kind("审计署"), ErrorKind::usage);  // two have the name
  revoke("3d40", planning_key());
  EXPECT_EQ(kind("3d40"), ErrorKind::input);  // revoked already
}

TEST_F(KeyRevocation, AReceiptOfARevokedKey) {
  const LogReceipt before = make_receipt(check(bytes()).head, when, audit_key());
  revoke(audit_key().id(), planning_key());
  const LogReceipt after = make_receipt(check(bytes()).head, when, audit_key());
  const std::string log = bytes();
  EXPECT_FALSE(ChainLog::of_bytes(log).check({}, &before).fault);
  const LogCheck found = ChainLog::of_bytes(log).check({}, &after);
  ASSERT_TRUE(found.fault);
  EXPECT_NE(found.fault->problem.find("had revoked it"), std::string::npos) << found.fault->problem;
}

}  // namespace
}  // namespace stocktake
