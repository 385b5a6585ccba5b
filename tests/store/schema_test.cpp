// Making, opening and migrating stores; files that are none.
#include "store/schema.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "store/sample_store.h"

namespace stocktake {
namespace {

Error fault_of(const auto& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no fault";
  return {ErrorKind::internal, ""};
}

class Schema : public ::testing::Test {
 protected:
  testing::TemporaryFolder folder_;
  std::string path_ = folder_.path("store.duckdb");
  Error open_fault(Store::Access access) const {
    return fault_of([&] { Store::open(path_, access); });
  }
};

TEST_F(Schema, ANewStoreIsEmptyAndCurrent) {
  {
    const Store store = Store::create(path_);
    EXPECT_EQ(store.schema_version(), current_schema());
    EXPECT_EQ(store.path(), path_);
    EXPECT_TRUE(store.vintages().empty());
  }
  EXPECT_EQ(Store::open(path_, Store::Access::read).schema_version(), current_schema());
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_.path(""))) ++files;
  EXPECT_EQ(files, 1U);  // nothing is left beside it
}

TEST_F(Schema, CreateReplacesNothing) {
  folder_.write("store.duckdb", "mine");
  const Error error = fault_of([&] { Store::create(path_); });
  EXPECT_EQ(error.kind(), ErrorKind::store);
  EXPECT_NE(error.problem().find("exists already"), std::string::npos);
  EXPECT_EQ(read_file(path_), "mine");
}

TEST_F(Schema, CreateNeedsAFolder) {
  const Error error = fault_of([&] { Store::create(folder_.path("none/store.duckdb")); });
  EXPECT_EQ(error.kind(), ErrorKind::not_found);
  EXPECT_NE(error.problem().find("none does not exist"), std::string::npos);
}

