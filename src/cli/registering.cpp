#include "cli/registering.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include "base/environment.h"
#include "base/error.h"
#include "base/files.h"

namespace stocktake {
void add_register_option(CLI::App& command, RegisterArguments& arguments) {
  command.add_option("--register", arguments.file, "The register's log [$STOCKTAKE_REGISTER, beside the store]")
      ->option_text("FILE");
}

void add_key_options(CLI::App& command, RegisterArguments& arguments) {
  command.add_option("--key", arguments.key, "Sign with this key: a name, an id or a file [$STOCKTAKE_KEY, the only one]")
      ->option_text("KEY");
  command.add_option("--passphrase-file", arguments.passphrase_file, "Read the key's passphrase from the first line of a file")
      ->option_text("FILE");
}

std::string register_file(const Context& context, const RegisterArguments& arguments) {
  if (!arguments.file.empty()) return arguments.file;
  if (std::string chosen = environment("STOCKTAKE_REGISTER"); !chosen.empty()) return chosen;
  return register_path(context.store_path);
}

SigningKey signing_key(const RegisterArguments& arguments) {
  const std::string wanted = arguments.key.empty() ? environment("STOCKTAKE_KEY") : arguments.key;
  const KeyFile file = find_key(wanted.find('/') == std::string::npos && !wanted.ends_with(".key") ? key_folder() : "", wanted);
  return load_key(file.path, [&](const KeyFile& key) {
    return read_passphrase(arguments.passphrase_file, "Passphrase of the key of " + key.name + ": ");
  });
}

std::string read_passphrase(const std::string& file, const std::string& question) {
  if (!file.empty()) {
    std::string text = read_file(file);
    if (const std::size_t end = text.find_first_of("\r\n"); end != std::string::npos) text.resize(end);
    if (text.empty())
      throw Error(ErrorKind::input, "the first line of the file is empty, expected a passphrase", "", {file, 1, 0, {}});
    return text;
  }
  const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0) {
    throw Error(ErrorKind::usage, "the key is locked and there is no terminal to ask for its passphrase",
                "Use --passphrase-file FILE");
  }
  termios before{};
  ::tcgetattr(terminal, &before);
  termios silent = before;
  silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  ::tcsetattr(terminal, TCSAFLUSH, &silent);
  std::string text;
  bool good = ::write(terminal, question.data(), question.size()) >= 0;
  for (char c = 0; good && ::read(terminal, &c, 1) == 1 && c != '\n';) text += c;
  ::tcsetattr(terminal, TCSAFLUSH, &before);
  good = ::write(terminal, "\n", 1) >= 0 && good;
  ::close(terminal);
  if (!good || text.empty()) throw Error(ErrorKind::usage, "no passphrase was given");
  return text;
}

void tell_unfinished(const Context& context, const LogCheck& check, const std::string& set_aside) {
  if (context.quiet || !check.fault || !check.fault->unfinished) return;
  const std::string text = "note: line " + std::to_string(check.fault->line) + " of the log: " + check.fault->problem +
                           (set_aside.empty() ? "; it is left out\n" : "; it was set aside in " + set_aside + "\n");
  std::fputs(text.c_str(), stderr);
}

void write_entries(const Context& context, const RegisterArguments& arguments, const BuildEntries& build) {
  SigningKey key = signing_key(arguments);  // first: the log is not kept waiting for a passphrase
  const std::string path = register_file(context, arguments);
  LogWriter writer = LogWriter::open(path);
  Register reg = Register::of(writer);
  std::vector<LogEntry> entries = build(reg);
  if (entries.empty()) return;
  // Tried on the register that was read; numbers only have to be new here.
  std::uint64_t number = writer.head().entries;
  for (LogEntry& entry : entries) {
    entry.number = ++number;
    reg.apply(entry, key.name);
  }
  const auto [first, last] = writer.append(entries, key);
  key.forget();
  tell_unfinished(context, writer.check(), writer.set_aside());
  if (context.quiet) return;
  write_text(
      first == last ? fmt::format("entry {} of {}\n", first, path) : fmt::format("entries {} to {} of {}\n", first, last, path),
      "");
}

}  // namespace stocktake
