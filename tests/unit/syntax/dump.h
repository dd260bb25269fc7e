// Trees as S-expressions, for tests: (Kind field ...), names and literals as they are, lists in [], nothing as `-`.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "wasm/syntax/ast.h"

namespace millrace::syntax {

inline const char* kindName(NodeKind kind) {
  static const char* const kNames[] = {
      "BadExpr",      "Name",       "BasicLit",    "CompositeLit", "KeyValueExpr",    "FuncLit",       "ParenExpr",
      "SelectorExpr", "IndexExpr",  "SliceExpr",   "AssertExpr",   "TypeSwitchGuard", "Operation",     "CallExpr",
      "ListExpr",     "ArrayType",  "SliceType",   "DotsType",     "StructType",      "InterfaceType", "FuncType",
      "MapType",      "ChanType",   "EmptyStmt",   "LabeledStmt",  "BlockStmt",       "ExprStmt",      "SendStmt",
      "DeclStmt",     "AssignStmt", "BranchStmt",  "CallStmt",     "ReturnStmt",      "IfStmt",        "ForStmt",
      "SwitchStmt",   "SelectStmt", "RangeClause", "CaseClause",   "CommClause",      "ImportDecl",    "ConstDecl",
      "TypeDecl",     "VarDecl",    "FuncDecl",    "Field",
  };
  return kNames[static_cast<size_t>(kind)];
}

class Dumper {
 public:
  // What to write behind the kind of a node, its position say; behind a name or literal, too.
  using Annotate = std::function<void(std::string& out, const Node*)>;
  // What to write for a position that a node holds beside its own (a closing brace, a colon).
  using ShowPos = std::function<void(std::string& out, Pos)>;

  explicit Dumper(Annotate annotate = {}, ShowPos showPos = {})
      : annotate_(std::move(annotate)), showPos_(std::move(showPos)) {}

  std::string dump(const Node* node) {
    out_.clear();
    put(node);
    return out_;
  }

  std::string dump(const File& file) {
    out_.clear();
    out_ += "(File";
    put(file.packageName);
    if (!file.goVersion.empty()) word(file.goVersion);
    for (const Linkname& linkname : file.linknames) {
      word("linkname");
      word(linkname.local);
      word(linkname.target.empty() ? "-" : linkname.target);
    }
    for (const Decl* decl : file.declarations) {
      out_ += '\n';
      put(decl);
    }
    position(file.end);
    out_ += ")";
    return out_;
  }

 private:
  void word(std::string_view text) {
    if (!out_.empty() && out_.back() != '(' && out_.back() != '[' && out_.back() != '\n') out_ += ' ';
    out_ += text;
  }
  void flag(bool set, const char* text) {
    if (set) word(text);
  }
  void position(Pos pos) {
    if (showPos_) {
      out_ += ' ';
      showPos_(out_, pos);
    }
  }
  void open(const Node* node) {
    word("(");
    out_ += kindName(node->kind);
    if (annotate_) annotate_(out_, node);
  }
  void close() { out_ += ')'; }
  template <typename T>
  void list(std::span<T*> nodes) {
    word("[");
    for (const T* node : nodes) put(node);
    out_ += ']';
  }
  void group(const Decl* decl) {
    if (decl->group == nullptr) return;
    auto [it, isNew] = groups_.try_emplace(decl->group, groups_.size());
    word("group" + std::to_string(it->second));
  }
  template <typename... Nodes>
  void all(const Nodes*... nodes) {
    (put(nodes), ...);
  }

  void put(const Node* node) {
    if (node == nullptr) return word("-");
    if (auto* name = as<const Name>(node)) {
      word(name->symbol.text());
      if (annotate_) annotate_(out_, node);
      return;
    }
    if (auto* literal = as<const BasicLit>(node)) {
      word(literal->text);
      if (literal->bad) out_ += "!";
      if (annotate_) annotate_(out_, node);
      return;
    }
    if (auto* operation = as<const Operation>(node); operation != nullptr && operation->y != nullptr) {
      return spine(operation);
    }
    open(node);
    fields(node);
    close();
  }

  // a + b + c + ... leans to the left without bound.
  void spine(const Operation* top) {
    std::vector<const Operation*> operations;
    const Expr* leftmost = top;
    for (auto* o = top; o != nullptr && o->y != nullptr; o = as<const Operation>(leftmost)) {
      operations.push_back(o);
      open(o);
      word(text(o->op));
      leftmost = o->x;
    }
    put(leftmost);
    for (size_t i = operations.size(); i-- > 0;) {
      put(operations[i]->y);
      close();
    }
  }

