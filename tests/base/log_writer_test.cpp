// Writing the log on good and bad days: torn ends, two writers, a full disk, a folder that refuses, kill -9.
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <thread>

#include "base/error.h"
#include "base/log_sample.h"

namespace stocktake {
namespace {

namespace fs = std::filesystem;
using testing::audit_key;
using testing::lines_of;
using testing::note;
using testing::planning_key;
using testing::sample_log;
using testing::text_of;

ErrorKind kind_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_FALSE(error.problem().empty());
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorKind::internal;
}

TEST(LogWriting, NumbersAndKeys) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.path("log");
  LogWriter writer = LogWriter::open(path);
  using Numbers = std::pair<std::uint64_t, std::uint64_t>;
  EXPECT_EQ(writer.append({note("a")}, planning_key()), Numbers(2, 2));  // 1 is the key's
  EXPECT_EQ(writer.append({note("b"), note("c")}, planning_key()), Numbers(3, 4));
  EXPECT_EQ(writer.append({note("d")}, audit_key()), Numbers(6, 6));
  int seen = 0;
  writer.each([&](const LogEntry& entry, std::string_view) { EXPECT_EQ(entry.number, static_cast<std::uint64_t>(++seen)); });
  EXPECT_EQ(seen, 6);
  const LogCheck found = ChainLog::of_bytes(read_file(path)).check();
  EXPECT_FALSE(found.fault);
  EXPECT_EQ(found.head, writer.head());
}

TEST(LogWriting, TheSameBytesAgain) {
  const testing::TemporaryFolder one, two;
  EXPECT_EQ(read_file(sample_log(one)), read_file(sample_log(two)));
}

TEST(LogWriting, OpenedAgainItGoesOn) {
  const testing::TemporaryFolder folder;
  const std::string path = sample_log(folder);
  LogWriter::open(path).append({note("nine")}, audit_key());
  EXPECT_EQ(ChainLog::open(path).check().head.entries, 11U);
  EXPECT_FALSE(ChainLog::open(path).check().fault);
}

// The write cut off at every byte, as by a crash: the rest is never taken for entries, the next append sets it aside, and what
// came before is as it was.
TEST(LogWriting, CutOffAtEveryByte) {
  const testing::TemporaryFolder folder;
  const std::string path = sample_log(folder);
  const std::string whole = read_file(path);
  const auto lines = lines_of(whole);
  const std::string sealed = text_of({lines.begin(), lines.begin() + 6});  // then comes an append of three
  const std::size_t append = text_of({lines.begin(), lines.begin() + 9}).size();
  for (std::size_t size = sealed.size() + 1; size < append; size += 7) {
    folder.write("log.jsonl", whole.substr(0, size));
    const LogCheck found = ChainLog::open(path).check();
    ASSERT_TRUE(found.fault && found.fault->unfinished) << size;
    EXPECT_EQ(found.head.entries, 6U);
    std::uint64_t seen = 0;
    ChainLog::open(path).each([&](const LogEntry&, std::string_view) { ++seen; });
    EXPECT_EQ(seen, 6U);
    LogWriter writer = LogWriter::open(path);
    writer.append({note("after")}, audit_key());
    ASSERT_FALSE(writer.set_aside().empty());
    EXPECT_EQ(read_file(writer.set_aside()), whole.substr(sealed.size(), size - sealed.size()));
    const std::string now = read_file(path);
    EXPECT_TRUE(now.starts_with(sealed));
    EXPECT_FALSE(ChainLog::of_bytes(now).check().fault);
    fs::remove(writer.set_aside());
  }
}

// What a file system may leave of a write that never reached the disk: zeros.
TEST(LogWriting, AnEndOfZeros) {
  const testing::TemporaryFolder folder;
  const std::string path = sample_log(folder);
  folder.write("log.jsonl", read_file(path) + std::string(4096, '\0'));
  EXPECT_TRUE(ChainLog::open(path).check().fault->unfinished);
  LogWriter::open(path).append({note("after")}, audit_key());
  EXPECT_FALSE(ChainLog::open(path).check().fault);
}

TEST(LogWriting, NothingIsBuiltOnABadLog) {
  const testing::TemporaryFolder folder;
  const std::string path = sample_log(folder);
  std::string bytes = read_file(path);
  const std::string good = bytes;
  bytes[bytes.size() - 10] = bytes[bytes.size() - 10] == '0' ? '1' : '0';  // within the last seal
  folder.write("log.jsonl", bytes);
  EXPECT_EQ(kind_of([&] { LogWriter::open(path); }), ErrorKind::check_failed);
  EXPECT_EQ(read_file(path), bytes);
  bytes = good;
  bytes[300] ^= 1;
  folder.write("log.jsonl", bytes);
  EXPECT_EQ(kind_of([&] { LogWriter::open(path); }), ErrorKind::check_failed);
}

