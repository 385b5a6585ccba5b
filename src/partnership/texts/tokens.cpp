#include "partnership/texts/tokens.h"

#include <array>
#include <charconv>
#include <string>

#include "partnership/texts/arabic.h"
#include "partnership/texts/characters.h"

namespace stocktake {
namespace {

constexpr bool digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool letter(char c) { return upper(c) || (c >= 'a' && c <= 'z'); }
constexpr bool high(char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }

constexpr auto plain = [] {  // ASCII letters and digits
  std::array<bool, 256> table{};
  for (unsigned c = 0; c < 128; ++c) table[c] = letter(static_cast<char>(c)) || digit(static_cast<char>(c));
  return table;
}();

struct Punctuation {
  std::string_view text;
  char mark;
};
// U+2013, U+2014, quotes, and the full-width and Arabic marks.
constexpr std::array<Punctuation, 28> wide_marks{{{"–", '-'},  {"—", '-'},  {"‑", '-'},  {"－", '-'}, {"～", '-'}, {"“", '"'},
                                                  {"”", '"'},  {"«", '"'},  {"»", '"'},  {"《", '<'}, {"》", '>'}, {"，", ','},
                                                  {"、", ','}, {"；", ';'}, {"。", '.'}, {"：", ':'}, {"（", '('}, {"）", ')'},
                                                  {"،", ','},  {"؛", ';'},  {"‘", '\''}, {"’", '\''}, {"％", '%'}, {"…", '.'},
                                                  {"・", ','}, {"€", 'E'},  {"−", '-'},  {"٪", '%'}}};

// In the order of TokenKind.
constexpr std::array<std::uint64_t, 8> kind_bits{0, 0, bit_figure, bit_document, bit_document, bit_document, 0, bit_mark};

class Scanner {
 public:
  Scanner(std::string_view text, const Lexicon& lexicon, std::vector<Token>& tokens)
      : text_(text), lexicon_(lexicon), out_(tokens) {}

