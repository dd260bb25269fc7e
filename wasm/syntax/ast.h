// The tree of one Go file. Complete for the language; after a syntax error there is still a tree.
//
// Nodes are made in an arena and never change once parsed. What the checker learns is kept beside the tree, in tables
// indexed by Expr::id and by pointers to declarations, so this room knows nothing of types.
//
// `pos` is the place that Go's compiler reports for the node: the operator of a binary expression, the token that tells
// the production apart, else the first token. startPos() and endPos() give the extent.
//
// For everyone who walks the tree: no path in it is longer than a small multiple of kMaxNesting, so recursion is safe,
// with two exceptions that real programs make long: `x` of binary Operations (a + b + c + ...) and `otherwise` of
// IfStmt (else if ... else if ...). Walk these with a loop.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "wasm/syntax/names.h"
#include "wasm/syntax/source.h"
#include "wasm/syntax/token.h"

namespace millrace::syntax {

enum class NodeKind : uint8_t {
  // expressions and types
  BadExpr, Name, BasicLit, CompositeLit, KeyValueExpr, FuncLit, ParenExpr, SelectorExpr, IndexExpr, SliceExpr,
  AssertExpr, TypeSwitchGuard, Operation, CallExpr, ListExpr,
  ArrayType, SliceType, DotsType, StructType, InterfaceType, FuncType, MapType, ChanType,
  // statements
  EmptyStmt, LabeledStmt, BlockStmt, ExprStmt, SendStmt, DeclStmt, AssignStmt, BranchStmt, CallStmt, ReturnStmt,
  IfStmt, ForStmt, SwitchStmt, SelectStmt,
  RangeClause, CaseClause, CommClause,
  // declarations
  ImportDecl, ConstDecl, TypeDecl, VarDecl, FuncDecl,
  // parts
  Field,
};

struct Node {
  NodeKind kind;
  Pos pos;
};

// `node` as a T if it is one, else null.
template <typename T, typename N>
T* as(N* node) {
  return node != nullptr && node->kind == T::kKind ? static_cast<T*>(node) : nullptr;
}

// ---------------------------------------------------------------------------------------------- expressions

struct Expr : Node {
  uint32_t id = 0;  // dense within one parsed package: index into the checker's tables
};

struct BadExpr : Expr {  // stands where an expression could not be parsed; an error has been reported
  static constexpr NodeKind kKind = NodeKind::BadExpr;
};

struct Name : Expr {
  static constexpr NodeKind kKind = NodeKind::Name;
  Symbol symbol;
};

struct BasicLit : Expr {
  static constexpr NodeKind kKind = NodeKind::BasicLit;
  std::string_view text;  // as written; part of the SourceFile's text. literal.h has the values of strings and runes
  LiteralKind literal;
  bool bad;  // malformed: reported already
};

struct CompositeLit : Expr {  // Type{Elems}
  static constexpr NodeKind kKind = NodeKind::CompositeLit;
  Expr* type;  // null: left out, inside another composite literal
  std::span<Expr*> elements;  // KeyValueExpr or plain
  uint32_t keyed;             // how many elements are KeyValueExpr
  Pos rightBrace;
};

struct KeyValueExpr : Expr {  // key: value
  static constexpr NodeKind kKind = NodeKind::KeyValueExpr;
  Expr *key, *value;
};

struct FuncType;
struct BlockStmt;

struct FuncLit : Expr {
  static constexpr NodeKind kKind = NodeKind::FuncLit;
  FuncType* type;
  BlockStmt* body;
};

struct ParenExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::ParenExpr;
  Expr* x;
};

struct SelectorExpr : Expr {  // x.selector
  static constexpr NodeKind kKind = NodeKind::SelectorExpr;
  Expr* x;
  Name* selector;
};

struct IndexExpr : Expr {  // x[index]; a ListExpr as index: several type arguments
  static constexpr NodeKind kKind = NodeKind::IndexExpr;
  Expr *x, *index;
};

struct SliceExpr : Expr {  // x[i:j], x[i:j:k]
  static constexpr NodeKind kKind = NodeKind::SliceExpr;
  Expr* x;
  Expr* index[3];  // null: left out
  bool full;       // x[i:j:k], even if i, j or k is missing by mistake
};

