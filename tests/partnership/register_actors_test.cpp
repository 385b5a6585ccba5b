// One actor under the names of six languages and the codes of areas: when a commitment is written, and when an old entry is read.
#include <gtest/gtest.h>

#include "base/files.h"
#include "partnership/register/actors.h"
#include "partnership/register_sample.h"
#include "partnership/views/league.h"

namespace stocktake {
namespace {

using testing::change;
using testing::Desk;

std::string id_of(const std::string& id, const std::string& name, PartyKind kind = PartyKind::other) {
  return actor_table().resolve(Party{id, name, kind});
}

TEST(Actors, OneBodyInSixLanguages) {
  for (const char* name : {"General Assembly", "the General Assembly", "大会", "联合国大会", "Assemblée générale",
                           "Asamblea General", "Генеральная Ассамблея", "الجمعية العامة"}) {
    EXPECT_EQ(id_of("", name, PartyKind::un_body), "general_assembly") << name;
    EXPECT_EQ(id_of(id_of_name(name), name, PartyKind::un_body), "general_assembly") << name;  // as older programs wrote it
  }
  EXPECT_EQ(id_of("undp", "联合国开发计划署"), "united_nations_development_programme");
  EXPECT_EQ(id_of("", "United Nations Development Programme"), "united_nations_development_programme");
}

TEST(Actors, OneAreaByCodeNumberAndName) {
  for (const char* text : {"FRA", "FR", "250", "France", "france", "法国", "Франция", "Francia", "فرنسا"}) {
    EXPECT_EQ(id_of("", text, PartyKind::government), id_of("FRA", "", PartyKind::government)) << text;
    EXPECT_EQ(actor_table().resolve(text), "FRA") << text;
  }
  EXPECT_EQ(id_of("FR", "République française", PartyKind::government), "FRA");
  EXPECT_EQ(id_of("ldc", "最不发达国家"), "LDC");
  EXPECT_EQ(id_of("", "least developed countries"), "LDC");
}

TEST(Actors, WhatIsNotKnownStays) {
  EXPECT_EQ(id_of("", "Acme Ltd.", PartyKind::business), "acme_ltd");
  EXPECT_EQ(id_of("GB-COH-1", "Acme", PartyKind::business), "GB-COH-1");
  EXPECT_EQ(id_of("", "Georgia", PartyKind::business), "georgia");  // a business is no area
  EXPECT_EQ(id_of("GEO", "Georgia", PartyKind::business), "GEO");
  EXPECT_EQ(id_of("treasury", "France", PartyKind::government), "treasury");  // an id that was given is not guessed anew
  EXPECT_EQ(id_of("", "Can", PartyKind::other), "can");                       // no code, though CAN is one
  EXPECT_EQ(id_of("", "", PartyKind::government), "");
}

TEST(Actors, Idempotent) {
  for (const char* text : {"大会", "FR", "Acme Ltd.", "ldc", "undp", "women", "Africa"}) {
    const std::string once = id_of("", text);
    EXPECT_EQ(id_of(once, text), once) << text;
    EXPECT_EQ(actor_table().resolve(once), once) << text;
  }
}

TEST(Actors, EntriesOfOlderProgramsCountTogether) {
  Desk desk;
  const auto take = [&](const std::string& id, const std::string& actor) {
    desk.take({0, testing::sample_time, "commitment",
               R"({"commitment":{"actor":)" + actor + R"(,"due":"2015-12-31","id":")" + id +
                   R"(","made":"2013-10-09","text":"x"},"first":{"on":"2013-10-09","status":"pledged"}})"});
  };
  take("a", R"({"id":"general_assembly","kind":"un_body","name":"General Assembly"})");
  take("b", R"({"id":"大会","kind":"un_body","name":"大会"})");
  take("c", R"({"id":"france","kind":"other","name":"France"})");
  take("d", R"({"id":"FRA","kind":"government","name":"法国"})");
  const Accounts accounts = take_account(desk.reg, {2014, 1, 1}, nullptr, {});
  const std::vector<LeagueRow> league = league_table(accounts);
  ASSERT_EQ(league.size(), 2U);
  EXPECT_EQ(league[0].commitments, 2);
  EXPECT_EQ(league[1].commitments, 2);
  EXPECT_EQ(desk["b"].actor.name, "大会");  // as printed
  EXPECT_TRUE(is_party(desk["b"].actor, "Assemblée générale"));
  EXPECT_TRUE(is_party(desk["c"].actor, "FR"));
  EXPECT_FALSE(is_party(desk["c"].actor, "KEN"));
}

TEST(Actors, TablesThatAreMissing) {
  testing::TemporaryFolder folder;
  EXPECT_THROW(ActorTable::load(folder.path("none")), Error);
}

}  // namespace
}  // namespace stocktake
