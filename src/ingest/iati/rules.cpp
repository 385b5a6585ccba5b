#include "ingest/iati/rules.h"

#include <cmath>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <regex>
#include <set>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ingest/iati/reader.h"

namespace stocktake::iati {
namespace {

using pugi::xpath_node;
using pugi::xpath_query;
using Json = nlohmann::ordered_json;

struct CodePath {
  std::string path, list;  // as told
  xpath_query query;       // from the activity
};

enum class RuleKind : std::uint8_t { at_least_one, no_more_than_one, date_order, regex, sum };

struct Rule {
  RuleKind kind;
  std::vector<std::string> paths;  // as told
  std::vector<xpath_query> queries;
  std::regex pattern;
  double sum = 0;
};

struct Context {
  std::string path;
  xpath_query query;
  std::vector<Rule> rules;
};

xpath_node element_of(const xpath_node& node) { return node.attribute() ? xpath_node(node.parent()) : node; }

std::string_view value_of(const xpath_node& node) {
  return trimmed(node.attribute()                           ? node.attribute().value()
                 : node.node().type() == pugi::node_element ? node.node().child_value()
                                                            : node.node().value());
}

std::string joined_paths(const Rule& rule) { return joined(rule.paths, ", "); }

}  // namespace

struct Rules::State {
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> lists;
  std::vector<CodePath> codes;
  std::vector<Context> contexts;

  static std::uint64_t line_of(std::string_view text, std::uint64_t first, const xpath_node& at) {
    pugi::xml_node node = at.attribute() ? at.parent() : at.node();
    if (node.type() != pugi::node_element) node = node.parent();
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
    for (const char* from = text.data();; ++first) {
      const auto* next = static_cast<const char*>(std::memchr(from, '\n', static_cast<std::size_t>(text.data() + offset - from)));
      if (next == nullptr) return first;
      from = next + 1;
    }
  }

  void load_rules(const std::string& path) {
    const Json root = Json::parse(read_file(path));
    for (const auto& [where, rules] : root.items()) {
      Context context{where, xpath_query(where.c_str()), {}};
      for (const auto& [name, rule] : rules.items()) {
        for (const Json& one : rule.at("cases")) {
          Rule made{};
          const auto add = [&](const std::string& text) {
            made.paths.push_back(text);
            // NOW is the day of the check, no path.
            made.queries.emplace_back(text == "NOW" ? "false()" : text.c_str());
          };
          if (name == "date_order") {
            made.kind = RuleKind::date_order;
            add(one.at("less").get<std::string>());
            add(one.at("more").get<std::string>());
          } else {
            made.kind = name == "atleast_one"        ? RuleKind::at_least_one
                        : name == "no_more_than_one" ? RuleKind::no_more_than_one
                        : name == "regex_matches"    ? RuleKind::regex
                        : name == "sum"              ? RuleKind::sum
                                        : throw Error(ErrorKind::input, "unknown rule '" + name + "'", "", {path, 0, 0, {}});
            for (const Json& text : one.at("paths")) add(text.get<std::string>());
            if (made.kind == RuleKind::regex) made.pattern = std::regex(one.at("regex").get<std::string>());
            if (made.kind == RuleKind::sum) made.sum = one.at("sum").get<double>();
          }
          context.rules.push_back(std::move(made));
        }
      }
      contexts.push_back(std::move(context));
    }
  }

  void check_codes(const pugi::xml_node& activity,
                   const std::function<void(const xpath_node&, const char*, std::string, std::string)>& tell) const {
    for (const CodePath& path : codes) {
      const auto& list = lists.at(path.list);
      for (const xpath_node& found : activity.select_nodes(path.query)) {
        const std::string_view code = value_of(found);
        if (code.empty() || list.count(code) != 0) continue;
        tell(found, "code", path.path, "'" + printable(code.substr(0, 60)) + "' is not in the list " + path.list);
      }
    }
  }

