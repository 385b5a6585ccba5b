// Messages of any format to the reader of theirs.
#include "base/error.h"
#include "ingest/sdmx/csv_data.h"
#include "ingest/sdmx/csv_header.h"
#include "ingest/sdmx/data.h"
#include "ingest/sdmx/json_data.h"
#include "ingest/sdmx/json_structure.h"
#include "ingest/sdmx/ml_reader.h"

namespace stocktake::sdmx {
namespace {

[[noreturn]] void refuse(const ByteSource& source, const std::string& what, const std::string& remedy) {
  throw Error(ErrorKind::input, what, remedy, {source.name(), 0, 0, {}});
}

}  // namespace

void read_data(ByteSource& source, const Structures* structures, DataHandler& handler) {
  const std::string_view head = source.head();
  switch (kind_of(head)) {
    case MessageKind::ml_data:
    case MessageKind::ml_other: return read_ml_data(source, structures, handler);  // other: an error message, told as such
    case MessageKind::json_data: return read_json_data(source, structures, handler);
    case MessageKind::csv_data: return read_csv_data(source, structures, handler);
    case MessageKind::ml_structure:
    case MessageKind::json_structure:
      refuse(source, "this is a structure message, a data message is expected", "Give it where structures are asked for");
    case MessageKind::ml_metadata:
    case MessageKind::json_metadata: refuse(source, "this is a metadata message, a data message is expected", "Fetch the data");
    case MessageKind::none: break;
  }
  if (csv_without_structure(head)) return read_csv_data(source, structures, handler);
  refuse(source, "this is no SDMX data message: SDMX-ML, SDMX-JSON or SDMX-CSV is expected",
         "Is it complete, and is it the file you mean?");
}

Structures read_structures(ByteSource& source, std::vector<Fault>& faults) {
  switch (kind_of(source.head())) {
    case MessageKind::ml_data:
    case MessageKind::ml_other:
    case MessageKind::ml_structure: return read_ml_structures(source, faults);
    case MessageKind::json_data:
    case MessageKind::json_structure: return read_json_structures(source, faults);
    case MessageKind::csv_data:
      refuse(source, "this is a data message, a structure message is expected", "SDMX-CSV brings no structures: fetch them");
    case MessageKind::ml_metadata:
    case MessageKind::json_metadata:
      refuse(source, "this is a metadata message, a structure message is expected", "Fetch the structures");
    case MessageKind::none: break;
  }
  refuse(source, "this is no SDMX structure message: SDMX-ML or SDMX-JSON is expected",
         "Is it complete, and is it the file you mean?");
}

}  // namespace stocktake::sdmx
