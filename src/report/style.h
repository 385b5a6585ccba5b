// The style sheet of the HTML report: src/report/report.css, made part of the program by cmake/embed.cmake.
#pragma once

#include <string_view>

namespace stocktake {

extern const std::string_view report_css;

}  // namespace stocktake
