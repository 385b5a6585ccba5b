// Members of an object cut from a JSON text, to be read apart from the rest.
#include <algorithm>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "ingest/sdmx/json_tokens.h"

namespace stocktake::sdmx {
namespace {

// Finds where a member of an object ends, in a text that comes in parts: the commas, and the brace at the end, that are within
// no other value.
class MemberEnds {
 public:
  std::size_t comma = 0;  // the last one; 0: none
  // Looks at the text from where it stopped; true at the object's end, which is then at position().
  bool look(std::string_view text) {
    while (at_ < text.size()) {
      const std::size_t count = std::min<std::size_t>(text.size() - at_, 64);
      char padded[64];
      const char* from = text.data() + at_;
      if (count < 64) {
        std::memset(padded, ' ', sizeof padded);
        std::memcpy(padded, from, count);
        from = padded;
      }
      for (std::uint64_t mask = marks(from); mask != 0; mask &= mask - 1) {
        const auto bit = static_cast<std::size_t>(std::countr_zero(mask));
        if (mark(from[bit], at_ + bit)) {
          at_ += bit;
          return true;
        }
      }
      at_ += count;
    }
    return false;
  }
  std::size_t position() const { return at_; }

 private:
  // Bit i is set where from[i] is one of " \\ , { } [ ]. The brackets and braces differ in one bit each.
  static std::uint64_t marks(const char* from) {
    std::uint64_t mask = 0;
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"'), comma = _mm_set1_epi8(','), backslash = _mm_set1_epi8('\\'),
                  open = _mm_set1_epi8('{'), close = _mm_set1_epi8('}'), lower = _mm_set1_epi8(0x20);
    for (int i = 0; i < 4; ++i) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + 16 * i));
      const __m128i folded = _mm_or_si128(bytes, lower);
      const __m128i brackets = _mm_or_si128(_mm_cmpeq_epi8(folded, open), _mm_cmpeq_epi8(folded, close));
      const __m128i others = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, comma)),
                                          _mm_cmpeq_epi8(bytes, backslash));
      const auto hits = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(brackets, others)));
      mask |= static_cast<std::uint64_t>(hits) << (16 * i);
    }
#else
    for (std::size_t i = 0; i < 64; ++i) {
      if (std::strchr("\"\\,{}[]", from[i]) != nullptr && from[i] != '\0') mask |= std::uint64_t{1} << i;
    }
#endif
    return mask;
  }
  bool mark(char c, std::size_t position) {
    if (quoted_) {
      if (position == escaped_) return false;
      if (c == '\\') escaped_ = position + 1;
      if (c == '"') quoted_ = false;
      return false;
    }
    switch (c) {
      case '"': quoted_ = true; break;
      case '{':
      case '[': ++depth_; break;
      case '}':
      case ']':
        if (depth_ == 0) return true;
        --depth_;
        break;
      case ',':
        if (depth_ == 0) comma = position;
        break;
      default: break;
    }
    return false;
  }

  std::size_t at_ = 0, depth_ = 0, escaped_ = SIZE_MAX;
  bool quoted_ = false;
};

}  // namespace

// The zeros behind the text end every loop here.
bool JsonTokens::plain_member(Plain& member) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const char* at = at_;
  if (first_ ? *at == ',' : *at++ != ',') return false;
  if (*at++ != '"') return false;
  const char* const key = at;
  while (digit(*at) || *at == ':') ++at;
  member.key = {key, static_cast<std::size_t>(at - key)};
  if (at[0] != '"' || at[1] != ':' || at[2] != '[') return false;
  at += 3;
  for (std::size_t count = 0; count < member.items.size(); ++at) {
    const char* const item = at;
    if (*at == 'n') {
      if (at[1] != 'u' || at[2] != 'l' || at[3] != 'l') return false;
      at += 4;
      member.items[count++] = {};
    } else {
      if (*at == '-') ++at;
      const char* const digits = at;
      while (digit(*at)) ++at;
      if (at == digits) return false;
      if (*at == '.') {
        const char* const decimals = ++at;
        while (digit(*at)) ++at;
        if (at == decimals) return false;
      }
      member.items[count++] = {item, static_cast<std::size_t>(at - item)};
    }
    if (*at == ',') continue;
    if (*at != ']') return false;
    member.count = count;
    at_ = at + 1;
    first_ = false;
    return true;
  }
  return false;
}

void JsonTokens::unread(std::string_view text) {
  const auto tail = static_cast<std::size_t>(end_ - at_);
  std::string joined;
  joined.reserve(text.size() + tail + padding);
  joined.append(text).append(at_, tail).append(padding, '\0');
  before_ += static_cast<std::uint64_t>(at_ - buffer_.data()) - text.size();
  buffer_.swap(joined);
  at_ = buffer_.data();
  end_ = at_ + text.size() + tail;
}

bool JsonTokens::take(Members& members, std::size_t least) {
  const char c = peek();
  if (c != '"' && (first_ || c != ',')) return false;  // the end, or a fault that key() tells
  if (!first_) {
    if (c != ',') return false;
    ++at_;
    first_ = true;  // the comma is passed
    const char next = peek();
    if (next == '}') throw error("expected a key in quotes");
    if (next != '"') return false;
  }
  members.offset = before_ + static_cast<std::uint64_t>(at_ - buffer_.data());
  members.line = line_;
  members.line_start = line_start_;
  std::string& text = members.text;
  text.clear();
  MemberEnds ends;
  bool whole = false;
  while (true) {
    text.append(at_, static_cast<std::size_t>(end_ - at_));
    at_ = end_;
    whole = ends.look(text);
    if (whole || ends.comma >= least || text.size() > max_string_bytes) break;
    if (!refill()) break;
  }
  // What is behind the members goes back; where the text ends early there is no end, and key() says so.
  const std::size_t size = whole ? ends.position() : ends.comma;
  unread(std::string_view(text).substr(size));
  text.resize(size);
  if (size == 0) return false;
  first_ = false;
  const std::size_t newline = text.rfind('\n');
  if (newline != std::string::npos) {
    line_ += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    line_start_ = members.offset + newline + 1;
  }
  return true;
}

void JsonTokens::restart(Members& members) {
  members.text += '}';
  buffer_.swap(members.text);
  at_ = buffer_.data();
  const std::size_t size = buffer_.size();
  buffer_.append(padding, '\0');
  at_ = buffer_.data();
  end_ = at_ + size;
  before_ = members.offset;
  line_ = members.line;
  line_start_ = members.line_start;
  first_ = ended_ = true;
}

}  // namespace stocktake::sdmx
