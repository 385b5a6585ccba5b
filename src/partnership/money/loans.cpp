#include "partnership/money/loans.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/csv_reader.h"
#include "ingest/sink.h"
#include "ingest/table_layout.h"

namespace stocktake {
namespace {

using Fields = std::vector<std::string_view>;

std::vector<std::string> header(CsvReader& reader, const std::string& file) {
  Fields fields;
  if (!reader.next(fields)) throw Error(ErrorKind::input, "the file is empty, expected a header line", "", {file, 1, 0, {}});
  std::vector<std::string> names;
  for (const std::string_view field : fields) names.push_back(normalised(field));
  return names;
}

std::size_t find(const std::vector<std::string>& names, std::initializer_list<const char*> any) {
  for (const char* name : any) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  return no_column;
}

// Throws Error(input): caught where the row is known.
double number(const Fields& fields, std::size_t column, const char* name) {
  const ParsedValue value = parse_value(fields[column], false);
  if (value.kind != ParsedValue::Kind::number || value.qualifier != 0) {
    throw Error(ErrorKind::input, std::string(name) + ": '" + printable(fields[column].substr(0, 40)) + "' is no number");
  }
  return value.value;
}

struct Columns {
  std::size_t id, face, rate, maturity, grace, payments, kind, borrower, discount;
};

bool given(const Fields& fields, std::size_t column) { return column != no_column && !trimmed(fields[column]).empty(); }

Loan read_loan(const Fields& fields, const Columns& c, const GrantElementRules& rules, OdaBasis basis) {
  Loan loan;
  if (c.id != no_column) loan.id = printable(trimmed(fields[c.id]));
  loan.terms.face = number(fields, c.face, "face");
  loan.terms.rate = number(fields, c.rate, "rate") / 100;
  loan.terms.maturity = number(fields, c.maturity, "maturity");
  if (given(fields, c.payments)) {
    const double payments = number(fields, c.payments, "payments");
    if (payments != std::floor(payments) || payments < 1 || payments > 365) {
      throw Error(ErrorKind::input, "payments: expected a whole number from 1 to 365");
    }
    loan.terms.payments = static_cast<int>(payments);
  }
  if (given(fields, c.kind)) {
    const auto kind = parse_repayment(trimmed(fields[c.kind]));
    if (!kind) throw Error(ErrorKind::input, "kind: unknown '" + printable(fields[c.kind].substr(0, 40)) + "'");
    loan.terms.kind = *kind;
  }
  const bool at_end = loan.terms.kind == Repayment::bullet || loan.terms.kind == Repayment::lump_sum;
  if (given(fields, c.grace)) {
    loan.terms.grace = number(fields, c.grace, "grace");
  } else if (at_end) {
    loan.terms.grace = loan.terms.maturity;
  } else {
    throw Error(ErrorKind::input, "grace: empty, expected years");
  }
  if (given(fields, c.borrower)) {
    loan.borrower = parse_borrower(trimmed(fields[c.borrower]));
    if (!loan.borrower) {
      throw Error(ErrorKind::input, "income_group: unknown '" + printable(fields[c.borrower].substr(0, 40)) +
                                        "', expected LDC, LIC, LMIC, UMIC, MDB or MULTI");
    }
  }
  if (given(fields, c.discount)) loan.discount = number(fields, c.discount, "discount") / 100;
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
  CsvReader reader(source, guess_delimiter(source.head()));
  const std::vector<std::string> names = header(reader, source.name());
  const Columns c{find(names, {"id", "loan"}),
                  find(names, {"face", "face_value", "amount"}),
                  find(names, {"rate", "interest", "interest_rate"}),
                  find(names, {"maturity"}),
                  find(names, {"grace", "grace_period"}),
                  find(names, {"payments", "payments_a_year"}),
                  find(names, {"kind", "repayment"}),
                  find(names, {"income_group", "borrower"}),
                  find(names, {"discount", "discount_rate"})};
  for (const auto& [column, name] : {std::pair(c.face, "face"), std::pair(c.rate, "rate"), std::pair(c.maturity, "maturity")}) {
    if (column == no_column) {
      throw Error(ErrorKind::input, std::string("there is no column '") + name + "'; the columns are: " + listed(names),
                  "Expected face, rate, maturity, grace and income_group or discount", {source.name(), 1, 0, name});
    }
  }
  LoanTable table;
  Fields fields;
  while (reader.next(fields)) {
    if (fields.size() != names.size()) {
      table.faults.push_back(
          {reader.line(), "expected " + std::to_string(names.size()) + " fields, found " + std::to_string(fields.size())});
      continue;
    }
    try {
      Loan loan = read_loan(fields, c, rules, basis);
      loan.line = reader.line();
      table.face += loan.terms.face;
      table.grant_equivalent += loan.verdict.grant_equivalent;
      table.counted += loan.verdict.counted;
      table.loans.push_back(std::move(loan));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::input) throw;
      table.faults.push_back({reader.line(), error.problem()});
    }
  }
  return table;
}

std::vector<Payment> read_schedule(ByteSource& source) {
  CsvReader reader(source, guess_delimiter(source.head()));
  const std::vector<std::string> names = header(reader, source.name());
  const std::size_t years = find(names, {"years", "year"}), amount = find(names, {"amount", "payment"});
  if (years == no_column || amount == no_column) {
    throw Error(ErrorKind::input, "there are no columns 'years' and 'amount'; the columns are: " + listed(names),
                "Write one payment a row: years after commitment, amount", {source.name(), 1, 0, {}});
  }
  std::vector<Payment> payments;
  Fields fields;
  while (reader.next(fields)) {
    try {
      if (fields.size() != names.size()) throw Error(ErrorKind::input, "expected " + std::to_string(names.size()) + " fields");
      payments.push_back({number(fields, years, "years"), number(fields, amount, "amount")});
    } catch (const Error& error) {
      throw Error(error.kind(), error.problem(), "Correct the row", {source.name(), reader.line(), 0, {}});
    }
  }
  if (payments.empty())
    throw Error(ErrorKind::input, "there are no payments", "A grant has no schedule", {source.name(), 1, 0, {}});
  return payments;
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
