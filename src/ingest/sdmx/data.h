// SDMX data as a stream of blocks of rows, whichever format it came in. A reader fills blocks through a BlockBuilder; whoever
// uses the data (the import, the conversion, the validation) is a DataHandler. Memory is bounded by a block.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/byte_source.h"
#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

enum class Action : std::uint8_t { information, append, replace, merge, remove };
std::string_view to_string(Action action);  // "Information" ... as in SDMX-ML

struct HeaderStructure {
  std::string local_id;                  // structureID, what a data set refers to
  Reference structure;                   // kind "DataStructure", "Dataflow" or "ProvisionAgreement"
  std::string dimension_at_observation;  // "TIME_PERIOD", "AllDimensions", "" when not said
};
struct Header {
  std::string id, prepared, sender, receiver, source, extracted, reporting_begin, reporting_end;
  bool test = false;
  std::optional<Action> action;
  std::vector<HeaderStructure> structures;
};
struct Dataset {
  Reference structure;
  std::string dimension_at_observation;
  Action action = Action::information;
  std::string reporting_begin, reporting_end, valid_from, valid_to;
  std::vector<std::pair<std::string, std::string>> attributes;  // of the data set, by component id
};

// A fault of the message that did not end the reading; what was made of it is in `outcome`.
struct Fault {
  std::uint64_t line = 0;
  std::string where;    // component, element or JSON pointer
  std::string problem;  // found and expected
  std::string text;     // of the row, where there is one
};

// Interned texts of one column of one block: 0 is "not given", others are numbers of texts.
class Dictionary {
 public:
  Dictionary();
  std::uint32_t code(std::string_view text);
  std::string_view text(std::uint32_t code) const;
  std::size_t size() const;  // with the 0
  void clear();              // keeps the memory

 private:
  std::string bytes_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint32_t> slots_;  // open addressing, codes
  std::uint32_t last_ = 0;            // of the text asked for last: rows of a series follow each other
};

struct Column {
  std::string id;
  Role role = Role::unknown;  // as far as the format tells; a structure tells more
  Dictionary texts;
  std::vector<std::uint32_t> codes;  // one a row
};

// Rows of one data set. The primary measure (OBS_VALUE) is apart; further measures are columns.
struct Block {
  const Dataset* dataset = nullptr;
  std::vector<Column>
      columns;  // in the order in which they were met; the same in all blocks of a data set but for new ones at the end
  std::vector<double> value;             // NaN where there is no number
  std::vector<std::uint32_t> value_end;  // ends of the value's texts in value_text
  std::string value_text;                // as written, one after the other
  std::vector<std::uint64_t> line;       // 0 where the format has no lines
  std::vector<Action> action;
  std::size_t rows() const { return value.size(); }
  std::string_view value_as_written(std::size_t row) const;
  std::size_t column(std::string_view id) const;  // SIZE_MAX when there is none
};

class DataHandler {
 public:
  virtual ~DataHandler() = default;
  virtual void header(const Header& header) { (void)header; }
  virtual void begin(const Dataset& dataset) { (void)dataset; }
  virtual void block(const Block& block) = 0;
  virtual void end() {}
  virtual void fault(const Fault& fault) = 0;
};

// What readers fill. Values set for a series stay for its rows; group attributes are laid on every later series that fits.
class BlockBuilder {
 public:
  static constexpr std::size_t block_rows = 1 << 15;
  static constexpr std::size_t block_bytes = 16 << 20;  // of texts, after which a block is sent as well
  explicit BlockBuilder(DataHandler& handler);
  ~BlockBuilder();
  BlockBuilder(const BlockBuilder&) = delete;
  BlockBuilder& operator=(const BlockBuilder&) = delete;

  void begin(Dataset dataset);                         // sends what is there of the one before
  std::size_t column(std::string_view id, Role role);  // finds or makes one; stays valid within the data set
  void attribute_of_dataset(std::string_view id, std::string_view text);
  void group(std::vector<std::pair<std::string, std::string>> key, std::vector<std::pair<std::string, std::string>> attributes);

  void begin_series();  // forgets the series' values
  void of_series(std::size_t column, std::string_view text);
  void of_row(std::size_t column, std::string_view text);  // of the row that is being filled
  void value(std::string_view text);                       // of the primary measure
  void end_row(std::uint64_t line, Action action);         // fills columns not set with 0
  void end();                                              // sends the last rows, ends the data set
  void flush() { send(); }                                 // sends the rows so far; the data set and the series go on
  // Hands on a block of this data set that another builder with the same columns filled, behind the rows so far.
  void forward(Block& block);
  bool open() const { return open_; }

 private:
  struct GroupShape;
  void send();
  void fill(std::size_t column, std::size_t rows);  // with the series' code, up to so many rows
  void set_of_series(std::size_t column, std::string_view text);
  void lay_groups_on_series();
  void lay_groups_on_row();
  bool in_row(std::size_t column) const { return block_.columns[column].codes.size() > block_.rows(); }
  std::string_view text_at(std::size_t column) const;  // of the row, else of the series
  DataHandler& handler_;
  Dataset dataset_;
  Block block_;  // codes of a column may lag behind: fill() brings them up
  bool open_ = false;
  std::vector<std::string> series_texts_;    // by column, "" not given
  std::vector<std::uint32_t> series_codes_;  // in the present block
  std::size_t bytes_ = 0;                    // of texts in the present block
  std::vector<GroupShape> groups_;
  bool laid_ = false;         // groups on this series
  bool rows_groups_ = false;  // some of them have keys that only rows fill
  std::string group_key_;
};

enum class MessageKind : std::uint8_t {
  none,
  ml_data,
  ml_structure,
  ml_metadata,
  ml_other,
  json_data,
  json_structure,
  json_metadata,
  csv_data
};
// By the first 64 KiB.
MessageKind kind_of(std::string_view head);

// Reads a data message of any format. Throws Error(input) for what is no message or ends early; row-level faults go to the
// handler and reading goes on. `structures` may be null; with it generic attributes get their roles.
void read_data(ByteSource& source, const Structures* structures, DataHandler& handler);
// Reads a structure message (SDMX-ML 2.1, 3.0, SDMX-JSON 1.0, 2.0); a data message that brings structures too.
Structures read_structures(ByteSource& source, std::vector<Fault>& faults);

}  // namespace stocktake::sdmx
