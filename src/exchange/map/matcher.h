// Finds what a name or code means in a list of known ones: exactly, or by likeness with a score. Immutable after finish().
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake {

// Without case, accents and punctuation: "Côte d’Ivoire" and "COTE D'IVOIRE" are "cote d ivoire" (Unicode: compatibility
// decomposition, marks removed, case folded, everything but letters and digits a blank). Text that is not UTF-8 gives "".
std::string plain_form(std::string_view text);
// The same in Latin letters (ICU, Any-Latin and Latin-ASCII): "Франция" is "franciya".
std::string latin_form(std::string_view plain);
// 1 - distance / length of the longer, in code points; the distance counts insertions, deletions, substitutions and swaps of
// neighbours, no part edited twice ("optimal string alignment", the restricted form of Damerau and Levenshtein).
double likeness(std::u32string_view a, std::u32string_view b);

struct Match {
  std::string code;
  std::string text;  // the known name that it is like
  double score = 0;  // 1: exact
  std::string how;   // "iso3", "name", "case", "order", "spelling", "words", "letters"
};

class Matcher {
 public:
  // A known name or code of `code`; `how` tells of an exact find ("name", "iso3").
  void add(std::string_view code, std::string_view text, std::string_view how);
  void finish();
  // An exact find alone, or at most `most` suggestions of different codes with at least that score, the best first. Two codes
  // for the same text are no exact find: then both are suggestions with 0.99.
  std::vector<Match> find(std::string_view text, std::size_t most, double least) const;
  bool exact(std::string_view text) const;
  std::size_t size() const { return terms_.size(); }

 private:
  struct Term {
    std::string code, text, how, plain;
    std::u32string letters, sorted, latin;
    std::vector<std::u32string> tokens;
    std::vector<double> weights;
    double weight = 0;
  };
  std::vector<Match> exact_finds(std::string_view text, const std::string& plain) const;
  double weight_of(const std::u32string& token) const;

  std::vector<Term> terms_;
  std::multimap<std::string, std::size_t, std::less<>> by_text_, by_plain_;
  std::map<std::u32string, std::size_t> frequency_;
};

}  // namespace stocktake
