// Fills an OdaBook from a store: first what is published, then what follows from it; for constant prices the money once more.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "ingest/dac_codes.h"
#include "ingest/sink.h"
#include "partnership/money/oda_book.h"
#include "partnership/money/oda_concepts.h"

namespace stocktake {
namespace {

constexpr OdaBasis bases[] = {OdaBasis::net_flow, OdaBasis::grant_equivalent};

// The panel's series by code and dimensions, then area.
using SeriesIndex = std::map<std::pair<std::string_view, std::string_view>, std::map<std::string_view, std::uint32_t>>;

struct Figure {
  double value = 0;
  bool preliminary = false;
};

// The dimensions of a key in prices of a base year: as those without it, BASE_PER put in its place.
std::string with_base(const std::string& dimensions, int base) {
  std::string text;
  bool put = false;
  const std::string part = "BASE_PER=" + std::to_string(base);
  for (std::size_t begin = 0; begin < dimensions.size();) {
    const std::size_t end = std::min(dimensions.find(';', begin), dimensions.size());
    const std::string_view one = std::string_view(dimensions).substr(begin, end - begin);
    if (!put && one > part) {
      text += (text.empty() ? "" : ";") + part;
      put = true;
    }
    text += text.empty() ? "" : ";";
    text += one;
    begin = end + 1;
  }
  if (!put) text += (text.empty() ? "" : ";") + part;
  return text;
}

// The base year that a key names; 0: none.
int base_of(std::string_view dimensions) {
  constexpr std::string_view mark = "BASE_PER=";
  const std::size_t at = dimensions.find(mark);
  if (at == std::string_view::npos || (at > 0 && dimensions[at - 1] != ';')) return 0;
  const std::string_view rest = dimensions.substr(at + mark.size());
  return parse_year(rest.substr(0, rest.find(';')));
}

class Loader {
 public:
  Loader(const Store& store, const AreaRegistry& areas, const std::string& reference, const OdaBookOptions& options)
      : areas_(areas), options_(options), codes_(DacCodes::load(reference)), sources_(load_concept_sources(reference)) {
    book_.first_grant_equivalent = codes_.first_grant_equivalent();
    PanelQuery query;
    std::set<std::string> wanted;
    for (const ConceptSource& source : sources_) {
      for (std::string& part : source.parts()) wanted.insert(std::move(part));
    }
    query.series.assign(wanted.begin(), wanted.end());
    query.as_of = options.as_of;
    panel_ = store.panel(query);
    for (std::uint32_t i = 0; i < panel_.size(); ++i) {
      const PanelSeries& series = panel_.series[i];
      index_[{series.series, series.dimensions}].try_emplace(series.area, i);
    }
  }

  OdaBook load() {
    find_bases();
    find_donors();
    if (book_.donors.empty()) return std::move(book_);
    publish(OdaConcept::population, {});
    people_of_groups();
    publish(OdaConcept::gni, {});
    // What is published alone, in a book of its own: the shares that are computed must not feed themselves.
    for (const OdaBasis basis : bases) {
      for (const OdaConcept what : {OdaConcept::oda_volume, OdaConcept::oda_share, OdaConcept::ldc_volume, OdaConcept::ldc_share})
        publish(what, basis);
    }
    for (const OdaBasis basis : bases) {
      unrounded_shares(OdaConcept::oda_share, OdaConcept::oda_volume, basis);
      unrounded_shares(OdaConcept::ldc_share, OdaConcept::ldc_volume, basis);
    }
    missing_gni();
    if (!options_.constant) {
      missing_volumes();
      return std::move(book_);
    }
    // Money published in current prices is told of again in constant ones; the shares stay.
    const OdaBook current = book_;
    book_.constant = options_.constant;
    for (const OdaConcept what : money) {
      for (OdaBook::Cells& cells : book_.cells[static_cast<std::size_t>(what)]) cells = {};
    }
    publish(OdaConcept::gni, {});
    for (const OdaBasis basis : bases) {
      publish(OdaConcept::oda_volume, basis);
      publish(OdaConcept::ldc_volume, basis);
    }
    missing_gni();
    deflate(current);
    missing_volumes();
    return std::move(book_);
  }

