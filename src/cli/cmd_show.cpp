#include <memory>

#include "base/error.h"
#include "base/table_rows.h"
#include "cli/app.h"

namespace stocktake {
namespace {

Table vintage_table(const Store& store) {
  Table table;
  auto& id = table.add_integers("vintage");
  auto& source = table.add_texts("source");
  auto& edition = table.add_texts("edition");
  auto& published = table.add_texts("published");
  auto& imported = table.add_texts("imported_at");
  auto& format = table.add_texts("format");
  auto& mode = table.add_texts("mode");
  auto& accepted = table.add_integers("figures");
  auto& missing = table.add_integers("missing");
  auto& rejected = table.add_integers("rejected");
  auto& origin = table.add_texts("origin");
  auto& hash = table.add_texts("blake2b");
  for (const Vintage& v : store.vintages()) {
    id.push_back(v.id);
    source.push_back(v.source);
    edition.push_back(v.edition);
    published.push_back(v.published ? to_string(*v.published) : "");
    imported.push_back(v.imported_at);
    format.push_back(v.format);
    mode.emplace_back(v.update ? "update" : "full");
    accepted.push_back(v.rows_accepted);
    missing.push_back(v.rows_missing);
    rejected.push_back(v.rows_rejected);
    origin.push_back(v.origin);
    hash.push_back(v.hash);
  }
  return table;
}

Table reject_table(const Store& store, int vintage, std::size_t limit) {
  bool known = false;
  for (const Vintage& v : store.vintages()) known = known || v.id == vintage;
  if (!known)
    throw Error(ErrorKind::not_found, "there is no vintage " + std::to_string(vintage), "`stocktake show vintages` lists them");
  Table table;
  auto& line = table.add_integers("line");
  auto& column = table.add_texts("column");
  auto& reason = table.add_texts("reason");
  auto& text = table.add_texts("row");
  for (const Reject& reject : store.rejects(vintage, limit)) {
    line.push_back(reject.line);
    column.push_back(reject.column);
    reason.push_back(reject.reason);
    text.push_back(reject.text);
  }
  return table;
}

Table figure_table(const Panel& panel) {
  Table table;
  auto& series = table.add_texts("series");
  auto& area = table.add_texts("ref_area");
  auto& dims = table.add_texts("dimensions");
  auto& year = table.add_integers("time_period");
  auto& value = table.add_numbers("obs_value");
  auto& lower = table.add_numbers("lower");
  auto& upper = table.add_numbers("upper");
  auto& unit = table.add_texts("unit_measure");
  auto& nature = table.add_texts("nature");
  auto& qualifier = table.add_texts("qualifier");
  auto& edition = table.add_texts("edition");
  auto& vintage = table.add_integers("vintage");
  for (std::size_t s = 0; s < panel.size(); ++s) {
    for (std::uint32_t i = panel.begin[s]; i < panel.begin[s + 1]; ++i) {
      const auto& provenance = panel.provenances[panel.provenance[i]];
      series.emplace_back(panel.series[s].series);
      area.emplace_back(panel.series[s].area);
      dims.emplace_back(panel.series[s].dimensions);
      year.push_back(panel.year[i]);
      value.push_back(panel.value[i]);
      lower.push_back(panel.lower.empty() ? missing_value : panel.lower[i]);
      upper.push_back(panel.upper.empty() ? missing_value : panel.upper[i]);
      unit.emplace_back(panel.series[s].unit);
      nature.emplace_back(to_string(provenance.nature));
      qualifier.push_back(provenance.qualifier == 0 ? "" : std::string(1, provenance.qualifier));
      edition.push_back(provenance.edition);
      vintage.push_back(provenance.vintage);
    }
  }
  return table;
}

Table structure_table(const Store& store) {
  const std::vector<StoredStructure> all = store.structures();
  TableRows rows(all);
  rows.texts("kind", [](const StoredStructure& one) { return one.kind; });
  rows.texts("agency", [](const StoredStructure& one) { return one.agency; });
  rows.texts("id", [](const StoredStructure& one) { return one.id; });
  rows.texts("version", [](const StoredStructure& one) { return one.version; });
  rows.texts("stored_at", [](const StoredStructure& one) { return one.stored_at; });
  rows.texts("origin", [](const StoredStructure& one) { return one.origin; });
  return std::move(rows).table();
}

struct Arguments {
  int vintage = 0;
  std::size_t limit = 1000;
  std::string series, as_of;
  std::vector<std::string> areas;
  OutputOptions output;
};

}  // namespace

void add_show(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("show", "What the store holds: vintages, series, figures, rejects, structures");
  command->require_subcommand(1);
  command->footer(
      "Examples:\n  stocktake show vintages\n  stocktake show series\n  stocktake show figures SP_DYN_IMRT --area CHN\n  "
      "stocktake show rejects 1\n  stocktake show structures");
  auto arguments = std::make_shared<Arguments>();

  CLI::App* vintages = command->add_subcommand("vintages", "The imports, with their counts");
  add_output_options(*vintages, arguments->output);
  vintages->callback([&context, arguments] {
    write_table(vintage_table(Store::open(context.store_path, Store::Access::read)), arguments->output, context);
  });

  CLI::App* series = command->add_subcommand("series", "Series codes with areas, figures and years");
  add_output_options(*series, arguments->output);
  series->callback([&context, arguments] {
    write_table(Store::open(context.store_path, Store::Access::read).series_summary(), arguments->output, context);
  });

  CLI::App* structures = command->add_subcommand("structures", "The SDMX structures: code lists, data structures ...");
  add_output_options(*structures, arguments->output);
  structures->callback([&context, arguments] {
    write_table(structure_table(Store::open(context.store_path, Store::Access::read)), arguments->output, context);
  });

  CLI::App* figures = command->add_subcommand("figures", "The winning figures of a series");
  figures->add_option("series", arguments->series, "Series code")->required()->option_text("SERIES");
  figures->add_option("--area", arguments->areas, "Only these areas or groups")->option_text("CODE ...");
  figures->add_option("--as-of", arguments->as_of, "Only vintages known by that day")->option_text("DATE");
  add_output_options(*figures, arguments->output);
  figures->callback([&context, arguments] {
    const Store store = Store::open(context.store_path, Store::Access::read);
    PanelQuery query;
    query.series = {arguments->series};
    query.areas = area_codes(arguments->areas);
    if (!arguments->as_of.empty()) query.as_of = date_argument(arguments->as_of, "--as-of", true);
    const Panel panel = store.panel(query);
    if (panel.size() == 0)
      throw Error(ErrorKind::not_found, "the store has no figures of series '" + arguments->series + "' there",
                  "`stocktake show series` lists the series");
    write_table(figure_table(panel), arguments->output, context);
  });

  CLI::App* rejects = command->add_subcommand("rejects", "Rows of an import that did not become figures, with reasons");
  rejects->add_option("vintage", arguments->vintage, "Number of the vintage")->required()->option_text("VINTAGE");
  rejects->add_option("--limit", arguments->limit, "At most so many rows")
      ->option_text("N")
      ->check(CLI::Range(1, 1'000'000'000))
      ->capture_default_str();
  add_output_options(*rejects, arguments->output);
  rejects->callback([&context, arguments] {
    write_table(reject_table(Store::open(context.store_path, Store::Access::read), arguments->vintage, arguments->limit),
                arguments->output, context);
  });
}

}  // namespace stocktake
