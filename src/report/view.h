// A run as a reader sees it: names in the reader's language, figures with sensible digits, marks and numbered sources.
// Borrows everything; the run, the stocktaking, the insights and the translator must outlive it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "assess/insights.h"
#include "assess/run.h"
#include "assess/stocktaking.h"
#include "base/translate.h"

namespace stocktake {

struct Figure {
  int year = 0;
  double value = no_figure, lower = no_figure, upper = no_figure;
};

class View {
 public:
  View(const AssessmentRun& run, const Stocktaking& stock, const Insights& insights, const Translator& words);

  const AssessmentRun& run() const { return run_; }
  const Stocktaking& stock() const { return stock_; }
  const Insights& insights() const { return insights_; }
  const Translator& words() const { return words_; }
  Language language() const { return words_.language(); }
  // Shorthand for words().text().
  std::string text(std::string_view key, std::initializer_list<Translator::Argument> arguments = {}) const {
    return words_.text(key, arguments);
  }

  // Names.
  const std::string& area(AreaId id) const { return run_.areas.at(id).name.in(language()); }
  const std::string& code(std::uint16_t target) const { return run_.targets[target].target->code; }
  const std::string& title(std::uint16_t target) const { return run_.targets[target].target->title.in(language()); }
  std::string target(std::uint16_t target) const;      // "4.A Cut under-five mortality by two thirds"
  std::string indicator(const Assessment& row) const;  // "4.1 Under-five mortality rate"
  std::string unit(const Assessment& row) const;       // in words where i18n has them, else the code

  // The chart: places count stock().targets and stock().groups. Null where there is no series.
  const Assessment* cell(std::size_t target, std::size_t group) const;
  std::vector<int> judged_by_group() const;  // how many cells of each group hold a judgement by the MDG rule

  // Figures. "" for no figure.
  std::string value(double value) const;                   // 0.97, 48.4, 1,234
  std::string latest(const Assessment& row) const;         // with the source's own "<" or ">"
  std::string latest_year(const Assessment& row) const;    // "2010", "" when there is none
  std::string observed_pace(const Assessment& row) const;  // "−2.8%" a year, else in units of the indicator
  std::string needed_pace(const Assessment& row) const;
  std::string acceleration(const Assessment& row) const;     // "×2.3", "" when the series moves the wrong way or has met
  std::string year_met(const Assessment& row) const;         // the first year whose figure meets the target at this pace
  std::vector<Figure> figures(const Assessment& row) const;  // those on which stock is taken, from the baseline on

  // Outlook for the deadline. Null without a forecast: too few figures, deadline past, figures too old.
  const Outlook* outlook(const Assessment& row) const;
  bool has_outlooks() const { return has_outlooks_; }     // of any row; where none is, columns and keys are left out
  std::string chance(const Assessment& row) const;        // that the target is met by its deadline: "<1%", "42%", ">99%"
  std::string likely_range(const Assessment& row) const;  // "31.2–40.5": 80 % of what the model expects at the deadline
  std::string likely_year(const Assessment& row) const;   // "2021 (2018–2027)": middle year of achievement, and 80 % of them
  std::string pace_before(const Assessment& row) const;   // "7 of 143" countries made the needed pace from a similar level
  std::string millions(double people) const;              // "12.3 million"
  std::string rank_range(const Stability& rank) const;    // "1–4"; "" where no ranks were drawn

  // Marks: † aggregated here, ‡ a near series, § judged by a documented proxy.
  std::string marks(const Assessment& row) const;
  // Sources of the rows that the document shows, numbered from 1 in the order in which they are met.
  std::size_t source(const Assessment& row) const;  // 0: the document does not show the row
  const std::vector<std::string>& sources() const { return sources_; }

  double elapsed() const;  // share of the time from the end of the baseline year, 0 to 1
  std::string rule_words(const Framework& framework, const Target& target, const TargetRule& rule) const;

 private:
  const AssessmentRun& run_;
  const Stocktaking& stock_;
  const Insights& insights_;
  const Translator& words_;
  std::vector<std::string> sources_;
  std::vector<std::uint32_t> source_of_row_;  // parallel to run.rows
  std::vector<std::int32_t> pace_of_row_;     // … into insights.paces, or -1
  bool has_outlooks_ = false;
};

}  // namespace stocktake
