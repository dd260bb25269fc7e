// Leaving and re-entering compiled code: Asyncify's protocol, from the runtime's side.
//
// To park, an entry point sets the state to Unwinding and returns; every compiled function on the stack sees that after its
// call, writes its live locals to the frame stack and returns too, down to the worker's loop. To resume, the loop sets the
// state to Rewinding and calls the goroutine's root function; every function reads its locals back and makes its call again,
// until the entry point is reached a second time. That one sets the state to Running, and the goroutine goes on.
//
// What is always true.
//  * The state is anything but Running only between an entry point and the loop; entry points and the loop alone change it.
//  * On the second call arguments mean nothing: what the operation needs then lies in the goroutine.
//  * The second call may park again.
//
// State and frame stack are globals of each worker's engine instance, which programs import.
#pragma once

#include "runtime/sched/scheduler.h"

#if !defined(__wasm__)
#error "the edge exists in WebAssembly only; natively C++ coroutines take its place"
#endif

__asm__(
    ".globaltype __asyncify_state, i32\n"
    ".globaltype __asyncify_data, i32\n"
    ".globaltype __stack_pointer, i32\n");

namespace millrace::edge {

inline abi::SwitchState switchState() {
  uint32_t state;
  __asm__ volatile("global.get __asyncify_state\nlocal.set %0" : "=r"(state));
  return static_cast<abi::SwitchState>(state);
}
inline void setSwitchState(abi::SwitchState state) {
  __asm__ volatile("local.get %0\nglobal.set __asyncify_state" ::"r"(static_cast<uint32_t>(state)));
}
inline void setFrameStack(abi::FrameStack* stack) {
  __asm__ volatile("local.get %0\nglobal.set __asyncify_data" ::"r"(stack));
}

inline uintptr_t stackPointer() {
  uintptr_t address;
  __asm__ volatile("global.get __stack_pointer\nlocal.set %0" : "=r"(address));
  return address;
}
inline void setStackPointer(uintptr_t address) {
  __asm__ volatile("local.get %0\nglobal.set __stack_pointer" ::"r"(address));
}

// At the beginning of an entry point that parks: is this its second call? Then the goroutine runs from here on.
inline bool isResuming() {
  if (switchState() == abi::SwitchState::Running) [[likely]] return false;
  setSwitchState(abi::SwitchState::Running);
  return true;
}

// Frames go at once to where they will stay if the goroutine has a block of at most this size, else to the worker's scratch
// memory. What the block does not hold goes there, too, see frameRoom.
extern size_t mostInPlace;

// At its end, when the operation says Parked: the caller will unwind.
inline void unwind() {
  sched::Worker& worker = sched::self();
  task::Goroutine& goroutine = worker.goroutine();
  if (goroutine.frameCapacity - 1 < mostInPlace) [[likely]] {
    uint32_t begin = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(goroutine.frames));
    goroutine.saved = {begin, begin + goroutine.frameCapacity};
  } else {
    goroutine.saved = {worker.scratchBegin, worker.scratchEnd};
  }
  setSwitchState(abi::SwitchState::Unwinding);
}
inline void unwindIf(sched::Outcome outcome) {
  if (outcome == sched::Outcome::Parked) unwind();
}

}  // namespace millrace::edge
