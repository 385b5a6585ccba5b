// How the methods agree: their verdicts side by side, the share of equal answers of each pair, why they differ, and what each
// of them is.
#include <algorithm>
#include <array>
#include <numeric>

#include "report/grid.h"
#include "report/sections.h"
#include "report/shown.h"
#include "report/verdicts.h"

namespace stocktake {
namespace {

constexpr std::array<std::string_view, cause_count> cause_keys{"cause.level_trend", "cause.linear_geometric", "cause.window",
                                                               "cause.cut_points"};

using Causes = std::array<std::size_t, cause_count>;

// Pairs of methods that differ, by cause.
Causes causes_of(const Agreement& agreement) {
  Causes causes{};
  for (std::size_t a = 0; a < agreement.methods; ++a) {
    for (std::size_t b = a + 1; b < agreement.methods; ++b) {
      for (std::size_t c = 0; c < cause_count; ++c) causes[c] += agreement.pair(a, b).causes[c];
    }
  }
  return causes;
}

// A column head that stands upright and leads to the method's entry.
void write_method_heads(Html& html, const View& view) {
  const auto& methods = view.insights().judged.methods;
  for (std::size_t m = 0; m < methods.size(); ++m) {
    const MethodInfo& info = methods[m]->info();
    html.open("th", {{"scope", "col"}, {"class", "up"}}).open("a", {{"href", "#method-" + std::string(info.id)}});
    html.open("abbr", {{"title", info.title}, {"lang", "en"}, {"dir", "ltr"}}).text(std::to_string(m + 1) + " ").text(info.id);
    html.close().close().close();
  }
}

void write_verdict(Html& html, const View& view, std::size_t method, std::uint32_t row) {
  const MethodRun& judged = view.insights().judged;
  const Judgement& one = judged.at(method, row);
  const std::string css = "w-" + std::string(verdict_class(one.verdict));
  html.open("td", {{"class", css}, {"title", std::to_string(method + 1) + " " + std::string(judged.word(method, row))}});
  html.trusted(verdict_icon(one.verdict));
  html.element("span", {{"class", "sr"}}, verdict_word(view.words(), one.verdict, ChartRule::sdg)).close();
}

// How many of the methods give each answer, and why those that differ do.
void write_tally(Html& html, const View& view, std::uint32_t row) {
  const MethodRun& judged = view.insights().judged;
  std::array<int, 4> answers{};
  for (std::size_t m = 0; m < judged.methods.size(); ++m)
    ++answers[static_cast<std::size_t>(answer_of(judged.at(m, row).verdict))];
  const bool judged_at_all = answers[1] + answers[2] + answers[3] > 0;
  html.element(
      "td", {{"class", "tally"}},
      judged_at_all ? view.text("methods.tally", {{"on", answers[1]}, {"slow", answers[2]}, {"back", answers[3]}}) : "–");
  const Causes causes = causes_of(agreement_on(view.run(), judged, row));
  const auto most = std::max_element(causes.begin(), causes.end());
  html.open("td", {{"class", "why"}});
  html.text(*most > 0 ? view.text(cause_keys[static_cast<std::size_t>(most - causes.begin())]) : "–");
  html.close();
}

void write_side_by_side(Html& html, const View& view, const std::vector<std::uint32_t>& rows, const std::string& caption) {
  html.open("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", caption}});
  html.open("table", {{"class", "progress methods"}}).element("caption", caption).open("thead").open("tr");
  html.element("th", {{"scope", "col"}, {"class", "stick"}}, view.text("methods.row"));
  write_method_heads(html, view);
  html.element("th", {{"scope", "col"}}, view.text("methods.answers"));
  html.element("th", {{"scope", "col"}}, view.text("methods.why")).close().close().line().open("tbody");
  const auto& judged = view.insights().judged;
  for (const std::uint32_t index : rows) {
    const Assessment& row = view.run().rows[index];
    html.open("tr")
        .open("th", {{"scope", "row"}, {"class", "stick"}})
        .open("b")
        .element("bdi", {{"dir", "ltr"}}, view.code(row.target));
    html.close().text(" " + view.title(row.target) + " ").open("span", {{"class", "small"}});
    html.text(view.area(row.area) + " " + view.marks(row)).close().text(" ");
    const std::string number = std::to_string(view.source(row));
    html.open("a", {{"href", "#source-" + number}, {"aria-label", view.text("report.source_number", {{"n", number}})}});
    html.text("[" + number + "]").close().close();
    for (std::size_t m = 0; m < judged.methods.size(); ++m) write_verdict(html, view, m, index);
    write_tally(html, view, index);
    html.close().line();
  }
  html.close().close().close().line();
}

