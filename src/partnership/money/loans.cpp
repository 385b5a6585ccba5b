#include "partnership/money/loans.h"

#include <cmath>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/named_rows.h"

namespace stocktake {
namespace {

// Places in the list of columns below.
enum { id, face, rate, maturity, grace, payments, kind, borrower, discount };
const std::vector<NamedColumn>& loan_columns() {
  static const std::vector<NamedColumn> all{
      {{"id", "loan"}, false},        {{"face", "face_value", "amount"}, true}, {{"rate", "interest", "interest_rate"}, true},
      {{"maturity"}, true},           {{"grace", "grace_period"}, false},       {{"payments", "payments_a_year"}, false},
      {{"kind", "repayment"}, false}, {{"income_group", "borrower"}, false},    {{"discount", "discount_rate"}, false}};
  return all;
}

// Throws Error(input): caught where the line is known.
Loan read_loan(const std::vector<std::string_view>& f, const GrantElementRules& rules, OdaBasis basis) {
  Loan loan;
  loan.id = printable(f[id]);
  loan.terms.face = named_number(f[face], "face");
  loan.terms.rate = named_number(f[rate], "rate") / 100;
  loan.terms.maturity = named_number(f[maturity], "maturity");
  if (!f[payments].empty()) {
    const double number = named_number(f[payments], "payments");
    if (number != std::floor(number) || number < 1 || number > 365) {
      throw Error(ErrorKind::input, "payments: expected a whole number from 1 to 365");
    }
    loan.terms.payments = static_cast<int>(number);
  }
  if (!f[kind].empty()) {
    const auto found = parse_repayment(f[kind]);
    if (!found) throw Error(ErrorKind::input, "kind: unknown '" + printable(f[kind].substr(0, 40)) + "'");
    loan.terms.kind = *found;
  }
  const bool at_end = loan.terms.kind == Repayment::bullet || loan.terms.kind == Repayment::lump_sum;
  if (!f[grace].empty()) {
    loan.terms.grace = named_number(f[grace], "grace");
  } else if (at_end) {
    loan.terms.grace = loan.terms.maturity;
  } else {
    throw Error(ErrorKind::input, "grace: empty, expected years");
  }
  if (!f[borrower].empty()) {
    loan.borrower = parse_borrower(f[borrower]);
    if (!loan.borrower) {
      throw Error(ErrorKind::input, "income_group: unknown '" + printable(f[borrower].substr(0, 40)) +
                                        "', expected LDC, LIC, LMIC, UMIC, MDB or MULTI");
    }
  }
  if (!f[discount].empty()) loan.discount = named_number(f[discount], "discount") / 100;
  GrantElementRule rule;
  if (basis == OdaBasis::net_flow) {
    rule = rules.older;
  } else if (loan.borrower) {
    rule = rules.of(*loan.borrower);
  } else if (!loan.discount) {
    throw Error(ErrorKind::input, "neither an income group nor a discount rate is given");
  }
  if (loan.discount) rule.discount = *loan.discount;
  loan.verdict = judge_loan(loan.terms.face, grant_element(loan.terms, rule.discount), rule, basis);
  return loan;
}

}  // namespace

LoanTable read_loans(ByteSource& source, const GrantElementRules& rules, OdaBasis basis) {
  LoanTable table;
  read_named_rows(source, loan_columns(), [&](const NamedRow& row) {
    if (!row.fault.empty()) {
      table.faults.push_back({row.line, row.fault});
      return;
    }
    try {
      Loan loan = read_loan(row.fields, rules, basis);
      loan.line = row.line;
      table.face += loan.terms.face;
      table.grant_equivalent += loan.verdict.grant_equivalent;
      table.counted += loan.verdict.counted;
      table.loans.push_back(std::move(loan));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::input) throw;
      table.faults.push_back({row.line, error.problem()});
    }
  });
  return table;
}

std::vector<Payment> read_schedule(ByteSource& source) {
  std::vector<Payment> schedule;
  read_named_rows(source, {{{"years", "year"}, true}, {{"amount", "payment"}, true}}, [&](const NamedRow& row) {
    try {
      if (!row.fault.empty()) throw Error(ErrorKind::input, row.fault);
      schedule.push_back({named_number(row.fields[0], "years"), named_number(row.fields[1], "amount")});
    } catch (const Error& error) {
      throw Error(error.kind(), error.problem(), "Correct the row", {source.name(), row.line, 0, {}});
    }
  });
  if (schedule.empty())
    throw Error(ErrorKind::input, "there are no payments", "A grant has no schedule", {source.name(), 1, 0, {}});
  return schedule;
}

std::optional<Repayment> parse_repayment(std::string_view text) {
  for (const Repayment kind : {Repayment::equal_principal, Repayment::annuity, Repayment::bullet, Repayment::lump_sum}) {
    if (text == to_string(kind)) return kind;
  }
  return std::nullopt;
}

std::string_view to_string(Repayment kind) {
  switch (kind) {
    case Repayment::equal_principal: return "equal_principal";
    case Repayment::annuity: return "annuity";
    case Repayment::bullet: return "bullet";
    case Repayment::lump_sum: return "lump_sum";
  }
  return "";
}

}  // namespace stocktake
