// The text of an XML file as UTF-8, whatever it was written in: its byte order mark or its declaration says.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "ingest/byte_source.h"

namespace stocktake::xml {

class Utf8Text {
 public:
  // Throws Error(input) for an encoding that is not known.
  explicit Utf8Text(ByteSource& source);
  ~Utf8Text();
  Utf8Text(const Utf8Text&) = delete;
  Utf8Text& operator=(const Utf8Text&) = delete;

  // The next block, valid until the next call; empty at the end. Bytes of a declared UTF-8 file are passed on unchecked. In
  // another encoding a byte that means nothing becomes U+FFFD.
  std::string_view next();
  const std::string& encoding() const { return encoding_; }  // "" for UTF-8

 private:
  struct Converter;
  ByteSource& source_;
  std::unique_ptr<Converter> converter_;
  std::string encoding_, text_;
  bool first_ = true;
};

}  // namespace stocktake::xml
