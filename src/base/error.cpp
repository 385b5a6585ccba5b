#include "base/error.h"

namespace stocktake {

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return 2;
    case ErrorKind::input: return 3;
    case ErrorKind::not_found: return 4;
    case ErrorKind::busy: return 5;
    case ErrorKind::store: return 6;
    case ErrorKind::check_failed: return 7;
    case ErrorKind::interrupted: return 130;
    case ErrorKind::internal: return 70;
    case ErrorKind::memory: return 71;
  }
  return 70;
}

std::string to_string(const Location& where) {
  std::string text = where.file;
  if (where.line != 0) {
    text += (text.empty() ? "line " : ":") + std::to_string(where.line);
    if (where.column != 0) text += ":" + std::to_string(where.column);
  }
  if (!where.field.empty()) text += (text.empty() ? "field '" : ": field '") + where.field + "'";
  return text;
}

namespace {

std::string compose(const std::string& what, const std::string& remedy, const Location& where) {
  std::string text = to_string(where);
  text += text.empty() ? what : ": " + what;
  if (!remedy.empty()) text += ". " + remedy;
  return text;
}

}  // namespace

Error::Error(ErrorKind kind, std::string what, std::string remedy, Location where)
    : std::runtime_error(compose(what, remedy, where)),
      kind_(kind),
      problem_(std::move(what)),
      remedy_(std::move(remedy)),
      where_(std::move(where)) {}

}  // namespace stocktake
