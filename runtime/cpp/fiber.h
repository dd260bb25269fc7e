// The one place where C++ stacks are switched: a goroutine's function on a stack of its own.
//
// Natively the processor's registers are exchanged. In WebAssembly nobody can do that: there Binaryen's Asyncify pass has
// instrumented all functions that may come to leave(), so that they write their locals to memory and return, and on resuming
// are called again down to leave(), which is then called a second time. What such functions keep on the C++ stack in memory
// stays where it is, in both.
//
// What is always true.
//  * resume() is called on a worker's own stack and returns there, when the function has left or ended.
//  * A fiber may be resumed by another thread than it left. resume() notes anew where its caller's stack is each time, and
//    nothing else of the caller's is kept.
//  * The stack's lowest word is kStackMark whenever the function is not running, else the stack has been overrun.
#pragma once

#include <cstddef>
#include <cstdint>

namespace millrace::cpp {

class Fiber {
 public:
  // The stack is [stack, stack + bytes); `entry(argument)` is what runs there. 16-byte aligned.
  Fiber(void* stack, size_t bytes, void (*entry)(void* argument), void* argument);
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // Runs the function from its beginning or from where it left. False: it has ended.
  bool resume();
  // Called by the function, and by what it calls: goes back to whoever called resume().
  void leave();

 private:
  [[maybe_unused]] static void enter(Fiber* fiber);

  static constexpr uintptr_t kStackMark = static_cast<uintptr_t>(0x6d696c6c72616365);
  void checkStack() const;

  char* stack_;
  size_t bytes_;
  void (*entry_)(void*);
  void* argument_;
  bool ended_ = false;
#if defined(__wasm__)
  struct {
    uint32_t top, limit;
  } frames_;  // as Asyncify wants it: they grow up from the stack's low end
  uintptr_t stackPointer_;
  bool begun_ = false, rewinding_ = false;
#else
  void* left_;    // where the function's registers are, while it does not run
  void* caller_;  // where those of resume() are, while it does
  // What sanitizers know of this fiber and of the caller's stack.
  [[maybe_unused]] void *thisFiber_ = nullptr, *callersFiber_ = nullptr;
  [[maybe_unused]] const void* callersStack_ = nullptr;
  [[maybe_unused]] size_t callersStackBytes_ = 0;
#endif
};

}  // namespace millrace::cpp
