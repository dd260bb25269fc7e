// The parser: one method per production of Go's grammar, spread over grammar-*.cpp. Private to this room; parser.h is
// the door.
//
// It is a recursive-descent parser with one token of look-ahead. What a text without errors means is fixed by the Go
// spec; what is reported for one with errors is fixed by Go's compiler, and follows from *how* it parses: which
// mistakes a production accepts and complains about, where it stops, and what it skips to find its feet again. So this
// parser takes the same decisions at the same tokens. Where a method looks needlessly lenient or picky, that is why.
//
// Always true:
//  - Every method returns a whole node: nothing is left null but what ast.h allows. Methods named ...OrNull may return
//    null, and have then consumed nothing unless they say otherwise.
//  - Every loop consumes a token per round or ends; EndOfFile is never consumed, and ends every loop.
//  - Whatever recurses without bound passes through a Nest. The one on the way into an operand is unaryExpr().
//
// Stack. A production that can contain itself must not cost more than about a kilobyte of native stack over the whole
// cycle, for kMaxNesting cycles have to fit in the stack of a Web Worker. Hence messages are put together in functions
// that are not inlined, lists grow on one stack shared by all (List), and else-ifs are parsed in a loop.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "wasm/syntax/ast.h"
#include "wasm/syntax/branches.h"
#include "wasm/syntax/directives.h"
#include "wasm/syntax/parser.h"
#include "wasm/syntax/scanner.h"

namespace millrace::syntax {

// A set of tokens.
class TokenSet {
 public:
  constexpr TokenSet(std::initializer_list<Token> tokens) {
    for (Token t : tokens) bits_ |= uint64_t{1} << static_cast<int>(t);
  }
  constexpr bool contains(Token t) const { return (bits_ >> static_cast<int>(t) & 1) != 0; }
  constexpr TokenSet operator|(TokenSet other) const {
    other.bits_ |= bits_;
    return other;
  }

 private:
  uint64_t bits_ = 0;
};
static_assert(static_cast<int>(Token::Var) < 64);

class Parser final : private ScannerClient {
 public:
  Parser(SourceFile* source, const ParseContext& context);
  File* parseFile();

 private:
  // ---------------------------------------------------------------------- tokens (grammar.cpp)
  const Lexeme& here() const { return scanner_.current(); }
  Token token() const { return here().token; }
  Pos pos() const { return here().pos; }
  bool at(Token t) const { return token() == t; }
  bool atOperator(Operator op) const { return at(Token::Operator) && here().op == op; }
  void next() { scanner_.next(); }
  bool got(Token t) {
    if (!at(t)) return false;
    next();
    return true;
  }
  void want(Token t) {
    if (!got(t)) wantFailed(t);
  }
  bool gotAssign();  // `=`; also `:=`, with an error

  // ---------------------------------------------------------------- errors and recovery (grammar.cpp)
  void lexicalFault(Pos pos, std::string message) override;
  void directive(Pos pos, std::string_view comment, bool alone) override;
  void report(Pos pos, std::string message);
  // "syntax error: MESSAGE". Nothing at the end of the text if there was an error before: it would say nothing new.
  void syntaxError(Pos pos, std::string_view message);
  void syntaxError(std::string_view message) { syntaxError(pos(), message); }
  // "syntax error: unexpected TOKENREST", for the current token.
  void unexpected(std::string_view rest);
  void wantFailed(Token t);
  void listSeparatorMissing(std::string_view context, Token separator, Token close);
  // Skips to one of `follow`; within functions, also to a keyword that begins a statement.
  void skipTo(TokenSet follow);
  void skipOne() { next(); }
  bool tooDeep();  // reports, gives up on the text, and returns false

  // ------------------------------------------------------------------------------------ nesting
  // One level of the tree; false if there are too many.
  class Nest {
   public:
    explicit Nest(Parser& parser) : parser_(parser) { parser.reach_ = std::max(parser.reach_, ++parser.depth_); }
    ~Nest() { parser_.depth_--; }
    Nest(const Nest&) = delete;
    Nest& operator=(const Nest&) = delete;
    bool ok() const { return parser_.depth_ <= kMaxNesting || parser_.tooDeep(); }

