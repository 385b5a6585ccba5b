#include <algorithm>
#include <cmath>
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "cli/oda.h"
#include "partnership/money/loans.h"

namespace stocktake {
namespace {

struct Arguments {
  double face = 0, rate = 0, maturity = 0, grace = 0, discount = 0, minimum = 0;
  int payments = 1;
  std::string kind = "equal_principal", income_group, schedule, loans;
  bool before_2018 = false;
  OutputOptions output;
};

// One loan as one row; many loans as many.
Table loan_table(const std::vector<Loan>& loans) {
  Table table;
  auto& id = table.add_texts("loan");
  auto& face = table.add_numbers("face");
  auto& group = table.add_texts("income_group");
  auto& discount = table.add_numbers("discount_percent");
  auto& element = table.add_numbers("grant_element_percent", 4);
  auto& minimum = table.add_numbers("minimum_percent");
  auto& oda = table.add_texts("oda");
  auto& equivalent = table.add_numbers("grant_equivalent", 4);
  auto& counted = table.add_numbers("counted", 4);
  for (const Loan& loan : loans) {
    id.push_back(loan.id);
    face.push_back(loan.terms.face);
    group.emplace_back(loan.borrower ? to_string(*loan.borrower) : "");
    discount.push_back(std::round(loan.verdict.discount * 1e8) / 1e6);
    element.push_back(100 * loan.verdict.element);
    minimum.push_back(std::round(loan.verdict.minimum * 1e8) / 1e6);
    oda.emplace_back(loan.verdict.concessional ? "yes" : "no");
    equivalent.push_back(loan.verdict.grant_equivalent);
    counted.push_back(loan.verdict.counted);
  }
  return table;
}

void judge_file(const Arguments& a, const GrantElementRules& rules, OdaBasis basis, const Context& context) {
  const auto source = ByteSource::open(a.loans);
  const LoanTable table = read_loans(*source, rules, basis);
  for (std::size_t i = 0; i < table.faults.size() && i < 5; ++i) {
    std::fprintf(stderr, "%s:%llu: %s\n", a.loans.c_str(), static_cast<unsigned long long>(table.faults[i].line),
                 table.faults[i].problem.c_str());
  }
  if (table.faults.size() > 5) std::fprintf(stderr, "%s: %zu more rows left out\n", a.loans.c_str(), table.faults.size() - 5);
  if (table.loans.empty()) {
    throw Error(ErrorKind::input, "no row is a loan", "Expected face, rate, maturity, grace and income_group or discount",
                {a.loans, 0, 0, {}});
  }
  const std::string notes = std::to_string(table.loans.size()) + " loans, face " + number_text(table.face, 2) +
                            ", grant equivalent " + number_text(table.grant_equivalent, 2) + ", counted as aid " +
                            number_text(table.counted, 2) + "\n";
  write_with_notes(loan_table(table.loans), notes, a.output, context);
}

}  // namespace

void add_oda_grant_element(CLI::App& oda, Context& context) {
  CLI::App* command = oda.add_subcommand("grant-element", "How much of a loan is a gift, and whether it counts as aid");
  auto a = std::make_shared<Arguments>();
  auto* face = command->add_option("--face", a->face, "Face value")->option_text("AMOUNT");
  command->add_option("--rate", a->rate, "Interest, per cent a year [0]")->option_text("NUMBER");
  command->add_option("--maturity", a->maturity, "Years to the last payment")->option_text("YEARS");
  auto* grace = command->add_option("--grace", a->grace, "Years to the first payment of principal")->option_text("YEARS");
  command->add_option("--payments", a->payments, "A year [1]")->option_text("NUMBER")->check(CLI::Range(1, 365));
  command->add_option("--kind", a->kind, "equal_principal, annuity, bullet, lump_sum [equal_principal]")
      ->option_text("NAME")
      ->check(CLI::IsMember({"equal_principal", "annuity", "bullet", "lump_sum"}));
  command->add_option("--income-group", a->income_group, "LDC, LIC, LMIC, UMIC; MDB, MULTI for organisations")
      ->option_text("CODE");
  auto* discount =
      command->add_option("--discount", a->discount, "Per cent a year [that of the income group]")->option_text("NUMBER");
  command->add_option("--schedule", a->schedule, "A CSV with the payments: years, amount")->option_text("FILE");
  command->add_option("--loans", a->loans, "A CSV of loans, one a row")->option_text("FILE");
  command->add_flag("--before-2018", a->before_2018, "The older test: 25 per cent at 10 per cent, the face value counts");
  add_output_options(*command, a->output);
  command->footer(
      "Examples:\n  stocktake oda grant-element --face 1000 --rate 1 --maturity 20 --grace 5 --income-group LDC\n"
      "  stocktake oda grant-element --face 1000 --schedule payments.csv --discount 5\n"
      "  stocktake oda grant-element --loans loans.csv --format csv\n\n"
      "Grace runs from commitment to the first payment of principal. Below its minimum a loan counts 0. docs/money.md.");
  command->callback([&context, a, face, grace, discount] {
    const GrantElementRules rules = GrantElementRules::load(data_home() + "/reference");
    const OdaBasis basis = a->before_2018 ? OdaBasis::net_flow : OdaBasis::grant_equivalent;
    if (!a->loans.empty()) {
      if (face->count() > 0 || !a->schedule.empty()) {
        throw Error(ErrorKind::usage, "--loans brings the loans; --face and --schedule are for one loan");
      }
      judge_file(*a, rules, basis, context);
      return;
    }
    if (face->count() == 0) throw Error(ErrorKind::usage, "--face is required", "Or give a table of loans with --loans FILE");
    Loan loan;
    loan.terms = {a->face, a->rate / 100, a->maturity, a->grace, a->payments, *parse_repayment(a->kind)};
    GrantElementRule rule = rules.older;
    if (!a->income_group.empty()) {
      loan.borrower = parse_borrower(a->income_group);
      if (!loan.borrower) {
        throw Error(ErrorKind::usage,
                    "--income-group: unknown '" + a->income_group + "', expected LDC, LIC, LMIC, UMIC, MDB or MULTI");
      }
    }
    if (!a->before_2018) {
      if (!loan.borrower && discount->count() == 0) {
        throw Error(ErrorKind::usage, "neither --income-group nor --discount is given",
                    "The discount rate depends on the borrower");
      }
      rule = loan.borrower ? rules.of(*loan.borrower) : GrantElementRule{};
    }
    if (discount->count() > 0) rule.discount = a->discount / 100;
    double element = 0;
    if (!a->schedule.empty()) {
      const auto source = ByteSource::open(a->schedule);
      element = grant_element(a->face, read_schedule(*source), rule.discount);
    } else {
      const bool at_end = loan.terms.kind == Repayment::bullet || loan.terms.kind == Repayment::lump_sum;
      if (!at_end && grace->count() == 0) throw Error(ErrorKind::usage, "--grace is required for repayments before the end");
      element = grant_element(loan.terms, rule.discount);
    }
    loan.verdict = judge_loan(a->face, element, rule, basis);
    write_table(loan_table({loan}), a->output, context);
  });
}

}  // namespace stocktake
