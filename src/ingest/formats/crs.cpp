// Single activities of the OECD's Creditor Reporting System (CRS): a row is an activity of a donor in a recipient country in a
// year. Two layouts, known by their columns whatever their case and underscores:
//   the OECD's bulk files:   Year, DonorCode, RecipientCode, FlowCode, PurposeCode, USD_Commitment, USD_Disbursement, …_Defl
//   as oda_data writes them: year, indicator, donor_code, recipient_code, flow_code, purpose_code, currency, prices, value
// An activity is no observation: it has no number of its own that stays from year to year. The rows of a donor, recipient, flow,
// purpose and year are added. Each policy marker makes one series more, by donor, recipient, flow and score (docs/money.md).
#include <algorithm>
#include <array>
#include <cctype>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/formats/dac_rows.h"
#include "ingest/formats/dac_sums.h"
#include "ingest/formats/formats.h"

namespace stocktake {
namespace {

// "USD_Commitment_Defl" and "usd_commitment_defl" → "usdcommitmentdefl".
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return plain;
}
std::vector<std::string> plain_names(const std::vector<std::string>& names) {
  std::vector<std::string> plain;
  for (const std::string& name : names) plain.push_back(plain_name(name));
  return plain;
}
std::size_t any_of(const std::vector<std::string>& plain, std::initializer_list<std::string_view> wanted) {
  for (const std::string_view name : wanted) {
    if (const std::size_t column = column_named(plain, name); column != no_column) return column;
  }
  return no_column;
}

struct Amount {
  std::string_view column, series;  // plain name
  bool constant = false;
};
constexpr std::array<Amount, 4> bulk_amounts{{{"usdcommitment", "crs_commitment", false},
                                              {"usddisbursement", "crs_disbursement", false},
                                              {"usdcommitmentdefl", "crs_commitment", true},
                                              {"usddisbursementdefl", "crs_disbursement", true}}};
// Plain name of a marker's column, and what its series ends with.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> marker_columns{
    {{"gender", "gender"},
     {"genderequality", "gender"},
     {"environment", "environment"},
     {"pdgg", "governance"},
     {"governance", "governance"},
     {"biodiversity", "biodiversity"},
     {"climatemitigation", "climate_mitigation"},
     {"climateadaptation", "climate_adaptation"},
     {"desertification", "desertification"},
     {"rmnch", "rmnch"},
     {"drr", "drr"},
     {"nutrition", "nutrition"},
     {"disability", "disability"}}};

struct Columns {
  std::size_t year = no_column, donor = no_column, recipient = no_column, flow = no_column, purpose = no_column;
  std::size_t indicator = no_column, currency = no_column, prices = no_column, value = no_column;  // of oda_data
  std::vector<std::pair<std::size_t, Amount>> amounts;                                             // of the bulk files
  std::vector<std::pair<std::size_t, std::string_view>> markers;
};

// All columns that either layout needs; no year where it is neither.
Columns columns_of(const std::vector<std::string>& names) {
  const std::vector<std::string> plain = plain_names(names);
  Columns c;
  c.donor = any_of(plain, {"donorcode"});
  c.recipient = any_of(plain, {"recipientcode"});
  c.purpose = any_of(plain, {"purposecode"});
  c.flow = any_of(plain, {"flowcode"});
  c.indicator = any_of(plain, {"indicator"});
  c.currency = any_of(plain, {"currency"});
  c.prices = any_of(plain, {"prices"});
  c.value = any_of(plain, {"value"});
  for (const Amount& amount : bulk_amounts) {
    const std::size_t column = column_named(plain, amount.column);
    if (column != no_column) c.amounts.emplace_back(column, amount);
  }
  for (const auto& [name, series] : marker_columns) {
    const std::size_t column = column_named(plain, name);
    if (column != no_column) c.markers.emplace_back(column, series);
  }
  const bool keyed = c.donor != no_column && c.recipient != no_column && c.purpose != no_column;
  const bool single = c.indicator != no_column && c.currency != no_column && c.prices != no_column && c.value != no_column;
  if (keyed && (single || !c.amounts.empty())) c.year = any_of(plain, {"year"});
  if (single) c.amounts.clear();
  return c;
}

std::string_view field_of(const Fields& fields, std::size_t column) {
  return column == no_column ? std::string_view() : trimmed(fields[column]);
}

// One figure that a row adds to.
struct Part {
  std::string_view series;
  std::size_t value = no_column;
  bool constant = false;
  std::string_view currency = "USD";
};

