#include "ingest/sheets/xml_events.h"

#include <expat.h>

#include <charconv>
#include <exception>
#include <memory>

namespace stocktake::sheets {
namespace {

std::string_view local(std::string_view name) { return name.substr(name.find(':') + 1); }

struct Run {
  XmlHandler& handler;
  XML_Parser parser;
  std::exception_ptr failure;
  int depth = 0;
  bool doctype = false, deep = false;

  // Exceptions must not pass through the parser, which is C.
  template <typename Work>
  void guarded(const Work& work) {
    if (failure || handler.stopped) return;
    try {
      work();
    } catch (...) {
      failure = std::current_exception();
    }
    if (failure || handler.stopped) XML_StopParser(parser, XML_FALSE);
  }
};

void on_open(void* data, const char* name, const char** attributes) {
  Run& run = *static_cast<Run*>(data);
  if (++run.depth > 200) {
    run.deep = true;
    XML_StopParser(run.parser, XML_FALSE);
    return;
  }
  run.guarded([&] { run.handler.open(local(name), Attributes(attributes)); });
}
void on_close(void* data, const char* name) {
  Run& run = *static_cast<Run*>(data);
  --run.depth;
  run.guarded([&] { run.handler.close(local(name)); });
}
void on_text(void* data, const char* text, int length) {
  Run& run = *static_cast<Run*>(data);
  run.guarded([&] { run.handler.text({text, static_cast<std::size_t>(length)}); });
}
void on_doctype(void* data, const char*, const char*, const char*, int) {
  Run& run = *static_cast<Run*>(data);
  run.doctype = true;
  XML_StopParser(run.parser, XML_FALSE);
}

}  // namespace

std::string_view Attributes::get(std::string_view name) const {
  for (const char** at = list_; *at != nullptr; at += 2) {
    if (local(*at) == name) return at[1];
  }
  return {};
}

std::size_t Attributes::number(std::string_view name, std::size_t otherwise, std::size_t most) const {
  const std::string_view text = get(name);
  std::size_t value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  return status == std::errc() && end == text.data() + text.size() && value <= most ? value : otherwise;
}

bool read_xml(Archive& archive, const std::string& part, XmlHandler& handler) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(XML_ParserCreate(nullptr),
                                                                                             &XML_ParserFree);
  Run run{handler, parser.get(), nullptr, 0, false, false};
  XML_SetUserData(parser.get(), &run);
  XML_SetElementHandler(parser.get(), on_open, on_close);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  const auto feed = [&](std::string_view block, bool last) {
    const XML_Status status = XML_Parse(parser.get(), block.data(), static_cast<int>(block.size()), last ? 1 : 0);
    if (run.failure) std::rethrow_exception(run.failure);
    if (handler.stopped) return false;
    if (run.doctype) archive.refuse(part + " declares a document type, which no workbook does", "Save the workbook anew");
    if (run.deep)
      archive.refuse(part + " is nested deeper than 200 elements", "No workbook is built so; check where the file comes from");
    if (status != XML_STATUS_OK) {
      archive.refuse(part + " is not well-formed XML, line " + std::to_string(XML_GetCurrentLineNumber(parser.get())) + ": " +
                         XML_ErrorString(XML_GetErrorCode(parser.get())),
                     "Save the workbook anew; one with a password is saved without it");
    }
    return true;
  };
  if (!archive.read(part, [&](std::string_view block) { return feed(block, false); })) return false;
  if (!handler.stopped) feed({}, true);
  return true;
}

}  // namespace stocktake::sheets
