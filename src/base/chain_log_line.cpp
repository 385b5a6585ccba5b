#include "base/chain_log_line.h"

#include <algorithm>
#include <array>

#include "base/hash.h"

namespace stocktake {
namespace {

constexpr std::string_view unsealed_end = R"(,"seal":null})";
constexpr std::string_view seal_start = R"(,"seal":{"key":")";
constexpr std::string_view seal_middle = R"(","sig":")";
constexpr std::string_view seal_end = R"("}})";
constexpr std::size_t key_digits = 16, signature_digits = 128;
constexpr std::size_t seal_size = seal_start.size() + key_digits + seal_middle.size() + signature_digits + seal_end.size();

constexpr bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes what must stand next.
bool take(std::string_view& rest, std::string_view expected) {
  if (!rest.starts_with(expected)) return false;
  rest.remove_prefix(expected.size());
  return true;
}

bool is_time(std::string_view text) {
  constexpr std::string_view shape = "dddd-dd-ddTdd:dd:ddZ";
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == 'd' ? !is_digit(text[i]) : text[i] != shape[i]) return false;
  }
  return true;
}

// What the scan of a payload does at a byte.
enum : std::uint8_t { plain, quote, open, close, control };
constexpr std::array<std::uint8_t, 256> byte_kinds = [] {
  std::array<std::uint8_t, 256> kinds{};
  for (std::size_t c = 0; c < 32; ++c) kinds[c] = control;
  kinds['"'] = quote;
  kinds['{'] = kinds['['] = open;
  kinds['}'] = kinds[']'] = close;
  return kinds;
}();

// One object from the first byte to the last: brackets balance, and close only at the end.
bool is_one_object(std::string_view text) {
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return false;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    switch (byte_kinds[static_cast<unsigned char>(text[i])]) {
      case plain: break;
      case control: return false;
      case open: ++depth; break;
      case close:
        if (--depth == 0) return i + 1 == text.size();
        break;
      default:  // a string
        for (++i; i < text.size() && text[i] != '"'; ++i) {
          if (static_cast<unsigned char>(text[i]) < 32) return false;
          if (text[i] == '\\') ++i;
        }
    }
  }
  return false;
}

// Splits the seal off the end. False: there is none of either form.
bool split_seal(std::string_view text, LogLine& line) {
  if (text.ends_with(unsealed_end)) {
    line.body = text.substr(0, text.size() - unsealed_end.size());
    return true;
  }
  if (text.size() < seal_size) return false;
  std::string_view seal = text.substr(text.size() - seal_size);
  if (!take(seal, seal_start)) return false;
  const std::string_view key = seal.substr(0, key_digits);
  seal.remove_prefix(key_digits);
  if (!take(seal, seal_middle)) return false;
  const std::string_view signature = seal.substr(0, signature_digits);
  seal.remove_prefix(signature_digits);
  if (seal != seal_end || !is_lower_hex(key) || !is_lower_hex(signature)) return false;
  line.body = text.substr(0, text.size() - seal_size);
  line.seal_key = key;
  line.signature = signature;
  return true;
}

}  // namespace

bool is_lower_hex(std::string_view text) { return std::all_of(text.begin(), text.end(), is_hex_digit); }

std::string_view scan_line(std::string_view text, LogLine& line) {
  line = {};
  std::string_view rest = text;
  if (!take(rest, R"({"n":)")) return "it does not begin as an entry does";
  std::size_t digits = 0;
  while (digits < rest.size() && digits < 18 && is_digit(rest[digits])) {
    line.number = 10 * line.number + static_cast<std::uint64_t>(rest[digits++] - '0');
  }
  if (digits == 0 || rest[0] == '0') return "its number is none";
  rest.remove_prefix(digits);
  if (!take(rest, R"(,"prev":")")) return "the field 'prev' does not follow its number";
  if (rest.size() < 64 || !is_lower_hex(rest.substr(0, 64))) return "its field 'prev' holds no hash";
  line.prev = rest.substr(0, 64);
  rest.remove_prefix(64);
  if (!take(rest, R"(","time":")") || !is_time(rest.substr(0, 20))) return "it has no field 'time' as 2013-10-09T00:00:00Z";
  line.time = rest.substr(0, 20);
  rest.remove_prefix(20);
  if (!take(rest, R"(","kind":")")) return "the field 'kind' does not follow its time";
  std::size_t letters = 0;
  while (letters < rest.size() && ((rest[letters] >= 'a' && rest[letters] <= 'z') || rest[letters] == '_')) ++letters;
  if (letters == 0 || letters > 64) return "its field 'kind' holds no kind";
  line.kind = rest.substr(0, letters);
  rest.remove_prefix(letters);
  if (!take(rest, R"(","payload":)")) return "the field 'payload' does not follow its kind";
  if (!split_seal(text, line) || line.body.data() + line.body.size() < rest.data()) return "it does not end with a seal or null";
  const std::string_view payload(rest.data(), static_cast<std::size_t>(line.body.data() + line.body.size() - rest.data()));
  if (!is_one_object(payload)) return "its payload is not one JSON object";
  line.payload = payload;
  return {};
}

std::string line_body(const LogEntry& entry, std::string_view prev) {
  std::string text = R"({"n":)" + std::to_string(entry.number) + R"(,"prev":")";
  text += prev;
  text += R"(","time":")" + entry.time + R"(","kind":")" + entry.kind + R"(","payload":)" + entry.payload;
  return text;
}

std::string line_without_seal(std::string_view body) { return std::string(body) + std::string(unsealed_end); }

std::string line_with_seal(std::string_view body, std::string_view key_id, std::string_view signature) {
  std::string text(body);
  text += seal_start;
  text += key_id;
  text += seal_middle;
  text += signature;
  text += seal_end;
  return text;
}

std::string seal_message(std::string_view body) { return "stocktake-seal-1\n" + hash_hex(body); }

}  // namespace stocktake
