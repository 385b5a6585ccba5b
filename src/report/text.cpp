// The stocktaking for a terminal: the chart as a table of symbols, then the ranked lists, in about sixty lines.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/table.h"
#include "report/report.h"
#include "report/sections.h"
#include "report/verdicts.h"

namespace stocktake {
namespace {

constexpr std::size_t most_targets = 24, most_ranked = 4, most_countries = 8, most_gaps = 4, most_urgent = 3;

// Pads with blanks, or cuts at a whole character and ends with an ellipsis, to exactly `width` columns.
std::string fit(const std::string& text, std::size_t width, bool ascii) {
  std::size_t columns = display_width(text);
  if (columns <= width) return text + std::string(width - columns, ' ');
  const std::string end = ascii ? "." : "…";
  std::string cut = text;
  while (!cut.empty() && display_width(cut) + 1 > width) {
    do cut.pop_back();
    while (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xC0) == 0x80 && display_width(cut) > 0);
    // A lead byte without its rest is no character.
    while (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xC0) == 0xC0) cut.pop_back();
  }
  cut += end;
  columns = display_width(cut);
  return columns < width ? cut + std::string(width - columns, ' ') : cut;
}

class Terminal {
 public:
  Terminal(const View& view, const TextStyle& style) : view_(view), style_(style) {}

  void title() {
    const AssessmentRun& run = view_.run();
    line(strong(view_.text("text.title",
                           {{"framework", run.framework.title.in(view_.language())}, {"title", view_.text("report.title")}})));
    const std::string taken = view_.text("report.taken_on", {{"date", view_.words().date(run.options.at)}});
    line(view_.text("text.opening", {{"taken", taken}, {"countdown", countdown(view_)}}));
    const std::string share = view_.words().percent(view_.elapsed(), 0);
    const std::size_t width = std::min<std::size_t>(40, style_.width > 12 ? style_.width - 12 : 1);
    const auto done = static_cast<std::size_t>(std::lround(view_.elapsed() * static_cast<double>(width)));
    std::string bar = "[";
    for (std::size_t i = 0; i < width; ++i) bar += style_.ascii ? (i < done ? "#" : "-") : (i < done ? "█" : "░");
    line(bar + "] " + share);
  }

  void chart() {
    const Stocktaking& stock = view_.stock();
    heading(view_.text("text.heading_rule", {{"heading", view_.text("chart.heading")}, {"rule", view_.text("chart.rule_mdg")}}));
    if (stock.targets.empty() || stock.groups.empty()) {
      line(view_.text("chart.no_series"));
      return;
    }
    const std::vector<std::size_t> groups = fitting_groups();
    const std::size_t title = style_.width > column * groups.size() + 1 ? style_.width - column * groups.size() - 1 : 8;
    std::string head(title, ' ');
    for (const std::size_t g : groups) head += " " + fit(short_code(stock.groups[g]), column - 1, true);
    line(strong(head));
    const std::size_t shown = std::min(stock.targets.size(), most_targets);
    for (std::size_t t = 0; t < shown; ++t) {
      std::string text = fit(view_.target(stock.targets[t]), title, style_.ascii);
      for (const std::size_t g : groups) {
        const Assessment* row = view_.cell(t, g);
        const std::string symbol = row == nullptr ? " " : std::string(verdict_symbol(row->mdg, style_.ascii));
        text += "  " + (row == nullptr ? symbol : paint(symbol, verdict_colour(row->mdg))) + std::string(column - 3, ' ');
      }
      line(text);
    }
    if (shown < stock.targets.size()) line(view_.text("text.more_targets", {{"n", stock.targets.size() - shown}}));
    legend(groups);
  }

  void ranking(std::string_view name, const std::vector<RankedTarget>& ranking, bool stalled) {
    heading(view_.text(std::string(name) + ".heading"));
    if (ranking.empty()) line(view_.text(std::string(name) + ".none"));
    std::size_t rank = 0;
    for (const RankedTarget& ranked : ranking) {
      if (rank == most_ranked) break;
      const std::string tail =
          view_.text("report.of", {{"part", stalled ? ranked.stalled : ranked.off_track}, {"whole", ranked.judged}}) + "  " +
          pad_left(view_.words().percent(ranked.shortfall, 0), 5);
      item(++rank, view_.target(ranked.target), tail);
    }
  }

  // The first by priority with the range of their rank, what is at risk, and how far the methods agree.
  void action() {
    const Priorities& urgent = view_.insights().priorities;
    if (urgent.targets.empty()) return;
    heading(view_.text("action.heading"));
    for (std::size_t i = 0; i < std::min(most_urgent, urgent.targets.size()); ++i) {
      const PriorityTarget& one = urgent.targets[i];
      const std::string range = view_.rank_range(one.rank);
      item(i + 1, view_.target(one.target),
           view_.text("report.of", {{"part", one.off_track}, {"whole", one.judged}}) +
               (range.empty() ? ""
                              : "  " + view_.text("text.labelled", {{"label", view_.text("column.rank")}, {"value", range}})));
    }
    const Agreement& agreement = view_.insights().agreement;
    wrapped(
        {view_.text("text.labelled", {{"label", view_.text("risk.heading")}, {"value", std::to_string(urgent.risk.size())}}),
         view_.text("methods.unanimous", {{"same", agreement.unanimous}, {"all", agreement.unanimous + agreement.contested}})});
  }

