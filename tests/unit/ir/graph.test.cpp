// Order, dominators and loops: known graphs, and random ones against definitions applied word by word.
#include "wasm/ir/graph.h"

#include <catch2/catch.hpp>

#include "tests/support/ir/random.h"
#include "tests/support/ir/text.h"
#include "wasm/ir/make.h"
#include "wasm/ir/walk.h"

using namespace millrace;
using ir::BlockId;
using ir::Function;
using ir::Graph;
using ir::kNone;

namespace {

// Blocks that can be reached from the entry without passing `without`.
std::vector<bool> reachable(const Function& function, BlockId without) {
  std::vector<bool> seen(function.blocks.size());
  std::vector<BlockId> work;
  auto enter = [&](BlockId block) {
    if (block == without || seen[block]) return;
    seen[block] = true;
    work.push_back(block);
  };
  enter(0);
  while (!work.empty()) {
    BlockId block = work.back();
    work.pop_back();
    ir::forEachSuccessor(function, block, enter);
  }
  return seen;
}

void checkAgainstDefinitions(const Function& function) {
  Graph graph(function);
  std::vector<bool> all = reachable(function, kNone);
  for (BlockId b = 0; b < function.blocks.size(); b++) REQUIRE(graph.reached(b) == all[b]);
  for (BlockId a : graph.order) {
    std::vector<bool> withoutA = reachable(function, a);
    for (BlockId b : graph.order) REQUIRE(graph.dominates(a, b) == (a == b || !withoutA[b]));
  }
  for (BlockId b : graph.order) {
    if (b == 0) continue;
    REQUIRE(graph.dominates(graph.dominator[b], b));
    REQUIRE(graph.dominator[b] != b);
    // No other strict dominator is dominated by it.
    for (BlockId a : graph.order) {
      if (a != b && graph.dominates(a, b)) REQUIRE(graph.dominates(a, graph.dominator[b]));
    }
  }
  // An edge that leads back in the order leads to what dominates it, if the graph is reducible.
  bool reducible = true;
  for (BlockId b : graph.order) {
    ir::forEachSuccessor(function, b, [&](BlockId to) {
      if (graph.place[to] <= graph.place[b] && !graph.dominates(to, b)) reducible = false;
    });
  }
  REQUIRE(graph.reducible == reducible);
  if (!reducible) return;
  // A block is in the loop of a head if the head dominates it and it can reach a way back without passing the head.
  for (uint32_t l = 0; l < graph.loops.size(); l++) {
    BlockId head = graph.loops[l].head;
    std::vector<bool> inside(function.blocks.size());
    std::vector<BlockId> work;
    auto enter = [&](BlockId block) {
      if (inside[block]) return;
      inside[block] = true;
      if (block != head) work.push_back(block);
    };
    enter(head);
    for (BlockId p : graph.predecessors(head)) {
      if (graph.dominates(head, p)) enter(p);
    }
    while (!work.empty()) {
      BlockId block = work.back();
      work.pop_back();
      for (BlockId p : graph.predecessors(block)) enter(p);
    }
    for (BlockId b : graph.order) REQUIRE(graph.within(graph.loopOf[b], l) == inside[b]);
  }
}

}  // namespace

TEST_CASE("dominators and loops of random graphs are what the definitions say") {
  size_t loops = 0, irreducible = 0;
  for (uint32_t seed = 1; seed <= 150; seed++) {
    ir::Module module;
    test::randomModule({.seed = seed, .functions = 4, .blocks = seed % 3 == 0 ? 24u : 8u}, module);
    for (const Function* function : module.functions) {
      checkAgainstDefinitions(*function);
      Graph graph(*function);
      loops += graph.loops.size();
      irreducible += !graph.reducible;
    }
  }
  CHECK(loops > 500);  // the programs are worth looking at
  CHECK(irreducible > 50);
}

TEST_CASE("loops nest") {
  ir::Module module;
  test::parseIr(R"(
    func f(n i32) {
    b0: jump b1
    b1: branch %n b2 b7
    b2: branch %n b3 b4
    b3: jump b2
    b4: branch %n b5 b6
    b5: jump b4
    b6: jump b1
    b7: return
    }
  )",
                module);
  Graph graph(*module.functions[0]);
  REQUIRE(graph.loops.size() == 3);
  CHECK(graph.loops[graph.loopOf[1]].depth == 1);
  CHECK(graph.loops[graph.loopOf[3]].head == 2);
  CHECK(graph.loops[graph.loopOf[3]].parent == graph.loopOf[1]);
  CHECK(graph.loopOf[7] == kNone);
  CHECK(graph.within(graph.loopOf[5], graph.loopOf[6]));
  CHECK_FALSE(graph.within(graph.loopOf[5], graph.loopOf[3]));
}

TEST_CASE("the first target of a branch comes first") {
  ir::Module module;
  test::parseIr(R"(
    func f(n i32) {
    b0: branch %n b3 b1
    b1: return
    b2: return
    b3: switch %n b1 b2 b4
    b4: return
    }
  )",
                module);
  Graph graph(*module.functions[0]);
  CHECK(graph.order == std::vector<BlockId>{0, 3, 2, 4, 1});
}

TEST_CASE("deep and long graphs need no stack") {
  constexpr uint32_t kBlocks = 300'000;
  ir::Module module;
  ir::FunctionId id = module.addFunction("deep", module.signatureOf({{ir::ValueType::I32}, {}}));
  Function& function = *module.functions[id];
  function.blocks.resize(kBlocks);
  ir::Make make(module.arena);
  for (BlockId b = 0; b + 1 < kBlocks; b++) {  // every block goes on or to the last one
    ir::Terminator& t = function.blocks[b].terminator;
    t.kind = ir::TerminatorKind::Branch;
    t.value = make.local(0, ir::ValueType::I32);
    t.targets = module.arena.copy(std::vector<BlockId>{b + 1, kBlocks - 1});
  }
  function.blocks[kBlocks - 1].terminator.kind = ir::TerminatorKind::Return;
  Graph graph(function);
  CHECK(graph.dominator[kBlocks - 1] == 0);
  CHECK(graph.dominates(kBlocks / 2, kBlocks - 2));
}
