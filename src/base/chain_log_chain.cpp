// The chain of a log: every line hashed, on all cores, and compared with what the next line says. Where a link does not hold,
// which of its two ends is the bad one.
#include <array>
#include <atomic>
#include <charconv>
#include <cstring>

#include "base/chain_log_check.h"
#include "base/chain_log_line.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/signing_key.h"

namespace stocktake {
namespace {

using Digest = std::array<unsigned char, 32>;

Digest digest_of_hex(std::string_view hex) {
  const auto value = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
  Digest digest{};
  for (std::size_t i = 0; i < digest.size(); ++i) {
    digest[i] = static_cast<unsigned char>((value(hex[2 * i]) << 4U) | value(hex[2 * i + 1]));
  }
  return digest;
}

std::uint64_t number_of_hex(std::string_view hex) {
  std::uint64_t number = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), number, 16);
  return number;
}

// A run of whole lines that one thread reads. Line numbers are relative to it until all are read.
struct Part {
  std::size_t begin = 0, end = 0;
  std::uint64_t lines = 0;  // before the suspicious one
  std::uint64_t first_number = 0;
  Digest first_prev{}, last_hash{};
  bool suspicious = false;
  std::size_t suspicious_at = 0;  // where that line begins
  std::vector<SealAt> seals;
  std::vector<LineAt> keys, revocations;
};

void read_part(std::string_view bytes, Part& part) {
  LogLine line;
  for (std::size_t at = part.begin; at < part.end;) {
    const std::size_t size =
        static_cast<std::size_t>(static_cast<const char*>(std::memchr(bytes.data() + at, '\n', part.end - at)) - bytes.data()) -
        at;
    const std::string_view text = bytes.substr(at, size);
    bool good = scan_line(text, line).empty();
    if (good) {
      const Digest prev = digest_of_hex(line.prev);
      if (part.lines == 0) {
        part.first_number = line.number;
        part.first_prev = prev;
      } else {
        good = line.number == part.first_number + part.lines && prev == part.last_hash;
      }
    }
    if (!good) {
      part.suspicious = true;
      part.suspicious_at = at;
      return;
    }
    part.last_hash = hash_bytes(text);
    ++part.lines;
    if (!line.seal_key.empty()) part.seals.push_back({part.lines, at, size, number_of_hex(line.seal_key)});
    if (line.kind == "key") part.keys.push_back({part.lines, at, size});
    if (line.kind == revocation_kind) part.revocations.push_back({part.lines, at, size});
    at += size + 1;
  }
}

std::vector<Part> split(std::string_view bytes, std::size_t end, std::size_t count) {
  std::vector<Part> parts;
  for (std::size_t at = 0, i = 1; at < end; ++i) {
    std::size_t to = std::max(at, end / count * i);
    if (to >= end || i >= count) {
      to = end;
    } else {
      to = static_cast<std::size_t>(static_cast<const char*>(std::memchr(bytes.data() + to, '\n', end - to)) - bytes.data()) + 1;
    }
    Part part;
    part.begin = at;
    part.end = to;
    parts.push_back(std::move(part));
    at = to;
  }
  return parts;
}

// The line that begins at a place, without its LF; empty behind the last one.
std::string_view line_at(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size()) return {};
  const std::size_t end = bytes.find('\n', at);
  return end == std::string_view::npos ? std::string_view{} : bytes.substr(at, end - at);
}

std::string_view line_before(std::string_view bytes, std::size_t at) {
  if (at == 0) return {};
  const std::size_t before = at < 2 ? std::string_view::npos : bytes.rfind('\n', at - 2);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return bytes.substr(begin, at - 1 - begin);
}

// The public key of an id among the entries of kind "key"; "" when there is none. The payload is sorted: name, public_key.
std::string_view public_key_of(std::string_view bytes, const std::vector<LineAt>& keys, std::string_view id) {
  constexpr std::string_view label = R"("public_key":")";
  for (const LineAt& key : keys) {
    LogLine line;
    if (!scan_line(bytes.substr(key.begin, key.size), line).empty()) continue;
    const std::size_t at = line.payload.rfind(label);
    if (at == std::string_view::npos) continue;
    const std::string_view digits = line.payload.substr(at + label.size(), 64);
    if (digits.size() == 64 && digits.starts_with(id)) return digits;
  }
  return {};
}

struct Place {
  std::string_view bytes;
  const std::vector<LineAt>& keys;  // those before

  bool sealed_well(const LogLine& line) const {
    if (line.seal_key.empty()) return false;
    const std::string_view key = public_key_of(bytes, keys, line.seal_key);
    return !key.empty() && verify_signature(key, seal_message(line.body), line.signature);
  }
};

