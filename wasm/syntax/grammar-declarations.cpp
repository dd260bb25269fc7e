// The parser: files and declarations.
#include <unordered_set>

#include "wasm/syntax/grammar.h"
#include "wasm/syntax/literal.h"

namespace millrace::syntax {

namespace {

constexpr TokenSet kDeclKeywords = {Token::Import, Token::Const, Token::Type, Token::Var, Token::Func};

bool isBodylessFunc(const Decl* decl) {
  auto* func = as<const FuncDecl>(decl);
  return func != nullptr && func->body == nullptr;
}

// Whether `x` must be a type or a constraint; false if it could be a value as well.
bool isTypeElement(const Expr* x) {
  for (;;) {
    switch (x->kind) {
      case NodeKind::ArrayType:
      case NodeKind::StructType:
      case NodeKind::FuncType:
      case NodeKind::InterfaceType:
      case NodeKind::SliceType:
      case NodeKind::MapType:
      case NodeKind::ChanType: return true;
      case NodeKind::ParenExpr: x = static_cast<const ParenExpr*>(x)->x; break;
      case NodeKind::Operation: {
        auto* operation = static_cast<const Operation*>(x);
        if (operation->op == Operator::Tilde) return true;
        if (operation->y != nullptr && isTypeElement(operation->y)) return true;
        x = operation->x;
        break;
      }
      default: return false;
    }
  }
}

}  // namespace

File* Parser::parseFile() {
  File* file = context_.arena.make<File>();
  file->source = source_;
  next();
  packageClause(file);
  if (file->packageName != nullptr) {
    List<Decl> decls(*this);
    topLevelDecls(decls);
    file->declarations = decls.finish();
    finishLinknames(file);
  }
  file->end = pos();
  return file;
}

// After an error in it the rest of the file is not looked at.
void Parser::packageClause(File* file) {
  file->goVersion = goVersion_;
  beforePackage_ = false;
  if (!got(Token::Package)) return syntaxError("package statement must be first");
  directives_.take(Directives::Owner::Package);
  Name* packageName = name();
  want(Token::Semicolon);
  if (errorCount_ == 0) file->packageName = packageName;
}

void Parser::topLevelDecls(List<Decl>& decls) {
  Token previous = Token::Import;
  while (!at(Token::EndOfFile)) {
    if (at(Token::Import) && previous != Token::Import) {
      syntaxError("imports must appear before other declarations");  // and are accepted
    }
    previous = token();
    if (!kDeclKeywords.contains(previous)) {
      if (at(Token::LeftBrace) && decls.size() > 0 && isBodylessFunc(decls[decls.size() - 1])) {
        syntaxError("unexpected semicolon or newline before {");
      } else {
        syntaxError("non-declaration statement outside function body");
      }
      skipTo(kDeclKeywords);
      continue;
    }
    next();
    switch (previous) {
      case Token::Import: declGroup(decls, &Parser::importDecl); break;
      case Token::Const: declGroup(decls, &Parser::constDecl); break;
      case Token::Type: declGroup(decls, &Parser::typeDecl); break;
      case Token::Var: declGroup(decls, &Parser::varDecl); break;
      default: decls.add(funcDecl()); break;
    }

    // Before the semicolon is consumed, because comments behind it are about the next declaration.
    directives_.drop();
    if (!at(Token::EndOfFile) && !got(Token::Semicolon)) {
      unexpected(" after top level declaration");
      skipTo(kDeclKeywords);
    }
  }
  directives_.drop();
}

// One declaration, or several in parentheses.
void Parser::declGroup(List<Decl>& decls, DeclMethod one) {
  if (!at(Token::LeftParen)) {
    decls.add((this->*one)(nullptr));
    return;
  }
  Group* group = context_.arena.make<Group>(groups_++);
  directives_.drop();
  next();
  list("grouped declaration", Token::Semicolon, Token::RightParen, [&] {
    decls.add((this->*one)(group));
    return false;
  });
}

// ImportSpec = [ "." | PackageName ] ImportPath .
Decl* Parser::importDecl(Group* group) {
  auto* decl = make<ImportDecl>(pos());
  decl->group = group;
  directives_.take(Directives::Owner::Other);
  if (at(Token::Name)) {
    decl->localName = name();
  } else if (at(Token::Dot)) {
    decl->localName = makeName(pos(), ".");
    next();
  }
  decl->path = literalOrNull();
  if (decl->path == nullptr) {
    syntaxError("missing import path");
    skipTo({Token::Semicolon, Token::RightParen});
  } else if (!decl->path->bad && decl->path->literal != LiteralKind::String) {
    syntaxError(decl->path->pos, "import path must be a string");
    decl->path->bad = true;
  } else if (decl->path->text == "\"embed\"" || decl->path->text == "`embed`") {
    importsEmbed_ = true;
  }
  return decl;
}

// ConstSpec = IdentifierList [ [ Type ] "=" ExpressionList ] .
Decl* Parser::constDecl(Group* group) {
  auto* decl = make<ConstDecl>(pos());
  decl->group = group;
  directives_.take(Directives::Owner::Other);
  decl->names = nameList(name());
  if (!at(Token::EndOfFile) && !at(Token::Semicolon) && !at(Token::RightParen)) {
    decl->type = typeOrNull();
    if (gotAssign()) decl->values = exprList();
  }
  return decl;
}

// VarSpec = IdentifierList ( Type [ "=" ExpressionList ] | "=" ExpressionList ) .
Decl* Parser::varDecl(Group* group) {
  auto* decl = make<VarDecl>(pos());
  decl->group = group;
  directives_.take(Directives::Owner::Var);
  const Pos embed = directives_.takeEmbed();
  decl->names = nameList(name());
  if (gotAssign()) {
    decl->values = exprList();
  } else {
    decl->type = type();
    if (gotAssign()) decl->values = exprList();
  }
  if (embed.known() && !context_.library) checkEmbed(decl, embed);
  return decl;
}

// Where `//go:embed` stands above it.
void Parser::checkEmbed(const VarDecl* decl, Pos directive) {
  const char* fault = !importsEmbed_            ? "go:embed requires import \"embed\" (or import _ \"embed\", if package is not used)"
                      : decl->names.size() > 1  ? "go:embed cannot apply to multiple vars"
                      : decl->values != nullptr ? "go:embed cannot apply to var with initializer"
                      : funcDepth_ > 0          ? "go:embed cannot apply to var inside func"
                                                : nullptr;
  if (fault != nullptr) context_.report({directive, {}, fault, Stage::Declarations});
}

// TypeSpec = identifier [ TypeParams ] [ "=" ] Type .
Decl* Parser::typeDecl(Group* group) {
  auto* decl = make<TypeDecl>(pos());
  decl->group = group;
  directives_.take(Directives::Owner::Other);
  decl->name = name();
  if (at(Token::LeftBracket)) {
    typeParametersOrArray(decl);
  } else {
    decl->alias = gotAssign();
    decl->type = typeOrNull();
  }
  if (decl->type == nullptr) {
    decl->type = badExpr();
    unexpected(" in type declaration");
    skipTo({Token::Semicolon, Token::RightParen});
  }
  return decl;
}

// `type T [`: an array or slice type follows, or type parameters. Only when it begins with a name does one have to look
// further: `[N * M]E` is an array of N*M elements and `[P *C]E`, with the same tokens, could be a parameter P that is
// constrained by *C. So what stands there is parsed as an expression, which covers both, and then judged: what can be
// read as a name and a type that cannot be a value is a parameter; if it could be either, a comma decides for it.
void Parser::typeParametersOrArray(TypeDecl* decl) {
  const Pos bracket = pos();
  next();
  if (got(Token::RightBracket)) {
    decl->type = sliceType(bracket);
    return;
  }
  if (!at(Token::Name)) {
    decl->type = arrayType(bracket, nullptr);
    return;
  }
  Expr* x = name();
  // A name followed by a bracket can only be a parameter and its constraint `[]E` or `[N]E`: indexing is never
  // constant.
  if (!at(Token::LeftBracket)) {
    exprLevel_++;
    x = binaryExpr(primaryExpr(x, false), 0);
    exprLevel_--;
  }
  const TypeParameterStart start = splitTypeParameter(x, at(Token::Comma));
  if (start.name == nullptr || (start.constraint == nullptr && at(Token::RightBracket))) {
    decl->type = arrayType(bracket, x);
    return;
  }
  decl->typeParameters = parameters({Token::RightBracket, true, false}, start.name, start.constraint);
  decl->alias = gotAssign();
  decl->type = typeOrNull();
}

// Reads `x` as a name followed by a constraint, if it can be: P*[]int, P([]int), P*E|~F. With `force` also if the
// constraint could be a value: P*E. A name alone is a name without constraint.
Parser::TypeParameterStart Parser::splitTypeParameter(Expr* x, bool force) {
  if (auto* single = as<Name>(x)) return {single, nullptr};

  if (auto* conversion = as<CallExpr>(x)) {
    auto* parameter = as<Name>(conversion->function);
    if (parameter == nullptr || conversion->arguments.size() != 1 || conversion->hasDots) return {};
    Expr* argument = conversion->arguments[0];
    if (!force && !isTypeElement(argument)) return {};
    return {parameter, unparen(argument)};
  }

  // A union leans to the left; its first term holds the name.
  Expr* first = x;
  std::vector<Operation*> terms;
  for (auto* o = as<Operation>(x); o != nullptr && o->y != nullptr && o->op == Operator::Or; o = as<Operation>(first)) {
    terms.push_back(o);
    force = force || isTypeElement(o->y);
    first = o->x;
  }
  TypeParameterStart start = {};
  if (auto* product = as<Operation>(first)) {
    if (product->y == nullptr || product->op != Operator::Mul) return {};
    auto* parameter = as<Name>(product->x);
    if (parameter == nullptr || (!force && !isTypeElement(product->y))) return {};
    start = {parameter, makeUnary(product->pos, Operator::Mul, product->y)};
  } else if (first->kind == NodeKind::CallExpr) {
    start = splitTypeParameter(first, force);
  }
  if (start.constraint == nullptr) return {};
  for (size_t i = terms.size(); i-- > 0;) {
    terms[i]->x = start.constraint;
    start.constraint = terms[i];
  }
  return start;
}

// FunctionDecl = "func" FunctionName [ TypeParams ] Signature [ FunctionBody ] .
// MethodDecl   = "func" Receiver MethodName Signature [ FunctionBody ] .
FuncDecl* Parser::funcDecl() {
  auto* func = make<FuncDecl>(pos());
  func->pragmas = directives_.take(Directives::Owner::Func);
  const bool isMethod = got(Token::LeftParen);
  if (isMethod) func->receiver = receiver();

  if (at(Token::Name)) {
    func->name = name();
    func->type = isMethod ? signature("method", nullptr) : signature("", &func->typeParameters);
  } else {
    func->name = makeName(pos(), "_");
    func->type = make<FuncType>(pos());
    unexpected(isMethod ? ", expected name" : ", expected name or (");
    skipTo({Token::LeftBrace, Token::Semicolon});
  }
  if (at(Token::LeftBrace)) func->body = funcBody();
  return func;
}

// Null if there is none in the parentheses.
Field* Parser::receiver() {
  std::span<Field*> receivers = parameters({Token::RightParen, false, false});
  if (receivers.empty()) report(pos(), "method has no receiver");
  if (receivers.size() > 1) report(pos(), "method has multiple receivers");
  return receivers.empty() ? nullptr : receivers[0];
}

BlockStmt* Parser::funcBody() {
  funcDepth_++;
  const int errorsBefore = errorCount_;
  BlockStmt* body = block("");
  funcDepth_--;
  // In a broken body half of the labels may be missing.
  if (errorCount_ == errorsBefore) branches_.check(body);
  return body;
}

void Parser::finishLinknames(File* file) {
  const std::vector<Linkname>& linknames = directives_.linknames();
  if (linknames.empty()) return;
  file->linknames = context_.arena.copy(linknames);

  std::unordered_set<std::string_view> locals;
  for (const Linkname& linkname : linknames) locals.insert(linkname.local);
  for (Decl* decl : file->declarations) {
    auto* func = as<FuncDecl>(decl);
    if (func == nullptr || func->receiver != nullptr) continue;
    if (locals.contains(func->name->symbol.text())) func->pragmas |= kPragmaLinkname;
  }
}

}  // namespace millrace::syntax
