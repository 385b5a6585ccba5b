// Our side of bench/run resolutions: reads texts (one file, parted by form feed and record separator), times parsing and reading,
// prints seconds, bytes, texts, numbered paragraphs, clauses with a verb, percentages, deadlines.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "base/files.h"
#include "partnership/texts/lexicon.h"
#include "partnership/texts/reading.h"

int main(int argc, char** argv) {
  using namespace stocktake;
  if (argc < 3) return 2;
  const std::string all = read_file(argv[1]);
  const long most = std::atol(argv[2]);
  const Lexicon english = Lexicon::load(Language::en), chinese = Lexicon::load(Language::zh);
  long texts = 0, paragraphs = 0, verbs = 0, percentages = 0, deadlines = 0;
  std::size_t bytes = 0;
  double parsing = 0, reading = 0;
  // Time of the processor, so that other work of the machine does not count.
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  };
  for (std::size_t at = 0; at < all.size() && texts < most; ++texts) {
    const std::size_t end = std::min(all.find('\x1e', at), all.size());
    const double start = now();
    const ResolutionText text = read_resolution_text(std::string_view(all).substr(at, end - at), "text");
    const double middle = now();
    const auto readings = read_clauses(text, text.language == Language::zh ? chinese : english);
    const double done = now();
    parsing += middle - start;
    reading += done - middle;
    bytes += end - at;
    at = end + 1;
    for (const ClauseReading& one : readings) {
      if (text.clauses[static_cast<std::size_t>(one.clause)].kind != ClauseKind::operative) continue;
      ++paragraphs;
      if (one.verb) ++verbs;
      for (const QuantityFound& quantity : one.quantities) {
        if (quantity.kind == QuantityKind::percent || quantity.kind == QuantityKind::percent_range) ++percentages;
      }
      for (const DeadlineFound& deadline : one.deadlines) {
        const bool last_day = deadline.kind == DeadlineKind::by || deadline.kind == DeadlineKind::before ||
                              deadline.kind == DeadlineKind::end_of || deadline.kind == DeadlineKind::session;
        if (deadline.binding && last_day) ++deadlines;
      }
    }
  }
  std::printf("%.6f %.6f %zu %ld %ld %ld %ld %ld\n", parsing, reading, bytes, texts, paragraphs, verbs, percentages, deadlines);
  return 0;
}
