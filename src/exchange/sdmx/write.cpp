#include "exchange/sdmx/write.h"

#include <chrono>
#include <ctime>

#include "base/calendar.h"
#include "base/error.h"

namespace stocktake::sdmx {
namespace {

struct Named {
  std::string_view name, title;
  Format format;
};
constexpr Named formats[] = {{"csv", "SDMX-CSV 1.0", Format::csv},
                             {"csv2", "SDMX-CSV 2.0", Format::csv2},
                             {"json", "SDMX-JSON 1.0", Format::json},
                             {"json2", "SDMX-JSON 2.0", Format::json2},
                             {"ml", "SDMX-ML 2.1 structure-specific", Format::ml},
                             {"ml3", "SDMX-ML 3.0 structure-specific", Format::ml3},
                             {"generic", "SDMX-ML 2.1 generic", Format::generic}};

std::string now() {
  const std::time_t at = source_date_epoch().value_or(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
  std::tm parts{};
  gmtime_r(&at, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

// What the format must know or cannot say.
void check(const Survey& survey, Format format) {
  for (const PlannedDataset& planned : survey.datasets) {
    if (planned.dataset.structure.id.empty() || planned.dataset.structure.agency.empty()) {
      throw Error(ErrorKind::input, "the data do not name their dataflow or data structure with its agency, as a message must",
                  "Name it: --dataflow AGENCY:ID(VERSION)");
    }
    if (!planned.roles_known && !planned.columns.empty() &&
        (format == Format::json || format == Format::json2 || format == Format::generic)) {
      std::string unknown;
      for (const PlannedColumn& column : planned.columns) {
        if (column.role == Role::unknown && unknown.empty()) unknown = column.id;
      }
      throw Error(ErrorKind::input,
                  "it is not known whether '" + unknown + "' is a dimension or an attribute, which " +
                      std::string(title_of(format)) + " must say",
                  "Give the structure message of " + to_short(planned.dataset.structure) + ": --structure FILE");
    }
    if (planned.deletes && format == Format::csv) {
      throw Error(ErrorKind::input, "the data have rows to delete, which SDMX-CSV 1.0 cannot say",
                  "Write csv2, or another format");
    }
    if (format == Format::json && survey.datasets.size() > 1) {
      throw Error(ErrorKind::input,
                  "there are " + std::to_string(survey.datasets.size()) + " data sets, SDMX-JSON 1.0 describes one",
                  "Write json2, or another format");
    }
  }
}

}  // namespace

Header message_header() {
  Header header;
  header.id = "STOCKTAKE";
  header.prepared = now();
  header.sender = "Unknown";
  return header;
}

std::optional<Format> parse_format(std::string_view name) {
  for (const Named& one : formats) {
    if (one.name == name) return one.format;
  }
  return std::nullopt;
}

std::string_view title_of(Format format) {
  for (const Named& one : formats) {
    if (one.format == format) return one.title;
  }
  return {};
}

std::string to_short(const Reference& reference) {
  std::string text = reference.agency + ":" + reference.id;
  if (!reference.version.empty()) text += "(" + reference.version + ")";
  return text;
}

Written write_message(const std::function<void(DataHandler&)>& play, Output& output, const WriteOptions& options) {
  const bool json = options.format == Format::json || options.format == Format::json2;
  Survey survey(options.structures, options.reference, json);
  play(survey);
  check(survey, options.format);
  Header header = survey.head;
  const Header usual = message_header();
  if (header.id.empty()) header.id = usual.id;
  if (header.prepared.empty()) header.prepared = usual.prepared;
  if (!options.sender.empty()) header.sender = options.sender;
  if (header.sender.empty()) header.sender = usual.sender;
  std::unique_ptr<Writer> writer;
  if (json) {
    writer = make_json_writer(output, survey, header, options.structures, options.format == Format::json2);
  } else if (options.format == Format::csv || options.format == Format::csv2) {
    writer = make_csv_writer(output, survey, options.format == Format::csv2);
  } else {
    writer = make_ml_writer(output, survey, header, options.format);
  }
  play(*writer);
  writer->finish();
  Written written;
  for (const PlannedDataset& planned : survey.datasets) {
    written.rows += planned.rows;
    written.series += planned.series;
  }
  written.datasets = survey.datasets.size();
  written.faults = survey.fault_count;
  written.first_faults = std::move(survey.faults);
  return written;
}

}  // namespace stocktake::sdmx
