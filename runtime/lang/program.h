// The program that runs: calling its functions, and faults that it raises as panics.
#pragma once

#include "runtime/abi/layout.h"
#include "runtime/abi/type.h"
#include "runtime/sched/worker.h"

namespace millrace::lang {

extern const abi::ProgramHeader* program;

// Calls a Go function value. Arguments and result must have the WebAssembly types of the Go ones.
template <typename Result, typename... Arguments>
Result call(const abi::Closure* closure, Arguments... arguments) {
  auto function = reinterpret_cast<Result (*)(Arguments..., const abi::Closure*)>(static_cast<uintptr_t>(closure->function));
  return function(arguments..., closure);
}

// Starts a panic with a run-time error. Leaves C++ frames as they are: nothing may be locked.
[[noreturn]] void raise(abi::Fault fault, int64_t a = 0, int64_t b = 0);

inline int64_t asArgument(const void* address) { return static_cast<int64_t>(reinterpret_cast<uintptr_t>(address)); }

namespace client {
// Throws the exception that compiled functions with deferred calls catch.
[[noreturn]] void throwPanic();
// Remembers the worker's stack as that of `key`, which costs little, and tells later what it was: for every frame of
// compiled code, innermost first, a number that is the same for frames of one module, and its place in the module's bytes.
// Familiar ones may be left out, if that takes too long. Returns how many there were, `capacity` at most. If not all were remembered the last one has module kMoreFrames.
struct CodePlace {
  uint32_t module, offset;
};
inline constexpr uint32_t kMoreFrames = 0xffffffff;
void noteStack(const void* key, bool isFamiliar);
uint32_t stackOf(const void* key, CodePlace* into, uint32_t capacity);
// The same of the stack as it is, of which `capacity` frames are looked at: those of the engine itself count as well.
uint32_t stackNow(CodePlace* into, uint32_t capacity);
}  // namespace client

}  // namespace millrace::lang
