// Calls of built-in functions.
#include <algorithm>

#include "wasm/types/checker.h"
#include "wasm/types/lookup.h"

namespace millrace::types {

using namespace syntax;

// One call. Each method checks one function, leaves the result in x and is false when the call is invalid.
class BuiltinCall {
 public:
  BuiltinCall(Checker& checker, Operand& x, CallExpr* e, BuiltinId id)
      : c_(checker), x_(x), e_(e), id_(id), name_(builtinInfo(id).name) {}

  bool run();

 private:
  bool dispatch();
  bool append();
  bool lengthOrCapacity();
  bool clear();
  bool close();
  bool complex();
  bool realOrImaginary();
  bool copy();
  bool deleteKey();
  bool makeValue();
  bool minOrMax();
  bool newValue();
  bool panic();
  bool print();
  bool recover();
  bool unsafeAdd();
  bool sizeOrAlignment();
  bool offset();
  bool unsafeSlice();
  bool unsafeSliceData();
  bool unsafeString();
  bool unsafeStringData();

  bool fail(At at, Pieces pieces) {
    c_.error(at, pieces);
    return false;
  }
  bool result(Mode mode, Type* type) {
    x_.mode = mode;
    x_.type = type;
    return true;
  }
  bool noResult(std::initializer_list<Type*> params) {
    c_.recordBuiltin(e_->function, nullptr, params);
    x_.mode = Mode::NoValue;
    return true;
  }
  bool constant(const Constant* value, Type* type) {
    x_.value = value;
    return result(Mode::Constant, type);
  }
  Slice* byteSlice() { return c_.newSlice(c_.universe_.byteType); }
  // The element type of a slice operand, of all types in its set.
  Type* sliceElement(Operand& x, std::string* cause);
  bool isBytesOrString(Type* type, bool* hasString);
  // `f` applied to the type, or to each type of a type parameter's set.
  Type* applyToTerms(BasicKind (*f)(BasicKind));

