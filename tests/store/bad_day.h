// A store with one small vintage and a big file to import: what the tests of bad days start from.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "base/error.h"
#include "program.h"
#include "store/big_file.h"
#include "store/store.h"

namespace stocktake::testing {

class BadDay : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"--store", store_, "import", small_}).exit_code, 0);
    ASSERT_NO_FATAL_FAILURE(expect_first_vintage_only());
  }
  // The store opens, holds the first vintage with its figures, and nothing of any other.
  void expect_first_vintage_only() const {
    const Store store = Store::open(store_, Store::Access::read);
    ASSERT_EQ(store.vintages().size(), 1U);
    EXPECT_EQ(store.vintages()[0].rows_accepted, 2);
    const Panel panel = store.panel({});
    ASSERT_EQ(panel.size(), 1U);
    EXPECT_EQ(panel.series[0].series, "FIRST");
    EXPECT_EQ(panel.value, (std::vector<double>{1, 2}));
    EXPECT_EQ(store.series_summary().rows(), 1U);
    EXPECT_TRUE(store.rejects(1).empty());
    EXPECT_TRUE(store.rejects(2).empty());
  }
  // The importing child holds the lock of the store from its first moments to its end. Asking does not take it.
  void wait_until_locked(const Program& writer) const {
    const int file = ::open(store_.c_str(), O_RDONLY | O_CLOEXEC);
    struct flock lock {};
    do {
      lock = {};
      lock.l_type = F_WRLCK;
      lock.l_whence = SEEK_SET;
    } while (::fcntl(file, F_GETLK, &lock) == 0 && lock.l_pid != writer.pid() && writer.running());
    ::close(file);
  }
  std::string make_big() const { return folder_.write("big.csv", big_table()); }

  TemporaryFolder folder_;
  std::string store_ = folder_.path("store.duckdb");
  std::string small_ = folder_.write("small.csv", small_table);
};

}  // namespace stocktake::testing
