// One exchange with a web server (libcurl): no retries, no redirects, no cache. Those are in client.h.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/fetch/body_file.h"

namespace stocktake::fetch {

struct HttpSettings {
  double connect_timeout = 30;  // seconds
  double stall = 120;           // seconds below `slowest` bytes a second, waiting for the first byte included, end a transfer
  long slowest = 64;
  std::int64_t max_body = std::int64_t{4} << 30;  // bytes, inflated
  std::string proxy;                              // "" as the environment says (http_proxy, https_proxy, no_proxy)
  std::string ca_file;               // "" as the environment says ($CURL_CA_BUNDLE, $SSL_CERT_FILE), else the system's
  std::vector<std::string> headers;  // "Name: value", for the host that was asked for only
};

struct HttpRequest {
  std::string url, accept;
  std::string etag, modified;  // of the copy at hand: asks for the body only when it has changed
  bool own_headers = true;     // send HttpSettings::headers
  BodyFile* body = nullptr;    // where an answer of status 200 goes, inflated
  // Called now and then while an answer comes: bytes got, bytes that were announced (0: not said).
  std::function<void(std::int64_t, std::int64_t)> on_bytes;
};

struct HttpResponse {
  long status = 0;  // 0: there was no answer, see `failure`
  std::string content_type, etag, modified;
  std::string words;             // how an answer of another status begins
  std::string redirect;          // where a 3xx leads, resolved
  std::int64_t retry_after = 0;  // seconds; 0 not said
  std::string failure;           // why there is no whole answer; "" when there is
  bool transient = false;        // of a failure: trying again may help
};

// A connection that is kept open between requests. Used by one thread.
class HttpConnection {
 public:
  explicit HttpConnection(const HttpSettings& settings);
  ~HttpConnection();
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;
  // Throws Error(interrupted) after Ctrl-C, Error(usage) for settings that libcurl refuses.
  HttpResponse get(const HttpRequest& request);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// "host:port" in lower case, "" for what is no http or https URL; and whether it is https.
std::string host_of(const std::string& url);
bool is_https(const std::string& url);
std::string lower_ascii(std::string_view text);
// A text as a part of a URL: all but letters, digits and those of `kept` with a percent sign.
std::string url_encoded(std::string_view text, std::string_view kept = "-._~");

}  // namespace stocktake::fetch
