#include "ingest/xml/utf8_text.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "base/utf8.h"

namespace stocktake::xml {
namespace {

// What <?xml encoding="..."?> names; "" without it.
std::string declared(std::string_view head) {
  if (!head.starts_with("<?xml")) return {};
  head = head.substr(0, head.find("?>"));
  const std::size_t at = head.find("encoding");
  if (at == std::string_view::npos) return {};
  const std::size_t open = head.find_first_of("\"'", at);
  if (open == std::string_view::npos) return {};
  const std::size_t close = head.find(head[open], open + 1);
  return close == std::string_view::npos ? std::string() : std::string(head.substr(open + 1, close - open - 1));
}

std::string encoding_of(std::string_view head) {
  const auto starts = [&](std::initializer_list<int> bytes) {
    return head.size() >= bytes.size() && std::equal(bytes.begin(), bytes.end(), head.begin(),
                                                     [](int want, char got) { return want == static_cast<unsigned char>(got); });
  };
  if (starts({0xEF, 0xBB, 0xBF})) return {};
  if (starts({0xFF, 0xFE}) || starts({'<', 0})) return "UTF-16LE";
  if (starts({0xFE, 0xFF}) || starts({0, '<'})) return "UTF-16BE";
  std::string name = declared(head);
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c | 32 : c); });
  // A declaration that we can read is not in UTF-16, whatever it says: publishers convert files and forget it.
  if (lower == "utf-8" || lower == "utf8" || lower == "us-ascii" || lower.starts_with("utf-16")) return {};
  return name;
}

}  // namespace

struct Utf8Text::Converter {
  UConverter* from;
  UConverter* to;
  std::vector<UChar> pivot = std::vector<UChar>(1 << 14);
  UChar* pivot_source = nullptr;
  UChar* pivot_target = nullptr;
  explicit Converter(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    from = ucnv_open(name.c_str(), &status);
    to = ucnv_open("UTF-8", &status);
    pivot_source = pivot_target = pivot.data();
    if (U_FAILURE(status)) {
      ucnv_close(from);
      ucnv_close(to);
      from = to = nullptr;
    }
  }
  ~Converter() {
    ucnv_close(from);
    ucnv_close(to);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
};

Utf8Text::Utf8Text(ByteSource& source) : source_(source), encoding_(encoding_of(source.head())) {
  if (encoding_.empty()) return;
  converter_ = std::make_unique<Converter>(encoding_);
  if (converter_->from == nullptr) {
    throw Error(ErrorKind::input, "unknown encoding '" + printable(encoding_.substr(0, 40)) + "'", "Convert the file to UTF-8",
                {source.name(), 1, 0, {}});
  }
}

Utf8Text::~Utf8Text() = default;

std::string_view Utf8Text::next() {
  for (;;) {
    std::string_view block = source_.next();
    if (!converter_) {
      if (first_ && block.starts_with("\xEF\xBB\xBF")) {
        block.remove_prefix(3);
        first_ = false;
        if (block.empty()) continue;
      }
      first_ = false;
      return block;
    }
    text_.clear();
    const char* from = block.data();
    const char* const end = from + block.size();
    const bool last = block.empty();
    std::string piece(1 << 16, '\0');
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (status == U_BUFFER_OVERFLOW_ERROR) {
      status = U_ZERO_ERROR;
      char* to = piece.data();
      ucnv_convertEx(converter_->to, converter_->from, &to, piece.data() + piece.size(), &from, end, converter_->pivot.data(),
                     &converter_->pivot_source, &converter_->pivot_target, converter_->pivot.data() + converter_->pivot.size(),
                     false, last, &status);
      text_.append(piece.data(), static_cast<std::size_t>(to - piece.data()));
    }
    if (first_ && text_.starts_with("\xEF\xBB\xBF")) text_.erase(0, 3);
    if (!text_.empty()) first_ = false;
    if (last || !text_.empty()) return text_;
  }
}

}  // namespace stocktake::xml
