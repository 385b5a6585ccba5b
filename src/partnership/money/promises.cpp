#include "partnership/money/promises.h"

#include <charconv>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace stocktake {

std::vector<OdaPromise> load_oda_promises(const std::string& folder) {
  const std::string path = folder + "/oda_promises.csv";
  const SmallCsv csv = read_small_csv(
      path, {"id", "concept", "percent", "upper", "made", "due", "text", "citation", "url", "evidence", "not_bound"});
  std::vector<OdaPromise> promises;
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    const auto& row = csv.rows[i];
    const auto fail = [&](const char* column, const std::string& what) {
      throw Error(ErrorKind::input, what, "Correct the row", {path, csv.lines[i], 0, column});
    };
    const auto number = [&](const std::string& text, const char* column) {
      double value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      if (error != std::errc() || end != text.data() + text.size()) fail(column, "'" + text + "' is no number");
      return value;
    };
    OdaPromise promise;
    promise.id = row[0];
    if (row[1] == to_string(OdaConcept::ldc_share)) {
      promise.what = OdaConcept::ldc_share;
    } else if (row[1] != to_string(OdaConcept::oda_share)) {
      fail("concept", "unknown concept '" + row[1] + "', expected oda_share or ldc_share");
    }
    promise.percent = number(row[2], "percent");
    if (!row[3].empty()) promise.upper = number(row[3], "upper");
    const auto made = parse_date(row[4]);
    if (!made) fail("made", "'" + row[4] + "' is not a date");
    promise.made = *made;
    if (!row[5].empty()) {
      promise.due = parse_date(row[5], true);
      if (!promise.due) fail("due", "'" + row[5] + "' is not a date");
    }
    promise.text = row[6];
    promise.citation = row[7];
    if (promise.citation.empty()) fail("citation", "the citation is empty");
    promise.url = row[8];
    promise.evidence = row[9];
    if (promise.evidence != "seen" && promise.evidence != "recalled")
      fail("evidence", "expected seen or recalled, found '" + row[9] + "'");
    promise.not_bound = list_items(row[10]);
    promises.push_back(std::move(promise));
  }
  return promises;
}

bool keeps(double percent, double promise) { return percent >= promise; }

}  // namespace stocktake
