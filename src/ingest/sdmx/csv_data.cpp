#include "ingest/sdmx/csv_data.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/ordered_tasks.h"
#include "base/utf8.h"
#include "ingest/csv_pieces.h"
#include "ingest/csv_reader.h"
#include "ingest/sdmx/csv_cells.h"
#include "ingest/sdmx/csv_header.h"
#include "ingest/sdmx/measure.h"
#include "ingest/sdmx/recorded.h"

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

constexpr std::size_t piece_bytes = std::size_t{2} << 20;

struct Reading {
  std::size_t cell = 0;    // in the row
  std::size_t column = 0;  // in the builder; SIZE_MAX: the primary measure
  CsvCells cells;
  std::string last;  // what the builder has: rows repeat most of the row before
};

// What the header line says: the same for all rows.
struct Table {
  const Structures* structures = nullptr;
  std::string name;
  CsvHeader header;
  std::size_t structure = SIZE_MAX, structure_id = SIZE_MAX, action = SIZE_MAX;  // columns
  bool flow_alone = false;                                                       // 1.0
  char delimiter = ',';
};

// Some rows of the message: their text, then what they hold.
struct Part {
  std::string text;
  Recorded told;
  std::uint64_t lines = 0;
  bool any = false;                        // a row that has a structure
  std::optional<std::string> first, last;  // the structure of the first and the last such row; nothing where it is unusable
};

// Reads parts of the message; one for each thread. Lines are those of the part.
class Rows {
 public:
  explicit Rows(const Table& table) : table_(table), builder_(told_), csv_(table.name, table.delimiter) {}
  void read(Part& part);

 private:
  void rows(Part& part);
  bool open_dataset(Part& part, const std::vector<std::string_view>& cells, Action action);
  void begin(Reference reference, Action action);
  void plan(const Reference& reference);
  void fault(std::string where, std::string problem);

  const Table& table_;
  Recorded told_;
  BlockBuilder builder_;
  CsvReader csv_;
  bool fresh_ = true;  // no row of the part has opened a data set
  std::string last_structure_, last_id_;
  bool last_usable_ = false;
  Dataset dataset_;  // that the builder has open
  std::string open_structure_, open_id_;
  std::vector<Reading> readings_;
  std::string text_;
};

void Rows::fault(std::string where, std::string problem) {
  told_.fault({csv_.line(), std::move(where), std::move(problem), std::string(csv_.row_text())});
}

void Rows::plan(const Reference& reference) {
  readings_.clear();
  const std::string primary = primary_measure(table_.structures, reference);
  const DataStructure* const known = table_.structures == nullptr ? nullptr : table_.structures->structure_of(reference);
  for (std::size_t i = 0; i < table_.header.columns.size(); ++i) {
    const CsvColumn& column = table_.header.columns[i];
    if (column.what != What::component) continue;
    const Component* const component = known == nullptr ? nullptr : known->find(column.id);
    Role role = component != nullptr ? component->role : Role::unknown;
    if (role == Role::unknown && column.id == "TIME_PERIOD") role = Role::time_dimension;
    if (column.id == primary) role = Role::measure;
    Reading reading;
    reading.cell = i;
    reading.column = column.id == primary ? SIZE_MAX : builder_.column(column.id, role);
    reading.cells.languages = column.languages;
    // A value that is not coded has no label, though the header has one.
    const Representation* const written = component == nullptr ? nullptr : table_.structures->representation_of(*component);
    reading.cells.has_labels = column.labelled && (written == nullptr || written->enumeration.has_value());
    if (column.several || column.languages) {
      reading.cells.treatment = CsvCells::Treatment::listed;
    } else if (role == Role::measure) {
      reading.cells.treatment = CsvCells::Treatment::measure;
    } else if (reading.cells.has_labels) {
      reading.cells.treatment = CsvCells::Treatment::labelled;
    }
    readings_.push_back(std::move(reading));
  }
}

void Rows::begin(Reference reference, Action action) {
  dataset_ = {};
  dataset_.structure = std::move(reference);
  dataset_.dimension_at_observation = "AllDimensions";
  dataset_.action = action;
  builder_.begin(dataset_);
  plan(dataset_.structure);
  builder_.begin_series();
  open_structure_ = last_structure_;
  open_id_ = last_id_;
}

