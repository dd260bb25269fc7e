// Module: the tables that functions, signatures and table entries are numbered by.
#include "wasm/ir/ir.h"

namespace millrace::ir {

Module::~Module() {
  for (Function* function : functions) delete function;
}

uint32_t Module::signatureOf(const SignatureType& type) {
  auto [at, added] = signatureIndex_.try_emplace(type, static_cast<uint32_t>(signatures.size()));
  if (added) signatures.push_back(type);
  return at->second;
}

FunctionId Module::addFunction(std::string name, uint32_t signature) {
  auto* function = new Function;
  function->name = std::move(name);
  function->signature = signature;
  for (ValueType type : signatures[signature].parameters) function->locals.push_back({type});
  functions.push_back(function);
  return static_cast<FunctionId>(functions.size() - 1);
}

uint32_t Module::tableIndexOf(FunctionId function) {
  auto [at, added] = tableIndex_.try_emplace(function, tableBase + static_cast<uint32_t>(table.size()));
  if (added) table.push_back(function);
  return at->second;
}

std::vector<SourceFrame> sourceFrames(const Module& module, FunctionId function, Pos pos, uint32_t inlined) {
  const std::vector<Inlining>& inlinings = module.functions[function]->inlinings;
  std::vector<SourceFrame> frames;
  for (; inlined != kNone; inlined = inlinings[inlined].caller) {
    frames.push_back({inlinings[inlined].callee, pos});
    pos = inlinings[inlined].pos;
  }
  frames.push_back({function, pos});
  return frames;
}

}  // namespace millrace::ir
