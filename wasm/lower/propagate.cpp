// A walk down the dominator tree that carries what is known:
//
//  - of locals: that one is a constant or a copy of another, and bounds of its value;
//  - of conditions: those that branches and checks have decided on the way. They decide later ones: the same, and for
//    `i < len(s)` with an i that is not negative, the bounds check of s[i];
//  - of expressions: which local holds what an expression comes to, and which locals hold the same;
//  - of memory: which local holds what was last read from or written to an address;
//  - which function a closure made here calls.
//
// What is known of a local holds until it is set again. A local that is set in one place only (a parameter: never) is
// *stable*: the one set dominates whatever is said about it further down. Others have *versions*: a new one where they
// are set, and where ways meet on which they were set differently (see Versions). Memory has versions likewise. Leaving
// a subtree of the dominator tree forgets what was learnt in it.
//
// Every version of a local has the *number* of its value; what is computed alike from equal numbers has the same one.
// What is known of conditions is known by numbers.
//
// A load may be taken for an earlier one with no store or call in between, but never for one outside of the loop it is
// in: other goroutines write to memory, and what waits for that must see it.
#include "wasm/lower/propagate.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>

#include "wasm/ir/graph.h"
#include "wasm/ir/walk.h"
#include "wasm/lower/conditions.h"
#include "wasm/lower/induction.h"
#include "wasm/lower/versions.h"

namespace millrace::lower {

using ir::ExprKind;

namespace {

constexpr uint64_t kMost32 = 0xFFFFFFFF, kMostSigned32 = 0x7FFFFFFF, kMostSigned64 = ~uint64_t{0} >> 1;

// Bounds of an integer: of its bits taken as unsigned, and if it is known not to be negative, from below.
struct Bounds {
  uint64_t most = ~uint64_t{0};
  int64_t least = -1;  // -1: may be negative
};

Bounds boundsOfConstant(const Expr* e) {
  int64_t number = e->type == ValueType::I32 ? static_cast<int32_t>(e->bits) : static_cast<int64_t>(e->bits);
  return {e->bits, std::max<int64_t>(number, -1)};
}

uint64_t mostSigned(ValueType type) { return type == ValueType::I32 ? kMostSigned32 : kMostSigned64; }

// What describes an expression, to be found again.
class Key {
 public:
  void add(uint64_t value) {
    text_.push_back(static_cast<char32_t>(value));
    text_.push_back(static_cast<char32_t>(value >> 32));
  }
  std::u32string take() { return std::move(text_); }

 private:
  std::u32string text_;
};

// A map whose entries are forgotten in the order opposite to that in which they came.
template <typename Value>
class Scoped {
 public:
  const Value* find(const std::u32string& key) const {
    auto at = map_.find(key);
    return at == map_.end() ? nullptr : &at->second;
  }
  // An entry that is there already stays as it is, unless `replace`.
  void insert(std::u32string key, const Value& value, bool replace = false) {
    auto [at, isNew] = map_.try_emplace(std::move(key), value);
    if (isNew) {
      added_.push_back({&*at, std::nullopt});
    } else if (replace) {
      added_.push_back({&*at, at->second});
      at->second = value;
    }
  }
  size_t mark() const { return added_.size(); }
  void forget(size_t mark) {
    while (added_.size() > mark) {
      Added last = std::move(added_.back());
      added_.pop_back();
      if (last.before) last.entry->second = *last.before;
      else map_.erase(map_.find(last.entry->first));
    }
  }

 private:
  using Map = std::unordered_map<std::u32string, Value>;
  struct Added {
    typename Map::value_type* entry;
    std::optional<Value> before;
  };
  Map map_;
  std::vector<Added> added_;
};

class Propagator {
 public:
  explicit Propagator(Editor& editor)
      : editor_(editor),
        function_(editor.function()),
        graph_(function_),
        versions_(function_, graph_, editor.parameterCount()),
        counters_(findCounters(function_, graph_, versions_, editor.parameterCount())),
        locals_(function_.locals.size()) {
    for (LocalId local = 0; local < locals_.size(); local++) {
      bool isParameter = local < editor.parameterCount();
      locals_[local].isStable = versions_.setCount(local) + isParameter == 1;
      locals_[local].isSet = isParameter;
      locals_[local].number = ++newest_;
    }
  }

