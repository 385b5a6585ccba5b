// The frameworks and bindings of the repository are sound, and bindings name indicators that exist.
#include <gtest/gtest.h>

#include <filesystem>

#include "framework/binding.h"
#include "framework/samples.h"

namespace stocktake::testing {
namespace {

std::string places(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& one : diagnostics) text += to_string(one.where) + ": " + one.message + "\n";
  return text;
}

TEST(Repository, FrameworksAreSound) {
  for (const auto& entry : std::filesystem::directory_iterator(STOCKTAKE_SOURCE_DIR "/frameworks")) {
    if (entry.path().extension() != ".yaml") continue;
    EXPECT_EQ(places(check_framework(entry.path().string())), "");
  }
}

TEST(Repository, BindingsAreSoundAndNameIndicatorsThatExist) {
  const std::string frameworks = STOCKTAKE_SOURCE_DIR "/frameworks";
  const DimensionCodes codes = DimensionCodes::load(STOCKTAKE_SOURCE_DIR "/reference/dimension_codes.csv");
  std::map<std::string, Framework> loaded;
  for (const Binding& binding : load_bindings(frameworks + "/bindings", codes)) {
    for (const SeriesBinding& series : binding.series) {
      for (const auto& [id, indicators] : series.indicators) {
        if (loaded.count(id) == 0) loaded.emplace(id, load_framework(frameworks + "/" + id + ".yaml"));
        for (const std::string& code : indicators) {
          EXPECT_NE(loaded.at(id).find_indicator(code), nullptr)
              << binding.id << ": " << series.series << " feeds " << id << " " << code;
        }
      }
    }
  }
}

}  // namespace
}  // namespace stocktake::testing
