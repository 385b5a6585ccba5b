// What each service wants to be asked, and what its pages say of themselves (reference/endpoints.csv).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "exchange/fetch/client.h"
#include "framework/areas.h"
#include "ingest/sdmx/structure.h"

namespace stocktake::fetch {

enum class Kind { unsd, worldbank, gho, jsonstat, sdmx21, sdmx30 };

struct Service {
  std::string id, title, url, accept, source;
  Kind kind = Kind::unsd;
  double per_minute = 60;
};

// The table of a folder, in its order. Throws Error(input) with file and line.
std::vector<Service> load_services(const std::string& folder);

// The codes of areas by which Eurostat differs from ISO 3166 (reference/area_words.csv). Throws Error(input).
std::map<std::string, std::string> load_eurostat_areas(const std::string& folder);

struct Query {
  std::vector<std::string> series;  // codes; of Eurostat data sets
  std::vector<std::string> areas;   // codes of the registry; empty is all
  std::optional<std::pair<int, int>> years;
  std::string flow, key;                                     // of SDMX: "AGENCY,ID,VERSION", "A..B"
  std::vector<std::pair<std::string, std::string>> filters;  // dimension, codes with commas: Eurostat, SDMX 3.0
  bool structures = true;                                    // SDMX: also the dataflow's structure
  std::map<std::string, std::string> eurostat_areas;         // where Eurostat's code is not that of ISO, by our code
  int page_size = 5000;                                      // rows, where the service lets one choose
};

// One request with all its pages: what becomes one vintage.
struct Request {
  std::string label;  // "unsd SI_POV_DAY1"
  std::string url;    // of the first page
  std::string accept;
  std::string format;  // importer; "" detects
  std::string series;  // code to store under where the answer has none; "" as it says
  Kind kind = Kind::unsd;
  Expect expect = Expect::json;
  // SDMX: the dataflow that is asked for, and where its structure is; "" is not to be asked for.
  sdmx::Reference flow;
  std::string structure_url, structure_accept;
};

// The requests of a query, in the order of its series. Throws Error(usage) for what the service cannot be asked.
std::vector<Request> plan(const Service& service, const Query& query, const AreaRegistry& areas);

// What a page says of itself.
struct PageFacts {
  std::int64_t page = 1, pages = 1;
  std::int64_t total = -1;  // rows of all pages; -1 not said
  std::int64_t rows = 0;    // in this page
  std::string next;         // address of the next page, where the service gives one
  std::string edition;      // what must be the same in all pages
};
// False for services whose answer is one page that says nothing of itself.
bool has_page_facts(Kind kind);
// Throws Error(input) that names field and URL for a page whose header is not as it was known to be.
PageFacts page_facts(Kind kind, const std::string& body, const std::string& url);
// The address of a further page of a service that counts them.
std::string page_url(const std::string& first, std::int64_t page);

}  // namespace stocktake::fetch
