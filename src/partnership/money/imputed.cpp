#include "partnership/money/imputed.h"

#include <cmath>
#include <functional>

#include "base/error.h"
#include "base/table.h"
#include "base/utf8.h"
#include "ingest/named_rows.h"

namespace stocktake {
namespace {

using Put = std::function<void(const std::vector<std::string>&, const std::vector<double>&)>;

// Rows of texts and numbers. A fault ends the reading: a sum without a row would be a wrong sum.
void read_table(ByteSource& source, const std::vector<std::string>& texts, const std::vector<std::string>& numbers,
                const Put& put) {
  std::vector<NamedColumn> columns;
  for (const std::string& name : texts) columns.push_back({{name}, true});
  for (const std::string& name : numbers) columns.push_back({{name}, true});
  const std::size_t rows = read_named_rows(source, columns, [&](const NamedRow& row) {
    try {
      if (!row.fault.empty()) throw Error(ErrorKind::input, row.fault);
      std::vector<std::string> words;
      std::vector<double> values;
      for (std::size_t i = 0; i < texts.size(); ++i) {
        if (row.fields[i].empty()) throw Error(ErrorKind::input, "the " + texts[i] + " is empty");
        words.push_back(printable(row.fields[i]));
      }
      for (std::size_t i = 0; i < numbers.size(); ++i) values.push_back(named_number(row.fields[texts.size() + i], numbers[i]));
      put(words, values);
    } catch (const Error& error) {
      throw Error(error.kind(), error.problem(), "Correct the row", {source.name(), row.line, 0, {}});
    }
  });
  if (rows == 0)
    throw Error(ErrorKind::input, "the table has no rows", "Check that it was saved completely", {source.name(), 1, 0, {}});
}

}  // namespace

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

std::map<std::string, std::vector<CoreContribution>> read_core_contributions(ByteSource& source) {
  std::map<std::string, std::vector<CoreContribution>> by_donor;
  read_table(source, {"donor", "organisation"}, {"amount"},
             [&](const std::vector<std::string>& texts, const std::vector<double>& numbers) {
               by_donor[texts[0]].push_back({texts[1], numbers[0]});
             });
  return by_donor;
}

std::vector<OrganisationOutflow> read_outflows(ByteSource& source) {
  std::vector<OrganisationOutflow> all;
  read_table(source, {"organisation"}, {"to_ldcs", "total"},
             [&](const std::vector<std::string>& texts, const std::vector<double>& numbers) {
               all.push_back({texts[0], numbers[0], numbers[1]});
             });
  return all;
}

}  // namespace stocktake
