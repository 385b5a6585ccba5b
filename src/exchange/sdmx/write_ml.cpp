// SDMX-ML 2.1 (structure-specific and generic) and 3.0 (structure-specific).
#include <algorithm>

#include "exchange/sdmx/escape.h"
#include "exchange/sdmx/fragments.h"
#include "exchange/sdmx/series_run.h"
#include "exchange/sdmx/write.h"
#include "ingest/sdmx/value_text.h"

namespace stocktake::sdmx {
namespace {

void element(std::string& to, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  ((to += "    <message:") += name) += '>';
  append_xml(to, text);
  ((to += "</message:") += name) += ">\n";
}

class MlWriter : public Writer {
 public:
  MlWriter(Output& output, const Survey& survey, const Header& header, Format format)
      : output_(output), survey_(survey), generic_(format == Format::generic), version3_(format == Format::ml3) {
    root_ = generic_ ? "GenericData" : "StructureSpecificData";
    head(header);
  }

  void begin(const Dataset&) override {
    planned_ = &survey_.datasets[next_++];
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
      if (!flat()) {
        if (!series_open_ || !run_.goes_on(*planned_, block, row)) {
          close_series();
          open_series(block, row);
        }
      }
      generic_ ? generic_row(to, block, row) : specific_row(to, block, row);
      output_.flush_if_long();
    }
    run_.keep(*planned_, block);
  }

  void end() override {
    // A data set without rows is one as well.
    if (!dataset_open_ && planned_->rows == 0) open_dataset(planned_->dataset.action);
    close_dataset();
  }
  void finish() override { (output_.buffer += "</message:") += root_ + ">\n"; }

 private:
  bool flat() const { return planned_->at_observation == "AllDimensions"; }

  void head(const Header& header) {
    std::string& to = output_.buffer;
    const std::string space = std::string("http://www.sdmx.org/resources/sdmxml/schemas/") + (version3_ ? "v3_0" : "v2_1");
    to += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<message:" + root_ + " xmlns:message=\"" + space +
          "/message\" xmlns:common=\"" + space + "/common\" xmlns:" + (generic_ ? "generic" : "ss") + "=\"" + space + "/data/" +
          (generic_ ? "generic" : "structurespecific") + "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
    for (const PlannedDataset& planned : survey_.datasets) {
      std::string name = namespace_of(planned);
      if (std::find(namespaces_.begin(), namespaces_.end(), name) != namespaces_.end()) continue;
      namespaces_.push_back(std::move(name));
      if (generic_) continue;
      to += " xmlns:ns" + std::to_string(namespaces_.size()) + "=\"";
      append_xml(to, namespaces_.back());
      to += '"';
    }
    to += ">\n  <message:Header>\n";
    element(to, "ID", header.id);
    element(to, "Test", header.test ? "true" : "false");
    element(to, "Prepared", header.prepared);
    party("Sender", header.sender);
    party("Receiver", header.receiver);
    std::vector<bool> told(namespaces_.size(), false);
    for (const PlannedDataset& planned : survey_.datasets) {
      const std::size_t number = number_of(planned);
      if (told[number - 1]) continue;
      told[number - 1] = true;
      structure(planned, number);
    }
    if (header.action) element(to, "DataSetAction", to_string(*header.action));
    element(to, "Extracted", header.extracted);
    element(to, "ReportingBegin", header.reporting_begin);
    element(to, "ReportingEnd", header.reporting_end);
    element(to, "Source", header.source);
    to += "  </message:Header>\n";
  }

  void party(std::string_view name, std::string_view id) {
    if (id.empty()) return;
    ((output_.buffer += "    <message:") += name) += " id=\"";
    append_xml(output_.buffer, id);
    output_.buffer += "\"/>\n";
  }

