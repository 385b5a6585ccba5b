#include "exchange/fetch/cache.h"

#include <chrono>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>

#include "base/environment.h"
#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "ingest/json_scan.h"

namespace stocktake::fetch {
namespace {

using nlohmann::json;
constexpr std::int64_t day_ms = 86'400'000;

json read_record(const std::string& path) {
  std::error_code unknown;
  if (!std::filesystem::is_regular_file(path, unknown)) return {};
  json record = json::parse(read_file(path), nullptr, false);
  return record.is_object() ? record : json();
}

std::string text_of(const json& record, const char* field) {
  return record.contains(field) && record[field].is_string() ? record[field].get<std::string>() : std::string();
}

}  // namespace

std::int64_t now_ms() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string default_cache_folder() {
  if (const std::string folder = environment("XDG_CACHE_HOME"); !folder.empty()) return folder + "/stocktake";
  if (const std::string home = environment("HOME"); !home.empty()) return home + "/.cache/stocktake";
  throw Error(ErrorKind::usage, "no folder for the cache: neither XDG_CACHE_HOME nor HOME is set", "Name one with --cache DIR");
}

std::string PageCache::page_path(const std::string& url, const std::string& accept) const {
  return folder_ + "/pages/" + hash_hex(url + "\n" + accept) + ".json";
}
std::string PageCache::body_path(const std::string& hash) const { return folder_ + "/bodies/" + hash.substr(0, 2) + "/" + hash; }
std::string PageCache::pending_path(const std::string& url) const { return folder_ + "/pending/" + hash_hex(url) + ".json"; }

void PageCache::write(const std::string& path, const std::string& bytes) const {
  // write_file names its part by the process: two threads must not write the same file at once.
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  write_file(path, bytes);
}

std::optional<CachedPage> PageCache::find(const std::string& url, const std::string& accept) const {
  const json record = read_record(page_path(url, accept));
  if (!record.is_object() || text_of(record, "url") != url) return std::nullopt;
  CachedPage page{url,
                  accept,
                  text_of(record, "content_type"),
                  text_of(record, "etag"),
                  text_of(record, "modified"),
                  text_of(record, "body"),
                  json_count(record, "bytes").value_or(-1),
                  json_count(record, "got_ms").value_or(-1)};
  const bool whole = page.body_hash.size() == 64 && page.body_hash.find_first_not_of("0123456789abcdef") == std::string::npos &&
                     page.bytes >= 0 && page.got_ms >= 0;
  return whole ? std::optional(page) : std::nullopt;
}

bool PageCache::holds(const CachedPage& page) const {
  std::error_code unknown;
  const std::string path = file_of(page);
  return std::filesystem::is_regular_file(path, unknown) && hash_file(path) == page.body_hash;
}

std::optional<std::string> PageCache::body(const CachedPage& page) const {
  std::error_code unknown;
  const std::string path = file_of(page);
  if (!std::filesystem::is_regular_file(path, unknown)) return std::nullopt;
  std::string bytes = read_file(path);
  if (hash_hex(bytes) != page.body_hash) return std::nullopt;
  return bytes;
}

BodyFile PageCache::new_body(std::int64_t most) const { return BodyFile(folder_ + "/partial", most); }

void PageCache::store(CachedPage& page, BodyFile& body) const {
  page.body_hash = body.hash();
  page.bytes = body.bytes();
  body.move_to(body_path(page.body_hash));
  touch(page);
}

void PageCache::touch(CachedPage& page) const {
  page.got_ms = now_ms();
  const json record = {{"url", page.url},     {"accept", page.accept},     {"content_type", page.content_type},
                       {"etag", page.etag},   {"modified", page.modified}, {"body", page.body_hash},
                       {"bytes", page.bytes}, {"got_ms", page.got_ms}};
  write(page_path(page.url, page.accept), record.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

std::int64_t PageCache::begin(const std::string& url, bool fresh) const {
  const std::int64_t now = now_ms();
  if (!fresh) {
    const auto begun = json_count(read_record(pending_path(url)), "begun_ms");
    if (begun && *begun <= now && now - *begun < day_ms) return *begun;
  }
  write(pending_path(url), json{{"url", url}, {"begun_ms", now}}.dump() + "\n");
  return now;
}

void PageCache::finish(const std::string& url) const {
  std::error_code ignored;
  std::filesystem::remove(pending_path(url), ignored);
}

}  // namespace stocktake::fetch
