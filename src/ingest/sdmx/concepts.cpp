#include "ingest/sdmx/concepts.h"

#include <array>
#include <cctype>
#include <utility>

#include "base/error.h"
#include "base/files.h"

namespace stocktake::sdmx {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

std::optional<Part> part_of(std::string_view role) {
  static constexpr std::array<std::pair<std::string_view, Part>, 15> names{{{"dimension", Part::dimension},
                                                                            {"attribute", Part::attribute},
                                                                            {"series", Part::series},
                                                                            {"ref_area", Part::area},
                                                                            {"time_period", Part::time},
                                                                            {"frequency", Part::frequency},
                                                                            {"reporting_type", Part::reporting_type},
                                                                            {"unit_measure", Part::unit},
                                                                            {"unit_mult", Part::unit_mult},
                                                                            {"nature", Part::nature},
                                                                            {"lower", Part::lower},
                                                                            {"upper", Part::upper},
                                                                            {"source", Part::source},
                                                                            {"edition", Part::edition},
                                                                            {"ignore", Part::ignored}}};
  for (const auto& [name, part] : names) {
    if (name == role) return part;
  }
  return std::nullopt;
}

Concepts Concepts::load(const std::string& path) {
  Concepts concepts;
  const SmallCsv csv = read_small_csv(path, {"component", "role", "source"});
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    const std::optional<Part> part = part_of(csv.rows[i][1]);
    const bool fresh = part && concepts.entries_.try_emplace(upper(csv.rows[i][0]), Entry{*part, i}).second;
    if (!fresh) {
      throw Error(ErrorKind::input, part ? "the component stands twice" : "unknown role '" + csv.rows[i][1] + "'",
                  "Correct the table", {path, csv.lines[i], 0, part ? "component" : "role"});
    }
  }
  return concepts;
}

const Concepts& Concepts::bundled() {
  static const Concepts concepts = load(data_home() + "/reference/sdmx/concepts.csv");
  return concepts;
}

const Concepts::Entry* Concepts::find(std::string_view component) const {
  const auto found = entries_.find(upper(component));
  return found == entries_.end() ? nullptr : &found->second;
}

}  // namespace stocktake::sdmx
