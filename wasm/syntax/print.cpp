// Expressions and simple statements as Go's messages show them.
#include "wasm/syntax/print.h"

#include <vector>

#include "runtime/base/check.h"

namespace millrace::syntax {

namespace {

class Printer {
 public:
  void print(const Node* node);
  std::string take() { return std::move(out_); }

 private:
  void put(std::string_view text) { out_ += text; }
  template <typename... Parts>
  void print(const Node* node, Parts... rest) {
    print(node);
    print(rest...);
  }
  template <typename... Parts>
  void print(std::string_view text, Parts... rest) {
    put(text);
    if constexpr (sizeof...(rest) > 0) print(rest...);
  }
  void printIfAny(const Node* node) {
    if (node != nullptr) print(node);
  }
  template <typename T>
  void printList(std::span<T* const> list) {
    for (size_t i = 0; i < list.size(); i++) {
      if (i > 0) put(", ");
      print(list[i]);
    }
  }
  template <typename T>
  void printList(std::span<T*> list) {
    printList(std::span<T* const>(list));
  }

  void printOperation(const Operation* x);
  void printSlice(const SliceExpr* x);
  void printStruct(const StructType* type);
  void printInterface(const InterfaceType* type);
  void printSignature(const FuncType* type);
  void printParameters(std::span<Field*> list);
  void printChan(const ChanType* type);
  void printAssign(const AssignStmt* statement);

