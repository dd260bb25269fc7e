// The sections of the module.
#include "wasm/emit/emit.h"

#include <map>

#include "runtime/base/check.h"
#include "wasm/emit/bytes.h"
#include "wasm/emit/function.h"
#include "wasm/ir/reach.h"
#include "wasm/ir/walk.h"

namespace millrace::emit {
namespace {

using ir::kNone;
using ir::ValueType;

enum Section : uint8_t { kCustom = 0, kTypes = 1, kImports = 2, kFunctions = 3, kExports = 7, kElements = 9, kCode = 10 };
enum External : uint8_t { kFunction = 0, kTable = 1, kMemory = 2, kGlobal = 3, kTag = 4 };
constexpr uint8_t kI32 = 0x7F, kFuncRef = 0x70;

ir::SignatureType signatureOf(const abi::EntryPoint& entry) {
  auto typeOf = [](char c) {
    switch (c) {
      case 'i': return ValueType::I32;
      case 'l': return ValueType::I64;
      case 'f': return ValueType::F32;
      case 'd': return ValueType::F64;
      default: UNREACHABLE();
    }
  };
  ir::SignatureType type;
  if (entry.signature[0] != 'v') type.results.push_back(typeOf(entry.signature[0]));
  for (char c : entry.signature.substr(1)) type.parameters.push_back(typeOf(c));
  return type;
}

// What of the module's surroundings the functions use.
struct Uses {
  std::vector<bool> entries = std::vector<bool>(std::size(abi::kEntryPoints));
  bool worker = false, switchState = false, frameStack = false, handler = false;
};

Uses usesOf(const ir::Module& module, const std::vector<bool>& reached) {
  Uses uses;
  auto inExpr = [&](ir::Expr*& root) {
    ir::forEachNode(const_cast<const ir::Expr*>(root), [&](const ir::Expr* e) {
      uses.worker |= e->kind == ir::ExprKind::Worker;
      uses.switchState |= e->kind == ir::ExprKind::SwitchState;
      uses.frameStack |= e->kind == ir::ExprKind::FrameStack;
    });
  };
  for (size_t i = 0; i < module.functions.size(); i++) {
    if (!reached[i]) continue;
    uses.handler |= module.functions[i]->handler != kNone;
    for (const ir::Block& block : module.functions[i]->blocks) {
      for (const ir::Stmt& s : block.statements) {
        ir::forEachOperand(s, inExpr);
        if (s.call != nullptr && s.call->callee == ir::CalleeKind::Entry)
          uses.entries[static_cast<size_t>(s.call->entry)] = true;
      }
      ir::forEachOperand(block.terminator, inExpr);
      if (block.terminator.kind == ir::TerminatorKind::Rethrow) {
        uses.entries[static_cast<size_t>(abi::Entry::panicRethrow)] = true;
      }
    }
  }
  return uses;
}

class ModuleEmitter {
 public:
  ModuleEmitter(const ir::Module& module, const Options& options)
      : module_(module), options_(options), reached_(ir::reachedFunctions(module)) {}

  Output run() {
    out_.little(0x6D736100, 4);
    out_.little(1, 4);
    for (const ir::SignatureType& type : module_.signatures) indices_.signatures.push_back(typeIndex(type));
    imports();  // adds types, so is written into a section of its own first
    types();
    section(kImports, imports_);
    functions();
    exports();
    elements();
    code();
    if (options_.nameSection) names();
    output_.bytes = out_.take();
    return std::move(output_);
  }

 private:
  void section(Section id, const Bytes& content) {
    out_.byte(id);
    out_.number(content.size());
    out_.append(content);
  }

  uint32_t typeIndex(const ir::SignatureType& type) {
    auto [at, added] = typeIndex_.try_emplace(type, static_cast<uint32_t>(types_.size()));
    if (added) types_.push_back(type);
    return at->second;
  }

  void types() {
    Bytes content;
    content.number(types_.size());
    auto list = [&](const std::vector<ValueType>& values) {
      content.number(values.size());
      for (ValueType type : values) content.byte(static_cast<uint8_t>(0x7F - static_cast<uint8_t>(type)));
    };
    for (const ir::SignatureType& type : types_) {
      content.byte(0x60);
      list(type.parameters);
      list(type.results);
    }
    section(kTypes, content);
  }

  // ----------------------------------------------------------------------------------------------------- imports

  void import(std::string_view module, std::string_view name, External kind) {
    importCount_++;
    list_.text(module);
    list_.text(name);
    list_.byte(kind);
  }
  void importFunction(std::string_view module, std::string_view name, const ir::SignatureType& type) {
    import(module, name, kFunction);
    list_.number(typeIndex(type));
    functionNames_.emplace_back(name);
  }
  uint32_t importGlobal(std::string_view module, std::string_view name, bool isMutable) {
    import(module, name, kGlobal);
    list_.byte(kI32);
    list_.byte(isMutable ? 1 : 0);
    return globalCount_++;
  }

