// The call graph: parking spreads from callee to caller; every cycle gets a poll.
#include "wasm/lower/calls.h"

#include <algorithm>

#include "runtime/base/check.h"
#include "wasm/lower/components.h"

namespace millrace::lower {

using ir::FunctionId;
using ir::kNone;

namespace {
// Functions that must not be polled.
bool unpollable(const ir::Function& function) {
  return function.imported || (function.flags & (ir::kNeverParks | ir::kNoPoll)) != 0;
}
}  // namespace

Calls::Calls(const ir::Module& module, const CallOptions& options, const std::vector<bool>& loopPolls)
    : module_(module), options_(options) {
  size_t count = module.functions.size();
  summaries_.resize(count);
  pollsAtEntry_.assign(count, false);
  mayPark_.assign(count, false);
  for (const ir::SignatureType& signature : module.signatures) {
    tableParks_.push_back(!options.wholeProgram || options.linkedParking.contains(signature));
  }
  summarize();
  if (options.polls) findRecursion();
  for (FunctionId f = 0; f < count; f++) {
    if (loopPolls[f] || pollsAtEntry_[f]) summaries_[f].parks = true;
  }
  spreadParking();
}

void Calls::summarize() {
  for (FunctionId f = 0; f < module_.functions.size(); f++) {
    const ir::Function& function = *module_.functions[f];
    Summary& summary = summaries_[f];
    if (function.imported) summary.parks = (function.flags & ir::kNeverParks) == 0;
    for (const ir::Block& block : function.blocks) {
      for (const ir::Stmt& statement : block.statements) {
        if (statement.call == nullptr) continue;
        const ir::Call& call = *statement.call;
        switch (call.callee) {
          case ir::CalleeKind::Function: summary.functions.push_back(call.function); break;
          case ir::CalleeKind::Table: summary.signatures.push_back(call.signature); break;
          case ir::CalleeKind::Entry: summary.parks |= (abi::entryPoint(call.entry).flags & abi::kParks) != 0; break;
        }
      }
    }
    auto unique = [](auto& list) {
      std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
    };
    unique(summary.functions);
    unique(summary.signatures);
  }
}

// Every cycle of calls must meet a poll. The nodes are the functions, a node per signature for "some function of that
// signature in the table", and one for what other modules may do. First all functions in the table that lie on a cycle
// through the table are polled; then, in what cycles are left without them, the functions that a depth-first walk comes
// back to.
void Calls::findRecursion() {
  auto functions = static_cast<uint32_t>(module_.functions.size());
  auto signatures = static_cast<uint32_t>(module_.signatures.size());
  uint32_t outside = functions + signatures, nodes = outside + 1;
  std::vector<std::vector<uint32_t>> edges(nodes);
  for (FunctionId f = 0; f < functions; f++) {
    edges[f] = callees(f);
    const ir::Function& function = *module_.functions[f];
    if (function.imported && (function.flags & ir::kNeverParks) == 0) edges[f].push_back(outside);
  }
  for (FunctionId f : module_.table) {
    edges[functions + module_.functions[f]->signature].push_back(f);
    edges[outside].push_back(f);
  }
  // Those that do not park call nothing unknown, as an unknown call might park.
  for (uint32_t s = 0; s < signatures; s++) {
    if (!options_.wholeProgram || options_.linkedParking.contains(module_.signatures[s])) edges[functions + s].push_back(outside);
  }

  std::vector<uint32_t> all(nodes), component(nodes);
  for (uint32_t node = 0; node < nodes; node++) all[node] = node;
  uint32_t count = 0;
  Components components;
  components.resize(nodes);
  components.find(
      all, [&](uint32_t node) -> const auto& { return edges[node]; },
      [&](const std::vector<uint32_t>& members, bool) {
        for (uint32_t member : members) component[member] = count;
        count++;
      });
  std::vector<bool> throughTable(count, false);
  for (uint32_t node = functions; node < nodes; node++) throughTable[component[node]] = true;
  for (FunctionId f : module_.table) {
    if (!throughTable[component[f]] || unpollable(*module_.functions[f])) continue;
    pollsAtEntry_[f] = true;
  }

  // The second walk: direct calls between functions that are not polled yet.
  struct Frame {
    uint32_t node;
    size_t next;
  };
  std::vector<Frame> stack;
  enum : uint8_t { kNew, kOpen, kDone };
  std::vector<uint8_t> state(functions, kNew);
  for (FunctionId root = 0; root < functions; root++) {
    if (state[root] != kNew || pollsAtEntry_[root]) continue;
    state[root] = kOpen;
    stack.push_back({root, 0});
    while (!stack.empty()) {
      uint32_t node = stack.back().node;
      const auto& callees = summaries_[node].functions;
      if (stack.back().next == callees.size()) {
        state[node] = kDone;
        stack.pop_back();
        continue;
      }
      uint32_t to = callees[stack.back().next++];
      if (pollsAtEntry_[to]) continue;
      if (state[to] == kNew) {
        state[to] = kOpen;
        stack.push_back({to, 0});
      } else if (state[to] == kOpen) {
        uint32_t polled = unpollable(*module_.functions[to]) ? node : to;
        if (!unpollable(*module_.functions[polled])) pollsAtEntry_[polled] = true;
      }
    }
  }
}

void Calls::spreadParking() {
  auto functions = static_cast<uint32_t>(module_.functions.size());
  std::vector<std::vector<FunctionId>> callers(functions), tableCallers(tableParks_.size());
  std::vector<std::vector<uint32_t>> tableSignatures(functions);
  std::vector<FunctionId> work;
  for (FunctionId f = 0; f < functions; f++) {
    for (FunctionId callee : summaries_[f].functions) callers[callee].push_back(f);
    for (uint32_t signature : summaries_[f].signatures) tableCallers[signature].push_back(f);
  }
  for (FunctionId f : module_.table) tableSignatures[f].push_back(module_.functions[f]->signature);

  auto park = [&](FunctionId f, bool through) {
    if (mayPark_[f]) return;
    if ((module_.functions[f]->flags & ir::kNeverParks) != 0) {
      // Through the table or an import it is the flag that knows better.
      if (through || module_.functions[f]->imported) return;
      fatal(__FILE__, __LINE__,
            ("a function that must never park makes a call that may: " + module_.functions[f]->name).c_str());
    }
    mayPark_[f] = true;
    work.push_back(f);
  };
  for (FunctionId f = 0; f < functions; f++) {
    if (summaries_[f].parks) park(f, false);
    for (uint32_t signature : summaries_[f].signatures) {
      if (tableParks_[signature]) park(f, true);
    }
  }
  while (!work.empty()) {
    FunctionId f = work.back();
    work.pop_back();
    for (FunctionId caller : callers[f]) park(caller, false);
    for (uint32_t signature : tableSignatures[f]) {
      if (tableParks_[signature]) continue;
      tableParks_[signature] = true;
      for (FunctionId caller : tableCallers[signature]) park(caller, true);
    }
  }
}

std::vector<uint32_t> Calls::callees(FunctionId f) const {
  std::vector<uint32_t> nodes = summaries_[f].functions;
  for (uint32_t signature : summaries_[f].signatures) {
    nodes.push_back(static_cast<uint32_t>(module_.functions.size()) + signature);
  }
  return nodes;
}

bool Calls::parks(const ir::Call& call, uint32_t callerFlags) const {
  switch (call.callee) {
    case ir::CalleeKind::Function: return mayPark_[call.function];
    case ir::CalleeKind::Entry: return (abi::entryPoint(call.entry).flags & abi::kParks) != 0;
    case ir::CalleeKind::Table: return tableParks_[call.signature] && (callerFlags & ir::kNeverParks) == 0;
  }
  UNREACHABLE();
}

}  // namespace millrace::lower