class CrsImporter final : public Importer {
 public:
  std::string_view id() const override { return "crs"; }
  std::string_view title() const override {
    return "OECD Creditor Reporting System, single activities, added by recipient and purpose (CSV: Year, DonorCode, …)";
  }
  int confidence(const Head& head) const override { return columns_of(head.columns).year != no_column ? 125 : 0; }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes&, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    CsvReader reader(source, options.delimiter != 0 ? options.delimiter : guess_delimiter(source.head()));
    const std::vector<std::string> names = read_header(reader, source.name());
    const Columns c = columns_of(names);
    if (c.year == no_column) {
      throw Error(ErrorKind::input, "the columns are not those of the CRS; they are: " + listed(names),
                  "Needed: Year, DonorCode, RecipientCode, PurposeCode and USD_Commitment or USD_Disbursement",
                  {source.name(), 1, 0, "Year"});
    }
    vintage.source = c.value == no_column || !c.amounts.empty() ? "OECD, CRS" : "OECD, CRS through oda_data";
    DacSums sums;
    Fields fields;
    std::string raw;
    std::int64_t rows = 0;
    while (reader.next(fields)) {
      if (!whole_row(reader, fields.size(), names.size(), sink)) continue;
      if (add_row(c, names, fields, reader, raw, sums, sink)) ++rows;
    }
    sums.hand_over(sink);
    sink.warn(std::to_string(rows) + " activities were added by donor, recipient, flow, purpose and year" +
              (c.markers.empty() ? "" : ", and by each policy marker without the purpose"));
    const bool bare = std::any_of(c.amounts.begin(), c.amounts.end(), [](const auto& one) { return one.second.constant; });
    if (bare || c.amounts.empty()) sink.warn("the file does not say of which year its constant prices are, if it has any");
  }

 private:
  static bool add_row(const Columns& c, const std::vector<std::string>& names, const Fields& fields, const CsvReader& reader,
                      std::string& raw, DacSums& sums, Sink& sink) {
    if (c.amounts.empty()) {
      const std::string_view prices = field_of(fields, c.prices), indicator = field_of(fields, c.indicator);
      if (prices != "constant" && prices != "current") {
        sink.reject_row(reader.line(), "unknown prices '" + printable(prices.substr(0, 20)) + "', expected current or constant",
                        "unknown prices", reader.row_text());
        return false;
      }
      if (indicator.empty()) {
        sink.reject_row(reader.line(), "the indicator is empty", "no indicator", reader.row_text());
        return false;
      }
      return add_part(c, {indicator, c.value, prices == "constant", field_of(fields, c.currency)}, "value", fields, reader, raw,
                      sums, sink);
    }
    bool any = false;
    for (const auto& [column, amount] : c.amounts) {
      if (trimmed(fields[column]).empty()) continue;  // an activity is committed in one year and paid in others
      any = true;
      if (!add_part(c, {amount.series, column, amount.constant, "USD"}, names[column], fields, reader, raw, sums, sink))
        return false;
    }
    if (!any) sink.reject_row(reader.line(), "the activity has no amount", "no amount", reader.row_text());
    return any;
  }

  // Adds an amount to the figure of its purpose and to those of its markers. A fault rejects the row once.
  static bool add_part(const Columns& c, const Part& part, std::string_view column, const Fields& fields, const CsvReader& reader,
                       std::string& raw, DacSums& sums, Sink& sink) {
    const std::string_view year = field_of(fields, c.year), value = trimmed(fields[part.value]);
    const Sink::Slot slot = slot_of(c, part, {}, c.purpose, fields, reader, raw, sink);
    if (slot == Sink::no_slot) return false;
    sums.add(slot, year, value, column, reader);
    const ParsedValue parsed = parse_value(value, false);
    if (parsed.kind != ParsedValue::Kind::number) return true;  // told of once, with the purpose
    for (const auto& [marker, name] : c.markers) {
      const Sink::Slot of_marker = slot_of(c, part, name, marker, fields, reader, raw, sink);
      if (of_marker != Sink::no_slot) sums.add(of_marker, year, value, column, reader);
    }
    return true;
  }

  // `part_column` is the purpose, or a marker's score.
  static Sink::Slot slot_of(const Columns& c, const Part& part, std::string_view marker, std::size_t part_column,
                            const Fields& fields, const CsvReader& reader, std::string& raw, Sink& sink) {
    raw.assign(part.constant ? "Q" : "V");
    for (const std::string_view text : {part.series, part.currency, marker, field_of(fields, c.donor),
                                        field_of(fields, c.recipient), field_of(fields, c.flow), field_of(fields, part_column)}) {
      raw += '\x1f';
      raw += text;
    }
    if (const Sink::Slot slot = sink.find(raw); slot != Sink::no_slot) return slot;
    DacKey key;
    key.series = std::string(part.series) + (marker.empty() ? "" : "_by_" + std::string(marker));
    put_donor(key, dac_codes().donor(field_of(fields, c.donor)), field_of(fields, c.donor));
    if (key.fault.empty()) put_recipient(key, dac_codes(), field_of(fields, c.recipient));
    const std::string_view code = field_of(fields, part_column);
    if (key.fault.empty() && marker.empty() && code.empty()) {
      key.fault = "the purpose code is empty";
      key.category = "no purpose";
    }
    if (!key.fault.empty()) {
      sink.reject_row(reader.line(), key.fault, key.category.c_str(), reader.row_text());
      return Sink::no_slot;
    }
    put_dimension(key, "FLOW_CODE", field_of(fields, c.flow));
    put_dimension(key, marker.empty() ? "PURPOSE" : "SCORE", code.empty() ? "NOT_SCREENED" : code);
    const bool dollars = part.currency == "USD";
    put_dimension(key, "PRICE_BASE", part.constant ? "Q" : "V");
    if (!dollars) put_dimension(key, "CURRENCY", part.currency);
    key.unit = dollars ? (part.constant ? "CON_USD_M" : "CU_USD_M") : std::string(part.currency) + "_M";
    std::sort(key.dims.begin(), key.dims.end());
    return sink.make(raw, {key.series, key.area, key.unit, key.dims});
  }
};

}  // namespace

std::unique_ptr<Importer> make_crs_importer() { return std::make_unique<CrsImporter>(); }

}  // namespace stocktake