  Checker& c_;
  Operand& x_;
  CallExpr* e_;
  BuiltinId id_;
  std::string_view name_;
  std::vector<Operand> args_;  // not for make, new and Offsetof
};

bool Checker::builtinCall(Operand& x, CallExpr* e, BuiltinId id) { return BuiltinCall(*this, x, e, id).run(); }

bool BuiltinCall::run() {
  if (e_->hasDots && id_ != BuiltinId::Append) {
    c_.error(e_, {"invalid operation: invalid use of ... with built-in ", name_});
    c_.use(e_->arguments);
    return false;
  }
  // len and cap of an array are constant if nothing in their argument is called or received.
  bool scanned = id_ == BuiltinId::Len || id_ == BuiltinId::Cap;
  bool outer = c_.env_.hasCallOrReceive;
  if (scanned) c_.env_.hasCallOrReceive = false;
  bool valid = dispatch();
  if (scanned) c_.env_.hasCallOrReceive = outer;
  return valid;
}

bool BuiltinCall::dispatch() {
  size_t count = e_->arguments.size();
  if (id_ != BuiltinId::Make && id_ != BuiltinId::New && id_ != BuiltinId::Offsetof) {
    args_ = c_.exprList(e_->arguments);
    count = args_.size();
    if (std::any_of(args_.begin(), args_.end(), [](const Operand& arg) { return !arg.valid(); })) return false;
    if (count > 0) x_ = args_[0];
  }
  const BuiltinInfo& info = builtinInfo(id_);
  bool tooMany = !info.variadic && count > info.minimum;
  if (count < info.minimum || tooMany) {
    return fail(e_, {"invalid operation: ", tooMany ? "too many" : "not enough", " arguments for ", e_, " (expected ",
                     static_cast<int>(info.minimum), ", found ", count, ")"});
  }
  switch (id_) {
    case BuiltinId::Append: return append();
    case BuiltinId::Len:
    case BuiltinId::Cap: return lengthOrCapacity();
    case BuiltinId::Clear: return clear();
    case BuiltinId::Close: return close();
    case BuiltinId::Complex: return complex();
    case BuiltinId::Real:
    case BuiltinId::Imag: return realOrImaginary();
    case BuiltinId::Copy: return copy();
    case BuiltinId::Delete: return deleteKey();
    case BuiltinId::Make: return makeValue();
    case BuiltinId::Max:
    case BuiltinId::Min: return minOrMax();
    case BuiltinId::New: return newValue();
    case BuiltinId::Panic: return panic();
    case BuiltinId::Print:
    case BuiltinId::Println: return print();
    case BuiltinId::Recover: return recover();
    case BuiltinId::Add: return unsafeAdd();
    case BuiltinId::Sizeof:
    case BuiltinId::Alignof: return sizeOrAlignment();
    case BuiltinId::Offsetof: return offset();
    case BuiltinId::Slice: return unsafeSlice();
    case BuiltinId::SliceData: return unsafeSliceData();
    case BuiltinId::String: return unsafeString();
    case BuiltinId::StringData: return unsafeStringData();
  }
  return false;
}

Type* BuiltinCall::sliceElement(Operand& x, std::string* cause) {
  Type* element = nullptr;
  bool all = forEachType(x.type, [&](Type*, Type* u) {
    auto* slice = as<millrace::types::Slice>(u);
    if (slice == nullptr) {
      *cause = x.isNil() ? "argument must be a slice; have untyped nil"
                         : c_.format({"argument must be a slice; have ", &x});
      return false;
    }
    if (element != nullptr && !identical(element, slice->element)) {
      *cause = c_.format({"mismatched slice element types ", element, " and ", slice->element, " in ", &x});
      return false;
    }
    if (element == nullptr) element = slice->element;
    return true;
  });
  return all ? element : nullptr;
}

// Is each type of the set []byte or a string type?
bool BuiltinCall::isBytesOrString(Type* type, bool* hasString) {
  return forEachType(type, [&](Type*, Type* u) {
    auto* slice = as<millrace::types::Slice>(u);
    if (slice != nullptr && identical(slice->element, c_.universe_.byteType)) return true;
    if (u == nullptr || !isString(u)) return false;
    *hasString = true;
    return true;
  });
}

bool BuiltinCall::append() {
  std::string cause;
  Type* element = sliceElement(x_, &cause);
  if (element == nullptr) return fail(&x_, {"invalid append: ", cause});
  Type* type = x_.type;
  // append([]byte, string...)
  bool hasString = false;
  if (args_.size() == 2 && e_->hasDots && c_.isAssignable(x_, byteSlice(), nullptr) &&
      isBytesOrString(args_[1].type, &hasString) && hasString) {
    c_.recordBuiltin(e_->function, type, {type, args_[1].type}, true);
    return result(Mode::Value, type);
  }
  // Otherwise it is checked as a call of func(S, ...E) S.
  Signature* signature = c_.newSignature(c_.newTuple({c_.newParam(type), c_.newParam(c_.newSlice(element))}),
                                         c_.newTuple({c_.newVar(VarRole::Result, {}, Symbol(), type)}), true);
  c_.arguments(e_, signature, {}, {}, args_, {});
  c_.recordBuiltin(e_->function, type, {type, c_.newSlice(element)}, true);
  return result(Mode::Value, type);
}

bool BuiltinCall::lengthOrCapacity() {
  bool isLen = id_ == BuiltinId::Len;
  auto applies = [isLen](Type* t) {
    switch (t->kind) {
      case TypeKind::Basic: return isLen && isString(t);
      case TypeKind::Map: return isLen;
      case TypeKind::Array:
      case TypeKind::Slice:
      case TypeKind::Chan: return true;
      default: return false;
    }
  };
  Type *type = x_.type, *under = dereferenceArray(underlying(type)), *integer = basic(BasicKind::Int);
  if (under->kind == TypeKind::Basic && x_.isConstant() && applies(under)) {
    return constant(makeInt64(c_.arena_, static_cast<int64_t>(stringValue(x_.value).size())), integer);
  }
  if (auto* array = as<Array>(under); array != nullptr && !c_.env_.hasCallOrReceive) {
    return constant(array->length >= 0 ? makeInt64(c_.arena_, array->length) : unknownConstant(), integer);
  }
  bool valid = applies(under);
  if (isTypeParam(type)) {
    valid = forEachType(type, [&](Type*, Type* u) { return u != nullptr && applies(dereferenceArray(u)); });
  }
  if (!valid) {
    if (isValid(underlying(type))) c_.error(&x_, {"invalid argument: ", &x_, " for built-in ", name_});
    return false;
  }
  c_.recordBuiltin(e_->function, integer, {type});
  return result(Mode::Value, integer);
}

bool BuiltinCall::clear() {
  c_.requireVersion(e_->function, GoVersion{21}, {"clear"});
  Type* type = x_.type;
  bool valid = forEachType(type, [&](Type*, Type* u) {
    if (u != nullptr && (u->kind == TypeKind::Map || u->kind == TypeKind::Slice)) return true;
    return fail(&x_, {"invalid argument: cannot clear ", &x_, ": argument must be (or constrained by) map or slice"});
  });
  return valid && noResult({type});
}

bool BuiltinCall::close() {
  Type* type = x_.type;
  bool valid = forEachType(type, [&](Type*, Type* u) {
    auto* chan = as<Chan>(u);
    if (chan == nullptr) return fail(&x_, {"invalid operation: cannot close non-channel ", &x_});
    if (chan->direction != ChanDir::ReceiveOnly) return true;
    return fail(&x_, {"invalid operation: cannot close receive-only channel ", &x_});
  });
  return valid && noResult({type});
}

Type* BuiltinCall::applyToTerms(BasicKind (*f)(BasicKind)) {
  auto apply = [f](Type* type) -> Type* {
    auto* b = under<Basic>(type);
    BasicKind kind = b != nullptr ? f(b->basic) : BasicKind::Invalid;
    return kind != BasicKind::Invalid ? basic(kind) : nullptr;
  };
  auto* param = as<TypeParam>(unalias(x_.type));
  if (param == nullptr) return apply(x_.type);
  std::vector<Term*> terms;
  bool valid = forEachTerm(param, [&](const Term* term) {
    Type* type = term != nullptr ? apply(term->type) : nullptr;
    if (type != nullptr) terms.push_back(c_.make<Term>(Term{term->tilde, type}));
    return type != nullptr;
  });
  if (!valid) return nullptr;
  c_.error(&x_, {&x_, " not supported as argument to built-in ", name_, " for go1.18 (see go.dev/issue/50937)"});
  // Go on with a type parameter over the results.
  Type* embedded[] = {c_.make<Union>(Union{{TypeKind::Union}, c_.arena_.copy(terms)})};
  auto* object = c_.make<TypeName>(
      TypeName{{ObjectKind::TypeName, {}, param->object->name, nullptr, c_.package_, nullptr}, false});
  return c_.newTypeParam(object, c_.newInterface({}, embedded, {}), param->index);
}

bool BuiltinCall::complex() {
  Operand& y = args_[1];
  bool xUntyped = isUntyped(x_.type), yUntyped = isUntyped(y.type);
  if (xUntyped && yUntyped) {
    if (x_.isConstant() && y.isConstant()) {
      auto asFloat = [](Operand& x) {
        if (isNumeric(x.type) && signOf(imaginaryPart(x.value)) == 0) x.type = basic(BasicKind::UntypedFloat);
      };
      asFloat(x_);
      asFloat(y);
    } else {
      c_.convertUntyped(x_, basic(BasicKind::Float64));
      c_.convertUntyped(y, basic(BasicKind::Float64));
    }
  } else if (xUntyped) {
    c_.convertUntyped(x_, y.type);
  } else if (yUntyped) {
    c_.convertUntyped(y, x_.type);
  }
  if (!x_.valid() || !y.valid()) return false;
  if (!identical(x_.type, y.type)) {
    return fail(&x_, {"invalid operation: ", e_, " (mismatched types ", x_.type, " and ", y.type, ")"});
  }
  Type* part = x_.type;
  Type* type = applyToTerms([](BasicKind kind) {
    switch (kind) {
      case BasicKind::Float32: return BasicKind::Complex64;
      case BasicKind::Float64: return BasicKind::Complex128;
      case BasicKind::UntypedFloat: return BasicKind::UntypedComplex;
      default: return BasicKind::Invalid;
    }
  });
  if (type == nullptr) return fail(&x_, {"invalid argument: arguments have type ", part, ", expected floating-point"});
  if (x_.isConstant() && y.isConstant()) {
    Arena& arena = c_.arena_;
    const Constant* imaginary = makeImaginary(arena, toFloat(arena, y.value));
    return constant(binaryOp(arena, toFloat(arena, x_.value), Operator::Add, imaginary), type);
  }
  c_.recordBuiltin(e_->function, type, {part, part});
  return result(Mode::Value, type);
}

bool BuiltinCall::realOrImaginary() {
  if (isUntyped(x_.type)) {
    if (!x_.isConstant()) {
      c_.convertUntyped(x_, basic(BasicKind::Complex128));
      if (!x_.valid()) return false;
    } else if (isNumeric(x_.type)) {
      x_.type = basic(BasicKind::UntypedComplex);
    }
  }
  Type* whole = x_.type;
  Type* type = applyToTerms([](BasicKind kind) {
    switch (kind) {
      case BasicKind::Complex64: return BasicKind::Float32;
      case BasicKind::Complex128: return BasicKind::Float64;
      case BasicKind::UntypedComplex: return BasicKind::UntypedFloat;
      default: return BasicKind::Invalid;
    }
  });
  if (type == nullptr) return fail(&x_, {"invalid argument: argument has type ", whole, ", expected complex type"});
  if (x_.isConstant()) {
    return constant(id_ == BuiltinId::Real ? realPart(x_.value) : imaginaryPart(x_.value), type);
  }
  c_.recordBuiltin(e_->function, type, {whole});
  return result(Mode::Value, type);
}

bool BuiltinCall::copy() {
  Operand& y = args_[1];
  bool ignored = false;
  bool bytes = c_.isAssignable(x_, byteSlice(), nullptr) && isBytesOrString(y.type, &ignored);
  if (!bytes) {
    std::string cause;
    Type* to = sliceElement(x_, &cause);
    if (to == nullptr) return fail(&x_, {"invalid copy: ", cause});
    Type* from = sliceElement(y, &cause);
    if (from == nullptr) {
      // A string counts as a slice of bytes, to say what is wrong with the other one.
      if (!allBasic(y.type, kIsString)) return fail(&y, {"invalid copy: ", cause});
      from = c_.universe_.byteType;
    }
    if (!identical(to, from)) {
      return fail(&x_, {"invalid copy: arguments ", &x_, " and ", &y, " have different element types ", to, " and ",
                        from});
    }
  }
  c_.recordBuiltin(e_->function, basic(BasicKind::Int), {x_.type, y.type});
  return result(Mode::Value, basic(BasicKind::Int));
}

bool BuiltinCall::deleteKey() {
  Type *type = x_.type, *key = nullptr;
  bool valid = forEachType(type, [&](Type*, Type* u) {
    auto* map = as<Map>(u);
    if (map == nullptr) return fail(&x_, {"invalid argument: ", &x_, " is not a map"});
    if (key != nullptr && !identical(map->key, key)) {
      return fail(&x_, {"invalid argument: maps of ", &x_, " must have identical key types"});
    }
    key = map->key;
    return true;
  });
  if (!valid) return false;
  x_ = args_[1];
  c_.assignment(x_, key, "argument to delete");
  return x_.valid() && noResult({type, key});
}

bool BuiltinCall::makeValue() {
  Expr* first = e_->arguments[0];
  Type* type = c_.checkVarType(first);
  if (!isValid(type)) return false;
  std::string cause;
  Type* common = commonUnderlying(type, &cause, c_.naming_, [](Type*, Type* u) -> std::string {
    if (u == nullptr) return "no specific type";
    bool makeable = u->kind == TypeKind::Slice || u->kind == TypeKind::Map || u->kind == TypeKind::Chan;
    return makeable ? "" : "type must be slice, map, or channel";
  });
  if (common == nullptr) return fail(first, {"invalid argument: cannot make ", first, ": ", cause});
  size_t minimum = common->kind == TypeKind::Slice ? 2 : 1, count = e_->arguments.size();
  if (count < minimum || count > minimum + 1) {
    return fail(e_, {"invalid operation: ", e_, " expects ", minimum, " or ", minimum + 1, " arguments; found ",
                     count});
  }
  std::vector<Type*> params = {type};
  std::vector<int64_t> sizes;  // constant ones
  for (Expr* arg : e_->arguments.subspan(1)) {
    int64_t size;
    params.push_back(c_.index(arg, -1, &size));
    if (size >= 0) sizes.push_back(size);
  }
  if (sizes.size() == 2 && sizes[0] > sizes[1]) {
    c_.error(e_->arguments[1], {"invalid argument: length and capacity swapped"});
  }
  c_.recordBuiltin(e_->function, type, params);
  return result(Mode::Value, type);
}

bool BuiltinCall::minOrMax() {
  c_.requireVersion(e_->function, GoVersion{21}, {"built-in ", name_});
  Operator op = id_ == BuiltinId::Max ? Operator::Greater : Operator::Less;
  for (size_t i = 0; i < args_.size(); i++) {
    Operand& arg = args_[i];
    if (!allBasic(arg.type, kIsOrdered)) return fail(&arg, {"invalid argument: ", &arg, " cannot be ordered"});
    if (i == 0) continue;
    c_.matchTypes(x_, arg);
    if (!x_.valid()) return false;
    if (!identical(x_.type, arg.type)) {
      return fail(&arg, {"invalid argument: mismatched types ", x_.type, " (previous argument) and ", arg.type,
                         " (type of ", arg.expr, ")"});
    }
    if (!x_.isConstant() || !arg.isConstant()) {
      x_.mode = Mode::Value;
    } else if (compareOp(arg.value, op, x_.value)) {
      x_ = arg;
    }
  }
  if (!x_.isConstant()) {
    x_.mode = Mode::Value;
    // Untyped values (of shifts) take their default type.
    c_.assignment(x_, c_.universe_.emptyInterface, Purpose(id_ == BuiltinId::Max ? "argument to built-in max"
                                                                                 : "argument to built-in min"));
    if (!x_.valid()) return false;
  }
  for (Operand& arg : args_) c_.updateExprType(arg.expr, x_.type, true);
  if (!x_.isConstant()) c_.recordBuiltin(e_->function, x_.type, std::vector<Type*>(args_.size(), x_.type));
  return true;
}

bool BuiltinCall::newValue() {
  Expr* arg = e_->arguments[0];
  c_.exprOrType(x_, arg, false);
  c_.exclude(x_, 1u << static_cast<unsigned>(Mode::NoValue) | 1u << static_cast<unsigned>(Mode::Builtin));
  if (!x_.valid()) return false;
  if (x_.mode == Mode::TypeExpr) {
    c_.checkUsableAsVar(arg, x_.type);
  } else {
    if (isUntyped(x_.type)) {
      c_.assignment(x_, nullptr, "argument to new");
      if (!x_.valid()) return false;
    }
    c_.requireVersion(e_->function, GoVersion{26}, {"new(", arg, ")"});
  }
  Type *type = x_.type, *pointer = c_.newPointer(type);
  c_.recordBuiltin(e_->function, pointer, {type});
  return result(Mode::Value, pointer);
}

bool BuiltinCall::panic() {
  // For isTerminating().
  if (e_->id < c_.flags_.size()) c_.flags_[e_->id] |= Checker::kPanics;
  c_.assignment(x_, c_.universe_.emptyInterface, "argument to panic");
  return x_.valid() && noResult({c_.universe_.emptyInterface});
}

bool BuiltinCall::print() {
  Purpose purpose(id_ == BuiltinId::Print ? "argument to built-in print" : "argument to built-in println");
  std::vector<Type*> params;
  for (Operand& arg : args_) {
    c_.assignment(arg, nullptr, purpose);
    if (!arg.valid()) return false;
    params.push_back(arg.type);
  }
  c_.recordBuiltin(e_->function, nullptr, params);
  x_.mode = Mode::NoValue;
  return true;
}

bool BuiltinCall::recover() {
  c_.recordBuiltin(e_->function, c_.universe_.emptyInterface, {});
  return result(Mode::Value, c_.universe_.emptyInterface);
}

bool BuiltinCall::unsafeAdd() {
  c_.requireVersion(e_->function, GoVersion{17}, {"unsafe.Add"});
  Type* pointer = basic(BasicKind::UnsafePointer);
  c_.assignment(x_, pointer, "argument to unsafe.Add");
  Operand& y = args_[1];
  if (!x_.valid() || !c_.isValidIndex(y, "length", true)) return false;
  c_.recordBuiltin(e_->function, pointer, {pointer, y.type});
  return result(Mode::Value, pointer);
}

namespace {

// Does the size of the type depend on type parameters?
bool hasVariableSize(Type* type, std::unordered_map<Named*, bool>& seen) {
  Named* named = asNamed(type);
  if (named != nullptr) {
    auto [known, isNew] = seen.emplace(named, true);  // of a cycle the size is not known
    if (!isNew) return known->second;
  }
  bool variable = false;
  Type* under = underlying(type);
  if (auto* array = as<Array>(under)) {
    variable = hasVariableSize(array->element, seen);
  } else if (auto* structure = as<Struct>(under)) {
    variable = std::any_of(structure->fields.begin(), structure->fields.end(),
                           [&seen](Var* field) { return hasVariableSize(field->type, seen); });
  } else if (under->kind == TypeKind::Interface) {
    variable = isTypeParam(type);
  }
  if (named != nullptr) seen[named] = variable;
  return variable;
}

}  // namespace

bool BuiltinCall::sizeOrAlignment() {
  bool isSize = id_ == BuiltinId::Sizeof;
  c_.assignment(x_, nullptr, isSize ? "argument to unsafe.Sizeof" : "argument to unsafe.Alignof");
  if (!x_.valid()) return false;
  Type *type = x_.type, *uintptr = basic(BasicKind::Uintptr);
  std::unordered_map<Named*, bool> seen;
  if (hasVariableSize(type, seen)) {
    c_.recordBuiltin(e_->function, uintptr, {type});
    return result(Mode::Value, uintptr);
  }
  int64_t size = isSize ? sizeOf(type) : alignOf(type);
  if (size < 0) return fail(&x_, {&x_, " is too large"});
  return constant(makeInt64(c_.arena_, size), uintptr);
}

bool BuiltinCall::offset() {
  Expr* arg = e_->arguments[0];
  auto* selector = as<SelectorExpr>(unparen(arg));
  if (selector == nullptr || selector->selector == nullptr) {
    c_.error(arg, {"invalid argument: ", arg, " is not a selector expression"});
    c_.use(arg);
    return false;
  }
  c_.expr(x_, selector->x);
  if (!x_.valid()) return false;
  Type* base = x_.type;
  if (auto* pointer = under<Pointer>(base); pointer != nullptr && under<Struct>(pointer->base) != nullptr) {
    base = pointer->base;
  }
  Symbol name = selector->selector->symbol;
  Lookup found = findFieldOrMethod(base, false, c_.package_, name);
  if (found.object == nullptr) return fail(&x_, {"invalid argument: ", base, " has no single field ", name});
  if (found.object->kind == ObjectKind::Func) return fail(arg, {"invalid argument: ", arg, " is a method value"});
  if (found.indirect) {
    return fail(&x_, {"invalid argument: field ", name, " is embedded via a pointer in ", base});
  }
  c_.recordSelection(selector, SelectionKind::Field, base, found.object, found.path, false);
  Mode mode = x_.mode == Mode::Variable ? Mode::Variable : Mode::Value;
  c_.recordTypeAndValue(selector, mode, found.object->type, nullptr);
  Type* uintptr = basic(BasicKind::Uintptr);
  std::unordered_map<Named*, bool> seen;
  if (hasVariableSize(base, seen)) {
    c_.recordBuiltin(e_->function, uintptr, {found.object->type});
    return result(Mode::Value, uintptr);
  }
  int64_t offset = 0;
  Type* at = base;
  for (int index : found.path) {
    auto* structure = under<Struct>(at);
    if (structure == nullptr) return false;
    int64_t step = fieldOffset(structure, static_cast<size_t>(index));
    if (step < 0 || __builtin_add_overflow(offset, step, &offset)) return fail(&x_, {&x_, " is too large"});
    at = structure->fields[static_cast<size_t>(index)]->type;
  }
  return constant(makeInt64(c_.arena_, offset), uintptr);
}

bool BuiltinCall::unsafeSlice() {
  c_.requireVersion(e_->function, GoVersion{17}, {"unsafe.Slice"});
  auto* pointer = as<Pointer>(commonUnderlying(x_.type));
  if (pointer == nullptr) return fail(&x_, {"invalid argument: ", &x_, " is not a pointer"});
  Operand& y = args_[1];
  if (!c_.isValidIndex(y, "length", false)) return false;
  Type* slice = c_.newSlice(pointer->base);
  c_.recordBuiltin(e_->function, slice, {pointer, y.type});
  return result(Mode::Value, slice);
}

bool BuiltinCall::unsafeSliceData() {
  c_.requireVersion(e_->function, GoVersion{20}, {"unsafe.SliceData"});
  auto* slice = as<millrace::types::Slice>(commonUnderlying(x_.type));
  if (slice == nullptr) return fail(&x_, {"invalid argument: ", &x_, " is not a slice"});
  Type* pointer = c_.newPointer(slice->element);
  c_.recordBuiltin(e_->function, pointer, {slice});
  return result(Mode::Value, pointer);
}

bool BuiltinCall::unsafeString() {
  c_.requireVersion(e_->function, GoVersion{20}, {"unsafe.String"});
  Type* pointer = c_.newPointer(c_.universe_.byteType);
  c_.assignment(x_, pointer, "argument to unsafe.String");
  Operand& y = args_[1];
  if (!x_.valid() || !c_.isValidIndex(y, "length", false)) return false;
  c_.recordBuiltin(e_->function, basic(BasicKind::String), {pointer, y.type});
  return result(Mode::Value, basic(BasicKind::String));
}

bool BuiltinCall::unsafeStringData() {
  c_.requireVersion(e_->function, GoVersion{20}, {"unsafe.StringData"});
  c_.assignment(x_, basic(BasicKind::String), "argument to unsafe.StringData");
  if (!x_.valid()) return false;
  Type* pointer = c_.newPointer(c_.universe_.byteType);
  c_.recordBuiltin(e_->function, pointer, {basic(BasicKind::String)});
  return result(Mode::Value, pointer);
}

}  // namespace millrace::types
