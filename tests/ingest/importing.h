// A store of its own and imports of texts into it, for the tests of the importers.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "framework/temporary_folder.h"
#include "ingest/importer.h"

namespace stocktake::testing {

inline void expect_in(const std::string& text, std::initializer_list<const char*> parts) {
  for (const char* part : parts) EXPECT_NE(text.find(part), std::string::npos) << "expected '" << part << "' in: " << text;
}

class Importing : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    ::setenv("SOURCE_DATE_EPOCH", "1795478400", 1);  // 2026-11-24
    const std::string reference = std::string(STOCKTAKE_SOURCE_DIR) + "/reference";
    areas_ = std::make_unique<AreaRegistry>(AreaRegistry::load(reference));
    codes_ = std::make_unique<DimensionCodes>(DimensionCodes::load(reference + "/dimension_codes.csv"));
  }

  ImportResult import(std::string text, ImportOptions options = {}) {
    options.quiet = true;
    const auto source = ByteSource::from_bytes(std::move(text), "figures.csv");
    return import_source(store_, *areas_, *codes_, *source, options);
  }
  // The error that an import ends with. Nothing of it may be in the store.
  Error refused(std::string text, const ImportOptions& options = {}, ErrorKind kind = ErrorKind::input) {
    const std::size_t before = store_.vintages().size();
    const std::size_t figures = store_.panel({}).value.size();
    try {
      import(std::move(text), options);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
      EXPECT_EQ(store_.vintages().size(), before);
      EXPECT_EQ(store_.panel({}).value.size(), figures);
      return error;
    }
    ADD_FAILURE() << "the import was accepted";
    return {kind, ""};
  }
  static void expect_counts(const ImportResult& result, std::int64_t accepted, std::int64_t missing, std::int64_t rejected) {
    EXPECT_EQ(result.vintage.rows_accepted, accepted);
    EXPECT_EQ(result.vintage.rows_missing, missing);
    EXPECT_EQ(result.vintage.rows_rejected, rejected);
    EXPECT_EQ(result.vintage.rows_read, accepted + missing + rejected);
  }
  // Every winning figure, one a line: "series area dimensions unit year value nature qualifier [lower, upper]".
  std::string figures(const PanelQuery& query = {}) const {
    const Panel panel = store_.panel(query);
    std::string text;
    for (std::size_t s = 0; s < panel.size(); ++s) {
      for (std::uint32_t i = panel.begin[s]; i < panel.begin[s + 1]; ++i) {
        const PanelSeries& series = panel.series[s];
        const auto& provenance = panel.provenances[panel.provenance[i]];
        text += std::string(series.series) + " " + std::string(series.area) + " " + std::string(series.dimensions) + " " +
                std::string(series.unit) + " " + std::to_string(panel.year[i]) + " " + number_text(panel.value[i]) + " " +
                std::string(to_string(provenance.nature)) +
                (provenance.qualifier != 0 ? std::string(1, provenance.qualifier) : std::string());
        if (!panel.lower.empty()) text += " [" + number_text(panel.lower[i]) + ", " + number_text(panel.upper[i]) + "]";
        text += "\n";
      }
    }
    return text;
  }

  TemporaryFolder folder_;
  Store store_ = Store::create(folder_.path("store.duckdb"));
  static inline std::unique_ptr<AreaRegistry> areas_;
  static inline std::unique_ptr<DimensionCodes> codes_;
};

}  // namespace stocktake::testing
