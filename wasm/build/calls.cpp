// Calls of functions, methods, function values and interface methods; method values and expressions.
#include "runtime/abi/type.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"

namespace millrace::build {

using namespace syntax;
using types::Mode;
using types::Selection;
using types::SelectionKind;
using types::Signature;
using types::under;

Value FunctionBuilder::evalCallValue(const CallExpr* call) {
  std::vector<Value> results = evalCall(call);
  if (results.empty()) return {};  // a call without a result, as a statement
  return results[0];
}

std::vector<Value> FunctionBuilder::evalCall(const CallExpr* call) {
  const syntax::Expr* function = unparen(call->function);
  const types::TypeAndValue& known = info_.of(function);
  if (known.mode == Mode::TypeExpr) return {evalConversion(call)};
  if (known.mode == Mode::Builtin) {
    auto* name = syntax::as<const Name>(function);
    if (auto* selector = syntax::as<const SelectorExpr>(function)) name = selector->selector;  // unsafe.X
    auto results = evalBuiltin(call, types::as<types::Builtin>(info_.objectOf(name))->id);
    return results;
  }
  Callee callee = resolveCallee(function);
  std::vector<Value> results;
  if (callee.kind == Callee::Static && evalIntrinsic(callee.instance, call, callee.signature, results)) return results;
  std::vector<Value> arguments = evalArguments(call, callee.signature);
  setPos(call->pos);
  return callGo(callee, arguments);
}

// What is called, with its receiver or function value evaluated.
FunctionBuilder::Callee FunctionBuilder::resolveCallee(const syntax::Expr* function) {
  function = unparen(const_cast<syntax::Expr*>(function));
  Callee callee;
  callee.signature = under<Signature>(typeOf(function));
  const syntax::Expr* named = function;
  if (auto* index = syntax::as<const IndexExpr>(named)) named = unparen(index->x);  // f[int](x)
  if (auto* name = syntax::as<const Name>(named)) {
    if (auto* object = types::as<Func>(info_.objectOf(name))) {
      callee.kind = Callee::Static;
      callee.instance = instanceOf(name, object);
      return callee;
    }
  }
  if (auto* selector = syntax::as<const SelectorExpr>(named)) {
    auto selection = selectionOf(selector);
    if (!selection) {
      if (auto* object = types::as<Func>(info_.objectOf(selector->selector))) {
        callee.kind = Callee::Static;
        callee.instance = instanceOf(selector->selector, object);
        return callee;
      }
    } else if (selection->kind == SelectionKind::Method) {
      return resolveMethod(selector, *selection, callee.signature);
    }
  }
  callee.kind = Callee::Closure;
  callee.closure = hold(eval(function).leaves[0]);
  return callee;
}

// x.m, with x evaluated: the receiver as m's declaration wants it, or the interface value.
FunctionBuilder::Callee FunctionBuilder::resolveMethod(const SelectorExpr* selector, const Selection& selection,
                                                       Signature* signature) {
  Reference x = evalReference(selector->x);
  setPos(selector->pos);
  return resolveMethodOf(x, selection, signature, false);
}

// `fromInterface`: in the wrapper that an interface's method table holds, where a nil pointer gets a message of its own.
FunctionBuilder::Callee FunctionBuilder::resolveMethodOf(Reference x, const Selection& selection, Signature* signature,
                                                         bool fromInterface) {
  Callee callee;
  callee.signature = signature;
  auto* method = types::as<Func>(selection.object);
  x = field(x, selection.path.first(selection.path.size() - 1));  // embedded fields on the way
  Type* holder = x.type;
  if (types::isInterface(holder)) {
    callee.kind = Callee::Interface;
    callee.receiver = hold(load(x));
    callee.method = program_.methodIndex(under<types::Interface>(holder), method->name, method->package);
    program_.wantMethod(method->name);
    return callee;
  }
  callee.kind = Callee::Static;
  bool wantsPointer = types::as<types::Pointer>(types::unalias(program_.receiverType(method))) != nullptr;
  auto* pointerType = types::as<types::Pointer>(types::unalias(holder));
  callee.instance = program_.methodInstance(method, holder);
  if (wantsPointer && pointerType == nullptr) {
    if (!x.memory) x = inPlace(x.type, temporary(load(x)));  // in wrappers; the checker allows it nowhere else
    callee.receiver = valueOf(program_.pointerTo(holder), std::vector<Expr*>{addressOf(x.at)});
  } else if (!wantsPointer && pointerType != nullptr) {
    Pointer at = pointer(load(x).leaves[0]);
    if (fromInterface && selection.path.size() == 1) checkWrapped(at.base, pointerType->base, method);
    else nilCheck(at.base);
    callee.receiver = loadValue(pointerType->base, at);
  } else {
    callee.receiver = load(x);
  }
  return callee;
}

// A value method called through a nil pointer in an interface.
void FunctionBuilder::checkWrapped(Expr* pointer, Type* type, Func* method) {
  auto* named = types::as<types::Named>(types::unalias(type));
  std::string_view typeName = named->object->name.text();
  std::string full = std::string(named->object->package->name.text()) + "." + std::string(typeName) + "." + std::string(method->name.text());
  std::vector<Expr*> words;
  for (std::string_view text : {std::string_view(full), typeName}) {
    Value value = stringConstant(text, types::basicType(types::BasicKind::String));
    words.push_back(value.leaves[0]), words.push_back(value.leaves[1]);
  }
  check(make_.isZero(again(pointer)), program_.runtimeFunction("panicWrap"), words);
}

std::vector<Value> FunctionBuilder::evalArguments(const CallExpr* call, Signature* signature) {
  std::span<Var*> parameters = signature->params->vars;
  std::vector<Value> values;
  if (call->arguments.size() == 1 && parameters.size() + (signature->variadic ? 1 : 0) > 0) {
    auto* tuple = types::as<types::Tuple>(info_.of(unparen(call->arguments[0])).type);
    if (tuple != nullptr) {  // f(g()) with several results of g
      values = evalMany(call->arguments[0]);
      return passArguments(values, signature, call->hasDots);
    }
  }
  // An argument is kept in locals if what follows it can change what it reads by a call.
  for (size_t i = 0; i < call->arguments.size(); i++) {
    Type* target = nullptr;
    if (signature->variadic && i + 1 >= parameters.size()) {
      Type* last = substitute(parameters.back()->type);
      target = call->hasDots ? last : elementOfVariadic(last);
    } else {
      target = substitute(parameters[i]->type);
    }
    values.push_back(evalAs(call->arguments[i], target));
  }
  return passArguments(values, signature, call->hasDots);
}

Type* FunctionBuilder::elementOfVariadic(Type* last) { return under<types::Slice>(last)->element; }

// Converts to the parameters' types and gathers variadic ones in a slice.
std::vector<Value> FunctionBuilder::passArguments(std::span<const Value> values, Signature* signature, bool hasDots) {
  std::span<Var*> parameters = signature->params->vars;
  std::vector<Value> passed;
  size_t fixed = signature->variadic ? parameters.size() - 1 : parameters.size();
  for (size_t i = 0; i < fixed; i++) passed.push_back(assignable(values[i], substitute(parameters[i]->type)));
  if (!signature->variadic) return passed;
  Type* last = substitute(parameters.back()->type);
  if (hasDots) {
    passed.push_back(assignable(values[fixed], last));
    return passed;
  }
  Type* element = elementOfVariadic(last);
  size_t count = values.size() - fixed;
  if (count == 0) {
    passed.push_back(zeroValue(last));
    return passed;
  }
  std::vector<Value> rest;
  for (size_t i = 0; i < count; i++) rest.push_back(assignable(values[fixed + i], element));
  passed.push_back(sliceOf(last, element, rest));
  return passed;
}

// A new slice of the values.
Value FunctionBuilder::sliceOf(Type* type, Type* element, std::span<const Value> values) {
  auto count = static_cast<int64_t>(values.size());
  uint64_t size = layoutOf(element).size;
  Expr* array = newArray(element, count);
  for (size_t i = 0; i < values.size(); i++) {
    storeValue({again(array), static_cast<uint32_t>(i * size)}, values[i]);
  }
  return valueOf(type, std::vector<Expr*>{array, make_.i64(count), make_.i64(count)});
}

std::vector<Value> FunctionBuilder::callGo(const Callee& callee, std::span<const Value> arguments) {
  std::vector<Expr*> words;
  std::vector<Expr*> results;
  if (callee.kind == Callee::Static) {
    if (callee.receiver.type != nullptr) appendWords(callee.receiver, words);
    for (const Value& argument : arguments) appendWords(argument, words);
    results = call(program_.functionFor(callee.instance), words);
  } else if (callee.kind == Callee::Interface) {
    nilCheck(callee.receiver.leaves[0]);
    auto offset = static_cast<uint32_t>(offsetof(abi::ITab, functions) + 8 * callee.method);
    Expr* index = hold(make_.load(Op::I32Load, again(callee.receiver.leaves[0]), offset));
    words.push_back(again(callee.receiver.leaves[1]));
    for (const Value& argument : arguments) appendWords(argument, words);
    results = callTable(index, program_.interfaceSignature(callee.signature), words);
  } else {
    nilCheck(callee.closure);
    Expr* index = hold(make_.load(Op::I32Load, again(callee.closure), 0));
    for (const Value& argument : arguments) appendWords(argument, words);
    words.push_back(again(callee.closure));
    results = callTable(index, program_.signatureOf(callee.signature, false, true), words);
  }
  std::vector<Value> values;
  size_t at = 0;
  for (Var* result : callee.signature->results->vars) {
    values.push_back(fromWords(substitute(result->type), results, at));
  }
  return values;
}

// ------------------------------------------------------------------------- method values and expressions

// x.m as a function value: the receiver is evaluated now and kept.
Value FunctionBuilder::evalMethodValue(const SelectorExpr* selector, const Selection& selection) {
  auto* signature = under<Signature>(typeOf(selector));
  Callee callee = resolveMethod(selector, selection, signature);
  if (callee.kind == Callee::Interface) nilCheck(callee.receiver.leaves[0]);
  Value receiver = callee.receiver;
  Callee::Kind kind = callee.kind;
  Instance instance = callee.instance;
  uint32_t method = callee.method;
  std::string name = program_.methodName(receiver.type, static_cast<Func*>(selection.object)).append(abi::kMethodValueSuffix);
  const auto body = [=](FunctionBuilder& thunk, std::span<const Value> captured, std::span<const Value> arguments) {
    Callee target;
    target.kind = kind;
    target.signature = signature;
    target.instance = instance;
    target.method = method;
    target.receiver = thunk.hold(captured[0]);
    thunk.allowRecover(target);
    thunk.forward(target, arguments);
  };
  Expr* closure = makeClosure(planThunk(name, std::vector<Value>{receiver}, signature, body, kCodeBytes));
  return valueOf(typeOf(selector), std::vector<Expr*>{closure});
}

// T.m: a function whose first parameter is the receiver.
Value FunctionBuilder::evalMethodExpr(const SelectorExpr* selector, const Selection& selection) {
  Type* type = typeOf(selector);
  FunctionId function = program_.methodExpression(selection, under<Signature>(type));
  return valueOf(type, std::vector<Expr*>{make_.i32(static_cast<int32_t>(program_.staticClosure(function)))});
}

}  // namespace millrace::build