std::string numbered(const char* before, std::uint64_t number, const char* behind) {
  return std::string(before) + std::to_string(number) + behind;
}

// What is wrong at line `number`, which begins at `at`: it cannot be read, its number is another, or the link to the line before
// does not hold. Decides which entry is the first bad one.
LogFault locate(const Place& place, std::size_t at, std::uint64_t number) {
  const std::string_view text = line_at(place.bytes, at);
  LogLine line;
  const std::string_view unreadable = scan_line(text, line);
  const std::string_view before = line_before(place.bytes, at);
  const std::string before_hash = number == 1 ? std::string(no_hash) : hash_hex(before);
  const bool linked = line.prev == before_hash;
  if (!unreadable.empty() && (line.prev.empty() || linked)) {
    return {number, number, "altered: " + std::string(unreadable), false};
  }
  if (linked) return {number, number, numbered("altered: its number is ", line.number, ""), false};

  const std::string_view next_text = line_at(place.bytes, at + text.size() + 1);
  LogLine next;
  const bool has_next = !next_text.empty() && scan_line(next_text, next).empty();
  if (line.number != number) {
    LogLine last;
    scan_line(before, last);
    if (number > 1 && line.number == number - 1 && text == before) {
      return {number - 1, number, numbered("entry ", line.number, " stands here again"), false};
    }
    if (number > 1 && line.number == number - 1 && line.prev == last.prev) {
      // Two entries claim one place; the genuine one is that on which the log goes on.
      const bool genuine = has_next ? next.prev == hash_hex(text) : place.sealed_well(line);
      return {number - 1, genuine ? number - 1 : number, numbered("inserted: another entry has the number ", line.number, " too"),
              false};
    }
    if (line.number < number)
      return {number, number, numbered("entry ", line.number, " stands here again or out of its place"), false};
    return {number, number, numbered("dropped: entry ", line.number, " stands in its place"), false};
  }
  if (number == 1) return {1, 1, "altered: the first entry says that another stood before it", false};
  // The number is right and the link is not: the line before was altered, or the hash in this one. With the right hash put in, a
  // line of which only that was altered fits to what follows.
  LogLine last;
  scan_line(before, last);
  if (place.sealed_well(last)) return {number, number, "altered: the hash of the entry before is not the one it names", false};
  std::string mended(text);
  mended.replace(static_cast<std::size_t>(line.prev.data() - text.data()), before_hash.size(), before_hash);
  LogLine mended_line;
  const bool readable = scan_line(mended, mended_line).empty();
  const bool fits = readable && (place.sealed_well(mended_line) || (has_next && next.prev == hash_hex(mended)));
  if (fits) return {number, number, "altered: the hash of the entry before is not the one it names", false};
  return {number - 1, number - 1, "altered: its hash is not the one that the next entry holds", false};
}

}  // namespace

LogChain read_chain(std::string_view bytes, unsigned threads) {
  const std::size_t last = bytes.rfind('\n');
  const std::size_t end = last == std::string_view::npos ? 0 : last + 1;
  constexpr std::size_t smallest_part = std::size_t{1} << 18U;
  const std::size_t count = std::max<std::size_t>(1, std::min(4 * thread_count(threads), end / smallest_part));
  std::vector<Part> parts = split(bytes, end, count);
  in_tasks(parts.size(), threads, [&](std::size_t i) { read_part(bytes, parts[i]); });

  LogChain chain;
  Digest hash = digest_of_hex(no_hash);
  for (Part& part : parts) {
    const bool joins = part.lines == 0 || (part.first_number == chain.lines + 1 && part.first_prev == hash);
    if (!joins) {
      chain.bytes = part.begin;
      chain.fault = locate({bytes, chain.keys}, part.begin, chain.lines + 1);
      return chain;
    }
    for (SealAt seal : part.seals) {
      seal.line += chain.lines;
      chain.seals.push_back(seal);
    }
    for (LineAt key : part.keys) {
      key.line += chain.lines;
      chain.keys.push_back(key);
    }
    for (LineAt revocation : part.revocations) {
      revocation.line += chain.lines;
      chain.revocations.push_back(revocation);
    }
    chain.lines += part.lines;
    chain.bytes = part.suspicious ? part.suspicious_at : part.end;
    if (part.suspicious) {
      chain.fault = locate({bytes, chain.keys}, part.suspicious_at, chain.lines + 1);
      return chain;
    }
    if (part.lines > 0) hash = part.last_hash;
  }
  return chain;
}

}  // namespace stocktake
