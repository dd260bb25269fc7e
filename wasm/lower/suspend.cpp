// Suspension, written out in the blocks of a function in Asyncify's protocol.
//
// The problem. A goroutine parks when a call far up its stack sets the switch state to Unwinding and returns. Every
// function below must then write its locals into a frame and return too. To resume, the scheduler sets Rewinding and
// calls the first function again: every function must take its frame, put its locals back and make the call it was left
// at once more, until the call that parked sets Running. Most calls never meet either, so what is added must cost next
// to nothing on the normal path.
//
// What is always true:
//  - Whether a call unwound is known only from the state, read right after it; its results mean something only when
//  Running.
//  - A function that may park is entered in state Running or Rewinding. One that cannot park only in Running.
//  - Frames are pushed by the innermost function first, so they are popped in the opposite order.
//  - The local `resuming` is not 0 only between the frame's popping and the site's call, and nothing else runs in
//  between.
//  - While rewinding, arguments do not matter: the callee restores its own. Only a call through the table needs its
//  index.
//
// The idea. A call that may park, a *site*, is split off into a block of its own:
//
//   before     arguments that could trap are settled in locals, as they will be evaluated again while rewinding
//   site       results = call f(arguments);  left = NUMBER;  branch state == 0: after, else unwind
//   after
//
// and two parts are shared by all sites:
//
//   entry      branch state == 0: body, else restore
//   restore    pop the frame, put the locals back, left = the site's number in the frame; switch on it: to the sites
//   unwind     push the frame with `left`, where there is room or the runtime says (frameRoom); return zeros
//
// So outside of loops the normal path pays one test at the entry and one after each site. A site in a loop cannot be
// jumped to from outside: the loop would have two entries. There `restore` goes to the loop's head with `resuming` set,
// and the head dispatches: to the sites or to the next loop inwards. The test of `resuming` shares one branch with the
// loop's poll. A loop in which nothing but its own poll parks needs no dispatch at all: the poll is called from
// `restore`, a second copy of the call, and the loop then begins a new turn; the first copy stands on the way back to
// the head.
//
// What a frame holds: the locals live at some site of the function (live after the call, or holding a table index for
// it), each in a fixed place, all saved and restored together. Locals whose lives do not meet share one beforehand,
// which keeps this union small; one set per site would cost code at each of them. The site's record tells which words
// are of locals live there, for the collector: what the others point to may be gone.
//
// Rejected: setting and testing one local for "which site" everywhere, as a structured code generator must (twice the
// tests); per-site frames; marking frames with the state test hoisted out of leaf calls (the engine's branch predictor
// does that).
//
// A function that is polled where it is entered also counts how deep the stack is (see abi::kStackDepth), beside that
// poll and in `restore`, and gives back what it took where it returns. The depth belongs to the stack it runs on: it is
// read where the function is entered, even for rewinding, and not kept in the frame. Such a function has one more site,
// `returned`: its frame then holds its results, which it returns at once.
//
// A function with a handler catches panics around all of this (emit), and state is Running whenever one arrives. The
// handler may need a local that a site sets, with the value from before the call, in a frame saved after it: so there
// the results of sites take the way through locals of their own, to be copied when the state is known.
#include "wasm/lower/suspend.h"

#include <algorithm>
#include <bit>

#include "runtime/base/check.h"
#include "wasm/ir/graph.h"
#include "wasm/ir/live.h"
#include "wasm/ir/walk.h"

namespace millrace::lower {

using ir::CalleeKind;
using ir::ExprKind;

namespace {

// May evaluating it again, with whatever in the locals, trap? Loads beyond the memory do, and some arithmetic.
bool mayTrap(const Expr* root) {
  bool result = false;
  ir::forEachNode(root, [&](const Expr* e) {
    switch (e->op) {
      case Op::I32DivS:
      case Op::I32DivU:
      case Op::I32RemS:
      case Op::I32RemU:
      case Op::I64DivS:
      case Op::I64DivU:
      case Op::I64RemS:
      case Op::I64RemU:
      case Op::I32TruncF32S:
      case Op::I32TruncF32U:
      case Op::I32TruncF64S:
      case Op::I32TruncF64U:
      case Op::I64TruncF32S:
      case Op::I64TruncF32U:
      case Op::I64TruncF64S:
      case Op::I64TruncF64U: result = true; break;
      default: result |= e->kind == ExprKind::Load;
    }
  });
  return result;
}

class Suspender {
 public:
  Suspender(Editor& editor, FunctionId id, const Calls& calls, const Polls& polls, uint32_t firstSite, FrameUse& use)
      : editor_(editor),
        make_(editor.make()),
        id_(id),
        calls_(calls),
        polls_(polls),
        firstNumber_(firstSite),
        use_(use),
        counts_(calls.pollsAtEntry(id)) {}

