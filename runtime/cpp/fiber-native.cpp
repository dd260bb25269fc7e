// Switching stacks natively: a dozen instructions where they are written for the processor, else the C library's.
#if !defined(__wasm__)
#include <cstdio>
#include <cstdlib>

#include "runtime/base/check.h"
#include "runtime/cpp/fiber.h"

#if !defined(__has_feature)
#define __has_feature(x) 0
#endif
#if __has_feature(address_sanitizer) || defined(__SANITIZE_ADDRESS__)
#define MILLRACE_ASAN 1
#include <sanitizer/common_interface_defs.h>
#endif
#if __has_feature(thread_sanitizer) || defined(__SANITIZE_THREAD__)
#define MILLRACE_TSAN 1
#include <sanitizer/tsan_interface.h>
#endif

#if defined(__x86_64__) && defined(__linux__) && !defined(MILLRACE_UCONTEXT)

// exchangeStacks(from, to): pushes what a function must preserve, notes the stack's top in *from, and pops the same from `to`.
// The C library's swapcontext does that and asks the system twice for the mask of signals: ten times as long.
extern "C" void millraceExchangeStacks(void** from, void* to);
__asm__(
    ".text\n"
    ".globl millraceExchangeStacks\n"
    ".type millraceExchangeStacks,@function\n"
    "millraceExchangeStacks:\n"
    "  pushq %rbp\n  pushq %rbx\n  pushq %r12\n  pushq %r13\n  pushq %r14\n  pushq %r15\n"
    "  subq $8, %rsp\n  stmxcsr (%rsp)\n  fnstcw 4(%rsp)\n"
    "  movq %rsp, (%rdi)\n"
    "  movq %rsi, %rsp\n"
    "  ldmxcsr (%rsp)\n  fldcw 4(%rsp)\n  addq $8, %rsp\n"
    "  popq %r15\n  popq %r14\n  popq %r13\n  popq %r12\n  popq %rbx\n  popq %rbp\n"
    "  ret\n"
    ".size millraceExchangeStacks, . - millraceExchangeStacks\n"
    // A fiber's first: what it is to call lies in registers that were made up for it.
    ".globl millraceBeginStack\n"
    ".type millraceBeginStack,@function\n"
    "millraceBeginStack:\n"
    "  movq %r12, %rdi\n"
    "  callq *%r13\n"
    "  ud2\n"
    ".size millraceBeginStack, . - millraceBeginStack\n"
    ".section .note.GNU-stack,\"\",@progbits\n"
    ".text\n");
extern "C" void millraceBeginStack();

namespace {

// A stack which, exchanged for the current one, begins with enter(argument).
void* newStack(char* stack, size_t bytes, void (*enter)(void*), void* argument) {
  auto** top = reinterpret_cast<void**>(stack + bytes);
  *--top = nullptr, *--top = nullptr;  // so that the first call finds it aligned
  *--top = reinterpret_cast<void*>(&millraceBeginStack);
  *--top = nullptr;                            // rbp: the end of all frames
  *--top = nullptr;                            // rbx
  *--top = argument;                           // r12
  *--top = reinterpret_cast<void*>(enter);     // r13
  *--top = nullptr, *--top = nullptr;          // r14, r15
  uint32_t control[2];
  __asm__ volatile("stmxcsr %0\nfnstcw %1" : "=m"(control[0]), "=m"(control[1]));
  *--top = reinterpret_cast<void*>(control[0] | uint64_t{control[1] & 0xffff} << 32);
  return top;
}
void exchangeStacks(void** from, void* to) { millraceExchangeStacks(from, to); }

}  // namespace

#else

#include <ucontext.h>

