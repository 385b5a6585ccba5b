#include "exchange/fetch/collect.h"

#include <map>
#include <set>

#include "base/error.h"
#include "base/utf8.h"

namespace stocktake::fetch {
namespace {

constexpr std::int64_t most_pages = 100'000;

Error misfit(const std::string& url, const std::string& problem) {
  return Error(ErrorKind::input, problem, "Nothing was stored. Try again later; if it stays, the service has changed",
               {url, 0, 0, {}});
}

// Pages that were got at different times may be of different editions: then those of the cache are got anew, once.
struct Stale {
  Error error;
};

class Collector {
 public:
  Collector(Client& client, HttpConnection& connection, const Request& request, std::int64_t since, const OnPage& on_page,
            const OnBytes& on_bytes)
      : client_(client), connection_(connection), request_(request), since_(since), on_page_(on_page), on_bytes_(on_bytes) {}

  Collected run() {
    if (!request_.structure_url.empty()) take_structure();
    const bool counted = request_.kind == Kind::unsd || request_.kind == Kind::worldbank;
    std::string url = counted ? page_url(request_.url, 1) : request_.url;
    const PageFacts first = take(url, 1);
    std::int64_t rows = first.rows;
    if (counted) {
      if (first.pages > most_pages || (first.pages > 1 && first.rows == 0))
        throw misfit(url, "the header says " + std::to_string(first.pages) + " pages, but the first has " +
                              std::to_string(first.rows) + " rows");
      on_page_(1, std::max<std::int64_t>(1, first.pages), rows);
      for (std::int64_t page = 2; page <= first.pages; ++page) {
        url = page_url(request_.url, page);
        const PageFacts facts = take(url, page);
        if (facts.total != first.total || facts.pages != first.pages)
          throw stale(url, "page 1 says " + std::to_string(first.total) + " rows on " + std::to_string(first.pages) +
                               " pages, page " + std::to_string(page) + " says " + std::to_string(facts.total) + " on " +
                               std::to_string(facts.pages));
        if (facts.edition != first.edition)
          throw stale(url, "page 1 is of " + readable(first.edition) + ", page " + std::to_string(page) + " of " +
                               readable(facts.edition));
        rows += facts.rows;
        on_page_(page, first.pages, rows);
      }
      if (first.total >= 0 && rows != first.total)
        throw stale(request_.url,
                    "the header says " + std::to_string(first.total) + " rows, the pages have " + std::to_string(rows));
    } else {
      std::set<std::string> seen = {url};
      std::string next = first.next;
      for (std::int64_t page = 2; !next.empty(); ++page) {
        on_page_(page - 1, page, rows);
        if (host_of(next) != host_of(request_.url))
          throw misfit(url, "the next page is said to be elsewhere: " + printable(next));
        if (!seen.insert(next).second || page > most_pages)
          throw misfit(url, "the pages lead in a circle, back to " + printable(next));
        url = next;
        const PageFacts facts = take(url, page);
        rows += facts.rows;
        next = facts.next;
      }
      on_page_(static_cast<std::int64_t>(result_.pages.size()), static_cast<std::int64_t>(result_.pages.size()), rows);
    }
    result_.rows = rows;
    return std::move(result_);
  }

 private:
  // A service that has no structure for a dataflow is no reason to be without its figures; a network that fails is.
  void take_structure() {
    try {
      result_.structure =
          client_.get(connection_, request_.structure_url, request_.structure_accept, Expect::sdmx, since_, on_bytes_);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::busy)
        throw Error(error.kind(), error.problem(), error.remedy() + "; --no-structures asks for the figures alone",
                    error.where());
      if (error.kind() != ErrorKind::not_found && error.kind() != ErrorKind::input) throw;
      result_.structure_note = "the service gave no structure: " + error.problem();
    }
  }

  PageFacts take(const std::string& url, std::int64_t number) {
    const Page page = client_.get(connection_, url, request_.accept, request_.expect, since_, on_bytes_);
    result_.asked += page.asked ? 1 : 0;
    result_.kept += page.from_cache ? 1 : 0;
    result_.bytes += page.record.bytes;
    PageFacts facts;
    if (has_page_facts(request_.kind)) {
      facts = page_facts(request_.kind, client_.body(page), url);
    } else {
      facts.rows = -1;
    }
    const bool empty = facts.page == 0 && facts.pages == 0 && facts.rows == 0;  // how some services count nothing
    if (request_.kind != Kind::gho && facts.page != number && !empty)
      throw stale(url, "asked for page " + std::to_string(number) + ", the answer says it is page " + std::to_string(facts.page));
    const auto [same, fresh] = bodies_.emplace(page.record.body_hash, number);
    if (!fresh) throw stale(url, "page " + std::to_string(number) + " repeats page " + std::to_string(same->second));
    result_.pages.push_back(page);
    return facts;
  }

  // What is thrown depends on whether older copies took part.
  Stale stale(const std::string& url, const std::string& problem) const { return {misfit(url, problem)}; }

  Client& client_;
  HttpConnection& connection_;
  const Request& request_;
  std::int64_t since_;
  const OnPage& on_page_;
  const OnBytes& on_bytes_;
  std::map<std::string, std::int64_t> bodies_;  // by hash, the page
  Collected result_;
};

}  // namespace

Collected collect(Client& client, HttpConnection& connection, const Request& request, bool fresh, const OnPage& on_page,
                  const OnBytes& on_bytes) {
  const bool offline = client.settings().offline;
  const std::int64_t since = offline ? 0 : client.cache().begin(request.url, fresh);
  try {
    return Collector(client, connection, request, since, on_page, on_bytes).run();
  } catch (const Stale& first) {
    if (offline) throw first.error;
    // Perhaps the service published between two pages, or between an interrupted run and this one: once more, all of them.
    try {
      return Collector(client, connection, request, client.cache().begin(request.url, true), on_page, on_bytes).run();
    } catch (const Stale& second) {
      client.cache().finish(request.url);  // the next run must not begin with these
      throw second.error;
    }
  } catch (const Error& error) {
    // A page that cannot be understood must be asked for anew by the next run. One that is not there yet is worth keeping the
    // rest.
    if (!offline && error.kind() == ErrorKind::input) client.cache().finish(request.url);
    throw;
  }
}

}  // namespace stocktake::fetch