   private:
    Parser& parser_;
  };

  // -------------------------------------------------------------------------------------- nodes
  template <typename T>
  T* make(Pos pos) {
    T* node = context_.arena.make<T>();
    node->kind = T::kKind;
    node->pos = pos;
    if constexpr (std::is_base_of_v<Expr, T>) node->id = context_.nextExprId++;
    return node;
  }
  BadExpr* badExpr() { return make<BadExpr>(pos()); }
  Name* makeName(Pos pos, std::string_view text);
  Field* makeField(Pos pos, Name* name, Expr* type);
  Expr* makeList(std::span<Expr*> elements);  // of one element: that
  Operation* makeUnary(Pos pos, Operator op, Expr* x);

  // A list in the making. Lists nest, so they share one stack; finish() moves the elements into the arena.
  template <typename T>
  class List {
   public:
    explicit List(Parser& parser) : parser_(parser), base_(parser.pending_.size()) {}
    ~List() { parser_.pending_.resize(base_); }
    List(const List&) = delete;
    List& operator=(const List&) = delete;
    void add(T* element) { parser_.pending_.push_back(element); }
    size_t size() const { return parser_.pending_.size() - base_; }
    T* operator[](size_t i) const { return static_cast<T*>(parser_.pending_[base_ + i]); }
    std::span<T*> finish() const {
      if (size() == 0) return {};
      auto* at = static_cast<T**>(parser_.context_.arena.allocate(size() * sizeof(T*), alignof(T*)));
      for (size_t i = 0; i < size(); i++) at[i] = (*this)[i];
      return {at, size()};
    }

   private:
    Parser& parser_;
    size_t base_;
  };

  // element {separator element} [separator] close. Calls `element` for each; when that returns true, it was the last.
  // Returns the position of `close`. `context` is for the message.
  template <typename F>
  Pos list(std::string_view context, Token separator, Token close, F element) {
    bool done = false;
    while (!at(Token::EndOfFile) && !at(close) && !done) {
      done = element();
      if (!got(separator) && !at(close)) {
        listSeparatorMissing(context, separator, close);
        if (!at(close)) return pos();
      }
    }
    const Pos end = pos();
    want(close);
    return end;
  }

  // ------------------------------------------------------ declarations (grammar-declarations.cpp)
  using DeclMethod = Decl* (Parser::*)(Group*);
  void packageClause(File* file);
  void topLevelDecls(List<Decl>& decls);
  void declGroup(List<Decl>& decls, DeclMethod one);
  Decl* importDecl(Group* group);
  Decl* constDecl(Group* group);
  Decl* typeDecl(Group* group);
  Decl* varDecl(Group* group);
  void checkEmbed(const VarDecl* decl, Pos directive);
  FuncDecl* funcDecl();
  BlockStmt* funcBody();
  void typeParametersOrArray(TypeDecl* decl);
  struct TypeParameterStart {
    Name* name;  // null: not the start of a type parameter list
    Expr* constraint;
  };
  TypeParameterStart splitTypeParameter(Expr* x, bool force);
  Field* receiver();
  void finishLinknames(File* file);

  // ------------------------------------------------------------------- types (grammar-types.cpp)
  Expr* type();
  Expr* typeOrNull();
  Expr* parenthesizedType();
  Expr* chanType();
  Expr* mapType();
  Expr* arrayOrSliceType();
  Expr* arrayType(Pos bracket, Expr* length);  // "[" consumed, and the length too unless it is null
  Expr* sliceType(Pos bracket);                // "[]" consumed
  Expr* chanElement();
  Expr* structType();
  void fieldDecl(List<Field>& fields, std::vector<BasicLit*>& tags);
  void addField(List<Field>& fields, std::vector<BasicLit*>& tags, Field* field, BasicLit* tag);
  Expr* arrayOrTypeArguments();  // an IndexExpr without x if it turns out to be type arguments
  Expr* interfaceType();
  Field* methodOrEmbedded();
  void methodWithBrackets(Field* field, Name* first);
  Field* embeddedElement(Field* field);
  Expr* embeddedTerm();
  Expr* qualifiedName(Name* first);  // `first` null: not parsed yet
  Expr* typeInstance(Expr* generic);

