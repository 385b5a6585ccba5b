#include <algorithm>

#include "partnership/texts/characters.h"
#include "partnership/texts/lines.h"

namespace stocktake {
namespace {

bool is_rule(std::string_view line) { return line.size() >= 5 && line.find_first_not_of('_') == std::string_view::npos; }

struct NoteStart {
  std::string mark;
  std::size_t length = 0;  // bytes of the mark and the blanks behind it; 0: no note starts here
  bool raised = false;     // a superscript
};

// `dotted`: "1." too, as in a list of notes at the end.
NoteStart note_start(std::string_view line, bool dotted) {
  NoteStart start;
  std::size_t at = 0;
  while (at < line.size()) {
    const Character c = character_at(line, at);
    const int digit = superscript_digit(c.value);
    if (digit < 0) break;
    start.mark += static_cast<char>('0' + digit);
    at += c.length;
  }
  start.raised = at > 0;
  if (at == 0) {
    const bool square = line[0] == '[';
    std::size_t digits = square ? 1 : 0;
    const std::size_t first = digits;
    while (digits < line.size() && is_digit(line[digits]) && digits - first < 3) ++digits;
    if (digits > first && (!square || (digits < line.size() && line[digits] == ']'))) {
      start.mark = std::string(line.substr(first, digits - first));
      at = digits + (square ? 1 : 0);
      if (at < line.size() && ((dotted && line[at] == '.') || line[at] == '/')) ++at;  // "5/", as in the 1990s
      if (at < line.size() && !is_space(line[at]) && !square) at = 0;
    } else if (!square) {
      while (at < line.size() && line[at] == '*') ++at;
      if (line.starts_with("\xE2\x80\xA0")) at = 3;  // the dagger
      start.mark = std::string(line.substr(0, at));
    }
  }
  if (at == 0) return {};
  start.length = at;
  while (start.length < line.size() && is_space(line[start.length])) ++start.length;
  return start;
}

int as_number(const std::string& mark) {
  if (mark.empty() || !std::all_of(mark.begin(), mark.end(), is_digit)) return 0;
  return std::stoi(mark.substr(0, 4));
}

class NoteTaker {
 public:
  NoteTaker(TextLines& lines, const DocumentWords& words) : lines_(lines), words_(words) {}

  std::vector<PartNote> take() {
    std::size_t kept = 0;
    bool apart = false;
    for (std::size_t i = 0; i < lines_.lines.size(); ++i) {
      TextLine line = lines_.lines[i];
      if (consumes(line, kept)) {
        apart = true;
        continue;
      }
      line.apart = line.apart || apart;
      apart = false;
      lines_.lines[kept++] = line;
    }
    lines_.lines.resize(kept);
    for (PartNote& note : notes_) {
      std::size_t end = note.note.text.size();
      while (end > 0 && note.note.text[end - 1] == ' ') --end;
      note.note.text.resize(end);
    }
    return std::move(notes_);
  }

 private:
  bool consumes(const TextLine& line, std::size_t kept) {
    const std::string_view text = lines_.of(line);
    if (is_rule(text)) {
      inside_ = true;
      first_ = true;
      page_ = line.page;
      return true;
    }
    const NoteStart start = note_start(text, collected_);
    if (inside_) {
      if (lines_.pages > 1 && line.page != page_) {
        inside_ = false;
      } else if (starts_note(start, first_)) {
        begin_note(start, line, text);
        return true;
      } else if (!first_ && (lines_.pages > 1 || (!line.blank && !line.apart))) {
        append_spaced(notes_.back().note.text, text);
        return true;
      } else {
        inside_ = false;
      }
    }
    if (start.raised && (line.blank || line.apart || raised_)) {
      begin_note(start, line, text);
      raised_ = true;
      return true;
    }
    if (raised_ && !line.blank && line.page == notes_.back().page) {
      append_spaced(notes_.back().note.text, text);
      return true;
    }
    raised_ = false;
    return at_the_end(start, line, text, kept);
  }

  // Notes below a heading "Notes", or behind the date that closes the text: "1 See resolution 55/2.", "[1] ...".
  bool at_the_end(const NoteStart& start, const TextLine& line, std::string_view text, std::size_t kept) {
    if (collected_) {
      if (starts_note(start, false) || (as_number(start.mark) > 0 && last_ == 0)) {
        begin_note(start, line, text);
        return true;
      }
      if (line.blank || notes_.empty()) return collected_ = false;
      append_spaced(notes_.back().note.text, text);
      return true;
    }
    if (kept < 10 || !line.blank) return false;
    const std::size_t heading = text.size() < 40 ? begins_with(text, words_.notes) : 0;
    if (heading > 0 && (heading == text.size() ||
                        (heading + 1 == text.size() && ending_of(static_cast<unsigned char>(text.back())) != Ending::none))) {
      return collected_ = true;
    }
    return false;
  }

  bool starts_note(const NoteStart& start, bool first) const {
    if (start.length == 0) return false;
    const int number = as_number(start.mark);
    if (number == 0 || start.raised) return true;
    if (number == last_ + 1) return true;
    return first && (number == 1 || (number > last_ && number < last_ + 4));
  }

  void begin_note(const NoteStart& start, const TextLine& line, std::string_view text) {
    PartNote note;
    note.note.mark = start.mark;
    note.note.line = line.line;
    note.page = line.page;
    append_spaced(note.note.text, text.substr(start.length));
    notes_.push_back(std::move(note));
    const int number = as_number(start.mark);
    if (number > 0) last_ = number;
    first_ = false;
  }

  TextLines& lines_;
  const DocumentWords& words_;
  std::vector<PartNote> notes_;
  int last_ = 0;
  std::uint32_t page_ = 0;
  bool inside_ = false, first_ = false, raised_ = false, collected_ = false;
};

}  // namespace

void check_notes(const PartedText& parted, std::vector<TextFault>& faults) {
  int last = 0;
  for (const PartNote& note : parted.notes) {
    const std::string name = "footnote " + note.note.mark;
    const auto add = [&](const std::string& problem, const char* remedy) {
      faults.push_back({note.note.line, 1, problem, remedy});
    };
    if (!note.bound) add(name + " has no mark in the text", "It was kept and belongs to no clause; check the source");
    if (note.note.text.empty()) add(name + " has no text", "Check the source");
    const int number = as_number(note.note.mark);
    if (number == 0) continue;
    // A footnote alone is named; a wide gap is another row of numbers.
    for (int missing = last + 1; last > 0 && missing < number && number < last + 20; ++missing) {
      add("footnote " + std::to_string(missing) + " is missing before " + note.note.mark, "Check that the source is complete");
    }
    last = number;
  }
}

std::vector<PartNote> take_notes(TextLines& lines, const DocumentWords& words) { return NoteTaker(lines, words).take(); }

}  // namespace stocktake
