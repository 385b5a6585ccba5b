// Ctrl-C in imports of more than one file, and while a pipe stalls.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "program.h"
#include "store/big_file.h"
#include "store/store.h"

namespace stocktake {
namespace {

using testing::Outcome;
using testing::Program;

class InterruptedImport : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(::mkfifo(pipe_.c_str(), 0600), 0); }
  // Interrupts a program that waits for the pipe; it must not wait for a writer.
  static Outcome interrupt(Program& program) {
    program.send(SIGINT);
    const auto begin = std::chrono::steady_clock::now();
    Outcome outcome = program.wait();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
    EXPECT_EQ(outcome.exit_code, 130);
    return outcome;
  }
  void wait_for_store() const {
    for (int i = 0; i < 1000 && !std::filesystem::exists(store_); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(std::chrono::milliseconds(300));  // made, and opened
  }

  testing::TemporaryFolder folder_;
  std::string store_ = folder_.path("store.duckdb"), pipe_ = folder_.path("pipe"),
              small_ = folder_.write("small.csv", testing::small_table);
};

TEST_F(InterruptedImport, OfAStalledPipeLeavesNoStore) {
  Program program({"--store", store_, "import", pipe_});
  wait_for_store();
  const Outcome outcome = interrupt(program);
  EXPECT_NE(outcome.err.find("interrupted; nothing was changed"), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(store_));
  EXPECT_FALSE(std::filesystem::exists(store_ + ".wal"));
}

TEST_F(InterruptedImport, SaysWhatWasStoredBefore) {
  Program program({"--quiet", "--store", store_, "import", small_, pipe_});
  const int writer = ::open(pipe_.c_str(), O_WRONLY | O_CLOEXEC);  // returns when the second file is being read
  const Outcome outcome = interrupt(program);
  ::close(writer);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("interrupted; stored before: " + small_ + " (vintage 1)\n"), std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.err.find("nothing was changed"), std::string::npos) << outcome.err;
  EXPECT_EQ(Store::open(store_, Store::Access::read).vintages().size(), 1U);
}

TEST_F(InterruptedImport, AFaultLeavesAStoreThatWasThere) {
  ASSERT_EQ(testing::run({"--quiet", "--store", store_, "init"}).exit_code, 0);
  EXPECT_EQ(testing::run({"--store", store_, "import", folder_.write("bad.csv", "a,b\n1,2\n")}).exit_code, 3);
  EXPECT_TRUE(Store::open(store_, Store::Access::read).vintages().empty());
}

}  // namespace
}  // namespace stocktake
