// What Go's compiler finds only when it comes to make code: types too large, and functions that the host cannot call.
#include "wasm/types/checker.h"

namespace millrace::types {
namespace {

constexpr int64_t kMaxSize = int64_t{1} << 50, kMaxChanElement = 1 << 16;

// Walks a type without going into declared ones, which are looked at where they are declared.
class SizeCheck {
 public:
  Type* tooLarge = nullptr;
  bool chanTooLarge = false;

  void visit(Type* type) {
    type = unalias(type);
    switch (type->kind) {
      case TypeKind::Pointer: return visit(static_cast<Pointer*>(type)->base);
      case TypeKind::Slice: return visit(static_cast<Slice*>(type)->element);
      case TypeKind::Map:
        visit(static_cast<Map*>(type)->key);
        return visit(static_cast<Map*>(type)->value);
      case TypeKind::Struct: return visitVars(static_cast<Struct*>(type)->fields);
      case TypeKind::Tuple: return visitVars(static_cast<Tuple*>(type)->vars);
      case TypeKind::Signature:
        visit(static_cast<Signature*>(type)->params);
        return visit(static_cast<Signature*>(type)->results);
      case TypeKind::Array: return visitArray(static_cast<Array*>(type));
      case TypeKind::Chan: return visitChan(static_cast<Chan*>(type));
      default: return;
    }
  }

 private:
  void visitVars(std::span<Var*> vars) {
    for (Var* var : vars) visit(var->type);
  }

  void visitArray(Array* array) {
    visit(array->element);
    if (tooLarge != nullptr || isGenericArray(array)) return;
    int64_t size = sizeOf(array), element = sizeOf(array->element);
    bool elementFits = element >= 0 && element < kMaxSize;
    if ((size < 0 || size >= kMaxSize) && elementFits) tooLarge = array;
  }

  void visitChan(Chan* chan) {
    visit(chan->element);
    if (isGenericArray(chan->element)) return;
    int64_t size = sizeOf(chan->element);
    if (size < 0 || size >= kMaxChanElement) chanTooLarge = true;
  }

  // Does its size depend on type arguments?
  static bool isGenericArray(Type* type) {
    while (auto* array = as<Array>(unalias(type))) type = array->element;
    Named* named = asNamed(type);
    return isTypeParam(type) || (named != nullptr && (!named->typeArgs.empty() || !named->outerParams.empty()));
  }
};

// May a pointer to it be handed to the host? Pointers inside have another width there.
bool isSharedWithHost(Type* type) {
  Type* under = underlying(type);
  if (auto* array = as<Array>(under)) return isSharedWithHost(array->element);
  if (auto* basic = as<Basic>(under)) {
    switch (basic->basic) {
      case BasicKind::Int:
      case BasicKind::Uint:
      case BasicKind::Uintptr: return false;
      default: return basic->basic == BasicKind::Bool || (infoOf(basic->basic) & (kIsInteger | kIsFloat)) != 0;
    }
  }
  auto* structure = as<Struct>(under);
  if (structure == nullptr) return false;
  bool hasHostLayout = structure->fields.empty();
  for (Var* field : structure->fields) {
    Named* named = asNamed(field->type);
    if (named != nullptr && named->object->package != nullptr && named->object->package->path == "structs" &&
        named->object->name.text() == "HostLayout") {
      hasHostLayout = true;
    } else if (!isSharedWithHost(field->type)) {
      return false;
    }
  }
  return hasHostLayout;
}

bool isHostValue(Type* type, bool asResult) {
  Type* under = underlying(type);
  if (auto* pointer = as<Pointer>(under)) return isSharedWithHost(pointer->base);
  auto* basic = as<Basic>(under);
  if (basic == nullptr) return false;
  switch (basic->basic) {
    case BasicKind::Bool:
    case BasicKind::Int32:
    case BasicKind::Uint32:
    case BasicKind::Int64:
    case BasicKind::Uint64:
    case BasicKind::Uintptr:
    case BasicKind::Float32:
    case BasicKind::Float64:
    case BasicKind::UnsafePointer: return true;
    case BasicKind::String: return !asResult;
    default: return false;
  }
}

}  // namespace

void Checker::checkSizes() {
  if (!hasLargeArrays_) return;
  const auto check = [&](Pos pos, Type* type) {
    SizeCheck sizes;
    sizes.visit(type);
    if (sizes.tooLarge != nullptr) {
      error(pos, {"type ", sizes.tooLarge, " larger than address space"}, syntax::Stage::Code);
    }
    if (sizes.chanTooLarge) error(pos, {"channel element type too large (>64kB)"}, syntax::Stage::Code);
  };
  for (Named* named : named_) {
    if (named->origin == named && named->typeParams.empty() && named->outerParams.empty()) {
      check(named->object->pos, underlying(named));
    }
  }
  for (Object* object : objects_) {
    auto* function = as<Func>(object);
    if (function != nullptr && function->type != nullptr) check(function->pos, function->type);
  }
  for (Object* object : info_.objects) {
    auto* var = as<Var>(object);
    if (var != nullptr && (var->role == VarRole::Package || var->role == VarRole::Local)) check(var->pos, var->type);
  }
}

void Checker::checkHostSignature(const Func* function) {
  const uint32_t pragmas = function->decl->pragmas;
  const bool exported = (pragmas & syntax::kPragmaWasmExport) != 0;
  if (!exported && ((pragmas & syntax::kPragmaWasmImport) == 0 || (pragmas & syntax::kPragmaGoJs) != 0)) return;
  const auto fault = [&](Pieces pieces) { error(function->decl->pos, pieces, syntax::Stage::Code); };
  Signature* signature = function->signature();
  if (signature->receiver != nullptr) {
    if (exported) fault({"cannot use //go:wasmexport on a method"});
    return;
  }
  std::string_view pragma = exported ? "go:wasmexport" : "go:wasmimport";
  for (Var* param : signature->params->vars) {
    if (!isHostValue(param->type, false)) fault({pragma, ": unsupported parameter type ", param->type});
  }
  std::span<Var*> results = signature->results->vars;
  if (results.size() > 1) return fault({pragma, ": too many return values"});
  for (Var* result : results) {
    if (!isHostValue(result->type, true)) fault({pragma, ": unsupported result type ", result->type});
  }
}

}  // namespace millrace::types
