// A store with a small DAC1 for the tests on money.
#pragma once

#include "ingest/importing.h"
#include "partnership/money/oda_book.h"

namespace stocktake::testing {

inline const std::string reference_folder = std::string(STOCKTAKE_SOURCE_DIR) + "/reference";

struct Row {
  std::string donor, measure, flow, unit, price, year, value, status = "A";
};

class OdaStore : public Importing {
 protected:
  void dac1(const std::vector<Row>& rows) {
    std::string text =
        "DATAFLOW,DONOR,MEASURE,FLOW_TYPE,UNIT_MEASURE,PRICE_BASE,TIME_PERIOD,OBS_VALUE,BASE_PER,OBS_STATUS,UNIT_MULT\n";
    for (const Row& row : rows) {
      text += "OECD.DCD.FSD:DSD_DAC1@DF_DAC1(1.4)," + row.donor + "," + row.measure + "," + row.flow + "," + row.unit + "," +
              row.price + "," + row.year + "," + row.value + ",," + row.status + ",6\n";
    }
    import(text);
  }
  // Net ODA and GNI, in millions of current dollars.
  static std::vector<Row> net(const std::string& donor, const std::string& year, const std::string& oda, const std::string& gni) {
    return {{donor, "1010", "1140", "USD", "V", year, oda}, {donor, "1", "1140", "USD", "V", year, gni}};
  }
  OdaBook book() { return load_oda_book(store_, *areas_, reference_folder); }
};

inline std::vector<Row> operator+(std::vector<Row> a, const std::vector<Row>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace stocktake::testing
