// Puts the Gap report's page together, and its chapter of the stocktaking.
#include <string_view>
#include <vector>

#include "report/gap_report.h"
#include "report/gap_sections.h"
#include "report/style.h"

namespace stocktake {
namespace {

constexpr std::string_view policy = "default-src 'none'; style-src 'unsafe-inline'";

void write_head(Html& html, const GapView& view) {
  html.trusted("<!DOCTYPE html>\n");
  html.open("html", {{"lang", code(view.language())}, {"dir", right_to_left(view.language()) ? "rtl" : "ltr"}});
  html.open("head").line().empty("meta", {{"charset", "utf-8"}});
  html.empty("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy}});
  html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.empty("meta", {{"name", "generator"}, {"content", view.report().program}});
  html.element("title", view.text("gap.page_title", {{"date", view.words().date(view.report().at())}}));
  html.line().open("style").line().trusted(report_css).close().close().line();
}

void write_cover(Html& html, const GapView& view) {
  html.open("header", {{"class", "cover"}}).open("div", {{"class", "page"}});
  html.element("p", {{"class", "eyebrow"}}, view.text("gap.eyebrow")).element("h1", view.text("gap.title"));
  html.element("p", {{"class", "dateline"}}, view.text("report.taken_on", {{"date", view.words().date(view.report().at())}}));
  html.close().close().line();
}

void write_contents(Html& html, const GapView& view) {
  std::vector<std::string_view> parts{"five"};
  if (view.report().aid) parts.emplace_back("aid");
  for (const char* part : {"league", "waterfall", "calendar", "delay", "chains"}) parts.emplace_back(part);
  if (view.report().duties) parts.emplace_back("duties");
  parts.emplace_back("notes");
  html.open("nav", {{"aria-label", view.text("report.contents")}, {"class", "page contents"}}).open("ol");
  for (const std::string_view part : parts) {
    html.open("li").open("a", {{"href", "#gap-" + std::string(part)}});
    html.text(view.text("gap." + std::string(part) + ".heading")).close().close();
  }
  html.close().close().line();
}

}  // namespace

void write_gap_notes(Html& html, const GapView& view) {
  GapPart part(html, view, "notes", false);
  html.open("ul");
  for (const char* key : {"gap.notes.status", "gap.notes.money", "gap.notes.fulfilled", "gap.notes.rank", "gap.notes.figures",
                          "gap.notes.clauses"}) {
    html.element("li", view.text(key));
  }
  html.close();
  if (!view.report().register_head.empty()) {
    html.open("p", {{"class", "small"}}).text(view.text("gap.notes.head", {{"n", view.report().register_entries}})).text(" ");
    html.element("code", view.report().register_head).close();
  }
  part.finish();
}

std::string render_gap_html(const GapReport& report, const Translator& words) {
  const GapView view(report, words);
  Html html;
  write_head(html, view);
  html.open("body").open("a", {{"class", "skip"}, {"href", "#main"}}).text(view.text("report.skip")).close().line();
  write_cover(html, view);
  write_contents(html, view);
  html.open("main", {{"id", "main"}, {"class", "page"}}).line();
  html.open("section", {{"id", "gap-summary"}, {"aria-label", view.text("gap.title")}});
  write_gap_summary(html, view);
  html.close().line();
  write_five_gaps(html, view, false);
  write_aid(html, view, false);
  write_league(html, view, false);
  write_waterfalls(html, view, false);
  write_calendar(html, view, false);
  write_delays(html, view, false);
  write_chains(html, view);
  write_duties(html, view, false);
  write_gap_notes(html, view);
  html.close().open("footer", {{"class", "page small"}}).text(view.text("report.made_by", {{"program", report.program}})).close();
  html.close().close().line();
  return html.take();
}

void write_gap_chapter(Html& html, const GapReport& report, const Translator& words) {
  const GapView view(report, words);
  html.open("section", {{"id", "commitments"}, {"class", "wide"}, {"aria-labelledby", "h-commitments"}});
  html.element("h2", {{"id", "h-commitments"}}, view.text("commitments.heading"));
  write_gap_summary(html, view);
  write_five_gaps(html, view, true);
  write_aid(html, view, true);
  write_league(html, view, true);
  write_waterfalls(html, view, true);
  write_calendar(html, view, true);
  write_delays(html, view, true);
  write_duties(html, view, true);
  html.close().line();
}

}  // namespace stocktake