  void run() {
    // Children in the dominator tree, in order.
    std::vector<BlockId> first(function_.blocks.size(), kNone), next(function_.blocks.size(), kNone);
    for (size_t i = graph_.order.size(); i-- > 1;) {
      BlockId block = graph_.order[i], above = graph_.dominator[block];
      next[block] = first[above];
      first[above] = block;
    }
    struct Frame {
      BlockId block, child;
      Scope before;
      uint32_t opaque, memory, calls;  // as they are at the block's end
    };
    std::vector<Frame> stack;
    auto enter = [&](BlockId block) {
      Scope before = scope();
      begin(block);
      visit(function_.blocks[block]);
      stack.push_back({block, first[block], before, opaque_, memory_, calls_});
    };
    enter(0);
    while (!stack.empty()) {
      Frame& frame = stack.back();
      opaque_ = frame.opaque, memory_ = frame.memory, calls_ = frame.calls;
      if (frame.child != kNone) {
        BlockId child = frame.child;
        frame.child = next[child];
        enter(child);
        continue;
      }
      forget(frame.before);
      stack.pop_back();
    }
  }

 private:
  // What is known of a local.
  struct Local {
    bool isStable = false;
    bool isSet = false;     // stable ones: the set has been passed
    uint32_t version = 0;   // others
    uint32_t number = 0;    // of the value
    Bounds bounds;          // of this version
    Expr* value = nullptr;  // a constant or local that it is a copy of, that one at:
    uint32_t valueVersion = 0;
  };
  struct Computed {
    uint32_t number;
    LocalId local;  // holds it
    uint32_t version, calls;
  };
  struct Held {  // what memory holds
    Expr* value;
    uint32_t version;
  };

  // ------------------------------------------------------------------------------------------------------ scopes

  struct Scope {
    size_t locals, conditions, computed, loads, words;
  };
  Scope scope() const { return {undo_.size(), conditions_.mark(), computed_.mark(), loads_.mark(), words_.mark()}; }
  void forget(const Scope& to) {
    while (undo_.size() > to.locals) {
      locals_[undo_.back().first] = undo_.back().second;
      undo_.pop_back();
    }
    conditions_.forget(to.conditions);
    computed_.forget(to.computed);
    loads_.forget(to.loads);
    words_.forget(to.words);
  }
  void change(LocalId local, const Local& to) {
    undo_.push_back({local, locals_[local]});
    locals_[local] = to;
  }

  // What holds at the block's beginning.
  void begin(BlockId block) {
    block_ = block;
    if (versions_.memoryChangesAt(block)) memory_ = calls_ = ++newest_;
    if (versions_.isOpaque(block)) {
      opaque_ = ++newest_;
      return;
    }
    for (LocalId local : versions_.changedAt(block)) {
      Local changed;
      changed.version = changed.number = ++newest_;
      changed.bounds.least = leastCount(local);
      change(local, changed);
    }
    if (graph_.predecessors(block).size() != 1) return;
    EdgeCondition edge = edgeCondition(function_, graph_.dominator[block], block);
    if (edge.value != nullptr) learn(edge.value, edge.isNotZero);
  }

  // ------------------------------------------------------------------------------------------------------ locals

  uint32_t versionOf(LocalId id) const {
    return locals_[id].isStable ? 0 : std::max(locals_[id].version, opaque_);
  }
  bool isCurrent(const Local& local) const { return local.isStable || local.version >= opaque_; }
  // Does naming it now and further down mean the same, as long as the version does not change?
  bool isMeaningful(LocalId id) const { return !locals_[id].isStable || locals_[id].isSet; }

  Expr* knownValue(LocalId id) const {
    const Local& local = locals_[id];
    if (local.value == nullptr || !isCurrent(local)) return nullptr;
    if (local.value->kind == ExprKind::Local && versionOf(local.value->offset) != local.valueVersion) return nullptr;
    return local.value;
  }

