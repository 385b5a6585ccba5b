#include "ingest/iati/reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <deque>
#include <pugixml.hpp>

#include "base/utf8.h"
#include "ingest/iati/wellformed.h"

namespace stocktake::iati {

using pugi::xml_node;

void Activity::clear() {
  identifier = publisher = publisher_name = status = default_currency = last_updated = title = {};
  secondary = false;
  hierarchy = 1;
  line = 0;
  sectors.clear();
  places.clear();
  flow_sectors.clear();
  flow_places.clear();
  tags.clear();
  references.clear();
  related.clear();
  flows.clear();
  faults.clear();
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<Date> parse_iso_date(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (text.size() > 10 && text[10] != 'T' && text[10] != 'Z' && text[10] != '+' && text[10] != '-' && text[10] != ' ') {
    return std::nullopt;
  }
  return parse_date(text.substr(0, 10));
}

std::optional<double> parse_decimal(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  for (const char c : text) {
    if ((c < '0' || c > '9') && c != '.' && c != '-') return std::nullopt;
  }
  double value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

namespace {

constexpr double largest_value = 1e18;  // beyond it sums lose their units; no currency has such amounts

std::string_view attribute(const xml_node& node, const char* name) { return trimmed(node.attribute(name).value()); }

// Lines of places that are asked for in order of the text; going back costs a count from the start.
class Lines {
 public:
  Lines(std::string_view text, std::uint64_t first) : text_(text), first_(first), line_(first) {}
  std::uint64_t of(const xml_node& node) {
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
    if (offset < at_) {
      at_ = 0;
      line_ = first_;
    }
    while (at_ < offset) {
      const auto* next = static_cast<const char*>(std::memchr(text_.data() + at_, '\n', offset - at_));
      if (next == nullptr) break;
      ++line_;
      at_ = static_cast<std::size_t>(next - text_.data()) + 1;
    }
    return line_;
  }

 private:
  std::string_view text_;
  std::uint64_t first_, line_;
  std::size_t at_ = 0;
};

Share share_of(const xml_node& node, bool region, std::vector<Fault>& faults, Lines& lines) {
  Share share;
  share.region = region;
  for (const auto& a : node.attributes()) {
    const std::string_view name = a.name();
    if (name == "code") {
      share.code = trimmed(a.value());
    } else if (name == "vocabulary" || name == "vocab") {
      share.vocabulary = trimmed(a.value());
    } else if (name == "percentage") {
      const std::string_view text = trimmed(a.value());
      const auto value = parse_decimal(text);
      if (value && *value >= 0) {
        share.percentage = *value;
      } else if (!text.empty()) {
        faults.push_back({lines.of(node), std::string(node.name()) + ": the percentage '" + printable(text.substr(0, 40)) +
                                              "' is no number of at least 0; taken as not given"});
      }
    }
  }
  return share;
}

}  // namespace

struct ActivityReader::Tree {
  pugi::xml_document document;
  std::deque<std::string> joined;  // texts that comments or CDATA sections cut into pieces

  // The text directly within an element.
  std::string_view text_of(const xml_node& node) {
    const auto is_text = [](const xml_node& n) { return n.type() == pugi::node_pcdata || n.type() == pugi::node_cdata; };
    xml_node at = node.first_child();
    while (at && !is_text(at)) at = at.next_sibling();
    if (!at) return {};
    xml_node next = at.next_sibling();
    while (next && !is_text(next)) next = next.next_sibling();
    if (!next) return trimmed(at.value());
    std::string all;
    for (; at; at = at.next_sibling()) {
      if (is_text(at)) all += at.value();
    }
    joined.push_back(std::move(all));
    return trimmed(joined.back());
  }

  // The first text within an element: 1.0x writes names as text, 2.0x in narratives.
  std::string_view words(const xml_node& node) {
    const std::string_view own = text_of(node);
    return own.empty() ? text_of(node.child("narrative")) : own;
  }

  std::string_view party(const xml_node& node) {
    if (!node) return {};
    const std::string_view ref = attribute(node, "ref");
    return ref.empty() ? words(node) : ref;
  }

  // Codes of currencies are in capitals; some publishers write `usd`.
  std::string_view capitals(std::string_view text) {
    const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
    if (std::none_of(text.begin(), text.end(), small)) return text;
    std::string& made = joined.emplace_back(text);
    for (char& c : made) c = small(c) ? static_cast<char>(c & ~32) : c;
    return made;
  }

  void money(const xml_node& node, const xml_node& value, Flow& flow, Activity& activity, Lines& lines, std::string& missing) {
    const std::string_view text = text_of(value);
    if (const auto number = parse_decimal(text); number && std::abs(*number) <= largest_value) {
      flow.value = *number;
    } else if (number) {
      missing = "the value '" + printable(text.substr(0, 40)) + "' is too large to be an amount";
    } else {
      missing = text.empty() ? "no value"
                             : "the value '" + printable(text.substr(0, 40)) +
                                   "' is no decimal number as 1234.50, without separators of thousands";
    }
    flow.currency = capitals(attribute(value, "currency"));
    if (flow.currency.empty()) flow.currency = activity.default_currency;
    if (flow.currency.empty() && missing.empty()) missing = "no currency, and the activity has no default";
    const std::string_view day = attribute(value, "value-date");
    if (const auto date = parse_iso_date(day)) {
      flow.value_date = *date;
      flow.own_value_date = true;
    } else {
      flow.value_date = flow.date;
      if (!day.empty()) {
        activity.faults.push_back({lines.of(node), "the value date '" + printable(day.substr(0, 40)) + "' is no date; " +
                                                       to_string(flow.date) + " is used"});
      }
    }
  }

  void transaction(const xml_node& node, Activity& activity, Lines& lines) {
    Flow flow;
    xml_node value;
    std::string_view date;
    int types = 0, dates = 0, values = 0;
    flow.first_sector = static_cast<std::uint32_t>(activity.flow_sectors.size());
    flow.first_place = static_cast<std::uint32_t>(activity.flow_places.size());
    for (const xml_node& child : node.children()) {
      const std::string_view name = child.name();
      if (name == "transaction-type") {
        flow.code = attribute(child, "code");
        ++types;
      } else if (name == "transaction-date") {
        ++dates;
        date = attribute(child, "iso-date");
        if (date.empty()) date = words(child);
      } else if (name == "value") {
        value = child;
        ++values;
      } else if (name == "provider-org") {
        flow.provider = party(child);
      } else if (name == "receiver-org") {
        flow.receiver = party(child);
        flow.receiver_activity = attribute(child, "receiver-activity-id");
      } else if (name == "sector") {
        activity.flow_sectors.push_back(share_of(child, false, activity.faults, lines));
      } else if (name == "recipient-country" || name == "recipient-region") {
        activity.flow_places.push_back(share_of(child, name == "recipient-region", activity.faults, lines));
      }
    }
    flow.sectors = static_cast<std::uint32_t>(activity.flow_sectors.size()) - flow.first_sector;
    flow.places = static_cast<std::uint32_t>(activity.flow_places.size()) - flow.first_place;
    flow.ref = attribute(node, "ref");
    flow.kind = flow_kind(flow.code);
    std::string missing;
    if (const auto day = parse_iso_date(date)) {
      flow.date = *day;
    } else {
      missing = date.empty() ? "no date" : "the date '" + printable(date.substr(0, 40)) + "' is no day";
    }
    if (missing.empty()) money(node, value, flow, activity, lines, missing);
    if (missing.empty() && flow.code.empty()) missing = "no type";
    // Two transactions in one element: which type, date and value belong together cannot be told.
    if (types > 1 || dates > 1 || values > 1) {
      missing = "it has " + std::to_string(types) + " types, " + std::to_string(dates) + " dates and " + std::to_string(values) +
                " values, expected one of each";
    }
    flow.line = lines.of(node);
    if (!missing.empty()) {
      activity.faults.push_back({flow.line, "transaction left out: " + missing});
      return;
    }
    if (flow.kind == FlowKind::unknown) {
      activity.faults.push_back({flow.line, "transaction of the unknown type '" + printable(flow.code.substr(0, 40)) + "'"});
    }
    activity.flows.push_back(flow);
  }

  void budget(const xml_node& node, Activity& activity, Lines& lines) {
    Flow flow;
    flow.kind = FlowKind::budget;
    flow.code = attribute(node, "type");
    flow.status = attribute(node, "status");
    flow.revised = flow.code == "2" || flow.code == "Revised";
    const auto start = parse_iso_date(attribute(node.child("period-start"), "iso-date"));
    const auto end = parse_iso_date(attribute(node.child("period-end"), "iso-date"));
    flow.line = lines.of(node);
    std::string missing;
    if (!start && !end) {
      missing = "no period";
    } else {
      flow.date = start ? *start : *end;  // 1.0x: the end alone
      flow.end = end ? *end : *start;
      if (flow.end < flow.date)
        missing = "the period ends (" + to_string(flow.end) + ") before it starts (" + to_string(flow.date) + ")";
    }
    if (missing.empty()) money(node, node.child("value"), flow, activity, lines, missing);
    if (missing.empty()) {
      activity.flows.push_back(flow);
    } else {
      activity.faults.push_back({flow.line, "budget left out: " + missing});
    }
  }

  void reference(const xml_node& node, Activity& activity) {
    const std::string_view code = attribute(node, "code");
    if (!code.empty()) activity.references.push_back({attribute(node, "vocabulary"), code});
  }

  // References of indicators; those of the result itself have a vocabulary of their own.
  void result(const xml_node& node, Activity& activity) {
    for (const xml_node& child : node.children()) {
      if (std::string_view(child.name()) == "indicator") {
        for (const xml_node& inner : child.children("reference")) reference(inner, activity);
      }
    }
  }

  void element(const xml_node& node, Activity& activity, Lines& lines) {
    const std::string_view name = node.name();
    // <transaction xmlns="..."> is an extension, unless the activity says the same; xmlns="" is what some writers leave behind.
    const std::string_view own_namespace = attribute(node, "xmlns");
    if (!own_namespace.empty() && own_namespace != attribute(node.parent(), "xmlns")) return;
    if (name == "transaction") {
      transaction(node, activity, lines);
    } else if (name == "budget") {
      budget(node, activity, lines);
    } else if (name == "result") {
      result(node, activity);
    } else if (name == "sector") {
      activity.sectors.push_back(share_of(node, false, activity.faults, lines));
    } else if (name == "recipient-country" || name == "recipient-region") {
      activity.places.push_back(share_of(node, name == "recipient-region", activity.faults, lines));
    } else if (name == "tag") {
      activity.tags.push_back({attribute(node, "vocabulary"), attribute(node, "code")});
    } else if (name == "related-activity") {
      activity.related.push_back({attribute(node, "type"), attribute(node, "ref")});
    } else if (name == "iati-identifier" && activity.identifier.empty()) {
      activity.identifier = words(node);
    } else if (name == "reporting-org" && activity.publisher.empty()) {
      activity.publisher_name = words(node);
      activity.publisher = party(node);
      const std::string_view flag = attribute(node, "secondary-reporter");
      activity.secondary = flag == "1" || flag == "true";
    } else if (name == "activity-status" && activity.status.empty()) {
      activity.status = attribute(node, "code");
    } else if (name == "title" && activity.title.empty()) {
      activity.title = words(node);
    }
  }
};

ActivityReader::ActivityReader() : tree_(std::make_unique<Tree>()) {}
ActivityReader::~ActivityReader() = default;

const Activity& ActivityReader::read(std::string_view text, std::uint64_t line) {
  activity_.clear();
  tree_->joined.clear();
  activity_.line = line;
  readable_ = false;
  constexpr unsigned flags = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute;
  const bool doubtful = suspicious(text);
  const auto parsed =
      doubtful ? pugi::xml_parse_result{} : tree_->document.load_buffer(text.data(), text.size(), flags, pugi::encoding_utf8);
  if (doubtful || !parsed) {
    // Expat is the judge, and knows the line.
    if (auto fault = wellformed_fault(text, line)) {
      activity_.faults.push_back({fault->line, "activity left out: " + fault->what});
      return activity_;
    }
    if (!tree_->document.load_buffer(text.data(), text.size(), flags, pugi::encoding_utf8)) {
      activity_.faults.push_back({line, "activity left out: its elements cannot be read"});
      return activity_;
    }
  }
  readable_ = true;
  const xml_node root = tree_->document.first_child();
  Lines lines(text, line);
  activity_.default_currency = tree_->capitals(attribute(root, "default-currency"));
  activity_.last_updated = attribute(root, "last-updated-datetime");
  if (const std::string_view level = attribute(root, "hierarchy"); !level.empty()) {
    const auto [end, status] = std::from_chars(level.data(), level.data() + level.size(), activity_.hierarchy);
    if (status != std::errc() || end != level.data() + level.size()) {
      activity_.hierarchy = 1;
      activity_.faults.push_back(
          {line, "the hierarchy '" + printable(level.substr(0, 40)) + "' is no whole number; 1 is assumed"});
    }
  }
  for (const xml_node& node : root.children()) tree_->element(node, activity_, lines);
  if (activity_.identifier.empty()) activity_.faults.push_back({line, "the activity has no identifier"});
  return activity_;
}

}  // namespace stocktake::iati
