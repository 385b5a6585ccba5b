// Small multiples: for each target, a drawing for each of the main groups.
#include <algorithm>
#include <numeric>
#include <set>

#include "report/path_drawing.h"
#include "report/sections.h"
#include "report/verdicts.h"

namespace stocktake {
namespace {

constexpr std::size_t most_groups = 12;
constexpr std::size_t most_targets = 40;  // a framework of 169 targets would make a page nobody scrolls

// The framework's regions; where it names none of the chart's groups, the groups with the most judged cells. In the order
// of the chart.
std::vector<std::size_t> choose_groups(const View& view) {
  const Stocktaking& stock = view.stock();
  std::vector<int> weight(stock.groups.size(), 0);
  const auto& regions = view.run().framework.regions;
  for (std::size_t g = 0; g < stock.groups.size(); ++g) {
    const auto named = std::find(regions.begin(), regions.end(), view.run().areas.at(stock.groups[g]).code);
    if (named != regions.end()) weight[g] = 1;
  }
  const bool by_name = std::find(weight.begin(), weight.end(), 1) != weight.end();
  if (!by_name) weight = view.judged_by_group();
  std::vector<std::size_t> order(stock.groups.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weight[a] > weight[b]; });
  if (by_name) std::erase_if(order, [&](std::size_t g) { return weight[g] == 0; });
  order.resize(std::min(order.size(), most_groups));
  std::sort(order.begin(), order.end());
  return order;
}

std::string label(const View& view, const Assessment& row) {
  const Facts& facts = row.facts;
  std::string text = view.text("paths.label", {{"target", view.target(row.target)},
                                               {"group", view.area(row.area)},
                                               {"base", view.value(facts.base)},
                                               {"base_year", std::to_string(facts.base_year)},
                                               {"latest", view.latest(row)},
                                               {"latest_year", std::to_string(facts.latest_year)}});
  if (const std::string goal = view.value(facts.target); !goal.empty()) {
    text += " " + view.text("paths.label_target", {{"target", goal}, {"year", std::to_string(facts.deadline_year)}});
  }
  if (const std::string expected = view.value(facts.expected_linear); !expected.empty()) {
    text += " " + view.text("paths.label_expected", {{"value", expected}});
  }
  if (const std::string chance = view.chance(row); !chance.empty())
    text += " " + view.text("paths.label_chance", {{"share", chance}, {"range", view.likely_range(row)}});
  return text;
}

std::string measured(const View& view, const Assessment& row) { return view.indicator(row) + ", " + view.unit(row); }

// named: whether the drawing says which indicator it shows, because those beside it show others.
void write_figure(Html& html, const View& view, const Assessment& row, bool named) {
  const Facts& facts = row.facts;
  html.open("figure").open("figcaption").element("b", view.area(row.area)).text(" ");
  html.open("span", {{"class", "swatch w-" + std::string(verdict_class(row.mdg))}}).trusted(verdict_icon(row.mdg));
  html.text(verdict_word(view.words(), row.mdg, ChartRule::mdg)).close().close();
  if (named) html.element("p", {{"class", "small"}}, measured(view, row));
  draw_path(html, view, row, label(view, row));
  html.open("p", {{"class", "small"}});
  html.text(view.text("paths.from_to", {{"base", view.value(facts.base)},
                                        {"base_year", std::to_string(facts.base_year)},
                                        {"latest", view.latest(row)},
                                        {"latest_year", std::to_string(facts.latest_year)}}));
  if (const std::string goal = view.value(facts.target); !goal.empty()) {
    html.text(" · " + view.text("paths.goal", {{"target", goal}}));
  }
  const std::string number = std::to_string(view.source(row));
  if (const std::string chance = view.chance(row); !chance.empty())
    html.text(" · " + view.text("chance.short", {{"share", chance}}));
  html.text(" " + view.marks(row) + " ");
  html.open("a", {{"href", "#source-" + number}, {"aria-label", view.text("report.source_number", {{"n", number}})}})
      .text("[" + number + "]")
      .close();
  html.close().close().line();
}

void write_key(Html& html, const View& view) {
  html.open("ul", {{"class", "key"}});
  for (const char* line : {"observed", "required", "expected", "band", "fan"}) {
    const bool fan = std::string_view(line) == "fan";
    if (fan && !view.has_outlooks()) continue;
    html.open("li").open("svg", {{"viewBox", "0 0 30 10"}, {"aria-hidden", "true"}, {"class", "path"}});
    if (std::string_view(line) == "band")
      html.empty("rect", {{"class", "band"}, {"width", "30"}, {"height", "10"}});
    else if (fan)
      html.empty("path", {{"class", "fan80"}, {"d", "M1 5H29"}}).empty("path", {{"class", "fan50"}, {"d", "M9 5H21"}});
    else
      html.empty("path", {{"class", line}, {"d", "M1 5H29"}});
    html.close().text(view.text(std::string("paths.") + line)).close();
  }
  html.close().line();
}

}  // namespace

void write_paths(Html& html, const View& view) {
  const Stocktaking& stock = view.stock();
  const std::vector<std::size_t> groups = choose_groups(view);
  html.open("section", {{"id", "paths"}, {"class", "wide"}, {"aria-labelledby", "h-paths"}});
  html.element("h2", {{"id", "h-paths"}}, view.text("paths.heading"));
  html.element("p", {{"class", "lead"}}, view.text("paths.lead", {{"groups", groups.size()}}));
  write_key(html, view);
  std::size_t shown = 0;
  for (std::size_t t = 0; t < stock.targets.size() && shown < most_targets; ++t) {
    std::vector<const Assessment*> rows;
    for (const std::size_t g : groups) {
      const Assessment* row = view.cell(t, g);
      if (row != nullptr && row->facts.base_year != 0 && row->facts.base_year < row->facts.latest_year) rows.push_back(row);
    }
    if (rows.empty()) continue;
    ++shown;
    const bool mixed =
        std::any_of(rows.begin(), rows.end(), [&](const Assessment* row) { return row->rule != rows.front()->rule; });
    html.element("h3", view.target(stock.targets[t]));
    if (!mixed) html.element("p", {{"class", "small"}}, measured(view, *rows.front()));
    html.open("div", {{"class", "multiples"}}).line();
    std::set<std::size_t> numbers;
    for (const Assessment* row : rows) {
      write_figure(html, view, *row, mixed);
      numbers.insert(view.source(*row));
    }
    html.close().open("p", {{"class", "small sources"}}).text(view.text("paths.sources") + " ");
    for (const std::size_t number : numbers) {
      html.text("[" + std::to_string(number) + "] " + (number == 0 ? "" : view.sources()[number - 1]));
      html.text(number == *numbers.rbegin() ? "" : "; ");
    }
    html.close().line();
  }
  html.close().line();
}

}  // namespace stocktake
