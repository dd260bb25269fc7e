// Labels, goto, break, continue and fallthrough.
#include "wasm/syntax/branches.h"

#include "wasm/syntax/print.h"

namespace millrace::syntax {

void BranchChecker::report(Pos pos, std::string message) { report_({pos, {}, std::move(message)}); }

void BranchChecker::check(const BlockStmt* body) {
  blocks_ = 0;
  labels_.clear();
  labelOf_.clear();
  gotos_.clear();
  waiting_.clear();
  block(nullptr, {}, nullptr, body->pos, body->list);
  finish();
}

// What is left: gotos without a label they may jump to, and labels without use.
void BranchChecker::finish() {
  for (const BranchStmt* branch : gotos_) {
    if (branch->target != nullptr) continue;
    const std::string name(branch->label->symbol.text());
    auto label = labelOf_.find(branch->label->symbol);
    if (label == labelOf_.end()) {
      report(branch->label->pos, "label " + name + " not defined");
      continue;
    }
    labels_[label->second].used = true;
    report(branch->label->pos,
           "goto " + name + " jumps into block starting at " + source_.placeText(labels_[label->second].blockStart));
  }
  for (const Label& label : labels_) {
    if (label.used) continue;
    const Name* name = label.statement->label;
    report(name->pos, "label " + std::string(name->symbol.text()) + " defined and not used");
  }
}

void BranchChecker::block(const Block* parent, const Targets& targets, LabeledStmt* labeled, Pos start,
                          std::span<Stmt* const> list) {
  Block here = {parent, blocks_++, start, labeled, gotos_.size()};
  // A fallthrough may be followed by empty statements and is the last one all the same.
  size_t count = list.size();
  while (count > 0 && list[count - 1]->kind == NodeKind::EmptyStmt) count--;
  for (size_t i = 0; i < count; i++) statement(here, targets, nullptr, list[i], i + 1 == count);
}

void BranchChecker::statement(Block& here, const Targets& targets, LabeledStmt* labeled, Stmt* stmt, bool isLast) {
  while (auto* label = as<LabeledStmt>(stmt)) {
    if (!label->label->symbol.isBlank()) {
      declareLabel(here, label);
      labeled = label;
    }
    stmt = label->statement;
  }
  const Targets inner = {targets.breaks, targets.continues, -1};
  switch (stmt->kind) {
    case NodeKind::DeclStmt:
      for (const Decl* decl : static_cast<DeclStmt*>(stmt)->list) {
        if (auto* variables = as<const VarDecl>(decl)) {
          declareVariable(here, variables->pos, variables->names[0]);
          break;
        }
      }
      break;
    case NodeKind::AssignStmt: {
      auto* assign = static_cast<AssignStmt*>(stmt);
      if (assign->op == Operator::Define) declareVariable(here, assign->pos, assign->lhs);
      break;
    }
    case NodeKind::BranchStmt: {
      auto* branch = static_cast<BranchStmt*>(stmt);
      if (branch->label == nullptr) {
        plainBranch(targets, branch, isLast);
      } else if (branch->token == Token::Goto) {
        gotoLabel(here, branch);
      } else {
        labeledBranch(here, branch);
      }
      break;
    }
    case NodeKind::BlockStmt: block(&here, inner, labeled, stmt->pos, static_cast<BlockStmt*>(stmt)->list); break;
    case NodeKind::IfStmt: ifChain(here, inner, labeled, static_cast<IfStmt*>(stmt)); break;
    case NodeKind::ForStmt: {
      auto* loop = static_cast<ForStmt*>(stmt);
      block(&here, {loop, loop, -1}, labeled, loop->body->pos, loop->body->list);
      break;
    }
    case NodeKind::SwitchStmt: {
      auto* statement = static_cast<SwitchStmt*>(stmt);
      Targets clause = {statement, targets.continues, 0};
      for (const CaseClause* body : statement->body) {
        block(&here, clause, labeled, body->pos, body->body);
        clause.caseIndex++;
      }
      break;
    }
    case NodeKind::SelectStmt: {
      auto* statement = static_cast<SelectStmt*>(stmt);
      for (const CommClause* body : statement->body) {
        block(&here, {statement, targets.continues, -1}, labeled, body->pos, body->body);
      }
      break;
    }
    default: break;
  }
}

// A chain of else-ifs may be longer than the stack is deep.
void BranchChecker::ifChain(const Block& here, const Targets& targets, LabeledStmt* labeled, const IfStmt* statement) {
  for (;;) {
    block(&here, targets, labeled, statement->then->pos, statement->then->list);
    if (auto* last = as<BlockStmt>(statement->otherwise)) block(&here, targets, labeled, last->pos, last->list);
    statement = as<IfStmt>(statement->otherwise);
    if (statement == nullptr) return;
  }
}

void BranchChecker::declareVariable(Block& here, Pos pos, const Node* variable) {
  here.gotosAtVariable = gotos_.size();
  here.variable = variable;
  here.variablePos = pos;
}

void BranchChecker::declareLabel(const Block& here, LabeledStmt* statement) {
  const Name* name = statement->label;
  auto [known, isNew] = labelOf_.try_emplace(name->symbol, labels_.size());
  if (isNew) {
    labels_.push_back({statement, here.number, here.start, false});
  } else {
    report(name->pos, "label " + std::string(name->symbol.text()) + " already defined at " +
                          source_.placeText(labels_[known->second].statement->label->pos));
  }

  auto waiting = waiting_.find(name->symbol);
  if (waiting == waiting_.end()) return;
  std::vector<size_t>& numbers = waiting->second;
  size_t first = numbers.size();
  while (first > 0 && numbers[first - 1] >= here.firstGoto) first--;
  for (size_t i = first; i < numbers.size(); i++) {
    BranchStmt* branch = gotos_[numbers[i]];
    branch->target = statement;
    labels_[known->second].used = true;
    if (numbers[i] < here.gotosAtVariable) {
      report(branch->label->pos, "goto " + std::string(name->symbol.text()) + " jumps over declaration of " +
                                     toString(here.variable) + " at " + source_.placeText(here.variablePos));
    }
  }
  numbers.resize(first);
}

void BranchChecker::plainBranch(const Targets& targets, BranchStmt* branch, bool isLast) {
  if (branch->token == Token::Break) {
    branch->target = targets.breaks;
    if (targets.breaks == nullptr) report(branch->pos, "break is not in a loop, switch, or select");
  } else if (branch->token == Token::Continue) {
    branch->target = targets.continues;
    if (targets.continues == nullptr) report(branch->pos, "continue is not in a loop");
  } else {
    fallthrough(targets, branch, isLast);
  }
}

void BranchChecker::fallthrough(const Targets& targets, const BranchStmt* branch, bool isLast) {
  const char* message = "fallthrough statement out of place";
  if (auto* around = as<SwitchStmt>(targets.breaks)) {
    if (as<TypeSwitchGuard>(around->tag) != nullptr) {
      message = "cannot fallthrough in type switch";
    } else if (targets.caseIndex >= 0 && isLast) {
      if (static_cast<size_t>(targets.caseIndex) + 1 < around->body.size()) return;
      message = "cannot fallthrough final case in switch";
    }
  }
  report(branch->pos, message);
}

// `break L` and `continue L`: L must label a statement around this one, of the right kind.
void BranchChecker::labeledBranch(const Block& here, BranchStmt* branch) {
  const bool isBreak = branch->token == Token::Break;
  const std::string_view name = branch->label->symbol.text();
  auto complain = [&](const char* format) { report(branch->label->pos, format + std::string(name)); };

  auto known = labelOf_.find(branch->label->symbol);
  if (known == labelOf_.end()) return complain(isBreak ? "break label not defined: " : "continue label not defined: ");
  Label& label = labels_[known->second];
  label.used = true;
  const Block* around = &here;
  while (around != nullptr && around->labeled != label.statement) around = around->parent;
  if (around != nullptr) {
    Stmt* target = label.statement->statement;
    const bool isLoop = target->kind == NodeKind::ForStmt;
    if (isLoop || (isBreak && (target->kind == NodeKind::SwitchStmt || target->kind == NodeKind::SelectStmt))) {
      branch->target = target;
      return;
    }
  }
  complain(isBreak ? "invalid break label " : "invalid continue label ");
}

void BranchChecker::gotoLabel(const Block& here, BranchStmt* branch) {
  if (auto known = labelOf_.find(branch->label->symbol); known != labelOf_.end()) {
    Label& label = labels_[known->second];
    label.used = true;
    for (const Block* around = &here; around != nullptr; around = around->parent) {
      if (around->number != label.block) continue;
      branch->target = label.statement;
      return;
    }
  }
  waiting_[branch->label->symbol].push_back(gotos_.size());
  gotos_.push_back(branch);
}

}  // namespace millrace::syntax
