// Data messages of SDMX-ML. The tags are read one by one and their values go straight to the columns of a block.
#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "ingest/sdmx/column_cache.h"
#include "ingest/sdmx/ml_message.h"
#include "ingest/sdmx/ml_reader.h"
#include "ingest/sdmx/value_text.h"

namespace stocktake::sdmx {
namespace {

using Event = xml::Reader::Event;
using Pairs = std::vector<std::pair<std::string, std::string>>;

bool qualified(std::string_view name) { return name.find(':') != std::string_view::npos; }

class DataReader {
 public:
  DataReader(xml::Reader& reader, const Structures* structures, DataHandler& handler)
      : reader_(reader), structures_(structures), handler_(handler), builder_(handler) {}

  void read() {
    const MlMessage message = open_message(reader_);
    specific_ = message.root.starts_with("StructureSpecific");
    if (!message.root.ends_with("Data") || (!specific_ && !message.root.starts_with("Generic"))) {
      reader_.refuse("this is a message '" + printable(message.root.substr(0, 60)) + "', expected data", "Name a data message");
    }
    bool any = false;
    for (Event event = reader_.next(); event != Event::end; event = reader_.next()) {
      if (event != Event::open) continue;
      const std::uint64_t line = reader_.line();
      if (reader_.local() == "Header") {
        header_ = read_header(reader_);
        handler_.header(header_.header);
      } else if (reader_.local() == "DataSet") {
        any = true;
        read_dataset();
      } else if (reader_.local() == "Footer") {
        const std::string said = read_service_messages(reader_);
        if (!any)
          reader_.refuse("the message brings no data; the service says: " + said, "Do what the service says, or ask for less");
        fault(line, "Footer", "the service says: " + said);
      } else {
        pass_over();
      }
    }
  }

 private:
  void fault(std::uint64_t line, std::string where, std::string problem, std::string text = {}) {
    handler_.fault({line, std::move(where), std::move(problem), std::move(text)});
  }

  // Once an element name: what is not read.
  void pass_over() {
    if (passed_over_.emplace(reader_.local()).second) {
      const std::string name = printable(reader_.local().substr(0, 60));
      fault(reader_.line(), name, "elements <" + name + "> are not read");
    }
    reader_.skip();
  }