 private:
  static constexpr OdaConcept money[] = {OdaConcept::gni, OdaConcept::oda_volume, OdaConcept::ldc_volume};

  const std::map<std::string_view, std::uint32_t>* series_of(const std::string& code, const std::string& dimensions) const {
    const auto found = index_.find({code, dimensions});
    return found == index_.end() ? nullptr : &found->second;
  }

  // Keys of a source: one, or one for each base year.
  std::vector<std::string> keys_of(const ConceptSource& source) const {
    if (!source.constant) return {source.dimensions};
    std::vector<std::string> keys;
    for (const int base : book_.published_bases) keys.push_back(with_base(source.dimensions, base));
    return keys;
  }

  void find_bases() {
    std::set<int> found;
    for (const ConceptSource& source : sources_) {
      if (!source.constant || source.what != OdaConcept::oda_volume) continue;
      for (const std::string& part : source.parts()) {
        for (auto at = index_.lower_bound({part, ""}); at != index_.end() && at->first.first == part; ++at) {
          const int base = base_of(at->first.second);
          if (base != 0 && with_base(source.dimensions, base) == at->first.second) found.insert(base);
        }
      }
    }
    book_.published_bases.assign(found.begin(), found.end());
  }

  // Donors are those of whom any aid is told; an area of GNI alone is none.
  void find_donors() {
    std::set<std::string_view> names;
    bool any = false;
    for (const ConceptSource& source : sources_) {
      if (!source.basis) continue;
      for (const std::string& dimensions : keys_of(source)) {
        for (const std::string& part : source.parts()) {
          const auto* found = series_of(part, dimensions);
          if (found == nullptr) continue;
          for (const auto& [area, series] : *found) {
            if (!areas_.find(area)) continue;
            names.insert(area);
            for (std::uint32_t i = panel_.begin[series]; i < panel_.begin[series + 1]; ++i) {
              if (!any || panel_.year[i] < book_.first_year) book_.first_year = panel_.year[i];
              if (!any || panel_.year[i] > book_.last_year) book_.last_year = panel_.year[i];
              any = true;
            }
          }
        }
      }
    }
    for (const bool group : {false, true}) {
      for (const std::string_view name : names) {
        const AreaId id = *areas_.find(name);
        if (areas_.is_group(id) != group) continue;
        Donor donor;
        donor.area = name;
        donor.name = areas_.at(id).name;
        donor.group = group;
        if (const DacDonor* known = codes_.donor(name); known != nullptr) donor.member_from = known->member_from;
        book_.donors.push_back(std::move(donor));
      }
    }
  }

  std::optional<Figure> figure(std::uint32_t series, int year) const {
    const auto begin = panel_.year.begin() + panel_.begin[series], end = panel_.year.begin() + panel_.begin[series + 1];
    const auto at = std::lower_bound(begin, end, static_cast<std::int16_t>(year));
    if (at == end || *at != year) return std::nullopt;
    const auto place = static_cast<std::size_t>(at - panel_.year.begin());
    if (!std::isfinite(panel_.value[place])) return std::nullopt;
    return Figure{panel_.value[place], panel_.provenances[panel_.provenance[place]].edition == "preliminary"};
  }

  std::uint16_t source_number(const std::string& series, const std::string& dimensions, const std::string& note,
                              double half_unit) {
    for (std::size_t i = 0; i < book_.sources.size(); ++i) {
      if (book_.sources[i].series == series && book_.sources[i].dimensions == dimensions) return static_cast<std::uint16_t>(i);
    }
    book_.sources.push_back({series, dimensions, note, half_unit});
    return static_cast<std::uint16_t>(book_.sources.size() - 1);
  }

