// What the harnesses of SDMX data share: blocks must be whole, and whatever a reader refuses is an Error of the input.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "ingest/sdmx/data.h"

struct WholeBlocks : stocktake::sdmx::DataHandler {
  void block(const stocktake::sdmx::Block& block) override {
    for (const auto& column : block.columns) {
      if (column.codes.size() != block.rows()) std::abort();
      for (const std::uint32_t code : column.codes) {
        if (code >= column.texts.size()) std::abort();
      }
    }
  }
  void fault(const stocktake::sdmx::Fault&) override {}
};

// Gives the bytes to a reader of data.
inline int fuzz_data(const std::uint8_t* data, std::size_t size,
                     void (*read)(stocktake::ByteSource&, const stocktake::sdmx::Structures*, stocktake::sdmx::DataHandler&)) {
  WholeBlocks blocks;
  try {
    const auto source = stocktake::ByteSource::from_bytes({reinterpret_cast<const char*>(data), size}, "fuzz");
    stocktake::sdmx::kind_of(source->head());
    read(*source, nullptr, blocks);
  } catch (const stocktake::Error& error) {
    if (error.kind() != stocktake::ErrorKind::input) std::abort();
  }
  return 0;
}
