// Aid figures in the layouts of those who republish them: a donor's ODA and ODA/GNI side by side, ODA by sector, deflators and
// exchange rates, World Bank series by ISO code and day. What such a file leaves unsaid is in reference/dac_layouts.csv.
#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/utf8.h"
#include "ingest/formats/dac_rows.h"
#include "ingest/formats/formats.h"

namespace stocktake {
namespace {

// Price bases that the files do not name.
struct LayoutFacts {
  std::string price_base, base_year, source;
};
LayoutFacts facts_of(std::string_view layout) {
  const std::string path = data_home() + "/reference/dac_layouts.csv";
  const SmallCsv csv = read_small_csv(path, {"layout", "price_base", "base_year", "source"});
  for (const auto& row : csv.rows) {
    if (row[0] == layout) return {row[1], row[2], row[3]};
  }
  throw Error(ErrorKind::input, "no row for the layout '" + std::string(layout) + "'", "Put the file back",
              {path, 1, 0, "layout"});
}

bool has_all(const Head& head, std::initializer_list<std::string_view> wanted) {
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](std::string_view name) { return column_named(head.columns, name) != no_column; });
}

// name, year, ODA (left-axis), ODA/GNI (right-axis): net flows first, grant equivalents later
// (reference/oda_headline.csv). The two measures become two keys, so that nothing joins them.
class HeadlineImporter final : public Importer {
 public:
  std::string_view id() const override { return "oda-headline"; }
  std::string_view title() const override { return "ODA and ODA/GNI by donor as ONE republishes them (CSV: name, year, ODA …)"; }
  int confidence(const Head& head) const override {
    return has_all(head, {"name", "year", "ODA (left-axis)", "ODA/GNI (right-axis)"}) ? 120 : 0;
  }
  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes&, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    CsvReader reader(source, ',');
    const std::vector<std::string> names = read_header(reader, source.name());
    const LayoutFacts facts = facts_of(id());
    const std::size_t donor = column_named(names, "name"), year = column_named(names, "year");
    const auto key = [&](const char* series, const char* unit, bool money) {
      return [&, series, unit, money](const Fields& fields) {
        DacKey made;
        made.series = series;
        made.unit = unit;
        put_donor(made, dac_codes().donor_by_name(trimmed(fields[donor])), trimmed(fields[donor]));
        put_dimension(made, "FLOW_TYPE", parse_year(fields[year]) < dac_codes().first_grant_equivalent() ? "1140" : "1160");
        if (money) {
          put_dimension(made, "PRICE_BASE", facts.price_base);
          put_dimension(made, "BASE_PER", facts.base_year);
        }
        return made;
      };
    };
    DacTable table;
    table.columns = names.size();
    table.year = year;
    table.keys = {donor, year};
    table.figures = {
        {column_named(names, "ODA (left-axis)"), "ODA (left-axis)", key("oda_headline", "CON_USD_M", true)},
        {column_named(names, "ODA/GNI (right-axis)"), "ODA/GNI (right-axis)", key("oda_gni_headline", "PERCENT", false)}};
    sink.warn("net flows and, from " + std::to_string(dac_codes().first_grant_equivalent()) +
              ", grant equivalents are kept apart (FLOW_TYPE 1140 and 1160); prices as " + facts.source);
    vintage.source = "OECD, republished by ONE";
    read_dac_table(reader, table, sink);
  }
};

// donor, sector, year, total_oda
class SectorImporter final : public Importer {
 public:
  std::string_view id() const override { return "dac5"; }
  std::string_view title() const override { return "ODA by donor and sector (CSV: donor, sector, year, total_oda)"; }
  int confidence(const Head& head) const override { return has_all(head, {"donor", "sector", "year", "total_oda"}) ? 120 : 0; }
  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes&, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    CsvReader reader(source, ',');
    const std::vector<std::string> names = read_header(reader, source.name());
    const LayoutFacts facts = facts_of(id());
    const std::size_t donor = column_named(names, "donor"), sector = column_named(names, "sector");
    DacTable table;
    table.columns = names.size();
    table.year = column_named(names, "year");
    table.keys = {donor, sector};
    table.figures = {{column_named(names, "total_oda"), "total_oda", [&](const Fields& fields) {
                        DacKey key;
                        key.series = "DAC5_ODA";
                        key.unit = "CON_USD_M";
                        put_donor(key, dac_codes().donor(trimmed(fields[donor])), trimmed(fields[donor]));
                        if (trimmed(fields[sector]) != "1000") put_dimension(key, "SECTOR", fields[sector]);
                        put_dimension(key, "PRICE_BASE", facts.price_base);
                        put_dimension(key, "BASE_PER", facts.base_year);
                        return key;
                      }}};
    vintage.source = "OECD, DAC5";
    read_dac_table(reader, table, sink);
  }
};

