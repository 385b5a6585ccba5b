// Tables DAC1, DAC2a, DAC5 and their kin as the OECD Data Explorer gives them: SDMX-CSV, codes and perhaps labels side by side.
// Columns: reference in tests/ingest/dac_test.cpp; a series is DAC1_<measure>, and what else identifies a figure is a dimension.
#include <algorithm>
#include <cctype>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/formats/dac_rows.h"
#include "ingest/formats/formats.h"

namespace stocktake {
namespace {

struct Columns {
  std::size_t donor, measure, year, value;
  std::size_t structure, recipient, sector, tying, flow, unit, price, base, status, multiplier, channel, modality;
};

// "OECD.DCD.FSD:DSD_DAC1@DF_DAC1(1.4)" or "DSD_DAC1@DF_DAC1" → "DAC1"; "" when there is no data flow in it.
std::string table_of(std::string_view structure) {
  const std::size_t at = structure.find("DF_");
  if (at == std::string_view::npos) return {};
  std::string name;
  for (const char c : structure.substr(at + 3)) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_') break;
    name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

// Money in units.csv's codes where it has one: dollars by price base and multiplier; national currency as XDC.
std::string unit_of(std::string_view unit, std::string_view multiplier, bool constant) {
  if (unit == "PT_B5G" || unit == "PT" || unit.starts_with("PT_")) return "PERCENT";
  const std::string power = multiplier.empty() ? "0" : std::string(multiplier);
  if (unit == "USD") {
    const std::string prefix = constant ? "CON_USD" : "CU_USD";
    if (power == "0") return prefix;
    if (power == "6") return prefix + "_M";
    if (power == "9") return prefix + "_B";
  }
  std::string text(unit);
  if (power == "6") return text + "_M";
  return power == "0" ? text : text + "_E" + power;
}

class ExplorerImporter final : public Importer {
 public:
  std::string_view id() const override { return "dac"; }
  std::string_view title() const override {
    return "OECD Data Explorer, aid tables DAC1, DAC2a, DAC5 (SDMX-CSV: DONOR, MEASURE, TIME_PERIOD, OBS_VALUE)";
  }

  int confidence(const Head& head) const override {
    const auto has = [&](std::string_view name) { return column_named(head.columns, name) != no_column; };
    return has("DONOR") && has("MEASURE") && has("TIME_PERIOD") && has("OBS_VALUE") ? 120 : 0;
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes&, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    CsvReader reader(source, options.delimiter != 0 ? options.delimiter : guess_delimiter(source.head()));
    const std::vector<std::string> names = read_header(reader, source.name());
    const auto needed = [&](std::string_view name) { return needed_column(names, name, source.name()); };
    const auto found = [&](std::string_view name) { return column_named(names, name); };
    Columns c{};
    c.donor = needed("DONOR");
    c.measure = needed("MEASURE");
    c.year = needed("TIME_PERIOD");
    c.value = needed("OBS_VALUE");
    c.structure = found("STRUCTURE_ID") != no_column ? found("STRUCTURE_ID") : found("DATAFLOW");
    c.recipient = found("RECIPIENT");
    c.sector = found("SECTOR");
    c.tying = found("TYING_STATUS");
    c.flow = found("FLOW_TYPE");
    c.unit = found("UNIT_MEASURE");
    c.price = found("PRICE_BASE");
    c.base = found("BASE_PER");
    c.status = found("OBS_STATUS");
    c.multiplier = found("UNIT_MULT");
    c.channel = found("CHANNEL");
    c.modality = found("MODALITY");
    if (found("MD_ID") != no_column) {
      throw Error(ErrorKind::input, "these are single activities (CRS), expected a table of totals",
                  "Download DAC1, DAC2a or DAC5; or the bulk file of the CRS (Year, DonorCode, RecipientCode, PurposeCode, "
                  "USD_Disbursement …)",
                  {source.name(), 1, 0, "MD_ID"});
    }
    DacTable table;
    table.columns = names.size();
    table.year = c.year;
    for (const std::size_t column : {c.structure, c.donor, c.measure, c.recipient, c.sector, c.tying, c.flow, c.unit, c.price,
                                     c.base, c.multiplier, c.channel, c.modality}) {
      if (column != no_column) table.keys.push_back(column);
    }
    table.figures.push_back({c.value, "OBS_VALUE", [&c](const Fields& fields) { return key(c, fields); }});
    if (c.status != no_column) table.edition = [&c](const Fields& fields) { return status_text(fields[c.status]); };
    vintage.source = "OECD Data Explorer";
    read_dac_table(reader, table, sink);
  }

 private:
  static DacKey key(const Columns& c, const Fields& fields) {
    const auto field = [&](std::size_t column) { return column == no_column ? std::string_view() : trimmed(fields[column]); };
    DacKey key;
    std::string table = table_of(field(c.structure));
    if (table.empty())
      table = c.recipient != no_column && !field(c.recipient).empty() ? "DAC2A" : c.tying != no_column ? "DAC1" : "DAC";
    const std::string_view measure = field(c.measure);
    if (measure.empty()) {
      key.fault = "the measure is empty";
      key.category = "no measure";
      return key;
    }
    key.series = table + "_" + std::string(measure);
    put_donor(key, dac_codes().donor(field(c.donor)), field(c.donor));
    const DacMeasure* known = dac_codes().measure(table, measure);
    const bool constant = field(c.price) == "Q";
    key.unit = unit_of(field(c.unit), field(c.multiplier), constant);
    // A ratio has no price base, and its name says of which flow it is.
    if (known == nullptr || known->flow != field(c.flow)) put_dimension(key, "FLOW_TYPE", field(c.flow));
    const bool money = known == nullptr ? key.unit != "PERCENT" : known->unit == "money";
    if (money) put_dimension(key, "PRICE_BASE", field(c.price));
    if (money && constant) put_dimension(key, "BASE_PER", field(c.base));
    if (money && field(c.unit) != "USD") put_dimension(key, "CURRENCY", field(c.unit));
    if (table != "DAC1" || field(c.recipient) != "DPGC") put_recipient_if_sound(key, field(c.recipient));
    if (field(c.sector) != "1000") put_dimension(key, "SECTOR", field(c.sector));
    put_dimension(key, "TYING_STATUS", field(c.tying));
    put_dimension(key, "CHANNEL", field(c.channel));
    put_dimension(key, "MODALITY", field(c.modality));
    return key;
  }
  static void put_recipient_if_sound(DacKey& key, std::string_view code) {
    if (key.fault.empty()) put_recipient(key, dac_codes(), code);
  }
};

}  // namespace

std::unique_ptr<Importer> make_dac_explorer_importer() { return std::make_unique<ExplorerImporter>(); }

}  // namespace stocktake
