// Compiles IR in several ways, runs all of them under node with run.mjs, and tells whether they do the same.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "wasm/ir/ir.h"
#include "wasm/lower/lower.h"

namespace millrace::test {

// What a command prints, both streams, and how it ended.
std::string outputOf(const std::string& command, int* status);

// One program, all of whose variants must behave alike: as it is, and lowered, without parking, parked now and then,
// and parked wherever it can be; if asked for, the same with Binaryen's pass in place of our lowering.
struct ExecuteOptions {
  bool asyncify = false;  // only if wasm-opt is found
  bool inlineCalls = true;
  bool wholeProgram = false;
  bool sharedMemory = true;
};

class Execution {
 public:
  Execution();
  ~Execution();
  Execution(const Execution&) = delete;

  struct Call {
    uint32_t index;                           // in the table
    std::vector<std::string> arguments = {};  // "5" for an i32 or float, "5L" for an i64
  };
  // `build` puts the program into the module; it is called once per variant.
  void add(const std::string& name, const std::function<void(ir::Module&)>& build, const std::vector<Call>& calls,
           int fuel = 0, const ExecuteOptions& options = {});

  // Two programs in one: they call each other through the table, the second's functions stand behind the first's.
  // Lowered and instrumented modules are mixed in every way; only if wasm-opt is found.
  void addPair(const std::string& name, const std::function<void(ir::Module&)>& first,
               const std::function<void(ir::Module&)>& second, const std::vector<Call>& calls);

  // Runs all that was added. Empty if all went well, else what differs. `output`: what the first variants did, a line
  // per call: the result, then the calls of the runtime.
  std::string run(std::string* output = nullptr);

  // Path of wasm-opt, of the version package.json names; empty if it is not installed.
  static std::string wasmOpt();

 private:
  // A module in the making, and what is known of it.
  struct Compiled {
    std::string file;
    std::string sites;  // in the plan's form
    uint32_t tableEnd, siteEnd;
  };
  Compiled compile(const std::string& name, const std::function<void(ir::Module&)>& build,
                   const lower::Options& lowering, bool sharedMemory, uint32_t tableBase = 0);
  Compiled instrument(const std::string& name, const std::function<void(ir::Module&)>& build, lower::Options lowering,
                      bool sharedMemory, uint32_t tableBase = 0);
  // `cut`: stacks are used up soon, and taken up again in parts.
  void variant(const std::string& kind, const char* park, bool poll, const std::vector<Compiled>& modules,
               bool cut = false);
  void finish(const std::string& name, const std::vector<Call>& calls, uint32_t tableBase, uint32_t tableEnd, int fuel,
              bool sharedMemory);

  std::string folder_, plan_, variants_, asyncifyArguments_;
  int count_ = 0, files_ = 0;
};

}  // namespace millrace::test
