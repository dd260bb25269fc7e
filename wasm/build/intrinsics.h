// Functions that the compiler writes itself: the runtime's entry points, atomic operations, and functions of math and
// math/bits that are one instruction.
#pragma once

#include <string_view>

#include "runtime/abi/entry-points.h"
#include "wasm/ir/opcodes.h"
#include "wasm/types/object.h"

namespace millrace::build {

struct Intrinsic {
  enum Kind : uint8_t {
    None,
    Entry,           // an entry point, called with the arguments' words
    SecondResult,    // WorkerAbi::result
    Received,        // GoroutineAbi::received
    Barrier,         // WorkerAbi::barrier
    Same,            // the argument: a bool as a number
    Unary,           // op of one number
    Binary,          // op of two numbers
    AtomicLoad, AtomicStore,
    AtomicUpdate,    // op; the new value is the result if `returnsNew`
    CompareAndSwap,
    CountBits,       // op on the operand widened to 64 bits; result minus `bias`
    RotateLeft,
    Multiply64, Add64, Sub64,
  } kind = None;
  ir::Op op = ir::Op::None;
  abi::Entry entry = {};
  bool returnsNew = false;
  bool isPointer = false;  // atomics
  int bias = 0;
  int bits = 64;
};

// Of a body-less function, by its symbol: `rt_NAME`, `intrinsic.NAME`, `rt.result`, `rt.received`, `rt.barrier`, or the name that Go's own library has
// for it ("sync/atomic.AddInt32").
Intrinsic intrinsicByLink(std::string_view symbol);
// math.Sqrt, bits.Len64, …: have a Go body too, if only one that says that it must not be called.
Intrinsic intrinsicByName(const types::Func* function);

}  // namespace millrace::build
