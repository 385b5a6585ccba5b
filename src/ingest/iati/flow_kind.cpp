#include "ingest/iati/activity.h"

namespace stocktake::iati {

std::string_view to_string(FlowKind kind) {
  constexpr std::string_view names[] = {"budget",
                                        "pledge",
                                        "commitment",
                                        "disbursement",
                                        "expenditure",
                                        "incoming_pledge",
                                        "incoming_commitment",
                                        "incoming_funds",
                                        "interest",
                                        "loan_repayment",
                                        "reimbursement",
                                        "equity_purchase",
                                        "equity_sale",
                                        "guarantee",
                                        "unknown"};
  return names[static_cast<std::size_t>(kind)];
}

FlowKind flow_kind(std::string_view code) {
  if (code.size() == 1) {
    switch (code.front()) {
      case '1': return FlowKind::incoming_funds;
      case '2':
      case 'C': return FlowKind::commitment;
      case '3':
      case 'D': return FlowKind::disbursement;
      case '4':
      case 'E': return FlowKind::expenditure;
      case '5': return FlowKind::interest;
      case '6': return FlowKind::loan_repayment;
      case '7': return FlowKind::reimbursement;
      case '8': return FlowKind::equity_purchase;
      case '9': return FlowKind::equity_sale;
      case 'R': return FlowKind::reimbursement;
      default: return FlowKind::unknown;
    }
  }
  if (code == "IF") return FlowKind::incoming_funds;
  if (code == "IR") return FlowKind::interest;
  if (code == "LR") return FlowKind::loan_repayment;
  if (code == "10") return FlowKind::guarantee;
  if (code == "11") return FlowKind::incoming_commitment;
  if (code == "12") return FlowKind::pledge;
  if (code == "13") return FlowKind::incoming_pledge;
  return FlowKind::unknown;
}

}  // namespace stocktake::iati
