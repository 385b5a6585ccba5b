#include <memory>

#include "base/error.h"
#include "cli/app.h"

namespace stocktake {
namespace {

std::string date_text(const std::optional<Date>& date) { return date ? to_string(*date) : std::string(); }

Table group_list(const AreaRegistry& areas, Date on, Language language) {
  Table table;
  auto& codes = table.add_texts("group");
  auto& kinds = table.add_texts("kind");
  auto& names = table.add_texts("name");
  auto& members = table.add_integers("members");
  for (const AreaId id : areas.groups()) {
    codes.push_back(areas.at(id).code);
    kinds.push_back(areas.at(id).group_kind);
    names.push_back(areas.at(id).name.in(language));
    members.push_back(static_cast<std::int64_t>(areas.members(id, on).size()));
  }
  return table;
}

Table member_list(const AreaRegistry& areas, AreaId group, Date on, Language language) {
  Table table;
  auto& codes = table.add_texts("area");
  auto& names = table.add_texts("name");
  auto& from = table.add_texts("from");
  auto& to = table.add_texts("to");
  auto& source = table.add_texts("source");
  for (const AreaId id : areas.members(group, on)) {
    for (const Membership& membership : areas.memberships(group)) {
      if (membership.area != id || (membership.from && *membership.from > on) || (membership.to && *membership.to < on)) continue;
      codes.push_back(areas.at(id).code);
      names.push_back(areas.at(id).name.in(language));
      from.push_back(date_text(membership.from));
      to.push_back(date_text(membership.to));
      source.push_back(membership.source);
      break;
    }
  }
  return table;
}

}  // namespace

void add_groups(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("groups", "Groups of countries, with the members of a day");
  struct Arguments {
    std::string group, at;
    OutputOptions output;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("group", arguments->group, "A group's code; without it, all groups are listed")->option_text("GROUP");
  command->add_option("--at", arguments->at, "The day, as 2013-09-25 [today]")->option_text("DATE");
  add_output_options(*command, arguments->output);
  command->footer("Examples:\n  stocktake groups\n  stocktake groups LDC --at 2013-09-25");
  command->callback([&context, arguments] {
    const AreaRegistry areas = load_areas();
    const Language language = context.language(arguments->output.format);
    const Date on = arguments->at.empty() ? today() : date_argument(arguments->at, "--at");
    if (arguments->group.empty()) {
      write_table(group_list(areas, on, language), arguments->output, context);
      return;
    }
    const auto id = areas.find(arguments->group);
    if (!id || !areas.is_group(*id)) {
      throw Error(ErrorKind::not_found, "there is no group '" + arguments->group + "'", "`stocktake groups` lists them");
    }
    write_table(member_list(areas, *id, on, language), arguments->output, context);
  });
}

}  // namespace stocktake