  void run(std::vector<Site>& out) {
    beginning_ = editor_.makeBeginning();
    if (counts_) entryPoll_ = insertEntryPoll(editor_, calls_, beginning_);
    splitSites();
    {
      ir::Graph graph(editor_.function());
      groupByLoop(graph);
      ENSURE(!numbered_.empty());
      chooseSaved(graph);
    }
    if (counts_ || editor_.function().handler != kNone) keepDepth();
    state_ = {editor_.newLocal(ValueType::I32), editor_.newLocal(ValueType::I32), editor_.newLocal(ValueType::I32),
              editor_.newLocal(ValueType::I32)};
    writeUnwind();
    for (SiteBlock& site : sites_) finishSite(site);
    for (Hub& hub : hubs_) {
      if (hub.loop != kNone) writeHub(hub);
    }
    writeEntry();
    for (uint32_t index : numbered_) {
      const SiteBlock& site = sites_[index];
      out.push_back({frameBytes_, id_, site.pos, site.inlined, 0, 0, counts_ ? returnedNumber() : 0, site.live});
    }
    if (!counts_) return;
    uint32_t results = liveBits(0, static_cast<uint32_t>(8 * resultTypes().size()));
    out.push_back({frameBytes_, id_, editor_.function().pos, kNone, 0, 0, returnedNumber(), results});
  }

 private:
  struct SiteBlock {
    BlockId block;  // the call, alone
    BlockId after;  // where it goes on
    Pos pos;
    uint32_t inlined;
    bool latchPoll;  // of the loop with the head `after`, in which nothing else parks
    uint32_t number = 0;  // from 1
    uint32_t live = 0;    // Site::live
  };
  // A place where rewinding dispatches: the function's entry (loop kNone) or the head of a loop.
  struct Hub {
    uint32_t loop;
    BlockId head;
    struct Item {
      uint32_t place;  // in the order of blocks
      bool isHub;
      uint32_t index;  // in sites_ or hubs_
    };
    std::vector<Item> items;
    uint32_t firstSite = 0, endSite = 0;  // numbers
  };

  // ------------------------------------------------------------------------------------------------ splitting

  void splitSites() {
    std::vector<bool> isLatch(editor_.function().blocks.size());
    for (BlockId latch : polls_.latches) isLatch[latch] = true;
    pollsAtHead_.resize(isLatch.size());
    for (BlockId head : polls_.heads) pollsAtHead_[head] = true;
    for (BlockId block = 0; block < isLatch.size(); block++) {
      if (isLatch[block]) {
        const Stmt& call = editor_.block(block).statements[0];
        sites_.push_back({block, editor_.block(block).terminator.targets[0], call.pos, call.inlined, true});
      } else {
        splitBlock(block);
      }
    }
  }

  bool isSite(const Stmt& s) const { return s.call != nullptr && calls_.parks(*s.call, editor_.function().flags); }

  void splitBlock(BlockId block) {
    std::vector<Stmt> statements;
    Terminator terminator;
    {
      Block& b = editor_.block(block);
      if (std::none_of(b.statements.begin(), b.statements.end(), [&](const Stmt& s) { return isSite(s); })) return;
      statements.swap(b.statements);
      std::swap(terminator, b.terminator);
    }
    for (Stmt& s : statements) {
      if (!isSite(s)) {
        editor_.append(block, s);
        continue;
      }
      BlockId site = editor_.newBlock(), after = editor_.newBlock();
      if (s.kind == StmtKind::Check) {  // a check whose function may park: a branch around the call
        BlockId failed = editor_.newBlock();
        editor_.branch(block, make_.isZero(s.value), after, failed, s.pos);
        BlockId never = editor_.newBlock();
        editor_.block(never).terminator.kind = TerminatorKind::Unreachable;
        s.kind = StmtKind::Call;
        s.value = nullptr;
        addSite(failed, site, never, s);
      } else {
        addSite(block, site, after, s);
      }
      block = after;
    }
    std::swap(editor_.block(block).terminator, terminator);
  }

