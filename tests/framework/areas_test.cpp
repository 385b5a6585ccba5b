// Codes, aliases and dated membership: on small tables, and on the tables of reference/.
#include "framework/areas.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "framework/temporary_folder.h"

namespace stocktake::testing {
namespace {

const std::string areas_header =
    "iso3,iso2,m49,kind,parent_note,from,to,name_en,name_ar,name_zh,name_fr,name_ru,name_es,aliases\n";
const std::string defs_header = "group,kind,m49,name_en,name_ar,name_zh,name_fr,name_ru,name_es,parent,note,aliases\n";
const std::string groups_header = "group,iso3,from,to,source\n";

struct Tables {
  std::string areas = areas_header +
                      "AAA,AA,004,country,,,,Aland,,,,,,\n"
                      "BBB,BB,156,country,,2011-07-09,,Beland,,,,,,B_B; Bee\n"
                      "CCC,,810,historical,,,1992-08-30,Celand,,,,,,USSR\n";
  std::string defs = defs_header + "WLD,m49,001,World,,,,,,,,WORLD\nGRP,un,,Group,,,,,,WLD,,\nEMPTY,un,,Empty,,,,,,WLD,,\n";
  std::string groups =
      groups_header + "WLD,BBB,,,s\nWLD,AAA,,,s\nGRP,AAA,1971,2014-01,s\nGRP,BBB,2012,,s\nGRP,CCC,,2000-01-01,s\n";

