// The parser: types.
#include "wasm/syntax/grammar.h"

namespace millrace::syntax {

Expr* Parser::type() {
  if (Expr* found = typeOrNull()) return found;
  Expr* bad = badExpr();
  unexpected(", expected type");
  skipTo({Token::Comma, Token::Colon, Token::Semicolon, Token::RightParen, Token::RightBracket, Token::RightBrace});
  return bad;
}

// Type     = TypeName | TypeLit | "(" Type ")" .
// TypeName = identifier | QualifiedIdent .
// TypeLit  = ArrayType | StructType | PointerType | FunctionType | InterfaceType | SliceType | MapType | ChannelType .
Expr* Parser::typeOrNull() {
  Nest nest(*this);
  if (!nest.ok()) return nullptr;
  const Pos start = pos();
  switch (token()) {
    case Token::Name: return qualifiedName(nullptr);
    case Token::Star: next(); return makeUnary(start, Operator::Mul, type());
    case Token::LeftBracket: return arrayOrSliceType();
    case Token::Struct: return structType();
    case Token::Map: return mapType();
    case Token::Func: next(); return signature("function type", nullptr);
    case Token::Interface: return interfaceType();
    case Token::Chan:
    case Token::Arrow: return chanType();
    case Token::LeftParen: return parenthesizedType();
    default: return nullptr;
  }
}

// The tree keeps no parentheses around types.
Expr* Parser::parenthesizedType() {
  next();
  Expr* inner = type();
  want(Token::RightParen);
  return inner;
}

Expr* Parser::chanType() {
  auto* chan = make<ChanType>(pos());
  if (got(Token::Arrow)) {
    want(Token::Chan);
    chan->direction = ChanDir::ReceiveOnly;
  } else {
    next();
    if (got(Token::Arrow)) chan->direction = ChanDir::SendOnly;
  }
  chan->element = chanElement();
  return chan;
}

Expr* Parser::chanElement() {
  if (Expr* element = typeOrNull()) return element;
  Expr* bad = badExpr();
  syntaxError("missing channel element type");  // and that is all: nothing to skip
  return bad;
}

Expr* Parser::mapType() {
  auto* map = make<MapType>(pos());
  next();
  want(Token::LeftBracket);
  map->key = type();
  want(Token::RightBracket);
  map->value = type();
  return map;
}

Expr* Parser::arrayOrSliceType() {
  const Pos bracket = pos();
  next();
  return got(Token::RightBracket) ? sliceType(bracket) : arrayType(bracket, nullptr);
}

Expr* Parser::arrayType(Pos bracket, Expr* length) {
  if (length == nullptr && !got(Token::DotDotDot)) {
    exprLevel_++;
    length = expr();
    exprLevel_--;
  }
  if (at(Token::Comma)) {
    // Allowed at the end of type parameters, for which this may have been meant.
    syntaxError("unexpected comma; expected ]");
    next();
  }
  want(Token::RightBracket);
  auto* array = make<ArrayType>(bracket);
  array->length = length;
  array->element = type();
  return array;
}

Expr* Parser::sliceType(Pos bracket) {
  auto* slice = make<SliceType>(bracket);
  slice->element = type();
  return slice;
}

// QualifiedIdent with type arguments, if any.
Expr* Parser::qualifiedName(Name* first) {
  Expr* x = first;
  if (x == nullptr) {
    if (at(Token::Name)) {
      x = name();
    } else {
      x = makeName(pos(), "_");
      unexpected(", expected name");
      skipTo({Token::Dot, Token::Semicolon, Token::RightBrace});
    }
  }
  if (at(Token::Dot)) {
    auto* selector = make<SelectorExpr>(pos());
    next();
    selector->x = x;
    selector->selector = name();
    x = selector;
  }
  return at(Token::LeftBracket) ? typeInstance(x) : x;
}

Expr* Parser::typeInstance(Expr* generic) {
  auto* instance = make<IndexExpr>(pos());
  instance->x = generic;
  want(Token::LeftBracket);
  if (at(Token::RightBracket)) {
    unexpected(", expected type argument list");
    instance->index = badExpr();
  } else {
    bool comma;
    instance->index = typeList(true, &comma);
  }
  want(Token::RightBracket);
  return instance;
}

// ----------------------------------------------------------------------------------------------------- structs

// StructType = "struct" "{" { FieldDecl ";" } "}" .
Expr* Parser::structType() {
  auto* structure = make<StructType>(pos());
  want(Token::Struct);
  want(Token::LeftBrace);
  List<Field> fields(*this);
  // The two lists cannot share the stack of pending nodes, as they grow at the same time.
  std::vector<BasicLit*> tags;
  structure->rightBrace = list("struct type", Token::Semicolon, Token::RightBrace, [&] {
    fieldDecl(fields, tags);
    return false;
  });
  structure->fields = fields.finish();
  if (!tags.empty()) {
    tags.resize(structure->fields.size());
    structure->tags = context_.arena.copy(tags);
  }
  return structure;
}

// FieldDecl     = (IdentifierList Type | EmbeddedField) [ Tag ] .
// EmbeddedField = [ "*" ] TypeName [ TypeArgs ] .
void Parser::fieldDecl(List<Field>& fields, std::vector<BasicLit*>& tags) {
  const Pos start = pos();
  Expr* embedded = nullptr;
  switch (token()) {
    case Token::Name: {
      Name* first = name();
      if (at(Token::Dot) || at(Token::Literal) || at(Token::Semicolon) || at(Token::RightBrace)) {
        embedded = qualifiedName(first);
        break;
      }
      const std::span<Name*> names = nameList(first);
      Expr* fieldType;
      if (names.size() == 1 && at(Token::LeftBracket)) {
        // A field of type []E or [N]E, or an embedded T[A].
        fieldType = arrayOrTypeArguments();
        if (auto* instance = as<IndexExpr>(fieldType)) {
          instance->x = first;
          embedded = instance;
          break;
        }
      } else {
        fieldType = type();
      }
      BasicLit* tag = literalOrNull();
      for (Name* fieldName : names) addField(fields, tags, makeField(fieldName->pos, fieldName, fieldType), tag);
      return;
    }
    case Token::Star:
      next();
      if (at(Token::LeftParen)) {
        syntaxError("cannot parenthesize embedded type");
        next();
        embedded = makeUnary(start, Operator::Mul, qualifiedName(nullptr));
        got(Token::RightParen);
      } else {
        embedded = makeUnary(start, Operator::Mul, qualifiedName(nullptr));
      }
      break;
    case Token::LeftParen: {
      syntaxError("cannot parenthesize embedded type");
      next();
      const Pos star = pos();
      if (got(Token::Star)) {
        embedded = makeUnary(star, Operator::Mul, qualifiedName(nullptr));
      } else {
        embedded = qualifiedName(nullptr);
      }
      got(Token::RightParen);
      break;
    }
    default:
      unexpected(", expected field name or embedded type");
      skipTo({Token::Semicolon, Token::RightBrace});
      return;
  }
  BasicLit* tag = literalOrNull();
  addField(fields, tags, makeField(start, nullptr, embedded), tag);
}

void Parser::addField(List<Field>& fields, std::vector<BasicLit*>& tags, Field* field, BasicLit* tag) {
  fields.add(field);
  if (tag == nullptr) return;
  tags.resize(fields.size());
  tags.back() = tag;
}

// What follows a name: the array or slice type of a field or parameter, or type arguments. `T [N]E` and `T[A]` can only
// be told apart by the element type behind the bracket.
Expr* Parser::arrayOrTypeArguments() {
  const Pos bracket = pos();
  want(Token::LeftBracket);
  if (got(Token::RightBracket)) return sliceType(bracket);
  bool comma;
  Expr* inBrackets = typeList(false, &comma);
  want(Token::RightBracket);
  if (!comma) {
    if (Expr* element = typeOrNull()) {
      auto* array = make<ArrayType>(bracket);
      array->length = inBrackets;
      array->element = element;
      return array;
    }
  }
  auto* arguments = make<IndexExpr>(bracket);
  arguments->index = inBrackets;
  return arguments;
}

// -------------------------------------------------------------------------------------------------- interfaces

// InterfaceType = "interface" "{" { ( MethodDecl | EmbeddedElem ) ";" } "}" .
Expr* Parser::interfaceType() {
  auto* interface = make<InterfaceType>(pos());
  want(Token::Interface);
  want(Token::LeftBrace);
  List<Field> methods(*this);
  interface->rightBrace = list("interface type", Token::Semicolon, Token::RightBrace, [&] {
    Field* field = at(Token::Name) ? methodOrEmbedded() : nullptr;
    if (field == nullptr || field->name == nullptr) field = embeddedElement(field);
    methods.add(field);
    return false;
  });
  interface->methods = methods.finish();
  return interface;
}

// MethodSpec = MethodName Signature . Or the first term of an embedded element, which has no name then.
Field* Parser::methodOrEmbedded() {
  Field* field = makeField(pos(), nullptr, nullptr);
  Name* first = name();
  switch (token()) {
    case Token::LeftParen:
      field->name = first;
      field->type = signature("interface method", nullptr);
      break;
    case Token::LeftBracket: methodWithBrackets(field, first); break;
    default: field->type = qualifiedName(first); break;
  }
  return field;
}

// m[T any](), which is not allowed, or an embedded T[A, B].
void Parser::methodWithBrackets(Field* field, Name* first) {
  constexpr const char* kContext = "interface method";
  const Pos bracket = pos();
  next();
  if (at(Token::RightBracket)) {
    const Pos closing = pos();
    next();
    const bool isMethod = at(Token::LeftParen);
    report(closing, isMethod ? "empty type parameter list" : "empty type argument list");
    if (isMethod) {
      field->name = first;
      field->type = signature(kContext, nullptr);
    } else {
      field->type = first;
    }
    return;
  }

  // Type arguments look like parameters without names.
  const std::span<Field*> inBrackets = parameters({Token::RightBracket, false, false});
  if (inBrackets.empty()) {  // after an error
    if (at(Token::LeftParen)) {
      field->name = first;
      field->type = signature(kContext, nullptr);
    } else {
      field->type = first;
    }
    return;
  }
  if (inBrackets[0]->name != nullptr) {
    field->name = first;
    field->type = signature(kContext, nullptr);
    report(bracket, "interface method must have no type parameters");
    return;
  }
  auto* instance = make<IndexExpr>(bracket);
  instance->x = first;
  List<Expr> arguments(*this);
  for (const Field* argument : inBrackets) arguments.add(argument->type);
  instance->index = makeList(arguments.finish());
  if (inBrackets.size() > 1) instance->index->pos = inBrackets[0]->pos;
  field->type = instance;
}

// EmbeddedElem = EmbeddedTerm { "|" EmbeddedTerm } . `field` holds the first term, unless it is null.
Field* Parser::embeddedElement(Field* field) {
  if (field == nullptr) {
    field = makeField(pos(), nullptr, nullptr);
    field->type = embeddedTerm();
  }
  while (atOperator(Operator::Or)) {
    auto* either = make<Operation>(pos());
    either->op = Operator::Or;
    next();
    either->x = field->type;
    either->y = embeddedTerm();
    field->type = either;
  }
  return field;
}

// EmbeddedTerm = [ "~" ] Type .
Expr* Parser::embeddedTerm() {
  if (atOperator(Operator::Tilde)) {
    const Pos tilde = pos();
    next();
    return makeUnary(tilde, Operator::Tilde, type());
  }
  if (Expr* term = typeOrNull()) return term;
  Expr* bad = badExpr();
  unexpected(", expected ~ term or type");
  skipTo({Token::Operator, Token::Semicolon, Token::RightParen, Token::RightBracket, Token::RightBrace});
  return bad;
}

}  // namespace millrace::syntax
