// The grant element: worked examples that are not ours, R's sums of the same payments (tests/golden/grant_element.R), and every
// degenerate loan.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/files.h"
#include "partnership/money/grant_element.h"
#include "partnership/money/loans.h"

namespace stocktake::testing {
namespace {

const std::string reference = std::string(STOCKTAKE_SOURCE_DIR) + "/reference";

LoanTerms terms(double rate, double maturity, double grace, int payments, Repayment kind = Repayment::equal_principal) {
  return {1000, rate, maturity, grace, payments, kind};
}

ErrorKind kind_of(const LoanTerms& loan, double discount) {
  try {
    grant_element(loan, discount);
  } catch (const Error& error) {
    EXPECT_FALSE(error.problem().empty());
    return error.kind();
  }
  return ErrorKind::internal;
}

// The design's worked examples, computed there by a script that is not ours: 20 years at 1 per cent, equal principal.
TEST(GrantElement, WorkedExamples) {
  struct {
    double grace;
    int payments;
    double discount, percent;
  } const cases[] = {{5, 1, .06, 41.6416}, {5, 1, .09, 56.1732}, {5, 2, .06, 41.6053},
                     {5, 2, .09, 56.1650}, {6, 1, .06, 43.0136}, {6, 1, .09, 57.8436}};
  for (const auto& one : cases) {
    EXPECT_NEAR(100 * grant_element(terms(.01, 20, one.grace, one.payments), one.discount), one.percent, 5e-5);
  }
}

// Each closed form equals the discounted sum of the payments it stands for.
TEST(GrantElement, ClosedFormsEqualTheirSchedules) {
  for (const Repayment kind : {Repayment::equal_principal, Repayment::annuity, Repayment::bullet, Repayment::lump_sum}) {
    for (const double rate : {0.0, 0.0075, 0.025, 0.12}) {
      for (const int payments : {1, 2, 4, 12}) {
        for (const double discount : {0.0, 0.05, 0.09, 0.1}) {
          const LoanTerms loan = terms(rate, 10, 2.5, payments, kind);
          if (payments == 1 && kind != Repayment::bullet && kind != Repayment::lump_sum) continue;  // 7.5 periods
          EXPECT_NEAR(grant_element(loan, discount), grant_element(1000, service_payments(loan), discount), 1e-12)
              << to_string(kind) << " " << rate << " " << payments << " " << discount;
        }
      }
    }
  }
}

TEST(GrantElement, AgreesWithR) {
  const SmallCsv golden = read_small_csv(std::string(STOCKTAKE_SOURCE_DIR) + "/tests/golden/grant_element.csv",
                                         {"kind", "rate", "maturity", "grace", "payments", "discount", "element"});
  ASSERT_GE(golden.rows.size(), 100U);
  for (const auto& row : golden.rows) {
    const LoanTerms loan =
        terms(std::stod(row[1]), std::stod(row[2]), std::stod(row[3]), std::stoi(row[4]), *parse_repayment(row[0]));
    EXPECT_NEAR(grant_element(loan, std::stod(row[5])), std::stod(row[6]), 1e-11) << row[0] << " " << row[1] << " " << row[2];
  }
}

TEST(GrantElement, IdentitiesOfALoanAtTheDiscountRate) {
  // Interest at the discount rate is no gift; dearer loans have a negative element; a grant is all gift.
  for (const Repayment kind : {Repayment::equal_principal, Repayment::annuity, Repayment::bullet}) {
    EXPECT_NEAR(grant_element(terms(.06, 20, 5, 1, kind), .06), 0, 1e-13);
    EXPECT_LT(grant_element(terms(.08, 20, 5, 1, kind), .06), 0);
    EXPECT_GT(grant_element(terms(.02, 20, 5, 1, kind), .06), 0);
  }
  EXPECT_EQ(grant_element(1000, {}, .09), 1);
  EXPECT_EQ(grant_element(1000, {{0, 1000}}, .09), 0);  // paid back at once
  EXPECT_NEAR(grant_element(terms(0, 20, 5, 1), 0), 0, 1e-15);
}

TEST(GrantElement, RefusesWhatIsNoLoan) {
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinite = std::numeric_limits<double>::infinity();
  EXPECT_EQ(kind_of(terms(.01, 0, 1, 1), .06), ErrorKind::input);
  EXPECT_EQ(kind_of(terms(.01, -5, 1, 1), .06), ErrorKind::input);
  EXPECT_EQ(kind_of(terms(.01, 10, 11, 1), .06), ErrorKind::input);
  EXPECT_EQ(kind_of(terms(.01, 10, 0, 1), .06), ErrorKind::input);
  EXPECT_EQ(kind_of(terms(.01, 10, 2, 0), .06), ErrorKind::input);
  EXPECT_EQ(kind_of(terms(.01, 10, 2.3, 1), .06), ErrorKind::input);  // 7.7 periods
  EXPECT_EQ(kind_of(terms(nan, 10, 2, 1), .06), ErrorKind::input);
  EXPECT_EQ(kind_of(terms(-1, 10, 2, 1), .06), ErrorKind::input);
  EXPECT_EQ(kind_of(terms(.01, infinite, 2, 1), .06), ErrorKind::input);
  EXPECT_EQ(kind_of(terms(.01, 10, 2, 1), nan), ErrorKind::input);
  EXPECT_EQ(kind_of(terms(.01, 10, 2, 1), -1), ErrorKind::input);
  LoanTerms zero = terms(.01, 10, 2, 1);
  zero.face = 0;
  EXPECT_EQ(kind_of(zero, .06), ErrorKind::input);
  EXPECT_THROW(grant_element(1000, {{-1, 5}}, .06), Error);
  EXPECT_THROW(grant_element(1000, {{1, nan}}, .06), Error);
  EXPECT_THROW(grant_element(-1, {{1, 5}}, .06), Error);
}

// OECD, Official development assistance - definition and coverage: 9 % and 45 for LDCs and other LICs, 7 and 15 for LMICs, 6 and
// 10 for UMICs; organisations 10 at 5 or 6. UN LDC portal: before, 25 at 10.
TEST(GrantElement, RulesAreTheOecds) {
  const GrantElementRules rules = GrantElementRules::load(reference);
  const double expected[5][2] = {{.09, .45}, {.07, .15}, {.06, .10}, {.05, .10}, {.06, .10}};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_DOUBLE_EQ(rules.by_borrower[i].discount, expected[i][0]);
    EXPECT_DOUBLE_EQ(rules.by_borrower[i].minimum, expected[i][1]);
  }
  EXPECT_DOUBLE_EQ(rules.older.discount, .10);
  EXPECT_DOUBLE_EQ(rules.older.minimum, .25);
}

TEST(GrantElement, BelowTheMinimumALoanCountsNothing) {
  const LoanVerdict above = judge_loan(1000, .4501, {.09, .45}, OdaBasis::grant_equivalent);
  EXPECT_TRUE(above.concessional);
  EXPECT_DOUBLE_EQ(above.grant_equivalent, 450.1);
  EXPECT_DOUBLE_EQ(above.counted, 450.1);
  const LoanVerdict below = judge_loan(1000, .4499, {.09, .45}, OdaBasis::grant_equivalent);
  EXPECT_FALSE(below.concessional);
  EXPECT_EQ(below.grant_equivalent, 0);
  EXPECT_EQ(below.counted, 0);
  EXPECT_TRUE(judge_loan(1000, .45, {.09, .45}, OdaBasis::grant_equivalent).concessional);
  EXPECT_TRUE(judge_loan(1000, .1 + .35, {.09, .45}, OdaBasis::grant_equivalent).concessional);  // .44999999999999996
  EXPECT_EQ(judge_loan(1000, .30, {.10, .25}, OdaBasis::net_flow).counted, 1000);                // older: the whole flow
  EXPECT_EQ(judge_loan(1000, .24, {.10, .25}, OdaBasis::net_flow).counted, 0);
}

TEST(OdaLoans, OneByOneWithTheRestRead) {
  const std::string text =
      "id,face,rate,maturity,grace,payments,kind,income_group,discount\n"
      "a,1000,1,20,5,1,equal_principal,LDC,\n"  // 56.1732
      "b,2000,1,20,5,,,UMIC,\n"                 // 41.6416
      "c,1000,8,20,5,1,,LDC,\n"                 // below 45: counts 0
      "d,1000,1,20,,1,,LDC,\n"                  // no grace
      "e,1000,1,20,5,1,,MARS,\n"
      "f,1000,x,20,5,1,,LDC,\n"
      "g,1000,1,20,5\n"
      "h,1000,1,20,,1,bullet,MDB,\n"
      "i,1000,1,20,5,1,,,\n"
      "j,1000,1,20,5,1,,,6\n";
  const auto source = ByteSource::from_bytes(text, "loans.csv");
  const LoanTable table = read_loans(*source, GrantElementRules::load(reference), OdaBasis::grant_equivalent);
  ASSERT_EQ(table.loans.size(), 5U);
  EXPECT_NEAR(100 * table.loans[0].verdict.element, 56.1732, 5e-5);
  EXPECT_NEAR(table.loans[1].verdict.grant_equivalent, 832.832, 1e-3);
  EXPECT_EQ(table.loans[2].verdict.counted, 0);
  EXPECT_EQ(table.loans[3].verdict.discount, .05);
  EXPECT_NEAR(100 * table.loans[4].verdict.element, 41.6416, 5e-5);
  EXPECT_EQ(table.face, 6000);
  ASSERT_EQ(table.faults.size(), 5U);
  EXPECT_EQ(table.faults[0].line, 5U);
  EXPECT_EQ(table.faults[3].line, 8U);
  EXPECT_NE(table.faults[1].problem.find("MARS"), std::string::npos);
  const auto older = ByteSource::from_bytes("face,rate,maturity,grace\n1000,1,20,5\n", "loans.csv");
  const LoanTable net = read_loans(*older, GrantElementRules::load(reference), OdaBasis::net_flow);
  EXPECT_EQ(net.counted, 1000);
  EXPECT_EQ(net.loans[0].verdict.discount, .10);
}

TEST(OdaLoans, SchedulesAndTheirFaults) {
  const auto good = ByteSource::from_bytes("years;amount\n1;10\n2;1010\n", "s.csv");
  EXPECT_NEAR(grant_element(1000, read_schedule(*good), .01), 0, 1e-15);
  for (const char* text : {"years,amount\n", "year,value\n1,2\n", "years,amount\n1,x\n", "", "years,amount\n1\n"}) {
    const auto bad = ByteSource::from_bytes(text, "s.csv");
    EXPECT_THROW(read_schedule(*bad), Error) << text;
  }
  const auto missing = ByteSource::from_bytes("face,rate\n1,2\n", "loans.csv");
  EXPECT_THROW(read_loans(*missing, GrantElementRules::load(reference), OdaBasis::grant_equivalent), Error);
}

}  // namespace
}  // namespace stocktake::testing
