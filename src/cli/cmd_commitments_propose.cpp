// `stocktake commitments propose` takes what was read in a resolution into the register, as proposals for a person to confirm.
#include <fmt/format.h>

#include <memory>

#include "base/error.h"
#include "cli/cmd_commitments.h"
#include "cli/registering.h"
#include "partnership/register/changes.h"
#include "partnership/register/proposal.h"
#include "partnership/texts/lexicon.h"

namespace stocktake {
namespace {

struct Arguments {
  RegisterArguments reg;
  std::string file, language, on;
};

void run_propose(const Context& context, const Arguments& arguments) {
  std::optional<Language> language;
  if (!arguments.language.empty()) {
    language = parse_language(arguments.language);
    if (!language)
      throw Error(ErrorKind::usage, "--text-lang: '" + arguments.language + "' is not a language",
                  "One of ar, zh, en, fr, ru, es");
  }
  const ResolutionText text = read_resolution(arguments.file, language);
  for (const TextFault& fault : text.faults) {
    std::fputs((to_string(Location{text.file, fault.line, fault.column, {}}) + ": " + fault.problem + ". " + fault.remedy + "\n")
                   .c_str(),
               stderr);
  }
  std::vector<Commitment> proposals = proposals_of(text, read_clauses(text, Lexicon::load(text.language)));
  if (proposals.empty()) {
    throw Error(ErrorKind::not_found, "no clause of the text was taken for a commitment",
                "See what was read: stocktake commitments extract", {arguments.file, 0, 0, {}});
  }
  write_entries(context, arguments.reg, [&](const Register& reg) {
    StatusChange first;
    first.status = CommitmentStatus::proposed;
    std::vector<LogEntry> entries;
    std::string listed;
    std::size_t known = 0;
    for (const Commitment& proposal : proposals) {
      if (reg.find(proposal.id) != nullptr) {
        ++known;
        continue;
      }
      first.on = !arguments.on.empty() ? date_argument(arguments.on, "--on") : proposal.made.value_or(today());
      entries.push_back(commitment_entry(proposal, first, log_time()));
      listed += proposal.id + "\n";
    }
    if (!context.quiet) write_text(listed, "");
    if (known > 0 && !context.quiet)
      std::fputs(fmt::format("{} of them are in the register already and stay as they are\n", known).c_str(), stderr);
    return entries;
  });
}

}  // namespace

void add_commitments_propose(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("propose", "Take the commitments read in a resolution into the register, to be confirmed");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("file", arguments->file, "A resolution: text, pdftotext, HTML, DOCX or AKN4UN")
      ->required()
      ->option_text("FILE");
  command->add_option("--text-lang", arguments->language, "Language of the text, where it is not recognised")
      ->option_text("LANG");
  command->add_option("--on", arguments->on, "The day of the proposals [of adoption, today]")->option_text("DATE");
  add_register_option(*command, arguments->reg);
  add_key_options(*command, arguments->reg);
  command->footer(
      "Examples:\n  stocktake commitments propose A_RES_68_6.zh.txt\n  stocktake commitments list --status proposed\n"
      "  stocktake commitments confirm A-RES-68-6/14 --set due=2015-12-31\n  stocktake commitments withdraw A-RES-68-6/3 --note "
      "'no promise'");
  command->callback([&context, arguments] { run_propose(context, *arguments); });
}

}  // namespace stocktake
