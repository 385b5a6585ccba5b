// What is written as DDF reads back equal.
#include "exchange/formats/ddf.h"

#include "base/files.h"
#include "ingest/importing.h"
#include "ingest/packages/package_import.h"

namespace stocktake {
namespace {

using Ddf = testing::Importing;

TEST(DdfIds, LowerCase) {
  EXPECT_EQ(ddf_id("SP.POP.TOTL"), "sp_pop_totl");
  EXPECT_EQ(ddf_id("_T"), "_t");
  EXPECT_EQ(ddf_id(""), "x");
  EXPECT_EQ(ddf_id("\xE4\xB8\xAD"), "x");
}

TEST_F(Ddf, ReadsBackEqual) {
  import(
      "series,ref_area,time_period,obs_value,unit_measure,SEX,AGE\nSP.POP.TOTL,CHN,2000,1.5,,,\nSP.POP.TOTL,LDC,2000,2,,,\n"
      "SP_POP_TOTL,CHN,2000,3,,F,Y15T24\nSEX,CHN,2001,4,%,,\nSEX,CHN,2001,5,\"a, b\",M,\n");
  const std::string before = figures(), folder = folder_.path("ddf");
  const DdfReport report = write_ddf(store_.panel({}), *areas_, folder);
  EXPECT_EQ(report.figures, 5U);
  Store other = Store::create(folder_.path("other.duckdb"));
  ImportOptions options;
  options.quiet = true;
  const ImportResult result = import_package(other, *areas_, *codes_, folder, options);
  EXPECT_EQ(result.vintage.format, "ddf");
  EXPECT_EQ(result.vintage.rows_rejected, 0);
  const std::string concepts = read_file(folder + "/ddf--concepts.csv");
  std::swap(store_, other);
  // A unit is one of the figure only where the series has several.
  EXPECT_EQ(figures(), before) << concepts;
}

}  // namespace
}  // namespace stocktake
