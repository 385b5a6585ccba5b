#include "cli/trying.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "assess/method_run.h"
#include "base/error.h"
#include "base/text.h"

namespace stocktake {
namespace {

// "20", "-0.5", "2/3".
double number(const std::string& text, const char* option) {
  const auto slash = text.find('/');
  const auto above = parse_finite(std::string_view(text).substr(0, slash));
  const auto below = slash == std::string::npos ? std::optional(1.0) : parse_finite(std::string_view(text).substr(slash + 1));
  if (above && below && *below != 0 && std::isfinite(*above / *below)) return *above / *below;
  throw Error(ErrorKind::usage, std::string(option) + ": '" + text + "' is not a number", "Write it as 20, 0.5 or 2/3");
}

std::pair<double, double> two_numbers(const std::string& text, const char* option) {
  const auto colon = text.find(':');
  if (colon == std::string::npos) {
    throw Error(ErrorKind::usage, std::string(option) + ": '" + text + "' is not a pair of numbers", "Write it as 0.97:1.03");
  }
  return {number(text.substr(0, colon), option), number(text.substr(colon + 1), option)};
}

std::pair<int, double> read_figure(std::string_view text) {
  const auto colon = text.find(':');
  int year = 0;
  const auto read = std::from_chars(text.data(), text.data() + std::min(colon, text.size()), year);
  const bool has_year = colon != std::string_view::npos && read.ec == std::errc() && read.ptr == text.data() + colon;
  const auto value = has_year ? parse_finite(text.substr(colon + 1)) : std::nullopt;
  if (value && year >= 1 && year <= 9999) return {year, *value};
  throw Error(ErrorKind::usage, "--series: '" + std::string(text) + "' is not a figure", "Write it as 2015:40,2022:33");
}

std::vector<std::pair<int, double>> read_series(std::string_view text) {
  std::vector<std::pair<int, double>> figures;
  while (!text.empty()) {
    const auto comma = text.find(',');
    figures.push_back(read_figure(text.substr(0, comma)));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  std::sort(figures.begin(), figures.end());
  for (std::size_t i = 1; i < figures.size(); ++i) {
    if (figures[i].first == figures[i - 1].first) {
      throw Error(ErrorKind::usage, "--series: two figures for " + std::to_string(figures[i].first), "Leave one of them out");
    }
  }
  return figures;
}

TargetRule rule_of(const TryArguments& a) {
  const int promises = static_cast<int>(!a.reach.empty()) + static_cast<int>(!a.reduce_by.empty()) +
                       static_cast<int>(!a.multiply_by.empty()) + static_cast<int>(!a.universal.empty()) +
                       static_cast<int>(a.parity) + static_cast<int>(a.halt_and_reverse);
  if (promises > 1)
    throw Error(ErrorKind::usage, "one promise at a time",
                "Give one of --reach, --reduce-by, --multiply-by, "
                "--universal, --parity, --halt-and-reverse, or none");
  const auto belongs = [](const std::string& text, const char* option, bool there, const char* to) {
    if (!text.empty() && !there)
      throw Error(ErrorKind::usage, std::string(option) + " belongs to " + to, std::string("Add ") + to + ", or leave it out");
  };
  belongs(a.complement, "--complement", !a.reduce_by.empty(), "--reduce-by");
  belongs(a.tolerance, "--tolerance", !a.universal.empty(), "--universal");
  belongs(a.band, "--band", a.parity, "--parity");
  belongs(a.centre, "--centre", a.parity, "--parity");
  TargetRule rule;
  if (!a.reach.empty()) {
    rule.type = RuleType::reach;
    rule.value = number(a.reach, "--reach");
  } else if (!a.universal.empty()) {
    rule.type = RuleType::universal;
    rule.value = number(a.universal, "--universal");
    if (!a.tolerance.empty()) rule.tolerance = number(a.tolerance, "--tolerance");
  } else if (!a.reduce_by.empty()) {
    rule.type = RuleType::reduce_by;
    rule.fraction = number(a.reduce_by, "--reduce-by");
    if (!(rule.fraction > 0 && rule.fraction <= 1)) {
      throw Error(ErrorKind::usage, "--reduce-by: expected a fraction between 0 and 1", "Write it as 2/3 or as 0.4");
    }
    if (!a.complement.empty()) rule.complement = number(a.complement, "--complement");
  } else if (!a.multiply_by.empty()) {
    rule.type = RuleType::multiply_by;
    rule.factor = number(a.multiply_by, "--multiply-by");
  } else if (a.parity) {
    rule.type = RuleType::parity;
    if (!a.band.empty()) std::tie(rule.lower, rule.upper) = two_numbers(a.band, "--band");
    if (!a.centre.empty()) rule.centre = number(a.centre, "--centre");
    if (!(rule.lower <= rule.centre && rule.centre <= rule.upper)) {
      throw Error(ErrorKind::usage, "--parity: the centre is not within the band", "Give --band and --centre together");
    }
  } else if (a.halt_and_reverse) {
    rule.type = RuleType::halt_and_reverse;
  }
  return rule;
}

// The order that a framework file asks for too: worst, red, green, best, rising or falling.
std::optional<SdsnScale> scale_of(const TryArguments& a) {
  const int given = static_cast<int>(!a.worst.empty()) + static_cast<int>(!a.best.empty()) + static_cast<int>(!a.red.empty()) +
                    static_cast<int>(!a.green.empty());
  if (given == 0) return std::nullopt;
  if (given < 4) throw Error(ErrorKind::usage, "an SDSN scale has four values", "Give --worst, --best, --red and --green");
  const SdsnScale scale{number(a.worst, "--worst"), number(a.best, "--best"), number(a.red, "--red"), number(a.green, "--green")};
  const double sense = scale.best > scale.worst ? 1 : -1;
  const bool ordered = scale.best != scale.worst && sense * (scale.red - scale.worst) >= 0 &&
                       sense * (scale.green - scale.red) > 0 && sense * (scale.best - scale.green) >= 0;
  if (!ordered) {
    throw Error(ErrorKind::usage, "the values of the SDSN scale are not in order",
                "Expected --worst, --red, --green, --best to rise or to fall in this order");
  }
  return scale;
}

}  // namespace

void add_try_arguments(CLI::App& command, TryArguments& a) {
  command.add_option("method", a.method, "A method's id, see `stocktake methods`")->required()->option_text("METHOD");
  command.add_option("--series", a.series, "The figures, as 2015:40,2022:33")->required()->option_text("YEAR:VALUE,...");
  command.add_option("--reach", a.reach, "The target is this value")->option_text("VALUE");
  command.add_option("--reduce-by", a.reduce_by, "The target is the base less this part of it, as 2/3")->option_text("PART");
  command.add_option("--complement", a.complement, "... of this less the figure: 100 halves the share without")
      ->option_text("VALUE");
  command.add_option("--multiply-by", a.multiply_by, "The target is the base times this")->option_text("FACTOR");
  command.add_option("--universal", a.universal, "The target is this value for everyone")->option_text("VALUE");
  command.add_option("--tolerance", a.tolerance, "... and within this of it counts as met")->option_text("VALUE");
  command.add_option("--worst", a.worst, "Of the SDSN scale: the value of score 0; with --best, --red and --green")
      ->option_text("VALUE");
  command.add_option("--best", a.best, "... of score 100")->option_text("VALUE");
  command.add_option("--red", a.red, "... the red threshold")->option_text("VALUE");
  command.add_option("--green", a.green, "... the green threshold")->option_text("VALUE");
  command.add_flag("--parity", a.parity, "The target is equality: within the band around the centre");
  command.add_option("--band", a.band, "... the band [0.97:1.03]")->option_text("LOWER:UPPER");
  command.add_option("--centre", a.centre, "... the centre [1]")->option_text("VALUE");
  command.add_flag("--halt-and-reverse", a.halt_and_reverse, "The target is a turn for the better");
  command.add_option("--direction", a.direction, "Which way is better: up or down")
      ->option_text("WAY")
      ->check(CLI::IsMember({"up", "down"}));
  command.add_option("--baseline", a.baseline, "Year from which progress counts [the first of the figures]")->option_text("YEAR");
  command.add_option("--deadline", a.deadline, "Year of the target")->option_text("YEAR");
  command.add_option("--data-until", a.data_until, "Last year of figures that counts")->option_text("YEAR");
  command.add_option("--max-age", a.max_age, "Years before --data-until after which a figure is too old")->option_text("YEARS");
  command.add_option("--lower", a.lower, "Lowest value that the indicator can have")->option_text("VALUE");
  command.add_option("--upper", a.upper, "Highest value that it can have")->option_text("VALUE");
  command.add_option("--set", a.changes, "Another value for a parameter of the method")->option_text("PARAMETER=VALUE ...");
}

Trial trial_of(const TryArguments& a) {
  Trial trial;
  trial.figures = read_series(a.series);
  if (trial.figures.empty()) throw Error(ErrorKind::usage, "--series: there is no figure", "Write it as 2015:40,2022:33");
  trial.rule = rule_of(a);
  trial.indicator.direction = a.direction == "up" ? Direction::up : a.direction == "down" ? Direction::down : Direction::none;
  if (!a.lower.empty()) trial.indicator.bounds.lower = number(a.lower, "--lower");
  if (!a.upper.empty()) trial.indicator.bounds.upper = number(a.upper, "--upper");
  trial.baseline = a.baseline.value_or(trial.figures.front().first);
  const bool promised = trial.rule.type != RuleType::none_quantified && trial.rule.type != RuleType::halt_and_reverse;
  if (promised && !a.deadline) throw Error(ErrorKind::usage, "a target needs a year", "Add --deadline YEAR");
  trial.deadline = a.deadline.value_or(trial.figures.back().first);
  if (a.data_until) trial.data_until = *a.data_until;
  if (trial.indicator.bounds.lower > trial.indicator.bounds.upper) {
    throw Error(ErrorKind::usage, "--lower is above --upper", "Exchange them");
  }
  trial.indicator.sdsn = scale_of(a);
  if (a.max_age) {
    if (!a.data_until) throw Error(ErrorKind::usage, "--max-age needs a year to count from", "Add --data-until YEAR");
    trial.oldest = *a.data_until - *a.max_age;
  }
  return trial;
}

std::vector<double> parameters_of(const Method& method, const std::vector<std::string>& changes) {
  std::vector<double> values = default_parameters(method);
  const auto known = method.parameters();
  for (const std::string& change : changes) {
    const auto equals = change.find('=');
    if (equals == std::string::npos) {
      throw Error(ErrorKind::usage, "--set: expected PARAMETER=VALUE, found '" + change + "'",
                  "`stocktake methods show " + std::string(method.info().id) + "` lists the parameters");
    }
    const MethodParameter& parameter = parameter_of(method, std::string_view(change).substr(0, equals));
    const std::string text = change.substr(equals + 1);
    // What is no finite number is refused with the range, by the same words as a number out of it.
    if (const auto value = parse_finite(text)) {
      values[static_cast<std::size_t>(&parameter - known.data())] = *value;
    } else if (text == "nan" || text == "inf" || text == "-inf") {
      check_parameter(method, parameter, text == "nan" ? no_figure : text == "inf" ? ranges::none : -ranges::none);
    } else {
      values[static_cast<std::size_t>(&parameter - known.data())] = number(text, "--set");
    }
  }
  check_parameters(method, values);
  return values;
}

}  // namespace stocktake
