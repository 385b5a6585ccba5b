#include "partnership/register/actors.h"

#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/language.h"
#include "base/text.h"

namespace stocktake {
namespace {

using nlohmann::json;
using Names = std::map<std::string, std::string, std::less<>>;

constexpr std::array languages{Language::ar, Language::zh, Language::en, Language::fr, Language::ru, Language::es};

// Case and the kind of apostrophe do not matter, nor an English article.
std::string folded(std::string_view name) {
  const std::string_view text = trimmed(name);
  std::string out;
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())))
      .foldCase()
      .findAndReplace(icu::UnicodeString(u'\u2019'), icu::UnicodeString(u'\''))
      .toUTF8String(out);
  return out.starts_with("the ") ? out.substr(4) : out;
}

void add_name(Names& names, std::string_view name, const std::string& id) {
  if (name.empty()) return;
  const auto [place, fresh] = names.try_emplace(folded(name), id);
  if (!fresh && place->second != id) place->second.clear();
}

const std::string* known(const Names& names, std::string_view name) {
  const auto found = names.find(name);
  return found == names.end() || found->second.empty() ? nullptr : &found->second;
}

void add_clause_actors(const std::string& path, Names& same, Names& forms) {
  const json file = json::parse(read_file(path), nullptr, false);
  if (!file.is_object() || !file.contains("actors") || !file["actors"].is_array())
    throw Error(ErrorKind::input, "the file has no list of actors", "Take the program's own file", {path, 0, 0, "actors"});
  for (const json& actor : file["actors"]) {
    const std::string id = actor.value("id", "");
    const std::string standing = same.try_emplace(id, id).first->second;
    for (const json& form : actor.value("forms", json::array())) add_name(forms, form.get<std::string>(), standing);
  }
}

bool may_be_area(PartyKind kind) {
  return kind == PartyKind::government || kind == PartyKind::un_body || kind == PartyKind::other;
}

}  // namespace

ActorTable ActorTable::load(const std::string& reference) {
  ActorTable table;
  table.areas_ = AreaRegistry::load(reference);
  for (const auto& row : read_small_csv(reference + "/actors.csv", {"id", "same"}).rows) {
    table.same_[row[0]] = row[0];
    for (const std::string& other : list_items(row[1])) table.same_[other] = row[0];
  }
  for (const Language language : languages) {
    add_clause_actors(reference + "/clauses/" + std::string(code(language)) + ".json", table.same_, table.forms_);
  }
  for (const Area& area : table.areas_.all()) {
    for (const Language language : languages) {
      if (area.name.has(language)) add_name(table.area_names_, area.name.in(language), area.code);
    }
  }
  return table;
}

std::string ActorTable::of_id(const std::string& id, bool area) const {
  const std::string* const standing = known(same_, id);
  const std::string& meant = standing == nullptr ? id : *standing;
  if (area) {
    if (const auto found = areas_.find(meant)) return areas_.at(*found).code;
  }
  return standing == nullptr ? std::string() : meant;
}

std::string ActorTable::of_name(std::string_view name, bool area) const {
  const std::string text = folded(name);
  if (const std::string* const id = known(forms_, text)) return of_id(*id, area);
  if (!area) return {};
  const std::string* const code = known(area_names_, text);
  return code == nullptr ? std::string() : *code;
}

std::string ActorTable::resolve(const Party& party) const {
  const bool area = may_be_area(party.kind);
  if (std::string id = of_id(party.id, area); !id.empty()) return id;
  const bool of_its_name = party.id.empty() || party.id == party.name || party.id == id_of_name(party.name);
  if (of_its_name) {
    if (std::string id = of_name(party.name, area); !id.empty()) return id;
    // A code in the place of the name: "FR", "250", "undp". "Can" is no code.
    const bool lower = std::any_of(party.name.begin(), party.name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (std::string id = of_id(party.name, area && (!lower || same_.contains(party.name))); !id.empty()) return id;
  }
  return party.id.empty() ? id_of_name(party.name) : party.id;
}

std::string ActorTable::resolve(std::string_view text) const {
  const std::string given(text);
  if (std::string id = of_id(given, true); !id.empty()) return id;
  if (std::string id = of_name(text, true); !id.empty()) return id;
  return given;
}

const ActorTable& actor_table() {
  static const ActorTable table = ActorTable::load(data_home() + "/reference");
  return table;
}

std::string id_of_name(std::string_view name) {
  std::string id;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = byte >= 128 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter) {
      id += c;
    } else if (c >= 'A' && c <= 'Z') {
      id += static_cast<char>(c - 'A' + 'a');
    } else if (!id.empty() && id.back() != '_') {
      id += '_';
    }
  }
  while (!id.empty() && id.back() == '_') id.pop_back();
  return id;
}

bool is_party(const Party& party, const std::string& wanted) {
  return party.id == wanted || party.name == wanted || party.id == actor_table().resolve(wanted);
}

}  // namespace stocktake