// Begins another data set where the row's structure is not that of the row before; false when the row cannot be used.
bool Rows::open_dataset(Part& part, const std::vector<std::string_view>& cells, Action action) {
  const std::string_view structure = table_.structure == SIZE_MAX ? std::string_view() : cells[table_.structure];
  const std::string_view id = table_.structure_id == SIZE_MAX ? std::string_view() : cells[table_.structure_id];
  if (!fresh_ && last_usable_ && id == last_id_ && structure == last_structure_) return true;
  const bool first = !part.any;
  part.any = true;
  part.last.reset();
  last_id_ = id;
  last_structure_ = structure;
  last_usable_ = false;
  Reference reference;
  if (table_.structure_id != SIZE_MAX) {
    const std::string_view kind = table_.flow_alone ? "Dataflow" : kind_of_structure(structure);
    auto found = kind.empty() ? std::nullopt : csv_reference(id, kind);
    if (!found) {
      fault(kind.empty()        ? "STRUCTURE"
            : table_.flow_alone ? "DATAFLOW"
                                : "STRUCTURE_ID",
            kind.empty() ? "'" + printable(structure.substr(0, 80)) + "', expected dataflow, datastructure or dataprovision"
                         : "'" + printable(id.substr(0, 80)) + "', expected AGENCY:ID(VERSION)");
      return false;
    }
    reference = std::move(*found);
  }
  last_usable_ = true;
  part.last = last_structure_ + '\0' + last_id_;
  if (first) part.first = part.last;
  if (fresh_ && builder_.open() && open_id_ == last_id_ && open_structure_ == last_structure_) {
    // The builder goes on; whether the data set does is seen when the parts are put together.
    dataset_.action = action;
    told_.begin(dataset_);
  } else {
    begin(std::move(reference), action);
  }
  fresh_ = false;
  return true;
}

void Rows::rows(Part& part) {
  std::vector<std::string_view> cells;
  const std::size_t width = table_.header.columns.size();
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
    if (table_.action != SIZE_MAX) {
      const auto found = action_of(cells[table_.action]);
      if (!found) {
        fault("ACTION", "'" + printable(cells[table_.action].substr(0, 80)) + "', expected I, A, M, R or D");
        continue;
      }
      action = *found;
    }
    if (!open_dataset(part, cells, action)) continue;
    for (Reading& reading : readings_) {
      const std::string_view cell = cells[reading.cell];
      if (reading.column == SIZE_MAX) {
        builder_.value(plain_cell(reading.cells, table_.header, cell, text_));
      } else if (cell != reading.last) {
        reading.last = cell;
        builder_.of_series(reading.column, plain_cell(reading.cells, table_.header, cell, text_));
      }
    }
    builder_.end_row(csv_.line(), action);
  }
}

void Rows::read(Part& part) {
  told_.clear();
  part.any = false;
  part.first.reset();
  part.last.reset();
  fresh_ = true;
  csv_.restart(part.text);
  try {
    rows(part);
  } catch (const Error&) {
    told_.failure = std::current_exception();
  }
  part.lines = csv_.next_line() - 1;
  builder_.flush();
  std::swap(told_, part.told);
}

// The parts in their order to the handler: data sets go on from one part to the next.
class Message {
 public:
  Message(ByteSource& source, DataHandler& handler) : source_(source), handler_(handler) {}
  void read(const Structures* structures);

  void begin(Dataset& dataset);
  void block(Block& block);
  void fault(Fault& fault);

 private:
  std::string header(CsvPieces& pieces);
  [[noreturn]] void too_long() const;
  void take(Part& part);
  void take_at_line(Part& part);

  ByteSource& source_;
  DataHandler& handler_;
  Table table_;
  Dataset dataset_;
  bool open_ = false, goes_on_ = false;
  std::optional<std::string> last_;
  std::uint64_t line_ = 0;  // before the part
};

void Message::too_long() const {
  throw Error(ErrorKind::input, "the row that starts here is longer than 16 MiB",
              "Is a quote not closed, or is this not a table?", {table_.name, line_ + 1, 0, {}});
}

