// gzip members for tests.
#pragma once

#include <isa-l/igzip_lib.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace stocktake::testing {

inline std::string gzip(std::string_view text) {
  std::string in(text), out(text.size() + 1024, '\0');
  const auto stream = std::make_unique<isal_zstream>();
  std::string work(ISAL_DEF_LVL1_DEFAULT, '\0');
  isal_deflate_stateless_init(stream.get());
  stream->level = 1;
  stream->level_buf = reinterpret_cast<std::uint8_t*>(work.data());
  stream->level_buf_size = ISAL_DEF_LVL1_DEFAULT;
  stream->gzip_flag = IGZIP_GZIP;
  stream->end_of_stream = 1;
  stream->next_in = reinterpret_cast<std::uint8_t*>(in.data());
  stream->avail_in = static_cast<std::uint32_t>(in.size());
  stream->next_out = reinterpret_cast<std::uint8_t*>(out.data());
  stream->avail_out = static_cast<std::uint32_t>(out.size());
  if (isal_deflate_stateless(stream.get()) != COMP_OK) throw std::runtime_error("cannot compress");
  out.resize(out.size() - stream->avail_out);
  return out;
}

}  // namespace stocktake::testing
