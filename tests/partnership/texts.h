// What the tests of the readers of texts share.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "partnership/texts/document.h"
#include "shared_data.h"

namespace stocktake::testing {

inline std::size_t count(const ResolutionText& text, ClauseKind kind) {
  return static_cast<std::size_t>(std::count_if(text.clauses.begin(), text.clauses.end(), [&](const Clause& clause) { return clause.kind == kind; }));
}
inline const Clause* at(const ResolutionText& text, std::string_view path) {
  const auto found = std::find_if(text.clauses.begin(), text.clauses.end(), [&](const Clause& clause) { return clause.path == path; });
  return found == text.clauses.end() ? nullptr : &*found;
}
// The clause's text; "(none)" where there is no such path, so that a test shows what it looked for.
inline std::string text_of(const ResolutionText& text, std::string_view path) {
  const Clause* clause = at(text, path);
  return clause == nullptr ? "(none)" : clause->text;
}
inline std::vector<std::string> paths(const ResolutionText& text) {
  std::vector<std::string> all;
  for (const Clause& clause : text.clauses) all.push_back(clause.path);
  return all;
}
inline std::vector<std::string> marks(const ResolutionText& text, std::string_view path) {
  std::vector<std::string> all;
  const Clause* clause = at(text, path);
  if (clause == nullptr) return {"(none)"};
  for (const int note : clause->notes) all.push_back(text.footnotes.at(static_cast<std::size_t>(note)).mark);
  return all;
}
inline bool has_fault(const ResolutionText& text, std::string_view words) {
  return std::any_of(text.faults.begin(), text.faults.end(), [&](const TextFault& fault) { return fault.problem.find(words) != std::string::npos; });
}
// The problem of the Error that reading throws; "" where it throws none.
inline std::string refused(std::string_view bytes) {
  try {
    read_resolution_text(bytes, "test");
  } catch (const Error& error) {
    return error.kind() == ErrorKind::input ? error.problem() : "not an input error: " + error.problem();
  }
  return {};
}

}  // namespace stocktake::testing
