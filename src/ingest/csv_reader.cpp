#include "ingest/csv_reader.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/error.h"

namespace stocktake {
namespace {

constexpr std::size_t padding = 64;

// Bit i is set when p[i] is a delimiter, a newline or a quote.
inline std::uint64_t structure_of(const char* p, char delimiter) {
#ifdef __SSE2__
  const __m128i separator = _mm_set1_epi8(delimiter), newline = _mm_set1_epi8('\n'), quote = _mm_set1_epi8('"');
  std::uint64_t mask = 0;
  for (int i = 0; i < 4; ++i) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16 * i));
    const __m128i hits = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, separator), _mm_cmpeq_epi8(bytes, newline)),
                                      _mm_cmpeq_epi8(bytes, quote));
    mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(hits))) << (16 * i);
  }
  return mask;
#else
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < 64; ++i) {
    if (p[i] == delimiter || p[i] == '\n' || p[i] == '"') mask |= std::uint64_t{1} << i;
  }
  return mask;
#endif
}

}  // namespace

char guess_delimiter(std::string_view head) {
  constexpr std::array<char, 4> candidates{',', ';', '\t', '|'};
  char best = ',';
  std::size_t best_score = 0;
  for (const char candidate : candidates) {
    // How many of the first lines have the most common field count above one.
    std::vector<std::size_t> counts;
    std::size_t fields = 1;
    bool quoted = false;
    for (const char c : head) {
      if (c == '"') quoted = !quoted;
      if (quoted) continue;
      if (c == candidate) ++fields;
      if (c == '\n') {
        if (fields > 1) counts.push_back(fields);
        fields = 1;
        if (counts.size() == 50) break;
      }
    }
    if (counts.empty() && fields > 1) counts.push_back(fields);
    std::sort(counts.begin(), counts.end());
    std::size_t score = 0;
    for (std::size_t i = 0, run = 0; i < counts.size(); ++i) {
      run = i > 0 && counts[i] == counts[i - 1] ? run + 1 : 1;
      score = std::max(score, run * 1000 + counts[i]);
    }
    if (score > best_score) {
      best_score = score;
      best = candidate;
    }
  }
  return best;
}

CsvReader::CsvReader(ByteSource& source, char delimiter) : source_(&source), name_(source.name()), delimiter_(delimiter) {
  buffer_.assign(padding, '\0');
  check_text(source.head(), name_);
  refill();
  if (std::string_view(buffer_).substr(0, size_).starts_with("\xEF\xBB\xBF")) look_at(at_ = 3);
}

CsvReader::CsvReader(std::string name, char delimiter) : name_(std::move(name)), delimiter_(delimiter), ended_(true) {
  buffer_.assign(padding, '\0');
}

void CsvReader::restart(std::string& text) {
  buffer_.swap(text);
  size_ = buffer_.size();
  buffer_.append(padding, '\0');
  at_ = row_start_ = row_end_ = 0;
  line_ = row_line_ = 1;
  look_at(0);
}

void CsvReader::check_text(std::string_view head, const std::string& name) {
  const auto fail = [&](const char* what, const char* remedy) { throw Error(ErrorKind::input, what, remedy, {name, 1, 0, {}}); };
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))
    fail("the text is UTF-16, expected UTF-8", "Save it as 'CSV UTF-8'");
  if (head.starts_with("PK\x03\x04"))
    fail("this is a ZIP archive or a spreadsheet, expected text", "Unpack it, or save the sheet as CSV");
  if (head.find('\0') != std::string_view::npos) fail("this is a binary file, expected text", "Export it as CSV");
  if (head.size() > 2 && head.find('\n') == std::string_view::npos && head.find('\r') != std::string_view::npos) {
    fail("the lines end with CR alone, expected LF or CRLF", "Save it with Unix or Windows line ends");
  }
}

void CsvReader::look_at(std::size_t position) {
  base_ = position;
  mask_ = structure_of(buffer_.data() + position, delimiter_);
}

bool CsvReader::refill() {
  if (ended_) return false;
  const std::string_view block = source_->next();
  if (block.empty()) {
    ended_ = true;
    return false;
  }
  // The unread tail moves to the front, the block goes behind it, the padding behind that.
  const std::size_t tail = size_ - at_;
  if (tail > max_row_bytes) {
    throw Error(ErrorKind::input, "the row that starts here is longer than 16 MiB",
                "Is a quote not closed, or is this not a table?", {name_, line_, 0, {}});
  }
  std::memmove(buffer_.data(), buffer_.data() + at_, tail);
  at_ = 0;
  size_ = tail + block.size();
  if (buffer_.size() < size_ + padding) buffer_.resize(size_ + padding);
  std::memcpy(buffer_.data() + tail, block.data(), block.size());
  std::memset(buffer_.data() + size_, 0, padding);
  look_at(at_);
  return true;
}

