// Which function is meant, and functions that nobody wrote: closures' entry thunks, interface methods, method expressions.
#include <algorithm>

#include "runtime/abi/layout.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"
#include "wasm/build/intrinsics.h"
#include "wasm/build/program-builder.h"

namespace millrace::build {

using types::Named;
using types::Selection;
using types::Signature;
using types::under;

namespace {

const types::Info kNoInfo;

// The declared type behind a receiver: of T or *T.
Named* namedOf(Type* type) {
  type = types::unalias(type);
  if (auto* to = types::as<types::Pointer>(type)) type = types::unalias(to->base);
  return types::as<Named>(type);
}

}  // namespace

Type* ProgramBuilder::pointerTo(Type* type) {
  auto* pointer = arena().make<types::Pointer>();
  pointer->kind = types::TypeKind::Pointer;
  pointer->base = type;
  return pointer;
}

Type* ProgramBuilder::sliceTypeOf(Type* element) {
  auto* slice = arena().make<types::Slice>();
  slice->kind = types::TypeKind::Slice;
  slice->element = element;
  return slice;
}

Type* ProgramBuilder::methodType(Func* method) {
  auto* signature = arena().make<Signature>(*method->signature());
  signature->receiver = nullptr;
  signature->receiverTypeParams = {};
  return signature;
}

const types::Info& ProgramBuilder::infoOf(types::Package* package) const {
  auto found = packages_.find(package);
  ENSURE(found != packages_.end());
  return found->second->info;
}

std::string ProgramBuilder::instanceKey(const Instance& instance) {
  std::string key = std::to_string(reinterpret_cast<uintptr_t>(instance.function));
  for (Type* argument : instance.arguments) key += "," + std::to_string(types_.idOf(argument));
  return key;
}

// As Go's traces show it: main.f, main.(*T).m, main.T.m, main.g[...].
std::string ProgramBuilder::functionName(const Instance& instance) {
  Func* function = instance.function;
  if (auto pushed = pushedAs_.find(function); pushed != pushedAs_.end()) return pushed->second;
  std::string name(function->package->path);
  name += ".";
  if (function->signature()->receiver != nullptr) {
    Type* receiver = types::unalias(function->signature()->receiver->type);
    bool isPointer = types::as<types::Pointer>(receiver) != nullptr;
    Named* named = namedOf(receiver);
    std::string type(named == nullptr ? "?" : named->object->name.text());
    if (named != nullptr && !instance.arguments.empty()) type += "[...]";
    name += isPointer ? "(*" + type + ")." : type + ".";
    return name + std::string(function->name.text());
  }
  name += function->name.text();
  if (!instance.arguments.empty()) name += "[...]";
  return name;
}

// -------------------------------------------------------------------------------------------- signatures

void ProgramBuilder::appendValueTypes(Type* type, std::vector<ValueType>& out) {
  const Layout& layout = types_.layoutOf(type);
  if (layout.inMemory) out.push_back(ValueType::I32);
  for (const Leaf& leaf : layout.leaves) out.push_back(leaf.type);
}

uint32_t ProgramBuilder::signatureOf(Signature* signature, bool withReceiver, bool withClosure) {
  ir::SignatureType type;
  if (withReceiver && signature->receiver != nullptr) appendValueTypes(signature->receiver->type, type.parameters);
  for (Var* parameter : signature->params->vars) appendValueTypes(parameter->type, type.parameters);
  if (withClosure) type.parameters.push_back(ValueType::I32);
  for (Var* result : signature->results->vars) appendValueTypes(result->type, type.results);
  return module_.signatureOf(type);
}

uint32_t ProgramBuilder::interfaceSignature(Signature* signature) {
  ir::SignatureType type;
  type.parameters.push_back(ValueType::I32);
  for (Var* parameter : signature->params->vars) appendValueTypes(parameter->type, type.parameters);
  for (Var* result : signature->results->vars) appendValueTypes(result->type, type.results);
  return module_.signatureOf(type);
}

Signature* ProgramBuilder::signatureOf(const Instance& instance) {
  Signature* signature = instance.function->signature();
  if (instance.arguments.empty()) return signature;
  auto params = signature->receiver != nullptr ? signature->receiverTypeParams : signature->typeParams;
  auto* plain = arena().make<Signature>(*signature);
  plain->typeParams = {};
  plain->receiverTypeParams = {};
  auto* substituted = arena().make<Signature>(
      *static_cast<Signature*>(types::substitute(session(), plain, params, instance.arguments)));
  if (signature->receiver != nullptr) {
    auto* receiver = arena().make<Var>(*signature->receiver);
    receiver->type = types::substitute(session(), receiver->type, params, instance.arguments);
    substituted->receiver = receiver;
  }
  return substituted;
}

// ---------------------------------------------------------------------------------------------- functions

Instance ProgramBuilder::methodInstance(Func* method, Type* receiver) {
  Named* named = namedOf(receiver);
  if (named == nullptr || named->typeArgs.empty()) return {method->origin, {}};
  return {method->origin, named->typeArgs};
}

Type* ProgramBuilder::receiverType(Func* method) { return method->origin->signature()->receiver->type; }

FunctionId ProgramBuilder::functionFor(const Instance& instance) {
  std::string key = instanceKey(instance);
  if (auto found = functions_.find(key); found != functions_.end()) return found->second;
  Func* function = instance.function;
  const Link* link = linkOf(function);
  if (link != nullptr && link->function != nullptr) {
    FunctionId target = functionFor({link->function, {}});
    functions_[key] = target;
    noteSymbol(linkSymbol(function), target, link->function);
    return target;
  }
  Signature* signature = signatureOf(instance);
  if (instance.arguments.empty() && !config_.images.empty()) {
    FunctionId linked = linkedFunctionFor(function, signature);
    if (linked != ir::kNone) return functions_[key] = linked;
  }
  FunctionId id = module_.addFunction(functionName(instance), signatureOf(signature, true, false));
  functions_[key] = id;
  if (instance.arguments.empty()) noteSymbol(linkSymbol(function), id, function);
  ir::Function& made = *module_.functions[id];
  made.pos = function->pos;
  if (function->decl != nullptr && (function->decl->pragmas & syntax::kPragmaNoInline) != 0) made.flags |= ir::kNoInline;
  Instance kept = {function, arena().copy(std::span<Type* const>(instance.arguments))};
  addWork([this, kept, signature, id] { buildFunction(kept, signature, id); });
  return id;
}

void ProgramBuilder::buildFunction(const Instance& instance, Signature* signature, FunctionId id) {
  Func* function = instance.function;
  bool looksUpMethods = function->package->path == "reflect" && signature->receiver != nullptr &&
                        (function->name.text() == "Method" || function->name.text() == "MethodByName");
  if (looksUpMethods) wantAllMethods();
  if (function->package->path == "reflect" && function->name.text() == "ptrTo") wantPointerTypes();
  auto params = function->signature()->receiver != nullptr ? function->signature()->receiverTypeParams
                                                           : function->signature()->typeParams;
  TypeEnvironment environment;
  if (!instance.arguments.empty()) environment = {params, instance.arguments};
  FunctionBuilder builder(*this, id, infoOf(function->package), function->package, environment);
  Intrinsic intrinsic = intrinsicOf(function);
  if (intrinsic.kind != Intrinsic::None) {
    std::vector<Expr*> words;
    for (LocalId local = 0; local < module_.signatures[module_.functions[id]->signature].parameters.size(); local++) {
      words.push_back(builder.get(local));
    }
    builder.setPos(function->pos);
    builder.returnValues(builder.emitIntrinsic(intrinsic, words));
    return;
  }
  if (function->decl == nullptr || function->decl->body == nullptr) {
    // The checker has seen to it that only library packages have such; one that nobody provides fails when it is called.
    builder.setPos(function->pos);
    std::string text = "call of " + functionName(instance) + ", which has no body";
    builder.fatal(text);
    return;
  }
  builder.buildDeclared(function, signature);
}

FunctionId ProgramBuilder::runtimeFunction(std::string_view name) {
  if (auto found = runtimeFunctions_.find(std::string(name)); found != runtimeFunctions_.end()) return found->second;
  auto* function = types::as<Func>(runtime_->scope->lookup(session().symbols().intern(name)));
  const auto known = namesOfRuntime();
  ENSURE(function != nullptr && std::find(known.begin(), known.end(), name) != known.end());
  FunctionId id = functionFor({function, {}});
  module_.functions[id]->flags |= ir::kNoInline;
  return runtimeFunctions_[std::string(name)] = id;
}

bool ProgramBuilder::recovers(Func* function) {
  auto [at, isNew] = recovers_.try_emplace(function, false);
  if (isNew && isLinked(function->package) && function->decl->body == nullptr) {
    auto known = imageFunction(linkSymbol(function));
    recovers_[function] = known && known->recovers;
  } else if (isNew && function->decl != nullptr && function->decl->body != nullptr) {
    const types::Info& info = infoOf(function->package);
    recovers_[function] = factsOf(function->decl->body, info, [&](const syntax::Expr* e) { return info.of(e).type; }).recovers;
  }
  return recovers_[function];
}

// ------------------------------------------------------------------------------------------ function values

Address ProgramBuilder::staticClosure(FunctionId function) {
  auto [at, isNew] = staticClosures_.try_emplace(function, 0);
  if (isNew) {
    at->second = data_.constants(8, 8);
    data_.put64(at->second, tableIndexOf(function));
  }
  return at->second;
}

// A function used as a value gets a second entry that takes (and ignores) the closure's address.
Address ProgramBuilder::functionValue(const Instance& instance) {
  std::string key = instanceKey(instance);
  auto found = functionValues_.find(key);
  if (found != functionValues_.end()) return staticClosure(found->second);
  Signature* signature = signatureOf(instance);
  FunctionId id = module_.addFunction(functionName(instance).append(abi::kEntrySuffix), signatureOf(signature, false, true));
  module_.functions[id]->flags |= ir::kTakesClosure;
  module_.functions[id]->pos = instance.function->pos;
  functionValues_[key] = id;
  noteCallable(id, signature, false);
  FunctionBuilder thunk(*this, id, kNoInfo, instance.function->package, {});
  thunk.setPos(instance.function->pos);
  thunk.forward({FunctionBuilder::Callee::Static, signature, instance}, thunk.parameterValues(signature));
  return staticClosure(id);
}

// ------------------------------------------------------------------------------------------------- methods

FunctionId ProgramBuilder::interfaceMethod(Type* type, const Selection& selection) {
  auto* method = static_cast<Func*>(selection.object);
  std::string key = std::to_string(types_.idOf(type)) + "." + std::string(method->name.text());
  if (method->package != nullptr) key += "@" + std::string(method->package->path);
  if (auto found = interfaceMethods_.find(key); found != interfaceMethods_.end()) return found->second;

  // A pointer's own method with a pointer receiver takes just the data word.
  bool isPointer = types::as<types::Pointer>(types::unalias(type)) != nullptr;
  if (isPointer && selection.path.size() == 1 && !types::isInterface(receiverBase(type)) &&
      types::as<types::Pointer>(types::unalias(receiverType(method))) != nullptr) {
    FunctionId direct = functionFor(methodInstance(method, type));
    interfaceMethods_[key] = direct;
    noteCallable(direct, method->signature(), true);
    return direct;
  }
  Signature* signature = method->signature();
  FunctionId id = module_.addFunction(methodName(type, method).append(abi::kEntrySuffix), interfaceSignature(signature));
  interfaceMethods_[key] = id;
  noteCallable(id, signature, true);
  module_.functions[id]->pos = method->pos;
  Selection kept = selection;
  addWork([this, id, type, kept, signature] {
    FunctionBuilder wrapper(*this, id, kNoInfo, runtime_, {});
    wrapper.setPos(kept.object->pos);
    // Unpack the data word: the value itself, or what it points to.
    FunctionBuilder::Reference receiver =
        isDirect(type, types_) ? FunctionBuilder::byValue(wrapper.valueOf(type, std::vector<Expr*>{wrapper.get(0)}))
                               : FunctionBuilder::inPlace(type, {wrapper.get(0), 0});
    wrapper.callMethod(receiver, kept, signature, wrapper.parameterValues(signature, 1), true);
  });
  return id;
}

Type* ProgramBuilder::receiverBase(Type* type) {
  auto* to = types::as<types::Pointer>(types::unalias(type));
  return to != nullptr ? to->base : type;
}

std::string ProgramBuilder::methodName(Type* type, Func* method) {
  Named* named = namedOf(type);
  std::string name;
  if (named == nullptr) {
    name = types::typeString(type);
  } else {
    if (named->object->package != nullptr) name = std::string(named->object->package->path) + ".";
    std::string text(named->object->name.text());
    if (!named->typeArgs.empty()) text += "[...]";
    name += types::as<types::Pointer>(types::unalias(type)) != nullptr ? "(*" + text + ")" : text;
  }
  return name + "." + std::string(method->name.text());
}

// T.m as a function of (receiver, parameters…).
FunctionId ProgramBuilder::methodExpression(const Selection& selection, Signature* signature) {
  auto* method = static_cast<Func*>(selection.object);
  std::string key = "expression " + std::to_string(types_.idOf(selection.receiver)) + "." + std::string(method->name.text());
  if (method->package != nullptr) key += "@" + std::string(method->package->path);
  if (auto found = interfaceMethods_.find(key); found != interfaceMethods_.end()) return found->second;
  FunctionId id = module_.addFunction(methodName(selection.receiver, method).append(abi::kEntrySuffix),
                                      signatureOf(signature, false, true));
  module_.functions[id]->flags |= ir::kTakesClosure;
  module_.functions[id]->pos = method->pos;
  interfaceMethods_[key] = id;
  noteCallable(id, signature, false);
  Selection kept = selection;
  addWork([this, id, kept, signature] {
    FunctionBuilder thunk(*this, id, kNoInfo, runtime_, {});
    thunk.setPos(kept.object->pos);
    std::vector<Value> values = thunk.parameterValues(signature);
    Value receiver = values[0];
    values.erase(values.begin());
    auto* method = static_cast<Func*>(kept.object);
    thunk.callMethod(FunctionBuilder::byValue(receiver), kept, method->signature(), values, false);
  });
  return id;
}

// -------------------------------------------------------------------------------------------------- links

const ProgramBuilder::Link* ProgramBuilder::linkOf(Func* function) {
  if (function->decl == nullptr || function->decl->body != nullptr) return nullptr;
  auto found = links_.find(function);
  if (found != links_.end()) return &found->second;
  if (!isLinked(function->package)) return nullptr;
  // Of an image. What has a body there looks as if it had none, but is no intrinsic.
  std::string symbol = functionName({function, {}});
  for (const syntax::Linkname& link : function->file->linknames) {
    if (link.local == function->name.text() && !link.target.empty()) symbol = link.target;
  }
  return &(links_[function] = {symbol, nullptr});
}

// Body-less functions belong to a symbol: the one that a go:linkname names, else "package/path.name". Who defines it is
// another package's function with a go:linkname to it, the function of that name, an entry point or an intrinsic. A package
// variable with a go:linkname is another package's variable.
void ProgramBuilder::resolveLinks() {
  std::unordered_map<std::string, types::Object*> bySymbol;
  struct Wanted {
    types::Object* object;
    std::string symbol;
  };
  std::vector<Wanted> wanted;
  for (auto& [package, checked] : packages_) {
    if (isLinked(package)) continue;
    std::unordered_map<std::string_view, types::Object*> local;
    std::unordered_map<types::Object*, std::string> symbols;
    const auto ownSymbol = [package = package](types::Object* object) {
      return std::string(package->path) + "." + std::string(object->name.text());
    };
    for (types::Object* object : package->scope->objects()) {
      local[object->name.text()] = object;
      auto* function = types::as<Func>(object);
      if (function != nullptr && function->decl->body == nullptr) symbols[function] = ownSymbol(function);
      else bySymbol.try_emplace(ownSymbol(object), object);
    }
    for (const syntax::File* file : checked->files) {
      for (const syntax::Linkname& link : file->linknames) {
        auto found = local.find(link.local);
        if (found == local.end() || link.target.empty()) continue;
        auto* function = types::as<Func>(found->second);
        std::string target(link.target);
        if (function != nullptr ? function->decl->body == nullptr : target != ownSymbol(found->second)) {
          symbols[found->second] = target;
        } else {
          bySymbol[target] = found->second;
          if (function != nullptr) pushed_.push_back({target, function}), pushedAs_[function] = target;
        }
      }
    }
    for (auto& [object, symbol] : symbols) wanted.push_back({object, symbol});
  }
  for (const Wanted& w : wanted) {
    auto found = bySymbol.find(w.symbol);
    types::Object* definer = found == bySymbol.end() || found->second == w.object ? nullptr : found->second;
    if (auto* function = types::as<Func>(w.object)) {
      links_[function] = {w.symbol, types::as<Func>(definer)};
    } else if (types::as<Var>(w.object) != nullptr && types::as<Var>(definer) != nullptr) {
      linkedVariables_[static_cast<Var*>(w.object)] = static_cast<Var*>(definer);
    } else if (Address address = linkedVariable(w.symbol); address != 0) {
      variables_[static_cast<Var*>(w.object)] = address;
    }
  }
}

Intrinsic ProgramBuilder::intrinsicOf(Func* function) {
  const Link* link = linkOf(function);
  return link != nullptr ? intrinsicByLink(link->symbol) : intrinsicByName(function);
}

}  // namespace millrace::build
