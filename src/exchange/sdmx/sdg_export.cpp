#include "exchange/sdmx/sdg_export.h"

#include <algorithm>
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
        columns_[one.id] = builder_.column(one.id, one.role);
        known_[one.id] = codes_of(one);
      }
    }
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

  // Nothing is set where the data structure does not have the component.
  void set(std::string_view id, std::string_view text, bool of_row) {
    const auto column = columns_.find(id);
    if (column == columns_.end() || text.empty()) return;
    of_row ? builder_.of_row(column->second, text) : builder_.of_series(column->second, text);
    const auto& codes = known_.find(id)->second;
    if (!codes.empty() && !codes.contains(text))
      count(report_.unknown, std::string(id), of_row ? 1 : figures_, "'" + std::string(text) + "' (" + where_ + ")");
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
    for (const Component& component : dsd_->dimensions) {
      const std::string& id = component.id;
      if (component.role == Role::time_dimension) continue;
      const auto given = std::find_if(dims.begin(), dims.end(), [&](const auto& dim) { return dim.first == id; });
      if (id == "SERIES") {
        set(id, one.series, false);
      } else if (id == "REF_AREA") {
        set(id, std::string_view(m49).substr(std::min(m49.find_first_not_of('0'), m49.size() - 1)), false);
      } else if (given != dims.end()) {
        set(id, given->second, false);
      } else {
        set(id, id == "FREQ" ? "A" : id == "REPORTING_TYPE" ? std::string_view(options_.reporting_type) : "_T", false);
      }
    }
    const std::string unit(split_unit(one.unit).first);  // "PS x10^3" is PS; UNIT_MULT is among the attributes
    const auto known = options_.units.find(unit);
    set("UNIT_MEASURE", known == options_.units.end() ? unit : known->second, false);
    for (std::uint32_t at = panel_.begin[i]; at < panel_.begin[i + 1]; ++at) row(at);
  }

  void row(std::uint32_t at) {
    const Panel::Provenance& from = panel_.provenances[panel_.provenance[at]];
    const Dimensions attributes = parse_dimensions(from.attributes);
    const auto has = [&](std::string_view id) {
      return std::any_of(attributes.begin(), attributes.end(), [&](const auto& one) { return one.first == id; });
    };
    set("TIME_PERIOD", std::to_string(panel_.year[at]), true);
    builder_.value(number_text(panel_.value[at]));
    if (!has("OBS_STATUS")) set("OBS_STATUS", "A", true);
    if (!has("UNIT_MULT")) set("UNIT_MULT", "0", true);
    set("NATURE", to_string(from.nature), true);
    const auto bound = [&](const char* id, const std::vector<double>& values) {
      if (!values.empty() && !std::isnan(values[at])) set(id, number_text(values[at]), true);
    };
    bound("UPPER_BOUND", panel_.upper);
    bound("LOWER_BOUND", panel_.lower);
    set("SOURCE_DETAIL", from.source, true);
    if (from.qualifier != 0 && !has("COMMENT_OBS"))
      set("COMMENT_OBS", std::string(1, from.qualifier) + number_text(panel_.value[at]), true);
    for (const auto& [id, text] : attributes) {
      const Component* const component = dsd_->find(id);
      if (component != nullptr && component->role == Role::attribute && id != "UNIT_MEASURE") set(id, text, true);
    }
    builder_.end_row(0, Action::replace);
    ++report_.written;
  }

  const Panel& panel_;
  const AreaRegistry& areas_;
  const SdgExport& options_;
  BlockBuilder builder_;
  SdgReport& report_;
  const DataStructure* dsd_ = nullptr;
  std::map<std::string, std::size_t, std::less<>> columns_;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> known_;
  std::uint64_t figures_ = 0;
  std::string where_;
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
  const SmallCsv table = read_small_csv(path, {"component", "role", "attachment", "usage", "codelist", "text_type"});
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    Component one;
    one.id = row[0];
    one.role = role_of(row[1]);
    one.concept_identity = Reference{"Concept", "IAEG-SDGs", "SDG_CONCEPTS", "1.0", one.id};
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

std::map<std::string, std::string> sdg_units(const std::string& folder) {
  std::map<std::string, std::string> units;
  for (const auto& row : read_small_csv(folder + "/sdg_units.csv", {"unit", "code"}).rows) units[row[0]] = row[1];
  return units;
}

void play_figures(const Panel& panel, const AreaRegistry& areas, const SdgExport& options, DataHandler& handler,
                  SdgReport& report) {
  Figures(panel, areas, options, handler, report).play();
}

}  // namespace stocktake::sdmx
