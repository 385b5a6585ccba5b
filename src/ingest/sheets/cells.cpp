// Texts of cells, and which kind of workbook a file is.
#include <cmath>

#include "base/table.h"
#include "base/text.h"
#include "ingest/sheets/workbook.h"

namespace stocktake::sheets {

std::string number_cell(std::string_view text) {
  const std::string_view bare = trimmed(text);
  const std::optional<double> value = parse_finite(bare);
  if (!value) return std::string(bare);
  if (*value == std::floor(*value) && std::abs(*value) < 1e15) return std::to_string(static_cast<std::int64_t>(*value));
  return number_text(*value);
}

std::string date_cell(double serial, bool from_1904) {
  constexpr double most_days = 2958465;  // 9999-12-31
  if (!(serial >= 0) || serial > most_days) return number_text(serial);
  auto day = static_cast<std::int64_t>(serial);
  auto second = static_cast<std::int64_t>(std::llround((serial - static_cast<double>(day)) * 86400));
  if (second == 86400) {
    ++day;
    second = 0;
  }
  std::int64_t days = 0;  // since 1970-01-01
  if (from_1904) {
    days = day - 24107;
  } else {
    days = day - (day < 60 ? 25568 : 25569);
  }
  // Civil date of a day number, by years of March to February.
  const std::int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153, d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9;
  const std::int64_t y = yoe + era * 400 + (m <= 2 ? 1 : 0);
  const auto padded = [](std::int64_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
  };
  std::string text = padded(y, 4) + "-" + padded(m, 2) + "-" + padded(d, 2);
  if (second != 0) text += "T" + padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2);
  return text;
}

NumberKind kind_of_format(unsigned id, std::string_view code) {
  if (code.empty()) {
    // 18.8.30: the built-in ones of dates and times; 27-36 and 50-58 are dates in East Asian locales.
    const bool date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
    return date ? NumberKind::date : NumberKind::number;
  }
  bool year = false, other = false;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', i), code.size());
      const std::string_view inside = code.substr(i + 1, end - i - 1);
      if (inside.size() <= 2 && inside.find_first_not_of("hHmMsS") == std::string_view::npos) other = true;  // elapsed time
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == 'y' || c == 'Y' || c == 'e') {
      // "e" alone is a year in East Asian formats; in 0.00E+00 it is a capital behind a digit.
      year = true;
    } else if (c == 'm' || c == 'M' || c == 'd' || c == 'D' || c == 'h' || c == 'H' || c == 's' || c == 'S') {
      other = true;
    } else if (c == '0' || c == '#' || c == '?' || code.substr(i).starts_with("General")) {
      if (!year && !other) return NumberKind::number;
    }
  }
  if (other) return NumberKind::date;
  return year ? NumberKind::year : NumberKind::number;
}

void one_line(std::string& text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
}

bool is_office_document(Archive& archive) {
  return archive.has("mimetype") || archive.has("[Content_Types].xml") || archive.has("xl/workbook.xml") ||
         archive.has("xl/workbook2.xml") || archive.has("xl/workbook.bin");
}

std::unique_ptr<Workbook> open_workbook(std::unique_ptr<Archive> archive) {
  if (archive->has("mimetype") && archive->text("mimetype", 1 << 12).find("opendocument.spreadsheet") != std::string::npos) {
    if (archive->text("META-INF/manifest.xml", 1 << 22).find("encryption-data") != std::string::npos)
      archive->refuse("the spreadsheet is encrypted", "Save it without a password");
    return open_ods(std::move(archive));
  }
  if (archive->has("xl/workbook.bin")) archive->refuse("the file is a binary Excel workbook (.xlsb)", "Save it as .xlsx or CSV");
  for (const char* part : {"xl/workbook.xml", "xl/workbook2.xml"}) {
    if (archive->has(part)) return open_xlsx(std::move(archive), part);
  }
  const auto parts = archive->parts();
  archive->refuse("the ZIP file holds no workbook" + (parts.empty() ? std::string() : "; its first part is " + parts.front()),
                  "Unpack it and import the files in it");
}

}  // namespace stocktake::sheets
