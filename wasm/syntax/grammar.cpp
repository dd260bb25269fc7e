// The parser's common ground: tokens, errors, recovery, and the making of nodes.
#include "wasm/syntax/grammar.h"

namespace millrace::syntax {

namespace {

// Keywords that begin a statement: good places to go on at after an error within a function.
constexpr TokenSet kStatementKeywords = {
    Token::Break, Token::Const, Token::Continue, Token::Defer,  Token::Fallthrough, Token::For,  Token::Go,
    Token::Goto,  Token::If,    Token::Return,   Token::Select, Token::Switch,      Token::Type, Token::Var,
};

// A token as a message names it when it was expected.
std::string wordFor(Token t) {
  if (t == Token::Comma) return "comma";
  if (t == Token::Semicolon) return "semicolon or newline";
  const std::string word(text(t));
  return t >= Token::Break ? "keyword " + word : word;
}

// The token that was found, as a message names it.
std::string describe(const Lexeme& lexeme) {
  const std::string operatorText(text(lexeme.op));
  switch (lexeme.token) {
    case Token::Name: return "name " + std::string(lexeme.text);
    case Token::Literal: return "literal " + std::string(lexeme.text);
    case Token::Semicolon: return std::string(lexeme.text);
    case Token::Operator: return operatorText;
    case Token::AssignOp: return operatorText + "=";
    case Token::IncOp: return operatorText + operatorText;
    default: return wordFor(lexeme.token);
  }
}

}  // namespace

File* parseFile(SourceFile* source, const ParseContext& context) { return Parser(source, context).parseFile(); }

Parser::Parser(SourceFile* source, const ParseContext& context)
    : source_(source),
      context_(context),
      scanner_(*source, *this),
      directives_(context),
      branches_(*source, context.report) {}

// ----------------------------------------------------------------------------------------- errors and recovery

void Parser::report(Pos pos, std::string message) {
  if (gaveUp_) return;
  errorCount_++;
  context_.report({pos, {}, std::move(message)});
}

void Parser::lexicalFault(Pos pos, std::string message) { report(pos, std::move(message)); }

void Parser::directive(Pos pos, std::string_view comment, bool alone) {
  if (comment.substr(2, 5) == "line ") {
    if (auto fault = applyLineDirective(*source_, pos, comment)) report(fault->pos, std::move(fault->message));
    return;
  }
  if (beforePackage_ && comment.starts_with("//go:build")) {
    if (auto version = goVersionOfBuildLine(comment)) goVersion_ = context_.arena.copy(std::string_view(*version));
  }
  directives_.add(pos, comment, alone);
}

void Parser::syntaxError(Pos pos, std::string_view message) {
  if (at(Token::EndOfFile) && errorCount_ > 0) return;
  report(pos, "syntax error: " + std::string(message));
}

void Parser::unexpected(std::string_view rest) { syntaxError("unexpected " + describe(here()) + std::string(rest)); }

void Parser::wantFailed(Token t) {
  unexpected(", expected " + wordFor(t));
  if (!at(Token::EndOfFile)) skipOne();
}

void Parser::listSeparatorMissing(std::string_view context, Token separator, Token close) {
  unexpected(" in " + std::string(context) + "; possibly missing " + wordFor(separator) + " or " + wordFor(close));
  skipTo({Token::RightParen, Token::RightBracket, Token::RightBrace});
}

void Parser::skipTo(TokenSet follow) {
  if (funcDepth_ > 0) follow = follow | kStatementKeywords;
  while (!at(Token::EndOfFile) && !follow.contains(token())) next();
}

// Go's parser has no such limit but its memory. To go on after this would mean to parse what makes no sense to anybody.
bool Parser::tooDeep() {
  if (!gaveUp_) {
    report(pos(), "syntax error: nesting is more than " + std::to_string(kMaxNesting) + " levels deep");
    gaveUp_ = true;
    scanner_.stop();
  }
  return false;
}

bool Parser::gotAssign() {
  if (at(Token::Define)) {
    unexpected(", expected =");
  } else if (!at(Token::Assign)) {
    return false;
  }
  next();
  return true;
}

// ------------------------------------------------------------------------------------------------------- nodes

Name* Parser::makeName(Pos pos, std::string_view text) {
  auto* name = make<Name>(pos);
  name->symbol = context_.symbols.intern(text);
  return name;
}

Field* Parser::makeField(Pos pos, Name* name, Expr* type) {
  auto* field = make<Field>(pos);
  field->name = name;
  field->type = type;
  return field;
}

Operation* Parser::makeUnary(Pos pos, Operator op, Expr* x) {
  auto* operation = make<Operation>(pos);
  operation->op = op;
  operation->x = x;
  return operation;
}

Expr* Parser::makeList(std::span<Expr*> elements) {
  if (elements.size() == 1) return elements[0];
  auto* list = make<ListExpr>(elements[0]->pos);
  list->elements = elements;
  return list;
}

}  // namespace millrace::syntax
