#include "base/error.h"
#include "partnership/texts/characters.h"
#include "partnership/texts/decode.h"
#include "partnership/texts/formats.h"

namespace stocktake {

void refuse_entities(std::string_view text, const std::string& name, bool html) {
  const auto refuse = [&](std::size_t at, const char* what) {
    Location where{name, 0, 0, {}};
    place_of(text, at, where.line, where.column);
    throw Error(ErrorKind::input, what, "Take the DOCTYPE out: a resolution needs none", where);
  };
  for (std::size_t at = text.find("<!"); at != std::string_view::npos; at = text.find("<!", at + 2)) {
    const std::string_view rest = text.substr(at + 2, 7);
    const auto is = [&](std::string_view word) {
      if (rest.size() < word.size()) return false;
      for (std::size_t i = 0; i < word.size(); ++i) {
        if ((rest[i] & ~0x20) != word[i]) return false;
      }
      return true;
    };
    if (is("ENTITY")) refuse(at, "an entity is declared, which could unpack to any size or name another file");
    if (!is("DOCTYPE")) {
      if (rest.starts_with("--")) {
        const std::size_t end = text.find("-->", at);
        if (end == std::string_view::npos) return;
        at = end;
      }
      continue;
    }
    const std::size_t end = text.find_first_of("[>", at);
    const std::string_view inside = text.substr(at, end == std::string_view::npos ? end : end - at);
    if (end != std::string_view::npos && text[end] == '[') refuse(at, "the DOCTYPE has a subset of its own, in which entities could be declared");
    if (!html && (inside.find("SYSTEM") != std::string_view::npos || inside.find("PUBLIC") != std::string_view::npos)) {
      refuse(at, "the DOCTYPE names another file");
    }
  }
}

}  // namespace stocktake
