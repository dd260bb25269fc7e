// From text to tree. All of Go's syntax; all syntax errors, in the words of Go's compiler.
#pragma once

#include "runtime/base/arena.h"
#include "wasm/syntax/ast.h"
#include "wasm/syntax/diagnostic.h"

namespace millrace::syntax {

struct ParseContext {
  Arena& arena;
  SymbolTable& symbols;
  uint32_t& nextExprId;  // shared by the files of one package
  Reporter report;
  bool library = false;  // a file of the standard library: allowed the directives that are only for it
};

// Parses `source` and records its lines in it. Never null. After errors the tree holds BadExpr where nothing could be
// made of the text. Also resolves labels: BranchStmt::target is set, and misuse of break, continue, goto and labels is
// reported. Nesting deeper than kMaxNesting is an error, not a crash.
//
// Go's compiler type-checks a package all the same if none of the messages begins with "syntax error" and no file's
// package clause is at fault (packageName null): labels, literals and directives may be wrong in an otherwise sound
// tree.
File* parseFile(SourceFile* source, const ParseContext& context);

// Deepest nesting of expressions, types and statements; a function literal counts as several levels. Go's parser has no
// such bound short of its stack; ours runs on the roughly 1 MB of a Web Worker, of which it takes half at most.
inline constexpr int kMaxNesting = 1000;

}  // namespace millrace::syntax