  void replaceIn(Expr*& root) {
    bool constants = false;
    ir::forEachNode(root, [&](Expr*& e) {
      if (e->kind != ExprKind::Local) return;
      const Expr* known = knownValue(e->offset);
      if (known == nullptr) return;
      *e = *known;
      constants |= known->kind == ExprKind::Const;
    });
    if (constants) root = fold(root);
  }

  Expr* fold(Expr* e) {
    if (e->a != nullptr) e->a = fold(e->a);
    if (e->b != nullptr) e->b = fold(e->b);
    if (e->c != nullptr) e->c = fold(e->c);
    switch (e->kind) {
      case ExprKind::Unary: return editor_.make().unary(e->op, e->a);
      case ExprKind::Binary: 
        return isObject(e) ? editor_.make().inObject(e->a, e->b) : editor_.make().binary(e->op, e->a, e->b);
      case ExprKind::Select: return editor_.make().select(e->c, e->a, e->b);
      default: return e;
    }
  }

  int64_t leastCount(LocalId id) const {
    const Counter& counter = counters_[id];
    return counter.least >= 0 && graph_.dominates(counter.beginning, block_) ? counter.least : -1;
  }

  // `number`: of the value, if it is known.
  void noteSet(LocalId id, Expr* value, uint32_t number = 0) {
    Local local;
    local.isStable = locals_[id].isStable;
    local.isSet = true;
    local.version = local.number = ++newest_;
    if (value != nullptr) {
      local.bounds = boundsOf(value);
      bool isLocal = value->kind == ExprKind::Local;
      // A stable local that is read before its set is passed is still 0, which must not be taken for what it gets.
      if (value->kind == ExprKind::Const || (isLocal && value->offset != id && isMeaningful(value->offset))) {
        local.value = value;
        local.valueVersion = isLocal ? versionOf(value->offset) : 0;
        if (isLocal && isCurrent(locals_[value->offset])) local.number = locals_[value->offset].number;
      }
    }
    if (number != 0) local.number = number;
    if (local.bounds.least < 0) local.bounds.least = leastCount(id);
    change(id, local);
  }

  // ------------------------------------------------------------------------------------------------------ bounds

  Bounds boundsOf(const Expr* e, int depth = 0) const {
    Bounds bounds = bitBounds(e, depth);
    uint64_t limit = e->type == ValueType::I32 ? kMost32 : ~uint64_t{0};
    bounds.most = std::min(bounds.most, limit);
    if (bounds.most <= mostSigned(e->type)) bounds.least = std::max<int64_t>(bounds.least, 0);
    if (bounds.least >= 0) bounds.most = std::min(bounds.most, mostSigned(e->type));
    return bounds;
  }
  Bounds bitBounds(const Expr* e, int depth) const {
    constexpr int kDeepest = 4;
    if (depth == kDeepest) return {};
    auto a = [&] { return boundsOf(e->a, depth + 1); };
    auto b = [&] { return boundsOf(e->b, depth + 1); };
    bool hasConstant = e->kind == ExprKind::Binary && e->b->kind == ExprKind::Const;
    uint64_t by = hasConstant ? e->b->bits : 0;
    switch (e->kind) {
      case ExprKind::Const: return boundsOfConstant(e);
      case ExprKind::Local:
        if (isCurrent(locals_[e->offset]) && isMeaningful(e->offset)) return locals_[e->offset].bounds;
        return {};
      case ExprKind::Select: return {std::max(a().most, b().most), std::min(a().least, b().least)};
      default: break;
    }
    switch (e->op) {
      case Op::I32Load8U:
      case Op::I64Load8U: return {0xFF};
      case Op::I32Load16U:
      case Op::I64Load16U: return {0xFFFF};
      case Op::I64Load32U: return {kMost32};
      case Op::I64ExtendI32U: return {std::min(a().most, kMost32)};
      case Op::I64ExtendI32S: {
        Bounds of = a();
        return of.least >= 0 ? of : Bounds{};
      }
      case Op::I32WrapI64: {
        Bounds of = a();
        return of.most <= kMost32 ? Bounds{of.most} : Bounds{};
      }
      case Op::I32And:
      case Op::I64And: return {std::min(a().most, b().most)};
      case Op::I32ShrU: return {std::min(a().most, kMost32) >> (by & 31)};
      case Op::I64ShrU: return {a().most >> (by & 63)};
      case Op::I32RemU:
      case Op::I64RemU: return by != 0 ? Bounds{by - 1} : Bounds{};
      case Op::I32RemS:
      case Op::I64RemS:
        return by != 0 && by <= mostSigned(e->type) && a().least >= 0 ? Bounds{by - 1} : Bounds{};
      case Op::I32Add:
      case Op::I64Add: {
        Bounds x = a(), y = b();
        bool fits = x.most <= mostSigned(e->type) && y.most <= mostSigned(e->type) - x.most;
        return fits ? Bounds{x.most + y.most, x.least + y.least} : Bounds{};
      }
      default: return ir::isComparison(e->op) ? Bounds{1} : Bounds{};
    }
  }

