// libcurl, opened on first use: with the libraries that it needs itself it costs a process some 5 ms, which only `fetch` should
// pay (docs/decisions/0007 says the same of DuckDB).
#pragma once

#include <curl/curl.h>

namespace stocktake::fetch {

// Every function of libcurl that we call.
#define STOCKTAKE_CURL_FUNCTIONS(X)                                                                                       \
  X(curl_global_init)                                                                                                     \
  X(curl_easy_init) X(curl_easy_cleanup) X(curl_easy_reset) X(curl_easy_setopt) X(curl_easy_perform) X(curl_easy_getinfo) \
      X(curl_easy_strerror) X(curl_easy_header) X(curl_slist_append) X(curl_slist_free_all)

struct CurlApi {
#define STOCKTAKE_DECLARE(name) decltype(&::name) name = nullptr;  // NOLINT(bugprone-macro-parentheses): a declaration
  STOCKTAKE_CURL_FUNCTIONS(STOCKTAKE_DECLARE)
#undef STOCKTAKE_DECLARE
};

// Opens and starts the library once per process. Throws Error(not_found) where it is not there.
const CurlApi& curl();

}  // namespace stocktake::fetch
