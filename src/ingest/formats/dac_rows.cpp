#include "ingest/formats/dac_rows.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/utf8.h"

namespace stocktake {

std::size_t column_named(const std::vector<std::string>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? no_column : static_cast<std::size_t>(found - names.begin());
}

std::size_t needed_column(const std::vector<std::string>& names, std::string_view name, const std::string& file) {
  const std::size_t column = column_named(names, name);
  if (column != no_column) return column;
  throw Error(ErrorKind::input, "there is no column '" + std::string(name) + "'; the columns are: " + listed(names),
              "Download the table again with all its columns", {file, 1, 0, std::string(name)});
}

void put_dimension(DacKey& key, std::string_view name, std::string_view code) {
  code = trimmed(code);
  if (code.empty() || code == "_T" || code == "_Z") return;
  key.dims.emplace_back(name, code);
}

void put_donor(DacKey& key, const DacDonor* donor, std::string_view code) {
  if (donor == nullptr) {
    key.fault = code.empty() ? "the donor is empty"
                             : "unknown donor '" + printable(code.substr(0, 40)) + "', expected one of reference/dac_donors.csv";
    key.category = code.empty() ? "no donor" : "unknown donor";
    return;
  }
  key.area = donor->area;
  put_dimension(key, "PROVIDER", donor->provider);
}

void put_recipient(DacKey& key, const DacCodes& codes, std::string_view code) {
  code = trimmed(code);
  if (code.empty() || code == "_T" || code == "_Z") return;
  const std::string_view known = codes.recipient(code);
  if (!known.empty()) {
    put_dimension(key, "RECIPIENT", known);
  } else if (code.find_first_not_of("0123456789") != std::string_view::npos) {
    put_dimension(key, "RECIPIENT", code);  // a newer code of the Data Explorer
  } else {
    key.fault = "unknown recipient '" + printable(code.substr(0, 40)) + "', expected one of reference/dac_recipients.csv";
    key.category = "unknown recipient";
  }
}

std::string_view status_text(std::string_view status) {
  status = trimmed(status);
  if (status.empty() || status == "A") return {};
  if (status == "P") return "preliminary";
  if (status == "E") return "estimate";
  if (status == "B") return "break in the series";
  return status;
}

const DacCodes& dac_codes() {
  static const DacCodes codes = DacCodes::load(data_home() + "/reference");
  return codes;
}

void read_dac_table(CsvReader& reader, const DacTable& table, Sink& sink) {
  Fields fields;
  std::string raw, last;
  std::vector<Sink::Slot> slots(table.figures.size(), Sink::no_slot);
  std::vector<std::string> faults(table.figures.size()), categories(table.figures.size());
  while (reader.next(fields)) {
    if (!whole_row(reader, fields.size(), table.columns, sink)) continue;
    raw.clear();
    for (const std::size_t column : table.keys) {
      raw.append(fields[column]);
      raw += '\x1f';
    }
    if (raw != last || slots.front() == Sink::no_slot) {
      last = raw;
      for (std::size_t i = 0; i < table.figures.size(); ++i) {
        const std::size_t mark = raw.size();
        raw += static_cast<char>('0' + i);
        slots[i] = sink.find(raw);
        faults[i].clear();
        if (slots[i] == Sink::no_slot) {
          DacKey key = table.figures[i].key(fields);
          if (key.fault.empty()) {
            std::sort(key.dims.begin(), key.dims.end());
            slots[i] = sink.make(raw, {key.series, key.area, key.unit, key.dims});
          } else {
            faults[i] = std::move(key.fault);
            categories[i] = std::move(key.category);
          }
        }
        raw.resize(mark);
      }
    }
    Sink::Cell cell;
    cell.year = table.year_of ? table.year_of(fields) : fields[table.year];
    cell.row = reader.row_text();
    cell.line = reader.line();
    if (table.edition) cell.edition = table.edition(fields);
    for (std::size_t i = 0; i < table.figures.size(); ++i) {
      if (!faults[i].empty()) {
        sink.reject_row(cell.line, faults[i], categories[i].c_str(), cell.row);
        continue;
      }
      cell.slot = slots[i];
      cell.column = table.figures[i].name;
      cell.value = fields[table.figures[i].value];
      sink.add(cell, false);
    }
  }
}

}  // namespace stocktake
