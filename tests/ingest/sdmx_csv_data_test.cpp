// Expected rows are those that the field guide to SDMX-CSV 2.0 describes beside each example (sdmx-twg/sdmx-csv,
// docs/data_message_field_guide.md); the files are the guide's examples.
#include <gtest/gtest.h>

#include "ingest/sdmx_rows.h"

namespace stocktake::testing {
namespace {

using Rows = std::vector<std::string>;

struct SdmxCsvSamples : SharedData {
  static SdmxRows example(const std::string& number) {
    return sdmx_rows_of_file("sdmx/samples/v3/csv/example-" + number + ".csv");
  }
};

TEST_F(SdmxCsvSamples, ExamplesOfTheFieldGuide) {
  EXPECT_EQ(
      example("02").rows,
      (Rows{
          "--",
          "OBS_VALUE1=12.4 OBS_VALUE2=12.5 ATTR_3=Normal, special and other values ATTR_1=X;Y DIM_2=B DIM_1=A DIM_3=2014-01 ",
          "OBS_VALUE1=10.8 OBS_VALUE2=10.9 ATTR_3=Normal, special and other values ATTR_1=X;Z DIM_2=B DIM_1=A DIM_3=2014-02 "}));
  EXPECT_EQ(example("04").rows,
            (Rows{"--", "DIM_1=A DIM_2=B DIM_3=2014-01 ATTR_2=Y ATTR_3=Normal, special and other values ATTR_1=N 12.4",
                  "DIM_1=A DIM_2=B DIM_3=2014-02 ATTR_2=Y ATTR_3=Normal, special and other values ATTR_1=Y 10.8"}));
  EXPECT_EQ(example("06").rows,
            (Rows{"--", "DIM_1=A DIM_2=B DIM_3=2014-01 ATTR_1=Y ATTR_2=Normal, special and other values ATTR_3=N 12.4",
                  "DIM_1=A DIM_2=B DIM_3=2014-02 ATTR_1=Y ATTR_2=Normal, special and other values ATTR_3=Y 10.8"}));
  EXPECT_EQ(example("07").rows,
            (Rows{"--", "DIM_1=A DIM_2=B DIM_3=2014-01 ATTR_1=Value X;Value Y ATTR_2=M, N & O;P & Q ATTR_3=A;B;C 12.4",
                  "DIM_1=A DIM_2=B DIM_3=2014-02 ATTR_1=Value X;Value Y ATTR_2=M, N & O;P & Q ATTR_3=A;C 10.8"}));
  EXPECT_EQ(example("08").rows, (Rows{"--", "DIM_1=A DIM_2=B DIM_3=2014-01 ATTR_1=en:Any Value;fr:N'importe quelle Valeur 12.4",
                                      "--", R"(DIM_1=A DIM_2=B DIM_3=2014-02 ATTR_1=en:"Value ""X""";fr:"Valeur ""X""" 10.8)"}));
  EXPECT_EQ(
      example("09B").rows,
      (Rows{"--", "DIM_A1B1=DIMVAL_A1B1 DIM_A2=DIMVAL_A2 DIM_A3C2=DIMVAL_A3C2 MEAS_A1B1C1=MEASVAL_A1B1C1 ATTR_A1=ATTRVAL_A1 ",
            "--", "DIM_A1B1=DIMVAL_A1B1 DIM_B2=DIMVAL_B2 MEAS_A1B1C1=MEASVAL_A1B1C1 ATTR_B1=ATTRVAL_B1 ", "--",
            "DIM_A3C2=DIMVAL_A3C2 DIM_C1=DIMVAL_C1 DIM_C3=DIMVAL_C3 MEAS_A1B1C1=MEAS_A1B1C1 MEAS_C2=MEAS_C2 "}));
  EXPECT_EQ(example("10").rows, (Rows{"--", "DIM_1=A DIM_2=B DIM_3=2014-01 ATTR_1=X 12.4 [Append]",
                                      "DIM_1=A DIM_2=B DIM_3=2014-02 ATTR_1=Y 10.8 [Replace]"}));
  EXPECT_EQ(example("11").rows,
            (Rows{"--", "DIM_1=A DIM_2=B DIM_3=2014-01 ATTR_1=N 12.4", "DIM_1=A DIM_2=B DIM_3=2014-02 ATTR_1=Y 10.8"}));
  EXPECT_EQ(example("13").rows, (Rows{"--", "DIM_1=A DIM_2=B DIM_3=2014-01 MEAS_1=12.4 ATTR_1=N ", "DIM_2=B ATTR_2=Y "}));
  EXPECT_EQ(example("15").rows,
            (Rows{"--", "DIM_1=A DIM_2=B DIM_3=2014-01 ATTR_1=<p>This is some \"xhtml\" with a line\nbreak</p> 12.4",
                  "DIM_1=A DIM_2=B DIM_3=2014-02 ATTR_1=<p>This is some other \"xhtml\"</p> 10.8"}));
  EXPECT_EQ(example("16").rows,
            (Rows{"--", "DIM_1=A DIM_2=B DIM_3=2014-01 - [Delete]", "DIM_1=A DIM_2=B DIM_3=2014-02 ATTR_3=-  [Delete]"}));
  EXPECT_EQ(example("17").rows, (Rows{"--", "DIM_2=A - [Delete]", "DIM_2=B ATTR_3=-  [Delete]"}));
  EXPECT_EQ(example("19B").rows, (Rows{"--", " [Delete]"}));
}

TEST_F(SdmxCsvSamples, NestedAttributesAndStructures) {
  const SdmxRows nested = example("14");
  EXPECT_EQ(
      nested.rows[1],
      R"(DIM_2=A COLLECTION.METHOD=en:AAA;fr:BBB CONTACT=Contact 1;Contact 2 CONTACT.NAME="Contact 1 Name 1;Contact 1 Name 2";"Contact 1 Name 1;Contact 2 Name 2" )");
  const SdmxRows three = example("09B");
  ASSERT_EQ(three.datasets.size(), 3U);
  EXPECT_EQ(three.datasets[0].structure, (sdmx::Reference{"Dataflow", "ESTAT", "DF_A", "1.6.0", ""}));
  EXPECT_EQ(three.datasets[1].structure, (sdmx::Reference{"DataStructure", "ESTAT", "DSD_B", "1.7.0", ""}));
  EXPECT_EQ(three.datasets[2].structure, (sdmx::Reference{"ProvisionAgreement", "ESTAT", "DPA_C", "1.8.0", ""}));
  EXPECT_EQ(example("11").datasets[0].structure, (sdmx::Reference{"DataStructure", "AGENCY", "DF_ID", "", ""}));
}

TEST_F(SdmxCsvSamples, OfIloAndUnicef) {
  const SdmxRows ilo = sdmx_rows_of_file("recorded/ilo/sdmx_data_SDG_0552_NOC_RT.csv");
  EXPECT_EQ(ilo.datasets[0].structure, (sdmx::Reference{"Dataflow", "ILO", "DF_SDG_0552_NOC_RT", "1.0", ""}));
  EXPECT_EQ(ilo.rows[1],
            "REF_AREA=KEN FREQ=A MEASURE=SDG_0552_RT TIME_PERIOD=2019 UNIT_MEASURE_TYPE=RT UNIT_MEASURE=PT UNIT_MULT=0 "
            "SOURCE=LFS - Labour Force Survey DECIMALS=1 37.1");
  EXPECT_DOUBLE_EQ(ilo.sum, 37.1);
  // Columns of labels stand beside those of codes.
  const SdmxRows unicef = sdmx_rows_of_file("recorded/unicef/IM_MCV1_USA_BRA_2015_2023.csv");
  EXPECT_EQ(
      unicef.rows[1],
      "REF_AREA=BRA INDICATOR=IM_MCV1 VACCINE=MCV1 AGE=M12T23 UNIT_MULTIPLIER=0 UNIT_MEASURE=PCNT TIME_PERIOD=2015 OBS_STATUS=E "
      "DATA_SOURCE=WHO/UNICEF estimates of national immunization coverage, 2024 revision 96");
  EXPECT_EQ(unicef.numbers, 18U);
  EXPECT_EQ(sdmx_rows_of_file("recorded/unicef/CME_MRY0T4_all_2020.csv").numbers, 747U);
}

TEST(SdmxCsv, RowsThatCannotBeUsedAreFaults) {
  const SdmxRows read = sdmx_rows_of(
      "STRUCTURE,STRUCTURE_ID,ACTION,D,OBS_VALUE\n"
      "dataflow,A:F(1.0),I,x,1\n"
      "dataflow,A:F(1.0),Z,x,2\n"
      "dataflow,A:F(1.0),I,x\n"
      "table,A:F(1.0),I,x,3\n"
      "table,A:F(1.0),I,x,4\n"
      "dataflow,F,I,x,5\n"
      "dataflow,A:F(1.0),I,y,6,,\n");
  EXPECT_EQ(read.rows, (Rows{"--", "D=x 1", "--", "D=y 6"}));
  ASSERT_EQ(read.faults.size(), 5U);
  EXPECT_EQ(read.faults[0].line, 3U);
  EXPECT_EQ(read.faults[0].problem, "'Z', expected I, A, M, R or D");
  EXPECT_EQ(read.faults[0].text, "dataflow,A:F(1.0),Z,x,2");
  EXPECT_EQ(read.faults[1].problem, "the row has 4 cells, the header line 5");
  EXPECT_EQ(read.faults[4].problem, "'F', expected AGENCY:ID(VERSION)");
}

TEST(SdmxCsv, RepeatedCellsOverBlocksStayRight) {
  std::string text = "DATAFLOW,D,E,OBS_VALUE\n";
  double sum = 0;
  for (int i = 0; i < 70000; ++i) {
    text += "A:F(1.0)," + std::to_string(i / 1000) + ",e," + std::to_string(i) + "\n";
    sum += i;
  }
  const SdmxRows read = sdmx_rows_of(text);
  EXPECT_EQ(read.rows.size(), 70001U);
  EXPECT_EQ(read.rows[70000], "D=69 E=e 69999");
  EXPECT_EQ(read.rows[40001], "D=40 E=e 40000");
  EXPECT_EQ(read.sum, sum);
  EXPECT_GE(read.blocks, 3U);
}

TEST(SdmxCsv, LabelsOfOneWord) {
  EXPECT_EQ(sdmx_rows_of("DATAFLOW,SEX: Sex,TIME_PERIOD: Time,OBS_VALUE: Value,NOTE: Note\nA:F(1.0): Flow,F: Female: all,2020: "
                         "2020,1,Read this: it counts\n")
                .rows,
            (Rows{"--", "SEX=F TIME_PERIOD=2020 NOTE=Read this: it counts 1"}));
}

}  // namespace
}  // namespace stocktake::testing
