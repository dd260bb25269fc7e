// Structuring: a function's graph becomes nested code.
//
// The idea is Ramsey's ("Beyond Relooper"): follow the dominator tree. Code for a block X is followed by the code for
// all that X dominates. A block with one way in is written where that way is; a block with several is a *follower*: it
// stands behind a Block that begins before X, and whoever goes there jumps to the Block's end:
//
//   Block Z  Block Y  <X, and what goes to Y or Z>  End  <Y>  End  <Z>
//
// Followers of one block stand in reverse postorder, so a jump always finds the end it wants around it. Loops begin
// before their heads; jumps back find them around them.
//
// What is changed against Ramsey:
//  - What leaves a loop stands behind the loop, not in it: a follower of the loop's head, outside. Else code after n
//  loops in
//    a row would be nested n deep, and engines take everything inside for part of the loop.
//  - Nesting stays shallow. Of a branch whose both ways are written in place, the smaller one is nested in an If and
//  the
//    other follows it, unless both are small: so Ifs nest to the logarithm of the size at most. Blocks nest as deep as
//    there are followers of one block; lower breaks up switches with many targets.
//  - No recursion: what is still to be written is on a stack of tasks.
//
// Where control goes when code just ends is known while writing (`fall`): a jump there is left out.
#include "wasm/emit/structure.h"

#include <algorithm>

#include "runtime/base/check.h"
#include "wasm/ir/walk.h"

namespace millrace::emit {
namespace {

using ir::Block;
using ir::BlockId;
using ir::Graph;
using ir::kNone;
using ir::Terminator;
using ir::TerminatorKind;

class Structurer {
 public:
  Structurer(const ir::Function& function, const Graph& graph) : function_(function), graph_(graph) {}

  std::vector<Item> run() {
    findFollowers();
    findSizes();
    tasks_.push_back({Task::Tree, 0, kNone, {}});
    while (!tasks_.empty()) {
      Task task = tasks_.back();
      tasks_.pop_back();
      size_t before = tasks_.size();
      switch (task.kind) {
        case Task::Write: tape_.push_back(task.item); break;
        case Task::Tree: tree(task.block, task.fall); break;
        case Task::Node: node(task.block, task.fall); break;
      }
      std::reverse(tasks_.begin() + static_cast<std::ptrdiff_t>(before), tasks_.end());
    }
    return std::move(tape_);
  }

 private:
  // Blocks this large or smaller may be nested in both ways of a branch.
  static constexpr uint32_t kSmall = 8;

  struct Task {
    enum Kind : uint8_t {
      Write,  // item
      Tree,   // block and all it dominates
      Node,   // block, without its followers
    } kind;
    BlockId block, fall;
    Item item;
  };

  void write(ItemKind kind, BlockId block, BlockId target = kNone, bool negated = false, bool backward = false) {
    tasks_.push_back({Task::Write, kNone, kNone, {kind, negated, backward, block, target}});
  }
  void later(Task::Kind kind, BlockId block, BlockId fall) { tasks_.push_back({kind, block, fall, {}}); }

  // ------------------------------------------------------------------------------------------------- analysis

  void findFollowers() {
    size_t count = function_.blocks.size();
    isFollower_.assign(count, false);
    firstInside_.assign(count, kNone);
    firstOutside_.assign(count, kNone);
    next_.assign(count, kNone);
    for (size_t i = graph_.order.size(); i-- > 1;) {  // backwards, as lists are built from their ends
      BlockId block = graph_.order[i];
      uint32_t ways = 0;
      bool fromSwitch = false;
      for (BlockId p : graph_.predecessors(block)) {
        if (isBackward(graph_, p, block)) continue;
        ways++;
        fromSwitch |= function_.blocks[p].terminator.kind == TerminatorKind::Switch;
      }
      BlockId dominator = graph_.dominator[block];
      uint32_t left = loopLeft(graph_.loopOf[dominator], graph_.loopOf[block]);
      if (ways < 2 && !fromSwitch && left == kNone) continue;
      isFollower_[block] = true;
      BlockId& list = left == kNone ? firstInside_[dominator] : firstOutside_[graph_.loops[left].head];
      next_[block] = list;
      list = block;
    }
  }

  // The outermost loop around `from` (a loop) that is not around `to`, or kNone.
  uint32_t loopLeft(uint32_t from, uint32_t to) const {
    const auto& loops = graph_.loops;
    auto depth = [&](uint32_t loop) { return loop == kNone ? 0 : loops[loop].depth; };
    uint32_t left = kNone;
    while (depth(to) > depth(from)) to = loops[to].parent;
    while (from != to) {
      if (depth(to) == depth(from)) to = loops[to].parent;
      left = from;
      from = loops[from].parent;
    }
    return left;
  }

  // How many blocks each dominates: what is written with it.
  void findSizes() {
    sizes_.assign(function_.blocks.size(), 1);
    for (size_t i = graph_.order.size(); i-- > 1;) sizes_[graph_.dominator[graph_.order[i]]] += sizes_[graph_.order[i]];
  }

  // --------------------------------------------------------------------------------------------------- writing

  // Tasks are pushed in the order in which they are to be done; run() turns them round.

