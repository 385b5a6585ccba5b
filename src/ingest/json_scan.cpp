#include "ingest/json_scan.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/utf8.h"

namespace stocktake {
namespace {

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The end of the value that starts at `at`; npos when the text ends before.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

std::size_t end_of_value(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (std::size_t i = at; i < text.size();) {
    const char c = text[i];
    if (c == '"') {
      i = end_of_string(text, i);
      if (i == std::string_view::npos) return i;
      if (depth == 0) return i;
      continue;
    }
    if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return i;  // a scalar ends before it
      if (--depth == 0) return i + 1;
    } else if (depth == 0 && (c == ',' || blank(c))) {
      return i;
    }
    ++i;
  }
  return depth == 0 ? text.size() : std::string_view::npos;
}

const char* const changed = "The service may have changed its answers, or the file is of another format";

std::string kind_of(const nlohmann::json& value) {
  return value.is_null() ? "null" : std::string("a ") + (value.is_number() ? "number" : value.type_name());
}

}  // namespace

void JsonBrackets::add(std::string_view block) {
  for (const char c : block) {
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
      }
      continue;
    }
    if (blank(c)) continue;
    any_ = true;
    if (c == '"') {
      in_string_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (c == '}' || c == ']') {
      broken_ = broken_ || depth_ == 0;
      depth_ -= depth_ == 0 ? 0 : 1;
    } else if (c == ',' && depth_ == 0) {
      broken_ = true;
    }
  }
}

bool json_complete(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  JsonBrackets brackets;
  brackets.add(text);
  return brackets.complete();
}

JsonScan::JsonScan(std::string_view text, std::string name) : text_(text), name_(std::move(name)) {
  if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
}

std::size_t JsonScan::skip_blanks(std::size_t at) const {
  while (at < text_.size() && blank(text_[at])) ++at;
  return at;
}

void JsonScan::ends_early(std::size_t at) {
  throw Error(ErrorKind::input, "the JSON text ends early", "Check that it was fetched completely",
              {name_, line_of(text_.substr(std::min(at, text_.size()))), 0, {}});
}

std::size_t JsonScan::string_end(std::size_t at) {
  const std::size_t end = end_of_string(text_, at);
  if (end == std::string_view::npos) ends_early(at);
  return end;
}

std::size_t JsonScan::value_end(std::size_t at) {
  if (at >= text_.size()) ends_early(at);
  const std::size_t end = end_of_value(text_, at);
  if (end == std::string_view::npos) ends_early(at);
  if (end == at) throw fault(text_.substr(at), {}, "expected a JSON value, found '" + std::string(1, text_[at]) + "'");
  return end;
}

bool JsonScan::next(std::string_view& document) {
  at_ = skip_blanks(at_);
  if (at_ == text_.size()) return false;
  const std::size_t end = value_end(at_);
  document = text_.substr(at_, end - at_);
  at_ = end;
  return true;
}

void JsonScan::members(std::string_view object, const Member& member) {
  if (object.empty() || object.front() != '{') throw fault(object, {}, "expected an object in braces");
  std::size_t at = skip_blanks(offset_of(object) + 1);
  while (at < text_.size() && text_[at] != '}') {
    if (text_[at] != '"') throw fault(text_.substr(at), {}, "expected the name of a field in quotes");
    const std::size_t name_end = string_end(at);
    const std::string_view name = text_.substr(at + 1, name_end - at - 2);
    at = skip_blanks(name_end);
    if (at >= text_.size() || text_[at] != ':') throw fault(object, std::string(name), "expected a colon behind the name");
    at = skip_blanks(at + 1);
    const std::size_t end = value_end(at);
    member(name, text_.substr(at, end - at));
    at = skip_blanks(end);
    if (at < text_.size() && text_[at] == ',') {
      at = skip_blanks(at + 1);
    } else if (at >= text_.size() || text_[at] != '}') {
      throw fault(text_.substr(std::min(at, text_.size())), std::string(name), "expected a comma or a closing brace");
    }
  }
}

void JsonScan::elements(std::string_view array, const Element& element) {
  if (array.empty() || array.front() != '[') throw fault(array, {}, "expected a list in brackets");
  std::size_t at = skip_blanks(offset_of(array) + 1);
  while (at < text_.size() && text_[at] != ']') {
    const std::size_t end = value_end(at);
    element(text_.substr(at, end - at));
    at = skip_blanks(end);
    if (at < text_.size() && text_[at] == ',') {
      at = skip_blanks(at + 1);
    } else if (at >= text_.size() || text_[at] != ']') {
      throw fault(text_.substr(std::min(at, text_.size())), {}, "expected a comma or a closing bracket");
    }
  }
}

nlohmann::json JsonScan::parse(std::string_view part) {
  auto value = nlohmann::json::parse(part, nullptr, false);
  if (value.is_discarded()) throw fault(part, {}, "this is no valid JSON: '" + readable(part.substr(0, 60)) + "'");
  return value;
}

std::uint64_t JsonScan::line_of(std::string_view part) {
  const std::size_t offset = offset_of(part);
  if (offset < line_at_) {
    line_at_ = 0;
    line_ = 1;
  }
  line_ += static_cast<std::uint64_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(line_at_),
                                                 text_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
  line_at_ = offset;
  return line_;
}

Error JsonScan::fault(std::string_view part, std::string field, std::string problem) {
  return Error(ErrorKind::input, std::move(problem), changed, {name_, line_of(part), 0, std::move(field)});
}

const nlohmann::json& JsonScan::need(const nlohmann::json& row, std::string_view part, const char* field) {
  if (!row.is_object()) throw fault(part, field, "expected an object with this field, found " + kind_of(row));
  const auto found = row.find(field);
  if (found == row.end()) throw fault(part, field, "the field is missing");
  return *found;
}

std::string JsonScan::need_text(const nlohmann::json& row, std::string_view part, const char* field) {
  const nlohmann::json& value = need(row, part, field);
  if (!value.is_string()) throw fault(part, field, "expected a text, found " + kind_of(value));
  return value.get<std::string>();
}

std::string JsonScan::need_scalar(const nlohmann::json& row, std::string_view part, const char* field) {
  const nlohmann::json& value = need(row, part, field);
  if (!value.is_string() && !value.is_number() && !value.is_null())
    throw fault(part, field, "expected a number or a text, found " + kind_of(value));
  return scalar_text(value);
}

std::string JsonScan::text_or_empty(const nlohmann::json& row, std::string_view part, const char* field) {
  if (!row.is_object() || !row.contains(field)) return {};
  return need_scalar(row, part, field);
}

std::string scalar_text(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  if (!value.is_number_float()) return {};
  const double number = value.get<double>();
  char text[32];
  // 2007.0 is a year: whole numbers are written without their point.
  const auto end = std::floor(number) == number && std::fabs(number) < 1e15
                       ? std::to_chars(text, text + sizeof text, static_cast<std::int64_t>(number)).ptr
                       : std::to_chars(text, text + sizeof text, number).ptr;
  return {text, end};
}

std::optional<std::int64_t> json_count(const nlohmann::json& object, const char* field) {
  if (!object.is_object() || !object.contains(field)) return std::nullopt;
  const std::string text = scalar_text(object[field]);
  std::int64_t count = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (status != std::errc() || end != text.data() + text.size() || count < 0) return std::nullopt;
  return count;
}

}  // namespace stocktake
