// The one place where a fault of ours ends the process.
#include "runtime/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace millrace {

void fatal(const char* file, int line, const char* message) {
#if defined(__EMSCRIPTEN__)
  // No stdio in the wasm engine: it would double its size. The host shows the trap with its stack.
  (void)file, (void)line, (void)message;
  __builtin_trap();
#else
  std::fprintf(stderr, "millrace: internal error: %s (%s:%d)\n", message, file, line);
  std::abort();
#endif
}

}  // namespace millrace
