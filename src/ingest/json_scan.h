// The parts of a JSON text without a tree of the whole: documents that follow each other, members of an object, elements of an
// array. Each is a view that a parser may then take alone, so that memory is bounded by a row and faults have their line.
// Linear time, no recursion.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace stocktake {

// Whether a text that comes in blocks is whole JSON documents, one or more, as far as brackets and quotes tell.
class JsonBrackets {
 public:
  void add(std::string_view block);
  bool complete() const { return any_ && depth_ == 0 && !in_string_ && !broken_; }

 private:
  std::uint64_t depth_ = 0;
  bool any_ = false, in_string_ = false, escaped_ = false, broken_ = false;
};

// True when the text is whole JSON documents, one or more, as far as brackets and quotes tell: an answer that was cut off is not.
bool json_complete(std::string_view text);

class JsonScan {
 public:
  // `name` (a file or a URL) stands in messages. The text must outlive the scan and what it gives out.
  JsonScan(std::string_view text, std::string name);

  // The next document; false at the end. Throws Error(input) for one that ends early.
  bool next(std::string_view& document);
  // Names come without quotes and with their escapes as written. Throws Error(input) for what is no object or no array.
  using Member = std::function<void(std::string_view name, std::string_view value)>;
  using Element = std::function<void(std::string_view value)>;
  void members(std::string_view object, const Member& member);
  void elements(std::string_view array, const Element& element);
  // A part as values; Error(input) with its line where it is no JSON.
  nlohmann::json parse(std::string_view part);
  // 1-based, of the start of a part. Cheap when parts are asked for in their order.
  std::uint64_t line_of(std::string_view part);
  const std::string& name() const { return name_; }

  // The error for a field that is not as expected: Error(input) with name, line and field.
  Error fault(std::string_view part, std::string field, std::string problem);
  // Typed members of a row. `row` is parse(part). Throw fault() where the field is missing or of another type.
  const nlohmann::json& need(const nlohmann::json& row, std::string_view part, const char* field);
  std::string need_text(const nlohmann::json& row, std::string_view part, const char* field);      // a string
  std::string need_scalar(const nlohmann::json& row, std::string_view part, const char* field);    // string, number or null ("")
  std::string text_or_empty(const nlohmann::json& row, std::string_view part, const char* field);  // may be absent or null

 private:
  std::size_t skip_blanks(std::size_t at) const;
  std::size_t value_end(std::size_t at);
  std::size_t string_end(std::size_t at);
  std::size_t offset_of(std::string_view part) const { return static_cast<std::size_t>(part.data() - text_.data()); }
  [[noreturn]] void ends_early(std::size_t at);

  std::string_view text_;
  std::string name_;
  std::size_t at_ = 0;
  std::size_t line_at_ = 0;
  std::uint64_t line_ = 1;
};

// A number or a text as an importer wants it: 2007.0 is "2007", null is "", 59.6 is "59.6".
std::string scalar_text(const nlohmann::json& value);
// A count in a page header: a number, or a text of digits as some services write it. None for anything else.
std::optional<std::int64_t> json_count(const nlohmann::json& object, const char* field);

}  // namespace stocktake
