#include "ingest/byte_source.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "base/hash.h"
#include "ingest/gzip.h"
#include "ingest/importing.h"

namespace stocktake {
namespace {

using testing::expect_in;
using testing::gzip;

std::string all_of(ByteSource& source) {
  std::string text;
  for (std::string_view block = source.next(); !block.empty(); block = source.next()) text += block;
  return text;
}
std::string text_of(const std::string& bytes) { return all_of(*ByteSource::from_bytes(bytes, "x.gz")); }
std::string fault_of(const std::string& bytes) {
  try {
    text_of(bytes);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    return error.what();
  }
  ADD_FAILURE() << "read without a fault";
  return {};
}
// Text that does not compress to nothing: 3 MiB of it fill several blocks on both sides.
std::string sample_text(std::size_t size) {
  std::string text;
  std::uint32_t x = 1;
  while (text.size() < size) {
    x = x * 1664525U + 1013904223U;
    text += static_cast<char>('a' + (x >> 24) % 26);
  }
  return text;
}

TEST(ByteSource, PlainText) {
  EXPECT_EQ(text_of("abc"), "abc");
  EXPECT_EQ(text_of(""), "");
  EXPECT_EQ(text_of("\x1f"), "\x1f");
  const std::string big = sample_text(3 << 20);
  EXPECT_EQ(text_of(big), big);
}

TEST(ByteSource, Gzip) {
  const std::string big = sample_text(3 << 20);
  EXPECT_EQ(text_of(gzip("abc")), "abc");
  EXPECT_EQ(text_of(gzip("")), "");
  EXPECT_EQ(text_of(gzip(big)), big);
}

TEST(ByteSource, TextThatFillsBlocksExactly) {
  for (const std::size_t size : {(std::size_t{1} << 20) - 1, std::size_t{1} << 20, std::size_t{2} << 20}) {
    EXPECT_EQ(text_of(gzip(std::string(size, 'a'))).size(), size);
  }
}

TEST(ByteSource, SeveralMembers) {
  EXPECT_EQ(text_of(gzip("abc") + gzip("") + gzip("def")), "abcdef");
  // A border between members at each place near the border between two raw blocks (256 KiB).
  const std::string second = gzip("the second member");
  std::size_t size = 450000;
  std::string first = gzip(sample_text(size));
  ASSERT_GT(first.size(), (std::size_t{1} << 18));
  while (first.size() > (std::size_t{1} << 18) - 40) first = gzip(sample_text(size -= 1000));
  const std::string filler = text_of(first);
  const std::string empty = gzip("");
  while (first.size() + empty.size() < (1 << 18) + 40) {
    ASSERT_EQ(text_of(first + second), filler + "the second member") << first.size();
    first += empty;
  }
}

TEST(ByteSource, ZerosBehindAreBlocksOfTape) { EXPECT_EQ(text_of(gzip("abc") + std::string(300000, '\0')), "abc"); }

TEST(ByteSource, GarbageBehind) {
  expect_in(fault_of(gzip("abc") + "garbage"), {"x.gz", "bytes after the gzip data", "Fetch the file again"});
  expect_in(fault_of(gzip("abc") + std::string(10, '\0') + "x"), {"bytes after the gzip data"});
}

TEST(ByteSource, Truncated) {
  const std::string whole = gzip(sample_text(2 << 20));
  for (const std::size_t size : {whole.size() - 1, whole.size() - 8, whole.size() - 9, whole.size() / 2, std::size_t{11},
                                 std::size_t{5}, std::size_t{2}}) {
    expect_in(fault_of(whole.substr(0, size)), {"x.gz", "end early", "truncated", "Fetch the file again"});
  }
  expect_in(fault_of(gzip("abc") + gzip("def").substr(0, 12)), {"truncated"});
}

TEST(ByteSource, Damaged) {
  std::string bytes = gzip(sample_text(100000));
  bytes[bytes.size() - 8] = static_cast<char>(bytes[bytes.size() - 8] ^ 1);  // the check sum
  expect_in(fault_of(bytes), {"damaged", "Fetch the file again"});
  bytes = gzip(sample_text(100000));
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
  expect_in(fault_of(bytes), {"damaged"});
  expect_in(fault_of("\x1f\x8b\x09 unknown method"), {"damaged"});
}

TEST(ByteSource, HeadDoesNotConsume) {
  const auto source = ByteSource::from_bytes("abc", "x");
  EXPECT_EQ(source->head(), "abc");
  EXPECT_EQ(source->head(), "abc");
  EXPECT_EQ(all_of(*source), "abc");
  EXPECT_EQ(source->next(), "");
}

TEST(ByteSource, HashAndSizeAreOfTheRawBytes) {
  const std::string bytes = gzip(sample_text(100000));
  const auto source = ByteSource::from_bytes(bytes, "x");
  all_of(*source);
  EXPECT_EQ(source->raw_bytes(), static_cast<std::int64_t>(bytes.size()));
  EXPECT_EQ(source->raw_consumed(), static_cast<std::int64_t>(bytes.size()));
  EXPECT_EQ(source->hash_hex(), hash_hex(bytes));
}

TEST(ByteSource, Files) {
  const testing::TemporaryFolder folder;
  EXPECT_EQ(all_of(*ByteSource::open(folder.write("a.csv", "abc"))), "abc");
  try {
    ByteSource::open(folder.path("none.csv"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::not_found);
    expect_in(error.what(), {"none.csv", "Check the path"});
  }
  try {
    ByteSource::open(folder.path(""));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    expect_in(error.what(), {"folder, expected a file"});
  }
}

// A pipe that nobody writes to, or whose writer stalls, is left at once.
TEST(ByteSource, AStalledPipeMayBeLeft) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.path("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const auto begin = std::chrono::steady_clock::now();
  ByteSource::open(path).reset();
  int stalled = -1;
  {
    const auto source = ByteSource::open(path);
    const int writer = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    ASSERT_EQ(::write(writer, "abc", 3), 3);
    EXPECT_EQ(source->head(), "abc");  // and no end comes, for the writer is still there
    stalled = writer;
  }
  ::close(stalled);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

TEST(ByteSource, APipeIsReadToItsEnd) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.path("pipe"), text = sample_text(1 << 20);
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const auto source = ByteSource::open(path);
  std::thread writer([&] {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));  // longer than one wait
    for (std::size_t at = 0; at < text.size();) at += static_cast<std::size_t>(::write(file, text.data() + at, text.size() - at));
    ::close(file);
  });
  EXPECT_EQ(all_of(*source), text);
  writer.join();
  EXPECT_EQ(source->hash_hex(), hash_hex(text));
}

TEST(ByteSource, MayBeLeftUnread) { ByteSource::from_bytes(sample_text(8 << 20), "x")->head(); }

}  // namespace
}  // namespace stocktake
