// Predeclared types, constants, functions and nil; package unsafe.
#include "wasm/types/universe.h"

#include "wasm/types/check.h"
#include "wasm/types/constant-ops.h"
#include "wasm/types/named.h"
#include "wasm/types/text.h"
#include "wasm/types/type-set.h"

namespace millrace::types {
namespace {

struct BasicEntry {
  std::string_view name;
  uint16_t info;
};

constexpr BasicEntry kBasics[kBasicKinds] = {
    {"invalid type", 0},
    {"bool", kIsBoolean},
    {"int", kIsInteger},
    {"int8", kIsInteger},
    {"int16", kIsInteger},
    {"int32", kIsInteger},
    {"int64", kIsInteger},
    {"uint", kIsInteger | kIsUnsigned},
    {"uint8", kIsInteger | kIsUnsigned},
    {"uint16", kIsInteger | kIsUnsigned},
    {"uint32", kIsInteger | kIsUnsigned},
    {"uint64", kIsInteger | kIsUnsigned},
    {"uintptr", kIsInteger | kIsUnsigned},
    {"float32", kIsFloat},
    {"float64", kIsFloat},
    {"complex64", kIsComplex},
    {"complex128", kIsComplex},
    {"string", kIsString},
    {"Pointer", 0},
    {"untyped bool", kIsBoolean | kIsUntyped},
    {"untyped int", kIsInteger | kIsUntyped},
    {"untyped rune", kIsInteger | kIsUntyped},
    {"untyped float", kIsFloat | kIsUntyped},
    {"untyped complex", kIsComplex | kIsUntyped},
    {"untyped string", kIsString | kIsUntyped},
    {"untyped nil", kIsUntyped},
};

constexpr BuiltinInfo kBuiltins[] = {
    {"append", 1, true, false},     {"cap", 1, false, false},      {"clear", 1, false, true},
    {"close", 1, false, true},      {"complex", 2, false, false},  {"copy", 2, false, true},
    {"delete", 2, false, true},     {"imag", 1, false, false},     {"len", 1, false, false},
    {"make", 1, true, false},       {"max", 1, true, false},       {"min", 1, true, false},
    {"new", 1, false, false},       {"panic", 1, false, true},     {"print", 0, true, true},
    {"println", 0, true, true},     {"real", 1, false, false},     {"recover", 0, false, true},
    {"Add", 2, false, false},       {"Alignof", 1, false, false},  {"Offsetof", 1, false, false},
    {"Sizeof", 1, false, false},    {"Slice", 2, false, false},    {"SliceData", 1, false, false},
    {"String", 2, false, false},    {"StringData", 1, false, false},
};

struct Basics {
  Basic types[kBasicKinds];
  Basics() {
    for (size_t i = 0; i < kBasicKinds; i++) {
      types[i] = {{TypeKind::Basic}, static_cast<BasicKind>(i), kBasics[i].name};
    }
  }
};

TypeName* typeName(Universe& u, std::string_view name, Type* type, bool isAlias) {
  return u.arena.make<TypeName>(
      TypeName{{ObjectKind::TypeName, {}, u.symbols.intern(name), type, nullptr, nullptr}, isAlias});
}

// Exported ones belong to package unsafe.
void define(Universe& u, Object* object) {
  if (syntax::isExported(object->name.text())) object->package = &u.unsafePackage;
  (object->package != nullptr ? *u.unsafePackage.scope : u.scope).insert(u.arena, object);
}

Interface* makeInterface(Universe& u, bool comparable) {
  auto* typeSet = u.arena.make<TypeSet>(TypeSet{.comparable = comparable});
  return u.arena.make<Interface>(Interface{{TypeKind::Interface}, {}, {}, false, typeSet, true, nullptr, nullptr});
}

void defineTypes(Universe& u) {
  for (size_t i = 0; i < kBasicKinds; i++) {
    bool named = i != 0 && kBasics[i].name.find(' ') == std::string_view::npos;
    if (named) define(u, typeName(u, kBasics[i].name, basic(static_cast<BasicKind>(i)), false));
  }
  u.byteType = u.arena.make<Basic>(Basic{{TypeKind::Basic}, BasicKind::Uint8, "byte"});
  u.runeType = u.arena.make<Basic>(Basic{{TypeKind::Basic}, BasicKind::Int32, "rune"});
  define(u, typeName(u, "byte", u.byteType, true));
  define(u, typeName(u, "rune", u.runeType, true));

  u.emptyInterface = makeInterface(u, false);
  u.anyInterface = makeInterface(u, false);
  TypeName* any = typeName(u, "any", nullptr, true);
  u.anyAlias = u.arena.make<Alias>(Alias{{TypeKind::Alias}, any, nullptr, {}, {}, u.anyInterface, u.anyInterface});
  u.anyAlias->origin = u.anyAlias;
  any->type = u.anyAlias;
  define(u, any);
  u.anyObject = any;

  // type error interface { Error() string }
  TypeName* error = typeName(u, "error", nullptr, false);
  u.errorType = newNamed(u.arena, nullptr, error);
  auto variable = [&u](VarRole role, Type* type) {
    auto* var = u.arena.make<Var>(Var{{ObjectKind::Var, {}, Symbol(), type, nullptr, nullptr}, role, false, nullptr});
    var->origin = var;
    return var;
  };
  Var* results[] = {variable(VarRole::Result, basic(BasicKind::String))};
  u.noResults = u.arena.make<Tuple>(Tuple{{TypeKind::Tuple}, {}});
  auto* result = u.arena.make<Tuple>(Tuple{{TypeKind::Tuple}, u.arena.copy(std::span<Var* const>(results))});
  auto* signature = u.arena.make<Signature>(
      Signature{{TypeKind::Signature}, {}, {}, variable(VarRole::Receiver, u.errorType), u.noResults, result,
                false});
  auto* method = u.arena.make<Func>(
      Func{{ObjectKind::Func, {}, u.symbols.intern("Error"), signature, nullptr, nullptr}, nullptr, nullptr, nullptr});
  method->origin = method;
  Func* methods[] = {method};
  Interface* interface = makeInterface(u, false);
  interface->explicitMethods = u.arena.copy(std::span<Func* const>(methods));
  interface->typeSet->methods = interface->explicitMethods;
  setRightHandSide(u.errorType, interface);
  define(u, error);

  TypeName* comparable = typeName(u, "comparable", nullptr, false);
  u.comparableInterface = makeInterface(u, true);
  setRightHandSide(newNamed(u.arena, nullptr, comparable), u.comparableInterface);
  define(u, comparable);
  u.comparableObject = comparable;
}

void defineValues(Universe& u) {
  auto constant = [&u](std::string_view name, BasicKind kind, const Constant* value) {
    auto* object = u.arena.make<Const>(
        Const{{ObjectKind::Const, {}, u.symbols.intern(name), basic(kind), nullptr, nullptr}, value});
    define(u, object);
    return object;
  };
  constant("true", BasicKind::UntypedBool, makeBool(true));
  constant("false", BasicKind::UntypedBool, makeBool(false));
  u.iotaObject = constant("iota", BasicKind::UntypedInt, makeInt64(u.arena, 0));
  define(u, u.arena.make<Nil>(Nil{
                {ObjectKind::Nil, {}, u.symbols.intern("nil"), basic(BasicKind::UntypedNil), nullptr, nullptr}}));
  for (size_t i = 0; i < std::size(kBuiltins); i++) {
    define(u, u.arena.make<Builtin>(Builtin{
                  {ObjectKind::Builtin, {}, u.symbols.intern(kBuiltins[i].name), invalidType(), nullptr, nullptr},
                  static_cast<BuiltinId>(i)}));
  }
}

}  // namespace

Universe::Universe() {
  blank = symbols.intern("_");
  init = symbols.intern("init");
  main = symbols.intern("main");
  any = symbols.intern("any");
  iota = symbols.intern("iota");
  nil = symbols.intern("nil");
  comparable = symbols.intern("comparable");
  unsafePackage = {"unsafe", symbols.intern("unsafe"), arena.make<Scope>(Scope{&scope}), {}, true};
  defineTypes(*this);
  defineValues(*this);
}

Universe& universe() {
  static Universe& theOne = *new Universe;  // never destroyed: types of all sessions point into it
  return theOne;
}

uint16_t infoOf(BasicKind kind) { return kBasics[static_cast<size_t>(kind)].info; }

Basic* basic(BasicKind kind) {
  static Basics basics;
  return &basics.types[static_cast<size_t>(kind)];
}

const BuiltinInfo& builtinInfo(BuiltinId id) { return kBuiltins[static_cast<size_t>(id)]; }

Type* basicType(BasicKind kind) { return basic(kind); }
Type* runeType() { return basic(BasicKind::Int32); }
Type* anyType() { return universe().anyInterface; }

}  // namespace millrace::types
