// Inlining.
//
// Callees are done before callers, so a body that is copied is as it will stay, and its size is known. A function that
// can reach itself again through other functions is never copied; one that calls itself directly is copied into itself,
// as it was before, a few levels deep: most calls and frames go, and with them polls, tests of the state, the count of
// the depth and the engine's own stack checks.
//
// Parameters and results become sets. Locals that the callee reads before it sets them are 0 there: a set says so, as
// the place may be in a loop.
#include "wasm/lower/inline.h"

#include <memory>

#include "wasm/ir/graph.h"
#include "wasm/ir/live.h"
#include "wasm/ir/walk.h"
#include "wasm/lower/components.h"
#include "wasm/lower/editor.h"
#include "wasm/lower/simplify.h"

namespace millrace::lower {
namespace {

using ir::Call;
using ir::CalleeKind;
using ir::Inlining;

// Sizes are nodes of expressions and statements: about as many as there will be instructions.
constexpr size_t kSmall = 40;          // a callee without calls
constexpr size_t kSmallCalls = 25;     // a callee with calls: less of the cost is the call's own
constexpr size_t kSmallSelf = 60;      // a function that is copied into itself,
constexpr size_t kMostSelfLevels = 3;  // so many times within each other,
constexpr size_t kLargestSelf = 450;   // as long as it stays within this size
constexpr size_t kLargest = 5000;      // nothing is put into functions larger than this
constexpr size_t kMostInlinings = 24;   // a body that is made of more is not copied: a chain of n would keep n * n of them

// What copying a function needs to know.
struct Body {
  const ir::Function* function;
  FunctionId id;
  std::vector<LocalId> zeroed;  // locals read before they are set
};

size_t sizeOf(const Function& function) {
  size_t size = 0;
  auto count = [&](Expr*& root) { ir::forEachNode(const_cast<const Expr*>(root), [&](const Expr*) { size++; }); };
  for (const Block& block : function.blocks) {
    for (const Stmt& s : block.statements) {
      size++;
      ir::forEachOperand(s, count);
    }
    ir::forEachOperand(block.terminator, count);
    if (block.terminator.kind != TerminatorKind::Unreachable) size++;
  }
  return size;
}

class Copier {
 public:
  Copier(Editor& editor, const Body& body) : editor_(editor), arena_(editor.module().arena), body_(body) {}

  // Replaces statement `at` of `block`, a call of the body's function. Returns the block in which what came after it
  // goes on.
  BlockId copyInto(BlockId block, size_t at) {
    Function& caller = editor_.function();
    const Function& callee = *body_.function;
    const Stmt call = caller.blocks[block].statements[at];
    BlockId after = editor_.newBlock();
    {
      auto& statements = caller.blocks[block].statements;
      Block& rest = caller.blocks[after];
      rest.statements.assign(statements.begin() + static_cast<std::ptrdiff_t>(at) + 1, statements.end());
      std::swap(rest.terminator, caller.blocks[block].terminator);
      statements.resize(at);
    }
    inlining_ = static_cast<uint32_t>(caller.inlinings.size());
    caller.inlinings.push_back({body_.id, call.pos, call.inlined});
    for (const Inlining& inner : callee.inlinings) {
      caller.inlinings.push_back(
          {inner.callee, inner.pos, inlinedAs(inner.caller)});
    }
    firstLocal_ = static_cast<LocalId>(caller.locals.size());
    caller.locals.insert(caller.locals.end(), callee.locals.begin(), callee.locals.end());
    firstBlock_ = static_cast<BlockId>(caller.blocks.size());
    caller.blocks.resize(caller.blocks.size() + callee.blocks.size());

    for (size_t i = 0; i < call.call->arguments.size(); i++) {
      append(block, firstLocal_ + static_cast<LocalId>(i), call.call->arguments[i], call);
    }
    for (LocalId local : body_.zeroed)
      append(block, firstLocal_ + local, editor_.make().zero(callee.locals[local].type), call);
    editor_.jump(block, firstBlock_, call.pos);
    for (BlockId b = 0; b < callee.blocks.size(); b++) copyBlock(callee.blocks[b], firstBlock_ + b, call, after);
    return after;
  }

