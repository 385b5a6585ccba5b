// Whole, checked answers: from the cache where that will do, else from the service with retries, redirects and conditional
// requests. One Client may be shared by threads that each have a connection.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "exchange/fetch/cache.h"
#include "exchange/fetch/http.h"
#include "exchange/fetch/pace.h"

namespace stocktake::fetch {

struct ClientSettings {
  HttpSettings http;
  double per_minute = 60;  // requests to one host
  int retries = 5;
  double backoff = 1;         // seconds before the second try
  double longest_wait = 120;  // seconds; a host that asks for a longer pause ends the request
  std::uint64_t seed = 1;     // of the jitter
  int redirects = 5;
  bool allow_downgrade = false;  // follow a redirect from https to http
  bool offline = false;          // only the cache
};

enum class Expect { json, sdmx };  // sdmx: XML, JSON or CSV

struct Page {
  CachedPage record;
  bool from_cache = false;  // nothing was asked for, or the service said that it has not changed
  bool asked = false;       // a request went out
};

using OnBytes = std::function<void(std::int64_t got, std::int64_t announced)>;

class Client {
 public:
  Client(ClientSettings settings, PageCache cache);
  const ClientSettings& settings() const { return settings_; }
  const PageCache& cache() const { return cache_; }
  Pace& pace() { return pace_; }

  // A page got at or after `since_ms` comes from the cache without a request. Throws Error(busy) when the service does not
  // give a whole answer after all tries, or refuses; Error(not_found) for status 404, and offline for a page that is not in the
  // cache; Error(input) for an answer that is not what was asked for (HTML, say); Error(interrupted).
  Page get(HttpConnection& connection, const std::string& url, const std::string& accept, Expect expect, std::int64_t since_ms,
           const OnBytes& on_bytes = {});
  // The body of a page that get() gave.
  std::string body(const Page& page) const;

 private:
  HttpResponse follow(HttpConnection& connection, HttpRequest request);
  ClientSettings settings_;
  PageCache cache_;
  Pace pace_;
};

// What is wrong with a body: "" nothing. `cut`: it ends early, so another try may help.
struct BodyFault {
  std::string problem;
  bool cut = false;
};
BodyFault check_body(const BodyLook& body, const std::string& content_type, Expect expect);

}  // namespace stocktake::fetch
