// The parts of `stocktake iati`, each in a file of its own, and what they share.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/app.h"
#include "partnership/iati/rates.h"
#include "partnership/iati/sums.h"

namespace stocktake {

void add_iati_check(CLI::App& command, Context& context);
void add_iati_sum(CLI::App& command, Context& context);
void add_iati_flatten(CLI::App& command, Context& context);

// Messages with their places on stderr, the first twenty.
void tell_messages(const std::vector<iati::Message>& messages, const char* kind);

// read(file) for each. Of several files one that is no activity file is told as a fault, with what to do, and the others are
// read; alone it is an error. True when one was left out.
bool read_each(const std::vector<std::string>& files, const std::function<void(const std::string&)>& read);

// The table with the goals' titles and the places' names behind their codes; "" where a code has none.
Table with_names(const Table& table, Language language);

// --currency, --rates, --rate-rule.
struct ConversionOptions {
  std::string currency, rates_path, rule = "nearest";
  std::optional<iati::Rates> rates;  // after load()
  void add_to(CLI::App& command);
  // Throws Error(usage) where one option is given without the other, Error(input) where the file has no rate of the currency.
  void load();
};

}  // namespace stocktake
