#include "ingest/sdmx/json_tokens.h"

#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/utf8.h"

namespace stocktake::sdmx {
namespace {

struct Found {
  std::size_t length;  // before a quote, a backslash or a control character
  bool ascii;
};

// Looks at 16 bytes a time; the padding holds zeros, so that it ends there.
Found plain_length(const char* text) {
  bool ascii = true;
  std::size_t length = 0;
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1F);
  while (true) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + length));
    const __m128i hits = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
                                      _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes));
    const auto mask = static_cast<std::uint32_t>(_mm_movemask_epi8(hits));
    const auto high = static_cast<std::uint32_t>(_mm_movemask_epi8(bytes));
    if (mask != 0) {
      const int count = std::countr_zero(mask);
      if ((high & ((1U << count) - 1)) != 0) ascii = false;
      return {length + static_cast<std::size_t>(count), ascii};
    }
    if (high != 0) ascii = false;
    length += 16;
  }
#else
  for (;; ++length) {
    const auto byte = static_cast<unsigned char>(text[length]);
    if (byte == '"' || byte == '\\' || byte < 0x20) return {length, ascii};
    if (byte >= 0x80) ascii = false;
  }
#endif
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// -1 where there are no four hexadecimal digits.
std::int32_t hex4(std::string_view text) {
  if (text.size() < 4) return -1;
  std::int32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const int digit = hex_value(text[i]);
    if (digit < 0) return -1;
    value = 16 * value + digit;
  }
  return value;
}

void append_utf8(std::string& text, std::uint32_t point) {
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xC0 | (point >> 6));
    text += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    text += static_cast<char>(0xE0 | (point >> 12));
    text += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | (point >> 18));
    text += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
    text += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (point & 0x3F));
  }
}

bool digit(char c) { return c >= '0' && c <= '9'; }

bool is_number(std::string_view text) {
  if (text == "NaN" || text == "Infinity" || text == "-Infinity") return true;
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t begin = i;
    while (i < text.size() && digit(text[i])) ++i;
    return i > begin;
  };
  if (i < text.size() && text[i] == '-') ++i;
  if (!digits()) return false;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (!digits()) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (!digits()) return false;
  }
  return i == text.size();
}

