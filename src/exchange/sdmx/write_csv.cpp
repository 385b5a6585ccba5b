// SDMX-CSV 1.0 and 2.0.
#include <algorithm>
#include <memory>

#include "base/ordered_tasks.h"
#include "base/table.h"
#include "exchange/sdmx/fragments.h"
#include "exchange/sdmx/write.h"

namespace stocktake::sdmx {
namespace {

constexpr std::size_t none = SIZE_MAX, primary = SIZE_MAX - 1;

std::string_view structure_word(const Reference& reference) {
  if (reference.kind == "DataStructure") return "datastructure";
  return reference.kind == "ProvisionAgreement" ? "dataprovision" : "dataflow";
}

char letter_of(Action action) { return to_string(action)[0]; }

class CsvWriter : public Writer {
 public:
  CsvWriter(Output& output, const Survey& survey, bool version2) : output_(output), survey_(survey), version2_(version2) {
    for (const PlannedDataset& planned : survey.datasets) {
      for (const std::size_t i : planned.dimensions) add(planned.columns[i]);
    }
    for (const PlannedDataset& planned : survey.datasets) {
      add({planned.primary, Role::measure, false, false, false, false, {}});
      for (const std::size_t i : planned.measures) add(planned.columns[i]);
    }
    for (const PlannedDataset& planned : survey.datasets) {
      for (const std::size_t i : planned.attributes) add(planned.columns[i]);
      for (const auto& one : planned.dataset.attributes) add({one.first, Role::attribute, false, false, false, false, {}});
    }
    std::string& to = output_.buffer;
    const bool several = std::any_of(columns_.begin(), columns_.end(), [](const Named& one) { return one.several; });
    to += version2 ? several ? "STRUCTURE[;],STRUCTURE_ID,ACTION" : "STRUCTURE,STRUCTURE_ID,ACTION" : "DATAFLOW";
    for (const Named& one : columns_) {
      to += ',';
      append_csv_field(to, one.id);
      if (one.several && version2) to += "[]";
    }
    to += '\n';
  }

  void begin(const Dataset&) override {
    tasks_.finish();  // those of the data set before
    const PlannedDataset& planned = survey_.datasets[next_++];
    prefix_.clear();
    if (version2_) (prefix_ += structure_word(planned.dataset.structure)) += ',';
    append_csv_field(prefix_, to_short(planned.dataset.structure));
    if (version2_) prefix_ += ',';
    source_.assign(columns_.size(), none);
    constant_.assign(columns_.size(), ",");
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string& id = columns_[i].id;
      if (id == planned.primary) source_[i] = primary;
      for (std::size_t k = 0; k < planned.columns.size(); ++k) {
        if (planned.columns[k].id == id) source_[i] = k;
      }
      for (const auto& [attribute, text] : planned.dataset.attributes) {
        if (attribute == id) append_csv_field(constant_[i], text);
      }
    }
  }

  void block(const Block& block) override {
    auto part = parts_.get([] { return std::make_unique<Part>(); });
    part->block = block;
    tasks_.give([this, given = std::move(part)]() mutable {
      lines(*given);
      return std::move(given);
    });
  }
  void finish() override { tasks_.finish(); }

 private:
  // The lines of a block are made on one of several threads.
  struct Part {
    Block block;
    std::vector<Fragments> cells;  // with the comma before them
    std::string text;
  };
  void lines(Part& part) const {
    const Block& block = part.block;
    part.cells.resize(std::max(part.cells.size(), block.columns.size()));
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      part.cells[c].build(block.columns[c].texts,
                          [](std::string& to, std::string_view text) { append_csv_field(to += ',', text); });
    }
    std::string& to = part.text;
    to.clear();
    for (std::size_t row = 0; row < block.rows(); ++row) {
      to += prefix_;
      if (version2_) to += letter_of(block.action[row]);
      for (std::size_t i = 0; i < source_.size(); ++i) {
        const std::size_t from = source_[i];
        if (from == primary) {
          append_csv_field(to += ',', block.value_as_written(row));
        } else if (from < block.columns.size() && block.columns[from].codes[row] != 0) {
          to += part.cells[from].of(block.columns[from].codes[row]);
        } else {
          to += constant_[i];
        }
      }
      to += '\n';
    }
  }
  void put(std::string_view text) {
    output_.buffer += text;
    output_.flush_if_long();
  }

  struct Named {
    std::string id;
    bool several;
  };
  void add(const PlannedColumn& column) {
    const bool there = std::any_of(columns_.begin(), columns_.end(), [&](const Named& one) { return one.id == column.id; });
    // Texts in several languages stay one text, whose form tells them apart.
    if (!there) columns_.push_back({column.id, column.several && !column.localised});
  }

  Output& output_;
  const Survey& survey_;
  bool version2_;
  std::vector<Named> columns_;
  std::size_t next_ = 0;
  std::string prefix_;
  std::vector<std::size_t> source_;    // of each column of the file: the block's, or one of the constants above
  std::vector<std::string> constant_;  // an attribute of the data set, with the comma
  Spares<Part> parts_;
  OrderedTasks<std::unique_ptr<Part>> tasks_{0, [this](std::unique_ptr<Part>&& done) {
                                               put(done->text);
                                               parts_.give_back(std::move(done));
                                             }};
};

}  // namespace

std::unique_ptr<Writer> make_csv_writer(Output& output, const Survey& survey, bool version2) {
  return std::make_unique<CsvWriter>(output, survey, version2);
}

}  // namespace stocktake::sdmx
