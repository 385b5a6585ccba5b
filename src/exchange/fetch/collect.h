// All pages of one request, checked against each other. Nothing is stored here but in the cache.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exchange/fetch/client.h"
#include "exchange/fetch/services.h"

namespace stocktake::fetch {

struct Collected {
  std::vector<Page> pages;        // in their order
  std::optional<Page> structure;  // of SDMX, where it was asked for
  std::string structure_note;     // why it is not there though it was
  std::int64_t rows = 0;          // as the pages tell; -1 not told
  std::int64_t asked = 0;         // requests that went out
  std::int64_t kept = 0;          // pages that came from the cache, unchanged ones included
  std::int64_t bytes = 0;         // of all pages
};

// `fresh` asks for every page again. on_page(pages got, pages there are, rows got) is called after each page.
// Throws what Client::get throws, and Error(input) where the pages do not fit together: another page than was asked for, one that
// comes twice, fewer or more rows than the header says, a total that changes.
using OnPage = std::function<void(std::int64_t, std::int64_t, std::int64_t)>;
Collected collect(Client& client, HttpConnection& connection, const Request& request, bool fresh, const OnPage& on_page,
                  const OnBytes& on_bytes);

}  // namespace stocktake::fetch
