// Loans of a table, one a row, each by the terms it names: how much of it is aid under the rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ingest/byte_source.h"
#include "partnership/money/grant_element.h"

namespace stocktake {

struct Loan {
  std::string id;
  LoanTerms terms;
  std::optional<Borrower> borrower;
  std::optional<double> discount;  // a year; overrides the borrower's
  std::uint64_t line = 0;
  LoanVerdict verdict;
};
struct LoanFault {
  std::uint64_t line = 0;
  std::string problem;
};
struct LoanTable {
  std::vector<Loan> loans;  // in the order of the file
  std::vector<LoanFault> faults;
  double face = 0, grant_equivalent = 0, counted = 0;  // sums of the loans, in the order of the file
};

// Columns (CSV, any delimiter): face, rate (per cent a year), maturity and grace (years), and where they are there id, payments
// [1], kind [equal_principal], income_group (LDC, LIC, LMIC, UMIC, MDB, MULTI), discount (per cent; the minimum is then the
// borrower's, 0 without one). A row with a fault is left out and told of. Throws Error(input) where a needed column is missing.
LoanTable read_loans(ByteSource& source, const GrantElementRules& rules, OdaBasis basis);

// A schedule: columns years (after commitment) and amount. Throws Error(input) with the line of a fault, and for an empty one.
std::vector<Payment> read_schedule(ByteSource& source);

std::optional<Repayment> parse_repayment(std::string_view text);  // "equal_principal", "annuity", "bullet", "lump_sum"
std::string_view to_string(Repayment kind);

}  // namespace stocktake