// Every row of the chart, where the page does not show it above already.
std::vector<std::uint32_t> other_rows(const View& view, const std::vector<std::uint32_t>& shown) {
  std::vector<std::uint32_t> rows;
  for (const std::int32_t row : view.stock().cell) {
    const auto index = static_cast<std::uint32_t>(row);
    if (row >= 0 && !std::binary_search(shown.begin(), shown.end(), index)) rows.push_back(index);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

void write_legend(Html& html, const View& view) {
  constexpr std::array verdicts{Verdict::met,          Verdict::on_track,       Verdict::fair,
                                Verdict::insufficient, Verdict::deterioration,  Verdict::insufficient_data,
                                Verdict::data_too_old, Verdict::not_quantified, Verdict::not_applicable};
  html.open("ul", {{"class", "key"}});
  for (const Verdict verdict : verdicts) {
    html.open("li").open("span", {{"class", "swatch w-" + std::string(verdict_class(verdict))}}).trusted(verdict_icon(verdict));
    html.text(verdict_word(view.words(), verdict, ChartRule::sdg)).close().close();
  }
  html.close().line();
}

// Five shades; the share itself stands in the cell.
std::string shade(const Pair& pair) {
  const double share = static_cast<double>(pair.same) / static_cast<double>(pair.both);
  return "s" + std::to_string(share >= 0.95 ? 4 : share >= 0.85 ? 3 : share >= 0.75 ? 2 : share >= 0.5 ? 1 : 0);
}

void write_matrix(Html& html, const View& view) {
  const Agreement& agreement = view.insights().agreement;
  const auto& methods = view.insights().judged.methods;
  const std::string caption = view.text("methods.matrix_caption", {{"rows", agreement.rows}});
  html.element("h3", view.text("methods.matrix"));
  html.open("p", {{"class", "small"}});
  html.text(view.text("methods.unanimous", {{"same", agreement.unanimous}, {"all", agreement.unanimous + agreement.contested}}))
      .close();
  html.open("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", caption}});
  html.open("table", {{"class", "progress matrix"}}).element("caption", caption).open("thead").open("tr");
  html.element("th", {{"scope", "col"}, {"class", "stick"}}, view.text("column.method"));
  html.element("th", {{"scope", "col"}, {"class", "up"}}, view.text("column.judges"));
  write_method_heads(html, view);
  html.close().close().line().open("tbody");
  for (std::size_t a = 0; a < agreement.methods; ++a) {
    html.open("tr").open("th", {{"scope", "row"}, {"class", "stick"}}).open("bdi", {{"lang", "en"}, {"dir", "ltr"}});
    html.text(std::to_string(a + 1) + " ").text(methods[a]->info().id).close().close();
    html.element("td", {{"class", "n"}}, view.words().number(static_cast<double>(agreement.judged[a]), 0));
    for (std::size_t b = 0; b < agreement.methods; ++b) {
      const Pair& pair = agreement.pair(a, b);
      if (a == b || pair.both == 0) {
        html.element("td", {{"class", "n"}}, a == b ? "" : "–");
      } else {
        html.element("td", {{"class", "n " + shade(pair)}},
                     view.words().percent(static_cast<double>(pair.same) / static_cast<double>(pair.both), 0));
      }
    }
    html.close().line();
  }
  html.close().close().close().line();
}