  // Ends `before` with what must be settled for the call, and makes `site`, which goes on to `after`.
  void addSite(BlockId before, BlockId site, BlockId after, const Stmt& s) {
    auto settle = [&](Expr*& e) {
      LocalId local = editor_.newLocal(e->type);
      editor_.append(before, withOrigin(editor_.setStatement(local, e, s.pos), s));
      e = editor_.get(local);
    };
    for (Expr*& argument : s.call->arguments) {
      if (mayTrap(argument)) settle(argument);
    }
    if (s.call->callee == CalleeKind::Table && !ir::Make::isTrivial(s.call->tableIndex)) settle(s.call->tableIndex);
    editor_.jump(before, site, s.pos);
    editor_.append(site, s);
    editor_.jump(site, after, s.pos);
    if (editor_.function().handler != kNone) {
      for (LocalId& result : s.call->results) {
        if (result == kNone) continue;
        LocalId own = editor_.newLocal(editor_.function().locals[result].type);
        editor_.append(after, withOrigin(editor_.setStatement(result, editor_.get(own), s.pos), s));
        result = own;
      }
    }
    sites_.push_back({site, after, s.pos, s.inlined, false});
  }

  static Stmt withOrigin(Stmt made, const Stmt& from) {
    made.inlined = from.inlined;
    return made;
  }

  // ------------------------------------------------------------------------------------------------- analysis

  // Finds the hubs, which sites and hubs each leads to, and numbers the sites so that those of a hub are contiguous.
  void groupByLoop(const ir::Graph& graph) {
    hubs_.push_back({kNone, kNone, {}});
    std::vector<uint32_t> hubOf(graph.loops.size(), kNone);
    auto hubFor = [&](uint32_t loop) {
      uint32_t inner = kNone;
      while (true) {
        uint32_t hub = loop == kNone ? 0 : hubOf[loop];
        bool isNew = hub == kNone;
        if (isNew) {
          hub = hubOf[loop] = static_cast<uint32_t>(hubs_.size());
          hubs_.push_back({loop, graph.loops[loop].head, {}});
        }
        if (inner != kNone) hubs_[hub].items.push_back({graph.place[hubs_[inner].head], true, inner});
        if (!isNew) return;
        inner = hub;
        loop = graph.loops[loop].parent;
      }
    };
    for (uint32_t i = 0; i < sites_.size(); i++) {
      const SiteBlock& site = sites_[i];
      if (!graph.reached(site.block)) continue;  // after a call that does not return, say
      uint32_t loop = graph.loopOf[site.block];
      if (site.latchPoll) loop = graph.loops[loop].parent;
      hubFor(loop);
      uint32_t hub = loop == kNone ? 0 : hubOf[loop];
      hubs_[hub].items.push_back({graph.place[site.block], false, i});
    }
    // Depth first, items in the order of the blocks.
    struct Frame {
      uint32_t hub;
      size_t next;
    };
    std::vector<Frame> stack;
    auto enter = [&](uint32_t hub) {
      auto& items = hubs_[hub].items;
      std::sort(items.begin(), items.end(), [](auto& a, auto& b) { return a.place < b.place; });
      hubs_[hub].firstSite = static_cast<uint32_t>(numbered_.size()) + 1;
      stack.push_back({hub, 0});
    };
    enter(0);
    while (!stack.empty()) {
      Hub& hub = hubs_[stack.back().hub];
      if (stack.back().next == hub.items.size()) {
        hub.endSite = static_cast<uint32_t>(numbered_.size()) + 1;
        stack.pop_back();
        continue;
      }
      auto item = hub.items[stack.back().next++];
      if (item.isHub) {
        enter(item.index);
      } else {
        sites_[item.index].number = static_cast<uint32_t>(numbered_.size()) + 1;
        numbered_.push_back(item.index);
      }
    }
  }

