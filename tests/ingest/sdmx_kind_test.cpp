// What kind of message a file is, by its first bytes.
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "ingest/byte_source.h"
#include "ingest/sdmx/data.h"
#include "shared_data.h"

namespace stocktake::sdmx {
namespace {

class KindOfSamples : public testing::SharedData {};

TEST_F(KindOfSamples, EveryFileIsKnown) {
  namespace fs = std::filesystem;
  std::map<MessageKind, int> kinds;
  for (const char* folder : {"sdmx/samples", "sdmx/sdmx-ml/samples", "sdmx/sdmx-json/data-message/samples",
                             "sdmx/sdmx-json/structure-message/samples"}) {
    for (const auto& entry : fs::recursive_directory_iterator(testing::shared_data(folder))) {
      const std::string path = entry.path().string(), end = entry.path().extension().string();
      if (!entry.is_regular_file() || end == ".xsd") continue;
      const MessageKind kind = kind_of(ByteSource::open(path)->head());
      ++kinds[kind];
      EXPECT_NE(kind, MessageKind::none) << path;
      const bool structure = path.find("structure") != std::string::npos || path.find("constraint") != std::string::npos;
      const bool json = end == ".json" && path.find("/json/") != std::string::npos;
      if (end == ".csv") {
        EXPECT_EQ(kind, MessageKind::csv_data) << path;
      } else if (json && path.find("/json/data/") != std::string::npos) {
        EXPECT_EQ(kind, MessageKind::json_data) << path;
      } else if (end == ".json" && path.find("/structure") != std::string::npos) {
        EXPECT_EQ(kind, MessageKind::json_structure) << path;
      } else if (end == ".xml" && structure) {
        EXPECT_EQ(kind, MessageKind::ml_structure) << path;
      }
    }
  }
  EXPECT_EQ(kinds[MessageKind::csv_data], 14);
  EXPECT_EQ(kinds[MessageKind::ml_other], 2);     // two queries
  EXPECT_EQ(kinds[MessageKind::ml_metadata], 2);  // esms.xml, esms-ss.xml
  EXPECT_EQ(kinds[MessageKind::json_metadata], 3);
}

TEST(SdmxKind, SmallTexts) {
  const std::string ml = " xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'";
  EXPECT_EQ(kind_of("\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- <a> --><m:GenericData" + ml + "/>"), MessageKind::ml_data);
  EXPECT_EQ(kind_of("<m:Structure" + ml + ">"), MessageKind::ml_structure);
  EXPECT_EQ(kind_of("<m:Error" + ml + ">"), MessageKind::ml_other);
  EXPECT_EQ(kind_of("<Structure xmlns='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message'>"), MessageKind::ml_structure);
  EXPECT_EQ(kind_of("<Structure>"), MessageKind::none);
  EXPECT_EQ(kind_of("<html><body>SDMX</body></html>"), MessageKind::none);
  EXPECT_EQ(kind_of("<!-- never ends"), MessageKind::none);
  EXPECT_EQ(kind_of("<"), MessageKind::none);
  EXPECT_EQ(kind_of(""), MessageKind::none);
  EXPECT_EQ(kind_of("{\"errors\": [{\"code\": 404}]}"), MessageKind::json_data);
  EXPECT_EQ(kind_of("{\"data\": {\"codelists\": []}}"), MessageKind::json_structure);
  EXPECT_EQ(kind_of("{\"data\": {\"structure\": {\"x\": 1"), MessageKind::json_data);
  EXPECT_EQ(kind_of("{\"value\": {\"codelists\": 1}}"), MessageKind::none);
  EXPECT_EQ(kind_of("{\"a\\\": \\\"dataSets\": \"x"), MessageKind::none);
  EXPECT_EQ(kind_of("DATAFLOW,FREQ\nA:B(1),A\n"), MessageKind::csv_data);
  EXPECT_EQ(kind_of("\"STRUCTURE[;]\";\"STRUCTURE_ID\";ACTION"), MessageKind::csv_data);
  EXPECT_EQ(kind_of("DATAFLOW\n"), MessageKind::none);
  EXPECT_EQ(kind_of("STRUCTURE,NAME\n"), MessageKind::none);
  EXPECT_EQ(kind_of("series,area,year\n"), MessageKind::none);
  std::string wide = "\xFF\xFE";
  for (const char c : "<m:GenericData" + ml + "/>") wide += std::string({c, char(0)});
  EXPECT_EQ(kind_of(wide), MessageKind::ml_data);
}

}  // namespace
}  // namespace stocktake::sdmx
