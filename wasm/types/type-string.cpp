// Types and objects as text: for messages, and in the canonical form that has one text per identity class.
#include <algorithm>

#include "wasm/types/message.h"
#include "wasm/types/named.h"
#include "wasm/types/operand.h"
#include "wasm/types/predicates.h"
#include "wasm/types/text.h"

namespace millrace::types {
namespace {

using PackageName = std::string_view (*)(Package*, void*);

std::string_view kindName(const Type* type) {
  static constexpr std::string_view kNames[] = {"Basic",  "Named", "Alias",     "Pointer",   "Slice", "Array",    "Map",
                                                "Chan",   "Struct", "Tuple",    "Signature", "Interface", "Union",
                                                "TypeParam"};
  return kNames[static_cast<size_t>(type->kind)];
}

class TypeWriter {
 public:
  std::string out;
  const Naming* naming = nullptr;     // messages
  PackageName qualifier = nullptr;    // a caller's way of writing packages
  void* context = nullptr;
  bool canonical = false;             // packages by path, aliases resolved, nothing that identity ignores
  bool paramNames = true;
  bool packageInfo = false;           // tell the package of the first unexported field

  void type(Type* t) {
    if (canonical) t = unalias(t);
    if (t == nullptr) return error("nil");
    if (std::find(path_.begin(), path_.end(), t) != path_.end()) {
      return canonical ? interfaceCycle(t) : error("cycle to *" + std::string(kindName(t)));
    }
    path_.push_back(t);
    write(t);
    path_.pop_back();
  }

  void typeList(std::span<Type* const> types) {
    out += '[';
    for (size_t i = 0; i < types.size(); i++) {
      if (i > 0) comma();
      type(types[i]);
    }
    out += ']';
  }

  void typeParams(std::span<TypeParam* const> params) {
    out += '[';
    Type* previous = nullptr;
    for (size_t i = 0; i < params.size(); i++) {
      if (i > 0) {
        if (params[i]->bound != previous) {
          out += ' ';
          type(previous);
        }
        comma();
      }
      previous = params[i]->bound;
      type(params[i]);
    }
    if (previous != nullptr) {
      out += ' ';
      type(previous);
    }
    out += ']';
  }

  void signature(const Signature* s) {
    if (!s->typeParams.empty()) typeParams(s->typeParams);
    tuple(s->params, s->variadic);
    std::span<Var*> results = s->results->vars;
    if (results.empty()) return;
    out += ' ';
    if (results.size() == 1 && (canonical || results[0]->name.empty())) return type(results[0]->type);
    tuple(s->results, false);
  }

  std::string prefix(Package* package) const {
    if (package == nullptr) return "";
    std::string text;
    if (naming != nullptr) return naming->prefix(package);
    text = canonical ? package->path : qualifier != nullptr ? qualifier(package, context) : "";
    return text.empty() ? text : text + ".";
  }

 private:
  void comma() { out += canonical ? "," : ", "; }
  void semicolon() { out += canonical ? ";" : "; "; }
  void error(std::string_view what) { ((out += '<') += what) += '>'; }

  // Back at an interface that is being written: how many levels up tells which.
  void interfaceCycle(Type* t) {
    size_t depth = path_.end() - std::find(path_.begin(), path_.end(), t);
    (out += '^') += std::to_string(depth);
  }

  void write(Type* t) {
    switch (t->kind) {
      case TypeKind::Basic: return basicType(static_cast<Basic*>(t));
      case TypeKind::Pointer:
        out += '*';
        return type(static_cast<Pointer*>(t)->base);
      case TypeKind::Slice:
        out += "[]";
        return type(static_cast<Slice*>(t)->element);
      case TypeKind::Array:
        ((out += '[') += std::to_string(static_cast<Array*>(t)->length)) += ']';
        return type(static_cast<Array*>(t)->element);
      case TypeKind::Map:
        out += "map[";
        type(static_cast<Map*>(t)->key);
        out += ']';
        return type(static_cast<Map*>(t)->value);
      case TypeKind::Chan: return chan(static_cast<Chan*>(t));
      case TypeKind::Struct: return structure(static_cast<Struct*>(t));
      case TypeKind::Tuple: return tuple(static_cast<Tuple*>(t), false);
      case TypeKind::Signature:
        out += "func";
        return signature(static_cast<Signature*>(t));
      case TypeKind::Union: return terms(static_cast<Union*>(t)->terms);
      case TypeKind::Interface: return interface(static_cast<Interface*>(t));
      case TypeKind::Named: return named(static_cast<Named*>(t));
      case TypeKind::Alias: {
        auto* alias = static_cast<Alias*>(t);
        typeName(alias->object);
        if (!alias->typeArgs.empty()) return typeList(alias->typeArgs);
        if (!alias->typeParams.empty()) typeParams(alias->typeParams);
        return;
      }
      case TypeKind::TypeParam: return typeParam(static_cast<TypeParam*>(t));
    }
  }

