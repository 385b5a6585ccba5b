// What the commands on the register and its log share: where the log is, and the key that signs.
#pragma once

#include <string>

#include "base/chain_log.h"
#include "base/signing_key.h"
#include "cli/app.h"

namespace stocktake {

struct RegisterArguments {
  std::string file;                  // --register
  std::string key, passphrase_file;  // --key, --passphrase-file
};
void add_register_option(CLI::App& command, RegisterArguments& arguments);
void add_key_options(CLI::App& command, RegisterArguments& arguments);

// --register, else $STOCKTAKE_REGISTER, else the file beside the store.
std::string register_file(const Context& context, const RegisterArguments& arguments);
// --key, else $STOCKTAKE_KEY, else the only key there is. Asks for a passphrase where the key is locked.
SigningKey signing_key(const RegisterArguments& arguments);
// Asks on the terminal, without showing what is typed; from a file where one is given. Throws Error(usage) without a terminal.
std::string read_passphrase(const std::string& file, const std::string& question);
// Tells on stderr of an unfinished end that was left out or set aside.
void tell_unfinished(const Context& context, const LogCheck& check, const std::string& set_aside);

}  // namespace stocktake
