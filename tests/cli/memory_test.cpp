// Memory that runs out ends in one message and an exit code of its own, wherever it runs out.
#include <gtest/gtest.h>

#include <filesystem>
#include <new>
#include <system_error>

#include "base/parallel.h"
#include "cli/app.h"
#include "program.h"

namespace stocktake {
namespace {

using testing::Limits;
using testing::Outcome;
using testing::Program;

int guarded_quietly(const std::function<int()>& work, std::string& said) {
  ::testing::internal::CaptureStderr();
  const int code = guarded(work);
  said = ::testing::internal::GetCapturedStderr();
  return code;
}

TEST(Memory, RunsOut) {
  std::string said;
  EXPECT_EQ(guarded_quietly([]() -> int { throw std::bad_alloc(); }, said), 71);
  EXPECT_NE(said.find("stocktake: memory has run out\n  Ask for less"), std::string::npos) << said;
  EXPECT_EQ(guarded_quietly([]() -> int { return 0; }, said), 0);
  EXPECT_EQ(said, "");
}

TEST(Memory, RunsOutInAThread) {
  std::string said;
  const auto work = []() -> int {
    in_tasks(100, 4, [](std::size_t task) {
      if (task == 57) throw std::bad_alloc();
    });
    return 0;
  };
  EXPECT_EQ(guarded_quietly(work, said), 71);
  EXPECT_NE(said.find("memory has run out"), std::string::npos) << said;
}

TEST(Memory, IsNotEnoughForAnyList) {
  std::string said;
  const auto work = []() -> int { return static_cast<int>(std::vector<double>(std::vector<double>().max_size() + 1).size()); };
  EXPECT_EQ(guarded_quietly(work, said), 71);
}

TEST(Memory, ThreadsRunOut) {
  std::string said;
  const auto work = []() -> int { throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again)); };
  EXPECT_EQ(guarded_quietly(work, said), 71);
  EXPECT_NE(said.find("no more threads"), std::string::npos) << said;
}

TEST(Memory, AnyOtherFaultIsInternal) {
  std::string said;
  EXPECT_EQ(guarded_quietly([]() -> int { throw std::runtime_error("odd"); }, said), 70);
  EXPECT_NE(said.find("internal fault: odd\n  Please report it"), std::string::npos) << said;
}

// A file larger than the memory that the system grants: the real program, the real allocator.
TEST(Memory, OfTheProgramRunsOut) {
  if (testing::sanitized) GTEST_SKIP() << "a sanitizer takes more address space than the limit";
  const testing::TemporaryFolder folder;
  const std::string huge = folder.write("huge.yaml", "");
  std::filesystem::resize_file(huge, std::uintmax_t{4} << 30);  // a hole: it takes no disk
  Program program({"framework", "check", huge}, Limits{RLIM_INFINITY, rlim_t{1} << 30});
  const Outcome outcome = program.wait();
  EXPECT_EQ(outcome.exit_code, 71) << outcome.signal << outcome.err;
  EXPECT_NE(outcome.err.find("stocktake: memory has run out"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace stocktake
