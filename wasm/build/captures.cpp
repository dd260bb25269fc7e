// One walk over a function: a stack of the literals around the current place, and facts gathered per variable.
#include "wasm/build/captures.h"

#include <algorithm>

#include "wasm/build/walk.h"

namespace millrace::build {

using namespace syntax;
using types::Func;
using types::Info;
using types::Mode;
using types::Selection;
using types::SelectionKind;
using types::Type;
using types::Var;
using types::VarRole;

namespace {

class Walk {
 public:
  Walk(const Info& info, const TypeOf& typeOf, Captures& out) : info_(info), typeOf_(typeOf), out_(out) {}

  void visit(const Node* node) {
    switch (node->kind) {
      case NodeKind::Name: name(static_cast<const Name*>(node)); return;
      case NodeKind::FuncLit: {
        auto* literal = static_cast<const FuncLit*>(node);
        literals_.push_back(literal);
        children(literal);
        literals_.pop_back();
        return;
      }
      case NodeKind::Operation: {
        auto* op = static_cast<const Operation*>(node);
        if (op->op == Operator::And && op->y == nullptr) addressed(op->x);
        break;
      }
      case NodeKind::SliceExpr: {
        auto* slice = static_cast<const SliceExpr*>(node);
        if (types::under<types::Array>(typeOf_(slice->x)) != nullptr) addressed(slice->x);
        break;
      }
      case NodeKind::SelectorExpr: selector(static_cast<const SelectorExpr*>(node)); break;
      case NodeKind::CompositeLit: {
        composite(static_cast<const CompositeLit*>(node));
        return;
      }
      case NodeKind::AssignStmt: {
        auto* assign = static_cast<const AssignStmt*>(node);
        for (Expr* left : listOf(assign->lhs)) {
          if (!(assign->op == Operator::Define && declares(left))) modified(left);
        }
        break;
      }
      case NodeKind::ForStmt: {
        auto* loop = static_cast<const ForStmt*>(node);
        if (auto* range = as<const RangeClause>(static_cast<const Node*>(loop->init))) {
          if (!range->define) {
            for (Expr* left : listOf(range->lhs)) modified(left);
          }
          if (isRangeOverFunc(loop, typeOf_)) {
            visit(range->x);
            literals_.push_back(loop);
            if (range->lhs != nullptr) visit(range->lhs);
            visit(loop->body);
            literals_.pop_back();
            return;
          }
        }
        break;
      }
      case NodeKind::CaseClause: {
        auto found = info_.clauseVars.find(static_cast<const CaseClause*>(node));
        if (found != info_.clauseVars.end()) declare(found->second);
        break;
      }
      default: break;
    }
    children(node);
  }

 private:
  void children(const Node* node) {
    forEachChild(node, [&](const Node* child) { visit(child); });
  }

  const Node* innermost() const { return literals_.empty() ? nullptr : literals_.back(); }

  bool declares(const Expr* e) const {
    auto* name = as<const Name>(e);
    auto* object = name == nullptr ? nullptr : info_.objectOf(name);
    return object != nullptr && object->pos == name->pos;
  }

  void declare(const Var* var) { out_.variables[var].owner = innermost(); }

  void name(const Name* name) {
    auto* var = types::as<Var>(info_.objectOf(name));
    if (var == nullptr || var->role == VarRole::Package || var->role == VarRole::Field) return;
    if (var->pos == name->pos) {
      declare(var);
      if (var->role == VarRole::Result) out_.variables[var].reassigned = true;  // by return statements
      return;
    }
    VariableFacts& facts = out_.variables[var];
    if (facts.owner == innermost()) return;
    facts.captured = true;
    for (auto at = literals_.rbegin(); at != literals_.rend() && *at != facts.owner; ++at) {
      auto& list = out_.ofLiteral[*at];
      if (std::find(list.begin(), list.end(), var) == list.end()) list.push_back(var);
    }
  }

  // The variable of which `e` is the whole or a part, in its own memory; null: none, or behind a pointer.
  const Var* root(const Expr* e) const {
    for (;;) {
      switch (e->kind) {
        case NodeKind::ParenExpr: e = static_cast<const ParenExpr*>(e)->x; continue;
        case NodeKind::Name: {
          auto* var = types::as<Var>(info_.objectOf(static_cast<const Name*>(e)));
          return var != nullptr && var->role != VarRole::Package && var->role != VarRole::Field ? var : nullptr;
        }
        case NodeKind::SelectorExpr: {
          auto* selector = static_cast<const SelectorExpr*>(e);
          auto found = info_.selections.find(selector);
          if (found == info_.selections.end() || followsPointer(selector, found->second)) return nullptr;
          e = selector->x;
          continue;
        }
        case NodeKind::IndexExpr: {
          auto* index = static_cast<const IndexExpr*>(e);
          if (types::under<types::Array>(typeOf_(index->x)) == nullptr) return nullptr;
          e = index->x;
          continue;
        }
        default: return nullptr;
      }
    }
  }

