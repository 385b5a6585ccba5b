#include "assess/assessment.h"

#include <array>

namespace stocktake {

std::string_view to_string(Verdict verdict) {
  constexpr std::array<std::string_view, verdict_count> names{"met",          "on_track",       "fair",
                                                              "insufficient", "deterioration",  "insufficient_data",
                                                              "data_too_old", "not_quantified", "not_applicable"};
  return names[static_cast<std::size_t>(verdict)];
}

bool is_judgement(Verdict verdict) { return verdict <= Verdict::deterioration; }

std::string_view to_string(Origin origin) {
  constexpr std::array<std::string_view, 3> names{"country", "published_group", "computed_group"};
  return names[static_cast<std::size_t>(origin)];
}

}  // namespace stocktake
