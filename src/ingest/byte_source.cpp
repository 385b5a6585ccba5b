#include "ingest/byte_source.h"

#include <fcntl.h>
#include <isa-l/igzip_lib.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <mutex>
#include <new>
#include <optional>
#include <thread>
#include <vector>

#include "base/error.h"
#include "base/hash.h"
#include "base/progress.h"
#include "base/queue.h"

namespace stocktake {
namespace {

constexpr std::size_t raw_block = 1 << 18;
constexpr std::size_t text_block = 1 << 21;
constexpr std::size_t text_blocks_ahead = 24;  // read while the store is being opened, and while the parser has a slow moment

// A block of text, in one huge page where the kernel has them: every 4 KiB of others would cost a page fault.
class TextBlock {
 public:
  TextBlock() = default;
  static TextBlock make() {
    TextBlock block;
    block.data_.reset(static_cast<char*>(std::aligned_alloc(text_block, text_block)));
    if (!block.data_) throw std::bad_alloc();
    ::madvise(block.data_.get(), text_block, MADV_HUGEPAGE);  // a hint; without it all works, slower
    return block;
  }
  explicit operator bool() const { return data_ != nullptr; }
  char* data() { return data_.get(); }
  std::string_view text() const { return {data_.get(), size_}; }
  void resize(std::size_t size) { size_ = size; }

 private:
  struct Free {
    void operator()(char* memory) const { std::free(memory); }  // NOLINT: what aligned_alloc gave
  };
  std::unique_ptr<char, Free> data_;
  std::size_t size_ = 0;
};

// Where raw bytes come from: a file descriptor or memory.
class RawInput {
 public:
  // Without blocking: a pipe may have no writer yet, and one that stalls must not keep us from ending.
  explicit RawInput(const std::string& path) { open(path); }
  explicit RawInput(const std::vector<std::string>& paths) : paths_(paths), parts_(paths.size() > 1) {
    std::int64_t bytes = 0;
    for (const auto& path : paths) {
      struct stat info {};
      if (::stat(path.c_str(), &info) == 0) bytes += info.st_size;
    }
    open(paths_.front());
    size_ = bytes;
  }
  RawInput(std::string bytes, int) : memory_(std::move(bytes)), size_(static_cast<std::int64_t>(memory_.size())) {}
  RawInput(const RawInput&) = delete;
  RawInput& operator=(const RawInput&) = delete;
  ~RawInput() { close(); }

  std::int64_t size() const { return size_; }
  // Waits a moment; false when there is nothing to read yet.
  bool ready() const {
    if (regular_) return true;
    pollfd waiting{fd_, POLLIN, 0};
    const int count = ::poll(&waiting, 1, 150);
    return count > 0 || (count < 0 && errno != EINTR);  // another fault is told by the read
  }
  // Fills the buffer; 0 at the end, -1 on an error (errno).
  ssize_t read(char* buffer, std::size_t room) {
    if (fd_ < 0) {
      const std::size_t n = std::min(room, memory_.size() - at_);
      std::memcpy(buffer, memory_.data() + at_, n);
      at_ += n;
      return static_cast<ssize_t>(n);
    }
    const ssize_t n = ::read(fd_, buffer, room);
    if (!parts_ || n < 0) return n;
    if (n > 0) {
      last_ = buffer[n - 1];
      return n;
    }
    if (last_ != '\n') {
      *buffer = last_ = '\n';
      return 1;
    }
    if (++part_ == paths_.size()) {
      --part_;
      return 0;
    }
    open(paths_[part_]);
    return read(buffer, room);
  }

 private:
  void open(const std::string& path) {
    close();
    fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd_ < 0) {
      const bool missing = errno == ENOENT;
      throw Error(missing ? ErrorKind::not_found : ErrorKind::input, std::string("cannot open the file: ") + std::strerror(errno),
                  missing ? "Check the path" : "Check the permissions", {path, 0, 0, {}});
    }
    struct stat info {};
    if (::fstat(fd_, &info) == 0 && S_ISDIR(info.st_mode)) {
      close();
      throw Error(ErrorKind::input, "this is a folder, expected a file", "Name a file in it", {path, 0, 0, {}});
    }
    regular_ = S_ISREG(info.st_mode);
    if (regular_) size_ = info.st_size;
  }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

