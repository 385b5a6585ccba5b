#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/assessing.h"
#include "cli/registering.h"

namespace stocktake {
namespace {

using nlohmann::json;

struct Arguments {
  RegisterArguments reg;
  OutputOptions output;
  std::string name, note, receipt, format = "text", path;
  bool every_seal = false, passphrase = false;
  std::string kind, id, by, since, until;
  std::uint64_t from = 1, to = UINT64_MAX;
};

// Which commitment an entry is about; "" for none.
std::string subject(const LogEntry& entry) {
  const json payload = json::parse(entry.payload, nullptr, false);
  const auto text = [](const json& object, const char* field) {
    return object.is_object() && object.contains(field) && object[field].is_string() ? object[field].get<std::string>()
                                                                                     : std::string();
  };
  if (entry.kind == "commitment" && payload.is_object() && payload.contains("commitment"))
    return text(payload["commitment"], "id");
  return text(payload, "id");
}

void run_new_key(const Context& context, const Arguments& arguments) {
  std::string passphrase;
  if (arguments.passphrase || !arguments.reg.passphrase_file.empty()) {
    passphrase = read_passphrase(arguments.reg.passphrase_file, "Passphrase for the new key: ");
    if (arguments.reg.passphrase_file.empty() && read_passphrase("", "The same again: ") != passphrase) {
      throw Error(ErrorKind::usage, "the passphrases differ", "Try again; no key was made");
    }
  }
  SigningKey key = new_key(arguments.name);
  const std::string path = save_key(key, key_folder(), passphrase);
  key.forget();
  if (context.quiet) return;
  write_text("made the key " + key.id() + " of " + key.name + ": " + path + "\n", "");
  if (passphrase.empty()) write_text("Keep the file to yourself, and a copy of it in a safe place; --passphrase locks it.\n", "");
}

void run_list_keys(const Context& context, const Arguments& arguments) {
  Table table;
  auto& ids = table.add_texts("key");
  auto& names = table.add_texts("name");
  auto& locked = table.add_texts("passphrase");
  auto& files = table.add_texts("file");
  for (const KeyFile& key : list_keys(key_folder())) {
    ids.push_back(key.public_key.substr(0, 16));
    names.push_back(key.name);
    locked.emplace_back(key.locked ? "yes" : "no");
    files.push_back(key.path);
  }
  write_table(table, arguments.output, context);
}

bool names_file(const std::string& key) { return key.find('/') != std::string::npos || key.ends_with(".key"); }

void run_export_key(const Arguments& arguments) {
  const bool file = names_file(arguments.name);
  const KeyFile key = find_key(file ? "" : key_folder(), arguments.name);
  write_text(json{{"name", key.name}, {"public_key", key.public_key}}.dump() + "\n", arguments.path);
}

// Revokes in the log, by a key that is still valid or by the one that is revoked.
void run_revoke_key(const Context& context, const Arguments& arguments) {
  SigningKey key = signing_key(arguments.reg);
  const std::string path = register_file(context, arguments.reg);
  if (!std::filesystem::exists(path)) {
    throw Error(ErrorKind::not_found, "there is no log in which a key could be revoked",
                "Delete the key's file: nothing was signed with it here", {path, 0, 0, {}});
  }
  const bool file = names_file(arguments.name);
  LogWriter writer = LogWriter::open(path);
  const std::uint64_t entry =
      writer.revoke(file ? find_key("", arguments.name).public_key : arguments.name, arguments.note, log_time(), key);
  key.forget();
  tell_unfinished(context, writer.check(), writer.set_aside());
  if (context.quiet) return;
  write_text(fmt::format("entry {} of {}\n", entry, path), "");
  note(context,
       "a log that is cut off before that entry does not know of it: keep a receipt of it elsewhere (`stocktake audit head`)");
}

std::string sound_text(const Translator& words, const LogCheck& check, bool receipt) {
  std::string text =
      words.text("audit.sound", {{"entries", check.head.entries}, {"seals", check.seals}, {"checked", check.seals_checked}}) +
      "\n";
  text += words.text("audit.head", {{"hash", check.head.hash}}) + "\n";
  for (const std::string& signer : check.signers) {
    const auto revoked = std::find_if(check.revoked.begin(), check.revoked.end(),
                                      [&](const RevokedKey& key) { return signer == key.name + " " + key.id; });
    text += revoked == check.revoked.end()
                ? words.text("audit.signer", {{"signer", signer}})
                : words.text("audit.signer_revoked", {{"signer", signer}, {"entry", std::to_string(revoked->entry)}});
    text += "\n";
  }
  if (!receipt) text += words.text("audit.no_receipt") + "\n";
  return text;
}

json check_json(const LogCheck& check) {
  json object{
      {"sound", !check.fault.has_value()},    {"entries", check.head.entries}, {"head", check.head.hash}, {"seals", check.seals},
      {"seals_checked", check.seals_checked}, {"signers", check.signers}};
  object["revoked"] = json::array();
  for (const RevokedKey& key : check.revoked)
    object["revoked"].push_back({{"name", key.name}, {"id", key.id}, {"entry", key.entry}});
  if (check.fault)
    object["fault"] = {{"entry", check.fault->entry}, {"line", check.fault->line}, {"problem", check.fault->problem}};
  return object;
}

void run_verify(const Context& context, const Arguments& arguments) {
  const std::string path = register_file(context, arguments.reg);
  std::optional<LogReceipt> receipt;
  if (!arguments.receipt.empty()) receipt = parse_receipt(read_file(arguments.receipt), arguments.receipt);
  LogCheckOptions options;
  options.every_seal = arguments.every_seal;
  const LogCheck check = ChainLog::open(path).check(options, receipt ? &*receipt : nullptr);
  if (arguments.format == "json") write_text(check_json(check).dump() + "\n", "");
  if (!check.fault) {
    if (arguments.format == "text" && !context.quiet)
      write_text(sound_text(load_translator(context), check, receipt.has_value()), "");
    return;
  }
  const LogFault& fault = *check.fault;
  const std::uint64_t sealed = check.head.entries;
  std::string remedy =
      sealed == 0 ? "No entry before it stands under a good seal" : fmt::format("Entries 1 to {} stand under good seals", sealed);
  remedy += fault.unfinished ? "; the next command that writes sets the rest aside" : "; compare the rest with a copy";
  throw Error(ErrorKind::check_failed, fault.entry == 0 ? fault.problem : fmt::format("entry {}: {}", fault.entry, fault.problem),
              remedy, {path, fault.line, 0, {}});
}

void run_head(const Context& context, const Arguments& arguments) {
  const std::string path = register_file(context, arguments.reg);
  const LogCheck check = ChainLog::open(path).check();
  if (check.fault && !check.fault->unfinished) {
    throw Error(ErrorKind::check_failed, fmt::format("entry {}: {}", check.fault->entry, check.fault->problem),
                "There is no receipt for a log that is not sound", {path, check.fault->line, 0, {}});
  }
  tell_unfinished(context, check, "");
  SigningKey key = signing_key(arguments.reg);
  for (const RevokedKey& revoked : check.revoked) {
    if (revoked.id == key.id()) {
      throw Error(ErrorKind::input, fmt::format("the key {} of {} was revoked by entry {}", key.id(), key.name, revoked.entry),
                  "Sign the receipt with another one", {path, 0, 0, {}});
    }
  }
  write_text(to_json(make_receipt(check.head, log_time(), key)), arguments.path);
  key.forget();
}

void run_log(const Context& context, const Arguments& arguments) {
  Table table;
  auto& numbers = table.add_integers("entry");
  auto& times = table.add_texts("time");
  auto& kinds = table.add_texts("kind");
  auto& by = table.add_texts("by");
  auto& about = table.add_texts("commitment");
  auto& payloads = table.add_texts("payload");
  const std::string since = arguments.since.empty() ? "" : to_string(date_argument(arguments.since, "--since"));
  const std::string until = arguments.until.empty() ? "9999" : to_string(date_argument(arguments.until, "--until", true)) + "~";
  const LogCheck check =
      ChainLog::open(register_file(context, arguments.reg)).each([&](const LogEntry& entry, std::string_view signer) {
        if (entry.number < arguments.from || entry.number > arguments.to || entry.time < since || entry.time > until) return;
        if (!arguments.kind.empty() && entry.kind != arguments.kind) return;
        if (!arguments.by.empty() && signer != arguments.by) return;
        const std::string id = subject(entry);
        if (!arguments.id.empty() && id != arguments.id) return;
        numbers.push_back(static_cast<std::int64_t>(entry.number));
        times.push_back(entry.time);
        kinds.push_back(entry.kind);
        by.emplace_back(signer);
        about.push_back(id);
        payloads.push_back(entry.payload);
      });
  tell_unfinished(context, check, "");
  write_table(table, arguments.output, context);
}

void add_key_commands(CLI::App& command, Context& context, const std::shared_ptr<Arguments>& arguments) {
  CLI::App* key = command.add_subcommand("key", "Keys of those who sign: new, list, export, revoke");
  key->require_subcommand(1);
  CLI::App* make = key->add_subcommand("new", "Make a key for a person or an office");
  make->add_option("name", arguments->name, "Who signs with it, as it will stand in the log")->required()->option_text("NAME");
  make->add_flag("--passphrase", arguments->passphrase, "Lock it with a passphrase, asked for on the terminal");
  make->add_option("--passphrase-file", arguments->reg.passphrase_file, "... from the first line of a file")->option_text("FILE");
  make->callback([&context, arguments] { run_new_key(context, *arguments); });
  CLI::App* list = key->add_subcommand("list", "The keys of $STOCKTAKE_KEYS");
  add_output_options(*list, arguments->output);
  list->callback([&context, arguments] { run_list_keys(context, *arguments); });
  CLI::App* out = key->add_subcommand("export", "Print the public half, for others to know it by");
  out->add_option("key", arguments->name, "A name, an id or a file [the only one]")->option_text("KEY");
  out->add_option("-o,--output", arguments->path, "Write to a file")->option_text("FILE");
  out->callback([arguments] { run_export_key(*arguments); });
  CLI::App* revoke = key->add_subcommand("revoke", "Tell the log that a key counts no more: lost, stolen, its owner gone");
  revoke->add_option("which", arguments->name, "The key: an id or a name of the log, or a file")->required()->option_text("KEY");
  revoke->add_option("--note", arguments->note, "Why")->option_text("TEXT");
  add_register_option(*revoke, arguments->reg);
  add_key_options(*revoke, arguments->reg);
  revoke->footer(
      "Example:\n  stocktake audit key revoke d75a980182b10ab7 --key 'Ministry of Planning' --note 'laptop stolen'\n\n"
      "Signed by any key that is still valid, or by the key itself. What it sealed before stays good; an entry that it seals\n"
      "afterwards makes `audit verify` fail. There is no way back: make a new key. docs/audit-log.md tells what this proves.");
  revoke->callback([&context, arguments] { run_revoke_key(context, *arguments); });
}

}  // namespace

void add_audit(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("audit", "The signed log of the register: verify it, list it, keys and receipts");
  command->require_subcommand(1);
  command->footer(
      "Examples:\n  stocktake audit key new 'Ministry of Planning'\n  stocktake audit verify\n"
      "  stocktake audit head -o 2026-11.receipt.json     to be kept elsewhere, or published\n"
      "  stocktake audit verify --receipt 2026-11.receipt.json\n  stocktake audit log --id ODA-07 --format csv");
  auto arguments = std::make_shared<Arguments>();
  add_key_commands(*command, context, arguments);

  CLI::App* verify = command->add_subcommand("verify", "Prove that nothing was altered or dropped, or name the first bad entry");
  add_register_option(*verify, arguments->reg);
  verify->add_option("--receipt", arguments->receipt, "Also compare with what `audit head` printed then")->option_text("FILE");
  verify->add_flag("--every-seal", arguments->every_seal, "Check every seal, however many there are");
  verify->add_option("--format", arguments->format, "text or json")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  verify->callback([&context, arguments] { run_verify(context, *arguments); });

  CLI::App* head = command->add_subcommand("head", "A signed receipt of the log as it is now");
  add_register_option(*head, arguments->reg);
  add_key_options(*head, arguments->reg);
  head->add_option("-o,--output", arguments->path, "Write to a file")->option_text("FILE");
  head->callback([&context, arguments] { run_head(context, *arguments); });

  CLI::App* log = command->add_subcommand("log", "The entries of the log");
  add_register_option(*log, arguments->reg);
  log->add_option("--kind", arguments->kind, "Only entries of a kind: commitment, status, correction, ...")->option_text("KIND");
  log->add_option("--id", arguments->id, "Only those about a commitment")->option_text("ID");
  log->add_option("--by", arguments->by, "Only those sealed by this name")->option_text("NAME");
  log->add_option("--from", arguments->from, "From this entry on")->option_text("N");
  log->add_option("--to", arguments->to, "Up to this entry")->option_text("N");
  log->add_option("--since", arguments->since, "Written on that day or later")->option_text("DATE");
  log->add_option("--until", arguments->until, "Written on that day or before")->option_text("DATE");
  add_output_options(*log, arguments->output);
  log->callback([&context, arguments] { run_log(context, *arguments); });
}

}  // namespace stocktake
