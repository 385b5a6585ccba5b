// Files that are no store, or were one: each is refused with a message, never with a crash.
#include <gtest/gtest.h>

#include "store/bad_day.h"

namespace stocktake {
namespace {

using testing::Outcome;
using testing::run;

class Corruption : public testing::BadDay {
 protected:
  // Every command ends with exit code 6 and one message, none with a signal or an internal fault.
  void expect_refused(const std::string& path) {
    for (const std::vector<std::string>& command : {std::vector<std::string>{"show", "vintages"},
                                                    {"show", "figures", "FIRST"},
                                                    {"export", "-o", folder_.path("out.csv")},
                                                    {"import", "--again", small_}}) {
      std::vector<std::string> arguments{"--store", path};
      arguments.insert(arguments.end(), command.begin(), command.end());
      const Outcome outcome = run(arguments);
      EXPECT_EQ(outcome.exit_code, 6) << outcome.signal << " " << outcome.err;
      EXPECT_TRUE(outcome.err.starts_with("stocktake: ")) << outcome.err;
      EXPECT_NE(outcome.err.find(path), std::string::npos) << outcome.err;
    }
  }
};

TEST_F(Corruption, AFileThatIsNoDatabase) { expect_refused(folder_.write("text.duckdb", std::string(20000, 'x'))); }
TEST_F(Corruption, AFolder) {
  std::filesystem::create_directory(folder_.path("folder.duckdb"));
  expect_refused(folder_.path("folder.duckdb"));
}

TEST_F(Corruption, AStoreCutShort) {
  const std::string bytes = read_file(store_);
  for (const std::size_t size : {std::size_t{100}, std::size_t{5000}, bytes.size() / 2}) {
    expect_refused(folder_.write("cut.duckdb", std::string_view(bytes).substr(0, size)));
  }
}

// Any byte may flip. The store may survive that (an unused place), or refuse; it may not crash or give other figures.
TEST_F(Corruption, FlippedBytes) {
  const std::string bytes = read_file(store_);
  const std::string sound = run({"--store", store_, "show", "figures", "FIRST", "--format", "csv"}).out;
  for (std::size_t at = 17; at < bytes.size(); at += bytes.size() / 40) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
    const Outcome outcome =
        run({"--store", folder_.write("flipped.duckdb", damaged), "show", "figures", "FIRST", "--format", "csv"});
    if (outcome.exit_code == 0) {
      EXPECT_EQ(outcome.out, sound) << at;
    } else {
      EXPECT_EQ(outcome.exit_code, 6) << at << " " << outcome.signal << " " << outcome.err;
    }
  }
}

}  // namespace
}  // namespace stocktake
