// A whole native program's worth of runtime: memory, threads for workers, and standard output.
#if !defined(__wasm__)
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <thread>
#include <vector>

#include "runtime/base/check.h"
#include "runtime/cpp/client.h"
#include "runtime/host/console.h"
#include "runtime/host/machine.h"
#include "runtime/sched/stream.h"
#include "runtime/sync/semaphore.h"

namespace millrace::detail {

namespace {

std::mutex outputMutex;

void writeOut(int stream, const char* bytes, size_t count) {
  while (count > 0) {
    ssize_t written = ::write(stream, bytes, count);
    if (written <= 0) return;  // nobody reads any more
    bytes += written, count -= static_cast<size_t>(written);
  }
}

// Empties the ring of output into the process's own streams: on the worker that finds something in it.
void takeOutput() {
  std::lock_guard guard(outputMutex);
  abi::Ring& ring = host::engineState.output;
  const char* bytes = host::ringBytes(ring);
  for (uint32_t at = ring.read; at != host::atomicAt(&ring.written).load();) {
    uint32_t head;
    std::memcpy(&head, bytes + at % ring.capacity, sizeof head);
    at += sizeof head;
    uint32_t count = head & ((1u << abi::kRecordStreamShift) - 1), stream = head >> abi::kRecordStreamShift;
    uint32_t from = at % ring.capacity, first = std::min(count, ring.capacity - from);
    writeOut(static_cast<int>(stream), bytes + from, first);
    writeOut(static_cast<int>(stream), bytes, count - first);
    at += (count + 3) & ~3u;
    host::atomicAt(&ring.read).store(at);
  }
  sched::wakeMonitor();
}

void exitProcess(uint32_t status) {
  takeOutput();
  ::_exit(static_cast<int>(status));
}

std::mutex running;  // one at a time

}  // namespace

int run(const Callable& callable, const RunOptions& options) {
  std::unique_lock guard(running, std::try_to_lock);
  ENSURE(guard.owns_lock());
  unsigned cpus = std::max(1u, std::thread::hardware_concurrency());
  unsigned workers = std::clamp(options.workers ? options.workers : cpus, 1u, sched::kMaxRunners);
  size_t bytes = std::max(options.memoryBytes, uint64_t{1} << 20) & ~(host::kPageBytes - 1);
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) FATAL("there is no room for RunOptions::memoryBytes");
  uintptr_t begin = reinterpret_cast<uintptr_t>(memory);
  host::hooks.outputReady = &takeOutput;
  host::hooks.exit = &exitProcess;
  uint64_t seed = static_cast<uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count()) ^ begin;
  sched::start({.procs = workers, .maxWorkers = workers, .cpus = cpus, .seed = seed, .heapBegin = begin, .heapEnd = begin + bytes});
  sync::startSemaphores();
  sched::startStreams();
  cpp::setStackBytes(options.stackBytes);

  sched::Worker& first = sched::startWorker(0);
  sched::startMain(cpp::makeRoutine(callable));
  std::vector<std::thread> threads;
  for (unsigned id = 1; id <= workers; id++) {
    threads.emplace_back([id, workers] {
      sched::Worker& worker = sched::startWorker(id);
      if (id == workers) sched::runMonitor(worker);
      else sched::run(worker);
    });
  }
  sched::run(first);
  for (std::thread& thread : threads) thread.join();
  takeOutput();
  host::hooks = {};
  munmap(memory, bytes);
  return static_cast<int>(host::engineState.status);
}

}  // namespace millrace::detail
#endif
