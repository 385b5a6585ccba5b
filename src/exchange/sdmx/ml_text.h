// SDMX-ML as text with indents, and what all artefacts of a structure message share.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/sdmx/write_structures.h"

namespace stocktake::sdmx {

class MlText {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  MlText(MlVersion version, MlLost& lost) : version_(version), lost_(lost) {}
  bool v30() const { return version_ == MlVersion::v30; }
  std::string text;

  // Names with their prefix; attributes without text are left out.
  void open(std::string_view name, Attributes attributes = {});
  void close(std::string_view name);
  void empty(std::string_view name, Attributes attributes = {});
  void leaf(std::string_view name, std::string_view content, Attributes attributes = {});
  void lose(const std::string& what, const std::string& of);

  void texts(std::string_view name, const Texts& texts);
  // The schemas want a name: the id where there is none.
  void names(const Texts& names, const Texts& descriptions, const std::string& id);
  // A reference to an artefact or an item: <Ref> in 2.1, a URN in 3.0.
  // Left out and told where its class cannot be named.
  void reference(std::string_view name, const Reference& to);
  bool can_name(const Reference& to) const;
  // To something within the same artefact: <Ref id=""/> in 2.1, its id in 3.0.
  void local(std::string_view name, std::string_view id);
  // The start tag, annotations, names; close() is the caller's. `more` are further attributes.
  void open_artefact(std::string_view name, const Maintainable& artefact, Attributes more = {});

  // Codes that are selected, and those whose codes below them are; `artefact` for what 2.1 cannot say.
  void selected(const std::string& name, const std::vector<std::string>& codes, const std::vector<std::string>& below,
                const std::string& artefact);

  enum class For : std::uint8_t { item, dimension, time_dimension, measure, attribute };
  void representation(std::string_view name, const Representation& representation, For of, const std::string& artefact);

 private:
  void start(std::string_view name, Attributes attributes, Attributes more = {});
  void add_format(std::string_view name, const Representation& representation, For of, const std::string& artefact);
  std::string version21(const Reference& to);
  MlVersion version_;
  MlLost& lost_;
  std::size_t depth_ = 1;
};

std::string name_of(const Maintainable& artefact);  // "AGENCY:ID(VERSION)"

// Data structures and constraints.
void add_data_structure(MlText& to, const DataStructure& structure);
void add_constraint(MlText& to, const Constraint& constraint, const Structures& structures);

}  // namespace stocktake::sdmx