  void structure(const PlannedDataset& planned, std::size_t number) {
    std::string& to = output_.buffer;
    const Reference& reference = planned.dataset.structure;
    to += "    <message:Structure structureID=\"S" + std::to_string(number) + "\"";
    if (!generic_) {
      to += " namespace=\"";
      append_xml(to, namespaces_[number - 1]);
      to += '"';
    }
    to += " dimensionAtObservation=\"" + planned.at_observation + "\">\n";
    // 2.1 spells the agreement so.
    const std::string name = reference.kind == "DataStructure"        ? "Structure"
                             : reference.kind == "ProvisionAgreement" ? version3_ ? "ProvisionAgreement" : "ProvisionAgrement"
                                                                      : "StructureUsage";
    to += "      <common:" + name + ">";
    if (version3_) {
      append_xml(to, to_urn(reference));
    } else {
      to += "<Ref agencyID=\"";
      append_xml(to, reference.agency);
      to += "\" id=\"";
      append_xml(to, reference.id);
      if (!reference.version.empty()) append_xml(to += "\" version=\"", reference.version);
      to += "\"/>";
    }
    to += "</common:" + name + ">\n    </message:Structure>\n";
  }

  static std::string namespace_of(const PlannedDataset& planned) {
    return to_urn(planned.dataset.structure) + ":ObsLevelDim:" + planned.at_observation;
  }
  std::size_t number_of(const PlannedDataset& planned) const {
    const auto found = std::find(namespaces_.begin(), namespaces_.end(), namespace_of(planned));
    return static_cast<std::size_t>(found - namespaces_.begin()) + 1;
  }

  void open_dataset(Action action) {
    std::string& to = output_.buffer;
    const Dataset& dataset = planned_->dataset;
    action_ = action;
    dataset_open_ = true;
    const std::string number = std::to_string(number_of(*planned_)), prefix = generic_ ? "" : "ss:";
    to += "  <message:DataSet " + prefix + "structureRef=\"S" + number + "\"";
    if (!generic_) to += " xsi:type=\"ns" + number + ":DataSetType\"";
    // 3.0 has no scopes.
    if (!generic_ && !version3_) to += " ss:dataScope=\"DataStructure\"";
    ((to += " " + prefix + "action=\"") += to_string(action)) += '"';
    const auto date = [&](const char* name, const std::string& text) {
      if (text.empty()) return;
      to += " " + prefix + name + "=\"";
      append_xml(to, text);
      to += '"';
    };
    date("reportingBeginDate", dataset.reporting_begin);
    date("reportingEndDate", dataset.reporting_end);
    date("validFromDate", dataset.valid_from);
    date("validToDate", dataset.valid_to);
    if (!generic_) {
      for (const auto& [id, text] : dataset.attributes) {
        (to += ' ') += id + "=\"";
        append_xml(to, text);
        to += '"';
      }
    }
    to += ">\n";
    if (!generic_ || dataset.attributes.empty()) return;
    to += "    <generic:Attributes>";
    for (const auto& [id, text] : dataset.attributes) {
      to += "<generic:Value id=\"" + id + "\" value=\"";
      append_xml(to, text);
      to += "\"/>";
    }
    to += "</generic:Attributes>\n";
  }

  void close_series() {
    if (series_open_) output_.buffer += generic_ ? "    </generic:Series>\n" : "    </Series>\n";
    series_open_ = false;
  }
  void close_dataset() {
    close_series();
    if (dataset_open_) output_.buffer += "  </message:DataSet>\n";
    dataset_open_ = false;
  }

  // Whether a component is written as an element: 3.0's of several values or languages.
  bool nested(const PlannedColumn& column) const { return version3_ && (column.several || column.localised); }

  void plan(const Block& block) {
    fragments_.resize(std::max(fragments_.size(), block.columns.size()));
    of_series_.clear();
    of_rows_.clear();
    for (const auto* places : {&planned_->measures, &planned_->attributes}) {
      for (const std::size_t i : *places) {
        if (i < block.columns.size()) (planned_->columns[i].of_series ? of_series_ : of_rows_).push_back(i);
      }
    }
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      const PlannedColumn& column = planned_->columns[c];
      fragments_[c].build(block.columns[c].texts, [&](std::string& to, std::string_view text) {
        if (generic_) {
          to += "<generic:Value id=\"" + column.id + "\" value=\"";
          append_xml(to, text);
          to += "\"/>";
        } else if (nested(column)) {
          component(to, column, text);
        } else {
          (to += ' ') += column.id;
          append_xml(to += "=\"", text);
          to += '"';
        }
      });
    }
  }