  void basicType(Basic* t) {
    if (t->basic == BasicKind::UnsafePointer) out += prefix(&universe().unsafePackage);
    out += canonical ? basic(t->basic)->name : t->name;  // byte and rune are other names
  }

  void chan(Chan* t) {
    static constexpr std::string_view kNames[] = {"chan ", "chan<- ", "<-chan "};
    out += kNames[static_cast<size_t>(t->direction)];
    auto* element = as<Chan>(canonical ? unalias(t->element) : t->element);
    bool parentheses = t->direction == syntax::ChanDir::Both && element != nullptr &&
                       element->direction == syntax::ChanDir::ReceiveOnly;
    if (parentheses) out += '(';
    type(t->element);
    if (parentheses) out += ')';
  }

  void structure(Struct* t) {
    out += "struct{";
    for (size_t i = 0; i < t->fields.size(); i++) {
      if (i > 0) semicolon();
      Var* field = t->fields[i];
      bool unexported = !syntax::isExported(field->name.text());
      bool tell = packageInfo && unexported;
      if (tell) packageInfo = false;
      if (canonical && unexported && field->package != nullptr) (out += field->package->path) += '.';
      if (!field->embedded) {
        (out += field->name.text()) += ' ';
      } else if (canonical) {
        ((out += '.') += field->name.text()) += ' ';
      }
      type(field->type);
      if (tell) ((out += " /* package ") += field->package->path) += " */ ";
      if (i < t->tags.size() && !t->tags[i].empty()) (out += ' ') += quote(t->tags[i]);
    }
    out += '}';
  }

  void tuple(const Tuple* t, bool variadic) {
    out += '(';
    for (size_t i = 0; i < t->vars.size(); i++) {
      if (i > 0) comma();
      Var* var = t->vars[i];
      if (!canonical && paramNames && !var->name.empty()) (out += var->name.text()) += ' ';
      if (!variadic || i + 1 != t->vars.size()) {
        type(var->type);
      } else if (auto* slice = as<Slice>(var->type)) {
        out += "...";
        type(slice->element);
      } else {  // append([]byte, string...)
        type(var->type);
        out += "...";
      }
    }
    out += ')';
  }

  template <typename Terms>
  void terms(const Terms& list) {
    bool first = true;
    for (const Term* term : list) {
      if (!first) out += canonical ? "|" : " | ";
      first = false;
      if (term->tilde) out += '~';
      type(term->type);
    }
  }

  void interface(Interface* t) {
    if (canonical) return canonicalInterface(t);
    if (t == universe().anyInterface) return void(out += "any");
    if (t == universe().comparableInterface) return void(out += "interface{comparable}");
    if (t->implicit) {
      if (t->explicitMethods.empty() && t->embeddeds.size() == 1) return type(t->embeddeds[0]);
      out += "/* implicit */ ";
    }
    out += "interface{";
    bool first = true;
    auto separate = [&] {
      if (!first) semicolon();
      first = false;
    };
    for (Func* method : t->explicitMethods) {
      separate();
      out += method->name.text();
      signature(method->signature());
    }
    for (Type* embedded : t->embeddeds) {
      separate();
      type(embedded);
    }
    out += '}';
  }

  void canonicalInterface(Interface* t) {
    TypeSet* set = typeSetOf(t);
    out += "interface{";
    bool first = true;
    for (Func* method : set->methods) {
      if (!first) out += ';';
      first = false;
      if (!syntax::isExported(method->name.text()) && method->package != nullptr) (out += method->package->path) += '.';
      out += method->name.text();
      signature(method->signature());
    }
    if (set->comparable) out += first ? "comparable" : ";comparable";
    if (!set->all) {
      if (!first) out += ';';
      std::vector<const Term*> list;
      for (const Term& term : set->terms) list.push_back(&term);
      list.empty() ? void(out += "∅") : terms(list);
    }
    out += '}';
  }

  void named(Named* t) {
    typeName(t->object);
    Named* origin = t->origin;
    if (canonical && origin->localNumber != 0) {
      out += "·";
      origin->localPlace.empty() ? void(out += std::to_string(origin->localNumber)) : void(out += origin->localPlace);
      if (!t->outerArgs.empty()) typeList(t->outerArgs);
    }
    if (!t->typeArgs.empty()) return typeList(t->typeArgs);
    if (t->origin == t && !t->typeParams.empty()) typeParams(t->typeParams);
  }

  void typeParam(TypeParam* t) {
    out += t->object->name.text();
    if (canonical) {
      (out += '$') += std::to_string(t->id);
      return;
    }
    if (naming != nullptr && universe().scope.lookup(t->object->name) != nullptr) {
      out += " /* with ";
      out += t->object->name.text();
      out += " declared at " + naming->position(t->object->pos) + " */";
    }
  }

