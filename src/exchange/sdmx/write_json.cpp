// SDMX-JSON data messages 1.0 and 2.0: the structure first, values as indices of it.
#include <algorithm>

#include "exchange/sdmx/escape.h"
#include "exchange/sdmx/fragments.h"
#include "exchange/sdmx/json_values.h"
#include "exchange/sdmx/series_run.h"
#include "exchange/sdmx/write.h"

namespace stocktake::sdmx {
namespace {

class JsonWriter : public Writer {
 public:
  JsonWriter(Output& output, Survey& survey, const Header& header, const Structures* structures, bool version2)
      : output_(output), survey_(survey), structures_(structures), version2_(version2) {
    std::string& to = output_.buffer;
    to += "{\"meta\":{\"id\":";
    append_json(to, header.id);
    to += ",\"prepared\":";
    append_json(to, header.prepared);
    to += header.test ? ",\"test\":true" : ",\"test\":false";
    to += ",\"contentLanguages\":[\"en\"],\"sender\":{\"id\":";
    append_json(to, header.sender);
    to += '}';
    if (!header.receiver.empty()) {
      append_json(to += version2 ? ",\"receivers\":[{\"id\":" : ",\"receiver\":[{\"id\":", header.receiver);
      to += "}]";
    }
    to += "},\"data\":{";
    if (version2) {
      to += "\"structures\":[";
      for (std::size_t i = 0; i < survey.datasets.size(); ++i) {
        if (i != 0) to += ',';
        structure(survey.datasets[i]);
      }
      to += "],";
    } else if (!survey.datasets.empty()) {
      // Data sets of one structure share their columns' indices.
      structure(survey.datasets.front());
      to += ',';
    }
    to += "\"dataSets\":[";
  }

  void begin(const Dataset&) override {
    number_ = next_++;
    planned_ = &survey_.datasets[number_];
    dataset_open_ = series_open_ = false;
    run_.restart();
  }

  void block(const Block& block) override {
    plan(block);
    std::string& to = output_.buffer;
    for (std::size_t row = 0; row < block.rows(); ++row) {
      if (!dataset_open_ || block.action[row] != action_) {
        close_dataset();
        open_dataset(block.action[row]);
      }
      if (flat()) {
        to += first_ ? "\n" : ",\n";
      } else {
        if (series_open_ && run_.goes_on(*planned_, block, row)) {
          to += ',';
        } else {
          close_series();
          open_series(block, row);
        }
      }
      first_ = false;
      observation(block, row);
      output_.flush_if_long();
    }
    run_.keep(*planned_, block);
  }

  void end() override {
    if (!dataset_open_ && planned_->rows == 0) open_dataset(planned_->dataset.action);
    close_dataset();
  }
  void finish() override { output_.buffer += "]}}\n"; }

 private:
  bool flat() const { return planned_->at_observation == "AllDimensions"; }
  // Values that stand in the data themselves: measures, and 2.0's of several values or languages.
  bool inlined(const PlannedColumn& column) const {
    return column.role == Role::measure || (version2_ && (column.several || column.localised));
  }

  std::string_view code_name(const PlannedDataset& planned, const std::string& component, std::string_view code) {
    if (planned.structure == nullptr) return code;
    const Component* const found = planned.structure->find(component);
    const Representation* const written = found == nullptr ? nullptr : structures_->representation_of(*found);
    const Codelist* const list =
        written == nullptr || !written->enumeration ? nullptr : structures_->codelist(*written->enumeration);
    if (list == nullptr) return code;
    const auto at = std::find_if(list->codes.begin(), list->codes.end(), [&](const Code& one) { return one.id == code; });
    if (at == list->codes.end() || text_of(at->names).empty()) return code;
    return text_of(at->names);
  }

  std::string_view concept_name(const PlannedDataset& planned, const std::string& id) {
    const Component* const found = planned.structure == nullptr ? nullptr : planned.structure->find(id);
    if (found == nullptr || !found->concept_identity) return id;
    const ConceptScheme* const scheme = structures_->concept_scheme(*found->concept_identity);
    if (scheme == nullptr) return id;
    for (const Concept& one : scheme->concepts) {
      if (one.id == found->concept_identity->item && !text_of(one.names).empty()) return text_of(one.names);
    }
    return id;
  }

  // Attributes that no row has are not described: a list of values must not be empty.
  static void divide(const PlannedDataset& planned, std::vector<std::size_t>& of_series, std::vector<std::size_t>& of_rows) {
    for (const std::size_t i : planned.attributes) {
      if (planned.columns[i].values.size() > 1) (planned.columns[i].of_series ? of_series : of_rows).push_back(i);
    }
  }

  std::string_view structure_name(const PlannedDataset& planned) const {
    const Reference& reference = planned.dataset.structure;
    const Dataflow* const flow = structures_ == nullptr ? nullptr : structures_->dataflow(reference);
    if (reference.kind == "Dataflow" && flow != nullptr && !text_of(flow->names).empty()) return text_of(flow->names);
    if (planned.structure != nullptr && !text_of(planned.structure->names).empty()) return text_of(planned.structure->names);
    return reference.id;
  }

