// Rings and last words.
#include "runtime/host/console.h"

#include <cstring>

#include "runtime/base/check.h"
#include "runtime/host/format.h"
#include "runtime/host/machine.h"
#include "runtime/host/pages.h"

namespace millrace::host {

abi::EngineState engineState;

namespace {

// Keep writers' bytes apart and in order; readers of a ring are one host, or readers of input that take turns.
Lock outputLocks[2];
Lock inputLock;
char* rings[3];  // by file descriptor

void startRing(abi::Ring& ring, int stream) {
  rings[stream] = static_cast<char*>(pageHeap.allocate(abi::kRingBytes / kPageBytes).address);
  ENSURE(rings[stream]);
  ring = {0, 0, abi::kRingBytes, static_cast<uint32_t>(reinterpret_cast<uintptr_t>(rings[stream]))};
}

// The part of [position, position + count) that lies before the ring's end.
uint32_t straight(uint32_t position, uint32_t count) {
  uint32_t untilEnd = abi::kRingBytes - position % abi::kRingBytes;
  return count < untilEnd ? count : untilEnd;
}

}  // namespace

void startConsole() {
  engineState = {};
  startRing(engineState.input, 0);
  startRing(engineState.output[0], 1);
  startRing(engineState.output[1], 2);
}

size_t tryWrite(int stream, const char* bytes, size_t count) {
  abi::Ring& ring = engineState.output[stream - 1];
  uint32_t before, written;
  {
    Guard guard(outputLocks[stream - 1]);
    before = ring.written;
    uint32_t room = abi::kRingBytes - (before - atomicAt(&ring.read).load());
    written = count < room ? static_cast<uint32_t>(count) : room;
    if (written == 0) return 0;
    char* data = rings[stream];
    uint32_t first = straight(before, written);
    std::memcpy(data + before % abi::kRingBytes, bytes, first);
    std::memcpy(data, bytes + first, written - first);
    atomicAt(&ring.written).store(before + written);
  }
  // The host empties a ring until it finds nothing more; had it done so before these bytes came, it must be told.
  if (atomicAt(&ring.read).load() == before) outputReady();
  return written;
}

void writeAll(int stream, std::string_view text) {
  for (;;) {
    uint32_t wake = atomicAt(&engineState.wake).load();
    text.remove_prefix(tryWrite(stream, text.data(), text.size()));
    if (text.empty()) return;
    outputReady();
#if defined(MILLRACE_THREADS) || !defined(__wasm__)
    sleepOn(atomicAt(&engineState.wake), wake, nanotime() + 10'000'000);
#else
    (void)wake;
#endif
  }
}

size_t tryRead(char* into, size_t count, bool& ended) {
  Guard guard(inputLock);
  ended = atomicAt(&engineState.inputEnded).load() != 0;  // before looking at what came
  abi::Ring& ring = engineState.input;
  uint32_t available = atomicAt(&ring.written).load() - ring.read;
  uint32_t taken = count < available ? static_cast<uint32_t>(count) : available;
  uint32_t first = straight(ring.read, taken);
  std::memcpy(into, rings[0] + ring.read % abi::kRingBytes, first);
  std::memcpy(into + first, rings[0], taken - first);
  atomicAt(&ring.read).store(ring.read + taken);
  return taken;
}

char* ringBytes(int stream) { return rings[stream]; }

bool outputHasRoom(int stream) {
  abi::Ring& ring = engineState.output[stream - 1];
  return atomicAt(&ring.written).load() - atomicAt(&ring.read).load() < abi::kRingBytes;
}

bool inputWaits() {
  abi::Ring& ring = engineState.input;
  return atomicAt(&ring.written).load() != atomicAt(&ring.read).load() ||
         atomicAt(&engineState.inputEnded).load() != 0;
}

bool setEnded(uint32_t status) {
  static Lock lock;
  Guard guard(lock);
  if (engineState.ended) return false;
  engineState.status = status;
  atomicAt(&engineState.ended).store(1);
  return true;
}

void endProgram(uint32_t status) {
  setEnded(status);
  exit(engineState.status);
}

void fatalError(std::string_view text) {
  writeAll(2, "fatal error: ");
  writeAll(2, text);
  writeAll(2, "\n");
  endProgram(2);
}

void outOfMemory(uint64_t bytes) {
  Text<160> line;
  line.add("runtime: out of memory: cannot allocate ").addUnsigned(bytes).add("-byte block (");
  line.addUnsigned(pageHeap.bytesInUse()).add(" in use)\n");
  writeAll(2, line.view());
  fatalError("out of memory");
}

}  // namespace millrace::host
