// Switching stacks in WebAssembly, with the functions that Binaryen's Asyncify pass provides.
#if defined(__wasm__)
#include "runtime/base/check.h"
#include "runtime/cpp/fiber.h"
#include "runtime/host/console.h"

#define ASYNCIFY(name) __attribute__((import_module("asyncify"), import_name(name)))
extern "C" {
ASYNCIFY("start_unwind") void asyncifyStartUnwind(void* frames);
ASYNCIFY("stop_unwind") void asyncifyStopUnwind(void);
ASYNCIFY("start_rewind") void asyncifyStartRewind(void* frames);
ASYNCIFY("stop_rewind") void asyncifyStopRewind(void);
}

__asm__(".globaltype __stack_pointer, i32\n");

namespace millrace::cpp {

namespace {

inline uintptr_t stackPointer() {
  uintptr_t address;
  __asm__ volatile("global.get __stack_pointer\nlocal.set %0" : "=r"(address));
  return address;
}
inline void setStackPointer(uintptr_t address) { __asm__ volatile("local.get %0\nglobal.set __stack_pointer" ::"r"(address)); }

}  // namespace

Fiber::Fiber(void* stack, size_t bytes, void (*entry)(void*), void* argument)
    : stack_(static_cast<char*>(stack)), bytes_(bytes), entry_(entry), argument_(argument) {
  *reinterpret_cast<uintptr_t*>(stack_) = kStackMark;
  stackPointer_ = reinterpret_cast<uintptr_t>(stack_ + bytes_);
}

Fiber::~Fiber() = default;

// Instrumented, as all that it calls: the outermost function of a fiber.
__attribute__((noinline)) void Fiber::enter(Fiber* fiber) {
  fiber->entry_(fiber->argument_);
  fiber->ended_ = true;
}

// Not instrumented, because it stops unwinding; nor is who calls it.
__attribute__((noinline)) bool Fiber::resume() {
  uintptr_t callers = stackPointer();
  setStackPointer(stackPointer_);
  if (begun_) {
    rewinding_ = true;
    asyncifyStartRewind(&frames_);
  }
  begun_ = true;
  // Asyncify must not see what is called: it would think that its callers may unwind.
  void (*volatile function)(Fiber*) = &enter;
  function(this);
  if (!ended_) {  // it has left: when it unwinds, it does not come to say that it has ended
    asyncifyStopUnwind();
    stackPointer_ = stackPointer();
  }
  setStackPointer(callers);
  checkStack();
  return !ended_;
}

// Not instrumented either, and called twice each time: to begin unwinding, and at the end of rewinding. Both times it gives back
// what it needs of the C++ stack itself, and who unwinds gives back nothing: so resume() finds the stack pointer that callers of
// this had. One that is read in here would lie lower, by as much each time.
__attribute__((noinline)) void Fiber::leave() {
  if (rewinding_) {
    rewinding_ = false;
    asyncifyStopRewind();
    return;
  }
  checkStack();
  frames_.top = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(stack_ + sizeof(uintptr_t)));
  frames_.limit = static_cast<uint32_t>(stackPointer());
  asyncifyStartUnwind(&frames_);
}

void Fiber::checkStack() const {
  if (*reinterpret_cast<const uintptr_t*>(stack_) == kStackMark) return;
  host::fatalError("a goroutine has used more than its stack: see RunOptions::stackBytes");
}

}  // namespace millrace::cpp
#endif