  void read_dataset() {
    Dataset dataset;
    dataset.action = header_.header.action.value_or(Action::information);
    dataset.reporting_begin = header_.header.reporting_begin;
    dataset.reporting_end = header_.header.reporting_end;
    std::string_view structure;
    for (const auto& [name, value] : reader_.attributes()) {
      const std::string_view local = xml::local_name(name);
      if (name.starts_with("xmlns")) continue;
      if (local == "structureRef") {
        structure = value;
      } else if (local == "action") {
        if (const auto action = action_of(value)) {
          dataset.action = *action;
        } else {
          fault(reader_.line(), "action",
                "unknown action '" + printable(value.substr(0, 60)) + "', taken as " + std::string(to_string(dataset.action)));
        }
      } else if (local == "reportingBeginDate") {
        dataset.reporting_begin = value;
      } else if (local == "reportingEndDate") {
        dataset.reporting_end = value;
      } else if (local == "validFromDate") {
        dataset.valid_from = value;
      } else if (local == "validToDate") {
        dataset.valid_to = value;
      } else if (specific_ && !qualified(name) && local != "setID" && local != "dataScope") {
        dataset.attributes.emplace_back(name, value);
      }
    }
    const auto& headers = header_.header.structures;
    auto found =
        std::find_if(headers.begin(), headers.end(), [&](const HeaderStructure& one) { return one.local_id == structure; });
    if (found == headers.end()) {
      fault(reader_.line(), "structureRef",
            "no structure '" + printable(structure.substr(0, 60)) + "' in the header" +
                (headers.size() == 1 ? "; its only one is taken" : ""));
      if (headers.size() == 1) found = headers.begin();
    }
    explicit_measures_ = false;
    dsd_ = nullptr;
    if (found != headers.end()) {
      dataset.structure = found->structure;
      dataset.dimension_at_observation = found->dimension_at_observation;
      explicit_measures_ = header_.explicit_measures[static_cast<std::size_t>(found - headers.begin())];
      if (structures_ != nullptr) dsd_ = structures_->structure_of(found->structure);
    }
    at_observation_ = dataset.dimension_at_observation;
    if (at_observation_.empty()) at_observation_ = "TIME_PERIOD";
    primary_ = "OBS_VALUE";
    if (dsd_ != nullptr && !dsd_->measures.empty()) {
      const auto& all = dsd_->measures;
      const bool usual = std::any_of(all.begin(), all.end(), [&](const Component& one) { return one.id == primary_; });
      if (!usual) primary_ = all.front().id;
    }
    action_ = dataset.action;
    for (ColumnCache* cache : {&series_, &row_, &row_attributes_, &series_attributes_}) cache->clear();
    names_known_ = false;
    names_.clear();
    pending_.clear();
    no_rows_ = no_rows_line_ = 0;
    builder_.begin(std::move(dataset));
    children([&] {
      if (reader_.local() == "Series") {
        read_series();
      } else if (reader_.local() == "Obs") {
        if (!in_flat_) builder_.begin_series();
        in_flat_ = true;
        read_row();
      } else if (reader_.local() == "Group" || reader_.local() == "Atts") {
        specific_ ? read_specific_group() : read_generic_group();
      } else if (reader_.local() == "Attributes") {
        values([&](std::string_view id, std::string_view text) { builder_.attribute_of_dataset(id, text); });
      } else if (reader_.local() == "Comp") {
        const auto [id, text] = read_component();
        if (!id.empty()) builder_.attribute_of_dataset(id, text);
      } else {
        pass_over();
      }
    });
    in_flat_ = false;
    // Groups of a data set without rows: whether they are dimensions or attributes does not matter any more.
    if (no_rows_ != 0) {
      fault(no_rows_line_, "Series",
            std::to_string(no_rows_) + " series without observations, the first in line " + std::to_string(no_rows_line_) +
                "; they make no rows");
    }
    builder_.end();
  }

  template <typename Each>
  void children(const Each& each) {
    if (reader_.is_empty()) return;
    const std::size_t inside = reader_.depth();
    for (;;) {
      const Event event = reader_.next();
      if (event == Event::open) {
        each();
      } else if (event == Event::close && reader_.depth() < inside) {
        return;
      }
    }
  }

  // Children <Value id="" value=""/>.
  template <typename Each>
  void values(const Each& each) {
    children([&] {
      const std::string_view id = reader_.attribute("id");
      if (id.empty()) {
        fault(reader_.line(), printable(reader_.local().substr(0, 60)), "a value without id; it is left out");
      } else {
        each(id, reader_.attribute("value"));
      }
      if (!reader_.is_empty()) reader_.skip();
    });
  }

  Role role_of(std::string_view id, Role otherwise) const {
    if (dsd_ != nullptr) {
      if (const Component* component = dsd_->find(id)) return component->role;
    }
    if (id == "TIME_PERIOD") return Role::time_dimension;
    return id == at_observation_ ? Role::dimension : otherwise;
  }

  std::size_t find_column(std::string_view name, Role role) {
    if (name == primary_ || name == "OBS_VALUE") return value_column;
    return builder_.column(name, role_of(name, role));
  }
  std::size_t find_specific(std::string_view name) {
    if (!qualified(name)) return find_column(name, Role::unknown);
    return explicit_measures_ && xml::local_name(name) == "type" ? measure_by_type : passed_over;
  }