  void publish(OdaConcept what, std::optional<OdaBasis> basis) {
    for (const ConceptSource& source : sources_) {
      if (source.what != what || source.basis != basis || source.computed() || source.constant != book_.constant.has_value())
        continue;
      const std::string dimensions = source.constant ? with_base(source.dimensions, *book_.constant) : source.dimensions;
      std::vector<const std::map<std::string_view, std::uint32_t>*> parts;
      for (const std::string& part : source.parts()) parts.push_back(series_of(part, dimensions));
      if (std::find(parts.begin(), parts.end(), nullptr) != parts.end()) continue;
      const double half_unit = source.decimals ? 0.5 * std::pow(10.0, -*source.decimals) : 0;
      const std::uint16_t number = source_number(source.series, dimensions, source.note, half_unit);
      for (std::size_t d = 0; d < book_.donors.size(); ++d) {
        std::vector<std::uint32_t> series;
        for (const auto* part : parts) {
          const auto found = part->find(book_.donors[d].area);
          if (found != part->end()) series.push_back(found->second);
        }
        if (series.size() == parts.size()) publish_donor(source, number, d, series);
      }
    }
  }

  void publish_donor(const ConceptSource& source, std::uint16_t number, std::size_t donor,
                     const std::vector<std::uint32_t>& series) {
    const OdaBasis basis = source.basis.value_or(OdaBasis::net_flow);
    for (int year = book_.first_year; year <= book_.last_year; ++year) {
      if (!source.covers(year) || book_.at(source.what, basis, donor, year)) continue;
      double sum = 0;
      bool complete = true, preliminary = source.preliminary_from && year >= *source.preliminary_from;
      for (const std::uint32_t one : series) {
        const auto found = figure(one, year);
        complete = complete && found;
        if (!found) break;
        sum += found->value;
        preliminary = preliminary || found->preliminary;
      }
      if (!complete) continue;
      if (source.per_head()) {
        const auto people = book_.at(OdaConcept::population, basis, donor, year);
        if (!people) continue;
        sum *= people->value;
      }
      const OdaOrigin origin = source.per_head() ? OdaOrigin::computed : OdaOrigin::published;
      book_.put(source.what, basis, donor, year, {sum * source.multiply, origin, preliminary, number});
    }
  }

  // Of a group: the sum of its members, where each has a figure.
  void people_of_groups() {
    for (std::size_t d = 0; d < book_.donors.size(); ++d) {
      if (!book_.donors[d].group) continue;
      std::set<std::string> members;
      for (const DacDonor& one : codes_.donors()) {
        if (std::find(one.groups.begin(), one.groups.end(), book_.donors[d].area) != one.groups.end()) members.insert(one.area);
      }
      if (members.empty()) continue;
      for (int year = book_.first_year; year <= book_.last_year; ++year) {
        if (book_.at(OdaConcept::population, {}, d, year)) continue;
        double sum = 0;
        bool complete = true;
        for (const std::string& member : members) {
          const auto at = book_.find(member);
          const auto people = at ? book_.at(OdaConcept::population, {}, *at, year) : std::nullopt;
          complete = complete && people;
          if (!people) break;
          sum += people->value;
        }
        if (!complete) continue;
        const std::uint16_t number = source_number("population of the members", "", "", 0);
        book_.put(OdaConcept::population, {}, d, year, {sum, OdaOrigin::computed, false, number});
      }
    }
  }

  bool allows_computed(OdaConcept what, std::optional<OdaBasis> basis) const {
    return std::any_of(sources_.begin(), sources_.end(), [&](const ConceptSource& source) {
      return source.what == what && source.basis == basis && source.computed() &&
             (source.what != OdaConcept::gni || source.constant == book_.constant.has_value());
    });
  }
  // "DAC1_1010" and "DAC2A_206+…" are tables of one house: their figures may be divided.
  bool same_house(const OdaValue& a, const OdaValue& b) const {
    return book_.sources[a.source].series.starts_with("DAC") && book_.sources[b.source].series.starts_with("DAC");
  }
  OdaValue made(double value, const OdaValue& a, const OdaValue& b, const char* sign, double half_unit = 0) {
    const std::string series = book_.sources[a.source].series + sign + book_.sources[b.source].series;
    return {value, OdaOrigin::computed, a.preliminary || b.preliminary, source_number(series, "", "", half_unit)};
  }

