// Charges along the call graph, and resumers.
#include "wasm/lower/depth.h"

#include <algorithm>

namespace millrace::lower {

using ir::CalleeKind;

// A function that counts pays for the uncounted ones that may lie between it and the next that counts: for the dearest
// such chain. Every cycle of calls has functions that count, so without these the graph has none, but for functions
// that must not be polled. What lies outside of the module may lead back into it. What is called beyond the last that counts nobody pays for: kStackDepth leaves room for that.
void fillInCharges(const Module& module, const Calls& calls, const std::vector<FrameUse>& uses) {
  constexpr int64_t kOutside = 1024;  // a chain of functions elsewhere
  constexpr int64_t kUnknown = -1, kOpen = -2, kLeadsNowhere = -3;  // else: bytes of the chain, with the node itself
  auto functions = static_cast<uint32_t>(module.functions.size());
  std::vector<std::vector<uint32_t>> edges(functions + module.signatures.size());
  for (FunctionId f = 0; f < functions; f++) edges[f] = calls.callees(f);
  for (FunctionId f : module.table) edges[functions + module.functions[f]->signature].push_back(f);
  auto counts = [&](uint32_t node) { return node < functions && !uses[node].charges.empty(); };
  std::vector<int64_t> chains(edges.size(), kUnknown);
  for (FunctionId f = 0; f < functions; f++) {
    if (module.functions[f]->imported) chains[f] = calls.mayPark(f) ? kOutside : kLeadsNowhere;
  }
  struct Frame {
    uint32_t node;
    size_t next;
    int64_t dearest;
  };
  std::vector<Frame> stack;
  // Before anything is known of what a node calls.
  auto frameOf = [&](uint32_t node) -> Frame {
    return {node, 0, node >= functions && calls.tableParks(node - functions) ? 0 : kLeadsNowhere};
  };
  auto longest = [&](uint32_t root) {
    stack.push_back(frameOf(root));
    chains[root] = kOpen;
    int64_t result = kLeadsNowhere;
    while (!stack.empty()) {
      Frame& frame = stack.back();
      if (frame.next < edges[frame.node].size()) {
        uint32_t to = edges[frame.node][frame.next++];
        if (counts(to)) {
          frame.dearest = std::max<int64_t>(frame.dearest, 0);
        } else if (chains[to] >= 0) {
          frame.dearest = std::max(frame.dearest, chains[to]);
        } else if (chains[to] == kUnknown) {
          chains[to] = kOpen;
          stack.push_back(frameOf(to));
        }
        continue;
      }
      result = frame.dearest;
      if (result >= 0 && frame.node < functions) result += uses[frame.node].bytes;
      chains[frame.node] = result;
      stack.pop_back();
      if (!stack.empty()) stack.back().dearest = std::max(stack.back().dearest, result);
    }
    return result;
  };
  for (FunctionId f = 0; f < functions; f++) {
    if (!counts(f)) continue;
    // Others that count end at it, so its own chain is asked for once, by itself.
    int64_t charge = std::max<int64_t>(longest(f), uses[f].bytes);
    for (Expr* e : uses[f].charges) e->bits = static_cast<uint64_t>(std::min<int64_t>(charge, abi::kLargestCharge));
  }
}

FunctionId Resumers::of(uint32_t signature) {
  if (made_.size() <= signature) made_.resize(signature + 1, kNone);
  if (made_[signature] == kNone) made_[signature] = make(signature);
  return made_[signature];
}

FunctionId Resumers::make(uint32_t signature) {
  uint32_t own = module_.signatureOf({{ValueType::I32, ValueType::I32}, {ValueType::I32}});
  FunctionId id = module_.addFunction("runtime.resume", own);
  Function& function = *module_.functions[id];
  function.flags = ir::kNoInline | ir::kNoPoll;
  constexpr LocalId kInto = 0, kCode = 1;
  const ir::SignatureType type = module_.signatures[signature];
  Editor editor(module_, function);
  BlockId entry = editor.newBlock(), beginning = editor.newBlock(), returned = editor.newBlock(),
          unwound = editor.newBlock(), handler = editor.newBlock();
  ir::Make& make = editor.make();
  editor.jump(entry, beginning);
  function.handler = handler;
  auto returnValue = [&](BlockId block, Expr* value) { editor.returnValues(block, std::span<Expr* const>(&value, 1)); };

  Stmt s = {};
  s.kind = StmtKind::Call;
  s.call = module_.arena.make<ir::Call>();
  s.call->callee = CalleeKind::Table, s.call->signature = signature, s.call->tableIndex = editor.get(kCode);
  std::vector<Expr*> arguments;
  for (ValueType parameter : type.parameters) arguments.push_back(make.zero(parameter));
  std::vector<LocalId> results;
  for (ValueType result : type.results) results.push_back(editor.newLocal(result));
  s.call->arguments = module_.arena.copy(std::span<Expr* const>(arguments));
  s.call->results = module_.arena.copy(std::span<const LocalId>(results));
  editor.append(beginning, s);
  editor.branch(beginning, make.isZero(editor.switchState()), returned, unwound);
  for (size_t i = 0; i < results.size(); i++) {
    constexpr Op kStores[] = {Op::I32Store, Op::I64Store, Op::F32Store, Op::F64Store};
    editor.store(returned, kStores[static_cast<size_t>(type.results[i])], editor.get(kInto),
                 static_cast<uint32_t>(8 * i), editor.get(results[i]));
  }
  returnValue(returned, make.i32(0));
  returnValue(unwound, make.i32(0));

  LocalId record = editor.newLocal(ValueType::I32);
  editor.append(handler, editor.entryCall(abi::Entry::panicCatch, make.i32(0), record));
  returnValue(handler, editor.get(record));
  return id;
}

}  // namespace millrace::lower
