#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/error.h"
#include "cli/iati_commands.h"
#include "partnership/iati/flatten.h"

namespace stocktake {
namespace {

// Rows are written as they come, so that a large file needs no memory; a file gets its name when it is whole.
class RowWriter {
 public:
  RowWriter(std::string format, std::string path) : format_(std::move(format)), path_(is_stdout(path) ? "" : std::move(path)) {
    if (path_.empty()) return;
    part_ = path_ + ".part";
    file_ = std::fopen(part_.c_str(), "wb");
    if (file_ == nullptr) throw Error(ErrorKind::store, "cannot write " + part_, "Check the folder and its permissions");
  }
  ~RowWriter() {
    if (file_ == stdout) return;
    std::fclose(file_);
    std::remove(part_.c_str());
  }
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;

  void write(const Table& table) {
    if (format_ == "csv") {
      const std::string text = to_csv(table);
      put(std::string_view(text).substr(begun_ ? text.find('\n') + 1 : 0));
    } else {
      const std::string text = to_json(table);
      const std::size_t open = text.find('{');
      if (open == std::string::npos) return;
      put(begun_ ? ",\n" : "[\n");
      put(std::string_view(text).substr(open, text.rfind('}') + 1 - open));
    }
    begun_ = true;
  }
  void finish() {
    if (format_ == "json") put(begun_ ? "\n]\n" : "[]\n");
    if (std::fflush(file_) != 0) fail();
    if (file_ == stdout) return;
    std::filesystem::rename(part_, path_);
  }

 private:
  [[noreturn]] static void fail() {
    throw Error(ErrorKind::store, "cannot write the output", "Is the disk full, or the reader gone?");
  }
  void put(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) fail();
  }
  std::string format_, path_, part_;
  std::FILE* file_ = stdout;
  bool begun_ = false;
};

void append(Table& all, Table&& part) {
  if (all.columns().empty()) {
    all = std::move(part);
    return;
  }
  // Tables of one run have the same columns.
  Table joined;
  for (std::size_t i = 0; i < all.columns().size(); ++i) {
    const Table::Column& old = all.columns()[i];
    const auto extended = [&](auto& column, const auto& first, const auto& second) {
      column = first;
      column.insert(column.end(), second.begin(), second.end());
    };
    if (const auto* texts = std::get_if<Table::Texts>(&old.cells)) {
      extended(joined.add_texts(old.name), *texts, std::get<Table::Texts>(part.columns()[i].cells));
    } else if (const auto* numbers = std::get_if<Table::Numbers>(&old.cells)) {
      extended(joined.add_numbers(old.name, old.decimals), *numbers, std::get<Table::Numbers>(part.columns()[i].cells));
    } else {
      extended(joined.add_integers(old.name), std::get<Table::Integers>(old.cells),
               std::get<Table::Integers>(part.columns()[i].cells));
    }
  }
  all = std::move(joined);
}

}  // namespace

void add_iati_flatten(CLI::App& parent, Context& context) {
  CLI::App* command = parent.add_subcommand("flatten", "One row a transaction or budget, country and sector, with the shares");
  struct Arguments {
    std::vector<std::string> files;
    ConversionOptions conversion;
    OutputOptions output;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("files", arguments->files, "IATI activity files, XML or gzip")->option_text("FILE...")->required();
  arguments->conversion.add_to(*command);
  add_output_options(*command, arguments->output);
  command->footer(
      "Examples:\n  stocktake iati flatten fcdo.xml --format csv -o fcdo.csv\n"
      "  stocktake iati flatten fcdo.xml --currency USD --rates rates.csv");
  command->callback([&context, arguments] {
    arguments->conversion.load();
    const iati::FlattenOptions options{arguments->conversion.currency,
                                       arguments->conversion.rates ? &*arguments->conversion.rates : nullptr, 0};
    const bool streams = arguments->output.format == "csv" || arguments->output.format == "json";
    std::unique_ptr<RowWriter> writer;
    if (streams) writer = std::make_unique<RowWriter>(arguments->output.format, arguments->output.path);
    Table all;
    bool broken = false;
    const bool left_out = read_each(arguments->files, [&](const std::string& path) {
      const auto source = ByteSource::open(path, false);
      const iati::FlattenResult result = iati::flatten(*source, options, [&](Table&& rows) {
        if (writer) {
          writer->write(rows);
        } else {
          append(all, std::move(rows));
        }
      });
      broken = broken || result.broken;
      tell_messages(result.faults, "fault");
      if (!context.quiet) {
        std::fprintf(stderr, "%s: %llu activities, %llu rows\n", path.c_str(), static_cast<unsigned long long>(result.activities),
                     static_cast<unsigned long long>(result.rows));
      }
    });
    if (writer) {
      writer->finish();
    } else {
      write_table(all, arguments->output, context);
    }
    if (broken || left_out) {
      throw Error(
          ErrorKind::input,
          std::string(broken ? "a file ends early" : "a file is no activity file") + ": the rows lack what it should hold",
          "Fetch the file again");
    }
  });
}

}  // namespace stocktake
