// The aid tables as OECD.Stat exported them until 2024: numeric codes, each with its label beside it; DAC1 by AIDTYPE, FLOWS and
// AMOUNTTYPE, DAC2a by RECIPIENT, AIDTYPE and DATATYPE, DAC5 by SECTOR. Made the same series and dimensions as the Data
// Explorer's.
#include <algorithm>

#include "ingest/formats/dac_rows.h"
#include "ingest/formats/formats.h"

namespace stocktake {
namespace {

struct Columns {
  std::size_t donor, recipient, part, sector, measure, flow, amount, amount_label, year, value, flags;
};

// "Constant Prices (2020 USD millions)" → "2020"; "" where the label names no year.
std::string_view base_year(std::string_view label) {
  for (std::size_t i = 0; i + 4 <= label.size(); ++i) {
    const std::string_view four = label.substr(i, 4);
    if (four.find_first_not_of("0123456789") == std::string_view::npos && (four[0] == '1' || four[0] == '2')) return four;
  }
  return {};
}

class StatImporter final : public Importer {
 public:
  std::string_view id() const override { return "dac-stat"; }
  std::string_view title() const override { return "OECD.Stat, aid tables (CSV: DONOR, AIDTYPE, AMOUNTTYPE, TIME, Value)"; }

  int confidence(const Head& head) const override {
    const auto has = [&](std::string_view name) { return column_named(head.columns, name) != no_column; };
    const bool measure = has("AIDTYPE") || has("SECTOR");
    return has("DONOR") && measure && (has("AMOUNTTYPE") || has("DATATYPE")) && (has("TIME") || has("Year")) && has("Value") ? 120
                                                                                                                             : 0;
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes&, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    CsvReader reader(source, options.delimiter != 0 ? options.delimiter : guess_delimiter(source.head()));
    const std::vector<std::string> names = read_header(reader, source.name());
    const auto found = [&](std::string_view name) { return column_named(names, name); };
    Columns c{};
    c.donor = needed_column(names, "DONOR", source.name());
    c.value = needed_column(names, "Value", source.name());
    c.recipient = found("RECIPIENT");
    c.part = found("PART");
    c.sector = found("SECTOR");
    c.measure = found("AIDTYPE");
    c.flow = found("FLOWS") != no_column ? found("FLOWS") : found("FLOW");
    c.amount = found("AMOUNTTYPE") != no_column ? found("AMOUNTTYPE") : found("DATATYPE");
    c.amount_label = found("Amount type");
    c.year = found("TIME") != no_column ? found("TIME") : needed_column(names, "Year", source.name());
    c.flags = found("Flag Codes");
    DacTable table;
    table.columns = names.size();
    table.year = c.year;
    for (const std::size_t column : {c.donor, c.recipient, c.part, c.sector, c.measure, c.flow, c.amount, c.amount_label}) {
      if (column != no_column) table.keys.push_back(column);
    }
    table.figures.push_back({c.value, "Value", [&c](const Fields& fields) { return key(c, fields); }});
    if (c.flags != no_column) table.edition = [&c](const Fields& fields) { return status_text(fields[c.flags]); };
    vintage.source = "OECD.Stat";
    read_dac_table(reader, table, sink);
  }

 private:
  static DacKey key(const Columns& c, const Fields& fields) {
    const auto field = [&](std::size_t column) { return column == no_column ? std::string_view() : trimmed(fields[column]); };
    DacKey key;
    const std::string table = c.recipient != no_column ? "DAC2A" : c.sector != no_column ? "DAC5" : "DAC1";
    const std::string_view measure = c.measure == no_column ? std::string_view("ODA") : field(c.measure);
    if (measure.empty()) {
      key.fault = "the aid type is empty";
      key.category = "no aid type";
      return key;
    }
    key.series = table + "_" + std::string(measure);
    put_donor(key, dac_codes().donor(field(c.donor)), field(c.donor));
    if (!key.fault.empty()) return key;
    const DacMeasure* known = dac_codes().measure(table, measure);
    if (known == nullptr || known->flow != field(c.flow)) put_dimension(key, "FLOW_TYPE", field(c.flow));
    const std::string_view amount = field(c.amount);
    if (known != nullptr && known->unit != "money") {
      key.unit = known->unit == "percent" ? "PERCENT" : "";  // the table does not say in what population is counted
    } else if (amount == "A") {
      key.unit = "CU_USD_M";
      put_dimension(key, "PRICE_BASE", "V");
    } else if (amount == "D") {
      key.unit = "CON_USD_M";
      put_dimension(key, "PRICE_BASE", "Q");
      put_dimension(key, "BASE_PER", base_year(field(c.amount_label)));
    } else if (amount == "N") {
      key.unit = "XDC_M";
      put_dimension(key, "PRICE_BASE", "V");
      put_dimension(key, "CURRENCY", "XDC");
    } else {
      key.fault =
          "unknown amount type '" + std::string(amount.substr(0, 20)) + "', expected A (current), D (constant) or N (national)";
      key.category = "unknown amount type";
      return key;
    }
    if (field(c.part) != "1") put_dimension(key, "PART", field(c.part));
    put_recipient(key, dac_codes(), field(c.recipient));
    if (field(c.sector) != "1000") put_dimension(key, "SECTOR", field(c.sector));
    return key;
  }
};

}  // namespace

std::unique_ptr<Importer> make_dac_stat_importer() { return std::make_unique<StatImporter>(); }

}  // namespace stocktake