TEST(LogWriting, OneAtATime) {
  const testing::TemporaryFolder folder;
  const std::string path = sample_log(folder);
  {
    const LogWriter first = LogWriter::open(path);
    EXPECT_EQ(kind_of([&] { LogWriter::open(path, 20); }), ErrorKind::busy);
  }
  {
    const ChainLog reader = ChainLog::open(path), another = ChainLog::open(path);  // many readers
    EXPECT_EQ(kind_of([&] { LogWriter::open(path, 20); }), ErrorKind::busy);
  }
  // Four threads that wait for each other lose nothing.
  std::vector<std::thread> writers;
  for (int t = 0; t < 4; ++t) {
    writers.emplace_back([&, t] {
      for (int i = 0; i < 5; ++i) LogWriter::open(path, 60'000).append({note("t" + std::to_string(t))}, planning_key());
    });
  }
  for (auto& writer : writers) writer.join();
  const LogCheck found = ChainLog::open(path).check();
  EXPECT_FALSE(found.fault);
  EXPECT_EQ(found.head.entries, 30U);
}

// Runs act in a child process; the kind of Error it ended with, or 0.
int in_child(const std::function<void()>& act) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      act();
      ::_exit(0);
    } catch (const Error& error) {
      ::_exit(exit_code(error.kind()));
    } catch (...) {
      ::_exit(99);
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

TEST(LogWriting, AFullDisk) {
  const testing::TemporaryFolder folder;
  const std::string path = sample_log(folder);
  const std::string before = read_file(path);
  for (const std::size_t room : {0UL, 1UL, 100UL, 500UL}) {
    const int code = in_child([&] {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{before.size() + room, before.size() + room};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      LogWriter::open(path).append({note("a"), note("b"), note("c")}, planning_key());
    });
    EXPECT_EQ(code, exit_code(ErrorKind::store)) << room;
    EXPECT_EQ(read_file(path), before) << room;
  }
}

TEST(LogWriting, PlacesThatRefuse) {
  const testing::TemporaryFolder folder;
  EXPECT_EQ(kind_of([&] { LogWriter::open(folder.path("none/log")); }), ErrorKind::store);
  EXPECT_EQ(kind_of([&] { ChainLog::open(folder.path("none")); }), ErrorKind::not_found);
  EXPECT_EQ(kind_of([&] { LogWriter::open(folder.path("")); }), ErrorKind::store);
  EXPECT_EQ(kind_of([&] { ChainLog::open(folder.path("")); }), ErrorKind::input);
  if (::geteuid() == 0) return;  // root may write everywhere
  fs::permissions(folder.path(""), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(kind_of([&] { LogWriter::open(folder.path("log")); }), ErrorKind::store);
  fs::permissions(folder.path(""), fs::perms::owner_all);
}

TEST(LogWriting, NothingWrittenLeavesNoFile) {
  const testing::TemporaryFolder folder;
  { const LogWriter writer = LogWriter::open(folder.path("log")); }
  EXPECT_FALSE(fs::exists(folder.path("log")));
}

TEST(LogWriting, EntriesThatCannotStand) {
  const testing::TemporaryFolder folder;
  LogWriter writer = LogWriter::open(folder.path("log"));
  const auto refused = [&](const LogEntry& entry) {
    EXPECT_EQ(kind_of([&] { writer.append({entry}, planning_key()); }), ErrorKind::internal) << entry.payload;
  };
  refused({0, "2013-10-09T00:00:00Z", "note", "[]"});
  refused({0, "2013-10-09T00:00:00Z", "note", R"({"b":1,"a":2})"});
  refused({0, "2013-10-09T00:00:00Z", "note", R"({"a": 1})"});
  refused({0, "2013-10-09T00:00:00Z", "no te", "{}"});
  refused({0, "yesterday", "note", "{}"});
  EXPECT_EQ(kind_of([&] { writer.append({}, planning_key()); }), ErrorKind::internal);
  EXPECT_EQ(writer.head().entries, 0U);
}

// kill -9 while a child writes appends of 50 entries, again and again: what is left is whole appends and at most one unfinished
// end.
TEST(LogWriting, KilledWhileWriting) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.path("log");
  const std::vector<LogEntry> entries(50, note(std::string(400, 'x')));
  for (int round = 0; round < 6; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      LogWriter writer = LogWriter::open(path);
      for (;;) writer.append(entries, planning_key());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(30 + 25 * round));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    if (!fs::exists(path)) continue;
    const LogCheck found = ChainLog::open(path).check();
    EXPECT_TRUE(!found.fault || found.fault->unfinished) << found.fault->problem;
    if (found.head.entries > 0) {
      EXPECT_EQ(found.head.entries % 50, 1U);  // the key's entry, then fifties
    }
  }
  LogWriter::open(path).append({note("on")}, planning_key());
  EXPECT_FALSE(ChainLog::open(path).check().fault);
  EXPECT_GT(ChainLog::open(path).check().head.entries, 1U);
}

}  // namespace
}  // namespace stocktake
