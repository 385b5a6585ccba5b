// Small questions about names and codes: which forms they have, and which known name a mistyped one is near to.
#include <algorithm>
#include <numeric>
#include <utility>

#include "framework/reader.h"

namespace stocktake {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

template <typename Test>
bool all_of(std::string_view text, Test test) {
  return !text.empty() && std::all_of(text.begin(), text.end(), test);
}

// The number of letters to insert, drop, replace or swap with a neighbour (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before, previous, row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    before = std::exchange(previous, row);
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      row[j + 1] = std::min({previous[j] + (a[i] == b[j] ? 0 : 1), row[j] + 1, previous[j + 1] + 1});
      const bool swapped = i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j];
      if (swapped) row[j + 1] = std::min(row[j + 1], before[j - 1] + 1);
    }
  }
  return row.back();
}

}  // namespace

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
  constexpr std::size_t longest = 64;  // a longer name is no typing slip, and the distance costs its length squared
  if (name.size() > longest) return {};
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    if (const std::size_t d = distance(name, candidate); d < best_distance) {
      best = candidate;
      best_distance = d;
    }
  }
  return best.empty() ? std::string() : "Did you mean '" + std::string(best) + "'?";
}

std::string alternatives(std::span<const std::string_view> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text;
}

bool is_id(std::string_view text) {
  return !text.empty() && is_lower(text[0]) && all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_goal_code(std::string_view text) {
  bool after_joint = true;
  for (const char c : text) {
    const bool joint = c == '.' || c == '-';
    if (joint ? after_joint : !(is_digit(c) || is_lower(c) || is_upper(c))) return false;
    after_joint = joint;
  }
  return !after_joint;
}

bool is_unit_code(std::string_view text) {
  return all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

bool is_upper_code(std::string_view text) {
  return all_of(text, [](char c) { return is_upper(c) || is_digit(c) || c == '_'; });
}

bool reads_as_other_type(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; });
  for (const std::string_view word : {"true", "false", "yes", "no", "on", "off", ".nan", ".inf", "null", "~"}) {
    if (lower == word) return true;
  }
  std::string_view rest = lower;
  if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
  if (rest.empty() || !(is_digit(rest[0]) || rest[0] == '.')) return false;
  if (rest.starts_with("0x") || rest.starts_with("0o")) {
    return all_of(rest.substr(2), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
  }
  // Digits with at most one point, an exponent, thousands as 1_000, minutes as 1:30, a date as 2015-12-31.
  if (std::count(rest.begin(), rest.end(), '.') > 1 || std::none_of(rest.begin(), rest.end(), is_digit)) return false;
  if (std::count(rest.begin(), rest.end(), '-') == 2 && rest.size() >= 8) {
    return all_of(rest, [](char c) { return is_digit(c) || c == '-'; });
  }
  const std::size_t exponent = rest.find('e');
  const std::string_view mantissa = rest.substr(0, exponent);
  if (exponent != std::string_view::npos) {
    std::string_view power = rest.substr(exponent + 1);
    if (power.starts_with('-') || power.starts_with('+')) power.remove_prefix(1);
    if (!all_of(power, is_digit)) return false;
  }
  return all_of(mantissa, [](char c) { return is_digit(c) || c == '.' || c == '_' || c == ':'; });
}

}  // namespace stocktake
