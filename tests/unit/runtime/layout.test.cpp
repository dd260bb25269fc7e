// web/host/layout.ts says again, for TypeScript, where the fields of abi/host.h lie: here the two are compared.
#include <catch2/catch.hpp>

#include <cstddef>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>

#include "runtime/abi/host.h"

using namespace millrace;

namespace {

using Fields = std::map<std::string, size_t>;

// Of `export const NAME = { field: number, ... } as const;`
Fields fieldsOf(const std::string& name) {
  std::ifstream file(MILLRACE_SOURCE_DIR "/web/host/layout.ts");
  std::stringstream text;
  text << file.rdbuf();
  std::string all = text.str();
  size_t begin = all.find("export const " + name + " = {");
  REQUIRE(begin != std::string::npos);
  std::string body = all.substr(begin, all.find("} as const", begin) - begin);
  Fields fields;
  std::regex field("(\\w+): (\\d+)");
  for (std::sregex_iterator at(body.begin(), body.end(), field), end; at != end; ++at) {
    fields[(*at)[1]] = std::stoul((*at)[2]);
  }
  return fields;
}

}  // namespace

#define FIELD(type, name) \
  { #name, offsetof(type, name) }

TEST_CASE("the host's offsets are those of the structs") {
  using abi::EngineConfig, abi::EngineState, abi::Ring;
  CHECK(fieldsOf("ring") == Fields{FIELD(Ring, written), FIELD(Ring, read), FIELD(Ring, capacity), FIELD(Ring, data)});
  CHECK(fieldsOf("engineState") == Fields{FIELD(EngineState, output), FIELD(EngineState, input), FIELD(EngineState, inputEnded),
                                          FIELD(EngineState, ended), FIELD(EngineState, status), FIELD(EngineState, wantedProcs),
                                          FIELD(EngineState, procs), FIELD(EngineState, wake)});
  CHECK(fieldsOf("engineConfig") ==
        Fields{FIELD(EngineConfig, program), FIELD(EngineConfig, heapBegin), FIELD(EngineConfig, heapEnd), FIELD(EngineConfig, procs),
               FIELD(EngineConfig, maxWorkers), FIELD(EngineConfig, cpus), FIELD(EngineConfig, randomSeed), FIELD(EngineConfig, arguments),
               FIELD(EngineConfig, argumentCount), FIELD(EngineConfig, engine), FIELD(EngineConfig, hostWord), FIELD(EngineConfig, stress),
               FIELD(EngineConfig, findsLeaks)});
  CHECK(fieldsOf("programHeader") == Fields{FIELD(abi::ProgramHeader, magic), FIELD(abi::ProgramHeader, dataEnd)});
}
