#include "store/figures_csv.h"

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>

#include "base/error.h"
#include "base/ordered_tasks.h"
#include "base/table.h"

namespace stocktake {
namespace {

void add_text(std::string& to, std::string_view text) {
  if (text.empty()) {
    to += "\"\"";
  } else {
    append_csv_field(to, text);
  }
}

// The shortest digits that are read back as the same number, with a point: 14.0, 4e-05, 1e+16.
char* put_number(char* at, double value) {
  const double size = std::fabs(value);
  if (size != 0 && (size < 1e-4 || size >= 1e16)) return std::to_chars(at, at + 32, value, std::chars_format::scientific).ptr;
  char* const end = std::to_chars(at, at + 32, value, std::chars_format::fixed).ptr;
  if (std::memchr(at, '.', static_cast<std::size_t>(end - at)) != nullptr) return end;
  end[0] = '.';
  end[1] = '0';
  return end + 2;
}

class Lines {
 public:
  explicit Lines(const Panel& panel) : panel_(panel) {
    for (const Panel::Provenance& one : panel.provenances) {
      std::string& text = origins_.emplace_back(",");
      add_text(text, to_string(one.nature));
      add_text(text += ',', one.qualifier == 0 ? std::string_view() : std::string_view(&one.qualifier, 1));
      add_text(text += ',', one.edition);
      add_text(text += ',', one.source);
      text += ',' + std::to_string(one.vintage) + ',';
      add_text(text, one.attributes);
      text += '\n';
    }
  }

  void add(std::string& to, std::size_t first_series, std::size_t last_series) const {
    std::string before, behind;
    for (std::size_t i = first_series; i < last_series; ++i) {
      const PanelSeries& one = panel_.series[i];
      before.clear();
      add_text(before, one.series);
      add_text(before += ',', one.area);
      before += ',';
      behind = ",";
      add_text(behind, one.unit);
      add_text(behind += ',', one.dimensions);
      for (std::uint32_t row = panel_.begin[i]; row < panel_.begin[i + 1]; ++row) {
        char numbers[160];
        char* at = std::to_chars(numbers, numbers + 8, panel_.year[row]).ptr;
        *at++ = ',';
        if (!std::isnan(panel_.value[row])) at = put_number(at, panel_.value[row]);
        *at++ = ',';
        if (!panel_.lower.empty() && !std::isnan(panel_.lower[row])) at = put_number(at, panel_.lower[row]);
        *at++ = ',';
        if (!panel_.upper.empty() && !std::isnan(panel_.upper[row])) at = put_number(at, panel_.upper[row]);
        to.append(before);
        to.append(numbers, static_cast<std::size_t>(at - numbers));
        to.append(behind);
        to.append(origins_[panel_.provenance[row]]);
      }
    }
  }

 private:
  const Panel& panel_;
  std::vector<std::string> origins_;  // the end of a line, by provenance
};

void put(std::FILE* file, std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file) != text.size())
    throw Error(ErrorKind::store, std::string("cannot write: ") + std::strerror(errno), "Check the disk");
}

}  // namespace

void write_figures_csv(const Panel& panel, std::FILE* file) {
  constexpr std::uint32_t rows_a_task = 1 << 14;
  put(file,
      "series,ref_area,time_period,obs_value,lower,upper,unit_measure,dimensions,nature,qualifier,edition,source,vintage,"
      "attributes\n");
  const Lines lines(panel);
  Spares<std::string> spares;
  OrderedTasks<std::unique_ptr<std::string>> tasks(0, [&](std::unique_ptr<std::string>&& text) {
    check_interrupted();
    put(file, *text);
    spares.give_back(std::move(text));
  });
  for (std::size_t first = 0, last = 0; first < panel.size(); first = last) {
    while (last < panel.size() && panel.begin[last] < panel.begin[first] + rows_a_task) ++last;
    tasks.give([&, first, last] {
      auto text = spares.get([] { return std::make_unique<std::string>(); });
      text->clear();
      lines.add(*text, first, last);
      return text;
    });
  }
  tasks.finish();
}

}  // namespace stocktake