  // Decides which locals frames hold, and lets these share.
  void chooseSaved(const ir::Graph& graph) {
    Function& function = editor_.function();
    std::vector<bool> isSite(function.blocks.size());
    for (const SiteBlock& site : sites_) isSite[site.block] = true;
    auto callAt = [&](BlockId block) -> const ir::Call& { return *function.blocks[block].statements[0].call; };
    struct LiveAtSite {  // local `first` + i for bit i of `locals`
      BlockId block;
      LocalId first;
      uint64_t locals;
    };
    std::vector<LiveAtSite> lives;
    ir::Liveness liveness(function, graph, editor_.parameterCount(),
                          [&](BlockId block, LocalId first, uint64_t locals) {
                            if (!isSite[block]) return;
                            for (LocalId result : callAt(block).results) {
                              if (result - first < 64) locals &= ~(uint64_t{1} << (result - first));
                            }
                            lives.push_back({block, first, locals});
                          });
    for (const SiteBlock& site : sites_) {
      const ir::Call& call = callAt(site.block);
      if (!graph.reached(site.block) || call.callee != CalleeKind::Table || call.tableIndex->kind != ExprKind::Local)
        continue;
      // Needed again after the results have been set, if only with zeros.
      lives.push_back({site.block, call.tableIndex->offset, 1});
      liveness.extend(call.tableIndex->offset, liveness.positionOf(site.block, 0) + 1);
    }
    noteFrameUse(liveness);
    auto forEachLive = [&](auto visit) {
      for (const LiveAtSite& at : lives) {
        for (uint64_t rest = at.locals; rest != 0; rest &= rest - 1) {
          visit(at.block, at.first + static_cast<LocalId>(std::countr_zero(rest)));
        }
      }
    };
    std::vector<bool> saved(function.locals.size());
    forEachLive([&](BlockId, LocalId local) { saved[local] = true; });
    auto replacement = ir::shareLocals(function, liveness, saved);
    ir::replaceLocals(function, replacement);
    for (LocalId local = 0; local < function.locals.size(); local++) {
      if (!saved[local] || replacement[local] != local) continue;
      function.locals[local].inFrame = true;
      saved_.push_back(local);
    }
    layOutFrame();

    std::vector<uint32_t> bits(function.locals.size()), liveAt(function.blocks.size());  // the latter by block
    for (size_t i = 0; i < saved_.size(); i++) bits[saved_[i]] = liveBits(offsets_[i], isWide(typeOf(saved_[i])) ? 8 : 4);
    forEachLive([&](BlockId block, LocalId local) { liveAt[block] |= bits[replacement[local]]; });
    for (SiteBlock& site : sites_) site.live = liveAt[site.block];
  }

  // Of Site::live, for `bytes` of the frame from `offset` on.
  static uint32_t liveBits(uint32_t offset, uint32_t bytes) {
    uint32_t bits = 0;
    for (uint32_t word = offset / 4; word < (offset + bytes) / 4; word++) bits |= 1u << std::min(word, 31u);
    return bits;
  }

  // What an engine's frame takes, if its compiler does not trouble to share more than locals: 8 bytes for each of them,
  // for operands, and for arguments that do not fit registers.
  void noteFrameUse(const ir::Liveness& liveness) {
    constexpr uint32_t kFixed = 96, kOwnLocals = 4, kOperands = 8;
    const Function& function = editor_.function();
    std::vector<bool> all(function.locals.size(), true);
    std::vector<LocalId> slots = ir::shareLocals(function, liveness, all);
    size_t words = kOwnLocals + kOperands, mostArguments = 0;
    for (LocalId local = 0; local < slots.size(); local++) {
      words += slots[local] == local && (local < editor_.parameterCount() || !liveness.range(local).empty());
    }
    for (const Block& block : function.blocks) {
      for (const Stmt& s : block.statements) {
        if (s.call == nullptr) continue;
        mostArguments = std::max(mostArguments, s.call->arguments.size() + s.call->results.size());
      }
    }
    use_.bytes = static_cast<uint32_t>(kFixed + 8 * (words + mostArguments));
  }

  // ---------------------------------------------------------------------------------------------------- depth

