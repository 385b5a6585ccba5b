#include "ingest/sdmx/version.h"

#include <algorithm>

namespace stocktake::sdmx {
namespace {

std::string_view take_part(std::string_view& rest) {
  const std::size_t dot = std::min(rest.find('.'), rest.size());
  const std::string_view part = rest.substr(0, dot);
  rest.remove_prefix(std::min(dot + 1, rest.size()));
  return part;
}

std::string_view take_extension(std::string_view& version) {
  const std::size_t dash = std::min(version.find('-'), version.size());
  const std::string_view extension = version.substr(dash);
  version = version.substr(0, dash);
  return extension;
}

// Numbers of any length; other texts by their bytes.
int compare_parts(std::string_view left, std::string_view right) {
  const auto number = [](std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (number(left) && number(right)) {
    for (std::string_view* one : {&left, &right}) one->remove_prefix(std::min(one->find_first_not_of('0'), one->size()));
    if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
  }
  const int order = left.compare(right);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

}  // namespace

int compare_versions(std::string_view left, std::string_view right) {
  const std::string_view left_extension = take_extension(left), right_extension = take_extension(right);
  while (!left.empty() || !right.empty()) {
    const int order = compare_parts(take_part(left), take_part(right));
    if (order != 0) return order;
  }
  if (left_extension.empty() != right_extension.empty()) return left_extension.empty() ? 1 : -1;
  return left_extension == right_extension ? 0 : left_extension < right_extension ? -1 : 1;
}

bool version_fits(std::string_view version, std::string_view wanted) {
  if (wanted.empty() || wanted == "latest" || wanted == "*") return true;
  if (version == wanted) return true;
  const std::string_view extension = take_extension(version), wanted_extension = take_extension(wanted);
  if (extension != wanted_extension && wanted_extension != "-*") return false;
  bool newer_will_do = false;
  while (!version.empty() || !wanted.empty()) {
    std::string_view want = take_part(wanted);
    const std::string_view have = take_part(version);
    if (want == "*") return true;
    const bool plus = want.ends_with('+');
    if (plus) want.remove_suffix(1);
    newer_will_do = newer_will_do || plus;
    const int order = compare_parts(have, want);
    if (order != 0) return newer_will_do && order > 0;
  }
  return true;
}

}  // namespace stocktake::sdmx
