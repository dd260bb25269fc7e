// Faults of our own: ENSURE is always on, stops at once and says where. Never used for a fault of the user's program.
#pragma once

namespace millrace {

// Prints "millrace: internal error: MESSAGE (FILE:LINE)" on standard error and stops the process (traps in wasm).
[[noreturn]] void fatal(const char* file, int line, const char* message);

}  // namespace millrace

#define ENSURE(condition) \
  do { \
    if (!(condition)) [[unlikely]] ::millrace::fatal(__FILE__, __LINE__, "ENSURE failed: " #condition); \
  } while (false)

#define FATAL(message) ::millrace::fatal(__FILE__, __LINE__, message)
#define UNREACHABLE() ::millrace::fatal(__FILE__, __LINE__, "unreachable code reached")