  int fd_ = -1;
  bool regular_ = true;
  std::string memory_;
  std::size_t at_ = 0;
  std::int64_t size_ = -1;
  std::vector<std::string> paths_;  // of several files
  bool parts_ = false;
  std::size_t part_ = 0;
  char last_ = 0;  // byte that was read
};

}  // namespace

struct ByteSource::State {
  State(std::string display_name, std::unique_ptr<RawInput> raw, bool with_hash)
      : name(std::move(display_name)), input(std::move(raw)), hashed(with_hash), blocks(text_blocks_ahead) {}

  std::string name;
  std::unique_ptr<RawInput> input;
  const bool hashed;
  BoundedQueue<TextBlock> blocks;
  std::exception_ptr failure;  // set before the queue is closed, read after it is empty
  std::atomic<std::int64_t> consumed{0};
  Hasher hasher;
  std::thread thread;
  TextBlock current;
  bool head_taken = false;

  // Blocks go round between the two threads, so that the memory of few serves a file of any size.
  std::mutex pool_mutex;
  std::vector<TextBlock> pool;
  TextBlock empty_block() {
    const std::lock_guard lock(pool_mutex);
    if (pool.empty()) return TextBlock::make();
    TextBlock block = std::move(pool.back());
    pool.pop_back();
    return block;
  }
  void give_back(TextBlock block) {
    if (!block) return;
    const std::lock_guard lock(pool_mutex);
    pool.push_back(std::move(block));
  }

  std::size_t read_raw(std::string& buffer) { return read_raw(buffer.data(), buffer.size()); }
  std::size_t read_raw(char* buffer, std::size_t room) {
    ssize_t n = 0;
    do {
      check_interrupted();
      if (blocks.closed()) return 0;  // nobody listens any more
      errno = EAGAIN;
      n = input->ready() ? input->read(buffer, room) : -1;
    } while (n < 0 && (errno == EAGAIN || errno == EINTR));
    check_interrupted();
    if (n < 0)
      throw Error(ErrorKind::input, std::string("cannot read the file: ") + std::strerror(errno),
                  "Check the disk or the connection, and import again", {name, 0, 0, {}});
    if (hashed) hasher.add({buffer, static_cast<std::size_t>(n)});
    consumed += n;
    return static_cast<std::size_t>(n);
  }

  void run() {
    try {
      std::string raw(raw_block, '\0');
      const std::size_t n = read_raw(raw);
      const bool gzip = n >= 2 && static_cast<unsigned char>(raw[0]) == 0x1f && static_cast<unsigned char>(raw[1]) == 0x8b;
      if (gzip) {
        inflate(raw, n);
      } else {
        copy(raw, n);
      }
    } catch (...) {
      failure = std::current_exception();
    }
    blocks.close();
  }

  void copy(std::string& raw, std::size_t n) {
    TextBlock block = empty_block();
    std::memcpy(block.data(), raw.data(), n);
    while (n > 0) {
      block.resize(n);
      if (!blocks.push(std::move(block))) return;
      block = empty_block();
      n = read_raw(block.data(), raw_block);
    }
  }

