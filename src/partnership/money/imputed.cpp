#include "partnership/money/imputed.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/table.h"
#include "base/utf8.h"
#include "ingest/csv_reader.h"
#include "ingest/sink.h"
#include "ingest/table_layout.h"

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

namespace {

using Fields = std::vector<std::string_view>;

// Rows of a table with these columns, as (texts of the first, numbers of the rest).
template <typename Put>
void read_rows(ByteSource& source, const std::vector<std::string>& texts, const std::vector<std::string>& numbers, Put put) {
  CsvReader reader(source, guess_delimiter(source.head()));
  Fields fields;
  std::vector<std::string> names;
  if (reader.next(fields)) {
    for (const std::string_view field : fields) names.push_back(normalised(field));
  }
  const auto place = [&](const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      throw Error(ErrorKind::input, "there is no column '" + name + "'; the columns are: " + listed(names),
                  "Name the columns in the first line", {source.name(), 1, 0, name});
    }
    return static_cast<std::size_t>(found - names.begin());
  };
  std::vector<std::size_t> text_places, number_places;
  for (const std::string& name : texts) text_places.push_back(place(name));
  for (const std::string& name : numbers) number_places.push_back(place(name));
  std::size_t rows = 0;
  std::vector<std::string> words;
  std::vector<double> values;
  while (reader.next(fields)) {
    const auto fail = [&](const std::string& what, const std::string& field) {
      throw Error(ErrorKind::input, what, "Correct the row", {source.name(), reader.line(), 0, field});
    };
    if (fields.size() != names.size()) {
      fail("expected " + std::to_string(names.size()) + " fields, found " + std::to_string(fields.size()), "");
    }
    words.clear();
    values.clear();
    for (std::size_t i = 0; i < text_places.size(); ++i) {
      words.push_back(printable(trimmed(fields[text_places[i]])));
      if (words.back().empty()) fail("the " + texts[i] + " is empty", texts[i]);
    }
    for (std::size_t i = 0; i < number_places.size(); ++i) {
      const ParsedValue value = parse_value(fields[number_places[i]], false);
      if (value.kind != ParsedValue::Kind::number) {
        fail("'" + printable(fields[number_places[i]].substr(0, 40)) + "' is no number", numbers[i]);
      }
      values.push_back(value.value);
    }
    put(words, values);
    ++rows;
  }
  if (rows == 0)
    throw Error(ErrorKind::input, "the table has no rows", "Check that it was saved completely", {source.name(), 1, 0, {}});
}

}  // namespace

std::map<std::string, std::vector<CoreContribution>> read_core_contributions(ByteSource& source) {
  std::map<std::string, std::vector<CoreContribution>> by_donor;
  read_rows(source, {"donor", "organisation"}, {"amount"},
            [&](const std::vector<std::string>& texts, const std::vector<double>& numbers) {
              by_donor[texts[0]].push_back({texts[1], numbers[0]});
            });
  return by_donor;
}

std::vector<OrganisationOutflow> read_outflows(ByteSource& source) {
  std::vector<OrganisationOutflow> all;
  read_rows(source, {"organisation"}, {"to_ldcs", "total"},
            [&](const std::vector<std::string>& texts, const std::vector<double>& numbers) {
              all.push_back({texts[0], numbers[0], numbers[1]});
            });
  return all;
}

}  // namespace stocktake
