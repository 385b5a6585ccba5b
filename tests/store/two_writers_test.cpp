// Several processes at one store: one writer has it alone, readers share it.
#include "store/bad_day.h"

namespace stocktake {
namespace {

using testing::Outcome;
using testing::Program;
using testing::run;

class TwoWriters : public testing::BadDay {
 protected:
  // The writer stands still, so that it holds the store as long as the test needs.
  void expect_busy(const std::vector<std::string>& arguments) {
    const std::string big = make_big();
    Program writer({"--store", store_, "import", big});
    wait_until_locked(writer);
    writer.send(SIGSTOP);
    const Outcome second = run(arguments);
    writer.send(SIGCONT);
    EXPECT_EQ(second.exit_code, 5);
    EXPECT_EQ(second.out, "");
    EXPECT_NE(second.err.find("in use by process " + std::to_string(writer.pid()) + "\n"), std::string::npos) << second.err;
    EXPECT_NE(second.err.find("Wait until it ends"), std::string::npos) << second.err;
    EXPECT_EQ(writer.wait().exit_code, 0);
    EXPECT_EQ(Store::open(store_, Store::Access::read).vintages().size(), 2U);
  }
};

TEST_F(TwoWriters, TheSecondWriterIsTurnedAway) { expect_busy({"--store", store_, "import", "--again", small_}); }
TEST_F(TwoWriters, AReaderBesideAWriterIsTurnedAway) { expect_busy({"--store", store_, "show", "vintages"}); }

TEST_F(TwoWriters, AWriterBesideAReaderIsTurnedAway) {
  const Store reader = Store::open(store_, Store::Access::read);
  const Outcome writer = run({"--store", store_, "import", "--again", small_});
  EXPECT_EQ(writer.exit_code, 5);
  EXPECT_NE(writer.err.find("in use by process " + std::to_string(::getpid()) + "\n"), std::string::npos) << writer.err;
}

TEST_F(TwoWriters, TwoReadersAtOnce) {
  const Store here = Store::open(store_, Store::Access::read);
  const Outcome there = run({"--store", store_, "show", "figures", "FIRST", "--format", "csv"});
  EXPECT_EQ(there.exit_code, 0) << there.err;
  EXPECT_NE(there.out.find("FIRST,CHN,,2006,2,"), std::string::npos) << there.out;
  EXPECT_EQ(here.panel({}).value.size(), 2U);
}

}  // namespace
}  // namespace stocktake
