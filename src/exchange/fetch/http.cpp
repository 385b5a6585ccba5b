#include "exchange/fetch/http.h"

#include <algorithm>
#include <cctype>
#include <exception>

#include "base/environment.h"
#include "base/error.h"
#include "base/manifest.h"
#include "base/progress.h"
#include "base/text.h"
#include "base/utf8.h"
#include "exchange/fetch/curl_api.h"

namespace stocktake::fetch {
namespace {

constexpr std::size_t most_words = 4096;

// Where the bytes of an answer go as they come.
struct Transfer {
  CURL* handle = nullptr;
  const HttpRequest* request = nullptr;
  std::int64_t most = 0, bytes = 0;
  std::string words;
  bool too_large = false;
  std::exception_ptr fault;  // of the disk; not to be thrown through libcurl
};

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* target) {
  Transfer& transfer = *static_cast<Transfer*>(target);
  const std::string_view block(bytes, size * count);
  transfer.bytes += static_cast<std::int64_t>(block.size());
  transfer.too_large = transfer.bytes > transfer.most;
  if (transfer.too_large) return CURL_WRITEFUNC_ERROR;
  long status = 0;
  curl().curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) {
    transfer.words.append(block.substr(0, most_words - std::min(most_words, transfer.words.size())));
    return block.size();
  }
  try {
    transfer.request->body->append(block);
  } catch (...) {
    transfer.fault = std::current_exception();
    return CURL_WRITEFUNC_ERROR;
  }
  return block.size();
}

int watch(void* target, curl_off_t announced, curl_off_t got, curl_off_t, curl_off_t) {
  const Transfer& transfer = *static_cast<const Transfer*>(target);
  if (!interrupted() && transfer.request->on_bytes) transfer.request->on_bytes(got, announced);
  return interrupted() ? 1 : 0;
}

std::string header_of(CURL* handle, const char* name) {
  curl_header* header = nullptr;
  return curl().curl_easy_header(handle, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header->value : std::string();
}

bool may_pass(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_SSL_CONNECT_ERROR: return true;
    default: return false;
  }
}

}  // namespace

namespace {

// What came compressed is inflated; a damaged or cut stream is a failure that may pass.
void finish_body(BodyFile& body, const std::string& encoding, const std::string& too_large, HttpResponse& response) {
  const std::string name = lower_ascii(encoding);
  const bool gzip = name == "gzip" || name == "x-gzip";
  if (!gzip && !name.empty() && name != "identity") {
    response.failure = "the answer comes in the encoding '" + printable(encoding) + "', which was not asked for";
  } else if (gzip && body.bytes() > 0 && !body.is_gzip()) {
    response.failure = "the answer is said to be gzip, and is not";
    response.transient = true;
  } else {
    try {
      if (!body.finish()) response.failure = too_large;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::input) throw;
      response.failure = "the answer was damaged on its way: " + error.problem();
      response.transient = true;
    }
  }
  if (!response.failure.empty()) response.status = 0;
}

}  // namespace

struct HttpConnection::State {
  HttpSettings settings;
  CURL* handle = nullptr;
};

HttpConnection::HttpConnection(const HttpSettings& settings) : state_(std::make_unique<State>()) {
  state_->settings = settings;
  state_->handle = curl().curl_easy_init();
  if (state_->handle == nullptr) throw Error(ErrorKind::memory, "memory has run out: no connection can be made");
}

HttpConnection::~HttpConnection() { curl().curl_easy_cleanup(state_->handle); }

