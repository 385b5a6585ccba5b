#include "ingest/sdmx/code_selection.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace stocktake::sdmx {
namespace {

constexpr std::size_t most_codes = 1'000'000;
constexpr std::size_t deepest = 32;  // lists that extend lists that extend ...

using Codes = std::shared_ptr<const std::vector<Code>>;

// All codes below some, whose ids are `roots`; a list whose parents go round in a circle ends too.
template <typename Add>
void each_below(const std::vector<Code>& list, std::vector<std::string_view> roots, Add add) {
  std::unordered_map<std::string_view, std::vector<std::string_view>> children;  // only looked up
  for (const Code& code : list) {
    if (!code.parent.empty()) children[code.parent].push_back(code.id);
  }
  std::unordered_set<std::string_view> seen;
  while (!roots.empty()) {
    const auto found = children.find(roots.back());
    roots.pop_back();
    if (found == children.end()) continue;
    for (const std::string_view id : found->second) {
      if (!seen.insert(id).second) continue;
      add(id);
      roots.push_back(id);
    }
  }
}

std::string named(const Codelist& list) { return list.agency + ":" + list.id + "(" + list.version + ")"; }

class Inheritance {
 public:
  Inheritance(const Structures& structures, std::string& problem) : structures_(structures), problem_(problem) {}

  Codes resolve(const Codelist& list, std::size_t depth = 0) {
    if (list.extensions.empty()) return {Codes(), &list.codes};
    const auto [slot, first] = done_.try_emplace(&list);
    if (!first) return slot->second ? slot->second : fail("the code list " + named(list) + " extends itself");
    if (depth == deepest) return fail("the code list " + named(list) + " extends too many others");
    auto made = std::make_shared<std::vector<Code>>();
    std::unordered_set<std::string> ids;
    for (const Code& own : list.codes) {
      if (ids.insert(own.id).second) made->push_back(own);
    }
    // A later list takes priority over an earlier one, so that what is there already stays.
    for (auto one = list.extensions.rbegin(); one != list.extensions.rend(); ++one) {
      const Codelist* const extended = structures_.codelist(one->codelist);
      if (extended == nullptr || extended->external)
        return fail("there is no code list " + one->codelist.agency + ":" + one->codelist.id + "(" + one->codelist.version +
                    "), which " + named(list) + " extends");
      const Codes from = resolve(*extended, depth + 1);
      if (from == nullptr) return nullptr;
      if (!add(*from, *one, *made, ids)) return fail("the code list " + named(list) + " has more than a million codes");
    }
    return done_[&list] = std::move(made);
  }

 private:
  Codes fail(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
    return nullptr;
  }

  static bool add(const std::vector<Code>& from, const CodelistExtension& extension, std::vector<Code>& to,
                  std::unordered_set<std::string>& ids) {
    const bool all = !extension.selection;
    const SelectedCodes selected = all ? SelectedCodes() : SelectedCodes(*extension.selection, from);
    const std::size_t begin = to.size();
    std::unordered_set<std::string> of_this_list;
    for (const Code& code : from) {
      if (!all && selected.has(code.id) != extension.include) continue;
      if (!ids.insert(extension.prefix + code.id).second) continue;
      if (to.size() == most_codes) return false;
      Code& made = to.emplace_back(code);
      made.id.insert(0, extension.prefix);
      if (!made.parent.empty()) made.parent.insert(0, extension.prefix);
      of_this_list.insert(made.id);
    }
    // A parent that was left out, or is another list's code of the same id, is none.
    for (std::size_t i = begin; i < to.size(); ++i) {
      if (!of_this_list.contains(to[i].parent)) to[i].parent.clear();
    }
    return true;
  }

  const Structures& structures_;
  std::string& problem_;
  std::map<const Codelist*, Codes> done_;  // null while it is being made
};

}  // namespace

bool fits_wildcard(std::string_view wildcard, std::string_view text) {
  const std::size_t first = wildcard.find('%');
  if (first == std::string_view::npos) return wildcard == text;
  if (!text.starts_with(wildcard.substr(0, first))) return false;
  text.remove_prefix(first);
  wildcard.remove_prefix(first + 1);
  // What stands between two wildcards is found as early as it can be; what stands behind the last one is the end.
  for (std::size_t next = wildcard.find('%'); next != std::string_view::npos; next = wildcard.find('%')) {
    const std::size_t at = text.find(wildcard.substr(0, next));
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + next);
    wildcard.remove_prefix(next + 1);
  }
  return text.ends_with(wildcard);
}

SelectedCodes::SelectedCodes(const CodeSelection& selection, const std::vector<Code>& list) {
  for (const std::string& code : selection.codes) {
    if (code.find('%') == std::string::npos) {
      codes_.insert(code);
    } else {
      wildcards_.push_back(code);
    }
  }
  std::vector<std::string_view> roots;
  for (const std::string& root : selection.below) {
    if (root.find('%') == std::string::npos) {
      roots.emplace_back(root);
      continue;
    }
    for (const Code& code : list) {
      if (fits_wildcard(root, code.id)) roots.emplace_back(code.id);
    }
  }
  if (!roots.empty()) each_below(list, std::move(roots), [&](std::string_view id) { codes_.emplace(id); });
}

bool SelectedCodes::has(std::string_view code) const {
  return codes_.contains(code) || std::any_of(wildcards_.begin(), wildcards_.end(),
                                              [&](const std::string& wildcard) { return fits_wildcard(wildcard, code); });
}

Codes codes_of(const Structures& structures, const Codelist& list, std::string& problem) {
  return Inheritance(structures, problem).resolve(list);
}

}  // namespace stocktake::sdmx