  // Published shares have two decimals at most places: where the same tables have volume and GNI, the quotient is exact.
  void unrounded_shares(OdaConcept share, OdaConcept volume, OdaBasis basis) {
    if (!allows_computed(share, basis)) return;
    for (std::size_t d = 0; d < book_.donors.size(); ++d) {
      for (int year = book_.first_year; year <= book_.last_year; ++year) {
        const auto money = book_.at(volume, basis, d, year);
        const auto income = book_.at(OdaConcept::gni, basis, d, year);
        if (!money || !income || income->value <= 0) continue;
        const bool known = book_.at(share, basis, d, year).has_value();
        if (known && !same_house(*money, *income)) continue;
        if (money->origin == OdaOrigin::computed || income->origin == OdaOrigin::computed) continue;
        book_.put(share, basis, d, year, made(100 * money->value / income->value, *money, *income, " / "));
      }
    }
  }

  void missing_gni() {
    if (!allows_computed(OdaConcept::gni, {})) return;
    for (const OdaBasis basis : bases) {
      for (std::size_t d = 0; d < book_.donors.size(); ++d) {
        for (int year = book_.first_year; year <= book_.last_year; ++year) {
          if (book_.at(OdaConcept::gni, basis, d, year)) continue;
          const auto money = book_.at(OdaConcept::oda_volume, basis, d, year);
          const auto share = book_.at(OdaConcept::oda_share, basis, d, year);
          if (!money || !share || share->value == 0) continue;
          const double income = 100 * money->value / share->value;
          if (income > 0) book_.put(OdaConcept::gni, basis, d, year, made(income, *money, *share, " / ", book_.half_unit(share)));
        }
      }
    }
  }

  // What is told in current prices alone, by the deflators.
  void deflate(const OdaBook& current) {
    if (options_.prices == nullptr || options_.prices->empty()) return;
    for (const OdaConcept what : money) {
      for (const OdaBasis basis : bases) {
        if (what == OdaConcept::gni && basis != OdaBasis::net_flow) continue;
        for (std::size_t d = 0; d < book_.donors.size(); ++d) {
          for (int year = book_.first_year; year <= book_.last_year; ++year) {
            const auto at = current.at(what, basis, d, year);
            if (!at || book_.at(what, basis, d, year)) continue;
            const OdaSource source = book_.sources[at->source];
            const double value = to_constant(*options_.prices, book_.donors[d].area, year, at->value, *options_.constant);
            const std::uint16_t number =
                source_number(source.series + " deflated", source.dimensions, source.note, source.half_unit);
            book_.put(what, basis, d, year, {value, OdaOrigin::computed, at->preliminary, number});
          }
        }
      }
    }
  }

  void missing_volumes() {
    for (const OdaBasis basis : bases) {
      missing_volumes(OdaConcept::oda_share, OdaConcept::oda_volume, basis);
      missing_volumes(OdaConcept::ldc_share, OdaConcept::ldc_volume, basis);
    }
  }
  void missing_volumes(OdaConcept share, OdaConcept volume, OdaBasis basis) {
    if (!allows_computed(volume, basis)) return;
    for (std::size_t d = 0; d < book_.donors.size(); ++d) {
      for (int year = book_.first_year; year <= book_.last_year; ++year) {
        if (book_.at(volume, basis, d, year)) continue;
        const auto part = book_.at(share, basis, d, year);
        const auto income = book_.at(OdaConcept::gni, basis, d, year);
        if (part && income) book_.put(volume, basis, d, year, made(part->value * income->value / 100, *part, *income, " x "));
      }
    }
  }

  const AreaRegistry& areas_;
  OdaBookOptions options_;
  DacCodes codes_;
  std::vector<ConceptSource> sources_;
  Panel panel_;
  SeriesIndex index_;
  OdaBook book_;
};

}  // namespace

OdaBook load_oda_book(const Store& store, const AreaRegistry& areas, const std::string& reference,
                      const OdaBookOptions& options) {
  return Loader(store, areas, reference, options).load();
}

}  // namespace stocktake
