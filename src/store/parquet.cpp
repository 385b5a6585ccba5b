#include "store/parquet.h"

#include <cstdio>

#include "base/error.h"
#include "store/duckdb.h"

namespace stocktake {
namespace {

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

void parquet_to_csv(const std::string& parquet, const std::string& csv) {
  std::string path;  // a name with a sign of a pattern stands for itself
  for (const char c : parquet) {
    if (c == '*' || c == '?' || c == '[') {
      path.append("[").append(1, c) += ']';
    } else {
      path += c;
    }
  }
  Connection memory("", false);
  const std::string select = "select * from read_parquet(" + sql_quote(path) + ", hive_partitioning = false)";
  try {
    memory.run("create view rows_of_file as " + select);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::interrupted || error.kind() == ErrorKind::memory) throw;
    throw Error(ErrorKind::input, "the Parquet file cannot be read: " + first_line(error.problem()),
                "Check that it was fetched completely", {parquet, 0, 0, {}});
  }
  try {
    memory.run("copy (from rows_of_file) to " + sql_quote(csv) + " (format csv, header true)");
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::interrupted || error.kind() == ErrorKind::memory) throw;
    std::remove(csv.c_str());
    throw Error(ErrorKind::input, "the Parquet file cannot be read to its end: " + first_line(error.problem()),
                "Check that it was fetched completely, and that the folder for temporary files has room", {parquet, 0, 0, {}});
  }
}

}  // namespace stocktake
