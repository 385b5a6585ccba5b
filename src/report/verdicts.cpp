#include "report/verdicts.h"

#include <array>

namespace stocktake {
namespace {

struct Look {
  std::string_view css, icon, symbol, ascii, colour;
};

// In the order of Verdict. Blue to red is told apart with every common colour blindness; greys are not judgements.
constexpr std::array<Look, verdict_count> looks{{
    {"met", R"(<svg class="i" aria-hidden="true"><use href="#i-met"/></svg>)", "✔", "M", "\x1b[1;34m"},
    {"on", R"(<svg class="i arrow" aria-hidden="true"><use href="#i-on"/></svg>)", "➚", "+", "\x1b[36m"},
    {"fair", R"(<svg class="i arrow" aria-hidden="true"><use href="#i-fair"/></svg>)", "⇗", "/", "\x1b[33m"},
    {"slow", R"(<svg class="i arrow" aria-hidden="true"><use href="#i-slow"/></svg>)", "➙", ">", "\x1b[33m"},
    {"worse", R"(<svg class="i" aria-hidden="true"><use href="#i-worse"/></svg>)", "✘", "x", "\x1b[1;31m"},
    {"few", R"(<svg class="i" aria-hidden="true"><use href="#i-few"/></svg>)", "·", ".", "\x1b[2m"},
    {"old", R"(<svg class="i" aria-hidden="true"><use href="#i-old"/></svg>)", "○", "o", "\x1b[2m"},
    {"open", R"(<svg class="i" aria-hidden="true"><use href="#i-open"/></svg>)", "–", "-", "\x1b[2m"},
    {"na", R"(<svg class="i" aria-hidden="true"><use href="#i-na"/></svg>)", "÷", "n", "\x1b[2m"},
}};

const Look& look(Verdict verdict) { return looks[static_cast<std::size_t>(verdict)]; }

std::string key(std::string_view kind, Verdict verdict, ChartRule rule) {
  std::string text = "verdict.";
  text += kind;
  text += '.';
  if (is_judgement(verdict)) {
    text += to_string(rule);
    text += '.';
  }
  text += to_string(verdict);
  return text;
}

}  // namespace

std::string_view to_string(ChartRule rule) { return rule == ChartRule::mdg ? "mdg" : "sdg"; }
std::string_view verdict_class(Verdict verdict) { return look(verdict).css; }
std::string_view verdict_icon(Verdict verdict) { return look(verdict).icon; }
std::string_view verdict_symbol(Verdict verdict, bool ascii) { return ascii ? look(verdict).ascii : look(verdict).symbol; }
std::string_view verdict_colour(Verdict verdict) { return look(verdict).colour; }

std::string verdict_word(const Translator& words, Verdict verdict, ChartRule rule) {
  return words.text(key("word", verdict, rule));
}
std::string verdict_sentence(const Translator& words, Verdict verdict, ChartRule rule) {
  return words.text(key("sentence", verdict, rule));
}

std::string_view verdict_drawings() {
  return R"(<svg width="0" height="0" class="drawings" aria-hidden="true"><defs>
<symbol id="i-met" viewBox="0 0 16 16"><path d="M2.5 8.5l3.8 3.8L13.5 4"/></symbol>
<symbol id="i-on" viewBox="0 0 16 16"><path d="M3 13L13 3M6 3h7v7"/></symbol>
<symbol id="i-fair" viewBox="0 0 16 16"><path d="M2 11l12-5M9.2 4.4L14 6l-2.2 4.6"/></symbol>
<symbol id="i-slow" viewBox="0 0 16 16"><path d="M2 8h12M9.5 3.5L14 8l-4.5 4.5"/></symbol>
<symbol id="i-worse" viewBox="0 0 16 16"><path d="M3.5 3.5l9 9M12.5 3.5l-9 9"/></symbol>
<symbol id="i-few" viewBox="0 0 16 16"><path d="M3 8h.01M8 8h.01M13 8h.01" stroke-width="3"/></symbol>
<symbol id="i-old" viewBox="0 0 16 16"><path d="M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.5V8l2.5 1.8"/></symbol>
<symbol id="i-open" viewBox="0 0 16 16"><path d="M3 8h10"/></symbol>
<symbol id="i-na" viewBox="0 0 16 16"><path d="M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM4.2 11.8l7.6-7.6"/></symbol>
</defs></svg>)";
}

}  // namespace stocktake
