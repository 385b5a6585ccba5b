#include "partnership/iati/flatten.h"

#include <limits>
#include <span>

#include "base/utf8.h"
#include "ingest/iati/reader.h"

namespace stocktake::iati {
namespace {

struct FlatPart {
  Table table;
  std::vector<Fault> faults;
};

class Rows {
 public:
  explicit Rows(const FlattenOptions& options)
      : options_(options),
        identifier_(table_.add_texts("activity")),
        publisher_(table_.add_texts("publisher")),
        line_(table_.add_integers("line")),
        kind_(table_.add_texts("kind")),
        type_(table_.add_texts("type")),
        ref_(table_.add_texts("ref")),
        date_(table_.add_texts("date")),
        end_(table_.add_texts("period_end")),
        provider_(table_.add_texts("provider")),
        receiver_(table_.add_texts("receiver")),
        country_(table_.add_texts("country")),
        country_share_(table_.add_numbers("country_share")),
        sector_(table_.add_texts("sector")),
        sector_share_(table_.add_numbers("sector_share")),
        currency_(table_.add_texts("currency")),
        value_(table_.add_numbers("value")),
        amount_(table_.add_numbers("amount")),
        value_date_(table_.add_texts("value_date")) {
    if (options.currency.empty()) return;
    converted_ = &table_.add_numbers("amount_" + options.currency);
    rate_ = &table_.add_numbers("rate");
    rate_date_ = &table_.add_texts("rate_date");
  }

  void add(const Activity& activity) {
    const Split sectors = sectors_of(activity.sectors);
    const Split places = places_of(activity.places);
    for (const Flow& flow : activity.flows) {
      Split own_sectors, own_places;
      if (flow.sectors != 0) {
        own_sectors = sectors_of(std::span(activity.flow_sectors).subspan(flow.first_sector, flow.sectors));
        if (own_sectors.parts.size() == 1 && own_sectors.parts.front().code.empty()) own_sectors = sectors;
      }
      if (flow.places != 0) own_places = places_of(std::span(activity.flow_places).subspan(flow.first_place, flow.places));
      std::optional<Rates::Converted> unit;
      if (!options_.currency.empty()) unit = options_.rates->convert(1, flow.currency, options_.currency, flow.value_date);
      for (const Part& place : (flow.places != 0 ? own_places : places).parts) {
        for (const Part& sector : (flow.sectors != 0 ? own_sectors : sectors).parts) put(activity, flow, place, sector, unit);
      }
    }
  }

  Table take() { return std::move(table_); }

 private:
  void put(const Activity& activity, const Flow& flow, const Part& place, const Part& sector,
           const std::optional<Rates::Converted>& unit) {
    identifier_.push_back(printable(activity.identifier));
    publisher_.push_back(printable(activity.publisher));
    line_.push_back(static_cast<std::int64_t>(flow.line));
    kind_.emplace_back(to_string(flow.kind));
    type_.push_back(printable(flow.code));
    ref_.push_back(printable(flow.ref));
    date_.push_back(to_string(flow.date));
    end_.push_back(flow.kind == FlowKind::budget ? to_string(flow.end) : std::string());
    provider_.push_back(printable(flow.provider));
    receiver_.push_back(printable(flow.receiver));
    country_.push_back(printable(place.code));
    country_share_.push_back(100 * place.fraction);
    sector_.push_back(printable(sector.code));
    sector_share_.push_back(100 * sector.fraction);
    currency_.push_back(printable(flow.currency));
    value_.push_back(flow.value);
    const double amount = flow.value * place.fraction * sector.fraction;
    amount_.push_back(amount);
    value_date_.push_back(to_string(flow.value_date));
    if (converted_ == nullptr) return;
    converted_->push_back(unit ? amount * unit->amount : std::numeric_limits<double>::quiet_NaN());
    rate_->push_back(unit ? 1 / unit->amount : std::numeric_limits<double>::quiet_NaN());
    rate_date_->push_back(unit ? to_string(unit->from.days_off >= unit->to.days_off ? unit->from.day : unit->to.day)
                               : std::string());
  }

  const FlattenOptions& options_;
  Table table_;
  Table::Texts &identifier_, &publisher_;
  Table::Integers& line_;
  Table::Texts &kind_, &type_, &ref_, &date_, &end_, &provider_, &receiver_, &country_;
  Table::Numbers& country_share_;
  Table::Texts& sector_;
  Table::Numbers& sector_share_;
  Table::Texts& currency_;
  Table::Numbers &value_, &amount_;
  Table::Texts& value_date_;
  Table::Numbers *converted_ = nullptr, *rate_ = nullptr;
  Table::Texts* rate_date_ = nullptr;
};

}  // namespace

FlattenResult flatten(ByteSource& source, const FlattenOptions& options, const std::function<void(Table&&)>& rows) {
  FlattenResult result;
  const StreamReport report = read_activities<FlatPart>(
      source, options.threads,
      [&options](const Batch& batch) {
        Rows flat(options);
        FlatPart part;
        ActivityReader reader;
        for (const Slice& slice : batch.slices) {
          const Activity& activity = reader.read(batch.of(slice), slice.line);
          part.faults.insert(part.faults.end(), activity.faults.begin(), activity.faults.end());
          if (reader.readable()) flat.add(activity);
        }
        part.table = flat.take();
        return part;
      },
      [&](FlatPart&& part) {
        for (Fault& fault : part.faults) result.faults.push_back({source.name(), fault.line, std::move(fault.what)});
        result.rows += part.table.rows();
        rows(std::move(part.table));
      });
  result.activities = report.activities;
  for (const Fault& fault : report.faults) result.faults.push_back({source.name(), fault.line, fault.what});
  if (!report.broken.empty()) {
    result.broken = true;
    result.faults.push_back({source.name(), report.broken_line, told_end(report)});
  }
  return result;
}

}  // namespace stocktake::iati
