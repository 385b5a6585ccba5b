#include "exchange/sdmx/output.h"

#include <isa-l/igzip_lib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"

namespace stocktake {

struct Output::State {
  std::string path, target, beside;
  std::FILE* file = nullptr;
  bool standard = false, replace = false, compressed = false;
  isal_zstream stream{};
  std::vector<std::uint8_t> level, packed;

  [[noreturn]] void fail(const char* what) const {
    throw Error(ErrorKind::store, std::string(what) + ": " + std::strerror(errno),
                "Check the folder, its permissions and the free space", {path, 0, 0, {}});
  }
};

Output::Output(const std::string& path) : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.path = path;
  buffer.reserve(block + (1 << 16));
  s.standard = path == "-";
  if (s.standard) {
    s.file = stdout;
    return;
  }
  std::error_code ignored;
  if (const auto parent = std::filesystem::path(path).parent_path(); !parent.empty())
    std::filesystem::create_directories(parent, ignored);
  s.replace = replaceable(path);
  s.target = s.replace ? link_target(path) : path;
  s.beside = s.replace ? s.target + "." + std::to_string(::getpid()) + ".part" : s.target;
  s.file = std::fopen(s.beside.c_str(), "wb");
  if (s.file == nullptr) s.fail("cannot write the file");
  std::setvbuf(s.file, nullptr, _IONBF, 0);
  if (!path.ends_with(".gz")) return;
  s.compressed = true;
  isal_deflate_init(&s.stream);
  s.stream.gzip_flag = IGZIP_GZIP;
  s.stream.level = 1;
  s.level.resize(ISAL_DEF_LVL1_DEFAULT);
  s.stream.level_buf = s.level.data();
  s.stream.level_buf_size = static_cast<std::uint32_t>(s.level.size());
  s.packed.resize(block);
}

Output::~Output() {
  State& s = *state_;
  if (s.file == nullptr || s.standard) return;
  std::fclose(s.file);
  if (s.replace) std::remove(s.beside.c_str());
}

void Output::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), state_->file) != bytes.size()) state_->fail("cannot write");
}

void Output::deflate(bool last) {
  State& s = *state_;
  isal_zstream& z = s.stream;
  z.next_in = reinterpret_cast<std::uint8_t*>(buffer.data());
  z.avail_in = static_cast<std::uint32_t>(buffer.size());
  z.end_of_stream = last ? 1 : 0;
  do {
    z.next_out = s.packed.data();
    z.avail_out = static_cast<std::uint32_t>(s.packed.size());
    if (isal_deflate(&z) != COMP_OK) throw Error(ErrorKind::internal, "the compression failed");
    write({reinterpret_cast<const char*>(s.packed.data()), s.packed.size() - z.avail_out});
  } while (z.avail_out == 0 || z.avail_in > 0);
}

void Output::flush() {
  check_interrupted();
  if (state_->compressed) {
    deflate(false);
  } else {
    write(buffer);
  }
  buffer.clear();
}

void Output::close() {
  State& s = *state_;
  if (s.compressed) {
    deflate(true);
  } else {
    write(buffer);
  }
  buffer.clear();
  if (s.standard) {
    if (std::fflush(s.file) != 0) s.fail("cannot write");
    return;
  }
  std::FILE* const file = s.file;
  s.file = nullptr;
  if (std::fclose(file) != 0) {
    if (s.replace) std::remove(s.beside.c_str());
    s.fail("cannot write");
  }
  if (s.replace && std::rename(s.beside.c_str(), s.target.c_str()) != 0) {
    std::remove(s.beside.c_str());
    s.fail("cannot replace the file");
  }
}

}  // namespace stocktake