  // Reads what room there is, and sees to it that it is what the caller finds again.
  void keepDepth() {
    Function& function = editor_.function();
    depth_ = editor_.newLocal(ValueType::I32);
    function.locals[depth_].inFrame = true;
    std::vector<bool> seen(function.blocks.size());
    std::vector<BlockId> work;
    auto visit = [&](BlockId block) {
      if (!seen[block]) work.push_back(block);
      seen[block] = true;
    };
    if (counts_) visit(entryPoll_.place);
    if (function.handler != kNone) {
      visit(function.handler);
      auto& statements = function.blocks[function.handler].statements;
      ENSURE(statements[0].kind == StmtKind::Call && statements[0].call->entry == abi::Entry::panicCatch);
      statements.insert(statements.begin() + 1, depthStore(counts_ ? depthInside() : editor_.get(depth_)));
    }
    while (counts_ && !work.empty()) {
      BlockId block = work.back();
      work.pop_back();
      const Terminator& t = function.blocks[block].terminator;
      if (t.kind == TerminatorKind::Return) editor_.append(block, depthStore(editor_.get(depth_)));
      for (BlockId to : t.targets) visit(to);
    }
  }

  Expr* depthInside() {
    Expr* charge = make_.i32(1);  // see fillInCharges
    use_.charges.push_back(charge);
    return make_.binary(Op::I32Sub, editor_.get(depth_), charge);
  }
  Stmt depthStore(Expr* value) {
    Stmt s = {};
    s.kind = StmtKind::Store, s.op = Op::I32Store, s.value = value;
    s.address = make_.worker(), s.offset = offsetof(abi::WorkerAbi, depthLeft);
    return s;
  }
  Stmt depthLoad() {
    Expr* value = make_.load(Op::I32Load, make_.worker(), offsetof(abi::WorkerAbi, depthLeft));
    return editor_.setStatement(depth_, value, {});
  }
  // Is it wanted, or is there no room left?
  Expr* wanted() { return make_.binary(Op::I32LtS, depthInside(), pollWord(make_)); }

  // In a function that counts: the site with results in the frame.
  uint32_t returnedNumber() const { return firstNumber_ + static_cast<uint32_t>(numbered_.size()); }
  void writeReturned(BlockId block) {
    LocalId record = editor_.newLocal(ValueType::I32);
    editor_.append(block, editor_.entryCall(abi::Entry::stackReturn, nullptr, record));
    BlockId panicked = editor_.newBlock(), give = editor_.newBlock();
    editor_.branch(block, make_.isZero(editor_.get(record)), give, panicked);
    editor_.append(give, depthStore(editor_.get(depth_)));
    std::vector<Expr*> values;
    for (ValueType type : resultTypes()) {
      constexpr Op kLoads[] = {Op::I32Load, Op::I64Load, Op::F32Load, Op::F64Load};
      values.push_back(make_.load(kLoads[static_cast<size_t>(type)], editor_.get(state_.frame),
                                  static_cast<uint32_t>(8 * values.size())));
    }
    editor_.returnValues(give, values);
    Terminator& end = editor_.block(panicked).terminator;
    if (editor_.function().handler != kNone) {
      Expr* value = editor_.get(record);
      end.kind = TerminatorKind::Rethrow;
      end.values = editor_.module().arena.copy(std::span<Expr* const>(&value, 1));
    } else {
      end.kind = TerminatorKind::Unreachable;
      editor_.append(panicked, editor_.entryCall(abi::Entry::panicRethrow, editor_.get(record), kNone));
    }
  }

  // -------------------------------------------------------------------------------------------------- writing

  const std::vector<ValueType>& resultTypes() const {
    return editor_.module().signatures[editor_.function().signature].results;
  }

  ValueType typeOf(LocalId local) const { return editor_.function().locals[local].type; }

  static bool isWide(ValueType type) { return type == ValueType::I64 || type == ValueType::F64; }

  void layOutFrame() {
    std::stable_partition(saved_.begin(), saved_.end(), [&](LocalId local) { return isWide(typeOf(local)); });
    uint32_t at = 0;
    for (LocalId local : saved_) {
      offsets_.push_back(at);
      at += isWide(typeOf(local)) ? 8 : 4;
    }
    if (counts_) at = std::max(at, static_cast<uint32_t>(8 * resultTypes().size()));
    frameBytes_ = ((at + 7) & ~7u) + 8;
  }

  // Sets `frame` to the frame stack's top. The stack's address stays in a local: engines read an imported global anew each time.
  void readTop(BlockId block) {
    editor_.set(block, state_.stack, editor_.frameStack());
    editor_.set(block, state_.frame, make_.load(Op::I32Load, editor_.get(state_.stack), offsetof(abi::FrameStack, top)));
  }
  Expr* isRunning() { return make_.isZero(editor_.switchState()); }
  bool manySites() const { return numbered_.size() + counts_ > 1; }