  void fields(const Node* node) {
    if (auto* n = as<const CompositeLit>(node)) {
      put(n->type);
      list(n->elements);
      if (n->keyed > 0) word("keyed" + std::to_string(n->keyed));
      position(n->rightBrace);
    }
    if (auto* n = as<const KeyValueExpr>(node)) all(n->key, n->value);
    if (auto* n = as<const FuncLit>(node)) all(n->type, n->body);
    if (auto* n = as<const ParenExpr>(node)) put(n->x);
    if (auto* n = as<const SelectorExpr>(node)) all(n->x, n->selector);
    if (auto* n = as<const IndexExpr>(node)) all(n->x, n->index);
    if (auto* n = as<const SliceExpr>(node)) {
      all(n->x, n->index[0], n->index[1], n->index[2]);
      flag(n->full, "full");
    }
    if (auto* n = as<const AssertExpr>(node)) all(n->x, n->type);
    if (auto* n = as<const TypeSwitchGuard>(node)) all(n->name, n->x);
    if (auto* n = as<const Operation>(node)) {  // unary; binary ones are spine()'s
      word(text(n->op));
      put(n->x);
    }
    if (auto* n = as<const CallExpr>(node)) {
      put(n->function);
      list(n->arguments);
      flag(n->hasDots, "...");
    }
    if (auto* n = as<const ListExpr>(node)) list(n->elements);

    if (auto* n = as<const ArrayType>(node)) all(n->length, n->element);
    if (auto* n = as<const SliceType>(node)) put(n->element);
    if (auto* n = as<const DotsType>(node)) put(n->element);
    if (auto* n = as<const StructType>(node)) {
      list(n->fields);
      if (!n->tags.empty()) list(n->tags);
    }
    if (auto* n = as<const InterfaceType>(node)) list(n->methods);
    if (auto* n = as<const FuncType>(node)) {
      list(n->parameters);
      list(n->results);
    }
    if (auto* n = as<const MapType>(node)) all(n->key, n->value);
    if (auto* n = as<const ChanType>(node)) {
      flag(n->direction == ChanDir::SendOnly, "send");
      flag(n->direction == ChanDir::ReceiveOnly, "receive");
      put(n->element);
    }
    if (auto* n = as<const Field>(node)) all(n->name, n->type);
    statementFields(node);
    declarationFields(node);
  }

  void statementFields(const Node* node) {
    if (auto* n = as<const LabeledStmt>(node)) all(n->label, n->statement);
    if (auto* n = as<const BlockStmt>(node)) {
      list(n->list);
      position(n->rightBrace);
    }
    if (auto* n = as<const ExprStmt>(node)) put(n->x);
    if (auto* n = as<const SendStmt>(node)) all(n->chan, n->value);
    if (auto* n = as<const DeclStmt>(node)) list(n->list);
    if (auto* n = as<const AssignStmt>(node)) {
      word(n->op == Operator::None ? "=" : text(n->op));
      all(n->lhs, n->rhs);
    }
    if (auto* n = as<const BranchStmt>(node)) {
      word(text(n->token));
      put(n->label);
      word("->");
      word(n->target == nullptr ? "-" : kindName(n->target->kind));
      if (n->target != nullptr && annotate_) annotate_(out_, n->target);
    }
    if (auto* n = as<const CallStmt>(node)) {
      word(text(n->token));
      put(n->call);
    }
    if (auto* n = as<const ReturnStmt>(node)) put(n->results);
    if (auto* n = as<const IfStmt>(node)) all(n->init, n->condition, n->then, n->otherwise);
    if (auto* n = as<const ForStmt>(node)) all(n->init, n->condition, n->post, n->body);
    if (auto* n = as<const RangeClause>(node)) {
      flag(n->define, ":=");
      all(n->lhs, n->x);
    }
    if (auto* n = as<const SwitchStmt>(node)) {
      all(n->init, n->tag);
      list(n->body);
      position(n->rightBrace);
    }
    if (auto* n = as<const SelectStmt>(node)) {
      list(n->body);
      position(n->rightBrace);
    }
    if (auto* n = as<const CaseClause>(node)) {
      put(n->cases);
      list(n->body);
      position(n->colon);
    }
    if (auto* n = as<const CommClause>(node)) {
      put(n->comm);
      list(n->body);
      position(n->colon);
    }
  }

  void declarationFields(const Node* node) {
    if (auto* n = as<const ImportDecl>(node)) {
      group(n);
      all(n->localName, n->path);
    }
    if (auto* n = as<const ConstDecl>(node)) {
      group(n);
      list(n->names);
      all(n->type, n->values);
    }
    if (auto* n = as<const TypeDecl>(node)) {
      group(n);
      put(n->name);
      list(n->typeParameters);
      flag(n->alias, "=");
      put(n->type);
    }
    if (auto* n = as<const VarDecl>(node)) {
      group(n);
      list(n->names);
      all(n->type, n->values);
    }
    if (auto* n = as<const FuncDecl>(node)) {
      flag((n->pragmas & kPragmaNoInline) != 0, "noinline");
      flag((n->pragmas & kPragmaNoEscape) != 0, "noescape");
      flag((n->pragmas & kPragmaLinkname) != 0, "linkname");
      all(n->receiver, n->name);
      list(n->typeParameters);
      all(n->type, n->body);
    }
  }

  Annotate annotate_;
  ShowPos showPos_;
  std::string out_;
  std::map<const Group*, size_t> groups_;
};

}  // namespace millrace::syntax
