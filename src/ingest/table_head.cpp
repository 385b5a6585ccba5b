#include "ingest/table_head.h"

#include "ingest/formats/formats.h"

namespace stocktake {
namespace {

constexpr std::size_t sampled_rows = 200;

}  // namespace

TableHead::TableHead(ByteSource& source, const ImportOptions& given, const DimensionCodes& codes, std::string_view kind)
    : head_(source.head()),
      header_line_(given.header_line),
      delimiter_(given.delimiter != 0 ? given.delimiter : guess_delimiter(head_)),
      roles_given_(!given.columns.empty()),
      reader(source, delimiter_),
      names(read_header(reader, source.name(), header_line_)),
      known(known_layout(names, kind)),
      options(with_layout(given, known, names)),
      sample(sample_rows(head_, source.name(), delimiter_, header_line_, names.size(), sampled_rows)),
      layout(layout_of(names, options, codes)) {
  layout.decimal_comma = delimiter_ == ';';
}

void TableHead::find_area(const std::vector<bool>& taken, Sink& sink) {
  area_names_ = area_names(sink.areas());
  find_area_column(layout, sample, taken, known != nullptr || roles_given_, names, area_names_, sink);
}

void TableHead::find_area_unless_given(const std::vector<bool>& taken, Sink& sink) {
  if (layout.area != no_column || constant_of(layout.values, "ref_area").empty()) find_area(taken, sink);
}

bool TableHead::name_series(Sink& sink) {
  if (layout.series != no_column || !layout.fixed_series.empty()) return true;
  if (options.default_series.empty()) return false;
  layout.fixed_series = options.default_series;
  sink.warn("the series is called " + layout.fixed_series + ", after the sheet or table; --series gives it another code");
  return true;
}

void TableHead::close(Sink& sink, Vintage& vintage) const {
  warn_ignored(layout, sink);
  if (known != nullptr) vintage.source = known->source;
}

}  // namespace stocktake
