#include "partnership/texts/structure.h"

#include <algorithm>
#include <set>

#include "partnership/texts/characters.h"
#include "partnership/texts/label.h"
#include "partnership/texts/lines.h"

namespace stocktake {
namespace {

// How an item is numbered; a list keeps to one row.
enum class Row : std::uint8_t { letter, roman, number, bullet };
struct OpenItem {
  Row row = Row::letter;
  int place = 0;
  int clause = 0;
};

class Builder {
 public:
  Builder(PartedText& parted, const DocumentWords& words, ResolutionText& out) : parted_(parted), words_(words), out_(out) {}

  void build() {
    if (!parted_.bound) bind_marks(parted_, words_);
    const std::size_t front = read_front(parted_, words_, out_);
    front_marks(front);
    for (std::size_t i = front; i < parted_.parts.size(); ++i) {
      Part& part = parted_.parts[i];
      while (!part.text.empty() && part.text.back() == ' ') part.text.pop_back();
      if (part.text.empty()) {
        take_marks(part, nullptr);
        continue;
      }
      read_part(part, i);
    }
    settle_unnumbered();
    set_paths();
    check_notes(parted_, out_.faults);
    for (PartNote& note : parted_.notes) out_.footnotes.push_back(std::move(note.note));
    std::stable_sort(out_.faults.begin(), out_.faults.end(),
                     [](const TextFault& a, const TextFault& b) { return a.line < b.line; });
  }

 private:
  void read_part(Part& part, std::size_t index) {
    if (begins_annex(part) || closes(part)) return;
    if (opener_length(part.text, words_) == part.text.size() - stop_length(part.text) && part.text.size() < 120 &&
        !part.heading) {
      return reopen(part);  // a second resolution under one number: "A", "B"
    }
    const Label label = read_label(part.text);
    const bool continues = !part.sure && open_ >= 0 && text_ending(clause().text) == Ending::none && !after_heading_;
    switch (label.kind) {
      case LabelKind::number:
        if (part.heading && text_ending(part.text) == Ending::none && label.value != last_ + 1) return add_heading(part);
        return add_numbered(part, label);
      case LabelKind::several:
        if (open_ >= 0 && after_heading_) top_ = -1;  // "1.1" below the heading "Goal 1": a target, no item of what stands above
        if (open_ >= 0 && top_ < 0) return add_target(part, label);
        if (open_ >= 0) return add_item(part, label, Row::number);
        break;
      case LabelKind::item:
      case LabelKind::bullet:
        if (open_ >= 0) return add_listed(part, label);
        break;
      case LabelKind::part:
        if (!continues && text_ending(part.text.substr(label.length)) == Ending::none) return add_heading(part, label.text);
        break;
      case LabelKind::none: break;
    }
    if (part.heading || (!continues && heading_like(part, index))) return add_heading(part);
    if (continues || (open_ >= 0 && numbered_ && !closed_)) return continue_clause(part);
    if (closed_) return take_marks(part, nullptr);
    add_unnumbered(part);
  }

  Clause& clause() { return out_.clauses[static_cast<std::size_t>(open_)]; }

  static std::size_t stop_length(std::string_view text) {
    const Character last = character_before(text, text.size());
    return ending_of(last.value) == Ending::weak ? last.length : 0;
  }

  bool heading_like(const Part& part, std::size_t index) const {
    if (text_ending(part.text) != Ending::none || columns(part.text) > 240) return false;
    if (!begins_large(part.text) || columns(part.text) > 150) return false;
    // The last line of all is no heading: nothing stands below it.
    return index + 1 < parted_.parts.size();
  }

