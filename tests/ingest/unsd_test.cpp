// The UN SDG indicators database: SDG DSD dimensions from the columns in brackets, totals dropped.
#include "ingest/importing.h"

namespace stocktake {
namespace {

using testing::expect_in;
using Unsd = testing::Importing;

const std::string header =
    "Goal,Target,Indicator,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,Nature,Units,[Age],[Cause Of "
    "Death],[Location],"
    "[Observation Status],[Quantile],[Reporting Type],[Sex],[Type Of Product]\n";

TEST_F(Unsd, DimensionsOfTheDsd) {
  const ImportResult result = import(header +
                                     "3,3.2,3.2.1,SH_DYN_MORT,x,156,China,2005,10.5,E,PER_1000,<5Y,,ALLAREA,A,,G,BOTHSEX,\n"
                                     "3,3.2,3.2.1,SH_DYN_MORT,x,156,China,2005,9.5,E,PER_1000,<5Y,,RURAL,A,Q1,G,FEMALE,\n"
                                     "3,3.2,3.2.1,SH_DYN_MORT,x,1,World,2005,40,CA,PER_1000,ALLAGE,,ALLAREA,A,_T,G,BOTHSEX,\n"
                                     "3,3.4,3.4.1,SH_DTH_NCD,x,156,China,2005,NaN,E,NUMBER,,Cancer,,A,,G,MALE,\n"
                                     "3,3.4,3.4.1,SH_DTH_NCD,x,156,China,2006,7,NOTSPEC,NUMBER,,Cancer,,A,,G,MALE,\n");
  expect_counts(result, 4, 1, 0);
  EXPECT_EQ(result.vintage.format, "unsd");
  EXPECT_EQ(result.vintage.source, "UN SDG indicators database");
  EXPECT_TRUE(result.warnings.empty());
  EXPECT_EQ(figures(),
            "SH_DTH_NCD CHN CAUSE_OF_DEATH=Cancer;SEX=M NUMBER 2006 7 \n"
            "SH_DYN_MORT CHN AGE=Y0T4 PER_1000 2005 10.5 E\n"
            "SH_DYN_MORT CHN AGE=Y0T4;INCOME_WEALTH_QUANTILE=Q1;SEX=F;URBANISATION=R PER_1000 2005 9.5 E\n"
            "SH_DYN_MORT WLD  PER_1000 2005 40 CA\n");
}

TEST_F(Unsd, FaultsOfRows) {
  const ImportResult result = import(header +
                                     "1,1.1,1.1.1,A,x,156,China,2005,1,E,PERCENT,,,,,,,,\n"
                                     "1,1.1,1.1.1,A,x,156,China,2005,2,E,PERCENT,,,,,,,,\n"      // again
                                     "1,1.1,1.1.1,A,x,99999,Nowhere,2005,3,E,PERCENT,,,,,,,,\n"  // no such area
                                     "1,1.1,1.1.1,A,x,156,China,2005-06,4,E,PERCENT,,,,,,,,\n"   // no year
                                     "1,1.1,1.1.1,A,x,156,China,2006,N,E,PERCENT,,,,,,,,\n"      // no number
                                     "1,1.1,1.1.1,A,x,156,China,2007,6,X9,PERCENT,,,,,,,,\n"     // no nature
                                     "1,1.1,1.1.1,A,x,156,China,2090,7,E,PERCENT,,,,,,,,\n"      // not yet
                                     "1,1.1,1.1.1,,x,156,China,2008,8,E,PERCENT,,,,,,,,\n"       // no series
                                     "1,1.1,1.1.1,A,x,,China,2008,8,E,PERCENT,,,,,,,,\n"         // no area
                                     "1,1.1,1.1.1,A,x,156,China,2008,8,E,PERCENT,a;SEX=F,,,,,,,\n"
                                     "1,1.1,1.1.1,A,x,156,China,2008\n");
  expect_counts(result, 1, 0, 10);
  const std::vector<std::pair<int, const char*>> expected{{3, "a second figure"},
                                                          {4, "unknown area '99999'"},
                                                          {5, "expected a year as 2005, found '2005-06'"},
                                                          {6, "found 'N'"},
                                                          {7, "found 'X9'"},
                                                          {8, "the year 2090 is after 2026"},
                                                          {9, "series code is empty"},
                                                          {10, "area code is empty"},
                                                          {11, "semicolon"},
                                                          {12, "expected 19 fields, found 8"}};
  const std::vector<Reject> rejects = store_.rejects(1);
  ASSERT_EQ(rejects.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(rejects[i].line, expected[i].first);
    expect_in(rejects[i].reason, {expected[i].second});
  }
  EXPECT_EQ(result.reject_reasons.size(), 10U);
  EXPECT_EQ(result.first_rejects.size(), 5U);
}

}  // namespace
}  // namespace stocktake
