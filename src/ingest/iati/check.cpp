#include "ingest/iati/check.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/utf8.h"
#include "ingest/iati/reader.h"
#include "ingest/iati/splitter.h"
#include "ingest/iati/structure.h"
#include "ingest/xml/utf8_text.h"

namespace stocktake::iati {
namespace {

// Everything but 1.0x is held against the table of 2.0x. A file without a version is of 1.0x when nothing in its beginning is
// written as 2.0x writes names.
bool looks_like_1(std::string_view version, std::string_view head) {
  if (!version.empty()) return version.starts_with("1.");
  return head.find("<iati-activity ") != std::string_view::npos && head.find("<narrative") == std::string_view::npos;
}

// Money that cannot be counted is a fault. A missing currency is a warning: the schema cannot ask for it, since the activity may
// have a default. So is what was read in another way than it is written.
Severity money_severity(const std::string& what) {
  const bool left_out = what.find(" left out: ") != std::string::npos;
  return left_out && what.find("left out: no currency") == std::string::npos ? Severity::fault : Severity::warning;
}

// The version attribute of the first element, before anything is checked.
std::string version_in(std::string_view head) {
  Splitter splitter("");
  try {
    splitter.feed(head);
  } catch (const Error&) {
    return {};  // told by the check itself
  }
  return splitter.version();
}

}  // namespace

CheckTables CheckTables::load() {
  const std::string folder = data_home() + "/reference/iati";
  return {Schema::load(folder + "/schema_203.csv"), Rules::load(folder)};
}

CheckResult check(ByteSource& source, const CheckTables& tables, std::size_t most) {
  CheckResult result;
  const FindingSink keep = [&](Finding finding) {
    (finding.severity == Severity::fault ? result.faults : result.warnings)++;
    if (result.findings.size() < most) {
      result.findings.push_back(std::move(finding));
    } else {
      ++result.left_out;
    }
  };
  std::optional<xml::Utf8Text> opened;
  try {
    opened.emplace(source);
  } catch (const Error& error) {  // an encoding that nobody knows
    if (error.kind() != ErrorKind::input) throw;
    keep({error.where().line, Severity::fault, "xml", "", "", error.problem()});
    return result;
  }
  xml::Utf8Text& text = *opened;
  std::string_view block = text.next();
  result.version = version_in(block);
  const bool two = !looks_like_1(result.version, block.substr(0, 1 << 16));
  StructureCheck structure(two ? &tables.schema : nullptr, keep);
  Splitter splitter(source.name());
  ActivityReader reader;
  const auto activities = [&] {
    const Batch batch = splitter.take();
    for (const Slice& slice : batch.slices) {
      const std::string_view own = batch.of(slice);
      tables.rules.check(own, slice.line, two, keep);
      const Activity& activity = reader.read(own, slice.line);
      if (!reader.readable()) continue;  // the structure's check told it
      for (const Fault& fault : activity.faults) {
        keep({fault.line, money_severity(fault.what), "money", printable(activity.identifier), "iati-activity", fault.what});
      }
    }
  };
  bool whole = true;
  try {
    for (; whole && !block.empty(); block = text.next()) {
      check_interrupted();
      whole = structure.feed(block);
      if (whole && splitter.feed(block)) activities();
    }
    if (whole) {
      whole = structure.finish();
      if (splitter.finish()) activities();
    }
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::input) throw;
    keep({error.where().line, Severity::fault, "xml", "", "", error.problem()});
  }
  result.activities = splitter.activities();
  if (!two && splitter.activities() != 0) {
    if (result.version.empty())
      keep({1, Severity::fault, "attribute", "", "iati-activities", "the attribute 'version' is missing"});
    keep({1, Severity::warning, "element", "", "",
          (result.version.empty() ? "the file looks like 1.0x" : "version " + printable(result.version)) +
              ": elements and codes are not checked, only those of 2.0x are"});
  } else if (two && !result.version.empty() && !tables.rules.known("Version", result.version)) {
    keep({1, Severity::warning, "code", "", "iati-activities/@version",
          "'" + printable(result.version) + "' is not in the list Version"});
  }
  std::stable_sort(result.findings.begin(), result.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.line < b.line; });
  return result;
}

}  // namespace stocktake::iati
