// Any bytes as a resolution: encodings, plain text, pages, HTML, DOCX, Akoma Ntoso. What must hold: faults are Errors of the
// input, the text is valid UTF-8, and every index and path of a document that was read is sound.
#include <cstdlib>
#include <set>
#include <string>

#include "base/error.h"
#include "base/utf8.h"
#include "partnership/texts/document.h"

namespace {

using namespace stocktake;

void require(bool condition) {
  if (!condition) std::abort();
}

void check(const ResolutionText& text) {
  std::set<std::string> paths;
  for (std::size_t i = 0; i < text.clauses.size(); ++i) {
    const Clause& clause = text.clauses[i];
    require(valid_utf8(clause.text) && valid_utf8(clause.heading) && valid_utf8(clause.number));
    require(clause.parent < static_cast<int>(i));
    require((clause.kind == ClauseKind::item) == (clause.parent >= 0));
    require(!clause.path.empty() && paths.insert(clause.path).second);
    require(clause.source.begin <= clause.source.end);
    for (const int note : clause.notes) require(note >= 0 && static_cast<std::size_t>(note) < text.footnotes.size());
  }
  for (const FootnoteText& note : text.footnotes) require(valid_utf8(note.text));
  require(valid_utf8(text.title) && valid_utf8(text.body));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    check(read_resolution_text({reinterpret_cast<const char*>(data), size}, "fuzz"));
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::input);
  }
  return 0;
}