  // -------------------------------------------------------------------------------------------------- conditions

  // False: its value depends on more than locals.
  bool addExpression(Key& key, const Expr* root) const {
    bool pure = true;
    ir::forEachNode(root, [&](const Expr* e) {
      key.add(static_cast<uint64_t>(e->kind) << 32 | static_cast<uint64_t>(e->op));
      switch (e->kind) {
        case ExprKind::Const: key.add(e->bits); break;
        case ExprKind::Local:
          if (isCurrent(locals_[e->offset])) key.add(locals_[e->offset].number);
          else key.add(static_cast<uint64_t>(opaque_) << 32 | e->offset);
          pure &= isMeaningful(e->offset);
          break;
        case ExprKind::Unary:
        case ExprKind::Binary:
        case ExprKind::Select: break;
        default: pure = false;
      }
    });
    return pure;
  }
  std::optional<std::u32string> keyOf(Op op, const Expr* a, const Expr* b) const {
    Key key;
    key.add(static_cast<uint64_t>(op));
    if (!addExpression(key, a) || (b != nullptr && !addExpression(key, b))) return std::nullopt;
    return key.take();
  }
  std::optional<bool> found(Op op, const Expr* a, const Expr* b) const {
    auto key = keyOf(op, a, b);
    const bool* known = key ? conditions_.find(*key) : nullptr;
    return known != nullptr ? std::optional(*known) : std::nullopt;
  }

  // Is the condition known to be true, or not to be?
  std::optional<bool> valueOf(const Expr* condition) const {
    Condition c = conditionOf(condition, true);
    auto known = truthOf(c);
    return known ? std::optional(*known == c.holds) : std::nullopt;
  }
  static bool isObject(const Expr* e) { return e->kind == ExprKind::Binary && e->bits == 1; }

  std::optional<bool> truthOf(const Condition& c) const {
    if (c.a->kind == ExprKind::Const && c.op == Op::None) return c.a->bits != 0;
    if (isObject(c.a)) return true;
    switch (c.op) {
      case Op::I64Eqz:
      case Op::None:
        if (Bounds x = boundsOf(c.a); x.most == 0) return c.op == Op::I64Eqz;
        else if (x.least > 0) return c.op == Op::None;
        break;
      case Op::I32LtU:
      case Op::I64LtU: {
        Bounds x = boundsOf(c.a), y = boundsOf(c.b);
        if (y.least > 0 && x.most < static_cast<uint64_t>(y.least)) return true;
        if (x.least >= 0 && static_cast<uint64_t>(x.least) >= y.most) return false;
        if (isBelow(c, x)) return true;
        break;
      }
      case Op::I32LtS:
      case Op::I64LtS: {
        Bounds x = boundsOf(c.a), y = boundsOf(c.b);
        if (x.least >= 0 && y.least >= 0) {
          if (x.most < static_cast<uint64_t>(y.least)) return true;
          if (static_cast<uint64_t>(x.least) >= y.most) return false;
        }
        bool negative = c.b->kind == ExprKind::Const && c.b->bits > mostSigned(c.b->type);
        if (x.least >= 0 && negative) return false;
        break;
      }
      default: break;
    }
    return found(c.op, c.a, c.b);
  }

