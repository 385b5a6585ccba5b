#include "exchange/sdmx/sdg_export.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/table.h"
#include "ingest/sdmx/csv_data.h"
#include "store/unit_text.h"

namespace stocktake::sdmx {
namespace {

Role role_of(const std::string& text) {
  if (text == "dimension") return Role::dimension;
  if (text == "time") return Role::time_dimension;
  return text == "measure" ? Role::measure : Role::attribute;
}

class Figures {
 public:
  Figures(const Panel& panel, const AreaRegistry& areas, const SdgExport& options, DataHandler& handler, SdgReport& report)
      : panel_(panel), areas_(areas), options_(options), builder_(handler), report_(report) {
    dsd_ = options.structures->structure_of(options.reference);
    if (dsd_ == nullptr) {
      throw Error(ErrorKind::input, "no data structure of '" + options.reference.agency + ":" + options.reference.id + "'",
                  "Give the structure message that defines it: --structure FILE");
    }
    for (const char* id : {"SERIES", "REF_AREA", "TIME_PERIOD"}) {
      if (dsd_->find(id) != nullptr) continue;
      throw Error(ErrorKind::input,
                  "the data structure " + dsd_->agency + ":" + dsd_->id + " has no " + id + ", which figures need",
                  "Use one with the dimensions of the SDG data structure, or map the codes in another tool");
    }
    handler.header({});
  }

  void play() {
    Dataset dataset;
    dataset.structure = options_.reference;
    dataset.dimension_at_observation = "TIME_PERIOD";
    dataset.action = Action::replace;
    builder_.begin(std::move(dataset));
    for (const auto* all : {&dsd_->dimensions, &dsd_->attributes}) {
      for (const Component& one : *all) {
        Slot& slot = slots_[one.id];
        slot.id = one.id;
        slot.column = builder_.column(one.id, one.role);
        slot.codes = codes_of(one);
        const Representation* const written = options_.structures->representation_of(one);
        if (slot.codes.empty() && written != nullptr && written->enumeration) slot.list = to_urn(*written->enumeration);
      }
    }
    time_ = slot("TIME_PERIOD");
    status_ = slot("OBS_STATUS");
    multiplier_ = slot("UNIT_MULT");
    nature_ = slot("NATURE");
    upper_ = slot("UPPER_BOUND");
    lower_ = slot("LOWER_BOUND");
    source_ = slot("SOURCE_DETAIL");
    comment_ = slot("COMMENT_OBS");
    unit_ = slot("UNIT_MEASURE");
    for (const Component& one : dsd_->dimensions) dimensions_.push_back(slot(one.id));
    for (const Panel::Provenance& one : panel_.provenances) origins_.push_back(origin(one));
    for (std::size_t i = 0; i < panel_.size(); ++i) series(i);
    builder_.end();
  }

 private:
  std::set<std::string, std::less<>> codes_of(const Component& component) const {
    std::set<std::string, std::less<>> codes;
    const Representation* const written = options_.structures->representation_of(component);
    const Codelist* const list =
        written == nullptr || !written->enumeration ? nullptr : options_.structures->codelist(*written->enumeration);
    if (list == nullptr || list->partial || list->external) return codes;
    for (const Code& one : list->codes) codes.insert(one.id);
    return codes;
  }

  static void count(std::map<std::string, std::pair<std::uint64_t, std::string>>& of, const std::string& reason,
                    std::uint64_t figures, const std::string& example) {
    auto& entry = of[reason];
    if (entry.first == 0) entry.second = example;
    entry.first += figures;
  }

  // A component of the data structure; most rows repeat the code of the row before.
  struct Slot {
    std::string id;
    std::size_t column = 0;
    std::set<std::string, std::less<>> codes;
    std::string list;  // the code list where its codes are not known; those used go into a partial one beside the message
    std::string last;
    bool last_known = true;
  };
  // What all figures of one provenance have in common.
  struct Origin {
    bool status = false, multiplier = false, comment = false;  // given by the attributes
    std::vector<std::pair<Slot*, std::string>> attributes;
  };

  Slot* slot(std::string_view id) {
    const auto found = slots_.find(id);
    return found == slots_.end() ? nullptr : &found->second;
  }

  Origin origin(const Panel::Provenance& from) {
    Origin origin;
    for (const auto& [id, text] : parse_dimensions(from.attributes)) {
      origin.status = origin.status || id == "OBS_STATUS";
      origin.multiplier = origin.multiplier || id == "UNIT_MULT";
      origin.comment = origin.comment || id == "COMMENT_OBS";
      const Component* const component = dsd_->find(id);
      if (component != nullptr && component->role == Role::attribute && id != "UNIT_MEASURE")
        origin.attributes.emplace_back(slot(id), text);
    }
    return origin;
  }