  void imports() {
    Uses uses = usesOf(module_, reached_);
    import("env", "memory", kMemory);
    list_.byte(options_.sharedMemory ? 3 : 1);
    list_.number(options_.memoryPages);
    list_.number(options_.memoryMaximumPages);
    import("rt", "__indirect_function_table", kTable);
    list_.byte(kFuncRef);
    list_.byte(0);
    list_.number(0);
    if (uses.worker) indices_.worker = importGlobal("env", "worker", false);
    if (uses.switchState) indices_.switchState = importGlobal("rt", "__asyncify_state", true);
    if (uses.frameStack) indices_.frameStack = importGlobal("rt", "__asyncify_data", true);
    if (uses.handler) {
      import("glue", "panic", kTag);
      list_.byte(0);
      list_.number(typeIndex({}));
    }
    indices_.entries.assign(uses.entries.size(), kNone);
    for (size_t entry = 0; entry < uses.entries.size(); entry++) {
      if (!uses.entries[entry]) continue;
      indices_.entries[entry] = static_cast<uint32_t>(functionNames_.size());
      importFunction("rt", abi::kEntryPoints[entry].name, signatureOf(abi::kEntryPoints[entry]));
    }
    indices_.functions.assign(module_.functions.size(), kNone);
    for (size_t i = 0; i < module_.functions.size(); i++) {
      const ir::Function& function = *module_.functions[i];
      if (!function.imported || !reached_[i]) continue;
      indices_.functions[i] = static_cast<uint32_t>(functionNames_.size());
      importFunction(function.importModule, function.importName, module_.signatures[function.signature]);
    }
    imports_.number(importCount_);
    imports_.append(list_);
  }

  // --------------------------------------------------------------------------------------------------- functions

  void functions() {
    Bytes content;
    for (size_t i = 0; i < module_.functions.size(); i++) {
      const ir::Function& function = *module_.functions[i];
      if (function.imported || !reached_[i]) continue;
      indices_.functions[i] = static_cast<uint32_t>(functionNames_.size());
      functionNames_.push_back(function.name);
      content.number(indices_.signatures[function.signature]);
      definedCount_++;
    }
    Bytes counted;
    counted.number(definedCount_);
    counted.append(content);
    section(kFunctions, counted);
  }

  void exports() {
    if (module_.exports.empty()) return;
    Bytes content;
    content.number(module_.exports.size());
    for (const ir::Export& e : module_.exports) {
      content.text(e.name);
      content.byte(kFunction);
      content.number(indices_.functions[e.function]);
    }
    section(kExports, content);
  }

  void elements() {
    if (module_.table.empty()) return;
    Bytes content;
    content.number(1);
    content.number(0);  // active, table 0, function indices
    content.byte(0x41);
    content.signedNumber(static_cast<int32_t>(module_.tableBase));
    content.byte(0x0B);
    content.number(module_.table.size());
    for (ir::FunctionId function : module_.table) content.number(indices_.functions[function]);
    section(kElements, content);
  }

  void code() {
    Bytes content;
    content.number(definedCount_);
    for (ir::FunctionId i = 0; i < module_.functions.size(); i++) {
      if (module_.functions[i]->imported || !reached_[i]) continue;
      if (!emitFunction(module_, i, indices_, content, output_.positions)) output_.oversized.push_back(i);
    }
    section(kCode, content);
    auto start = static_cast<uint32_t>(out_.size() - content.size());
    for (CodePosition& position : output_.positions) position.offset += start;
  }

  void names() {
    Bytes list;
    list.number(functionNames_.size());
    for (size_t i = 0; i < functionNames_.size(); i++) {
      list.number(i);
      list.text(functionNames_[i]);
    }
    Bytes content;
    content.text("name");
    content.byte(1);  // functions
    content.number(list.size());
    content.append(list);
    section(kCustom, content);
  }

  const ir::Module& module_;
  const Options& options_;
  std::vector<bool> reached_;  // by function
  Bytes out_, imports_, list_;
  Output output_;
  Indices indices_;
  std::map<ir::SignatureType, uint32_t> typeIndex_;
  std::vector<ir::SignatureType> types_;
  std::vector<std::string> functionNames_;  // by index in the module
  uint32_t importCount_ = 0, globalCount_ = 0, definedCount_ = 0;
};

}  // namespace

Output emit(const ir::Module& module, const Options& options) { return ModuleEmitter(module, options).run(); }

}  // namespace millrace::emit