  void read_series() {
    in_flat_ = false;
    const std::uint64_t line = reader_.line();
    builder_.begin_series();
    series_.restart();
    series_attributes_.restart();
    if (specific_) {
      for (const auto& [name, value] : reader_.attributes()) {
        const std::size_t column = series_.column(name, [&](std::string_view id) { return find_specific(id); });
        if (column < measure_by_type) builder_.of_series(column, value);
        if (!names_known_) names_.emplace(name);
      }
    }
    bool rows = false;
    children([&] {
      const std::string_view name = reader_.local();
      if (name == "Obs") {
        rows = true;
        read_row();
      } else if (name == "SeriesKey") {
        values([&](std::string_view id, std::string_view text) { of_series(series_, id, text, Role::dimension); });
      } else if (name == "Attributes") {
        values([&](std::string_view id, std::string_view text) { of_series(series_attributes_, id, text, Role::attribute); });
      } else if (name == "Comp") {
        const auto [id, text] = read_component();
        if (!id.empty()) of_series(series_, id, text, Role::unknown);
      } else {
        pass_over();
      }
    });
    if (rows) return;
    if (action_ == Action::remove) {
      end_row(line);
    } else if (no_rows_++ == 0) {
      no_rows_line_ = line;
    }
  }

  void of_series(ColumnCache& cache, std::string_view id, std::string_view text, Role role) {
    const std::size_t column = cache.column(id, [&](std::string_view name) { return find_column(name, role); });
    if (column < measure_by_type) builder_.of_series(column, text);
  }
  void of_row(ColumnCache& cache, std::string_view id, std::string_view text, Role role) {
    const std::size_t column = cache.column(id, [&](std::string_view name) { return find_column(name, role); });
    if (column == value_column) {
      builder_.value(text);
    } else {
      builder_.of_row(column, text);
    }
  }

  void read_row() {
    const std::uint64_t line = reader_.line();
    row_.restart();
    if (specific_) {
      for (const auto& [name, value] : reader_.attributes()) {
        const std::size_t column = row_.column(name, [&](std::string_view id) { return find_specific(id); });
        if (column == value_column) {
          builder_.value(value);
        } else if (column < measure_by_type) {
          builder_.of_row(column, value);
        } else if (column == measure_by_type) {
          builder_.of_row(builder_.column(at_observation_, Role::dimension), xml::local_name(value));
        }
        if (!names_known_) names_.emplace(name);
      }
      if (!reader_.is_empty()) read_row_components();
    } else {
      read_generic_row();
    }
    end_row(line);
  }

  void end_row(std::uint64_t line) {
    if (specific_ && !names_known_) know_names();
    builder_.end_row(line, action_);
  }

  void read_row_components() {
    children([&] {
      if (reader_.local() != "Comp") return pass_over();
      const auto [id, text] = read_component();
      if (id.empty()) return;
      of_row(row_, id, text, Role::unknown);
      if (!names_known_) names_.emplace(id);
    });
  }

  void read_generic_row() {
    row_attributes_.restart();
    children([&] {
      const std::string_view name = reader_.local();
      if (name == "ObsDimension") {
        const std::string_view id = reader_.attribute("id");
        of_row(row_, id.empty() ? std::string_view(at_observation_) : id, reader_.attribute("value"), Role::dimension);
      } else if (name == "ObsValue") {
        builder_.value(reader_.attribute("value"));
      } else if (name == "ObsKey") {
        return values([&](std::string_view id, std::string_view text) { of_row(row_, id, text, Role::dimension); });
      } else if (name == "Attributes") {
        return values([&](std::string_view id, std::string_view text) { of_row(row_attributes_, id, text, Role::attribute); });
      } else {
        return pass_over();
      }
      if (!reader_.is_empty()) reader_.skip();
    });
  }

  void read_generic_group() {
    Pairs key, attributes;
    children([&] {
      Pairs* to = reader_.local() == "GroupKey" ? &key : reader_.local() == "Attributes" ? &attributes : nullptr;
      if (to == nullptr) return pass_over();
      values([&](std::string_view id, std::string_view text) { to->emplace_back(id, text); });
    });
    add_group(std::move(key), std::move(attributes));
  }