  // Does a less-than of signed numbers decide one of unsigned ones? With i < n and i at least k, 0 <= i - k < n.
  bool isBelow(const Condition& c, const Bounds& a) const {
    Op isSigned = c.op == Op::I32LtU ? Op::I32LtS : Op::I64LtS;
    if (a.least >= 0 && found(isSigned, c.a, c.b) == true) return true;
    const Expr* e = c.a;
    if (e->kind != ExprKind::Binary || e->b->kind != ExprKind::Const) return false;
    int64_t by = e->type == ValueType::I32 ? static_cast<int32_t>(e->b->bits) : static_cast<int64_t>(e->b->bits);
    bool isSub = e->op == Op::I32Sub || e->op == Op::I64Sub;
    if (!isSub && e->op != Op::I32Add && e->op != Op::I64Add) return false;
    if (!isSub) by = -by;
    return by > 0 && boundsOf(e->a).least >= by && found(isSigned, e->a, c.b) == true;
  }

  void learn(const Expr* condition, bool isNotZero) {
    Condition c = conditionOf(condition, isNotZero);
    if (auto key = keyOf(c.op, c.a, c.b)) conditions_.insert(std::move(*key), c.holds);
    auto refine = [&](const Expr* e, auto how) {
      if (e->kind != ExprKind::Local || !isMeaningful(e->offset)) return;
      Local local = locals_[e->offset];
      if (!isCurrent(local)) {
        local = {};
        local.version = opaque_;
        local.number = ++newest_;
      }
      how(local);
      change(e->offset, local);
    };
    switch (c.op) {
      case Op::None:
      case Op::I64Eqz:
        if (c.holds == (c.op == Op::I64Eqz)) refine(c.a, [&](Local& x) { become(x, editor_.make().zero(c.a->type)); });
        break;
      case Op::I32Eq:
      case Op::I64Eq:
        if (c.holds && c.b->kind == ExprKind::Const) refine(c.a, [&](Local& x) { become(x, const_cast<Expr*>(c.b)); });
        break;
      case Op::I32LtU:
      case Op::I64LtU:
        if (Bounds y = boundsOf(c.b); c.holds && y.most > 0) {
          refine(c.a, [&](Local& x) { below(x, y.most, c.a->type); });
        }
        break;
      case Op::I32LtS:
      case Op::I64LtS: {
        Bounds x = boundsOf(c.a), y = boundsOf(c.b);
        uint64_t minusOne = c.a->type == ValueType::I32 ? kMost32 : ~uint64_t{0};
        bool isMinusOne = c.a->kind == ExprKind::Const && c.a->bits == minusOne;
        if (c.holds && x.least >= 0 && y.most > 0) refine(c.a, [&](Local& l) { below(l, y.most, c.a->type); });
        if (c.holds && x.least >= 0) refine(c.b, [&](Local& l) { atLeast(l, x.least + 1); });
        if (c.holds && isMinusOne) refine(c.b, [&](Local& l) { atLeast(l, 0); });
        if (!c.holds && y.least >= 0) refine(c.a, [&](Local& l) { atLeast(l, y.least); });
        break;
      }
      default: break;
    }
  }
  static void become(Local& local, Expr* constant) {
    local.value = constant;
    local.bounds = boundsOfConstant(constant);
  }
  static void below(Local& local, uint64_t limit, ValueType type) {
    local.bounds.most = std::min(local.bounds.most, limit - 1);
    if (local.bounds.most <= mostSigned(type)) local.bounds.least = std::max<int64_t>(local.bounds.least, 0);
  }
  static void atLeast(Local& local, int64_t limit) { local.bounds.least = std::max(local.bounds.least, limit); }

  // -------------------------------------------------------------------------------------------------- expressions

