// Rings and last words.
#include "runtime/host/console.h"

#include <cstring>

#include "runtime/base/check.h"
#include "runtime/host/format.h"
#include "runtime/host/machine.h"
#include "runtime/host/pages.h"

namespace millrace::host {

abi::EngineState engineState;
void (*reportFatal)(std::string_view first, std::string_view text);

namespace {

// Keep writers' bytes apart and in order; readers of a ring are one host, or readers of input that take turns.
Lock outputLock;
Lock inputLock;
char* inputBytes;
char* outputBytes;

char* startRing(abi::Ring& ring) {
  auto* bytes = static_cast<char*>(pageHeap.allocate(abi::kRingBytes / kPageBytes).address);
  ENSURE(bytes);
  ring = {0, 0, abi::kRingBytes, static_cast<uint32_t>(reinterpret_cast<uintptr_t>(bytes))};
  return bytes;
}

// The part of [position, position + count) that lies before the ring's end.
uint32_t straight(uint32_t position, uint32_t count) {
  uint32_t untilEnd = abi::kRingBytes - position % abi::kRingBytes;
  return count < untilEnd ? count : untilEnd;
}

// A record of the output ring: its word, its bytes, and what fills up the last word.
constexpr uint32_t kWord = 4;
constexpr uint32_t recordBytes(uint32_t count) { return kWord + ((count + kWord - 1) & ~(kWord - 1)); }

uint32_t outputRoom() {
  abi::Ring& ring = engineState.output;
  return abi::kRingBytes - (atomicAt(&ring.written).load() - atomicAt(&ring.read).load());
}

}  // namespace

void startConsole() {
  engineState = {};
  inputBytes = startRing(engineState.input);
  outputBytes = startRing(engineState.output);
}

size_t tryWrite(int stream, const char* bytes, size_t count) {
  abi::Ring& ring = engineState.output;
  uint32_t before, written;
  {
    Guard guard(outputLock);
    before = ring.written;
    uint32_t room = outputRoom();
    if (room <= kWord || count == 0) return 0;
    written = count < room - kWord ? static_cast<uint32_t>(count) : room - kWord;
    // Records are whole words, and so is the ring: only the bytes of one may go on at its beginning.
    uint32_t head = static_cast<uint32_t>(stream) << abi::kRecordStreamShift | written;
    std::memcpy(outputBytes + before % abi::kRingBytes, &head, kWord);
    uint32_t at = before + kWord, first = straight(at, written);
    std::memcpy(outputBytes + at % abi::kRingBytes, bytes, first);
    std::memcpy(outputBytes, bytes + first, written - first);
    atomicAt(&ring.written).store(before + recordBytes(written));
  }
  // The host empties the ring until it finds nothing more; had it done so before these bytes came, it must be told.
  if (atomicAt(&ring.read).load() == before) outputReady(false);
  return written;
}

void writeAll(int stream, std::string_view text) {
  for (;;) {
    uint32_t wake = atomicAt(&engineState.wake).load();
    text.remove_prefix(tryWrite(stream, text.data(), text.size()));
    if (text.empty()) return;
    outputReady(true);
#if defined(MILLRACE_THREADS) || !defined(__wasm__)
    sleepOn(atomicAt(&engineState.wake), wake, nanotime() + 10'000'000);
#else
    (void)wake;
#endif
  }
}

void TraceOutput::add(std::string_view text) {
  if (!into_) return writeAll(2, text);
  size_t count = text.size() < room_ - length_ ? text.size() : room_ - length_;
  std::memcpy(into_ + length_, text.data(), count);
  length_ += count;
}

size_t tryRead(char* into, size_t count, bool& ended) {
  Guard guard(inputLock);
  ended = atomicAt(&engineState.inputEnded).load() != 0;  // before looking at what came
  abi::Ring& ring = engineState.input;
  uint32_t available = atomicAt(&ring.written).load() - ring.read;
  uint32_t taken = count < available ? static_cast<uint32_t>(count) : available;
  uint32_t first = straight(ring.read, taken);
  std::memcpy(into, inputBytes + ring.read % abi::kRingBytes, first);
  std::memcpy(into + first, inputBytes, taken - first);
  atomicAt(&ring.read).store(ring.read + taken);
  return taken;
}

char* ringBytes(const abi::Ring& ring) { return &ring == &engineState.input ? inputBytes : outputBytes; }

bool outputHasRoom() { return outputRoom() > kWord; }

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
  if (reportFatal) reportFatal(line.view(), "out of memory");
  writeAll(2, line.view());
  fatalError("out of memory");
}

}  // namespace millrace::host
