// Statements. What branches lead to is the parser's business; switch and range statements have files of their own.
#include <algorithm>

#include "wasm/types/checker.h"
#include "wasm/types/environment-guard.h"

namespace millrace::types {

using namespace syntax;

void Checker::funcBody(Declaration* declaration, Signature* signature, Scope* scope, BlockStmt* body,
                       const Constant* iota, std::span<TypeParam*> outerParams) {
  EnvironmentGuard restore(env_);
  std::vector<Var*> locals;
  GoVersion version = env_.version;
  env_ = {};
  env_.declaration = declaration;
  env_.scope = scope;
  env_.version = version;
  env_.iota = iota;
  env_.signature = signature;
  env_.locals = &locals;
  env_.outerParams = outerParams;
  stmtList(body->list);
  if (!signature->results->vars.empty() && !isTerminating(body, Symbol())) error(body->rightBrace, {"missing return"});
  for (Var* var : locals) {
    if (!var->used) error(At(var), {"declared and not used: ", var->name});
  }
}

// Runs what was put off since there were `from` actions, and what is put off by that.
void Checker::processDelayed(size_t from) {
  GoVersion version = env_.version;
  for (size_t i = from; i < delayed_.size(); i++) {
    env_.version = delayed_[i].version;
    delayed_[i].run();
  }
  delayed_.erase(delayed_.begin() + static_cast<ptrdiff_t>(from), delayed_.end());
  env_.version = version;
}

void Checker::stmtList(std::span<Stmt* const> list) {
  for (Stmt* s : list) stmt(s);
}

void Checker::stmt(Stmt* s) {
  if (s == nullptr) return;
  DepthGuard deeper(*this, kStmtDepth);
  if (deeper.tooDeep()) return error(s->pos, {"statement is nested too deeply"});
  size_t top = delayed_.size();
  stmtInternal(s);
  if (delayed_.size() > top) processDelayed(top);
}

void Checker::stmtInternal(Stmt* s) {
  switch (s->kind) {
    case NodeKind::EmptyStmt:
    case NodeKind::BranchStmt: break;
    case NodeKind::DeclStmt: declareLocally(static_cast<DeclStmt*>(s)->list); break;
    case NodeKind::LabeledStmt: stmt(static_cast<LabeledStmt*>(s)->statement); break;
    case NodeKind::ExprStmt: exprStmt(static_cast<ExprStmt*>(s)); break;
    case NodeKind::SendStmt: {
      auto* send = static_cast<SendStmt*>(s);
      Operand channel, value;
      expr(channel, send->chan);
      expr(value, send->value);
      if (!channel.valid() || !value.valid()) return;
      Type* element = channelElement(send, channel, false);
      if (element != nullptr) assignment(value, element, "send");
      break;
    }
    case NodeKind::AssignStmt: assignStmt(static_cast<AssignStmt*>(s)); break;
    case NodeKind::CallStmt: callStmt(static_cast<CallStmt*>(s)); break;
    case NodeKind::ReturnStmt: returnStmt(static_cast<ReturnStmt*>(s)); break;
    case NodeKind::BlockStmt: {
      openScope();
      stmtList(static_cast<BlockStmt*>(s)->list);
      closeScope();
      break;
    }
    case NodeKind::IfStmt: ifStmt(static_cast<IfStmt*>(s)); break;
    case NodeKind::SwitchStmt: switchStmt(static_cast<SwitchStmt*>(s)); break;
    case NodeKind::SelectStmt: selectStmt(static_cast<SelectStmt*>(s)); break;
    case NodeKind::ForStmt: forStmt(static_cast<ForStmt*>(s)); break;
    default: error(s->pos, {"invalid syntax tree: invalid statement"});
  }
}

void Checker::exprStmt(ExprStmt* s) {
  Operand x;
  ExprKind kind = rawExpr(Target(), x, s->x, nullptr, false);
  std::string_view what;
  switch (x.mode) {
    case Mode::None: return;
    case Mode::Builtin: what = " must be called"; break;
    case Mode::TypeExpr: what = " is not an expression"; break;
    default:
      if (kind == ExprKind::Statement) return;
      what = " is not used";
  }
  error(&x, {&x, what});
}

void Checker::assignStmt(AssignStmt* s) {
  if (s->rhs == nullptr) {  // x++, x--
    Operand x;
    expr(x, s->lhs);
    if (!x.valid()) return;
    if (!allBasic(x.type, kIsNumeric)) {
      return error(s->lhs, {"invalid operation: ", s->lhs, s->op, s->op, " (non-numeric type ", x.type, ")"});
    }
    return assignVar(s->lhs, nullptr, &x, "assignment");
  }
  ExprList lhs = listOf(s->lhs), rhs = listOf(s->rhs);
  if (s->op == Operator::None) return assignVars(lhs, rhs);
  if (s->op == Operator::Define) return shortVarDecl(s->pos, lhs, rhs);
  if (lhs.size() != 1 || rhs.size() != 1) {
    return error(s, {"assignment operation ", s->op, " requires single-valued expressions"});
  }
  Operand x, y;
  expr(x, lhs[0]);
  expr(y, rhs[0]);
  binary(x, y, nullptr, lhs[0], rhs[0], s->op);
  assignVar(lhs[0], nullptr, &x, "assignment");
}

void Checker::callStmt(CallStmt* s) {
  std::string_view keyword = s->token == Token::Defer ? "defer" : "go";
  if (as<CallExpr>(s->call) == nullptr) {
    if (as<BadExpr>(s->call) == nullptr) error(s->call, {"expression in ", keyword, " must be function call"});
    use(s->call);
    return;
  }
  Operand x;
  ExprKind kind = rawExpr(Target(), x, s->call, nullptr, false);
  if (kind == ExprKind::Statement) return;
  bool conversion = kind == ExprKind::Conversion;
  error(&x, {keyword, conversion ? " requires function call, not conversion " : " discards result of ", &x});
}

void Checker::returnStmt(ReturnStmt* s) {
  if (env_.signature == nullptr) return;
  std::span<Var*> results = env_.signature->results->vars;
  ExprList values = listOf(s->results);
  bool bare = values.empty() && !results.empty() && !results[0]->name.empty();
  if (!bare) {
    if (!results.empty() || !values.empty()) initVars(results, values, s);
    return;
  }
  for (Var* result : results) {
    Object* visible = lookup(result->name);
    if (visible == nullptr || visible == result) continue;
    Report hidden = newReport();
    hidden.add(s, {"result parameter ", result->name, " not in scope at return"});
    hidden.add(visible, {"inner declaration of ", result});
    report(hidden);
  }
}

void Checker::condition(Expr* e, std::string_view what) {
  Operand x;
  expr(x, e);
  if (x.valid() && !allBasic(x.type, kIsBoolean)) error(e, {"non-boolean condition in ", what, " statement"});
}

// else if ... else if ... may be long: a loop, not a recursion, and no scope where nothing is declared.
void Checker::ifStmt(IfStmt* s) {
  Scope* outer = env_.scope;
  size_t top = delayed_.size();
  while (true) {
    if (s->init != nullptr) openScope();
    stmt(s->init);
    condition(s->condition, "if");
    stmt(s->then);
    auto* next = as<IfStmt>(s->otherwise);
    if (next == nullptr) break;
    if (delayed_.size() > top) processDelayed(top);
    s = next;
  }
  stmt(s->otherwise);
  env_.scope = outer;
}

void Checker::selectStmt(SelectStmt* s) {
  CommClause* firstDefault = nullptr;
  for (CommClause* clause : s->body) {
    if (clause == nullptr || clause->comm != nullptr) continue;
    if (firstDefault != nullptr) error(clause, {"multiple defaults (first at ", firstDefault->pos, ")"});
    if (firstDefault == nullptr) firstDefault = clause;
  }
  for (CommClause* clause : s->body) {
    if (clause == nullptr) continue;
    bool valid = clause->comm == nullptr || clause->comm->kind == NodeKind::SendStmt;
    Expr* received = nullptr;
    if (auto* assign = as<AssignStmt>(clause->comm)) received = assign->rhs;
    if (auto* single = as<ExprStmt>(clause->comm)) received = single->x;
    if (auto* operation = as<Operation>(unparen(received))) {
      valid = valid || (operation->y == nullptr && operation->op == Operator::Receive);
    }
    if (!valid) {
      error(clause->comm, {"select case must be send or receive (possibly with assignment)"});
      continue;
    }
    openScope();
    stmt(clause->comm);
    stmtList(clause->body);
    closeScope();
  }
}

void Checker::forStmt(ForStmt* s) {
  if (auto* clause = as<RangeClause>(s->init)) return rangeStmt(s, clause);
  openScope();
  stmt(s->init);
  if (s->condition != nullptr) condition(s->condition, "for");
  stmt(s->post);
  // x := ... is not allowed there; the parser says so.
  if (auto* define = as<AssignStmt>(s->post); define != nullptr && define->op == Operator::Define) use(define->lhs);
  stmt(s->body);
  closeScope();
}

namespace {

// Is there a break that leaves the statement around `s`: one with its label, or, if `plain`, one without label?
bool hasBreak(Stmt* s, Symbol label, bool plain);

bool hasBreak(std::span<Stmt* const> list, Symbol label, bool plain) {
  return std::any_of(list.begin(), list.end(), [&](Stmt* s) { return hasBreak(s, label, plain); });
}

bool hasBreak(Stmt* s, Symbol label, bool plain) {
  // In an inner loop or switch only a break with the label counts.
  bool labelled = !label.empty();
  while (s != nullptr) {
    switch (s->kind) {
      case NodeKind::LabeledStmt: s = static_cast<LabeledStmt*>(s)->statement; continue;
      case NodeKind::BranchStmt: {
        auto* branch = static_cast<BranchStmt*>(s);
        if (branch->token != Token::Break) return false;
        return branch->label == nullptr ? plain : labelled && branch->label->symbol == label;
      }
      case NodeKind::BlockStmt: return hasBreak(static_cast<BlockStmt*>(s)->list, label, plain);
      case NodeKind::IfStmt:
        if (hasBreak(static_cast<IfStmt*>(s)->then, label, plain)) return true;
        s = static_cast<IfStmt*>(s)->otherwise;
        continue;
      case NodeKind::ForStmt: return labelled && hasBreak(static_cast<ForStmt*>(s)->body, label, false);
      case NodeKind::SwitchStmt: {
        auto body = static_cast<SwitchStmt*>(s)->body;
        return labelled && std::any_of(body.begin(), body.end(), [&](CaseClause* clause) {
                 return clause != nullptr && hasBreak(clause->body, label, false);
               });
      }
      case NodeKind::SelectStmt: {
        auto body = static_cast<SelectStmt*>(s)->body;
        return labelled && std::any_of(body.begin(), body.end(), [&](CommClause* clause) {
                 return clause != nullptr && hasBreak(clause->body, label, false);
               });
      }
      default: return false;
    }
  }
  return false;
}

}  // namespace

// Does control never come to the end of the statement? (Spec: Terminating statements.) `label` is the statement's own.
bool Checker::isTerminating(Stmt* s, Symbol label) const {
  while (s != nullptr) {
    switch (s->kind) {
      case NodeKind::LabeledStmt:
        label = static_cast<LabeledStmt*>(s)->label->symbol;
        s = static_cast<LabeledStmt*>(s)->statement;
        continue;
      case NodeKind::ExprStmt: {
        auto* call = as<CallExpr>(unparen(static_cast<ExprStmt*>(s)->x));
        return call != nullptr && call->id < flags_.size() && (flags_[call->id] & kPanics) != 0;
      }
      case NodeKind::ReturnStmt: return true;
      case NodeKind::BranchStmt: {
        Token token = static_cast<BranchStmt*>(s)->token;
        return token == Token::Goto || token == Token::Fallthrough;
      }
      case NodeKind::BlockStmt: return isTerminatingList(static_cast<BlockStmt*>(s)->list, Symbol());
      case NodeKind::IfStmt: {
        auto* branch = static_cast<IfStmt*>(s);
        if (branch->otherwise == nullptr || !isTerminating(branch->then, Symbol())) return false;
        s = branch->otherwise;
        label = Symbol();
        continue;
      }
      case NodeKind::ForStmt: {
        auto* loop = static_cast<ForStmt*>(s);
        return as<RangeClause>(loop->init) == nullptr && loop->condition == nullptr &&
               !hasBreak(loop->body, label, true);
      }
      case NodeKind::SwitchStmt: {
        bool hasDefault = false;
        for (CaseClause* clause : static_cast<SwitchStmt*>(s)->body) {
          if (clause == nullptr) return false;
          hasDefault = hasDefault || clause->cases == nullptr;
          if (!isTerminatingList(clause->body, Symbol()) || hasBreak(clause->body, label, true)) return false;
        }
        return hasDefault;
      }
      case NodeKind::SelectStmt: {
        for (CommClause* clause : static_cast<SelectStmt*>(s)->body) {
          if (clause == nullptr) return false;
          if (!isTerminatingList(clause->body, Symbol()) || hasBreak(clause->body, label, true)) return false;
        }
        return true;
      }
      default: return false;
    }
  }
  return false;
}

bool Checker::isTerminatingList(std::span<Stmt* const> list, Symbol label) const {
  for (size_t i = list.size(); i-- > 0;) {
    if (list[i] != nullptr && list[i]->kind != NodeKind::EmptyStmt) return isTerminating(list[i], label);
  }
  return false;
}

}  // namespace millrace::types
