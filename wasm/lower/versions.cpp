// Iterated dominance frontiers (Cytron and others), with bounds on their total size.
#include "wasm/lower/versions.h"

#include <algorithm>

#include "wasm/ir/walk.h"

namespace millrace::lower {

using ir::Block;
using ir::BlockId;
using ir::Graph;
using ir::kNone;
using ir::LocalId;
using ir::Stmt;
using ir::StmtKind;

namespace {
// Blocks looked at between a place where ways meet and what dominates it; and, per block of the function, how many
// changes are noted. Code as people write it needs a tenth.
constexpr size_t kLongestWay = 512;
constexpr size_t kChangesPerBlock = 32;
}  // namespace

Versions::Versions(const ir::Function& function, const Graph& graph, size_t parameters) {
  collectSets(function, graph);
  findFrontiers(function, graph);
  spread(function, graph, parameters);
}

void Versions::collectSets(const ir::Function& function, const Graph& graph) {
  firstSet_.assign(function.locals.size() + 1, 0);
  auto forEach = [&](auto visit) {
    for (BlockId block : graph.order) {
      for (const Stmt& s : function.blocks[block].statements) {
        ir::forEachSet(s, [&](LocalId& local) { visit(local, block); });
      }
    }
  };
  forEach([&](LocalId local, BlockId) { firstSet_[local + 1]++; });
  for (size_t local = 0; local < function.locals.size(); local++) firstSet_[local + 1] += firstSet_[local];
  setBlocks_.resize(firstSet_.back());
  std::vector<uint32_t> next(firstSet_.begin(), firstSet_.end() - 1);
  forEach([&](LocalId local, BlockId block) { setBlocks_[next[local]++] = block; });
}

// A block is in the frontier of those on the ways to it from its immediate dominator, that one left out.
void Versions::findFrontiers(const ir::Function& function, const Graph& graph) {
  size_t count = function.blocks.size();
  opaque_.assign(count, false);
  std::vector<BlockId> seenFrom(count, kNone);
  std::vector<std::pair<BlockId, BlockId>> pairs;  // (on the way, where ways meet)
  size_t most = kChangesPerBlock * count;
  for (BlockId block : graph.order) {
    auto predecessors = graph.predecessors(block);
    if (block == function.handler) opaque_[block] = true;
    if (predecessors.size() < 2 || opaque_[block]) continue;
    size_t first = pairs.size();
    for (BlockId p : predecessors) {
      for (BlockId at = p; at != graph.dominator[block] && seenFrom[at] != block; at = graph.dominator[at]) {
        seenFrom[at] = block;
        pairs.push_back({at, block});
        opaque_[block] = opaque_[block] || at == function.handler;
        if (pairs.size() - first > kLongestWay || pairs.size() > most) opaque_[block] = true;
        if (opaque_[block]) break;
      }
      if (opaque_[block]) break;
    }
    if (opaque_[block]) pairs.resize(first);
  }
  firstMeeting_.assign(count + 1, 0);
  for (auto [at, meeting] : pairs) firstMeeting_[at + 1]++;
  for (size_t block = 0; block < count; block++) firstMeeting_[block + 1] += firstMeeting_[block];
  meetings_.resize(pairs.size());
  std::vector<uint32_t> next(firstMeeting_.begin(), firstMeeting_.end() - 1);
  for (auto [at, meeting] : pairs) meetings_[next[at]++] = meeting;
}

// Calls note(block) for the frontier of the blocks in work_, the frontier of that, and so on.
template <typename Note>
void Versions::spreadFrom(Note note) {
  stamp_++;
  while (!work_.empty()) {
    BlockId at = work_.back();
    work_.pop_back();
    for (uint32_t i = firstMeeting_[at]; i < firstMeeting_[at + 1]; i++) {
      BlockId meeting = meetings_[i];
      if (noted_[meeting] == stamp_) continue;
      noted_[meeting] = stamp_;
      note(meeting);
      work_.push_back(meeting);
    }
  }
}

void Versions::spread(const ir::Function& function, const Graph& graph, size_t parameters) {
  size_t count = function.blocks.size();
  noted_.assign(count, 0);
  for (BlockId block : graph.order) {
    if (opaque_[block]) work_.push_back(block);
  }
  spreadFrom([&](BlockId block) { opaque_[block] = true; });

  // All locals, also those that are read only right after their sets: what is known leads to reads elsewhere.
  size_t most = kChangesPerBlock * count;
  std::vector<std::pair<BlockId, LocalId>> changes;
  bool tooMany = false;
  for (LocalId local = 0; local < function.locals.size() && !tooMany; local++) {
    if (setCount(local) == 0 || (setCount(local) == 1 && local >= parameters)) continue;
    work_.assign(setsOf(local).begin(), setsOf(local).end());
    spreadFrom([&](BlockId block) {
      if (!opaque_[block]) changes.push_back({block, local});
    });
    tooMany = changes.size() > most;
  }
  if (tooMany) {
    changes.clear();
    for (BlockId block : graph.order) {
      if (graph.predecessors(block).size() > 1) opaque_[block] = true;
    }
  }
  firstChanged_.assign(count + 1, 0);
  for (auto [block, local] : changes) firstChanged_[block + 1]++;
  for (size_t block = 0; block < count; block++) firstChanged_[block + 1] += firstChanged_[block];
  changed_.resize(changes.size());
  std::vector<uint32_t> next(firstChanged_.begin(), firstChanged_.end() - 1);
  for (auto [block, local] : changes) changed_[next[block]++] = local;

  memory_.assign(count, false);
  for (BlockId block : graph.order) {
    if (graph.isLoopHead(block)) memory_[block] = true;
    bool writes = memory_[block];
    for (const Stmt& s : function.blocks[block].statements) {
      writes = writes || (s.kind != StmtKind::Set && s.kind != StmtKind::Check && s.kind != StmtKind::Guard);
    }
    if (writes) work_.push_back(block);
  }
  spreadFrom([&](BlockId block) { memory_[block] = true; });
  for (BlockId block = 0; block < count; block++) memory_[block] = memory_[block] || opaque_[block];
}

}  // namespace millrace::lower
