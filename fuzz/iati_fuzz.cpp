// IATI activities from any bytes: the splitter in two block sizes, the reader, the check, the sums and the flattening. The first
// byte chooses the size of blocks. What must hold: it ends, cuts do not depend on the blocks, sums are numbers, and faults are
// Errors of the input.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "ingest/iati/check.h"
#include "ingest/iati/splitter.h"
#include "partnership/iati/flatten.h"
#include "partnership/iati/sums.h"

namespace {

using namespace stocktake;
using namespace stocktake::iati;

void require(bool condition) {
  if (!condition) std::abort();
}

std::string cuts(const std::string& text, std::size_t step) {
  std::string all;
  Splitter splitter("fuzz", 1);
  const auto take = [&] {
    const Batch batch = splitter.take();
    for (const Slice& slice : batch.slices) {
      require(slice.begin < slice.end && slice.end <= batch.text.size());
      all += std::to_string(slice.line) + " " + std::string(batch.of(slice)) + "\n";
    }
  };
  try {
    for (std::size_t at = 0; at < text.size(); at += step) {
      if (splitter.feed(std::string_view(text).substr(at, step))) take();
    }
    if (splitter.finish()) take();
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::input);
    return "refused";
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  require(cuts(text, 1 + data[0] % 64) == cuts(text, text.size() + 1));
  static const CheckTables tables = CheckTables::load();
  try {
    check(*ByteSource::from_bytes(text, "fuzz"), tables, 100);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::input);
  }
  try {
    SumOptions options;
    options.by = {Dimension::goal, Dimension::country, Dimension::year, Dimension::sector, Dimension::recipient};
    options.threads = 1;
    Sums sums(options);
    sums.add(*ByteSource::from_bytes(text, "fuzz"));
    const SumResult result = sums.finish();
    for (const auto& column : result.table.columns()) {
      if (const auto* numbers = std::get_if<Table::Numbers>(&column.cells)) {
        require(std::none_of(numbers->begin(), numbers->end(), [](double v) { return std::isnan(v); }));
      }
    }
    FlattenOptions flat;
    flat.threads = 1;
    flatten(*ByteSource::from_bytes(text, "fuzz"), flat, [](Table&&) {});
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::input);
  }
  return 0;
}
