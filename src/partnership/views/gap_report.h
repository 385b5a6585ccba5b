// The Gap report: all views of a register on one day, gathered once and rendered by the report layer.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "assess/run.h"
#include "base/table.h"
#include "partnership/views/account.h"
#include "partnership/views/aid_gap.h"
#include "partnership/views/calendar.h"
#include "partnership/views/chain.h"
#include "partnership/views/delay.h"
#include "partnership/views/duties.h"
#include "partnership/views/five_gaps.h"
#include "partnership/views/league.h"
#include "partnership/views/waterfall.h"

namespace stocktake {

// The views point into `accounts`, these into the register, the areas of the gaps into the run: move it, do not copy it, and
// let the register and the run outlive it.
struct GapReport {
  GapReport() = default;
  GapReport(GapReport&&) = default;
  GapReport& operator=(GapReport&&) = default;
  GapReport(const GapReport&) = delete;
  GapReport& operator=(const GapReport&) = delete;

  std::string program;  // "stocktake 0.1.0"
  Accounts accounts;
  std::string register_head;  // hash of the log's last line; "" for an empty register
  std::uint64_t register_entries = 0;
  const AssessmentRun* run = nullptr;  // of the framework mdg-gaps; null without figures
  std::vector<GapArea> gaps;
  std::vector<LeagueRow> league;
  std::vector<Waterfall> waterfalls;
  std::vector<DueDay> calendar;
  std::vector<Delay> delays;
  std::vector<Chain> chains;  // in the order of the register
  std::optional<DutiesOnDay> duties;
  std::optional<AidGap> aid;  // set by the caller, who has the store and the tables of reference/

  const Date& at() const { return accounts.at; }
  std::size_t overdue() const;
  std::size_t kept() const;
};

// `store`, `run` and `duties` may be null.
GapReport gap_report(const Register& all, Date at, const Store* store, const DeliveryContext& context, const AssessmentRun* run,
                     const DutiesOnDay* duties);

// One row a commitment, for csv.
Table to_table(const GapReport& report);

}  // namespace stocktake
