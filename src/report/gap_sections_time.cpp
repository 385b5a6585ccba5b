// The parts of the Gap report about time: what fell due, and what a year of delay is. And reporting duties.
#include <algorithm>
#include <cmath>

#include "report/gap_sections.h"
#include "report/grid.h"

namespace stocktake {
namespace {

constexpr std::size_t late_actors_shown = 100;

std::string days_text(const GapView& view, const DueDay& day) {
  if (day.days == 0) return view.text("gap.today");
  return view.text(day.days < 0 ? "gap.days_ago" : "gap.in_days", {{"n", std::abs(day.days)}});
}

void write_counts(Html& html, const GapView& view, const std::vector<DutyCounts>& counts, const char* heading) {
  Grid grid(html, view.text(heading),
            {{view.text(heading)},
             {view.text("gap.column.actors"), true},
             {view.word("duty", "communicated"), true},
             {view.word("duty", "not_yet_due"), true},
             {view.word("duty", "late"), true},
             {view.word("duty", "delisted"), true}});
  for (const DutyCounts& one : counts) {
    grid.row();
    grid.header(one.name.empty() ? view.text("gap.not_told") : one.name);
    for (const int n : {one.actors, one.communicated, one.not_yet_due, one.late, one.delisted}) grid.cell(std::to_string(n));
  }
  grid.finish();
}

}  // namespace

void write_calendar(Html& html, const GapView& view, bool chapter) {
  GapPart part(html, view, "calendar", chapter);
  if (view.report().calendar.empty()) {
    html.element("p", view.text("gap.calendar.none"));
    part.finish();
    return;
  }
  Grid grid(html, view.text("gap.calendar.heading"),
            {{view.text("gap.column.day")},
             {view.text("gap.column.when")},
             {view.text("gap.column.state")},
             {view.text("gap.column.actor")},
             {view.text("gap.column.commitment")}});
  for (const DueDay& day : view.report().calendar) {
    const Commitment& commitment = *day.account->commitment;
    grid.row();
    grid.header(view.day(day.day));
    grid.cell(days_text(view, day));
    Html& cell = grid.open();
    cell.element("span", {{"class", "swatch due-" + std::string(to_string(day.state))}}, view.word("due", to_string(day.state)));
    grid.close();
    grid.cell(view.isolated(commitment.actor.name));
    Html& what = grid.open();
    what.element("bdi", day.milestone < 0
                            ? commitment.text
                            : view.text("gap.milestone_of",
                                        {{"milestone", commitment.milestones[static_cast<std::size_t>(day.milestone)].text},
                                         {"commitment", commitment.text}}));
    grid.close();
  }
  grid.finish();
  part.finish();
}

void write_delays(Html& html, const GapView& view, bool chapter) {
  GapPart part(html, view, "delay", chapter);
  const auto told = [](const Delay& delay) { return delay.state != DelayState::no_figures; };
  const std::vector<Delay>& all = view.report().delays;
  if (std::none_of(all.begin(), all.end(), told)) {
    html.element("p", view.text("gap.delay.none"));
    part.finish();
    return;
  }
  Grid grid(html, view.text("gap.delay.heading"),
            {{view.text("gap.column.commitment")},
             {view.text("gap.column.missing"), true},
             {view.text("gap.column.needed"), true},
             {view.text("gap.column.after"), true},
             {view.text("gap.column.added"), true},
             {view.text("gap.column.acceleration"), true},
             {view.text("gap.column.undelivered"), true},
             {view.text("gap.column.state")}});
  for (const Delay& delay : all) {
    if (!told(delay)) continue;
    const auto pace = [&](double value) {
      const std::string text = view.amount(value, delay);
      return text.empty() ? text : view.text("report.units_a_year", {{"value", text}});
    };
    std::string acceleration;
    if (std::isfinite(delay.acceleration)) {
      acceleration = "×" + view.figure(delay.acceleration);
      if (std::isfinite(delay.acceleration_after)) acceleration += " → ×" + view.figure(delay.acceleration_after);
    }
    grid.row();
    grid.header(view.isolated(delay.account->commitment->text));
    grid.cell(view.amount(delay.missing, delay));
    grid.cell(pace(delay.needed));
    grid.cell(pace(delay.after));
    grid.cell(pace(delay.added));
    grid.cell(acceleration);
    grid.cell(view.amount(delay.undelivered, delay));
    grid.cell(view.word("delay_state", to_string(delay.state)));
  }
  grid.finish();
  part.finish();
}

void write_duties(Html& html, const GapView& view, bool chapter) {
  if (!view.report().duties) return;
  const DutiesOnDay& duties = *view.report().duties;
  GapPart part(html, view, "duties", chapter);
  html.element("p", view.text("gap.duties.summary", {{"n", duties.all.actors},
                                                     {"communicated", duties.all.communicated + duties.all.not_yet_due},
                                                     {"late", duties.all.late},
                                                     {"delisted", duties.all.delisted}}));
  write_counts(html, view, duties.by_country, "column.country");
  write_counts(html, view, duties.by_sector, "gap.column.sector");
  const auto late = static_cast<std::size_t>(
      std::count_if(duties.duties.begin(), duties.duties.end(), [](const Duty& duty) { return duty.days_late > 0; }));
  if (late > 0) {
    Grid grid(html, view.text("gap.duties.late"),
              {{view.text("gap.column.actor")},
               {view.text("gap.column.sector")},
               {view.text("column.country")},
               {view.text("gap.column.state")},
               {view.text("gap.column.due")},
               {view.text("gap.column.days_late"), true}});
    for (std::size_t i = 0; i < late && i < late_actors_shown; ++i) {  // the latest stand first
      const Duty& duty = duties.duties[i];
      const DutyActor& actor = duties.actors[duty.actor];
      grid.row();
      grid.header(view.isolated(actor.name));
      grid.cell(actor.sector);
      grid.cell(actor.country);
      grid.cell(view.word("duty", to_string(duty.status)));
      grid.cell(view.day(duty.due));
      grid.cell(view.words().number(static_cast<double>(duty.days_late), 0));
    }
    grid.finish();
    if (late > late_actors_shown)
      html.element("p", {{"class", "small"}}, view.text("action.shown", {{"shown", late_actors_shown}, {"all", late}}));
  }
  if (!duties.rejects.empty())
    html.element("p", {{"class", "small"}}, view.text("gap.duties.rejects", {{"n", duties.rejects.size()}}));
  part.finish();
}

}  // namespace stocktake