  // ---------------------------------------------- signatures and parameters (grammar-signatures.cpp)
  // "func" is consumed. Type parameters are an error unless `typeParameters` is given; `context` is for the message.
  FuncType* signature(std::string_view context, std::span<Field*>* typeParameters);
  std::span<Field*> results();
  struct ParameterRules {
    Token close;
    bool typeParameters;  // all must be named, and constraints may be unions
    bool dots;            // the last may be ...T
  };
  // "(" or "[" is consumed; so are `name` and then `type`, the first parameter's, unless null.
  std::span<Field*> parameters(ParameterRules rules, Name* name = nullptr, Expr* type = nullptr);
  Field* parameterOrNull(Name* name, Token close);
  void distributeTypes(List<Field>& list, bool typeParameters, Pos end);
  void checkDots(List<Field>& list, bool allowedLast);

  // --------------------------------------------------------- expressions (grammar-expressions.cpp)
  Expr* expr() { return binaryExpr(nullptr, 0); }
  Expr* binaryExpr(Expr* x, int above);
  Expr* unaryExpr();
  Expr* receiveOrChanType();
  Expr* primaryExpr(Expr* x, bool keepParens);
  Expr* operand(bool keepParens);
  Expr* parenthesized(bool keepParens);
  Expr* funcTypeOrLit();
  Expr* selectorOrAssertion(Expr* x);
  Expr* indexOrSlice(Expr* x);
  Expr* call(Expr* x);
  bool literalBraceFollows(Expr* x);
  CompositeLit* literalValue();
  Expr* literalElement();
  Expr* exprList();
  // Types, the first possibly a value; *comma says whether there was one at all.
  Expr* typeList(bool firstIsType, bool* comma);
  Name* name();
  std::span<Name*> nameList(Name* first);
  BasicLit* literalOrNull();

  // ------------------------------------------------------------ statements (grammar-statements.cpp)
  BlockStmt* block(std::string_view context);  // `context` is for the message when there is no "{"
  std::span<Stmt*> statementList();
  Stmt* statementOrNull();
  Stmt* simpleStatement(Expr* lhs, Token keyword);  // `lhs` null: not parsed yet
  Stmt* assignment(Expr* lhs, Token keyword);
  RangeClause* rangeClause(Expr* lhs, bool define);
  Stmt* exprStatement(Expr* x);
  Stmt* labeledOrNull(Name* label);
  Stmt* declStatement(DeclMethod one);
  Stmt* branchStatement();
  Stmt* callStatement();
  Stmt* returnStatement();
  struct Header {
    Stmt* init = nullptr;
    Expr* condition = nullptr;
    Stmt* post = nullptr;
  };
  Header header(Token keyword);
  void headerClauses(Header& header, Token keyword);
  void noCondition(Header& header, const Lexeme& semicolon);
  void notACondition(const Stmt* statement);
  Stmt* ifStatement();
  Stmt* forStatement();
  Stmt* switchStatement();
  Stmt* selectStatement();
  bool clauseStart();
  CaseClause* caseClause();
  CommClause* commClause();

  SourceFile* source_;
  const ParseContext& context_;
  Scanner scanner_;
  Directives directives_;
  BranchChecker branches_;
  std::vector<Node*> pending_;  // of List
  std::string_view goVersion_;

  int errorCount_ = 0;
  bool gaveUp_ = false;  // after tooDeep(): no more errors
  bool beforePackage_ = true;
  bool importsEmbed_ = false;
  int funcDepth_ = 0;  // of function bodies around
  int exprLevel_ = 0;  // < 0: in the header of a control clause, where `T {` is not a composite literal
  int depth_ = 0;      // of Nests around
  // Deepest level of the tree in what was parsed last; see primaryExpr(), which lets a tree grow without nesting.
  int reach_ = 0;
  uint32_t groups_ = 0;
};

}  // namespace millrace::syntax