  bool begins_annex(Part& part) {
    const std::size_t length = begins_with(part.text, words_.annex);
    if (length == 0 || columns(part.text) > 24 || text_ending(part.text) == Ending::strong) return false;
    std::string_view rest = std::string_view(part.text).substr(length);
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    const bool number = rest.empty() || roman_place(rest) > 0 || number_place(rest) > 0 ||
                        (rest.size() == 1 && is_upper(rest[0])) || rest.starts_with("(") ||
                        begins_with(lower(rest), ordinal_words()) > 0;
    if (!number) return false;
    annex_ = lower(part.text.substr(0, length)) + std::string(part.text.substr(length));
    take_marks(part, nullptr);
    restart();
    heading_.clear();
    part_.clear();
    prefix_.clear();
    closed_ = false;
    after_heading_ = true;
    return true;
  }

  // "المرفق الأول": the annexes of Arabic texts are counted in words.
  std::vector<std::string> ordinal_words() const {
    std::vector<std::string> found;
    if (words_.language != Language::ar) return found;
    for (const auto& [text, number] : words_.ordinals) {
      if (number < 20) found.push_back(text);
    }
    return found;
  }

  // The lines at the end: "32nd plenary meeting", "9 October 2013".
  bool closes(Part& part) {
    if (part.text.size() > 180 || columns(part.text) > 60 || out_.clauses.empty()) return false;
    const bool date = only_date(part.text, words_);
    const bool figures = std::any_of(part.text.begin(), part.text.end(), is_digit) || find_ordinal(part.text, words_);
    // In Russian a comma stands between the meeting and its day: "68-е пленарное заседание,".
    const bool comma = words_.language == Language::ru && part.text.ends_with(',');
    const bool meeting = figures && contains(part.text, words_.meeting) && (comma || text_ending(part.text) == Ending::none) &&
                         read_label(part.text).kind != LabelKind::number && !continues_sentence();
    if (!date && !meeting) return false;
    if (meeting && out_.meeting.empty()) out_.meeting = part.text.substr(0, part.text.size() - (comma ? 1 : 0));
    if (const auto day = find_date(part.text, words_)) {
      if (!out_.adopted) out_.adopted = day;
      if (meeting && !date) {  // both on one line: the meeting first
        const std::size_t gap = out_.meeting.find_last_not_of(' ');
        out_.meeting.resize(gap + 1);
      }
    }
    take_marks(part, nullptr);
    closed_ = true;
    return true;
  }
  bool continues_sentence() { return open_ >= 0 && text_ending(clause().text) == Ending::none && !after_heading_; }

  void reopen(Part& part) {
    take_marks(part, nullptr);
    restart();
    prefix_ = part_;
    closed_ = false;
  }
  void restart() {
    last_ = 0;
    numbered_ = false;
    open_ = -1;
    top_ = -1;
    items_.clear();
    ++section_;
  }

  void add_heading(Part& part, const std::string& label = {}) {
    take_marks(part, nullptr);
    const std::string text = part.text;
    if (text == out_.title && out_.clauses.size() < 3) {  // the title again, over the text that is adopted
      after_heading_ = true;
      return;
    }
    if (bare_ && after_heading_ && label.empty() && !out_.headings.empty()) {
      out_.headings.back() += ". " + text;  // "II" on a line of its own, then its title
    } else {
      out_.headings.push_back(text);
    }
    bare_ = !label.empty() && label.size() == text.size();
    if (!label.empty()) part_ = label;
    heading_ = out_.headings.back();
    heading_since_number_ = true;
    after_heading_ = true;
    items_.clear();
  }

  void add_numbered(Part& part, const Label& label) {
    if (label.value == 1 && last_ > 0 && heading_since_number_) {
      restart();
      prefix_ = part_;
    }
    const bool next_item = label.value == last_ && label.text.find('(') != std::string::npos;  // "59 (c)" behind "59 (b)"
    if (last_ > 0 && label.value <= last_ && !next_item) {
      fault(part,
            label.value == last_ ? "paragraph number " + label.text + " comes twice"
                                 : "paragraph number " + label.text + " stands after " + std::to_string(last_),
            "Both were kept; check the source");
    } else if (label.value > last_ + 1 && last_ > 0) {
      fault(part,
            "paragraph " + std::to_string(last_ + 1) + (label.value > last_ + 2 ? " to " + std::to_string(label.value - 1) : "") +
                " is missing before " + label.text,
            "Check that the source is complete");
    } else if (last_ == 0 && label.value != 1) {
      fault(part, "the first numbered paragraph is " + label.text, "Check that the source is complete");
    }
    last_ = label.value;
    numbered_ = true;
    heading_since_number_ = false;
    closed_ = false;
    begin_clause(part, ClauseKind::operative, label, -1);
    top_ = open_;
    items_.clear();
  }

