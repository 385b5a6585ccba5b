#include "partnership/money/imputed.h"

#include <cmath>
#include <map>

#include "base/error.h"
#include "base/table.h"

namespace stocktake {

ImputedAid imputed_multilateral(const std::vector<CoreContribution>& core, const std::vector<OrganisationOutflow>& outflows) {
  std::map<std::string, const OrganisationOutflow*, std::less<>> by_name;
  for (const OrganisationOutflow& one : outflows) {
    if (!std::isfinite(one.to_ldcs) || !std::isfinite(one.total)) {
      throw Error(ErrorKind::input, "the outflows of '" + one.organisation + "' are no finite numbers");
    }
    if (!by_name.try_emplace(one.organisation, &one).second) {
      throw Error(ErrorKind::input, "the organisation '" + one.organisation + "' has outflows twice", "Leave one of the two");
    }
  }
  ImputedAid aid;
  for (const CoreContribution& one : core) {
    if (!std::isfinite(one.amount)) {
      throw Error(ErrorKind::input,
                  "the contribution to '" + one.organisation + "' is " + number_text(one.amount) + ", expected a number");
    }
    aid.contributed += one.amount;
    const auto found = by_name.find(one.organisation);
    if (found == by_name.end() || !(found->second->total > 0)) {
      aid.without_share.push_back(one.organisation);
      continue;
    }
    aid.covered += one.amount;
    aid.imputed += one.amount * found->second->to_ldcs / found->second->total;
  }
  return aid;
}

}  // namespace stocktake
