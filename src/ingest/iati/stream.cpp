#include "ingest/iati/stream.h"

namespace stocktake::iati {

StreamReport report_of(const Splitter& splitter) {
  StreamReport report{splitter.version(), splitter.has_version(), splitter.activities(), {},
                      splitter.broken(),  splitter.broken_line()};
  for (const auto& [line, bytes] : splitter.oversize()) {
    report.faults.push_back({line, "activity left out: it has " + std::to_string(bytes) + " bytes"});
  }
  return report;
}

std::string told_end(const StreamReport& report) {
  return report.broken + (report.activities == 0 ? "" : "; what is before counts");
}

}  // namespace stocktake::iati
