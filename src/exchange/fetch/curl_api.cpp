#include "exchange/fetch/curl_api.h"

#include <dlfcn.h>

#include "base/error.h"

namespace stocktake::fetch {
namespace {

CurlApi load_api() {
  void* const library = ::dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
  if (library == nullptr)
    throw Error(ErrorKind::not_found, std::string("libcurl was not found: ") + ::dlerror(), "Install libcurl4");
  CurlApi api;
#define STOCKTAKE_LOOK_UP(name)                                             \
  api.name = reinterpret_cast<decltype(api.name)>(::dlsym(library, #name)); \
  if (api.name == nullptr) throw Error(ErrorKind::not_found, "libcurl has no function " #name, "Install a newer libcurl4");
  STOCKTAKE_CURL_FUNCTIONS(STOCKTAKE_LOOK_UP)
#undef STOCKTAKE_LOOK_UP
  if (api.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw Error(ErrorKind::internal, "libcurl cannot be started");
  return api;
}

}  // namespace

const CurlApi& curl() {
  static const CurlApi api = load_api();
  return api;
}

}  // namespace stocktake::fetch
