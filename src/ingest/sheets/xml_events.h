// The elements of an XML part as they come (expat), by their local names: prefixes differ from writer to writer.
#pragma once

#include <string>
#include <string_view>

#include "ingest/sheets/archive.h"

namespace stocktake::sheets {

// Attributes of an element; the views hold during the call.
class Attributes {
 public:
  explicit Attributes(const char** list) : list_(list) {}
  // By local name; "" where there is none.
  std::string_view get(std::string_view name) const;
  // A whole number from 0 to `most`, else `otherwise`.
  std::size_t number(std::string_view name, std::size_t otherwise, std::size_t most) const;

 private:
  const char** list_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void open(std::string_view name, const Attributes& attributes) = 0;
  virtual void close(std::string_view name) = 0;
  virtual void text(std::string_view text) { (void)text; }
  bool stopped = false;  // set by the handler: the rest is not wanted
};

// Feeds a part to the handler; false where the archive has no such part. Throws Error(input) for XML that is not well-formed,
// that declares a document type (entities could unfold without end), or is nested deeper than 200 elements.
bool read_xml(Archive& archive, const std::string& part, XmlHandler& handler);

}  // namespace stocktake::sheets