  void tree(BlockId block, BlockId fall) {
    bool isLoop = graph_.isLoopHead(block);
    std::vector<BlockId>& inside = inside_;
    std::vector<BlockId>& outside = outside_;
    inside.clear();
    outside.clear();
    for (BlockId b = firstInside_[block]; b != kNone; b = next_[b]) inside.push_back(b);
    for (BlockId b = firstOutside_[block]; b != kNone; b = next_[b]) outside.push_back(b);

    for (size_t i = outside.size(); i-- > 0;) write(ItemKind::Block, kNone, outside[i]);
    if (isLoop) write(ItemKind::Loop, kNone, block);
    BlockId afterLoop = outside.empty() ? fall : outside[0];
    for (size_t i = inside.size(); i-- > 0;) write(ItemKind::Block, kNone, inside[i]);
    later(Task::Node, block, inside.empty() ? afterLoop : inside[0]);
    for (size_t i = 0; i < inside.size(); i++) {
      write(ItemKind::End, kNone, inside[i]);
      later(Task::Tree, inside[i], i + 1 < inside.size() ? inside[i + 1] : afterLoop);
    }
    if (isLoop) write(ItemKind::End, kNone);
    for (size_t i = 0; i < outside.size(); i++) {
      write(ItemKind::End, kNone, outside[i]);
      later(Task::Tree, outside[i], i + 1 < outside.size() ? outside[i + 1] : fall);
    }
  }

  bool isInPlace(BlockId from, BlockId to) const { return !isFollower_[to] && !isBackward(graph_, from, to); }

  void node(BlockId block, BlockId fall) {
    const Terminator& t = function_.blocks[block].terminator;
    write(ItemKind::Statements, block);
    if (block == 0 && function_.handler != kNone) return branch(block, function_.handler, t.targets[0], fall);
    switch (t.kind) {
      case TerminatorKind::Jump: return go(block, t.targets[0], fall);
      case TerminatorKind::Branch: return branch(block, t.targets[0], t.targets[1], fall);
      case TerminatorKind::Switch: return write(ItemKind::JumpTable, block);
      case TerminatorKind::Return:
      case TerminatorKind::Rethrow:
      case TerminatorKind::Unreachable: return write(ItemKind::Leave, block);
      case TerminatorKind::None: break;
    }
    fatal(__FILE__, __LINE__, ("a block without an end in " + function_.name).c_str());
  }

  void go(BlockId from, BlockId to, BlockId fall) {
    if (isInPlace(from, to)) return later(Task::Tree, to, fall);
    bool backward = isBackward(graph_, from, to);
    if (backward || to != fall) write(ItemKind::Jump, from, to, false, backward);
  }

  void jumpIf(BlockId from, BlockId to, bool negated) {
    write(ItemKind::JumpIf, from, to, negated, isBackward(graph_, from, to));
  }

  void branch(BlockId from, BlockId ifTrue, BlockId ifFalse, BlockId fall) {
    if (ifTrue == ifFalse) return go(from, ifTrue, fall);
    bool trueHere = isInPlace(from, ifTrue), falseHere = isInPlace(from, ifFalse);
    if (trueHere && falseHere) {
      if (std::max(sizes_[ifTrue], sizes_[ifFalse]) <= kSmall) {
        write(ItemKind::If, from);
        later(Task::Tree, ifTrue, fall);
        write(ItemKind::Else, from);
        later(Task::Tree, ifFalse, fall);
        return write(ItemKind::End, kNone);
      }
      bool nestTrue = sizes_[ifTrue] <= sizes_[ifFalse];
      write(ItemKind::If, from, kNone, !nestTrue);
      later(Task::Tree, nestTrue ? ifTrue : ifFalse, kNone);
      write(ItemKind::End, kNone);
      return later(Task::Tree, nestTrue ? ifFalse : ifTrue, fall);
    }
    if (!trueHere && !falseHere) {
      bool falls = ifTrue == fall && !isBackward(graph_, from, ifTrue);
      jumpIf(from, falls ? ifFalse : ifTrue, falls);
      return go(from, falls ? ifTrue : ifFalse, fall);
    }
    BlockId here = trueHere ? ifTrue : ifFalse, away = trueHere ? ifFalse : ifTrue;
    if (away == fall && !isBackward(graph_, from, away) && sizes_[here] <= kSmall) {
      write(ItemKind::If, from, kNone, !trueHere);
      later(Task::Tree, here, fall);
      return write(ItemKind::End, kNone);
    }
    jumpIf(from, away, trueHere);
    later(Task::Tree, here, fall);
  }

  const ir::Function& function_;
  const Graph& graph_;
  std::vector<bool> isFollower_;
  // Lists of followers in order: of a block, inside of its loop if it is a head; of a head, outside.
  std::vector<BlockId> firstInside_, firstOutside_, next_;
  std::vector<uint32_t> sizes_;
  std::vector<Task> tasks_;
  std::vector<BlockId> inside_, outside_;
  std::vector<Item> tape_;
};

}  // namespace

std::vector<Item> structure(const ir::Function& function, const Graph& graph) {
  ENSURE(graph.reducible);
  return Structurer(function, graph).run();
}

}  // namespace millrace::emit
