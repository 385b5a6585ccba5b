// Figures as the package oda_data writes them: year, indicator, donor_code, recipient_code, currency, prices, value, perhaps a
// share of another indicator. The series is the indicator under its own name. One figure may stand in several rows, which are its
// parts (bilateral aid through two channels, say) and are added.
#include <algorithm>
#include <array>

#include "ingest/formats/dac_rows.h"
#include "ingest/formats/dac_sums.h"
#include "ingest/formats/formats.h"

namespace stocktake {
namespace {

struct Columns {
  std::size_t year, indicator, donor, recipient, currency, prices, value, share_of, share;
};

constexpr std::array<std::string_view, 9> known_columns{
    "year", "indicator", "donor_code", "donor_name", "recipient_code", "recipient_name", "currency", "prices", "value"};

class OdaDataImporter final : public Importer {
 public:
  std::string_view id() const override { return "oda-data"; }
  std::string_view title() const override {
    return "Aid by indicator and donor (CSV: year, indicator, donor_code, currency, prices, value)";
  }

  // Tables of single activities have the same columns and more; they are no totals.
  int confidence(const Head& head) const override {
    for (const std::string_view name : {"year", "indicator", "donor_code", "currency", "prices", "value"}) {
      if (column_named(head.columns, name) == no_column) return 0;
    }
    for (const std::string& name : head.columns) {
      const bool known = std::find(known_columns.begin(), known_columns.end(), name) != known_columns.end();
      if (!known && name != "share" && name != "share_of") return 0;
    }
    return 120;
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes&, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    CsvReader reader(source, options.delimiter != 0 ? options.delimiter : guess_delimiter(source.head()));
    const std::vector<std::string> names = read_header(reader, source.name());
    const auto found = [&](std::string_view name) { return column_named(names, name); };
    const auto needed = [&](std::string_view name) { return needed_column(names, name, source.name()); };
    const Columns c{needed("year"),   needed("indicator"), needed("donor_code"), found("recipient_code"), needed("currency"),
                    needed("prices"), needed("value"),     found("share_of"),    found("share")};
    vintage.source = "OECD, through oda_data";
    DacSums sums;
    Fields fields;
    while (reader.next(fields)) {
      if (!whole_row(reader, fields.size(), names.size(), sink)) continue;
      for (const bool share : {false, true}) {
        if (share && c.share == no_column) continue;
        const Sink::Slot slot = slot_of(c, fields, share, reader, sink);
        if (slot == Sink::no_slot) break;
        sums.add(slot, trimmed(fields[c.year]), trimmed(fields[share ? c.share : c.value]), "value", reader);
      }
    }
    if (const std::int64_t several = sums.hand_over(sink); several > 0)
      sink.warn(std::to_string(several) + " figures stood in several rows, which were added");
  }

 private:
  static Sink::Slot slot_of(const Columns& c, const Fields& fields, bool share, const CsvReader& reader, Sink& sink) {
    std::string raw(share ? "s" : "v");
    for (const std::size_t column : {c.indicator, c.donor, c.recipient, c.currency, c.prices, c.share_of}) {
      if (column == no_column) continue;
      raw += '\x1f';
      raw.append(fields[column]);
    }
    if (const Sink::Slot slot = sink.find(raw); slot != Sink::no_slot) return slot;
    const auto field = [&](std::size_t column) { return column == no_column ? std::string_view() : trimmed(fields[column]); };
    DacKey key;
    key.series = std::string(field(c.indicator)) + (share ? "_share" : "");
    put_donor(key, dac_codes().donor(field(c.donor)), field(c.donor));
    if (key.fault.empty()) put_recipient(key, dac_codes(), field(c.recipient));
    const bool constant = field(c.prices) == "constant";
    if (key.fault.empty() && !constant && field(c.prices) != "current") {
      key.fault = "unknown prices '" + std::string(field(c.prices).substr(0, 20)) + "', expected current or constant";
      key.category = "unknown prices";
    }
    if (!key.fault.empty()) {
      sink.reject_row(reader.line(), key.fault, key.category.c_str(), reader.row_text());
      return Sink::no_slot;
    }
    const std::string currency(field(c.currency));
    if (share) {
      key.unit = "PERCENT";
      put_dimension(key, "SHARE_OF", field(c.share_of));
    } else {
      key.unit = currency == "USD" ? (constant ? "CON_USD_M" : "CU_USD_M") : currency + "_M";
      put_dimension(key, "PRICE_BASE", constant ? "Q" : "V");
      if (currency != "USD") put_dimension(key, "CURRENCY", currency);
    }
    std::sort(key.dims.begin(), key.dims.end());
    return sink.make(raw, {key.series, key.area, key.unit, key.dims});
  }
};

}  // namespace

std::unique_ptr<Importer> make_oda_data_importer() { return std::make_unique<OdaDataImporter>(); }

}  // namespace stocktake
