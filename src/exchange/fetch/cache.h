// Answers on disk: FOLDER/pages/<hash of URL and Accept>.json tells what was got when and points at FOLDER/bodies/<hash of the
// bytes>. A body is written before the page that names it, both atomically, so that what a page names is whole. Several
// processes and threads may share a folder.
//
// FOLDER/pending/<hash of URL>.json marks a request whose pages are not all got yet, with the time at which it was begun: pages
// got since then need not be asked for again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "exchange/fetch/body_file.h"

namespace stocktake::fetch {

struct CachedPage {
  std::string url, accept;
  std::string content_type, etag, modified;
  std::string body_hash;  // BLAKE2b-256
  std::int64_t bytes = 0;
  std::int64_t got_ms = 0;  // when it was got or last found unchanged, milliseconds since 1970
};

std::int64_t now_ms();
// $XDG_CACHE_HOME/stocktake, else ~/.cache/stocktake. Throws Error(usage) where neither is known.
std::string default_cache_folder();

class PageCache {
 public:
  explicit PageCache(std::string folder) : folder_(std::move(folder)) {}
  const std::string& folder() const { return folder_; }

  // None for a page that is not there, or whose record is damaged.
  std::optional<CachedPage> find(const std::string& url, const std::string& accept) const;
  // The body of a page is there, and its bytes are those that were stored.
  bool holds(const CachedPage& page) const;
  // The bytes themselves; none where holds() is false. And their file.
  std::optional<std::string> body(const CachedPage& page) const;
  std::string file_of(const CachedPage& page) const { return body_path(page.body_hash); }
  // A file for an answer that is about to come, of at most so many bytes. Throws Error(store).
  BodyFile new_body(std::int64_t most) const;
  // Stores a body under its hash, then the page. Fills body_hash, bytes and got_ms. Throws Error(store).
  void store(CachedPage& page, BodyFile& body) const;
  // Found unchanged just now.
  void touch(CachedPage& page) const;

  // Since when pages count as got for a request: of an earlier run that did not end (at most a day ago), else now.
  std::int64_t begin(const std::string& url, bool fresh) const;
  void finish(const std::string& url) const;

 private:
  std::string page_path(const std::string& url, const std::string& accept) const;
  std::string body_path(const std::string& hash) const;
  std::string pending_path(const std::string& url) const;
  void write(const std::string& path, const std::string& bytes) const;
  std::string folder_;
};

}  // namespace stocktake::fetch
