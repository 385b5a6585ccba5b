// SDMX structures in the store.
#include "store/sample_store.h"

namespace stocktake {
namespace {

using Structures = testing::SampleStore;

TEST_F(Structures, ComeBackInOrder) {
  EXPECT_TRUE(store_.structures().empty());
  store_.save_structures({{"DataStructure", "IAEG-SDGs", "SDG", "1.0", "f.xml", "", "{\"it's\": 1}"},
                          {"Codelist", "SDMX", "CL_FREQ", "2.1", "f.xml", "", "x"}});
  const auto all = store_.structures();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].kind + " " + all[0].agency + " " + all[0].id + " " + all[0].version, "Codelist SDMX CL_FREQ 2.1");
  EXPECT_EQ(all[1].content, "{\"it's\": 1}");
  EXPECT_EQ(all[1].origin, "f.xml");
  EXPECT_EQ(all[1].stored_at.size(), 20U);
}

TEST_F(Structures, TheSameVersionIsReplacedAnotherIsKept) {
  store_.save_structures({{"Codelist", "SDMX", "CL_FREQ", "2.0", "a", "", "old"}});
  store_.save_structures(
      {{"Codelist", "SDMX", "CL_FREQ", "2.0", "b", "", "new"}, {"Codelist", "SDMX", "CL_FREQ", "2.1", "b", "", "x"}});
  const auto all = store_.structures();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].content, "new");
  EXPECT_EQ(all[0].origin, "b");
  EXPECT_EQ(all[1].version, "2.1");
}

}  // namespace
}  // namespace stocktake