  void component(std::string& to, const PlannedColumn& column, std::string_view text) const {
    to += "<Comp id=\"" + column.id + "\" xsi:type=\"ns" + std::to_string(number_of(*planned_)) + ":" + column.id +
          (column.role == Role::measure ? "_MEASURE" : "_ATTRIBUTE") + "\">";
    for (const ComponentValue& value : parse_value_text(text, column.localised)) {
      to += "<Value>";
      for (const LocalText& one : value) {
        if (column.localised)
          to += "<common:Text xml:lang=\"" + (one.language.empty() ? std::string("en") : one.language) + "\">";
        append_xml(to, one.text);
        if (column.localised) to += "</common:Text>";
      }
      to += "</Value>";
    }
    to += "</Comp>";
  }

  bool has_nested(const Block& block, std::size_t row, const std::vector<std::size_t>& places) const {
    return version3_ && std::any_of(places.begin(), places.end(), [&](std::size_t i) {
             return nested(planned_->columns[i]) && block.columns[i].codes[row] != 0;
           });
  }
  void append(const Block& block, std::size_t row, const std::vector<std::size_t>& places, bool nested_ones) {
    for (const std::size_t i : places) {
      if (i < block.columns.size() && nested(planned_->columns[i]) == nested_ones)
        output_.buffer += fragments_[i].of(block.columns[i].codes[row]);
    }
  }

  void open_series(const Block& block, std::size_t row) {
    std::string& to = output_.buffer;
    series_open_ = true;
    if (!generic_) {
      to += "    <Series";
      append(block, row, planned_->key, false);
      append(block, row, of_series_, false);
      to += ">\n";
      if (has_nested(block, row, of_series_)) {
        append(block, row, of_series_, true);
        to += '\n';
      }
      return;
    }
    to += "    <generic:Series><generic:SeriesKey>";
    append(block, row, planned_->key, false);
    to += "</generic:SeriesKey>";
    attributes(block, row, of_series_);
    to += '\n';
  }

  void attributes(const Block& block, std::size_t row, const std::vector<std::size_t>& places) {
    const std::size_t before = output_.buffer.size();
    output_.buffer += "<generic:Attributes>";
    const std::size_t empty = output_.buffer.size();
    append(block, row, places, false);
    if (output_.buffer.size() == empty) {
      output_.buffer.resize(before);
    } else {
      output_.buffer += "</generic:Attributes>";
    }
  }

  void specific_row(std::string& to, const Block& block, std::size_t row) {
    to += "      <Obs";
    if (flat()) {
      append(block, row, planned_->dimensions, false);
    } else {
      append(block, row, {planned_->dimensions.back()}, false);
    }
    if (const std::string_view value = block.value_as_written(row); !value.empty()) {
      (to += ' ') += planned_->primary;
      append_xml(to += "=\"", value);
      to += '"';
    }
    append(block, row, of_rows_, false);
    if (has_nested(block, row, of_rows_)) {
      to += '>';
      append(block, row, of_rows_, true);
      to += "</Obs>\n";
    } else {
      to += "/>\n";
    }
  }

  void generic_row(std::string& to, const Block& block, std::size_t row) {
    to += "      <generic:Obs>";
    if (flat()) {
      to += "<generic:ObsKey>";
      append(block, row, planned_->dimensions, false);
      to += "</generic:ObsKey>";
    } else {
      const std::size_t at = planned_->dimensions.back();
      to += "<generic:ObsDimension id=\"" + planned_->columns[at].id + "\" value=\"";
      if (at < block.columns.size()) append_xml(to, block.columns[at].texts.text(block.columns[at].codes[row]));
      to += "\"/>";
    }
    if (const std::string_view value = block.value_as_written(row); !value.empty()) {
      to += "<generic:ObsValue value=\"";
      append_xml(to, value);
      to += "\"/>";
    }
    attributes(block, row, of_rows_);
    to += "</generic:Obs>\n";
  }

  Output& output_;
  const Survey& survey_;
  bool generic_, version3_;
  std::string root_;
  std::vector<std::string> namespaces_;
  const PlannedDataset* planned_ = nullptr;
  std::size_t next_ = 0;
  bool dataset_open_ = false, series_open_ = false;
  Action action_ = Action::information;
  SeriesRun run_;
  std::vector<Fragments> fragments_;
  std::vector<std::size_t> of_series_, of_rows_;
};

}  // namespace

std::unique_ptr<Writer> make_ml_writer(Output& output, const Survey& survey, const Header& header, Format format) {
  return std::make_unique<MlWriter>(output, survey, header, format);
}

}  // namespace stocktake::sdmx
