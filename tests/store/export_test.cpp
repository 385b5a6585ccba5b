// Files of the store's figures, read back.
#include <filesystem>

#include "store/duckdb.h"
#include "store/sample_store.h"

namespace stocktake {
namespace {

class Exports : public testing::SampleStore {
 protected:
  void SetUp() override {
    add({{"A", "CHN", 2005, 0.1, "SEX=F", "PERCENT", 0.05, 0.15, Nature::E, '<', "2014", "it's, \"quoted\""},
         {"A", "CHN", 2006, 36860000.6103516},
         {"\u6307", "BGD", 1990, -1}});
  }
  // What DuckDB reads from a file, as text.
  static std::string read_back(const std::string& function, const std::string& path) {
    Connection memory("", false);
    return memory
        .text_of(
            "select string_agg(concat_ws('|', series, ref_area, time_period, obs_value, coalesce(lower, -99), coalesce(upper, "
            "-99), coalesce(unit_measure, ''), "
            "coalesce(dimensions, ''), coalesce(nature, ''), coalesce(qualifier, ''), coalesce(edition::varchar, ''), "
            "coalesce(source, ''), vintage), chr(10)) from " +
            function + "('" + path + "')")
        .value_or("");
  }
  const std::string expected_ =
      "A|CHN|2006|36860000.6103516|-99.0|-99.0|||||||1\n"
      "A|CHN|2005|0.1|0.05|0.15|PERCENT|SEX=F|E|<|2014|it's, \"quoted\"|1\n"
      "\u6307|BGD|1990|-1.0|-99.0|-99.0|||||||1";
};

TEST_F(Exports, RoundTrips) {
  for (const auto& [format, function] : {std::pair{"csv", "read_csv"}, {"parquet", "read_parquet"}, {"json", "read_json"}}) {
    const std::string path = folder_.path(std::string("out.") + format);
    store_.export_observations({}, path, format);
    EXPECT_EQ(read_back(function, path), expected_) << format;
  }
}

TEST_F(Exports, OnlyWhatIsAskedFor) {
  add({{"A", "CHN", 2007, 3}, {"B", "CHN", 2005, 4}});  // a later vintage of A CHN without dimensions, which wins as a whole
  const std::string path = folder_.path("out.csv");
  PanelQuery query;
  query.series = {"A"};
  query.areas = {"CHN"};
  store_.export_observations(query, path, "csv");
  const std::string female = "A|CHN|2005|0.1|0.05|0.15|PERCENT|SEX=F|E|<|2014|it's, \"quoted\"|1";
  EXPECT_EQ(read_back("read_csv", path), "A|CHN|2007|3.0|-99.0|-99.0|||||||2\n" + female);
  query.last_year = 2006;
  store_.export_observations(query, path, "csv");
  EXPECT_EQ(read_back("read_csv", path), female);
}

TEST_F(Exports, ALinkStays) {
  const std::string target = folder_.write("target.csv", "old"), link = folder_.path("link.csv");
  std::filesystem::create_symlink(target, link);
  store_.export_observations({}, link, "csv");
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(read_back("read_csv", target), expected_);
}

TEST_F(Exports, ReplacesTheFileAndLeavesNothingBeside) {
  const std::string path = folder_.write("out.csv", "old");
  store_.export_observations({}, path, "csv");
  EXPECT_TRUE(read_file(path).starts_with("series,ref_area,time_period,obs_value,"));
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path(""))) EXPECT_NE(entry.path().extension(), ".part");
}

TEST_F(Exports, Faults) {
  EXPECT_THROW(store_.export_observations({}, folder_.path("x"), "xls"), Error);
  for (const std::string& path : {folder_.write("file", "") + "/out.csv", folder_.path("")}) {
    try {
      store_.export_observations({}, path, "csv");
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::store);
      EXPECT_EQ(error.where().file, path);
    }
  }
}

TEST_F(Exports, TheFolderIsMade) {
  store_.export_observations({}, folder_.path("a/b/out.csv"), "csv");
  EXPECT_TRUE(std::filesystem::exists(folder_.path("a/b/out.csv")));
}

TEST_F(Exports, DevicesAreNotReplaced) {
  store_.export_observations({}, "/dev/null", "csv");
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST_F(Exports, ParquetOfATable) {
  Table table;
  auto& texts = table.add_texts("a text");
  auto& numbers = table.add_numbers("number");
  auto& integers = table.add_integers("order");  // a word of SQL
  for (int i = 0; i < 5000; ++i) {
    texts.push_back(i == 4999 ? "\u4E2D, \"x\"" : "");
    numbers.push_back(i % 2 == 0 ? missing_value : i / 10.0);
    integers.push_back(i % 3 == 0 ? Table::no_integer : i);
  }
  const std::string path = folder_.path("table.parquet");
  write_parquet(table, path);
  Connection memory("", false);
  EXPECT_EQ(memory.text_of("select concat_ws('|', count(*), count(\"a text\"), count(number), count(\"order\"), sum(\"order\"), "
                           "max(\"a text\")) from read_parquet('" +
                           path + "')"),
            "5000|5000|2500|3333|8331667|\u4E2D, \"x\"");
}

TEST_F(Exports, ParquetOfNothing) {
  Table table;
  table.add_texts("a");
  write_parquet(table, folder_.path("empty.parquet"));
  Connection memory("", false);
  EXPECT_EQ(memory.text_of("select cast(count(*) as varchar) from read_parquet('" + folder_.path("empty.parquet") + "')"), "0");
}

}  // namespace
}  // namespace stocktake
