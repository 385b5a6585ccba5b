# stocktake_layer(NAME DEPENDS targets...): a static library of src/NAME/**.cpp (src/cli/main is the executable's).
# The order of the calls is the order of the layers; tests/layering_test.py checks the includes against it.
function(stocktake_layer name)
  cmake_parse_arguments(LAYER "" "" "DEPENDS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${name}/*.cpp")
  list(FILTER sources EXCLUDE REGEX "src/cli/main/")
  add_library(stocktake_${name} STATIC ${sources})
  target_include_directories(stocktake_${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(stocktake_${name} PUBLIC ${LAYER_DEPENDS} PRIVATE stocktake_options)
endfunction()