  // Nothing is set where the data structure does not have the component.
  void set(Slot* slot, std::string_view text, bool of_row) {
    if (slot == nullptr || text.empty()) return;
    of_row ? builder_.of_row(slot->column, text) : builder_.of_series(slot->column, text);
    if (slot->codes.empty() && slot->list.empty()) return;
    if (text != slot->last) {
      slot->last = text;
      if (slot->codes.empty()) report_.used[slot->list].emplace(text);
      slot->last_known = slot->codes.empty() || slot->codes.contains(text);
    }
    if (!slot->last_known)
      count(report_.unknown, slot->id, of_row ? 1 : figures_, "'" + std::string(text) + "' (" + where_ + ")");
  }

  void series(std::size_t i) {
    const PanelSeries& one = panel_.series[i];
    figures_ = panel_.begin[i + 1] - panel_.begin[i];
    where_ = std::string(one.series) + " of " + std::string(one.area);
    if (!one.dimensions.empty()) where_ += ", " + std::string(one.dimensions);
    const auto area = areas_.find(one.area);
    const std::string m49 = area ? areas_.at(*area).m49 : std::string();
    if (m49.empty()) {
      count(report_.left_out, "area '" + std::string(one.area) + "' has no M49 code", figures_, where_);
      return;
    }
    const Dimensions dims = parse_dimensions(one.dimensions);
    for (const auto& dim : dims) {
      const Component* const component = dsd_->find(dim.first);
      if (component != nullptr && component->role == Role::dimension) continue;
      count(report_.left_out, "the data structure has no dimension '" + dim.first + "'", figures_, where_);
      return;
    }
    builder_.begin_series();
    for (std::size_t d = 0; d < dsd_->dimensions.size(); ++d) {
      const Component& component = dsd_->dimensions[d];
      const std::string& id = component.id;
      Slot* const place = dimensions_[d];
      if (component.role == Role::time_dimension) continue;
      const auto given = std::find_if(dims.begin(), dims.end(), [&](const auto& dim) { return dim.first == id; });
      if (id == "SERIES") {
        set(place, one.series, false);
      } else if (id == "REF_AREA") {
        set(place, std::string_view(m49).substr(std::min(m49.find_first_not_of('0'), m49.size() - 1)), false);
      } else if (given != dims.end()) {
        set(place, given->second, false);
      } else {
        set(place, id == "FREQ" ? "A" : id == "REPORTING_TYPE" ? std::string_view(options_.reporting_type) : "_T", false);
      }
    }
    const std::string unit(split_unit(one.unit).first);  // "PS x10^3" is PS; UNIT_MULT is among the attributes
    const auto known = options_.units.find(unit);
    set(unit_, known == options_.units.end() ? unit : known->second.code, false);
    mult_ = known == options_.units.end() ? "0" : known->second.mult;
    for (std::uint32_t at = panel_.begin[i]; at < panel_.begin[i + 1]; ++at) row(at);
  }

  static std::string_view written(double value, std::array<char, 64>& room) {
    return {room.data(),
            static_cast<std::size_t>(std::to_chars(room.data(), room.data() + room.size(), value).ptr - room.data())};
  }

  void row(std::uint32_t at) {
    const Panel::Provenance& from = panel_.provenances[panel_.provenance[at]];
    const Origin& origin = origins_[panel_.provenance[at]];
    std::array<char, 64> room;
    const char* const year_end = std::to_chars(room.data(), room.data() + room.size(), panel_.year[at]).ptr;
    set(time_, {room.data(), static_cast<std::size_t>(year_end - room.data())}, true);
    builder_.value(written(panel_.value[at], room));
    if (!origin.status) set(status_, "A", true);
    if (!origin.multiplier) set(multiplier_, mult_, true);
    set(nature_, to_string(from.nature), true);
    const auto bound = [&](Slot* slot, const std::vector<double>& values) {
      if (!values.empty() && !std::isnan(values[at])) set(slot, written(values[at], room), true);
    };
    bound(upper_, panel_.upper);
    bound(lower_, panel_.lower);
    set(source_, from.source, true);
    if (from.qualifier != 0 && !origin.comment)
      set(comment_, std::string(1, from.qualifier) + number_text(panel_.value[at]), true);
    for (const auto& [slot, text] : origin.attributes) set(slot, text, true);
    builder_.end_row(0, Action::replace);
    ++report_.written;
  }

