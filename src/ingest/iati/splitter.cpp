#include "ingest/iati/splitter.h"

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "base/utf8.h"

namespace stocktake::iati {
namespace {

constexpr std::size_t longest_root = 4U << 20;
constexpr std::size_t longest_opening = 40;
constexpr std::size_t longest_name = 20;  // what must be seen of a tag to tell it: "</iati-activities" and a byte more

bool ends_name(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '>' || c == '/'; }

bool names(std::string_view text, std::string_view name) {
  return text.size() > name.size() && text.starts_with(name) && ends_name(text[name.size()]);
}

}  // namespace

Splitter::Splitter(std::string name, std::size_t batch_bytes, std::size_t longest)
    : name_(std::move(name)), batch_bytes_(batch_bytes), longest_(longest) {}

std::uint64_t Splitter::line_at(std::size_t at) {
  const char* from = buffer_.data() + counted_;
  const char* const end = buffer_.data() + at;
  while (from < end) {
    const auto* next = static_cast<const char*>(std::memchr(from, '\n', static_cast<std::size_t>(end - from)));
    if (next == nullptr) break;
    ++line_;
    from = next + 1;
  }
  counted_ = std::max(counted_, at);
  return line_;
}

void Splitter::refuse(const std::string& what, const std::string& remedy, std::size_t at) {
  throw Error(ErrorKind::input, what, remedy, {name_, line_at(at), 0, {}});
}

void Splitter::drop_before(std::size_t at) {
  line_at(at);
  buffer_.erase(0, at);
  at_ -= at;
  counted_ -= at;
  tag_begin_ -= std::min(tag_begin_, at);
  current_.begin -= std::min(current_.begin, at);
}

bool Splitter::feed(std::string_view text) {
  if (stopped_) return false;
  if (!root_seen_ && opening_.size() < longest_opening) {
    const std::string_view seen = opening_.empty() ? text.substr(std::min(text.size(), text.find_first_not_of(" \t\r\n"))) : text;
    opening_ += seen.substr(0, longest_opening - opening_.size());
  }
  buffer_.append(text);
  scan(false);
  return !slices_.empty() && slices_.back().end >= batch_bytes_;
}

bool Splitter::finish() {
  if (!stopped_) scan(true);
  if (stopped_) return !slices_.empty();
  const auto fault = [&](std::string what, std::uint64_t line) {
    broken_ = std::move(what);
    broken_line_ = line;
  };
  const std::uint64_t begin = current_.line;
  const std::uint64_t end = line_at(buffer_.size());
  if (in_activity_ || too_long_) {
    fault("the file ends within the activity that begins in line " + std::to_string(begin), end);
  } else if (!root_seen_) {
    fault(wrapped_ && state_ == State::text ? "the file has no <iati-activities>"
          : opening_.empty()                ? "the file is empty, expected <iati-activities>"
          : state_ == State::text
              ? "the file has no element, expected <iati-activities>; it begins with '" + printable(opening_) + "'"
              : "the file ends early",
          end);
  } else if (!bare_root_ && !root_closed_) {
    fault("the file ends before </iati-activities>", end);
  }
  return !slices_.empty();
}

Batch Splitter::take() {
  Batch batch;
  const std::size_t end = slices_.back().end;
  std::string rest(buffer_, end);
  line_at(end);
  batch.text = std::move(buffer_);
  batch.slices = std::move(slices_);
  slices_.clear();
  buffer_ = std::move(rest);
  buffer_.reserve(batch_bytes_ + batch_bytes_ / 2);
  at_ -= end;
  counted_ -= end;
  tag_begin_ -= std::min(tag_begin_, end);
  current_.begin -= std::min(current_.begin, end);
  return batch;
}

void Splitter::root_tag(std::string_view tag) {
  root_seen_ = true;
  // version="2.03" among the attributes; `iati-version` and `x:version` are others.
  for (std::size_t at = tag.find("version"); at != std::string_view::npos; at = tag.find("version", at + 7)) {
    if (at == 0 || !ends_name(tag[at - 1])) continue;
    std::size_t from = tag.find_first_not_of(" \t\r\n", at + 7);
    if (from == std::string_view::npos || tag[from] != '=') continue;
    from = tag.find_first_not_of(" \t\r\n", from + 1);
    if (from == std::string_view::npos || (tag[from] != '"' && tag[from] != '\'')) continue;
    const std::size_t end = tag.find(tag[from], from + 1);
    if (end == std::string_view::npos) continue;
    version_ = std::string(tag.substr(from + 1, end - from - 1));
    has_version_ = true;
    return;
  }
}

// The '>' at after - 1 of a tag that matters: of the root, or of an activity.
void Splitter::tag_end(std::size_t after) {
  const bool empty = after >= 2 && buffer_[after - 2] == '/';
  switch (tag_) {
    case Tag::root:
      root_tag(std::string_view(buffer_).substr(tag_begin_, after - tag_begin_));
      if (empty) root_closed_ = true;
      return;
    case Tag::root_close: root_closed_ = true; return;
    case Tag::open:
      if (empty) complete(after);
      return;
    case Tag::close: complete(after); return;
  }
}

void Splitter::complete(std::size_t end) {
  ++activities_;
  in_activity_ = false;
  if (too_long_) {
    too_long_ = false;
    oversize_.push_back({current_.line, too_long_bytes_ + end});
    return;
  }
  current_.end = end;
  slices_.push_back(current_);
}

bool Splitter::markup(bool last) {
  const std::string_view rest = std::string_view(buffer_).substr(at_);
  if (rest.size() < longest_name && !last) return false;
  if (rest.starts_with("<!--")) {
    state_ = State::comment;
    at_ += 4;
    return true;
  }
  if (rest.starts_with("<![CDATA[")) {
    state_ = State::cdata;
    at_ += 9;
    return true;
  }
  if (rest.starts_with("<!")) {
    if (root_seen_) {
      if (activities_ == 0) refuse("a document type declaration within the data", "Write the file again without it", at_);
      stopped_ = true;
      broken_ = "a document type declaration within the data: what follows is not read";
      broken_line_ = line_at(at_);
      return false;
    }
    state_ = State::doctype;
    at_ += 2;
    return true;
  }
  if (rest.starts_with("<?")) {
    state_ = State::instruction;
    at_ += 2;
    return true;
  }
  const auto matters = [&](Tag tag) {
    tag_ = tag;
    tag_begin_ = at_;
    state_ = State::tag;
    quote_ = 0;
  };
  if (names(rest, "<iati-activity")) {
    if (in_activity_) complete(at_);  // its end tag is missing
    if (!root_seen_) root_seen_ = bare_root_ = true;
    in_activity_ = true;
    current_ = {at_, 0, line_at(at_)};
    matters(Tag::open);
  } else if (in_activity_ && names(rest, "</iati-activity")) {
    matters(Tag::close);
  } else if (names(rest, "</iati-activities")) {
    if (in_activity_) complete(at_);
    matters(Tag::root_close);
  } else if (!root_seen_ && rest.size() > 1) {
    const std::size_t end = std::min(rest.find_first_of(" \t\r\n/>", 1), std::size_t{60});
    const std::string root = printable(rest.substr(1, end - 1));
    if (root == "iati-organisations") {
      refuse("this is a file of organisations, expected activities", "Name a file whose first element is <iati-activities>", at_);
    }
    if (root == "result") wrapped_ = true;
    if (root != "iati-activities" && wrapped_) {
      ++at_;
      return true;
    }
    if (root != "iati-activities") {
      const bool page = root == "html" || root == "HTML";
      refuse("the first element is <" + root + ">, expected <iati-activities>",
             page ? "This is a web page, as servers send when a file is gone: fetch the file again"
                  : "Is this an IATI activity file?",
             at_);
    }
    matters(Tag::root);
  }
  ++at_;
  return true;
}

void Splitter::scan(bool last) {
  const auto closes = [&](std::string_view end) {
    const std::size_t found = buffer_.find(end, at_);
    if (found != std::string::npos) {
      at_ = found + end.size();
      state_ = State::text;
      return true;
    }
    // The terminator may begin at the very end.
    at_ = std::max(at_, buffer_.size() - std::min(buffer_.size(), end.size() - 1));
    return false;
  };
  bool more = true;
  while (more && at_ < buffer_.size()) {
    switch (state_) {
      case State::text: {
        const auto* found = static_cast<const char*>(std::memchr(buffer_.data() + at_, '<', buffer_.size() - at_));
        if (found == nullptr) {
          at_ = buffer_.size();
          break;
        }
        at_ = static_cast<std::size_t>(found - buffer_.data());
        // Most tags are none of ours; what they are is seen in two bytes.
        if (root_seen_ && at_ + 2 < buffer_.size()) {
          const char next = found[1] == '/' ? found[2] : found[1];
          if (next != 'i' && next != '!' && next != '?') {
            at_ += 2;
            break;
          }
        }
        more = markup(last);
        break;
      }
      case State::comment: more = closes("-->"); break;
      case State::cdata: more = closes("]]>"); break;
      case State::instruction: more = closes("?>"); break;
      case State::doctype:
        for (; at_ < buffer_.size() && state_ == State::doctype; ++at_) {
          if (buffer_[at_] == '[') {
            refuse("the file declares entities of its own (a document type with an internal subset): refused",
                   "IATI files need none; fetch the file from its publisher again", at_);
          }
          if (buffer_[at_] == '>') state_ = State::text;
        }
        break;
      case State::tag:
        for (; at_ < buffer_.size() && state_ == State::tag; ++at_) {
          const char c = buffer_[at_];
          if (quote_ != 0) {
            if (c == quote_) quote_ = 0;
          } else if (c == '"' || c == '\'') {
            quote_ = c;
          } else if (c == '>') {
            state_ = State::text;
            tag_end(at_ + 1);
          }
        }
        break;
    }
  }
  // Nothing of what is outside activities is kept, nor of an activity that is too long.
  if (!in_activity_ && slices_.empty() && !(state_ == State::tag && tag_ == Tag::root)) {
    drop_before(at_);
  } else if (in_activity_ && slices_.empty() && buffer_.size() - current_.begin > longest_) {
    too_long_ = true;
    const std::size_t keep = at_ - 1;  // the byte before a '>' decides whether the tag is empty
    too_long_bytes_ += keep;
    drop_before(keep);
  }
  if (state_ == State::tag && tag_ == Tag::root && buffer_.size() - tag_begin_ > longest_root) {
    refuse("the first tag does not end within " + std::to_string(longest_root) + " bytes", "Is this an IATI activity file?",
           tag_begin_);
  }
}

}  // namespace stocktake::iati
