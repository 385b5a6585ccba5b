#include "ingest/sdmx/csv_data.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/csv_reader.h"
#include "ingest/sdmx/csv_header.h"
#include "ingest/sdmx/measure.h"
#include "ingest/sdmx/value_text.h"

namespace stocktake::sdmx {
namespace {

using What = CsvColumn::What;

std::optional<Action> action_of(std::string_view text) {
  if (text == "I" || text.empty()) return Action::information;
  if (text == "A") return Action::append;
  if (text == "R") return Action::replace;
  if (text == "M") return Action::merge;
  if (text == "D") return Action::remove;
  return std::nullopt;
}

std::string_view kind_of_structure(std::string_view text) {
  // The OECD's downloads have them in capitals (as recalled, not seen).
  if (text == "dataflow" || text == "DATAFLOW") return "Dataflow";
  if (text == "datastructure" || text == "DATASTRUCTURE") return "DataStructure";
  if (text == "dataprovision" || text == "DATAPROVISION") return "ProvisionAgreement";
  return {};
}

// "A: Value A" to "A"; a text without a code before the colon stays.
std::string_view without_label(std::string_view cell) {
  const std::size_t at = cell.find(": ");
  if (at == std::string_view::npos || at == 0) return cell;
  const bool code =
      std::none_of(cell.begin(), cell.begin() + static_cast<std::ptrdiff_t>(at), [](char c) { return c == ' ' || c == '"'; });
  return code ? cell.substr(0, at) : cell;
}

// The parts between the separators that stand outside quotes, the quotes around a part taken off.
std::vector<std::string> split_cell(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  bool quoted = false, fresh = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && text.substr(i + 1, 1) == "\"") {
      parts.back() += c;
      ++i;
    } else if (quoted && c == '"') {
      quoted = false;
    } else if (!quoted && c == separator) {
      parts.emplace_back();
      fresh = true;
      continue;
    } else if (fresh && c == '"') {
      quoted = true;
    } else {
      parts.back() += c;
    }
    fresh = false;
  }
  return parts;
}

// What becomes of the cells of a column.
enum class Treatment : std::uint8_t { as_is, labelled, listed, measure };

struct Reading {
  std::size_t cell = 0;    // in the row
  std::size_t column = 0;  // in the builder; SIZE_MAX: the primary measure
  Treatment treatment = Treatment::as_is;
  bool languages = false, has_labels = false;
  std::string last;  // what the builder has: rows repeat most of the row before
};

class Rows {
 public:
  Rows(ByteSource& source, const Structures* structures, DataHandler& handler)
      : structures_(structures),
        handler_(handler),
        builder_(handler),
        csv_(source, csv_delimiter(source.head())),
        name_(source.name()) {}
  void read();

 private:
  void header();
  bool open_dataset(const std::vector<std::string_view>& cells, Action action);
  void begin(Reference reference, Action action);
  void plan(const Reference& reference);
  std::string_view treated(const Reading& reading, std::string_view cell);
  void fault(std::string where, std::string problem);

  const Structures* structures_;
  DataHandler& handler_;
  BlockBuilder builder_;
  CsvReader csv_;
  std::string name_;
  CsvHeader header_;
  std::size_t structure_ = SIZE_MAX, structure_id_ = SIZE_MAX, action_ = SIZE_MAX;
  bool flow_alone_ = false;  // 1.0
  std::string last_structure_, last_id_;
  bool last_usable_ = false;
  std::vector<Reading> readings_;
  std::string text_;
};

void Rows::fault(std::string where, std::string problem) {
  handler_.fault({csv_.line(), std::move(where), std::move(problem), std::string(csv_.row_text())});
}