HttpResponse HttpConnection::get(const HttpRequest& request) {
  CURL* const handle = state_->handle;
  const HttpSettings& settings = state_->settings;
  curl().curl_easy_reset(handle);  // keeps the connections
  const auto set = [&](CURLoption option, auto value, const char* what) {
    const CURLcode code = curl().curl_easy_setopt(handle, option, value);
    if (code != CURLE_OK)
      throw Error(ErrorKind::usage, std::string(what) + ": " + curl().curl_easy_strerror(code), "Correct the option");
  };
  Transfer transfer{handle, &request, settings.max_body, 0, {}, false, {}};
  char reason[CURL_ERROR_SIZE] = "";
  set(CURLOPT_URL, request.url.c_str(), "URL");
  set(CURLOPT_PROTOCOLS_STR, "http,https", "protocols");
  set(CURLOPT_NOSIGNAL, 1L, "signals");
  set(CURLOPT_ERRORBUFFER, reason, "errors");
  // Inflated here: libcurl does not tell a compressed answer that ends early.
  set(CURLOPT_HTTP_CONTENT_DECODING, 0L, "compression");
  set(CURLOPT_USERAGENT, ("stocktake/" + version()).c_str(), "user agent");
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout * 1000), "--connect-timeout");
  set(CURLOPT_LOW_SPEED_LIMIT, settings.slowest, "--stall");
  set(CURLOPT_LOW_SPEED_TIME, std::max(1L, static_cast<long>(settings.stall)), "--stall");
  set(CURLOPT_WRITEFUNCTION, &take_body, "body");
  set(CURLOPT_WRITEDATA, &transfer, "body");
  set(CURLOPT_NOPROGRESS, 0L, "progress");
  set(CURLOPT_XFERINFOFUNCTION, &watch, "progress");
  set(CURLOPT_XFERINFODATA, &transfer, "progress");
  if (!settings.proxy.empty()) set(CURLOPT_PROXY, settings.proxy.c_str(), "--proxy");
  // The variables of the curl program; libcurl itself does not read them.
  std::string bundle = settings.ca_file;
  for (const char* name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"}) {
    if (bundle.empty()) bundle = environment(name);
  }
  if (!bundle.empty()) set(CURLOPT_CAINFO, bundle.c_str(), "--cacert");
  if (const std::string folder = environment("SSL_CERT_DIR"); !folder.empty() && bundle.empty())
    set(CURLOPT_CAPATH, folder.c_str(), "SSL_CERT_DIR");

  std::vector<std::string> lines = {"Accept: " + request.accept, "Accept-Encoding: gzip"};
  if (!request.etag.empty()) lines.push_back("If-None-Match: " + request.etag);
  if (!request.modified.empty()) lines.push_back("If-Modified-Since: " + request.modified);
  if (request.own_headers) lines.insert(lines.end(), settings.headers.begin(), settings.headers.end());
  struct List {
    curl_slist* head = nullptr;
    ~List() { curl().curl_slist_free_all(head); }
  } list;
  for (const auto& line : lines) {
    curl_slist* const longer = curl().curl_slist_append(list.head, line.c_str());
    if (longer == nullptr) throw Error(ErrorKind::memory, "memory has run out: a request cannot be made");
    list.head = longer;
  }
  set(CURLOPT_HTTPHEADER, list.head, "--header");

  const CURLcode code = curl().curl_easy_perform(handle);
  check_interrupted();
  if (transfer.fault) std::rethrow_exception(transfer.fault);
  HttpResponse response;
  const std::string too_large = "the answer is larger than " + std::to_string(settings.max_body) + " bytes (--max-body)";
  if (code != CURLE_OK) {
    response.failure = transfer.too_large  ? too_large
                       : reason[0] != '\0' ? std::string(reason)
                                           : std::string(curl().curl_easy_strerror(code));
    response.transient = !transfer.too_large && may_pass(code);
    return response;
  }
  char* text = nullptr;
  curl().curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &response.status);
  if (curl().curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &text) == CURLE_OK && text != nullptr) response.content_type = text;
  if (curl().curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &text) == CURLE_OK && text != nullptr) response.redirect = text;
  curl_off_t wait = 0;
  if (curl().curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK) response.retry_after = wait;
  response.etag = header_of(handle, "ETag");
  response.modified = header_of(handle, "Last-Modified");
  response.words = std::move(transfer.words);
  if (response.status == 200) finish_body(*request.body, header_of(handle, "Content-Encoding"), too_large, response);
  return response;
}

std::string lower_ascii(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return low;
}

bool is_https(const std::string& url) { return lower_ascii(std::string_view(url).substr(0, 8)) == "https://"; }

std::string host_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return {};
  const std::size_t begin = scheme + 3;
  std::string host = url.substr(begin, std::min(url.find_first_of("/?#", begin), url.size()) - begin);
  if (const std::size_t at = host.rfind('@'); at != std::string::npos) host.erase(0, at + 1);
  return lower_ascii(host);
}

std::string url_encoded(std::string_view text, std::string_view kept) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || kept.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

}  // namespace stocktake::fetch
