// One case per kind of node.
#include "wasm/build/walk.h"

namespace millrace::build {

using namespace syntax;

void forEachChild(const Node* node, const std::function<void(const Node*)>& visit) {
  const auto one = [&](const Node* child) {
    if (child != nullptr) visit(child);
  };
  const auto all = [&](const auto& list) {
    for (const Node* child : list) one(child);
  };
  switch (node->kind) {
    case NodeKind::BadExpr: case NodeKind::Name: case NodeKind::BasicLit: case NodeKind::EmptyStmt:
    case NodeKind::ImportDecl:
      break;
    case NodeKind::CompositeLit: {
      auto* n = static_cast<const CompositeLit*>(node);
      one(n->type), all(n->elements);
      break;
    }
    case NodeKind::KeyValueExpr: {
      auto* n = static_cast<const KeyValueExpr*>(node);
      one(n->key), one(n->value);
      break;
    }
    case NodeKind::FuncLit: {
      auto* n = static_cast<const FuncLit*>(node);
      one(n->type), one(n->body);
      break;
    }
    case NodeKind::ParenExpr: one(static_cast<const ParenExpr*>(node)->x); break;
    case NodeKind::SelectorExpr: one(static_cast<const SelectorExpr*>(node)->x); break;  // the selector is no variable
    case NodeKind::IndexExpr: {
      auto* n = static_cast<const IndexExpr*>(node);
      one(n->x), one(n->index);
      break;
    }
    case NodeKind::SliceExpr: {
      auto* n = static_cast<const SliceExpr*>(node);
      one(n->x), all(n->index);
      break;
    }
    case NodeKind::AssertExpr: {
      auto* n = static_cast<const AssertExpr*>(node);
      one(n->x), one(n->type);
      break;
    }
    case NodeKind::TypeSwitchGuard: one(static_cast<const TypeSwitchGuard*>(node)->x); break;
    case NodeKind::Operation: {
      auto* n = static_cast<const Operation*>(node);
      one(n->x), one(n->y);
      break;
    }
    case NodeKind::CallExpr: {
      auto* n = static_cast<const CallExpr*>(node);
      one(n->function), all(n->arguments);
      break;
    }
    case NodeKind::ListExpr: all(static_cast<const ListExpr*>(node)->elements); break;
    case NodeKind::ArrayType: {
      auto* n = static_cast<const ArrayType*>(node);
      one(n->length), one(n->element);
      break;
    }
    case NodeKind::SliceType: one(static_cast<const SliceType*>(node)->element); break;
    case NodeKind::DotsType: one(static_cast<const DotsType*>(node)->element); break;
    case NodeKind::StructType: all(static_cast<const StructType*>(node)->fields); break;
    case NodeKind::InterfaceType: all(static_cast<const InterfaceType*>(node)->methods); break;
    case NodeKind::FuncType: {
      auto* n = static_cast<const FuncType*>(node);
      all(n->parameters), all(n->results);
      break;
    }
    case NodeKind::MapType: {
      auto* n = static_cast<const MapType*>(node);
      one(n->key), one(n->value);
      break;
    }
    case NodeKind::ChanType: one(static_cast<const ChanType*>(node)->element); break;
    case NodeKind::LabeledStmt: one(static_cast<const LabeledStmt*>(node)->statement); break;
    case NodeKind::BlockStmt: all(static_cast<const BlockStmt*>(node)->list); break;
    case NodeKind::ExprStmt: one(static_cast<const ExprStmt*>(node)->x); break;
    case NodeKind::SendStmt: {
      auto* n = static_cast<const SendStmt*>(node);
      one(n->chan), one(n->value);
      break;
    }
    case NodeKind::DeclStmt: all(static_cast<const DeclStmt*>(node)->list); break;
    case NodeKind::AssignStmt: {
      auto* n = static_cast<const AssignStmt*>(node);
      one(n->lhs), one(n->rhs);
      break;
    }
    case NodeKind::BranchStmt: break;
    case NodeKind::CallStmt: one(static_cast<const CallStmt*>(node)->call); break;
    case NodeKind::ReturnStmt: one(static_cast<const ReturnStmt*>(node)->results); break;
    case NodeKind::IfStmt: {
      auto* n = static_cast<const IfStmt*>(node);
      one(n->init), one(n->condition), one(n->then), one(n->otherwise);
      break;
    }
    case NodeKind::ForStmt: {
      auto* n = static_cast<const ForStmt*>(node);
      one(n->init), one(n->condition), one(n->post), one(n->body);
      break;
    }
    case NodeKind::SwitchStmt: {
      auto* n = static_cast<const SwitchStmt*>(node);
      one(n->init), one(n->tag), all(n->body);
      break;
    }
    case NodeKind::SelectStmt: all(static_cast<const SelectStmt*>(node)->body); break;
    case NodeKind::RangeClause: {
      auto* n = static_cast<const RangeClause*>(node);
      one(n->lhs), one(n->x);
      break;
    }
    case NodeKind::CaseClause: {
      auto* n = static_cast<const CaseClause*>(node);
      one(n->cases), all(n->body);
      break;
    }
    case NodeKind::CommClause: {
      auto* n = static_cast<const CommClause*>(node);
      one(n->comm), all(n->body);
      break;
    }
    case NodeKind::ConstDecl: break;  // constants hold no variables
    case NodeKind::TypeDecl: one(static_cast<const TypeDecl*>(node)->type); break;
    case NodeKind::VarDecl: {
      auto* n = static_cast<const VarDecl*>(node);
      all(n->names), one(n->type), one(n->values);
      break;
    }
    case NodeKind::FuncDecl: {
      auto* n = static_cast<const FuncDecl*>(node);
      one(n->receiver), one(n->type), one(n->body);
      break;
    }
    case NodeKind::Field: {
      auto* n = static_cast<const Field*>(node);
      one(n->name), one(n->type);
      break;
    }
  }
}

}  // namespace millrace::build
