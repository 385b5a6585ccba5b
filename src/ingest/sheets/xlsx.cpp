// XLSX: the directory of the workbook, shared strings, number formats, and the rows of a sheet.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "ingest/sheets/merged_cells.h"
#include "ingest/sheets/workbook.h"
#include "ingest/sheets/xml_events.h"

namespace stocktake::sheets {
namespace {

constexpr std::size_t most_strings_bytes = std::size_t{512} << 20, most_merges = 100'000, most_parts = 10'000;

// Texts of <si> and <is>: runs of <t>, without the readings of <rPh>.
class RichText {
 public:
  void open(std::string_view name) {
    if (name == "rPh") ++reading_;
    in_ = name == "t" && reading_ == 0;
  }
  void close(std::string_view name) {
    if (name == "rPh" && reading_ > 0) --reading_;
    in_ = false;
  }
  bool within() const { return in_; }

 private:
  int reading_ = 0;
  bool in_ = false;
};

class SharedStrings final : public XmlHandler {
 public:
  explicit SharedStrings(const Archive& archive) : archive_(archive) {}
  std::string_view at(std::size_t index) const {
    if (index >= ends_.size())
      archive_.refuse("a cell refers to text " + std::to_string(index) + ", there are " + std::to_string(ends_.size()),
                      "Save the workbook anew");
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(all_).substr(begin, ends_[index] - begin);
  }
  void open(std::string_view name, const Attributes&) override { rich_.open(name); }
  void close(std::string_view name) override {
    rich_.close(name);
    if (name == "si") ends_.push_back(all_.size());
  }
  void text(std::string_view text) override {
    if (!rich_.within()) return;
    all_ += text;
    if (all_.size() + ends_.size() * sizeof(std::size_t) > most_strings_bytes)
      archive_.refuse("the texts of the workbook take more than 512 MiB", "Save the sheet as CSV");
  }

 private:
  const Archive& archive_;
  RichText rich_;
  std::string all_;
  std::vector<std::size_t> ends_;
};

class Styles final : public XmlHandler {
 public:
  NumberKind at(std::size_t style) const { return style < kinds_.size() ? kinds_[style] : NumberKind::number; }
  void open(std::string_view name, const Attributes& attributes) override {
    if (name == "cellXfs") in_ = true;
    if (name == "numFmt" && codes_.size() < most_parts)
      codes_[attributes.number("numFmtId", 0, 1 << 20)] = attributes.get("formatCode");
    if (name != "xf" || !in_ || kinds_.size() >= 1 << 20) return;
    const std::size_t id = attributes.number("numFmtId", 0, 1 << 20);
    const auto code = codes_.find(id);
    kinds_.push_back(kind_of_format(static_cast<unsigned>(id), code == codes_.end() ? std::string_view() : code->second));
  }
  void close(std::string_view name) override { in_ = in_ && name != "cellXfs"; }

 private:
  std::map<std::size_t, std::string> codes_;
  std::vector<NumberKind> kinds_;
  bool in_ = false;
};

struct Place {
  std::size_t column = 0, row = 0;  // from 0 and from 1; row 0 where there is none
};
// "BC12"; row 0 for what is no place of a sheet.
Place place_of(std::string_view text) {
  Place place;
  std::size_t i = 0;
  for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && i < 3; ++i)
    place.column = place.column * 26 + static_cast<std::size_t>(text[i] - 'A' + 1);
  if (i == 0 || place.column > most_columns) return {};
  --place.column;
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9' && place.row <= most_rows; ++i)
    place.row = place.row * 10 + static_cast<std::size_t>(text[i] - '0');
  if (i != text.size() || place.row > most_rows) return {};
  return place;
}

struct Merge {
  std::size_t row = 0, column = 0, last_row = 0;
};

class Merges final : public XmlHandler {
 public:
  std::vector<Merge> all;
  void open(std::string_view name, const Attributes& attributes) override {
    if (name != "mergeCell" || all.size() >= most_merges) return;
    const std::string_view ref = attributes.get("ref");
    const Place from = place_of(ref.substr(0, ref.find(':'))), to = place_of(ref.substr(std::min(ref.size(), ref.find(':') + 1)));
    if (from.row != 0 && to.row > from.row) all.push_back({from.row, from.column, to.row});
  }
  void close(std::string_view) override {}
};

class SheetReader final : public XmlHandler {
 public:
  SheetReader(const Archive& archive, const SharedStrings& strings, const Styles& styles, bool from_1904,
              std::vector<Merge> merges, const TakeRow& take)
      : archive_(archive), strings_(strings), styles_(styles), from_1904_(from_1904), merges_(std::move(merges)), take_(take) {
    std::sort(merges_.begin(), merges_.end(), [](const Merge& a, const Merge& b) { return a.row < b.row; });
  }