  std::string out_;
};

void Printer::print(const Node* node) {
  switch (node->kind) {
    case NodeKind::BadExpr: return put("<bad expr>");
    case NodeKind::Name: return put(static_cast<const Name*>(node)->symbol.text());
    case NodeKind::BasicLit: return put(static_cast<const BasicLit*>(node)->text);
    case NodeKind::CompositeLit: {
      auto* x = static_cast<const CompositeLit*>(node);
      printIfAny(x->type);
      return put(x->elements.empty() ? "{}" : "{…}");
    }
    case NodeKind::KeyValueExpr: {
      auto* x = static_cast<const KeyValueExpr*>(node);
      return print(x->key, ": ", x->value);
    }
    case NodeKind::FuncLit: {
      auto* x = static_cast<const FuncLit*>(node);
      return print(x->type, x->body->list.empty() ? " {}" : " {…}");
    }
    case NodeKind::ParenExpr: return print("(", static_cast<const ParenExpr*>(node)->x, ")");
    case NodeKind::SelectorExpr: {
      auto* x = static_cast<const SelectorExpr*>(node);
      return print(x->x, ".", x->selector);
    }
    case NodeKind::IndexExpr: {
      auto* x = static_cast<const IndexExpr*>(node);
      return print(x->x, "[", x->index, "]");
    }
    case NodeKind::SliceExpr: return printSlice(static_cast<const SliceExpr*>(node));
    case NodeKind::AssertExpr: {
      auto* x = static_cast<const AssertExpr*>(node);
      return print(x->x, ".(", x->type, ")");
    }
    case NodeKind::TypeSwitchGuard: {
      auto* x = static_cast<const TypeSwitchGuard*>(node);
      if (x->name != nullptr) print(x->name, " := ");
      return print(x->x, ".(type)");
    }
    case NodeKind::Operation: return printOperation(static_cast<const Operation*>(node));
    case NodeKind::CallExpr: {
      auto* x = static_cast<const CallExpr*>(node);
      print(x->function, "(");
      printList(x->arguments);
      return put(x->hasDots ? "...)" : ")");
    }
    case NodeKind::ListExpr: return printList(static_cast<const ListExpr*>(node)->elements);

    case NodeKind::ArrayType: {
      auto* type = static_cast<const ArrayType*>(node);
      put("[");
      if (type->length != nullptr) {
        print(type->length);
      } else {
        put("...");
      }
      return print("]", type->element);
    }
    case NodeKind::SliceType: return print("[]", static_cast<const SliceType*>(node)->element);
    case NodeKind::DotsType: return print("...", static_cast<const DotsType*>(node)->element);
    case NodeKind::StructType: return printStruct(static_cast<const StructType*>(node));
    case NodeKind::InterfaceType: return printInterface(static_cast<const InterfaceType*>(node));
    case NodeKind::FuncType: put("func"); return printSignature(static_cast<const FuncType*>(node));
    case NodeKind::MapType: {
      auto* type = static_cast<const MapType*>(node);
      return print("map[", type->key, "]", type->value);
    }
    case NodeKind::ChanType: return printChan(static_cast<const ChanType*>(node));
    case NodeKind::Field: {
      auto* field = static_cast<const Field*>(node);
      if (field->name != nullptr) print(field->name, " ");
      return print(field->type);
    }

    case NodeKind::EmptyStmt: return;
    case NodeKind::ExprStmt: return print(static_cast<const ExprStmt*>(node)->x);
    case NodeKind::SendStmt: {
      auto* statement = static_cast<const SendStmt*>(node);
      return print(statement->chan, " <- ", statement->value);
    }
    case NodeKind::AssignStmt: return printAssign(static_cast<const AssignStmt*>(node));
    case NodeKind::RangeClause: {
      auto* clause = static_cast<const RangeClause*>(node);
      if (clause->lhs != nullptr) print(clause->lhs, clause->define ? " := " : " = ");
      return print("range ", clause->x);
    }
    default: UNREACHABLE();  // no message shows other statements
  }
}

// Long sums lean to the left further than the stack is deep.
void Printer::printOperation(const Operation* x) {
  if (x->y == nullptr) return print(text(x->op), x->x);
  std::vector<const Operation*> spine;
  const Expr* leftmost = x;
  for (auto* o = x; o != nullptr && o->y != nullptr; o = as<const Operation>(leftmost)) {
    spine.push_back(o);
    leftmost = o->x;
  }
  print(leftmost);
  for (size_t i = spine.size(); i-- > 0;) print(" ", text(spine[i]->op), " ", spine[i]->y);
}

void Printer::printSlice(const SliceExpr* x) {
  print(x->x, "[");
  printIfAny(x->index[0]);
  put(":");
  printIfAny(x->index[1]);
  if (x->index[2] != nullptr) print(":", x->index[2]);
  put("]");
}

void Printer::printAssign(const AssignStmt* statement) {
  print(statement->lhs);
  if (statement->rhs == nullptr) return print(text(statement->op), text(statement->op));
  print(" ", text(statement->op), statement->op == Operator::Define ? "" : "=", " ", statement->rhs);
}

// Neighbours with one type are written as one field list: `a, b int`.
void Printer::printStruct(const StructType* type) {
  put("struct{");
  for (size_t i = 0; i < type->fields.size();) {
    if (i > 0) put("; ");
    const Field* first = type->fields[i];
    size_t end = i + 1;
    if (first->name != nullptr) {
      while (end < type->fields.size() && type->fields[end]->name != nullptr &&
             type->fields[end]->type == first->type) {
        end++;
      }
      for (size_t k = i; k < end; k++) print(k > i ? ", " : "", type->fields[k]->name);
      put(" ");
    }
    print(first->type);
    if (!type->tags.empty() && type->tags[i] != nullptr) print(" ", type->tags[i]);
    i = end;
  }
  put("}");
}

void Printer::printInterface(const InterfaceType* type) {
  put("interface{");
  for (size_t i = 0; i < type->methods.size(); i++) {
    if (i > 0) put("; ");
    const Field* method = type->methods[i];
    if (method->name != nullptr) {
      print(method->name);
      printSignature(static_cast<const FuncType*>(method->type));
    } else {
      print(method->type);
    }
  }
  put("}");
}

void Printer::printSignature(const FuncType* type) {
  printParameters(type->parameters);
  if (type->results.empty()) return;
  put(" ");
  if (type->results.size() == 1 && type->results[0]->name == nullptr) return print(type->results[0]->type);
  printParameters(type->results);
}

void Printer::printParameters(std::span<Field*> list) {
  put("(");
  for (size_t i = 0; i < list.size(); i++) {
    if (i > 0) put(", ");
    if (list[i]->name != nullptr) {
      print(list[i]->name);
      const bool typeFollows =
          i + 1 < list.size() && list[i + 1]->name != nullptr && list[i + 1]->type == list[i]->type;
      if (typeFollows) continue;
      put(" ");
    }
    print(list[i]->type);
  }
  put(")");
}

void Printer::printChan(const ChanType* type) {
  put(type->direction == ChanDir::ReceiveOnly ? "<-chan " : type->direction == ChanDir::SendOnly ? "chan<- " : "chan ");
  auto* element = as<const ChanType>(type->element);
  if (type->direction == ChanDir::Both && element != nullptr && element->direction == ChanDir::ReceiveOnly) {
    return print("(", element, ")");  // not `chan <-chan T`, which could be read as `chan<- chan T`
  }
  print(type->element);
}

}  // namespace

std::string toString(const Node* node) {
  Printer printer;
  printer.print(node);
  return printer.take();
}

}  // namespace millrace::syntax
