// A walk over direct calls from the table and what is exported.
#include "wasm/ir/reach.h"

namespace millrace::ir {

std::vector<bool> reachedFunctions(const Module& module) {
  std::vector<bool> reached(module.functions.size());
  std::vector<FunctionId> work;
  auto reach = [&](FunctionId id) {
    if (reached[id]) return;
    reached[id] = true;
    work.push_back(id);
  };
  for (FunctionId id : module.table) reach(id);
  for (const Export& e : module.exports) reach(e.function);
  while (!work.empty()) {
    const Function& function = *module.functions[work.back()];
    work.pop_back();
    for (const Block& block : function.blocks) {
      for (const Stmt& s : block.statements) {
        if (s.call != nullptr && s.call->callee == CalleeKind::Function) reach(s.call->function);
      }
    }
  }
  return reached;
}

}  // namespace millrace::ir