  void open(std::string_view name, const Attributes& attributes) override {
    if (name == "row") {
      const std::size_t number = attributes.number("r", row_ + 1, most_rows);
      if (number <= row_ || number > most_rows)
        archive_.refuse("a sheet has a row " + std::to_string(number) + " after row " + std::to_string(row_) +
                            ", expected ascending numbers up to 1048576",
                        "Save the workbook anew");
      row_ = number;
      column_ = 0;
      cells_.clear();
      in_row_ = true;
    } else if (name == "c" && in_row_) {
      const Place place = place_of(attributes.get("r"));
      if (place.row != 0) column_ = place.column;
      type_ = attributes.get("t");
      style_ = attributes.number("s", 0, 1 << 20);
      value_.clear();
      in_cell_ = true;
    } else if (name == "v" || name == "t" || name == "rPh") {
      in_value_ = name == "v";
      rich_.open(name);
    }
  }
  void close(std::string_view name) override {
    in_value_ = false;
    rich_.close(name);
    if (name == "c" && in_cell_) {
      end_cell();
      in_cell_ = false;
    } else if (name == "row" && in_row_) {
      end_row();
      in_row_ = false;
    }
  }
  void text(std::string_view text) override {
    if (!in_cell_ || (!in_value_ && !rich_.within())) return;
    if (value_.size() + text.size() > 1U << 20U)
      archive_.refuse("a cell of row " + std::to_string(row_) + " holds more than a million bytes", "Shorten it");
    value_ += text;
  }

 private:
  void end_cell() {
    const std::size_t column = column_++;
    if (value_.empty() || column >= most_columns) return;
    if (cells_.size() <= column) cells_.resize(column + 1);
    cells_[column] = cell_text();
  }
  std::string cell_text() const {
    std::string text;
    if (type_ == "s") {
      const std::optional<double> index = parse_finite(trimmed(value_));
      text = strings_.at(index && *index >= 0 && *index < 1e15 ? static_cast<std::size_t>(*index) : SIZE_MAX);
    } else if (type_ == "b") {
      text = trimmed(value_) == "1" || value_ == "true" ? "TRUE" : "FALSE";
    } else if (type_.empty() || type_ == "n") {
      const NumberKind kind = styles_.at(style_);
      const std::optional<double> serial = kind == NumberKind::number ? std::nullopt : parse_finite(trimmed(value_));
      text = serial ? date_cell(*serial, from_1904_) : number_cell(value_);
      if (serial && kind == NumberKind::year && text.size() >= 10) text.resize(4);
    } else {
      text = value_;  // str, inlineStr, e, d
    }
    one_line(text);
    return text;
  }
  void end_row() {
    // Values of cells that began in a row above and reach down to this one.
    while (next_merge_ < merges_.size() && merges_[next_merge_].row <= row_) {
      const Merge& merge = merges_[next_merge_++];
      if (merge.row == row_ && merge.column < cells_.size() && !cells_[merge.column].empty())
        merged_.open(merge.column, merge.last_row, cells_[merge.column]);
    }
    merged_.fill(row_, cells_);
    while (!cells_.empty() && cells_.back().empty()) cells_.pop_back();
    if (!cells_.empty() && !take_(row_, cells_)) stopped = true;
  }