void Rows::header() {
  std::vector<std::string_view> cells;
  if (!csv_.next(cells)) {
    throw Error(ErrorKind::input, "the file is empty: a header line with DATAFLOW or STRUCTURE is expected",
                "Fetch the file again", {name_, 1, 0, {}});
  }
  std::vector<std::string> names(cells.begin(), cells.end());
  std::vector<Fault> faults;
  header_ = csv_header(names, csv_delimiter(csv_.row_text()), structures_, faults);
  for (const Fault& one : faults) handler_.fault(one);
  for (std::size_t i = 0; i < header_.columns.size(); ++i) {
    const What what = header_.columns[i].what;
    if (what == What::structure) structure_ = i;
    if (what == What::structure_id || what == What::dataflow) structure_id_ = i;
    if (what == What::dataflow) flow_alone_ = true;
    if (what == What::action) action_ = i;
  }
  if (structure_ != SIZE_MAX && structure_id_ == SIZE_MAX) {
    throw Error(ErrorKind::input, "the column STRUCTURE is not followed by STRUCTURE_ID, expected in SDMX-CSV 2.0",
                "Add the column", {name_, 1, 0, "STRUCTURE_ID"});
  }
  handler_.header({});
}

void Rows::plan(const Reference& reference) {
  readings_.clear();
  const std::string primary = primary_measure(structures_, reference);
  const DataStructure* const known = structures_ == nullptr ? nullptr : structures_->structure_of(reference);
  for (std::size_t i = 0; i < header_.columns.size(); ++i) {
    const CsvColumn& column = header_.columns[i];
    if (column.what != What::component) continue;
    const Component* const component = known == nullptr ? nullptr : known->find(column.id);
    Role role = component != nullptr ? component->role : Role::unknown;
    if (role == Role::unknown && column.id == "TIME_PERIOD") role = Role::time_dimension;
    if (column.id == primary) role = Role::measure;
    Reading reading;
    reading.cell = i;
    reading.column = column.id == primary ? SIZE_MAX : builder_.column(column.id, role);
    reading.languages = column.languages;
    // A value that is not coded has no label, though the header has one.
    const Representation* const written = component == nullptr ? nullptr : structures_->representation_of(*component);
    reading.has_labels = column.labelled && (written == nullptr || written->enumeration.has_value());
    if (column.several || column.languages) {
      reading.treatment = Treatment::listed;
    } else if (role == Role::measure) {
      reading.treatment = Treatment::measure;
    } else if (reading.has_labels) {
      reading.treatment = Treatment::labelled;
    }
    readings_.push_back(std::move(reading));
  }
}

void Rows::begin(Reference reference, Action action) {
  Dataset dataset;
  dataset.structure = std::move(reference);
  dataset.dimension_at_observation = "AllDimensions";
  dataset.action = action;
  const Reference planned = dataset.structure;
  builder_.begin(std::move(dataset));
  plan(planned);
  builder_.begin_series();
}

// Begins another data set where the row's structure is not that of the row before; false when the row cannot be used.
bool Rows::open_dataset(const std::vector<std::string_view>& cells, Action action) {
  const std::string_view structure = structure_ == SIZE_MAX ? std::string_view() : cells[structure_];
  const std::string_view id = structure_id_ == SIZE_MAX ? std::string_view() : cells[structure_id_];
  if (builder_.open() && id == last_id_ && structure == last_structure_) return last_usable_;
  last_id_ = id;
  last_structure_ = structure;
  last_usable_ = true;
  if (structure_id_ == SIZE_MAX) {
    begin({}, action);
    return true;
  }
  const std::string_view kind = flow_alone_ ? "Dataflow" : kind_of_structure(structure);
  auto reference = kind.empty() ? std::nullopt : csv_reference(id, kind);
  if (!reference) {
    last_usable_ = false;
    last_id_ += '\0';  // each such row is a fault of its own
    fault(kind.empty()  ? "STRUCTURE"
          : flow_alone_ ? "DATAFLOW"
                        : "STRUCTURE_ID",
          kind.empty() ? "'" + printable(structure.substr(0, 80)) + "', expected dataflow, datastructure or dataprovision"
                       : "'" + printable(id.substr(0, 80)) + "', expected AGENCY:ID(VERSION)");
    return false;
  }
  begin(std::move(*reference), action);
  return true;
}

