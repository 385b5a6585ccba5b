// Puts the page together: head, style, the sections in their order.
#include <array>

#include "report/gap_sections.h"
#include "report/report.h"
#include "report/sections.h"
#include "report/style.h"
#include "report/verdicts.h"

namespace stocktake {
namespace {

// Nothing may be loaded and nothing may run: the page is what is in the file.
constexpr std::string_view policy = "default-src 'none'; style-src 'unsafe-inline'";

void write_head(Html& html, const View& view) {
  html.trusted("<!DOCTYPE html>\n");
  html.open("html", {{"lang", code(view.language())}, {"dir", right_to_left(view.language()) ? "rtl" : "ltr"}});
  html.open("head").line().empty("meta", {{"charset", "utf-8"}});
  html.empty("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy}});
  html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.empty("meta", {{"name", "generator"}, {"content", view.run().manifest.program}});
  html.element("title", view.text("report.page_title", {{"framework", view.run().framework.title.in(view.language())},
                                                        {"date", view.words().date(view.run().options.at)}}));
  html.line().open("style").line().trusted(report_css).close().close().line();
}

void write_contents(Html& html, const View& view, bool commitments) {
  constexpr std::array<std::string_view, 12> sections{"findings",  "chart", "action",  "off_track", "stalled", "sustain",
                                                      "countries", "paths", "methods", "gaps",      "notes",   "sources"};
  html.open("nav", {{"aria-label", view.text("report.contents")}, {"class", "page contents"}}).open("ol");
  const auto entry = [&](std::string_view section) {
    html.open("li")
        .open("a", {{"href", "#" + std::string(section)}})
        .text(view.text(std::string(section) + ".heading"))
        .close()
        .close();
  };
  for (const auto section : sections) {
    if (section == "methods" && commitments) entry("commitments");
    entry(section);
  }
  html.close().close().line();
}

}  // namespace

std::string render_html(const AssessmentRun& run, const Stocktaking& stock, const Insights& insights, const Translator& words,
                        const GapReport* commitments) {
  const View view(run, stock, insights, words);
  Html html;
  write_head(html, view);
  html.open("body").open("a", {{"class", "skip"}, {"href", "#main"}}).text(view.text("report.skip")).close().line();
  html.trusted(verdict_drawings()).line();
  write_header(html, view);
  write_contents(html, view, commitments != nullptr);
  html.open("main", {{"id", "main"}, {"class", "page"}}).line();
  write_findings(html, view);
  write_progress_chart(html, view);
  write_action(html, view);
  write_rankings(html, view);
  write_countries(html, view);
  write_paths(html, view);
  if (commitments != nullptr) write_gap_chapter(html, *commitments, words);
  write_methods(html, view);
  write_gaps(html, view);
  write_notes(html, view);
  html.close()
      .open("footer", {{"class", "page small"}})
      .text(view.text("report.made_by", {{"program", run.manifest.program}}))
      .close();
  html.close().close().line();
  return html.take();
}

}  // namespace stocktake