  // Is a pointer followed on the way from x to what holds the selected field or method?
  bool followsPointer(const SelectorExpr* selector, const Selection& selection) const {
    Type* type = typeOf_(selector->x);
    for (size_t i = 0; i < selection.path.size(); i++) {
      if (types::under<types::Pointer>(type) != nullptr) return true;
      auto* fields = types::under<types::Struct>(type);
      if (fields == nullptr || i + 1 == selection.path.size()) return false;
      type = fields->fields[static_cast<size_t>(selection.path[i])]->type;
    }
    return types::under<types::Pointer>(type) != nullptr;
  }

  void addressed(const Expr* e) {
    if (const Var* var = root(e)) out_.variables[var].addressed = true;
  }

  void modified(const Expr* e) {
    if (const Var* var = root(e)) out_.variables[var].reassigned = true;
  }

  // x.f() with a pointer receiver takes the address of x.
  void selector(const SelectorExpr* selector) {
    auto found = info_.selections.find(selector);
    if (found == info_.selections.end() || found->second.kind != SelectionKind::Method) return;
    auto* method = types::as<Func>(found->second.object);
    if (method == nullptr || method->signature()->receiver == nullptr) return;
    if (types::under<types::Pointer>(method->signature()->receiver->type) == nullptr) return;
    if (!followsPointer(selector, found->second)) addressed(selector->x);
  }

  // The keys of struct literals are field names, not variables.
  void composite(const CompositeLit* literal) {
    if (literal->type != nullptr) visit(literal->type);
    Type* type = typeOf_(literal);
    if (auto* pointer = type == nullptr ? nullptr : types::under<types::Pointer>(type)) type = pointer->base;
    bool isStruct = type != nullptr && types::under<types::Struct>(type) != nullptr;
    for (const Expr* element : literal->elements) {
      auto* pair = as<const KeyValueExpr>(element);
      if (pair == nullptr) {
        visit(element);
      } else {
        if (!isStruct) visit(pair->key);
        visit(pair->value);
      }
    }
  }

  const Info& info_;
  const TypeOf& typeOf_;
  Captures& out_;
  std::vector<const Node*> literals_;
};

void findFacts(const Node* node, const Info& info, const TypeOf& typeOf, bool inLoopBody, BodyFacts& facts) {
  switch (node->kind) {
    case NodeKind::FuncLit: return;
    case NodeKind::CallStmt:
      if (static_cast<const CallStmt*>(node)->token == Token::Defer) {
        facts.defers = true;
        facts.defersInLoopBody |= inLoopBody;
      }
      break;
    case NodeKind::ForStmt: inLoopBody |= isRangeOverFunc(static_cast<const ForStmt*>(node), typeOf); break;
    case NodeKind::CallExpr: {
      auto* name = as<const Name>(unparen(static_cast<const CallExpr*>(node)->function));
      auto* builtin = name == nullptr ? nullptr : types::as<types::Builtin>(info.objectOf(name));
      facts.recovers |= builtin != nullptr && builtin->id == types::BuiltinId::Recover;
      break;
    }
    default: break;
  }
  forEachChild(node, [&](const Node* child) { findFacts(child, info, typeOf, inLoopBody, facts); });
}

}  // namespace

bool isRangeOverFunc(const ForStmt* loop, const TypeOf& typeOf) {
  auto* range = as<const RangeClause>(static_cast<const Node*>(loop->init));
  if (range == nullptr) return false;
  Type* type = typeOf(range->x);
  return type != nullptr && types::under<types::Signature>(type) != nullptr;
}

Captures findCaptures(const Node* root, const Info& info, const TypeOf& typeOf) {
  Captures out;
  Walk(info, typeOf, out).visit(root);
  return out;
}

BodyFacts factsOf(const BlockStmt* body, const Info& info, const TypeOf& typeOf) {
  BodyFacts facts;
  findFacts(body, info, typeOf, false, facts);
  return facts;
}

}  // namespace millrace::build
