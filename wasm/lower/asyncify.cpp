// The list of parking imports for Binaryen's pass.
#include "wasm/lower/asyncify.h"

namespace millrace::lower {

std::string asyncifyArguments(const ir::Module& module) {
  std::string imports;
  auto add = [&](std::string_view from, std::string_view name) {
    if (!imports.empty()) imports += ",";
    imports += std::string(from) + "." + std::string(name);
  };
  for (const abi::EntryPoint& entry : abi::kEntryPoints) {
    if (entry.flags & abi::kParks) add("rt", entry.name);
  }
  for (const ir::Function* function : module.functions) {
    if (function->imported && (function->flags & ir::kNeverParks) == 0)
      add(function->importModule, function->importName);
  }
  return "--enable-threads --enable-mutable-globals --enable-bulk-memory --enable-sign-ext"
         " --enable-nontrapping-float-to-int --enable-multivalue --enable-exception-handling --enable-reference-types"
         " --asyncify --pass-arg=asyncify-import-globals --pass-arg=asyncify-imports@" +
         imports;
}

}  // namespace millrace::lower
