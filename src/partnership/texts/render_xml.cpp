#include "partnership/texts/render.h"

namespace stocktake {
namespace {

// Text of an element or an attribute. Characters that XML 1.0 does not allow become U+FFFD.
std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') {
          out += "\xEF\xBF\xBD";
        } else {
          out += c;
        }
    }
  }
  return out;
}

// An identifier made of a path: "14(a)(ii)" is "14_a_ii", a second 14 "14_2".
std::string identifier(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       (static_cast<unsigned char>(c) & 0x80U) != 0;
    if (plain) {
      out += c;
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return out;
}

class Writer {
 public:
  Writer(const ResolutionText& text, const std::vector<ClauseReading>& readings) : text_(text), readings_(readings) {}

  std::string run() {
    out_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\" xmlns:stocktake=\"urn:stocktake:extraction:1\">\n"
        "  <statement name=\"resolution\">\n";
    meta();
    front();
    preamble();
    body();
    conclusions();
    out_ += "  </statement>\n</akomaNtoso>\n";
    return std::move(out_);
  }

 private:
  void line(int depth, const std::string& text) {
    out_.append(static_cast<std::size_t>(depth) * 2, ' ').append(text).append("\n");
  }
  static std::string attribute(const char* name, std::string_view value) {
    return value.empty() ? std::string() : std::string(" ") + name + "=\"" + escaped(value) + "\"";
  }

  void meta() {
    line(2, "<meta>");
    line(3, "<identification source=\"#stocktake\">");
    line(4, "<FRBRWork><FRBRthis value=\"" + escaped(text_.symbol) + "\"/>" +
                (text_.adopted ? "<FRBRdate date=\"" + to_string(*text_.adopted) + "\" name=\"adopted\"/>" : std::string()) +
                "</FRBRWork>");
    line(4, "<FRBRExpression><FRBRlanguage language=\"" + std::string(code(text_.language)) + "\"/>" +
                (text_.issued ? "<FRBRdate date=\"" + to_string(*text_.issued) + "\" name=\"issued\"/>" : std::string()) +
                "</FRBRExpression>");
    line(3, "</identification>");
    if (!text_.footnotes.empty()) {
      line(3, "<notes source=\"#stocktake\">");
      for (std::size_t i = 0; i < text_.footnotes.size(); ++i) {
        line(4, "<note eId=\"fn_" + std::to_string(i + 1) + "\" marker=\"" + escaped(text_.footnotes[i].mark) + "\"><p>" +
                    escaped(text_.footnotes[i].text) + "</p></note>");
      }
      line(3, "</notes>");
    }
    line(3, "<proprietary source=\"#stocktake\">");
    for (std::size_t i = 0; i < text_.clauses.size(); ++i) reading(text_.clauses[i], readings_[i]);
    line(3, "</proprietary>");
    line(2, "</meta>");
  }

  // What the clause says; its place in the text is named by href.
  void reading(const Clause& clause, const ClauseReading& found) {
    line(4, "<stocktake:reading href=\"#" + name(clause) + "\" commitment=\"" + (found.commitment ? "true" : "false") + "\">");
    const auto verb = [&](const VerbFound& act, bool inherited) {
      line(5, "<stocktake:verb class=\"" + std::string(to_string(act.kind)) + "\" strength=\"" + std::to_string(act.strength) +
                  "\"" + (inherited ? " inherited=\"true\"" : "") + span(act.span) + ">" + escaped(act.lemma) +
                  "</stocktake:verb>");
    };
    if (found.verb) verb(*found.verb, found.inherited_verb);
    for (const VerbFound& act : found.further_verbs) verb(act, false);
    if (found.actor) actor("actor", *found.actor);
    for (const ActorFound& one : found.addressees) actor("addressee", one);
    for (const QuantityFound& one : found.quantities) {
      line(5, "<stocktake:quantity kind=\"" + std::string(to_string(one.kind)) + "\" low=\"" + amount_text(one.low) +
                  "\" high=\"" + amount_text(one.high) + "\"" + attribute("unit", one.unit) + attribute("of", one.of) +
                  attribute("comparison", one.comparison) + span(one.span) + "/>");
    }
    for (const DeadlineFound& one : found.deadlines) {
      line(5, "<stocktake:deadline kind=\"" + std::string(to_string(one.kind)) + "\"" +
                  (one.date ? attribute("date", to_string(*one.date)) : "") +
                  (one.from ? attribute("from", to_string(*one.from)) : "") +
                  (one.session ? attribute("session", std::to_string(*one.session)) : "") + " binding=\"" +
                  (one.binding ? "true" : "false") + "\"" + span(one.span) + ">" + escaped(one.text) + "</stocktake:deadline>");
    }
    for (const GoalFound& one : found.goals) {
      line(5, "<stocktake:goal" + attribute("framework", one.framework) + attribute("code", one.code) + span(one.span) + ">" +
                  escaped(one.why) + "</stocktake:goal>");
    }
    for (const InstrumentFound& one : found.instruments) {
      const std::string note = one.note < 0 ? std::string() : " href=\"#fn_" + std::to_string(one.note + 1) + "\"";
      line(5, "<stocktake:instrument" + attribute("id", one.id) + attribute("detail", one.detail) + note + span(one.span) + ">" +
                  escaped(one.name) + "</stocktake:instrument>");
    }
    line(4, "</stocktake:reading>");
  }
  void actor(const char* element, const ActorFound& found) {
    line(5, std::string("<stocktake:") + element + attribute("id", found.id) + " kind=\"" + std::string(to_string(found.kind)) +
                "\"" + span(found.span) + ">" + escaped(found.name) + "</stocktake:" + element + ">");
  }
  static std::string span(TextSpan span) {
    if (span.begin == span.end) return {};
    return " begin=\"" + std::to_string(span.begin) + "\" end=\"" + std::to_string(span.end) + "\"";
  }

  std::string name(const Clause& clause) const {
    return (clause.kind == ClauseKind::preambular ? "preamble_" : "para_") + identifier(clause.path);
  }

  void front() {
    line(2, "<coverPage>");
    if (!text_.symbol.empty()) line(3, "<docNumber refersTo=\"#symbol\">" + escaped(text_.symbol) + "</docNumber>");
    if (text_.issued) line(3, "<docDate date=\"" + to_string(*text_.issued) + "\"/>");
    if (!text_.session_text.empty()) line(3, "<session>" + escaped(text_.session_text) + "</session>");
    line(2, "</coverPage>");
    line(2, "<preface>");
    if (!text_.number.empty()) line(3, "<docNumber>" + escaped(text_.number) + "</docNumber>");
    line(3, "<docTitle>" + escaped(text_.title) + "</docTitle>");
    line(2, "</preface>");
  }

  std::string content(const Clause& clause, const ClauseReading& found) const {
    std::string text = escaped(clause.text);
    if (found.verb && found.verb->span.end > found.verb->span.begin && found.verb->span.end <= clause.text.size()) {
      const TextSpan at = found.verb->span;
      text = escaped(std::string_view(clause.text).substr(0, at.begin)) + "<span class=\"italic\">" +
             escaped(std::string_view(clause.text).substr(at.begin, at.end - at.begin)) + "</span>" +
             escaped(std::string_view(clause.text).substr(at.end));
    }
    for (const int note : clause.notes) {
      text += "<noteRef href=\"#fn_" + std::to_string(note + 1) + "\" marker=\"" +
              escaped(text_.footnotes[static_cast<std::size_t>(note)].mark) + "\"/>";
    }
    return text;
  }

  void preamble() {
    line(2, "<preamble>");
    if (!text_.body.empty()) line(3, "<formula name=\"enactingFormula\"><p>" + escaped(text_.body) + "</p></formula>");
    for (std::size_t i = 0; i < text_.clauses.size(); ++i) {
      if (text_.clauses[i].kind != ClauseKind::preambular) continue;
      const ClauseReading& found = readings_[i];
      line(3, "<container eId=\"" + name(text_.clauses[i]) + "\" name=\"" +
                  escaped(found.verb ? found.verb->lemma : std::string("clause")) + "\"><p>" + content(text_.clauses[i], found) +
                  "</p></container>");
    }
    line(2, "</preamble>");
  }

  void body() {
    line(2, "<mainBody>");
    std::vector<std::vector<std::size_t>> children(text_.clauses.size());
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < text_.clauses.size(); ++i) {
      const Clause& clause = text_.clauses[i];
      const bool inside = clause.parent >= 0 && static_cast<std::size_t>(clause.parent) < i &&
                          text_.clauses[static_cast<std::size_t>(clause.parent)].kind != ClauseKind::preambular;
      if (clause.kind == ClauseKind::preambular) continue;
      if (inside) {
        children[static_cast<std::size_t>(clause.parent)].push_back(i);
      } else {
        roots.push_back(i);
      }
    }
    // An explicit stack: items may be nested as deep as a file likes.
    struct Open {
      std::size_t clause, next;
    };
    std::string heading;
    for (const std::size_t root : roots) {
      if (text_.clauses[root].heading != heading) {
        heading = text_.clauses[root].heading;
        if (!heading.empty()) line(3, "<crossHeading>" + escaped(heading) + "</crossHeading>");
      }
      std::vector<Open> open{{root, 0}};
      start(root, "paragraph", children[root].empty(), 3);
      while (!open.empty()) {
        Open& top = open.back();
        const int depth = static_cast<int>(open.size()) * 2 + 1;
        if (top.next < children[top.clause].size()) {
          const std::size_t child = children[top.clause][top.next++];
          start(child, "point", children[child].empty(), depth + 2);
          open.push_back({child, 0});
          continue;
        }
        if (!children[top.clause].empty()) line(depth + 1, "</list>");
        line(depth, open.size() == 1 ? "</paragraph>" : "</point>");
        open.pop_back();
      }
    }
    line(2, "</mainBody>");
  }
  void start(std::size_t i, const char* element, bool leaf, int depth) {
    const Clause& clause = text_.clauses[i];
    line(depth, std::string("<") + element + " eId=\"" + name(clause) + "\">");
    if (!clause.number.empty()) line(depth + 1, "<num>" + escaped(clause.number) + "</num>");
    const std::string text = "<p>" + content(clause, readings_[i]) + "</p>";
    line(depth + 1, leaf ? "<content>" + text + "</content>" : "<list><intro>" + text + "</intro>");
  }

  void conclusions() {
    if (text_.meeting.empty() && !text_.adopted) return;
    line(2, "<conclusions><p>" + escaped(text_.meeting) + "</p>" +
                (text_.adopted ? "<p><date date=\"" + to_string(*text_.adopted) + "\"/></p>" : std::string()) + "</conclusions>");
  }

  const ResolutionText& text_;
  const std::vector<ClauseReading>& readings_;
  std::string out_;
};

}  // namespace

std::string extraction_xml(const ResolutionText& text, const std::vector<ClauseReading>& readings) {
  return Writer(text, readings).run();
}

}  // namespace stocktake
