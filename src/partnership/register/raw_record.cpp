#include "partnership/register/raw_record.h"

#include <algorithm>
#include <iterator>

#include "base/files.h"
#include "base/text.h"
#include "base/utf8.h"
#include "framework/reader.h"
#include "framework/yaml_tree.h"
#include "partnership/register/assign.h"

namespace stocktake {
namespace {

using nlohmann::json;

constexpr std::size_t deepest = 64;

[[noreturn]] void refuse(const std::string& path, std::uint64_t line, const std::string& problem, const std::string& remedy) {
  throw Error(ErrorKind::input, problem, remedy, {path, line, 0, {}});
}

// Gives the parser the bytes and counts the lines that it has taken.
struct CountingIterator {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at = nullptr;
  std::uint64_t* line = nullptr;

  reference operator*() const { return *at; }
  CountingIterator& operator++() {
    if (*at == '\n') ++*line;
    ++at;
    return *this;
  }
  CountingIterator operator++(int) {
    const CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at == other.at; }
};

// Where the records of a JSON text and their fields stand.
class JsonLines : public nlohmann::json_sax<json> {
 public:
  explicit JsonLines(const std::uint64_t& line) : line_(line) {}

  std::vector<RawRecord> records;
  bool too_deep = false;

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(json::number_integer_t) override { return true; }
  bool number_unsigned(json::number_unsigned_t) override { return true; }
  bool number_float(json::number_float_t, const std::string&) override { return true; }
  bool string(std::string&) override { return true; }
  bool binary(json::binary_t&) override { return true; }
  bool start_object(std::size_t) override {
    if (record_ == 0 && in_list()) {
      record_ = frames_.size() + 1;
      RawRecord record;
      record.line = line_;
      records.push_back(std::move(record));
    }
    return push(true);
  }
  bool key(std::string& name) override {
    frames_.back().key = name;
    if (record_ == 0) return true;
    std::string path;
    for (std::size_t i = record_ - 1; i < frames_.size(); ++i) {
      if (!frames_[i].object) continue;
      if (!path.empty()) path += '.';
      path += frames_[i].key;
    }
    records.back().lines.try_emplace(std::move(path), line_);
    return true;
  }
  bool end_object() override {
    frames_.pop_back();
    if (frames_.size() + 1 == record_) record_ = 0;
    return true;
  }
  bool start_array(std::size_t) override { return push(false); }
  bool end_array() override {
    frames_.pop_back();
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const json::exception&) override { return false; }

 private:
  struct Frame {
    bool object = false;
    std::string key;
  };
  bool in_list() const {
    if (frames_.size() == 1) return !frames_[0].object;
    return frames_.size() == 2 && frames_[0].object && frames_[0].key == "commitments" && !frames_[1].object;
  }
  bool push(bool object) {
    too_deep = frames_.size() >= deepest;
    if (!too_deep) frames_.push_back({object, {}});
    return !too_deep;
  }
  const std::uint64_t& line_;
  std::vector<Frame> frames_;
  std::size_t record_ = 0;  // depth of the record's own frame; 0: outside
};

json json_of(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::null: return nullptr;
    case YamlNode::Kind::list: {
      json list = json::array();
      for (const YamlNode& item : node.items) list.push_back(json_of(item));
      return list;
    }
    case YamlNode::Kind::map: {
      json object = json::object();
      for (std::size_t i = 0; i < node.keys.size(); ++i) object[node.keys[i].text] = json_of(node.items[i]);
      return object;
    }
    case YamlNode::Kind::scalar: break;
  }
  if (node.quoted) return node.text;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  if (node.text.size() == 4 && parse_date(node.text)) return std::stoul(node.text);  // a year
  if (const auto number = parse_finite(node.text)) return *number;
  return node.text;
}

void lines_of(const YamlNode& node, const std::string& path, std::map<std::string, std::uint64_t, std::less<>>& lines) {
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const std::string field = path.empty() ? node.keys[i].text : path + "." + node.keys[i].text;
    lines.try_emplace(field, node.keys[i].line);
    lines_of(node.items[i], field, lines);
  }
  if (node.kind == YamlNode::Kind::list) {
    for (const YamlNode& item : node.items) lines_of(item, path, lines);
  }
}

// The list itself, or the one under "commitments".
const char* const expected_list = "expected a list of commitments, or an object with a list 'commitments'";

}  // namespace

