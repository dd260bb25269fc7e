// The parser: statements.
#include "wasm/syntax/grammar.h"
#include "wasm/syntax/print.h"

namespace millrace::syntax {

// Block = "{" StatementList "}" .
BlockStmt* Parser::block(std::string_view context) {
  auto* block = make<BlockStmt>(pos());
  if (!got(Token::LeftBrace)) {  // whoever comes from C may have left it out
    unexpected(", expected { after " + std::string(context));
    skipTo({Token::Name, Token::RightBrace});
    block->rightBrace = pos();
    if (got(Token::RightBrace)) return block;
  }
  block->list = statementList();
  block->rightBrace = pos();
  want(Token::RightBrace);
  return block;
}

// StatementList = { Statement ";" } .
std::span<Stmt*> Parser::statementList() {
  List<Stmt> statements(*this);
  while (!at(Token::EndOfFile) && !at(Token::RightBrace) && !at(Token::Case) && !at(Token::Default)) {
    Stmt* statement = statementOrNull();
    directives_.drop();
    if (statement == nullptr) break;
    statements.add(statement);
    if (!got(Token::Semicolon) && !at(Token::RightBrace)) {
      unexpected(" at end of statement");
      skipTo({Token::Semicolon, Token::RightBrace, Token::Case, Token::Default});
      got(Token::Semicolon);
    }
  }
  return statements.finish();
}

// Statement = Declaration | LabeledStmt | SimpleStmt | GoStmt | ReturnStmt | BreakStmt | ContinueStmt | GotoStmt |
//             FallthroughStmt | Block | IfStmt | SwitchStmt | SelectStmt | ForStmt | DeferStmt .
Stmt* Parser::statementOrNull() {
  Nest nest(*this);
  if (!nest.ok()) return nullptr;

  // Most statements begin with a name.
  if (at(Token::Name)) {
    directives_.drop();
    Expr* lhs = exprList();
    if (auto* label = as<Name>(lhs); label != nullptr && at(Token::Colon)) return labeledOrNull(label);
    return simpleStatement(lhs, Token::EndOfFile);
  }
  switch (token()) {
    case Token::Var: return declStatement(&Parser::varDecl);
    case Token::Const: return declStatement(&Parser::constDecl);
    case Token::Type: return declStatement(&Parser::typeDecl);
    default: directives_.drop();
  }
  switch (token()) {
    case Token::LeftBrace: return block("");
    case Token::Operator:
    case Token::Star:
      switch (here().op) {
        case Operator::Add:
        case Operator::Sub:
        case Operator::Mul:
        case Operator::And:
        case Operator::Xor:
        case Operator::Not: return simpleStatement(nullptr, Token::EndOfFile);
        default: return nullptr;
      }
    case Token::Literal:
    case Token::Func:
    case Token::LeftParen:
    case Token::LeftBracket:
    case Token::Struct:
    case Token::Map:
    case Token::Chan:
    case Token::Interface:
    case Token::Arrow: return simpleStatement(nullptr, Token::EndOfFile);
    case Token::For: return forStatement();
    case Token::Switch: return switchStatement();
    case Token::Select: return selectStatement();
    case Token::If: return ifStatement();
    case Token::Fallthrough:
    case Token::Break:
    case Token::Continue:
    case Token::Goto: return branchStatement();
    case Token::Go:
    case Token::Defer: return callStatement();
    case Token::Return: return returnStatement();
    case Token::Semicolon: return make<EmptyStmt>(pos());
    default: return nullptr;
  }
}

// ------------------------------------------------------------------------------------------- simple statements

// SimpleStmt = EmptyStmt | ExpressionStmt | SendStmt | IncDecStmt | Assignment | ShortVarDecl . In the header of a
// `for` also a range clause, in that of a `switch` a type switch guard: `keyword` says where we are.
Stmt* Parser::simpleStatement(Expr* lhs, Token keyword) {
  if (keyword == Token::For && at(Token::Range)) return rangeClause(nullptr, false);
  if (lhs == nullptr) lhs = exprList();

  const Pos start = pos();
  if (at(Token::Assign) || at(Token::Define)) return assignment(lhs, keyword);
  if (lhs->kind != NodeKind::ListExpr) {
    switch (token()) {
      case Token::AssignOp:
      case Token::IncOp: {
        auto* assign = make<AssignStmt>(start);
        assign->op = here().op;
        assign->lhs = lhs;
        const bool hasRight = at(Token::AssignOp);
        next();
        if (hasRight) assign->rhs = expr();
        return assign;
      }
      case Token::Arrow: {
        auto* send = make<SendStmt>(start);
        next();
        send->chan = lhs;
        send->value = expr();
        return send;
      }
      default: return exprStatement(lhs);
    }
  }
  unexpected(", expected := or = or comma");
  skipTo({Token::Semicolon, Token::RightBrace});
  return exprStatement(static_cast<ListExpr*>(lhs)->elements[0]);
}

// lhs = rhs, lhs := rhs, lhs := range x, lhs := x.(type)
Stmt* Parser::assignment(Expr* lhs, Token keyword) {
  const Pos start = pos();
  const Operator op = at(Token::Define) ? Operator::Define : Operator::None;
  next();
  if (keyword == Token::For && at(Token::Range)) return rangeClause(lhs, op == Operator::Define);

  Expr* rhs = exprList();
  if (auto* guard = as<TypeSwitchGuard>(rhs); guard != nullptr && keyword == Token::Switch && op == Operator::Define) {
    if (auto* single = as<Name>(lhs)) {
      guard->name = single;
      return exprStatement(guard);
    }
  }
  auto* assign = make<AssignStmt>(start);
  assign->op = op;
  assign->lhs = lhs;
  assign->rhs = rhs;
  return assign;
}

RangeClause* Parser::rangeClause(Expr* lhs, bool define) {
  auto* clause = make<RangeClause>(pos());
  next();
  clause->lhs = lhs;
  clause->define = define;
  clause->x = expr();
  return clause;
}

Stmt* Parser::exprStatement(Expr* x) {
  auto* statement = make<ExprStmt>(x->pos);
  statement->x = x;
  return statement;
}

// LabeledStmt = Label ":" Statement . Null, and an error, if there is no statement.
Stmt* Parser::labeledOrNull(Name* label) {
  auto* labeled = make<LabeledStmt>(pos());
  labeled->label = label;
  want(Token::Colon);
  // Before a closing brace the semicolon of an empty statement may be left out.
  labeled->statement = at(Token::RightBrace) ? make<EmptyStmt>(pos()) : statementOrNull();
  if (labeled->statement != nullptr) return labeled;
  syntaxError(labeled->pos, "missing statement after label");
  return nullptr;
}

Stmt* Parser::declStatement(DeclMethod one) {
  auto* statement = make<DeclStmt>(pos());
  next();
  List<Decl> decls(*this);
  declGroup(decls, one);
  statement->list = decls.finish();
  return statement;
}

Stmt* Parser::branchStatement() {
  auto* branch = make<BranchStmt>(pos());
  branch->token = token();
  next();
  if (branch->token == Token::Goto || (branch->token != Token::Fallthrough && at(Token::Name))) branch->label = name();
  return branch;
}

Stmt* Parser::callStatement() {
  Nest nest(*this);  // this way into an operand does not pass through unaryExpr()
  if (!nest.ok()) return nullptr;
  auto* statement = make<CallStmt>(pos());
  statement->token = token();
  next();
  Expr* x = primaryExpr(nullptr, at(Token::LeftParen));
  if (x->kind == NodeKind::ParenExpr) {
    report(x->pos, "expression in " + std::string(text(statement->token)) + " must not be parenthesized");
  }
  statement->call = unparen(x);
  return statement;
}

Stmt* Parser::returnStatement() {
  auto* statement = make<ReturnStmt>(pos());
  next();
  if (!at(Token::Semicolon) && !at(Token::RightBrace)) statement->results = exprList();
  return statement;
}

// ----------------------------------------------------------------------------------- if, for, switch and select

// What stands between the keyword of an if, for or switch and its brace. No composite literal may begin there without
// parentheses around it.
Parser::Header Parser::header(Token keyword) {
  Header header;
  want(keyword);
  if (at(Token::LeftBrace)) {
    if (keyword == Token::If) {
      syntaxError("missing condition in if statement");
      header.condition = badExpr();
    }
    return header;
  }
  const int outerLevel = exprLevel_;
  exprLevel_ = -1;
  headerClauses(header, keyword);
  exprLevel_ = outerLevel;
  return header;
}

void Parser::headerClauses(Header& header, Token keyword) {
  if (!at(Token::Semicolon)) {
    if (got(Token::Var)) {
      syntaxError("var declaration not allowed in " + std::string(text(keyword)) + " initializer");
    }
    header.init = simpleStatement(nullptr, keyword);
    if (header.init->kind == NodeKind::RangeClause) return;
  }

  Stmt* condition = nullptr;
  Lexeme semicolon;  // the one after the first clause, if there is one
  if (at(Token::LeftBrace)) {
    condition = header.init;
    header.init = nullptr;
  } else {
    if (at(Token::Semicolon)) {
      semicolon = here();
      next();
    } else {
      want(Token::LeftBrace);  // rather than a semicolon, which is seldom what is missing
      if (!at(Token::LeftBrace)) skipTo({Token::LeftBrace, Token::RightBrace});
    }
    if (keyword == Token::For) {
      if (!at(Token::Semicolon)) {
        if (at(Token::LeftBrace)) return unexpected(", expected for loop condition");
        condition = simpleStatement(nullptr, Token::EndOfFile);
      }
      want(Token::Semicolon);
      if (!at(Token::LeftBrace)) {
        header.post = simpleStatement(nullptr, Token::EndOfFile);
        if (auto* assign = as<AssignStmt>(header.post); assign != nullptr && assign->op == Operator::Define) {
          syntaxError(assign->pos, "cannot declare in post statement of for loop");
        }
      }
    } else if (!at(Token::LeftBrace)) {
      condition = simpleStatement(nullptr, keyword);
    }
  }

  if (auto* statement = as<ExprStmt>(condition)) {
    header.condition = statement->x;
  } else if (condition != nullptr) {
    notACondition(condition);
  } else if (keyword == Token::If && semicolon.pos.known()) {
    noCondition(header, semicolon);
  }
}

void Parser::noCondition(Header& header, const Lexeme& semicolon) {
  if (semicolon.text == "semicolon") {
    syntaxError(semicolon.pos, "missing condition in if statement");
  } else {
    syntaxError(semicolon.pos, "unexpected " + std::string(semicolon.text) + ", expected { after if clause");
  }
  header.condition = make<BadExpr>(semicolon.pos);
}

// `if a = b` is a common slip, so the message makes plain what was written.
void Parser::notACondition(const Stmt* statement) {
  auto emphasized = [](const Expr* x) {
    auto* operation = as<const Operation>(x);
    return operation != nullptr && operation->y != nullptr ? "(" + toString(x) + ")" : toString(x);
  };
  std::string shown;
  if (auto* assign = as<const AssignStmt>(statement); assign != nullptr && assign->op == Operator::None) {
    shown = "assignment " + emphasized(assign->lhs) + " = " + emphasized(assign->rhs);
  } else {
    shown = toString(statement);
  }
  syntaxError(statement->pos, "cannot use " + shown + " as value");
}

// IfStmt = "if" [ SimpleStmt ";" ] Expression Block [ "else" ( IfStmt | Block ) ] .
Stmt* Parser::ifStatement() {
  IfStmt* first = nullptr;
  Stmt** place = nullptr;  // where the next `else if` goes
  for (;;) {
    auto* statement = make<IfStmt>(pos());
    if (first == nullptr) {
      first = statement;
    } else {
      *place = statement;
    }
    const Header clauses = header(Token::If);
    statement->init = clauses.init;
    statement->condition = clauses.condition != nullptr ? clauses.condition : badExpr();
    statement->then = block("if clause");
    if (!got(Token::Else)) return first;
    place = &statement->otherwise;
    if (at(Token::If)) continue;
    if (at(Token::LeftBrace)) {
      statement->otherwise = block("");
    } else {
      syntaxError("else must be followed by if or statement block");
      skipTo({Token::Name, Token::RightBrace});
    }
    return first;
  }
}

// ForStmt = "for" [ Condition | ForClause | RangeClause ] Block .
Stmt* Parser::forStatement() {
  auto* loop = make<ForStmt>(pos());
  const Header clauses = header(Token::For);
  loop->init = clauses.init;
  loop->condition = clauses.condition;
  loop->post = clauses.post;
  loop->body = block("for clause");
  return loop;
}

Stmt* Parser::switchStatement() {
  auto* statement = make<SwitchStmt>(pos());
  const Header clauses = header(Token::Switch);
  statement->init = clauses.init;
  statement->tag = clauses.condition;
  if (!got(Token::LeftBrace)) {
    syntaxError("missing { after switch clause");
    skipTo({Token::Case, Token::Default, Token::RightBrace});
  }
  List<CaseClause> body(*this);
  while (!at(Token::EndOfFile) && !at(Token::RightBrace)) body.add(caseClause());
  statement->body = body.finish();
  statement->rightBrace = pos();
  want(Token::RightBrace);
  return statement;
}

Stmt* Parser::selectStatement() {
  auto* statement = make<SelectStmt>(pos());
  want(Token::Select);
  if (!got(Token::LeftBrace)) {
    syntaxError("missing { after select clause");
    skipTo({Token::Case, Token::Default, Token::RightBrace});
  }
  List<CommClause> body(*this);
  while (!at(Token::EndOfFile) && !at(Token::RightBrace)) body.add(commClause());
  statement->body = body.finish();
  statement->rightBrace = pos();
  want(Token::RightBrace);
  return statement;
}

// Consumes `case` or `default`; true for `case`.
bool Parser::clauseStart() {
  if (got(Token::Case)) return true;
  if (got(Token::Default)) return false;
  unexpected(", expected case or default or }");
  skipTo({Token::Colon, Token::Case, Token::Default, Token::RightBrace});
  return false;
}

CaseClause* Parser::caseClause() {
  auto* clause = make<CaseClause>(pos());
  if (clauseStart()) clause->cases = exprList();
  clause->colon = pos();
  want(Token::Colon);
  clause->body = statementList();
  return clause;
}

// That the statement sends or receives is for the checker to say.
CommClause* Parser::commClause() {
  auto* clause = make<CommClause>(pos());
  if (clauseStart()) clause->comm = simpleStatement(nullptr, Token::EndOfFile);
  clause->colon = pos();
  want(Token::Colon);
  clause->body = statementList();
  return clause;
}

}  // namespace millrace::syntax
