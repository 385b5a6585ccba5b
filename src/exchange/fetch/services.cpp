#include "exchange/fetch/services.h"

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace stocktake::fetch {
namespace {

constexpr std::string_view code_characters = "-._~,:@+*";  // of codes, keys and references, as they stand in paths and queries

std::string encoded(std::string_view text) { return url_encoded(text, code_characters); }

Error cannot(const Service& service, const std::string& what, const std::string& remedy) {
  return Error(ErrorKind::usage, "the service '" + service.id + "' " + what, remedy);
}

const Area& area_of(const AreaRegistry& areas, const std::string& code) { return areas.at(areas.find(code).value()); }

std::string joined_areas(const AreaRegistry& areas, const std::vector<std::string>& codes, const char* separator,
                         std::string Area::*field) {
  std::vector<std::string> texts;
  for (const auto& code : codes) texts.push_back(area_of(areas, code).*field);
  return joined(texts, separator);
}

void need_field(const Service& service, const Query& query, const AreaRegistry& areas, std::string Area::*field,
                const char* name) {
  for (const auto& code : query.areas) {
    if ((area_of(areas, code).*field).empty())
      throw cannot(service, std::string("knows areas by ") + name + ", and " + code + " has none", "Leave the area out");
  }
}

Request unsd_request(const Service& service, const Query& query, const AreaRegistry& areas, const std::string& series) {
  std::string url = service.url + "/Series/Data?seriesCode=" + encoded(series);
  for (const auto& code : query.areas) {
    std::string m49 = area_of(areas, code).m49;
    m49.erase(0, m49.find_first_not_of('0'));
    url += "&areaCode=" + m49;
  }
  url += "&pageSize=" + std::to_string(query.page_size);
  return {service.id + " " + series, url, service.accept, "unsd-json", {}, service.kind, Expect::json, {}, {}, {}};
}

Request worldbank_request(const Service& service, const Query& query, const AreaRegistry& areas, const std::string& series) {
  const std::string where = query.areas.empty() ? "all" : joined_areas(areas, query.areas, ";", &Area::code);
  std::string url = service.url + "/country/" + where + "/indicator/" + encoded(series) + "?format=json";
  if (query.years) url += "&date=" + std::to_string(query.years->first) + ":" + std::to_string(query.years->second);
  url += "&per_page=" + std::to_string(query.page_size);
  return {service.id + " " + series, url, service.accept, "worldbank-json", {}, service.kind, Expect::json, {}, {}, {}};
}

Request gho_request(const Service& service, const Query& query, const AreaRegistry& areas, const std::string& series) {
  std::vector<std::string> conditions;
  if (!query.areas.empty()) {
    std::vector<std::string> each;
    for (const auto& code : query.areas) each.push_back("SpatialDim eq '" + area_of(areas, code).code + "'");
    conditions.push_back(each.size() == 1 ? each.front() : "(" + joined(each, " or ") + ")");
  }
  if (query.years) {
    conditions.push_back("TimeDim ge " + std::to_string(query.years->first));
    conditions.push_back("TimeDim le " + std::to_string(query.years->second));
  }
  std::string url = service.url + "/" + encoded(series);
  if (!conditions.empty()) url += "?$filter=" + url_encoded(joined(conditions, " and "), "-._~()");
  return {service.id + " " + series, url, service.accept, "gho-json", {}, service.kind, Expect::json, {}, {}, {}};
}

Request jsonstat_request(const Service& service, const Query& query, const AreaRegistry& areas, const std::string& series) {
  std::string url = service.url + "/data/" + encoded(series) + "?format=JSON&lang=EN";
  for (const auto& code : query.areas) {
    const auto other = query.eurostat_areas.find(area_of(areas, code).code);
    url += "&geo=" + (other != query.eurostat_areas.end() ? other->second : area_of(areas, code).iso2);
  }
  for (const auto& [name, codes] : query.filters) {
    std::size_t begin = 0;
    while (begin <= codes.size()) {  // a code each: Eurostat wants the parameter repeated
      const std::size_t end = std::min(codes.find(',', begin), codes.size());
      url += "&" + encoded(name) + "=" + encoded(codes.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  if (query.years)
    url += "&sinceTimePeriod=" + std::to_string(query.years->first) + "&untilTimePeriod=" + std::to_string(query.years->second);
  return {service.id + " " + series, url, service.accept, "jsonstat", {}, service.kind, Expect::json, {}, {}, {}};
}

// "AGENCY,ID,VERSION" with parts left out from its ends.
sdmx::Reference flow_of(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  if (parts.size() == 1) parts.insert(parts.begin(), std::string());
  parts.resize(3);
  return {"Dataflow", parts[0], parts[1], parts[2], {}};
}

// The structure with all that it names: code lists, concepts.
void ask_for_structure(Request& request, const Service& service, bool wanted) {
  const bool new_syntax = service.kind == Kind::sdmx30;
  const auto part = [&](const std::string& text, const char* any) { return "/" + (text.empty() ? any : encoded(text)); };
  if (!wanted) return;
  request.structure_url = service.url + (new_syntax ? "/structure/dataflow" : "/dataflow") +
                          part(request.flow.agency, new_syntax ? "*" : "all") + part(request.flow.id, "") +
                          part(request.flow.version, new_syntax ? "~" : "latest") + "?references=descendants";
  request.structure_accept =
      new_syntax ? "application/vnd.sdmx.structure+json;version=2.0.0" : "application/vnd.sdmx.structure+xml;version=2.1";
}

Request sdmx21_request(const Service& service, const Query& query) {
  std::string url = service.url + "/data/" + encoded(query.flow) + "/" + (query.key.empty() ? "all" : encoded(query.key));
  if (query.years)
    url += "?startPeriod=" + std::to_string(query.years->first) + "&endPeriod=" + std::to_string(query.years->second);
  Request request{
      service.id + " " + query.flow, url, service.accept, {}, {}, service.kind, Expect::sdmx, flow_of(query.flow), {}, {}};
  ask_for_structure(request, service, query.structures);
  return request;
}

Request sdmx30_request(const Service& service, const Query& query) {
  const sdmx::Reference flow = flow_of(query.flow);
  const auto part = [](const std::string& text) { return "/" + (text.empty() ? "*" : encoded(text)); };
  std::string url = service.url + "/data/dataflow" + part(flow.agency) + part(flow.id) + part(flow.version) + part(query.key);
  const auto constraint = [&](const std::string& name, const std::string& value) {
    url += (url.find('?') == std::string::npos ? "?c%5B" : "&c%5B") + encoded(name) + "%5D=" + url_encoded(value, "-._~,:*");
  };
  for (const auto& [name, codes] : query.filters) constraint(name, codes);
  if (!query.areas.empty()) constraint("REF_AREA", joined(query.areas, ","));
  if (query.years)
    constraint("TIME_PERIOD", "ge:" + std::to_string(query.years->first) + "+le:" + std::to_string(query.years->second));
  Request request{service.id + " " + query.flow, url, service.accept, {}, {}, service.kind, Expect::sdmx, flow, {}, {}};
  ask_for_structure(request, service, query.structures);
  return request;
}

void check(const Service& service, const Query& query, const AreaRegistry& areas) {
  if (service.url.empty())
    throw Error(ErrorKind::usage, "the service '" + service.id + "' has no address of its own", "Give it with --base-url URL");
  const bool sdmx = service.kind == Kind::sdmx21 || service.kind == Kind::sdmx30;
  if (sdmx && query.flow.empty()) throw cannot(service, "is asked for a dataflow", "Name it with --flow AGENCY,ID,VERSION");
  if (sdmx && !query.series.empty()) throw cannot(service, "has no series codes", "Use --flow and --key");
  if (!sdmx && (!query.flow.empty() || !query.key.empty())) throw cannot(service, "has no dataflows", "Use --series CODE");
  if (!sdmx && query.series.empty()) throw cannot(service, "is asked for series", "Name them with --series CODE, or --framework");
  if (service.kind == Kind::sdmx21 && !query.areas.empty())
    throw cannot(service, "knows areas by a place in the key only", "Put the code into --key, as in --key A.AFG..");
  if (service.kind != Kind::jsonstat && service.kind != Kind::sdmx30 && !query.filters.empty())
    throw cannot(service, "takes no filters", sdmx ? "Use --key" : "Leave --filter out");
  if (sdmx && std::count(query.flow.begin(), query.flow.end(), ',') > 2)
    throw Error(ErrorKind::usage, "--flow: '" + query.flow + "', expected AGENCY,ID,VERSION",
                "Leave the version, or agency and version, out");
  if (service.kind == Kind::unsd) need_field(service, query, areas, &Area::m49, "M49 code");
  if (service.kind == Kind::jsonstat) need_field(service, query, areas, &Area::iso2, "ISO code of two letters");
}

}  // namespace

std::map<std::string, std::string> load_eurostat_areas(const std::string& folder) {
  std::map<std::string, std::string> codes;
  for (const auto& row : read_small_csv(folder + "/area_words.csv", {"area", "scheme", "text"}).rows) {
    if (row[1] == "eurostat") codes.emplace(row[0], row[2]);
  }
  return codes;
}

std::vector<Service> load_services(const std::string& folder) {
  static const std::map<std::string, Kind> kinds = {{"unsd", Kind::unsd},       {"worldbank", Kind::worldbank},
                                                    {"gho", Kind::gho},         {"jsonstat", Kind::jsonstat},
                                                    {"sdmx-2.1", Kind::sdmx21}, {"sdmx-3.0", Kind::sdmx30}};
  const std::string path = folder + "/endpoints.csv";
  const SmallCsv csv = read_small_csv(path, {"service", "kind", "title", "url", "per_minute", "accept", "source"});
  std::vector<Service> services;
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    const auto& row = csv.rows[i];
    const auto fail = [&](const char* column, const std::string& what) {
      throw Error(ErrorKind::input, what, "Correct the row", {path, csv.lines[i], 0, column});
    };
    const auto kind = kinds.find(row[1]);
    if (kind == kinds.end()) fail("kind", "unknown kind '" + row[1] + "'");
    const auto rate = parse_finite(row[4]);
    if (!rate || *rate < 0) fail("per_minute", "expected a number, found '" + row[4] + "'");
    for (const Service& other : services) {
      if (other.id == row[0]) fail("service", "the service '" + row[0] + "' stands twice");
    }
    services.push_back({row[0], row[2], row[3], row[5], row[6], kind->second, *rate});
  }
  return services;
}

std::vector<Request> plan(const Service& service, const Query& query, const AreaRegistry& areas) {
  check(service, query, areas);
  if (service.kind == Kind::sdmx21) return {sdmx21_request(service, query)};
  if (service.kind == Kind::sdmx30) return {sdmx30_request(service, query)};
  std::vector<Request> requests;
  for (const auto& series : query.series) {
    switch (service.kind) {
      case Kind::unsd: requests.push_back(unsd_request(service, query, areas, series)); break;
      case Kind::worldbank: requests.push_back(worldbank_request(service, query, areas, series)); break;
      case Kind::gho: requests.push_back(gho_request(service, query, areas, series)); break;
      default: requests.push_back(jsonstat_request(service, query, areas, series)); break;
    }
  }
  return requests;
}

std::string page_url(const std::string& first, std::int64_t page) {
  return first + (first.find('?') == std::string::npos ? "?" : "&") + "page=" + std::to_string(page);
}

}  // namespace stocktake::fetch