 private:
  void append(BlockId block, LocalId local, Expr* value, const Stmt& origin) {
    Stmt s = editor_.setStatement(local, value, origin.pos);
    s.inlined = origin.inlined;
    editor_.append(block, s);
  }

  void copyBlock(const Block& from, BlockId to, const Stmt& call, BlockId after) {
    for (const Stmt& s : from.statements) editor_.append(to, copy(s));
    Terminator t = from.terminator;
    if (t.kind == TerminatorKind::Return) {
      // The values are the callee's locals, the results the caller's: they do not touch each other.
      for (size_t i = 0; i < t.values.size(); i++) {
        LocalId result = call.call->results[i];
        if (result != kNone) append(to, result, copy(t.values[i]), call);
      }
      return editor_.jump(to, after, call.pos);
    }
    t.inlined = inlinedAs(t.inlined);
    if (t.value != nullptr) t.value = copy(t.value);
    t.targets = arena_.copy(std::span<const BlockId>(t.targets));
    for (BlockId& target : t.targets) target += firstBlock_;
    editor_.block(to).terminator = t;
  }

  // What an index in the callee's inlinings is in the caller's.
  uint32_t inlinedAs(uint32_t index) const { return index == kNone ? inlining_ : inlining_ + 1 + index; }

  Expr* copy(const Expr* e) {
    if (e == nullptr) return nullptr;
    auto* made = arena_.make<Expr>(*e);
    if (e->kind == ir::ExprKind::Local) made->offset += firstLocal_;
    made->a = copy(e->a), made->b = copy(e->b), made->c = copy(e->c);
    return made;
  }

  Stmt copy(const Stmt& s) {
    Stmt made = s;
    made.inlined = inlinedAs(s.inlined);
    made.address = copy(s.address), made.value = copy(s.value), made.size = copy(s.size);
    if (s.call != nullptr) {
      made.call = arena_.make<Call>(*s.call);
      made.call->tableIndex = copy(s.call->tableIndex);
      made.call->arguments = arena_.copy(std::span<Expr* const>(s.call->arguments));
      for (Expr*& argument : made.call->arguments) argument = copy(argument);
      made.call->results = arena_.copy(std::span<const LocalId>(s.call->results));
    }
    ir::forEachSet(made, [&](LocalId& local) { local += firstLocal_; });
    return made;
  }

  Editor& editor_;
  Arena& arena_;
  const Body& body_;
  uint32_t inlining_ = 0;
  LocalId firstLocal_ = 0;
  BlockId firstBlock_ = 0;
};

class Inliner {
 public:
  explicit Inliner(Module& module)
      : module_(module), facts_(module.functions.size()), bodies_(module.functions.size()) {}

  void run() {
    std::vector<std::vector<FunctionId>> callees(module_.functions.size());
    std::vector<FunctionId> all;
    for (FunctionId id = 0; id < callees.size(); id++) {
      all.push_back(id);
      measure(id, &callees[id]);
    }
    Components components;
    components.resize(all.size());
    components.find(
        all, [&](FunctionId id) -> const auto& { return callees[id]; },
        [&](const std::vector<FunctionId>& members, bool cyclic) {
          for (FunctionId id : members) {
            facts_[id].recursive = cyclic;
            if (!module_.functions[id]->imported) visit(id, cyclic && members.size() == 1);
          }
        });
  }

 private:
  struct Facts {
    size_t size = 0;
    uint32_t calls = 0;     // of any kind
    uint32_t selfCalls = 0;
    bool recursive = true;  // or not visited yet
  };

