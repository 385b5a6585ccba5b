#include "partnership/texts/formats.h"
namespace stocktake {
PartedText read_docx(std::string_view, const std::string&, ResolutionText&) { return {}; }
PartedText read_akn(std::string_view, const std::string&, std::optional<Language>, ResolutionText&) { return {}; }
PartedText read_html(std::string_view, const std::string&, std::optional<Language>, ResolutionText&) { return {}; }
}