  void check_rule(const xpath_node& at, const Rule& rule,
                  const std::function<void(const xpath_node&, const char*, std::string, std::string)>& tell,
                  const std::string& where) const {
    std::size_t count = 0;
    double sum = 0;
    std::vector<std::pair<xpath_node, std::string>> values;
    for (const xpath_query& query : rule.queries) {
      if (query.return_type() == pugi::xpath_type_boolean) {
        values.emplace_back(at, to_string(today()));
        continue;
      }
      const pugi::xpath_node_set found = query.evaluate_node_set(at);
      count += found.size();
      for (const xpath_node& node : found) {
        const std::string value(value_of(node));
        sum += parse_decimal(value).value_or(0);
        if (rule.kind == RuleKind::regex && !value.empty() && value.size() < 1000 && !std::regex_match(value, rule.pattern)) {
          tell(node, "rule", where, "'" + printable(value.substr(0, 60)) + "' holds one of the characters / & | ?");
        }
      }
      if (rule.kind == RuleKind::date_order && !found.empty()) values.emplace_back(found.first(), value_of(found.first()));
    }
    switch (rule.kind) {
      case RuleKind::at_least_one:
        if (count == 0) tell(at, "rule", where, "at least one must be given: " + joined_paths(rule));
        break;
      case RuleKind::no_more_than_one:
        if (count > 1) tell(at, "rule", where, "no more than one may be given: " + joined_paths(rule));
        break;
      case RuleKind::sum:
        if (count > 0 && std::abs(sum - rule.sum) > 1e-6) {
          tell(at, "rule", where, joined_paths(rule) + " add up to " + number_of(sum) + ", expected " + number_of(rule.sum));
        }
        break;
      case RuleKind::date_order: {
        if (values.size() != 2) break;
        const auto less = parse_iso_date(values[0].second);
        const auto more = parse_iso_date(values[1].second);
        if (less && more && *less > *more) {
          tell(values[0].first, "rule", where,
               rule.paths[0] + " (" + to_string(*less) + ") is after " + (rule.paths[1] == "NOW" ? "today" : rule.paths[1]) +
                   " (" + to_string(*more) + ")");
        }
        break;
      }
      case RuleKind::regex: break;
    }
  }

  static std::string number_of(double value) {
    std::string text = std::to_string(value);
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    return text;
  }
};

Rules::Rules() : state_(std::make_unique<State>()) {}
Rules::~Rules() = default;
Rules::Rules(Rules&&) noexcept = default;
Rules& Rules::operator=(Rules&&) noexcept = default;

Rules Rules::load(const std::string& folder) {
  Rules rules;
  State& state = *rules.state_;
  for (const char* name : {"/codelists.csv", "/codelists_more.csv"}) {
    for (const auto& row : read_small_csv(folder + name, {"list", "code"}).rows) state.lists[row[0]].insert(row[1]);
  }
  constexpr std::string_view prefix = "//iati-activity/";
  for (const auto& row : read_small_csv(folder + "/code_paths.csv", {"path", "list", "condition"}).rows) {
    if (!row[0].starts_with(prefix) || state.lists.count(row[1]) == 0) continue;  // the version of the file is checked apart
    std::string path = row[0].substr(prefix.size());
    const std::string told = "iati-activity/" + path;
    if (!row[2].empty()) path.insert(path.rfind('/'), "[" + row[2] + "]");
    state.codes.push_back({told, row[1], xpath_query(path.c_str())});
  }
  try {
    state.load_rules(folder + "/ruleset_203.json");
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::input, std::string("the ruleset cannot be read: ") + error.what(),
                "Make it again with tools/make_iati_schema.py", {folder + "/ruleset_203.json", 0, 0, {}});
  }
  return rules;
}

bool Rules::known(std::string_view list, std::string_view code) const {
  const auto found = state_->lists.find(list);
  return found == state_->lists.end() || found->second.count(code) != 0;
}

void Rules::check(std::string_view text, std::uint64_t line, bool codes, const FindingSink& sink) const {
  pugi::xml_document document;
  constexpr unsigned flags = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute;
  if (!document.load_buffer(text.data(), text.size(), flags, pugi::encoding_utf8)) return;
  const pugi::xml_node activity = document.first_child();
  const std::string identifier = printable(trimmed(activity.child("iati-identifier").child_value()));
  const auto tell = [&](const xpath_node& at, const char* kind, std::string path, std::string message) {
    sink({State::line_of(text, line, element_of(at)), Severity::warning, kind, identifier, std::move(path), std::move(message)});
  };
  if (codes) state_->check_codes(activity, tell);
  for (const Context& context : state_->contexts) {
    for (const xpath_node& at : document.select_nodes(context.query)) {
      for (const Rule& rule : context.rules) state_->check_rule(at, rule, tell, context.path.substr(2));
    }
  }
}

}  // namespace stocktake::iati