struct AssertExpr : Expr {  // x.(type)
  static constexpr NodeKind kKind = NodeKind::AssertExpr;
  Expr *x, *type;
};

struct TypeSwitchGuard : Expr {  // name := x.(type); also where it must not be, which the checker reports
  static constexpr NodeKind kKind = NodeKind::TypeSwitchGuard;
  Name* name;  // null: no name
  Expr* x;
};

struct Operation : Expr {  // op x (y null), x op y; `*x` is {Mul, x, null}, `&x` is {And, x, null}
  static constexpr NodeKind kKind = NodeKind::Operation;
  Operator op;
  Expr *x, *y;
};

struct CallExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::CallExpr;
  Expr* function;
  std::span<Expr*> arguments;
  bool hasDots;  // last argument is followed by ...
  Pos rightParen;
};

struct ListExpr : Expr {  // a, b, c: on the sides of an assignment, after return, in case and type argument lists
  static constexpr NodeKind kKind = NodeKind::ListExpr;
  std::span<Expr*> elements;  // two or more
};

struct ArrayType : Expr {  // [length]element
  static constexpr NodeKind kKind = NodeKind::ArrayType;
  Expr* length;  // null: [...]
  Expr* element;
};

struct SliceType : Expr {
  static constexpr NodeKind kKind = NodeKind::SliceType;
  Expr* element;
};

struct DotsType : Expr {  // ...element, of a last parameter
  static constexpr NodeKind kKind = NodeKind::DotsType;
  Expr* element;
};

// A field, parameter, result, type parameter, interface method or embedded element. `a, b int` makes two Fields that
// share `type`.
struct Field : Node {
  static constexpr NodeKind kKind = NodeKind::Field;
  Name* name;  // null: embedded or anonymous
  Expr* type;
};

struct StructType : Expr {
  static constexpr NodeKind kKind = NodeKind::StructType;
  std::span<Field*> fields;
  std::span<BasicLit*> tags;  // empty, or one per field; null: no tag
  Pos rightBrace;
};

struct InterfaceType : Expr {
  static constexpr NodeKind kKind = NodeKind::InterfaceType;
  std::span<Field*> methods;  // name and FuncType: a method; no name: an embedded element
  Pos rightBrace;
};

struct FuncType : Expr {
  static constexpr NodeKind kKind = NodeKind::FuncType;
  std::span<Field*> parameters, results;
};

struct MapType : Expr {
  static constexpr NodeKind kKind = NodeKind::MapType;
  Expr *key, *value;
};

enum class ChanDir : uint8_t { Both, SendOnly, ReceiveOnly };

struct ChanType : Expr {
  static constexpr NodeKind kKind = NodeKind::ChanType;
  ChanDir direction;
  Expr* element;
};

// ----------------------------------------------------------------------------------------------- statements

struct Stmt : Node {};

struct EmptyStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::EmptyStmt;
};

struct LabeledStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::LabeledStmt;
  Name* label;
  Stmt* statement;
};

struct BlockStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::BlockStmt;
  std::span<Stmt*> list;
  Pos rightBrace;
};

struct ExprStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::ExprStmt;
  Expr* x;
};

struct SendStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::SendStmt;
  Expr *chan, *value;
};

struct Decl;

struct DeclStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::DeclStmt;
  std::span<Decl*> list;
};

struct AssignStmt : Stmt {  // lhs op= rhs; lhs = rhs is None, lhs := rhs is Define
  static constexpr NodeKind kKind = NodeKind::AssignStmt;
  Operator op;
  Expr *lhs, *rhs;  // rhs null: lhs++ (Add) or lhs-- (Sub)
};

struct BranchStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::BranchStmt;
  Token token;  // Break, Continue, Fallthrough, Goto
  Name* label;  // null: none
  // The statement that break and continue leave or repeat, or the LabeledStmt that goto jumps to; null after an error.
  Stmt* target;
};

struct CallStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::CallStmt;
  Token token;  // Go or Defer
  Expr* call;   // anything; that it is a CallExpr is the checker's to require
};

struct ReturnStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::ReturnStmt;
  Expr* results;  // null: none; several: a ListExpr
};

struct IfStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::IfStmt;
  Stmt* init;  // null: none
  Expr* condition;
  BlockStmt* then;
  Stmt* otherwise;  // null, IfStmt or BlockStmt
};

