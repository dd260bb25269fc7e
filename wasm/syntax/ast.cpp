// Extents of nodes, as Go's type checker computes them.
#include "wasm/syntax/ast.h"

namespace millrace::syntax {

namespace {

template <typename T>
const Node* lastOf(std::span<T*> list) {
  return list.empty() ? nullptr : list.back();
}

const Node* firstOf(std::initializer_list<const Node*> candidates) {
  for (const Node* node : candidates) {
    if (node != nullptr) return node;
  }
  return nullptr;
}

// The child with which `node` begins; null: it begins at its own position.
const Node* firstChild(const Node* node) {
  switch (node->kind) {
    case NodeKind::CompositeLit: return static_cast<const CompositeLit*>(node)->type;
    case NodeKind::KeyValueExpr: return static_cast<const KeyValueExpr*>(node)->key;
    case NodeKind::SelectorExpr: return static_cast<const SelectorExpr*>(node)->x;
    case NodeKind::IndexExpr: return static_cast<const IndexExpr*>(node)->x;
    case NodeKind::AssertExpr: return static_cast<const AssertExpr*>(node)->x;
    case NodeKind::TypeSwitchGuard: {
      auto* guard = static_cast<const TypeSwitchGuard*>(node);
      return firstOf({guard->name, guard->x});
    }
    case NodeKind::Operation: {
      auto* operation = static_cast<const Operation*>(node);
      return operation->y != nullptr ? operation->x : nullptr;
    }
    case NodeKind::CallExpr: return static_cast<const CallExpr*>(node)->function;
    case NodeKind::ListExpr: return static_cast<const ListExpr*>(node)->elements.front();
    case NodeKind::SendStmt: return static_cast<const SendStmt*>(node)->chan;
    case NodeKind::AssignStmt: return static_cast<const AssignStmt*>(node)->lhs;
    case NodeKind::RangeClause: {
      auto* range = static_cast<const RangeClause*>(node);
      return firstOf({range->lhs, range->x});
    }
    default: return nullptr;
  }
}

// The child with which `node` ends; null: see ownEnd().
const Node* lastChild(const Node* node) {
  switch (node->kind) {
    case NodeKind::KeyValueExpr: return static_cast<const KeyValueExpr*>(node)->value;
    case NodeKind::FuncLit: return static_cast<const FuncLit*>(node)->body;
    case NodeKind::ParenExpr: return static_cast<const ParenExpr*>(node)->x;
    case NodeKind::SelectorExpr: return static_cast<const SelectorExpr*>(node)->selector;
    case NodeKind::IndexExpr: return static_cast<const IndexExpr*>(node)->index;
    case NodeKind::SliceExpr: return static_cast<const SliceExpr*>(node)->x;  // as in Go, whatever the indices
    case NodeKind::AssertExpr: return static_cast<const AssertExpr*>(node)->type;
    case NodeKind::TypeSwitchGuard: return static_cast<const TypeSwitchGuard*>(node)->x;
    case NodeKind::Operation: {
      auto* operation = static_cast<const Operation*>(node);
      return firstOf({operation->y, operation->x});
    }
    case NodeKind::CallExpr: {
      auto* call = static_cast<const CallExpr*>(node);
      return firstOf({lastOf(call->arguments), call->function});
    }
    case NodeKind::ListExpr: return lastOf(static_cast<const ListExpr*>(node)->elements);
    case NodeKind::ArrayType: return static_cast<const ArrayType*>(node)->element;
    case NodeKind::SliceType: return static_cast<const SliceType*>(node)->element;
    case NodeKind::DotsType: return static_cast<const DotsType*>(node)->element;
    case NodeKind::StructType: return lastOf(static_cast<const StructType*>(node)->fields);
    case NodeKind::InterfaceType: return lastOf(static_cast<const InterfaceType*>(node)->methods);
    case NodeKind::FuncType: {
      auto* type = static_cast<const FuncType*>(node);
      return firstOf({lastOf(type->results), lastOf(type->parameters)});
    }
    case NodeKind::MapType: return static_cast<const MapType*>(node)->value;
    case NodeKind::ChanType: return static_cast<const ChanType*>(node)->element;
    case NodeKind::Field: {
      auto* field = static_cast<const Field*>(node);
      return firstOf({field->type, field->name});
    }

    case NodeKind::LabeledStmt: return static_cast<const LabeledStmt*>(node)->statement;
    case NodeKind::ExprStmt: return static_cast<const ExprStmt*>(node)->x;
    case NodeKind::SendStmt: return static_cast<const SendStmt*>(node)->value;
    case NodeKind::DeclStmt: return lastOf(static_cast<const DeclStmt*>(node)->list);
    case NodeKind::AssignStmt: return static_cast<const AssignStmt*>(node)->rhs;
    case NodeKind::BranchStmt: return static_cast<const BranchStmt*>(node)->label;
    case NodeKind::CallStmt: return static_cast<const CallStmt*>(node)->call;
    case NodeKind::ReturnStmt: return static_cast<const ReturnStmt*>(node)->results;
    case NodeKind::IfStmt: {
      auto* statement = static_cast<const IfStmt*>(node);
      return firstOf({statement->otherwise, statement->then});
    }
    case NodeKind::ForStmt: return static_cast<const ForStmt*>(node)->body;
    case NodeKind::RangeClause: return static_cast<const RangeClause*>(node)->x;
    case NodeKind::CaseClause: return lastOf(static_cast<const CaseClause*>(node)->body);
    case NodeKind::CommClause: return lastOf(static_cast<const CommClause*>(node)->body);

    case NodeKind::ImportDecl: return static_cast<const ImportDecl*>(node)->path;
    case NodeKind::ConstDecl: {
      auto* decl = static_cast<const ConstDecl*>(node);
      return firstOf({decl->values, decl->type, lastOf(decl->names)});
    }
    case NodeKind::TypeDecl: return static_cast<const TypeDecl*>(node)->type;
    case NodeKind::VarDecl: {
      auto* decl = static_cast<const VarDecl*>(node);
      return firstOf({decl->values, decl->type, lastOf(decl->names)});
    }
    case NodeKind::FuncDecl: {
      auto* decl = static_cast<const FuncDecl*>(node);
      return firstOf({decl->body, decl->type});
    }
    default: return nullptr;
  }
}

// The end of a node that does not end with a child.
Pos ownEnd(const Node* node) {
  switch (node->kind) {
    case NodeKind::Name: {
      auto* name = static_cast<const Name*>(node);
      return name->pos + static_cast<uint32_t>(name->symbol.text().size());
    }
    case NodeKind::BasicLit: {
      auto* literal = static_cast<const BasicLit*>(node);
      return literal->pos + static_cast<uint32_t>(literal->text.size());
    }
    case NodeKind::CompositeLit: return static_cast<const CompositeLit*>(node)->rightBrace;
    case NodeKind::BlockStmt: return static_cast<const BlockStmt*>(node)->rightBrace;
    case NodeKind::SwitchStmt: return static_cast<const SwitchStmt*>(node)->rightBrace;
    case NodeKind::SelectStmt: return static_cast<const SelectStmt*>(node)->rightBrace;
    case NodeKind::CaseClause: return static_cast<const CaseClause*>(node)->colon;
    case NodeKind::CommClause: return static_cast<const CommClause*>(node)->colon;
    case NodeKind::AssignStmt: return endPos(static_cast<const AssignStmt*>(node)->lhs) + 2;  // x++
    default: return node->pos;
  }
}

}  // namespace

Pos startPos(const Node* node) {
  while (const Node* child = firstChild(node)) node = child;
  return node->pos;
}

Pos endPos(const Node* node) {
  while (const Node* child = lastChild(node)) node = child;
  return ownEnd(node);
}

Pos startPos(const File& file) { return file.source->begin(); }

Pos endPos(const File& file) { return file.end; }

Expr* unparen(Expr* x) {
  while (auto* paren = as<ParenExpr>(x)) x = paren->x;
  return x;
}

std::span<Expr* const> listOf(Expr* const& x) {
  if (x == nullptr) return {};
  if (auto* list = as<ListExpr>(x)) return list->elements;
  return {&x, 1};
}

}  // namespace millrace::syntax
