// Calls of functions whose types are known at run time only, for package reflect.
//
// reflect lays arguments and results out in a frame, as Go's calling convention on a stack has it: each aligned as its type
// wants, results from the next multiple of 8. A call through the function table needs the WebAssembly signature, so there is
// a function for each layout of a frame, either way:
//
//   call thunk     takes the arguments from a frame, calls, and puts the results there. runtime.callThunks tells which one
//                  fits the function at an index of the table.
//   makeFunc stub  is called like any function of its type, puts the arguments into a frame, has reflect do the rest, and
//                  takes the results from there. A function type's descriptor tells its stub.
//   panicking stub has in the function table the place behind that, and is called like a method of that type that is found
//                  through an interface: those that a struct made by reflection has of an embedded interface only panic.
//
// They are made after everything else, and only if the program can come to need them: when functions of package runtime that
// do these things have been built.
#include <algorithm>

#include "runtime/abi/type.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"
#include "wasm/build/type-text.h"

namespace millrace::build {

using types::Signature;

namespace {

struct Slot {
  Type* type;
  uint32_t offset;
};

// Where a frame has what.
struct Frame {
  std::vector<Slot> arguments, results;
  uint64_t size = 0;
  std::vector<bool> pointers;
  std::string key;  // equal for frames that one function serves

  Frame(TypeTable& types, Signature* signature, bool hasReceiver) {
    uint64_t at = 0;
    key = hasReceiver ? "method" : "function";
    if (hasReceiver) {
      pointers = {true};
      at = 8;
    }
    add(types, signature->params->vars, arguments, at);
    at = (at + 7) & ~uint64_t{7};
    key += ":";
    add(types, signature->results->vars, results, at);
    size = (at + 7) & ~uint64_t{7};
  }

