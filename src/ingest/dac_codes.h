// The codes of the OECD's aid tables: donors, recipients and measures under the numbers of the old tables and the codes of the
// Data Explorer (reference/dac_*.csv, written by tools/make_dac_tables.py), and when the headline measure of aid changed
// (reference/oda_headline.csv). Immutable after loading, thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake {

struct DacDonor {
  std::string code, explorer;       // "12", "GBR"; "" where there is none
  std::string area;                 // ISO 3166 alpha-3 or a group of reference/group_defs.csv
  std::string provider;             // of an organisation within such a group; "" for a country or a group as a whole
  std::string kind;                 // member, country, group, institution, multilateral, private
  std::vector<std::string> groups;  // groups of which it is a member today: DAC, DAC_G7, DAC_EU
  std::optional<int> member_from;   // year of joining the DAC, where one is known
  std::string evidence;             // of that year: seen, recalled
  std::string name;                 // as the OECD writes it in English
};

struct DacMeasure {
  std::string unit;  // money, percent, persons
  std::string flow;  // the flow type that the measure itself implies; "" none
  std::string name;
};

class DacCodes {
 public:
  // Throws Error(input) for a code that stands twice or a change of measure that is not told, Error(not_found) without the
  // tables.
  static DacCodes load(const std::string& folder);

  // By number, Data Explorer code, alias, ISO code or English name; null when unknown.
  const DacDonor* donor(std::string_view code) const;
  const DacDonor* donor_by_name(std::string_view name) const;
  // The recipient as it stands in the dimension RECIPIENT: an ISO code or a Data Explorer code. Empty when unknown.
  std::string_view recipient(std::string_view code) const;
  // list: DAC1, DAC2A. Null when unknown: such a measure is money.
  const DacMeasure* measure(std::string_view list, std::string_view code) const;
  const std::vector<DacDonor>& donors() const { return donors_; }  // in the order of the table
  // The first year whose headline measure of aid is the grant equivalent (reference/oda_headline.csv).
  int first_grant_equivalent() const { return first_grant_equivalent_; }

 private:
  std::vector<DacDonor> donors_;
  std::map<std::string, std::size_t, std::less<>> donor_codes_, donor_names_;
  std::map<std::string, std::string, std::less<>> recipients_;
  std::map<std::string, DacMeasure, std::less<>> measures_;  // "DAC1 1010"
  int first_grant_equivalent_ = 0;
};

}  // namespace stocktake
