// What lowering makes of IR given as text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/ir/text.h"
#include "wasm/ir/dump.h"
#include "wasm/lower/lower.h"

namespace millrace::test {

struct Lowered {
  ir::Module module;
  std::vector<lower::Site> sites;

  explicit Lowered(std::string_view text, const lower::Options& options = {}) {
    parseIr(text, module);
    if (module.table.empty()) {  // or nothing could be called
      for (ir::FunctionId id = 0; id < module.functions.size(); id++) module.tableIndexOf(id);
    }
    sites = lower::lower(module, options);
  }
  std::string dump(ir::FunctionId function = 0) const { return ir::dump(module, *module.functions[function]); }
  // How often `part` is in the function's text.
  int count(std::string_view part, ir::FunctionId function = 0) const {
    std::string text = dump(function);
    int n = 0;
    for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) n++;
    return n;
  }
};

}  // namespace millrace::test
