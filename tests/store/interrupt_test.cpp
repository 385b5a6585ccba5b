// Ctrl-C, and a polite kill, in the middle of an import.
#include "store/bad_day.h"

namespace stocktake {
namespace {

using testing::Outcome;
using testing::Program;
using testing::run;

class Interrupt : public testing::BadDay {
 protected:
  void interrupted_by(int signal) {
    const std::string big = make_big();
    Program writer({"--store", store_, "import", big});
    wait_until_locked(writer);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    writer.send(signal);
    const Outcome outcome = writer.wait();
    EXPECT_EQ(outcome.exit_code, 130);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("interrupted; nothing was changed"), std::string::npos) << outcome.err;
    expect_first_vintage_only();
    EXPECT_FALSE(std::filesystem::exists(store_ + ".wal"));
    EXPECT_EQ(run({"--store", store_, "import", big}).exit_code, 0);
    EXPECT_EQ(Store::open(store_, Store::Access::read).vintages().size(), 2U);
  }
};

TEST_F(Interrupt, ControlC) { interrupted_by(SIGINT); }
TEST_F(Interrupt, Terminate) { interrupted_by(SIGTERM); }

TEST_F(Interrupt, ADryRunLeavesNoScratchFile) {
  const std::string big = make_big();
  Program reader({"--store", store_, "import", "--dry-run", big});
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  const std::string scratch =
      (std::filesystem::temp_directory_path() / ("stocktake-dry-run-" + std::to_string(reader.pid()) + ".duckdb")).string();
  reader.send(SIGINT);
  EXPECT_EQ(reader.wait().exit_code, 130);
  EXPECT_FALSE(std::filesystem::exists(scratch));
  EXPECT_FALSE(std::filesystem::exists(scratch + ".wal"));
}

}  // namespace
}  // namespace stocktake
