#include "exchange/fetch/client.h"

#include <algorithm>
#include <cctype>

#include "base/error.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ingest/json_scan.h"

namespace stocktake::fetch {
namespace {

// The first words of an answer, for a message: of HTML the text without its tags.
std::string first_words(std::string_view body) {
  std::string text;
  bool tag = false;
  for (const char c : body.substr(0, 4096)) {
    if (c == '<') tag = true;
    const bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!tag && !(blank && (text.empty() || text.back() == ' '))) text += blank ? ' ' : c;
    if (c == '>') {
      tag = false;
      if (!text.empty() && text.back() != ' ') text += ' ';
    }
    if (text.size() >= 120) break;
  }
  return printable(trimmed(text));
}

bool looks_like_html(std::string_view body) {
  const std::string head = lower_ascii(body.substr(0, 512));
  return head.starts_with("<!doctype html") || head.starts_with("<html") || head.find("<html") != std::string::npos;
}

bool try_again(long status) {
  return status == 408 || status == 425 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

[[noreturn]] void refuse(const std::string& url, const HttpResponse& response) {
  std::string problem = "the service answered with status " + std::to_string(response.status);
  if (const std::string words = first_words(response.words); !words.empty()) problem += ": '" + words + "'";
  const Location where{url, 0, 0, {}};
  if (response.status == 404 || response.status == 410)
    throw Error(ErrorKind::not_found, problem, "Check the series, area and dataflow codes; --base-url names another address",
                where);
  if (response.status == 401 || response.status == 403)
    throw Error(ErrorKind::busy, problem, "If the service wants a key, give it with --header 'Name: value'", where);
  if (response.status == 413) throw Error(ErrorKind::busy, problem, "Ask for less at a time: --area, --years, --filter", where);
  if (response.status >= 400 && response.status < 500)
    throw Error(ErrorKind::busy, problem, "Check the request: `--dry-run` prints it", where);
  throw Error(ErrorKind::busy, problem, "Try again later: pages that were got are kept", where);
}

}  // namespace

BodyFault check_body(const BodyLook& body, const std::string& content_type, Expect expect) {
  const std::string_view text = body.head;
  if (text.empty() && body.last == 0) return {"the answer is empty", true};
  const char first = text.empty() ? '\0' : text.front();
  const bool html = looks_like_html(text) || lower_ascii(content_type).starts_with("text/html");
  const bool json = first == '{' || first == '[';
  if (html && !(json && expect == Expect::json && body.whole_json))
    return {"expected " + std::string(expect == Expect::json ? "JSON" : "SDMX") + ", found a web page (" +
                (content_type.empty() ? "no content type" : printable(content_type)) + "): '" + first_words(text) + "'",
            false};
  if (expect == Expect::json && !json)
    return {"expected JSON, found " + (content_type.empty() ? "other text" : printable(content_type)) + ": '" +
                first_words(text) + "'",
            false};
  if (json && !body.whole_json)
    return {"the JSON text of the answer ends early, after " + std::to_string(body.bytes) + " bytes", true};
  if (first == '<' && body.last != '>')
    return {"the XML of the answer ends early, after " + std::to_string(body.bytes) + " bytes", true};
  return {};
}

Client::Client(ClientSettings settings, PageCache cache)
    : settings_(std::move(settings)), cache_(std::move(cache)), pace_(settings_.per_minute) {}

std::string Client::body(const Page& page) const {
  if (auto bytes = cache_.body(page.record)) return std::move(*bytes);
  throw Error(ErrorKind::store, "the cache has lost an answer that was just put there", "Is something else emptying it?",
              {cache_.folder(), 0, 0, {}});
}

HttpResponse Client::follow(HttpConnection& connection, HttpRequest request) {
  const std::string first = request.url;
  std::vector<std::string> seen = {first};
  for (int hops = 0;; ++hops) {
    pace_.wait(host_of(request.url));
    HttpResponse response = connection.get(request);
    const bool moved = response.status == 301 || response.status == 302 || response.status == 303 || response.status == 307 ||
                       response.status == 308;
    if (!moved) return response;
    const auto fail = [&](const std::string& problem, const std::string& remedy) {
      throw Error(ErrorKind::busy, problem, remedy, {first, 0, 0, {}});
    };
    const std::string& next = response.redirect;
    if (next.empty()) fail("the service redirects without saying where", "Try again later");
    const std::string shown = printable(next);
    if (std::find(seen.begin(), seen.end(), next) != seen.end())
      fail("the service redirects in a circle, back to " + shown, "Try again later, or name its new address with --base-url");
    if (hops >= settings_.redirects)
      fail("more than " + std::to_string(settings_.redirects) + " redirects, the last to " + shown, "Raise --max-redirects");
    if (is_https(request.url) && !is_https(next) && !settings_.allow_downgrade)
      fail("the service redirects from https to " + shown + ", which is not encrypted", "If you trust it, give --allow-http");
    if (!is_https(next) && !next.starts_with("http://"))
      fail("the service redirects to " + shown + ", expected http or https", "");
    request.own_headers = request.own_headers && host_of(next) == host_of(first);  // a key is not for others
    request.url = next;
    seen.push_back(next);
  }
}

Page Client::get(HttpConnection& connection, const std::string& url, const std::string& accept, Expect expect,
                 std::int64_t since_ms, const OnBytes& on_bytes) {
  const Location where{url, 0, 0, {}};
  Page page;
  std::optional<CachedPage> known = cache_.find(url, accept);
  if (known && !cache_.holds(*known)) known.reset();  // damaged: as if it were not there
  if (known && (settings_.offline || known->got_ms >= since_ms)) {
    page.record = *known;
    page.from_cache = true;
    return page;
  }
  if (settings_.offline)
    throw Error(ErrorKind::not_found, "the page is not in the cache " + cache_.folder(), "Run once without --offline", where);
  page.asked = true;
  for (int attempt = 1;; ++attempt) {
    BodyFile body = cache_.new_body(settings_.http.max_body);
    HttpRequest request{url, accept, {}, {}, true, &body, on_bytes};
    if (known) {
      request.etag = known->etag;
      request.modified = known->modified;
    }
    const HttpResponse response = follow(connection, request);
    std::string problem = response.failure;
    bool again = response.transient;
    if (response.status == 304 && known) {
      cache_.touch(*known);
      page.record = *known;
      page.from_cache = true;
      return page;
    }
    if (response.status == 200) {
      const BodyFault fault = check_body(body.look(), response.content_type, expect);
      if (fault.problem.empty()) {
        page.record = {url, accept, response.content_type, response.etag, response.modified, {}, 0, 0};
        cache_.store(page.record, body);
        return page;
      }
      if (!fault.cut)
        throw Error(ErrorKind::input, fault.problem, "Open the address in a browser to see what the service says", where);
      problem = fault.problem;
      again = true;
    } else if (response.status != 0) {
      if (!try_again(response.status) || attempt > settings_.retries) refuse(url, response);
      again = true;
    }
    if (!again || attempt > settings_.retries) {
      const std::string tries = attempt > 1 ? " (" + std::to_string(attempt) + " tries)" : std::string();
      throw Error(ErrorKind::busy, problem + tries, "Check the network, --proxy and --cacert, or try again later", where);
    }
    double wait = fetch::backoff(settings_.backoff, settings_.longest_wait, settings_.seed, url, attempt);
    if (response.retry_after > 0) {
      wait = std::max(wait, static_cast<double>(response.retry_after));
      if (wait > settings_.longest_wait)
        throw Error(ErrorKind::busy,
                    "the service asks to be left alone for " + std::to_string(response.retry_after) + " seconds (status " +
                        std::to_string(response.status) + ")",
                    "Come back then, or raise --longest-wait: pages that were got are kept", where);
      pace_.hold(host_of(url), wait);
    }
    sleep_for(wait);
  }
}

}  // namespace stocktake::fetch
