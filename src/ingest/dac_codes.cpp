#include "ingest/dac_codes.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace stocktake {
namespace {

std::optional<int> year_of(const std::string& text) {
  const bool digits = text.size() == 4 && text.find_first_not_of("0123456789") == std::string::npos;
  return digits ? std::optional(std::stoi(text)) : std::nullopt;
}

}  // namespace

DacCodes DacCodes::load(const std::string& folder) {
  DacCodes codes;
  const std::string path = folder + "/dac_donors.csv";
  const SmallCsv csv = read_small_csv(path, {"code", "explorer", "area", "provider", "kind", "groups", "member_from", "evidence",
                                             "name_en", "aliases", "other_names"});
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    const auto& row = csv.rows[i];
    const auto fail = [&](const char* column, const std::string& what) {
      throw Error(ErrorKind::input, what, "Write the table anew with tools/make_dac_tables.py", {path, csv.lines[i], 0, column});
    };
    DacDonor donor{row[0], row[1], row[2], row[3], row[4], list_items(row[5]), {}, row[7], row[8]};
    if (donor.code.empty() || donor.area.empty()) fail("code", "the code or the area is empty");
    if (!row[6].empty()) {
      donor.member_from = year_of(row[6]);
      if (!donor.member_from) fail("member_from", "'" + row[6] + "' is no year");
    }
    const std::size_t index = codes.donors_.size();
    if (!codes.donor_codes_.try_emplace(donor.code, index).second) fail("code", "'" + donor.code + "' stands twice");
    // The institutions of the European Union have two numbers, and one Data Explorer code.
    if (!donor.explorer.empty()) codes.donor_codes_.try_emplace(donor.explorer, index);
    for (const std::string& alias : list_items(row[9])) {
      if (!codes.donor_codes_.try_emplace(alias, index).second) fail("aliases", "'" + alias + "' stands twice");
    }
    codes.donor_names_.try_emplace(donor.name, index);
    for (const std::string& name : list_items(row[10])) codes.donor_names_.try_emplace(name, index);
    codes.donors_.push_back(std::move(donor));
  }
  for (std::size_t i = 0; i < codes.donors_.size(); ++i) {
    if (codes.donors_[i].provider.empty()) codes.donor_codes_.try_emplace(codes.donors_[i].area, i);
  }
  const SmallCsv recipients = read_small_csv(folder + "/dac_recipients.csv", {"code", "explorer", "recipient"});
  for (const auto& row : recipients.rows) {
    codes.recipients_.try_emplace(row[0], row[2]);
    if (!row[1].empty()) codes.recipients_.try_emplace(row[1], row[2]);
  }
  const SmallCsv measures = read_small_csv(folder + "/dac_measures.csv", {"list", "code", "unit", "flow", "name_en"});
  for (const auto& row : measures.rows) codes.measures_.try_emplace(row[0] + " " + row[1], DacMeasure{row[2], row[3], row[4]});
  const std::string headline = folder + "/oda_headline.csv";
  for (const auto& row : read_small_csv(headline, {"measure", "from"}).rows) {
    if (row[0] == "grant_equivalent") codes.first_grant_equivalent_ = year_of(row[1]).value_or(0);
  }
  if (codes.first_grant_equivalent_ == 0) {
    throw Error(ErrorKind::input, "there is no first year of the grant_equivalent", "Put the file back",
                {headline, 0, 0, "from"});
  }
  return codes;
}

const DacDonor* DacCodes::donor(std::string_view code) const {
  const auto found = donor_codes_.find(code);
  return found == donor_codes_.end() ? nullptr : &donors_[found->second];
}

const DacDonor* DacCodes::donor_by_name(std::string_view name) const {
  const auto found = donor_names_.find(name);
  return found == donor_names_.end() ? nullptr : &donors_[found->second];
}

std::string_view DacCodes::recipient(std::string_view code) const {
  const auto found = recipients_.find(code);
  return found == recipients_.end() ? std::string_view() : std::string_view(found->second);
}

const DacMeasure* DacCodes::measure(std::string_view list, std::string_view code) const {
  const auto found = measures_.find(std::string(list) + " " + std::string(code));
  return found == measures_.end() ? nullptr : &found->second;
}

}  // namespace stocktake
