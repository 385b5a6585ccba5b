// A disk that fills up during an import or an export, as a limit on the size of files.
#include "store/bad_day.h"

namespace stocktake {
namespace {

using testing::Limits;
using testing::Outcome;
using testing::run;
using DiskFull = testing::BadDay;

TEST_F(DiskFull, DuringAnImport) {
  const std::string big = make_big();
  const auto before = std::filesystem::file_size(store_);
  for (const rlim_t room : {rlim_t{0}, rlim_t{1} << 16, rlim_t{1} << 20, rlim_t{4} << 20}) {
    const Outcome outcome = run({"--store", store_, "import", big}, Limits{before + room});
    EXPECT_EQ(outcome.exit_code, 6) << room << " " << outcome.signal;
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("File too large"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("Free some space"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("store.duckdb"), std::string::npos) << outcome.err;
    ASSERT_NO_FATAL_FAILURE(expect_first_vintage_only()) << room;
  }
  EXPECT_EQ(run({"--store", store_, "import", big}).exit_code, 0);
  EXPECT_EQ(Store::open(store_, Store::Access::read).vintages().size(), 2U);
}

TEST_F(DiskFull, WhileAStoreIsMade) {
  const std::string path = folder_.path("new.duckdb");
  const Outcome outcome = run({"--store", path, "init"}, Limits{4096});
  EXPECT_EQ(outcome.exit_code, 6) << outcome.err;
  const Outcome again = run({"--store", path, "init"});
  EXPECT_EQ(again.exit_code, 0) << again.err;
}

TEST_F(DiskFull, DuringAnExport) {
  ASSERT_EQ(run({"--store", store_, "import", make_big()}).exit_code, 0);
  for (const char* format : {"csv", "parquet", "json"}) {
    const std::string file = folder_.write(std::string("out.") + format, "the old one");
    const Outcome outcome = run({"--store", store_, "export", "--format", format, "-o", file}, Limits{1 << 16});
    EXPECT_EQ(outcome.exit_code, 6) << outcome.err;
    EXPECT_NE(outcome.err.find(file), std::string::npos) << outcome.err;
    EXPECT_EQ(read_file(file), "the old one");
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path(""))) EXPECT_NE(entry.path().extension(), ".part");
}

TEST_F(DiskFull, OfATable) {
  const std::string file = folder_.write("series.csv", "the old one");
  ASSERT_EQ(run({"--store", store_, "import", make_big()}).exit_code, 0);
  const Outcome outcome = run({"--store", store_, "show", "series", "--format", "csv", "-o", file}, Limits{4096});
  EXPECT_EQ(outcome.exit_code, 6) << outcome.err;
  EXPECT_NE(outcome.err.find("cannot write the file"), std::string::npos) << outcome.err;
  EXPECT_EQ(read_file(file), "the old one");
}

}  // namespace
}  // namespace stocktake
