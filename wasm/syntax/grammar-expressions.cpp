// The parser: expressions.
#include "wasm/syntax/grammar.h"
#include "wasm/syntax/print.h"

namespace millrace::syntax {

namespace {

// Whether `x` can only be a value, so that a brace behind it begins no composite literal.
bool isValue(const Expr* x) {
  switch (x->kind) {
    case NodeKind::BasicLit:
    case NodeKind::CompositeLit:
    case NodeKind::FuncLit:
    case NodeKind::SliceExpr:
    case NodeKind::AssertExpr:
    case NodeKind::TypeSwitchGuard:
    case NodeKind::CallExpr: return true;
    case NodeKind::Operation: {
      auto* operation = static_cast<const Operation*>(x);
      return operation->op != Operator::Mul || operation->y != nullptr;  // *T may be a type
    }
    case NodeKind::ParenExpr: return isValue(static_cast<const ParenExpr*>(x)->x);
    case NodeKind::IndexExpr: {
      auto* index = static_cast<const IndexExpr*>(x);
      return isValue(index->x) || isValue(index->index);
    }
    default: return false;
  }
}

}  // namespace

// Expression = UnaryExpr | Expression binary_op Expression . Takes operators that bind stronger than `above`. `x` is
// the left operand if it has been parsed already.
Expr* Parser::binaryExpr(Expr* x, int above) {
  if (x == nullptr) x = unaryExpr();
  while ((at(Token::Operator) || at(Token::Star)) && here().precedence > above) {
    auto* operation = make<Operation>(pos());
    operation->op = here().op;
    const int precedence = here().precedence;
    next();
    operation->x = x;
    operation->y = binaryExpr(nullptr, precedence);
    x = operation;
  }
  return x;
}

// UnaryExpr = PrimaryExpr | unary_op UnaryExpr .
Expr* Parser::unaryExpr() {
  Nest nest(*this);
  if (!nest.ok()) return badExpr();
  if (at(Token::Operator) || at(Token::Star)) {
    const Pos start = pos();
    const Operator op = here().op;
    switch (op) {
      case Operator::Mul:
      case Operator::Add:
      case Operator::Sub:
      case Operator::Not:
      case Operator::Xor:
      case Operator::Tilde: next(); return makeUnary(start, op, unaryExpr());
      case Operator::And: next(); return makeUnary(start, op, unparen(unaryExpr()));  // &(T{}) is &T{}
      default: break;
    }
  }
  if (at(Token::Arrow)) return receiveOrChanType();
  return primaryExpr(nullptr, true);
}

// `<-x` receives, `<-chan E` is a type. Which of the two it is shows only when all of x has been parsed, for
// `<-chan E(c)` receives from a conversion. If x turns out to be a channel type, the arrow goes to its `chan`, an arrow
// that is there already goes to the next `chan` inside, and so on: <-(chan<- chan E) is (<-chan (<-chan E)).
Expr* Parser::receiveOrChanType() {
  const Pos arrow = pos();
  next();
  Expr* x = unaryExpr();
  auto* chan = as<ChanType>(x);
  if (chan == nullptr) return makeUnary(arrow, Operator::Receive, x);

  for (;;) {
    const ChanDir direction = chan->direction;
    if (direction == ChanDir::ReceiveOnly) syntaxError("unexpected <-, expected chan");
    chan->direction = ChanDir::ReceiveOnly;
    if (direction != ChanDir::SendOnly) return x;
    auto* inner = as<ChanType>(chan->element);
    if (inner == nullptr) {
      syntaxError("unexpected " + toString(chan->element) + ", expected chan");
      return x;
    }
    chan = inner;
  }
}

// Operand = Literal | OperandName | "(" Expression ")" . Composite literals are primaryExpr()'s.
Expr* Parser::operand(bool keepParens) {
  switch (token()) {
    case Token::Name: return name();
    case Token::Literal: return literalOrNull();
    case Token::LeftParen: return parenthesized(keepParens);
    case Token::Func: return funcTypeOrLit();
    case Token::LeftBracket:
    case Token::Chan:
    case Token::Map:
    case Token::Struct:
    case Token::Interface: return type();
    default: {
      Expr* bad = badExpr();
      unexpected(", expected expression");
      skipTo({Token::RightParen, Token::RightBracket, Token::RightBrace});
      return bad;
    }
  }
}

// The parentheses stay in the tree only where someone asks for them later.
Expr* Parser::parenthesized(bool keepParens) {
  const Pos start = pos();
  next();
  exprLevel_++;
  Expr* x = expr();
  exprLevel_--;
  want(Token::RightParen);
  // (T){}: not allowed, which is reported when it is certain that the brace begins a literal.
  if (!keepParens && !at(Token::LeftBrace)) return x;
  auto* paren = make<ParenExpr>(start);
  paren->x = x;
  return paren;
}

Expr* Parser::funcTypeOrLit() {
  const Pos start = pos();
  next();
  FuncType* funcType = signature("function type", nullptr);
  if (!at(Token::LeftBrace)) return funcType;
  auto* literal = make<FuncLit>(start);
  literal->type = funcType;
  exprLevel_++;
  literal->body = funcBody();
  exprLevel_--;
  return literal;
}

// PrimaryExpr = Operand | PrimaryExpr ( Selector | Index | Slice | TypeAssertion | Arguments | LiteralValue ) . `x` is
// the operand if it has been parsed already.
//
// Here a tree grows deep without recursion: f()()(). Whoever walks it will recurse, so it must not become too deep. The
// depth of what has been parsed is `reach_`, the deepest level a Nest was on; each round puts that one level further
// down.
Expr* Parser::primaryExpr(Expr* x, bool keepParens) {
  const int outerReach = reach_;
  reach_ = depth_;
  if (x == nullptr) x = operand(keepParens);
  for (;;) {
    if (at(Token::Dot)) {
      x = selectorOrAssertion(x);
    } else if (at(Token::LeftBracket)) {
      x = indexOrSlice(x);
    } else if (at(Token::LeftParen)) {
      x = call(x);
    } else if (at(Token::LeftBrace) && literalBraceFollows(x)) {
      if (x->kind == NodeKind::ParenExpr) syntaxError("cannot parenthesize type in composite literal");
      CompositeLit* literal = literalValue();
      literal->type = x;
      x = literal;
    } else {
      break;
    }
    if (++reach_ > kMaxNesting) tooDeep();
  }
  reach_ = std::max(reach_, outerReach);
  return x;
}

// Whether the brace here belongs to `x`, or opens the block of an if, for or switch.
bool Parser::literalBraceFollows(Expr* x) {
  const Expr* bare = unparen(x);
  switch (bare->kind) {
    case NodeKind::Name:
    case NodeKind::SelectorExpr: return exprLevel_ >= 0;
    case NodeKind::IndexExpr: return exprLevel_ >= 0 && !isValue(bare);
    case NodeKind::ArrayType:
    case NodeKind::SliceType:
    case NodeKind::StructType:
    case NodeKind::MapType: return true;
    default: return false;
  }
}

Expr* Parser::selectorOrAssertion(Expr* x) {
  const Pos dot = pos();
  next();
  if (at(Token::Name)) {
    auto* selector = make<SelectorExpr>(dot);
    selector->x = x;
    selector->selector = name();
    return selector;
  }
  if (!got(Token::LeftParen)) {
    unexpected(", expected name or (");
    skipTo({Token::Semicolon, Token::RightParen});
    return x;
  }
  Expr* result;
  if (got(Token::Type)) {
    auto* guard = make<TypeSwitchGuard>(dot);  // simpleStatement() adds the name
    guard->x = x;
    result = guard;
  } else {
    auto* assertion = make<AssertExpr>(dot);
    assertion->x = x;
    assertion->type = type();
    result = assertion;
  }
  want(Token::RightParen);
  return result;
}

// x[i], x[T1, T2], x[i:j], x[i:j:k]
Expr* Parser::indexOrSlice(Expr* x) {
  const Pos bracket = pos();
  next();
  Expr* first = nullptr;
  if (!at(Token::Colon)) {
    bool comma = false;
    if (at(Token::RightBracket)) {
      unexpected(", expected operand");
      first = badExpr();
    } else {
      first = typeList(false, &comma);
    }
    if (comma || at(Token::RightBracket)) {
      want(Token::RightBracket);
      auto* index = make<IndexExpr>(bracket);
      index->x = x;
      index->index = first;
      return index;
    }
  }

  if (!got(Token::Colon)) {
    unexpected(", expected comma, : or ]");
    skipTo({Token::Comma, Token::Colon, Token::RightBracket});
  }
  auto* slice = make<SliceExpr>(bracket);
  slice->x = x;
  slice->index[0] = first;
  exprLevel_++;
  if (!at(Token::Colon) && !at(Token::RightBracket)) slice->index[1] = expr();
  if (at(Token::Colon)) {
    slice->full = true;
    if (slice->index[1] == nullptr) {
      report(pos(), "middle index required in 3-index slice");
      slice->index[1] = badExpr();
    }
    next();
    if (at(Token::RightBracket)) {
      report(pos(), "final index required in 3-index slice");
      slice->index[2] = badExpr();
    } else {
      slice->index[2] = expr();
    }
  }
  exprLevel_--;
  want(Token::RightBracket);
  return slice;
}

// Arguments = "(" [ ( ExpressionList | Type [ "," ExpressionList ] ) [ "..." ] [ "," ] ] ")" .
Expr* Parser::call(Expr* x) {
  auto* call = make<CallExpr>(pos());
  next();
  call->function = x;
  exprLevel_++;
  List<Expr> arguments(*this);
  call->rightParen = list("argument list", Token::Comma, Token::RightParen, [&] {
    arguments.add(expr());
    call->hasDots = got(Token::DotDotDot);
    return call->hasDots;
  });
  call->arguments = arguments.finish();
  exprLevel_--;
  return call;
}

// LiteralValue = "{" [ ElementList [ "," ] ] "}" .
CompositeLit* Parser::literalValue() {
  auto* literal = make<CompositeLit>(pos());
  exprLevel_++;
  want(Token::LeftBrace);
  List<Expr> elements(*this);
  literal->rightBrace = list("composite literal", Token::Comma, Token::RightBrace, [&] {
    Expr* element = literalElement();
    if (at(Token::Colon)) {
      auto* pair = make<KeyValueExpr>(pos());
      next();
      pair->key = element;
      pair->value = literalElement();
      element = pair;
      literal->keyed++;
    }
    elements.add(element);
    return false;
  });
  literal->elements = elements.finish();
  exprLevel_--;
  return literal;
}

// Element = Expression | LiteralValue .
Expr* Parser::literalElement() {
  if (!at(Token::LeftBrace)) return expr();
  Nest nest(*this);
  if (!nest.ok()) return badExpr();
  return literalValue();
}

// ------------------------------------------------------------------------------------- lists, names and literals

// ExpressionList = Expression { "," Expression } .
Expr* Parser::exprList() {
  Expr* first = expr();
  if (!at(Token::Comma)) return first;
  List<Expr> elements(*this);
  elements.add(first);
  while (got(Token::Comma)) elements.add(expr());
  return makeList(elements.finish());
}

Expr* Parser::typeList(bool firstIsType, bool* comma) {
  exprLevel_++;
  Expr* x = firstIsType ? type() : expr();
  *comma = at(Token::Comma);
  if (*comma) {
    List<Expr> elements(*this);
    elements.add(x);
    while (got(Token::Comma)) {
      Expr* element = typeOrNull();
      if (element == nullptr) break;
      elements.add(element);
    }
    x = makeList(elements.finish());
  }
  exprLevel_--;
  return x;
}

Name* Parser::name() {
  if (at(Token::Name)) {
    Name* found = makeName(pos(), here().text);
    next();
    return found;
  }
  Name* blank = makeName(pos(), "_");
  unexpected(", expected name");
  if (!at(Token::EndOfFile)) skipOne();
  return blank;
}

// IdentifierList = identifier { "," identifier } .
std::span<Name*> Parser::nameList(Name* first) {
  List<Name> names(*this);
  names.add(first);
  while (got(Token::Comma)) names.add(name());
  return names.finish();
}

BasicLit* Parser::literalOrNull() {
  if (!at(Token::Literal)) return nullptr;
  auto* literal = make<BasicLit>(pos());
  literal->text = here().text;
  literal->literal = here().literal;
  literal->bad = here().bad;
  next();
  return literal;
}

}  // namespace millrace::syntax
