#include "cli/import_structures.h"

#include <cstdio>
#include <filesystem>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/sdmx/csv_header.h"
#include "ingest/sdmx/data.h"
#include "ingest/sdmx/stored.h"

namespace stocktake {

std::string structures_text(const sdmx::StructureImport& result) {
  std::string text = result.stored.empty() ? "no structures" : "";
  for (std::size_t i = 0; i < result.stored.size(); ++i) {
    const auto& [name, count] = result.stored[i];
    text += (i == 0 ? "" : ", ") + std::to_string(count) + " " + name;
    if (name == "Codelist") text += " (" + std::to_string(result.codes) + " codes)";
  }
  return text;
}

KnownStructures::KnownStructures(const Context& context, std::vector<std::string> files, Store* store)
    : context_(context), files_(std::move(files)), store_(store), known_(std::make_shared<sdmx::Structures>()) {}

KnownStructures::~KnownStructures() = default;

void KnownStructures::load() {
  if (loaded_) return;
  loaded_ = true;
  std::vector<StoredStructure> rows;
  std::error_code unknown;
  if (store_ != nullptr) {
    rows = store_->structures();
  } else if (std::filesystem::exists(context_.store_path, unknown)) {
    rows = Store::open(context_.store_path, Store::Access::read).structures();
  }
  sdmx::Structures all = sdmx::from_stored(rows);
  all.add(std::move(*known_));  // of this command: the newer ones
  *known_ = std::move(all);
  for (const std::string& file : files_) {
    const auto source = ByteSource::open(file);
    std::vector<sdmx::Fault> faults;
    sdmx::Structures read = sdmx::read_structures(*source, faults);
    if (!context_.quiet) {
      const std::string name = readable(source->name());
      for (const std::string& note : sdmx::notes_of(faults)) std::printf("%s: %s\n", name.c_str(), printable(note).c_str());
      if (read.size() == 0) std::printf("%s: defines no structures\n", name.c_str());
    }
    if (read.data_structures.size() == 1) {
      const sdmx::DataStructure& one = read.data_structures.front();
      given_ = {"DataStructure", one.agency, one.id, one.version, {}};
    }
    known_->add(std::move(read));
  }
}

bool KnownStructures::take(ByteSource& source) {
  const sdmx::MessageKind kind = sdmx::kind_of(source.head());
  if (kind != sdmx::MessageKind::ml_structure && kind != sdmx::MessageKind::json_structure) return false;
  sdmx::StructureImport result = sdmx::import_structures(source, store_);
  known_->add(std::move(result.structures));
  if (context_.quiet) return true;
  const std::string text =
      readable(source.name()) + (store_ == nullptr ? ": would store " : ": stored ") + structures_text(result);
  std::printf("%s\n", text.c_str());
  for (const std::string& note : result.notes) std::printf("  note: %s\n", printable(note).c_str());
  return true;
}

void KnownStructures::give(ByteSource& source, ImportOptions& options) {
  const std::string_view head = source.head();
  const sdmx::MessageKind kind = sdmx::kind_of(head);
  if (kind == sdmx::MessageKind::none && !sdmx::csv_without_structure(head)) return;
  load();
  options.structures = known_;
  options.structure = given_;
}

}  // namespace stocktake
