#include "ingest/iati/structure.h"

#include <expat.h>

#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "ingest/iati/reader.h"

namespace stocktake::iati {
namespace {

constexpr char between = '\x1f';  // of a namespace and a name, as expat writes them
constexpr std::string_view xml_namespace = "http://www.w3.org/XML/1998/namespace";
constexpr std::size_t longest_text = 200;  // kept of a value, for its check and the message

std::string shown(std::string_view text) { return "'" + printable(text.substr(0, 60)) + (text.size() > 60 ? "…'" : "'"); }

struct Frame {
  int type = Schema::no_type;  // no_type: its content is not looked at (an extension, or unknown)
  std::size_t particle = 0;
  int count = 0;  // of the particle so far
  std::uint64_t line = 0;
  std::size_t path = 0;  // bytes of the path before this element
  std::string text;
  bool has_text = false, told = false;
};

// A block may begin and end within a character.
bool utf8_inside(std::string_view block) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  for (int i = 0; i < 3 && !block.empty() && continues(block.front()); ++i) block.remove_prefix(1);
  std::size_t tail = 0;
  while (tail < 3 && tail < block.size() && continues(block[block.size() - 1 - tail])) ++tail;
  if (tail < block.size() && static_cast<unsigned char>(block[block.size() - 1 - tail]) >= 0xC0) block.remove_suffix(tail + 1);
  return valid_utf8(block);
}

}  // namespace

struct StructureCheck::State {
  const Schema* schema;
  FindingSink sink;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser{nullptr, XML_ParserFree};
  std::vector<Frame> stack;
  std::string path, activity;
  bool failed = false, refused = false, text_too_long = false;

  std::uint64_t line() const { return XML_GetCurrentLineNumber(parser.get()); }

  void tell(const char* kind, std::string message, std::uint64_t at, std::string_view suffix = {}) {
    sink({at, Severity::fault, kind, activity, path + std::string(suffix), std::move(message)});
  }

  // Moves on in the sequence of the parent; the type of the child.
  int place(Frame& parent, std::string_view name, bool foreign) {
    const Schema::Type& type = schema->at(parent.type);
    if (type.text != Datatype::none) {
      tell("element", "no element may stand within this one", line());
      return Schema::no_type;
    }
    std::size_t at = parent.particle;
    int count = parent.count;
    std::string missing;
    for (; at < type.sequence.size(); ++at, count = 0) {
      const Schema::Particle& here = type.sequence[at];
      const bool matches = here.any ? foreign : !foreign && here.name == name;
      if (matches && (here.most == Schema::unbounded || count < here.most)) {
        if (!missing.empty()) tell("element", "expected <" + missing + "> before it", line());
        parent.particle = at;
        parent.count = count + 1;
        return here.any ? Schema::no_type : here.type;
      }
      if (!here.any && count < here.least && missing.empty()) missing = here.name;
    }
    parent.told = true;  // what is missing at the end may only be misplaced
    const bool known =
        std::any_of(type.sequence.begin(), type.sequence.end(), [&](const auto& p) { return !p.any && p.name == name; });
    if (!known) {
      tell("element", foreign ? "an element of another namespace may not stand here" : "this element may not stand here", line());
      return Schema::no_type;
    }
    const auto same = [&](const Schema::Particle& p) { return !p.any && p.name == name; };
    const auto found = std::find_if(type.sequence.begin(), type.sequence.end(), same);
    const bool repeated = static_cast<std::size_t>(found - type.sequence.begin()) == parent.particle;
    tell("element",
         repeated ? "it may stand here only " + (found->most == 1 ? std::string("once") : std::to_string(found->most) + " times")
                  : std::string("it stands too late: the order of elements is fixed"),
         line());
    return found->type;
  }

  void attributes(const Schema::Type& type, const char** list) {
    const std::size_t length = path.size();
    for (const char** at = list; *at != nullptr; at += 2) {
      std::string_view name = at[0];
      std::string own;
      bool foreign = false;
      if (const std::size_t cut = name.rfind(between); cut != std::string_view::npos) {
        own =
            name.substr(0, cut) == xml_namespace ? "xml:" + std::string(name.substr(cut + 1)) : std::string(name.substr(cut + 1));
        foreign = true;
        name = own;
      }
      const auto found =
          std::find_if(type.attributes.begin(), type.attributes.end(), [&](const auto& a) { return a.name == name; });
      if (found == type.attributes.end() || (foreign && !own.starts_with("xml:"))) {
        if (foreign && name == "xml:lang" && !valid_value(Datatype::language, at[1])) {
          tell("value", shown(at[1]) + " is no language", line(), "/@xml:lang");
        }
        if (!foreign || !type.any_attribute) {
          tell("attribute", "this attribute is not known here", line(), "/@" + printable(name.substr(0, 80)));
        }
        continue;
      }
      if (!valid_value(found->type, at[1])) {
        tell("value", shown(at[1]) + " is no " + std::string(to_string(found->type)), line(), "/@" + found->name);
      }
    }
    for (const Schema::Attribute& wanted : type.attributes) {
      if (!wanted.required) continue;
      bool given = false;
      for (const char** at = list; *at != nullptr; at += 2) given = given || at[0] == wanted.name;
      if (!given) tell("attribute", "the attribute '" + wanted.name + "' is missing", line());
    }
    path.resize(length);
  }

