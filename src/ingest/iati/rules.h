// Codes and rules of the standard, checked on one activity: reference/iati/codelists.csv, code_paths.csv and ruleset_203.json.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "ingest/iati/finding.h"

namespace stocktake::iati {

class Rules {
 public:
  // The tables of a folder (data_home() + "/reference/iati"). Throws Error(input | not_found).
  static Rules load(const std::string& folder);
  ~Rules();
  Rules(Rules&&) noexcept;
  Rules& operator=(Rules&&) noexcept;

  // `text` is one activity that begins in line `line`. Codes are those of version 2.0x: with `codes` false only the rules are
  // checked. What is not well-formed is passed over in silence.
  void check(std::string_view text, std::uint64_t line, bool codes, const FindingSink& sink) const;
  bool known(std::string_view list, std::string_view code) const;  // true, too, for a list that there is no copy of

 private:
  struct State;
  Rules();
  std::unique_ptr<State> state_;
};

}  // namespace stocktake::iati