  const Panel& panel_;
  const AreaRegistry& areas_;
  const SdgExport& options_;
  BlockBuilder builder_;
  SdgReport& report_;
  const DataStructure* dsd_ = nullptr;
  std::map<std::string, Slot, std::less<>> slots_;
  Slot *time_ = nullptr, *status_ = nullptr, *multiplier_ = nullptr, *nature_ = nullptr, *upper_ = nullptr, *lower_ = nullptr,
       *source_ = nullptr, *comment_ = nullptr, *unit_ = nullptr;
  std::vector<Slot*> dimensions_;
  std::vector<Origin> origins_;  // by provenance
  std::uint64_t figures_ = 0;
  std::string where_, mult_;
};

}  // namespace

Structures sdg_structures(const std::string& folder) {
  Structures all;
  DataStructure& dsd = all.data_structures.emplace_back();
  dsd.agency = "IAEG-SDGs";
  dsd.id = "SDG";
  dsd.version = "1.14";
  dsd.names["en"] = "SDG DSD";
  dsd.is_final = true;
  const std::string path = folder + "/sdg_dsd.csv";
  const SmallCsv table = read_small_csv(path, {"component", "role", "attachment", "usage", "codelist", "text_type", "name"});
  ConceptScheme& concepts = all.concept_schemes.emplace_back();
  concepts.agency = dsd.agency;
  concepts.id = "SDG_CONCEPTS";
  concepts.version = "1.0";
  concepts.names["en"] = "SDG concepts";
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    Component one;
    one.id = row[0];
    one.role = role_of(row[1]);
    one.concept_identity = Reference{"Concept", concepts.agency, concepts.id, concepts.version, one.id};
    concepts.concepts.push_back({one.id, {}, {{"en", row[6].empty() ? one.id : row[6]}}, {}, {}});
    one.attachment = row[2] == "series" ? Attachment::series : Attachment::observation;
    one.mandatory = row[3] == "mandatory";
    if (!row[4].empty()) {
      Representation written;
      written.enumeration = csv_reference(row[4], "Codelist");
      if (!written.enumeration)
        throw Error(ErrorKind::input, "'" + row[4] + "', expected AGENCY:ID(VERSION)", "Restore the file",
                    {path, table.lines[i], 0, "codelist"});
      one.representation = std::move(written);
    } else if (!row[5].empty()) {
      one.representation = Representation{};
      one.representation->text_type = row[5];
    }
    if (one.role == Role::attribute) {
      if (one.attachment == Attachment::series) {
        for (const Component& dimension : dsd.dimensions) {
          if (dimension.role == Role::dimension) one.attached_to.push_back(dimension.id);
        }
      }
      dsd.attributes.push_back(std::move(one));
    } else {
      (one.role == Role::measure ? dsd.measures : dsd.dimensions).push_back(std::move(one));
    }
  }
  for (const auto& row : read_small_csv(folder + "/sdg_codes.csv", {"codelist", "code", "name"}).rows) {
    const auto reference = csv_reference(row[0], "Codelist");
    if (!reference) continue;
    if (all.codelists.empty() || all.codelists.back().id != reference->id) {
      Codelist& added = all.codelists.emplace_back();
      added.agency = reference->agency;
      added.id = reference->id;
      added.version = reference->version;
      added.names["en"] = reference->id;
    }
    all.codelists.back().codes.push_back({row[1], "", {{"en", row[2]}}, {}});
  }
  return all;
}

std::map<std::string, SdgUnit> sdg_units(const std::string& folder) {
  std::map<std::string, SdgUnit> units;
  for (const auto& row : read_small_csv(folder + "/sdg_units.csv", {"unit", "code", "mult"}).rows)
    units[row[0]] = {row[1], row[2]};
  return units;
}

void add_used_lists(Structures& structures, const SdgReport& report) {
  for (const auto& [urn, codes] : report.used) {
    const auto reference = parse_urn(urn);
    if (!reference || structures.codelist(*reference) != nullptr) continue;
    Codelist& added = structures.codelists.emplace_back();
    added.agency = reference->agency;
    added.id = reference->id;
    added.version = reference->version;
    added.names["en"] = reference->id;
    added.partial = true;
    for (const std::string& code : codes) added.codes.push_back({code, "", {{"en", code}}, {}});
  }
}

void play_figures(const Panel& panel, const AreaRegistry& areas, const SdgExport& options, DataHandler& handler,
                  SdgReport& report) {
  Figures(panel, areas, options, handler, report).play();
}

}  // namespace stocktake::sdmx