std::vector<RawRecord> records_of_json(std::string_view text, const std::string& path) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::uint64_t line = 1;
  JsonLines lines(line);
  const CountingIterator begin{text.data(), &line}, end{text.data() + text.size(), &line};
  const bool read = json::sax_parse(begin, end, &lines);
  if (lines.too_deep)
    refuse(path, line, "the JSON is nested deeper than " + std::to_string(deepest),
           "Commitments are flat: see docs/commitments.md");
  if (!read) refuse(path, line, "the JSON is broken there", "Check commas, quotation marks and brackets; the text must be UTF-8");
  json all = json::parse(text);
  json* list = &all;
  if (all.is_object() && all.contains("commitments")) list = &all["commitments"];
  if (!list->is_array()) refuse(path, 1, expected_list, "See docs/commitments.md");
  std::size_t next = 0;
  std::vector<RawRecord> records;
  for (json& value : *list) {
    if (!value.is_object())
      refuse(path, next < lines.records.size() ? lines.records[next].line : line, "expected a commitment, an object with fields",
             "");
    records.push_back(std::move(lines.records.at(next++)));
    records.back().value = std::move(value);
  }
  return records;
}

std::vector<RawRecord> records_of_yaml(std::string_view text, const std::string& path) {
  if (!valid_utf8(text)) refuse(path, 0, "the file is not UTF-8", "Save it as UTF-8");
  std::vector<Diagnostic> faults;
  const auto tree = parse_yaml(text, path, faults);
  if (!faults.empty() || !tree) {
    if (faults.empty()) refuse(path, 1, expected_list, "See docs/commitments.md");
    throw Error(ErrorKind::input, faults.front().message, faults.front().remedy, faults.front().where);
  }
  const YamlNode* list = tree->kind == YamlNode::Kind::map ? tree->find("commitments") : &*tree;
  if (list == nullptr || list->kind != YamlNode::Kind::list) refuse(path, tree->line, expected_list, "See docs/commitments.md");
  std::vector<RawRecord> records;
  for (const YamlNode& item : list->items) {
    RawRecord record;
    record.value = json_of(item);
    record.line = item.line;
    lines_of(item, "", record.lines);
    records.push_back(std::move(record));
  }
  return records;
}

namespace {

std::size_t start_of_line(std::string_view text, std::uint64_t line) {
  std::size_t at = 0;
  for (std::uint64_t n = 1; n < line; ++n) at = text.find('\n', at) + 1;
  return at;
}

}  // namespace

std::vector<RawRecord> records_of_csv(std::string_view text, const std::string& path) {
  // A quotation mark that nothing closes takes all that follows with it: the rows before it are read, that one is told.
  SmallCsv csv;
  std::optional<Error> torn;
  try {
    csv = split_csv(std::string(text), path);
  } catch (const Error& error) {
    if (error.where().line <= 1) throw;
    torn = error;
    csv = split_csv(std::string(text.substr(0, start_of_line(text, error.where().line))), path);
  }
  if (csv.rows.empty()) refuse(path, 1, "the file is empty, expected a header line", "See docs/commitments.md for the columns");
  const std::vector<std::string>& header = csv.rows.front();
  std::vector<std::string> paths;
  for (const std::string& name : header) {
    paths.push_back(field_path(name));
    if (paths.back().empty()) {
      json scratch;
      try {
        assign_field(scratch, name, "");
      } catch (const Error& error) {
        throw Error(ErrorKind::input, "there is no column '" + printable(name) + "'", error.remedy(),
                    {path, 1, 0, printable(name)});
      }
    }
    if (std::count(paths.begin(), paths.end(), paths.back()) > 1)
      refuse(path, 1, "two columns for '" + paths.back() + "'", "Leave one out");
  }
  std::vector<RawRecord> records;
  for (std::size_t r = 1; r < csv.rows.size(); ++r) {
    RawRecord record;
    record.value = json::object();
    record.line = csv.lines[r];
    const auto& row = csv.rows[r];
    if (row.size() != header.size()) {
      record.fault = Error(ErrorKind::input,
                           "the row has " + std::to_string(row.size()) + " fields, the header " + std::to_string(header.size()),
                           "Quote fields that hold commas");
    }
    for (std::size_t i = 0; i < std::min(row.size(), header.size()) && !record.fault; ++i) {
      if (row[i].empty()) continue;
      try {
        assign_field(record.value, header[i], row[i]);
      } catch (const Error& error) {
        record.fault = error;
      }
    }
    records.push_back(std::move(record));
  }
  if (torn) {
    RawRecord record;
    record.value = json::object();
    record.line = torn->where().line;
    record.fault = std::move(torn);
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace stocktake
