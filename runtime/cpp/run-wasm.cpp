// A C++ program as an engine of its own: the exports that hosts expect (see abi/host.h), and memory for the C++ library.
//
// main() is the first goroutine. Static constructors run before it, on worker 0; thread_local variables are made for each
// worker when it starts, and have no destructors.
#if defined(__wasm__)
#include <cstring>
#include <new>

#include "runtime/base/check.h"
#include "runtime/cpp/client.h"
#include "runtime/host/console.h"
#include "runtime/host/machine.h"
#include "runtime/sched/stream.h"
#include "runtime/sched/timers.h"
#include "runtime/sync/semaphore.h"

__asm__(".globaltype __stack_pointer, i32\n");

#define EXPORT(name) extern "C" __attribute__((export_name(#name), used))

extern "C" void __wasm_call_ctors(void);
extern "C" void __wasm_init_tls(void* memory);
extern "C" int programsMain(int count, char** arguments) __asm__("main");

namespace millrace::cpp {

namespace {

constexpr size_t kWorkerStackBytes = 64 * 1024;

abi::EngineConfig config;
uintptr_t stacks;

void* pages(size_t bytes) {
  void* memory = host::pageHeap.allocate((bytes + host::kPageBytes - 1) / host::kPageBytes).address;
  if (!memory) host::outOfMemory(bytes);
  return memory;
}

// As C wants them, from Go strings.
char** arguments() {
  auto* given = reinterpret_cast<const abi::StringAbi*>(config.arguments);
  auto** all = static_cast<char**>(::operator new((config.argumentCount + 1) * sizeof(char*)));
  for (uint32_t i = 0; i < config.argumentCount; i++) {
    size_t length = static_cast<size_t>(given[i].length);
    all[i] = static_cast<char*>(::operator new(length + 1));
    std::memcpy(all[i], given[i].data, length);
    all[i][length] = 0;
  }
  all[config.argumentCount] = nullptr;
  return all;
}

void callMain() {
  int status = programsMain(static_cast<int>(config.argumentCount), arguments());
  if (status != 0) host::endProgram(static_cast<uint32_t>(status) & 0xff);
}

void start(abi::EngineConfig* given) {
  config = *given;
  sched::start({.procs = config.procs,
                .maxWorkers = config.maxWorkers,
                .cpus = config.cpus,
                .seed = config.randomSeed[0] | uint64_t{config.randomSeed[1]} << 32,
                .heapBegin = config.heapBegin,
                .heapEnd = config.heapEnd,
                .stress = config.stress});
  sync::startSemaphores();
  sched::startStreams();
  stacks = reinterpret_cast<uintptr_t>(pages(kWorkerStackBytes * (config.maxWorkers + 1)));
  given->engine = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(&host::engineState));
}

__attribute__((noinline)) sched::Worker* startWorker(uint32_t id) {
  sched::Worker& worker = sched::startWorker(id);
#if defined(MILLRACE_THREADS)
  if (size_t bytes = __builtin_wasm_tls_size()) __wasm_init_tls(worker.blocks.allocate(bytes));
#endif
  if (id == 0) {
    __wasm_call_ctors();
    auto main = [] { callMain(); };
    sched::startMain(makeRoutine(detail::callable(main)));
  }
  return &worker;
}

}  // namespace

EXPORT(engineConfig) abi::EngineConfig* engineConfig() { return &config; }
EXPORT(engineStart) void engineStart(abi::EngineConfig* given) { start(given); }

EXPORT(workerStart) sched::Worker* workerStart(uint32_t id) {
  __asm__ volatile("local.get %0\nglobal.set __stack_pointer" ::"r"(stacks + (id + 1) * kWorkerStackBytes));
  return startWorker(id);
}

EXPORT(workerRun) uint32_t workerRun() {
  sched::Worker& worker = sched::self();
  return static_cast<uint32_t>(worker.id == config.maxWorkers ? sched::runMonitor(worker) : sched::run(worker));
}

EXPORT(idleUntil) double idleUntil() { return host::hostTime(sched::timers::nextDeadline()); }

}  // namespace millrace::cpp

namespace millrace::detail {

int run(const Callable& callable, const RunOptions& options) {
  cpp::setStackBytes(options.stackBytes);
  if (options.workers > 0) {
    int64_t before;
    cpp::leaveIf(sched::setProcs(options.workers, before));
  }
  callable.callAndDestroy(callable.from);
  return 0;
}

}  // namespace millrace::detail

// ---- what the C and C++ libraries stand on: memory, which is a worker's blocks, each behind the size of its block and the
// distance from that

namespace {

struct Header {
  uint32_t blockBytes, offset;
};
constexpr size_t kLeastAlignment = 16;

Header& headerOf(void* memory) { return static_cast<Header*>(memory)[-1]; }

__attribute__((noinline)) void* allocate(size_t bytes, size_t alignment = kLeastAlignment) {
  size_t all = bytes + alignment;
  if (all < bytes) millrace::host::outOfMemory(bytes);
  char* block = static_cast<char*>(millrace::sched::self().blocks.allocate(all));
  uintptr_t behind = reinterpret_cast<uintptr_t>(block) + sizeof(Header) + alignment - 1;
  void* memory = reinterpret_cast<void*>(behind & ~(alignment - 1));
  headerOf(memory) = {static_cast<uint32_t>(all), static_cast<uint32_t>(static_cast<char*>(memory) - block)};
  return memory;
}

__attribute__((noinline)) void release(void* memory) {
  Header header = headerOf(memory);
  millrace::sched::self().blocks.free(static_cast<char*>(memory) - header.offset, header.blockBytes);
}

}  // namespace

extern "C" {
void* malloc(size_t bytes) { return allocate(bytes); }
void free(void* memory) {
  if (memory) release(memory);
}
void* calloc(size_t count, size_t bytes) {
  size_t all;
  if (__builtin_mul_overflow(count, bytes, &all)) millrace::host::outOfMemory(SIZE_MAX);
  void* memory = allocate(all);
  std::memset(memory, 0, all);
  return memory;
}
void* realloc(void* memory, size_t bytes) {
  void* moved = allocate(bytes);
  if (!memory) return moved;
  size_t before = headerOf(memory).blockBytes - headerOf(memory).offset;
  std::memcpy(moved, memory, before < bytes ? before : bytes);
  release(memory);
  return moved;
}
int posix_memalign(void** into, size_t alignment, size_t bytes) {
  *into = allocate(bytes, alignment < kLeastAlignment ? kLeastAlignment : alignment);
  return 0;
}
void* aligned_alloc(size_t alignment, size_t bytes) {
  return allocate(bytes, alignment < kLeastAlignment ? kLeastAlignment : alignment);
}
void abort() { __builtin_trap(); }
// What memcpy asks JavaScript for when much is to be copied.
void* emscripten_memcpy_big(void* to, const void* from, size_t bytes) {
  __builtin_memcpy(to, from, bytes);
  return to;
}

// The libraries' threads, which are not there: who waits for one stops.
void emscripten_unwind_to_js_event_loop() { __builtin_trap(); }
double emscripten_get_now() { __builtin_trap(); }
void __emscripten_init_main_thread_js(void*) {}  // called by a constructor
int __clock_gettime(int, void*) { __builtin_trap(); }
void emscripten_check_blocking_allowed() { __builtin_trap(); }
}
#endif
