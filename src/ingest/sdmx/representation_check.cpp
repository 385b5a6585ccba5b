#include "ingest/sdmx/representation_check.h"

#include <unicode/regex.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/utf8.h"
#include "ingest/sdmx/code_selection.h"
#include "ingest/sdmx/period.h"
#include "ingest/sdmx/value_text.h"

namespace stocktake::sdmx {

struct RepresentationCheck::Pattern {
  std::unique_ptr<icu::RegexPattern> compiled;
  bool matches(std::string_view text) const {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString input = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    const std::unique_ptr<icu::RegexMatcher> matcher(compiled->matcher(input, status));
    if (U_FAILURE(status)) return true;
    matcher->setTimeLimit(1000, status);  // of steps: a pattern that backtracks without end is given up, and the text let pass
    const bool found = matcher->matches(status) != 0;
    return U_FAILURE(status) || found;
  }
};

namespace {

bool all_of(std::string_view text, bool (*is)(char)) { return !text.empty() && std::all_of(text.begin(), text.end(), is); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::optional<double> number_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_integer(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return all_of(text, is_digit);
}

// "" for types whose texts are not checked here (String, URI, XHTML ...).
enum class Family { any, integer, number, boolean, alpha, alphanumeric, numeric, year, period };

Family family_of(std::string_view type) {
  const auto one_of = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), type) != names.end();
  };
  if (one_of({"Integer", "BigInteger", "Long", "Short", "Count"})) return Family::integer;
  if (one_of({"Double", "Float", "Decimal", "InclusiveValueRange", "ExclusiveValueRange", "Incremental"})) return Family::number;
  if (type == "Boolean") return Family::boolean;
  if (type == "Alpha") return Family::alpha;
  if (type == "AlphaNumeric") return Family::alphanumeric;
  if (type == "Numeric") return Family::numeric;
  if (one_of({"GregorianYear", "Year"})) return Family::year;
  if (one_of({"ObservationalTimePeriod", "StandardTimePeriod", "BasicTimePeriod", "GregorianTimePeriod", "ReportingTimePeriod"}))
    return Family::period;
  return Family::any;
}

bool is_of(Family family, std::string_view type, std::string_view text) {
  switch (family) {
    case Family::any: return true;
    case Family::integer: {
      if (!is_integer(text)) return false;
      const double value = number_of(text).value_or(HUGE_VAL);
      if (type == "Short") return value >= -32768 && value <= 32767;
      return type != "Count" || value >= 0;
    }
    case Family::number: {
      const std::optional<double> value = number_of(text);
      return text == "NaN" || text == "INF" || text == "-INF" || (value && std::isfinite(*value));
    }
    case Family::boolean: return text == "true" || text == "false" || text == "1" || text == "0";
    case Family::alpha: return all_of(text, is_letter);
    case Family::alphanumeric: return all_of(text, [](char c) { return is_letter(c) || is_digit(c); });
    case Family::numeric: return all_of(text, is_digit);
    case Family::year: return text.size() >= 4 && all_of(text.substr(0, 4), is_digit) && year_of_period(text).reason == nullptr;
    case Family::period: return is_period(text);
  }
  return true;
}

std::int64_t characters(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

std::string quoted(std::string_view text) { return "'" + printable(text.substr(0, 60)) + "'"; }

std::string shown(double value) {
  char buffer[32];
  const auto [end, status] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, status == std::errc() ? end : buffer};
}

std::string named(const Reference& reference) {
  return (reference.agency.empty() ? "" : reference.agency + ":") + reference.id +
         (reference.version.empty() ? "" : "(" + reference.version + ")");
}

}  // namespace

