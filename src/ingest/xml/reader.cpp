#include "ingest/xml/reader.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/xml/characters.h"

namespace stocktake::xml {
namespace {

constexpr std::size_t padding = 64;
constexpr std::size_t step = 1 << 17;  // copied at a time: stays in the cache while it is read

enum Class : std::uint8_t { blank = 1, name_first = 2, name_any = 4 };

constexpr std::array<std::uint8_t, 256> classes = [] {
  std::array<std::uint8_t, 256> table{};
  for (const char c : {' ', '\t', '\r', '\n'}) table[static_cast<unsigned char>(c)] = blank;
  for (std::size_t c = 0; c < 256; ++c) {
    const bool first = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || c >= 0x80;
    const bool any = first || (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (first) table[c] |= name_first;
    if (any) table[c] |= name_any;
  }
  return table;
}();

bool is(char c, Class wanted) { return (classes[static_cast<unsigned char>(c)] & wanted) != 0; }

const char* past_name(const char* at) {
  while (is(*at, name_any)) ++at;
  return at;
}

// Zeros behind the end of the buffer stop it.
const char* past_blanks(const char* at) {
#ifdef __SSE2__
  for (;; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i blanks =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'))),
                     _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'))));
    const auto others = static_cast<std::uint32_t>(~_mm_movemask_epi8(blanks)) & 0xFFFFU;
    if (others != 0) return at + std::countr_zero(others);
  }
#else
  while (is(*at, blank)) ++at;
  return at;
#endif
}

const char* find(const char* from, const char* end, std::string_view what) {
  const std::size_t at = std::string_view(from, static_cast<std::size_t>(end - from)).find(what);
  return at == std::string_view::npos ? nullptr : from + at;
}

}  // namespace

Reader::Reader(ByteSource& source) : source_(source), utf8_(source), buffer_(2 * step + padding, '\0') {
  begin_ = end_ = at_ = token_ = checked_ = counted_ = buffer_.data();
}

std::string_view Reader::attribute(std::string_view local) const {
  for (const Attribute& one : attributes_) {
    if (local_name(one.name) == local && !one.name.starts_with("xmlns")) return one.value;
  }
  return {};
}

std::uint64_t Reader::line_at(const char* at) {
  while (counted_ < at) {
    const auto* next = static_cast<const char*>(std::memchr(counted_, '\n', static_cast<std::size_t>(at - counted_)));
    if (next == nullptr) break;
    ++line_;
    counted_ = next + 1;
  }
  counted_ = std::max(counted_, at);
  return line_;
}

std::uint64_t Reader::line() {
  if (token_line_ == 0) token_line_ = line_at(token_);
  return token_line_;
}

void Reader::refuse(const std::string& problem, const std::string& remedy) {
  throw Error(ErrorKind::input, problem, remedy, {source_.name(), line(), 0, {}});
}

void Reader::refuse_at(const char* at, const std::string& problem, const std::string& remedy) {
  throw Error(ErrorKind::input, "not well-formed XML: " + problem, remedy, {source_.name(), line_at(at), 0, {}});
}

void Reader::ends_early() {
  const std::string open =
      depth() == 0 ? std::string() : printable(std::string_view(open_names_).substr(depth() == 1 ? 0 : open_ends_[depth() - 2]));
  const std::string problem = !open.empty() ? "the file ends before </" + open + ">"
                              : root_seen_  ? "the file ends within a tag"
                                            : "the file has no element";
  refuse_at(end_, problem, "Fetch the file again");
}

// Brings more text behind what is not yet read, which begins at at_. False at the end.
bool Reader::refill() {
  if (last_) return false;
  if (static_cast<std::size_t>(end_ - at_) > longest) {
    refuse_at(at_, "a tag or text of more than " + std::to_string(longest >> 20) + " MiB", "Is this an SDMX message?");
  }
  if (block_.empty()) block_ = utf8_.next();
  const std::string_view more = block_.substr(0, step);
  block_.remove_prefix(more.size());
  line_at(at_);
  const auto kept = static_cast<std::size_t>(end_ - at_);
  const auto checked = static_cast<std::size_t>(std::max(checked_, at_) - at_);
  if (kept + more.size() + padding > buffer_.size()) {
    std::vector<char> larger(2 * (kept + more.size()) + padding);
    std::memcpy(larger.data(), at_, kept);
    buffer_.swap(larger);
  } else {
    std::memmove(buffer_.data(), at_, kept);
  }
  char* const data = buffer_.data();
  std::memcpy(data + kept, more.data(), more.size());
  std::memset(data + kept + more.size(), 0, padding);
  begin_ = at_ = token_ = counted_ = data;
  end_ = data + kept + more.size();
  last_ = more.empty();
  std::size_t good = 0;
  const std::string_view unchecked(data + checked, static_cast<std::size_t>(end_ - data) - checked);
  const std::size_t bad = first_bad(unchecked, !last_, good);
  if (bad != std::string_view::npos) {
    const auto byte = static_cast<unsigned char>(unchecked[bad]);
    refuse_at(data + checked + bad,
              byte < 0x80 ? "a control character (byte " + std::to_string(byte) + ")" : "bytes that are no character of UTF-8",
              "Convert the file to UTF-8, or declare its encoding");
  }
  checked_ = data + checked + good;
  return !last_;
}

Reader::Event Reader::next() {
  Event event = Event::end;
  for (;;) {
    switch (token(event)) {
      case Step::done: return event;
      case Step::skipped: break;
      case Step::more:
        if (!refill()) {
          if (root_seen_ && depth() == 0 && past_blanks(at_) >= end_) {
            token_line_ = 0;
            token_ = end_;
            return Event::end;
          }
          if (last_ && root_seen_ && depth() == 0)
            refuse_at(at_, "the file ends within what follows its last tag", "Fetch the file again");
          ends_early();
        }
        break;
    }
  }
}

Reader::Step Reader::token(Event& event) {
  const char* from = past_blanks(at_);
  if (from >= end_) return Step::more;
  token_line_ = 0;
  if (*from == '<') {
    token_ = from;
    return markup(from, event);
  }
  token_ = at_;
  if (depth() == 0)
    refuse_at(from, root_seen_ ? "text behind the last tag" : "text before the first tag", "Is this an SDMX-ML message?");
  return character_data(from, event);
}

Reader::Step Reader::character_data(const char* from, Event& event) {
  const auto* end = static_cast<const char*>(std::memchr(from, '<', static_cast<std::size_t>(end_ - from)));
  if (end == nullptr) return Step::more;
  text_ = {at_, static_cast<std::size_t>(end - at_)};
  if (const char* wrong = find(at_, end, "]]>"); wrong != nullptr) refuse_at(wrong, "']]>' in a text", "Write it as ']]&gt;'");
  line();
  text_ = decode(text_, false);
  at_ = end;
  event = Event::text;
  return Step::done;
}

Reader::Step Reader::markup(const char* from, Event& event) {
  Step done = Step::more;
  if (from[1] == '/') {
    done = close_tag(from);
    event = Event::close;
  } else if (from[1] == '!' || from[1] == '?') {
    done = declaration(from, event);
  } else {
    done = open_tag(from);
    event = Event::open;
  }
  return done;
}

Reader::Step Reader::declaration(const char* from, Event& event) {
  const std::string_view rest(from, static_cast<std::size_t>(end_ - from));
  const auto closes = [&](std::size_t opening, std::string_view closing) {
    const char* end = rest.size() < opening ? nullptr : find(from + opening, end_, closing);
    if (end == nullptr) return Step::more;
    text_ = {from + opening, static_cast<std::size_t>(end - from) - opening};
    at_ = end + closing.size();
    return Step::skipped;
  };
  constexpr std::string_view cdata = "<![CDATA[", comment = "<!--", doctype = "<!DOCTYPE";
  if (rest.starts_with("<?")) return closes(2, "?>");
  if (rest.starts_with(comment)) return closes(comment.size(), "-->");
  if (rest.starts_with(cdata)) {
    if (depth() == 0) refuse_at(from, "text outside of the first element", "Is this an SDMX-ML message?");
    const Step step = closes(cdata.size(), "]]>");
    if (step != Step::skipped || text_.empty()) return step;
    event = Event::text;
    return Step::done;
  }
  for (const std::string_view whole : {cdata, comment, doctype}) {
    if (rest.size() < whole.size() && whole.starts_with(rest)) return Step::more;
  }
  if (rest.starts_with(doctype)) {
    refuse("a document type declaration, which could define entities or name another file: refused",
           "Write the file again without it");
  }
  refuse_at(from, "'<!' that begins no comment and no CDATA section", "Fetch the file again");
}

Reader::Step Reader::close_tag(const char* from) {
  if (depth() == 0) refuse_at(from, "an end tag without its begin", "Fetch the file again");
  const std::size_t begin = depth() == 1 ? 0 : open_ends_[depth() - 2];
  const std::string_view open = std::string_view(open_names_).substr(begin);
  const char* after = from + 2 + open.size();
  if (after >= end_) {
    if (find(from, end_, ">") == nullptr) return Step::more;
    after = from + 2;
  }
  const bool same = std::memcmp(from + 2, open.data(), open.size()) == 0;
  const char* const end = same ? past_blanks(after) : nullptr;
  if (same && end >= end_) return Step::more;
  if (!same || *end != '>') {
    const char* const other = past_name(from + 2);
    if (other >= end_) return Step::more;
    refuse_at(from,
              "</" + printable({from + 2, static_cast<std::size_t>(other - from - 2)}) + "> where </" + printable(open) +
                  "> is expected",
              "Fetch the file again");
  }
  at_ = end + 1;
  // The name is kept behind the end of the open ones until the next open tag.
  name_ = {from + 2, open.size()};
  attributes_.clear();
  open_names_.resize(begin);
  open_ends_.pop_back();
  return Step::done;
}

// Where the value ends, its quote; null when it is not in the buffer. Notes whether it has to be decoded.
const char* Reader::end_of_value(const char* from, char quote) {
  bool coded = false;
  for (const char* at = from;;) {
#ifdef __SSE2__
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    const __m128i hits =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(quote)), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('<'))),
                     _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('&')), low));
    const auto mask = static_cast<std::uint32_t>(_mm_movemask_epi8(hits));
    if (mask == 0) {
      at += 16;
      continue;
    }
    at += std::countr_zero(mask);
