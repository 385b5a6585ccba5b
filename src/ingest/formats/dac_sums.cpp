#include "ingest/formats/dac_sums.h"

#include "base/table.h"

namespace stocktake {

void DacSums::add(Sink::Slot slot, std::string_view year, std::string_view value, std::string_view column,
                  const CsvReader& reader) {
  const ParsedValue parsed = parse_value(value, false);
  const bool number = parsed.kind == ParsedValue::Kind::number && parsed.qualifier == 0;
  if (number) {
    const std::uint64_t hash = std::hash<std::string_view>{}(year) ^ (0x9E3779B97F4A7C15ULL * (slot + 1ULL));
    const std::uint32_t found =
        index_.find(hash, [&](std::uint32_t id) { return figures_[id].slot == slot && figures_[id].year == year; });
    if (found != FlatIndex::none) {
      Figure& figure = figures_[found];
      figure.sum += parsed.value;
      ++figure.rows;
      figure.text.clear();
      return;
    }
    index_.insert(hash);
  }
  Figure one;
  one.slot = slot;
  one.year = year;
  one.text = value;
  one.row = reader.row_text().substr(0, 500);
  one.column = column;
  one.sum = parsed.value;
  one.line = reader.line();
  one.rows = 1;
  (number ? figures_ : others_).push_back(std::move(one));
}

void DacSums::give(const Figure& figure, Sink& sink) {
  const std::string text = figure.rows > 1 ? number_text(figure.sum) : figure.text;
  Sink::Cell cell;
  cell.slot = figure.slot;
  cell.year = figure.year;
  cell.value = text;
  cell.row = figure.row;
  cell.line = figure.line;
  cell.column = figure.column;
  sink.add(cell, false);
}

std::int64_t DacSums::hand_over(Sink& sink) {
  std::int64_t several = 0;
  for (const Figure& figure : figures_) {
    several += figure.rows > 1 ? 1 : 0;
    give(figure, sink);
  }
  for (const Figure& figure : others_) give(figure, sink);
  figures_.clear();
  others_.clear();
  index_ = {};
  return several;
}

}  // namespace stocktake
