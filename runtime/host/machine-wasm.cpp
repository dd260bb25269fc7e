// The machine beneath when it is a wasm engine: imports from the host, atomic wait and notify.
#if defined(__wasm__)
#include "runtime/base/check.h"
#include "runtime/host/machine.h"

#define HOST_IMPORT(name) __attribute__((import_module("host"), import_name(name)))

extern "C" {
HOST_IMPORT("now") double hostNow(void);
HOST_IMPORT("wall") double hostWall(void);
HOST_IMPORT("exit") void hostExit(int32_t status);
HOST_IMPORT("wantWorkers") void hostWantWorkers(uint32_t count);
HOST_IMPORT("outputReady") void hostOutputReady(uint32_t waits);
HOST_IMPORT("call") double hostCall(uint32_t, double, double, const char*, size_t, char*, size_t);
}

namespace millrace::host {

static double startMs;

void startClock() { startMs = hostNow(); }
int64_t nanotime() { return static_cast<int64_t>((hostNow() - startMs) * 1e6) + 1; }
double hostTime(int64_t ns) { return ns == kForever ? __builtin_inf() : startMs + static_cast<double>(ns - 1) / 1e6; }
int64_t walltime() {
  double ms = hostWall();
  int64_t whole = static_cast<int64_t>(ms);  // in two steps: ns since 1970 do not fit a double
  return whole * 1000000 + static_cast<int64_t>((ms - static_cast<double>(whole)) * 1e6);
}

#if defined(MILLRACE_THREADS)
void sleepOn(Atomic<uint32_t>& word, uint32_t expected, int64_t deadlineNs) {
  int64_t timeout = -1;
  if (deadlineNs != kForever) {
    timeout = deadlineNs - nanotime();
    if (timeout <= 0) return;
  }
  __builtin_wasm_memory_atomic_wait32(reinterpret_cast<int32_t*>(&word), static_cast<int32_t>(expected), timeout);
}
void wake(Atomic<uint32_t>& word, uint32_t howMany) {
  __builtin_wasm_memory_atomic_notify(reinterpret_cast<int32_t*>(&word), howMany);
}
#else
void sleepOn(Atomic<uint32_t>&, uint32_t, int64_t) { FATAL("nobody could wake the only worker"); }
void wake(Atomic<uint32_t>&, uint32_t) {}
#endif

void nothingUntil(int64_t) {}
void wantWorkers(uint32_t count) { hostWantWorkers(count); }
void outputReady(bool waits) { hostOutputReady(waits); }
int64_t call(uint32_t what, int64_t x, int64_t y, std::string_view text, char* buffer, size_t bufferBytes) {
  // As doubles, which hold all that occurs: JavaScript's large integers are slow.
  return static_cast<int64_t>(hostCall(what, static_cast<double>(x), static_cast<double>(y), text.data(), text.size(), buffer, bufferBytes));
}
void exit(uint32_t status) {
  hostExit(static_cast<int32_t>(status));
  __builtin_trap();
}

}  // namespace millrace::host
#endif