  const Archive& archive_;
  const SharedStrings& strings_;
  const Styles& styles_;
  bool from_1904_;
  std::vector<Merge> merges_;
  const TakeRow& take_;
  std::size_t next_merge_ = 0;
  MergedCells merged_;
  std::size_t row_ = 0, column_ = 0, style_ = 0;
  std::string type_, value_;
  std::vector<std::string> cells_;
  RichText rich_;
  bool in_row_ = false, in_cell_ = false, in_value_ = false;
};

class Directory final : public XmlHandler {
 public:
  struct Entry {
    SheetName name;
    std::string relation;
  };
  std::vector<Entry> entries;
  std::map<std::string, std::pair<std::string, std::string>> relations;  // id → kind, part
  bool from_1904 = false;
  std::string folder;  // of the workbook's part, with its stroke

  void open(std::string_view name, const Attributes& attributes) override {
    if (name == "sheet" && entries.size() < most_parts) {
      Entry entry{{std::string(attributes.get("name")), attributes.get("state").find("idden") != std::string_view::npos},
                  std::string(attributes.get("id"))};
      entries.push_back(std::move(entry));
    } else if (name == "workbookPr") {
      from_1904 = attributes.get("date1904") == "1" || attributes.get("date1904") == "true";
    } else if (name == "Relationship" && relations.size() < most_parts) {
      const std::string_view target = attributes.get("Target"), type = attributes.get("Type");
      const std::string part = target.starts_with('/') ? std::string(target.substr(1)) : folder + std::string(target);
      relations[std::string(attributes.get("Id"))] = {std::string(type.substr(type.rfind('/') + 1)), part};
    }
  }
  void close(std::string_view) override {}
};

class Xlsx final : public Workbook {
 public:
  Xlsx(std::unique_ptr<Archive> archive, const std::string& part) : archive_(std::move(archive)), strings_(*archive_) {
    const std::size_t stroke = part.rfind('/') + 1;
    directory_.folder = part.substr(0, stroke);
    read_xml(*archive_, directory_.folder + "_rels/" + part.substr(stroke) + ".rels", directory_);
    read_xml(*archive_, part, directory_);
    for (const auto& [id, target] : directory_.relations) {
      if (target.first == "sharedStrings") read_xml(*archive_, target.second, strings_);
      if (target.first == "styles") read_xml(*archive_, target.second, styles_);
    }
    for (auto& entry : directory_.entries) {
      const auto found = directory_.relations.find(entry.relation);
      if (found == directory_.relations.end() || found->second.first != "worksheet") continue;  // a chart
      names_.push_back(entry.name);
      parts_.push_back(found->second.second);
    }
  }
  std::string_view format() const override { return "xlsx"; }
  const std::vector<SheetName>& sheets() const override { return names_; }

  void read(std::size_t sheet, const TakeRow& take) override {
    SheetReader reader(*archive_, strings_, styles_, directory_.from_1904, merges(sheet), take);
    if (!read_xml(*archive_, parts_[sheet], reader))
      archive_->refuse("the sheet '" + names_[sheet].name + "' is missing in the file", "Save the workbook anew");
  }

 private:
  // They stand behind the rows. Most sheets have none, which a search tells faster than a parser.
  const std::vector<Merge>& merges(std::size_t sheet) {
    const auto [at, fresh] = merges_.try_emplace(sheet);
    if (!fresh) return at->second;
    bool any = false;
    std::string tail;
    archive_->read(parts_[sheet], [&](std::string_view block) {
      constexpr std::string_view mark = "mergeCell ";
      tail += block.substr(0, mark.size());
      any = tail.find(mark) != std::string::npos || block.find(mark) != std::string_view::npos;
      tail = block.substr(block.size() - std::min(block.size(), mark.size()));
      return !any;
    });
    if (any) {
      Merges found;
      read_xml(*archive_, parts_[sheet], found);
      at->second = std::move(found.all);
    }
    return at->second;
  }

  std::unique_ptr<Archive> archive_;
  Directory directory_;
  SharedStrings strings_;
  Styles styles_;
  std::vector<SheetName> names_;
  std::vector<std::string> parts_;
  std::map<std::size_t, std::vector<Merge>> merges_;
};

}  // namespace

std::unique_ptr<Workbook> open_xlsx(std::unique_ptr<Archive> archive, const std::string& workbook_part) {
  return std::make_unique<Xlsx>(std::move(archive), workbook_part);
}

}  // namespace stocktake::sheets
