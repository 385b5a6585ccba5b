// The Gap report for a terminal.
#include <algorithm>
#include <cmath>

#include "base/table.h"
#include "report/gap_report.h"
#include "report/gap_view.h"

namespace stocktake {
namespace {

class GapTerminal {
 public:
  GapTerminal(const GapView& view, const TextStyle& style) : view_(view), style_(style) {}

  void title() {
    const GapReport& report = view_.report();
    line(strong(view_.text("gap.title")));
    line(view_.text("report.taken_on", {{"date", view_.words().date(report.at())}}));
    if (report.accounts.rows.empty()) {
      line(view_.text("gap.empty"));
      line(view_.text("gap.empty_remedy") + " stocktake commitments import, stocktake commitments add");
    } else {
      line(view_.text("gap.summary", {{"commitments", report.accounts.rows.size()},
                                      {"actors", report.league.size()},
                                      {"kept", report.kept()},
                                      {"overdue", report.overdue()}}));
    }
    if (report.accounts.proposed + report.accounts.later > 0)
      line(view_.text("gap.left_out", {{"proposed", report.accounts.proposed}, {"later", report.accounts.later}}));
  }

  void gaps() {
    const GapReport& report = view_.report();
    if (report.run == nullptr) return;
    heading("gap.five.heading");
    Table out;
    auto& target = out.add_texts(view_.text("column.target"));
    auto& level = out.add_texts(view_.text("gap.column.to_reach"));
    auto& group = out.add_texts(view_.text("gap.column.together"));
    auto& countries = out.add_texts(view_.text("gap.column.countries"));
    auto& commitments = out.add_integers(view_.text("gap.column.commitments"));
    for (const GapArea& area : report.gaps) {
      for (const GapLine& one : area.lines) {
        target.push_back(report.run->targets[one.target].target->code + " " + one.indicator->name.in(view_.language()));
        level.push_back(view_.figure(one.to_reach));
        group.push_back(one.group ? report.run->areas.at(*one.group).code + " " + view_.figure(one.group_value) + " (" +
                                        std::to_string(one.group_year) + ")"
                                  : "");
        const bool judged = std::isfinite(one.to_reach) && one.countries > 0;
        countries.push_back(judged              ? view_.text("report.of", {{"part", one.met}, {"whole", one.countries}})
                            : one.countries > 0 ? std::to_string(one.countries)
                                                : "");
        commitments.push_back(static_cast<std::int64_t>(one.commitments.size()));
      }
    }
    table(out);
  }

  void league() {
    const GapReport& report = view_.report();
    if (report.league.empty()) return;
    heading("gap.league.heading");
    Table out;
    auto& rank = out.add_texts(view_.text("column.rank"));
    auto& actor = out.add_texts(view_.text("gap.column.actor"));
    auto& commitments = out.add_integers(view_.text("gap.column.commitments"));
    auto& kept = out.add_integers(view_.text("gap.column.kept"));
    auto& broken = out.add_integers(view_.text("gap.column.broken"));
    auto& overdue = out.add_integers(view_.text("gap.column.overdue"));
    auto& fulfilled = out.add_texts(view_.text("gap.column.fulfilled"));
    auto& gap = out.add_texts(view_.text("gap.stage.gap"));
    for (const LeagueRow& row : report.league) {
      rank.push_back(row.rank ? std::to_string(*row.rank) : "–");
      actor.push_back(row.actor.name);
      commitments.push_back(row.commitments);
      kept.push_back(row.kept);
      broken.push_back(row.broken);
      overdue.push_back(row.overdue);
      fulfilled.push_back(std::isfinite(row.fulfilled) ? view_.share(row.fulfilled) : "–");
      std::string money;
      for (const LeagueMoney& one : row.money) money += (money.empty() ? "" : "; ") + view_.money(one.gap, one.unit);
      gap.push_back(money);
    }
    table(out);
  }