  AreaRegistry load() const {
    const TemporaryFolder folder;
    folder.write("areas.csv", areas);
    folder.write("group_defs.csv", defs);
    folder.write("groups.csv", groups);
    return AreaRegistry::load(folder.path("."));
  }
  // "areas.csv:3 iso3" of the error that loading ends with.
  std::string blame() const {
    try {
      load();
    } catch (const Error& error) {
      const std::string& file = error.where().file;
      return file.substr(file.rfind('/') + 1) + ":" + std::to_string(error.where().line) + " " + error.where().field;
    }
    return "no fault";
  }
};

std::vector<std::string> codes(const AreaRegistry& registry, const std::vector<AreaId>& ids) {
  std::vector<std::string> all;
  for (const AreaId id : ids) all.push_back(registry.at(id).code);
  return all;
}

std::vector<std::string> members(const AreaRegistry& registry, std::string_view group, Date on) {
  return codes(registry, registry.members(registry.find(group).value(), on));
}

std::string found(const AreaRegistry& registry, std::string_view code) {
  const auto id = registry.find(code);
  return id ? registry.at(*id).code : "";
}

TEST(Areas, AreFoundByAnyCode) {
  const AreaRegistry registry = Tables().load();
  for (const std::string_view code : {"BBB", "bbb", "BB", "156", "0156", "B_B", "b_b", "Bee"})
    EXPECT_EQ(found(registry, code), "BBB") << code;
  for (const std::string_view code : {"4", "04", "004"}) EXPECT_EQ(found(registry, code), "AAA") << code;
  EXPECT_EQ(found(registry, "1"), "WLD");
  EXPECT_EQ(found(registry, "World"), "WLD");  // an alias in another case
  for (const std::string_view code : {"", "0", "000", "Beland", "ZZZ", "AAA "}) EXPECT_EQ(found(registry, code), "") << code;
}

TEST(Areas, MembershipHasDates) {
  const AreaRegistry registry = Tables().load();
  using Codes = std::vector<std::string>;
  EXPECT_EQ(members(registry, "GRP", {1970, 12, 31}), Codes{"CCC"});
  EXPECT_EQ(members(registry, "GRP", {1971, 1, 1}), (Codes{"AAA", "CCC"}));
  EXPECT_EQ(members(registry, "GRP", {2012, 1, 1}), (Codes{"AAA", "BBB"}));
  // The month of leaving counts to its end.
  EXPECT_EQ(members(registry, "GRP", {2014, 1, 31}), (Codes{"AAA", "BBB"}));
  EXPECT_EQ(members(registry, "GRP", {2014, 2, 1}), Codes{"BBB"});
  // An area is a member only while it exists; the day of dissolution is the first without it.
  EXPECT_EQ(members(registry, "GRP", {1992, 8, 29}), (Codes{"AAA", "CCC"}));
  EXPECT_EQ(members(registry, "GRP", {1992, 8, 30}), Codes{"AAA"});
  EXPECT_EQ(members(registry, "WLD", {2011, 7, 8}), Codes{"AAA"});
  EXPECT_EQ(members(registry, "WLD", {2011, 7, 9}), (Codes{"AAA", "BBB"}));  // in the order of the registry, not of the file
  const AreaId group = registry.find("GRP").value(), area = registry.find("AAA").value();
  EXPECT_TRUE(registry.is_member(group, area, {2013, 9, 25}));
  EXPECT_FALSE(registry.is_member(group, area, {2014, 6, 1}));
  EXPECT_FALSE(registry.is_member(area, area, {2014, 6, 1}));
}

TEST(Areas, AFullDateOfLeavingIsTheFirstDayOutside) {
  Tables tables;
  tables.groups = groups_header + "GRP,AAA,,2014-01-01,s\nGRP,AAA,2016,2017,s\n";
  const AreaRegistry registry = tables.load();
  const AreaId group = registry.find("GRP").value(), area = registry.find("AAA").value();
  EXPECT_TRUE(registry.is_member(group, area, {2013, 12, 31}));
  EXPECT_FALSE(registry.is_member(group, area, {2014, 1, 1}));
  EXPECT_TRUE(registry.is_member(group, area, {2017, 12, 31}));  // it came back
  EXPECT_FALSE(registry.is_member(group, area, {2018, 1, 1}));
  EXPECT_EQ(registry.memberships(group).size(), 2U);
  EXPECT_EQ(registry.memberships(group)[0].to, (Date{2013, 12, 31}));
}

TEST(Areas, GroupsAreThoseWithMembers) {
  const AreaRegistry registry = Tables().load();
  EXPECT_EQ(codes(registry, registry.groups()), (std::vector<std::string>{"WLD", "GRP"}));
  EXPECT_TRUE(registry.is_group(registry.find("EMPTY").value()));
  EXPECT_EQ(registry.at(registry.find("GRP").value()).group_kind, "un");
  EXPECT_EQ(registry.hash().size(), 64U);
}

TEST(Areas, FaultsHaveTheirPlace) {
  const auto blame = [](const auto& change) {
    Tables tables;
    change(tables);
    return tables.blame();
  };
  EXPECT_EQ(blame([](Tables&) {}), "no fault");
  EXPECT_EQ(blame([](Tables& t) { t.areas += "AAA,,,country,,,,Again,,,,,,\n"; }), "areas.csv:5 iso3");
  EXPECT_EQ(blame([](Tables& t) { t.areas += "DDD,AA,,country,,,,D,,,,,,\n"; }), "areas.csv:5 iso2");
  EXPECT_EQ(blame([](Tables& t) { t.areas += "DDD,,4,country,,,,D,,,,,,\n"; }), "areas.csv:5 m49");
  EXPECT_EQ(blame([](Tables& t) { t.areas += "DDD,,004,country,,,,D,,,,,,\n"; }), "areas.csv:5 m49");
  EXPECT_EQ(blame([](Tables& t) { t.areas += "DDD,,,country,,,,D,,,,,,AAA\n"; }), "areas.csv:5 aliases");
  EXPECT_EQ(blame([](Tables& t) { t.areas += "DDD,,,planet,,,,D,,,,,,\n"; }), "areas.csv:5 kind");
  EXPECT_EQ(blame([](Tables& t) { t.areas += "DDD,,,country,,soon,,D,,,,,,\n"; }), "areas.csv:5 from");
  EXPECT_EQ(blame([](Tables& t) { t.areas += "DDD,,,country,,2000,1999,D,,,,,,\n"; }), "areas.csv:5 to");
  EXPECT_EQ(blame([](Tables& t) { t.areas += "DDD,,,country,,,,,,,,,,\n"; }), "areas.csv:5 name_en");
  EXPECT_EQ(blame([](Tables& t) { t.areas += "DDD,,,country\n"; }), "areas.csv:5 ");
  EXPECT_EQ(blame([](Tables& t) { t.defs += "AAA,un,,A,,,,,,,,\n"; }), "group_defs.csv:5 group");
  EXPECT_EQ(blame([](Tables& t) { t.groups += "NONE,AAA,,,s\n"; }), "groups.csv:7 group");
  EXPECT_EQ(blame([](Tables& t) { t.groups += "AAA,AAA,,,s\n"; }), "groups.csv:7 group");
  EXPECT_EQ(blame([](Tables& t) { t.groups += "GRP,NONE,,,s\n"; }), "groups.csv:7 iso3");
  EXPECT_EQ(blame([](Tables& t) { t.groups += "GRP,WLD,,,s\n"; }), "groups.csv:7 iso3");
  EXPECT_EQ(blame([](Tables& t) { t.groups += "GRP,AAA,2000,2000-13,s\n"; }), "groups.csv:7 to");
}

// The tables of the repository.
class Reference : public ::testing::Test {
 protected:
  bool is_member(std::string_view group, std::string_view area, Date on) const {
    return registry_.is_member(registry_.find(group).value(), registry_.find(area).value(), on);
  }
  const AreaRegistry registry_ = AreaRegistry::load(STOCKTAKE_SOURCE_DIR "/reference");
};

TEST_F(Reference, M49CodesResolveWithoutLeadingZeros) {
  EXPECT_EQ(found(registry_, "4"), "AFG");
  EXPECT_EQ(found(registry_, "004"), "AFG");
  EXPECT_EQ(found(registry_, "156"), "CHN");
  EXPECT_EQ(found(registry_, "1"), "WLD");
  EXPECT_EQ(found(registry_, "CN"), "CHN");
}

TEST_F(Reference, SouthSudanIsNoMemberBeforeItsIndependence) {
  EXPECT_FALSE(is_member("WLD", "SSD", {2010, 12, 31}));
  EXPECT_TRUE(is_member("WLD", "SSD", {2011, 12, 31}));
  EXPECT_FALSE(is_member("LDC", "SSD", {2010, 12, 31}));
  EXPECT_TRUE(is_member("LDC", "SSD", {2013, 9, 25}));
}

TEST_F(Reference, SamoaGraduatedInJanuary2014) {
  EXPECT_TRUE(is_member("LDC", "WSM", {2013, 9, 25}));
  EXPECT_FALSE(is_member("LDC", "WSM", {2014, 6, 1}));
}

TEST_F(Reference, EveryAreaHasSixNames) {
  for (const Area& area : registry_.all()) {
    for (const Language language : all_languages) EXPECT_TRUE(area.name.has(language)) << area.code << " " << code(language);
  }
}

}  // namespace
}  // namespace stocktake::testing
