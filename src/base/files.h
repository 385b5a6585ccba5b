// Whole small files, and where the program's own data files are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stocktake {

// The bytes of a file. Throws Error(not_found) when it does not exist, Error(input) when it cannot be read.
std::string read_file(const std::string& path);
// Writes beside the target and renames, so that a reader never sees half a file. A symbolic link stays: its target is replaced.
// Throws Error(store).
void write_file(const std::string& path, std::string_view bytes);

// Where a path leads through its symbolic links; the path itself when there is nothing yet.
std::string link_target(const std::string& path);

// True for a regular file and for a name that is free: what a rename may replace. False for a device, a pipe, a folder.
bool replaceable(const std::string& path);

// The folder that holds frameworks/, reference/, i18n/ and data/: $STOCKTAKE_HOME, else share/stocktake beside the
// program's bin folder, else the source tree the program was built from. Throws Error(not_found) when there is none.
std::string data_home();

// A small CSV file (RFC 4180, comma, header line) as rows of fields, for reference tables. `columns` must all be in the
// header; the fields come in that order. Line numbers of the rows are in `lines`. Throws Error(input) with file:line.
struct SmallCsv {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> lines;
};
// All rows of such a text, the header line first, whatever their lengths; `path` names it in errors.
SmallCsv split_csv(const std::string& text, const std::string& path);
SmallCsv read_small_csv(const std::string& path, const std::vector<std::string>& columns);

}  // namespace stocktake
