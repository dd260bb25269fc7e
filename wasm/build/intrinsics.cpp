// The tables of intrinsics, and the code of each.
#include "wasm/build/intrinsics.h"

#include <string>
#include <unordered_map>

#include "runtime/abi/layout.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"

namespace millrace::build {

using ir::Op;

namespace {

struct Width {
  std::string_view suffix;
  bool is64, isPointer;
};

constexpr Width kWidths[] = {{"Int32", false, false},   {"Uint32", false, false}, {"Int64", true, false},
                             {"Uint64", true, false},   {"Uintptr", true, false}, {"Pointer", false, true}};

// sync/atomic's names: operation and type.
Intrinsic atomicByName(std::string_view name) {
  Intrinsic out;
  for (const Width& width : kWidths) {
    if (!name.ends_with(width.suffix)) continue;
    std::string_view operation = name.substr(0, name.size() - width.suffix.size());
    out.isPointer = width.isPointer;
    const auto pick = [&](Op narrow, Op wide) { return width.is64 ? wide : narrow; };
    if (operation == "Load") {
      out.kind = Intrinsic::AtomicLoad;
      out.op = pick(Op::I32AtomicLoad, Op::I64AtomicLoad);
    } else if (operation == "Store") {
      out.kind = Intrinsic::AtomicStore;
      out.op = pick(Op::I32AtomicStore, Op::I64AtomicStore);
    } else if (operation == "Add") {
      out.kind = Intrinsic::AtomicUpdate;
      out.op = pick(Op::I32AtomicRmwAdd, Op::I64AtomicRmwAdd);
      out.returnsNew = true;
    } else if (operation == "Swap") {
      out.kind = Intrinsic::AtomicUpdate;
      out.op = pick(Op::I32AtomicRmwXchg, Op::I64AtomicRmwXchg);
    } else if (operation == "And") {
      out.kind = Intrinsic::AtomicUpdate;
      out.op = pick(Op::I32AtomicRmwAnd, Op::I64AtomicRmwAnd);
    } else if (operation == "Or") {
      out.kind = Intrinsic::AtomicUpdate;
      out.op = pick(Op::I32AtomicRmwOr, Op::I64AtomicRmwOr);
    } else if (operation == "CompareAndSwap") {
      out.kind = Intrinsic::CompareAndSwap;
      out.op = pick(Op::I32AtomicRmwCmpxchg, Op::I64AtomicRmwCmpxchg);
    }
    return out;
  }
  return out;
}

const std::unordered_map<std::string_view, Intrinsic>& namedIntrinsics() {
  const auto make = [](Intrinsic::Kind kind, Op op, int bits = 64, int bias = 0) {
    Intrinsic i;
    i.kind = kind, i.op = op, i.bits = bits, i.bias = bias;
    return i;
  };
  using enum Intrinsic::Kind;
  static const std::unordered_map<std::string_view, Intrinsic> table = {
      {"math.Sqrt", make(Unary, Op::F64Sqrt)},
      {"math.sqrt", make(Unary, Op::F64Sqrt)},
      {"math.Floor", make(Unary, Op::F64Floor)},
      {"math.Ceil", make(Unary, Op::F64Ceil)},
      {"math.Trunc", make(Unary, Op::F64Trunc)},
      {"math.RoundToEven", make(Unary, Op::F64Nearest)},
      {"math.archFloor", make(Unary, Op::F64Floor)},
      {"math.archCeil", make(Unary, Op::F64Ceil)},
      {"math.archTrunc", make(Unary, Op::F64Trunc)},
      {"math.Abs", make(Unary, Op::F64Abs)},
      {"math.Copysign", make(Binary, Op::F64Copysign)},
      {"math.Float64bits", make(Unary, Op::I64ReinterpretF64)},
      {"math.Float64frombits", make(Unary, Op::F64ReinterpretI64)},
      {"math.Float32bits", make(Unary, Op::I32ReinterpretF32)},
      {"math.Float32frombits", make(Unary, Op::F32ReinterpretI32)},
      {"math/bits.LeadingZeros64", make(CountBits, Op::I64Clz)},
      {"math/bits.LeadingZeros", make(CountBits, Op::I64Clz)},
      {"math/bits.LeadingZeros32", make(CountBits, Op::I64Clz, 32, 32)},
      {"math/bits.TrailingZeros64", make(CountBits, Op::I64Ctz)},
      {"math/bits.TrailingZeros", make(CountBits, Op::I64Ctz)},
      {"math/bits.OnesCount64", make(CountBits, Op::I64Popcnt)},
      {"math/bits.OnesCount", make(CountBits, Op::I64Popcnt)},
      {"math/bits.OnesCount32", make(CountBits, Op::I64Popcnt, 32)},
      {"math/bits.OnesCount16", make(CountBits, Op::I64Popcnt, 32)},
      {"math/bits.OnesCount8", make(CountBits, Op::I64Popcnt, 32)},
      {"math/bits.RotateLeft64", make(RotateLeft, Op::I64Rotl)},
      {"math/bits.RotateLeft", make(RotateLeft, Op::I64Rotl)},
      {"math/bits.RotateLeft32", make(RotateLeft, Op::I32Rotl, 32)},
      {"crypto/internal/constanttime.boolToUint8", make(Same, Op::None)},
      {"internal/runtime/atomic.LoadAcquintptr", make(AtomicLoad, Op::I64AtomicLoad)},
      {"internal/runtime/atomic.StoreReluintptr", make(AtomicStore, Op::I64AtomicStore)},
  };
  return table;
}

}  // namespace

Intrinsic intrinsicByLink(std::string_view symbol) {
  Intrinsic out;
  if (symbol == "rt.result") {
    out.kind = Intrinsic::SecondResult;
    return out;
  }
  if (symbol == "rt.received" || symbol == "rt.barrier") {
    out.kind = symbol == "rt.barrier" ? Intrinsic::Barrier : Intrinsic::Received;
    return out;
  }
  for (std::string_view prefix : {"intrinsic.", "sync/atomic."}) {
    if (symbol.starts_with(prefix)) return atomicByName(symbol.substr(prefix.size()));
  }
  if (auto found = namedIntrinsics().find(symbol); found != namedIntrinsics().end()) return found->second;
  for (size_t i = 0; i < std::size(abi::kEntryPoints); i++) {
    if (abi::kEntryPoints[i].name == symbol) {
      out.kind = Intrinsic::Entry;
      out.entry = static_cast<abi::Entry>(i);
      return out;
    }
  }
  return out;
}

Intrinsic intrinsicByName(const types::Func* function) {
  if (function->package == nullptr || function->signature()->receiver != nullptr) return {};
  std::string_view path = function->package->path;
  if (path != "math" && path != "math/bits" && path != "crypto/internal/constanttime") return {};
  std::string name = std::string(path) + "." + std::string(function->name.text());
  auto found = namedIntrinsics().find(name);
  return found == namedIntrinsics().end() ? Intrinsic{} : found->second;
}

std::vector<Expr*> FunctionBuilder::emitIntrinsic(const Intrinsic& intrinsic, std::span<Expr* const> words) {
  switch (intrinsic.kind) {
    case Intrinsic::Entry: {
      Expr* result = callEntry(intrinsic.entry, words);
      return result == nullptr ? std::vector<Expr*>{} : std::vector<Expr*>{result};
    }
    case Intrinsic::SecondResult: return {secondResult()};
    case Intrinsic::Barrier: return {settle(make_.load(Op::I32Load, make_.worker(), offsetof(abi::WorkerAbi, barrier)))};
    case Intrinsic::Received:
      return {settle(make_.load(Op::I32Load, goroutine(), offsetof(abi::GoroutineAbi, received)))};
    case Intrinsic::Same: return {words[0]};
    case Intrinsic::Unary: return {make_.unary(intrinsic.op, words[0])};
    case Intrinsic::Binary: return {make_.binary(intrinsic.op, words[0], words[1])};
    case Intrinsic::CountBits: {
      Expr* wide = words[0]->type == ValueType::I64 ? words[0] : make_.unary(Op::I64ExtendI32U, words[0]);
      return {make_.binary(Op::I64Sub, make_.unary(intrinsic.op, wide), make_.i64(intrinsic.bias))};
    }
    case Intrinsic::RotateLeft: {
      Expr* by = intrinsic.bits == 32 ? make_.unary(Op::I32WrapI64, words[1]) : words[1];
      return {make_.binary(intrinsic.op, words[0], by)};
    }
    default: break;
  }
  // Atomics: a nil address panics as any access would.
  Pointer at = {hold(words[0]), 0};
  nilCheck(at.base);
  switch (intrinsic.kind) {
    case Intrinsic::AtomicLoad: return {atomic(intrinsic.op, at, nullptr, nullptr)};
    case Intrinsic::AtomicStore: atomic(intrinsic.op, at, words[1], nullptr, intrinsic.isPointer); return {};
    case Intrinsic::AtomicUpdate: {
      if (!intrinsic.returnsNew) return {atomic(intrinsic.op, at, words[1], nullptr, intrinsic.isPointer)};
      Expr* delta = settle(words[1]);
      Expr* old = atomic(intrinsic.op, at, again(delta), nullptr);
      return {make_.add(old, delta)};
    }
    case Intrinsic::CompareAndSwap: {
      Expr* expected = settle(words[1]);
      Expr* old = atomic(intrinsic.op, at, again(expected), words[2], intrinsic.isPointer);
      return {settle(make_.binary(expected->type == ValueType::I64 ? Op::I64Eq : Op::I32Eq, old, expected))};
    }
    default: UNREACHABLE();
  }
}

bool FunctionBuilder::evalIntrinsic(const Instance& instance, const syntax::CallExpr* call, types::Signature* signature,
                                    std::vector<Value>& results) {
  if (!instance.arguments.empty()) return false;
  Intrinsic intrinsic = program_.intrinsicOf(instance.function);
  if (intrinsic.kind == Intrinsic::None) return false;
  std::vector<Expr*> words;
  for (const Value& argument : evalArguments(call, signature)) appendWords(argument, words);
  setPos(call->pos);
  std::vector<Expr*> values = emitIntrinsic(intrinsic, words);
  size_t at = 0;
  for (Var* result : signature->results->vars) results.push_back(fromWords(result->type, values, at));
  return true;
}

}  // namespace millrace::build
