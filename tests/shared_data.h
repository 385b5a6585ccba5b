// Real panels for tests, in ../shared/data beside the source tree. They are not part of the project: where they are missing a
// test is skipped, but on the build machine (CI is set) it fails, so that a lost folder cannot pass as success.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

namespace stocktake::testing {

inline std::string shared_data(std::string_view name) {
  return std::string(STOCKTAKE_SOURCE_DIR) + "/../shared/data/" + std::string(name);
}

// Tests of this fixture run only where the data are.
class SharedData : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::filesystem::is_directory(shared_data(""))) return;
    const char* ci = std::getenv("CI");
    if (ci != nullptr && *ci != '\0') FAIL() << "the shared data are missing: " << shared_data("");
    GTEST_SKIP() << "no shared data at " << shared_data("");
  }
};

}  // namespace stocktake::testing
