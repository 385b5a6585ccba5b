// World Bank: likely, possible, unlikely, very unlikely, by the path of constant growth.
#include <gtest/gtest.h>

#include <cmath>

#include "assess/trying.h"

namespace stocktake {
namespace {

using trying::reach;
using trying::reduce_by;
using trying::trial;
using trying::Tried;
using trying::universal;

const trying::Setting mdg{.baseline = 1990, .deadline = 2015};

Tried bank(const Trial& trial, trying::Changes changes = {}) { return trying::with(world_bank_likelihood(), trial, changes); }

// Indicator 1.1, annex to A/69/1.
TEST(WorldBank, PovertyByRegion) {
  const Tried africa = bank(trial({{1990, 56.5}, {2010, 48.4}}, reduce_by(0.5), Direction::down, mdg));
  EXPECT_NEAR(100 * africa.score, 27.91, 5e-3);
  EXPECT_EQ(africa.word, "unlikely");
  EXPECT_EQ(bank(trial({{1990, 60.2}, {2010, 11.6}}, reduce_by(0.5), Direction::down, mdg)).word, "met");
  const Tried south = bank(trial({{1990, 51.5}, {2010, 29.7}}, reduce_by(0.5), Direction::down, mdg));
  EXPECT_EQ(south.word, "possible");  // 29.7 against 51.5 0.5^(20/25) = 29.58 on the path
  EXPECT_GT(29.7, 51.5 * std::pow(0.5, 20.0 / 25));
}

TEST(WorldBank, Classes) {
  const auto at = [](double latest) {
    return bank(trial({{1990, 40}, {2010, latest}}, reduce_by(0.5), Direction::down, mdg)).word;
  };
  const double path = 40 * std::pow(0.5, 20.0 / 25), half = 40 * std::pow(0.5, 10.0 / 25);
  EXPECT_EQ(at(path * 0.999), "likely");
  EXPECT_EQ(at(path * 1.001), "possible");
  EXPECT_EQ(at(half * 0.999), "possible");  // half the pace: twice the time
  EXPECT_EQ(at(half * 1.001), "unlikely");
  EXPECT_EQ(at(40), "unlikely");
  EXPECT_EQ(at(40.001), "very_unlikely");
}

// The share without: 24 to be halved; 76 to 85 in 20 years leaves 15, the path is at 24 0.5^0.8 = 13.8.
TEST(WorldBank, TheShareWithout) {
  TargetRule rule = reduce_by(0.5);
  rule.complement = 100;
  const Tried one = bank(trial({{1990, 76}, {2010, 85}}, rule, Direction::up, mdg));
  EXPECT_NEAR(one.score, std::log(15.0 / 24) / 20 / (std::log(0.5) / 25), 1e-12);
  EXPECT_EQ(one.word, "possible");
  EXPECT_EQ(bank(trial({{1990, 76}, {2010, 86.3}}, rule, Direction::up, mdg)).word, "likely");
  EXPECT_NEAR(one.facts.target, 88, 1e-12);
}

// All: no constant rate ends at none left out, so a tolerance or one point stands for it.
TEST(WorldBank, All) {
  const Tried one = bank(trial({{1990, 80}, {2010, 95}}, reach(100), Direction::up, mdg));
  EXPECT_NEAR(one.score, std::log(5.0 / 20) / 20 / (std::log(1.0 / 20) / 25), 1e-12);
  EXPECT_EQ(one.word, "possible");
  EXPECT_EQ(bank(trial({{1990, 80}, {2010, 95}}, reach(100), Direction::up, mdg), {{"nearly_all", 4}}).word, "likely");
  EXPECT_EQ(bank(trial({{1990, 80}, {2010, 99.2}}, reach(100), Direction::up, mdg)).word, "likely");
  EXPECT_EQ(bank(trial({{1990, 80}, {2010, 94}}, universal(100, 5), Direction::up, mdg)).word, "likely");
}

TEST(WorldBank, NoPathToZero) {
  EXPECT_EQ(bank(trial({{1990, 40}, {2010, 10}}, reach(0), Direction::down, mdg)).verdict, Verdict::not_applicable);
  EXPECT_EQ(bank(trial({{1990, 15}, {2010, 25}}, reach(20), Direction::down, mdg)).word, "very_unlikely");  // met and lost
}

}  // namespace
}  // namespace stocktake
