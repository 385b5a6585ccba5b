// What the parts of `stocktake oda` share.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/app.h"
#include "partnership/money/oda_book.h"
#include "partnership/money/prices.h"
#include "partnership/money/promises.h"
#include "partnership/money/tables.h"

namespace stocktake {

struct OdaArguments {
  std::vector<std::string> donors;
  std::optional<int> year;
  std::string basis, as_of;
  std::string prices, currency = "USD", deflator;  // prices "": current, or as published where there are none
  std::optional<int> base;
  OutputOptions output;
};
void add_oda_arguments(CLI::App& command, OdaArguments& arguments, bool year);
void add_price_arguments(CLI::App& command, OdaArguments& arguments);

std::optional<OdaBasis> basis_argument(const std::string& text);  // net, grant-equivalent; "" none. Throws Error(usage)

// The store's aid figures in the prices that were asked for.
struct OdaMoney {
  OdaBook book;
  PriceBook prices;
  MoneyView view;    // of the book; points to `prices`
  std::string note;  // of prices that were not asked for; "" none
};
// `what` and `year` (none: the latest with a share) are what the command shows, of the donors it names: where that money is not
// told in current prices and no prices were asked for, constant ones that are published are taken. Throws Error(not_found) when
// there are no figures of aid or no deflators, Error(usage) for arguments that do not go together.
std::unique_ptr<OdaMoney> oda_money(const Store& store, const AreaRegistry& areas, const OdaArguments& arguments, OdaConcept what,
                                    std::optional<int> year);
// A table and, for readers, notes below it.
void write_with_notes(const Table& table, const std::string& notes, const OutputOptions& output, const Context& context);

void add_oda_standing(CLI::App& command, Context& context);       // shares, gap, path
void add_oda_totals(CLI::App& command, Context& context);         // groups, flows, imputed
void add_oda_grant_element(CLI::App& command, Context& context);  // grant-element

}  // namespace stocktake
