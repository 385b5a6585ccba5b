// The page headers of the services. The rows themselves are read by the importers.
#include "base/error.h"
#include "base/utf8.h"
#include "exchange/fetch/services.h"
#include "ingest/json_scan.h"

namespace stocktake::fetch {
namespace {

using nlohmann::json;

std::int64_t rows_of(JsonScan& scan, std::string_view array) {
  std::int64_t rows = 0;
  scan.elements(array, [&](std::string_view) { ++rows; });
  return rows;
}

std::int64_t need_count(JsonScan& scan, const json& header, std::string_view part, const char* field) {
  scan.need(header, part, field);
  const auto count = json_count(header, field);
  if (!count) throw scan.fault(part, field, "expected a count, found " + readable(header[field].dump().substr(0, 40)));
  return *count;
}

PageFacts unsd_facts(JsonScan& scan, std::string_view document) {
  json header = json::object();
  std::string_view data;
  scan.members(document, [&](std::string_view name, std::string_view value) {
    if (name == "data") data = value;
    for (const char* field : {"totalElements", "totalPages", "pageNumber"}) {
      if (name == field) header[field] = scan.parse(value);
    }
  });
  PageFacts facts;
  facts.total = need_count(scan, header, document, "totalElements");
  facts.pages = need_count(scan, header, document, "totalPages");
  facts.page = need_count(scan, header, document, "pageNumber");
  if (data.empty()) throw scan.fault(document, "data", "the field is missing");
  facts.rows = rows_of(scan, data);
  return facts;
}

PageFacts worldbank_facts(JsonScan& scan, std::string_view document, const std::string& url) {
  std::vector<std::string_view> parts;
  scan.elements(document, [&](std::string_view part) { parts.push_back(part); });
  const json header = parts.empty() ? json() : scan.parse(parts[0]);
  if (header.is_object() && header.contains("message"))
    throw Error(ErrorKind::not_found, "the service refused the request: " + readable(header["message"].dump()),
                "Check the series and area codes", {url, 0, 0, {}});
  if (!header.is_object() || parts.size() != 2)
    throw scan.fault(document, {}, "expected a list of two: the page header and the rows");
  PageFacts facts;
  facts.page = need_count(scan, header, parts[0], "page");
  facts.pages = need_count(scan, header, parts[0], "pages");
  facts.total = need_count(scan, header, parts[0], "total");
  if (header.contains("lastupdated")) facts.edition = scalar_text(header["lastupdated"]);
  facts.rows = parts[1] == "null" ? 0 : rows_of(scan, parts[1]);
  return facts;
}

PageFacts gho_facts(JsonScan& scan, std::string_view document) {
  PageFacts facts;
  std::string_view data;
  scan.members(document, [&](std::string_view name, std::string_view value) {
    if (name == "value") data = value;
    if (name == "@odata.nextLink") facts.next = scalar_text(scan.parse(value));
  });
  if (data.empty()) throw scan.fault(document, "value", "the field is missing");
  facts.rows = rows_of(scan, data);
  return facts;
}

}  // namespace

bool has_page_facts(Kind kind) { return kind == Kind::unsd || kind == Kind::worldbank || kind == Kind::gho; }

PageFacts page_facts(Kind kind, const std::string& body, const std::string& url) {
  JsonScan scan(body, url);
  std::string_view document;
  if (!scan.next(document)) throw Error(ErrorKind::input, "the answer is empty, expected JSON", "Try again", {url, 0, 0, {}});
  if (kind == Kind::unsd) return unsd_facts(scan, document);
  if (kind == Kind::worldbank) return worldbank_facts(scan, document, url);
  return gho_facts(scan, document);
}

}  // namespace stocktake::fetch