  void measure(FunctionId id, std::vector<FunctionId>* callees) {
    const Function& function = *module_.functions[id];
    facts_[id].size = sizeOf(function);
    facts_[id].calls = facts_[id].selfCalls = 0;
    for (const Block& block : function.blocks) {
      for (const Stmt& s : block.statements) {
        facts_[id].calls += s.kind == StmtKind::Call;
        bool direct = s.call != nullptr && s.call->callee == CalleeKind::Function;
        facts_[id].selfCalls += direct && s.call->function == id;
        if (direct && callees != nullptr) callees->push_back(s.call->function);
      }
    }
  }

  // Calls of this function are put in as others are.
  bool isInlinable(const Function& function) const {
    return !function.imported && function.handler == kNone && (function.flags & ir::kNoInline) == 0;
  }

  bool isWorthIt(FunctionId callee, const Function& caller) const {
    const Function& function = *module_.functions[callee];
    const Facts& facts = facts_[callee];
    if (!isInlinable(function) || facts.recursive || function.inlinings.size() > kMostInlinings) return false;
    if (facts.size > (facts.calls == 0 ? kSmall : kSmallCalls)) return false;
    // Its loops must stay without polls.
    return (function.flags & ir::kNoPoll) == 0 || (caller.flags & ir::kNoPoll) != 0;
  }

  const Body& bodyOf(FunctionId id) {
    if (!bodies_[id]) bodies_[id] = std::make_unique<Body>(describe(*module_.functions[id], id));
    return *bodies_[id];
  }
  Body describe(const Function& function, FunctionId id) const {
    Body body = {&function, id, {}};
    size_t parameters = module_.signatures[function.signature].parameters.size();
    ir::Graph graph(function);
    const ir::Liveness liveness(function, graph, parameters);
    for (auto local = static_cast<LocalId>(parameters); local < function.locals.size(); local++) {
      if (liveness.range(local).first == 0) body.zeroed.push_back(local);
    }
    return body;
  }

  void visit(FunctionId id, bool callsItself) {
    Function& function = *module_.functions[id];
    Editor editor(module_, function);
    size_t size = facts_[id].size;
    bool changed = putIn(editor, [&](const Call& call) -> const Body* {
      if (call.function == id || !isWorthIt(call.function, function)) return nullptr;
      if (size + facts_[call.function].size > kLargest) return nullptr;
      size += facts_[call.function].size;
      return &bodyOf(call.function);
    });
    if (changed) simplify(editor);
    if (callsItself && isInlinable(function)) changed |= putIntoItself(editor, id);
    if (changed) measure(id, nullptr);
  }

  bool putIntoItself(Editor& editor, FunctionId id) {
    measure(id, nullptr);
    size_t size = facts_[id].size;
    if (size > kSmallSelf) return false;
    const Function before = editor.function();
    Body body = describe(before, id);
    bool changed = false;
    for (size_t level = 0; level < kMostSelfLevels; level++) {
      if (facts_[id].size + facts_[id].selfCalls * size > kLargestSelf) break;
      changed |= putIn(editor, [&](const Call& call) { return call.function == id ? &body : nullptr; });
      measure(id, nullptr);
    }
    if (changed) simplify(editor);  // not before: it changes expressions that `before` shares
    return changed;
  }

  // Replaces the direct calls for which `choose` gives a body. What is put in is not looked at again.
  template <typename Choose>
  bool putIn(Editor& editor, Choose choose) {
    bool changed = false;
    size_t blocks = editor.function().blocks.size();
    for (BlockId first = 0; first < blocks; first++) {
      BlockId block = first;
      for (size_t i = 0; i < editor.block(block).statements.size(); i++) {
        const Stmt& s = editor.block(block).statements[i];
        if (s.kind != StmtKind::Call || s.call->callee != CalleeKind::Function) continue;
        const Body* body = choose(*s.call);
        if (body == nullptr) continue;
        block = Copier(editor, *body).copyInto(block, i);
        i = ~size_t{0};
        changed = true;
      }
    }
    return changed;
  }

  Module& module_;
  std::vector<Facts> facts_;
  std::vector<std::unique_ptr<Body>> bodies_;
};

}  // namespace

void inlineCalls(Module& module) { Inliner(module).run(); }

}  // namespace millrace::lower
