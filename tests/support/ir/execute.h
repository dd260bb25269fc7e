// Compiles IR in several ways, runs all of them under node with run.mjs, and tells whether they do the same.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "wasm/ir/ir.h"

namespace millrace::test {

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

  // Runs all that was added. Empty if all went well, else what differs. `output`: what the first variants did, a line
  // per call: the result, then the calls of the runtime.
  std::string run(std::string* output = nullptr);

  // Path of wasm-opt, of the version package.json names; empty if it is not installed.
  static std::string wasmOpt();

 private:
  std::string folder_, plan_;
  int count_ = 0;
};

}  // namespace millrace::test
