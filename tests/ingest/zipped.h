// ZIP files for tests: workbooks and packages of a few parts.
#pragma once

#include <gtest/gtest.h>
#include <zip.h>

#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "framework/temporary_folder.h"

namespace stocktake::testing {

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string zipped(const Parts& parts) {
  const TemporaryFolder folder;
  const std::string path = folder.path("made.zip");
  int error = 0;
  zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  EXPECT_NE(archive, nullptr);
  for (const auto& [name, text] : parts) {
    zip_source_t* const source = zip_source_buffer(archive, text.data(), text.size(), 0);
    EXPECT_GE(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8), 0);
  }
  EXPECT_EQ(zip_close(archive), 0);
  return read_file(path);
}

// A workbook of sheets (name, inner XML of <worksheet>); `book` and `styles` are inner XML too.
struct MadeBook {
  Parts sheets;
  std::string styles, strings, properties;
  std::string hidden;  // the name of a hidden sheet
};
inline std::string xlsx(const MadeBook& book) {
  std::string list, relations;
  Parts parts;
  for (std::size_t i = 0; i < book.sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1), part = "worksheets/sheet" + number + ".xml";
    list += "<sheet name=\"" + book.sheets[i].first + "\" sheetId=\"" + number + "\" r:id=\"r" + number + "\"" +
            (book.sheets[i].first == book.hidden ? " state=\"hidden\"" : "") + "/>";
    relations += "<Relationship Id=\"r" + number + "\" Type=\"x/worksheet\" Target=\"" + part + "\"/>";
    parts.emplace_back("xl/" + part, "<worksheet>" + book.sheets[i].second + "</worksheet>");
  }
  relations +=
      "<Relationship Id=\"st\" Type=\"x/styles\" Target=\"styles.xml\"/>"
      "<Relationship Id=\"ss\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/>";
  parts.emplace_back("xl/styles.xml", "<styleSheet>" + book.styles + "</styleSheet>");
  parts.emplace_back("xl/sharedStrings.xml", "<sst>" + book.strings + "</sst>");
  parts.emplace_back("xl/workbook.xml",
                     "<workbook xmlns:r=\"r\">" + book.properties + "<sheets>" + list + "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>");
  return zipped(parts);
}

inline std::string ods(const std::string& tables, const std::string& styles = {}) {
  return zipped(
      {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
       {"content.xml", "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\">" +
                           styles + "<office:body><office:spreadsheet>" + tables +
                           "</office:spreadsheet></office:body></office:document-content>"}});
}

}  // namespace stocktake::testing