void write_causes(Html& html, const View& view) {
  const Causes causes = causes_of(view.insights().agreement);
  const std::size_t all = std::accumulate(causes.begin(), causes.end(), std::size_t{0});
  if (all == 0) return;
  html.element("h3", view.text("methods.causes"))
      .element("p", {{"class", "small"}}, view.text("methods.causes_lead", {{"n", all}}));
  std::array<std::size_t, cause_count> order{};
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return causes[a] > causes[b]; });
  Grid grid(html, view.text("methods.causes"),
            {{view.text("column.cause")}, {view.text("column.meaning")}, {view.text("column.share"), true}});
  for (const std::size_t c : order) {
    const std::string key(cause_keys[c]);
    grid.row();
    grid.header(view.text(key));
    grid.cell(view.text(key + ".means"));
    grid.cell(view.words().percent(static_cast<double>(causes[c]) / static_cast<double>(all), 0));
  }
  grid.finish();
}

void write_method_list(Html& html, const View& view) {
  html.element("h3", view.text("methods.list")).element("p", {{"class", "small"}}, view.text("methods.list_lead"));
  Grid grid(html, view.text("methods.list"),
            {{view.text("column.number"), true},
             {view.text("column.method")},
             {view.text("column.formula")},
             {view.text("column.citation")},
             {view.text("column.evidence")}});
  std::size_t number = 0;
  for (const Method* method : view.insights().judged.methods) {
    const MethodInfo& info = method->info();
    grid.row();
    grid.cell(std::to_string(++number));
    // Names, formulas and citations are given as the methods' authors have them, in English.
    grid.open().open("span", {{"id", "method-" + std::string(info.id)}, {"lang", "en"}, {"dir", "ltr"}});
    html.element("b", info.id).text(" ").text(info.title).close();
    grid.close();
    grid.open().element("bdi", {{"lang", "en"}, {"dir", "ltr"}}, info.formula);
    grid.close();
    grid.open().element("p", {{"lang", "en"}, {"dir", "ltr"}}, info.citation);
    grid.close();
    constexpr std::array<const char*, 3> evidence{"evidence.seen", "evidence.recalled", "evidence.own_choice"};
    grid.cell(view.text(evidence[static_cast<std::size_t>(info.evidence)]));
  }
  grid.finish();
}

}  // namespace

void write_methods(Html& html, const View& view) {
  html.open("section", {{"id", "methods"}, {"class", "wide"}, {"aria-labelledby", "h-methods"}});
  html.element("h2", {{"id", "h-methods"}}, view.text("methods.heading"));
  html.open("p", {{"class", "lead"}});
  html.text(view.text("methods.lead", {{"n", view.insights().judged.methods.size()}}) + " ");
  html.element("a", {{"href", "#how-methods"}}, view.text("notes.how_methods")).close().line();
  const std::vector<std::uint32_t> rows = compared_rows(view.run(), view.stock());
  std::vector<std::uint32_t> others = other_rows(view, rows);
  if (rows.empty() && others.empty()) {
    html.element("p", view.text("methods.none"));
  } else {
    write_legend(html, view);
    if (!rows.empty()) write_side_by_side(html, view, rows, view.text("methods.caption"));
    if (!others.empty()) {
      html.open("details").element("summary", view.text("methods.others"));
      const std::size_t all = others.size();
      others.resize(std::min(all, compared_rows_shown));
      write_side_by_side(html, view, others, view.text("methods.others"));
      if (others.size() < all)
        html.element("p", {{"class", "small"}}, view.text("action.shown", {{"shown", others.size()}, {"all", all}}));
      html.close().line();
    }
    write_matrix(html, view);
    write_causes(html, view);
  }
  write_method_list(html, view);
  html.close().line();
}

}  // namespace stocktake
