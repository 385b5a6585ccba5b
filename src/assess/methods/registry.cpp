#include <array>
#include <string>

#include "assess/methods/method.h"
#include "base/error.h"

namespace stocktake {

std::span<const Method* const> methods() {
  static const std::array all{
      &mdg_chart(),
      &un_sdg_chart(),
  };
  return all;
}

const Method& method(std::string_view id) {
  std::string known;
  for (const Method* one : methods()) {
    if (one->id() == id) return *one;
    known += (known.empty() ? "" : ", ") + std::string(one->id());
  }
  throw Error(ErrorKind::not_found, "there is no method '" + std::string(id) + "'", "use one of: " + known);
}

}  // namespace stocktake
