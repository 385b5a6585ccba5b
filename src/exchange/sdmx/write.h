// Writes data messages: any data that can be played twice, in any format.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "exchange/sdmx/output.h"
#include "exchange/sdmx/survey.h"

namespace stocktake::sdmx {

enum class Format : std::uint8_t { csv, csv2, json, json2, ml, ml3, generic };
inline constexpr std::string_view format_names = "csv, csv2, json, json2, ml, ml3 or generic";
std::optional<Format> parse_format(std::string_view name);
// What a message's head says where nobody said more: id STOCKTAKE, sender Unknown, prepared now (SOURCE_DATE_EPOCH where set).
Header message_header();
std::string_view title_of(Format format);  // "SDMX-ML 2.1 structure-specific"

struct WriteOptions {
  Format format = Format::csv2;
  const Structures* structures = nullptr;  // roles, attachments, names
  Reference reference;                     // with an id: what all data are said to be of
  std::string sender;                      // "" that of the source, else "Unknown"
};

struct Written {
  std::uint64_t rows = 0, series = 0, datasets = 0, faults = 0;
  std::vector<Fault> first_faults;
};

// `play` gives the same data to a handler each time that it is called; it is called twice. Dimensions come in key order, series
// as they come; where a series stands in several places, or where it is not known which columns are dimensions, the message is
// flat (AllDimensions). Attributes of groups stand on their series. Actions of rows that differ make data sets of their own.
//
// Throws Error(input) where the format needs what is not known: the structure that the data are of, which columns are dimensions
// (SDMX-JSON, generic), one structure for all data (SDMX-JSON 1.0); or cannot say it (deletions in SDMX-CSV 1.0).
Written write_message(const std::function<void(DataHandler&)>& play, Output& output, const WriteOptions& options);

// What writes the second time: one a format.
class Writer : public DataHandler {
 public:
  virtual void finish() = 0;  // what stands behind the last data set
  void fault(const Fault&) override {}
};
std::unique_ptr<Writer> make_csv_writer(Output& output, const Survey& survey, bool version2);
std::unique_ptr<Writer> make_ml_writer(Output& output, const Survey& survey, const Header& header, Format format);
std::unique_ptr<Writer> make_json_writer(Output& output, Survey& survey, const Header& header, const Structures* structures,
                                         bool version2);

// "AGENCY:ID(VERSION)" as CSV and people write it.
std::string to_short(const Reference& reference);

}  // namespace stocktake::sdmx