  void head_of(const PlannedDataset& planned, const std::string& id) {
    std::string& to = output_.buffer;
    append_json(to += "{\"id\":", id);
    append_json(to += ",\"name\":", concept_name(planned, id));
  }

  void value_of(const PlannedDataset& planned, const std::string& id, std::string_view text, bool coded) {
    std::string& to = output_.buffer;
    if (coded) {
      append_json(to += "{\"id\":", text);
      append_json(to += ",\"name\":", code_name(planned, id, text));
    } else {
      append_json(to += version2_ ? "{\"value\":" : "{\"name\":", text);
    }
    to += '}';
  }

  void components(const PlannedDataset& planned, const std::vector<std::size_t>& places) {
    std::string& to = output_.buffer;
    to += '[';
    for (std::size_t k = 0; k < places.size(); ++k) {
      const PlannedColumn& column = planned.columns[places[k]];
      if (k != 0) to += ',';
      head_of(planned, column.id);
      const bool dimension = column.role == Role::dimension || column.role == Role::time_dimension;
      if (dimension) {
        const auto& all = planned.dimensions;
        to += ",\"keyPosition\":" + std::to_string(position(planned, places[k], all));
        if (column.role == Role::time_dimension) to += version2_ ? ",\"roles\":[\"TIME_PERIOD\"]" : ",\"role\":\"time\"";
      }
      if (column.role == Role::attribute) {
        if (!column.of_series) {
          to += version2_ ? ",\"relationship\":{\"observation\":{}}"
                          : ",\"relationship\":{\"primaryMeasure\":\"" + planned.primary + "\"}";
        } else {
          to += ",\"relationship\":{\"dimensions\":[";
          for (std::size_t d = 0; d < planned.key.size(); ++d) {
            if (d != 0) to += ',';
            append_json(to, planned.columns[planned.key[d]].id);
          }
          to += "]}";
        }
      }
      if (!inlined(column)) {
        to += ",\"values\":[";
        for (std::uint32_t code = 1; code < column.values.size(); ++code) {
          if (code != 1) to += ',';
          value_of(planned, column.id, column.values.text(code), dimension || column.coded);
          output_.flush_if_long();
        }
        to += ']';
      }
      to += '}';
    }
    to += ']';
  }

