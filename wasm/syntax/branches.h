// Resolves labels and branch statements of one function body, and reports misuse of them.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "wasm/syntax/ast.h"
#include "wasm/syntax/diagnostic.h"

namespace millrace::syntax {

// The problem: a goto may jump forward to a label not seen yet, but neither into a block nor over a variable
// declaration of the label's own block; and a program may have thousands of each.
//
// The idea: gotos are numbered in source order. A goto that finds no label waits under the label's name. When a label
// is declared, the gotos that reach it are those waiting gotos of that name that came after the label's block began:
// they are in this block, or in one inside it that has ended. Of these the ones with a number below the count of gotos
// at the block's last variable declaration jump over that declaration. What still waits at the end has no label, or one
// inside a block. Each goto is looked at once.
class BranchChecker {
 public:
  BranchChecker(const SourceFile& source, const Reporter& report) : source_(source), report_(report) {}

  // Sets BranchStmt::target in `body`. Function literals in it are bodies of their own.
  void check(const BlockStmt* body);

 private:
  struct Block {
    const Block* parent;
    uint32_t number;  // no two blocks of a body have the same
    Pos start;
    LabeledStmt* labeled;            // the label of the statement that this block is a part of, or null
    size_t firstGoto;                // gotos_.size() at the beginning
    size_t gotosAtVariable = 0;      // and at the last variable declaration so far
    const Node* variable = nullptr;  // what that declares
    Pos variablePos{};
  };
  struct Label {
    LabeledStmt* statement;
    uint32_t block;  // number
    Pos blockStart;
    bool used;
  };
  // What break, continue and fallthrough refer to.
  struct Targets {
    Stmt* breaks = nullptr;  // ForStmt, SwitchStmt, SelectStmt or null
    ForStmt* continues = nullptr;
    int caseIndex = -1;  // of the switch clause directly around, or -1
  };

  void block(const Block* parent, const Targets& targets, LabeledStmt* labeled, Pos start, std::span<Stmt* const> list);
  void statement(Block& block, const Targets& targets, LabeledStmt* labeled, Stmt* statement, bool isLast);
  void ifChain(const Block& block, const Targets& targets, LabeledStmt* labeled, const IfStmt* statement);
  void declareVariable(Block& block, Pos pos, const Node* variable);
  void declareLabel(const Block& block, LabeledStmt* statement);
  void plainBranch(const Targets& targets, BranchStmt* branch, bool isLast);
  void fallthrough(const Targets& targets, const BranchStmt* branch, bool isLast);
  void labeledBranch(const Block& block, BranchStmt* branch);
  void gotoLabel(const Block& block, BranchStmt* branch);
  void finish();

  void report(Pos pos, std::string message);

  const SourceFile& source_;
  const Reporter& report_;
  uint32_t blocks_ = 0;
  std::vector<Label> labels_;
  std::unordered_map<Symbol, size_t> labelOf_;               // index into labels_
  std::vector<BranchStmt*> gotos_;                           // those that found no label when they were met
  std::unordered_map<Symbol, std::vector<size_t>> waiting_;  // indices into gotos_, ascending
};

}  // namespace millrace::syntax
