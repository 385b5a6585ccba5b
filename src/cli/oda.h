// What the parts of `stocktake oda` share.
#pragma once

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
  std::string prices = "current", currency = "USD", deflator;
  std::optional<int> base;
  OutputOptions output;
};
void add_oda_arguments(CLI::App& command, OdaArguments& arguments, bool year);
void add_price_arguments(CLI::App& command, OdaArguments& arguments);

std::optional<OdaBasis> basis_argument(const std::string& text);  // net, grant-equivalent; "" none. Throws Error(usage)

// The store's aid figures. Throws Error(not_found) when there are none.
OdaBook oda_book(const Store& store, const AreaRegistry& areas, const OdaArguments& arguments);
// Deflators and rates, if the arguments ask for them, and the view that goes by them; `book` outlives the view.
PriceBook oda_prices(const Store& store, const AreaRegistry& areas, const OdaArguments& arguments);
MoneyView oda_view(const OdaArguments& arguments, const PriceBook& prices);
// A table and, for readers, notes below it.
void write_with_notes(const Table& table, const std::string& notes, const OutputOptions& output, const Context& context);

void add_oda_standing(CLI::App& command, Context& context);       // shares, gap, path
void add_oda_totals(CLI::App& command, Context& context);         // groups, flows, imputed
void add_oda_grant_element(CLI::App& command, Context& context);  // grant-element

}  // namespace stocktake
