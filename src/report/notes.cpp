// How it was judged and from what: the rules in words with their citations, the sources, the manifest.
#include "report/grid.h"
#include "report/sections.h"

namespace stocktake {
namespace {

void write_rules(Html& html, const View& view) {
  const AssessmentRun& run = view.run();
  html.element("h3", view.text("notes.rules")).element("p", view.text("notes.rules_lead"));
  Grid grid(html, view.text("notes.rules"),
            {{view.text("column.target")},
             {view.text("column.indicator")},
             {view.text("column.rule")},
             {view.text("column.citation")}});
  for (const RunTarget& target : run.targets) {
    for (const TargetRule& rule : target.target->rules) {
      if (!rule.headline) continue;
      const Indicator* indicator = run.framework.find_indicator(rule.indicator);
      grid.row();
      grid.header(
          view.text("report.coded_title", {{"code", target.target->code}, {"title", target.target->title.in(view.language())}}));
      grid.cell(view.text("report.coded_title", {{"code", rule.indicator},
                                                 {"title", indicator != nullptr ? indicator->name.in(view.language()) : ""}}));
      Html& words = grid.open();
      words.text(view.rule_words(run.framework, *target.target, rule) + (rule.proxy ? " §" : ""));
      grid.close();
      // Citations, reasons and notes are given as the framework file has them, in English.
      Html& cell = grid.open();
      for (const std::string* part : {&rule.citation, &rule.reason, &rule.note}) {
        if (!part->empty()) cell.element("p", {{"lang", "en"}, {"dir", "ltr"}}, *part);
      }
      grid.close();
    }
  }
  grid.finish();
}

// What is behind the figures that no chart's rule gives: each with the name of its section in docs/methods.md.
void write_models(Html& html, const View& view) {
  const Insights& insights = view.insights();
  const PriorityWeights& weights = insights.priority_options.weights;
  const auto number = [&](double value) { return view.words().number(value, 2, 0); };
  html.element("h3", {{"id", "how-outlook"}}, view.text("notes.how_outlook"));
  html.element("p", view.text("notes.outlook", {{"model", std::string(to_string(insights.outlook_options.model))}}));
  html.element("h3", {{"id", "how-action"}}, view.text("notes.how_action"));
  html.element("p", view.text("notes.action", {{"off", number(weights.off_track)},
                                               {"stalled", number(weights.stalled)},
                                               {"people", number(weights.people)},
                                               {"gap", number(weights.gap)},
                                               {"draws", insights.priority_options.draws}}));
  html.element("h3", {{"id", "how-pace"}}, view.text("notes.how_pace")).element("p", view.text("notes.pace"));
  html.element("h3", {{"id", "how-methods"}}, view.text("notes.how_methods")).element("p", view.text("notes.methods")).line();
}

void write_sources(Html& html, const View& view) {
  html.open("section", {{"id", "sources"}, {"aria-labelledby", "h-sources"}});
  html.element("h2", {{"id", "h-sources"}}, view.text("sources.heading"))
      .element("p", {{"class", "lead"}}, view.text("sources.lead"));
  html.open("ol", {{"class", "sources"}});
  std::size_t number = 0;
  for (const std::string& source : view.sources()) {
    html.open("li", {{"id", "source-" + std::to_string(++number)}}).element("bdi", source).close();
  }
  html.close().line();
  const auto& vintages = view.run().manifest.vintages;
  if (!vintages.empty()) {
    html.element("h3", view.text("sources.vintages"));
    Grid grid(html, view.text("sources.vintages"),
              {{view.text("column.vintage"), true},
               {view.text("column.source")},
               {view.text("column.edition")},
               {view.text("column.format")},
               {view.text("column.rows"), true},
               {view.text("column.hash")}});
    for (const Manifest::Source& vintage : vintages) {
      grid.row();
      grid.cell(std::to_string(vintage.vintage));
      grid.header(vintage.source);
      grid.cell(vintage.edition);
      grid.cell(vintage.format);
      grid.cell(view.words().number(static_cast<double>(vintage.rows), 0));
      grid.open().open("code", {{"title", vintage.hash}}).text(vintage.hash.substr(0, 12)).close();
      grid.close();
    }
    grid.finish();
  }
  for (const Binding& binding : view.run().bindings) {
    html.open("p", {{"class", "small"}, {"dir", "auto"}}).text(binding.source_name);
    if (!binding.licence.empty()) html.text(" · " + binding.licence);
    html.close().line();
  }
  html.close().line();
}

}  // namespace

void write_notes(Html& html, const View& view) {
  const AssessmentRun& run = view.run();
  const Manifest manifest = manifest_of(run, view.insights());
  const std::string data_until = std::to_string(run.options.data_until.value_or(last_complete_year(run.options.at)));
  html.open("section", {{"id", "notes"}, {"aria-labelledby", "h-notes"}});
  html.element("h2", {{"id", "h-notes"}}, view.text("notes.heading"));
  html.element("h3", view.text("chart.rule_mdg")).element("p", view.text("notes.mdg"));
  html.element("h3", view.text("chart.rule_sdg")).element("p", view.text("notes.sdg"));
  html.element("h3", view.text("notes.data")).open("ul");
  html.element("li", view.text("notes.until", {{"year", data_until}}));
  html.element("li",
               view.text("notes.base", {{"year", std::to_string(run.framework.baseline)}, {"years", run.options.base_window}}));
  html.element("li", view.text("notes.old", {{"years", run.options.max_age}}));
  html.element("li", view.text("notes.groups", {{"share", view.words().percent(run.options.min_coverage, 0)},
                                                {"date", view.words().date(run.options.at)}}));
  html.element("li", view.text("notes.digits")).element("li", view.text("notes.formulas")).close().line();
  write_models(html, view);
  write_rules(html, view);
  html.close().line();
  write_sources(html, view);
  html.open("section", {{"id", "manifest"}, {"aria-labelledby", "h-manifest"}});
  html.element("h2", {{"id", "h-manifest"}}, view.text("manifest.heading"))
      .element("p", {{"class", "lead"}}, view.text("manifest.lead"));
  html.open("p", {{"class", "small"}})
      .text(view.text("manifest.hash") + " ")
      .element("code", {{"class", "hash"}}, manifest_hash(manifest))
      .close();
  html.open("details").element("summary", view.text("manifest.show"));
  html.open("pre", {{"dir", "ltr"}, {"lang", "en"}, {"tabindex", "0"}}).text(to_json(manifest)).close().close().close().line();
}

}  // namespace stocktake
