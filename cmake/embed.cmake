# embed_text(TARGET FILE HEADER SYMBOL): makes a text file part of TARGET as `const std::string_view stocktake::SYMBOL`, which
# HEADER declares. The generated source is rebuilt when the file changes; the bytes are kept as they are.
# Used as a script (cmake -DINPUT= -DOUTPUT= -DHEADER= -DSYMBOL= -P embed.cmake) it writes that source.
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ "${INPUT}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  # A character array: string literals have a length that compilers need not accept, and -Wpedantic says so.
  string(REGEX REPLACE "((0x[0-9a-f][0-9a-f],)(0x[0-9a-f][0-9a-f],)(0x[0-9a-f][0-9a-f],)(0x[0-9a-f][0-9a-f],)(0x[0-9a-f][0-9a-f],)(0x[0-9a-f][0-9a-f],)(0x[0-9a-f][0-9a-f],)(0x[0-9a-f][0-9a-f],))" "\\1\n" bytes "${bytes}")
  file(WRITE "${OUTPUT}"
    "#include \"${HEADER}\"\n"
    "namespace stocktake {\n"
    "namespace {\n"
    "constexpr unsigned char bytes[] = {\n${bytes}0x00};\n"
    "}\n"
    "extern const std::string_view ${SYMBOL};\n"
    "const std::string_view ${SYMBOL}(reinterpret_cast<const char*>(bytes), sizeof bytes - 1);\n"
    "}\n")
  return()
endif()

set(EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")
function(embed_text target file header symbol)
  get_filename_component(input "${file}" ABSOLUTE BASE_DIR "${CMAKE_SOURCE_DIR}")
  set(output "${CMAKE_BINARY_DIR}/embedded/${symbol}.cpp")
  add_custom_command(OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DINPUT=${input}" "-DOUTPUT=${output}" "-DHEADER=${header}" "-DSYMBOL=${symbol}" -P "${EMBED_SCRIPT}"
    DEPENDS "${input}" "${EMBED_SCRIPT}" COMMENT "Embedding ${file}" VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