 private:
  void add(TypeTable& types, std::span<Var* const> vars, std::vector<Slot>& slots, uint64_t& at) {
    for (Var* var : vars) {
      const Layout& layout = types.layoutOf(var->type);
      at = (at + layout.alignment - 1) & ~uint64_t{layout.alignment - 1};
      slots.push_back({var->type, static_cast<uint32_t>(at)});
      key += " " + std::to_string(at) + (layout.inMemory ? "m" + std::to_string(layout.size) : "");
      for (const Leaf& leaf : layout.leaves) {
        key += "," + std::to_string(static_cast<int>(leaf.load)) + "@" + std::to_string(leaf.offset);
      }
      if (layout.pointerBytes != 0) {
        std::vector<bool> map = types.pointerMap(var->type);
        pointers.resize(std::max<size_t>(pointers.size(), at / 8 + map.size()));
        for (size_t i = 0; i < map.size(); i++) {
          if (!map[i]) continue;
          pointers[at / 8 + i] = true;
          if (layout.inMemory) key += "p" + std::to_string(i);
        }
      }
      at += layout.size;
    }
  }
};

}  // namespace

void ProgramBuilder::noteCallable(FunctionId function, Signature* signature, bool hasReceiver) {
  callables_.try_emplace(function, Callable{signature, hasReceiver});
}

bool ProgramBuilder::isBuilt(Func* function) const {
  return function != nullptr && functions_.contains(std::to_string(reinterpret_cast<uintptr_t>(function)));
}

namespace {

types::Object* objectNamed(const std::unordered_map<types::Package*, CheckedPackage*>& packages, types::Session& session,
                           std::string_view path, std::string_view name) {
  for (auto& [package, checked] : packages) {
    if (package->path == path) return package->scope->lookup(session.symbols().intern(name));
  }
  return nullptr;
}

}  // namespace

Func* ProgramBuilder::functionNamed(std::string_view package, std::string_view name) {
  return types::as<Func>(objectNamed(packages_, session(), package, name));
}

Var* ProgramBuilder::variableNamed(std::string_view package, std::string_view name) {
  return types::as<Var>(objectNamed(packages_, session(), package, name));
}

FunctionId ProgramBuilder::callThunk(Signature* signature, bool hasReceiver) {
  using enum ValueType;
  Frame frame(types_, signature, hasReceiver);
  auto [at, isNew] = callThunks_.try_emplace(frame.key, 0);
  if (!isNew) return at->second;
  // The word that holds the code's index: a closure, or what reflect made for a method; the frame; and the thunk's closure.
  FunctionBuilder b = generated("reflect.call", {I32, I32, I32}, {}, ir::kTakesClosure | ir::kNoPoll);
  at->second = b.id();
  std::vector<Expr*> words;
  if (hasReceiver) words.push_back(make_.load(Op::I32Load, b.get(1), 0));
  for (const Slot& slot : frame.arguments) b.appendWords(b.loadValue(slot.type, {b.get(1), slot.offset}), words);
  if (!hasReceiver) words.push_back(b.get(0));
  uint32_t type = hasReceiver ? interfaceSignature(signature) : signatureOf(signature, false, true);
  Expr* index = b.settle(make_.load(Op::I32Load, b.get(0), 0));
  std::vector<Expr*> results = b.callTable(index, type, words);
  size_t next = 0;
  for (const Slot& slot : frame.results) b.storeValue({b.get(1), slot.offset}, b.fromWords(slot.type, results, next));
  b.returnValues({});
  return b.id();
}

FunctionId ProgramBuilder::makeFuncStub(Signature* signature, FunctionId target, FunctionId panics) {
  Frame frame(types_, signature, false);
  auto [at, isNew] = makeFuncStubs_.try_emplace(frame.key, 0);
  if (!isNew) return at->second;
  FunctionId id = module_.addFunction("reflect.makeFuncStub", signatureOf(signature, false, true));
  module_.functions[id]->flags |= ir::kTakesClosure;
  at->second = id;
  noteCallable(id, signature, false);
  static const types::Info kNoInfo;
  FunctionBuilder b(*this, id, kNoInfo, runtime_, {});
  auto closure = static_cast<LocalId>(b.function().locals.size() - 1);
  while (!frame.pointers.empty() && !frame.pointers.back()) frame.pointers.pop_back();
  Expr* memory = b.settle(b.newShape(std::max<uint64_t>(frame.size, 8), frame.pointers));
  std::vector<Value> arguments = b.parameterValues(signature);
  for (size_t i = 0; i < frame.arguments.size(); i++) {
    b.storeValue({b.again(memory), frame.arguments[i].offset}, arguments[i]);
  }
  b.call(target, std::vector<Expr*>{b.get(closure), b.again(memory)});
  std::vector<Expr*> words;
  for (const Slot& slot : frame.results) b.appendWords(b.loadValue(slot.type, {b.again(memory), slot.offset}), words);
  b.returnValues(words);

  FunctionId panicking = module_.addFunction("reflect.panickingStub", interfaceSignature(signature));
  noteCallable(panicking, signature, true);
  FunctionBuilder p(*this, panicking, kNoInfo, runtime_, {});
  p.call(panics, std::vector<Expr*>{});
  p.unreachable();
  const uint32_t index = tableIndexOf(id);
  ENSURE(tableIndexOf(panicking) == index + 1);
  return id;
}

void ProgramBuilder::buildReflection() {
  Func* calls = functionNamed("runtime", "reflectcall");
  Func* makes = functionNamed("runtime", "codeOfFuncType");
  bool linked = !config_.images.empty();
  bool mayMake = linked ? reflectsMethods_ : isBuilt(makes);
  bool mayCall = linked ? reflectsMethods_ : isBuilt(calls);
  FunctionId target = ir::kNone, panics = ir::kNone;
  if (mayMake && linked) {
    target = linkedFunction("reflect.callMade", module_.signatureOf({{ValueType::I32, ValueType::I32}, {}}));
    panics = linkedFunction("reflect.embeddedIfaceMethStub", module_.signatureOf({{}, {}}));
  } else if (Func* made = functionNamed("reflect", "callMade"); mayMake && made != nullptr) {
    target = functionFor({made, {}});
    panics = functionFor({functionNamed("reflect", "embeddedIfaceMethStub"), {}});
  }
  // Stubs reach what may make new function types.
  while (target != ir::kNone && stubbedTypes_ < functionTypes_.size()) {
    uint32_t id = functionTypes_[stubbedTypes_++];
    FunctionId stub = makeFuncStub(types::under<Signature>(types_.typeOf(id)), target, panics);
    Address descriptor = descriptors_[id];
    data_.put32(descriptor + offsetof(abi::FuncType, madeCode), tableIndexOf(stub));
    Address flags = descriptor + offsetof(abi::Type, flags);
    data_.put8(flags, data_.get8(flags) | abi::kTypeHasMadeCode);
    drainWorklist();
  }
  std::vector<uint32_t> thunks;
  for (size_t i = 0; mayCall && i < module_.table.size(); i++) {  // which grows by the thunks themselves
    auto found = callables_.find(module_.table[i]);
    thunks.push_back(found == callables_.end()
                         ? 0
                         : tableIndexOf(callThunk(found->second.signature, found->second.hasReceiver)));
  }
  ENSURE(nextWork_ == worklist_.size());
  writeLinkedModule(thunks);
}

// Fills package runtime's linkedModule, and tells for each descriptor the pointer type to it.
void ProgramBuilder::writeLinkedModule(const std::vector<uint32_t>& callThunks) {
  std::vector<std::pair<std::string, Address>> list;  // by text: all types without names of their own
  for (auto [id, address] : descriptors_) {
    if (address < data_.base()) continue;  // an image's
    Type* type = types::unalias(types_.typeOf(id));
    if (auto* pointer = types::as<types::Pointer>(type)) {
      auto base = descriptors_.find(types_.idOf(types::unalias(pointer->base)));
      bool isOwn = base != descriptors_.end() && base->second >= data_.base();
      if (isOwn) data_.put32(base->second + offsetof(abi::Type, pointerToThis), address);
    }
    if (types::as<types::Named>(type) == nullptr && types::as<types::Basic>(type) == nullptr) {
      list.push_back({reflectText(type), address});
    }
  }
  if (linkedModule_ == 0) return;
  std::sort(list.begin(), list.end());
  std::vector<uint32_t> typesByName;
  for (auto& [text, address] : list) typesByName.push_back(address);
  Address field = linkedModule_;
  const auto putSlice = [&](const std::vector<uint32_t>& words) {
    Address array = data_.constants(std::max<size_t>(4 * words.size(), 4), 4);
    for (size_t i = 0; i < words.size(); i++) data_.put32(array + static_cast<Address>(4 * i), words[i]);
    data_.putPointer(field, array);
    data_.put64(field + 8, words.size());
    data_.put64(field + 16, words.size());
    field += 24;
  };
  putSlice(typesByName);
  putSlice(callThunks);
  data_.put64(field, module_.tableBase);
  if (!config_.images.empty()) {
    data_.putPointer(field + 8, config_.images.back()->reflection());
  } else if (Var* modules = variableNamed("runtime", "modules"); makesImage() || variables_.contains(modules)) {
    data_.putPointer(variable(modules), linkedModule_);
  }
}

}  // namespace millrace::build
