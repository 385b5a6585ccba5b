// The parts of `stocktake iati`, each in a file of its own, and what they share.
#pragma once

#include "cli/app.h"
#include "partnership/iati/rates.h"
#include "partnership/iati/sums.h"

namespace stocktake {

void add_iati_check(CLI::App& command, Context& context);
void add_iati_sum(CLI::App& command, Context& context);
void add_iati_flatten(CLI::App& command, Context& context);

// Messages with their places on stderr, the first twenty.
void tell_messages(const std::vector<iati::Message>& messages, const char* kind);

// --currency, --rates, --rate-rule.
struct ConversionOptions {
  std::string currency, rates_path, rule = "nearest";
  std::optional<iati::Rates> rates;  // after load()
  void add_to(CLI::App& command);
  // Throws Error(usage) where one option is given without the other.
  void load();
};

}  // namespace stocktake
