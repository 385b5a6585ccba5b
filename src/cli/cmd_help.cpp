// Shell completion and the man page, both made from the parser itself so that they cannot fall behind it.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/manifest.h"
#include "cli/app.h"

namespace stocktake {
namespace {

std::string option_names(const CLI::App& command) {
  std::string names;
  for (const CLI::Option* option : command.get_options()) {
    for (const auto& name : option->get_lnames()) names += " --" + name;
  }
  return names;
}

std::string subcommand_names(const CLI::App& command) {
  std::string names;
  for (const CLI::App* sub : command.get_subcommands({})) names += " " + sub->get_name();
  return names;
}

// Bash: the words of the innermost subcommand typed so far, then file names. Zsh reads it through bashcompinit.
std::string bash_completion(const CLI::App& root) {
  std::string script =
      "# stocktake completion for bash; for zsh: autoload -U bashcompinit && bashcompinit, then source this file\n"
      "_stocktake() {\n  local current=${COMP_WORDS[COMP_CWORD]} path= word words\n"
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case \"$path $word\" in\n";
  for (const CLI::App* command : root.get_subcommands({})) {
    script += "      ' " + command->get_name() + "') path=" + command->get_name() + ";;\n";
    for (const CLI::App* sub : command->get_subcommands({})) {
      script += "      '" + command->get_name() + " " + sub->get_name() + "') path='" + command->get_name() + " " +
                sub->get_name() + "';;\n";
    }
  }
  script += "    esac\n  done\n  case \"$path\" in\n";
  script += "    '') words='" + subcommand_names(root).substr(1) + option_names(root) + "';;\n";
  for (const CLI::App* command : root.get_subcommands({})) {
    script += "    '" + command->get_name() + "') words='" + subcommand_names(*command) + option_names(*command) +
              option_names(root) + "';;\n";
    for (const CLI::App* sub : command->get_subcommands({})) {
      script += "    '" + command->get_name() + " " + sub->get_name() + "') words='" + option_names(*sub) + option_names(root) +
                "';;\n";
    }
  }
  return script +
         "  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "  [[ $current != -* && -n $path ]] && COMPREPLY+=($(compgen -f -- \"$current\"))\n}\ncomplete -o filenames -F "
         "_stocktake stocktake\n";
}

std::string fish_completion(const CLI::App& root) {
  std::string script = "# stocktake completion for fish\ncomplete -c stocktake -n __fish_use_subcommand -f\n";
  const auto options = [&](const CLI::App& command, const std::string& condition) {
    for (const CLI::Option* option : command.get_options()) {
      for (const auto& name : option->get_lnames()) {
        std::string text = option->get_description();
        std::erase(text, '\'');
        script += fmt::format("complete -c stocktake {}-l {} -d '{}'\n", condition, name, text);
      }
    }
  };
  options(root, "");
  for (const CLI::App* command : root.get_subcommands({})) {
    std::string text = command->get_description();
    std::erase(text, '\'');
    script += "complete -c stocktake -n __fish_use_subcommand -f -a " + command->get_name() + " -d '" + text + "'\n";
    options(*command, "-n '__fish_seen_subcommand_from " + command->get_name() + "' ");
    for (const CLI::App* sub : command->get_subcommands({})) {
      script +=
          "complete -c stocktake -n '__fish_seen_subcommand_from " + command->get_name() + "' -f -a " + sub->get_name() + "\n";
    }
  }
  return script;
}

std::string roff(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += '\\';
    if (c == '-') out += '\\';
    out += c;
  }
  // A line that starts with a dot or an apostrophe would be a request.
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

void man_options(std::string& page, const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    const bool positional = option->get_positional();
    const std::string name = positional ? option->get_option_text() : option->get_name(false, true);
    page += ".TP\n.B " + roff(name.empty() ? option->get_name(true) : name);
    if (!positional && !option->get_option_text().empty()) page += " \\fI" + roff(option->get_option_text()) + "\\fR";
    page += "\n" + roff(option->get_description()) + "\n";
  }
}

std::string man_page(const CLI::App& root) {
  std::string page = ".TH STOCKTAKE 1 \"\" \"stocktake " + version() + "\" \"User Commands\"\n.SH NAME\nstocktake \\- " +
                     roff("takes stock of the world's development goals") +
                     "\n.SH SYNOPSIS\n.B stocktake\n[\\fIOPTIONS\\fR] \\fICOMMAND\\fR ...\n.SH DESCRIPTION\n" +
                     roff(root.get_description()) + "\n.SH OPTIONS\n";
  man_options(page, root);
  page += ".SH COMMANDS\n";
  const auto footer = [&](const CLI::App& command) {
    if (!command.get_footer().empty())
      page += ".PP\n.nf\n" + [&] {
        std::string lines, text = command.get_footer();
        for (std::size_t at = 0; at <= text.size();) {
          const std::size_t end = std::min(text.find('\n', at), text.size());
          lines += roff(text.substr(at, end - at)) + "\n";
          at = end + 1;
        }
        return lines;
      }() + ".fi\n";
  };
  for (const CLI::App* command : root.get_subcommands({})) {
    page += ".SS " + command->get_name() + "\n" + roff(command->get_description()) + ".\n";
    man_options(page, *command);
    for (const CLI::App* sub : command->get_subcommands({})) {
      page += ".SS " + command->get_name() + " " + sub->get_name() + "\n" + roff(sub->get_description()) + ".\n";
      man_options(page, *sub);
    }
    footer(*command);
  }
  page += ".SH EXAMPLES AND EXIT STATUS\n";
  footer(root);
  return page;
}

}  // namespace

void add_completion(CLI::App& app, Context&) {
  CLI::App* command = app.add_subcommand("completion", "Completion script for a shell: bash, zsh or fish");
  auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->option_text("SHELL")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->footer("Example:\n  source <(stocktake completion bash)");
  command->callback([&app, shell] { write_text(*shell == "fish" ? fish_completion(app) : bash_completion(app), ""); });
}

void add_man(CLI::App& app, Context&) {
  CLI::App* command = app.add_subcommand("man", "The manual page, in roff");
  command->footer("Example:\n  stocktake man | man -l -");
  command->callback([&app] { write_text(man_page(app), ""); });
}

}  // namespace stocktake
