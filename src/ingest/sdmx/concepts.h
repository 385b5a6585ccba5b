// What a component of a data structure is to the store, by its id: reference/sdmx/concepts.csv.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace stocktake::sdmx {

enum class Part : std::uint8_t {
  dimension,
  attribute,
  series,
  area,
  time,
  frequency,
  reporting_type,
  unit,
  unit_mult,
  nature,
  lower,
  upper,
  source,
  edition,
  ignored
};

// "ref_area", "unit_measure" ... as in the table and in --column; none for what is no name of a part.
std::optional<Part> part_of(std::string_view role);

class Concepts {
 public:
  struct Entry {
    Part part = Part::attribute;
    std::size_t place = 0;  // in the file: of two components for one part the first wins
  };
  // Throws Error(input) for a role that is none.
  static Concepts load(const std::string& path);
  // That of data_home(), loaded at its first use.
  static const Concepts& bundled();
  // Whatever the case of the letters: Eurostat writes "geo".
  const Entry* find(std::string_view component) const;

 private:
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace stocktake::sdmx
