// What a result was made from: the same manifest gives byte-identical output. No clock time, no path of a machine.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace stocktake {

std::string version();  // of the program, "0.1.0"

struct Manifest {
  std::string program;  // "stocktake 0.1.0"
  std::string framework, framework_version, framework_hash;
  std::string reference_hash;                                 // areas and groups
  std::vector<std::pair<std::string, std::string>> bindings;  // id, hash
  struct Source {
    int vintage = 0;
    std::string source, format, edition, hash;
    long long rows = 0;
  };
  std::vector<Source> vintages;                                 // those used
  std::vector<std::pair<std::string, std::string>> parameters;  // name, value, in a fixed order
};

std::string to_json(const Manifest& manifest);        // one object, keys in a fixed order, LF at the end
std::string manifest_hash(const Manifest& manifest);  // BLAKE2b-256 (hex) of to_json

}  // namespace stocktake
