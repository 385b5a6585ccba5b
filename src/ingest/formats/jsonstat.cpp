// JSON-stat 2.0 data sets (json-stat.org/full), as Eurostat's statistics API gives them: a cube by "id" and "size", its values as
// a list or, where sparse, an object by cell number.
#include <charconv>
#include <map>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/formats/formats.h"
#include "ingest/formats/json_rows.h"

namespace stocktake {
namespace {

using nlohmann::json;

// The codes of a dimension in the order of its cells.
std::vector<std::string> codes_of(JsonScan& scan, std::string_view part, const json& dimension, const std::string& id,
                                  std::size_t size) {
  const auto bad = [&](const std::string& problem) { return scan.fault(part, "dimension." + id + ".category", problem); };
  if (!dimension.is_object() || !dimension.contains("category") || !dimension["category"].is_object())
    throw bad("the field is missing, or no object");
  const json& category = dimension["category"];
  std::vector<std::string> codes(size);
  std::size_t given = 0;
  const auto put = [&](const std::string& code, std::int64_t at) {
    if (at < 0 || static_cast<std::size_t>(at) >= size) throw bad("the index of '" + readable(code) + "' is beyond the size");
    if (codes[static_cast<std::size_t>(at)].empty()) ++given;
    codes[static_cast<std::size_t>(at)] = code;
  };
  if (category.contains("index")) {
    const json& index = category["index"];
    if (index.is_array()) {
      for (std::size_t i = 0; i < index.size(); ++i) put(scalar_text(index[i]), static_cast<std::int64_t>(i));
    } else if (index.is_object()) {
      for (const auto& [code, at] : index.items()) {
        if (!at.is_number_integer()) throw bad("the index of '" + readable(code) + "' is no number");
        put(code, at.get<std::int64_t>());
      }
    } else {
      throw bad("its index is neither a list nor an object");
    }
  } else if (category.contains("label") && category["label"].is_object() && size == 1 && category["label"].size() == 1) {
    put(category["label"].begin().key(), 0);  // a constant dimension needs no index
  }
  if (given != size) throw bad("it has " + std::to_string(given) + " codes, but a size of " + std::to_string(size));
  return codes;
}

struct Dimension {
  std::string id;
  std::vector<std::string> codes;
  std::size_t stride = 1;
};

class JsonStatImporter final : public Importer {
 public:
  std::string_view id() const override { return "jsonstat"; }
  std::string_view title() const override { return "JSON-stat 2.0 data sets, as of Eurostat's API (annual data)"; }

  int confidence(const Head& head) const override {
    const auto has = [&](std::string_view text) { return head.text.find(text) != std::string_view::npos; };
    return head.text.starts_with('{') && has("\"class\"") && has("\"dataset\"") && has("\"version\"") ? 90 : 0;
  }

  void read(ByteSource& source, const ImportOptions& options, const DimensionCodes& codes, Sink& sink,
            Vintage& vintage) const override {
    refuse_columns(options, id());
    const std::string text = whole_text(source);
    JsonScan scan(text, source.name());
    std::string_view document;
    while (scan.next(document)) read_cube(scan, document, options, codes, sink, vintage);
  }

 private:
  static std::vector<Dimension> dimensions_of(JsonScan& scan, std::string_view part, const json& cube) {
    const json& ids = scan.need(cube, part, "id");
    const json& sizes = scan.need(cube, part, "size");
    const json& all = scan.need(cube, part, "dimension");
    if (!ids.is_array() || !sizes.is_array() || ids.size() != sizes.size())
      throw scan.fault(part, "size", "'id' and 'size' must be lists of the same length");
    if (!all.is_object()) throw scan.fault(part, "dimension", "expected an object");
    std::vector<Dimension> dimensions;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (!ids[i].is_string() || !sizes[i].is_number_unsigned())
        throw scan.fault(part, "id", "expected names, and counts as 'size'");
      const std::string id = ids[i].get<std::string>();
      const auto size = sizes[i].get<std::uint64_t>();
      if (size > part.size()) throw scan.fault(part, "size", "the size of '" + readable(id) + "' is larger than the text");
      if (!all.contains(id)) throw scan.fault(part, "dimension." + id, "the field is missing");
      dimensions.push_back({id, codes_of(scan, part, all[id], id, size), 1});
    }
    std::uint64_t cells = 1;
    for (std::size_t i = dimensions.size(); i-- > 0;) {
      dimensions[i].stride = cells;
      const std::size_t size = dimensions[i].codes.size();
      if (size != 0 && cells > (std::uint64_t{1} << 40) / size) throw scan.fault(part, "size", "the cube is too large");
      cells *= size;
    }
    return dimensions;
  }

  // The dimension that plays a part: by "role", else by its usual names.
  static std::size_t with_role(const json& cube, const std::vector<Dimension>& dimensions, const char* role,
                               std::initializer_list<std::string_view> names) {
    std::string named;
    if (cube.contains("role") && cube["role"].is_object() && cube["role"].contains(role)) {
      const json& list = cube["role"][role];
      if (list.is_array() && !list.empty() && list[0].is_string()) named = list[0].get<std::string>();
    }
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
      if (dimensions[i].id == named) return i;
    }
    for (const std::string_view name : names) {
      for (std::size_t i = 0; i < dimensions.size(); ++i) {
        if (normalised(dimensions[i].id) == name) return i;
      }
    }
    return no_column;
  }

