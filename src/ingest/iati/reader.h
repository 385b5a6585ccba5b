// Reads one activity (the bytes of its element) of any version: 2.0x and 1.0x.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "ingest/iati/activity.h"

namespace stocktake::iati {

class ActivityReader {
 public:
  ActivityReader();
  ~ActivityReader();
  ActivityReader(const ActivityReader&) = delete;
  ActivityReader& operator=(const ActivityReader&) = delete;

  // Parses `text`, whose first byte is in line `line` of the file. The result holds until the next call. An activity that is not
  // well-formed, or not UTF-8, has faults (with their lines) and nothing else; `readable` is false then. A flow without a usable
  // date, currency or value is a fault; the others count.
  const Activity& read(std::string_view text, std::uint64_t line);
  bool readable() const { return readable_; }

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
  Activity activity_;
  bool readable_ = false;
};

// "2012-12-31", also with a time or a zone behind it and blanks around it; nothing when it is no day that exists.
std::optional<Date> parse_iso_date(std::string_view text);
// A decimal number as XML Schema writes it: "+1.50", "-3", ".63"; no exponent, no separators of thousands.
std::optional<double> parse_decimal(std::string_view text);
std::string_view trimmed(std::string_view text);

}  // namespace stocktake::iati