  void writeUnwind() {
    unwind_ = editor_.newBlock();
    BlockId push = editor_.newBlock(), full = editor_.newBlock();
    LocalId frame = state_.frame;
    readTop(unwind_);
    auto size = make_.i32(static_cast<int32_t>(frameBytes_));
    auto limit = make_.load(Op::I32Load, editor_.get(state_.stack), offsetof(abi::FrameStack, limit));
    editor_.branch(unwind_, make_.binary(Op::I32LeU, make_.add(editor_.get(frame), size), limit), push, full);
    editor_.append(full, editor_.entryCall(abi::Entry::frameRoom, make_.i32(static_cast<int32_t>(frameBytes_)), frame));
    editor_.jump(full, push);

    for (size_t i = 0; i < saved_.size(); i++) {
      constexpr Op kStores[] = {Op::I32Store, Op::I64Store, Op::F32Store, Op::F64Store};
      Op op = kStores[static_cast<size_t>(typeOf(saved_[i]))];
      editor_.store(push, op, editor_.get(frame), offsets_[i], editor_.get(saved_[i]));
    }
    Expr* number = make_.i32(static_cast<int32_t>(firstNumber_));
    if (manySites()) number = make_.add(editor_.get(state_.left), make_.i32(static_cast<int32_t>(firstNumber_ - 1)));
    editor_.store(push, Op::I64Store, editor_.get(frame), frameBytes_ - 8, make_.unary(Op::I64ExtendI32U, number));
    editor_.store(push, Op::I32Store, editor_.get(state_.stack), offsetof(abi::FrameStack, top),
                  make_.add(editor_.get(frame), make_.i32(static_cast<int32_t>(frameBytes_))));
    std::vector<Expr*> zeros;
    for (ValueType type : resultTypes()) zeros.push_back(make_.zero(type));
    editor_.returnValues(push, zeros);
  }

  // After the call: on, or unwinding.
  void endSite(BlockId block, const SiteBlock& site) {
    if (manySites()) editor_.set(block, state_.left, make_.i32(static_cast<int32_t>(site.number)), site.pos);
    editor_.branch(block, isRunning(), site.after, unwind_, site.pos);
  }
  void finishSite(const SiteBlock& site) { endSite(site.block, site); }

  // Ends `block`, which is on the way of rewinding only: leads on to the site with the number in `left`.
  void dispatch(BlockId block, const Hub& hub) {
    std::vector<BlockId> targets;
    for (const Hub::Item& item : hub.items) {
      if (item.isHub) {
        const Hub& inner = hubs_[item.index];
        BlockId on = editor_.newBlock();
        editor_.set(on, state_.resuming, manySites() ? editor_.get(state_.left) : make_.i32(1));
        editor_.jump(on, inner.head);
        editor_.block(on).terminator.resumes = true;
        targets.insert(targets.end(), inner.endSite - inner.firstSite, on);
      } else if (const SiteBlock& site = sites_[item.index]; site.latchPoll) {
        BlockId copy = editor_.newBlock();
        editor_.call(copy, abi::Entry::poll, site.pos, site.inlined);
        endSite(copy, site);
        targets.push_back(copy);
      } else {
        targets.push_back(site.block);
      }
    }
    editor_.switchOn(block, state_.left, targets, hub.firstSite, true);
  }

  void writeHub(const Hub& hub) {
    BlockId start = editor_.newBlock();
    if (manySites()) editor_.set(start, state_.left, editor_.get(state_.resuming));
    editor_.set(start, state_.resuming, make_.i32(0));
    dispatch(start, hub);
    Expr* resuming = editor_.get(state_.resuming);
    if (pollsAtHead_[hub.head]) {
      BlockId body = editor_.block(hub.head).terminator.targets[0],
              poll = editor_.block(hub.head).terminator.targets[1];
      BlockId wanted = editor_.newBlock();
      editor_.branch(wanted, make_.isZero(resuming), poll, start);
      Expr* either = make_.binary(Op::I32Or, pollWord(make_), editor_.get(state_.resuming));
      editor_.branch(hub.head, make_.isZero(either), body, wanted);
    } else {
      BlockId body = editor_.moveContents(hub.head);
      editor_.branch(hub.head, make_.isZero(resuming), body, start);
    }
  }