  static void read_cube(JsonScan& scan, std::string_view part, const ImportOptions& options, const DimensionCodes& codes,
                        Sink& sink, Vintage& vintage) {
    const json cube = scan.parse(part);
    if (cube.is_object() && cube.contains("error"))
      throw Error(ErrorKind::input, "the service refused the request: " + readable(cube["error"].dump()),
                  "Ask for less, or correct it", {scan.name(), 0, 0, {}});
    if (scan.need_text(cube, part, "class") != "dataset") throw scan.fault(part, "class", "expected a 'dataset'");
    const std::vector<Dimension> dimensions = dimensions_of(scan, part, cube);
    const std::size_t time = with_role(cube, dimensions, "time", {"time", "time_period", "year"});
    const std::size_t geo = with_role(cube, dimensions, "geo", {"geo", "ref_area", "area", "country"});
    if (time == no_column) throw scan.fault(part, "role.time", "no dimension is the time");
    if (geo == no_column) throw scan.fault(part, "role.geo", "no dimension is the area");
    const std::string publisher = scan.text_or_empty(cube, part, "source");
    vintage.source = publisher == "ESTAT" ? "Eurostat" : publisher;
    const std::string updated = scan.text_or_empty(cube, part, "updated");
    if (const auto date = parse_date(updated.substr(0, 10))) {
      vintage.published = *date;
      vintage.edition = updated.substr(0, 10);
    }
    std::string series = options.series;
    if (series.empty() && cube.contains("extension") && cube["extension"].is_object())
      series = scan.text_or_empty(cube["extension"], part, "id");
    if (series.empty())
      throw Error(ErrorKind::input, "the data set has no code of its own ('extension.id')", "Name the series with --series CODE",
                  {scan.name(), 0, 0, "extension"});

    const std::uint64_t line = scan.line_of(part);
    const json statuses = cube.contains("status") ? cube["status"] : json();
    const auto add = [&](std::uint64_t cell, const json& value) {
      JsonFigure figure;
      figure.series = series;
      std::string row;
      for (std::size_t i = 0; i < dimensions.size(); ++i) {
        const Dimension& dimension = dimensions[i];
        const std::string& code = dimension.codes[cell / dimension.stride % dimension.codes.size()];
        row += (row.empty() ? "" : ",") + code;
        const std::string name = normalised(dimension.id);
        if (i == time) {
          figure.year = code;
        } else if (i == geo) {
          figure.area = code;
        } else if (name == "unit" || name == "unit_measure") {
          figure.unit = code;
        } else if (name != "freq" || code != "A") {
          put_code(figure, codes, dimension.id, code);
        }
      }
      if (!value.is_null() && !value.is_number() && !value.is_string()) throw scan.fault(part, "value", "expected numbers");
      figure.value = scalar_text(value);
      put_attribute(figure, "OBS_STATUS", status_of(statuses, cell));
      add_figure(std::move(figure), options, line, row + "," + scalar_text(value), sink);
    };
    const std::uint64_t cells = dimensions.empty() ? 0 : dimensions[0].stride * dimensions[0].codes.size();
    each_value(scan, part, scan.need(cube, part, "value"), cells, add);
  }

  // Cells in their order, whichever form they have.
  static void each_value(JsonScan& scan, std::string_view part, const json& values, std::uint64_t cells,
                         const std::function<void(std::uint64_t, const json&)>& add) {
    if (values.is_array()) {
      if (values.size() != cells)
        throw scan.fault(part, "value",
                         "it has " + std::to_string(values.size()) + " cells, by 'size' there are " + std::to_string(cells));
      for (std::size_t i = 0; i < values.size(); ++i) add(i, values[i]);
      return;
    }
    if (!values.is_object()) throw scan.fault(part, "value", "expected a list, or an object by cell number");
    std::map<std::uint64_t, const json*> ordered;
    for (const auto& [name, value] : values.items()) {
      std::uint64_t cell = 0;
      const auto [end, status] = std::from_chars(name.data(), name.data() + name.size(), cell);
      if (status != std::errc() || end != name.data() + name.size() || cell >= cells)
        throw scan.fault(part, "value",
                         "there is no cell '" + readable(name) + "', by 'size' there are " + std::to_string(cells));
      ordered[cell] = &value;
    }
    for (const auto& [cell, value] : ordered) add(cell, *value);
  }

  static std::string status_of(const json& statuses, std::uint64_t cell) {
    if (statuses.is_string()) return statuses.get<std::string>();  // one for all
    if (statuses.is_array() && cell < statuses.size()) return scalar_text(statuses[cell]);
    if (!statuses.is_object()) return {};
    const auto found = statuses.find(std::to_string(cell));
    return found == statuses.end() ? std::string() : scalar_text(*found);
  }
};

}  // namespace

std::unique_ptr<Importer> make_jsonstat_importer() { return std::make_unique<JsonStatImporter>(); }

}  // namespace stocktake
