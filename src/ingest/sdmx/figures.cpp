#include "ingest/sdmx/figures.h"

#include <algorithm>

#include "base/error.h"
#include "base/progress.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ingest/formats/json_rows.h"
#include "ingest/sdmx/period.h"
#include "store/unit_text.h"

namespace stocktake::sdmx {
namespace {

constexpr char separator = '\x1f';

std::string named(const Reference& reference) { return (reference.agency.empty() ? "" : reference.agency + ":") + reference.id; }

bool is_total(std::string_view code) { return code.empty() || code == "_T" || code == "_Z"; }

}  // namespace

Figures::Figures(const ImportOptions& options, const DimensionCodes& codes, const std::string& file, Sink& sink)
    : options_(options), codes_(codes), file_(file), sink_(sink) {}

void Figures::header(const Header& header) { sender_ = header.sender; }

void Figures::warn_once(std::string text) {
  if (warned_.size() < 100 && warned_.insert(text).second) sink_.warn(std::move(text));
}

void Figures::begin(const Dataset& dataset) {
  dataset_ = dataset;
  planned_ = SIZE_MAX;
  slot_ = Sink::no_slot;
  series_of_flow_ = options_.series.empty() ? dataset.structure.id : options_.series;
  validator_.reset();
  structure_ = nullptr;
  if (!options_.structures) return;
  validator_ = std::make_unique<Validator>(*options_.structures, dataset_, options_.structure);
  structure_ = validator_->structure();
  if (!options_.validate) return validator_.reset();
  for (const std::string& note : validator_->notes()) warn_once(note);
}

void Figures::plan(const Block& block) {
  plan_ = plan_components(block.columns, dataset_, structure_, options_, codes_);
  planned_ = block.columns.size();
  prefix_ =
      std::to_string(signatures_.try_emplace(plan_.signature, signatures_.size()).first->second) + separator + series_of_flow_;
  parts_ = {plan_.find(Part::series), plan_.find(Part::area),      plan_.find(Part::time),    plan_.find(Part::frequency),
            plan_.find(Part::unit),   plan_.find(Part::unit_mult), plan_.find(Part::nature),  plan_.find(Part::lower),
            plan_.find(Part::upper),  plan_.find(Part::source),    plan_.find(Part::edition), plan_.find(Part::reporting_type)};
  std::vector<std::string> names;
  key_columns_.clear();
  attribute_columns_.clear();
  for (const ComponentPlan::Item& item : plan_.items) {
    names.push_back(printable(item.id));
    met_.insert(item.id);
    if (item.column == SIZE_MAX) continue;
    switch (item.part) {
      case Part::dimension:
      case Part::series:
      case Part::area:
      case Part::unit: key_columns_.push_back(item.column); break;
      case Part::unit_mult:
        key_columns_.push_back(item.column);
        attribute_columns_.push_back(item.column);
        break;
      case Part::attribute:
      case Part::nature:
      case Part::reporting_type: attribute_columns_.push_back(item.column); break;
      default: break;
    }
  }
  const auto need = [&](const ComponentPlan::Item* item, const char* role) {
    if (item != nullptr) return;
    throw Error(ErrorKind::input, "no component holds the " + std::string(role) + "; the components are: " + joined(names, ", "),
                "Name it with --column COMPONENT=" + std::string(role), {file_, 0, 0, role});
  };
  need(parts_.area, "ref_area");
  need(parts_.time, "time_period");
  if (parts_.series == nullptr && series_of_flow_.empty())
    throw Error(ErrorKind::input,
                "no component holds the series, and the message names no dataflow; the components are: " + joined(names, ", "),
                "Name one with --column COMPONENT=series, or the series with --series CODE", {file_, 0, 0, "series"});
  if (structure_ == nullptr && options_.validate) {
    const std::string what = dataset_.structure.id.empty() ? "the message names no structure"
                                                           : "there is no structure of " + printable(named(dataset_.structure));
    warn_once("codes were not checked: " + what + "; import its structure message, or give it with --structure FILE");
  }
}

std::string_view Figures::text(const Block& block, const ComponentPlan::Item* item, std::size_t row) const {
  if (item == nullptr) return {};
  if (item->column == SIZE_MAX) return item->text;
  const Column& column = block.columns[item->column];
  return trimmed(column.texts.text(column.codes[row]));
}

bool Figures::same(const Block& block, const std::vector<std::size_t>& columns, std::size_t row) const {
  return std::all_of(columns.begin(), columns.end(), [&](std::size_t column) {
    const auto& codes = block.columns[column].codes;
    return codes[row] == codes[row - 1];
  });
}

void Figures::make_slot(const Block& block, std::size_t row) {
  raw_ = prefix_;
  key_text_.clear();
  for (const std::size_t number : key_columns_) {
    const Column& column = block.columns[number];
    const std::string_view code = column.texts.text(column.codes[row]);
    raw_ += separator;
    raw_ += code;
    if (code.empty()) continue;
    key_text_.append(column.id).append("=").append(code).append(";");
  }
  slot_ = sink_.find(raw_);
  if (slot_ != Sink::no_slot) return;
  Sink::KeyParts key;
  key.series = parts_.series != nullptr ? text(block, parts_.series, row) : std::string_view(series_of_flow_);
  key.area = text(block, parts_.area, row);
  const std::string unit = scaled_unit(text(block, parts_.unit, row), text(block, parts_.unit_mult, row));
  key.unit = unit;
  for (const ComponentPlan::Item& item : plan_.items) {
    if (item.part != Part::dimension) continue;
    const std::string_view code = codes_.code(item.dimension, text(block, &item, row));
    if (!is_total(code)) key.dims.emplace_back(item.dimension, std::string(code));
  }
  std::sort(key.dims.begin(), key.dims.end());
  slot_ = sink_.make(raw_, key);
}

void Figures::make_attributes(const Block& block, std::size_t row) {
  Dimensions attributes;
  for (const ComponentPlan::Item& item : plan_.items) {
    const bool kept = item.part == Part::attribute || item.part == Part::unit_mult || item.part == Part::reporting_type ||
                      (item.part == Part::nature && !parse_nature(text(block, &item, row)));
    if (!kept) continue;
    const std::string_view said = text(block, &item, row);
    const bool usual = (item.part == Part::unit_mult && said == "0") || (item.part == Part::reporting_type && said == "G");
    if (!said.empty() && !usual) attributes.emplace_back(attribute_text(item.id), attribute_text(std::string(said)));
  }
  std::sort(attributes.begin(), attributes.end());
  attributes_ = stocktake::to_string(attributes);
}

void Figures::block(const Block& block) {
  check_interrupted();
  if (block.rows() == 0) return;
  if (planned_ != block.columns.size()) plan(block);
  if (validator_) validator_->check(block);
  rows(block);
}

void Figures::rows(const Block& block) {
  // By code of the time's column; a data set without such a column (all of one time) has the one of its own.
  std::vector<PeriodYear> years;
  if (parts_.time->column == SIZE_MAX) {
    years.push_back(year_of_period(parts_.time->text));
  } else {
    const Column& column = block.columns[parts_.time->column];
    for (std::uint32_t code = 0; code < column.texts.size(); ++code)
      years.push_back(year_of_period(trimmed(column.texts.text(code))));
  }
  Sink::Cell cell;
  cell.column = "OBS_VALUE";
  std::string row_text;
  std::size_t key_of = SIZE_MAX, attributes_of = SIZE_MAX;  // rows whose key and attributes are at hand
  for (std::size_t row = 0; row < block.rows(); ++row) {
    if (key_of == SIZE_MAX || !same(block, key_columns_, row)) make_slot(block, row);
    key_of = row;
    if (attributes_of == SIZE_MAX || !same(block, attribute_columns_, row)) make_attributes(block, row);
    attributes_of = row;
    const std::string_view time = text(block, parts_.time, row);
    cell.value = block.value_as_written(row);
    row_text.assign(key_text_).append(parts_.time->id).append("=").append(time).append(";OBS_VALUE=").append(cell.value);
    cell.row = row_text;
    cell.line = block.line[row];
    if (block.action[row] == Action::remove) {
      sink_.reject_row(cell.line, "the row deletes a figure; nothing is overwritten here: earlier vintages stay", "a deletion",
                       cell.row);
      continue;
    }
    if (block.action[row] == Action::append || block.action[row] == Action::merge) ++additions_;
    if (const Finding* const finding = validator_ ? validator_->finding(row) : nullptr; finding != nullptr) {
      sink_.reject_row(cell.line, finding->reason, finding->category.c_str(), cell.row);
      continue;
    }
    if (const std::string_view frequency = text(block, parts_.frequency, row); !frequency.empty() && frequency != "A") {
      sink_.reject_row(cell.line,
                       "expected annual figures (FREQ=A), found the frequency '" + printable(frequency.substr(0, 40)) + "'",
                       "a frequency other than annual", cell.row);
      continue;
    }
    const PeriodYear& period = years[parts_.time->column == SIZE_MAX ? 0 : block.columns[parts_.time->column].codes[row]];
    if (period.reason != nullptr) {
      sink_.reject_row(cell.line, "expected a calendar year as 2005, found '" + printable(time.substr(0, 40)) + "'",
                       period.reason, cell.row);
      continue;
    }
    cell.slot = slot_;
    cell.year = period.year;
    cell.lower = text(block, parts_.lower, row);
    cell.upper = text(block, parts_.upper, row);
    cell.nature = text(block, parts_.nature, row);
    if (!parse_nature(cell.nature)) cell.nature = {};  // kept as an attribute: it is no code of the UN's list
    cell.source = text(block, parts_.source, row);
    cell.edition = text(block, parts_.edition, row);
    cell.attributes = attributes_;
    sink_.add(cell, false);
  }
}

void Figures::fault(const Fault& fault) {
  const std::string where = fault.where.empty() ? "" : fault.where + ": ";
  sink_.reject_row(fault.line, where + fault.problem, "a fault of the message", fault.text);
}

void Figures::finish() {
  for (const auto& [id, role] : options_.columns) {
    if (!met_.contains(id) && !met_.empty())
      throw Error(ErrorKind::usage,
                  "--column: there is no component '" + id + "'; the components are: " + joined({met_.begin(), met_.end()}, ", "),
                  "Write the name as in the file");
  }
  if (additions_ > 0 && !options_.update)
    warn_once("the message adds to earlier ones (Append or Merge), and was imported as a whole; --update adds figure by figure");
}

}  // namespace stocktake::sdmx
