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

// `//go:linkname f rt_NAME`, `intrinsic.NAME` or `rt.result`.
Intrinsic intrinsicByLink(std::string_view target);
// math.Sqrt, bits.Len64, …: have a Go body too.
Intrinsic intrinsicByName(const types::Func* function);

}  // namespace millrace::build
