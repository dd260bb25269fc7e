// Statements other than loops, switches, select and assignments.
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"

namespace millrace::build {

using namespace syntax;

void FunctionBuilder::statements(std::span<Stmt* const> list) {
  for (const Stmt* s : list) statement(s);
}

void FunctionBuilder::statement(const Stmt* s) {
  setPos(s->pos);
  switch (s->kind) {
    case NodeKind::EmptyStmt: break;
    case NodeKind::LabeledStmt: {
      auto* labeled = static_cast<const LabeledStmt*>(s);
      hasLabels_ = true;
      BlockId block = labelBlock(labeled);
      jump(block);
      startBlock(block);
      statement(labeled->statement);
      break;
    }
    case NodeKind::BlockStmt: statements(static_cast<const BlockStmt*>(s)->list); break;
    case NodeKind::ExprStmt: dropResults(static_cast<const ExprStmt*>(s)->x); break;
    case NodeKind::SendStmt: sendStatement(static_cast<const SendStmt*>(s)); break;
    case NodeKind::DeclStmt:
      for (const Decl* decl : static_cast<const DeclStmt*>(s)->list) declaration(decl);
      break;
    case NodeKind::AssignStmt: assignStatement(static_cast<const AssignStmt*>(s)); break;
    case NodeKind::BranchStmt: branchStatement(static_cast<const BranchStmt*>(s)); break;
    case NodeKind::CallStmt: callStatement(static_cast<const CallStmt*>(s)); break;
    case NodeKind::ReturnStmt: returnStatement(static_cast<const ReturnStmt*>(s)); break;
    case NodeKind::IfStmt: ifStatement(static_cast<const IfStmt*>(s)); break;
    case NodeKind::ForStmt: forStatement(static_cast<const ForStmt*>(s)); break;
    case NodeKind::SwitchStmt: {
      auto* statement = static_cast<const SwitchStmt*>(s);
      if (statement->tag != nullptr && statement->tag->kind == NodeKind::TypeSwitchGuard) typeSwitch(statement);
      else switchStatement(statement);
      break;
    }
    case NodeKind::SelectStmt: selectStatement(static_cast<const SelectStmt*>(s)); break;
    default: UNREACHABLE();
  }
}

// An expression statement: a call or a receive whose results nobody wants.
void FunctionBuilder::dropResults(const syntax::Expr* e) {
  e = unparen(const_cast<syntax::Expr*>(e));
  setPos(e->pos);
  if (auto* call = syntax::as<const CallExpr>(e)) {
    evalCall(call);
  } else {
    drop(eval(e));
  }
}

void FunctionBuilder::declaration(const Decl* decl) {
  auto* variables = syntax::as<const VarDecl>(decl);
  if (variables == nullptr) return;  // constants and types leave nothing to run
  setPos(variables->pos);
  const auto variable = [&](const Name* name) { return types::as<Var>(info_.objectOf(name)); };
  if (variables->values == nullptr) {
    for (const Name* name : variables->names) {
      if (!name->symbol.isBlank()) declareVariable(variable(name), nullptr);
    }
    return;
  }
  auto values = listOf(variables->values);
  std::vector<Value> initial;
  if (values.size() == 1 && variables->names.size() > 1) {
    initial = evalMany(values[0]);
  } else {
    if (values.size() == 1 && !variables->names[0]->symbol.isBlank()) return declareFrom(variable(variables->names[0]), values[0]);
    for (size_t i = 0; i < values.size(); i++) {
      const Name* name = variables->names[i];
      Type* type = variables->type != nullptr ? typeOf(variables->type) : variable(name) != nullptr ? substitute(variable(name)->type) : nullptr;
      Value value = type != nullptr ? evalAs(values[i], type) : eval(values[i]);
      initial.push_back(value.inMemory() ? value : hold(value));
    }
  }
  for (size_t i = 0; i < variables->names.size(); i++) {
    const Name* name = variables->names[i];
    if (name->symbol.isBlank()) continue;
    Value value = assignable(initial[i], substitute(variable(name)->type));
    declareVariable(variable(name), &value);
  }
}

void FunctionBuilder::ifStatement(const IfStmt* statement) {
  // else-if chains are long in generated code: a loop, not recursion.
  BlockId end = newBlock();
  for (;;) {
    if (statement->init != nullptr) this->statement(statement->init);
    BlockId then = newBlock(), otherwise = statement->otherwise != nullptr ? newBlock() : end;
    setPos(statement->pos);
    condition(statement->condition, then, otherwise);
    startBlock(then);
    statements(statement->then->list);
    jump(end);
    if (statement->otherwise == nullptr) break;
    startBlock(otherwise);
    auto* next = syntax::as<const IfStmt>(static_cast<const Stmt*>(statement->otherwise));
    if (next == nullptr) {
      this->statement(statement->otherwise);
      jump(end);
      break;
    }
    statement = next;
  }
  startBlock(end);
}

BlockId FunctionBuilder::labelBlock(const Stmt* label) {
  auto [at, isNew] = labels_.try_emplace(label, kNone);
  if (isNew) at->second = newBlock();
  return at->second;
}

void FunctionBuilder::branchStatement(const BranchStmt* statement) { leaveTo(statement->token, statement->target); }

// break, continue, goto or fallthrough towards `target`.
void FunctionBuilder::leaveTo(Token token, const Stmt* target) {
  if (token == Token::Fallthrough) return jump(fallthrough_);
  if (token == Token::Goto) {
    if (rangeFunc_ == nullptr || isInsideRangeFunc(target)) return jump(labelBlock(target));
    return exitRangeFunc(token, target);
  }
  for (auto at = targets_.rbegin(); at != targets_.rend(); ++at) {
    if (at->statement == target) return jump(token == Token::Break ? at->onBreak : at->onContinue);
  }
  ENSURE(rangeFunc_ != nullptr);
  exitRangeFunc(token, target);
}

}  // namespace millrace::build
