// Who calls whom: which functions may park, and which must poll at their entry because they recurse.
#pragma once

#include <set>
#include <vector>

#include "wasm/ir/ir.h"

namespace millrace::lower {

struct CallOptions {
  bool wholeProgram;  // no other module puts functions in the table
  bool polls;
  std::set<ir::SignatureType> linkedParking = {};  // as in Options
};

// A call of an unknown function (through the table, or imported) may park, and may call back any function in the table.
// When the module is the whole program, a call through the table reaches only the functions of that signature in it, and in
// linked modules.
class Calls {
 public:
  // `loopPolls`: by function, whether a loop in it is going to be polled.
  Calls(const ir::Module& module, const CallOptions& options, const std::vector<bool>& loopPolls);

  bool mayPark(ir::FunctionId function) const { return mayPark_[function]; }
  bool pollsAtEntry(ir::FunctionId function) const { return pollsAtEntry_[function]; }
  bool tableParks(uint32_t signature) const { return tableParks_[signature]; }
  // The nodes of the call graph that the function calls: functions, and for calls through the table the number of all
  // functions plus that of the signature.
  std::vector<uint32_t> callees(ir::FunctionId function) const;
  // May this call, made by a function with these flags, unwind its caller?
  bool parks(const ir::Call& call, uint32_t callerFlags) const;

 private:
  struct Summary {
    std::vector<ir::FunctionId> functions;  // called directly
    std::vector<uint32_t> signatures;       // called through the table
    bool parks = false;                     // by itself
  };
  void summarize();
  void findRecursion();
  void spreadParking();

  const ir::Module& module_;
  CallOptions options_;
  std::vector<Summary> summaries_;
  std::vector<bool> mayPark_, pollsAtEntry_, tableParks_;
};

}  // namespace millrace::lower
