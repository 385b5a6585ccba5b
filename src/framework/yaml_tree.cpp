#include "framework/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <sstream>
#include <utility>

namespace stocktake {
namespace {

// Marks count from 0; a null mark is -1 and becomes 0 (unknown).
std::uint64_t from_one(int zero_based) { return zero_based < 0 ? 0 : static_cast<std::uint64_t>(zero_based) + 1; }

// Thrown out of yaml-cpp's parser for what is YAML but not accepted here; caught in parse_yaml.
struct Refusal {
  Diagnostic diagnostic;
};

// Builds the tree from the parser's events. Open collections are held by value on a stack: their parents move when they grow.
class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(const std::string& file) : file_(file) {}

  YamlNode take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { add(node(YamlNode::Kind::null, mark)); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    throw Refusal{{{file_, from_one(mark.line), from_one(mark.column), {}},
                   "an alias (*name) is not accepted",
                   "Write the text out where it is needed"}};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/, const std::string& value) override {
    YamlNode scalar = node(YamlNode::Kind::scalar, mark);
    scalar.text = value;
    scalar.quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
    add(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {
    open_.push_back({node(YamlNode::Kind::list, mark), {}, false});
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    open_.push_back({node(YamlNode::Kind::map, mark), {}, false});
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YamlNode node;
    YamlNode key;  // waiting for its value
    bool has_key = false;
  };

  static YamlNode node(YamlNode::Kind kind, const YAML::Mark& mark) {
    YamlNode made;
    made.kind = kind;
    made.line = from_one(mark.line);
    made.column = from_one(mark.column);
    return made;
  }

  void add(YamlNode child) {
    if (open_.empty()) {
      root_ = std::move(child);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::list) {
      parent.node.items.push_back(std::move(child));
    } else if (!parent.has_key) {
      parent.key = std::move(child);
      parent.has_key = true;
    } else {
      if (child.kind == YamlNode::Kind::null) {  // yaml-cpp gives the next token's place, often on another line
        child.line = parent.key.line;
        child.column = parent.key.column;
      }
      parent.node.keys.push_back(std::move(parent.key));
      parent.node.items.push_back(std::move(child));
      parent.has_key = false;
    }
  }

  void close() {
    YamlNode done = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(done));
  }

  const std::string& file_;
  YamlNode root_;
  std::vector<Open> open_;
};

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].kind == Kind::scalar && keys[i].text == key) return &items[i];
  }
  return nullptr;
}

std::optional<YamlNode> parse_yaml(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  std::istringstream stream{std::string(text)};
  TreeBuilder builder(file);
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      diagnostics.push_back({{file, 1, 1, {}}, "the file is empty, expected a map of fields", "See docs/framework-file.md"});
      return std::nullopt;
    }
    YamlNode root = builder.take();
    TreeBuilder second(file);
    if (parser.HandleNextDocument(second)) {
      const YamlNode extra = second.take();
      diagnostics.push_back({{file, extra.line, extra.column, {}},
                             "a second document begins, expected one in a file",
                             "Remove the line '---' or put the second document into a file of its own"});
      return std::nullopt;
    }
    return root;
  } catch (const Refusal& refusal) {
    diagnostics.push_back(refusal.diagnostic);
  } catch (const YAML::Exception& error) {
    diagnostics.push_back({{file, from_one(error.mark.line), from_one(error.mark.column), {}},
                           "not valid YAML: " + error.msg,
                           "Check the indentation, the brackets and the quotes at and before this place"});
  }
  return std::nullopt;
}

}  // namespace stocktake