RepresentationCheck::RepresentationCheck(const Structures& structures, const Component& component,
                                         std::vector<std::string>& notes) {
  representation_ = structures.representation_of(component);
  if (representation_ == nullptr) return;
  const Representation& r = *representation_;
  several_ = r.max_occurs != 1 || r.multilingual;
  if (r.enumeration) {
    const Codelist* const list = structures.codelist(*r.enumeration);
    if (list == nullptr || (list->external && list->codes.empty() && list->extensions.empty())) {
      notes.push_back("codes of " + component.id + " were not checked: there is no code list " + named(*r.enumeration));
    } else if (std::string problem; (list_ = codes_of(structures, *list, problem)) == nullptr) {
      notes.push_back("codes of " + component.id + " were not checked: " + problem);
    } else {
      coded_ = true;
      codelist_ = named({{}, list->agency, list->id, list->version, {}}) + (list->partial ? " (a partial list)" : "");
      for (const Code& code : *list_) codes_.insert(code.id);
    }
  }
  if (!r.pattern.empty()) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(r.pattern);
    std::unique_ptr<icu::RegexPattern> compiled(icu::RegexPattern::compile(text, 0, where, status));
    if (U_SUCCESS(status)) {
      pattern_ = std::make_unique<Pattern>(Pattern{std::move(compiled)});
    } else {
      notes.push_back("the pattern of " + component.id + " was not checked: it cannot be read");
    }
  }
  facets_ = pattern_ != nullptr || r.min_length || r.max_length || r.min_value || r.max_value || r.decimals ||
            family_of(r.text_type) != Family::any;
}

RepresentationCheck::~RepresentationCheck() = default;
RepresentationCheck::RepresentationCheck(RepresentationCheck&&) noexcept = default;

const std::vector<Code>& RepresentationCheck::codes() const {
  static const std::vector<Code> none;
  return list_ == nullptr ? none : *list_;
}

std::string RepresentationCheck::problem(std::string_view text) const {
  if (!checks()) return {};
  if (!several_) return problem_of_one(text);
  const std::vector<ComponentValue> values = parse_value_text(text, representation_->multilingual);
  const Representation& r = *representation_;
  if (r.max_occurs > 1 && values.size() > r.max_occurs)
    return std::to_string(values.size()) + " values, expected at most " + std::to_string(r.max_occurs);
  if (r.min_occurs > 1 && values.size() < r.min_occurs)
    return std::to_string(values.size()) + " values, expected at least " + std::to_string(r.min_occurs);
  for (const ComponentValue& value : values) {
    for (const LocalText& one : value) {
      if (std::string problem = problem_of_one(one.text); !problem.empty()) return problem;
    }
  }
  return {};
}

std::string RepresentationCheck::problem_of_one(std::string_view text) const {
  if (coded_) return codes_.contains(text) ? std::string() : "unknown code " + quoted(text) + ", expected one of " + codelist_;
  return problem_of_facets(text);
}

std::string RepresentationCheck::problem_of_facets(std::string_view text) const {
  const Representation& r = *representation_;
  const Family family = family_of(r.text_type);
  if (!is_of(family, r.text_type, text)) return "expected a text of type " + r.text_type + ", found " + quoted(text);
  if (const std::int64_t length = characters(text); r.min_length && length < *r.min_length) {
    return "expected at least " + std::to_string(*r.min_length) + " characters, found " + quoted(text);
  } else if (r.max_length && length > *r.max_length) {
    return "expected at most " + std::to_string(*r.max_length) + " characters, found " + std::to_string(length);
  }
  if (r.min_value || r.max_value) {
    const std::optional<double> value = number_of(text);
    if (!value) return text == "NaN" ? std::string() : "expected a number, found " + quoted(text);
    const bool open = r.text_type == "ExclusiveValueRange";
    if (r.min_value && (*value < *r.min_value || (open && *value == *r.min_value)))
      return "expected " + std::string(open ? "more than " : "at least ") + shown(*r.min_value) + ", found " + quoted(text);
    if (r.max_value && (*value > *r.max_value || (open && *value == *r.max_value)))
      return "expected " + std::string(open ? "less than " : "at most ") + shown(*r.max_value) + ", found " + quoted(text);
  }
  if (r.decimals) {
    const std::size_t point = text.find('.');
    const auto given = point == std::string_view::npos                                             ? std::size_t{0}
                       : text.find_first_not_of("0123456789", point + 1) == std::string_view::npos ? text.size() - point - 1
                                                                                                   : std::size_t{0};
    if (static_cast<std::int64_t>(given) > *r.decimals)
      return "expected at most " + std::to_string(*r.decimals) + " decimals, found " + quoted(text);
  }
  if (pattern_ && !pattern_->matches(text)) return "expected the pattern " + quoted(r.pattern) + ", found " + quoted(text);
  return {};
}

}  // namespace stocktake::sdmx