  void writeEntry() {
    BlockId restore = editor_.newBlock();
    LocalId frame = state_.frame;
    bool countsAtOnce = counts_ && entryPoll_.place == beginning_;
    if (counts_ && !countsAtOnce) editor_.append(restore, depthStore(depthInside()));
    Expr* size = make_.i32(static_cast<int32_t>(frameBytes_));
    readTop(restore);
    editor_.set(restore, frame, make_.binary(Op::I32Sub, editor_.get(frame), size));
    editor_.store(restore, Op::I32Store, editor_.get(state_.stack), offsetof(abi::FrameStack, top), editor_.get(frame));
    if (manySites()) {
      Expr* number = make_.load(Op::I32Load, editor_.get(frame), frameBytes_ - 8);
      editor_.set(restore, state_.left,
                  make_.binary(Op::I32Sub, number, make_.i32(static_cast<int32_t>(firstNumber_ - 1))));
    }
    if (counts_) {
      BlockId returned = editor_.newBlock(), left = editor_.newBlock();
      auto most = make_.i32(static_cast<int32_t>(numbered_.size()));
      editor_.branch(restore, make_.binary(Op::I32LeU, editor_.get(state_.left), most), left, returned);
      writeReturned(returned);
      restoreFrom(left);
    } else {
      restoreFrom(restore);
    }

    if (countsAtOnce) {
      BlockId either = editor_.newBlock();
      editor_.branch(either, isRunning(), entryPoll_.wanted, restore);
      editor_.append(beginning_, depthLoad());
      editor_.append(beginning_, depthStore(depthInside()));
      Expr* neither = make_.isZero(make_.binary(Op::I32Or, wanted(), editor_.switchState()));
      editor_.branch(beginning_, neither, entryPoll_.body, either);
      return;
    }
    if (counts_) {
      editor_.append(entryPoll_.place, depthStore(depthInside()));
      editor_.branch(entryPoll_.place, make_.isZero(wanted()), entryPoll_.body, entryPoll_.wanted);
    }
    BlockId body = editor_.moveContents(beginning_);
    if (depth_ != kNone) editor_.append(beginning_, depthLoad());
    editor_.branch(beginning_, isRunning(), body, restore);
  }

  // Puts the locals back, and leads on.
  void restoreFrom(BlockId block) {
    for (size_t i = 0; i < saved_.size(); i++) {
      constexpr Op kLoads[] = {Op::I32Load, Op::I64Load, Op::F32Load, Op::F64Load};
      Op op = kLoads[static_cast<size_t>(typeOf(saved_[i]))];
      editor_.set(block, saved_[i], make_.load(op, editor_.get(state_.frame), offsets_[i]));
    }
    dispatch(block, hubs_[0]);
  }

  Editor& editor_;
  ir::Make& make_;
  FunctionId id_;
  const Calls& calls_;
  const Polls& polls_;
  uint32_t firstNumber_;
  FrameUse& use_;
  const bool counts_;       // how deep the stack is
  LocalId depth_ = kNone;   // what depthLeft was where the function was entered
  std::vector<bool> pollsAtHead_;  // by block

  std::vector<SiteBlock> sites_;
  std::vector<uint32_t> numbered_;  // index in sites_, by number
  std::vector<Hub> hubs_;
  BlockId beginning_ = 0;
  EntryPoll entryPoll_;
  std::vector<LocalId> saved_;
  std::vector<uint32_t> offsets_;  // in the frame, of saved_
  uint32_t frameBytes_ = 0;
  struct {
    LocalId left;      // number of the site, in the function, from 1; read soon after it is set
    LocalId resuming;  // not 0: a loop's head is to dispatch on it
    LocalId frame;     // address of a frame being written or read
    LocalId stack;     // address of the frame stack then
  } state_ = {};
  BlockId unwind_ = kNone;
};

}  // namespace

void suspend(Editor& editor, FunctionId function, const Calls& calls, const Polls& polls, uint32_t firstSite,
             std::vector<Site>& sites, FrameUse& use) {
  Suspender(editor, function, calls, polls, firstSite + static_cast<uint32_t>(sites.size()), use).run(sites);
}

}  // namespace millrace::lower
