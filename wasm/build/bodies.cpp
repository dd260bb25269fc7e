// Whole functions: declared ones, package initialisation, and what wrappers and thunks are made of.
#include <algorithm>

#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"
#include "wasm/build/variables.h"

namespace millrace::build {

using namespace syntax;
using types::Selection;
using types::Signature;
using types::under;

FunctionBuilder::FunctionBuilder(ProgramBuilder& program, FunctionId function, const types::Info& info,
                                 types::Package* package, TypeEnvironment environment)
    : CodeBuilder(program, function),
      info_(info),
      package_(package),
      environment_(environment),
      name_(program.module().functions[function]->name),
      captures_(std::make_shared<Captures>()) {}

void FunctionBuilder::buildDeclared(Func* declared, Signature* signature) {
  const FuncDecl* decl = declared->decl;
  auto captures = std::make_shared<Captures>();
  *captures = findCaptures(decl, info_, [this](const syntax::Expr* e) { return typeOf(e); });
  captures_ = captures;
  const auto& shared = info_.sharedLoopVars;
  sharedLoopVars_ = std::find(shared.begin(), shared.end(), declared->file) != shared.end();
  setPos(decl->pos);
  beginBody(signature, decl->type, decl->receiver, decl->body);
  statements(decl->body->list);
  finishBody(decl->body->rightBrace);
}

// Package variables that need code, then the init functions.
void FunctionBuilder::buildInit(std::span<const types::Initializer* const> steps, std::span<const FunctionId> inits) {
  for (const types::Initializer* step : steps) {
    auto captures = std::make_shared<Captures>();
    *captures = findCaptures(step->rhs, info_, [this](const syntax::Expr* e) { return typeOf(e); });
    captures_ = captures;
    setPos(step->rhs->pos);
    if (step->lhs.empty()) {
      drop(eval(step->rhs));
      continue;
    }
    const auto assignTo = [&](Var* var, const Value& value) {
      if (var->name.isBlank()) return drop(value);
      Reference target = variableReference(var);
      storeValue(target.at, stable(assignable(value, var->type)));
    };
    if (step->lhs.size() == 1) {
      Var* var = step->lhs[0];
      Value value = evalAs(step->rhs, var->type);
      assignTo(var, value);
      continue;
    }
    std::vector<Value> values = evalMany(step->rhs);
    for (size_t i = 0; i < values.size(); i++) assignTo(step->lhs[i], values[i]);
  }
  setPos({});
  for (FunctionId init : inits) call(init, {});
  returnValues({});
}

// A fault that ends the program: something of the library that is not there.
void FunctionBuilder::fatal(std::string_view text) {
  Value value = stringConstant(text, types::basicType(types::BasicKind::String));
  callEntry(abi::Entry::fatal, {value.leaves[0], value.leaves[1]});
}

// The parameters of a wrapper, as values; the first is in local `first`.
std::vector<Value> FunctionBuilder::parameterValues(Signature* signature, LocalId first) {
  std::vector<Expr*> words;
  for (LocalId local = 0; local < function().locals.size(); local++) words.push_back(get(local));
  std::vector<Value> values;
  size_t at = first;
  if (signature->receiver != nullptr && first == 0) values.push_back(fromWords(signature->receiver->type, words, at));
  for (Var* parameter : signature->params->vars) values.push_back(fromWords(parameter->type, words, at));
  return values;
}

// In a wrapper: x.m(arguments), and returns what comes back.
void FunctionBuilder::callMethod(Reference x, const Selection& selection, Signature* signature,
                                 std::span<const Value> arguments, bool fromInterface) {
  Callee callee = resolveMethodOf(x, selection, signature, fromInterface);
  allowRecover(callee);
  forward(callee, arguments);
}

// In a thunk: calls on with the same arguments and returns what comes back.
void FunctionBuilder::forward(const Callee& callee, std::span<const Value> arguments) {
  Callee target = callee;
  // A method used as a plain function has its receiver as first argument.
  if (target.kind == Callee::Static && target.signature->receiver != nullptr && target.receiver.type == nullptr) {
    target.receiver = arguments[0];
    arguments = arguments.subspan(1);
  }
  std::vector<Expr*> words;
  for (const Value& result : callGo(target, arguments)) appendWords(result, words);
  returnValues(words);
}

// A variable for a value that needs an address for the length of a call.
Pointer FunctionBuilder::temporary(const Value& value) {
  Expr* object = newObject(value.type);
  storeValue({again(object), 0}, value);
  return {again(object), 0};
}

}  // namespace millrace::build
