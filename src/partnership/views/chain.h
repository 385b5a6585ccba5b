// From the sentence to what came of it: the links of one commitment, in the order of their days.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.h"
#include "partnership/views/account.h"

namespace stocktake {

enum class LinkKind : std::uint8_t { clause, promise, status, milestone, evidence, due, delivery, gap };
std::string_view to_string(LinkKind kind);

struct ChainLink {
  LinkKind kind = LinkKind::clause;
  std::optional<Date> on;
  std::string what;  // status, text of the milestone, kind of evidence ...
  std::string note, link, by;
  std::optional<double> amount;  // in the commitment's unit of money; of a delivery by a series the figure
  std::string unit;              // of the amount
  std::uint64_t entry = 0;       // of the log
  bool later = false;            // after the day
};

struct Chain {
  const CommitmentAccount* account = nullptr;
  // The clause in three parts; all of it in `before` where no words were marked.
  std::string before, words, after;
  std::string language;  // "ar"; "" unknown
  std::vector<ChainLink> links;
};
// The clause and the promise first, delivery and gap last; between them by day, without a day first.
Chain chain_of(const CommitmentAccount& account, Date at);

Table to_table(const Chain& chain);
// For a terminal: the sentence with its words between `mark` and `end` (colour codes or brackets), then the links.
std::string to_text(const Chain& chain, std::string_view mark, std::string_view end);

}  // namespace stocktake