namespace {

// A place where something was left is the address of a context, on the stack that it belongs to or, at first, in memory.
void begin(uint32_t enterLow, uint32_t enterHigh, uint32_t argumentLow, uint32_t argumentHigh) {
  auto enter = reinterpret_cast<void (*)(void*)>(enterLow | static_cast<uintptr_t>(enterHigh) << 32);
  enter(reinterpret_cast<void*>(argumentLow | static_cast<uintptr_t>(argumentHigh) << 32));
}
void* newStack(char* stack, size_t bytes, void (*enter)(void*), void* argument) {
  auto* context = reinterpret_cast<ucontext_t*>(reinterpret_cast<uintptr_t>(stack + bytes - sizeof(ucontext_t)) & ~uintptr_t{63});
  getcontext(context);
  context->uc_stack.ss_sp = stack;
  context->uc_stack.ss_size = static_cast<size_t>(reinterpret_cast<char*>(context) - stack);
  context->uc_link = nullptr;
  auto function = reinterpret_cast<uintptr_t>(enter), given = reinterpret_cast<uintptr_t>(argument);
  makecontext(context, reinterpret_cast<void (*)()>(&begin), 4, static_cast<uint32_t>(function), static_cast<uint32_t>(function >> 32),
              static_cast<uint32_t>(given), static_cast<uint32_t>(given >> 32));
  return context;
}
void exchangeStacks(void** from, void* to) {
  ucontext_t here;
  *from = &here;
  swapcontext(&here, static_cast<ucontext_t*>(to));
}

}  // namespace

#endif

namespace millrace::cpp {

Fiber::Fiber(void* stack, size_t bytes, void (*entry)(void*), void* argument)
    : stack_(static_cast<char*>(stack)), bytes_(bytes), entry_(entry), argument_(argument) {
  *reinterpret_cast<uintptr_t*>(stack_) = kStackMark;
  left_ = newStack(stack_, bytes_, [](void* fiber) { enter(static_cast<Fiber*>(fiber)); }, this);
#if MILLRACE_TSAN
  thisFiber_ = __tsan_create_fiber(0);
#endif
}

Fiber::~Fiber() {
#if MILLRACE_TSAN
  __tsan_destroy_fiber(thisFiber_);
#endif
}

void Fiber::enter(Fiber* fiber) {
#if MILLRACE_ASAN
  __sanitizer_finish_switch_fiber(nullptr, &fiber->callersStack_, &fiber->callersStackBytes_);
#endif
  fiber->entry_(fiber->argument_);
  fiber->ended_ = true;
#if MILLRACE_ASAN
  __sanitizer_start_switch_fiber(nullptr, fiber->callersStack_, fiber->callersStackBytes_);
#endif
#if MILLRACE_TSAN
  __tsan_switch_to_fiber(fiber->callersFiber_, 0);
#endif
  exchangeStacks(&fiber->left_, fiber->caller_);
  FATAL("a fiber that has ended was resumed");
}

bool Fiber::resume() {
#if MILLRACE_ASAN
  void* mine;
  __sanitizer_start_switch_fiber(&mine, stack_, bytes_);
#endif
#if MILLRACE_TSAN
  callersFiber_ = __tsan_get_current_fiber();
  __tsan_switch_to_fiber(thisFiber_, 0);
#endif
  exchangeStacks(&caller_, left_);
#if MILLRACE_ASAN
  __sanitizer_finish_switch_fiber(mine, nullptr, nullptr);
#endif
  checkStack();
  return !ended_;
}

void Fiber::leave() {
#if MILLRACE_ASAN
  void* mine;
  __sanitizer_start_switch_fiber(&mine, callersStack_, callersStackBytes_);
#endif
#if MILLRACE_TSAN
  __tsan_switch_to_fiber(callersFiber_, 0);
#endif
  exchangeStacks(&left_, caller_);
#if MILLRACE_ASAN
  __sanitizer_finish_switch_fiber(mine, &callersStack_, &callersStackBytes_);
#endif
}

void Fiber::checkStack() const {
  if (*reinterpret_cast<const uintptr_t*>(stack_) == kStackMark) return;
  std::fprintf(stderr, "fatal error: a goroutine has used more than its stack of %zu bytes: see RunOptions::stackBytes\n", bytes_);
  std::_Exit(2);
}

}  // namespace millrace::cpp
#endif
