// Types as package reflect shows them.
#include "wasm/build/type-text.h"

#include "runtime/base/check.h"
#include "wasm/syntax/names.h"
#include "wasm/types/check.h"
#include "wasm/types/text.h"
#include "wasm/types/universe.h"

namespace millrace::build {

using namespace types;

namespace {

using syntax::isExported;

class Writer {
 public:
  std::string out;

  void type(Type* type) {
    type = unalias(type);
    switch (type->kind) {
      case TypeKind::Basic: return basic(static_cast<Basic*>(type));
      case TypeKind::Named: return named(static_cast<Named*>(type));
      case TypeKind::Pointer: return prefixed("*", static_cast<Pointer*>(type)->base);
      case TypeKind::Slice: return prefixed("[]", static_cast<Slice*>(type)->element);
      case TypeKind::Array: {
        auto* array = static_cast<Array*>(type);
        return prefixed("[" + std::to_string(array->length) + "]", array->element);
      }
      case TypeKind::Map: {
        auto* map = static_cast<Map*>(type);
        prefixed("map[", map->key);
        return prefixed("]", map->value);
      }
      case TypeKind::Chan: return chan(static_cast<Chan*>(type));
      case TypeKind::Signature: out += "func"; return signature(static_cast<Signature*>(type));
      case TypeKind::Struct: return structure(static_cast<Struct*>(type));
      case TypeKind::Interface: return interface(static_cast<Interface*>(type));
      default: UNREACHABLE();
    }
  }

 private:
  void prefixed(std::string_view prefix, Type* rest) {
    out += prefix;
    type(rest);
  }

  // byte and rune are other names of uint8 and int32.
  void basic(const Basic* type) {
    if (type->basic == BasicKind::UnsafePointer) out += "unsafe.";
    out += types::basic(type->basic)->name;
  }

  void package(const Package* package) {
    if (package == nullptr) return;
    out += inArguments_ == 0 ? package->name.text() : package->path;
    out += '.';
  }

  // Of a type in a generic function, first the function's: "T[int;string]".
  void arguments(std::span<Type* const> outer, std::span<Type* const> own) {
    if (outer.empty() && own.empty()) return;
    out += '[';
    inArguments_++;
    listed(outer);
    if (!outer.empty() && !own.empty()) out += ';';
    listed(own);
    inArguments_--;
    out += ']';
  }

  void listed(std::span<Type* const> types) {
    for (size_t i = 0; i < types.size(); i++) {
      if (i != 0) out += ',';
      type(types[i]);
    }
  }

  void named(const Named* type) {
    package(type->object->package);
    out += type->object->name.text();
    arguments(type->outerArgs, type->typeArgs);
    uint32_t number = type->origin->localNumber;
    if (inArguments_ > 0 && number != 0) out += "·" + std::to_string(number);
  }

  void chan(const Chan* type) {
    if (type->direction == syntax::ChanDir::ReceiveOnly) return prefixed("<-chan ", type->element);
    out += type->direction == syntax::ChanDir::SendOnly ? "chan<- " : "chan ";
    auto* inner = types::as<Chan>(unalias(type->element));
    bool ambiguous = type->direction == syntax::ChanDir::Both && inner != nullptr && inner->direction == syntax::ChanDir::ReceiveOnly;
    if (ambiguous) out += '(';
    this->type(type->element);
    if (ambiguous) out += ')';
  }

  void signature(const Signature* signature) {
    list(signature->params, signature->variadic);
    if (signature->results->vars.empty()) return;
    out += ' ';
    if (signature->results->vars.size() == 1) return type(signature->results->vars[0]->type);
    list(signature->results, false);
  }

  void list(const Tuple* tuple, bool variadic) {
    out += '(';
    for (size_t i = 0; i < tuple->vars.size(); i++) {
      if (i != 0) out += ", ";
      Type* item = tuple->vars[i]->type;
      if (variadic && i + 1 == tuple->vars.size()) {
        prefixed("...", static_cast<Slice*>(underlying(item))->element);
      } else {
        type(item);
      }
    }
    out += ')';
  }

  void structure(const Struct* type) {
    out += "struct {";
    for (size_t i = 0; i < type->fields.size(); i++) {
      Var* field = type->fields[i];
      out += i == 0 ? " " : "; ";
      if (!field->embedded) {
        if (inArguments_ > 0 && !isExported(field->name.text())) package(field->package);
        out += field->name.text();
        out += ' ';
      }
      this->type(field->type);
      if (i < type->tags.size() && !type->tags[i].empty()) out += " " + quote(type->tags[i]);
    }
    out += type->fields.empty() ? "}" : " }";
  }

  void interface(Interface* type) {
    auto methods = allMethods(type);
    out += "interface {";
    for (size_t i = 0; i < methods.size(); i++) {
      out += i == 0 ? " " : "; ";
      if (!isExported(methods[i]->name.text())) package(methods[i]->package);
      out += methods[i]->name.text();
      signature(methods[i]->signature());
    }
    out += methods.empty() ? "}" : " }";
  }

  int inArguments_ = 0;
};

}  // namespace

std::string reflectText(Type* type) {
  Writer writer;
  writer.type(type);
  return std::move(writer.out);
}

}  // namespace millrace::build