  void start(const char* full, const char** list) {
    std::string_view name = full;
    bool foreign = false;
    if (const std::size_t cut = name.rfind(between); cut != std::string_view::npos) {
      foreign = true;
      name = name.substr(cut + 1);
    }
    Frame frame;
    frame.line = line();
    frame.path = path.size();
    if (stack.size() < 64) {  // deeper than any real file: the path need not grow with it
      if (!stack.empty() && !path.empty()) path += '/';
      if (!(stack.empty() && name == "iati-activities")) path += printable(name.substr(0, 80));
    }
    if (name == "iati-activity") activity.clear();
    if (schema != nullptr) {
      if (stack.empty()) {
        frame.type = foreign ? Schema::no_type : schema->root(name);
        if (frame.type == Schema::no_type)
          tell("element", "the first element must be <iati-activities>, without a namespace", frame.line);
      } else if (stack.back().type != Schema::no_type) {
        frame.type = place(stack.back(), name, foreign);
      }
      if (frame.type != Schema::no_type) attributes(schema->at(frame.type), list);
    }
    stack.push_back(std::move(frame));
  }

  void end() {
    Frame& frame = stack.back();
    if (schema != nullptr && frame.type != Schema::no_type) {
      const Schema::Type& type = schema->at(frame.type);
      std::string missing;
      for (std::size_t at = frame.particle; at < type.sequence.size() && !frame.told; ++at) {
        const Schema::Particle& here = type.sequence[at];
        const int count = at == frame.particle ? frame.count : 0;
        if (!here.any && count < here.least) missing += (missing.empty() ? "<" : ", <") + here.name + ">";
      }
      if (!missing.empty()) tell("element", "it lacks " + missing, frame.line);
      if (type.text == Datatype::none) {
        if (frame.has_text) tell("element", "text may not stand here: " + shown(trimmed(frame.text)), frame.line);
      } else if (!valid_value(type.text, frame.text)) {
        tell("value", shown(trimmed(frame.text)) + " is no " + std::string(to_string(type.text)), frame.line);
      }
    }
    if (path == "iati-activity/iati-identifier") activity = printable(trimmed(frame.text));
    path.resize(frame.path);
    stack.pop_back();
  }

  void text(std::string_view part) {
    if (stack.empty()) return;
    Frame& frame = stack.back();
    if (!frame.has_text) frame.has_text = !trimmed(part).empty();
    if (frame.text.size() < longest_text && (frame.has_text || frame.text.empty()))
      frame.text.append(part.substr(0, longest_text));
  }

  bool parse(std::string_view part, bool last) {
    if (failed) return false;
    if (XML_Parse(parser.get(), part.data(), static_cast<int>(part.size()), last ? 1 : 0) == XML_STATUS_OK) return true;
    failed = true;
    const XML_Error error = XML_GetErrorCode(parser.get());
    const bool encoding = error == XML_ERROR_INVALID_TOKEN && !utf8_inside(part);
    tell("xml",
         encoding  ? "not well-formed XML: it has bytes that are no UTF-8; the file's first line should name its encoding, as "
                     "windows-1252; the rest is not checked"
         : refused ? "the file declares entities of its own (a document type with an internal subset): refused"
                   : std::string("not well-formed XML: ") + XML_ErrorString(error) + "; the rest is not checked",
         line());
    return false;
  }
};

StructureCheck::StructureCheck(const Schema* schema, FindingSink sink) : state_(std::make_unique<State>()) {
  state_->schema = schema;
  state_->sink = std::move(sink);
  state_->parser.reset(XML_ParserCreateNS("UTF-8", between));
  XML_Parser parser = state_->parser.get();
  XML_SetUserData(parser, state_.get());
  XML_SetElementHandler(
      parser, [](void* s, const char* name, const char** list) { static_cast<State*>(s)->start(name, list); },
      [](void* s, const char*) { static_cast<State*>(s)->end(); });
  XML_SetCharacterDataHandler(parser, [](void* s, const char* text, int size) {
    static_cast<State*>(s)->text({text, static_cast<std::size_t>(size)});
  });
  XML_SetStartDoctypeDeclHandler(parser, [](void* s, const char*, const char*, const char*, int internal) {
    auto* state = static_cast<State*>(s);
    if (internal == 0) return;
    state->refused = true;
    XML_StopParser(state->parser.get(), XML_FALSE);
  });
}
StructureCheck::~StructureCheck() = default;

bool StructureCheck::feed(std::string_view text) { return state_->parse(text, false); }
bool StructureCheck::finish() { return state_->parse({}, true); }

}  // namespace stocktake::iati
