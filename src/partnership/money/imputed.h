// Aid to LDCs through multilaterals: what a donor gives to an organisation's core budget, times the share of the organisation's
// own disbursements that goes to LDCs.
//
//   to LDCs = bilateral + sum over organisations m of core(m) x disbursed by m to LDCs / disbursed by m in all
#pragma once

#include <string>
#include <vector>

namespace stocktake {

struct CoreContribution {
  std::string organisation;  // code or name, as in the disbursements
  double amount = 0;
};
struct OrganisationOutflow {
  std::string organisation;
  double to_ldcs = 0, total = 0;  // of one year, the same currency for both
};
struct ImputedAid {
  double imputed = 0;                      // in the currency of the contributions
  double contributed = 0, covered = 0;     // all contributions; those to organisations whose share is known
  std::vector<std::string> without_share;  // organisations that have no outflow, or one that is not positive: nothing is imputed
};
// Sums in the order of the contributions. A share outside 0 to 1 (net repayments) is kept as it is computed.
// Throws Error(input) for an amount that is not finite and for an organisation that comes twice among the outflows.
ImputedAid imputed_multilateral(const std::vector<CoreContribution>& core, const std::vector<OrganisationOutflow>& outflows);

}  // namespace stocktake