std::string_view Rows::treated(const Reading& reading, std::string_view cell) {
  switch (reading.treatment) {
    case Treatment::as_is: return cell;
    case Treatment::labelled: return without_label(cell);
    case Treatment::measure: {
      if (reading.has_labels) cell = without_label(cell);
      if (header_.delimiter != ';' || cell.find(',') == std::string_view::npos) return cell;
      text_ = cell;
      std::replace(text_.begin(), text_.end(), ',', '.');
      return text_;
    }
    case Treatment::listed: break;
  }
  if (cell.empty()) return cell;
  if (!reading.languages) {
    // As it is, where the separator is ours already.
    if (header_.sub_field == ';' && !reading.has_labels && cell.find('|') == std::string_view::npos) return cell;
    std::vector<ComponentValue> values;
    for (const std::string& part : split_cell(cell, header_.sub_field)) {
      values.push_back({{"", std::string(reading.has_labels ? without_label(part) : part)}});
    }
    text_ = to_value_text(values);
    return text_;
  }
  // "en:Text;fr:Texte" for one value; several of them each in quotes.
  const bool several = cell.starts_with('"');
  std::vector<ComponentValue> values;
  for (const std::string& value : several ? split_cell(cell, header_.sub_field) : std::vector<std::string>{std::string(cell)}) {
    ComponentValue& texts = values.emplace_back();
    std::size_t begin = 0;
    const std::string_view all = value;
    while (begin <= all.size()) {
      const std::size_t end = std::min(all.find(header_.sub_field, begin), all.size());
      const std::string_view part = all.substr(begin, end - begin);
      const std::size_t colon = part.find(':');
      const bool language = colon != std::string_view::npos && colon >= 2 && colon <= 8 &&
                            std::all_of(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(colon),
                                        [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; });
      if (language || texts.empty()) {
        texts.push_back({std::string(language ? part.substr(0, colon) : std::string_view()),
                         std::string(language ? part.substr(colon + 1) : part)});
      } else {
        // The separator was part of the text before.
        (texts.back().text += header_.sub_field) += part;
      }
      begin = end + 1;
    }
  }
  text_ = to_value_text(values);
  return text_;
}

void Rows::read() {
  header();
  std::vector<std::string_view> cells;
  const std::size_t width = header_.columns.size();
  while (csv_.next(cells)) {
    if (cells.size() != width) {
      const bool only_empty = cells.size() > width && std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(width), cells.end(),
                                                                  [](std::string_view cell) { return cell.empty(); });
      if (!only_empty) {
        fault({}, "the row has " + std::to_string(cells.size()) + " cells, the header line " + std::to_string(width));
        continue;
      }
    }
    Action action = Action::information;
    if (action_ != SIZE_MAX) {
      const auto found = action_of(cells[action_]);
      if (!found) {
        fault("ACTION", "'" + printable(cells[action_].substr(0, 80)) + "', expected I, A, M, R or D");
        continue;
      }
      action = *found;
    }
    if (!open_dataset(cells, action)) continue;
    for (Reading& reading : readings_) {
      const std::string_view cell = cells[reading.cell];
      if (reading.column == SIZE_MAX) {
        builder_.value(treated(reading, cell));
      } else if (cell != reading.last) {
        reading.last = cell;
        builder_.of_series(reading.column, treated(reading, cell));
      }
    }
    builder_.end_row(csv_.line(), action);
  }
  builder_.end();
}

}  // namespace

std::optional<Reference> csv_reference(std::string_view text, std::string_view kind) {
  text = text.substr(0, text.find(": "));
  const std::size_t colon = text.find(':');
  const std::size_t open = text.find('(');
  if (colon == std::string_view::npos || colon == 0 || open < colon) return std::nullopt;
  Reference reference;
  reference.kind = kind;
  reference.agency = text.substr(0, colon);
  reference.id = text.substr(colon + 1, (open == std::string_view::npos ? text.size() : open) - colon - 1);
  if (open != std::string_view::npos) {
    if (!text.ends_with(')')) return std::nullopt;
    reference.version = text.substr(open + 1, text.size() - open - 2);
  }
  if (reference.id.empty()) return std::nullopt;
  return reference;
}

void read_csv_data(ByteSource& source, const Structures* structures, DataHandler& handler) {
  Rows(source, structures, handler).read();
}

}  // namespace stocktake::sdmx