// Year, name and a column a sector: shares of all ODA, as fractions.
class SectorShareImporter final : public Importer {
 public:
  std::string_view id() const override { return "oda-sector-shares"; }
  std::string_view title() const override {
    return "Shares of ODA by sector as ONE republishes them (CSV: Year, name, Humanitarian, Education, …)";
  }
  int confidence(const Head& head) const override {
    return has_all(head, {"Year", "name", "Humanitarian", "Education", "Health"}) ? 120 : 0;
  }
  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes&, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    CsvReader reader(source, ',');
    const std::vector<std::string> names = read_header(reader, source.name());
    const std::size_t donor = column_named(names, "name");
    DacTable table;
    table.columns = names.size();
    table.year = column_named(names, "Year");
    table.keys = {donor};
    for (std::size_t column = 0; column < names.size(); ++column) {
      if (column == donor || column == table.year) continue;
      std::string sector = names[column];
      std::replace(sector.begin(), sector.end(), ' ', '_');
      table.figures.push_back({column, names[column], [donor, sector](const Fields& fields) {
                                 DacKey key;
                                 key.series = "oda_sector_share";
                                 key.unit = "RATIO";
                                 put_donor(key, dac_codes().donor_by_name(trimmed(fields[donor])), trimmed(fields[donor]));
                                 put_dimension(key, "SECTOR", sector);
                                 return key;
                               }});
    }
    vintage.source = "OECD, republished by ONE";
    read_dac_table(reader, table, sink);
  }
};

// year, donor_code, …, lcu_per_usd, dac_deflator, gdp_deflator, exchange_deflator; or iso_code, year, exchange, deflator
class DeflatorImporter final : public Importer {
 public:
  std::string_view id() const override { return "dac-deflators"; }
  std::string_view title() const override { return "DAC deflators and exchange rates (CSV as pydeflate keeps them)"; }
  int confidence(const Head& head) const override {
    const bool newer = has_all(head, {"year", "donor_code", "lcu_per_usd", "dac_deflator"});
    return newer || has_all(head, {"iso_code", "year", "exchange", "deflator"}) ? 120 : 0;
  }
  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes&, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    CsvReader reader(source, ',');
    const std::vector<std::string> names = read_header(reader, source.name());
    const bool newer = column_named(names, "donor_code") != no_column;
    const std::size_t donor = column_named(names, newer ? "donor_code" : "iso_code");
    struct Figure {
      const char *column, *series, *unit;
    };
    const std::vector<Figure> figures = {{newer ? "lcu_per_usd" : "exchange", "DAC_EXCHANGE_RATE", "XDC_PER_USD"},
                                         {newer ? "dac_deflator" : "deflator", "DAC_DEFLATOR", "INDEX"},
                                         {"gdp_deflator", "DAC_GDP_DEFLATOR", "INDEX"},
                                         {"exchange_deflator", "DAC_EXCHANGE_DEFLATOR", "INDEX"}};
    DacTable table;
    table.columns = names.size();
    table.year = column_named(names, "year");
    table.keys = {donor};
    for (const Figure& figure : figures) {
      const std::size_t column = column_named(names, figure.column);
      if (column == no_column) continue;
      table.figures.push_back({column, figure.column, [donor, figure](const Fields& fields) {
                                 DacKey key;
                                 key.series = figure.series;
                                 key.unit = figure.unit;
                                 put_donor(key, dac_codes().donor(trimmed(fields[donor])), trimmed(fields[donor]));
                                 return key;
                               }});
    }
    vintage.source = "OECD, DAC deflators";
    read_dac_table(reader, table, sink);
  }
};

// date (2013-01-01), iso_code, indicator_code, value: one World Bank indicator as pydeflate keeps it.
class DatedImporter final : public Importer {
 public:
  std::string_view id() const override { return "worldbank-dated"; }
  std::string_view title() const override {
    return "World Bank series by ISO code and day (CSV: date, iso_code, indicator_code, value)";
  }
  int confidence(const Head& head) const override {
    return has_all(head, {"date", "iso_code", "indicator_code", "value"}) ? 120 : 0;
  }
  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes&, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    CsvReader reader(source, ',');
    const std::vector<std::string> names = read_header(reader, source.name());
    const std::size_t date = column_named(names, "date"), area = column_named(names, "iso_code");
    const std::size_t series = column_named(names, "indicator_code");
    DacTable table;
    table.columns = names.size();
    table.year = date;
    table.keys = {area, series};
    table.figures = {{column_named(names, "value"), "value", [=](const Fields& fields) {
                        DacKey key;
                        key.series = trimmed(fields[series]);
                        key.area = trimmed(fields[area]);
                        return key;
                      }}};
    // The first day of a year stands for the year; any other day is no annual figure and its row is rejected by its year.
    table.year_of = [date](const Fields& fields) {
      const std::string_view text = trimmed(fields[date]);
      return text.size() == 10 && text.substr(4) == "-01-01" ? text.substr(0, 4) : text;
    };
    vintage.source = "World Bank";
    read_dac_table(reader, table, sink);
  }
};

}  // namespace

std::unique_ptr<Importer> make_oda_headline_importer() { return std::make_unique<HeadlineImporter>(); }
std::unique_ptr<Importer> make_sector_share_importer() { return std::make_unique<SectorShareImporter>(); }
std::unique_ptr<Importer> make_dac5_importer() { return std::make_unique<SectorImporter>(); }
std::unique_ptr<Importer> make_dac_deflator_importer() { return std::make_unique<DeflatorImporter>(); }
std::unique_ptr<Importer> make_worldbank_dated_importer() { return std::make_unique<DatedImporter>(); }

}  // namespace stocktake