  void add_group(Pairs key, Pairs attributes) {
    if (!key.empty()) {
      builder_.group(std::move(key), std::move(attributes));
      return;
    }
    for (const auto& [id, text] : attributes) builder_.attribute_of_dataset(id, text);
  }

  // A group's dimensions and attributes look alike. The structure tells them apart; without it, the dimensions are what series
  // and observations have as well: groups wait for the first row.
  void read_specific_group() {
    Pairs all;
    for (const auto& [name, value] : reader_.attributes()) {
      if (!qualified(name) && name != "type") all.emplace_back(name, value);
    }
    children([&] {
      if (reader_.local() != "Comp") return pass_over();
      auto component = read_component();
      if (!component.first.empty()) all.push_back(std::move(component));
    });
    if (dsd_ == nullptr && !names_known_) {
      pending_.push_back(std::move(all));
    } else {
      divide(std::move(all));
    }
  }

  void divide(Pairs all) {
    const auto is_dimension = [&](const std::string& id) {
      if (dsd_ == nullptr) return names_.contains(id);
      const Component* component = dsd_->find(id);
      return component != nullptr && (component->role == Role::dimension || component->role == Role::time_dimension);
    };
    Pairs key, attributes;
    for (auto& pair : all) (is_dimension(pair.first) ? key : attributes).push_back(std::move(pair));
    add_group(std::move(key), std::move(attributes));
  }

  void know_names() {
    names_known_ = true;
    for (Pairs& one : pending_) divide(std::move(one));
    pending_.clear();
  }

  // <Comp id=""><Value>..</Value></Comp>, with a <Text xml:lang=""> for each language.
  std::pair<std::string, std::string> read_component() {
    std::string id(reader_.attribute("id"));
    const std::uint64_t line = reader_.line();
    std::vector<ComponentValue> all;
    children([&] {
      if (reader_.local() != "Value") return reader_.skip();
      ComponentValue value;
      std::string plain;
      if (!reader_.is_empty()) {
        const std::size_t inside = reader_.depth();
        for (;;) {
          const Event event = reader_.next();
          if (event == Event::close && reader_.depth() < inside) break;
          if (event == Event::text) plain.append(reader_.text());
          if (event != Event::open) continue;
          const bool text = reader_.local() == "Text" || reader_.local() == "StructuredText";
          std::string language(text ? reader_.attribute("lang") : std::string_view());
          if (text && language.empty()) language = "en";  // the schema's default
          value.push_back({std::move(language), reader_.content()});
        }
      }
      const std::size_t begin = std::min(plain.find_first_not_of(" \t\r\n"), plain.size());
      plain = plain.substr(begin, plain.find_last_not_of(" \t\r\n") + 1 - begin);
      if (value.empty()) value.push_back({{}, std::move(plain)});
      all.push_back(std::move(value));
    });
    if (id.empty()) {
      fault(line, "Comp", "a component without id; it is left out");
      return {};
    }
    return {std::move(id), to_value_text(all)};
  }

  xml::Reader& reader_;
  const Structures* structures_;
  DataHandler& handler_;
  BlockBuilder builder_;
  MlHeader header_;
  bool specific_ = false, explicit_measures_ = false, in_flat_ = false;
  const DataStructure* dsd_ = nullptr;
  std::string at_observation_, primary_;
  Action action_ = Action::information;
  ColumnCache series_, row_, series_attributes_, row_attributes_;
  bool names_known_ = false;  // of series and rows
  std::set<std::string, std::less<>> names_, passed_over_;
  std::vector<Pairs> pending_;
  std::uint64_t no_rows_ = 0, no_rows_line_ = 0;
};

}  // namespace

void read_ml_data(ByteSource& source, const Structures* structures, DataHandler& handler) {
  xml::Reader reader(source);
  DataReader(reader, structures, handler).read();
}

}  // namespace stocktake::sdmx