  void typeName(const TypeName* object) { (out += prefix(object->package)) += object->name.text(); }

  std::vector<Type*> path_;  // what is being written
};

void writeFunctionName(TypeWriter& writer, const Func* function) {
  auto* signature = as<Signature>(function->type);
  if (signature != nullptr && signature->receiver != nullptr) {
    writer.out += '(';
    Type* receiver = signature->receiver->type;
    if (as<Interface>(receiver) != nullptr) {
      writer.out += "interface";
    } else {
      writer.type(receiver);
    }
    writer.out += ").";
  } else {
    writer.out += writer.prefix(function->package);
  }
  writer.out += function->name.text();
}

}  // namespace

std::string Naming::type(Type* type) const {
  TypeWriter writer;
  writer.naming = this;
  writer.type(type);
  return std::move(writer.out);
}

std::string Naming::function(const Func* function, bool packageInfo) const {
  TypeWriter writer;
  Naming paths;
  writer.naming = packageInfo ? &paths : this;
  writer.packageInfo = packageInfo;
  writer.paramNames = false;
  writer.out = function->name.text();
  writer.signature(function->signature());
  return std::move(writer.out);
}

std::string typeString(Type* type, std::string_view (*qualifier)(Package*, void*), void* context) {
  TypeWriter writer;
  writer.qualifier = qualifier;
  writer.context = context;
  writer.type(type);
  return std::move(writer.out);
}

std::string typeString(Type* type) {
  TypeWriter writer;
  writer.canonical = true;
  writer.type(type);
  return std::move(writer.out);
}

std::string typeStringWithPaths(Type* type) { return Naming().type(type); }

std::string typeRelativeTo(Package* package, Type* type) {
  auto path = [](Package* other, void* context) { return other == context ? std::string_view() : other->path; };
  return typeString(type, path, package);
}

std::string Naming::object(const Object* object) const {
  TypeWriter writer;
  writer.naming = this;
  std::string& out = writer.out;
  Type* type = object->type;
  switch (object->kind) {
    case ObjectKind::PkgName: {
      const Package* imported = static_cast<const PkgName*>(object)->imported;
      (out += "package ") += object->name.text();
      if (!imported->path.empty() && imported->path != object->name.text()) out += " (" + quote(imported->path) + ")";
      return out;
    }
    case ObjectKind::Func:
      out = "func ";
      writeFunctionName(writer, static_cast<const Func*>(object));
      if (type != nullptr) writer.signature(static_cast<Signature*>(type));
      return out;
    case ObjectKind::Nil: return "nil";
    case ObjectKind::Const: out = "const"; break;
    case ObjectKind::TypeName: out = isTypeParam(type) ? "type parameter" : "type"; break;
    case ObjectKind::Var: out = static_cast<const Var*>(object)->role == VarRole::Field ? "field" : "var"; break;
    case ObjectKind::Label:
    case ObjectKind::Builtin: out = object->kind == ObjectKind::Label ? "label" : "builtin"; type = nullptr; break;
  }
  out += ' ';
  bool isPackageLevel = object->package != nullptr && object->package->scope->lookup(object->name) == object;
  if (isPackageLevel) out += prefix(object->package);
  out += object->name.text();
  if (type == nullptr) return out;
  if (object->kind == ObjectKind::TypeName) {
    if (type->kind == TypeKind::Basic) return out;
    auto params = typeParamsOf(type);
    if (!params.empty()) writer.typeParams(params);
    if (auto* alias = as<Alias>(type)) {
      out += " =";
      type = alias->from;
    } else if (auto* param = as<TypeParam>(type)) {
      type = param->bound;
    } else {
      type = underlying(type);
    }
  }
  out += ' ';
  writer.type(type);
  return out;
}

std::string_view objectKind(const Object* object) {
  switch (object->kind) {
    case ObjectKind::PkgName: return "package name";
    case ObjectKind::Const: return "constant";
    case ObjectKind::TypeName:
      if (static_cast<const TypeName*>(object)->isAlias) return "type alias";
      return as<TypeParam>(object->type) != nullptr ? "type parameter" : "defined type";
    case ObjectKind::Var: {
      static constexpr std::string_view kRoles[] = {"package-level variable", "local variable", "parameter",
                                                    "result variable",        "receiver",       "struct field"};
      return kRoles[static_cast<size_t>(static_cast<const Var*>(object)->role)];
    }
    case ObjectKind::Func: {
      auto* signature = as<Signature>(object->type);
      return signature != nullptr && signature->receiver != nullptr ? "method" : "function";
    }
    case ObjectKind::Label: return "label";
    case ObjectKind::Builtin: return "built-in function";
    case ObjectKind::Nil: return "untyped nil";
  }
  return "";
}

}  // namespace millrace::types
