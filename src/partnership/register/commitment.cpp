#include "partnership/register/commitment.h"

#include <array>

namespace stocktake {
namespace {

constexpr std::array<std::string_view, 7> statuses{"proposed",  "pledged", "committed", "disbursed",
                                                   "delivered", "overdue", "withdrawn"};
constexpr std::array<std::string_view, 8> parties{"government", "un_body",         "business", "civil_society",
                                                  "foundation", "local_authority", "academia", "other"};

template <typename Value, std::size_t N>
std::optional<Value> parse(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == text) return static_cast<Value>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(CommitmentStatus value) { return statuses[static_cast<std::size_t>(value)]; }
std::string_view to_string(PartyKind value) { return parties[static_cast<std::size_t>(value)]; }
std::optional<CommitmentStatus> parse_status(std::string_view text) { return parse<CommitmentStatus>(statuses, text); }
std::optional<PartyKind> parse_party_kind(std::string_view text) { return parse<PartyKind>(parties, text); }

CommitmentStatus Commitment::status_on(Date day) const {
  CommitmentStatus status = CommitmentStatus::proposed;
  for (const StatusChange& change : history) {
    if (change.on <= day) status = change.status;
  }
  const bool open =
      status == CommitmentStatus::pledged || status == CommitmentStatus::committed || status == CommitmentStatus::disbursed;
  return open && due && *due < day ? CommitmentStatus::overdue : status;
}

}  // namespace stocktake
