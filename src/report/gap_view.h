// A Gap report in a reader's language: amounts, states and names. Borrows the report and the translator.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/translate.h"
#include "partnership/views/gap_report.h"

namespace stocktake {

class GapView {
 public:
  GapView(const GapReport& report, const Translator& words) : report_(report), words_(words) {}

  const GapReport& report() const { return report_; }
  const Translator& words() const { return words_; }
  Language language() const { return words_.language(); }
  std::string text(std::string_view key, std::initializer_list<Translator::Argument> arguments = {}) const {
    return words_.text(key, arguments);
  }
  // A word of a fixed list: "gap.status.overdue" for ("status", "overdue").
  std::string word(std::string_view list, std::string_view code) const;

  std::string figure(double value) const;                             // 0.97, 48.4, 1,234; "" for NaN
  std::string money(double amount, std::string_view unit) const;      // "25.0 billion USD"
  std::string measured(double value, const std::string& unit) const;  // "0.3 per cent"
  std::string amount(double value, const Delay& delay) const;         // of either kind
  // A text in another language than the page, so that it keeps its own direction (U+2068, U+2069); as it is on left-to-right
  // pages.
  std::string isolated(const std::string& text) const { return right_to_left(language()) ? "\u2068" + text + "\u2069" : text; }
  std::string share(double fraction) const { return words_.percent(fraction, 0); }
  std::string day(const std::optional<Date>& day) const { return day ? words_.date(*day) : ""; }
  std::string target(const GapLine& line) const;  // "1.A Give 0.7 per cent ..."

 private:
  const GapReport& report_;
  const Translator& words_;
};

}  // namespace stocktake
