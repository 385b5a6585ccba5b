#include "ingest/sheets/archive.h"

#include <zip.h>

#include <algorithm>

#include "base/progress.h"

namespace stocktake::sheets {

struct Archive::State {
  struct Close {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  std::unique_ptr<zip_t, Close> zip;
};

void Archive::refuse(const std::string& problem, const std::string& remedy) const {
  throw Error(ErrorKind::input, problem, remedy, {name_, 0, 0, {}});
}

Archive::Archive(std::string bytes, std::string name)
    : bytes_(std::move(bytes)), name_(std::move(name)), state_(std::make_unique<State>()) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const source = zip_source_buffer_create(bytes_.data(), bytes_.size(), 0, &error);
  state_->zip.reset(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
  if (state_->zip == nullptr && source != nullptr) zip_source_free(source);
  const std::string problem = zip_error_strerror(&error);
  zip_error_fini(&error);
  if (state_->zip == nullptr) refuse("the ZIP file cannot be opened: " + problem, "Fetch the file again, or save it anew");
}

Archive::~Archive() = default;

std::vector<std::string> Archive::parts() const {
  std::vector<std::string> names;
  const zip_int64_t count = zip_get_num_entries(state_->zip.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* const name = zip_get_name(state_->zip.get(), static_cast<zip_uint64_t>(i), 0);
    if (name != nullptr) names.emplace_back(name);
  }
  return names;
}

bool Archive::has(const std::string& part) const { return zip_name_locate(state_->zip.get(), part.c_str(), 0) >= 0; }

bool Archive::read(const std::string& part, const std::function<bool(std::string_view)>& take) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(state_->zip.get(), part.c_str(), 0, &stat) != 0) return false;
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    refuse("the file is encrypted", "Save it without a password");
  const std::uint64_t most = std::max<std::uint64_t>(most_ratio * std::max<zip_uint64_t>(stat.comp_size, 1), 16U << 20U);
  const auto too_large = [&](std::uint64_t size) {
    refuse(part + " unpacks to " + std::to_string(size) + " bytes and more, from " + std::to_string(stat.comp_size),
           "No table is packed so; check where the file comes from, or save the table as CSV");
  };
  if (stat.size > most) too_large(stat.size);
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen(state_->zip.get(), part.c_str(), 0), &zip_fclose);
  if (file == nullptr) refuse(part + " cannot be unpacked", "Fetch the file again, or save it anew");
  std::string block(1U << 18U, '\0');
  std::uint64_t size = 0;
  while (true) {
    check_interrupted();
    const zip_int64_t got = zip_fread(file.get(), block.data(), block.size());
    if (got < 0) refuse(part + " is damaged", "Fetch the file again, or save it anew");
    if (got == 0) return true;
    size += static_cast<std::uint64_t>(got);
    unpacked_ += static_cast<std::uint64_t>(got);
    if (size > most || unpacked_ > most_bytes) too_large(size);  // whatever the directory said
    if (!take(std::string_view(block).substr(0, static_cast<std::size_t>(got)))) return true;
  }
}

std::string Archive::text(const std::string& part, std::size_t most) {
  std::string text;
  read(part, [&](std::string_view block) {
    if (text.size() + block.size() > most)
      refuse(part + " has more than " + std::to_string(most) + " bytes", "Check where the file comes from");
    text += block;
    return true;
  });
  return text;
}

}  // namespace stocktake::sheets