bool of_number(char c) {
  return digit(c) || c == '.' || c == '-' || c == '+' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

JsonTokens::JsonTokens(Blocks blocks, std::string name, std::uint64_t line)
    : blocks_(std::move(blocks)), name_(std::move(name)), line_(line) {
  buffer_.assign(padding, '\0');
  at_ = end_ = buffer_.data();
  refill();
  if (end_ - at_ >= 3 && std::memcmp(at_, "\xEF\xBB\xBF", 3) == 0) at_ += 3;
}

Error JsonTokens::error(const std::string& problem, const std::string& remedy) const {
  const std::uint64_t offset = before_ + static_cast<std::uint64_t>(at_ - buffer_.data());
  return Error(ErrorKind::input, problem, remedy, {name_, line_, offset - line_start_ + 1, {}});
}

bool JsonTokens::refill() {
  if (ended_) return false;
  const std::string_view block = blocks_();
  if (block.empty()) {
    ended_ = true;
    return false;
  }
  if (copying_ != nullptr) copying_->append({copied_, static_cast<std::size_t>(at_ - copied_)});
  const auto tail = static_cast<std::size_t>(end_ - at_);
  if (tail > max_string_bytes) throw error("a text longer than 16 MiB", "Is a quote not closed?");
  before_ += static_cast<std::uint64_t>(at_ - buffer_.data());
  std::memmove(buffer_.data(), at_, tail);
  if (buffer_.size() < tail + block.size() + padding) buffer_.resize(tail + block.size() + padding);
  std::memcpy(buffer_.data() + tail, block.data(), block.size());
  std::memset(buffer_.data() + tail + block.size(), 0, padding);
  copied_ = at_ = buffer_.data();
  end_ = at_ + tail + block.size();
  return true;
}

char JsonTokens::peek() {
  while (true) {
    const char c = *at_;
    if (static_cast<unsigned char>(c) > ' ') return c;
    if (c == '\n') {
      ++line_;
      line_start_ = before_ + static_cast<std::uint64_t>(at_ - buffer_.data()) + 1;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      if (at_ != end_) throw error("a control character where a value of JSON is expected", "Is this a JSON text in UTF-8?");
      if (!refill()) return '\0';
      continue;
    }
    ++at_;
  }
}

JsonTokens::Kind JsonTokens::kind() {
  const char c = peek();
  switch (c) {
    case '{': return Kind::object;
    case '[': return Kind::array;
    case '"': return Kind::string;
    case 't':
    case 'f': return Kind::boolean;
    case 'n': return Kind::null;
    case '\0': return Kind::end;
    default: break;
  }
  if (digit(c) || c == '-' || c == 'N' || c == 'I') return Kind::number;
  throw error("'" + printable(std::string_view(at_, 1)) + "' where a value of JSON is expected");
}

void JsonTokens::begin(char opening) {
  const char c = peek();
  if (c == '\0') throw error("the text ends early: a JSON message is expected", "Fetch the file again");
  if (c != opening) throw error(opening == '{' ? "a JSON object is expected here" : "a JSON array is expected here");
  ++at_;
  first_ = true;
}

bool JsonTokens::key(std::string_view& text) {
  char c = peek();
  if (c == '}') {
    ++at_;
    first_ = false;
    return false;
  }
  if (!first_) {
    if (c == '\0') throw error("the text ends early, within an object", "Fetch the file again");
    if (c != ',') throw error("expected ',' or '}' after a value of an object");
    ++at_;
    c = peek();
  }
  first_ = false;
  if (c == '\0') throw error("the text ends early, within an object", "Fetch the file again");
  if (c != '"') throw error("expected a key in quotes");
  text = scan_string();
  if (at_ < end_ && *at_ == ':') {
    ++at_;
    return true;
  }
  // What follows may move the text.
  if (text.data() != scratch_.data()) scratch_.assign(text);
  text = scratch_;
  if (peek() != ':') throw error("expected ':' after a key");
  ++at_;
  return true;
}

bool JsonTokens::item() {
  const char c = peek();
  if (c == ']') {
    ++at_;
    first_ = false;
    return false;
  }
  if (!first_) {
    if (c == '\0') throw error("the text ends early, within an array", "Fetch the file again");
    if (c != ',') throw error("expected ',' or ']' after a value of an array");
    ++at_;
    if (peek() == ']') throw error("expected a value after ','");
  }
  first_ = false;
  return true;
}

// at_ is at the opening quote, and comes behind the closing one.
std::string_view JsonTokens::scan_string() {
  std::size_t length = 0;
  bool escaped = false, ascii = true;
  while (true) {
    const Found found = plain_length(at_ + 1 + length);
    length += found.length;
    ascii = ascii && found.ascii;
    const char* const hit = at_ + 1 + length;
    if (hit >= end_) {
      length = static_cast<std::size_t>(end_ - at_) - 1;
      if (!refill()) throw error("the text ends early, within quotes", "Fetch the file again");
    } else if (*hit == '"') {
      break;
    } else if (*hit == '\\') {
      escaped = true;
      if (hit + 1 < end_) {
        length += 2;
      } else if (!refill()) {
        throw error("the text ends early, within quotes", "Fetch the file again");
      }
    } else {
      throw error("a control character within quotes", "Is a quote not closed?");
    }
  }
  std::string_view text(at_ + 1, length);
  if (!ascii && !valid_utf8(text)) throw error("a text that is not UTF-8", "Save the message as UTF-8");
  if (escaped) text = unescaped(text);
  at_ += length + 2;
  return text;
}

std::string_view JsonTokens::unescaped(std::string_view raw) {
  scratch_.clear();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\') {
      scratch_ += raw[i];
      continue;
    }
    ++i;
    switch (raw[i]) {
      case '"':
      case '\\':
      case '/': scratch_ += raw[i]; break;
      case 'b': scratch_ += '\b'; break;
      case 'f': scratch_ += '\f'; break;
      case 'n': scratch_ += '\n'; break;
      case 'r': scratch_ += '\r'; break;
      case 't': scratch_ += '\t'; break;
      case 'u': {
        const std::int32_t unit = hex4(raw.substr(i + 1));
        if (unit < 0) throw error("four hexadecimal digits are expected after \\u");
        i += 4;
        auto point = static_cast<std::uint32_t>(unit);
        if (point >= 0xD800 && point < 0xDC00 && raw.substr(i + 1).starts_with("\\u")) {
          const std::int32_t second = hex4(raw.substr(i + 3));
          if (second >= 0xDC00 && second < 0xE000) {
            point = 0x10000 + ((point - 0xD800) << 10) + (static_cast<std::uint32_t>(second) - 0xDC00);
            i += 6;
          }
        }
        if (point >= 0xD800 && point < 0xE000) point = 0xFFFD;  // half a pair stands for no character
        append_utf8(scratch_, point);
        break;
      }
      default: throw error("an unknown escape '\\" + printable(raw.substr(i, 1)) + "' within quotes");
    }
  }
  return scratch_;
}

std::string_view JsonTokens::string() {
  if (peek() != '"') throw error("a text in quotes is expected here");
  return scan_string();
}

std::string_view JsonTokens::number() {
  peek();
  std::size_t length = 0;
  while (true) {
    while (of_number(at_[length])) ++length;
    if (at_ + length < end_) break;
    if (length > 4096) throw error("a number longer than 4096 characters");
    if (!refill()) break;
  }
  const std::string_view text(at_, length);
  if (!is_number(text)) throw error("'" + printable(text.substr(0, 40)) + "' is no number of JSON");
  at_ += length;
  return text;
}

void JsonTokens::literal(std::string_view word) {
  peek();
  while (static_cast<std::size_t>(end_ - at_) < word.size() && refill()) {
  }
  if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word)) {
    throw error("expected " + std::string(word));
  }
  at_ += word.size();
}

bool JsonTokens::boolean() {
  const bool value = peek() == 't';
  literal(value ? "true" : "false");
  return value;
}

void JsonTokens::null() { literal("null"); }

void JsonTokens::skip() {
  std::string open;  // the brackets that are open: depth costs no stack
  while (true) {
    switch (kind()) {
      case Kind::object: begin('{'), open += '{'; break;
      case Kind::array: begin('['), open += '['; break;
      case Kind::string: scan_string(); break;
      case Kind::number: number(); break;
      case Kind::boolean: boolean(); break;
      case Kind::null: null(); break;
      case Kind::end: throw error("the text ends early: a value is expected", "Fetch the file again");
    }
    if (open.size() > max_depth) throw error("values within values, more than 512 deep", "This is no SDMX message");
    while (!open.empty()) {
      std::string_view passed;
      if (open.back() == '{' ? key(passed) : item()) break;
      open.pop_back();
    }
    if (open.empty()) return;
  }
}

void JsonTokens::copy(Spool& spool) {
  peek();
  copying_ = &spool;
  copied_ = at_;
  skip();
  spool.append({copied_, static_cast<std::size_t>(at_ - copied_)});
  copying_ = nullptr;
}

bool JsonTokens::at_end() { return peek() == '\0'; }

}  // namespace stocktake::sdmx
