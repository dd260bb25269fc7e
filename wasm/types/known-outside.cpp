// Looks for a type in all that its package exports.
#include "wasm/types/known-outside.h"

#include <unordered_set>
#include <vector>

#include "wasm/types/named.h"

namespace millrace::types {

namespace {

class Search {
 public:
  explicit Search(TypeName* wanted) : wanted_(wanted) {
    for (Object* object : wanted->package->scope->objects()) {
      if (syntax::isExported(object->name.text())) add(object->type);
    }
  }

  bool finds() {
    while (!found_ && !left_.empty()) {
      Type* next = left_.back();
      left_.pop_back();
      visit(next);
    }
    return found_;
  }

 private:
  void add(Type* type) {
    if (type != nullptr && seen_.insert(type).second) left_.push_back(type);
  }

  void addVars(std::span<Var* const> vars) {
    for (Var* var : vars) add(var->type);
  }

  template <typename T>
  void addTypes(std::span<T* const> types) {
    for (T* type : types) add(type);
  }

  void visit(Type* type) {
    switch (type->kind) {
      case TypeKind::Named: return visitNamed(static_cast<Named*>(type));
      case TypeKind::Alias: {
        auto* alias = static_cast<Alias*>(type);
        found_ = found_ || alias->object == wanted_;
        addTypes<Type>(alias->typeArgs);
        return add(alias->from);
      }
      case TypeKind::Pointer: return add(static_cast<Pointer*>(type)->base);
      case TypeKind::Slice: return add(static_cast<Slice*>(type)->element);
      case TypeKind::Array: return add(static_cast<Array*>(type)->element);
      case TypeKind::Chan: return add(static_cast<Chan*>(type)->element);
      case TypeKind::Map:
        add(static_cast<Map*>(type)->key);
        return add(static_cast<Map*>(type)->value);
      case TypeKind::Struct: return addVars(static_cast<Struct*>(type)->fields);
      case TypeKind::Tuple: return addVars(static_cast<Tuple*>(type)->vars);
      case TypeKind::Signature: {
        auto* signature = static_cast<Signature*>(type);
        addTypes<TypeParam>(signature->typeParams);
        add(signature->params);
        return add(signature->results);
      }
      case TypeKind::Interface: {
        auto* interface = static_cast<Interface*>(type);
        for (Func* method : interface->explicitMethods) add(method->type);
        return addTypes<Type>(interface->embeddeds);
      }
      case TypeKind::Union:
        for (Term* term : static_cast<Union*>(type)->terms) add(term->type);
        return;
      case TypeKind::TypeParam: return add(static_cast<TypeParam*>(type)->bound);
      case TypeKind::Basic: return;
    }
  }

  // An instance is what its origin is, and its arguments; and what is of other packages cannot know of this one.
  void visitNamed(Named* named) {
    found_ = found_ || named->object == wanted_;
    addTypes<Type>(named->typeArgs);
    if (named->origin != named) return add(named->origin);
    if (named->object->package != wanted_->package) return;
    addTypes<TypeParam>(named->typeParams);
    add(underlying(named));
    for (size_t i = 0; i < methodCount(named); i++) add(methodAt(named, i)->type);
  }

  TypeName* wanted_;
  bool found_ = false;
  std::unordered_set<Type*> seen_;
  std::vector<Type*> left_;
};

}  // namespace

bool isKnownOutside(Object* object) {
  if (auto* type = as<TypeName>(object)) return Search(type).finds();
  // A library function whose body stayed in the library: somebody else's body, which did not, calls it.
  auto* function = as<Func>(object);
  return function != nullptr && function->decl != nullptr && function->decl->body == nullptr;
}

}  // namespace millrace::types
