// Where each local variable must live, found before a function is built: which are captured by function literals, which
// have their address taken, which change after their declaration.
//
// The body of a range-over-func loop counts as a function literal: it becomes one.
#pragma once

#include <functional>
#include <unordered_map>
#include <vector>

#include "wasm/types/info.h"

namespace millrace::build {

struct VariableFacts {
  const syntax::Node* owner = nullptr;  // the innermost literal it is declared in; null: the function itself
  bool captured = false;                // used inside a literal within its owner
  bool addressed = false;               // its address, or that of a part, is taken
  bool reassigned = false;              // changed, as a whole or in part, other than by its declaration
};

// A captured variable that never changes afterwards is copied into the closure; others are shared through a box.
inline bool needsBox(const VariableFacts& facts) { return facts.addressed || (facts.captured && facts.reassigned); }

struct Captures {
  std::unordered_map<const types::Var*, VariableFacts> variables;
  // What a literal uses of its surroundings, in order of first use, what literals inside it use included.
  std::unordered_map<const syntax::Node*, std::vector<types::Var*>> ofLiteral;
};

// `typeOf` gives an expression's type with type parameters replaced.
using TypeOf = std::function<types::Type*(const syntax::Expr*)>;

// Facts about all variables declared in `root` (a FuncDecl, or the expression of a package-level initializer).
Captures findCaptures(const syntax::Node* root, const types::Info& info, const TypeOf& typeOf);

// Does the function call recover() itself, outside of literals in it? Does it defer? The bodies of range-over-func loops
// are its own in this.
struct BodyFacts {
  bool recovers = false, defers = false, defersInLoopBody = false;
};
BodyFacts factsOf(const syntax::BlockStmt* body, const types::Info& info, const TypeOf& typeOf);

// Is this a range loop over a function?
bool isRangeOverFunc(const syntax::ForStmt* loop, const TypeOf& typeOf);

}  // namespace millrace::build