  // What `value`, which a local is about to be set to, has been found to be.
  struct Known {
    std::optional<std::u32string> key;  // of a computation
    uint32_t number = 0;
  };
  // Also replaces it by the local that holds the same. That must not have to live through a call for it: then it would
  // have to be kept in frames, and computing it again costs less.
  Known recognize(Expr*& value) {
    Known known;
    bool computes = value->a != nullptr && value->kind != ExprKind::Load;
    if (!computes) return known;
    known.key = keyOf(Op::None, value, nullptr);
    const Computed* same = known.key ? computed_.find(*known.key) : nullptr;
    if (same == nullptr) return known;
    known.number = same->number;
    if (same->calls == calls_ && versionOf(same->local) == same->version) value = editor_.get(same->local);
    return known;
  }
  void noteComputed(Known known, LocalId local) {
    if (!known.key) return;
    computed_.insert(std::move(*known.key), {locals_[local].number, local, versionOf(local), calls_}, true);
  }

  // ------------------------------------------------------------------------------------------------------ memory

  // Of a load of all of a local's width from an address that is a local or constant.
  std::optional<std::u32string> loadKey(Op op, const Expr* address, uint32_t offset) const {
    if (!ir::Make::isTrivial(address)) return std::nullopt;
    Key key;
    key.add(static_cast<uint64_t>(op) << 32 | offset);
    key.add(memory_);
    if (!addExpression(key, address)) return std::nullopt;
    return key.take();
  }
  void hold(std::optional<std::u32string> key, Expr* value) {
    bool isLocal = value->kind == ExprKind::Local;
    if (!key || (isLocal && !isMeaningful(value->offset))) return;
    loads_.insert(std::move(*key), {value, isLocal ? versionOf(value->offset) : 0}, true);
  }
  Expr* held(const std::optional<std::u32string>& key) const {
    const Held* held = key ? loads_.find(*key) : nullptr;
    if (held == nullptr) return nullptr;
    if (held->value->kind == ExprKind::Local && versionOf(held->value->offset) != held->version) return nullptr;
    return held->value;
  }

  void store(const Stmt& s) {
    memory_ = ++newest_;
    Expr* value = s.value;
    auto note = [&](Op load, Expr* v) {
      if (ir::Make::isTrivial(v)) hold(loadKey(load, s.address, s.offset), v);
    };
    switch (s.op) {
      case Op::I32Store: return note(Op::I32Load, value);
      case Op::F32Store: return note(Op::F32Load, value);
      case Op::F64Store: return note(Op::F64Load, value);
      case Op::I64Store: break;
      default: return;
    }
    note(Op::I64Load, value);
    // A pointer's slot.
    bool isPointer = value->kind == ExprKind::Unary && value->op == Op::I64ExtendI32U;
    if (isPointer) note(Op::I32Load, value->a);
    if (value->kind != ExprKind::Const) return;
    note(Op::I32Load, editor_.make().i32(static_cast<int32_t>(value->bits)));
    if (s.offset == 0) noteFunction(s.address, static_cast<uint32_t>(value->bits));
  }

  // A closure's first word never changes, and only closures are called through what their first word says: so what was
  // written to it is what a call through it will find, whatever else has been written meanwhile.
  //
  // Kept are the words of objects, and the locals that words were read into; the latter by an Op that tells them apart.
  static constexpr Op kWordAt = Op::None, kWord = Op::I32Load;

  void noteFunction(const Expr* closure, uint32_t word) {
    if (closure->kind != ExprKind::Local || !locals_[closure->offset].isStable) return;
    if (auto key = keyOf(kWordAt, closure, nullptr)) words_.insert(std::move(*key), word, true);
  }
  const uint32_t* wordOf(const Expr* e) const {
    bool isLoad = e->kind == ExprKind::Load && e->op == Op::I32Load && e->offset == 0;
    const Expr* local = isLoad ? e->a : e;
    if (local->kind != ExprKind::Local) return nullptr;
    auto key = keyOf(isLoad ? kWordAt : kWord, local, nullptr);
    return key ? words_.find(*key) : nullptr;
  }

