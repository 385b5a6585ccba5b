// Spreadsheets as rows of texts: XLSX (ECMA-376, transitional and strict) and ODS (OpenDocument 1.2). Streaming: a sheet is
// never in memory as a whole; the shared strings of an XLSX are.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/sheets/archive.h"

namespace stocktake::sheets {

inline constexpr std::size_t most_columns = 16384, most_rows = 1048576;  // of a sheet, as Excel and LibreOffice have them

struct SheetName {
  std::string name;
  bool hidden = false;
};

// A row's number, from 1, and its cells, as long as the last that holds something; rows without any are left out. False ends the
// reading. The cells may be changed.
using TakeRow = std::function<bool(std::uint64_t number, std::vector<std::string>& cells)>;

// What a cell's text is: a text as it stands, line ends as blanks; a number in the shortest form that reads back equal, whole
// ones without exponent; a date "2020-03-19", with a time of day "2020-03-19T12:00:00", formatted as a year alone "2020"; TRUE or
// FALSE; of a formula its stored result; an error as Excel writes it ("#N/A"). A cell merged over rows counts for each of them,
// over columns for its first one only.
class Workbook {
 public:
  virtual ~Workbook() = default;
  virtual std::string_view format() const = 0;  // "xlsx" or "ods"
  virtual const std::vector<SheetName>& sheets() const = 0;
  // Throws Error(input) for damage and beyond the limits above.
  virtual void read(std::size_t sheet, const TakeRow& take) = 0;
};

// Whether an archive is a workbook or another office document, which open_workbook() opens or refuses.
bool is_office_document(Archive& archive);
// Throws Error(input) with a remedy for what is no workbook that can be read: .xlsb, a text document, another archive.
std::unique_ptr<Workbook> open_workbook(std::unique_ptr<Archive> archive);
std::unique_ptr<Workbook> open_xlsx(std::unique_ptr<Archive> archive, const std::string& workbook_part);
std::unique_ptr<Workbook> open_ods(std::unique_ptr<Archive> archive);

// A number's text, as above, from the text in the file.
std::string number_cell(std::string_view text);
// Excel's serial day: 1 is 1900-01-01, with the 1900-02-29 that never was; in the other system 0 is 1904-01-01.
std::string date_cell(double serial, bool from_1904);
// What a number format shows (ECMA-376 part 1, 18.8.30 and 18.8.31).
enum class NumberKind : std::uint8_t { number, date, year };
NumberKind kind_of_format(unsigned id, std::string_view code);
void one_line(std::string& text);  // line ends and tabs become blanks

}  // namespace stocktake::sheets
