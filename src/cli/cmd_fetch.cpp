#include "cli/cmd_fetch.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/scratch.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/column_roles.h"
#include "cli/import_structures.h"
#include "exchange/fetch/fetch.h"

namespace stocktake {
namespace {

using fetch::Outcome;

struct FetchArguments {
  std::string service, framework, years, base_url, cache, accept;
  std::vector<std::string> areas, filters, columns;
  bool list = false, dry_run = false, no_structures = false;
  double rate = -1;
  double max_body_mib = 4096;
  fetch::Query query;
  fetch::ClientSettings client;
  fetch::FetchOptions options;
};

void list_services(const std::vector<fetch::Service>& services) {
  for (const auto& service : services) {
    std::string id = service.id;
    id.resize(16, ' ');
    std::printf("%s%s%s%s\n", id.c_str(), service.title.c_str(), service.url.empty() ? "" : "\n                ",
                service.url.c_str());
  }
}

const fetch::Service& service_named(const std::vector<fetch::Service>& services, const std::string& id) {
  for (const auto& service : services) {
    if (service.id == id) return service;
  }
  throw Error(ErrorKind::usage, "unknown service '" + id + "'",
              "`stocktake fetch --list` names them; sdmx with --base-url is any other");
}

std::pair<int, int> years_argument(const std::string& text) {
  const std::size_t dash = text.find('-');
  const int first = parse_year(text.substr(0, dash));
  const int last = dash == std::string::npos ? first : parse_year(text.substr(dash + 1));
  if (first == 0 || last == 0 || first > last)
    throw Error(ErrorKind::usage, "--years: '" + text + "', expected a year or two as 2000-2015", "Write the earlier year first");
  return {first, last};
}

void read_arguments(const Context& context, FetchArguments& arguments) {
  fetch::Query& query = arguments.query;
  query.areas = area_codes(arguments.areas);
  query.structures = !arguments.no_structures;
  if (!query.areas.empty()) query.eurostat_areas = fetch::load_eurostat_areas(data_home() + "/reference");
  if (!arguments.years.empty()) query.years = years_argument(arguments.years);
  for (const auto& text : arguments.filters) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
      throw Error(ErrorKind::usage, "--filter: '" + text + "', expected NAME=CODE",
                  "Write --filter sex=T; several codes with commas");
    query.filters.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  for (const auto& header : arguments.client.http.headers) {
    if (header.find(':') == std::string::npos || header.find('\n') != std::string::npos || header.find('\r') != std::string::npos)
      throw Error(ErrorKind::usage, "--header: '" + printable(header) + "', expected 'Name: value'", "Quote it for the shell");
  }
  arguments.client.http.max_body = static_cast<std::int64_t>(arguments.max_body_mib * 1048576);
  if (arguments.rate >= 0) arguments.client.per_minute = arguments.rate;
  arguments.options.quiet = context.quiet;
  read_column_roles(arguments.columns, arguments.options.import.columns);
  arguments.options.import.years = query.years;
}

// The requests of the command line, and the pace of each service's host.
std::vector<fetch::Request> requests_of(const FetchArguments& arguments, const AreaRegistry& areas,
                                        std::vector<fetch::Service> services, fetch::Pace& pace) {
  std::vector<std::pair<std::string, std::vector<std::string>>> wanted;
  if (!arguments.framework.empty()) {
    if (!arguments.query.series.empty())
      throw Error(ErrorKind::usage, "--framework and --series exclude each other", "Name the one or the other");
    const Framework framework = load_framework(framework_path(arguments.framework));
    wanted =
        fetch::bound_series(load_bindings(data_home() + "/frameworks/bindings", load_dimension_codes()), framework.id, services);
    if (!arguments.service.empty())
      std::erase_if(wanted, [&](const auto& one) { return one.first != service_named(services, arguments.service).id; });
    if (wanted.empty())
      throw Error(ErrorKind::not_found, "no service feeds the framework '" + framework.id + "'",
                  "See frameworks/bindings: unsd and worldbank are services");
    if (!arguments.base_url.empty() && wanted.size() > 1)
      throw Error(ErrorKind::usage, "--base-url is of one service, and " + std::to_string(wanted.size()) + " feed the framework",
                  "Name the service as well: stocktake fetch unsd --framework sdg --base-url URL");
  } else {
    if (arguments.service.empty())
      throw Error(ErrorKind::usage, "no service to fetch from", "Name one, or --framework; `stocktake fetch --list` names them");
    wanted.emplace_back(arguments.service, arguments.query.series);
  }
  std::vector<fetch::Request> requests;
  for (const auto& [id, series] : wanted) {
    fetch::Service service = service_named(services, id);
    if (!arguments.base_url.empty()) service.url = arguments.base_url;
    while (service.url.ends_with('/')) service.url.pop_back();
    if (!service.url.empty() && !service.url.starts_with("https://") && !service.url.starts_with("http://"))
      throw Error(ErrorKind::usage, "--base-url: '" + printable(service.url) + "', expected http:// or https://", "Correct it");
    if (!arguments.accept.empty()) service.accept = arguments.accept;
    pace.set(fetch::host_of(service.url), arguments.rate >= 0 ? arguments.rate : service.per_minute);
    fetch::Query query = arguments.query;
    query.series = series;
    for (auto& request : fetch::plan(service, query, areas)) requests.push_back(std::move(request));
  }
  return requests;
}

std::string counted(std::int64_t count, const char* thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

void print_outcome(const Outcome& outcome) {
  if (outcome.structures) {
    std::printf("%s: stored %s\n", printable(outcome.label).c_str(), structures_text(*outcome.structures).c_str());
    for (const auto& note : outcome.structures->notes) std::printf("  note: %s\n", printable(note).c_str());
  }
  std::string pages = counted(outcome.pages, "page");
  if (outcome.kept > 0)
    pages += outcome.kept == outcome.pages ? " from the cache" : ", " + std::to_string(outcome.kept) + " from the cache";
  switch (outcome.state) {
    case Outcome::State::stored: {
      const Vintage& v = outcome.result.vintage;
      std::string text = outcome.label + ": stored " + counted(v.rows_accepted, "figure") + " (vintage " + std::to_string(v.id) +
                         ", " + pages + ")";
      if (v.rows_missing > 0) text += ", " + std::to_string(v.rows_missing) + " without a value";
      if (v.rows_rejected > 0) {
        text += ", " + std::to_string(v.rows_rejected) + " rejected (" + outcome.result.reject_reasons.front().first;
        text += outcome.result.reject_reasons.size() > 1 ? " and others: stocktake show rejects " : ": stocktake show rejects ";
        text += std::to_string(v.id) + ")";
      }
      std::printf("%s\n", printable(text).c_str());
      for (const auto& warning : outcome.result.warnings) std::printf("  note: %s\n", printable(warning).c_str());
      break;
    }
    case Outcome::State::unchanged:
      std::printf("%s: unchanged since vintage %d (%s)\n", outcome.label.c_str(), outcome.same_vintage, pages.c_str());
      break;
    case Outcome::State::empty: std::printf("%s: no figures\n", printable(outcome.label).c_str()); break;
    case Outcome::State::failed: std::printf("%s: failed\n", printable(outcome.label).c_str()); break;
  }
  if (!outcome.structure_note.empty()) std::printf("  note: %s\n", printable(outcome.structure_note).c_str());
}

std::string fault_text(const Outcome& outcome) {
  const std::string where = to_string(outcome.where);
  return (where.empty() ? outcome.label : where) + ": " + outcome.problem;
}

// The addresses, with a tab and the rows that the last vintage of an address had.
void print_plan(const Context& context, const std::vector<fetch::Request>& requests) {
  std::map<std::string, std::int64_t> rows;
  std::error_code unknown;
  if (std::filesystem::exists(context.store_path, unknown)) {
    for (const Vintage& v : Store::open(context.store_path, Store::Access::read).vintages())
      rows[v.origin] = v.rows_accepted + v.rows_missing + v.rows_rejected;
  }
  std::int64_t known = 0, sum = 0;
  for (const auto& request : requests) {
    if (!request.structure_url.empty()) std::printf("%s\n", request.structure_url.c_str());
    const bool paged = request.kind == fetch::Kind::unsd || request.kind == fetch::Kind::worldbank;
    std::printf("%s", (paged ? fetch::page_url(request.url, 1) : request.url).c_str());
    const auto last = rows.find(readable(request.url));
    if (last != rows.end()) std::printf("\t%lld", static_cast<long long>(last->second));
    std::printf("\n");
    known += last != rows.end() ? 1 : 0;
    sum += last != rows.end() ? last->second : 0;
  }
  if (known > 0 && !context.quiet)
    std::fprintf(stderr, "%zu requests, %lld of them made before: about %lld rows\n", requests.size(),
                 static_cast<long long>(known), static_cast<long long>(sum));
}

void run_fetch(const Context& context, FetchArguments& arguments) {
  const std::vector<fetch::Service> services = fetch::load_services(data_home() + "/reference");
  if (arguments.list) return list_services(services);
  read_arguments(context, arguments);
  const AreaRegistry areas = load_areas();
  fetch::Client client(arguments.client,
                       fetch::PageCache(arguments.cache.empty() ? fetch::default_cache_folder() : arguments.cache));
  const std::vector<fetch::Request> requests = requests_of(arguments, areas, services, client.pace());
  if (arguments.dry_run) return print_plan(context, requests);
  clear_leftovers(context);
  std::error_code unknown;
  const std::string& path = context.store_path;
  const bool exists = std::filesystem::exists(path, unknown);
  std::size_t stored = 0, unchanged = 0, empty = 0;
  std::vector<Outcome> failed;
  {
    Store store = exists ? Store::open(path, Store::Access::write) : Store::create(path);
    const DimensionCodes codes = load_dimension_codes();
    const auto drop_new_store = [&] {
      if (!exists && stored == 0) remove_store(path);  // while it is locked still
    };
    try {
      fetch::fetch(store, areas, codes, client, requests, arguments.options, [&](const Outcome& outcome) {
        if (!context.quiet) {
          print_outcome(outcome);
          std::fflush(stdout);
        }
        stored += outcome.state == Outcome::State::stored ? 1 : 0;
        unchanged += outcome.state == Outcome::State::unchanged ? 1 : 0;
        empty += outcome.state == Outcome::State::empty ? 1 : 0;
        const bool alone = requests.size() == 1 && outcome.state == Outcome::State::empty;
        if (outcome.state == Outcome::State::failed || alone) failed.push_back(outcome);
      });
    } catch (const Error& error) {
      drop_new_store();
      if (error.kind() != ErrorKind::interrupted) throw;
      throw Error(
          ErrorKind::interrupted,
          "interrupted; " + std::to_string(stored + unchanged) + " of " +
              counted(static_cast<std::int64_t>(requests.size()), "request") + " stored",
          "Run the command again: pages that were got are in " + client.cache().folder() + " and are not asked for again");
    } catch (const std::exception&) {
      drop_new_store();
      throw;
    }
    drop_new_store();
  }
  if (requests.size() > 1 && !context.quiet)
    std::printf("%zu stored, %zu unchanged, %zu without figures, %zu failed\n", stored, unchanged, empty, failed.size());
  if (failed.empty()) return;
  if (failed.size() == 1) throw Error(failed[0].kind, failed[0].problem, failed[0].remedy, failed[0].where);
  std::string faults;
  for (const Outcome& outcome : failed) {
    faults += "\n  " + printable(fault_text(outcome));
    if (&outcome - failed.data() == 19 && failed.size() > 20) {
      faults += "\n  … and " + std::to_string(failed.size() - 20) + " more";
      break;
    }
  }
  throw Error(failed[0].kind,
              std::to_string(failed.size()) + " of " + std::to_string(requests.size()) + " requests failed:" + faults,
              "Run the command again: what is stored or in the cache is not asked for again");
}

const char* const footer =
    "Each request with all its pages is one vintage, stored whole or not at all. Answers are kept in a cache; a run that was\n"
    "interrupted asks for the missing pages only, and a later run asks whether pages have changed since.\n\n"
    "Examples:\n"
    "  stocktake fetch --list\n"
    "  stocktake fetch unsd --series SI_POV_DAY1 --area KEN --area UGA\n"
    "  stocktake fetch worldbank --series SH.DYN.MORT --series SP.POP.TOTL --years 2000-2015\n"
    "  stocktake fetch gho --series WHOSIS_000001\n"
    "  stocktake fetch eurostat --series une_rt_a --filter sex=T --filter age=TOTAL\n"
    "  stocktake fetch unicef --flow UNICEF,CME,1.0 --key .CME_MRY0T4.._T._T._T\n"
    "  stocktake fetch sdmx --base-url https://stats.example.org/rest --flow AGENCY,FLOW,1.0\n"
    "  stocktake fetch --framework sdg --dry-run";

}  // namespace

void add_fetch(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("fetch", "Get figures from the services of publishers into the store");
  auto arguments = std::make_shared<FetchArguments>();
  FetchArguments& a = *arguments;
  command->add_option("service", a.service, "Whom to ask: see --list")->option_text("SERVICE");
  command->add_flag("--list", a.list, "The services and their addresses");
  command->add_option("--series", a.query.series, "Series code, of Eurostat the data set; may be repeated")
      ->option_text("CODE")
      ->allow_extra_args(false);
  command->add_option("--framework", a.framework, "All series that feed a framework from unsd and worldbank")->option_text("ID");
  command->add_option("--flow", a.query.flow, "SDMX: the dataflow")->option_text("AGENCY,ID,VERSION");
  command->add_option("--key", a.query.key, "SDMX: the series' key, as A.KEN+UGA..; all when not given")->option_text("KEY");
  command->add_option("--filter", a.filters, "Eurostat, SDMX 3.0: codes of a dimension; may be repeated")
      ->option_text("NAME=CODE")
      ->allow_extra_args(false);
  command->add_option("--area", a.areas, "Only this area; may be repeated")->option_text("CODE")->allow_extra_args(false);
  command->add_option("--years", a.years, "Only these years; they are added to what the store has of the others")
      ->option_text("A-B");
  command->add_option("--column", a.columns, "SDMX: role of a component, as in `stocktake import`; may be repeated")
      ->option_text("NAME=ROLE")
      ->allow_extra_args(false);
  command->add_flag("--no-structures", a.no_structures, "SDMX: the figures without the structure that they are checked by");
  command->add_flag("--dry-run", a.dry_run, "Print the addresses, with rows where they are known from before; fetch nothing");
  command->add_flag("--offline", a.client.offline, "Only what is in the cache");
  command->add_flag("--refresh", a.options.fresh, "Ask for every page again, also after an interrupted run");
  command->add_flag("--again", a.options.again, "Store answers that are in the store already");
  command->add_option("--cache", a.cache, "Folder of the cache [$XDG_CACHE_HOME/stocktake]")->option_text("DIR");
  command->add_option("--jobs", a.options.at_once, "Requests at the same time [4]")->option_text("N")->check(CLI::Range(1, 64));
  command->add_option("--rate", a.rate, "Requests a minute to one host; 0 no limit [as the service allows]")
      ->option_text("N")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--retries", a.client.retries, "Tries after the first [5]")->option_text("N")->check(CLI::Range(0, 100));
  command->add_option("--backoff", a.client.backoff, "Seconds before the second try, doubled for each more [1]")
      ->option_text("S")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--longest-wait", a.client.longest_wait, "Longest pause that a service may ask for, in seconds [120]")
      ->option_text("S")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--seed", a.client.seed, "Of the random part of pauses [1]")->option_text("N");
  command->add_option("--connect-timeout", a.client.http.connect_timeout, "Seconds for a connection [30]")
      ->option_text("S")
      ->check(CLI::Range(0.001, 3600.0));
  command->add_option("--stall", a.client.http.stall, "Seconds with next to no data that end a transfer [120]")
      ->option_text("S")
      ->check(CLI::Range(1.0, 86400.0));
  command->add_option("--max-body", a.max_body_mib, "Largest answer in MiB, inflated [4096]")
      ->option_text("MIB")
      ->check(CLI::Range(0.001, 1048576.0));
  command->add_option("--max-redirects", a.client.redirects, "Redirects that are followed [5]")
      ->option_text("N")
      ->check(CLI::Range(0, 50));
  command->add_flag("--allow-http", a.client.allow_downgrade, "Follow redirects from https to http");
  command->add_option("--page-size", a.query.page_size, "Rows a page, where the service lets one choose [5000]")
      ->option_text("N")
      ->check(CLI::Range(1, 50000));
  command->add_option("--base-url", a.base_url, "Another address of the service")->option_text("URL");
  command->add_option("--accept", a.accept, "Media type to ask for, instead of the service's own")->option_text("TYPE");
  command->add_option("--header", a.client.http.headers, "A further header of requests, such as a key")
      ->option_text("'NAME: VALUE'")
      ->allow_extra_args(false);
  command->add_option("--proxy", a.client.http.proxy, "Proxy [$https_proxy, $http_proxy, $no_proxy]")->option_text("URL");
  command->add_option("--cacert", a.client.http.ca_file, "Certificates to trust [$CURL_CA_BUNDLE, $SSL_CERT_FILE, the system's]")
      ->option_text("FILE");
  command->footer(footer);
  command->callback([&context, arguments] { run_fetch(context, *arguments); });
}

}  // namespace stocktake
