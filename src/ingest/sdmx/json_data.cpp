#include "ingest/sdmx/json_data.h"

#include <memory>
#include <string>
#include <vector>

#include "ingest/sdmx/json_message.h"
#include "ingest/sdmx/json_rows.h"
#include "ingest/sdmx/json_tokens.h"

namespace stocktake::sdmx {
namespace {

using Kind = JsonTokens::Kind;

class Message {
 public:
  Message(std::string name, const Structures* structures, DataHandler& handler)
      : name_(std::move(name)), handler_(handler), rows_(structures, handler) {}

  void read(JsonTokens& tokens);

 private:
  struct Late {
    std::string pointer;
    std::uint64_t line;
    std::unique_ptr<Spool> text;
  };
  void body(JsonTokens& tokens, std::string_view key, const std::string& pointer);
  void structure(JsonTokens& tokens);
  void datasets(JsonTokens& tokens, const std::string& pointer);
  void errors(JsonTokens& tokens);
  void send_header();

  std::string name_;
  DataHandler& handler_;
  JsonRows rows_;
  Header header_;
  bool header_sent_ = false, datasets_met_ = false;
  std::vector<JsonStructure> known_;
  std::vector<Late> late_;
  std::vector<std::string> errors_;
};

void Message::read(JsonTokens& tokens) {
  if (tokens.kind() != Kind::object) throw tokens.error("an SDMX-JSON message is expected, which is a JSON object");
  tokens.begin_object();
  std::string_view key;
  while (tokens.key(key)) {
    if (key == "meta" || key == "header") {
      read_json_header(tokens, header_);
    } else if (key == "errors") {
      errors(tokens);
    } else if (key == "data" && tokens.kind() == Kind::object) {
      tokens.begin_object();
      while (tokens.key(key)) body(tokens, key, "/data");
    } else {
      body(tokens, key, "");
    }
  }
  if (!tokens.at_end()) {
    handler_.fault({tokens.line(), "", "there is more text behind the end of the message; it is not read", {}});
  }
  for (Late& one : late_) {
    if (known_.empty()) {
      throw Error(ErrorKind::input, "the message has data sets but no structure, without which its indices mean nothing",
                  "Ask the service for the whole message", {name_, one.line, 0, one.pointer});
    }
    JsonTokens again([&] { return one.text->next(); }, name_, one.line);
    datasets(again, one.pointer);
    one.text.reset();
  }
  if (!datasets_met_ && !errors_.empty()) {
    throw Error(ErrorKind::input, "the message brings an error instead of data: " + errors_.front(),
                "Change the query that was sent, or ask the service's owner", {name_, 0, 0, "/errors"});
  }
  if (!datasets_met_) {
    throw Error(ErrorKind::input, "no data sets are in this JSON text: an SDMX-JSON data message is expected",
                "Is it another kind of message?", {name_, 0, 0, {}});
  }
  send_header();
  for (const std::string& one : errors_) handler_.fault({0, "/errors", "the message reports: " + one, {}});
}

void Message::body(JsonTokens& tokens, std::string_view key, const std::string& pointer) {
  if (key == "structure" && tokens.kind() == Kind::object) {
    structure(tokens);
    known_.back().indices_only = true;
  } else if (key == "structures" && tokens.kind() == Kind::array) {
    tokens.begin_array();
    while (tokens.item()) structure(tokens);
  } else if (key == "dataSets" && tokens.kind() == Kind::array) {
    datasets_met_ = true;
    if (!known_.empty()) return datasets(tokens, pointer + "/dataSets");
    Late& one = late_.emplace_back(Late{pointer + "/dataSets", tokens.line(), std::make_unique<Spool>()});
    tokens.copy(*one.text);
    if (one.text->size() <= 2) late_.pop_back();  // "[]"
  } else {
    tokens.skip();
  }
}

void Message::structure(JsonTokens& tokens) {
  known_.push_back(read_json_structure(tokens));
  const JsonStructure& one = known_.back();
  header_.structures.push_back({std::to_string(known_.size() - 1), one.reference, one.dimension_at_observation()});
  if (one.series_dimensions.size() + one.dimensions.size() + one.dataset_dimensions.size() > 200) {
    throw tokens.error("a structure with more than 200 dimensions");
  }
}

void Message::send_header() {
  if (!header_sent_) handler_.header(header_);
  header_sent_ = true;
}

void Message::datasets(JsonTokens& tokens, const std::string& pointer) {
  send_header();
  tokens.begin_array();
  for (std::size_t index = 0; tokens.item(); ++index) {
    if (tokens.kind() == Kind::object) {
      rows_.dataset(tokens, known_, index, pointer + "/" + std::to_string(index));
    } else {
      tokens.skip();
    }
  }
}

// {"code": 404, "title": ..., "titles": {...}, "detail": ...}; drafts have texts alone.
void Message::errors(JsonTokens& tokens) {
  if (tokens.kind() != Kind::array) return tokens.skip();
  tokens.begin_array();
  while (tokens.item()) {
    if (tokens.kind() != Kind::object) {
      errors_.push_back(json_value_text(tokens));
      continue;
    }
    std::string code, title, detail;
    tokens.begin_object();
    std::string_view key;
    while (tokens.key(key)) {
      if (key == "code") {
        code = json_value_text(tokens);
      } else if (key == "title" || key == "message") {
        title = json_value_text(tokens);
      } else if (key == "detail") {
        detail = json_value_text(tokens);
      } else {
        tokens.skip();
      }
    }
    for (const std::string* part : {&title, &detail}) {
      if (!part->empty()) code += (code.empty() ? "" : ": ") + *part;
    }
    errors_.push_back(std::move(code));
  }
}

}  // namespace

void read_json_data(ByteSource& source, const Structures* structures, DataHandler& handler) {
  JsonTokens tokens([&] { return source.next(); }, source.name());
  Message(source.name(), structures, handler).read(tokens);
}

}  // namespace stocktake::sdmx