  void countries() {
    const auto& countries = view_.stock().furthest_behind;
    heading(view_.text("countries.heading"));
    if (countries.empty()) line(view_.text("countries.none"));
    std::size_t rank = 0;
    for (const RankedCountry& country : countries) {
      if (rank == most_countries) break;
      const Assessment& row = view_.run().rows[country.row];
      const std::string factor = view_.acceleration(row);
      const std::string tail = view_.code(row.target) + "  " +
                               view_.text("report.dated", {{"value", view_.latest(row)}, {"year", view_.latest_year(row)}}) +
                               "  " + view_.text("text.gap", {{"share", view_.words().percent(country.gap, 0)}}) + "  " +
                               (factor.empty() ? view_.text("countries.reverse") : factor) + chance(row);
      item(++rank, view_.area(row.area), tail);
    }
  }

  void gaps() {
    std::vector<DataGap> gaps = view_.stock().gaps;
    std::stable_sort(gaps.begin(), gaps.end(), [](const DataGap& a, const DataGap& b) { return a.judged < b.judged; });
    heading(view_.text("gaps.heading"));
    std::size_t rank = 0;
    for (const DataGap& gap : gaps) {
      if (rank == most_gaps) break;
      item(++rank, view_.target(gap.target),
           view_.text("text.labelled", {{"label", view_.text("column.judged")},
                                        {"value", view_.text("report.of", {{"part", gap.judged}, {"whole", gap.countries}})}}));
    }
    if (gaps.size() > most_gaps) line(view_.text("text.more_targets", {{"n", gaps.size() - most_gaps}}));
  }

  std::string take() { return std::move(out_); }

 private:
  std::string chance(const Assessment& row) const {
    const std::string share = view_.chance(row);
    return share.empty() ? "" : "  " + view_.text("chance.short", {{"share", share}});
  }
  static constexpr std::size_t column = 4;  // blanks and a group's code or a symbol

  void line(std::string text) {
    while (!text.empty() && text.back() == ' ') text.pop_back();
    out_ += text + "\n";
  }
  std::string paint(std::string_view text, std::string_view colour) const {
    return style_.colour ? std::string(colour) + std::string(text) + "\x1b[0m" : std::string(text);
  }
  std::string strong(std::string_view text) const { return paint(text, "\x1b[1m"); }
  void heading(std::string_view text) {
    line("");
    line(strong(text));
  }
  static std::string pad_left(const std::string& text, std::size_t width) {
    const std::size_t columns = display_width(text);
    return columns < width ? std::string(width - columns, ' ') + text : text;
  }
  void item(std::size_t rank, const std::string& text, const std::string& tail) {
    const std::size_t used = 4 + display_width(tail) + 2;
    const std::size_t space = style_.width > used + 10 ? style_.width - used : 10;
    line(pad_left(std::to_string(rank), 2) + ". " + fit(text, space, style_.ascii) + "  " + tail);
  }

  // "MDG_SSA" → "SSA": at most three columns.
  std::string short_code(AreaId group) const {
    const std::string& code = view_.run().areas.at(group).code;
    const auto mark = code.rfind('_');
    return (mark == std::string::npos ? code : code.substr(mark + 1)).substr(0, column - 1);
  }

  // As many groups as fit beside the titles; those with the fewest judged cells give way.
  std::vector<std::size_t> fitting_groups() const {
    const Stocktaking& stock = view_.stock();
    const std::size_t title = std::max<std::size_t>(20, style_.width * 3 / 10);
    const std::size_t room = style_.width > title + column ? (style_.width - title - 1) / column : 1;
    const std::vector<int> judged = view_.judged_by_group();
    std::vector<std::size_t> order(stock.groups.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return judged[a] > judged[b]; });
    order.resize(std::min(order.size(), room));
    std::sort(order.begin(), order.end());
    return order;
  }

  // Words one after the other, wrapped at the width.
  void wrapped(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) {
      if (!text.empty() && display_width(text) + 3 + display_width(item) > style_.width) {
        line(text);
        text.clear();
      }
      text += (text.empty() ? "" : "   ") + item;
    }
    if (!text.empty()) line(text);
  }

  void legend(const std::vector<std::size_t>& groups) {
    constexpr std::array verdicts{Verdict::met,
                                  Verdict::on_track,
                                  Verdict::insufficient,
                                  Verdict::deterioration,
                                  Verdict::insufficient_data,
                                  Verdict::data_too_old,
                                  Verdict::not_quantified,
                                  Verdict::not_applicable};
    std::vector<std::string> items;
    items.reserve(verdicts.size());
    for (const Verdict verdict : verdicts) {
      items.push_back(std::string(verdict_symbol(verdict, style_.ascii)) + " " +
                      verdict_word(view_.words(), verdict, ChartRule::mdg));
    }
    wrapped(items);
    items.clear();
    for (const std::size_t g : groups)
      items.push_back(short_code(view_.stock().groups[g]) + " " + view_.area(view_.stock().groups[g]));
    const std::size_t left_out = view_.stock().groups.size() - groups.size();
    if (left_out > 0) items.push_back(view_.text("text.more_groups", {{"n", left_out}}));
    wrapped(items);
  }

  const View& view_;
  TextStyle style_;
  std::string out_;
};

}  // namespace

std::string render_text(const AssessmentRun& run, const Stocktaking& stock, const Insights& insights, const Translator& words,
                        const TextStyle& style) {
  const View view(run, stock, insights, words);
  Terminal terminal(view, style);
  terminal.title();
  terminal.chart();
  terminal.action();
  terminal.ranking("off_track", stock.off_track, false);
  terminal.ranking("stalled", stock.stalled, true);
  terminal.countries();
  terminal.gaps();
  return terminal.take();
}

}  // namespace stocktake
