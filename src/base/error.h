// One error vocabulary for every module: what was expected, what was found, where, and what to do next.
// Errors are thrown as `Error`; `main` turns them into one message on stderr and the exit code of their kind.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace stocktake {

// The kind decides the exit code of the process (documented once, in docs/operations.md).
enum class ErrorKind {
  usage,         // 2: the command line is wrong
  input,         // 3: a file or a value in it is wrong
  not_found,     // 4: a file, framework, series or area does not exist
  busy,          // 5: the store is in use by another process
  store,         // 6: the store is damaged, of a newer version, or the disk refused
  check_failed,  // 7: a check ran and found faults (framework check, audit)
  interrupted,   // 130: Ctrl-C
  internal,      // 70: a bug in Stocktake
  memory,        // 71: the system gives no more memory, or no more threads
};

int exit_code(ErrorKind kind);

// Where a fault is. Zero or empty means unknown. Lines and columns count from 1; columns count bytes.
struct Location {
  std::string file;
  std::uint64_t line = 0;
  std::uint64_t column = 0;
  std::string field;
};

// "file:line:column: field 'x'" with the unknown parts left out; empty when nothing is known.
std::string to_string(const Location& where);

class Error : public std::runtime_error {
 public:
  // what: what is wrong and what was expected, without a final stop. remedy: what the user can do; may be empty.
  Error(ErrorKind kind, std::string what, std::string remedy = {}, Location where = {});

  ErrorKind kind() const { return kind_; }
  const Location& where() const { return where_; }
  const std::string& problem() const { return problem_; }
  const std::string& remedy() const { return remedy_; }

 private:
  ErrorKind kind_;
  std::string problem_;
  std::string remedy_;
  Location where_;
};

}  // namespace stocktake
