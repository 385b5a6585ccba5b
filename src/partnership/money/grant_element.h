// The grant element of a loan by the DAC's own formulas, and what of the loan counts as ODA under its rules. Plain arithmetic:
// no data, no state, thread-safe.
//
//   element = 1 - PV(service payments) / face value,   grant equivalent = face value x element
//
// Formulas: OECD DAC, Statistical Reporting Directives, annex "Terms and basis for the calculation of the grant element"
// (paperzz.com/doc/8929037). Closed forms: equal principal, annuity, lump sum; all else: the payments themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake {

enum class Repayment : std::uint8_t {
  equal_principal,  // the same principal each time, interest on what is outstanding
  annuity,          // the same sum each time
  bullet,           // all principal at the end, interest as it falls due
  lump_sum,         // principal and simple interest at the end
};

struct LoanTerms {
  double face = 1;      // in any currency
  double rate = 0;      // interest a year, 0.01 is one per cent
  double maturity = 0;  // years from commitment to the last payment
  double grace = 0;     // years from commitment to the first payment of principal
  int payments = 1;     // a year
  Repayment kind = Repayment::equal_principal;
};

// A payment to the creditor, `years` after commitment.
struct Payment {
  double years = 0, amount = 0;
};

// The element as a fraction of the face value (0.416416 is 41.6416 %); negative where the loan is dearer than the discount
// rate. Throws Error(input) for terms that make no loan: a maturity or grace that is not positive, a grace beyond the maturity,
// payments a year outside 1 to 365, a face value that is not positive, a discount or interest rate at or below -1, anything not
// finite, and an interval between the first and last payment that is no whole number of periods.
double grant_element(const LoanTerms& terms, double discount);
// The same from the payments. An empty schedule is a grant: 1.
double grant_element(double face, const std::vector<Payment>& payments, double discount);
// The service payments of the terms, in the order of time; their discounted sum gives the same element where the grace period is
// a whole number of periods (elsewhere the formula's interest of the first, shorter period is a continuous one).
std::vector<Payment> service_payments(const LoanTerms& terms);

// Who borrows: decides the discount rate and the minimum.
enum class Borrower : std::uint8_t {
  ldc,           // least developed or other low income
  lmic,          // lower middle income
  umic,          // upper middle income
  global,        // global institutions and multilateral development banks
  multilateral,  // other international organisations, sub-regional ones included
};
std::optional<Borrower> parse_borrower(
    std::string_view text);  // "LDC", "LIC", "LMIC", "UMIC", "MDB", "GLOBAL", "MULTI", any case
std::string_view to_string(Borrower borrower);

// The rules of a time: reference/grant_element_rules.csv (values with their sources).
struct GrantElementRule {
  double discount = 0;  // a year
  double minimum = 0;   // element below which the loan is no ODA
};
struct GrantElementRules {
  GrantElementRule by_borrower[5];                           // by Borrower: grant-equivalent measure, flows from 2018
  GrantElementRule older;                                    // net-flow measure: one test for all
  static GrantElementRules load(const std::string& folder);  // Error(input | not_found)
  const GrantElementRule& of(Borrower borrower) const { return by_borrower[static_cast<std::size_t>(borrower)]; }
};

enum class OdaBasis : std::uint8_t { net_flow, grant_equivalent };

struct LoanVerdict {
  double element = 0;  // fraction
  double discount = 0, minimum = 0;
  bool concessional = false;    // element >= minimum
  double grant_equivalent = 0;  // face x element, 0 where not concessional
  double counted = 0;           // what the measure counts when the loan is disbursed: the grant equivalent, or the face value
};
// An element that misses the minimum by less than 1e-9 counts as reaching it (rounding of the sums).
LoanVerdict judge_loan(double face, double element, const GrantElementRule& rule, OdaBasis basis);

}  // namespace stocktake
