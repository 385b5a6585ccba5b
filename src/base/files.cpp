#include "base/files.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

#include "base/environment.h"
#include "base/error.h"

#ifndef STOCKTAKE_SOURCE_DIR
#define STOCKTAKE_SOURCE_DIR ""
#endif

namespace stocktake {
namespace fs = std::filesystem;
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// Splits a whole CSV text; quoted fields may hold commas, quotes (doubled) and newlines.
}  // namespace

std::string read_file(const std::string& path) {
  errno = 0;
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) {
    const bool missing = errno == ENOENT;
    throw Error(missing ? ErrorKind::not_found : ErrorKind::input, std::string("cannot open the file: ") + std::strerror(errno),
                missing ? "Check the path" : "Check the permissions", {path, 0, 0, {}});
  }
  std::string bytes;
  std::error_code ignored;
  const auto size = fs::file_size(path, ignored);
  if (!ignored) bytes.reserve(size);
  std::string buffer(1 << 16, '\0');
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), file.get())) bytes.append(buffer, 0, n);
  if (std::ferror(file.get()) != 0) {
    throw Error(ErrorKind::input, std::string("cannot read the file: ") + std::strerror(errno), "Is it a folder?",
                {path, 0, 0, {}});
  }
  return bytes;
}

bool replaceable(const std::string& path) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  return !fs::exists(status) || fs::is_regular_file(status);
}

std::string link_target(const std::string& path) {
  std::error_code failed;
  const fs::path target = fs::canonical(path, failed);
  return failed ? path : target.string();
}

void write_file(const std::string& path, std::string_view bytes) {
  // A device or a pipe is written to, never replaced: as root, a rename over /dev/null would succeed.
  const bool replace = replaceable(path);
  const std::string target = replace ? link_target(path) : path;
  const std::string beside = replace ? target + "." + std::to_string(::getpid()) + ".part" : target;
  const auto fail = [&](const char* doing) {
    const std::string why = std::strerror(errno);
    if (replace) std::remove(beside.c_str());
    throw Error(ErrorKind::store, std::string("cannot ") + doing + " the file: " + why,
                "Check the folder, its permissions and the free space", {path, 0, 0, {}});
  };
  std::error_code ignored;
  if (const auto parent = fs::path(path).parent_path(); !parent.empty()) fs::create_directories(parent, ignored);
  File file(std::fopen(beside.c_str(), "wb"));
  if (!file) fail("create");
  if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() || std::fflush(file.get()) != 0) fail("write");
  if (std::fclose(file.release()) != 0) fail("write");
  if (replace && std::rename(beside.c_str(), target.c_str()) != 0) fail("replace");
}

std::string data_home() {
  std::error_code ignored;
  const auto good = [&](const fs::path& folder) {
    return fs::is_directory(folder / "frameworks", ignored) && fs::is_directory(folder / "reference", ignored);
  };
  if (const std::string chosen = environment("STOCKTAKE_HOME"); !chosen.empty()) {
    if (good(chosen)) return chosen;
    throw Error(ErrorKind::not_found, "STOCKTAKE_HOME (" + chosen + ") has no frameworks/ and reference/ in it",
                "Point it at the folder that has them, or unset it");
  }
  if (const fs::path self = fs::read_symlink("/proc/self/exe", ignored); !ignored) {
    const fs::path installed = self.parent_path().parent_path() / "share" / "stocktake";
    if (good(installed)) return installed;
  }
  if (const fs::path source = STOCKTAKE_SOURCE_DIR; !source.empty() && good(source)) return source;
  throw Error(ErrorKind::not_found, "the folder with frameworks/, reference/ and i18n/ was not found",
              "Set STOCKTAKE_HOME to the folder that has them");
}

SmallCsv split_csv(const std::string& text, const std::string& path) {
  SmallCsv csv;
  std::vector<std::string> row;
  std::string field;
  std::size_t line = 1, row_line = 1, i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  bool any = false;
  const auto end_field = [&] {
    row.push_back(std::move(field));
    field.clear();
    any = true;
  };
  const auto end_row = [&] {
    if (any || !field.empty()) {
      end_field();
      csv.rows.push_back(std::move(row));
      csv.lines.push_back(row_line);
    }
    row.clear();
    any = false;
  };
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && field.empty()) {
      for (++i;; ++i) {
        if (i >= text.size()) {
          throw Error(ErrorKind::input, "a quoted field is not closed", "End it with a double quote", {path, row_line, 0, {}});
        }
        if (text[i] == '"') {
          if (i + 1 < text.size() && text[i + 1] == '"') {
            field += '"';
            ++i;
            continue;
          }
          break;
        }
        if (text[i] == '\n') ++line;
        field += text[i];
      }
      any = true;
    } else if (c == ',') {
      end_field();
    } else if (c == '\n') {
      end_row();
      row_line = ++line;
    } else if (c != '\r') {
      field += c;
    }
  }
  end_row();
  return csv;
}

SmallCsv read_small_csv(const std::string& path, const std::vector<std::string>& columns) {
  SmallCsv all = split_csv(read_file(path), path);
  if (all.rows.empty())
    throw Error(ErrorKind::input, "the file is empty, expected a header line", "Check that it was copied completely",
                {path, 1, 0, {}});
  const std::vector<std::string> header = all.rows.front();
  std::vector<std::size_t> at;
  for (const auto& name : columns) {
    std::size_t i = 0;
    while (i < header.size() && header[i] != name) ++i;
    if (i == header.size())
      throw Error(ErrorKind::input, "the header has no column '" + name + "'", "Add it", {path, 1, 0, name});
    at.push_back(i);
  }
  SmallCsv chosen;
  for (std::size_t r = 1; r < all.rows.size(); ++r) {
    auto& row = all.rows[r];
    if (row.size() != header.size()) {
      throw Error(ErrorKind::input,
                  "the row has " + std::to_string(row.size()) + " fields, the header " + std::to_string(header.size()),
                  "Quote fields that hold commas", {path, all.lines[r], 0, {}});
    }
    std::vector<std::string> fields;
    fields.reserve(at.size());
    for (const std::size_t i : at) fields.push_back(row[i]);
    chosen.rows.push_back(std::move(fields));
    chosen.lines.push_back(all.lines[r]);
  }
  return chosen;
}

}  // namespace stocktake