  static std::size_t position(const PlannedDataset& planned, std::size_t column, const std::vector<std::size_t>& all) {
    if (planned.structure != nullptr) {
      const auto& dimensions = planned.structure->dimensions;
      for (std::size_t i = 0; i < dimensions.size(); ++i) {
        if (dimensions[i].id == planned.columns[column].id) return i;
      }
    }
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), column) - all.begin());
  }

  // What data are of; the schemas want it beside the structure and in each data set.
  void links(const PlannedDataset& planned) {
    std::string& to = output_.buffer;
    const Reference& reference = planned.dataset.structure;
    append_json(to += "\"links\":[{\"urn\":", to_urn(reference));
    to += reference.kind == "DataStructure"        ? ",\"rel\":\"datastructure\"}]"
          : reference.kind == "ProvisionAgreement" ? ",\"rel\":\"provisionagreement\"}]"
                                                   : ",\"rel\":\"dataflow\"}]";
  }

  void structure(const PlannedDataset& planned) {
    std::string& to = output_.buffer;
    if (!version2_) to += "\"structure\":";
    to += '{';
    links(planned);
    to += ',';
    if (version2_) {
      append_json(to += "\"name\":", structure_name(planned));
      to += ',';
    }
    to += "\"dimensions\":{\"dataSet\":[],\"series\":";
    std::vector<std::size_t> of_series, of_rows;
    divide(planned, of_series, of_rows);
    const bool all_at_rows = planned.at_observation == "AllDimensions";
    components(planned, planned.key);
    to += ",\"observation\":";
    components(planned, all_at_rows ? planned.dimensions : std::vector<std::size_t>{planned.dimensions.back()});
    to += '}';
    if (version2_) {
      to += ",\"measures\":{\"observation\":[";
      head_of(planned, planned.primary);
      to += '}';
      for (const std::size_t i : planned.measures) {
        to += ',';
        head_of(planned, planned.columns[i].id);
        to += '}';
      }
      to += "]}";
    }
    to += ",\"attributes\":{\"dataSet\":[";
    bool first = true;
    for (const auto& [id, text] : planned.dataset.attributes) {
      if (!first) to += ',';
      first = false;
      head_of(planned, id);
      to += version2_ ? ",\"relationship\":{\"dataflow\":{}},\"values\":[" : ",\"relationship\":{\"none\":{}},\"values\":[";
      value_of(planned, id, text, planned.structure != nullptr && is_coded(planned, id));
      to += "]}";
    }
    to += "],\"series\":";
    components(planned, of_series);
    to += ",\"observation\":";
    components(planned, of_rows);
    to += "}}";
  }

  bool is_coded(const PlannedDataset& planned, const std::string& id) const {
    const Component* const found = planned.structure->find(id);
    const Representation* const written = found == nullptr ? nullptr : structures_->representation_of(*found);
    return written != nullptr && written->enumeration.has_value();
  }

  void open_dataset(Action action) {
    std::string& to = output_.buffer;
    if (any_dataset_) to += ',';
    any_dataset_ = dataset_open_ = first_ = true;
    action_ = action;
    to += "\n{";
    if (version2_) to += "\"structure\":" + std::to_string(number_) + ",";
    links(*planned_);
    to += ',';
    ((to += "\"action\":\"") += to_string(action)) += '"';
    const auto date = [&](const char* name, const std::string& text) {
      if (!text.empty()) append_json((to += ",\"") += std::string(name) + "\":", text);
    };
    date("reportingBegin", planned_->dataset.reporting_begin);
    date("reportingEnd", planned_->dataset.reporting_end);
    date("validFrom", planned_->dataset.valid_from);
    date("validTo", planned_->dataset.valid_to);
    if (const std::size_t count = planned_->dataset.attributes.size(); count > 0) {
      to += ",\"attributes\":[0";
      for (std::size_t i = 1; i < count; ++i) to += ",0";
      to += ']';
    }
    to += flat() ? ",\"observations\":{" : ",\"series\":{";
  }
  void close_series() {
    if (series_open_) output_.buffer += "}}";
    series_open_ = false;
  }
  void close_dataset() {
    close_series();
    if (dataset_open_) output_.buffer += "}}";
    dataset_open_ = false;
  }

  void plan(const Block& block) {
    fragments_.resize(std::max(fragments_.size(), block.columns.size()));
    of_series_.clear();
    of_rows_.clear();
    divide(*planned_, of_series_, of_rows_);
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      PlannedColumn& column = planned_->columns[c];
      fragments_[c].build(block.columns[c].texts, [&](std::string& to, std::string_view text) {
        if (column.role == Role::measure) {
          append_json_number(to, text);
        } else if (inlined(column)) {
          append_json_values(to, column, text);
        } else {
          to += std::to_string(column.values.code(text) - 1);
        }
      });
    }
  }

  // "1:0:4": indices of the dimensions, nothing for one that is not given.
  void key(const Block& block, std::size_t row, const std::vector<std::size_t>& places) {
    std::string& to = output_.buffer;
    to += '"';
    for (std::size_t k = 0; k < places.size(); ++k) {
      if (k != 0) to += ':';
      if (places[k] < block.columns.size()) to += fragments_[places[k]].of(block.columns[places[k]].codes[row]);
    }
    to += '"';
  }

  // Items with "," between, the empty ones at the end left out.
  void items(const Block& block, std::size_t row, const std::vector<std::size_t>& places, bool comma_first) {
    std::string& to = output_.buffer;
    std::size_t last = places.size();
    const auto given = [&](std::size_t i) { return i < block.columns.size() && block.columns[i].codes[row] != 0; };
    while (last > 0 && !given(places[last - 1])) --last;
    for (std::size_t k = 0; k < last; ++k) {
      if (k != 0 || comma_first) to += ',';
      if (given(places[k])) {
        to += fragments_[places[k]].of(block.columns[places[k]].codes[row]);
      } else {
        to += "null";
      }
    }
  }

  void open_series(const Block& block, std::size_t row) {
    std::string& to = output_.buffer;
    to += first_ ? "\n" : ",\n";
    series_open_ = true;
    key(block, row, planned_->key);
    to += ":{";
    if (!of_series_.empty()) {
      to += "\"attributes\":[";
      items(block, row, of_series_, false);
      to += "],";
    }
    to += "\"observations\":{";
  }

  void observation(const Block& block, std::size_t row) {
    std::string& to = output_.buffer;
    if (flat()) {
      key(block, row, planned_->dimensions);
    } else {
      single_.assign(1, planned_->dimensions.back());
      key(block, row, single_);
    }
    to += ":[";
    const std::string_view value = block.value_as_written(row);
    if (value.empty()) {
      to += "null";
    } else {
      append_json_number(to, value);
    }
    for (const std::size_t i : planned_->measures) {
      to += ',';
      const bool given = i < block.columns.size() && block.columns[i].codes[row] != 0;
      to += given ? fragments_[i].of(block.columns[i].codes[row]) : std::string_view("null");
    }
    items(block, row, of_rows_, true);
    to += ']';
  }

  Output& output_;
  Survey& survey_;
  const Structures* structures_;
  bool version2_;
  std::size_t next_ = 0, number_ = 0;
  PlannedDataset* planned_ = nullptr;
  bool any_dataset_ = false, dataset_open_ = false, series_open_ = false, first_ = true;
  Action action_ = Action::information;
  SeriesRun run_;
  std::vector<Fragments> fragments_;
  std::vector<std::size_t> of_series_, of_rows_, single_;
};

}  // namespace

std::unique_ptr<Writer> make_json_writer(Output& output, Survey& survey, const Header& header, const Structures* structures,
                                         bool version2) {
  return std::make_unique<JsonWriter>(output, survey, header, structures, version2);
}

}  // namespace stocktake::sdmx
