// kill -9 of the real program in the middle of an import, at many moments of it.
#include "store/bad_day.h"

namespace stocktake {
namespace {

using testing::Outcome;
using testing::Program;
using testing::run;
using Kill = testing::BadDay;

TEST_F(Kill, InTheMiddleOfAnImport) {
  const std::string big = make_big();
  const auto begin = std::chrono::steady_clock::now();
  {
    const testing::TemporaryFolder other;
    ASSERT_EQ(run({"--store", other.path("s.duckdb"), "import", big}).exit_code, 0);
  }
  const auto whole = std::chrono::steady_clock::now() - begin;
  int killed = 0;
  // From the first moments to the commit; later kills may come too late, and then the vintage must be there as a whole.
  for (int tenth = 1; tenth <= 10; ++tenth) {
    Program writer({"--store", store_, "import", big});
    std::this_thread::sleep_for(whole * tenth / 10);
    writer.send(SIGKILL);
    const Outcome outcome = writer.wait();
    if (outcome.signal == SIGKILL) ++killed;
    const Store store = Store::open(store_, Store::Access::read);
    const std::vector<Vintage> vintages = store.vintages();
    if (vintages.size() == 1) {
      ASSERT_NO_FATAL_FAILURE(expect_first_vintage_only()) << tenth;
      continue;
    }
    ASSERT_EQ(vintages.size(), 2U);
    EXPECT_EQ(vintages[1].rows_accepted, testing::big_table_figures);
    EXPECT_EQ(store.panel({}).value.size(), static_cast<std::size_t>(testing::big_table_figures) + 2);
    break;
  }
  EXPECT_GE(killed, 3);
  // Life goes on: the same import succeeds, or finds the file in the store already.
  const Outcome again = run({"--store", store_, "import", big});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  const Store store = Store::open(store_, Store::Access::read);
  ASSERT_EQ(store.vintages().size(), 2U);
  EXPECT_EQ(store.vintages()[1].id, 2);
  EXPECT_EQ(store.panel({}).value.size(), static_cast<std::size_t>(testing::big_table_figures) + 2);
}

TEST_F(Kill, WhileTheStoreIsMade) {
  for (int ms = 0; ms < 60; ms += 10) {
    const std::string path = folder_.path("new-" + std::to_string(ms) + ".duckdb");
    Program writer({"--store", path, "init"});
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
    writer.send(SIGKILL);
    writer.wait();
    const Outcome outcome = run({"--store", path, "init"});
    EXPECT_EQ(outcome.exit_code, 0) << ms << ": " << outcome.err;
  }
}

}  // namespace
}  // namespace stocktake
