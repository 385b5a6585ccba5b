#include "partnership/register/assign.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/utf8.h"
#include "framework/reader.h"
#include "partnership/register/fields.h"

namespace stocktake {
namespace {

using nlohmann::json;

enum class Type : std::uint8_t { text, number, index, flag, list };
struct Field {
  std::string_view path, alias;
  Type type = Type::text;
};

constexpr std::array fields{
    Field{"id", ""},
    Field{"text", ""},
    Field{"actor.id", "actor_id"},
    Field{"actor.name", "actor"},
    Field{"actor.kind", "actor_kind"},
    Field{"beneficiaries", "", Type::list},
    Field{"source.document", "document"},
    Field{"source.hash", ""},
    Field{"source.path", "path"},
    Field{"source.language", "language"},
    Field{"source.text", "sentence"},
    Field{"source.begin", "", Type::index},
    Field{"source.end", "", Type::index},
    Field{"measure.indicator", "indicator"},
    Field{"measure.series", "series"},
    Field{"measure.area", "area"},
    Field{"measure.amount", "amount", Type::number},
    Field{"measure.currency", "currency"},
    Field{"measure.price_base", "price_base"},
    Field{"measure.direction", "direction"},
    Field{"measure.rule.type", "rule"},
    Field{"measure.rule.value", "value", Type::number},
    Field{"measure.rule.fraction", "fraction", Type::number},
    Field{"measure.rule.complement", "complement", Type::number},
    Field{"measure.rule.factor", "factor", Type::number},
    Field{"measure.rule.tolerance", "tolerance", Type::number},
    Field{"measure.rule.lower", "lower", Type::number},
    Field{"measure.rule.upper", "upper", Type::number},
    Field{"measure.rule.centre", "centre", Type::number},
    Field{"measure.rule.to", "to"},
    Field{"measure.rule.at_least", "at_least", Type::flag},
    Field{"measure.rule.baseline", "baseline", Type::number},
    Field{"measure.rule.deadline", "deadline"},
    Field{"measure.rule.note", ""},
    Field{"made", ""},
    Field{"due", ""},
    Field{"goals", "goal", Type::list},
    // Of a file, not of the record itself: see import.h.
    Field{"status", ""},
    Field{"on", "status_on"},
    Field{"told", "status_amount", Type::number},
    Field{"note", ""},
    Field{"evidence", "", Type::list},
};

const Field* find_field(std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& f) { return f.path == name || (!f.alias.empty() && f.alias == name); });
  return found == fields.end() ? nullptr : &*found;
}

json typed(const Field& field, std::string_view value) {
  const std::string name(field.path);
  if (!valid_utf8(value)) refuse_field(name, "the text is not UTF-8", "Save the file as UTF-8");
  value = trimmed(value);
  if (value.empty()) return nullptr;
  switch (field.type) {
    case Type::text: return std::string(value);
    case Type::number: {
      const auto number = parse_finite(value);
      if (!number)
        refuse_field(name, "expected a number, found '" + printable(value) + "'", "As 0.7, without signs of thousands");
      return *number;
    }
    case Type::index: {
      const auto number = parse_finite(value);
      if (!number || *number < 0 || *number > 4e9 || *number != std::floor(*number)) {
        refuse_field(name, "expected a number of bytes, found '" + printable(value) + "'", "");
      }
      return static_cast<std::uint32_t>(*number);
    }
    case Type::flag:
      if (value != "true" && value != "false") refuse_field(name, "expected true or false, found '" + printable(value) + "'", "");
      return value == "true";
    case Type::list: {
      json list = json::array();
      for (std::string& item : list_items(value)) list.push_back(std::move(item));
      return list;
    }
  }
  return nullptr;
}

}  // namespace

std::string field_path(std::string_view name) {
  const Field* const field = find_field(name);
  return field == nullptr ? std::string() : std::string(field->path);
}

void assign_field(json& record, std::string_view name, std::string_view value) {
  const Field* const field = find_field(name);
  if (field == nullptr) {
    std::vector<std::string_view> names;
    for (const Field& f : fields) names.push_back(f.path);
    const std::string meant = did_you_mean(name, names);
    refuse_field(std::string(printable(name)), "a commitment has no such field",
                 meant.empty() ? "The fields are in docs/commitments.md" : meant);
  }
  json* place = &record;
  std::string_view path = field->path;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    place = &(*place)[std::string(path.substr(0, dot))];
    path.remove_prefix(dot + 1);
  }
  (*place)[std::string(path)] = typed(*field, value);
}

}  // namespace stocktake