// Returns the text behind the header line in the first piece.
std::string Message::header(CsvPieces& pieces) {
  CsvReader csv(table_.name, table_.delimiter);
  std::vector<std::string_view> cells;
  std::string piece;
  while (true) {
    const CsvPieces::Found found = pieces.next(piece, piece_bytes);
    if (found == CsvPieces::Found::row_too_long) too_long();
    if (found == CsvPieces::Found::end) {
      throw Error(ErrorKind::input, "the file is empty: a header line with DATAFLOW or STRUCTURE is expected",
                  "Fetch the file again", {table_.name, 1, 0, {}});
    }
    csv.restart(piece);
    if (csv.next(cells)) break;
    line_ += csv.next_line() - 1;
  }
  std::vector<std::string> names(cells.begin(), cells.end());
  std::vector<Fault> faults;
  table_.header = csv_header(names, csv_delimiter(csv.row_text()), table_.structures, faults);
  for (const Fault& one : faults) handler_.fault(one);
  for (std::size_t i = 0; i < table_.header.columns.size(); ++i) {
    const What what = table_.header.columns[i].what;
    if (what == What::structure) table_.structure = i;
    if (what == What::structure_id || what == What::dataflow) table_.structure_id = i;
    if (what == What::dataflow) table_.flow_alone = true;
    if (what == What::action) table_.action = i;
  }
  if (table_.structure != SIZE_MAX && table_.structure_id == SIZE_MAX) {
    throw Error(ErrorKind::input, "the column STRUCTURE is not followed by STRUCTURE_ID, expected in SDMX-CSV 2.0",
                "Add the column", {table_.name, 1, 0, "STRUCTURE_ID"});
  }
  handler_.header({});
  line_ += csv.next_line() - 1;
  return std::string(csv.rest());
}

void Message::begin(Dataset& dataset) {
  if (std::exchange(goes_on_, false)) return;
  if (open_) handler_.end();
  dataset_ = std::move(dataset);
  open_ = true;
  handler_.begin(dataset_);
}

void Message::block(Block& block) {
  block.dataset = &dataset_;
  for (std::uint64_t& line : block.line) line += line_;
  handler_.block(block);
}

void Message::fault(Fault& fault) {
  fault.line += line_;
  handler_.fault(fault);
}

void Message::take(Part& part) {
  goes_on_ = open_ && part.first && last_ && *part.first == *last_;
  part.told.tell(*this);
  if (part.any) last_ = part.last;
  line_ += part.lines;
}

void Message::take_at_line(Part& part) {
  try {
    take(part);
  } catch (const Error& error) {
    if (!part.told.failure || error.where().line == 0) throw;
    Location where = error.where();
    where.line += line_;
    throw Error(error.kind(), error.problem(), error.remedy(), where);
  }
}

void Message::read(const Structures* structures) {
  table_.structures = structures;
  table_.name = source_.name();
  table_.delimiter = csv_delimiter(source_.head());
  CsvPieces pieces(source_, table_.delimiter);
  Spares<Part> parts;
  Spares<Rows> readers;
  OrderedTasks<std::unique_ptr<Part>> tasks(0, [&](std::unique_ptr<Part>&& done) {
    take_at_line(*done);
    parts.give_back(std::move(done));
  });
  auto part = std::make_unique<Part>();
  part->text = header(pieces);
  auto found = CsvPieces::Found::piece;
  std::exception_ptr failure;
  while (found == CsvPieces::Found::piece) {
    tasks.give([&, given = std::move(part)]() mutable {
      auto reader = readers.get([&] { return std::make_unique<Rows>(table_); });
      reader->read(*given);
      readers.give_back(std::move(reader));
      return std::move(given);
    });
    part = parts.get([] { return std::make_unique<Part>(); });
    try {
      found = pieces.next(part->text, piece_bytes);
    } catch (const Error&) {
      failure = std::current_exception();  // behind the rows before it
      break;
    }
  }
  tasks.finish();
  if (failure) std::rethrow_exception(failure);
  if (found == CsvPieces::Found::row_too_long) too_long();
  if (open_) handler_.end();
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
  Message(source, handler).read(structures);
}

}  // namespace stocktake::sdmx
