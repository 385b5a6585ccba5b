// What may stand where in an IATI activity file: the table reference/iati/schema_203.csv, made from the standard's XML Schema by
// tools/make_iati_schema.py, and a checker that follows a file through it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stocktake::iati {

enum class Datatype : std::uint8_t {
  none,
  string,
  any_uri,
  boolean,
  date,
  date_time,
  decimal,
  integer32,
  non_negative,
  positive,
  nmtoken,
  language
};
// Whether a text is a value of the type, as XML Schema part 2 defines it (blanks around it do not matter).
bool valid_value(Datatype type, std::string_view text);
std::string_view to_string(Datatype type);

class Schema {
 public:
  static constexpr int unbounded = -1;
  static constexpr int no_type = -1;
  struct Particle {
    bool any = false;  // elements of other namespaces
    std::string name;
    int least = 1, most = 1;
    int type = no_type;
  };
  struct Attribute {
    std::string name;
    bool required = false;
    Datatype type = Datatype::string;
  };
  struct Type {
    std::vector<Particle> sequence;
    std::vector<Attribute> attributes;
    Datatype text = Datatype::none;  // none: elements only
    bool any_attribute = false;      // of other namespaces
  };

  // Throws Error(input) with file and line for a table that is not whole.
  static Schema load(const std::string& path);
  const Type& at(int type) const { return types_[static_cast<std::size_t>(type)]; }
  int root(std::string_view name) const;  // iati-activities or iati-activity; no_type for others

 private:
  std::vector<Type> types_;
  std::map<std::string, int, std::less<>> ids_;
};

}  // namespace stocktake::iati
