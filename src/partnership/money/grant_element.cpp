#include "partnership/money/grant_element.h"

#include <cctype>
#include <cmath>

#include "base/error.h"
#include "base/files.h"
#include "base/table.h"

namespace stocktake {
namespace {

[[noreturn]] void refuse(const std::string& problem, const char* field, const std::string& remedy = {}) {
  throw Error(ErrorKind::input, problem, remedy, {{}, 0, 0, field});
}

void check_discount(double discount) {
  if (!std::isfinite(discount) || discount <= -1)
    refuse("the discount rate is " + number_text(discount) + ", expected more than -1", "discount");
}

// Numbers of payments of principal, and the interval before the first of them less one period, in years.
struct Profile {
  int principal = 0;
  double interval = 0;
};

Profile check(const LoanTerms& terms) {
  if (!std::isfinite(terms.face) || terms.face <= 0)
    refuse("the face value is " + number_text(terms.face) + ", expected more than 0", "face");
  if (!std::isfinite(terms.rate) || terms.rate <= -1)
    refuse("the interest rate is " + number_text(terms.rate) + ", expected more than -1", "rate");
  if (terms.payments < 1 || terms.payments > 365)
    refuse("there are " + std::to_string(terms.payments) + " payments a year, expected 1 to 365", "payments");
  if (!std::isfinite(terms.maturity) || terms.maturity <= 0 || terms.maturity > 1000) {
    refuse("the maturity is " + number_text(terms.maturity) + " years, expected more than 0 and at most 1000", "maturity");
  }
  const bool at_end = terms.kind == Repayment::bullet || terms.kind == Repayment::lump_sum;
  const double grace = at_end ? terms.maturity : terms.grace;
  if (!std::isfinite(grace) || grace <= 0 || grace > terms.maturity) {
    refuse("the grace period is " + number_text(grace) + " years, expected more than 0 and at most the maturity of " +
               number_text(terms.maturity),
           "grace", "The grace period runs from commitment to the first payment of principal");
  }
  const double a = terms.payments;
  const double periods = (terms.maturity - grace) * a;
  const double whole = std::round(periods);
  if (std::abs(periods - whole) > 1e-6) {
    refuse(
        "from the first to the last payment of principal there are " + number_text(periods) + " periods, expected a whole number",
        "maturity", "Change grace, maturity or payments, or give the payments themselves");
  }
  return {static_cast<int>(whole) + 1, grace - 1 / a};
}

// Present value, at the commitment, of one unit a period over n periods that begin `interval` years after it.
double annuity_value(double n, double period_rate) {
  return period_rate == 0 ? n : (1 - std::pow(1 + period_rate, -n)) / period_rate;
}

}  // namespace

// Names as in the annex: INT interval, D discount rate a period, NR number of repayments, C1, C2 discount factors of the interval
// and of the repayment period, ZG interest of the grace period, ZM principal, ZX interest of the repayment period.
double grant_element(const LoanTerms& terms, double discount) {
  check_discount(discount);
  const Profile profile = check(terms);
  const double a = terms.payments, n = profile.principal, r = terms.rate / a;
  const double d = std::pow(1 + discount, 1 / a) - 1;
  if (terms.kind == Repayment::lump_sum) {
    return 1 - (1 + terms.rate * terms.maturity) / std::pow(1 + discount, terms.maturity);
  }
  if (d == 0) {  // nothing is discounted: what is paid beyond the face value is the (negative) gift
    double paid = 0;
    for (const Payment& payment : service_payments(terms)) paid += payment.amount;
    return 1 - paid / terms.face;
  }
  const double c1 = std::pow(1 + discount, profile.interval), c2 = std::pow(1 + discount, n / a);
  const double zg = r * (1 - 1 / c1) / d;
  if (terms.kind == Repayment::annuity) {
    const double level = r == 0 ? 1 / n : r / (1 - std::pow(1 + r, -n));
    return 1 - zg - level / c1 * annuity_value(n, d);
  }
  const double zm = 1 / n / c1 * annuity_value(n, d);
  const double zx = r / n / c1 * (1 / c2 - 1 + d * n) / (d * d);
  return 1 - zg - zm - zx;
}

double grant_element(double face, const std::vector<Payment>& payments, double discount) {
  check_discount(discount);
  if (!std::isfinite(face) || face <= 0) refuse("the face value is " + number_text(face) + ", expected more than 0", "face");
  double value = 0;
  for (const Payment& payment : payments) {
    if (!std::isfinite(payment.years) || !std::isfinite(payment.amount) || payment.years < 0) {
      refuse("a payment of " + number_text(payment.amount) + " after " + number_text(payment.years) +
                 " years, expected numbers and no payment before the commitment",
             "payments");
    }
    value += payment.amount / std::pow(1 + discount, payment.years);
  }
  return 1 - value / face;
}

std::vector<Payment> service_payments(const LoanTerms& terms) {
  const Profile profile = check(terms);
  const double a = terms.payments, n = profile.principal, r = terms.rate / a;
  if (terms.kind == Repayment::lump_sum) return {{terms.maturity, terms.face * (1 + terms.rate * terms.maturity)}};
  std::vector<Payment> payments;
  // Interest falls due each period back from the first principal; a first period shorter than the others pays for its length,
  // compounded as the annex's formula has it. The annex asks for whole periods; others come near.
  const double grace_periods = profile.interval * a;
  const int before = static_cast<int>(std::floor(grace_periods + 1e-9));
  const double stub = grace_periods - before;
  for (int i = 0; i <= before; ++i) {
    const double years = (stub + i) / a;
    if (years <= 1e-9) continue;
    const double part = i == 0 ? stub : 1;
    payments.push_back({years, terms.face * r * part});
  }
  double left = terms.face;
  const double level = r == 0 ? terms.face / n : terms.face * r / (1 - std::pow(1 + r, -n));
  for (int k = 1; k <= profile.principal; ++k) {
    const double interest = left * r;
    const double principal = terms.kind == Repayment::annuity ? level - interest : terms.face / n;
    payments.push_back({profile.interval + k / a, principal + interest});
    left -= principal;
  }
  return payments;
}

std::optional<Borrower> parse_borrower(std::string_view text) {
  std::string upper;
  for (const char c : text) upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (upper == "LDC" || upper == "LIC" || upper == "OLIC") return Borrower::ldc;
  if (upper == "LMIC") return Borrower::lmic;
  if (upper == "UMIC") return Borrower::umic;
  if (upper == "MDB" || upper == "GLOBAL") return Borrower::global;
  if (upper == "MULTI" || upper == "MULTILATERAL") return Borrower::multilateral;
  return std::nullopt;
}

std::string_view to_string(Borrower borrower) {
  switch (borrower) {
    case Borrower::ldc: return "LDC";
    case Borrower::lmic: return "LMIC";
    case Borrower::umic: return "UMIC";
    case Borrower::global: return "GLOBAL";
    case Borrower::multilateral: return "MULTI";
  }
  return "";
}

GrantElementRules GrantElementRules::load(const std::string& folder) {
  const std::string path = folder + "/grant_element_rules.csv";
  const SmallCsv csv = read_small_csv(path, {"borrower", "discount", "minimum", "source"});
  GrantElementRules rules;
  std::vector<bool> found(6, false);
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    const auto& row = csv.rows[i];
    const auto fail = [&](const char* column, const std::string& what) {
      throw Error(ErrorKind::input, what, "Correct the row", {path, csv.lines[i], 0, column});
    };
    GrantElementRule rule;
    try {
      rule = {std::stod(row[1]) / 100, std::stod(row[2]) / 100};
    } catch (const std::exception&) {
      fail("discount", "expected per cent as numbers, found '" + row[1] + "' and '" + row[2] + "'");
    }
    if (row[0] == "before_2018") {
      rules.older = rule;
      found[5] = true;
    } else if (const auto borrower = parse_borrower(row[0])) {
      rules.by_borrower[static_cast<std::size_t>(*borrower)] = rule;
      found[static_cast<std::size_t>(*borrower)] = true;
    } else {
      fail("borrower", "unknown borrower '" + row[0] + "'");
    }
    if (row[3].empty()) fail("source", "the source is empty");
  }
  for (const bool one : found) {
    if (!one) throw Error(ErrorKind::input, "a borrower has no rule", "Put the file back", {path, 0, 0, "borrower"});
  }
  return rules;
}

LoanVerdict judge_loan(double face, double element, const GrantElementRule& rule, OdaBasis basis) {
  LoanVerdict verdict;
  verdict.element = element;
  verdict.discount = rule.discount;
  verdict.minimum = rule.minimum;
  verdict.concessional = element >= rule.minimum - 1e-9;
  if (!verdict.concessional) return verdict;
  verdict.grant_equivalent = face * element;
  verdict.counted = basis == OdaBasis::grant_equivalent ? verdict.grant_equivalent : face;
  return verdict;
}

}  // namespace stocktake
