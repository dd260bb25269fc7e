// The parser: signatures and the lists of parameters, results and type parameters in them.
#include "wasm/syntax/grammar.h"

namespace millrace::syntax {

FuncType* Parser::signature(std::string_view context, std::span<Field*>* typeParameters) {
  auto* func = make<FuncType>(pos());
  if (got(Token::LeftBracket)) {
    if (typeParameters == nullptr) syntaxError(func->pos, std::string(context) + " must have no type parameters");
    if (at(Token::RightBracket)) {
      syntaxError("empty type parameter list");
      next();
    } else {
      const std::span<Field*> found = parameters({Token::RightBracket, true, false});
      if (typeParameters != nullptr) *typeParameters = found;
    }
  }
  want(Token::LeftParen);
  func->parameters = parameters({Token::RightParen, false, true});
  func->results = results();
  return func;
}

// Result = Parameters | Type .
std::span<Field*> Parser::results() {
  if (got(Token::LeftParen)) return parameters({Token::RightParen, false, false});
  const Pos start = pos();
  Expr* single = typeOrNull();
  if (single == nullptr) return {};
  List<Field> list(*this);
  list.add(makeField(start, nullptr, single));
  return list.finish();
}

// ParameterList = ParameterDecl { "," ParameterDecl } . Either all fields of the result have a name or none has.
//
// What `a, b` means is only known at the end of the list: two types, or two names whose type is still to come. So each
// entry is first taken as it looks (a lone identifier is a name), and the list is set right afterwards.
std::span<Field*> Parser::parameters(ParameterRules rules, Name* name, Expr* type) {
  Nest nest(*this);
  if (!nest.ok()) return {};
  List<Field> fields(*this);
  if (name != nullptr && type != nullptr && got(rules.close)) {
    fields.add(makeField(name->pos, name, type));
    return fields.finish();
  }

  const Pos end = list("parameter list", Token::Comma, rules.close, [&] {
    Field* field = type != nullptr ? makeField(name->pos, name, type) : parameterOrNull(name, rules.close);
    name = nullptr;
    type = nullptr;
    if (field != nullptr) fields.add(field);
    return false;
  });
  if (fields.size() == 0) return {};
  distributeTypes(fields, rules.typeParameters, end);
  checkDots(fields, rules.dots);
  return fields.finish();
}

// ParameterDecl = [ IdentifierList ] [ "..." ] Type . One name and its type, or one of the two. `name` is the name if
// it has been consumed already.
Field* Parser::parameterOrNull(Name* name, Token close) {
  const bool unionsAllowed = close == Token::RightBracket;
  auto atUnion = [&] { return unionsAllowed && atOperator(Operator::Or); };
  auto atTilde = [&] { return unionsAllowed && atOperator(Operator::Tilde); };

  if (name == nullptr && atTilde()) return embeddedElement(nullptr);
  Field* field = makeField(name != nullptr ? name->pos : pos(), nullptr, nullptr);
  if (name == nullptr && at(Token::Name)) name = this->name();

  if (name != nullptr) {
    if (at(Token::LeftBracket)) {
      field->type = arrayOrTypeArguments();
      if (auto* instance = as<IndexExpr>(field->type)) {
        instance->x = name;
      } else {
        field->name = name;
      }
      return atUnion() ? embeddedElement(field) : field;
    }
    if (at(Token::Dot)) {
      field->type = qualifiedName(name);
      return atUnion() ? embeddedElement(field) : field;
    }
    if (atUnion()) {
      field->type = name;
      return embeddedElement(field);
    }
    field->name = name;
  }

  if (at(Token::DotDotDot)) {
    auto* dots = make<DotsType>(pos());
    next();
    dots->element = typeOrNull();
    field->type = dots;
    if (dots->element == nullptr) {
      field->type = badExpr();
      syntaxError("... is missing type");
    }
    return field;
  }
  if (atTilde()) {
    field->type = embeddedElement(nullptr)->type;
    return field;
  }
  field->type = typeOrNull();
  if (field->type != nullptr && atUnion()) field = embeddedElement(field);
  if (field->name != nullptr || field->type != nullptr) return field;

  unexpected(close == Token::RightParen ? ", expected )" : ", expected ]");
  skipTo({Token::Comma, close});
  return nullptr;
}

// Gives every entry its type, and a name if any has one. `end` is the position of the closing token.
void Parser::distributeTypes(List<Field>& list, bool typeParameters, Pos end) {
  size_t named = 0, typed = 0;  // entries with name and type; with type
  for (size_t i = 0; i < list.size(); i++) {
    if (list[i]->type == nullptr) continue;
    typed++;
    if (list[i]->name != nullptr) named++;
  }
  if (named == list.size()) return;
  if (named == 0 && !typeParameters) {
    for (size_t i = 0; i < list.size(); i++) {
      Field* field = list[i];
      if (field->name == nullptr) continue;
      field->type = field->name;
      field->name = nullptr;
    }
    return;
  }

  // Names share the type that follows. A type without name, or a name after which no type comes, is an error.
  Pos fault;
  Expr* following = nullptr;
  for (size_t i = list.size(); i-- > 0;) {
    Field* field = list[i];
    if (field->type != nullptr) {
      following = field->type;
      if (field->name == nullptr) {
        fault = startPos(following);
        field->name = makeName(fault, "_");
      }
    } else if (following != nullptr) {
      field->type = following;
    } else {
      fault = field->name->pos;
      field->type = make<BadExpr>(fault);
    }
  }
  if (!fault.known()) return;
  if (named == typed) {
    syntaxError(end, typeParameters ? "missing type constraint" : "missing parameter type");
  } else if (!typeParameters) {
    syntaxError(fault, "missing parameter name");
  } else {
    syntaxError(fault, list.size() == 1 ? "missing type parameter name or invalid array length"
                                        : "missing type parameter name");
  }
}

// Only the last parameter may be ...T; elsewhere it is taken as T. One error per list is enough.
void Parser::checkDots(List<Field>& list, bool allowedLast) {
  bool reported = false;
  for (size_t i = 0; i < list.size(); i++) {
    auto* dots = as<DotsType>(list[i]->type);
    if (dots == nullptr || (allowedLast && i + 1 == list.size())) continue;
    if (!reported) report(dots->pos, allowedLast ? "can only use ... with final parameter" : "invalid use of ...");
    reported = true;
    list[i]->type = dots->element;
  }
}

}  // namespace millrace::syntax