  std::uint64_t run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ' ' || c == '\n' || c == '\t') {
        ++at_;
      } else if (no_break_space()) {
        at_ += 2;
      } else if (digit(c)) {
        if (!known()) number();  // "2030 Agenda"
      } else if (upper(c) && symbol(at_)) {
        // taken
      } else if (!known()) {
        other();
      }
    }
    return all_;
  }

 private:
  char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  bool no_break_space() const { return peek(at_) == '\xC2' && peek(at_ + 1) == '\xA0'; }

  Token& push(TokenKind kind, std::size_t begin, std::size_t end) {
    const bool joined = !out_.empty() && out_.back().end == begin;
    Token& token = out_.emplace_back();
    token.begin = static_cast<std::uint32_t>(begin);
    token.end = static_cast<std::uint32_t>(end);
    token.kind = kind;
    token.joined = joined;
    token.bits = kind_bits[static_cast<std::size_t>(kind)];
    all_ |= token.bits;
    at_ = end;
    return token;
  }

  void mark(std::size_t length, char punct) {
    Token& made = push(TokenKind::mark, at_, at_ + length);
    made.punct = punct;
    if (punct == '.' || punct == ';' || punct == ':') made.bits |= bit_stop;
  }

  std::size_t digits(std::size_t at) const {
    while (digit(peek(at))) ++at;
    return at;
  }
  double parsed(std::size_t begin, std::size_t end) const {
    double value = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (digit(text_[i])) value = value * 10 + (text_[i] - '0');
    }
    return value;
  }

  // Three digits after a space or a comma belong to the number before: "1 000 000", "1,000"; "100.000" where the comma is the
  // decimal sign. Arabic texts print "0,7" and "100,000".
  std::size_t groups(std::size_t begin, std::size_t end) const {
    if (end - begin > 3 || text_[begin] == '0') return end;
    const bool comma = !lexicon_.decimal_comma() || lexicon_.language() == Language::ar;
    for (;;) {
      std::size_t next = end;
      if (peek(end) == ' ' || (comma ? peek(end) == ',' : peek(end) == '.')) next = end + 1;
      if (peek(end) == '\xC2' && peek(end + 1) == '\xA0') next = end + 2;
      if (next == end || digits(next) - next != 3) return end;
      end = next + 3;
    }
  }

  void number() {
    const std::size_t begin = at_;
    std::size_t end = digits(begin);
    if (peek(end) == '/' && digit(peek(end + 1))) return pair(begin, end);
    if (peek(end) == '/' && upper(peek(end + 1)) && symbol_tail(end + 1)) return;
    if (lexicon_.language() == Language::ar && end - begin == 3) {
      if (const GroupedNumber reversed = reversed_groups(text_, begin); reversed.end > begin) {
        Token& made = push(TokenKind::number, begin, reversed.end);
        made.value = reversed.value;
        made.integer = true;
        return;
      }
    }
    const std::size_t grouped = groups(begin, end);
    if (grouped == end && peek(end) == '.' &&
        (upper(peek(end + 1)) || (digit(peek(end + 1)) && peek(digits(end + 1)) == '.' && digit(peek(digits(end + 1) + 1))))) {
      return dotted(begin);
    }
    end = grouped;
    double value = parsed(begin, end);
    bool integer = true;
    const char point = lexicon_.decimal_comma() ? ',' : '.';
    if ((peek(end) == point || (peek(end) == '.' && end - begin <= 3)) && digit(peek(end + 1))) {
      const std::size_t last = digits(end + 1);
      // Exact: the digits go to from_chars with a point.
      std::array<char, 64> buffer{};
      std::size_t size = 0;
      for (std::size_t i = begin; i < last && size + 1 < buffer.size(); ++i) {
        if (digit(text_[i])) buffer[size++] = text_[i];
        if (i == end) buffer[size++] = '.';
      }
      std::from_chars(buffer.data(), buffer.data() + size, value);
      end = last;
      integer = false;
    }
    Token& made = push(TokenKind::number, begin, end);
    made.value = value;
    made.integer = integer;
  }

  void pair(std::size_t begin, std::size_t slash) {
    std::size_t end = digits(slash + 1);
    const double first = parsed(begin, slash), second = parsed(slash + 1, end);
    // "64/184 A": the letter is its own word; "57/270B" is one.
    if (upper(peek(end)) && !letter(peek(end + 1)) && !digit(peek(end + 1))) ++end;
    Token& made = push(TokenKind::pair, begin, end);
    made.value = first;
    made.second = second;
  }

  void dotted(std::size_t begin) {
    std::size_t end = digits(begin);
    while (peek(end) == '.' && (digit(peek(end + 1)) || (letter(peek(end + 1)) && !letter(peek(end + 2))))) {
      end = digit(peek(end + 1)) ? digits(end + 1) : end + 2;
    }
    if (end == digits(begin)) {
      Token& made = push(TokenKind::number, begin, end);
      made.value = parsed(begin, end);
      made.integer = true;
      return;
    }
    push(TokenKind::dotted, begin, end).value = parsed(begin, digits(begin));
  }

  // What may stand inside a document symbol.
  std::size_t symbol_end(std::size_t at) const {
    int depth = 0;
    for (; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '(' && (digit(peek(at + 1)) || upper(peek(at + 1)))) {
        ++depth;
        continue;
      }
      if (c == ')' && depth > 0) {
        --depth;
        continue;
      }
      if (letter(c) || digit(c) || c == '/') continue;
      if ((c == '.' || c == '-') && (letter(peek(at + 1)) || digit(peek(at + 1)))) {
        // "A/78/93-E/2023/90" are two.
        if (c == '-' && upper(peek(at + 1)) && peek(at + 2) == '/') break;
        continue;
      }
      break;
    }
    return at;
  }
  bool symbol_tail(std::size_t letters) {  // "1/CP.21", the number has been seen
    const std::size_t end = symbol_end(letters);
    push(TokenKind::symbol, at_, end);
    return true;
  }

  // "A/57/304", "FCCC/CP/2015/10", "A/CONF.157/24"; "E.02.II.A.7". True when taken.
  bool symbol(std::size_t begin) {
    if (begin > 0 && (letter(text_[begin - 1]) || digit(text_[begin - 1]))) return false;
    std::size_t at = begin;
    while (upper(peek(at)) || digit(peek(at)) || (peek(at) == '.' && (digit(peek(at + 1)) || upper(peek(at + 1))))) ++at;
    if (peek(at) == '(' && at - begin <= 4 && digit(peek(at + 1))) {  // "GC(69)/RES/7"
      const std::size_t close = digits(at + 1);
      if (peek(close) == ')' && peek(close + 1) == '/') at = close + 1;
    }
    if (peek(at) == '/' && at - begin <= 12 && (upper(peek(at + 1)) || digit(peek(at + 1)))) {
      const std::size_t end = symbol_end(at);
      bool any = false;
      for (std::size_t i = at; i < end; ++i) any = any || digit(text_[i]);
      if (!any) return false;
      push(TokenKind::symbol, begin, end);
      return true;
    }
    if (peek(begin + 1) == '.' && digit(peek(begin + 2)) && digit(peek(begin + 3)) && peek(begin + 4) == '.' &&
        upper(peek(begin + 5))) {
      std::size_t end = begin + 5;
      while (upper(peek(end)) || digit(peek(end)) || (peek(end) == '.' && (upper(peek(end + 1)) || digit(peek(end + 1))))) ++end;
      push(TokenKind::sales, begin, end);
      return true;
    }
    return false;
  }

  bool known() {
    std::size_t length = 0;
    int term = lexicon_.match(text_, at_, length);
    if (term < 0 && lexicon_.language() == Language::ar) term = joined_word(length);
    if (term < 0) return false;
    Token& made = push(TokenKind::term, at_, at_ + length);
    made.term = static_cast<std::int16_t>(term);
    made.bits = lexicon_.bits(term);
    all_ |= made.bits;
    return true;
  }

  // Arabic writes "and" (U+0648), "by" (U+0628) and "for" (U+0644) with the word after them; "for the" has lost its alef, and is
  // as long as "the" alone. They become marks that end nothing.
  int joined_word(std::size_t& length) {
    if (text_.compare(at_, 2, "و") == 0) {
      const int term = lexicon_.match(text_, at_ + 2, length);
      if (term >= 0 || text_.compare(at_ + 2, 6, "بال") == 0) mark(2, ',');
      if (term >= 0) return term;
    }
    if (text_.compare(at_, 6, "بال") == 0) {
      mark(2, ',');
      return lexicon_.match(text_, at_, length);
    }
    if (text_.compare(at_, 4, "لل") == 0) {
      constexpr std::size_t longest = 120;  // bytes of the forms that are looked for
      const std::string spelled = "ال" + std::string(text_.substr(at_ + 4, longest));
      return lexicon_.match(spelled, 0, length);
    }
    return -1;
  }

  void other() {
    const char c = text_[at_];
    if (!high(c) && !letter(c)) {
      return mark(1, c);
    }
    const auto lead = static_cast<unsigned char>(c);
    if (lead == 0xE2 || lead == 0xE3 || lead == 0xEF || lead == 0xC2 || (lead & 0xFEU) == 0xD8) {
      for (const Punctuation& wide : wide_marks) {
        if (text_.compare(at_, wide.text.size(), wide.text) == 0) {
          return mark(wide.text.size(), wide.mark);
        }
      }
    }
    lexicon_.alphabetic() ? word() : character();
  }

  // Letters, and hyphens and apostrophes between them.
  void word() {
    const std::size_t begin = at_;
    std::size_t end = begin;
    while (end < text_.size()) {
      if (end + 8 <= text_.size()) end += letters_of(eight_bytes(text_.data() + end));
      if (end == text_.size()) break;
      const char c = text_[end];
      if (plain[static_cast<unsigned char>(c)]) {
        ++end;
      } else if (c == '-' && letter(peek(end + 1))) {
        ++end;
      } else if (high(c)) {
        const auto lead = static_cast<unsigned char>(c);
        if (lead == 0xC2) break;
        if (lead >= 0xE0) {
          // An apostrophe goes on, other punctuation of U+2000 ends the word.
          if (text_.compare(end, 3, "’") == 0 && (letter(peek(end + 3)) || high(peek(end + 3)))) {
            if (lexicon_.language() == Language::fr) {
              end += 3;
              break;  // "l’", "d’": a word of its own
            }
            end += 3;
            continue;
          }
          if (lead == 0xE2) break;
          end += lead >= 0xF0 ? 4 : 3;
        } else {
          if (lead == 0xD8 && (peek(end + 1) == '\x8C' || peek(end + 1) == '\x9B')) break;  // Arabic comma, semicolon
          end += lead >= 0xC0 ? 2 : 1;
        }
      } else if (c == '\'' && letter(peek(end + 1)) && lexicon_.language() == Language::fr) {
        ++end;
        break;
      } else {
        break;
      }
    }
    if (end == begin) end = begin + 1;
    push(TokenKind::word, begin, end > text_.size() ? text_.size() : end);
  }

  // One character; joined to the word before, so that a run of unknown characters is one word.
  void character() {
    const auto lead = static_cast<unsigned char>(text_[at_]);
    std::size_t end = at_ + (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1);
    if (!high(text_[at_])) {
      while (end < text_.size() && letter(text_[end])) ++end;
    }
    if (end > text_.size()) end = text_.size();
    if (!out_.empty() && out_.back().kind == TokenKind::word && out_.back().end == at_) {
      out_.back().end = static_cast<std::uint32_t>(end);
      at_ = end;
      return;
    }
    push(TokenKind::word, at_, end);
  }

  std::string_view text_;
  const Lexicon& lexicon_;
  std::vector<Token>& out_;
  std::size_t at_ = 0;
  std::uint64_t all_ = 0;
};

}  // namespace

std::uint64_t tokenise(std::string_view text, const Lexicon& lexicon, std::vector<Token>& tokens) {
  tokens.clear();
  tokens.reserve(text.size() / 4);
  if (lexicon.language() != Language::ar || !has_arabic_signs(text)) return Scanner(text, lexicon, tokens).run();
  const BareText bare = without_arabic_signs(text);
  const std::uint64_t all = Scanner(bare.text, lexicon, tokens).run();
  for (Token& token : tokens) {  // the signs behind a token's last letter are its own
    token.begin = bare.places[token.begin];
    token.end = bare.places[token.end];
  }
  return all;
}

}  // namespace stocktake
