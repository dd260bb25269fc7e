// The order of the passes.
#include "wasm/lower/lower.h"

#include "runtime/base/check.h"
#include "wasm/ir/graph.h"
#include "wasm/ir/reach.h"
#include "wasm/lower/barriers.h"
#include "wasm/lower/calls.h"
#include "wasm/lower/depth.h"
#include "wasm/lower/editor.h"
#include "wasm/lower/inline.h"
#include "wasm/lower/polls.h"
#include "wasm/lower/reducible.h"
#include "wasm/lower/simplify.h"
#include "wasm/lower/sink.h"
#include "wasm/lower/suspend.h"

namespace millrace::lower {
namespace {

// No edge leads to the entry, and in a function with a handler it is empty, so that nothing the function does comes
// before the handler for certain (the edge from entry to handler that ir::forEachSuccessor adds).
void isolateEntry(Editor& editor) {
  Function& function = editor.function();
  bool isTarget = false;
  for (const Block& block : function.blocks) {
    for (BlockId to : block.terminator.targets) isTarget |= to == 0;
  }
  ENSURE(function.handler != 0);
  if (isTarget) {
    BlockId moved = editor.moveContents(0);
    for (Block& block : function.blocks) {
      for (BlockId& to : block.terminator.targets) to = to == 0 ? moved : to;
    }
    editor.jump(0, moved);
  }
  if (function.handler != kNone) editor.jump(0, editor.moveContents(0));
}

// Before anything else: switches as they come may have any number of targets.
void splitSwitches(Editor& editor) {
  Function& function = editor.function();
  for (BlockId block = 0; block < function.blocks.size(); block++) {
    Terminator t = function.blocks[block].terminator;
    if (t.kind != TerminatorKind::Switch || t.targets.size() <= kMostTargets) continue;
    LocalId value = editor.newLocal(ValueType::I32);
    editor.set(block, value, t.value, t.pos);
    editor.switchOn(block, value, t.targets);
  }
}

bool mayPoll(const Function& function) { return (function.flags & (ir::kNeverParks | ir::kNoPoll)) == 0; }

}  // namespace

std::vector<Site> lower(Module& module, const Options& options) {
  for (Function* function : module.functions) {
    if (function->imported) continue;
    Editor editor(module, *function);
    splitSwitches(editor);
    isolateEntry(editor);
    makeReducible(editor);
    if (options.simplify) simplify(editor);
  }
  if (options.simplify && options.inlineCalls) inlineCalls(module);
  for (Function* function : module.functions) {
    if (!function->imported && options.simplify) sinkObjects(*function);
  }

  std::vector<bool> loopPolls(module.functions.size());
  for (FunctionId id = 0; id < module.functions.size(); id++) {
    const Function& function = *module.functions[id];
    if (function.imported || !options.polls || !mayPoll(function)) continue;
    for (bool poll : loopsToPoll(function, ir::Graph(function))) loopPolls[id] = loopPolls[id] || poll;
  }

  Calls calls(module, {options.wholeProgram, options.polls, options.linkedParking}, loopPolls);
  for (FunctionId id = 0; id < module.functions.size(); id++) {
    if (calls.mayPark(id)) module.functions[id]->flags |= ir::kMayPark;
  }

  std::vector<bool> reached = ir::reachedFunctions(module);
  for (FunctionId id = 0; id < module.functions.size(); id++) {
    if (!options.barriers || module.functions[id]->imported || !reached[id]) continue;
    Editor editor(module, *module.functions[id]);
    insertBarriers(editor, calls);
  }
  std::vector<Site> sites;
  std::vector<FrameUse> uses(module.functions.size());
  for (FunctionId id = 0; id < module.functions.size(); id++) {
    if (module.functions[id]->imported || !reached[id] || !calls.mayPark(id)) continue;
    Editor editor(module, *module.functions[id]);
    Polls polls;
    if (loopPolls[id]) {
      ir::Graph graph(editor.function());
      polls = insertLoopPolls(editor, graph, loopsToPoll(editor.function(), graph), calls);
    }
    if (options.suspension == Suspension::Lowered) {
      suspend(editor, id, calls, polls, options.firstSite, sites, uses[id]);
    } else if (calls.pollsAtEntry(id)) {
      insertEntryPoll(editor, calls, editor.makeBeginning());
    }
  }
  fillInCharges(module, calls, uses);
  Resumers resumers(module);
  for (Site& site : sites) {
    if (uses[site.function].charges.empty()) continue;
    site.resumer = module.tableIndexOf(resumers.of(module.functions[site.function]->signature));
    site.code = module.tableIndexOf(site.function);
  }
  return sites;
}

}  // namespace millrace::lower