  void money() {
    if (view_.report().waterfalls.empty()) return;
    heading("gap.waterfall.heading");
    std::size_t labels = 0;
    for (const char* stage : {"promised", "committed", "disbursed", "delivered", "gap"})
      labels = std::max(labels, display_width(view_.word("stage", stage)));
    for (const Waterfall& one : view_.report().waterfalls) {
      line(view_.text("gap.waterfall.unit", {{"unit", one.unit}, {"n", one.commitments}}));
      for (const WaterfallBar& bar : bars_of(one)) {
        const std::string name = view_.word("stage", bar.stage);
        const double whole = one.stages.promised;
        constexpr double columns = 30;
        const auto at = [&](double amount) {
          return whole > 0 ? static_cast<std::size_t>(std::lround(amount / whole * columns)) : std::size_t{0};
        };
        std::string drawn(at(bar.from), ' ');
        for (std::size_t i = at(bar.from); i < at(bar.to); ++i) drawn += style_.ascii ? "#" : "█";
        const std::size_t taken = std::max(at(bar.from), at(bar.to));
        line("  " + name + std::string(labels - display_width(name) + 1, ' ') + drawn +
             std::string(static_cast<std::size_t>(columns) - std::min<std::size_t>(taken, 30) + 1, ' ') +
             view_.money(bar.to - bar.from, one.unit));
      }
    }
  }

  void overdue() {
    std::vector<const DueDay*> days;
    for (const DueDay& day : view_.report().calendar) {
      if (day.state == DueState::overdue) days.push_back(&day);
    }
    if (days.empty()) return;
    heading("gap.overdue.heading");
    Table out;
    auto& when = out.add_texts(view_.text("gap.column.day"));
    auto& late = out.add_texts(view_.text("gap.column.when"));
    auto& actor = out.add_texts(view_.text("gap.column.actor"));
    auto& what = out.add_texts(view_.text("gap.column.commitment"));
    for (const DueDay* day : days) {
      const Commitment& commitment = *day->account->commitment;
      when.push_back(to_string(day->day));
      late.push_back(view_.text("gap.days_ago", {{"n", -day->days}}));
      actor.push_back(commitment.actor.name);
      what.push_back(day->milestone < 0 ? commitment.text : commitment.milestones[static_cast<std::size_t>(day->milestone)].text);
    }
    table(out);
  }

  void delays() {
    const std::vector<Delay>& all = view_.report().delays;
    const auto counted = [](const Delay& delay) {
      return delay.state == DelayState::counted || std::isfinite(delay.undelivered);
    };
    if (std::none_of(all.begin(), all.end(), counted)) return;
    heading("gap.delay.heading");
    Table out;
    auto& commitment = out.add_texts(view_.text("gap.column.commitment"));
    auto& needed = out.add_texts(view_.text("gap.column.needed"));
    auto& after = out.add_texts(view_.text("gap.column.after"));
    auto& undelivered = out.add_texts(view_.text("gap.column.undelivered"));
    for (const Delay& delay : all) {
      if (!counted(delay)) continue;
      commitment.push_back(delay.account->commitment->text);
      needed.push_back(view_.amount(delay.needed, delay));
      after.push_back(view_.amount(delay.after, delay));
      undelivered.push_back(view_.amount(delay.undelivered, delay));
    }
    table(out);
  }

  void duties() {
    if (!view_.report().duties) return;
    const DutiesOnDay& duties = *view_.report().duties;
    heading("gap.duties.heading");
    line(view_.text("gap.duties.summary", {{"n", duties.all.actors},
                                           {"communicated", duties.all.communicated + duties.all.not_yet_due},
                                           {"late", duties.all.late},
                                           {"delisted", duties.all.delisted}}));
  }

  std::string take() { return std::move(text_); }

 private:
  void line(const std::string& text) { text_ += text + "\n"; }
  void heading(const char* key) { text_ += "\n" + strong(view_.text(key)) + "\n"; }
  void table(const Table& out) { text_ += to_text(out, style_.width); }
  std::string strong(const std::string& text) const { return style_.colour ? "\033[1m" + text + "\033[0m" : text; }

  const GapView& view_;
  const TextStyle& style_;
  std::string text_;
};

}  // namespace

std::string render_gap_text(const GapReport& report, const Translator& words, const TextStyle& style) {
  const GapView view(report, words);
  GapTerminal terminal(view, style);
  terminal.title();
  terminal.gaps();
  terminal.league();
  terminal.money();
  terminal.overdue();
  terminal.delays();
  terminal.duties();
  return terminal.take();
}

}  // namespace stocktake
