// One activity of an IATI file, as far as money, places, sectors and goals go. All texts point into the activity's own parsed
// copy (ActivityReader) and live as long as that is not used again.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"

namespace stocktake::iati {

// What a flow of money is. The order is that of the columns of results. Codes of the standard: reference/iati/README.md.
enum class FlowKind : std::uint8_t {
  budget,
  pledge,
  commitment,
  disbursement,
  expenditure,
  incoming_pledge,
  incoming_commitment,
  incoming_funds,
  interest,
  loan_repayment,
  reimbursement,
  equity_purchase,
  equity_sale,
  guarantee,
  unknown,
};
inline constexpr std::size_t flow_kinds = 15;
std::string_view to_string(FlowKind kind);
// Of a code of TransactionType, or of the letters of 1.0x; `unknown` for all others.
FlowKind flow_kind(std::string_view code);

// One entry of a list that shares out money: a sector, a country, a region.
struct Share {
  std::string_view vocabulary;  // as published; "" is the standard's default
  std::string_view code;
  double percentage = std::numeric_limits<double>::quiet_NaN();  // NaN: none given
  bool region = false;
};

struct Flow {
  FlowKind kind = FlowKind::unknown;
  bool revised = false;     // budgets: type 2
  std::string_view code;    // transaction type, or budget type, as published
  std::string_view status;  // budgets
  std::string_view ref;
  Date date, end;   // transaction date; budgets: first and last day
  Date value_date;  // the date for the exchange rate; `date` where none is given
  bool own_value_date = false;
  std::string_view currency;  // in capitals; never empty
  double value = 0;
  std::string_view provider, receiver;          // ref, else name
  std::string_view receiver_activity;           // the activity that gets the money, where it is named
  std::uint32_t first_sector = 0, sectors = 0;  // in Activity::flow_sectors; none: the activity's own count
  std::uint32_t first_place = 0, places = 0;    // in Activity::flow_places
  std::uint64_t line = 0;
};

struct Tag {
  std::string_view vocabulary, code;
};

struct Relation {
  std::string_view type, ref;  // 1 parent, 2 child, 3 sibling, 4 co-funded, 5 third party
};

// What could not be used, with the reason. The rest of the activity counts.
struct Fault {
  std::uint64_t line = 0;
  std::string what;
};

struct Activity {
  std::string_view identifier, publisher, publisher_name, status, default_currency, last_updated, title;
  bool secondary = false;
  int hierarchy = 1;  // 1 where none is given, as the standard says
  std::uint64_t line = 0;
  std::vector<Share> sectors, places, flow_sectors, flow_places;
  std::vector<Tag> tags;        // vocabulary and code of <tag>
  std::vector<Tag> references;  // of results' indicators
  std::vector<Relation> related;
  std::vector<Flow> flows;
  std::vector<Fault> faults;
  void clear();
};

}  // namespace stocktake::iati