struct ForStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::ForStmt;
  Stmt* init;  // may be a RangeClause; then condition and post are null
  Expr* condition;
  Stmt* post;
  BlockStmt* body;
};

struct RangeClause : Stmt {  // lhs = range x, or lhs := range x with define
  static constexpr NodeKind kKind = NodeKind::RangeClause;
  Expr* lhs;  // null: none; two: a ListExpr
  bool define;
  Expr* x;
};

struct CaseClause : Node {
  static constexpr NodeKind kKind = NodeKind::CaseClause;
  Expr* cases;  // null: default; several: a ListExpr
  std::span<Stmt*> body;
  Pos colon;
};

struct SwitchStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::SwitchStmt;
  Stmt* init;
  Expr* tag;  // null: none; a TypeSwitchGuard: type switch
  std::span<CaseClause*> body;
  Pos rightBrace;
};

struct CommClause : Node {
  static constexpr NodeKind kKind = NodeKind::CommClause;
  Stmt* comm;  // null: default; a SendStmt, or an ExprStmt or AssignStmt with a receive on the right
  std::span<Stmt*> body;
  Pos colon;
};

struct SelectStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::SelectStmt;
  std::span<CommClause*> body;
  Pos rightBrace;
};

// --------------------------------------------------------------------------------------------- declarations

// Declarations of one parenthesised group share a Group; one outside parentheses has none.
struct Group {
  uint32_t number;
};

struct Decl : Node {
  Group* group = nullptr;
};

struct ImportDecl : Decl {
  static constexpr NodeKind kKind = NodeKind::ImportDecl;
  Name* localName;  // null: none; "." and "_" too
  BasicLit* path;   // null or bad after an error
};

struct ConstDecl : Decl {
  static constexpr NodeKind kKind = NodeKind::ConstDecl;
  std::span<Name*> names;
  Expr* type;    // null: none
  Expr* values;  // null: none (the group's last ones are repeated)
};

struct TypeDecl : Decl {
  static constexpr NodeKind kKind = NodeKind::TypeDecl;
  Name* name;
  std::span<Field*> typeParameters;
  bool alias;
  Expr* type;
};

struct VarDecl : Decl {
  static constexpr NodeKind kKind = NodeKind::VarDecl;
  std::span<Name*> names;
  Expr* type;
  Expr* values;
};

// Compiler directives that stand directly above a function: a bit each.
enum Pragma : uint32_t {
  kPragmaNoInline = 1 << 0,
  kPragmaNoEscape = 1 << 1,
  kPragmaLinkname = 1 << 2,  // one of the file's linknames, wherever it stands, is about this function
  kPragmaWasmImport = 1 << 3,
  kPragmaWasmExport = 1 << 4,
  kPragmaGoJs = 1 << 5,      // imported from the module "gojs": takes anything
};

struct FuncDecl : Decl {
  static constexpr NodeKind kKind = NodeKind::FuncDecl;
  Field* receiver;  // null: a function
  Name* name;
  std::span<Field*> typeParameters;
  FuncType* type;
  BlockStmt* body;  // null: declared only
  uint32_t pragmas;
};

// `//go:linkname local target`: `local` of this file is `target` ("package/path.name") of another package. An empty
// target only allows others to link to it.
struct Linkname {
  Pos pos;
  std::string_view local, target;
};

struct File {
  SourceFile* source;
  Name* packageName;  // null after an error in the package clause; there are no declarations then
  std::span<Decl*> declarations;
  std::span<Linkname> linknames;
  std::string_view goVersion;  // least version that the `//go:build` line asks for, as "go1.N"; empty: none
  Pos end;
};

// Extent of a node as Go's type checker takes it for its messages and scopes, oddities included: a SliceExpr starts at
// its bracket, and where something ends that ends with a bracket is only approximate.
Pos startPos(const Node* node);
Pos endPos(const Node* node);
Pos startPos(const File& file);
Pos endPos(const File& file);

// `x` without parentheses around it.
Expr* unparen(Expr* x);

// The elements of a ListExpr, or `x` alone; nothing for null.
std::span<Expr* const> listOf(Expr* const& x);

}  // namespace millrace::syntax
