#include "ingest/sdmx/component_plan.h"

#include <algorithm>

#include "base/error.h"

namespace stocktake::sdmx {
namespace {

struct Wish {
  Part part = Part::attribute;
  std::size_t place = SIZE_MAX;  // less is stronger; 0 is asked for by hand
  std::string dimension;
};

bool one_only(Part part) { return part != Part::dimension && part != Part::attribute && part != Part::ignored; }

// Parts that tell series apart may be dimensions or attributes of the message; the others describe.
bool describes(Part part) {
  return part == Part::nature || part == Part::lower || part == Part::upper || part == Part::source || part == Part::edition ||
         part == Part::attribute;
}

Wish wish_of(std::string_view id, bool dimension, const ImportOptions& options, const DimensionCodes& codes) {
  Wish wish;
  if (const auto asked = options.columns.find(std::string(id)); asked != options.columns.end()) {
    const std::string& role = asked->second;
    wish.place = 0;
    if (const auto part = part_of(role)) {
      wish.part = *part;
      if (wish.part == Part::dimension) wish.dimension = codes.dimension(id);
      return wish;
    }
    if (role.empty() || role.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != std::string::npos)
      throw Error(ErrorKind::usage, "--column: unknown role '" + role + "'",
                  "See `stocktake import --help`; a dimension is written in capitals, as SEX");
    wish.part = Part::dimension;
    wish.dimension = role;
    return wish;
  }
  wish.part = dimension ? Part::dimension : Part::attribute;
  wish.dimension = codes.dimension(id);
  if (const Concepts::Entry* const known = Concepts::bundled().find(id); known != nullptr) {
    if (dimension && describes(known->part)) return wish;
    wish.part = known->part;
    wish.place = known->place + 1;
  }
  return wish;
}

}  // namespace

const ComponentPlan::Item* ComponentPlan::find(Part part) const {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.part == part; });
  return found == items.end() ? nullptr : &*found;
}

ComponentPlan plan_components(const std::vector<Column>& columns, const Dataset& dataset, const DataStructure* structure,
                              const ImportOptions& options, const DimensionCodes& codes) {
  ComponentPlan plan;
  std::vector<Wish> wishes;
  std::vector<bool> dimensions;
  bool before_time = true;
  const auto add = [&](std::size_t column, std::string_view id, std::string_view text, Role role) {
    if (structure != nullptr) {
      if (const Component* const component = structure->find(id); component != nullptr) role = component->role;
    }
    if (role == Role::time_dimension || id == "TIME_PERIOD") before_time = false;
    const Concepts::Entry* const known = Concepts::bundled().find(id);
    const bool told = role == Role::dimension || role == Role::time_dimension;
    const bool guessed =
        role == Role::unknown && before_time && column != SIZE_MAX && !(known != nullptr && describes(known->part));
    Wish wish = wish_of(id, told || guessed, options, codes);
    if (role == Role::time_dimension && wish.place != 0) wish = {Part::time, 1, {}};
    wishes.push_back(std::move(wish));
    dimensions.push_back(told || guessed);
    plan.items.push_back({column, std::string(id), std::string(text), Part::attribute, {}});
  };
  for (std::size_t i = 0; i < columns.size(); ++i) add(i, columns[i].id, {}, columns[i].role);
  for (const auto& [id, text] : dataset.attributes) {
    const bool again = std::any_of(columns.begin(), columns.end(), [&](const Column& column) { return column.id == id; });
    if (!again) add(SIZE_MAX, id, text, Role::attribute);
  }
  for (std::size_t i = 0; i < plan.items.size(); ++i) {
    Wish& wish = wishes[i];
    bool beaten = false;
    for (std::size_t k = 0; one_only(wish.part) && k < wishes.size() && !beaten; ++k) {
      beaten =
          k != i && wishes[k].part == wish.part && (wishes[k].place < wish.place || (wishes[k].place == wish.place && k < i));
    }
    ComponentPlan::Item& item = plan.items[i];
    item.part = !beaten ? wish.part : dimensions[i] ? Part::dimension : Part::attribute;
    if (item.part == Part::dimension) item.dimension = wish.dimension.empty() ? codes.dimension(item.id) : wish.dimension;
    plan.signature +=
        item.id + '\x1f' + std::to_string(static_cast<int>(item.part)) + '\x1f' + item.dimension + '\x1f' + item.text + '\x1e';
  }
  return plan;
}

}  // namespace stocktake::sdmx