  void inflate(std::string& raw, std::size_t n) {
    const auto state = std::make_unique<inflate_state>();
    isal_inflate_init(state.get());
    state->crc_flag = ISAL_GZIP;
    state->next_in = reinterpret_cast<std::uint8_t*>(raw.data());
    state->avail_in = static_cast<std::uint32_t>(n);
    bool ended = n == 0;
    TextBlock out = empty_block();
    std::size_t filled = 0;
    const auto refill = [&] {
      n = read_raw(raw);
      ended = n == 0;
      state->next_in = reinterpret_cast<std::uint8_t*>(raw.data());
      state->avail_in = static_cast<std::uint32_t>(n);
    };
    while (true) {
      state->next_out = reinterpret_cast<std::uint8_t*>(out.data() + filled);
      state->avail_out = static_cast<std::uint32_t>(text_block - filled);
      const int result = isal_inflate(state.get());
      filled = text_block - state->avail_out;
      if (result < 0) {
        throw Error(ErrorKind::input, "the gzip data are damaged near byte " + std::to_string(consumed - state->avail_in),
                    "Fetch the file again", {name, 0, 0, {}});
      }
      if (filled == text_block) {
        out.resize(filled);
        if (!blocks.push(std::move(out))) return;
        out = empty_block();
        filled = 0;
      }
      if (state->block_state == ISAL_BLOCK_FINISH) {
        // A gzip file may hold several members; zeros after the last one are padding.
        if (state->avail_in == 0 && !ended) refill();
        while (!ended && state->avail_in > 0 && *state->next_in == 0) {
          ++state->next_in;
          if (--state->avail_in == 0) refill();
        }
        if (state->avail_in == 0) break;
        std::uint8_t* const rest = state->next_in;
        const std::uint32_t left = state->avail_in;
        if (*rest != 0x1f) {
          throw Error(ErrorKind::input, "there are bytes after the gzip data, near byte " + std::to_string(consumed - left),
                      "Fetch the file again", {name, 0, 0, {}});
        }
        isal_inflate_reset(state.get());
        state->crc_flag = ISAL_GZIP;
        state->next_in = rest;
        state->avail_in = left;
      } else if (state->avail_in == 0) {
        if (!ended) refill();
        if (ended && state->avail_out != 0) {
          if (filled > 0) {  // what there is can be used
            out.resize(filled);
            if (!blocks.push(std::move(out))) return;
          }
          throw Error(ErrorKind::input,
                      "the gzip data end early, after " + std::to_string(consumed.load()) + " bytes: the file is truncated",
                      "Fetch the file again", {name, 0, 0, {}});
        }
      }
    }
    if (filled > 0) {
      out.resize(filled);
      blocks.push(std::move(out));
    }
  }
};

ByteSource::ByteSource(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->thread = std::thread([s = state_.get()] { s->run(); });
}

ByteSource::~ByteSource() {
  if (!state_) return;
  state_->blocks.close();
  if (state_->thread.joinable()) state_->thread.join();
}

std::unique_ptr<ByteSource> ByteSource::open(const std::string& path, bool hashed) {
  return std::unique_ptr<ByteSource>(new ByteSource(std::make_unique<State>(path, std::make_unique<RawInput>(path), hashed)));
}

std::unique_ptr<ByteSource> ByteSource::of_parts(const std::vector<std::string>& paths, std::string name) {
  return std::unique_ptr<ByteSource>(
      new ByteSource(std::make_unique<State>(std::move(name), std::make_unique<RawInput>(paths), true)));
}

std::unique_ptr<ByteSource> ByteSource::from_bytes(std::string bytes, std::string name) {
  return std::unique_ptr<ByteSource>(
      new ByteSource(std::make_unique<State>(std::move(name), std::make_unique<RawInput>(std::move(bytes), 0), true)));
}

std::string_view ByteSource::next() {
  if (state_->head_taken) {
    state_->head_taken = false;
    return state_->current.text();
  }
  state_->give_back(std::move(state_->current));
  state_->current = {};
  std::optional<TextBlock> block = state_->blocks.pop();
  if (!block) {
    if (state_->failure) std::rethrow_exception(state_->failure);
    return {};
  }
  state_->current = std::move(*block);
  return state_->current.text();
}

std::string_view ByteSource::head() {
  if (!state_->head_taken) {
    next();
    state_->head_taken = true;
  }
  return state_->current.text().substr(0, 1 << 16);
}

const std::string& ByteSource::name() const { return state_->name; }
std::int64_t ByteSource::raw_bytes() const { return state_->input->size(); }
std::int64_t ByteSource::raw_consumed() const { return state_->consumed; }

std::string ByteSource::hash_hex() {
  if (state_->thread.joinable()) state_->thread.join();
  return state_->hasher.hex();
}

}  // namespace stocktake
