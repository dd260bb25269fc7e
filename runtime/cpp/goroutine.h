// Starting the runtime and goroutines.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace millrace {

struct RunOptions {
  // How many goroutines can run at the same time, 1 to 63; 0: as many as the machine has processors. In WebAssembly never
  // more than the host allows.
  unsigned workers = 0;
  // Room for a goroutine's stack; at least 4096. Only what is used costs memory natively. Who needs more finds out when it
  // waits next: the process ends and says so. 0: 256 KiB, in WebAssembly 16 KiB (locals are mostly not on this stack there).
  size_t stackBytes = 0;
  // Natively: how much address space for stacks and all else of the runtime's. In WebAssembly the host says.
  uint64_t memoryBytes = uint64_t{1} << 32;
};

namespace detail {

// A function to be called once, with what it captured, which moves to where the goroutine's stack begins.
struct Callable {
  void* from;
  size_t bytes;
  void (*move)(void* to, void* from);
  void (*callAndDestroy)(void* callable);
};

template <typename Function>
Callable callable(Function& function) {
  static_assert(alignof(Function) <= 16);
  return {&function, sizeof(Function), [](void* to, void* from) { new (to) Function(std::move(*static_cast<Function*>(from))); },
          [](void* at) {
            Function& function = *static_cast<Function*>(at);
            function();
            function.~Function();
          }};
}

void start(const Callable& callable);
int run(const Callable& callable, const RunOptions& options);

}  // namespace detail

// Calls `main` as the first goroutine and returns when it has returned: 0, or 2 when all goroutines waited for each other
// (which is then told on standard error). One at a time, from a thread that is no goroutine. In WebAssembly, where main() of
// the C++ program is the first goroutine already, just calls it.
template <typename Function>
[[nodiscard]] int run(Function main, const RunOptions& options = {}) {
  return detail::run(detail::callable(main), options);
}

// Starts a goroutine: calls `function`, which takes nothing, at the same time as what follows. Never waits.
template <typename Function>
void go(Function function) {
  detail::start(detail::callable(function));
}

// Lets others run that are ready.
void yield();

// Waits at least so long; not at all if that is 0 or less.
void sleepFor(std::chrono::nanoseconds duration);

// Writes to standard output, or to standard error; waits while the reader is slow. Texts of different goroutines do not mix
// if they are shorter than 64 KiB.
void print(std::string_view text);
void printError(std::string_view text);

// How many goroutines there are, the caller included: started and not yet ended.
int64_t countGoroutines();

// How many workers run goroutines.
unsigned countWorkers();

}  // namespace millrace
