// Every parameter of every method has a range that its published value keeps, and that a user's value is held against.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "assess/method_run.h"
#include "base/error.h"

namespace stocktake {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

ErrorKind fault_of(const std::string& method_id, const std::string& name, double value) {
  try {
    changed_parameters(method(method_id), {{{method_id, name}, value}});
  } catch (const Error& error) {
    EXPECT_NE(error.remedy(), "");
    EXPECT_NE(error.problem().find("expected"), std::string::npos) << error.problem();
    return error.kind();
  }
  return ErrorKind::internal;  // none
}

TEST(ParameterRanges, HoldThePublishedValues) {
  for (const Method* one : methods()) EXPECT_NO_THROW(check_parameters(*one, default_parameters(*one))) << one->info().id;
}

TEST(ParameterRanges, NameOtherParametersThatThereAre) {
  for (const Method* one : methods()) {
    for (const MethodParameter& parameter : one->parameters()) {
      for (const std::string_view other : {parameter.range.not_below, parameter.range.above}) {
        if (other.empty()) continue;
        EXPECT_NO_THROW(parameter_of(*one, other)) << one->info().id << " " << parameter.id;
      }
    }
  }
}

TEST(ParameterRanges, NothingIsNaNOrInfinite) {
  for (const Method* one : methods()) {
    for (const MethodParameter& parameter : one->parameters()) {
      for (const double value : {std::nan(""), infinity, -infinity}) EXPECT_THROW(check_parameter(*one, parameter, value), Error);
    }
  }
}

TEST(ParameterRanges, SharesYearsAndOrder) {
  EXPECT_EQ(fault_of("un_sdg_chart_2023", "on_track", 1), ErrorKind::internal);
  EXPECT_EQ(fault_of("un_sdg_chart_2023", "on_track", 1.01), ErrorKind::usage);
  EXPECT_EQ(fault_of("un_sdg_chart_2023", "on_track", 0.05), ErrorKind::usage);  // below fair
  EXPECT_EQ(fault_of("germany", "points", 4), ErrorKind::internal);
  EXPECT_EQ(fault_of("germany", "points", 3), ErrorKind::usage);  // below least_points
  EXPECT_EQ(fault_of("germany", "points", 4.5), ErrorKind::usage);
  EXPECT_EQ(fault_of("jmp_linear", "least_years", 0), ErrorKind::usage);
  EXPECT_EQ(fault_of("open_sdg", "zero", 0), ErrorKind::usage);
  EXPECT_EQ(fault_of("open_sdg", "top", 0.6), ErrorKind::usage);  // equal to moderate: nothing to draw a line between
  EXPECT_EQ(fault_of("open_sdg", "on_track", 0.6), ErrorKind::internal);
  EXPECT_EQ(fault_of("world_bank_likelihood", "possible", 0.5), ErrorKind::usage);
}

TEST(ParameterRanges, InWords) {
  EXPECT_EQ(to_string(ParameterRange{}), "any number");
  EXPECT_EQ(to_string(ranges::share), "0 to 1");
  EXPECT_EQ(to_string(ranges::whole(1, 100)), "1 to 100, whole");
  EXPECT_EQ(to_string(ranges::not_below("fair", ranges::not_negative)), "0 or more, not below fair");
  EXPECT_EQ(to_string(ParameterRange{0, 100, true}), "above 0, up to 100");
  EXPECT_EQ(to_string(ranges::above("bottom")), "any number, above bottom");
}

TEST(ParameterRanges, OfTheCommandLine) {
  EXPECT_EQ(parse_parameter("escap_api.maintain=15").second, 15);
  for (const char* text :
       {"escap_api.maintain=nan", "escap_api.maintain=inf", "escap_api.maintain=-1", "escap_api.maintain=1e999"}) {
    EXPECT_THROW(parse_parameter(text), Error) << text;
  }
}

}  // namespace
}  // namespace stocktake