  // Calls through the table whose function is known.
  void resolve(ir::Call& call) {
    const Expr* index = call.tableIndex;
    uint32_t word = static_cast<uint32_t>(index->bits);
    if (index->kind != ExprKind::Const) {
      const uint32_t* known = wordOf(index);
      if (known == nullptr) return;
      word = *known;
    }
    const Module& module = editor_.module();
    if (word - module.tableBase >= module.table.size()) return;
    FunctionId function = module.table[word - module.tableBase];
    if (module.functions[function]->signature != call.signature) return;
    call.callee = ir::CalleeKind::Function;
    call.function = function;
    call.tableIndex = nullptr;
  }

  // -------------------------------------------------------------------------------------------------- statements

  void visit(Block& block) {
    size_t kept = 0;
    for (size_t i = 0; i < block.statements.size(); i++) {
      Stmt& s = block.statements[i];
      ir::forEachOperand(s, [&](Expr*& root) { replaceIn(root); });
      if (!visit(s)) continue;
      if (kept != i) block.statements[kept] = s;
      kept++;
    }
    block.statements.resize(kept);
    Terminator& t = block.terminator;
    ir::forEachOperand(t, [&](Expr*& root) { replaceIn(root); });
    if (t.kind != TerminatorKind::Branch || t.value->kind == ExprKind::Const) return;
    if (auto known = valueOf(t.value)) t.value = editor_.make().i32(*known);
  }

  // False: it is not needed.
  bool visit(Stmt& s) {
    switch (s.kind) {
      case StmtKind::Check:
        if (valueOf(s.value) == false) return false;
        learn(s.value, false);
        return true;
      case StmtKind::Set: {
        if (s.value->kind == ExprKind::Local && s.value->offset == s.local) return false;
        std::optional<std::u32string> key;
        if (s.value->kind == ExprKind::Load) {
          key = loadKey(s.value->op, s.value->a, s.value->offset);
          if (Expr* before = held(key)) s.value = editor_.make().again(before), key.reset();
        }
        const uint32_t* word = s.value->kind == ExprKind::Load ? wordOf(s.value) : nullptr;
        Known known = recognize(s.value);
        bool isNotNil = isObject(s.value);
        noteSet(s.local, s.value, known.number);
        noteComputed(std::move(known), s.local);
        if (isNotNil) learn(editor_.get(s.local), true);
        if (word != nullptr) words_.insert(*keyOf(kWord, editor_.get(s.local), nullptr), *word, true);
        if (key) hold(std::move(key), editor_.get(s.local));
        return true;
      }
      case StmtKind::Store: store(s); return true;
      case StmtKind::Guard: return true;
      default: break;
    }
    memory_ = ++newest_;
    if (s.kind == StmtKind::Call) calls_ = memory_;
    if (s.kind == StmtKind::Call && s.call->callee == ir::CalleeKind::Table) resolve(*s.call);
    ir::forEachSet(s, [&](LocalId& local) { noteSet(local, nullptr); });
    bool makesObject = s.kind == StmtKind::Call && s.call->callee == ir::CalleeKind::Entry &&
                       s.call->entry == abi::Entry::newObject && s.call->results[0] != kNone;
    if (makesObject) learn(editor_.get(s.call->results[0]), true);
    return true;
  }

  Editor& editor_;
  Function& function_;
  ir::Graph graph_;
  Versions versions_;
  std::vector<Counter> counters_;
  std::vector<Local> locals_;
  BlockId block_ = 0;
  // Versions and numbers are never used again. opaque_: at which all locals that are not stable may have changed.
  // calls_: of the last call.
  uint32_t opaque_ = 0, memory_ = 0, calls_ = 0, newest_ = 0;
  std::vector<std::pair<LocalId, Local>> undo_;
  Scoped<bool> conditions_;
  Scoped<Computed> computed_;
  Scoped<Held> loads_;
  Scoped<uint32_t> words_;  // table indices: see noteFunction
};

}  // namespace

void propagate(Editor& editor) { Propagator(editor).run(); }

}  // namespace millrace::lower