TEST_F(Schema, OpenNeedsAFile) {
  const Error error = open_fault(Store::Access::read);
  EXPECT_EQ(error.kind(), ErrorKind::not_found);
  EXPECT_NE(error.remedy().find("stocktake init"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(Schema, AForeignDatabaseIsRefused) {
  Connection(path_, false).run("create table mine(x integer)");
  for (const auto access : {Store::Access::read, Store::Access::write}) {
    const Error error = open_fault(access);
    EXPECT_EQ(error.kind(), ErrorKind::store);
    EXPECT_NE(error.problem().find("not a Stocktake store"), std::string::npos);
    EXPECT_EQ(error.where().file, path_);
  }
  EXPECT_EQ(Connection(path_, true).text_of("select string_agg(table_name, ',') from information_schema.tables"), "mine");
}

TEST_F(Schema, ANewerStoreIsRefused) {
  Store::create(path_);
  Connection(path_, false)
      .run("update stocktake_meta set value = '" + std::to_string(current_schema() + 1) + "' where name = 'schema_version'");
  for (const auto access : {Store::Access::read, Store::Access::write}) {
    const Error error = open_fault(access);
    EXPECT_EQ(error.kind(), ErrorKind::store);
    EXPECT_NE(error.problem().find("schema version " + std::to_string(current_schema() + 1)), std::string::npos);
    EXPECT_EQ(error.remedy(), "Use a newer Stocktake");
  }
}

TEST_F(Schema, AVersionThatIsNoNumber) {
  Store::create(path_);
  Connection(path_, false).run("update stocktake_meta set value = 'x'");
  EXPECT_EQ(open_fault(Store::Access::write).kind(), ErrorKind::store);
}

// Version 0 is a database without any table; each older version is made by the migrations up to it.
TEST_F(Schema, OlderStoresAreMigratedWhenWritten) {
  for (int version = 0; version < current_schema(); ++version) {
    std::filesystem::remove(path_);
    {
      Connection connection(path_, false);
      if (version > 0) connection.run("create table stocktake_meta(name varchar primary key, value varchar not null)");
      for (int i = 0; i < version; ++i) connection.run(migrations()[static_cast<std::size_t>(i)]);
      if (version > 0) connection.run("insert into stocktake_meta values ('schema_version', '" + std::to_string(version) + "')");
      EXPECT_EQ(schema_version(connection, path_), version);
    }
    const Error error = open_fault(Store::Access::read);
    EXPECT_EQ(error.kind(), ErrorKind::store);
    EXPECT_NE(error.problem().find("older schema version " + std::to_string(version)), std::string::npos);
    EXPECT_NE(error.remedy().find("stocktake init"), std::string::npos);
    EXPECT_EQ(Store::open(path_, Store::Access::write).schema_version(), current_schema());
    EXPECT_TRUE(Store::open(path_, Store::Access::read).vintages().empty());
  }
}

std::string tables_of(const std::string& path) {
  Connection connection(path, true);
  return connection
      .text_of(
          "select string_agg(line, ', ' order by line) from (select concat_ws(' ', table_name, column_name, data_type, "
          "is_nullable) as line from information_schema.columns)")
      .value_or("");
}

// Version 1 said the provenance beside every figure. Its figures and bounds are the same afterwards, and so are the tables of a
// store that was made new.
TEST_F(Schema, FiguresOfVersionOneAreKept) {
  const char* const figures =
      "select string_agg(line, ', ' order by line) from (select concat_ws(' ', series, ref_area, time_period, obs_value, lower, "
      "upper, unit_measure, dimensions, nature, qualifier, edition, source, vintage) as line from observations)";
  std::string before;
  {
    Connection connection(path_, false);
    connection.run("create table stocktake_meta(name varchar primary key, value varchar not null)");
    connection.run(migrations()[0]);
    connection.run(
        "insert into stocktake_meta values ('schema_version', '1');"
        "insert into vintage values (1, 's', 'o', 'tidy', 'e', null, timestamp '2020-01-01', 'h', 1, 4, 4, 0, 0, false);"
        "insert into vintage values (2, 's', 'o', 'tidy', 'e', null, timestamp '2021-01-01', 'i', 1, 1, 1, 0, 0, true);"
        "insert into series values (0, 'A'); insert into area values (0, 'CHN'), (1, 'IND'); insert into unit values (0, '');"
        "insert into dimension_set values (0, ''); insert into series_key values (0, 0, 0, 0, 0), (1, 0, 1, 0, 0);"
        "insert into provenance values (0, 1, '', '', '', ''), (1, 1, 'E', '<', 'ed', 'src'), (2, 2, '', '', '', '');"
        "insert into observation values (0, 2000, 1.5, 0), (1, 2000, 2.5, 1), (0, 2001, 3.5, 1), (1, 2001, 4.5, 0), (0, 2001, 9, "
        "2);"
        "insert into bound values (0, 2001, 1, 3, null);");
    before = connection.text_of(figures).value_or("");
  }
  {
    const Store store = Store::open(path_, Store::Access::write);
    const Panel panel = store.panel({});
    EXPECT_EQ(panel.value, (std::vector<double>{1.5, 9, 2.5, 4.5}));  // the update of 2001 wins
  }
  EXPECT_EQ(Connection(path_, true).text_of(figures).value_or(""), before);
  EXPECT_NE(before.find("3.5 3"), std::string::npos);  // the bound is shown beside its figure
  const std::string fresh = folder_.path("fresh.duckdb");
  Store::create(fresh);
  EXPECT_EQ(tables_of(path_), tables_of(fresh));
}

TEST_F(Schema, AFailedMigrationChangesNothing) {
  {
    Connection connection(path_, false);
    connection.run("create table vintage(x integer)");  // in the way of the first migration
    EXPECT_THROW(migrate(connection, 0), Error);
  }
  EXPECT_EQ(Connection(path_, true).text_of("select string_agg(table_name, ',') from information_schema.tables"), "vintage");
}

TEST(SqlQuote, DoublesQuotes) {
  EXPECT_EQ(sql_quote("it's"), "'it''s'");
  EXPECT_EQ(sql_quote(""), "''");
}

TEST(Connections, TellWhatTheDatabaseSays) {
  Connection memory("", false);
  EXPECT_NE(std::string(fault_of([&] { memory.run("selec 1"); }).what()).find("syntax error"), std::string::npos);
  EXPECT_NE(std::string(fault_of([&] { memory.query("select * from none"); }).what()).find("none"), std::string::npos);
  EXPECT_EQ(memory.text_of("select cast(? as varchar)", {"\u4E2D"}), "\u4E2D");
  EXPECT_EQ(memory.text_of("select cast(? as varchar)", {std::nullopt}), std::nullopt);
  EXPECT_EQ(memory.text_of("select 'x' where false"), std::nullopt);
}

}  // namespace
}  // namespace stocktake