  void add_unnumbered(Part& part) {
    // Before the first number: the preamble, or the one sentence that adopts what follows.
    begin_clause(part, ClauseKind::preambular, {}, -1);
    top_ = open_;
    items_.clear();
  }

  void add_target(Part& part, const Label& label) {
    begin_clause(part, ClauseKind::item, label, -1);
    items_.clear();
  }

  void add_listed(Part& part, const Label& label) {
    Row row = Row::bullet;
    if (label.kind == LabelKind::bullet) return add_item(part, label, row);
    const auto place_in = [&](Row which) {
      return which == Row::letter   ? letter_place(label.text)
             : which == Row::roman  ? roman_place(label.text)
             : which == Row::number ? number_place(label.text)
                                    : 0;
    };
    // The next of a list that is open, the innermost first: after "(h)" an "(i)" is the ninth letter.
    for (std::size_t i = items_.size(); i-- > 0;) {
      if (items_[i].row != Row::bullet && place_in(items_[i].row) == items_[i].place + 1) {
        items_.resize(i + 1);
        return add_item(part, label, items_[i].row);
      }
    }
    if (number_place(label.text) > 0)
      row = Row::number;
    else if (roman_place(label.text) == 1)
      row = Row::roman;
    else if (letter_place(label.text) > 0)
      row = Row::letter;
    else
      row = Row::roman;
    for (std::size_t i = items_.size(); i-- > 0;) {  // the list goes on with a number left out
      if (items_[i].row == row && place_in(row) > 1) {
        items_.resize(i + 1);
        break;
      }
    }
    add_item(part, label, row);
  }

  void add_item(Part& part, const Label& label, Row row) {
    if (row == Row::bullet) {
      const auto same = std::find_if(items_.begin(), items_.end(),
                                     [&](const OpenItem& item) { return item.row == Row::bullet && item.place == label.value; });
      if (same != items_.end()) items_.erase(same, items_.end());
    } else if (!items_.empty() && items_.back().row == row) {
      const int place = row == Row::letter  ? letter_place(label.text)
                        : row == Row::roman ? roman_place(label.text)
                                            : number_place(label.text);
      if (label.kind == LabelKind::several || place > 1) items_.pop_back();
    } else if (label.kind == LabelKind::several) {
      items_.clear();
    }
    const int parent = items_.empty() ? top_ : items_.back().clause;
    begin_clause(part, ClauseKind::item, label, parent);
    const int place = row == Row::bullet   ? label.value
                      : row == Row::letter ? letter_place(label.text)
                      : row == Row::roman  ? roman_place(label.text)
                                           : number_place(label.text);
    items_.push_back({row, place, open_});
  }

  void begin_clause(Part& part, ClauseKind kind, const Label& label, int parent) {
    Clause made;
    made.kind = kind;
    made.number = label.text;
    made.parent = parent;
    made.heading = heading_;
    made.annex = annex_;
    made.text = part.text.substr(label.length);
    made.line = part.line;
    made.source = part.source;
    out_.clauses.push_back(std::move(made));
    open_ = static_cast<int>(out_.clauses.size()) - 1;
    sections_.push_back({section_, prefix_});
    take_marks(part, &clause());
    after_heading_ = false;
  }

  void continue_clause(Part& part) {
    // Flush with the margin behind a list: of the paragraph, not of the last item.
    if (text_ending(clause().text) != Ending::none && top_ >= 0 && open_ != top_) {
      open_ = top_;
      items_.clear();
    }
    append_spaced(clause().text, part.text);
    clause().source.end = std::max(clause().source.end, part.source.end);
    take_marks(part, &clause());
  }

