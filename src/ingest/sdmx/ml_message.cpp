#include "ingest/sdmx/ml_message.h"

#include "base/utf8.h"

namespace stocktake::sdmx {
namespace {

// The namespace of the first element, from its own declarations.
std::string_view namespace_of(const xml::Reader& reader) {
  const std::size_t colon = reader.name().find(':');
  const std::string wanted = colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(reader.name().substr(0, colon));
  for (const xml::Attribute& attribute : reader.attributes()) {
    if (attribute.name == wanted) return attribute.value;
  }
  return {};
}

}  // namespace

MlMessage open_message(xml::Reader& reader) {
  reader.next();
  MlMessage message{std::string(reader.local()), {}};
  const std::string_view space = namespace_of(reader);
  const std::size_t at = space.find("/schemas/v");
  if (at == std::string_view::npos || space.find("sdmx") == std::string_view::npos) {
    if (at == std::string_view::npos || space.find("SDMX") == std::string_view::npos) {
      reader.refuse("the first element is <" + printable(reader.name().substr(0, 60)) + ">, expected an SDMX-ML message",
                    "Is this an SDMX message? A service may have sent an error page");
    }
  }
  message.version = space.substr(at + 10, space.find('/', at + 10) - at - 10);
  for (char& c : message.version) c = c == '_' ? '.' : c;
  if (message.version != "2.1" && !message.version.starts_with("3.")) {
    reader.refuse("this is an SDMX-ML " + printable(message.version.substr(0, 10)) + " message (" +
                      printable(message.root.substr(0, 60)) + "), expected 2.1 or 3.0",
                  "Ask the service for SDMX 2.1 or 3.0");
  }
  if (message.root == "Error") {
    const std::string said = read_service_messages(reader);
    reader.refuse("the service answered with an error: " + (said.empty() ? std::string("it does not say which") : said),
                  "Check the query that the message answers");
  }
  return message;
}

std::optional<Action> action_of(std::string_view text) {
  for (const Action action : {Action::information, Action::append, Action::replace, Action::merge, Action::remove}) {
    if (text == to_string(action)) return action;
  }
  return std::nullopt;
}

std::optional<Reference> read_reference(xml::Reader& reader, std::string_view kind) {
  std::optional<Reference> found;
  if (reader.is_empty()) return found;
  const std::size_t outside = reader.depth() - 1;
  std::string urn;
  while (reader.depth() > outside) {
    const xml::Reader::Event event = reader.next();
    if (event == xml::Reader::Event::text) urn.append(reader.text());
    if (event == xml::Reader::Event::open && reader.local() == "Ref") {
      found = reference_of([&](std::string_view name) { return reader.attribute(name); }, kind);
    }
  }
  if (found) return found;
  const std::size_t begin = urn.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return found;
  return parse_urn(std::string_view(urn).substr(begin, urn.find_last_not_of(" \t\r\n") + 1 - begin));
}

MlHeader read_header(xml::Reader& reader) {
  MlHeader result;
  Header& header = result.header;
  if (reader.is_empty()) return result;
  const std::size_t inside = reader.depth();
  while (reader.depth() >= inside) {
    if (reader.next() != xml::Reader::Event::open) continue;
    const std::string name(reader.local());
    if (name == "ID") {
      header.id = reader.content();
    } else if (name == "Test") {
      const std::string text = reader.content();
      header.test = text == "true" || text == "1";
    } else if (name == "Prepared") {
      header.prepared = reader.content();
    } else if (name == "Sender" || name == "Receiver") {
      (name == "Sender" ? header.sender : header.receiver) = reader.attribute("id");
      reader.skip();
    } else if (name == "Source") {
      const std::string text = reader.content();
      if (header.source.empty()) header.source = text;  // others are translations
    } else if (name == "Extracted") {
      header.extracted = reader.content();
    } else if (name == "ReportingBegin") {
      header.reporting_begin = reader.content();
    } else if (name == "ReportingEnd") {
      header.reporting_end = reader.content();
    } else if (name == "DataSetAction") {
      header.action = action_of(reader.content());
    } else if (name == "Structure") {
      HeaderStructure& one = header.structures.emplace_back();
      one.local_id = reader.attribute("structureID");
      one.dimension_at_observation = reader.attribute("dimensionAtObservation");
      const std::string_view measures = reader.attribute("explicitMeasures");
      result.explicit_measures.push_back(measures == "true" || measures == "1");
      if (reader.is_empty()) continue;
      const std::size_t depth = reader.depth();
      while (reader.depth() >= depth) {
        if (reader.next() != xml::Reader::Event::open) continue;
        // 2.1 writes <ProvisionAgrement>.
        const std::string_view kind = reader.local() == "Structure"        ? "DataStructure"
                                      : reader.local() == "StructureUsage" ? "Dataflow"
                                      : reader.local().starts_with("ProvisionAgree") || reader.local() == "ProvisionAgrement"
                                          ? "ProvisionAgreement"
                                          : "";
        if (kind.empty()) {
          reader.skip();
        } else if (auto reference = read_reference(reader, kind)) {
          one.structure = std::move(*reference);
        }
      }
    } else {
      reader.skip();
    }
  }
  return result;
}

std::string read_service_messages(xml::Reader& reader) {
  std::string all, code, severity;
  if (reader.is_empty()) return all;
  const std::size_t inside = reader.depth();
  bool first_text = true;
  while (reader.depth() >= inside) {
    if (reader.next() != xml::Reader::Event::open) continue;
    if (reader.local() == "Text") {
      const std::string text = printable(reader.content());
      if (!first_text && !text.empty()) all += ' ';
      all += text;
      first_text = first_text && text.empty();
      continue;
    }
    code = printable(reader.attribute("code"));
    severity = printable(reader.attribute("severity"));
    if (!all.empty()) all += "; ";
    all += code;
    if (!severity.empty()) all += (code.empty() ? "(" : " (") + severity + ")";
    if (!code.empty() || !severity.empty()) all += ": ";
    first_text = true;
  }
  return all;
}

}  // namespace stocktake::sdmx
