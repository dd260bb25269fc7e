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
      "BadExpr",     "Name",       "BasicLit",        "CompositeLit",  "KeyValueExpr", "FuncLit",     "ParenExpr",
      "SelectorExpr", "IndexExpr", "SliceExpr",       "AssertExpr",    "TypeSwitchGuard", "Operation", "CallExpr",
      "ListExpr",    "ArrayType",  "SliceType",       "DotsType",      "StructType",   "InterfaceType", "FuncType",
      "MapType",     "ChanType",   "EmptyStmt",       "LabeledStmt",   "BlockStmt",    "ExprStmt",    "SendStmt",
      "DeclStmt",    "AssignStmt", "BranchStmt",      "CallStmt",      "ReturnStmt",   "IfStmt",      "ForStmt",
      "SwitchStmt",  "SelectStmt", "RangeClause",     "CaseClause",    "CommClause",   "ImportDecl",  "ConstDecl",
      "TypeDecl",    "VarDecl",    "FuncDecl",        "Field",
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
    switch (node->kind) {
      case NodeKind::CompositeLit: {
        auto* n = static_cast<const CompositeLit*>(node);
        put(n->type);
        list(n->elements);
        if (n->keyed > 0) word("keyed" + std::to_string(n->keyed));
        return position(n->rightBrace);
      }
      case NodeKind::KeyValueExpr: return all(static_cast<const KeyValueExpr*>(node)->key, static_cast<const KeyValueExpr*>(node)->value);
      case NodeKind::FuncLit: return all(static_cast<const FuncLit*>(node)->type, static_cast<const FuncLit*>(node)->body);
      case NodeKind::ParenExpr: return put(static_cast<const ParenExpr*>(node)->x);
      case NodeKind::SelectorExpr: return all(static_cast<const SelectorExpr*>(node)->x, static_cast<const SelectorExpr*>(node)->selector);
      case NodeKind::IndexExpr: return all(static_cast<const IndexExpr*>(node)->x, static_cast<const IndexExpr*>(node)->index);
      case NodeKind::SliceExpr: {
        auto* n = static_cast<const SliceExpr*>(node);
        all(n->x, n->index[0], n->index[1], n->index[2]);
        return flag(n->full, "full");
      }
      case NodeKind::AssertExpr: return all(static_cast<const AssertExpr*>(node)->x, static_cast<const AssertExpr*>(node)->type);
      case NodeKind::TypeSwitchGuard: return all(static_cast<const TypeSwitchGuard*>(node)->name, static_cast<const TypeSwitchGuard*>(node)->x);
      case NodeKind::Operation: {  // unary
        auto* n = static_cast<const Operation*>(node);
        word(text(n->op));
        return put(n->x);
      }
      case NodeKind::CallExpr: {
        auto* n = static_cast<const CallExpr*>(node);
        put(n->function);
        list(n->arguments);
        return flag(n->hasDots, "...");
      }
      case NodeKind::ListExpr: return list(static_cast<const ListExpr*>(node)->elements);

      case NodeKind::ArrayType: return all(static_cast<const ArrayType*>(node)->length, static_cast<const ArrayType*>(node)->element);
      case NodeKind::SliceType: return put(static_cast<const SliceType*>(node)->element);
      case NodeKind::DotsType: return put(static_cast<const DotsType*>(node)->element);
      case NodeKind::StructType: {
        auto* n = static_cast<const StructType*>(node);
        list(n->fields);
        if (!n->tags.empty()) list(n->tags);
        return;
      }
      case NodeKind::InterfaceType: return list(static_cast<const InterfaceType*>(node)->methods);
      case NodeKind::FuncType:
        list(static_cast<const FuncType*>(node)->parameters);
        return list(static_cast<const FuncType*>(node)->results);
      case NodeKind::MapType: return all(static_cast<const MapType*>(node)->key, static_cast<const MapType*>(node)->value);
      case NodeKind::ChanType: {
        auto* n = static_cast<const ChanType*>(node);
        flag(n->direction == ChanDir::SendOnly, "send");
        flag(n->direction == ChanDir::ReceiveOnly, "receive");
        return put(n->element);
      }
      case NodeKind::Field: return all(static_cast<const Field*>(node)->name, static_cast<const Field*>(node)->type);

      case NodeKind::LabeledStmt: return all(static_cast<const LabeledStmt*>(node)->label, static_cast<const LabeledStmt*>(node)->statement);
      case NodeKind::BlockStmt:
        list(static_cast<const BlockStmt*>(node)->list);
        return position(static_cast<const BlockStmt*>(node)->rightBrace);
      case NodeKind::ExprStmt: return put(static_cast<const ExprStmt*>(node)->x);
      case NodeKind::SendStmt: return all(static_cast<const SendStmt*>(node)->chan, static_cast<const SendStmt*>(node)->value);
      case NodeKind::DeclStmt: return list(static_cast<const DeclStmt*>(node)->list);
      case NodeKind::AssignStmt: {
        auto* n = static_cast<const AssignStmt*>(node);
        word(n->op == Operator::None ? "=" : text(n->op));
        return all(n->lhs, n->rhs);
      }
      case NodeKind::BranchStmt: {
        auto* n = static_cast<const BranchStmt*>(node);
        word(text(n->token));
        put(n->label);
        word("->");
        if (n->target == nullptr) return word("-");
        word(kindName(n->target->kind));
        if (annotate_) annotate_(out_, n->target);
        return;
      }
      case NodeKind::CallStmt:
        word(text(static_cast<const CallStmt*>(node)->token));
        return put(static_cast<const CallStmt*>(node)->call);
      case NodeKind::ReturnStmt: return put(static_cast<const ReturnStmt*>(node)->results);
      case NodeKind::IfStmt: {
        auto* n = static_cast<const IfStmt*>(node);
        return all(n->init, n->condition, static_cast<const Node*>(n->then), n->otherwise);
      }
      case NodeKind::ForStmt: {
        auto* n = static_cast<const ForStmt*>(node);
        return all(n->init, n->condition, n->post, static_cast<const Node*>(n->body));
      }
      case NodeKind::RangeClause: {
        auto* n = static_cast<const RangeClause*>(node);
        flag(n->define, ":=");
        return all(n->lhs, n->x);
      }
      case NodeKind::CaseClause: {
        auto* n = static_cast<const CaseClause*>(node);
        put(n->cases);
        list(n->body);
        return position(n->colon);
      }
      case NodeKind::SwitchStmt: {
        auto* n = static_cast<const SwitchStmt*>(node);
        all(n->init, n->tag);
        list(n->body);
        return position(n->rightBrace);
      }
      case NodeKind::CommClause: {
        auto* n = static_cast<const CommClause*>(node);
        put(n->comm);
        list(n->body);
        return position(n->colon);
      }
      case NodeKind::SelectStmt: {
        auto* n = static_cast<const SelectStmt*>(node);
        list(n->body);
        return position(n->rightBrace);
      }

      case NodeKind::ImportDecl: {
        auto* n = static_cast<const ImportDecl*>(node);
        group(n);
        return all(n->localName, n->path);
      }
      case NodeKind::ConstDecl: {
        auto* n = static_cast<const ConstDecl*>(node);
        group(n);
        list(n->names);
        return all(n->type, n->values);
      }
      case NodeKind::TypeDecl: {
        auto* n = static_cast<const TypeDecl*>(node);
        group(n);
        put(n->name);
        list(n->typeParameters);
        flag(n->alias, "=");
        return put(n->type);
      }
      case NodeKind::VarDecl: {
        auto* n = static_cast<const VarDecl*>(node);
        group(n);
        list(n->names);
        return all(n->type, n->values);
      }
      case NodeKind::FuncDecl: {
        auto* n = static_cast<const FuncDecl*>(node);
        flag((n->pragmas & kPragmaNoInline) != 0, "noinline");
        flag((n->pragmas & kPragmaNoEscape) != 0, "noescape");
        flag((n->pragmas & kPragmaLinkname) != 0, "linkname");
        all(n->receiver, n->name);
        list(n->typeParameters);
        return all(static_cast<const Node*>(n->type), static_cast<const Node*>(n->body));
      }
      default: return;
    }
  }

  Annotate annotate_;
  ShowPos showPos_;
  std::string out_;
  std::map<const Group*, size_t> groups_;
};

}  // namespace millrace::syntax