  void take_marks(Part& part, Clause* into) {
    for (const NoteMark& mark : part.marks) {
      if (mark.note < 0) {
        fault(part, "footnote " + mark.mark + " is not there: its mark stands in the text",
              "The mark was left out; check the source");
      } else if (into != nullptr) {
        into->notes.push_back(mark.note);
      }
    }
    part.marks.clear();
  }
  void front_marks(std::size_t front) {
    for (std::size_t i = 0; i < front; ++i) take_marks(parted_.parts[i], nullptr);
  }

  // A section without numbers: its paragraphs that end with a full stop act, those that end with a comma are its preamble.
  void settle_unnumbered() {
    std::set<int> numbered;
    for (std::size_t i = 0; i < out_.clauses.size(); ++i) {
      if (out_.clauses[i].kind == ClauseKind::operative) numbered.insert(sections_[i].section);
    }
    for (std::size_t i = 0; i < out_.clauses.size(); ++i) {
      Clause& made = out_.clauses[i];
      if (made.kind != ClauseKind::preambular || numbered.count(sections_[i].section) > 0) continue;
      const bool last = i + 1 == out_.clauses.size() || sections_[i + 1].section != sections_[i].section;
      const Character end = character_before(made.text, made.text.size());
      const bool stop = ending_of(end.value) == Ending::strong && end.value != ';' && end.value != 0xFF1B && end.value != 0x61B;
      const bool participles = !words_.preamble_openers.empty() || !words_.preamble_endings.empty();
      if (last || stop || (participles && !opens_clause(made.text, words_))) made.kind = ClauseKind::operative;
    }
  }

  void set_paths() {
    std::set<std::string> used;
    int preambular = 0, unnumbered = 0, section = -1;
    std::vector<int> children(out_.clauses.size(), 0);
    for (std::size_t i = 0; i < out_.clauses.size(); ++i) {
      Clause& made = out_.clauses[i];
      if (sections_[i].section != section && !made.annex.empty()) preambular = unnumbered = 0;
      section = sections_[i].section;
      std::string path;
      if (made.kind == ClauseKind::item && made.parent >= 0) {
        const auto parent = static_cast<std::size_t>(made.parent);
        ++children[parent];
        path =
            out_.clauses[parent].path + "(" + (made.number.empty() ? "-" + std::to_string(children[parent]) : made.number) + ")";
      } else {
        if (!made.annex.empty()) path = made.annex + "/";
        if (made.kind == ClauseKind::preambular) {
          path += "pp" + std::to_string(++preambular);
        } else if (made.number.empty()) {
          path += "op" + std::to_string(++unnumbered);
        } else {
          path += (sections_[i].part.empty() ? "" : sections_[i].part + "/") + made.number;
        }
      }
      std::string unique = path;
      for (int copy = 2; !used.insert(unique).second; ++copy) unique = path + "#" + std::to_string(copy);
      made.path = unique;
    }
  }

  void fault(const Part& part, std::string problem, std::string remedy) {
    out_.faults.push_back({part.line, 1, std::move(problem), std::move(remedy)});
  }

  struct Place {
    int section = 0;
    std::string part;  // "II" of the heading under which the numbers begin again
  };

  PartedText& parted_;
  const DocumentWords& words_;
  ResolutionText& out_;
  std::vector<OpenItem> items_;  // open lists, the innermost last
  std::vector<Place> sections_;  // beside the clauses
  std::string heading_, annex_, part_, prefix_;
  int last_ = 0, open_ = -1, top_ = -1, section_ = 0;
  bool numbered_ = false, closed_ = false, after_heading_ = false, heading_since_number_ = false, bare_ = false;
};

}  // namespace

void read_structure(PartedText&& parted, const DocumentWords& words, ResolutionText& out) { Builder(parted, words, out).build(); }

}  // namespace stocktake
