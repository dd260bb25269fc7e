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
                                          FIELD(EngineState, procs), FIELD(EngineState, wake), FIELD(EngineState, signals)});
  CHECK(fieldsOf("engineConfig") ==
        Fields{FIELD(EngineConfig, program), FIELD(EngineConfig, heapBegin), FIELD(EngineConfig, heapEnd), FIELD(EngineConfig, procs),
               FIELD(EngineConfig, maxWorkers), FIELD(EngineConfig, cpus), FIELD(EngineConfig, randomSeed), FIELD(EngineConfig, arguments),
               FIELD(EngineConfig, argumentCount), FIELD(EngineConfig, engine), FIELD(EngineConfig, hostWord), FIELD(EngineConfig, stress),
               FIELD(EngineConfig, findsLeaks), FIELD(EngineConfig, outside), FIELD(EngineConfig, outsideBytes)});
  using abi::HostStatus;
  CHECK(fieldsOf("hostStatus") == Fields{FIELD(HostStatus, inode), FIELD(HostStatus, size), FIELD(HostStatus, readMs),
                                         FIELD(HostStatus, writtenMs), FIELD(HostStatus, changedMs), FIELD(HostStatus, mode),
                                         FIELD(HostStatus, links), FIELD(HostStatus, user), FIELD(HostStatus, group)});
  CHECK(fieldsOf("programHeader") == Fields{FIELD(abi::ProgramHeader, magic), FIELD(abi::ProgramHeader, dataEnd)});
}

TEST_CASE("the host's numbers for what is told and asked are the engine's") {
  using abi::HostCall, abi::OutsideKind;
#define NUMBER(type, name, Name) \
  { #name, static_cast<size_t>(type::Name) }
  CHECK(fieldsOf("outsideKind") == Fields{NUMBER(OutsideKind, variable, Variable), NUMBER(OutsideKind, folder, Folder),
                                          NUMBER(OutsideKind, file, File), NUMBER(OutsideKind, mount, Mount),
                                          NUMBER(OutsideKind, zone, Zone), NUMBER(OutsideKind, hostName, HostName),
                                          NUMBER(OutsideKind, stream, Stream), NUMBER(OutsideKind, buildInfo, BuildInfo)});
  CHECK(fieldsOf("hostCall") ==
        Fields{NUMBER(HostCall, zoneData, ZoneData), NUMBER(HostCall, status, Status), NUMBER(HostCall, list, List),
               NUMBER(HostCall, link, Link), NUMBER(HostCall, open, Open), NUMBER(HostCall, close, Close),
               NUMBER(HostCall, read, Read), NUMBER(HostCall, write, Write), NUMBER(HostCall, openStatus, OpenStatus),
               NUMBER(HostCall, openTruncate, OpenTruncate), NUMBER(HostCall, sync, Sync), NUMBER(HostCall, makeFolder, MakeFolder),
               NUMBER(HostCall, remove, Remove), NUMBER(HostCall, removeFolder, RemoveFolder), NUMBER(HostCall, rename, Rename),
               NUMBER(HostCall, hardLink, HardLink), NUMBER(HostCall, symbolicLink, SymbolicLink),
               NUMBER(HostCall, permissions, Permissions), NUMBER(HostCall, times, Times), NUMBER(HostCall, truncate, Truncate),
               NUMBER(HostCall, signals, Signals)});
}
