// ODS: the rows of a table in content.xml. Typed values are taken, not the texts shown ("83,858" is 83858).
#include <algorithm>
#include <map>

#include "ingest/sheets/merged_cells.h"
#include "ingest/sheets/workbook.h"
#include "ingest/sheets/xml_events.h"

namespace stocktake::sheets {
namespace {

const char* const content = "content.xml";

// Names of the tables, and which of them a hidden table style makes invisible.
class Names final : public XmlHandler {
 public:
  std::vector<SheetName> tables;
  void open(std::string_view name, const Attributes& attributes) override {
    ++depth_;
    if (name == "style") style_ = attributes.get("name");
    if (name == "table-properties" && attributes.get("display") == "false") hidden_[style_] = true;
    if (name == "spreadsheet") spreadsheet_ = depth_;
    if (name == "table" && spreadsheet_ != 0 && depth_ == spreadsheet_ + 1 && tables.size() < 10'000)
      tables.push_back({std::string(attributes.get("name")), hidden_.count(std::string(attributes.get("style-name"))) != 0});
  }
  void close(std::string_view) override { --depth_; }

 private:
  int depth_ = 0, spreadsheet_ = 0;
  std::string style_;
  std::map<std::string, bool> hidden_;
};

class TableReader final : public XmlHandler {
 public:
  TableReader(const Archive& archive, std::size_t wanted, const TakeRow& take)
      : archive_(archive), wanted_(wanted), take_(take) {}

  void open(std::string_view name, const Attributes& attributes) override {
    ++depth_;
    if (name == "spreadsheet") spreadsheet_ = depth_;
    if (name == "table" && spreadsheet_ != 0 && depth_ == spreadsheet_ + 1) {
      in_table_ = seen_++ == wanted_;
    }
    if (!in_table_ || skipped_ != 0) return;
    if (name == "annotation" || name == "shapes" || name == "tracked-changes") {
      skipped_ = depth_;
    } else if (name == "table-row") {
      cells_.clear();
      width_ = 0;
      repeat_row_ = attributes.number("number-rows-repeated", 1, most_rows);
      in_row_ = true;
    } else if ((name == "table-cell" || name == "covered-table-cell") && in_row_) {
      repeat_ = std::max<std::size_t>(attributes.number("number-columns-repeated", 1, most_columns), 1);
      span_ = attributes.number("number-rows-spanned", 1, most_rows);
      value_ = typed_value(attributes);
      typed_ = !value_.empty();
      paragraphs_ = 0;
      in_cell_ = true;
    } else if (name == "p" && in_cell_) {
      if (paragraphs_++ != 0 && !typed_) value_ += ' ';
      in_paragraph_ = true;
    } else if (in_paragraph_ && !typed_ && (name == "s" || name == "tab" || name == "line-break")) {
      value_.append(name == "s" ? std::min<std::size_t>(attributes.number("c", 1, 1000), 1000) : 1, ' ');
    }
  }
  void close(std::string_view name) override {
    const int depth = depth_--;
    if (skipped_ != 0) {
      if (depth == skipped_) skipped_ = 0;
      return;
    }
    if (!in_table_) return;
    if (name == "p") in_paragraph_ = false;
    if ((name == "table-cell" || name == "covered-table-cell") && in_cell_) end_cell();
    if (name == "table-row" && in_row_) end_row();
    if (name == "table" && depth == spreadsheet_ + 1) stopped = true;
  }
  void text(std::string_view text) override {
    if (!in_paragraph_ || typed_ || skipped_ != 0) return;
    if (value_.size() + text.size() > 1U << 20U)
      archive_.refuse("a cell of row " + std::to_string(row_ + 1) + " holds more than a million bytes", "Shorten it");
    value_ += text;
  }

 private:
  static std::string typed_value(const Attributes& attributes) {
    const std::string_view type = attributes.get("value-type");
    if (type == "float" || type == "percentage" || type == "currency") return number_cell(attributes.get("value"));
    if (type == "date") {
      std::string date(attributes.get("date-value"));
      if (date.ends_with("T00:00:00")) date.resize(date.size() - 9);
      return date;
    }
    if (type == "boolean") return attributes.get("boolean-value") == "true" ? "TRUE" : "FALSE";
    if (type == "string") return std::string(attributes.get("string-value"));
    return {};
  }
  void end_cell() {
    in_cell_ = false;
    one_line(value_);
    if (!value_.empty()) {
      const std::size_t end = std::min(width_ + repeat_, most_columns);
      if (cells_.size() < end) cells_.resize(end);
      for (std::size_t column = width_; column < end; ++column) {
        cells_[column] = value_;
        if (span_ > 1) merged_.open(column, row_ + span_, value_);
      }
    }
    width_ = std::min(width_ + repeat_, most_columns);
  }
  void end_row() {
    in_row_ = false;
    if (cells_.empty() && merged_.empty()) {  // the blank rest of a table is one row repeated a million times
      row_ += repeat_row_;
      return;
    }
    const std::vector<std::string> once = cells_;
    for (std::size_t i = 0; i < repeat_row_ && !stopped; ++i) {
      ++row_;
      if (row_ > most_rows) archive_.refuse("a table has more than 1048576 rows", "Save the sheet as CSV");
      cells_ = once;
      merged_.fill(row_, cells_);
      if (!cells_.empty() && !take_(row_, cells_)) stopped = true;
      if (once.empty() && merged_.empty()) {
        row_ += repeat_row_ - i - 1;
        return;
      }
    }
  }

  const Archive& archive_;
  std::size_t wanted_;
  const TakeRow& take_;
  std::size_t seen_ = 0, row_ = 0, width_ = 0, repeat_ = 1, repeat_row_ = 1, span_ = 1, paragraphs_ = 0;
  int depth_ = 0, spreadsheet_ = 0, skipped_ = 0;
  bool in_table_ = false, in_row_ = false, in_cell_ = false, in_paragraph_ = false, typed_ = false;
  std::string value_;
  std::vector<std::string> cells_;
  MergedCells merged_;
};

class Ods final : public Workbook {
 public:
  explicit Ods(std::unique_ptr<Archive> archive) : archive_(std::move(archive)) {
    Names names;
    if (!read_xml(*archive_, content, names)) archive_->refuse("the spreadsheet has no content.xml", "Save it anew");
    names_ = std::move(names.tables);
  }
  std::string_view format() const override { return "ods"; }
  const std::vector<SheetName>& sheets() const override { return names_; }
  void read(std::size_t sheet, const TakeRow& take) override {
    TableReader reader(*archive_, sheet, take);
    read_xml(*archive_, content, reader);
  }

 private:
  std::unique_ptr<Archive> archive_;
  std::vector<SheetName> names_;
};

}  // namespace

std::unique_ptr<Workbook> open_ods(std::unique_ptr<Archive> archive) { return std::make_unique<Ods>(std::move(archive)); }

}  // namespace stocktake::sheets