#else
    while (*at != quote && *at != '<' && *at != '&' && static_cast<unsigned char>(*at) >= 0x20) ++at;
#endif
    if (at >= end_) return nullptr;
    if (*at == quote) {
      if (coded) coded_.push_back(static_cast<std::uint32_t>(attributes_.size()));
      return at;
    }
    if (*at == '<') refuse_at(at, "'<' in the value of an attribute", "Is a quote missing before it?");
    coded = true;
    ++at;
  }
}

Reader::Step Reader::open_tag(const char* from) {
  const char* at = from + 1;
  if (at >= end_) return Step::more;
  if (!is(*at, name_first)) refuse_at(from, "'<' that begins no tag", "Write it as '&lt;'");
  at = past_name(at);
  const std::string_view name(from + 1, static_cast<std::size_t>(at - from - 1));
  attributes_.clear();
  coded_.clear();
  bool empty = false;
  for (;;) {
    const char* const before = at;
    if (*at == ' ') ++at;
    if (is(*at, blank)) at = past_blanks(at);
    if (*at == '>') {
      ++at;
      break;
    }
    if (*at == '/') {
      if (at + 1 >= end_) return Step::more;
      if (at[1] != '>') refuse_at(at, "'/' within a tag", "Fetch the file again");
      at += 2;
      empty = true;
      break;
    }
    if (at >= end_) return Step::more;
    if (!is(*at, name_first)) refuse_at(at, "no name of an attribute within <" + printable(name) + ">", "Fetch the file again");
    if (at == before) refuse_at(at, "no blank before an attribute of <" + printable(name) + ">", "Fetch the file again");
    const char* const named = at;
    at = past_name(at);
    Attribute attribute;
    attribute.name = {named, static_cast<std::size_t>(at - named)};
    if (*at != '=') at = past_blanks(at);
    if (at >= end_) return Step::more;
    if (*at != '=') refuse_at(at, "attribute '" + printable(attribute.name) + "' has no value", "Fetch the file again");
    ++at;
    if (is(*at, blank)) at = past_blanks(at);
    if (at >= end_) return Step::more;
    if (*at != '"' && *at != '\'')
      refuse_at(at, "the value of attribute '" + printable(attribute.name) + "' is not in quotes", "Fetch the file again");
    const char* const value = at + 1;
    at = end_of_value(value, *at);
    if (at == nullptr) return Step::more;
    attribute.value = {value, static_cast<std::size_t>(at - value)};
    attributes_.push_back(attribute);
    ++at;
  }
  if (depth() == 0 && root_seen_) refuse_at(from, "a second element beside the first", "Fetch the file again");
  if (depth() == deepest) refuse_at(from, "elements more than " + std::to_string(deepest) + " deep", "Is this an SDMX message?");
  check_twice();
  at_ = at;
  name_ = name;
  empty_ = empty;
  root_seen_ = true;
  if (!empty) {
    open_names_.append(name);
    open_ends_.push_back(open_names_.size());
  }
  if (!coded_.empty()) decode_attributes();
  return Step::done;
}

void Reader::skip() {
  if (empty_) return;
  const std::size_t outside = depth() - 1;
  while (depth() > outside) next();
}

std::string Reader::content() {
  std::string all;
  if (empty_) return all;
  const std::size_t outside = depth() - 1;
  while (depth() > outside) {
    if (next() == Event::text) all.append(text_);
  }
  const std::size_t begin = all.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  all.resize(all.find_last_not_of(" \t\r\n") + 1);
  return all.substr(begin);
}

}  // namespace stocktake::xml