std::size_t csv_closing_quote(std::string_view text, std::size_t position, char delimiter, bool whole) {
  while (true) {
    const void* found = position < text.size() ? std::memchr(text.data() + position, '"', text.size() - position) : nullptr;
    if (found == nullptr) return std::string::npos;
    const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    if (at + 1 >= text.size()) return whole ? at : std::string::npos;
    const char after = text[at + 1];
    if (after == '"') {
      position = at + 2;
      continue;
    }
    if (after == delimiter || after == '\n') return at;
    if (after == '\r') {
      if (at + 2 >= text.size()) return whole ? at : std::string::npos;
      if (text[at + 2] == '\n') return at;
    }
    position = at + 1;
  }
}

// Tries to read one row from at_; false when the buffer ends before the row does.
bool CsvReader::scan(std::vector<std::string_view>& fields) {
  fields.clear();
  escaped_.clear();
  const char* const text = buffer_.data();
  std::size_t field = at_, base = base_;
  std::uint64_t mask = mask_;
  std::uint64_t newlines = 0;
  bool quoted = false;
  std::size_t quoted_end = 0;
  const auto add = [&](std::size_t end) __attribute__((always_inline)) {
    if (quoted) {
      fields.emplace_back(text + field + 1, quoted_end - field - 1);
      quoted = false;
    } else {
      fields.emplace_back(text + field, end - field);
    }
  };
  while (true) {
    while (mask == 0) {
      base += 64;
      if (base >= size_) return false;
      mask = structure_of(text + base, delimiter_);
    }
    const std::size_t at = base + static_cast<std::size_t>(std::countr_zero(mask));
    mask &= mask - 1;
    if (at >= size_) return false;
    const char c = text[at];
    if (c == delimiter_) {
      add(at);
      field = at + 1;
    } else if (c == '\n') {
      std::size_t end = at;
      if (end > at_ && text[end - 1] == '\r') --end;
      add(std::max(end, field));
      row_start_ = at_;
      row_end_ = end;
      row_line_ = line_;
      line_ += newlines + 1;
      at_ = at + 1;
      base_ = base;
      mask_ = mask;
      return true;
    } else if (at == field) {
      quoted_end = csv_closing_quote({text, size_}, at + 1, delimiter_, ended_);
      if (quoted_end == std::string::npos) return false;
      quoted = true;
      const char* const first = text + field + 1;
      const char* const last = text + quoted_end;
      if (std::memchr(first, '"', static_cast<std::size_t>(last - first)) != nullptr) escaped_.push_back(fields.size());
      newlines += static_cast<std::uint64_t>(std::count(first, last, '\n'));
      base = quoted_end + 1;
      mask = base < size_ ? structure_of(text + base, delimiter_) : 0;
    }
  }
}

// Doubled quotes become single ones, in a scratch buffer: the row's text stays as it was for the rejects table.
void CsvReader::unescape(std::vector<std::string_view>& fields) {
  scratch_.clear();
  std::size_t room = 0;
  for (const std::size_t i : escaped_) room += fields[i].size();
  scratch_.reserve(room);  // so that views into it stay valid
  for (const std::size_t i : escaped_) {
    const std::size_t start = scratch_.size();
    const std::string_view raw = fields[i];
    for (std::size_t k = 0; k < raw.size(); ++k) {
      scratch_ += raw[k];
      if (raw[k] == '"' && k + 1 < raw.size() && raw[k + 1] == '"') ++k;
    }
    fields[i] = std::string_view(scratch_).substr(start);
  }
}

bool CsvReader::next(std::vector<std::string_view>& fields) {
  while (true) {
    while (!scan(fields)) {
      if (refill()) continue;
      // The last row has no newline: give it one, unless there is nothing left.
      if (at_ >= size_) return false;
      if (buffer_[size_ - 1] != '\n') {
        if (buffer_.size() < size_ + 1 + padding) buffer_.resize(size_ + 1 + padding);
        buffer_[size_++] = '\n';
        std::memset(buffer_.data() + size_, 0, padding);
        look_at(at_);
        if (scan(fields)) break;
      }
      throw Error(ErrorKind::input, "a quoted field is not closed before the end of the file", "Close it with a double quote",
                  {name_, line_, 0, {}});
    }
    if (row_end_ == row_start_) continue;
    if (!escaped_.empty()) unescape(fields);
    return true;
  }
}

}  // namespace stocktake
